// The functions that scripts for DuckDB are written with, so that a condition reads as in the rule. What is absent
// makes each of them absent. Knows nothing of rules.

/// Functions of a script.
enum DuckDBFunctions {
  /// The statements that make them.
  static let text = """
    -- Dates. A sum that would lie beyond 9999-12-31 is that day. Months are counted from the day itself in one step.
    CREATE OR REPLACE TEMP MACRO months_on(d, n) AS
      CASE WHEN n IS NOT NULL
        THEN CAST(d + to_months(CAST(least(greatest(n, -240000), 240000) AS INTEGER)) AS DATE) END;
    CREATE OR REPLACE TEMP MACRO not_beyond(d) AS CASE WHEN d > DATE '9999-12-31' THEN DATE '9999-12-31' ELSE d END;
    -- A day that the month lacks is the month's last (month_end = clamp), or the next month's first (next_day).
    CREATE OR REPLACE TEMP MACRO months_after(d, n) AS not_beyond(months_on(d, n));
    CREATE OR REPLACE TEMP MACRO months_on_or_next_day(d, n) AS
      CASE WHEN day(months_on(d, n)) < day(d) THEN months_on(d, n) + 1 ELSE months_on(d, n) END;
    CREATE OR REPLACE TEMP MACRO months_after_or_next_day(d, n) AS not_beyond(months_on_or_next_day(d, n));
    -- The day on which n months are complete (clock).
    CREATE OR REPLACE TEMP MACRO completes(d, n) AS CASE WHEN n <= 0 THEN d ELSE months_after(d, n) END;
    CREATE OR REPLACE TEMP MACRO completes_or_next_day(d, n) AS
      CASE WHEN n <= 0 THEN d ELSE months_after_or_next_day(d, n) END;
    CREATE OR REPLACE TEMP MACRO first_of_insured_month(d, n) AS months_on(CAST(date_trunc('month', d) AS DATE), n - 1);
    CREATE OR REPLACE TEMP MACRO last_of_insured_month(d, n) AS
      CASE WHEN n <= 0 THEN d ELSE not_beyond(last_day(first_of_insured_month(d, n))) END;
    CREATE OR REPLACE TEMP MACRO last_of_next_month(d) AS
      last_day(months_on(CAST(date_trunc('month', d) AS DATE), 1));
    CREATE OR REPLACE TEMP MACRO months_apart(a, b) AS (year(b) - year(a)) * 12 + month(b) - month(a);
    CREATE OR REPLACE TEMP MACRO whole_months(a, b) AS
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
        WHEN months_on(a, months_apart(a, b)) <= b THEN months_apart(a, b)
        ELSE greatest(months_apart(a, b) - 1, 0) END;
    CREATE OR REPLACE TEMP MACRO whole_months_or_next_day(a, b) AS
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
        WHEN months_on_or_next_day(a, months_apart(a, b)) <= b THEN months_apart(a, b)
        ELSE greatest(months_apart(a, b) - 1, 0) END;
    CREATE OR REPLACE TEMP MACRO whole_years(a, b) AS whole_months(a, b) // 12;
    CREATE OR REPLACE TEMP MACRO days_between(a, b) AS CAST(b - a AS BIGINT);
    CREATE OR REPLACE TEMP MACRO days_after(d, n) AS d + CAST(n AS INTEGER);
    CREATE OR REPLACE TEMP MACRO not_below_nought(n) AS CASE WHEN n < 0 THEN 0 ELSE n END;
    CREATE OR REPLACE TEMP MACRO year_of(d) AS CAST(year(d) AS BIGINT);
    CREATE OR REPLACE TEMP MACRO day_of_year(y, m, d) AS make_date(CAST(y AS INTEGER), m, d);
    CREATE OR REPLACE TEMP MACRO first_of_month(d) AS CAST(date_trunc('month', d) AS DATE);
    CREATE OR REPLACE TEMP MACRO last_of_month(d) AS last_day(d);
    CREATE OR REPLACE TEMP MACRO first_of_quarter(d) AS CAST(date_trunc('quarter', d) AS DATE);
    CREATE OR REPLACE TEMP MACRO last_of_quarter(d) AS months_on(CAST(date_trunc('quarter', d) AS DATE), 3) - 1;
    CREATE OR REPLACE TEMP MACRO first_of_year(d) AS CAST(date_trunc('year', d) AS DATE);
    CREATE OR REPLACE TEMP MACRO last_of_year(d) AS make_date(year(d), 12, 31);
    -- Periods of m months, the first of which begins on a; they are counted from o: a, or the first of its month.
    CREATE OR REPLACE TEMP MACRO period_start(a, o, n, m) AS
      CASE WHEN n <= 1 THEN a ELSE months_after(o, m * (n - 1)) END;
    CREATE OR REPLACE TEMP MACRO period_start_or_next_day(a, o, n, m) AS
      CASE WHEN n <= 1 THEN a ELSE months_after_or_next_day(o, m * (n - 1)) END;
    CREATE OR REPLACE TEMP MACRO periods(a, o, b, m) AS
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
        WHEN period_start(a, o, greatest(months_apart(a, b), 0) // m + 1, m) <= b
          THEN greatest(months_apart(a, b), 0) // m + 1
        ELSE greatest(months_apart(a, b), 0) // m END;
    CREATE OR REPLACE TEMP MACRO periods_or_next_day(a, o, b, m) AS
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
        WHEN period_start_or_next_day(a, o, greatest(months_apart(a, b), 0) // m + 1, m) <= b
          THEN greatest(months_apart(a, b), 0) // m + 1
        ELSE greatest(months_apart(a, b), 0) // m END;
    -- Days of a stay within a stretch, all ends counted; a stay without an end goes on.
    CREATE OR REPLACE TEMP MACRO days_present(begins, ends, a, b) AS
      greatest(days_between(greatest(begins, a), least(coalesce(ends, b), b)) + 1, 0);
    -- Days in months of thirty; parts of months and of years, as many as every length of a month or year divides.
    CREATE OR REPLACE TEMP MACRO days_of_thirty(a, b) AS
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b <= a THEN 0
        ELSE greatest(
          (year(b) - year(a)) * 360 + (month(b) - month(a)) * 30 + least(day(b), 30) - least(day(a), 30), 0) END;
    CREATE OR REPLACE TEMP MACRO parts_of_month(days, d) AS days * (377580 // day(last_day(d)));
    CREATE OR REPLACE TEMP MACRO month_parts(a, b) AS
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b < a THEN 0
        WHEN months_apart(a, b) = 0 THEN parts_of_month(day(b) - day(a) + 1, a)
        ELSE parts_of_month(day(last_day(a)) - day(a) + 1, a) + (months_apart(a, b) - 1) * 377580
          + parts_of_month(day(b), b) END;
    CREATE OR REPLACE TEMP MACRO parts_of_year(days, y) AS
      days * (133590 // days_between(make_date(y, 1, 1), make_date(y + 1, 1, 1)));
    CREATE OR REPLACE TEMP MACRO year_parts(a, b) AS
      CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b <= a THEN 0
        WHEN year(a) = year(b) THEN parts_of_year(days_between(a, b), year(a))
        ELSE parts_of_year(days_between(a, make_date(year(a) + 1, 1, 1)), year(a)) + (year(b) - year(a) - 1) * 133590
          + parts_of_year(days_between(make_date(year(b), 1, 1), b), year(b)) END;
    -- A month stands for its first day.
    CREATE OR REPLACE TEMP MACRO day_or_month(t) AS
      CAST(CASE WHEN length(t) = 7 THEN t || '-01' ELSE t END AS DATE);
    -- A date of which only the year may be known: a day's number, or a thousand million and the year.
    CREATE OR REPLACE TEMP MACRO day_number(d) AS CAST(d - DATE '1970-01-01' AS BIGINT);
    CREATE OR REPLACE TEMP MACRO loose_day(t) AS
      CASE WHEN length(t) = 4 THEN 1000000000 + CAST(t AS BIGINT) ELSE day_number(CAST(t AS DATE)) END;
    CREATE OR REPLACE TEMP MACRO loose_year(n) AS
      CASE WHEN n >= 999900000 THEN n - 1000000000 ELSE year_of(DATE '1970-01-01' + CAST(n AS INTEGER)) END;
    CREATE OR REPLACE TEMP MACRO compared_loosely(a, b) AS
      CASE WHEN a >= 999900000 OR b >= 999900000 THEN sign(loose_year(a) - loose_year(b)) ELSE sign(a - b) END;
    CREATE OR REPLACE TEMP MACRO months_after_loosely(a, n, next_day) AS
      CASE WHEN a >= 999900000 THEN a + CASE WHEN n >= 0 THEN n // 12 ELSE (n - 11) // 12 END
        WHEN next_day THEN day_number(months_after_or_next_day(DATE '1970-01-01' + CAST(a AS INTEGER), n))
        ELSE day_number(months_after(DATE '1970-01-01' + CAST(a AS INTEGER), n)) END;
    -- Places: a code lies within another when it begins with the other's significant digits.
    CREATE OR REPLACE TEMP MACRO significant(p) AS regexp_replace(p, '(00)+$', '');
    CREATE OR REPLACE TEMP MACRO province_of(p) AS substr(p, 1, 2) || '0000';
    -- Exact amounts: whole figures above and below a line, rounded once, half away from nought.
    CREATE OR REPLACE TEMP MACRO rounded(n, d) AS
      CASE WHEN d <> 0 THEN sign(n) * sign(d)
        * ((2 * abs(CAST(n AS HUGEINT)) + abs(CAST(d AS HUGEINT))) // (2 * abs(CAST(d AS HUGEINT)))) END;
    CREATE OR REPLACE TEMP MACRO floored(n, d) AS
      CASE WHEN d <> 0 THEN CASE WHEN n * sign(d) >= 0 THEN abs(CAST(n AS HUGEINT)) // abs(CAST(d AS HUGEINT))
        ELSE -((abs(CAST(n AS HUGEINT)) + abs(CAST(d AS HUGEINT)) - 1) // abs(CAST(d AS HUGEINT))) END END;
    CREATE OR REPLACE TEMP MACRO compared(a, b, c, d) AS
      CASE WHEN b <> 0 AND d <> 0 THEN
        sign(CAST(a AS HUGEINT) * CAST(d AS HUGEINT) - CAST(c AS HUGEINT) * CAST(b AS HUGEINT)) * sign(b) * sign(d) END;
    -- A figure as values that are equal where it is, and go up where it does.
    CREATE OR REPLACE TEMP MACRO rest_of(n, d) AS abs(CAST(n AS HUGEINT) - floored(n, d) * CAST(d AS HUGEINT));
    CREATE OR REPLACE TEMP MACRO tail_of(r, d) AS (r * 1000000000000000000) % abs(CAST(d AS HUGEINT));
    CREATE OR REPLACE TEMP MACRO limb_of(r, d) AS (r * 1000000000000000000) // abs(CAST(d AS HUGEINT));
    CREATE OR REPLACE TEMP MACRO exactly(n, d) AS
      CASE WHEN n IS NOT NULL AND d <> 0 THEN
        struct_pack(whole := floored(n, d), a := limb_of(rest_of(n, d), d), b := limb_of(tail_of(rest_of(n, d), d), d),
          c := limb_of(tail_of(tail_of(rest_of(n, d), d), d), d)) END;
    -- Sets as files have them; a set that no file states has no members.
    CREATE OR REPLACE TEMP MACRO texts_in(t) AS
      list_filter(string_split_regex(coalesce(trim(t, '[] '), ''), '\\s*[,;、，；]\\s*'), lambda x: x <> '');
    CREATE OR REPLACE TEMP MACRO numbers_in(t) AS list_transform(texts_in(t), lambda x: CAST(x AS BIGINT));
    CREATE OR REPLACE TEMP MACRO dates_in(t) AS list_transform(texts_in(t), lambda x: CAST(x AS DATE));
    -- How many years in a row stand in a set, the first being y.
    CREATE OR REPLACE TEMP MACRO years_running(s, y) AS
      list_min(list_filter(range(0, len(s) + 1), lambda k: NOT list_contains(s, CAST(y + k AS BIGINT))));
    CREATE OR REPLACE TEMP MACRO refuse(t) AS CAST(error(t) AS BIGINT);

    """
}
