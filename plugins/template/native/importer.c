/* @NAME@: an importer for Pandect. It reads files `*.aicard` with one `fact: answer` a line and
   proposes each as a fact of the system. */
#include "pandect_plugin.h"

#include <stdio.h>
#include <string.h>

#define TEXT(words) \
  { words, sizeof(words) - 1 }
#define GIVE(words) words, sizeof(words) - 1

static const pandect_host* host;

static int32_t recognises(void* context, pandect_call call, const char* path, size_t path_size,
                          const char* head, size_t head_size) {
  static const char ending[] = ".aicard";
  const size_t length = sizeof ending - 1;
  (void)context, (void)call, (void)head, (void)head_size;
  return path_size >= length && memcmp(path + path_size - length, ending, length) == 0 ? 80 : 0;
}

static pandect_status propose(pandect_call call, const pandect_input* input,
                              const pandect_span* spans, size_t line) {
  static char json[16384];
  pandect_text fact, value, file;
  const char* bytes = input->bytes.data;
  pandect_status status =
      host->json_quote(call, bytes + spans[1].begin, spans[1].end - spans[1].begin, &fact);
  int size;
  if (status == PANDECT_OK)
    status = host->json_quote(call, bytes + spans[2].begin, spans[2].end - spans[2].begin, &value);
  if (status == PANDECT_OK)
    status = host->json_quote(call, input->path.data, input->path.size, &file);
  if (status != PANDECT_OK) return status;
  if (fact.size + value.size + file.size + 200 > sizeof json) return PANDECT_OK; /* no such fact */
  size = snprintf(json, sizeof json,
                  "{\"subject\":\"system\",\"fact\":%.*s,\"values\":[%.*s],\"class\":\"extracted\","
                  "\"confidence\":0.8,\"file\":%.*s,\"line\":%zu,\"sign\":\"aicard-line\"}",
                  (int)fact.size, fact.data, (int)value.size, value.data, (int)file.size, file.data,
                  line);
  return host->report_proposal(call, json, (size_t)size);
}

static pandect_status run(void* context, pandect_call call, const pandect_input* input) {
  pandect_span spans[3];
  size_t at = 0, line = 1, counted = 0, count = 0;
  (void)context;
  for (;;) {
    pandect_status status =
        host->match(call, GIVE("(?m)^([a-z][a-z0-9_.]*):[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])"),
                    input->bytes.data, input->bytes.size, at, spans, 3, &count);
    if (status != PANDECT_OK || count == 0) return status;
    for (; counted < spans[0].begin; ++counted) line += input->bytes.data[counted] == '\n';
    status = propose(call, input, spans, line);
    if (status != PANDECT_OK) return status;
    at = spans[0].end;
  }
}

static const pandect_capability capabilities[] = {
    {sizeof(pandect_capability), PANDECT_IMPORTER, TEXT("@NAME@"),
     TEXT("Cards of one line a fact."), TEXT(""), /* extension */
     TEXT(""),                                    /* places */
     1 << 20,                                     /* limit */
     0,                                           /* flags */
     NULL,                                        /* context */
     recognises, run}};

pandect_status pandect_plugin_entry(const pandect_host* given, uint32_t abi, pandect_plugin* out) {
  if (given == NULL || out == NULL) return PANDECT_BAD_ARGUMENT;
  if (abi != PANDECT_PLUGIN_ABI || out->size < sizeof *out || given->size < sizeof *given)
    return PANDECT_WRONG_VERSION;
  host = given;
  out->size = sizeof *out;
  out->abi = PANDECT_PLUGIN_ABI;
  out->name = (pandect_text)TEXT("@NAME@");
  out->version = (pandect_text)TEXT("0.1.0");
  out->summary = (pandect_text)TEXT("Reads cards with one fact a line.");
  out->capabilities = capabilities;
  out->capability_size = sizeof(pandect_capability);
  out->capability_count = 1;
  return PANDECT_OK;
}
