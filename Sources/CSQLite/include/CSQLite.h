// SQLite, and tables of columns in memory that its statements may read. What the columns mean is said by whoever gives
// them; nothing here writes to them.
#ifndef CESUAN_SQLITE_H
#define CESUAN_SQLITE_H
#include <sqlite3.h>
#include <stdint.h>

// How the numbers of a column are read.
enum {
  // Nothing in any row.
  CESUAN_ABSENT = 0,
  // Whole numbers.
  CESUAN_INTEGER = 1,
  // Whole numbers that are divided by `divisor`.
  CESUAN_SCALED = 2,
  // Days since 1970-01-01; from CESUAN_YEARS on a year without a day.
  CESUAN_DAY = 3,
  // Numbers of texts; a number without a text is nothing.
  CESUAN_TEXT = 4,
  // Of a value of another column: stated, none or unknown.
  CESUAN_STATE = 5,
  // Doubles; not-a-number is nothing.
  CESUAN_REAL = 6,
  // As CESUAN_STATE, in Chinese.
  CESUAN_STATE_ZH = 7,
};

enum { CESUAN_YEARS = 1000000000 };

// One column of a run of rows.
typedef struct {
  int32_t kind;
  // Bytes of a value: 8, 4 or 1. 0: `constant` in every row. -1: the row's own number.
  int32_t width;
  const void *values;
  int64_t constant;
  int64_t divisor;
  // Text i is bytes[offsets[i]] up to bytes[offsets[i + 1]].
  const int64_t *offsets;
  const uint8_t *bytes;
  int64_t texts;
} cesuan_column;

// A run of rows; `columns` has one for each column of the table.
typedef struct {
  int64_t rows;
  const cesuan_column *columns;
} cesuan_part;

// A table: its parts one after another. All of it has to live as long as the connection.
typedef struct {
  // `CREATE TABLE x(…)`
  const char *declaration;
  int32_t columns;
  int32_t parts;
  const cesuan_part *part;
  int64_t rows;
  // How many rows have been gone through, for progress.
  int64_t *passed;
} cesuan_table;

// Adds a table, which statements may read under this name.
int cesuan_add_table(sqlite3 *connection, const char *name, const cesuan_table *table);

// Puts sums in place that are exact wherever all values are whole numbers of hundredths.
int cesuan_add_sums(sqlite3 *connection);

// A text that lives as long as it is bound.
static inline int cesuan_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}

// Whether a connection may only read what `cesuan_add_table` gave it: no file, no setting, no extension.
int cesuan_only_read(sqlite3 *connection);

#endif
