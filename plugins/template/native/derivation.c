/* @NAME@: a fact derivation for Pandect. An organisation has an establishment where it has its
   seat: it proposes the one from the other. */
#include "pandect_plugin.h"

#include <stdio.h>
#include <string.h>

#define TEXT(words) \
  { words, sizeof(words) - 1 }
#define GIVE(words) words, sizeof(words) - 1

static const pandect_host* host;

static pandect_status run(void* context, pandect_call call, const pandect_input* input) {
  char json[1024];
  pandect_text seat, stated, quoted;
  int size;
  (void)context;
  if (host->json_get(call, input->json.data, input->json.size,
                     GIVE("/organisation/facts/org.seat/value"), &seat) != PANDECT_OK)
    return PANDECT_OK; /* not stated: nothing follows */
  if (host->json_get(call, input->json.data, input->json.size,
                     GIVE("/organisation/facts/org.establishments"), &stated) == PANDECT_OK)
    return PANDECT_OK; /* stated already */
  if (host->json_quote(call, seat.data, seat.size, &quoted) != PANDECT_OK || quoted.size > 200)
    return PANDECT_FAILED;
  size = snprintf(json, sizeof json,
                  "{\"subject\":\"organisation\",\"fact\":\"org.establishments\",\"values\":[%.*s],"
                  "\"set\":true,\"confidence\":0.9,\"note\":\"the seat (org.seat) is one\"}",
                  (int)quoted.size, quoted.data);
  return host->report_proposal(call, json, (size_t)size);
}

static const pandect_capability capabilities[] = {
    {sizeof(pandect_capability), PANDECT_DERIVATION, TEXT("@NAME@"),
     TEXT("An establishment from the seat."), TEXT(""), /* extension */
     TEXT(""),                                          /* places */
     0,                                                 /* limit */
     0,                                                 /* flags */
     NULL,                                              /* context */
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
  out->summary = (pandect_text)TEXT("Derives establishments.");
  out->capabilities = capabilities;
  out->capability_size = sizeof(pandect_capability);
  out->capability_count = 1;
  return PANDECT_OK;
}
