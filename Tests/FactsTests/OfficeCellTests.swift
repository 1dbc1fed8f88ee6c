// Cells as offices write them: read where there is one meaning, with one note for a column; refused where there are
// two, with both; the same in CSV files and in records.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Cells as offices write them")
struct OfficeCellTests {
  static let lists = """
    enterprises: [{id: E1, name: 甲企业, district: 350112}, {id: E2, name: 乙（福建）有限公司, district: 350112}]
    agencies: [{id: A1, name: 甲中介, district: 350112}]

    """

  /// A column of a CSV file whose cells are the given ones.
  static func csv(_ field: String, _ cells: [String]) -> ScenarioReader.Outcome {
    let heads = ["id", "enterprise", "start"].filter { $0 != field } + [field]
    var text = heads.joined(separator: ",") + "\n"
    for (i, cell) in cells.enumerated() {
      let row = heads.map { head in
        head == field ? "\"\(cell)\"" : ["id": "h\(i)", "enterprise": "E1", "start": "2022-03-01"][head] ?? ""
      }
      text += row.joined(separator: ",") + "\n"
    }
    return Sample.scenario(lists + "hires_from: h.csv\n", csv: ["h.csv": text])
  }

  /// The same as records of a scenario.
  static func yaml(_ field: String, _ cells: [String]) -> ScenarioReader.Outcome {
    var text = lists + "hires:\n"
    for (i, cell) in cells.enumerated() {
      var fields = ["id": "h\(i)", "enterprise": "E1", "start": "2022-03-01"]
      fields[field] = cell
      let parts = fields.sorted { $0.key < $1.key }.map { "\($0.key): \"\($0.value)\"" }
      text += "  - {" + parts.joined(separator: ", ") + "}\n"
    }
    return Sample.scenario(text)
  }

  static func codes(_ reading: ScenarioReader.Outcome) -> [String] { reading.diagnostics.map(\.code) }

  @Test(
    "One meaning is read, and one note tells how often",
    arguments: [
      ("start", "01-Mar-2022", "2022-03-01"), ("start", "March 1 2022", "2022-03-01"),
      ("start", "1st of March 2022", "2022-03-01"), ("start", "2022-Mar-1", "2022-03-01"),
      ("born", "Mar 1990", "1990-03-01"), ("end", "2022年3月1日止", "2022-03-01"),
      ("start", "2022.3.1", "2022-03-01"), ("start", "2022.03.01", "2022-03-01"), ("start", "2022。3。1", "2022-03-01"),
      ("start", "20220301", "2022-03-01"), ("start", "２０２２/３/１", "2022-03-01"), ("start", "２０２２－０３－０１", "2022-03-01"),
      ("start", "２０２２年３月１日", "2022-03-01"), ("start", "2022年3月1号", "2022-03-01"), ("start", "44621", "2022-03-01"),
      ("start", "44621.5", "2022-03-01"), ("start", "2022/3/1 0:00", "2022-03-01"),
      ("start", "2022-03-01T00:00:00", "2022-03-01"), ("start", "2022-03-01 09:30:15", "2022-03-01"),
      ("start", "2022-03-01T09:30:00+08:00", "2022-03-01"), ("start", "2022年3月1日 星期二", "2022-03-01"),
      ("start", "2022-03-01（周二）", "2022-03-01"), ("start", "2022-03-01 Tue", "2022-03-01"),
      ("start", "13/3/2022", "2022-03-13"),
      ("end", "至今", "none"), ("end", "在职", "none"), ("end", "-", "none"), ("end", "—", "none"), ("end", "无", "none"),
      ("end", "/", "none"), ("end", "——", "none"), ("monthly_wage", "3,000", "3,000 yuan"),
      ("monthly_wage", "91,234.80", "91,234.80 yuan"), ("monthly_wage", "￥3000", "3,000 yuan"),
      ("monthly_wage", "¥4,000.50", "4,000.50 yuan"), ("monthly_wage", "4000.50 元", "4,000.50 yuan"),
      ("monthly_wage", "0.5万", "5,000 yuan"), ("monthly_wage", "1.23456万元", "12,345.60 yuan"),
      ("monthly_wage", "４２００", "4,200 yuan"), ("monthly_wage", "4200元/月", "4,200 yuan"),
      ("monthly_wage", "-", "not stated"),
      ("relief_person", "√", "yes"), ("relief_person", "×", "no"), ("relief_person", "有", "yes"),
      ("relief_person", "无", "no"),
      ("relief_person", "Y", "yes"), ("relief_person", "n", "no"), ("relief_person", "-", "no"), ("sex", "男性", "male"),
      ("sex", "女性", "female"), ("sex", "F", "female"), ("contract_months", "12个月", "12"),
      ("contract_months", "1年", "12"),
      ("contract_months", "1,200", "1200"), ("born", "1990.03", "1990-03-01"), ("born", "199003", "1990-03-01"),
      ("born", "1990.12", "1990-12-01"), ("graduated", "2021年度", "2021"), ("agency", "无", "none"),
      ("agency", "甲中介", "A1 (甲中介)"),
      ("enterprise", "甲企业", "E1 (甲企业)"), ("enterprise", "乙(福建)有限公司", "E2 (乙（福建）有限公司)"),
      ("origin", "长乐", "350112 长乐区"), ("origin", "福建省 福州市 长乐区", "350112 长乐区"),
      ("origin", "350112001001", "350112 长乐区"), ("origin", "350112.0", "350112 长乐区"),
      ("origin", "350182", "350112 长乐区"),
      ("origin", "长乐市", "350112 长乐区"), ("origin", "福州长乐", "350112 长乐区"), ("origin", "522401", "520502 七星关区"),
      ("origin", "福州市长乐区航城街道", "350112 长乐区"), ("origin", "350112 长乐区", "350112 长乐区"),
    ])
  func oneMeaning(field: String, cell: String, shown: String) {
    for reading in [Self.csv(field, [cell, cell]), Self.yaml(field, [cell, cell])] {
      #expect(Sample.column(reading, "hires", field) == [shown, shown])
      #expect(Self.codes(reading) == ["read-as"], "\(reading.diagnostics.map(\.message.en))")
      let note = reading.diagnostics.first
      #expect(note?.severity == .note)
      #expect(note?.message.en.contains(": 2 values are read so: ") == true && note?.message.zh.contains("2 处") == true)
      #expect(note?.location != nil && note?.hint != nil)
    }
  }

  @Test(
    "Two meanings are refused, and both are named",
    arguments: [
      ("start", "3/4/2022", ["2022-03-04", "2022-04-03"]),
      ("start", "22.3.1", ["2022-03-01", "1922-03-01", "2001-03-22"]),
      ("start", "2022-02-28T16:00:00Z", ["2022-02-28", "2022-03-01"]), ("born", "1990.1", ["1990-01", "1990-10"]),
      ("start", "2022-03-01 星期三", ["2022-03-01"]),
    ])
  func twoMeanings(field: String, cell: String, meanings: [String]) {
    for reading in [Self.csv(field, [cell]), Self.yaml(field, [cell])] {
      #expect(Self.codes(reading) == ["several-meanings"])
      for meaning in meanings { #expect(reading.diagnostics.first?.message.en.contains(meaning) == true) }
      #expect(reading.scenario == nil)
    }
  }

  @Test(
    "What has no meaning is refused with its reason",
    arguments: [
      ("monthly_wage", "(500.00)", "negative"), ("monthly_wage", "3,00", "not-money"),
      ("monthly_wage", "3000-4000", "not-money"),
      ("monthly_wage", "4200美元", "not-money"), ("monthly_wage", "0.0000001万", "too-many-decimals"),
      ("start", "2022.2.30", "no-such-day"),
      ("start", "20220230", "not-a-date"), ("start", "二零二二", "not-a-date"), ("start", "4462", "not-a-date"),
      ("relief_person", "x", "not-a-boolean"), ("organised", "-", "not-a-boolean"), ("sex", "未说明", "unknown-choice"),
      ("origin", "鼓楼", "ambiguous-place"), ("origin", "350199001001", "unknown-place"),
      ("enterprise", "丙企业", "unknown-id"),
      ("start", "-", "missing-fact"), ("worker", "3.50182E+17", "cut-number"),
      ("worker_id", "3.50182E+17", "cut-number"),
    ])
  func refused(field: String, cell: String, code: String) {
    for reading in [Self.csv(field, [cell]), Self.yaml(field, [cell])] {
      #expect(Self.codes(reading) == [code], "\(reading.diagnostics.map(\.message.en))")
      #expect(reading.diagnostics.first?.hint != nil)
    }
  }

  @Test("A name that two records have is refused with both ids")
  func sameName() {
    let lists = "enterprises: [{id: E1, name: 甲, district: 350112}, {id: E2, name: 甲, district: 350112}]\n"
    let reading = Sample.scenario(lists + "hires: [{id: h, enterprise: 甲, start: 2022-03-01}]\n")
    #expect(Self.codes(reading) == ["repeated-record", "several-meanings"])
    #expect(reading.diagnostics.last?.message.en.contains("E1 or E2") == true)
  }

  @Test("One note for a column tells every way of writing with its count, where the first of them stands")
  func oneNote() {
    let cells = (0..<300).map { $0 % 3 == 0 ? "2022.3.1" : $0 % 3 == 1 ? "20220302" : "2022-03-03" }
    let reading = Self.csv("start", cells)
    #expect(Sample.problems(reading) == ["h.csv:2:7 read-as"])
    #expect(
      reading.diagnostics.first?.message.en
        == "`start`: 200 values are read so: `2022.3.1` as 2022-03-01 (100), "
        + "`20220302` as 2022-03-02 (100)")
  }

  @Test("Units and marks of different meaning are told apart")
  func toldApart() {
    let wages = Self.csv("monthly_wage", ["3000元", "0.5万", "4,000", "3500元"]).diagnostics.first?.message.en
    #expect(
      wages
        == "`monthly_wage`: 4 values are read so: `3000元` as 3,000 yuan (2), `0.5万` as 5,000 yuan (1), "
        + "`4,000` as 4,000 yuan (1)")
    let marks = Self.csv("relief_person", ["√", "×", "有", "√"]).diagnostics.first?.message.en
    #expect(marks == "`relief_person`: 4 values are read so: `√` as yes (3), `×` as no (1)")
  }

  @Test("What was read is the same in any number of threads")
  func threads() {
    var text = "id,enterprise,start,monthly_wage,relief_person\n"
    for i in 0..<20_000 {
      text += "h\(i),\(i % 5 == 0 ? "甲企业" : "E1"),\(i % 7 == 0 ? "2022.3.1" : "2022-03-01"),"
      text += "\(i % 11 == 0 ? "4200元" : "4200"),\(i % 13 == 0 ? "√" : "")\n"
      if i % 1000 == 999 { text += "小计,,,4200,\n,,,,\n" }
    }
    func read(_ threads: Int) -> [String] {
      let scenario = "scenario: t\ndistrict: 350112\n" + Self.lists + "hires_from: h.csv\n"
      let reading = Sample.read(scenario, files: ["h.csv": Array(text.utf8)], threads: threads)
      #expect(reading.scenario?.dataset.table("hires")?.count == 20_000)
      return reading.diagnostics.map { "\($0.location?.start.line ?? 0) " + $0.message.en }
    }
    let one = read(1)
    // Five lines of totals that are not those of the rows above them are told of.
    #expect(one.count == 10)
    #expect(read(2) == one && read(7) == one)
  }

  @Test("A worked example, which states its facts one by one, takes only the usual forms")
  func strict() {
    var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places)
    builder.append(
      "hires", [StatedValue("id", "h"), StatedValue("enterprise", "e"), StatedValue("start", "2022.3.1")])
    #expect(builder.finish().diagnostics.map(\.code) == ["not-a-date", "unknown-id"])
  }
}
