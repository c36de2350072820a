/* winnow.command/1 (plugin): commands that a plugin adds to the program, as an editor's extensions do.
 * `winnow NAME [OPTIONS] [ARGUMENTS]`; options are declared like a stage's and checked by the host.
 * A name of two words ("search lint") is a command of a group: `winnow search` alone lists the group, whichever plugins
 * its commands come from, and a mistyped second word is answered with the nearest. */
#ifndef WINNOW_EXT_COMMAND_H
#define WINNOW_EXT_COMMAND_H
#include "../abi.h"
#define WINNOW_EXT_COMMAND "winnow.command/1"

/* What a command works on. Owner: host; lives during run(). Growing. */
typedef struct winnow_invocation winnow_invocation;
struct winnow_invocation {
  uint32_t struct_size, json; /* json: nonzero if the user asked for --json */
  void* impl;
  const winnow_setting* settings;
  size_t setting_count;
  const winnow_str* arguments; /* what is no option, in order: names of inputs */
  size_t argument_count;
  /* [work] The whole text of argument `index` (a file, or "-" for standard input), decoded as for importers. A view
   * that lives during run(). WINNOW_FAILED: it could not be read; the host has reported why. */
  winnow_status(WINNOW_CALL* read)(const winnow_invocation*, size_t index, winnow_str* text);
  /* [work] As read(), for a path that came as an option's value. */
  winnow_status(WINNOW_CALL* read_path)(const winnow_invocation*, winnow_str path, winnow_str* text);
  /* [work] Appends to standard output. */
  void(WINNOW_CALL* print)(const winnow_invocation*, winnow_str text);
  /* [work] Reads the records of an export file with the importer that knows it, in order, raw fields included, and
   * hands them to `each` (views that die when it returns; record.id counts from 1 in the file). Anything but WINNOW_OK
   * from `each` ends the reading. WINNOW_FAILED: the file could not be read or `each` failed; the host has reported
   * why. Newer than the first hosts: test WINNOW_HAS. */
  winnow_status(WINNOW_CALL* records)(const winnow_invocation*, winnow_str path, void* context,
                                      winnow_status(WINNOW_CALL* each)(void* context, const winnow_batch*));
};

/* One command. Constant. Growing. */
typedef struct winnow_command {
  uint32_t struct_size, reserved;
  winnow_str name, help; /* "agreement" or "search lint"; first line of help: one sentence */
  winnow_str arguments;  /* for the usage line: "TABLE.csv" */
  const winnow_option* const* options;
  size_t option_count;
  /* [work] 0 done, 1 the input was refused (diagnosed), 2 wrong usage (diagnosed). */
  int32_t(WINNOW_CALL* run)(const winnow_host*, const winnow_invocation*);
} winnow_command;

typedef struct winnow_commands {
  uint32_t struct_size, reserved;
  const winnow_command*(WINNOW_CALL* command)(size_t index); /* [any-thread] null past the last */
} winnow_commands;
#endif
