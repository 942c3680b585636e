// How much stack a call takes: it runs on a fresh one, of which the kernel tells the touched pages.
#pragma once

#include <cstddef>
#include <functional>

namespace bench {

// Bytes, to the page; what a thread needs in any case is taken off. 0 if it cannot be told.
std::size_t stack_of(const std::function<void()>& work);

}  // namespace bench
