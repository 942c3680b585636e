// What a module exports. Values of C++ cross the border, so both sides must come from one build:
// the program compares `pandect_module_build` with its own before it calls anything else.
#pragma once

#include <string>

extern "C" {
using PandectModuleBuild = const char* (*)();
// `model` is the value that the module's name stands for. False: `bytes` says why.
using PandectModuleRender = bool (*)(const void* model, std::string* bytes);
}

#define PANDECT_MODULE_EXPORT extern "C" __attribute__((visibility("default")))
