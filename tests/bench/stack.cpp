#include "bench/stack.h"

#include <vector>

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bench {
namespace {

constexpr std::size_t kSize = std::size_t{1} << 30;  // address space, not memory

void* call(void* work) {
  (*static_cast<const std::function<void()>*>(work))();
  return nullptr;
}

std::size_t touched_by(const std::function<void()>& work) {
  void* const stack = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return 0;
  ::madvise(stack, kSize, MADV_NOHUGEPAGE);
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstack(&attributes, stack, kSize);
  pthread_t thread{};
  std::size_t pages = 0;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const bool ran = ::pthread_create(&thread, &attributes, call,
                                    const_cast<void*>(static_cast<const void*>(&work))) == 0 &&
                   ::pthread_join(thread, nullptr) == 0;
  std::vector<unsigned char> resident(kSize / page);
  if (ran && ::mincore(stack, kSize, resident.data()) == 0) {
    for (const unsigned char each : resident) pages += each & 1u;
  }
  ::pthread_attr_destroy(&attributes);
  ::munmap(stack, kSize);
  return pages * page;
}

}  // namespace

std::size_t stack_of(const std::function<void()>& work) {
  const std::size_t used = touched_by(work), idle = touched_by([] {});
  return used > idle ? used - idle : 0;
}

}  // namespace bench
