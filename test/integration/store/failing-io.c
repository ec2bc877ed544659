/*
 * Preloaded into a process, fails one call of the C library on files below one folder, once. The process gives its orders
 * by asking for the access to names that do not exist:
 *   /failing-io/below/<folder>           which files are meant
 *   /failing-io/arm/<call>/<n>/<errno>   the n-th such call from now on fails
 *   /failing-io/disarm
 *   /failing-io/fired                    exists when the call has failed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static char below[2048];
static char call[32];
static long countdown = 0;
static int failure = 0;
static int fired = 0;

static int is_below(const char *path) {
  size_t length = strlen(below);
  return length > 0 && strncmp(path, below, length) == 0;
}

/* True when this call, of the armed kind and on the folder, is the one to fail. */
static int fails(const char *kind, const char *path) {
  if (countdown == 0 || strcmp(kind, call) != 0 || !is_below(path) || --countdown > 0) return 0;
  fired = 1;
  errno = failure;
  return 1;
}

static int fails_on(const char *kind, int fd) {
  char link[64], path[4096];
  if (countdown == 0 || strcmp(kind, call) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(kind, path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int access(const char *path, int mode) {
  if (strncmp(path, "/failing-io/", 12) != 0) return NEXT(access)(path, mode);
  const char *order = path + 12;
  if (strncmp(order, "below/", 6) == 0) snprintf(below, sizeof below, "%s", order + 6);
  if (strcmp(order, "disarm") == 0) countdown = 0;
  if (strcmp(order, "fired") == 0 && fired) return 0;
  if (sscanf(order, "arm/%31[^/]/%ld/%d", call, &countdown, &failure) == 3) fired = 0;
  errno = ENOENT;
  return -1;
}

ssize_t read(int fd, void *buffer, size_t size) { return fails_on("read", fd) ? -1 : NEXT(read)(fd, buffer, size); }
ssize_t pread64(int fd, void *buffer, size_t size, off64_t at) { return fails_on("read", fd) ? -1 : NEXT(pread64)(fd, buffer, size, at); }
ssize_t write(int fd, const void *buffer, size_t size) { return fails_on("write", fd) ? -1 : NEXT(write)(fd, buffer, size); }
ssize_t pwrite64(int fd, const void *buffer, size_t size, off64_t at) { return fails_on("write", fd) ? -1 : NEXT(pwrite64)(fd, buffer, size, at); }
int fsync(int fd) { return fails_on("sync", fd) ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails_on("sync", fd) ? -1 : NEXT(fdatasync)(fd); }
int ftruncate64(int fd, off64_t size) { return fails_on("truncate", fd) ? -1 : NEXT(ftruncate64)(fd, size); }
int rename(const char *from, const char *to) { return fails("rename", from) ? -1 : NEXT(rename)(from, to); }
int unlink(const char *path) { return fails("unlink", path) ? -1 : NEXT(unlink)(path); }

void *mmap64(void *address, size_t size, int protection, int flags, int fd, off64_t at) {
  return fd >= 0 && fails_on("map", fd) ? MAP_FAILED : NEXT(mmap64)(address, size, protection, flags, fd, at);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return fails("open", path) ? -1 : NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return fails("open", path) ? -1 : NEXT(open64)(path, flags, mode);
}

/* Only the taking of a lock fails: unlocking what one holds does not reach a disk. */
static int fails_to_lock(int fd, int command, const void *argument) {
  return (command == F_SETLK || command == F_SETLKW) && ((const struct flock *)argument)->l_type != F_UNLCK && fails_on("lock", fd);
}

int fcntl(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  return fails_to_lock(fd, command, argument) ? -1 : NEXT(fcntl)(fd, command, argument);
}

int fcntl64(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  return fails_to_lock(fd, command, argument) ? -1 : NEXT(fcntl64)(fd, command, argument);
}
