#include "evidence/evidence.h"

#include <doctest/doctest.h>

using namespace pandect;

namespace {

// Says of every source and probe what it is told.
class Told : public Looker {
 public:
  Look source_look, probe_look;
  int asked = 0;
  Look source(const std::string&) override {
    ++asked;
    return source_look;
  }
  Look probe(const ProbeRequest&) override {
    ++asked;
    return probe_look;
  }
};

Look look(PieceState state, bool aimed = false) {
  Look result;
  result.looked = true;
  result.aimed = aimed;
  result.state = state;
  return result;
}

EvidenceEntry attested() {
  EvidenceEntry entry;
  entry.system = "s";
  entry.obligation = "d";
  entry.state = EvidenceState::done;
  entry.source = "docs/a.md";
  entry.by = "Kim";
  entry.made = 100;
  entry.through = 200;
  return entry;
}

Fulfilment judged(const Weighing& weighing, Looker* looker) {
  return fulfilment_of({weigh(weighing, looker)});
}

Weighing weighing(const EvidenceEntry* entry, Suffices suffices = Suffices::by_default) {
  Weighing result;
  result.base.id = "p";
  result.suffices = suffices;
  result.probe = "{}";
  result.entry = entry;
  result.today = 150;
  return result;
}

}  // namespace

TEST_CASE("what a probe sees is a sign, unless the pack says that it is proof") {
  Told told;
  told.probe_look = look(PieceState::shown);
  CHECK(judged(weighing(nullptr), &told) == Fulfilment::unverified);
  CHECK(judged(weighing(nullptr, Suffices::yes), &told) == Fulfilment::met);
  CHECK(judged(weighing(nullptr, Suffices::no), &told) == Fulfilment::unverified);
}

TEST_CASE("what nobody pointed at and nobody found says nothing") {
  Told told;
  for (const auto state : {PieceState::absent, PieceState::failed}) {
    told.probe_look = look(state);
    CHECK(judged(weighing(nullptr), &told) == Fulfilment::unverified);
    told.probe_look = look(state, true);
    CHECK(judged(weighing(nullptr), &told) == Fulfilment::unmet);
  }
}

TEST_CASE(
    "a person's attestation with its document is proof; each part that is missing undoes it") {
  Told told;
  told.source_look = look(PieceState::shown, true);
  EvidenceEntry entry = attested();
  CHECK(judged(weighing(&entry), &told) == Fulfilment::met);
  CHECK(judged(weighing(&entry, Suffices::no), &told) == Fulfilment::unverified);
  SUBCASE("person") { entry.by.clear(); }
  SUBCASE("day") { entry.made = kNoDay; }
  SUBCASE("end") { entry.through = kNoDay; }
  SUBCASE("scope") { entry.system.clear(); }
  SUBCASE("source") { entry.source.clear(); }
  SUBCASE("source that is an address") { entry.source = "https://example.org/a"; }
  CHECK(judged(weighing(&entry), &told) == Fulfilment::unverified);
}

TEST_CASE("a stated scope stands for the system") {
  Told told;
  told.source_look = look(PieceState::shown, true);
  EvidenceEntry entry = attested();
  entry.system.clear();
  entry.scope = "the notice of the Korean site";
  CHECK(judged(weighing(&entry), &told) == Fulfilment::met);
}

TEST_CASE("done without its source is not done, and an expired declaration shows nothing") {
  Told told;
  told.source_look = look(PieceState::absent, true);
  EvidenceEntry entry = attested();
  const EvidenceItem piece = weigh(weighing(&entry), &told);
  CHECK(piece.source_missing);
  CHECK(piece.state == PieceState::absent);
  CHECK(fulfilment_of({piece}) == Fulfilment::unmet);
  told.source_look = look(PieceState::shown, true);
  entry.through = 149;
  CHECK(judged(weighing(&entry), &told) == Fulfilment::unmet);
}

TEST_CASE("where nobody looks a declaration is taken at its word") {
  const EvidenceEntry entry = attested();
  CHECK(judged(weighing(&entry), nullptr) == Fulfilment::met);
}

TEST_CASE("a document that is attested but wanting in what the law lists is not proof") {
  Told told;
  told.source_look = look(PieceState::shown, true);
  told.probe_look = look(PieceState::failed, true);
  const EvidenceEntry entry = attested();
  CHECK(judged(weighing(&entry), &told) == Fulfilment::unmet);
}

TEST_CASE("not done stays not done, whatever a probe sees, and its source is not looked at") {
  Told told;
  told.probe_look = look(PieceState::shown, true);
  EvidenceEntry entry = attested();
  entry.state = EvidenceState::not_done;
  CHECK(judged(weighing(&entry, Suffices::yes), &told) == Fulfilment::unmet);
  entry.state = EvidenceState::partly;
  CHECK(judged(weighing(&entry, Suffices::yes), &told) == Fulfilment::unmet);
}

TEST_CASE("fulfilment of several pieces: proof of all is met, proof and a failure is partly") {
  EvidenceItem proof, sign, against, silent;
  proof.state = sign.state = PieceState::shown;
  sign.sufficient = false;
  against.state = PieceState::absent;
  against.stated = true;
  silent.state = PieceState::absent;
  CHECK(fulfilment_of({}) == Fulfilment::unverified);
  CHECK(fulfilment_of({proof, proof}) == Fulfilment::met);
  CHECK(fulfilment_of({proof, sign}) == Fulfilment::unverified);
  CHECK(fulfilment_of({proof, silent}) == Fulfilment::unverified);
  CHECK(fulfilment_of({proof, against}) == Fulfilment::partly);
  CHECK(fulfilment_of({sign, against}) == Fulfilment::partly);
  CHECK(fulfilment_of({against, silent}) == Fulfilment::unmet);
  against.required = false;
  CHECK(fulfilment_of({proof, against}) == Fulfilment::met);
}
