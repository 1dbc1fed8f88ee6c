// The Markdown reader of GitHub's flavour: block structure with line numbers, and its extensions (tables, task lists).
#ifndef CESUAN_CMARK_GFM_SHIM_H
#define CESUAN_CMARK_GFM_SHIM_H
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#endif
