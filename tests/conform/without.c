/* Starts a command on a kernel that lacks some system calls: without CALL... -- COMMAND...
 * CALL is a name; NAME:NUMBER lacks it with that first argument alone; prlimit64:set lacks the form that sets a limit.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int lack(scmp_filter_ctx list, char* call) {
  char* colon = strchr(call, ':');
  if (colon != NULL) *colon = 0;
  const int number = strcmp(call, "landlock_create_ruleset") == 0 ? 444 : seccomp_syscall_resolve_name(call);
  if (number < 0) return number;
  if (colon == NULL) return seccomp_rule_add(list, SCMP_ACT_ERRNO(ENOSYS), number, 0);
  if (strcmp(colon + 1, "set") == 0)
    return seccomp_rule_add(list, SCMP_ACT_ERRNO(EPERM), number, 1, SCMP_A2(SCMP_CMP_NE, 0));
  return seccomp_rule_add(list, SCMP_ACT_ERRNO(EINVAL), number, 1, SCMP_A0(SCMP_CMP_EQ, strtoul(colon + 1, NULL, 10)));
}

int main(int argc, char** argv) {
  scmp_filter_ctx list = seccomp_init(SCMP_ACT_ALLOW);
  int at = 1;
  if (list == NULL) return 2;
  for (; at < argc && strcmp(argv[at], "--") != 0; ++at)
    if (lack(list, argv[at]) < 0) {
      fprintf(stderr, "cannot lack %s\n", argv[at]);
      return 2;
    }
  if (seccomp_load(list) < 0) return 77;
  execvp(argv[at + 1], argv + at + 1);
  return 127;
}
