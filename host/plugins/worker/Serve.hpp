// The worker's side: one library, its instances one after the other, every call a frame.
#pragma once

namespace winnow::plugins::worker {

/// `winnow --worker FILE SECONDS MEGABYTES`: serves until the host closes the pipe. Never returns to main's cleanup.
int workerMain(int argc, char** argv);

/// `winnow --worker-exec FILE SECONDS MEGABYTES`: becomes the program FILE, under the same limits.
int execMain(int argc, char** argv);

}  // namespace winnow::plugins::worker
