/* @NAME@: a probe for Pandect. In a pack:
     probe: {@NAME@: {files: "*.md", pattern: "[Rr]eviewed by .+"}}
   It looks for a passage in files and says where it stands. */
#include "pandect_plugin.h"

#include <stdio.h>
#include <string.h>

#define TEXT(words) \
  { words, sizeof(words) - 1 }
#define GIVE(words) words, sizeof(words) - 1

static const pandect_host* host;

struct search {
  pandect_call call;
  pandect_text pattern;
  char* seen; /* JSON, in memory of our own */
  size_t size, capacity;
  int found;
};

/* One file of the glob: the first line that matches is a sighting. */
static int32_t look(void* context, const char* path, size_t path_size, uint64_t file_size) {
  struct search* search = context;
  pandect_text bytes, file, words;
  pandect_span span;
  size_t count = 0, line = 1, at;
  (void)file_size;
  if (host->read_file(search->call, path, path_size, &bytes) != PANDECT_OK) return 0;
  if (host->match(search->call, search->pattern.data, search->pattern.size, bytes.data, bytes.size,
                  0, &span, 1, &count) != PANDECT_OK ||
      count == 0)
    return 0;
  for (at = 0; at < span.begin; ++at) line += bytes.data[at] == '\n';
  if (host->json_quote(search->call, path, path_size, &file) != PANDECT_OK ||
      host->json_quote(search->call, bytes.data + span.begin, span.end - span.begin, &words) !=
          PANDECT_OK)
    return 0;
  if (file.size + words.size + 80 > search->capacity - search->size) return 1;
  search->size +=
      (size_t)snprintf(search->seen + search->size, search->capacity - search->size,
                       "%s{\"file\":%.*s,\"line\":%zu,\"text\":%.*s}", search->found ? "," : "",
                       (int)file.size, file.data, line, (int)words.size, words.data);
  search->found = 1;
  return 0;
}

static pandect_status fail(pandect_call call) {
  host->report_diagnostic(
      call,
      GIVE("{\"code\":\"settings\",\"message\":\"the probe @NAME@ needs `files` and `pattern`\","
           "\"hint\":\"write @NAME@: {files: docs/*.md, pattern: ...}\"}"));
  return PANDECT_FAILED;
}

static pandect_status run(void* context, pandect_call call, const pandect_input* input) {
  static char seen[60000], outcome[130000];
  struct search search = {call, {0, 0}, seen, 0, sizeof seen, 0};
  pandect_text files, words;
  pandect_status status;
  size_t count;
  int size;
  (void)context;
  if (host->json_get(call, input->json.data, input->json.size, GIVE("/files"), &files) ||
      host->json_get(call, input->json.data, input->json.size, GIVE("/pattern"), &search.pattern))
    return fail(call);
  /* A pattern that RE2 does not know is a mistake of the settings, not an outcome. */
  status = host->match(call, search.pattern.data, search.pattern.size, "", 0, 0, NULL, 0, &count);
  if (status != PANDECT_OK) return fail(call);
  status = host->glob(call, files.data, files.size, look, &search);
  if (status != PANDECT_OK) return status;
  status = host->json_quote(call, files.data, files.size > 200 ? 200 : files.size, &words);
  if (status != PANDECT_OK) return status;
  size = snprintf(outcome, sizeof outcome, "{\"state\":\"%s\",\"looked_for\":%.*s,\"seen\":[%.*s]}",
                  search.found ? "shown" : "absent", (int)words.size, words.data, (int)search.size,
                  seen);
  return host->report_outcome(call, outcome, (size_t)size);
}

static const pandect_capability capabilities[] = {
    {sizeof(pandect_capability), PANDECT_PROBE, TEXT("@NAME@"), TEXT("A passage stands in a file."),
     TEXT(""), /* extension */
     TEXT(""), /* places: it takes one pattern, not a list */
     0,        /* limit */
     0,        /* flags */
     NULL,     /* context */
     NULL, run}};

pandect_status pandect_plugin_entry(const pandect_host* given, uint32_t abi, pandect_plugin* out) {
  if (given == NULL || out == NULL) return PANDECT_BAD_ARGUMENT;
  if (abi != PANDECT_PLUGIN_ABI || out->size < sizeof *out || given->size < sizeof *given)
    return PANDECT_WRONG_VERSION;
  host = given;
  out->size = sizeof *out;
  out->abi = PANDECT_PLUGIN_ABI;
  out->name = (pandect_text)TEXT("@NAME@");
  out->version = (pandect_text)TEXT("0.1.0");
  out->summary = (pandect_text)TEXT("Looks for a passage in files.");
  out->capabilities = capabilities;
  out->capability_size = sizeof(pandect_capability);
  out->capability_count = 1;
  return PANDECT_OK;
}
