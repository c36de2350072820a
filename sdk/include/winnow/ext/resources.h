/* winnow.resources/1 (host): files of the plugin's own package, such as a word list that it ships. The same in the
 * program, in a worker and in the tester: a plugin opens no file itself. The package is hashed as a whole, so another
 * word list is another plugin: what was answered with the old one is asked anew, and its approval is gone. A plugin of
 * one file has no resources. docs/writing-a-plugin.md says what a package is. */
#ifndef WINNOW_EXT_RESOURCES_H
#define WINNOW_EXT_RESOURCES_H
#include "../abi.h"
#define WINNOW_EXT_RESOURCES "winnow.resources/1"
typedef struct winnow_resources {
  uint32_t struct_size, reserved;
  /* [setup] The bytes of a file of the package, by its name below the package's folder ("words/stop.txt"), unchanged.
   * They live as long as the instance. WINNOW_FAILED: the package has no such file; *bytes is empty then. */
  winnow_status(WINNOW_CALL* get)(const winnow_host*, winnow_str name, winnow_str* bytes);
} winnow_resources;
#endif
