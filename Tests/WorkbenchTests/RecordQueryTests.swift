// Questions about records: which of them meet a condition, in either language, how many cannot be decided, what a list
// says field by field, and what a mistake is told where it stands.

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Records by condition")
struct RecordQueryTests {
  /// Six hires, each different from the others in what is asked below.
  static let six = """
    scenario: 六人 · Six
    district: 350112
    as_of: 2022-12-31
    enterprises:
      - {id: e-1, name: 金阳纺织, district: 350112, size: small, employees: 40}
      - {id: e2, name: 金阳纺织, district: 350112}
    agencies:
      - {id: qx, name: 启信劳务, district: 350112, filed: true}
      - {id: r, district: 520502}
    hires:
      - {id: h1, worker: 张三, sex: male, born: 1990-05, agency: qx, enterprise: e-1, start: 2022-03-01,
         origin: 520502}
      - {id: h2, worker: 李四, sex: female, born: 1999-03-02, agency: qx, enterprise: e-1, start: 2022-03-01,
         origin: 520524, monthly_wage: 4000}
      - {id: h3, worker: 王五, agency: qx, enterprise: e2, start: 2022-02-28, end: 2022-05-01, origin: 620422,
         monthly_wage: 4200}
      - {id: h4, worker: 赵六, sex: male, born: 1960-01, agency: r, enterprise: e2, start: 2022-07-01,
         monthly_wage: 400000}
      - {id: h5, worker: 钱七, sex: female, born: 2008-01, enterprise: e-1, start: 2022-07-02,
         relief_person: true, monthly_wage: 4100}
      - {id: h6, worker: 孙八, agency: qx, enterprise: e-1, start: 2023-01-01, end: 2023-12-01, origin: 520502,
         monthly_wage: 4000}
    """

  @Test("a file has every column whatever `limit` is, and what people do not see is said")
  func columns() throws {
    let bench = try Bench(Self.six)
    func seen(_ command: String) throws -> (text: String, columns: [Int]) {
      let answer = try #require(bench.ask(command).last)
      let whole = answer.body.parts.compactMap { part -> Int? in
        guard case .relation(let relation) = part, !relation.peopleColumns.isEmpty else { return nil }
        return relation.whole?().peopleColumns.count
      }
      return (MarkdownRenderer(language: .en).render(answer.document), whole)
    }
    let all = try seen("list hires"), some = try seen("list hires where enterprise = e-1 limit 3")
    #expect(all.columns.count == 1 && all.columns == some.columns, "\(all.columns) \(some.columns)")
    #expect(some.text.contains("Left out: the same in all: ") && some.text.contains("enterprise = e-1"), "\(some.text)")
    #expect(some.text.contains("stated of none: ") && some.text.contains("the first 3 of 4 are shown"), "\(some.text)")
    // A file that has all records does not say that it has some.
    let many =
      "scenario: 众\ndistrict: 350112\nagencies:\n"
      + (0..<70).map { "  - {id: a\($0), district: 350112, name: 机构\($0)}\n" }.joined()
    let crowd = try Bench(many)
    let answer = try #require(crowd.ask("list agencies").last)
    let notes = answer.body.parts.filter { if case .block(.note) = $0 { true } else { false } }
    #expect(notes.isEmpty && MarkdownRenderer(language: .en).render(answer.document).contains("the first 60 of 70"))
  }

  private func ids(_ bench: Bench, _ text: String) throws -> [String] {
    guard case .array(let items)? = try bench.object("list", text)["items"] else { throw Bench.Missing() }
    return items.compactMap { if case .string(let id) = $0 { id } else { nil } }
  }

  @Test(
    "the records that meet a condition are found",
    arguments: [
      ("agency = qx and start >= 2022-03-01", ["h1", "h2", "h6"]),
      ("agency = 启信劳务 and not (end is given)", ["h1", "h2"]),
      ("agency is any of (r, qx) and sex is male", ["h1", "h4"]),
      ("enterprise = e-1 and origin within 毕节市", ["h1", "h2", "h6"]),
      ("enterprise.size is small", ["h1", "h2", "h5", "h6"]),
      ("origin within 5205", ["h1", "h2", "h6"]), ("worker = 张三", ["h1"]),
      ("worker = \"李四\" or id = h5", ["h2", "h5"]),
      ("relief_person", ["h5"]), ("relief_person = yes", ["h5"]), ("agency.filed and monthly_wage > 4000 yuan", ["h3"]),
      ("whole years from born to start < 23", ["h2", "h5"]), ("start is before 2022-03-01", ["h3"]),
      ("stable for 3 months", ["h1", "h2", "h4", "h5", "h6"]), ("agency is not given", ["h5"]),
      ("start > as_of", ["h6"]), ("agency.district within home", ["h1", "h2", "h3", "h6"]),
    ])
  func english(_ condition: String, _ expected: [String]) throws {
    #expect(try ids(Bench(Self.six), "list hires where \(condition)") == expected)
  }

  @Test(
    "the same in Chinese, with signs or words, ids or names, with or without quotation marks",
    arguments: [
      ("介绍机构为qx且参保日期不早于2022-03-01", ["h1", "h2", "h6"]), ("介绍机构为启信劳务，参保日期 >= 2022-03-01", ["h1", "h2", "h6"]),
      ("介绍机构 = “启信劳务” 且 参保日期≥2022年3月1日", ["h1", "h2", "h6"]), ("就业单位的规模为小型", ["h1", "h2", "h5", "h6"]),
      ("无介绍机构", ["h5"]), ("劳动者为张三或属脱贫人员的", ["h1", "h5"]), ("月工资超过4000元", ["h3", "h4", "h5"]),
      ("户籍地属于520500", ["h1", "h2", "h6"]), ("介绍机构已备案且月工资＜4100元", ["h2", "h6"]),
    ])
  func chinese(_ condition: String, _ expected: [String]) throws {
    let bench = try Bench(Self.six)
    #expect(try ids(bench, "列出 录用人员 其中 \(condition)") == expected)
    #expect(try ids(bench, "列出录用人员其中\(condition)") == expected)
  }

  @Test(
    "who refers to the record is found by the field that does, and without one it is told",
    arguments: [
      ("agencies where count of (hires of agency) >= 3", 1),
      ("agencies where count of (hires with agency = agency) >= 3", 1),
      ("enterprises where earliest of start over (hires of enterprise) is before 2022-03-01", 1),
    ])
  func referring(condition: String, count: Int64) throws {
    let bench = try Bench(Self.six)
    let found = try bench.object("count", "count \(condition)")
    #expect(found["count"] == .int(count), "\(found)")
    let told = bench.ask("count hires where count of (agencies of hire) > 0").flatMap(\.diagnostics)
    #expect(told.map(\.code) == ["no-record"], "\(told.map(\.message.en))")
  }

  @Test("records of which a fact is missing are told apart, with the fact")
  func undecided() throws {
    let found = try Bench(Self.six).object("count", "count hires where sex is female and agency = qx")
    #expect(found["count"] == .int(1) && found["of"] == .int(6) && found["undecided"] == .int(2))
    #expect(found["facts"] == .strings(["sex"]))
  }

  @Test("what is counted by a fact adds up, also where two cross")
  func counted() throws {
    let bench = try Bench(Self.six)
    for (by, expected) in [
      ("sex", ["male 2", "female 2", "(unknown) 2"]), ("agency", ["qx 4", "r 1", "(none) 1"]),
      ("start at quarter", ["2022-Q1 3", "2022-Q3 2", "2023-Q1 1"]),
      ("origin at prefecture", ["520500 3", "620400 1", "(unknown) 2"]),
      ("age at start in 16..24, 25..", ["16..24 1", "25.. 2", "(outside) 1", "(unknown) 2"]),
      ("monthly_wage in ..4000, 4000..4200, 4201..10000", ["4,000..4,200 4", "(outside) 1", "(unknown) 1"]),
    ] {
      guard case .array(let groups)? = try bench.object("count", "count hires by \(by)")["groups"] else {
        throw Bench.Missing()
      }
      let told = groups.compactMap { group -> String? in
        guard case .string(let key)? = group["group"], case .int(let count)? = group["count"] else { return nil }
        return "\(key) \(count)"
      }
      #expect(told == expected, "\(by): \(told)")
    }
    guard case .array(let pairs)? = try bench.object("count", "count hires by sex, agency")["groups"] else {
      throw Bench.Missing()
    }
    let sum = pairs.reduce(0) { if case .int(let n)? = $1["count"] { $0 + Int(n) } else { $0 } }
    #expect(sum == 6 && pairs.allSatisfy { $0["group_2"] != nil })
  }

  @Test("records stand in the order that is asked for, those without the fact last; a limit is kept")
  func ordered() throws {
    let bench = try Bench(Self.six)
    #expect(try ids(bench, "list hires sort by monthly_wage descending") == ["h4", "h3", "h5", "h2", "h6", "h1"])
    #expect(try ids(bench, "list hires where agency = qx sort start limit 2") == ["h3", "h1"])
    #expect(try ids(bench, "列出 录用人员 按 参保日期 倒序 前2条") == ["h6", "h5"])
    #expect(try ids(bench, "list hires limit all").count == 6)
  }

  @Test("programs read every fact with its type; the answer is as long as what was found")
  func typed() throws {
    guard case .array(let records)? = try Bench(Self.six).object("list", "list hires where id = h2")["records"],
      let record = records.first
    else { throw Bench.Missing() }
    #expect(
      records.count == 1 && record["monthly_wage"] == .string("4000.00") && record["start"] == .string("2022-03-01"))
    #expect(record["relief_person"] == .bool(false) && record["end"] == .null && record["agency"] == .string("qx"))
  }

  @Test(
    "a mistake is told where it stands",
    arguments: [
      ("list hires where agency = qz", "unknown-name", 27), ("list hires where start >= 5", "wrong-type", 27),
      ("count hires where strt > 2022-01-01", "unknown-name", 19), ("count hires where", "missing-word", 18),
      ("count hires where enterprise = 金阳纺织", "several-records", 32),
      ("count hires where origin within 99", "unknown-place", 33),
      ("count hires by year", "grouping", 16), ("count hires by sex, sex", "grouping", 1),
      ("count hires by sex, agency, origin", "grouping", 1), ("count hires by start at prefecture", "grouping", 25),
      ("count hires by sex in 1..2", "grouping", 23), ("count hires by age in 20..30, 25..40", "grouping", 31),
      ("count hires by age in 30..20", "grouping", 23), ("list hires limit none", "distribution", 18),
      ("list hires sort by wage", "unknown-fact", 20), ("count hire_s", "unknown-list", 7),
      ("统计 录用人员 其中 介绍机构为启明劳务", "unknown-name", 17),
    ])
  func mistakes(_ text: String, _ code: String, _ column: Int) throws {
    let found = try Bench(Self.six).mistake(text)
    #expect(found.code == code && found.location?.start.column == column, "\(found)")
  }

  @Test(
    "each spelling means the same",
    arguments: [
      ("list hires where filed sort start descending limit 20", "列出 hires 其中 filed 按 start 倒序 前20"),
      ("list hires sort by start", "列出hires 排序 start"), ("list hires limit all", "列出 hires 至多 all"),
      ("count hires where filed, by sex", "统计 hires 其中 filed，按 sex"), ("describe hires", "概览hires"),
      ("run by origin at prefecture, year", "测算 按 origin 取 prefecture，年度"), ("run by size", "测算按size"),
      ("count hires by age at start in 16..24, 25..", "统计 hires 按 age 于 start 分档 16..24、25.."),
    ])
  func twins(_ english: String, _ chinese: String) throws {
    #expect(try Meaning(parsed(english)).text == Meaning(parsed(chinese)).text)
  }

  @Test("what is near is offered")
  func near() throws {
    #expect(try Bench(Self.six).mistake("list hires where agency = qxx").hint?.en.contains("qx") == true)
  }

  @Test("what a list says, field by field, and what looks wrong in it")
  func described() throws {
    let found = try Bench(Self.six).object("description", "describe hires")
    guard case .array(let fields)? = found["fields"], case .array(let wrong)? = found["suspicious"] else {
      throw Bench.Missing()
    }
    func field(_ name: String) -> JSONValue? { fields.first { $0["field"] == .string(name) } }
    #expect(
      field("sex")?["stated"] == .int(4) && field("sex")?["unknown"] == .int(2) && field("sex")?["distinct"] == .int(2))
    #expect(field("agency")?["none"] == .int(1) && field("agency")?["most_frequent"] == .string("qx"))
    #expect(field("agency")?["times"] == .int(4))
    #expect(field("relief_person")?["stated"] == .int(1) && field("relief_person")?["by_default"] == .int(5))
    #expect(field("start")?["least"] == .string("2022-02-28") && field("start")?["greatest"] == .string("2023-01-01"))
    #expect(field("monthly_wage")?["greatest"] == .string("400000.00"))
    let told = wrong.compactMap { one -> String? in
      guard case .string(let name)? = one["field"], case .array(let first)? = one["first"],
        case .string(let id)? = first.first
      else { return nil }
      return name + " " + id
    }
    // A child at work; a wage a hundred times the others.
    #expect(told == ["born h5", "monthly_wage h4"], "\(told)")
  }

  @Test("a condition does not hide who states a field, and a year alone stands before the days of its year")
  func describedWhere() throws {
    let bench = try Bench()
    try Data(
      """
      scenario: t
      district: 350112
      enterprises: [{id: e, district: 350112}]
      agencies: [{id: q, district: 350112}]
      hires_from: h.csv

      """.utf8
    ).write(to: URL(filePath: bench.path("w.yaml")))
    try Data(
      """
      id,enterprise,agency,start,sex,graduated,organised,relief_person
      a,e,q,2022-03-01,male,2021,,true
      b,e,q,2022-03-01,,2022-06-30,,
      c,e,,2022-03-01,female,2022,true,
      d,e,q,2022-03-01,female,2020-06-30,,

      """.utf8
    ).write(to: URL(filePath: bench.path("h.csv")))
    #expect(bench.ask("load \"\(bench.path("w.yaml"))\" as w").allSatisfy { !$0.failed })
    let found = try bench.object("description", "describe hires where agency = q")
    guard case .array(let fields)? = found["fields"] else { throw Bench.Missing() }
    func field(_ name: String) -> JSONValue? { fields.first { $0["field"] == .string(name) } }
    #expect(field("sex")?["stated"] == .int(2) && field("agency")?["stated"] == .int(3))
    #expect(field("relief_person")?["stated"] == .int(1) && field("relief_person")?["by_default"] == .int(2))
    // One states the very value that stands where none is stated.
    #expect(field("organised")?["stated"] == .null && field("organised")?["by_default"] == .null)
    #expect(field("graduated")?["least"] == .string("2020-06-30"))
    #expect(field("graduated")?["greatest"] == .string("2022-06-30"))
    let order = try bench.object("list", "list hires where graduated is given sort graduated")
    guard case .array(let rows)? = order["records"] else { throw Bench.Missing() }
    #expect(rows.compactMap { $0["id"] } == ["d", "a", "c", "b"].map { .string($0) }, "\(rows)")
  }
}
