#!/usr/bin/env python3
"""Writes the CSV files of the bundled scenarios: the same bytes every time.

    python3 scenarios/generate.py

Everybody and everything in them is made up. The year of changle-2022-year.yaml is drawn from fixed seeds so that it
looks like a district's year: arrivals after the Spring Festival and again in early autumn, agencies large and small,
several of them close to the hundred that decides their reward. The files are what a bureau's spreadsheets are in
practice: GB18030 or UTF-8 with a BOM, CRLF, Chinese headings, 2022/3/1 for dates, 是 and 否.

生成随附情景所用的 CSV，结果每次相同；其中人员、单位均为虚构。
"""

import datetime
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))


class Dice:
    """Draws that are the same on every version of Python: only `random()` is used."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def number(self, low, high):
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, things):
        return things[int(self._random.random() * len(things))]

    def chance(self, share):
        return self._random.random() < share

    def shuffled(self, things):
        things = list(things)
        for i in range(len(things) - 1, 0, -1):
            j = int(self._random.random() * (i + 1))
            things[i], things[j] = things[j], things[i]
        return things


def write(path, encoding, header, rows):
    """A CSV as a spreadsheet saves it: CRLF, quotes only where they are needed."""

    def cell(text):
        text = str(text)
        if any(c in text for c in ',"\r\n'):
            return '"' + text.replace('"', '""') + '"'
        return text

    path = os.path.join(HERE, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    lines = [",".join(cell(c) for c in row) for row in [header] + rows]
    with open(path, "wb") as file:
        file.write(("\r\n".join(lines) + "\r\n").encode(encoding))


def yes(flag):
    return "是" if flag else "否"


def slashes(day):
    """2022/3/1, as Excel shows it."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def characters(day):
    """2022年3月1日"""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def plus_months(day, n):
    """The day n calendar months later, the month's last day where that day does not exist."""
    year, month = divmod(day.month - 1 + n, 12)
    year, month = day.year + year, month + 1
    for d in range(day.day, 0, -1):
        try:
            return datetime.date(year, month, d)
        except ValueError:
            continue


# Sending counties, by names that are unique in the country, and how many of the workers come from each.
COUNTIES = [
    ("织金县", 17), ("镇雄县", 13), ("大方县", 11), ("会泽县", 9), ("会宁县", 8), ("礼县", 7), ("平昌县", 6),
    ("南江县", 5), ("彭水苗族土家族自治县", 5), ("酉阳土家族苗族自治县", 4), ("宕昌县", 4), ("西吉县", 4),
    ("凤冈县", 3), ("同心县", 2), ("隆德县", 2),
]
CENTRAL = ["商城县", "上犹县", "蕲春县", "桑植县", "固镇县"]
ELSEWHERE = ["闽侯县", "古田县", "宁化县", "平潭县"]

SURNAMES = list("韦龙罗杨马安陈赵吴周徐孙朱胡林郭何高梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余")
GIVEN_1 = list("春夏秋冬晓正安平远小立文志云山海江河雨雪月星松柏竹兰青丹明光长永东南西北中")
GIVEN_2 = list("生成来兴旺顺和宁康健强华荣芳英秀珍琴霞梅燕莲峰林波涛亮军勇杰贵福禄祥")


def people(dice):
    """Names without end, no two alike: in this data the same name is the same person."""
    names = [s + a + b for s in SURNAMES for a in GIVEN_1 for b in GIVEN_2]
    return iter(dice.shuffled(names))


def year_2022():
    dice = Dice(20220128)
    folder = "changle-2022-year/"

    # Enterprises: 30 key ones, 8 on no list, 4 that pay their taxes elsewhere, 4 of other districts.
    places = ["白鹭", "云帆", "海沙", "松涛", "东湖", "青屿", "闽锦", "长风", "金穗", "汇川", "鼎新", "远航"]
    trades = ["锦纶", "轧钢", "染整", "经编", "花边", "电缆", "家具", "食品", "机电", "包装"]
    names = dice.shuffled([p + t for p in places for t in trades])
    lists = ["leading_2021", "honest_employer", "harmonious_labour", "leading_2021、honest_employer",
             "honest_employer、harmonious_labour"]
    enterprises, rows = [], []
    for i in range(46):
        id = f"E{i + 1:02}"
        district, taxed, on = "长乐区", "", ""
        if i < 34:
            on = lists[i % len(lists)]
        if 30 <= i < 34:
            taxed = "350102"
        if i >= 42:
            district = dice.one_of(["福清市", "闽侯县", "连江县"])
        name = names[i] + "有限公司"
        if i == 3:
            name = names[i] + "有限公司,二厂"  # a comma, so that the cell is quoted
        staff = dice.number(4, 1800) if i % 4 else dice.number(12, 290)
        size = "large" if staff >= 1000 else "medium" if staff >= 300 else "small" if staff >= 20 else "micro"
        rows.append([id, name, district, taxed, on, size, yes(staff >= 150), staff])
        enterprises.append(id)
    write(folder + "enterprises.csv", "utf-8-sig",
          ["企业编号", "企业名称", "注册地", "纳税地", "名单", "规模", "规上", "职工人数"], rows)
    key, other = enterprises[:30], enterprises[30:]

    # Agencies: on record here, chosen by a sending government, or neither.
    aims = [330, 268, 205, 176, 152, 141, 133, 127, 121, 116, 113, 110, 92, 74, 61, 50, 44, 36, 30, 24, 18, 15, 12, 8]
    agencies, rows = [], []
    names = dice.shuffled(["乌蒙", "赤水", "陇上", "巴山", "六盘", "牂牁", "金沙", "渭源", "武陵", "岷江", "清江", "草海",
                           "榕江", "闽都", "滨海", "吴航", "首石", "洞江", "海峡", "三溪", "梅花", "古槐", "玉田", "鹤上"])
    for i, aim in enumerate(aims):
        id = f"A{i + 1:02}"
        chosen = i % 3 == 1
        county = dice.one_of(COUNTIES)[0]
        district = county if chosen else "350112"
        filed = not chosen and i not in (3, 12)  # the fourth is large and forgot to put itself on record
        rows.append([id, names[i] + "人力", district, yes(chosen), yes(filed)])
        home = [county] if chosen else []
        while len(home) < 3:
            home.append(weighted(dice, COUNTIES))
        agencies.append((id, aim, home))
    write(folder + "agencies.csv", "utf-8-sig", ["机构编号", "name", "注册地", "输出地选定", "备案"], rows)

    # Bases: one in most sending counties, a school's at home.
    bases, rows = {}, []
    for i, (county, _) in enumerate(COUNTIES[:13]):
        id = f"B{i + 1:02}"
        kind = "transfer_station" if i % 4 == 3 else "labour_base"
        rows.append([id, county + ("劳务输转站" if i % 4 == 3 else "劳务协作基地"), kind, county, "false" if i == 5 else "true"])
        bases[county] = id
    rows.append(["B14", "区职专人力资源协作基地", "hr_cooperation_base", "", "true"])
    write(folder + "bases.csv", "utf-8", ["id", "name", "kind", "county", "agreement"], rows)

    # Specialists: four counties and few firms, so that the quotas bind.
    name = people(dice)
    specialists, rows = [], []
    for i in range(20):
        id = f"S{i + 1:02}"
        county = ["织金县", "镇雄县", "大方县", "会宁县", "礼县", "平昌县", "会泽县"][i * i % 7]
        enterprise = key[i * 3 % 8]
        filed = datetime.date(2022, 2, 7) + datetime.timedelta(days=i * 5 % 23)
        rows.append([id, next(name), enterprise, county, "" if i == 11 else filed.isoformat(),
                     (filed + datetime.timedelta(days=7)).isoformat(), "2022" if i % 2 == 0 else ""])
        specialists.append((id, county, enterprise, dice.number(9, 17)))
    write(folder + "specialists.csv", "utf-8",
          ["id", "name", "enterprise", "county", "filed_on", "appointed_from", "passed_years"], rows)

    # Hires.
    schooling = ["小学", "初中", "初中", "初中", "高中", "高中", "中专", "大专"]
    trades = ["挡车工", "轧钢工", "包装工", "装配工", "染整工", "质检员", "叉车工", "普工", "普工"]
    hires = []

    def arrival():
        if dice.chance(0.62):
            return datetime.date(2022, 2, 9) + datetime.timedelta(days=dice.number(0, 59))
        if dice.chance(0.6):
            return datetime.date(2022, 8, 1) + datetime.timedelta(days=dice.number(0, 60))
        return datetime.date(2022, 1, 29) + datetime.timedelta(days=dice.number(0, 330))

    def departure(start):
        """One in eight leaves within three months, one in six of the rest within six; some to the very day."""
        if dice.chance(0.125):
            n, day = 3, dice.number(4, 88)
        elif dice.chance(0.165):
            n, day = 6, dice.number(93, 178)
        elif dice.chance(0.12):
            return start + datetime.timedelta(days=dice.number(185, 400))
        else:
            return None
        if dice.chance(0.08):
            return plus_months(start, n) - datetime.timedelta(days=dice.number(1, 3))
        return start + datetime.timedelta(days=day)

    def hire(origin, enterprise, agency="", base="", specialist="", referrer="", organised=True, worker=None, start=None):
        start = start or arrival()
        born = datetime.date(2022 - dice.number(17, 54), dice.number(1, 12), 1)
        hires.append([worker or next(name), dice.one_of(["男", "男", "女"]), f"{born.year}-{born.month:02}",
                      dice.one_of(schooling), dice.one_of(trades), origin, enterprise, agency, base, specialist,
                      referrer, start, departure(start), organised, dice.chance(0.11)])

    for id, aim, home in agencies:
        for _ in range(aim):
            origin = dice.one_of(home + home + [weighted(dice, COUNTIES)])
            if dice.chance(0.05):
                origin = dice.one_of(CENTRAL)
            if dice.chance(0.012):
                origin = "原州区"  # governed by a paper of its own
            enterprise = dice.one_of(key) if dice.chance(0.95) else dice.one_of(other)
            base = bases.get(origin, "") if dice.chance(0.55) else ""
            hire(origin, enterprise, agency=id, base=base, organised=not dice.chance(0.02))
    for county, id in bases.items():
        for _ in range(dice.number(4, 26)):
            hire(county, dice.one_of(enterprises[:42]), base=id)
    for _ in range(64):
        hire(dice.one_of(ELSEWHERE + CENTRAL), dice.one_of(enterprises[:42]), base="B14")
    for id, county, enterprise, aim in specialists:
        for _ in range(aim):
            origin = county if not dice.chance(0.07) else weighted(dice, COUNTIES)
            hire(origin, enterprise if dice.chance(0.8) else dice.one_of(key), specialist=id, organised=False,
                 start=datetime.date(2022, 2, 14) + datetime.timedelta(days=dice.number(0, 80)))
    friends = [next(name) for _ in range(30)]
    for _ in range(420):
        origin = dice.one_of(ELSEWHERE + CENTRAL + [weighted(dice, COUNTIES)])
        referrer = dice.one_of(friends) if dice.chance(0.45) else ""
        hire(origin, dice.one_of(enterprises[:42]), referrer=referrer, organised=False)
    # Some leave one firm and come back to another through the same agency: one person, two hires.
    for row in [r for r in hires if r[7] and r[12] and r[12] < datetime.date(2022, 6, 1)][::4]:
        hire(row[5], dice.one_of(key), agency=row[7], worker=row[0],
             start=row[12] + datetime.timedelta(days=dice.number(5, 60)))
    # And a few records have no home of record: their conditions cannot be decided.
    for i in range(40, len(hires), 311):
        hires[i][5] = ""

    hires.sort(key=lambda r: r[11])
    rows = []
    for i, r in enumerate(hires):
        rows.append([f"{i + 1:04}"] + r[:11] + [slashes(r[11]), slashes(r[12]), yes(r[13]), yes(r[14])])
    write(folder + "hires.csv", "gb18030",
          ["序号", "姓名", "性别", "出生年月", "文化程度", "工种", "户籍地", "就业单位", "介绍机构", "劳务基地", "服务专员",
           "引荐人", "参保日期", "离职日期", "有组织", "脱贫人员"], rows)

    # Internships: mostly the required three months; some stay on.
    rows = []
    for i in range(72):
        start = dice.one_of([datetime.date(2022, 3, 1), datetime.date(2022, 9, 1)]) + datetime.timedelta(days=dice.number(0, 13))
        months = 3 if dice.chance(0.7) else dice.number(2, 6)
        end = plus_months(start, months) - datetime.timedelta(days=1 if dice.chance(0.9) else 2)
        job = end + datetime.timedelta(days=dice.number(1, 30)) if dice.chance(0.45) else None
        left = None if job is None or dice.chance(0.7) else job + datetime.timedelta(days=dice.number(20, 250))
        school = weighted(dice, COUNTIES) if dice.chance(0.85) else "闽侯县"
        rows.append([f"I{i + 1:02}", next(name), school, dice.one_of(key[:12] + other[:2]), characters(start),
                     characters(end), characters(job), characters(left)])
    write(folder + "internships.csv", "gb18030",
          ["实习编号", "学生", "学校所在地", "实习单位", "实习开始", "实习结束", "入职日期", "离职日期"], rows)
    print(f"changle-2022-year: {len(hires)} hires, {len(enterprises)} enterprises, {len(agencies)} agencies")


def weighted(dice, things):
    total = sum(w for _, w in things)
    draw = dice.number(1, total)
    for thing, weight in things:
        draw -= weight
        if draw <= 0:
            return thing


def trainees_2020():
    """Forty-eight trainee posts where the district owes fifty."""
    dice = Dice(20200702)
    rows = []
    for i in range(48):
        start = datetime.date(2020, 7, 13) + datetime.timedelta(days=dice.number(0, 90))
        rows.append([f"J{i + 1:02}", dice.one_of(["闽侯县", "福清市", "马尾区"]),
                     dice.one_of(["lanyue", "qingyu", "darong", "shuiwu"]), start.isoformat()])
    write("changle-2020/internships.csv", "utf-8-sig", ["实习编号", "学校所在地", "实习单位", "实习开始"], rows)
    print(f"changle-2020: {len(rows)} internships")


if __name__ == "__main__":
    year_2022()
    trainees_2020()
