// Compression (zlib), regular expressions (PCRE2) and message digests (libmd).
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <zlib.h>
#include <sys/types.h>
#include <md5.h>
#include <sha1.h>
#include <sha256.h>
#include <sha512.h>
