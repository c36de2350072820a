// Reading and waiting for pipes, so that a run that waits says for what and can be stopped.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "Descriptor.hpp"

namespace winnow::io {

/// Told once a wait, after two seconds, what is waited for ("waiting for 'x.ris' (a pipe)"). For the whole process; set
/// before any wait. Any thread.
std::function<void(const std::string& what)>& waitNotice();

/// Returns when `descriptor` is ready for `events` (poll(2)) or has failed, at once if it is no pipe, socket or
/// terminal. Throws winnow::Error("cancelled") within a tenth of a second of cancelRequested().
void waitUntilReady(int descriptor, short events, const std::string& what);

/// Opens a named pipe for writing as soon as somebody reads it. Gives the descriptor, which the caller closes, or -1
/// with errno. Throws as above.
int openPipeForWriting(const char* path, const std::string& what);

/// Opens a file, pipe or device for reading; a named pipe without waiting for its writer. Throws winnow::Error
/// with the path: missing, a folder, no permission.
Descriptor openForReading(const std::filesystem::path& file);

/// Reads at most `size` bytes; 0 at the end. Waits for pipes as waitUntilReady(). Throws winnow::Error with `name`.
std::size_t readSome(int descriptor, char* into, std::size_t size, const std::string& name);

}  // namespace winnow::io
