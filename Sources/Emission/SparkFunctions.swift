// The functions that scripts for Spark are written with: those of `DuckDBFunctions` by the same names, with the types
// that Spark wants to be told. Knows nothing of rules.

/// Functions of a script for Spark.
enum SparkFunctions {
  /// The statements that make them.
  static let text = all.map(\.statement).joined()

  private struct Function {
    let remark: String?
    let head: String
    let result: String
    let body: String

    init(_ head: String, _ result: String, _ body: String) {
      (remark, self.head, self.result, self.body) = (nil, head, result, body)
    }

    init(_ remark: String, _ head: String, _ result: String, _ body: String) {
      (self.remark, self.head, self.result, self.body) = (remark, head, result, body)
    }

    var statement: String {
      (remark.map { "-- " + $0 + "\n" } ?? "")
        + "CREATE OR REPLACE TEMPORARY FUNCTION \(head) RETURNS \(result) RETURN\n  \(body);\n"
    }
  }

  private static let all = months + stretches + periods + parts + loose + exact + sets

  private static let months: [Function] = [
    Function(
      "Dates. A sum that would lie beyond 9999-12-31 is that day. Months are counted from the day itself in one step.",
      "months_on(d DATE, n BIGINT)", "DATE",
      "CASE WHEN n IS NOT NULL THEN add_months(d, CAST(least(greatest(n, -240000), 240000) AS INT)) END"),
    Function(
      "not_beyond(d DATE)", "DATE", "CASE WHEN d > DATE '9999-12-31' THEN DATE '9999-12-31' ELSE d END"),
    Function(
      "A day that the month lacks is the month's last (month_end = clamp), or the next month's first (next_day).",
      "months_after(d DATE, n BIGINT)", "DATE", "not_beyond(months_on(d, n))"),
    Function(
      "months_on_or_next_day(d DATE, n BIGINT)", "DATE",
      "CASE WHEN day(months_on(d, n)) < day(d) THEN months_on(d, n) + 1 ELSE months_on(d, n) END"),
    Function("months_after_or_next_day(d DATE, n BIGINT)", "DATE", "not_beyond(months_on_or_next_day(d, n))"),
    Function(
      "The day on which n months are complete (clock).", "completes(d DATE, n BIGINT)", "DATE",
      "CASE WHEN n <= 0 THEN d ELSE months_after(d, n) END"),
    Function(
      "completes_or_next_day(d DATE, n BIGINT)", "DATE",
      "CASE WHEN n <= 0 THEN d ELSE months_after_or_next_day(d, n) END"),
    Function("first_of_insured_month(d DATE, n BIGINT)", "DATE", "months_on(trunc(d, 'MONTH'), n - 1)"),
    Function(
      "last_of_insured_month(d DATE, n BIGINT)", "DATE",
      "CASE WHEN n <= 0 THEN d ELSE not_beyond(last_day(first_of_insured_month(d, n))) END"),
    Function("last_of_next_month(d DATE)", "DATE", "last_day(months_on(trunc(d, 'MONTH'), 1))"),
    Function(
      "months_apart(a DATE, b DATE)", "BIGINT", "CAST((year(b) - year(a)) * 12 + month(b) - month(a) AS BIGINT)"),
    Function("whole_months(a DATE, b DATE)", "BIGINT", wholeMonths("months_on")),
    Function("whole_months_or_next_day(a DATE, b DATE)", "BIGINT", wholeMonths("months_on_or_next_day")),
    Function("whole_years(a DATE, b DATE)", "BIGINT", "whole_months(a, b) div 12"),
    Function("days_between(a DATE, b DATE)", "BIGINT", "CAST(datediff(b, a) AS BIGINT)"),
    Function("days_after(d DATE, n BIGINT)", "DATE", "date_add(d, CAST(n AS INT))"),
    Function("not_below_nought(n BIGINT)", "BIGINT", "CASE WHEN n < 0 THEN 0 ELSE n END"),
    Function("year_of(d DATE)", "BIGINT", "CAST(year(d) AS BIGINT)"),
    Function("day_of_year(y BIGINT, m INT, d INT)", "DATE", "make_date(CAST(y AS INT), m, d)"),
  ]

  private static func wholeMonths(_ later: String) -> String {
    """
    CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
        WHEN \(later)(a, months_apart(a, b)) <= b THEN months_apart(a, b)
        ELSE greatest(months_apart(a, b) - 1, 0) END
    """
  }

  private static let stretches: [Function] = [
    Function("first_of_month(d DATE)", "DATE", "trunc(d, 'MONTH')"),
    Function("last_of_month(d DATE)", "DATE", "last_day(d)"),
    Function("first_of_quarter(d DATE)", "DATE", "trunc(d, 'QUARTER')"),
    Function("last_of_quarter(d DATE)", "DATE", "months_on(trunc(d, 'QUARTER'), 3) - 1"),
    Function("first_of_year(d DATE)", "DATE", "trunc(d, 'YEAR')"),
    Function("last_of_year(d DATE)", "DATE", "make_date(year(d), 12, 31)"),
  ]

  private static let periods: [Function] = [
    Function(
      "Periods of m months, the first of which begins on a; they are counted from o: a, or the first of its month.",
      "period_start(a DATE, o DATE, n BIGINT, m BIGINT)", "DATE",
      "CASE WHEN n <= 1 THEN a ELSE months_after(o, m * (n - 1)) END"),
    Function(
      "period_start_or_next_day(a DATE, o DATE, n BIGINT, m BIGINT)", "DATE",
      "CASE WHEN n <= 1 THEN a ELSE months_after_or_next_day(o, m * (n - 1)) END"),
    Function("periods(a DATE, o DATE, b DATE, m BIGINT)", "BIGINT", periods("period_start")),
    Function("periods_or_next_day(a DATE, o DATE, b DATE, m BIGINT)", "BIGINT", periods("period_start_or_next_day")),
  ]

  private static func periods(_ start: String) -> String {
    """
    CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
        WHEN \(start)(a, o, greatest(months_apart(a, b), 0) div m + 1, m) <= b
          THEN greatest(months_apart(a, b), 0) div m + 1
        ELSE greatest(months_apart(a, b), 0) div m END
    """
  }

  private static let parts: [Function] = [
    Function(
      "Days of a stay within a stretch, all ends counted; a stay without an end goes on.",
      "days_present(begins DATE, ends DATE, a DATE, b DATE)", "BIGINT",
      "greatest(days_between(greatest(begins, a), least(coalesce(ends, b), b)) + 1, 0)"),
    Function(
      "Days in months of thirty; parts of months and of years, as many as every length of a month or year divides.",
      "days_of_thirty(a DATE, b DATE)", "BIGINT",
      """
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b <= a THEN 0
          ELSE greatest(
            (year(b) - year(a)) * 360 + (month(b) - month(a)) * 30 + least(day(b), 30) - least(day(a), 30), 0) END
      """),
    Function("parts_of_month(days BIGINT, d DATE)", "BIGINT", "days * (377580 div day(last_day(d)))"),
    Function(
      "month_parts(a DATE, b DATE)", "BIGINT",
      """
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
          WHEN months_apart(a, b) = 0 THEN parts_of_month(day(b) - day(a) + 1, a)
          ELSE parts_of_month(day(last_day(a)) - day(a) + 1, a) + (months_apart(a, b) - 1) * 377580
            + parts_of_month(day(b), b) END
      """),
    Function(
      "parts_of_year(days BIGINT, y INT)", "BIGINT",
      "days * (133590 div days_between(make_date(y, 1, 1), make_date(y + 1, 1, 1)))"),
    Function(
      "year_parts(a DATE, b DATE)", "BIGINT",
      """
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b <= a THEN 0
          WHEN year(a) = year(b) THEN parts_of_year(days_between(a, b), year(a))
          ELSE parts_of_year(days_between(a, make_date(year(a) + 1, 1, 1)), year(a))
            + CAST(year(b) - year(a) - 1 AS BIGINT) * 133590
            + parts_of_year(days_between(make_date(year(b), 1, 1), b), year(b)) END
      """),
  ]

  private static let loose: [Function] = [
    Function(
      "A month stands for its first day.", "day_or_month(t STRING)", "DATE",
      "CAST(CASE WHEN length(t) = 7 THEN t || '-01' ELSE t END AS DATE)"),
    Function(
      "A date of which only the year may be known: a day's number, or a thousand million and the year.",
      "day_number(d DATE)", "BIGINT", "CAST(datediff(d, DATE '1970-01-01') AS BIGINT)"),
    Function(
      "loose_day(t STRING)", "BIGINT",
      "CASE WHEN length(t) = 4 THEN 1000000000 + CAST(t AS BIGINT) ELSE day_number(CAST(t AS DATE)) END"),
    Function(
      "loose_year(n BIGINT)", "BIGINT",
      "CASE WHEN n >= 999900000 THEN n - 1000000000 ELSE year_of(date_add(DATE '1970-01-01', CAST(n AS INT))) END"),
    Function(
      "compared_loosely(a BIGINT, b BIGINT)", "INT",
      """
      CASE WHEN a >= 999900000 OR b >= 999900000 THEN CAST(sign(loose_year(a) - loose_year(b)) AS INT)
          ELSE CAST(sign(a - b) AS INT) END
      """),
    Function(
      "months_after_loosely(a BIGINT, n BIGINT, next_day BOOLEAN)", "BIGINT",
      """
      CASE WHEN a >= 999900000 THEN a + CASE WHEN n >= 0 THEN n div 12 ELSE (n - 11) div 12 END
          WHEN next_day THEN day_number(months_after_or_next_day(date_add(DATE '1970-01-01', CAST(a AS INT)), n))
          ELSE day_number(months_after(date_add(DATE '1970-01-01', CAST(a AS INT)), n)) END
      """),
    Function(
      "Places: a code lies within another when it begins with the other's significant digits.",
      "significant(p STRING)", "STRING", "regexp_replace(p, '(00)+$', '')"),
    Function("province_of(p STRING)", "STRING", "substr(p, 1, 2) || '0000'"),
  ]

  private static let exact: [Function] = [
    Function(
      "Exact amounts: whole figures above and below a line, rounded once, half away from nought.",
      "rounded(n DECIMAL(38,0), d DECIMAL(38,0))", "DECIMAL(38,0)",
      """
      CASE WHEN d <> 0 THEN CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END
          * ((2 * abs(n) + abs(d)) div (2 * abs(d))) END
      """),
    Function(
      "floored(n DECIMAL(38,0), d DECIMAL(38,0))", "DECIMAL(38,0)",
      """
      CASE WHEN d <> 0 THEN CASE WHEN n = 0 OR (n < 0) = (d < 0) THEN abs(n) div abs(d)
          ELSE -((abs(n) + abs(d) - 1) div abs(d)) END END
      """),
    Function(
      "compared(a DECIMAL(38,0), b DECIMAL(38,0), c DECIMAL(38,0), d DECIMAL(38,0))", "INT",
      "CASE WHEN b <> 0 AND d <> 0 THEN CAST(sign(a * d - c * b) * sign(b) * sign(d) AS INT) END"),
    Function(
      "A figure as values that are equal where it is, and go up where it does.",
      "rest_of(n DECIMAL(38,0), d DECIMAL(38,0))", "DECIMAL(38,0)", "abs(n - floored(n, d) * d)"),
    Function(
      "tail_of(r DECIMAL(38,0), d DECIMAL(38,0))", "DECIMAL(38,0)",
      "(r * CAST(1000000000000000000 AS DECIMAL(19,0))) % abs(d)"),
    Function(
      "limb_of(r DECIMAL(38,0), d DECIMAL(38,0))", "BIGINT",
      "(r * CAST(1000000000000000000 AS DECIMAL(19,0))) div abs(d)"),
    Function(
      "exactly(n DECIMAL(38,0), d DECIMAL(38,0))",
      "STRUCT<whole: DECIMAL(38,0), a: BIGINT, b: BIGINT, c: BIGINT>",
      """
      CASE WHEN n IS NOT NULL AND d <> 0 THEN
          named_struct('whole', floored(n, d), 'a', limb_of(rest_of(n, d), d),
            'b', limb_of(tail_of(rest_of(n, d), d), d), 'c', limb_of(tail_of(tail_of(rest_of(n, d), d), d), d)) END
      """),
  ]

  private static let sets: [Function] = [
    Function(
      "Sets as files have them; a set that no file states has no members.", "texts_in(t STRING)", "ARRAY<STRING>",
      "array_remove(split(coalesce(trim(BOTH '[] ' FROM t), ''), '\\\\s*[,;、，；]\\\\s*'), '')"),
    Function("numbers_in(t STRING)", "ARRAY<BIGINT>", "CAST(texts_in(t) AS ARRAY<BIGINT>)"),
    Function("dates_in(t STRING)", "ARRAY<DATE>", "CAST(texts_in(t) AS ARRAY<DATE>)"),
    Function("has_texts(s ARRAY<STRING>, a STRING, b STRING)", "BOOLEAN", hasBetween),
    Function("has_numbers(s ARRAY<BIGINT>, a BIGINT, b BIGINT)", "BOOLEAN", hasBetween),
    Function("has_dates(s ARRAY<DATE>, a DATE, b DATE)", "BOOLEAN", hasBetween),
    Function(
      "How many years in a row stand in a set, the first being y.", "years_running(s ARRAY<BIGINT>, y BIGINT)",
      "BIGINT",
      "array_min(array_except(sequence(y, y + size(s)), s)) - y"),
    Function("refuse(t STRING)", "BIGINT", "CAST(raise_error(t) AS BIGINT)"),
  ]

  private static let hasBetween = "size(filter(s, x -> x >= a AND x <= b)) > 0"
}
