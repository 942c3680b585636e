#include "reports/schema.h"

namespace pandect::reports {
namespace {

constexpr const char* kManifest = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:pandect:schema:manifest:1",
  "title": "pandect.yaml",
  "description": "An organisation, its AI models and systems, and what is known of them. Dates are written 2026-11-21. YAML 1.2: only true and false are yes and no.",
  "type": "object",
  "additionalProperties": false,
  "required": ["pandect"],
  "properties": {
    "pandect": {"enum": [1, "1"], "description": "Version of the format."},
    "organisation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "facts": {"$ref": "#/$defs/facts"}
      }
    },
    "models": {
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["id"],
        "properties": {
          "id": {"$ref": "#/$defs/id"},
          "name": {"type": "string"},
          "complete": {"type": "boolean"},
          "facts": {"$ref": "#/$defs/facts"}
        }
      }
    },
    "systems": {
      "type": "array",
      "items": {
        "type": "object",
        "additionalProperties": false,
        "required": ["id"],
        "properties": {
          "id": {"$ref": "#/$defs/id"},
          "name": {"type": "string"},
          "models": {"type": "array", "items": {"$ref": "#/$defs/id"}, "description": "Ids under `models`."},
          "models_complete": {"type": "boolean", "default": true, "description": "Whether these are all the models it uses."},
          "closed_world": {"type": "boolean"},
          "facts": {"$ref": "#/$defs/facts"},
          "deployments": {
            "type": "array",
            "description": "Each offer or use of the system, where they differ.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["id"],
              "properties": {
                "id": {"$ref": "#/$defs/id"},
                "name": {"type": "string"},
                "complete": {"type": "boolean"},
                "facts": {"$ref": "#/$defs/facts"}
              }
            }
          },
          "determinations": {"$ref": "#/$defs/determinations"}
        }
      }
    },
    "determinations": {"$ref": "#/$defs/determinations", "description": "Of models: concept@model."},
    "rates": {
      "type": "object",
      "description": "What one unit of the left currency is worth in the right one.",
      "propertyNames": {"pattern": "^[A-Z]{3}>[A-Z]{3}$"},
      "additionalProperties": {
        "anyOf": [
          {"$ref": "#/$defs/number"},
          {
            "type": "object",
            "required": ["value"],
            "properties": {"value": {"$ref": "#/$defs/number"}, "source": {"type": "string"}}
          }
        ]
      }
    },
    "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
    "settings": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "lang": {"enum": ["en", "ko", "zh"]},
        "jurisdictions": {"type": "array", "items": {"type": "string"}},
        "packs": {"type": "array", "items": {"type": "string"}},
        "fail_on": {"enum": ["critical", "high", "medium", "low", "never"]},
        "fail_on_unknown": {"enum": ["any", "classification", "never"]},
        "scan": {"type": "boolean"},
        "baseline": {"type": "string", "description": "File of known findings, beside the manifest."},
        "waivers": {"type": "string", "description": "File of waivers, beside the manifest."},
        "paths": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "evidence": {"$ref": "#/$defs/patterns", "description": "Folders in which evidence is looked for; all if absent."},
            "ignore": {"$ref": "#/$defs/patterns", "description": "Patterns of paths that are not looked at."}
          }
        }
      }
    },
    "waivers": {"type": "array", "items": {"$ref": "#/$defs/waiver"}, "description": "Also in .pandect.waivers.yaml. Never for a prohibition."},
    "closed_world": {"type": "boolean", "default": false, "description": "Facts not stated count as no, but those that the vocabulary never closes."}
  },
  "$defs": {
    "id": {"type": "string", "minLength": 1},
    "day": {"type": "string", "format": "date"},
    "number": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]"}]},
    "scalar": {"type": ["string", "number", "boolean", "null"]},
    "facts": {
      "type": "object",
      "description": "Answers by the id of the fact; `pandect ask` lists them.",
      "propertyNames": {"pattern": "^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+$"},
      "additionalProperties": {"$ref": "#/$defs/answer"}
    },
    "answer": {
      "description": "A value; `unknown` or null; `never` where the event did not happen; or a map that says more.",
      "anyOf": [
        {"$ref": "#/$defs/scalar"},
        {"$ref": "#/$defs/members"},
        {"$ref": "#/$defs/stated"},
        {"$ref": "#/$defs/interval"},
        {"$ref": "#/$defs/choice"},
        {"$ref": "#/$defs/set"}
      ]
    },
    "members": {"type": "array", "items": {"type": "string"}, "description": "The members of a set; all others are out."},
    "stated": {
      "type": "object",
      "additionalProperties": false,
      "required": ["value"],
      "properties": {
        "value": {"anyOf": [{"$ref": "#/$defs/scalar"}, {"$ref": "#/$defs/members"}, {"type": "object"}]},
        "source": {"type": "string"},
        "note": {"type": "string"}
      }
    },
    "interval": {
      "type": "object",
      "description": "A number or date between bounds; min and max are included, above and below are not.",
      "additionalProperties": false,
      "anyOf": [{"required": ["min"]}, {"required": ["max"]}, {"required": ["above"]}, {"required": ["below"]}, {"required": ["amount"]}],
      "properties": {
        "min": {"$ref": "#/$defs/scalar"},
        "max": {"$ref": "#/$defs/scalar"},
        "above": {"$ref": "#/$defs/scalar"},
        "below": {"$ref": "#/$defs/scalar"},
        "amount": {"$ref": "#/$defs/scalar"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "source": {"type": "string"},
        "note": {"type": "string"}
      }
    },
    "choice": {
      "type": "object",
      "description": "One of these members, or any but these.",
      "additionalProperties": false,
      "anyOf": [{"required": ["one_of"]}, {"required": ["not"]}],
      "properties": {
        "one_of": {"$ref": "#/$defs/members"},
        "not": {"$ref": "#/$defs/members"},
        "source": {"type": "string"},
        "note": {"type": "string"}
      }
    },
    "set": {
      "type": "object",
      "description": "A set known in part.",
      "additionalProperties": false,
      "properties": {
        "known": {"$ref": "#/$defs/members"},
        "unknown": {"$ref": "#/$defs/members"},
        "not": {"$ref": "#/$defs/members"},
        "rest": {"enum": ["no", "unknown", false], "description": "What the members not named are; no unless stated."},
        "source": {"type": "string"},
        "note": {"type": "string"}
      }
    },
    "determinations": {
      "type": "object",
      "description": "Legal judgements of persons, by concept, with @deployment or @model where needed.",
      "additionalProperties": {
        "type": "object",
        "additionalProperties": false,
        "required": ["value"],
        "properties": {
          "value": {"type": "boolean"},
          "made": {"$ref": "#/$defs/day"},
          "through": {"$ref": "#/$defs/day", "description": "Last day on which it holds."},
          "by": {"type": "string"},
          "reason": {"type": "string"}
        }
      }
    },
    "evidence": {
      "type": "object",
      "additionalProperties": false,
      "anyOf": [{"required": ["obligation"]}, {"required": ["topic"]}],
      "properties": {
        "system": {"$ref": "#/$defs/id", "description": "Id of a system or model; all if absent."},
        "obligation": {"$ref": "#/$defs/id"},
        "topic": {"type": "string", "description": "Words of one's own; kept, not matched."},
        "evidence": {"$ref": "#/$defs/id", "description": "One piece of evidence of the duty; all if absent."},
        "state": {"enum": ["done", "not_done", "partly", "unknown"]},
        "source": {"type": "string", "description": "A file or pattern below the folder of the manifest; it must exist and hold something. An address is not looked at."},
        "probe": {"$ref": "#/$defs/probe"},
        "scope": {"type": "string", "description": "What the person attests; the system if absent."},
        "by": {"type": "string"},
        "note": {"type": "string"},
        "date": {"$ref": "#/$defs/day"},
        "through": {"$ref": "#/$defs/day", "description": "Last day on which it counts."}
      }
    },
    "patterns": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "probe": {
      "description": "Where and how to look: the name of a probe with its settings, or a list of those. Settings of the pack's own probe are replaced; headings are added.",
      "anyOf": [
        {"type": "object", "minProperties": 1},
        {"type": "array", "items": {"type": "object", "minProperties": 1}}
      ]
    },
    "waiver": {
      "type": "object",
      "additionalProperties": false,
      "required": ["subject", "obligation", "kind", "reason", "by", "made", "until"],
      "properties": {
        "subject": {"$ref": "#/$defs/id", "description": "Id of a system or model."},
        "obligation": {"$ref": "#/$defs/id"},
        "kind": {"enum": ["contested", "deferred", "risk_accepted"]},
        "reason": {"type": "string", "minLength": 1},
        "by": {"type": "string", "minLength": 1},
        "made": {"$ref": "#/$defs/day"},
        "until": {"$ref": "#/$defs/day", "description": "Last day on which it holds."},
        "facts": {"type": "string", "description": "Hash of the deciding facts, as `check` shows it (`facts_hash`)."}
      }
    }
  }
}
)json";

}  // namespace

std::string manifest_schema() { return kManifest; }

}  // namespace pandect::reports
