"""DuckDB: the tables of the files, joined once on their ids, and one SQL statement over them."""
import common
import duckdb


def sending(place):
    provinces = ", ".join(map(str, common.SENDING_PROVINCES))
    return f"({place} // 10000 IN ({provinces}) AND {place} <> {common.GOVERNED_ELSEWHERE})"


NUMBERED = "CAST(row_number() OVER () AS INTEGER) AS row"

LOAD = f"""
CREATE TABLE enterprises AS SELECT {NUMBERED}, * FROM read_csv('{{0}}/enterprises.csv');
CREATE TABLE agencies AS SELECT {NUMBERED}, * FROM read_csv('{{0}}/agencies.csv');
CREATE TABLE bases AS SELECT {NUMBERED}, * FROM read_csv('{{0}}/bases.csv');
CREATE TABLE specialists AS
  SELECT {NUMBERED}, specialists.* REPLACE (enterprises.row AS enterprise)
  FROM read_csv('{{0}}/specialists.csv', types = {{{{'passed_years': 'VARCHAR'}}}}) specialists
  JOIN enterprises ON specialists.enterprise = enterprises.id;
CREATE TABLE hires AS
  SELECT origin, enterprises.row AS enterprise, agencies.row AS agency, bases.row AS base, specialists.row AS specialist,
    start, "end", organised
  FROM read_csv('{{0}}/hires.csv', types = {{{{'origin': 'INTEGER'}}}}) hires
  JOIN enterprises ON hires.enterprise = enterprises.id
  LEFT JOIN agencies ON hires.agency = agencies.id
  LEFT JOIN bases ON hires.base = bases.id
  LEFT JOIN specialists ON hires.specialist = specialists.id
"""

# The days come from range(), whose length the planner knows, so that it joins hires to days and not days to hires.
COUNT = f"""
WITH days AS MATERIALIZED (
  SELECT start, year(start) AS year,
    CAST(start + INTERVAL 3 MONTHS AS DATE) - 1 AS last_of_3, CAST(start + INTERVAL 6 MONTHS AS DATE) - 1 AS last_of_6
  FROM (SELECT CAST(range AS DATE) AS start FROM range(DATE '{common.FIRST}', DATE '{common.LAST}' + 1, INTERVAL 1 DAY))),
employers AS (
  SELECT row AS enterprise, district = {common.HOME} AS at_home, at_home AND lists IS NOT NULL AS is_key FROM enterprises),
settled AS NOT MATERIALIZED (
  SELECT origin, start, agency, base, specialist, organised, at_home, is_key, year,
    coalesce("end" >= last_of_3, true) AS for_3, coalesce("end" >= last_of_6, true) AS for_6
  FROM hires JOIN days USING (start) JOIN employers USING (enterprise)),
placed AS (
  SELECT agency, year, count(*) AS three, count(*) FILTER (WHERE for_6) AS six
  FROM settled JOIN agencies ON agency = row
  WHERE organised AND is_key AND for_3 AND {sending('origin')}
    AND ((filed AND district = {common.HOME}) OR (selected_by_sending_government AND {sending('district')} AND origin = district))
  GROUP BY agency, year HAVING count(*) >= {common.AGENCY_THRESHOLD}),
based AS (
  SELECT base, year FROM settled WHERE base IS NOT NULL AND at_home AND for_6
  GROUP BY base, year HAVING count(*) >= {common.BASE_THRESHOLD}),
recruited AS (
  SELECT specialist, year FROM settled JOIN specialists ON specialist = row
  WHERE is_key AND for_6 AND origin = county AND start >= greatest(appointed_from, filed_on)
  GROUP BY specialist, year HAVING count(*) >= {common.RECRUITS})
SELECT 'agency_reward', sum(three), sum(six), NULL, NULL, NULL FROM placed
UNION ALL
SELECT 'base_operating', count(*), NULL, NULL, NULL, NULL FROM based JOIN bases ON base = row
  WHERE agreement AND {sending('county')}
UNION ALL
SELECT 'specialist_allowance', year, enterprise, county, filed_on, id
  FROM recruited JOIN specialists ON specialist = row JOIN employers USING (enterprise)
  WHERE is_key AND {sending('county')} AND filed_on IS NOT NULL
    AND appointed_from + to_years(CAST(year - year(appointed_from) AS INTEGER)) BETWEEN DATE '{common.FIRST}' AND DATE '{common.LAST}'
    AND (year = year(appointed_from) OR (year = year(appointed_from) + 1
      AND coalesce(contains(passed_years, CAST(year - 1 AS VARCHAR)), false)))
"""


def load(folder):
    database = duckdb.connect()
    database.execute(f"SET threads = {common.THREADS}")
    database.execute(LOAD.format(folder.replace("'", "''")))
    return database


def count(database):
    placed = longer = bases = 0
    candidates = []
    for measure, *values in database.execute(COUNT).fetchall():
        if measure == "agency_reward":
            placed, longer = values[0] or 0, values[1] or 0
        elif measure == "base_operating":
            bases = values[0]
        else:
            year, enterprise, county, filed_on, id = values
            candidates.append((filed_on, id, year, enterprise, county))
    return bases, placed, longer, common.allowances(candidates)


def price(counts, rate_3m):
    return common.yuan(*counts, rate_3m)


if __name__ == "__main__":
    common.main("DuckDB", "duckdb", load, count, price)
