"""pandas: masks and groups over columns that pyarrow reads, ids as categories."""
import os

import common
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

IDS = {"enterprise": "enterprises", "agency": "agencies", "base": "bases", "specialist": "specialists"}
WINDOW = pd.Timestamp(common.FIRST), pd.Timestamp(common.LAST)


def load(folder):
    def table(name, types):
        options = pa.csv.ConvertOptions(column_types=types, include_columns=list(types), strings_can_be_null=True)
        return pa.csv.read_csv(os.path.join(folder, name + ".csv"), convert_options=options).to_pandas()

    def rows(ids, of):
        """Row numbers in another table, -1 where there is none: looked up once for each id that occurs."""
        return np.append(pd.Index(of["id"]).get_indexer(ids.cat.categories), -1).astype("int32")[ids.cat.codes]

    text, day, flag, place = pa.string(), pa.timestamp("s"), pa.bool_(), pa.int32()
    ids = pa.dictionary(pa.int32(), text)
    tables = {
        "enterprises": table("enterprises", {"id": text, "district": place, "lists": text}),
        "agencies": table("agencies", {"id": text, "district": place, "selected_by_sending_government": flag, "filed": flag}),
        "bases": table("bases", {"id": text, "county": place, "agreement": flag}),
        "specialists": table("specialists", {"id": text, "enterprise": ids, "county": place, "filed_on": day, "appointed_from": day,
                                             "passed_years": text})}
    hires = table("hires", {"origin": place} | {name: ids for name in IDS} | {"start": day, "end": day, "organised": flag})
    for name, of in IDS.items():
        hires[name] = rows(hires[name], tables[of])
    specialists = tables["specialists"]
    specialists["enterprise"] = rows(specialists["enterprise"], tables["enterprises"])
    return hires, *tables.values()


def sending(place):
    return (place // 10_000).isin(common.SENDING_PROVINCES) & (place != common.GOVERNED_ELSEWHERE)


def settled(hires):
    """The year of the start, and whether it lasted three and six months: looked up by the day, as there are few days."""
    days = pd.date_range(*WINDOW, unit="s")
    of = days.get_indexer(hires["start"])
    inside, open_ended = of >= 0, hires["end"].isna().to_numpy()
    end = hires["end"].to_numpy()

    def lasted(months):
        last = (days + pd.DateOffset(months=months) - pd.Timedelta(days=1)).to_numpy()
        return inside & (open_ended | (end >= last[of]))

    return days.year.to_numpy()[of], lasted(3), lasted(6)


def count(tables):
    hires, enterprises, agencies, bases, specialists = tables
    enterprise, agency, base, specialist = (hires[name].to_numpy() for name in IDS)
    at_home = (enterprises["district"] == common.HOME).to_numpy()
    is_key = at_home & enterprises["lists"].notna().to_numpy()
    year, for_3, for_6 = settled(hires)

    filed = (agencies["filed"] & (agencies["district"] == common.HOME)).to_numpy()
    chosen = (agencies["selected_by_sending_government"] & sending(agencies["district"])).to_numpy()
    of = (agency >= 0) & hires["organised"].to_numpy() & is_key[enterprise] & for_3
    own = agencies["district"].to_numpy()[agency[of]] == hires["origin"].to_numpy()[of]
    of[of] = sending(hires["origin"][of]).to_numpy() & (filed[agency[of]] | (chosen[agency[of]] & own))
    placed = pd.DataFrame({"agency": agency[of], "year": year[of], "six": for_6[of]})
    placed = placed.groupby(["agency", "year"], sort=False)["six"].agg(["size", "sum"])
    placed = placed[placed["size"] >= common.AGENCY_THRESHOLD].sum()

    agreed = bases["agreement"] & sending(bases["county"])
    of = (base >= 0) & at_home[enterprise] & for_6
    based = pd.DataFrame({"base": base[of], "year": year[of]}).groupby(["base", "year"], sort=False).size()
    based = ((based >= common.BASE_THRESHOLD) & agreed.to_numpy()[based.index.get_level_values("base")]).sum()

    of = (specialist >= 0) & is_key[enterprise] & for_6
    serves = specialists[["appointed_from", "filed_on"]].max(axis=1).to_numpy()[specialist[of]]
    of[of] = (specialists["county"].to_numpy()[specialist[of]] == hires["origin"].to_numpy()[of]) & (hires["start"].to_numpy()[of] >= serves)
    recruited = pd.DataFrame({"specialist": specialist[of], "year": year[of]}).groupby(["specialist", "year"], sort=False).size()
    recruited = recruited[recruited >= common.RECRUITS].rename("recruits").reset_index().join(specialists, on="specialist")
    year, appointed = recruited["year"], recruited["appointed_from"]
    first, anniversary = appointed.dt.year, appointed + pd.DateOffset(years=1)
    passed = recruited["passed_years"].fillna("").str.contains("2022") & (first == 2022)
    earned = recruited[is_key[recruited["enterprise"]] & sending(recruited["county"]) & recruited["filed_on"].notna()
                       & (((year == first) & appointed.between(*WINDOW))
                          | ((year == first + 1) & passed & anniversary.between(*WINDOW)))]
    candidates = zip(*(earned[name].tolist() for name in ("filed_on", "id", "year", "enterprise", "county")))
    return based, placed["size"], placed["sum"], common.allowances(candidates)


def price(counts, rate_3m):
    return common.yuan(*counts, rate_3m)


if __name__ == "__main__":
    common.main("pandas", "pandas", load, count, price)
