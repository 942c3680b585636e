#include "plugins/host/call.h"

#include <nlohmann/json.hpp>
#include <re2/re2.h>

namespace pandect::plugins {
namespace {

// The innermost call of this thread and the number of the last one.
struct Running {
  Call* call = nullptr;
  pandect_call last = 0;
};
Running& running() {
  thread_local Running state;
  return state;
}

}  // namespace

Call::Call(std::uint32_t kind, const Root* root, std::string plugin)
    : kind_(kind),
      root_(root),
      plugin_(std::move(plugin)),
      handle_(++running().last),
      outer_(running().call) {
  running().call = this;
}

Call::~Call() { running().call = outer_; }

Call* Call::find(pandect_call handle, pandect_status& status) {
  Call* call = running().call;
  status = call == nullptr           ? PANDECT_OUT_OF_CALL
           : call->handle_ != handle ? PANDECT_BAD_HANDLE
                                     : PANDECT_OK;
  return status == PANDECT_OK ? call : nullptr;
}

pandect_text Call::keep(std::string text) {
  kept_bytes_ += text.size();
  kept_.push_back(std::make_unique<std::string>(std::move(text)));
  return text_of(*kept_.back());
}

const nlohmann::json* Call::document(std::string_view json) {
  // Compared whole: the plugin may have written other bytes into the same place.
  if (document_ != nullptr && document_text_ == json) return document_.get();
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (parsed.is_discarded()) return nullptr;
  document_text_ = json;
  document_ = std::make_unique<nlohmann::json>(std::move(parsed));
  return document_.get();
}

pandect_status Call::misuse(pandect_status status, const std::string& message) {
  if (misuses_.size() < 20) {
    misuses_.push_back({Level::error,
                        "plugin-misuse",
                        {},
                        "the plugin `" + plugin_ + "` " + message,
                        "this is a mistake of the plugin; tell its author"});
  }
  return status;
}

Diagnostics Call::errors(pandect_status returned) const {
  Diagnostics list = misuses_;
  for (const auto& each : diagnostics) {
    if (each.level == Level::error) list.push_back(each);
  }
  if (returned != PANDECT_OK && list.empty()) {
    list.push_back({Level::error,
                    "plugin-failed",
                    {},
                    "the plugin `" + plugin_ + "` failed with status " + std::to_string(returned) +
                        " and did not say why",
                    "run `pandect plugin test` on it, or tell its author"});
  }
  return list;
}

}  // namespace pandect::plugins
