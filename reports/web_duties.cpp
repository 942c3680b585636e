#include "reports/web_duties.h"

#include "reports/markup.h"
#include "reports/proof_line.h"
#include "reports/standing.h"
#include "reports/web.h"

namespace pandect::reports {
namespace {

constexpr int kOpenDepth = 2;  // steps of a proof that are unfolded with it

const char* piece_class(PieceState state) {
  switch (state) {
    case PieceState::shown:
      return "class=\"shown\"";
    case PieceState::failed:
      return "class=\"failed\"";
    case PieceState::absent:
      return "class=\"absent\"";
    case PieceState::unchecked:
      break;
  }
  return "";
}

}  // namespace

std::string WebDuties::w(Word word) const { return markup(words_.title(word)); }

std::string WebDuties::by_role() const {
  const auto roles = duties_by_role(outline_, words_);
  if (roles.empty()) return element("p", markup(words_(Word::nothing_due)));
  std::string out;
  std::size_t number = 0;
  for (const auto& role : roles) {
    std::string items;
    for (const auto& each : role.duties) items += article(each, number++);
    out += element("section", element("h4", markup(role.title)) + items,
                   "class=\"role j-" + class_token(role.jurisdiction) + "\"") +
           "\n";
  }
  return out;
}

std::string WebDuties::article(const Duty& duty, std::size_t number) const {
  const ObligationItem& item = *duty.item;
  const bool alarm = item.status == "due" && (item.prohibition || item.overdue);
  const std::string id = prefix_ + "d" + std::to_string(number);
  std::string title = web_text(item.title, words_, true);
  if (title.empty()) title = markup(item.id);
  std::string body = element("h5", title, "id=\"" + id + "\"");
  if (!words_.in(item.duty).empty()) body += element("p", web_text(item.duty, words_));
  body += element("p", web_cites(item.cite, words_), "class=\"cites\"");
  if (!duty.deployments.empty())
    body += element(
        "p", web_text(words_(Word::for_deployments, {words_.list(duty.deployments)}), words_));
  if (!item.missing.empty())
    body += element(
        "p",
        markup(words_.labelled(words_(Word::facts_missing), missing_line(item.missing, words_, 8))),
        "class=\"warn-text\"");
  body += waiver(item) + pieces(item);
  if (!words_.in(item.note).empty())
    body += element("p", web_text(item.note, words_), "class=\"soft\"");
  body += why(item);
  std::string classes =
      "duty j-" + class_token(item.jurisdiction) + " s-" + class_token(item.status);
  if (alarm) classes += " alarm";
  if (item.fulfilment == Fulfilment::met) classes += " met";
  if (item.status == "undetermined") classes += " open";
  return element(
             "article",
             element("div", body, "class=\"body\"") + side(duty, number, words_.title(item.title)),
             "class=\"" + classes + "\" aria-labelledby=\"" + id + "\"") +
         "\n";
}

std::string WebDuties::side(const Duty& duty, std::size_t number, const std::string& title) const {
  const ObligationItem& item = *duty.item;
  const bool alarm = item.status == "due" && (item.prohibition || item.overdue);
  std::string state(alarm ? words_(item.prohibition ? Word::prohibited : Word::overdue)
                          : words_.status(item.status));
  if (item.fulfilment && !item.prohibition)
    state.append(" · ").append(words_.fulfilment(*item.fulfilment));
  std::string out = element("p", markup(state), "class=\"state\"");
  std::string rows;
  const auto row = [&](Word label, const std::string& text) {
    if (!text.empty()) rows += element("dt", w(label)) + element("dd", text);
  };
  row(Word::date, markup(timing(item, words_)));
  row(Word::severity, markup(words_.severity(item.severity)));
  if (!is_binding(item)) row(Word::kind, markup(words_.modality(item.modality)));
  row(Word::penalty, markup(penalty_line(item, words_)));
  std::string sure(words_.confidence(item.confidence));
  if (item.checked_on != kNoDay)
    sure +=
        words_.bracketed(words_.labelled(words_(Word::checked_on), words_.date(item.checked_on)));
  row(Word::confidence, markup(sure));
  if (item.provisional) row(Word::note, markup(words_(Word::provisional)));
  out += element("dl", rows);
  std::string key = prefix_ + item.id;
  for (const auto& each : duty.deployments) key += "/" + each;
  const bool tickable = item.status == "due" || item.status == "upcoming";
  if (tickable && !item.prohibition)
    out += element("label",
                   "<input type=\"checkbox\" data-key=\"" + markup(key) + "\" aria-label=\"" +
                       markup(words_.labelled(words_(Word::tick), title)) + "\" id=\"" + prefix_ +
                       "t" + std::to_string(number) + "\">" + element("span", w(Word::tick)),
                   "class=\"tick\"");
  return element("div", out + element("div", element("code", markup(item.id))), "class=\"side\"");
}

std::string WebDuties::waiver(const ObligationItem& item) const {
  if (!item.waiver) return {};
  return element("div",
                 element("p", element("strong", w(Word::waiver)) + " · " +
                                  web_text(waiver_text(*item.waiver, words_), words_)) +
                     element("p", markup(words_(Word::waiver_stands)), "class=\"soft\""),
                 "class=\"waiver\"");
}

std::string WebDuties::pieces(const ObligationItem& item) const {
  if (item.prohibition || item.evidence.empty()) return {};
  std::string list;
  for (const auto& piece : item.evidence) {
    std::string line = web_text(piece_line(piece, words_), words_);
    for (const auto& each : piece_details(piece, words_))
      line += element("span", web_text(each, words_), "class=\"detail\"");
    list += element("li", line, piece_class(piece.state));
  }
  return element("p", w(Word::evidence), "class=\"soft\"") +
         element("ul", list, "class=\"pieces\"");
}

// The whole proof where the assessment carries it, else the facts that decided.
std::string WebDuties::why(const ObligationItem& item) const {
  std::string inner;
  for (const auto& each : item.proof) inner += tree(each, 0);
  if (inner.empty()) {
    for (const auto& each : item.because) {
      const std::string& question = words_.in(each.question);
      const std::string place = place_text(each.where);
      inner += element(
          "li",
          markup(question.empty() ? each.fact : question) + " = " +
              web_text(each.answer.empty() ? std::string(words_(Word::stays_open)) : each.answer,
                       words_) +
              (place.empty() ? "" : " " + element("code", markup(place))));
    }
  }
  if (inner.empty()) return {};
  return element("details",
                 element("summary", w(Word::why)) + element("ul", inner, "class=\"tree\""),
                 "class=\"more\"");
}

std::string WebDuties::anchor_of(const std::string& id) const {
  const auto& list = outline_.subject->classifications;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].id == id) return prefix_ + "c" + std::to_string(i);
  }
  return {};
}

std::string WebDuties::proof_head(const ProofItem& item, int depth) const {
  std::string out;
  if (item.step != ProofStep::cut) {
    const char* kind = item.value == Truth::true_     ? "value yes"
                       : item.value == Truth::unknown ? "value unknown"
                                                      : "value";
    out = element("span", markup(words_.truth(item.value)), "class=\"" + std::string(kind) + "\"");
  }
  const std::string line = web_text(proof_line(item, words_), words_);
  const bool formula = item.step == ProofStep::test;
  if (depth > 0 && has_own_proof(*outline_.subject, item)) {
    out += element("a", line, "href=\"#" + anchor_of(item.id) + "\"");
  } else {
    out += formula ? element("code", line) : line;
  }
  if (!item.cite.empty()) out += " " + web_cites(item.cite, words_);
  if (const std::string place = place_text(item.where); !place.empty())
    out += " " + element("code", markup(place));
  if (const std::string remark = proof_remark(item, words_); !remark.empty())
    out += element("span", web_text(remark, words_), "class=\"remark\"");
  return out;
}

std::string WebDuties::tree(const ProofItem& item, int depth) const {
  const bool elsewhere = depth > 0 && has_own_proof(*outline_.subject, item);
  if (item.children.empty() || elsewhere) return element("li", proof_head(item, depth));
  std::string inner;
  for (const auto& each : item.children) inner += tree(each, depth + 1);
  // A link within a summary would be a control within a control.
  std::string head = proof_head(item, depth), cites;
  if (const auto at = head.find(" <a "); at != std::string::npos) {
    cites = element("span", head.substr(at), "class=\"remark\"");
    head.resize(at);
  }
  return element("li", element("details", element("summary", head) + cites + element("ul", inner),
                               depth < kOpenDepth ? "open" : ""));
}

std::string WebDuties::proofs() const {
  std::string out;
  const auto& list = outline_.subject->classifications;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const ClassificationItem& item = list[i];
    if (item.value == Truth::false_ || item.proof.empty()) continue;
    std::string inner;
    for (const auto& each : item.proof) inner += tree(each, 0);
    std::string reason;
    if (!item.determination_reason.empty())
      reason = element("p", web_text(item.determination_reason, words_), "class=\"soft\"");
    const char* mark = item.value == Truth::unknown ? "value unknown" : "value yes";
    out += element(
        "details",
        element("summary", web_text(class_line(item, words_, outline_.deployments), words_) + " " +
                               element("span", markup(words_.truth(item.value)),
                                       "class=\"" + std::string(mark) + "\"")) +
            reason + element("ul", inner, "class=\"tree\""),
        "class=\"more\" id=\"" + prefix_ + "c" + std::to_string(i) + "\"");
  }
  return out;
}

}  // namespace pandect::reports
