// Where the store is, what the time is, and how an assessment or a statement gets into it. The only
// place that gives the store a clock.
#pragma once

#include "cli/inputs.h"
#include "store/snapshot.h"
#include "store/statements.h"

#include <optional>
#include <string>

namespace pandect::cli {

struct StoreOptions {
  std::string file;            // --store
  std::string manifest = ".";  // beside it stands the store, if no file is named
};
void add_store_options(CLI::App& app, StoreOptions& options);

// --store, or .pandect/store.sqlite3 beside the manifest.
std::string store_file(const StoreOptions& options);

// Opens it; with Mode::create makes it and its folder where there is none. Prints why not.
std::optional<store::Store> open_store(const Context& context, const std::string& file,
                                       store::Mode mode);

// The present moment in UTC: 2026-11-30T17:35:02Z.
std::string now();

// The form in which an assessment is kept and compared: JSON in English.
std::string kept_form(const Assessment& assessment);

// Records what was assessed; says under which number. False after having printed why not.
bool record_assessment(const Context& context, const Inputs& inputs, const AssessOptions& options,
                       const Assessment& assessment, const store::Observations& seen,
                       const std::string& file);

// Appends and says under which number.
bool append(const Context& context, const std::string& file, const store::Draft& draft);

// What attest and waive have in common.
struct StatementOptions {
  InputOptions input;
  StoreOptions store;
  std::string obligation, subject, deployment, made, through;
  bool append = false;
};
void add_statement_options(CLI::App& app, StatementOptions& options);

// Finds the duty that a statement speaks of, fills in what binds the statement to it, and records
// it: in the store, and in the manifest or on standard output. `statement` has what the person
// says.
int make_statement(const Context& context, const StatementOptions& options,
                   store::Statement statement);

}  // namespace pandect::cli
