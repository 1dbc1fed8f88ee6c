// Sums of amounts. SQLite has no decimals: a column of yuan comes as doubles, each the nearest to its number of fen.
// Those are told apart from every other up to 2^52 fen, so that the fen come back from the double, and whole fen are
// what is added up here. A value that is no whole number of hundredths is added as SQLite would add it.
#include "CSQLite.h"

#include <math.h>
#include <stddef.h>

typedef struct {
  // Hundredths of every value that is a whole number of them.
  __int128 hundredths;
  // The sum of all others.
  double rest;
  int64_t others;
  int64_t reals;
  int64_t count;
} sum;

static const double limit = 4503599627370496.0;

static void take(sum *to, sqlite3_value *value, int sign) {
  int type = sqlite3_value_numeric_type(value);
  if (type == SQLITE_NULL) return;
  to->count += sign;
  if (type == SQLITE_INTEGER) {
    to->hundredths += (__int128)sign * 100 * sqlite3_value_int64(value);
    return;
  }
  to->reals += sign;
  double number = sqlite3_value_double(value);
  double scaled = nearbyint(number * 100);
  if (fabs(scaled) < limit && scaled / 100 == number) {
    to->hundredths += sign * (int64_t)scaled;
  } else {
    to->others += sign;
    to->rest += sign * number;
  }
}

static void add(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  sum *to = sqlite3_aggregate_context(context, sizeof(sum));
  if (to) take(to, values[0], 1);
}

static void leave(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  sum *to = sqlite3_aggregate_context(context, sizeof(sum));
  if (to) take(to, values[0], -1);
}

static double whole(const sum *of) { return (double)of->hundredths / 100 + of->rest; }

static void give_sum(sqlite3_context *context) {
  const sum *of = sqlite3_aggregate_context(context, 0);
  if (!of || of->count == 0) {
    sqlite3_result_null(context);
  } else if (of->reals == 0) {
    __int128 number = of->hundredths / 100;
    if (number > INT64_MAX || number < INT64_MIN) {
      sqlite3_result_error(context, "integer overflow", -1);
    } else {
      sqlite3_result_int64(context, (sqlite3_int64)number);
    }
  } else if (of->others == 0 && (of->hundredths >= (__int128)limit || of->hundredths <= -(__int128)limit)) {
    sqlite3_result_error(context, "sum too large to be exact", -1);
  } else {
    sqlite3_result_double(context, whole(of));
  }
}

static void give_total(sqlite3_context *context) {
  const sum *of = sqlite3_aggregate_context(context, 0);
  sqlite3_result_double(context, of ? whole(of) : 0);
}

static void give_average(sqlite3_context *context) {
  const sum *of = sqlite3_aggregate_context(context, 0);
  if (!of || of->count == 0) {
    sqlite3_result_null(context);
  } else {
    sqlite3_result_double(context, whole(of) / (double)of->count);
  }
}

int cesuan_add_sums(sqlite3 *connection) {
  struct {
    const char *name;
    void (*give)(sqlite3_context *);
  } all[] = {{"sum", give_sum}, {"total", give_total}, {"avg", give_average}};
  for (int i = 0; i < 3; i++) {
    int result = sqlite3_create_window_function(
      connection, all[i].name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, add, all[i].give,
      all[i].give, leave, NULL);
    if (result != SQLITE_OK) return result;
  }
  return SQLITE_OK;
}
