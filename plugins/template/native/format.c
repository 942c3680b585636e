/* @NAME@: a report format for Pandect (`pandect check --format @NAME@`). It writes one line for
   each duty that is due. */
#include "pandect_plugin.h"

#include <stdio.h>
#include <string.h>

#define TEXT(words) \
  { words, sizeof(words) - 1 }
#define GIVE(words) words, sizeof(words) - 1

static const pandect_host* host;

/* The member of the assessment at subjects/S/obligations/O/KEY; `o` below 0: subjects/S/KEY. */
static pandect_status member(pandect_call call, const pandect_input* input, int s, int o,
                             const char* key, pandect_text* value) {
  char pointer[120];
  const int size =
      o < 0 ? snprintf(pointer, sizeof pointer, "/subjects/%d/%s", s, key)
            : snprintf(pointer, sizeof pointer, "/subjects/%d/obligations/%d/%s", s, o, key);
  return host->json_get(call, input->json.data, input->json.size, pointer, (size_t)size, value);
}

static pandect_status write(pandect_call call, pandect_text text) {
  return host->report_bytes(call, text.data, text.size);
}

static pandect_status run(void* context, pandect_call call, const pandect_input* input) {
  pandect_text id, status, title;
  int s, o;
  (void)context;
  for (s = 0; member(call, input, s, -1, "id", &id) == PANDECT_OK; ++s) {
    for (o = 0; member(call, input, s, o, "status", &status) == PANDECT_OK; ++o) {
      if (status.size != 3 || memcmp(status.data, "due", 3) != 0) continue;
      if (member(call, input, s, o, "title", &title) != PANDECT_OK) continue;
      host->report_bytes(call, GIVE("- "));
      write(call, id);
      host->report_bytes(call, GIVE(": "));
      write(call, title);
      host->report_bytes(call, GIVE("\n"));
    }
  }
  return PANDECT_OK;
}

static const pandect_capability capabilities[] = {
    {sizeof(pandect_capability), PANDECT_FORMAT, TEXT("@NAME@"), TEXT("A line for each duty due."),
     TEXT("txt"), /* extension */
     TEXT(""),    /* places */
     0,           /* limit */
     0,           /* flags */
     NULL,        /* context */
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
  out->summary = (pandect_text)TEXT("Lists what is due.");
  out->capabilities = capabilities;
  out->capability_size = sizeof(pandect_capability);
  out->capability_count = 1;
  return PANDECT_OK;
}
