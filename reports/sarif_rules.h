// The part of a SARIF log that describes rules: what a duty or a conclusion is, with its provisions
// as taxa of a taxonomy per statute. Numbers them as they are met; knows no results.
#pragma once

#include "reports/notices.h"
#include "reports/words.h"

#include <map>
#include <string>

#include <nlohmann/json.hpp>

namespace pandect::reports {

// Keys keep the order in which they are written.
using SarifJson = nlohmann::ordered_json;

// Code scanning cuts what is longer; code points.
inline constexpr std::size_t kSarifTextLimit = 1000;

std::string sarif_level(Severity severity);
SarifJson sarif_text(const std::string& text);

// Statutes and their provisions.
class SarifTaxonomies {
 public:
  // A reference to the taxon of a provision, which is added where it is new.
  SarifJson reference(const Citation& cite, const Wording& words);
  SarifJson list() const { return list_; }
  SarifJson supported() const;

 private:
  SarifJson list_ = SarifJson::array();
  std::map<std::string, std::size_t> statutes_;
  std::map<std::string, std::size_t> taxa_;
};

class SarifRules {
 public:
  explicit SarifRules(const Wording& words) : words_(words) {}

  // The index of a rule, which is described where it is new.
  std::size_t duty(const ObligationItem& item);
  std::size_t classification(const ClassificationItem& item);
  std::size_t own(const std::string& id, const std::string& title, Severity severity);
  std::size_t of(const Notice& notice);

  SarifJson list() const { return list_; }
  const SarifTaxonomies& taxonomies() const { return taxonomies_; }
  SarifTaxonomies& taxonomies() { return taxonomies_; }

 private:
  struct Help {
    std::string text, markdown;
    void paragraph(const std::string& words);
    void item(const Wording& words, Word label, const std::string& plain,
              const std::string& marked = {});
  };

  std::size_t add(SarifJson rule, const std::string& title, const std::string& full, Help help,
                  const std::vector<Citation>& cite);
  void describe_cites(Help& help, const std::vector<Citation>& cite) const;

  const Wording& words_;
  SarifJson list_ = SarifJson::array();
  std::map<std::string, std::size_t> index_;
  SarifTaxonomies taxonomies_;
};

}  // namespace pandect::reports
