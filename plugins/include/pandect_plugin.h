/* The plugin interface of Pandect: what a shared library gives and gets. C99 and C++.

   A plugin is a shared library that exports pandect_plugin_entry. It declares probes (look for
   evidence), importers (read a format and propose facts), report formats and fact derivations.
   `pandect plugin new NAME` writes one that builds with one command.

   Conventions
   1. Trust. A native plugin runs with all rights of the user and is not confined. Pandect loads one
      only when the user names it or has put it into the plugin folder of the user, never because it
      lies in a repository that is looked into. What is to be confined is written in Lua.
   2. Version. The host calls the entry with the version it speaks. A plugin that does not speak it
      returns PANDECT_WRONG_VERSION and touches nothing else. The host refuses a plugin that states
      another version or other sizes than its own. A later host of the same version may append
      functions to pandect_host: `size` tells how far it reaches.
   3. Sizes. Each structure starts with its size in bytes, set by whoever fills it in.
   4. Text. Pointer and length, UTF-8, no byte of zero needed at the end. Length 0 allows any
      pointer. Paths are bytes with `/` between names, relative to the root; a path that is no UTF-8
      is reported with U+FFFD in place of the bytes that are none.
   5. Structured data is JSON (RFC 8259) as the schemas below say. An unknown key is refused.
   6. Ownership. What the plugin hands to the host is copied before the function returns. What the
      host hands to the plugin (inputs, files that were read) belongs to the host and is valid until
      the plugin returns from that call. The descriptor is copied after the entry has returned; code
      and `context` must stay valid until `close`.
   7. Calls. A pandect_call is a number that is valid while the host runs one function of the plugin
      and only on the thread that runs it. Anything else is answered with PANDECT_OUT_OF_CALL or
      PANDECT_BAD_HANDLE and does nothing. During the entry and `close` there is no call.
   8. Threads. The host runs at most one call of one plugin at a time, not always on one thread. All
      threads that a plugin has started must have ended when `close` returns.
   9. Errors. Functions return a pandect_status and never a pointer that must be tested. A plugin
      says what went wrong with report_diagnostic and returns PANDECT_FAILED. Misuse (a bad pointer
      that can be seen, bad JSON, a second outcome, a report of another kind, too much) is answered
      with a status, is remembered, and makes the call fail, whatever the plugin returns then.
  10. Exceptions, longjmp and exit must not cross the border. The host cannot make that safe.
  11. Same input, same output: no clock, no locale, no environment, no network.
  12. A plugin decides no law and sets no fact: what an importer or a derivation proposes becomes a
      fact only when a person writes it into the manifest.

   JSON
   settings    in, probe: what stands behind the name of the probe in the pack
   outcome     out, probe, exactly once: {"state": "shown"|"failed"|"absent"|"unchecked",
               "looked_for": "...", "note": "...", "seen": [{"file": "...", "line": 1, "column": 1,
               "text": "..."}], "skipped": [{"path": "...", "reason": "..."}]}; only `state` is
               required; `skipped` are files that could not be read; `looked_for` and `note` are a
               text or {"en": "...", "ko": "...", "zh": "..."}, of which `en` is required
   proposal    out, importer and derivation, any number: {"subject": "organisation"|"system"|
               "model"|"model:NAME", "fact": "...", "values": ["..."], "set": false, "class":
               "extracted"|"suggested"|"derived"|"conflict", "confidence": 0.5, "file": "...",
               "line": 1, "column": 1, "pointer": "...", "quote": "...", "note": "...", "sign":
               "..."}; `subject`, `fact` and `values` are required; a derivation has no other class
               than "derived", which is its default; a `note` shows formula and inputs
   diagnostic  out, all: {"level": "error"|"warning"|"note", "code": "...", "file": "...", "line":
               1, "column": 1, "message": "...", "hint": "..."}; `message` is required
   assessment  in, format: pandect.assessment/1, as `pandect check --format json` writes it
   options     in, format: {"lang": "en"|"ko"|"zh", "width": 80, "colour": false, "all": false}
   facts       in, derivation: pandect.facts/1, as `pandect plugin facts` writes it */
#ifndef PANDECT_PLUGIN_H
#define PANDECT_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PANDECT_PLUGIN_ABI 1u

#if defined(_WIN32)
#define PANDECT_PLUGIN_EXPORT __declspec(dllexport)
#else
#define PANDECT_PLUGIN_EXPORT __attribute__((visibility("default")))
#endif

typedef int32_t pandect_status;
enum {
  PANDECT_OK = 0,
  PANDECT_FAILED = 1,        /* for a reason of its own; see the diagnostics */
  PANDECT_WRONG_VERSION = 2, /* of the interface, or a size that belongs to another version */
  PANDECT_BAD_ARGUMENT = 3,  /* a null pointer where there must be none, a value out of range */
  PANDECT_BAD_HANDLE = 4,    /* not the call that runs */
  PANDECT_OUT_OF_CALL = 5,   /* no call runs on this thread */
  PANDECT_WRONG_KIND = 6,    /* this kind of plugin has no such function */
  PANDECT_TWICE = 7,         /* reported already */
  PANDECT_TOO_MUCH = 8,      /* beyond a limit of size or number */
  PANDECT_BAD_TEXT = 9,      /* not UTF-8 */
  PANDECT_BAD_JSON = 10,     /* not JSON, or not of that schema */
  PANDECT_NOT_FOUND = 11,    /* no such file, or not readable, or not a plain file */
  PANDECT_OUTSIDE = 12,      /* the path leaves the root */
  PANDECT_BAD_PATTERN = 13   /* not a pattern that RE2 knows */
};

/* Kinds of capability. */
enum { PANDECT_PROBE = 1, PANDECT_IMPORTER = 2, PANDECT_FORMAT = 3, PANDECT_DERIVATION = 4 };

/* Probe: the day that the assessment is made for is put into its settings as `as_of`. */
#define PANDECT_WANTS_DAY 1u

typedef uint64_t pandect_call;

typedef struct pandect_text {
  const char* data;
  size_t size;
} pandect_text;

/* Part of a text: from `begin` up to before `end`; both PANDECT_NO_GROUP where a group did not
   take part in a match. */
typedef struct pandect_span {
  size_t begin;
  size_t end;
} pandect_span;
#define PANDECT_NO_GROUP ((size_t)-1)

/* Called for each file; anything but 0 ends the listing. */
typedef int32_t (*pandect_each_file)(void* context, const char* path, size_t path_size,
                                     uint64_t file_size);

/* What the host offers. Files: probes only; a probe sees nothing but the root. */
typedef struct pandect_host {
  uint32_t size;
  uint32_t abi;

  /* Whole files of at most 64 MiB; all that the host hands out in one call is at most 256 MiB. */
  pandect_status (*read_file)(pandect_call call, const char* path, size_t path_size,
                              pandect_text* bytes);
  /* Up to `capacity` bytes from `offset` into memory of the plugin; `*count` 0 at the end. */
  pandect_status (*read_part)(pandect_call call, const char* path, size_t path_size,
                              uint64_t offset, char* buffer, size_t capacity, size_t* count);
  /* Plain files below a folder (length 0: the root), ascending; links are not followed and .git is
     not entered. */
  pandect_status (*list)(pandect_call call, const char* below, size_t below_size,
                         pandect_each_file each, void* context);
  /* Plain files whose path matches: `*` within a name, `**` across folders, `{a,b}`; ascending, at
     most 1000. */
  pandect_status (*glob)(pandect_call call, const char* pattern, size_t pattern_size,
                         pandect_each_file each, void* context);
  /* First match of an RE2 pattern at or after `from` (all kinds). `*count` is 0 where there is
     none, else 1 and the number of groups, of which at most `capacity` are written to `spans`. */
  pandect_status (*match)(pandect_call call, const char* pattern, size_t pattern_size,
                          const char* text, size_t text_size, size_t from, pandect_span* spans,
                          size_t capacity, size_t* count);

  /* The member of a document at a JSON pointer ("/a/0"): a text as it reads, all else as JSON. */
  pandect_status (*json_get)(pandect_call call, const char* json, size_t size, const char* pointer,
                             size_t pointer_size, pandect_text* value);
  /* A text as JSON writes it, with its quotes. */
  pandect_status (*json_quote)(pandect_call call, const char* text, size_t size,
                               pandect_text* quoted);

  pandect_status (*report_outcome)(pandect_call call, const char* json, size_t size);
  pandect_status (*report_proposal)(pandect_call call, const char* json, size_t size);
  /* Formats: the report, in pieces that are put one after the other. */
  pandect_status (*report_bytes)(pandect_call call, const char* bytes, size_t size);
  pandect_status (*report_diagnostic)(pandect_call call, const char* json, size_t size);
} pandect_host;

/* What one call is about; which parts count depends on the kind. */
typedef struct pandect_input {
  uint32_t size;
  uint32_t kind;
  pandect_text json;    /* probe: settings; format: assessment; derivation: facts */
  pandect_text options; /* format: options */
  pandect_text path;    /* importer: of the file, relative */
  pandect_text bytes;   /* importer: the whole file */
} pandect_input;

typedef struct pandect_capability {
  uint32_t size;
  uint32_t kind;
  pandect_text name;      /* [a-z][a-z0-9_-]*, at most 40; none that Pandect ships */
  pandect_text summary;   /* one sentence */
  pandect_text extension; /* format: of its files, without the dot */
  pandect_text places; /* probe: the key of its settings that takes patterns of paths, if any; the
                          `source` of a manifest goes there */
  uint64_t limit;      /* importer: largest file in bytes; 0: 64 MiB */
  uint64_t flags;      /* of PANDECT_WANTS_DAY; all other bits 0 */
  void* context;       /* handed back with each call */
  /* Importer: 0, not this format; up to 100, surely. `head` is at most the first 64 KiB. */
  int32_t (*recognises)(void* context, pandect_call call, const char* path, size_t path_size,
                        const char* head, size_t head_size);
  pandect_status (*run)(void* context, pandect_call call, const pandect_input* input);
} pandect_capability;

typedef struct pandect_plugin {
  uint32_t size;
  uint32_t abi;
  pandect_text name;    /* as a capability's */
  pandect_text version; /* its own, like 1.0.0 */
  pandect_text summary;
  pandect_text problem; /* why the entry did not return PANDECT_OK; a text that stays valid */
  const pandect_capability* capabilities;
  uint32_t capability_size;  /* sizeof(pandect_capability) */
  uint32_t capability_count; /* 1 to 64 */
  void* context;
  void (*close)(void* context); /* may be null */
} pandect_plugin;

/* `out` is zeroed and has `size` set to what the host has room for. `host` stays valid until
   `close`. */
typedef pandect_status (*pandect_plugin_entry_function)(const pandect_host* host, uint32_t abi,
                                                        pandect_plugin* out);
PANDECT_PLUGIN_EXPORT pandect_status pandect_plugin_entry(const pandect_host* host, uint32_t abi,
                                                          pandect_plugin* out);

#ifdef __cplusplus
}
#endif

#endif
