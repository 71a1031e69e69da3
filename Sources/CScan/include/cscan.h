// Finds bytes of interest 64 at a time: one bit for each byte of the block.
#pragma once
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/// Where a block of 64 bytes has two certain bytes and a third, and bytes of 0x80 and above.
typedef struct {
  uint64_t delimiters;
  uint64_t newlines;
  uint64_t quotes;
  uint64_t high;
} cscan_masks;

#if defined(__SSE2__)

static inline __attribute__((always_inline)) uint64_t cscan_equal(const uint8_t *p, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, wanted)) << (16 * i);
  }
  return mask;
}

static inline __attribute__((always_inline)) uint64_t cscan_high(const uint8_t *p) {
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << (16 * i);
  }
  return mask;
}

#elif defined(__ARM_NEON)

static inline __attribute__((always_inline)) uint64_t cscan_gather(const uint8x16_t flags[4]) {
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t a = vpaddq_u8(vandq_u8(flags[0], bits), vandq_u8(flags[1], bits));
  uint8x16_t b = vpaddq_u8(vandq_u8(flags[2], bits), vandq_u8(flags[3], bits));
  a = vpaddq_u8(a, b);
  a = vpaddq_u8(a, a);
  return vgetq_lane_u64(vreinterpretq_u64_u8(a), 0);
}

static inline __attribute__((always_inline)) uint64_t cscan_equal(const uint8_t *p, uint8_t byte) {
  uint8x16_t flags[4];
  for (int i = 0; i < 4; i++) flags[i] = vceqq_u8(vld1q_u8(p + 16 * i), vdupq_n_u8(byte));
  return cscan_gather(flags);
}

static inline __attribute__((always_inline)) uint64_t cscan_high(const uint8_t *p) {
  uint8x16_t flags[4];
  for (int i = 0; i < 4; i++) flags[i] = vcgeq_u8(vld1q_u8(p + 16 * i), vdupq_n_u8(0x80));
  return cscan_gather(flags);
}

#else

/// Moves the top bits of eight bytes together.
static inline uint64_t cscan_pack(uint64_t tops) { return ((tops >> 7) * 0x0102040810204080u) >> 56; }

static inline uint64_t cscan_equal(const uint8_t *p, uint8_t byte) {
  const uint64_t wanted = 0x0101010101010101u * byte;
  uint64_t mask = 0;
  for (int i = 0; i < 8; i++) {
    uint64_t word;
    memcpy(&word, p + 8 * i, 8);
    word ^= wanted;
    const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
    mask |= cscan_pack(~(((word & low) + low) | word | low)) << (8 * i);
  }
  return mask;
}

static inline uint64_t cscan_high(const uint8_t *p) {
  uint64_t mask = 0;
  for (int i = 0; i < 8; i++) {
    uint64_t word;
    memcpy(&word, p + 8 * i, 8);
    mask |= cscan_pack(word & 0x8080808080808080u) << (8 * i);
  }
  return mask;
}

#endif

/// Looks at 64 readable bytes.
static inline __attribute__((always_inline)) cscan_masks cscan_block(
    const uint8_t *p, uint8_t delimiter, uint8_t newline, uint8_t quote) {
  cscan_masks masks;
  masks.delimiters = cscan_equal(p, delimiter);
  masks.newlines = cscan_equal(p, newline);
  masks.quotes = cscan_equal(p, quote);
  masks.high = cscan_high(p);
  return masks;
}
