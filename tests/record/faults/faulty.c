/* Put before the C library of a process (LD_PRELOAD): under one folder, the n-th step that changes a file kills the
   process, tears the write in two and kills it, or finds the disk full; and the clock can be put back. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { KILL = 1, TEAR = 2, FULL = 3 };

static char folder[4096];
static long at = 0, steps = 0, behind = 0;
static int mode = 0;

void faulty_arm(const char *where, long step, int how) {
    strncpy(folder, where, sizeof folder - 1);
    at = step; mode = how; steps = 0;
}
long faulty_steps(void) { return steps; }
void faulty_clock(long seconds) { behind = seconds; }

static int inside(const char *path) { return mode && folder[0] && strncmp(path, folder, strlen(folder)) == 0; }
static int file_inside(int fd) {
    char link[64], path[4096];
    if (!mode) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return inside(path);
}
/* Whether this step fails for lack of room; a step that kills does not return. Only a write can be torn. */
static int step(int writes) {
    if (mode == TEAR && !writes) return 0;
    steps++;
    if (mode == FULL) return at && steps >= at;
    if (steps == at) kill(getpid(), SIGKILL);
    return 0;
}
#define REAL(name) static __typeof__(name) *real = 0; if (!real) real = dlsym(RTLD_NEXT, #name)
#define TORN(call) if (mode == TEAR && steps + 1 == at) { call; }

ssize_t write(int fd, const void *b, size_t n) {
    REAL(write);
    if (file_inside(fd)) { TORN(if (real(fd, b, n / 2)) {}) if (step(1)) { errno = ENOSPC; return -1; } }
    return real(fd, b, n);
}
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) {
    REAL(pwrite);
    if (file_inside(fd)) { TORN(if (real(fd, b, n / 2, o)) {}) if (step(1)) { errno = ENOSPC; return -1; } }
    return real(fd, b, n, o);
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) {
    REAL(pwrite64);
    if (file_inside(fd)) { TORN(if (real(fd, b, n / 2, o)) {}) if (step(1)) { errno = ENOSPC; return -1; } }
    return real(fd, b, n, o);
}
int fsync(int fd) { REAL(fsync); if (file_inside(fd) && step(0)) { errno = ENOSPC; return -1; } return real(fd); }
int fdatasync(int fd) { REAL(fdatasync); if (file_inside(fd) && step(0)) { errno = ENOSPC; return -1; } return real(fd); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); if (file_inside(fd) && step(0)) { errno = ENOSPC; return -1; } return real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); if (file_inside(fd) && step(0)) { errno = ENOSPC; return -1; } return real(fd, n); }
int rename(const char *a, const char *b) { REAL(rename); if (inside(b) && step(0)) { errno = ENOSPC; return -1; } return real(a, b); }
int unlink(const char *a) { REAL(unlink); if (inside(a) && mode != FULL) step(0); return real(a); }
int clock_gettime(clockid_t id, struct timespec *t) {
    REAL(clock_gettime);
    int found = real(id, t);
    if (!found && id == CLOCK_REALTIME) t->tv_sec -= behind;
    return found;
}
time_t time(time_t *t) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (t) *t = now.tv_sec;
    return now.tv_sec;
}
