"""The facts dictionary and the reading of a scenario dict into records.

A scenario is a dict with the keys of the YAML: texts, numbers and booleans as a person would write them.
`read` trims everything, gives every record its defaults, turns dates, money and places into values, and expands
cohorts.
A record's field is None when the fact is absent. Who is who is the business of `people.py`.
"""
import csv
import os
from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import people
from reckon import DAY, fen, plus_months, share, trimmed

REQUIRED = object()
COPY_ID, COPY_DISTRICT = object(), object()
DEFAULT_PLACES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Sources", "CDistricts",
                              "places.csv")
TIZ = ("350500-tiz", "泉州台商投资区")


# Dates that other programs write for "no end"; the fields where they mean it, and what each of those is measured from.
NO_END = {date(9999, 12, 31), date(2999, 12, 31), date(2099, 12, 31), date(9999, 1, 1)}
ENDS = {"end": "start", "employed_to": "employed_from", "benefit_ended_on": "unemployed_from"}
FAR = 120  # months after which an end brings a warning


class ScenarioError(Exception):
    """The facts cannot be costed. `names`: what any message about it has to mention."""

    def __init__(self, message, *names):
        super().__init__(message)
        self.names = names


def _fields(*rows):
    return {name: (kind, default, label) for name, kind, default, label in rows}


# field, type, default, Chinese label of a CSV header
FIELDS = {
    "enterprises": _fields(
        ("id", "text", REQUIRED, "企业编号"), ("name", "text", COPY_ID, "企业名称"), ("district", "place", REQUIRED, "注册地"),
        ("taxed_in", "place", COPY_DISTRICT, "纳税地"), ("lists", "set", (), "名单"), ("size", "text", None, "规模"),
        ("state_owned", "bool", False, "国有"), ("above_scale", "bool", False, "规上"), ("employees", "int", None, "职工人数"),
        ("covid_affected", "bool", False, "受疫情影响"), ("layoffs", "int", None, "裁员人数"),
        ("in_difficulty", "bool", False, "暂时经营困难且恢复有望"),
        ("ui_premiums_last_year", "money", None, "上年度失业保险费")),
    "agencies": _fields(
        ("id", "text", REQUIRED, "机构编号"), ("name", "text", COPY_ID, "机构名称"), ("district", "place", REQUIRED, "注册地"),
        ("selected_by_sending_government", "bool", False, "输出地选定"), ("filed", "bool", False, "备案"),
        ("registered_on", "date", None, "注册日期"), ("from_outside_city", "bool", False, "市外引进"),
        ("above_scale", "bool", False, "规上")),
    "bases": _fields(
        ("id", "text", REQUIRED, "基地编号"), ("name", "text", COPY_ID, "基地名称"), ("kind", "text", "labour_base", "类型"),
        ("county", "county", None, "所在县"), ("agreement", "bool", True, "签订协议")),
    "hires": _fields(
        ("id", "text", REQUIRED, "序号"), ("worker", "text", COPY_ID, "姓名"), ("worker_id", "text", None, "身份证号"),
        ("sex", "text", None, "性别"), ("born", "month", None, "出生年月"), ("education", "text", None, "文化程度"),
        ("occupation", "text", None, "工种"),
        ("origin", "place", None, "户籍地"), ("enterprise", "text", REQUIRED, "就业单位"), ("agency", "text", None, "介绍机构"),
        ("base", "text", None, "劳务基地"), ("specialist", "text", None, "服务专员"), ("referrer", "text", None, "引荐人"),
        ("start", "date", REQUIRED, "参保日期"), ("end", "date", None, "离职日期"), ("organised", "bool", True, "有组织"),
        ("relief_person", "bool", False, "脱贫人员"), ("graduated", "graduation", None, "毕业时间"),
        ("registered_unemployed_from", "date", None, "失业登记日期"), ("monthly_wage", "money", None, "月工资"),
        ("contract_months", "int", None, "合同月数"), ("love_post", "bool", False, "爱心岗位"),
        ("public_post", "bool", False, "公益岗位"),
        ("insured_before", "bool", False, "本区曾参保")),
    "internships": _fields(
        ("id", "text", REQUIRED, "实习编号"), ("student", "text", COPY_ID, "学生"),
        ("student_id", "text", None, "学生身份证号"), ("school_place", "place", REQUIRED, "学校所在地"),
        ("enterprise", "text", REQUIRED, "实习单位"), ("start", "date", REQUIRED, "实习开始"), ("end", "date", None, "实习结束"),
        ("employed_from", "date", None, "入职日期"), ("employed_to", "date", None, "离职日期")),
    "specialists": _fields(
        ("id", "text", REQUIRED, "专员编号"), ("name", "text", COPY_ID, "姓名"), ("enterprise", "text", REQUIRED, "所在企业"),
        ("county", "county", REQUIRED, "家乡县"), ("filed_on", "date", None, "备案日期"),
        ("appointed_from", "date", REQUIRED, "聘任日期"),
        ("passed_years", "years", (), "考核合格年度")),
    "adjustments": _fields(
        ("id", "text", REQUIRED, "调剂编号"), ("platform", "text", REQUIRED, "调剂平台"),
        ("from_enterprise", "text", REQUIRED, "借出单位"),
        ("to_enterprise", "text", REQUIRED, "借入单位"), ("start", "date", REQUIRED, "开始"), ("end", "date", None, "结束"),
        ("worker", "text", COPY_ID, "姓名"), ("worker_id", "text", None, "身份证号")),
    "fairs": _fields(
        ("id", "text", REQUIRED, "招聘会编号"), ("held_in", "place", REQUIRED, "举办地"), ("date", "date", REQUIRED, "日期"),
        ("organiser", "text", None, "承办机构"), ("cost", "money", None, "费用"), ("participants", "set", (), "参会企业")),
    "parks": _fields(
        ("id", "text", REQUIRED, "园区编号"), ("name", "text", COPY_ID, "园区名称"), ("district", "place", REQUIRED, "所在地"),
        ("level", "text", REQUIRED, "级别"), ("selected_on", "date", REQUIRED, "入选日期")),
    "teams": _fields(
        ("id", "text", REQUIRED, "团队编号"), ("year", "int", REQUIRED, "年度"), ("award", "money", None, "资助金额")),
    "tax_records": _fields(
        ("agency", "text", REQUIRED, "机构编号"), ("year", "int", REQUIRED, "年度"), ("vat_local", "money", 0, "增值税地方留成"),
        ("cit_local", "money", 0, "企业所得税地方留成")),
    "jobseekers": _fields(
        ("id", "text", REQUIRED, "人员编号"), ("sex", "text", None, "性别"), ("born", "month", None, "出生年月"),
        ("benefit_ended_on", "date", None, "失业金期满日期"), ("insured_ineligible", "bool", False, "参保不符合领取条件"),
        ("unemployed_from", "date", REQUIRED, "失业日期"), ("reemployed_on", "date", None, "再就业日期"),
        ("retirement_on", "date", None, "法定退休日期")),
    "startups": _fields(
        ("id", "text", REQUIRED, "创业编号"), ("founder_origin", "place", REQUIRED, "创业者户籍"),
        ("relief_person", "bool", False, "脱贫人员"),
        ("founder_graduated", "graduation", None, "毕业时间"), ("district", "place", REQUIRED, "所在地"),
        ("start", "date", REQUIRED, "开业"),
        ("end", "date", None, "停业")),
    "stations": _fields(
        ("id", "text", REQUIRED, "站点编号"), ("kind", "text", REQUIRED, "类型"), ("county", "county", REQUIRED, "对口县"),
        ("located_in", "place", REQUIRED, "设立地"), ("start", "date", REQUIRED, "设立"), ("end", "date", None, "撤销")),
    "townships": _fields(
        ("id", "text", REQUIRED, "乡镇编号"), ("name", "text", COPY_ID, "乡镇"),
        ("odd_job_market_on", "date", None, "零工市场设立日期"),
        ("reports", "dates", (), "报送日期")),
    "exchanges": _fields(("id", "text", REQUIRED, "互通编号"), ("date", "date", REQUIRED, "日期")),
}


# What refers to which list.
REFERENCES = {
    ("hires", "enterprise"): "enterprises", ("hires", "agency"): "agencies", ("hires", "base"): "bases",
    ("hires", "specialist"): "specialists", ("internships", "enterprise"): "enterprises",
    ("specialists", "enterprise"): "enterprises",
    ("adjustments", "from_enterprise"): "enterprises", ("adjustments", "to_enterprise"): "enterprises",
    ("fairs", "participants"): "enterprises", ("tax_records", "agency"): "agencies",
}


class Places:
    """Codes, the names that are unique, and the level of each."""

    def __init__(self, path=None):
        self.names, named = {}, {}
        with open(path or DEFAULT_PLACES, encoding="utf-8-sig", newline="") as f:
            rows = [(r["code"].strip(), r["name"].strip()) for r in csv.DictReader(f)]
        for code, name in rows + [TIZ]:
            self.names[code] = name
            named.setdefault(name, set()).add(code)
        self.unique = {name: min(codes) for name, codes in named.items() if len(codes) == 1}
        # A prefecture with nothing below it but 市辖区 is its own county.
        self.divided = {code[:4] for code, name in self.names.items() if not code.endswith("00") and name != "市辖区"
                        and code != TIZ[0]}

    def resolve(self, text):
        text = trimmed(text)
        if text in self.names:
            return text
        if text in self.unique:
            return self.unique[text]
        raise ScenarioError(f"no such place, or not unique: {text}", text)

    def level(self, code):
        if code.endswith("0000"):
            return "province"
        if code.endswith("00") and code[:4] in self.divided:
            return "prefecture"
        return "county"

    def county(self, text):
        code = self.resolve(text)
        if self.level(code) != "county":
            inside = code[:2] if code.endswith("0000") else code[:4]
            counties = [c for c in sorted(self.names) if c.startswith(inside) and self.level(c) == "county"
                        and self.names[c] != "市辖区"]
            raise ScenarioError(f"{code} is no county: {', '.join(f'{c} {self.names[c]}' for c in counties)}",
                                counties[0])
        return code


class Graduation:
    """A graduation date, or only its year; one that is only a year is compared by years."""

    def __init__(self, text):
        text = str(text)
        self.day = None if len(text) == 4 else date.fromisoformat(text)
        self.year = int(text[:4])

    def not_after(self, day):
        return self.year <= day.year if self.day is None else self.day <= day

    def within_months_before(self, day, months, month_end):
        """graduated <= day <= graduated + months"""
        if not self.not_after(day):
            return False
        if self.day is None:
            return day.year <= self.year + months // 12
        return day <= plus_months(self.day, months, month_end)


def day_of(text):
    return text if isinstance(text, date) else date.fromisoformat(trimmed(text))


def _value(kind, raw, places):
    if kind == "date":
        return day_of(raw)
    if kind == "month":
        return date.fromisoformat(raw + "-01") if len(str(raw)) == 7 else day_of(raw)
    if kind == "graduation":
        return Graduation(raw)
    if kind == "place":
        return places.resolve(raw)
    if kind == "county":
        return places.county(raw)
    if kind == "money":
        return fen(raw)
    if kind == "int":
        return int(raw)
    if kind == "years":
        return frozenset(int(y) for y in raw)
    if kind == "dates":
        return frozenset(day_of(d) for d in raw)
    if kind == "set":
        return frozenset(raw)
    if kind == "bool":
        return bool(raw)
    return str(raw)


def cleaned(row):
    """A row with its keys and texts trimmed; what has nothing left is absent."""
    out = {}
    for key, raw in row.items():
        if isinstance(raw, str):
            raw = trimmed(raw) or None
        elif isinstance(raw, (list, tuple, set, frozenset)):
            raw = [x for x in (trimmed(x) if isinstance(x, str) else x for x in raw) if x != ""]
        out[trimmed(key)] = raw
    return out


def record(list_name, row, places, notes):
    row, out = cleaned(row), {}
    unheard = set(row) - set(FIELDS[list_name])
    if unheard:
        raise ScenarioError(f"{list_name}: unknown field {sorted(unheard)}", *unheard)
    for name, (kind, default, _) in FIELDS[list_name].items():
        raw = row.get(name)
        if name in ENDS and raw is not None and day_of(raw) in NO_END:
            notes["no end", list_name] += 1
            raw = None
        if raw is not None:
            out[name] = _value(kind, raw, places)
        elif default is REQUIRED:
            raise ScenarioError(f"{list_name}: {row.get('id')}: {name} is missing", name)
        elif default is COPY_ID:
            out[name] = out["id"]
        elif default is COPY_DISTRICT:
            out[name] = out["district"]
        else:
            out[name] = frozenset(default) if isinstance(default, tuple) else default
    r = SimpleNamespace(**out)
    if getattr(r, "end", None) and r.end < r.start:
        raise ScenarioError(f"{list_name}: {r.id}: ends before it starts", r.id)
    people.identify(list_name, r, row)
    return r


def expand_cohort(cohort, month_end):
    """Rows of hires. A leaver stays until one day short of the first length of service that it misses."""
    count, when, common = cohort["count"], cohort["start"], cleaned(cohort["hire"])
    for name in ("id", "start", "worker", "worker_id"):
        if common.get(name) is not None:
            raise ScenarioError(f"cohort {cohort['id']}: its hire gives {name}", cohort["id"])
    if "end" in common and cohort.get("retention") and day_of(common["end"]) not in NO_END:
        raise ScenarioError(f"cohort {cohort['id']}: an end beside a retention", cohort["id"])
    if isinstance(when, dict):
        first = day_of(when["from"])
        days = (day_of(when["to"]) - first).days + 1
    else:
        first, days = day_of(when), 0
    stay = [(int(n), (share(s) * count + share("0.5")).__floor__()) for n, s in sorted(
        (int(n), s) for n, s in cohort.get("retention", {}).items())]
    if any(a[1] < b[1] for a, b in zip(stay, stay[1:])):
        raise ScenarioError(f"cohort {cohort['id']}: its shares rise", cohort["id"])
    for i in range(count):
        row = dict(common)
        row["id"] = f"{cohort['id']}-{i + 1}"
        start = first + timedelta(i * days // count)
        row["start"] = start.isoformat()
        for months, stayers in stay:
            if i >= stayers:
                row["end"] = (plus_months(start, months, month_end) - 2 * DAY).isoformat()
                break
        yield row


def far_ends(records, as_of, warnings):
    """Ends more than ten years after as_of, or without it after the beginning: taken as written, and warned of."""
    for list_name, ones in records.items():
        for r in ones:
            for name, begins in ENDS.items():
                end, since = getattr(r, name, None), as_of or getattr(r, begins, None)
                if end is not None and since is not None and end > plus_months(since, FAR, "clamp"):
                    warnings["far end", list_name] += 1


def read(scenario, places, month_end="clamp"):
    """The records of every list, the settings and as_of. `month_end`: as set for everything, for the cohorts.

    `notes` and `warnings` count what a reader of the scenario is told, by (what, list)."""
    s = SimpleNamespace(district=places.resolve(scenario["district"]), values=dict(scenario.get("values", {})),
                        as_of=day_of(scenario["as_of"]) if scenario.get("as_of") else None,
                        readings=dict(scenario.get("readings", {})), notes=Counter(), warnings=Counter())
    lists = {}
    for name in FIELDS:
        rows = list(scenario.get(name, ()))
        if name == "hires":
            for cohort in scenario.get("cohorts", ()):
                rows += expand_cohort(cohort, month_end)
        lists[name] = [record(name, row, places, s.notes) for row in rows]
        if name != "tax_records":
            seen = set()
            for r in lists[name]:
                if r.id in seen:
                    raise ScenarioError(f"{name}: {r.id}: a repeated id", r.id)
                seen.add(r.id)
        setattr(s, name, lists[name])
    s.enterprise, s.agency, s.base, s.specialist = (
        {r.id: r for r in lists[name]} for name in ("enterprises", "agencies", "bases", "specialists"))
    for (name, field), target in REFERENCES.items():
        ids = {r.id for r in lists[target]}
        for r in lists[name]:
            value = getattr(r, field)
            for i in value if isinstance(value, frozenset) else () if value is None else (value,):
                if i not in ids:
                    raise ScenarioError(f"{name}: no {target} has the id {i}", i)
    far_ends(lists, s.as_of, s.warnings)
    people.look_through(lists, s.warnings, ScenarioError)
    return s
