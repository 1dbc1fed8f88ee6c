// The script and the style of live pages, embedded when the program is built. Knows nothing of who serves them.
#ifndef CESUAN_PAGE_H
#define CESUAN_PAGE_H

#include <stddef.h>

/// A file's bytes as they stand; not terminated by a zero.
typedef struct {
  const unsigned char *bytes;
  size_t length;
} page_file;

/// What runs in the page.
page_file page_script(void);

/// What a live page looks like beside what every page looks like.
page_file page_style(void);

#endif
