// What was seen when somebody looked for evidence, kept so that the same question gets the same
// answer later, when the files are no longer what they were.
#pragma once

#include "evidence/evidence.h"

#include "pandect/result.h"

#include <map>
#include <string>

namespace pandect::store {

using Observations = std::map<std::string, Look>;  // by what was asked

std::string observations_text(const Observations& observations);  // JSON
Result<Observations> read_observations(const std::string& text);

// Asks another looker and writes down what it says.
class RecordingLooker : public Looker {
 public:
  explicit RecordingLooker(Looker& inner) : inner_(inner) {}
  Look source(const std::string& pattern) override;
  Look probe(const ProbeRequest& request) override;
  const Observations& observations() const { return observations_; }

 private:
  Looker& inner_;
  Observations observations_;
};

// Says what was seen then; of what nobody asked then, that nobody looked.
class RecordedLooker : public Looker {
 public:
  explicit RecordedLooker(Observations observations) : observations_(std::move(observations)) {}
  Look source(const std::string& pattern) override;
  Look probe(const ProbeRequest& request) override;

 private:
  Observations observations_;
};

}  // namespace pandect::store
