// The bundled documents and the table of places, embedded when the program is built, so that the binary may be moved
// anywhere. Knows nothing of what they mean.
#ifndef CESUAN_DISTRICTS_H
#define CESUAN_DISTRICTS_H

#include <stddef.h>

/// A file's bytes as they stand; not terminated by a zero.
typedef struct {
  /// The file's name without its ending: `changle-2022`.
  const char *name;
  const unsigned char *bytes;
  size_t length;
} embedded_file;

/// How many documents there are, the dictionary of facts included.
size_t districts_document_count(void);

/// The document at an index below the count.
embedded_file districts_document(size_t index);

/// How many templates of papers there are.
size_t districts_paper_count(void);

/// The template at an index below the count: `estimate.zh`.
embedded_file districts_paper(size_t index);

/// The table of places, CSV with the header `code,name`.
embedded_file districts_places(void);

#endif
