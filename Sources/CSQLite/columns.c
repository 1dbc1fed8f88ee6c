// Tables of columns in memory as virtual tables of SQLite: gone through from the first row to the last, or in the order
// of one column of texts, or looked up by a value that a column has to equal, which is found by a table of hashes made
// the first time. Reads, and never writes.
#include "CSQLite.h"

#include <stdlib.h>
#include <string.h>

// Rows that have one value in a column, by its hash: `head[hash & mask]`, then `next[row]`, -1 at the end.
typedef struct {
  int32_t *head;
  int32_t *next;
  uint64_t mask;
} hashes;

typedef struct {
  sqlite3_vtab base;
  const cesuan_table *table;
  // One for each column; `head` is null until somebody looks something up.
  hashes *index;
  // For each column the rows in its order; null until somebody asks for it. Cursors rest on them.
  int32_t **orders;
} columns_table;

typedef struct {
  sqlite3_vtab_cursor base;
  int32_t part;
  // Within the part.
  int64_t row;
  // Before the part.
  int64_t before;
  // Of rows that are looked up: which column, what it has to equal, and where the chain goes on; -1: all rows.
  int32_t column;
  int64_t number;
  // The text it has to equal, in memory that is kept from one look-up to the next.
  char *text;
  int64_t count;
  int64_t room;
  int isText;
  uint64_t hash;
  int32_t chain;
  // Of rows in the order of a column: which of them, counted from the end where it goes down.
  const int32_t *order;
  int64_t place;
  int isDown;
  // The last day that was written.
  int64_t day;
  char written[16];
} cursor;

// MARK: Values

static inline int64_t value(const cesuan_column *column, int64_t row) {
  switch (column->width) {
  case 8: return ((const int64_t *)column->values)[row];
  case 4: return ((const int32_t *)column->values)[row];
  case 1: return ((const uint8_t *)column->values)[row];
  case -1: return row;
  default: return column->constant;
  }
}

// The marks of what is unknown (0) and of what there is none of (1); anything else is a value (2).
static inline int state(const cesuan_column *column, int64_t number) {
  switch (column->width) {
  case 8: return number == INT64_MIN ? 0 : number == INT64_MIN + 1 ? 1 : 2;
  case 4: return number == INT32_MIN ? 0 : number == INT32_MIN + 1 ? 1 : 2;
  case 1: return number == 2 ? 0 : 2;
  default: return 2;
  }
}

static int digits(char *out, int64_t number, int count) {
  for (int i = count - 1; i >= 0; i--) {
    out[i] = (char)('0' + number % 10);
    number /= 10;
  }
  return count;
}

// `2022-03-01`, or `2022`; at most 15 bytes.
static int write_day(char *out, int64_t number) {
  if (number >= CESUAN_YEARS) return digits(out, number - CESUAN_YEARS, 4);
  // The calendar from 1 March of the year 0, so that a leap day is the last of its year.
  int64_t days = number + 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t of_era = days - era * 146097;
  int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted = (5 * of_year + 2) / 153;
  int64_t day = of_year - (153 * shifted + 2) / 5 + 1;
  int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  int64_t year = year_of_era + era * 400 + (month <= 2);
  if (year < 0) year = 0;
  int at = digits(out, year, year > 99999 ? 6 : year > 9999 ? 5 : 4);
  out[at++] = '-';
  at += digits(out + at, month, 2);
  out[at++] = '-';
  at += digits(out + at, day, 2);
  return at;
}

static void give(sqlite3_context *context, const cesuan_column *column, int64_t row, cursor *from) {
  if (column->kind == CESUAN_ABSENT) {
    sqlite3_result_null(context);
    return;
  }
  if (column->kind == CESUAN_REAL) {
    sqlite3_result_double(context, ((const double *)column->values)[row]);
    return;
  }
  int64_t number = value(column, row);
  if (column->kind == CESUAN_TEXT) {
    if (number < 0 || number >= column->texts) {
      sqlite3_result_null(context);
    } else {
      int64_t start = column->offsets[number];
      sqlite3_result_text(
        context, (const char *)column->bytes + start, (int)(column->offsets[number + 1] - start), SQLITE_STATIC);
    }
    return;
  }
  int known = state(column, number);
  if (column->kind == CESUAN_STATE) {
    sqlite3_result_text(context, known == 0 ? "unknown" : known == 1 ? "none" : "stated", -1, SQLITE_STATIC);
    return;
  }
  if (column->kind == CESUAN_STATE_ZH) {
    sqlite3_result_text(context, known == 0 ? "未知" : known == 1 ? "无" : "已填", -1, SQLITE_STATIC);
    return;
  }
  if (known != 2) {
    sqlite3_result_null(context);
    return;
  }
  switch (column->kind) {
  case CESUAN_INTEGER: sqlite3_result_int64(context, number); break;
  case CESUAN_SCALED: sqlite3_result_double(context, (double)number / (double)column->divisor); break;
  default:
    if (from->day != number || from->written[15] == 0) {
      from->day = number;
      from->written[15] = (char)write_day(from->written, number);
    }
    sqlite3_result_text(context, from->written, from->written[15], SQLITE_TRANSIENT);
  }
}

// MARK: Looking up

static uint64_t hash_bytes(const uint8_t *bytes, int64_t count) {
  uint64_t hash = 0xcbf29ce484222325u ^ (uint64_t)count, eight;
  for (; count >= 8; bytes += 8, count -= 8) {
    memcpy(&eight, bytes, 8);
    hash = (hash ^ eight) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
  }
  eight = 0;
  memcpy(&eight, bytes, (size_t)count);
  hash = (hash ^ eight) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

static uint64_t hash_number(int64_t number) {
  uint64_t hash = (uint64_t)number * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 31);
}

// The column of a row that is counted through all parts, and the row within its part.
static const cesuan_column *find(const cesuan_table *table, int32_t column, int64_t *row) {
  int32_t part = 0;
  while (part < table->parts && *row >= table->part[part].rows) *row -= table->part[part++].rows;
  return &table->part[part].columns[column];
}

static int is_looked_up(const cesuan_table *table, int32_t column) {
  for (int32_t part = 0; part < table->parts; part++) {
    int32_t kind = table->part[part].columns[column].kind;
    if (kind != CESUAN_TEXT && kind != CESUAN_INTEGER && kind != CESUAN_ABSENT) return 0;
  }
  return table->rows > 0 && table->rows < INT32_MAX;
}

static int make_index(columns_table *of, int32_t wanted) {
  hashes *index = &of->index[wanted];
  if (index->head) return SQLITE_OK;
  uint64_t size = 16;
  while (size < (uint64_t)of->table->rows) size *= 2;
  int32_t *head = malloc(size * sizeof(int32_t));
  int32_t *next = malloc((size_t)of->table->rows * sizeof(int32_t));
  if (!head || !next) {
    free(head);
    free(next);
    return SQLITE_NOMEM;
  }
  memset(head, 0xff, size * sizeof(int32_t));
  index->mask = size - 1;
  // From the last row to the first, so that a chain goes up.
  int64_t last = of->table->rows;
  for (int32_t part = of->table->parts - 1; part >= 0; part--) {
    const cesuan_column *column = &of->table->part[part].columns[wanted];
    last -= of->table->part[part].rows;
    for (int64_t row = of->table->part[part].rows - 1; row >= 0; row--) {
      if (column->kind == CESUAN_ABSENT) continue;
      int64_t number = value(column, row);
      uint64_t hash;
      if (column->kind == CESUAN_TEXT) {
        if (number < 0 || number >= column->texts) continue;
        int64_t start = column->offsets[number];
        hash = hash_bytes(column->bytes + start, column->offsets[number + 1] - start);
      } else {
        if (state(column, number) != 2) continue;
        hash = hash_number(number);
      }
      next[last + row] = head[hash & index->mask];
      head[hash & index->mask] = (int32_t)(last + row);
    }
  }
  index->head = head;
  index->next = next;
  return SQLITE_OK;
}

// Whether a row has what is looked for.
static int is_found(const columns_table *of, const cursor *at, int64_t row) {
  const cesuan_column *column = find(of->table, at->column, &row);
  int64_t number = value(column, row);
  if (column->kind == CESUAN_INTEGER) return !at->isText && number == at->number;
  if (column->kind != CESUAN_TEXT || !at->isText || number < 0 || number >= column->texts) return 0;
  int64_t start = column->offsets[number];
  return column->offsets[number + 1] - start == at->count &&
         memcmp(column->bytes + start, at->text, (size_t)at->count) == 0;
}

// Goes along the chain to the first row that has what is looked for.
static void settle(cursor *at) {
  const columns_table *of = (const columns_table *)at->base.pVtab;
  while (at->chain >= 0 && !is_found(of, at, at->chain)) at->chain = of->index[at->column].next[at->chain];
}

// MARK: In order

// No more texts are put in order for it.
enum { MOST_TEXTS = 1 << 17 };

// A text of a dictionary, to be put in order, and where its rank goes.
typedef struct {
  const uint8_t *bytes;
  int64_t count;
  int32_t *rank;
} entry;

static int compare(const void *a, const void *b) {
  const entry *one = a, *other = b;
  int64_t common = one->count < other->count ? one->count : other->count;
  int result = common > 0 ? memcmp(one->bytes, other->bytes, (size_t)common) : 0;
  return result != 0 ? result : (one->count > other->count) - (one->count < other->count);
}

// The part before this one whose column has the same texts; this one where none has.
static int32_t first_alike(const cesuan_table *table, int32_t column, int32_t part) {
  const cesuan_column *own = &table->part[part].columns[column];
  for (int32_t i = 0; i < part; i++) {
    const cesuan_column *other = &table->part[i].columns[column];
    if (other->kind == CESUAN_TEXT && other->offsets == own->offsets) return i;
  }
  return part;
}

// How many texts a column's rows may have; -1 where it holds anything else, or too many.
static int64_t texts_of(const cesuan_table *table, int32_t column) {
  int64_t texts = 0;
  for (int32_t part = 0; part < table->parts; part++) {
    const cesuan_column *own = &table->part[part].columns[column];
    if (own->kind == CESUAN_ABSENT) continue;
    if (own->kind != CESUAN_TEXT) return -1;
    if (first_alike(table, column, part) == part) texts += own->texts;
    if (texts > MOST_TEXTS) return -1;
  }
  return table->rows < INT32_MAX ? texts : -1;
}

// The texts of all parts by rank: the same text has the same rank everywhere, and nothing has rank 0.
static void rank_texts(const cesuan_table *table, int32_t column, entry *entries, int32_t *ranks, int32_t **of) {
  int64_t count = 0;
  for (int32_t part = 0; part < table->parts; part++) {
    const cesuan_column *own = &table->part[part].columns[column];
    of[part] = NULL;
    if (own->kind != CESUAN_TEXT) continue;
    int32_t alike = first_alike(table, column, part);
    if (alike != part) {
      of[part] = of[alike];
      continue;
    }
    of[part] = ranks + count;
    for (int64_t i = 0; i < own->texts; i++, count++) {
      entries[count] =
        (entry){own->bytes + own->offsets[i], own->offsets[i + 1] - own->offsets[i], ranks + count};
    }
  }
  qsort(entries, (size_t)count, sizeof(entry), compare);
  int32_t rank = 0;
  for (int64_t i = 0; i < count; i++) {
    if (i == 0 || compare(&entries[i - 1], &entries[i]) != 0) rank++;
    *entries[i].rank = rank;
  }
}

static int32_t rank_of(const cesuan_column *column, const int32_t *ranks, int64_t row) {
  if (!ranks) return 0;
  int64_t number = value(column, row);
  return number < 0 || number >= column->texts ? 0 : ranks[number];
}

// Puts each row in its place, all places and ranks being known; `starts` has a place more than there are ranks.
static void place_rows(const cesuan_table *table, int32_t column, int32_t **ranks, int64_t *starts, int32_t *order) {
  // How many rows come before those of each rank, then the place of each row.
  for (int turn = 0; turn < 2; turn++) {
    int64_t first = 0;
    for (int32_t part = 0; part < table->parts; part++) {
      const cesuan_column *own = &table->part[part].columns[column];
      for (int64_t row = 0; row < table->part[part].rows; row++) {
        int32_t rank = rank_of(own, ranks[part], row);
        if (turn == 0) starts[rank + 1]++;
        else order[starts[rank]++] = (int32_t)(first + row);
      }
      first += table->part[part].rows;
    }
    // What was counted behind each rank is where the next begins.
    if (turn == 0)
      for (int64_t i = 1; i <= MOST_TEXTS + 1; i++) starts[i] += starts[i - 1];
  }
}

static int make_order(columns_table *of, int32_t column) {
  if (of->orders[column]) return SQLITE_OK;
  const cesuan_table *table = of->table;
  size_t texts = (size_t)texts_of(table, column) + 1;
  int32_t *order = malloc(((size_t)table->rows + 1) * sizeof(int32_t));
  entry *entries = malloc(texts * sizeof(entry));
  int32_t *ranks = malloc(texts * sizeof(int32_t));
  int32_t **ranks_of = malloc(((size_t)table->parts + 1) * sizeof(int32_t *));
  int64_t *starts = calloc((size_t)MOST_TEXTS + 3, sizeof(int64_t));
  int result = SQLITE_NOMEM;
  if (order && entries && ranks && ranks_of && starts) {
    rank_texts(table, column, entries, ranks, ranks_of);
    place_rows(table, column, ranks_of, starts, order);
    of->orders[column] = order;
    order = NULL;
    result = SQLITE_OK;
  }
  free(order);
  free(entries);
  free(ranks);
  free(ranks_of);
  free(starts);
  return result;
}

// MARK: The module

static int connect(sqlite3 *connection, void *given, int count, const char *const *words, sqlite3_vtab **out,
                   char **problem) {
  (void)count, (void)words, (void)problem;
  const cesuan_table *table = given;
  int result = sqlite3_declare_vtab(connection, table->declaration);
  if (result != SQLITE_OK) return result;
  columns_table *made = calloc(1, sizeof(columns_table));
  if (!made) return SQLITE_NOMEM;
  made->index = calloc((size_t)table->columns, sizeof(hashes));
  made->orders = calloc((size_t)table->columns, sizeof(int32_t *));
  if (!made->index || !made->orders) {
    free(made->index);
    free(made->orders);
    free(made);
    return SQLITE_NOMEM;
  }
  made->table = table;
  *out = &made->base;
  return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *base) {
  columns_table *of = (columns_table *)base;
  for (int32_t i = 0; i < of->table->columns; i++) {
    free(of->index[i].head);
    free(of->index[i].next);
    free(of->orders[i]);
  }
  free(of->index);
  free(of->orders);
  free(of);
  return SQLITE_OK;
}

static int best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  columns_table *of = (columns_table *)base;
  for (int i = 0; i < info->nConstraint; i++) {
    if (!info->aConstraint[i].usable || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    int column = info->aConstraint[i].iColumn;
    if (column < 0 || !is_looked_up(of->table, column)) continue;
    if (sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") != 0) continue;
    info->aConstraintUsage[i].argvIndex = 1;
    info->idxNum = column + 1;
    info->estimatedCost = 20;
    info->estimatedRows = 5;
    return SQLITE_OK;
  }
  if (info->nOrderBy == 1 && info->aOrderBy[0].iColumn >= 0 && texts_of(of->table, info->aOrderBy[0].iColumn) >= 0) {
    // Below nought: in order, an even number up and an odd one down.
    info->idxNum = -2 * (info->aOrderBy[0].iColumn + 1) - (info->aOrderBy[0].desc ? 1 : 0);
    info->orderByConsumed = 1;
  }
  info->estimatedCost = (double)of->table->rows + 1;
  info->estimatedRows = of->table->rows + 1;
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  (void)base;
  cursor *made = calloc(1, sizeof(cursor));
  if (!made) return SQLITE_NOMEM;
  *out = &made->base;
  return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
  free(((cursor *)base)->text);
  free(base);
  return SQLITE_OK;
}

// The row, counted through all parts, of a cursor that does not go from the first row to the last.
static int64_t current(const cursor *at) {
  if (!at->order) return at->chain;
  int64_t rows = ((const columns_table *)at->base.pVtab)->table->rows;
  return at->order[at->isDown ? rows - 1 - at->place : at->place];
}

// Goes over parts that have no rows left.
static void skip(const cesuan_table *table, cursor *at) {
  while (at->part < table->parts && at->row >= table->part[at->part].rows) {
    at->before += table->part[at->part].rows;
    at->part++;
    at->row = 0;
  }
}

static int begin(sqlite3_vtab_cursor *base, int number, const char *text, int count, sqlite3_value **values) {
  (void)text;
  cursor *at = (cursor *)base;
  columns_table *of = (columns_table *)base->pVtab;
  at->isText = 0;
  at->part = 0;
  at->row = at->before = 0;
  at->column = -1;
  at->chain = -1;
  at->order = NULL;
  at->place = 0;
  if (number < 0) {
    int result = make_order(of, -number / 2 - 1);
    at->order = of->orders[-number / 2 - 1];
    at->isDown = -number % 2;
    return result;
  }
  if (number == 0 || count < 1) {
    skip(of->table, at);
    return SQLITE_OK;
  }
  at->column = number - 1;
  int result = make_index(of, at->column);
  if (result != SQLITE_OK) return result;
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return SQLITE_OK;
  for (int32_t part = 0; part < of->table->parts && !at->isText; part++)
    at->isText = of->table->part[part].columns[at->column].kind == CESUAN_TEXT;
  if (at->isText) {
    const unsigned char *wanted = sqlite3_value_text(values[0]);
    at->count = sqlite3_value_bytes(values[0]);
    if (at->count >= at->room) {
      char *more = realloc(at->text, (size_t)at->count * 2 + 32);
      if (!more) return SQLITE_NOMEM;
      at->text = more;
      at->room = at->count * 2 + 32;
    }
    if (wanted) memcpy(at->text, wanted, (size_t)at->count);
    at->hash = hash_bytes((const uint8_t *)at->text, at->count);
  } else {
    int type = sqlite3_value_numeric_type(values[0]);
    if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) return SQLITE_OK;
    at->number = sqlite3_value_int64(values[0]);
    if (type == SQLITE_FLOAT && (double)at->number != sqlite3_value_double(values[0])) return SQLITE_OK;
    at->hash = hash_number(at->number);
  }
  at->chain = of->index[at->column].head[at->hash & of->index[at->column].mask];
  settle(at);
  return SQLITE_OK;
}

static int step(sqlite3_vtab_cursor *base) {
  cursor *at = (cursor *)base;
  const columns_table *of = (const columns_table *)base->pVtab;
  ++*of->table->passed;
  if (at->order) {
    at->place++;
  } else if (at->column >= 0) {
    at->chain = of->index[at->column].next[at->chain];
    settle(at);
  } else {
    at->row++;
    skip(of->table, at);
  }
  return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *base) {
  const cursor *at = (const cursor *)base;
  const cesuan_table *table = ((const columns_table *)base->pVtab)->table;
  if (at->order) return at->place >= table->rows;
  if (at->column >= 0) return at->chain < 0;
  return at->part >= table->parts;
}

static int column_value(sqlite3_vtab_cursor *base, sqlite3_context *context, int number) {
  cursor *at = (cursor *)base;
  const cesuan_table *table = ((const columns_table *)base->pVtab)->table;
  if (at->order || at->column >= 0) {
    int64_t row = current(at);
    const cesuan_column *column = find(table, number, &row);
    give(context, column, row, at);
  } else {
    give(context, &table->part[at->part].columns[number], at->row, at);
  }
  return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
  const cursor *at = (const cursor *)base;
  *out = 1 + (at->order || at->column >= 0 ? current(at) : at->before + at->row);
  return SQLITE_OK;
}

// Without `xCreate` a table is there under the module's name, and no other can be made.
static const sqlite3_module module = {
  .iVersion = 0,
  .xConnect = connect,
  .xBestIndex = best_index,
  .xDisconnect = disconnect,
  .xOpen = open_cursor,
  .xClose = close_cursor,
  .xFilter = begin,
  .xNext = step,
  .xEof = is_at_end,
  .xColumn = column_value,
  .xRowid = row_number,
};

int cesuan_add_table(sqlite3 *connection, const char *name, const cesuan_table *table) {
  return sqlite3_create_module_v2(connection, name, &module, (void *)table, NULL);
}

// MARK: What may be done

static int judge(void *given, int action, const char *first, const char *second, const char *third,
                 const char *fourth) {
  (void)given, (void)first, (void)third, (void)fourth;
  switch (action) {
  case SQLITE_SELECT:
  case SQLITE_READ:
  case SQLITE_RECURSIVE: return SQLITE_OK;
  case SQLITE_FUNCTION: return second && sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
  default: return SQLITE_DENY;
  }
}

int cesuan_only_read(sqlite3 *connection) {
  sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 100000000);
  sqlite3_limit(connection, SQLITE_LIMIT_EXPR_DEPTH, 500);
  return sqlite3_set_authorizer(connection, judge, NULL);
}
