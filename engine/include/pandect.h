/* The C API of Pandect: packs in, a manifest in, an assessment out. C99 and C++.

   Conventions
   1. Handles are opaque. A pandect_packs is what was loaded, a pandect_answer is what one call had
      to say: a text, and problems with their places.
   2. Texts are pointer and length, UTF-8; no byte of zero at the end is needed, and none is
  counted. Length 0 allows any pointer, and means "not stated". Paths are bytes.
   3. Ownership. What is handed in is copied or done with when the call returns. A handle that is
      handed out belongs to the caller, who frees it once; texts and problems of an answer live as
      long as the answer. Freeing NULL does nothing. An answer does not need its packs any more.
   4. Errors. Functions that can fail return a pandect_error and never NULL as a sign. They write to
      every out parameter first: NULL, then what was made. A NULL where there must be none, a size
      or flag that this version does not know, or a short text that is not UTF-8 is
      PANDECT_ERROR_CALL, and nothing is done. A call that fails gives an answer as well, with the
      problems in it (but for PANDECT_ERROR_MEMORY, where there may be none, and calls without room
      for one). A handle that was freed, or that never was one, cannot be recognised.
   5. Problems have a stable code, a place (file, line, column; from 1, 0 where there is none), a
      message and, where there is a remedy, a hint. Messages are English.
   6. Threads. A pandect_packs is immutable: any number of threads may use it at once, without a
      lock; free it when no call uses it any more. An answer may be read by many threads. There is
      no global state.
   7. Nothing on the side: the library prints nothing, never ends the process, starts no thread,
      reads neither clock nor environment, and no value depends on the locale. Only pandect_packs_open opens files, and only
      below its folder. Same packs, same manifest, same options: the same bytes.
   8. No exception crosses the border, and none need be expected from it; memory that runs out is an
      error like others.
   9. Structures begin with their size, which the caller sets to sizeof. A later library of the same
      PANDECT_ABI may append members; what is beyond the size stated is left alone, and where a
      caller states more than the library knows, the rest must be zero.
  10. Input is untrusted: packs and manifests are bounded in size, depth and number. An image
      (pandect_packs_image) is not: it is trusted as code is.

   What there is no room for here: evidence. The library opens no file of a project, so evidence is
   what the manifest states (`pandect check --no-evidence`); settings of the manifest that name
   files (baseline, waivers, paths) are left aside, and `settings: packs` must name packs that are
   loaded. Waivers in the manifest itself count. Not legal advice. */
#ifndef PANDECT_H
#define PANDECT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PANDECT_ABI 1u

#if defined(_WIN32)
#define PANDECT_API
#else
#define PANDECT_API __attribute__((visibility("default")))
#endif

typedef struct pandect_packs pandect_packs;
typedef struct pandect_answer pandect_answer;

typedef struct pandect_string {
  const char* data;
  size_t size;
} pandect_string;

typedef int32_t pandect_error;
enum {
  PANDECT_ERROR_NONE = 0,
  PANDECT_ERROR_CALL = 1,      /* the call itself is wrong (convention 4) */
  PANDECT_ERROR_INPUT = 2,     /* a pack or the manifest is wrong; nothing was assessed */
  PANDECT_ERROR_NOT_FOUND = 3, /* no such pack, jurisdiction, subject, conclusion or duty */
  PANDECT_ERROR_IMAGE = 4,     /* not an image of this build and machine; load from source again */
  PANDECT_ERROR_MEMORY = 5,
  PANDECT_ERROR_INTERNAL = 6 /* a fault of Pandect; the message says what */
};

/* How grave a problem is. */
enum { PANDECT_LEVEL_ERROR = 0, PANDECT_LEVEL_WARNING = 1, PANDECT_LEVEL_NOTE = 2 };

typedef struct pandect_problem {
  size_t size; /* sizeof(pandect_problem) */
  int32_t level;
  int32_t line, column;
  uint32_t reserved;
  pandect_string code; /* a stable word: "unknown-name" */
  pandect_string file;
  pandect_string message;
  pandect_string hint; /* the remedy; may be empty */
} pandect_problem;

/* A file of a pack in memory. Its name is PACK/FILE, as below a folder of packs: "core/pack.yaml",
   "eu-ai-act/cases/scope.yaml". */
typedef struct pandect_file {
  pandect_string name;
  pandect_string bytes;
} pandect_file;

/* Flags of pandect_options. */
enum {
  PANDECT_WITH_NOT_APPLICABLE = 1, /* also duties that do not apply */
  PANDECT_PROOF_AS_TEXT = 2        /* pandect_explain: for people, not JSON */
};

typedef struct pandect_options {
  size_t size;                         /* sizeof(pandect_options) */
  pandect_string as_of;                /* the day whose law is asked for, "2026-11-21"; required */
  pandect_string lang;                 /* en, ko, zh; not stated: by the manifest, else en */
  const pandect_string* jurisdictions; /* kr, eu, ...; none: by the manifest, else all loaded */
  size_t jurisdiction_count;
  pandect_string manifest_name; /* as problems and places name it; not stated: "pandect.yaml" */
  pandect_string fail_on;       /* critical, high, medium, low, never; as `pandect check` has it */
  pandect_string fail_on_unknown; /* any, classification, never */
  uint32_t flags;
  uint32_t reserved;
} pandect_options;

/* The version of the library ("1.2.3"), and the PANDECT_ABI it was built with. */
PANDECT_API const char* pandect_version(void);
PANDECT_API uint32_t pandect_abi(void);

/* Loads core and the packs with these ids (none: all) from a folder that holds core/ and a folder
   per pack. About a second for all packs that ship; see pandect_packs_image. */
PANDECT_API pandect_error pandect_packs_open(pandect_string folder, const pandect_string* ids,
                                             size_t id_count, pandect_packs** packs,
                                             pandect_answer** answer);

/* The same from memory; at least core must be among the files. Every pack that is there is loaded.
 */
PANDECT_API pandect_error pandect_packs_read(const pandect_file* files, size_t file_count,
                                             pandect_packs** packs, pandect_answer** answer);

/* Packs as one block of bytes that loads in a millisecond, for this build on this machine: the text
   of the answer. It holds the law, not the cases. Map only what you have written yourself. */
PANDECT_API pandect_error pandect_packs_image(const pandect_packs* packs, pandect_answer** answer);

/* From such a block, which is copied. */
PANDECT_API pandect_error pandect_packs_map(pandect_string image, pandect_packs** packs,
                                            pandect_answer** answer);

PANDECT_API void pandect_packs_free(pandect_packs* packs);

/* What is loaded: {"schema": "pandect.packs/1", "packs": [{"id", "version", "digest",
   "jurisdiction", "title", "checked_on", "state_of_law", "review_by"}]}. */
PANDECT_API pandect_error pandect_packs_list(const pandect_packs* packs, pandect_string lang,
                                             pandect_answer** answer);

/* Assesses a manifest (YAML or JSON). The text of the answer is pandect.assessment/1, byte for byte
   what `pandect check --no-evidence --format json` writes. */
PANDECT_API pandect_error pandect_assess(const pandect_packs* packs, pandect_string manifest,
                                         const pandect_options* options, pandect_answer** answer);

/* What a pipeline makes of an assessment: 0, nothing at or above `fail_on`; 1, a finding that
   blocks; 3, a classification is undetermined, or nothing was assessed. -1: not the answer of a
   pandect_assess that succeeded. */
PANDECT_API int32_t pandect_answer_verdict(const pandect_answer* answer);

/* Why, or why not: the proof of one conclusion or duty of a system or model, with @deployment or
   @model behind the id where there are several. Subject not stated: the first. */
PANDECT_API pandect_error pandect_explain(const pandect_packs* packs, pandect_string manifest,
                                          const pandect_options* options, pandect_string subject,
                                          pandect_string id, pandect_answer** answer);

/* What is missing: {"schema": "pandect.missing/1", "as_of", "subjects": [{"kind", "id",
   "questions": [{"fact", "question", "help"?, "settles"}], "open": [{"id", "kind":
   "classification"|"obligation", "missing": [...]}]}]}; questions in the order to ask them. */
PANDECT_API pandect_error pandect_missing(const pandect_packs* packs, pandect_string manifest,
                                          const pandect_options* options, pandect_answer** answer);

PANDECT_API pandect_string pandect_answer_text(const pandect_answer* answer);
PANDECT_API size_t pandect_answer_problem_count(const pandect_answer* answer);
/* Fills in `problem`, whose size is set. */
PANDECT_API pandect_error pandect_answer_problem(const pandect_answer* answer, size_t index,
                                                 pandect_problem* problem);
PANDECT_API void pandect_answer_free(pandect_answer* answer);

#ifdef __cplusplus
}
#endif

#endif
