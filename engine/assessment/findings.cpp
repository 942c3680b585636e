// Which items a person must look at, and how loudly. The words of the messages are the only ones
// the engine itself writes; they are conclusions on the record, never on anybody's guilt.
#include "assessment/items.h"

#include <algorithm>

namespace pandect {
namespace {

constexpr Day kSoon = 90;  // a coming deadline is worth a word this many days before

Texts message(std::string en, std::string ko, std::string zh) {
  return {std::move(en), std::move(ko), std::move(zh)};
}

class Findings {
 public:
  Findings(Day today, SubjectAssessment& subject, std::string folder)
      : today_(today), subject_(subject), folder_(std::move(folder)) {}

  // What the findings that follow rest on.
  void rest_on(std::string facts) { facts_ = std::move(facts); }

  Finding& add(const char* code, Severity level, const std::string& about, Texts text,
               const Location& where = {}) {
    Finding finding;
    finding.code = code;
    finding.id = std::string(code) + ":" + subject_.id + ":" + about;
    finding.level = level;
    finding.about = about;
    finding.message = std::move(text);
    finding.where = where;
    finding.fingerprint = fingerprint_of(finding, subject_.id, facts_);
    subject_.findings.push_back(std::move(finding));
    return subject_.findings.back();
  }

  void classification(const ClassificationItem& item) {
    const Location where = place(item.because);
    rest_on(hash_of(item.because));
    if (item.value == Truth::unknown && item.kind == ConceptKind::classification) {
      add("undetermined", Severity::medium, item.id,
          message("Not determined: " + item.title.en + ". Facts are missing.",
                  item.title.in("ko") + ": 확인되지 않은 사실이 있어 분류가 미확정입니다.",
                  item.title.in("zh") + "：因部分事实待补充，分类未确定。"),
          where);
    }
    // The conduct is forbidden to somebody; whose role it is may still be open.
    if (item.value == Truth::true_ && item.kind == ConceptKind::classification &&
        item.severity == Severity::critical && !prohibited_in(item.jurisdiction)) {
      add("prohibited-practice", Severity::critical, item.id,
          message("The facts stated meet the description of a prohibited practice; who answers for "
                  "it is not determined: " +
                      item.title.en,
                  "기재된 사실은 금지행위의 요건에 해당하나 책임 주체가 확인되지 않았습니다: " +
                      item.title.in("ko"),
                  "所填事实符合禁止行为的描述，责任主体尚未确定：" + item.title.in("zh")),
          where);
    }
    if (item.rules_say) {
      add("contrary", Severity::medium, item.id,
          message(
              "A person's determination of " + item.title.en +
                  " differs from what the rules draw from the facts.",
              item.title.in("ko") + ": 사람의 판단이 기재된 사실에 대한 규칙의 결론과 다릅니다.",
              item.title.in("zh") + "：人工认定与规则依据事实得出的结论不一致。"),
          where);
    }
  }

  void duty(const ObligationItem& item) {
    const Location where = place(item.because);
    rest_on(item.facts_hash + item.deployment);
    const bool binding = item.modality == Modality::must || item.modality == Modality::must_not;
    if (item.prohibition && item.status == "due") {
      add("prohibited", Severity::critical, item.id,
          message("Prohibited conduct found on the facts stated: " + item.title.en,
                  "기재된 사실에 따르면 금지행위에 해당합니다: " + item.title.in("ko"),
                  "依所填事实属于禁止行为：" + item.title.in("zh")),
          where);
      return;
    }
    if (item.prohibition && item.status == "upcoming") {
      add("prohibited-soon", Severity::high, item.id,
          message(
              "Will be prohibited from " + to_string(*item.applies_from) +
                  " on the facts stated: " + item.title.en,
              "기재된 사실에 따르면 " + to_string(*item.applies_from) +
                  "부터 금지됩니다: " + item.title.in("ko"),
              "依所填事实自" + to_string(*item.applies_from) + "起被禁止：" + item.title.in("zh")),
          where);
      return;
    }
    if (!binding || !item.fulfilment) return;
    if (item.status == "due") due(item, where);
    if (item.status == "upcoming" && item.applies_from && *item.applies_from - today_ <= kSoon &&
        item.fulfilment != Fulfilment::met) {
      add("upcoming", Severity::low, item.id,
          message("Begins on " + to_string(*item.applies_from) + ": " + item.title.en,
                  to_string(*item.applies_from) + " 시작: " + item.title.in("ko"),
                  "自" + to_string(*item.applies_from) + "起适用：" + item.title.in("zh")),
          where);
    }
    missing_at_ = nullptr;
    for (const auto& each : item.evidence) piece(item, each);
  }

  // A source that is not there is worth a word even where nothing is owed for it.
  void missing_source(const std::string& about, const Texts& what, const std::string& source,
                      const Location& where, const Texts& looked_for) {
    add("source-missing", Severity::medium, about,
        message(
            "Declared as done, but its source `" + source + "` is not there or empty: " + what.en,
            "이행한 것으로 기재되었으나 출처 `" + source +
                "` 파일이 없거나 비어 있습니다: " + what.in("ko"),
            "记载为已完成，但来源“" + source + "”不存在或为空：" + what.in("zh")),
        where)
        .looked_for = looked_for;
  }

 private:
  void piece(const ObligationItem& item, const EvidenceItem& piece) {
    const std::string about = item.id + "/" + piece.id;
    // An entry for a whole duty stands at each piece; its source is missing once.
    if (piece.source_missing && (missing_at_ == nullptr || missing_at_->line != piece.where.line ||
                                 missing_at_->file != piece.where.file)) {
      missing_source(about, piece.title, piece.source, piece.where, file_text(piece.source));
      missing_at_ = &piece.where;
    }
    if (!piece.through || *piece.through >= today_) return;
    add("expired", Severity::medium, about,
        message("Evidence expired on " + to_string(*piece.through) + ": " + piece.title.en,
                "증빙의 유효기간이 " + to_string(*piece.through) +
                    "에 끝났습니다: " + piece.title.in("ko"),
                "证明材料已于" + to_string(*piece.through) + "到期：" + piece.title.in("zh")),
        piece.where);
  }

  // The place that speaks against a duty: what a probe found wanting, else what the manifest says.
  Location evidence_place(const ObligationItem& item, const Location& otherwise) const {
    for (const auto& piece : item.evidence) {
      if (!piece.required || !piece.stated) continue;
      if (piece.state != PieceState::failed && piece.state != PieceState::absent) continue;
      if (piece.state == PieceState::failed && !piece.seen.empty()) {
        Location where = piece.seen.back().where;
        where.file = folder_ + where.file;
        return where;
      }
      return piece.where;
    }
    return otherwise;
  }

  static bool declared_not_done(const ObligationItem& item) {
    return std::all_of(item.evidence.begin(), item.evidence.end(), [](const EvidenceItem& piece) {
      return piece.looked_for.empty() || !piece.stated;
    });
  }

  // What was looked for and not found, or found wanting.
  static Texts looked_for(const ObligationItem& item) {
    Texts all;
    for (const auto& piece : item.evidence) {
      if (piece.looked_for.empty() || piece.state == PieceState::shown) continue;
      Texts one = piece.looked_for;
      if (!piece.note.empty()) {
        one.append(piece.note, {" (", "(", "（"});
        one.append({")", ")", "）"}, {});
      }
      all.append(one, semicolon());
    }
    return all;
  }

  bool prohibited_in(const std::string& jurisdiction) const {
    return std::any_of(subject_.obligations.begin(), subject_.obligations.end(),
                       [&](const ObligationItem& item) {
                         return item.prohibition && item.jurisdiction == jurisdiction &&
                                (item.status == "due" || item.status == "upcoming");
                       });
  }

  static Location place(const std::vector<Reason>& because) {
    for (const auto& reason : because) {
      if (!reason.where.file.empty()) return reason.where;
    }
    return {};
  }

  void due(const ObligationItem& item, const Location& where) {
    if (item.overdue) {
      add("overdue", std::max(item.severity, Severity::high), item.id,
          message("Deadline passed on " + to_string(*item.deadline) +
                      ", not shown to be met: " + item.title.en,
                  "기한(" + to_string(*item.deadline) +
                      ")이 지났으나 이행이 확인되지 않았습니다: " + item.title.in("ko"),
                  "期限（" + to_string(*item.deadline) + "）已过，未发现已履行的证明材料：" +
                      item.title.in("zh")),
          evidence_place(item, where))
          .looked_for = looked_for(item);
      return;
    }
    if (item.fulfilment == Fulfilment::unmet || item.fulfilment == Fulfilment::partly) {
      const bool partly = item.fulfilment == Fulfilment::partly;
      add(partly ? "partly" : "unmet", item.severity, item.id,
          message(std::string(partly ? "Only partly shown to be met: "
                              : declared_not_done(item)
                                  ? "Not met: "
                                  : "Evidence that the manifest names does not show it: ") +
                      item.title.en,
                  (partly ? "이행이 일부만 확인되었습니다: "
                   : declared_not_done(item)
                       ? "이행되지 않은 것으로 기재되어 있습니다: "
                       : "매니페스트에 기재된 증빙으로는 이행이 확인되지 않습니다: ") +
                      item.title.in("ko"),
                  (partly                    ? "仅部分履行得到证明："
                   : declared_not_done(item) ? "记载为未履行："
                                             : "清单所列材料不能证明已履行：") +
                      item.title.in("zh")),
          evidence_place(item, where))
          .looked_for = looked_for(item);
    } else if (item.fulfilment == Fulfilment::unverified) {
      // Nobody has said or shown anything yet: worth a look, no reason to stop a release.
      add("unverified", std::min(item.severity, Severity::medium), item.id,
          message("Due, nothing shows yet that it is met: " + item.title.en,
                  "이행이 확인되지 않았습니다: " + item.title.in("ko"),
                  "未发现已履行的证明材料：" + item.title.in("zh")),
          where)
          .looked_for = looked_for(item);
    }
  }

  Day today_;
  SubjectAssessment& subject_;
  std::string folder_;  // of the manifest, with a slash, as messages name it
  std::string facts_;
  const Location* missing_at_ = nullptr;  // in the duty that is looked at
};

}  // namespace

void Items::add_findings(SubjectAssessment& subject) const {
  std::string folder;
  if (manifest_.file) folder = manifest_.file->name.substr(0, manifest_.file->name.rfind('/') + 1);
  Findings findings(timeline_.asked(), subject, folder);
  const auto& classes = subject.classifications;
  for (std::size_t i = 0; i < classes.size(); ++i) findings.classification(classes[i]);
  const auto& duties = subject.obligations;
  for (std::size_t i = 0; i < duties.size(); ++i) findings.duty(duties[i]);
  findings.rest_on({});
  for (const auto& entry : manifest_.evidence) {  // those of a duty are weighed with it
    if (options_.looker == nullptr || entry.topic.empty() || !entry.obligation.empty()) continue;
    if (entry.state != EvidenceState::done || entry.source.empty() || is_address(entry.source))
      continue;
    if (!entry.system.empty() && entry.system != subject.id) continue;
    const Look look = options_.looker->source(entry.source);
    if (look.state == PieceState::shown) continue;
    findings.missing_source("topic/" + entry.topic, {entry.topic, "", ""}, entry.source,
                            entry.where, look.looked_for);
  }
  for (const auto& pack : program_.packs.all()) {
    if (pack.review_by == kNoDay || timeline_.asked() <= pack.review_by) continue;
    findings.add("old-pack", Severity::medium, std::string(program_.text(pack.id)),
                 message("This pack was to be reviewed by " + to_string(pack.review_by) +
                             "; the law may have changed since",
                         "이 규칙 팩의 재검토 기한(" + to_string(pack.review_by) +
                             ")이 지났습니다. 이후 법령이 변경되었을 수 있습니다.",
                         "该规则包的复核期限（" + to_string(pack.review_by) +
                             "）已过，其后法律可能已变更。"));
  }
  sort_findings(subject);
}

}  // namespace pandect
