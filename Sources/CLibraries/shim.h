// Compression (zlib), regular expressions (PCRE2) and message digests (libmd).
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <zlib.h>
#include <sys/types.h>
#include <md5.h>
#include <sha1.h>
#include <sha256.h>
#include <stddef.h>
#include <stdio.h>
// The C library's search for bytes, which its header hides without _GNU_SOURCE.
void *memmem(const void *text, size_t text_length, const void *part, size_t part_length);
#include <sha512.h>
// Waiting for many descriptors, which Swift's Glibc leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <poll.h>
#include <signal.h>
int ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *limit, const sigset_t *mask);

/// Writes a number as `printf` does for `%.*f`, `%.*e` or `%.*g`; returns the length.
static inline int clibraries_print_double(char *buffer, size_t size, char conversion, int digits, double number) {
  switch (conversion) {
  case 'e': return snprintf(buffer, size, "%.*e", digits, number);
  case 'g': return snprintf(buffer, size, "%.*g", digits, number);
  default: return snprintf(buffer, size, "%.*f", digits, number);
  }
}
