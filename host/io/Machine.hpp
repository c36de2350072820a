// What the program asks the machine that it runs on, and what differs from one operating system to the next.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace winnow::io {

/// Whether somebody sits at this standard stream (0 input, 1 output, 2 errors). Thread: any.
bool isTerminal(int stream) noexcept;

/// The number of this process, for names of temporary folders. Thread: any.
long processNumber() noexcept;

/// System and processor, "linux-x86_64", as an index of plugins names them. Thread: any.
std::string platform();

/// Fills bytes with random ones that nobody can foretell, at most 256. Throws Error if the system gives none. Thread:
/// any.
void fillRandom(std::span<std::byte> bytes);

}  // namespace winnow::io
