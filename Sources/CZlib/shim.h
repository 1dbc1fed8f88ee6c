// Deflate, as archives hold it: the bare stream without a head of its own. The calls behind these are macros.
#ifndef CESUAN_ZLIB_SHIM_H
#define CESUAN_ZLIB_SHIM_H
#include <zlib.h>

static inline int czlib_inflate_begin(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }

static inline int czlib_deflate_begin(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

// With the head and the end of a gzip file.
static inline int czlib_gunzip_begin(z_stream *stream) { return inflateInit2(stream, MAX_WBITS + 16); }

static inline int czlib_gzip_begin(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}
#endif
