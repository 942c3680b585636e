#include "reports/schema.h"

namespace pandect::reports {
namespace {

// Cut in parts: the assessment and its subjects, then what they are made of.
constexpr const char* kSubjects = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:pandect:schema:assessment:1",
  "title": "pandect.assessment/1",
  "description": "The outcome of assessing a manifest against the law of one day. Absent keys are unknown or do not apply; nothing is ever null. Not legal advice.",
  "type": "object",
  "additionalProperties": false,
  "required": ["schema", "as_of", "lang", "engine", "disclaimer", "subjects"],
  "properties": {
    "schema": {"const": "pandect.assessment/1"},
    "as_of": {"$ref": "#/$defs/day", "description": "The day whose law is asked for."},
    "lang": {"enum": ["en", "ko", "zh"], "description": "Language of titles and messages."},
    "organisation": {"type": "string", "description": "Name, or id, of the organisation in the manifest."},
    "manifest_digest": {"$ref": "#/$defs/digest"},
    "engine": {
      "type": "object",
      "additionalProperties": false,
      "required": ["version", "packs"],
      "properties": {
        "version": {"type": "string"},
        "packs": {"type": "array", "items": {"$ref": "#/$defs/pack"}}
      }
    },
    "disclaimer": {"type": "string"},
    "evidence_looked_at": {"type": "boolean", "description": "False: no file but the manifest was opened, and declarations are taken at their word."},
    "skipped": {
      "type": "array",
      "description": "What was not looked at while evidence was looked for, and why.",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["path", "reason"],
        "properties": {
          "path": {"type": "string"},
          "reason": {"type": "string", "examples": ["link", "unreadable", "too-large", "too-many", "too-deep", "special", "gone", "outside", "not-well-formed"]}
        }
      }
    },
    "baseline": {
      "type": "object",
      "additionalProperties": false,
      "required": ["file", "known", "new", "gone"],
      "description": "Findings that were known do not block; a prohibition is never among them.",
      "properties": {
        "file": {"type": "string"},
        "as_of": {"type": "string"},
        "known": {"type": "integer", "minimum": 0},
        "new": {"type": "integer", "minimum": 0},
        "gone": {"$ref": "#/$defs/texts", "description": "Ids of findings that are there no more."}
      }
    },
    "subjects": {"type": "array", "items": {"$ref": "#/$defs/subject"}}
  },
  "$defs": {
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]*$", "description": "SHA-256 in hexadecimal."},
    "id": {"type": "string", "minLength": 1},
    "texts": {"type": "array", "items": {"type": "string"}},
    "facts": {"type": "array", "items": {"type": "string"}, "description": "Ids of facts, with @subject where several subjects have the fact."},
    "jurisdiction": {"type": "string", "description": "kr, eu, cn, us, or that of a pack of one's own."},
    "severity": {"enum": ["low", "medium", "high", "critical"]},
    "confidence": {"enum": ["high", "medium", "low"], "description": "How sure the reading of the law is."},
    "truth": {"enum": ["true", "false", "unknown"], "description": "Unknown: the facts stated settle it neither way."},
    "where": {
      "type": "object",
      "additionalProperties": false,
      "required": ["file"],
      "properties": {
        "file": {"type": "string"},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1}
      }
    },
    "pack": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "version", "digest", "jurisdiction", "title"],
      "properties": {
        "id": {"$ref": "#/$defs/id"},
        "version": {"type": "string"},
        "digest": {"$ref": "#/$defs/digest"},
        "jurisdiction": {"$ref": "#/$defs/jurisdiction"},
        "title": {"type": "string"},
        "checked_on": {"$ref": "#/$defs/day", "description": "When the texts were last checked against the official ones."},
        "state_of_law": {"$ref": "#/$defs/day"},
        "review_by": {"$ref": "#/$defs/day", "description": "After this day the pack is stale."},
        "notes": {"$ref": "#/$defs/texts"}
      }
    },
    "subject": {
      "type": "object",
      "additionalProperties": false,
      "required": ["kind", "id", "name", "classifications", "obligations", "findings", "questions", "not_applicable"],
      "properties": {
        "kind": {"enum": ["system", "model"]},
        "id": {"$ref": "#/$defs/id"},
        "name": {"type": "string"},
        "classifications": {"type": "array", "items": {"$ref": "#/$defs/classification"}},
        "obligations": {"type": "array", "items": {"$ref": "#/$defs/obligation"}},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
        "questions": {"type": "array", "items": {"$ref": "#/$defs/question"}},
        "closed_facts": {"$ref": "#/$defs/facts", "description": "Facts not stated that count as no, because the manifest says closed_world."},
        "not_applicable": {"type": "integer", "minimum": 0, "description": "Number of duties that do not apply."}
      }
    },
    "finding": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "code", "level", "about", "message"],
      "properties": {
        "id": {"$ref": "#/$defs/id", "description": "code:subject:about; the same from run to run."},
        "code": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$", "examples": ["prohibited", "prohibited-soon", "overdue", "unmet", "partly", "unverified", "undetermined", "upcoming", "expired", "contrary", "source-missing", "waiver-expired", "waiver-lapsed", "waiver-unused", "contradiction", "old-pack"]},
        "level": {"$ref": "#/$defs/severity"},
        "about": {"type": "string", "description": "Id of the duty, classification, piece of evidence or pack."},
        "message": {"type": "string"},
        "where": {"$ref": "#/$defs/where"},
        "looked_for": {"type": "string", "description": "Where evidence was looked for: what, and in which places; in English."},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Of code, subject, what it is about and the deciding facts; never of a line."},
        "waived": {"$ref": "#/$defs/waiver", "description": "An active waiver: it does not block."},
        "in_baseline": {"const": true, "description": "Known when the baseline was written: it does not block."}
      }
    },
    "waiver": {
      "type": "object",
      "additionalProperties": false,
      "required": ["kind", "state", "reason", "by"],
      "description": "Why a duty is not acted on for now. The statutory duty stands.",
      "properties": {
        "kind": {"enum": ["contested", "deferred", "risk_accepted"]},
        "state": {"enum": ["active", "expired", "lapsed", "not_yet"], "description": "lapsed: the deciding facts are no longer those it was given for."},
        "reason": {"type": "string"},
        "by": {"type": "string"},
        "made": {"$ref": "#/$defs/day"},
        "until": {"$ref": "#/$defs/day", "description": "Last day on which it holds."},
        "facts": {"type": "string"},
        "where": {"$ref": "#/$defs/where"}
      }
    },
    "question": {
      "type": "object",
      "additionalProperties": false,
      "required": ["fact", "question", "settles"],
      "properties": {
        "fact": {"$ref": "#/$defs/id"},
        "question": {"type": "string"},
        "help": {"type": "string"},
        "settles": {"$ref": "#/$defs/texts", "description": "Ids of the conclusions in whose missing facts it stands."}
      }
    },
)json";

constexpr const char* kConclusions = R"json(    "citation": {
      "type": "object",
      "additionalProperties": false,
      "required": ["instrument", "provision"],
      "properties": {
        "instrument": {"$ref": "#/$defs/id"},
        "instrument_title": {"type": "string"},
        "provision": {"$ref": "#/$defs/id", "description": "Id in the register of the law, such as kr-aiba:art-31:par-1."},
        "title": {"type": "string"},
        "url": {"type": "string", "description": "The official text."}
      }
    },
    "citations": {"type": "array", "items": {"$ref": "#/$defs/citation"}},
    "open_exception": {
      "type": "object",
      "additionalProperties": false,
      "required": ["rule", "cite", "condition", "missing"],
      "description": "An exception that the operator would have to show; until then the conclusion stands.",
      "properties": {
        "rule": {"$ref": "#/$defs/id"},
        "cite": {"$ref": "#/$defs/citations"},
        "condition": {"type": "string"},
        "missing": {"$ref": "#/$defs/facts"}
      }
    },
    "reason": {
      "type": "object",
      "additionalProperties": false,
      "required": ["fact"],
      "dependentRequired": {"answer": ["origin"]},
      "properties": {
        "fact": {"$ref": "#/$defs/id"},
        "answer": {"type": "string", "description": "As it was written; absent: not answered."},
        "origin": {"enum": ["stated", "imported", "closed_world", "axiom"]},
        "source": {"type": "string"},
        "note": {"type": "string"},
        "where": {"$ref": "#/$defs/where"}
      }
    },
    "classification": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "jurisdiction", "pack", "kind", "value", "title", "cite", "open_exceptions", "missing", "decided_by", "confidence"],
      "properties": {
        "id": {"$ref": "#/$defs/id"},
        "jurisdiction": {"$ref": "#/$defs/jurisdiction"},
        "pack": {"$ref": "#/$defs/id"},
        "kind": {"enum": ["classification", "role", "scope", "lead", "element"]},
        "value": {"$ref": "#/$defs/truth"},
        "title": {"type": "string"},
        "cite": {"$ref": "#/$defs/citations"},
        "open_exceptions": {"type": "array", "items": {"$ref": "#/$defs/open_exception"}},
        "missing": {"$ref": "#/$defs/facts"},
        "over_approximated": {"const": true, "description": "`missing` may name more facts than are needed."},
        "decided_by": {"enum": ["kleene", "exact", "budget"], "description": "budget: the exact analysis ran out of work; unknown may be too cautious."},
        "determined_by": {
          "type": "object",
          "additionalProperties": false,
          "required": ["by"],
          "description": "A person's judgement, which stands instead of the rules.",
          "properties": {
            "by": {"type": "string"},
            "reason": {"type": "string"},
            "through": {"$ref": "#/$defs/day"},
            "rules_say": {"$ref": "#/$defs/truth", "description": "Where the rules settle it otherwise."}
          }
        },
        "confidence": {"$ref": "#/$defs/confidence"},
        "checked_on": {"$ref": "#/$defs/day"},
        "help": {"type": "string"},
        "note": {"type": "string"},
        "notes": {"$ref": "#/$defs/texts"},
        "deployments": {"$ref": "#/$defs/texts", "description": "Those it holds for, where the system has several."},
        "because": {"type": "array", "items": {"$ref": "#/$defs/reason"}}
      }
    },
    "decimal": {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?(e[0-9]+)?$|^-?[0-9]+/[0-9]+$", "description": "An exact number: decimal, with a power of ten, or a fraction."},
    "penalty": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "kind", "cite"],
      "properties": {
        "id": {"$ref": "#/$defs/id"},
        "kind": {"enum": ["direct", "after_order", "criminal", "civil", "administrative", "private_action", "none"]},
        "title": {"type": "string"},
        "text": {"type": "string"},
        "maximum": {
          "type": "object",
          "additionalProperties": false,
          "required": ["amount", "currency"],
          "description": "The highest amount for this organisation, in units of the currency.",
          "properties": {
            "amount": {"$ref": "#/$defs/decimal"},
            "at_least": {"$ref": "#/$defs/decimal", "description": "Where missing facts leave an interval, its lower end."},
            "currency": {"type": "string", "description": "ISO 4217."}
          }
        },
        "schedule": {
          "type": "array",
          "description": "Amounts for the first, second, third breach.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["amount", "currency"],
            "properties": {"amount": {"$ref": "#/$defs/decimal"}, "currency": {"type": "string"}}
          }
        },
        "missing": {"$ref": "#/$defs/facts"},
        "cite": {"$ref": "#/$defs/citations"}
      }
    },
    "evidence": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "required", "state"],
      "properties": {
        "id": {"$ref": "#/$defs/id"},
        "kind": {"type": "string"},
        "title": {"type": "string"},
        "required": {"type": "boolean"},
        "state": {"enum": ["shown", "failed", "absent", "unchecked"]},
        "sufficient": {"type": "boolean", "description": "Whether what is shown is proof by its pack; false with `shown`: only a sign."},
        "looked_for": {"type": "string", "description": "By a probe, in English; absent: nothing looked."},
        "seen": {
          "type": "array",
          "description": "What was seen; where the piece failed, the last one is the place.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "properties": {"where": {"$ref": "#/$defs/where"}, "text": {"type": "string"}}
          }
        },
        "source": {"type": "string"},
        "by": {"type": "string"},
        "note": {"type": "string"},
        "made": {"$ref": "#/$defs/day"},
        "through": {"$ref": "#/$defs/day", "description": "Last day on which it counts."},
        "where": {"$ref": "#/$defs/where"}
      }
    },
)json";

constexpr const char* kObligation = R"json(    "obligation": {
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "jurisdiction", "pack", "addressee", "status", "severity", "modality", "title", "cite", "evidence", "missing", "open_exceptions", "confidence", "because"],
      "dependentRequired": {"deadline": ["overdue"]},
      "properties": {
        "id": {"$ref": "#/$defs/id"},
        "jurisdiction": {"$ref": "#/$defs/jurisdiction"},
        "pack": {"$ref": "#/$defs/id"},
        "addressee": {"$ref": "#/$defs/texts", "description": "Ids of the roles that owe it."},
        "addressee_title": {"$ref": "#/$defs/texts"},
        "status": {"enum": ["due", "upcoming", "undetermined", "ended", "not_applicable"]},
        "applies_from": {"$ref": "#/$defs/day"},
        "earliest": {"$ref": "#/$defs/day", "description": "Undetermined: the first day on which it can apply."},
        "ended_on": {"$ref": "#/$defs/day"},
        "deadline": {"$ref": "#/$defs/day", "description": "The latest day that the facts allow."},
        "deadline_earliest": {"$ref": "#/$defs/day", "description": "Where missing facts leave an interval, its first day."},
        "overdue": {"type": "boolean"},
        "fulfilment": {"enum": ["met", "partly", "unmet", "unverified", "waived"], "description": "Due and upcoming duties only. A waiver is internal; the statutory duty stands."},
        "fulfilment_without_waiver": {"enum": ["partly", "unmet", "unverified"], "description": "Where it is waived."},
        "waiver": {"$ref": "#/$defs/waiver"},
        "facts_hash": {"type": "string", "pattern": "^[0-9a-f]{16}$", "description": "Of the deciding facts; what a waiver is bound to."},
        "severity": {"$ref": "#/$defs/severity"},
        "modality": {"enum": ["must", "must_not", "effort", "should", "may"]},
        "prohibition": {"const": true},
        "provisional": {"const": true, "description": "Stands until an open exception is shown."},
        "title": {"type": "string"},
        "duty": {"type": "string"},
        "timing": {"type": "string"},
        "note": {"type": "string"},
        "cite": {"$ref": "#/$defs/citations"},
        "penalty": {"type": "array", "items": {"$ref": "#/$defs/penalty"}},
        "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
        "missing": {"$ref": "#/$defs/facts"},
        "open_exceptions": {"type": "array", "items": {"$ref": "#/$defs/open_exception"}},
        "confidence": {"$ref": "#/$defs/confidence"},
        "checked_on": {"$ref": "#/$defs/day"},
        "deployment": {"type": "string"},
        "because": {"type": "array", "items": {"$ref": "#/$defs/reason"}}
      }
    }
  }
}
)json";

}  // namespace

std::string assessment_schema() { return std::string(kSubjects) + kConclusions + kObligation; }

}  // namespace pandect::reports
