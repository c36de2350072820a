// The worker's side: the same program, started again by Worker with kLibrary and kStatus open.
#pragma once

namespace winnow::plugins::worker {

/// The last argument: must all limits be in force?
inline constexpr const char *kStrict = "strict", *kWeak = "weak";

/// `--worker FILE SECONDS MEGABYTES STRICT`: confines itself, loads the library that is open as kLibrary under the name
/// FILE and serves it over standard input and output. Ends with the pipe; otherwise gives an exit code.
int workerMain(int argc, char** argv);

/// `--worker-exec FILE SECONDS MEGABYTES STRICT`: confines itself and becomes the program that is open as kLibrary.
int execMain(int argc, char** argv);

}  // namespace winnow::plugins::worker
