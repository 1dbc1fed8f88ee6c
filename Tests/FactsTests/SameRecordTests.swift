// One record that several files state, places of today, breaks in names, days that cannot be: registers of a year as
// desks keep them.
import Diagnostics
import Foundation
import Reckoning
import Testing

@testable import Facts

@Suite("The same people in several files")
struct SameRecordTests {
  private static func read(
    _ files: [String], ids: Bool = false, enterprises: String = "E1, E2", more: String = ""
  ) -> ScenarioReader.Outcome {
    let names = files.indices.map { "m\($0).csv" }
    let firms = enterprises.split(separator: ",").map { "{id: \($0), district: 350112}" }.joined(separator: ", ")
    return Sample.scenario(
      more + "enterprises: [\(firms)]\nhires_from: [\(names.joined(separator: ", "))]\n",
      csv: Dictionary(uniqueKeysWithValues: zip(names, files)))
  }

  private static func errors(_ reading: ScenarioReader.Outcome) -> [String] {
    reading.diagnostics.filter { $0.severity == .error }.map(\.code)
  }

  private static let head = "序号,姓名,就业单位,参保日期,离职日期\n"

  @Test("Same person, employer and first day is one record, whose later last day holds; it is said with places")
  func months() {
    let reading = Self.read([
      Self.head + "1,张伟,E1,2022-03-01,\n2,王芳,E1,2022-03-01,\n",
      Self.head + "1,张伟,E1,2022-03-01,2022-05-01\n2,刘洋,E1,2022-04-01,\n",
      Self.head + "1,王芳,E1,2022-03-01,\n",
    ])
    #expect(Self.errors(reading) == [], "\(reading.diagnostics.map(\.message.zh))")
    #expect(Sample.column(reading, "hires", "worker").sorted() == ["刘洋", "张伟", "王芳"])
    #expect(Sample.column(reading, "hires", "end") == ["2022-05-01", "none", "none"])
    let told = reading.diagnostics.filter { $0.code == "same-record" }
    #expect(told.count == 1 && told[0].severity == .note, "\(told)")
    #expect(told.allSatisfy { $0.message.zh.contains("张伟") && $0.message.zh.contains("m0.csv") })
    #expect(!reading.diagnostics.contains { $0.code == "overlapping-spells" || $0.code == "repeated-spell" })
  }

  @Test("Another first day, or another employer on the same one, is another record")
  func spells() {
    let reading = Self.read([
      Self.head + "1,张伟,E1,2022-03-01,2022-04-01\n2,王芳,E1,2022-03-01,2022-03-20\n",
      Self.head + "1,张伟,E1,2022-06-01,\n2,王芳,E2,2022-03-01,\n",
    ])
    #expect(Self.errors(reading) == [], "\(reading.diagnostics.map(\.message.zh))")
    #expect(Sample.column(reading, "hires", "start").count == 4)
    #expect(
      reading.scenario?.dataset.table("hires")?.ids.map { ids in (0..<4).map(ids.text) }?.last == "王芳-2022-03-01-2")
  }

  @Test("What the later file leaves open stays as it was, and what it takes back is told")
  func facts() {
    let reading = Self.read([
      "姓名,户籍地,就业单位,参保日期,离职日期\n张伟,513323,E1,2022-03-01,2022-04-01\n王芳,513323,E1,2022-03-01,\n",
      "姓名,就业单位,参保日期,离职日期\n张伟,E1,2022-03-01,\n",
      "姓名,户籍地,就业单位,参保日期,离职日期\n王芳,,E1,2022-03-01,2022-09-30\n",
    ])
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "worker") == ["张伟", "王芳"])
    #expect(Sample.column(reading, "hires", "end") == ["none", "2022-09-30"])
    #expect(Sample.column(reading, "hires", "origin").allSatisfy { $0.contains("513323") })
    let told = reading.diagnostics.filter { $0.code == "same-record" }
    #expect(told.first?.severity == .warning && told.first?.message.zh.contains("离职日期有 1 条") == true, "\(told)")
  }

  @Test("Two of one name with other numbers, or of one name in one file, stay two")
  func namesakes() {
    let head = "姓名,身份证号,就业单位,参保日期\n"
    let numbers = Self.read([
      head + "张伟,350521198501011117,E1,2022-03-01\n", head + "张伟,350521198602022225,E1,2022-03-01\n",
    ])
    #expect(Self.errors(numbers) == [] && Sample.column(numbers, "hires", "start").count == 2)
    let same = Self.read([head + "张伟,350521198501011117,E1,2022-03-01\n", "姓名,就业单位,参保日期\n张伟,E1,2022-03-01\n"])
    #expect(Self.errors(same) == [] && Sample.column(same, "hires", "start").count == 1)
    let plain = "姓名,就业单位,参保日期\n张伟,E1,2022-03-01\n张伟,E1,2022-03-01\n"
    let two = Self.read([plain, plain])
    #expect(Self.errors(two) == [] && Sample.column(two, "hires", "start").count == 2)
  }

  @Test("Ids that files have of their own still may not repeat for different records")
  func stated() {
    let head = "id,姓名,就业单位,参保日期\n"
    let other = Self.read([head + "h1,张伟,E1,2022-03-01\n", head + "h1,王芳,E1,2022-03-01\n"])
    #expect(Self.errors(other) == ["repeated-id"])
    let same = Self.read([head + "h1,张伟,E1,2022-03-01\n", head + "h1,张伟,E1,2022-03-01\n"])
    #expect(Self.errors(same) == [] && Sample.column(same, "hires", "start").count == 1)
  }

  @Test("Cohorts stand behind the rows that are left")
  func cohorts() {
    let cohort =
      "cohorts: [{id: c, count: 2, hire: {enterprise: E1}, start: 2022-01-01, retention: {1: 100%}}]\n"
    let file = "姓名,就业单位,参保日期\n张伟,E1,2022-03-01\n"
    let reading = Self.read([file, file], more: cohort)
    #expect(Self.errors(reading) == [], "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-01-01", "2022-01-01"])
    #expect(reading.scenario?.dataset.cohortOutlines.first?.firstRow == 1)
  }
}

@Suite("Cells of today's registers")
struct TodaysCellTests {
  /// The places that the program carries.
  private static let places: Gazetteer = {
    let file = URL(filePath: #filePath).appending(path: "../../../Sources/CDistricts/places.csv").standardizedFileURL
    do { return Gazetteer(table: try String(contentsOf: file, encoding: .utf8)) } catch { return Sample.places }
  }()

  private static func read(_ csv: String, _ more: String = "") -> ScenarioReader.Outcome {
    let folder = Folder()
    folder.write("h.csv", Array(csv.utf8))
    let text =
      "scenario: t\ndistrict: 350112\nenterprises: [{id: E1, name: 甲公司, district: 350112}]\n" + more
      + "hires_from: h.csv\n"
    return ScenarioReader(dictionary: Contract.dictionary, places: places).read(
      text, source: SourceFile(name: "s.yaml", text: text), folder: folder.path)
  }

  @Test(
    "A place under its name of today is read as the one of the table, which is said",
    arguments: [
      ("沙县区", "350427", "2021"), ("盘州市", "520222", "2017"), ("临平区", "330110", "划出"), ("黔西市", "520522", "2021"),
    ])
  func later(cell: String, code: String, said: String) {
    let reading = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,\(cell)\n")
    #expect(Sample.column(reading, "hires", "origin").first?.contains(code) == true)
    #expect(reading.diagnostics.contains { $0.code == "read-as" && $0.message.zh.contains(said) }, "\(cell)")
  }

  @Test("What may be two places is refused with both, and what the table does not have with its year")
  func refused() {
    let both = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,东乡县\n").diagnostics
    #expect(both.contains { $0.code == "ambiguous-place" && $0.hint?.zh.contains("622926") == true })
    let parts = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,杭州市钱塘区\n").diagnostics
    #expect(parts.contains { $0.hint?.zh.contains("2016") == true && $0.hint?.zh.contains("330109") == true })
    let none = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,某某区\n").diagnostics
    #expect(none.contains { $0.code == "unknown-place" && $0.hint?.zh.contains("2016 年") == true })
  }

  @Test("A break within a name of a person is taken out, which is said")
  func breaks() {
    let reading = Self.read("姓名,就业单位,参保日期\n\"张\n伟\",E1,2022-03-01\n")
    #expect(Sample.column(reading, "hires", "worker") == ["张伟"])
    #expect(reading.diagnostics.contains { $0.code == "read-as" })
  }

  @Test("First and last payments of premiums are first and last days, and 至今 may stand behind a dash")
  func days() {
    let heads = "姓名,就业单位,社会保险,\n,,起缴,停缴\n张三,E1,2022-03-01,2022-09-30\n李四,E1,2022-03-01,至今\n"
    let paid = Self.read(heads)
    #expect(
      Sample.column(paid, "hires", "start") == ["2022-03-01", "2022-03-01"], "\(paid.diagnostics.map(\.message.zh))")
    #expect(Sample.column(paid, "hires", "end") == ["2022-09-30", "none"])
    let spans = Self.read("姓名,就业单位,工作起止时间\n张三,E1,2022.3.1-2022.8.31\n李四,E1,2022.3.5-至今\n王五,E1,2022.3.6 - 至今\n")
    #expect(Sample.column(spans, "hires", "start") == ["2022-03-01", "2022-03-05", "2022-03-06"])
    #expect(Sample.column(spans, "hires", "end") == ["2022-08-31", "none", "none"])
  }

  @Test("Each place that is written in another way is shown")
  func shown() {
    let told = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,甘孜丹巴\n李四,E1,2022-03-01,甘肃东乡\n王五,E1,2022-03-01,丹巴\n")
      .diagnostics
    let note = told.first { $0.code == "read-as" }?.message.zh
    #expect(
      note?.contains("甘孜丹巴") == true && note?.contains("甘肃东乡") == true && note?.contains("2 处") == true, "\(note ?? "")"
    )
    let later = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,盘州市\n").diagnostics
    #expect(later.contains { $0.message.zh.contains("自 2017 年起改用此名") })
  }

  @Test("A column that is called after those who work names them")
  func workers() {
    let reading = Self.read("员工,就业单位,参保日期\n张三,E1,2022-03-01\n")
    #expect(Sample.column(reading, "hires", "worker") == ["张三"])
  }

  @Test("Two names on two lines of a cell are two people, and no name is made of them")
  func twoLines() {
    #expect(CrowdedName.isOne("郑洋\n吴静") && !CrowdedName.isOne("张\n伟"))
    let reading = Self.read("姓名,就业单位,参保日期\n\"郑洋\n吴静\",E1,2022-03-01\n")
    #expect(Sample.column(reading, "hires", "worker") != ["郑洋吴静"])
  }

  @Test("First days that lie far off are told of, with a day of costing and without")
  func far() {
    let csv = "姓名,就业单位,参保日期\n张三,E1,2002-03-01\n李四,E1,2033-03-01\n王五,E1,2022-03-01\n赵六,E1,2022-04-01\n"
    for day in ["as_of: 2023-12-31\n", ""] {
      let told = Self.read(csv, day).diagnostics.filter { $0.code == "far-first-day" }
      #expect(told.count == 2 && told.allSatisfy { $0.severity == .warning }, "\(told)")
    }
    let near = Self.read("姓名,就业单位,参保日期\n张三,E1,2022-03-01\n李四,E1,2024-06-01\n", "as_of: 2023-12-31\n")
    #expect(!near.diagnostics.contains { $0.code == "far-first-day" })
  }
}
