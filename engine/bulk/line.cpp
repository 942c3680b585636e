// What the formats of lines share. Stands in the engine and in the module of the JSON reader.
#include "bulk/lines.h"

namespace pandect::bulk {

void Line::clear() {
  if (subjects.empty()) subjects.resize(1);
  id = {};
  has_id = closed_world = models_stated = false;
  models_complete = true;
  determinations = rates = {};
  problem.clear();
  used = 1;
  subjects[0].fields.clear();
}

LineSubject& Line::add(LineSubject::Kind kind) {
  if (used == subjects.size()) subjects.emplace_back();
  LineSubject& subject = subjects[used++];
  subject.kind = kind;
  subject.id = {};
  subject.fields.clear();
  return subject;
}

}  // namespace pandect::bulk
