// pandect label: reads the marks by which a file says that AI made it, and can write the Chinese
// one.
#include "base/names.h"
#include "cli/command.h"
#include "cli/label_report.h"
#include "plugins/label/write.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pandect::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPart = 1u << 20;

struct Options {
  std::vector<std::string> files, wants, settings;
  std::string lang = "en", format = "text", out;
  bool write = false, in_place = false, replace = false;
};

struct Opened {
  label::Source source;
  std::string name;
};

std::optional<Opened> open_file(const Context& context, const std::string& path) {
  if (path == "-") {
    context.err(
        "pandect label: a file is read by parts, so - (standard input) cannot be read; "
        "save it to a file and name that");
    return std::nullopt;
  }
  std::error_code error;
  const fs::path file = fs::canonical(path, error);
  if (!error && !fs::is_regular_file(file, error)) {
    context.err(path + ": this is no plain file; name the files, for example with a pattern");
    return std::nullopt;
  }
  const std::uintmax_t size = error ? 0 : fs::file_size(file, error);
  if (error) {
    context.err(path + ": cannot be read: " + error.message());
    return std::nullopt;
  }
  const auto root = Root::open(file.parent_path().string());
  const std::string name = file.filename().string();
  const auto probe = root ? root->read_part(name, 0, 1) : Result<std::string>(root.errors());
  if (!probe) {
    context.report(probe.errors());
    return std::nullopt;
  }
  return Opened{label::Source::of_file(*root, name, size), name};
}

// A list may be written with commas; empty if one of them is unknown.
std::optional<std::vector<std::string>> wants_of(const Context& context, const Options& options,
                                                 const label::Rules& rules) {
  std::vector<std::string> wants;
  std::vector<std::string_view> known;
  for (const auto& [id, want] : rules.wants) known.push_back(id);
  for (const auto& list : options.wants) {
    for (std::size_t start = 0; start <= list.size();) {
      const std::size_t comma = std::min(list.find(',', start), list.size());
      const std::string id = list.substr(start, comma - start);
      start = comma + 1;
      if (rules.wants.count(id) == 0) {
        std::string names;
        for (const auto each : known) names += (names.empty() ? "" : ", ") + std::string(each);
        context.err("pandect label: --want takes " + names + ", not `" + id + "`" +
                    did_you_mean(id, known));
        return std::nullopt;
      }
      if (std::find(wants.begin(), wants.end(), id) == wants.end()) wants.push_back(id);
    }
  }
  return wants;
}

int check(const Context& context, const Options& options, const label::Rules& rules) {
  const auto wants = wants_of(context, options, rules);
  if (!wants) return kNoVerdict;
  std::vector<LabelledFile> files;
  bool unread = false, finding = false, any_want = wants->empty();
  for (const auto& path : options.files) {
    const auto opened = open_file(context, path);
    if (!opened) {
      unread = true;
      continue;
    }
    LabelledFile file{path, read_contents(opened->source, opened->name), {}};
    if (file.contents.kind == label::Kind::unknown) {
      context.err(path +
                  ": this kind of file is not known; PNG, JPEG, WebP, WAV, AVI, MP3, MP4, PDF, "
                  "Office documents, Markdown, HTML and text are");
      unread = true;
      continue;
    }
    file.judgement = judge(file.contents, rules, *wants);
    finding = finding || file.judgement.has("error");
    for (const auto& want : file.judgement.wants) any_want = any_want || want.state != "unchecked";
    files.push_back(std::move(file));
  }
  if (!files.empty() || options.format == "json")
    context.out(options.format == "json" ? label_json_report(files, rules, options.lang)
                                         : label_text(files, rules, options.lang));
  if (unread) return kNoVerdict;
  if (finding) return kFindings;
  if (any_want) return kClean;
  context.err(
      "pandect label: none of the wanted marks is asked of such files; nothing was checked");
  return kNoVerdict;
}

bool put(int descriptor, const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

// Writes the plan whole under another name and renames it: no reader sees half a file.
bool write_plan(const Context& context, const label::Plan& plan, const label::Source& old,
                const std::string& path, ::mode_t mode) {
  const std::string own = path + ".writing-" + std::to_string(::getpid());
  const int descriptor = ::open(own.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) {
    context.err(path + ": cannot be written: " + std::strerror(errno));
    return false;
  }
  bool good = true;
  errno = 0;
  for (const auto& piece : plan.pieces) {
    if (piece.size == 0) good = good && put(descriptor, piece.bytes);
    for (std::uint64_t done = 0; good && done < piece.size;) {
      const std::string part =
          old.read(piece.offset + done,
                   static_cast<std::size_t>(std::min<std::uint64_t>(kPart, piece.size - done)));
      good = !part.empty() && put(descriptor, part);
      done += part.size();
    }
  }
  good = good && ::fsync(descriptor) == 0;
  good = ::close(descriptor) == 0 && good;
  good = good && std::rename(own.c_str(), path.c_str()) == 0;
  if (!good) {
    context.err(path + ": cannot be written: " +
                (errno != 0 ? std::strerror(errno) : "the old file changed meanwhile"));
    ::unlink(own.c_str());
  }
  return good;
}

int write(const Context& context, const Options& options, const label::Rules& rules) {
  if (options.files.size() != 1 || options.in_place == !options.out.empty()) {
    context.err("pandect label: --write takes one file, and either -o OUT or --in-place");
    return kNoVerdict;
  }
  const std::string& path = options.files[0];
  const auto json = label::label_json(options.settings, rules);
  if (!json) {
    context.report(json.errors());
    return kNoVerdict;
  }
  const auto opened = open_file(context, path);
  if (!opened) return kNoVerdict;
  std::error_code error;
  const std::string target = options.in_place ? fs::canonical(path, error).string() : options.out;
  if (!options.in_place && fs::exists(target, error)) {
    context.err(target + ": there is such a file already; name another, or use --in-place");
    return kNoVerdict;
  }
  const auto plan = plan_label(opened->source, opened->name, *json, {options.replace});
  if (!plan) {
    for (auto problem : plan.errors()) {
      problem.where.file = path;
      context.err(to_string(problem));
    }
    return kNoVerdict;
  }
  struct stat facts {};
  const ::mode_t mode = ::stat(path.c_str(), &facts) == 0 ? facts.st_mode & 0777 : 0644;
  if (!write_plan(context, *plan, opened->source, target, mode)) return kNoVerdict;
  context.out(target + ": " + *json + "\n");
  return kClean;
}

int run(const Context& context, const Options& options) {
  const auto rules = label::built_in_rules();
  if (!rules) {
    context.report(rules.errors());
    return kNoVerdict;
  }
  if (options.write) return write(context, options, *rules);
  if (!options.settings.empty() || !options.out.empty() || options.in_place || options.replace) {
    context.err("pandect label: --set, -o, --in-place and --replace go with --write");
    return kNoVerdict;
  }
  return check(context, options, *rules);
}

}  // namespace
}  // namespace pandect::cli

pandect::cli::Command command_label() {
  using namespace pandect::cli;
  Command command;
  command.name = "label";
  command.summary = "Read the marks by which files say that AI made them; write the Chinese one";
  command.example =
      "pandect label tests/plugins/label/samples/aigc-xmp.png --want cn\n"
      "  pandect label --write --set Label=1 --set ContentProducer=examplecorp --set "
      "ProduceID=img-1 "
      "-o /tmp/labelled.png tests/plugins/label/samples/png-plain.png\n\n"
      "Exit status: 0 all wanted marks are there and valid, 1 a finding, 2 a file cannot be read.\n"
      "Not seen by it: what the eye or the ear must check, watermarks, signatures, remote "
      "manifests.";
  command.configure = [](CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("files", options->files, "Files to look into")->required();
    app.add_option(
        "--want", options->wants,
        "Marks that must be there: cn, cn-platform, eu, kr, us-ca (may be repeated, or a "
        "list; default: report all, fail only on invalid labels)");
    app.add_option("--lang", options->lang, "en, ko or zh")
        ->check(CLI::IsMember({"en", "ko", "zh"}));
    app.add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    app.add_flag("--write", options->write, "Write the implicit label of GB 45438 into one file");
    app.add_option("--set", options->settings, "KEY=VALUE of the label (may be repeated)")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_option("-o", options->out, "Write the labelled file here");
    app.add_flag("--in-place", options->in_place, "Write it over the file itself");
    app.add_flag("--replace", options->replace, "Put the label in the place of an old one");
    return [=](Context& context) { return run(context, *options); };
  };
  return command;
}
