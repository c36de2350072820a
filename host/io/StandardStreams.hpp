// Descriptors 0, 1 and 2 of this process.
#pragma once

namespace winnow::io {

/// First thing in main(): a stream that the caller closed is opened to nothing, so that no file of ours takes its
/// number and gets what was meant for it (reading gives nothing, writing to a closed standard output fails). Then
/// standard output moves to another descriptor, and what was its number leads to standard error: what a plugin prints
/// never stands among our output.
void secureStandardStreams();

/// Where standard output is now.
int standardOutput() noexcept;

}  // namespace winnow::io
