"""Polars: lazy queries over columns in memory, with the files' ids as enumerations."""
import os

import common
import polars as pl
from polars import col

WINDOW = [pl.lit(day).str.to_date() for day in (common.FIRST, common.LAST)]


def load(folder):
    def table(name, **types):
        return pl.read_csv(os.path.join(folder, name + ".csv"), try_parse_dates=True, schema_overrides=types).with_row_index("row")

    enterprises, agencies, bases = table("enterprises", district=pl.Int32), table("agencies", district=pl.Int32), table("bases", county=pl.Int32)
    specialists = table("specialists", county=pl.Int32, passed_years=pl.String)

    def row(column, of):
        return col(column).cast(pl.Enum(of["id"])).to_physical().cast(pl.UInt32)

    specialists = specialists.with_columns(row("enterprise", enterprises))
    hires = pl.scan_csv(os.path.join(folder, "hires.csv"), try_parse_dates=True, schema_overrides={"origin": pl.Int32}).select(
        "origin", row("enterprise", enterprises), row("agency", agencies), row("base", bases), row("specialist", specialists),
        "start", "end", "organised").collect(engine="streaming")
    return hires, enterprises, agencies, bases, specialists


def sending(place):
    return (place // 10_000).is_in(common.SENDING_PROVINCES) & (place != common.GOVERNED_ELSEWHERE)


def count(tables):
    hires, enterprises, agencies, bases, specialists = (table.lazy() for table in tables)
    at_home = col("district") == common.HOME
    employers = enterprises.select(enterprise="row", at_home=at_home, is_key=at_home & col("lists").is_not_null())
    start = col("start")
    days = pl.select(start=pl.date_range(*WINDOW)).lazy().with_columns(
        year=start.dt.year(), last_of_3=start.dt.offset_by("3mo").dt.offset_by("-1d"), last_of_6=start.dt.offset_by("6mo").dt.offset_by("-1d"))
    settled = hires.join(days, on="start").join(employers, on="enterprise").with_columns(
        for_3=(col("end") >= col("last_of_3")).fill_null(True), for_6=(col("end") >= col("last_of_6")).fill_null(True))

    rewarded = agencies.select(agency="row", seat="district", filed=col("filed") & at_home,
                               chosen=col("selected_by_sending_government") & sending(col("district")))
    placed = (settled.filter(col("agency").is_not_null() & col("organised") & col("is_key") & col("for_3") & sending(col("origin")))
              .join(rewarded, on="agency").filter(col("filed") | (col("chosen") & (col("origin") == col("seat"))))
              .group_by("agency", "year").agg(three=pl.len(), six=col("for_6").sum())
              .filter(col("three") >= common.AGENCY_THRESHOLD)
              .select(col("three", "six").sum()))
    agreed = bases.filter(col("agreement") & sending(col("county")))
    based = (settled.filter(col("base").is_not_null() & col("at_home") & col("for_6"))
             .group_by("base", "year").len().filter(col("len") >= common.BASE_THRESHOLD)
             .join(agreed, left_on="base", right_on="row", how="semi").select(pl.len()))
    first = col("appointed_from").dt.year()
    recruited = (settled.filter(col("specialist").is_not_null() & col("is_key") & col("for_6"))
                 .join(specialists.select("row", "county", serves=pl.max_horizontal("appointed_from", "filed_on")),
                       left_on=("specialist", "origin"), right_on=("row", "county"))
                 .filter(col("start") >= col("serves"))
                 .group_by("specialist", "year").len().filter(col("len") >= common.RECRUITS)
                 .join(specialists, left_on="specialist", right_on="row").join(employers, on="enterprise")
                 .filter(col("is_key") & sending(col("county")) & col("filed_on").is_not_null()
                         & ((col("year") == first) & col("appointed_from").is_between(*WINDOW)
                            | (col("year") == first + 1) & col("appointed_from").dt.offset_by("1y").is_between(*WINDOW)
                            & col("passed_years").fill_null("").str.contains(first.cast(pl.String))))
                 .select("filed_on", "id", "year", "enterprise", "county"))
    placed, based, recruited = pl.collect_all((placed, based, recruited))
    return based.item(), *placed.row(0), common.allowances(recruited.iter_rows())


def price(counts, rate_3m):
    return common.yuan(*counts, rate_3m)


if __name__ == "__main__":
    common.main("Polars", "polars", load, count, price)
