#include "cli/CommandLine.hpp"

int main(int argc, char** argv) { return winnow::cli::runCommandLine(argc, argv); }
