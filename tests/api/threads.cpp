// One set of packs, many threads, no lock. Also run under the thread sanitizer (preset tsan).
#include "kit.h"

#include <thread>

#include <doctest/doctest.h>

using namespace kit;

TEST_CASE("c api: eight threads use one set of packs at once and all get the same bytes") {
  const char* examples[] = {"cv-screener", "image-generator", "warehouse-forecast"};
  std::vector<std::string> manifests, expected;
  for (const char* name : examples) {
    manifests.push_back(slurp(std::string(PANDECT_SOURCE "/examples/") + name + "/pandect.yaml"));
  }
  const auto stated = options();
  for (const auto& manifest : manifests) {
    expected.push_back(assess(korea(), manifest, stated).text);
    REQUIRE(!expected.back().empty());
  }
  std::vector<std::string> wrong(8);
  std::vector<std::thread> threads;
  for (std::size_t number = 0; number < wrong.size(); ++number) {
    threads.emplace_back([&, number] {
      for (std::size_t round = 0; round < 3; ++round) {
        const std::size_t which = (number + round) % manifests.size();
        if (assess(korea(), manifests[which], stated).text != expected[which])
          wrong[number] = "another assessment of " + std::string(examples[which]);
        pandect_answer* answer = nullptr;
        const auto error =
            pandect_explain(korea(), text_of(manifests[0]), &stated, text_of("cv-screener"),
                            text_of("kr.high_impact"), &answer);
        if (reply(error, answer).error != PANDECT_ERROR_NONE) wrong[number] = "no proof";
        if (assess(korea(), "systems: [", stated).error != PANDECT_ERROR_INPUT)
          wrong[number] = "no error";
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& each : wrong) CHECK(each.empty());
}

TEST_CASE("c api: threads that load packs do not disturb each other") {
  Files files;
  files.add("core");
  std::vector<int> loaded(4);
  std::vector<std::thread> threads;
  for (int& each : loaded) {
    threads.emplace_back([&] {
      Packs packs;
      each = files.load(packs).error == PANDECT_ERROR_NONE ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  for (const int each : loaded) CHECK(each == 1);
}
