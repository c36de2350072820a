/* Loaded before a program (LD_PRELOAD), makes one call of a kind fail: WINNOW_FAULT=KIND:N, or KIND:N+ for the N-th and
 * all later ones. KIND: malloc, write, fsync, rename, open, close. WINNOW_FAULT_COUNT=FILE: at the end, how many calls
 * of each kind there were. Calls are counted in the whole process; children count for themselves and are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MALLOC, WRITE, FSYNC, RENAME, OPEN, CLOSE, KINDS };
static const char* const kNames[KINDS] = {"malloc", "write", "fsync", "rename", "open", "close"};
static const int kErrors[KINDS] = {ENOMEM, ENOSPC, EIO, EIO, EMFILE, EIO};

static atomic_long counts[KINDS];
static long wanted; /* 0: none */
static int wantedKind = -1, isSticky;
static pid_t owner;

void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);

__attribute__((constructor)) static void begin(void) {
  const char* fault = getenv("WINNOW_FAULT");
  owner = getpid();
  for (int kind = 0; fault != NULL && kind < KINDS; ++kind) {
    const size_t size = strlen(kNames[kind]);
    if (strncmp(fault, kNames[kind], size) != 0 || fault[size] != ':') continue;
    char* end;
    wanted = strtol(fault + size + 1, &end, 10);
    isSticky = *end == '+';
    wantedKind = kind;
  }
}

__attribute__((destructor)) static void end(void) {
  const char* path = getenv("WINNOW_FAULT_COUNT");
  if (path == NULL || getpid() != owner) return;
  const int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  char line[64];
  for (int kind = 0; file >= 0 && kind < KINDS; ++kind) {
    const int size = snprintf(line, sizeof line, "%s %ld\n", kNames[kind], atomic_load(&counts[kind]));
    if (syscall(SYS_write, file, line, (size_t)size) < 0) break;
  }
}

/* Counts a call; true, with errno set, if it is one that fails. */
static int fails(int kind) {
  const long now = atomic_fetch_add(&counts[kind], 1) + 1;
  if (kind != wantedKind || now < wanted || (now > wanted && !isSticky)) return 0;
  if (owner != 0 && getpid() != owner) return 0;
  errno = kErrors[kind];
  return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void* malloc(size_t size) { return fails(MALLOC) ? NULL : __libc_malloc(size); }
void* calloc(size_t count, size_t size) { return fails(MALLOC) ? NULL : __libc_calloc(count, size); }
void* realloc(void* old, size_t size) { return fails(MALLOC) ? NULL : __libc_realloc(old, size); }
void* aligned_alloc(size_t alignment, size_t size) { return fails(MALLOC) ? NULL : __libc_memalign(alignment, size); }
int posix_memalign(void** to, size_t alignment, size_t size) {
  *to = fails(MALLOC) ? NULL : __libc_memalign(alignment, size);
  return *to == NULL ? ENOMEM : 0;
}

/* Standard error stays: a full disk leaves it, and what the program says there is part of the test. */
static int failsToWrite(int file) { return file != STDERR_FILENO && fails(WRITE); }

ssize_t write(int file, const void* bytes, size_t size) {
  return failsToWrite(file) ? -1 : NEXT(write)(file, bytes, size);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  return fails(WRITE) ? -1 : NEXT(pwrite64)(file, bytes, size, at);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  return fails(WRITE) ? -1 : NEXT(pwrite)(file, bytes, size, at);
}
ssize_t writev(int file, const struct iovec* list, int count) {
  return failsToWrite(file) ? -1 : NEXT(writev)(file, list, count);
}
int ftruncate64(int file, off64_t size) { return fails(WRITE) ? -1 : NEXT(ftruncate64)(file, size); }
int ftruncate(int file, off_t size) { return fails(WRITE) ? -1 : NEXT(ftruncate)(file, size); }
int fsync(int file) { return fails(FSYNC) ? -1 : NEXT(fsync)(file); }
int fdatasync(int file) { return fails(FSYNC) ? -1 : NEXT(fdatasync)(file); }
int rename(const char* from, const char* to) { return fails(RENAME) ? -1 : NEXT(rename)(from, to); }
/* The file is closed all the same, as Linux does it. */
int close(int file) {
  if (!fails(CLOSE)) return NEXT(close)(file);
  NEXT(close)(file);
  errno = kErrors[CLOSE];
  return -1;
}

#define OPEN_WITH_MODE(name)                                 \
  int name(const char* path, int flags, ...) {               \
    va_list more;                                            \
    va_start(more, flags);                                   \
    const mode_t mode = (mode_t)va_arg(more, unsigned);      \
    va_end(more);                                            \
    return fails(OPEN) ? -1 : NEXT(name)(path, flags, mode); \
  }
OPEN_WITH_MODE(open)
OPEN_WITH_MODE(open64)
