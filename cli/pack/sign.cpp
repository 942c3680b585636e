// pandect pack keygen|sign|verify: keys and signatures that minisign reads and writes too.
#include "artefact/archive.h"
#include "cli/inputs.h"
#include "cli/pack/actions.h"
#include "cli/packs.h"
#include "packs/folder.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace pandect::cli {

bool read_small_file(const Context& context, const std::string& path, std::string& text) {
  auto read = read_text(path, 64 * 1024);
  if (!read) {
    context.report(read.errors());
    return false;
  }
  text = std::move(*read);
  return true;
}

namespace {

struct Options {
  std::string file, key, signature, output, password_file;
  bool open = false;
};

// The first line of the file; empty where none was named.
bool read_password(const Context& context, const std::string& file, std::string& password) {
  if (file.empty()) return true;
  if (!read_small_file(context, file, password)) return false;
  password.resize(std::min(password.find_first_of("\r\n"), password.size()));
  if (password.empty()) context.err(file + ": holds no password in its first line");
  return !password.empty();
}

// A file for nobody else's eyes; never over one that is there.
bool write_secret(const Context& context, const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    context.err(path + ": cannot be written: " + std::strerror(errno) +
                (errno == EEXIST ? "; a key is never overwritten" : ""));
    return false;
  }
  const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (::close(file) == 0 && whole) return true;
  context.err(path + ": cannot be written: " + std::strerror(errno));
  ::unlink(path.c_str());
  return false;
}

int run_keygen(const Context& context, const Options& options) {
  std::string password;
  if (options.password_file.empty() != options.open) {
    context.err("pandect pack keygen: say either --password-file FILE or --no-password");
    return kNoVerdict;
  }
  if (!read_password(context, options.password_file, password)) return kNoVerdict;
  const artefact::SecretKey key = artefact::generate_key();
  const auto secret = artefact::text_of(key, password);
  if (!secret) {
    context.report(secret.errors());
    return kNoVerdict;
  }
  const std::string open = options.output + ".pub";
  if (::access(open.c_str(), F_OK) == 0) {
    context.err(open + ": is there already; a key is never overwritten");
    return kNoVerdict;
  }
  if (!write_secret(context, options.output + ".key", *secret) ||
      !write_file(context, open, artefact::text_of(key.public_key())))
    return kNoVerdict;
  context.out("key " + artefact::to_string(key.name) + "\n" + options.output +
              ".key  keep it to yourself\n" + open + "  give it to those who use your packs\n");
  return kClean;
}

int run_sign(const Context& context, const Options& options) {
  std::string text, password;
  if (!read_small_file(context, options.key, text) ||
      !read_password(context, options.password_file, password))
    return kNoVerdict;
  const auto key = artefact::parse_secret_key(options.key, text, password);
  const auto opened =
      artefact::open_file(options.file, {}, std::nullopt, places_of(context).engine);
  for (const auto* problems :
       {key ? nullptr : &key.errors(), opened ? nullptr : &opened.errors()}) {
    if (problems == nullptr) continue;
    context.report(*problems);
    return kNoVerdict;
  }
  const std::string name =
      options.signature.empty() ? artefact::signature_name(options.file) : options.signature;
  const std::string comment =
      "pandect-pack " + opened->artefact.id + " " + to_string(opened->artefact.version);
  if (!write_file(context, name, artefact::sign(opened->bytes, *key, comment))) return kNoVerdict;
  context.out(name + "\nsigned " + opened->artefact.id + " " + to_string(opened->artefact.version) +
              " with the key " + artefact::to_string(key->name) + "\n");
  return kClean;
}

int run_verify(const Context& context, const Options& options) {
  const auto trust = trust_of(context);
  if (!trust) return kNoVerdict;
  if (!*trust) {
    context.err(
        "pandect pack verify: there is no key to verify with; name one with --trust FILE.pub "
        "or put it into the trust root (~/.config/pandect/trust)");
    return kNoVerdict;
  }
  const std::string name =
      options.signature.empty() ? artefact::signature_name(options.file) : options.signature;
  const auto opened = artefact::open_file(options.file, name, *trust, places_of(context).engine);
  if (!opened) {
    context.report(opened.errors());
    return kNoVerdict;
  }
  context.out(options.file + ": " + opened->artefact.id + " " +
              to_string(opened->artefact.version) + ", signed with the key " + opened->key + "\n");
  return kClean;
}

}  // namespace

void add_sign(CLI::App& app, const Chosen& chosen) {
  const auto options = std::make_shared<Options>();
  const auto add = [&](const char* name, const char* summary,
                       int (*action)(const Context&, const Options&)) {
    CLI::App* sub = app.add_subcommand(name, summary);
    sub->callback([chosen, options, action] {
      *chosen = [options, action](Context& context) { return action(context, *options); };
    });
    return sub;
  };
  const char* password =
      "File whose first line is the password of the key (/dev/fd/3 for a descriptor)";
  CLI::App* keygen = add("keygen", "Make a pair of keys, as minisign does", run_keygen);
  keygen->add_option("-o", options->output, "Writes NAME.key and NAME.pub")->required();
  keygen->add_option("--password-file", options->password_file, password);
  keygen->add_flag("--no-password", options->open, "Leave the secret key open");
  CLI::App* sign = add("sign", "Sign a pack file", run_sign);
  sign->add_option("file", options->file, "The pack file")->required();
  sign->add_option("--key", options->key, "Secret key (minisign)")->required();
  sign->add_option("--password-file", options->password_file, password);
  sign->add_option("-o", options->signature, "Signature to write (default: FILE.minisig)");
  CLI::App* verify =
      add("verify", "Say whether a pack file is whole and signed by whom you trust", run_verify);
  verify->add_option("file", options->file, "The pack file")->required();
  verify->add_option("--signature", options->signature, "Its signature (default: FILE.minisig)");
}

}  // namespace pandect::cli
