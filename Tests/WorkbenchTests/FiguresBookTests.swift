// Figures there and back: what `save NAME into FILE.xlsx` writes and `draft NAME from FILE.xlsx` takes from it, edited
// or not, and what it refuses, by cell.

import Answers
import Diagnostics
import Foundation
import Testing
import View
import Workbooks

@testable import Workbench

@Suite("Figures there and back")
struct FiguresBookTests {
  private static let bundled = ["changle-2022", "changle-2020", "fuzhou-2021", "quanzhou-tiz-2023", "jindong-2021"]
  private static let fixtures = ["dated", "tiers", "caps", "refund-by-condition", "currency", "no-lower-level"]

  private static func fixture(_ name: String) throws -> String {
    let url = URL(filePath: #filePath).appending(path: "../../Fixtures/language/\(name).md").standardizedFileURL
    return try String(contentsOf: url, encoding: .utf8)
  }

  /// A document with one table of each form, a dated parameter, a share, months, a day, a value laid down elsewhere.
  private static let all = """
    ```policy
    document sample
      title "A sample" zh "样例"
      jurisdiction 350112
      issued 2022-01-01

    value wage zh 工资 yuan per month "the minimum wage" zh "最低工资" from "the province" zh "省里"

    param part = 37.5%, at least 10%, at most 60% "of what is spent" zh "所支出的"
    param stay = 6 months "how long" zh "多久"
    param first = 2022-03-01 "the first day" zh "首日"
    param rate = 1,000 yuan, 1,200 yuan from 2024-07-01 "for each" zh "每人"
    param floor = wage "what is paid at least" zh "至少"

    table by_size(n: number) yuan per person "for each" zh "每人"
      up to 30: 500 yuan as small
      above: 800 yuan as large

    table by_day(day: date) yuan per month "invented"
      from 2022-01-01: 1,960 yuan
      from 2024-07-01: 2,195 yuan

    reading whose "Whose?" zh "谁的？"
      all "everybody's" zh "所有人的" default
      own "their own" zh "自己的"

    measure sum_of_all zh 合计奖
      title "All" zh "合计"
      article "1"
      kind sum_of_all
      param threshold = 2 persons, at least 1, at most 500 "from how many on" zh "从几人起"
      for each agency, each year
      count placed = hires of agency where stable for stay and start >= first and whose is all on completion of stay
      require count of placed >= threshold
      pay agency by_size through count of placed on 31 December of year
      pay agency rate(31 December of year) * part on 31 December of year
      pay agency (by_day(31 December of year) + floor) * 1 month on 31 December of year

    duty enough zh 足够
      title "Enough" zh "足够"
      article "2"
      for each agency, each year
      count placed = hires of agency
      expect count of placed >= 2

    example "three" zh "三人"
      with wage = 1000
      given enterprise e: district 350112
      given agency q: district 350112
      given 3 hires h: agency q, enterprise e, start 2022-03-01
      expect sum_of_all 4,835 yuan
      expect sum_of_all payments 3
      expect enough met
    ```
    """

  // MARK: Round trips

  @Test("every bundled document comes back as it was, in both languages", arguments: bundled, [Language.en, .zh])
  func comesBack(_ document: String, _ language: Language) throws {
    let bench = try Bench()
    try roundTrip(document, bench, language)
  }

  @Test("so do tables of every sort, and other currencies", arguments: fixtures)
  func tablesComeBack(_ name: String) throws {
    let text = try Self.fixture(name)
    let bench = try Bench(policies: [text])
    let document = try #require(bench.session.library.ownFiles.first).text.split(separator: "\n")
      .first { $0.hasPrefix("document ") }.map { String($0.split(separator: " ")[1]) }
    for language in [Language.en, .zh] { try roundTrip(try #require(document), bench, language) }
  }

  private func roundTrip(_ document: String, _ bench: Bench, _ language: Language) throws {
    bench.session.language = language
    let file = bench.path("\(document)-\(language.rawValue).xlsx")
    let written = try bench.object("written", "save \(document) into \"\(file)\"")
    #expect(written["of"] == .string(document))
    let draft = try bench.object("draft", "draft back from \"\(file)\"")
    #expect(draft["changes"] == [])
    #expect(draft["examples"] == [], "an example does not come to what the document says")
    #expect(draft["from"] == [.string(document)])
    // Nothing else in the document changes.
    let plain = try bench.object("draft", "draft back from \(document); show back")["text"]
    #expect(try bench.object("draft", "draft back from \"\(file)\"; show back")["text"] == plain)
  }

  @Test("whatever a document may state stands in the book and comes back edited, whichever language either is in")
  func edited() throws {
    let edits = [
      "sample.part": "50%", "sample.stay": "3 months", "sample.first": "2022-02-01", "sample.rate": "1100",
      "sample.rate.2024-07-01": "1300 yuan", "sample.by_size.small": "550", "sample.by_size.small.bound": "2",
      "sample.by_day.2022-01-01": "2000", "sample.sum_of_all.threshold": "3", "sample.floor": "1500",
      "sample.whose": "own", "wage": "1,200",
    ]
    for (out, back) in [(Language.en, Language.zh), (.zh, .en)] {
      let bench = try Bench(policies: [Self.all])
      bench.session.language = out
      let file = bench.path("f.xlsx")
      bench.ask("save sample into \"\(file)\"")
      var book = try Book(file)
      for (name, value) in edits { try book.set(name, name == "sample.whose" && out == .zh ? "own" : value) }
      try book.write(to: file)
      bench.session.language = back
      let draft = try bench.object("draft", "draft mine from \"\(file)\"")
      guard case .array(let changes)? = draft["changes"] else { throw Missing() }
      #expect(Set(changes.compactMap { $0["name"] }) == Set(edits.keys.map { .string($0) }))
      let typed = edits.filter { $0.key != "wage" }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
      let other = try bench.object("draft", "draft typed from sample: \(typed), wage = 1200")
      bench.ask("draft mine from \"\(file)\"")
      let settings = try bench.object("draft", "draft again from mine")["settings"]
      #expect(settings.map { "\($0)".count } == other["settings"].map { "\($0)".count })
      #expect(try bench.object("diff", "diff mine, typed")["changes"] == [])
    }
  }

  @Test("rows may be sorted")
  func sorted() throws {
    let bench = try Bench(policies: [Self.all])
    let file = bench.path("f.xlsx")
    bench.ask("save sample into \"\(file)\"")
    var book = try Book(file)
    try book.set("sample.stay", "4")
    let rows = book.sheets[1].rows
    book.sheets[1].rows = Array(rows[..<3]) + rows[3...].reversed()
    try book.write(to: file)
    let draft = try bench.object("draft", "draft mine from \"\(file)\"")
    #expect(draft["changes"]?.item(0)?["name"] == "sample.stay" && draft["changes"]?.item(0)?["after"] == "4 months")
  }

  // MARK: Examples

  @Test("examples are reckoned with the new figures and held to what the book expects")
  func examples() throws {
    let bench = try Bench(policies: [Self.all])
    let file = bench.path("f.xlsx")
    bench.ask("save sample into \"\(file)\"")
    var book = try Book(file)
    try book.set("sample.by_size.small", "600")
    try book.set("1.2", "2")
    try book.set("1.3", "not met")
    try book.write(to: file)
    let draft = try bench.object("draft", "draft mine from \"\(file)\"")
    guard case .array(let examples)? = draft["examples"] else { throw Missing() }
    #expect(examples.map { $0["expected"] } == ["4,835 yuan", "2", "not met"])
    #expect(examples.map { $0["comes_to"] } == ["5,135 yuan", "3", "met"])
    try book.set("1.1", "5135")
    try book.set("1.2", "")
    try book.set("1.3", "met")
    try book.write(to: file)
    #expect(try bench.object("draft", "draft mine from \"\(file)\"")["examples"] == [])
  }

  @Test("further changes may follow, and examples are those of the book or none")
  func further() throws {
    let bench = try Bench(policies: [Self.all])
    let file = bench.path("f.xlsx")
    bench.ask("save sample into \"\(file)\"")
    let more = try bench.object("draft", "draft mine from \"\(file)\": sum_of_all.threshold = 9, without enough")
    #expect(more["changes"] == [] && more["examples"] == [])
    let settings = try bench.object("draft", "draft again from mine")
    #expect(settings["settings"]?.item(0)?["value"] == "9" && settings["without"] == ["sample.enough"])
  }

  // MARK: Drafts

  @Test("a draft's figures come back on the draft, and on its document where the draft is gone")
  func drafts() throws {
    let bench = try Bench()
    let file = bench.path("f.xlsx")
    bench.ask("draft g from changle-2022: rate_3m = 400; save g into \"\(file)\"")
    var book = try Book(file)
    try book.set("changle-2022.agency_reward.threshold", "80")
    try book.write(to: file)
    let stacked = try bench.object("draft", "draft h from \"\(file)\"")
    #expect(stacked["from"] == ["g"])
    #expect(stacked["changes"]?.item(0)?["before"] == "100" && stacked["changes"]?.item(1) == nil)
    #expect(try bench.total("run h") == "70000.00")
    // What is offered next can be typed as it stands there.
    for (language, offered) in [(Language.en, "diff g, h; show h; "), (.zh, "差异 g，h；查看 h；")] {
      bench.session.language = language
      let answer = try #require(bench.ask("draft h from \"\(file)\"").last)
      let page = AnswerRenderer(format: .table, language: language).render(answer)
      #expect(page.contains(offered), "\(page)")
      #expect(!bench.ask(String(offered.dropLast(language == .en ? 2 : 1))).haveFailed, "\(offered)")
    }
    bench.session.language = .en
    // Brought back under its own name, the draft takes the change in.
    bench.ask("draft g from \"\(file)\"")
    #expect(
      try bench.object("draft", "draft k from g")["settings"]?.item(1)?["name"]
        == "changle-2022.agency_reward.threshold")
    // In another session its figures are those of the book.
    let other = try Bench()
    let alone = try other.object("draft", "draft h from \"\(file)\"")
    #expect(alone["from"] == ["changle-2022"] && alone["changes"]?.item(1) != nil)
    #expect(try other.total("run h") == "70000.00")
  }

  @Test("what has changed meanwhile is told")
  func meanwhile() throws {
    let bench = try Bench()
    let file = bench.path("f.xlsx")
    bench.ask(
      "draft g from changle-2022: rate_3m = 400; save g into \"\(file)\"; draft g from changle-2022: rate_3m = 500")
    let moved = try refusal("draft h from \"\(file)\"", bench)
    #expect(moved.count == 1 && moved[0].message.en.contains("500 yuan now"))
    let second = bench.path("second.xlsx")
    bench.ask("draft g from changle-2022: without agency_reward; save g into \"\(second)\"")
    let other = try Bench()
    let gone = try refusal("draft h from \"\(second)\"", other)
    #expect(gone.first?.message.en.contains("not at hand") == true)
    let edited = try Bench(policies: [Self.all])
    let third = edited.path("third.xlsx")
    edited.ask("save sample into \"\(third)\"")
    let later = try Bench(policies: [Self.all.replacingOccurrences(of: "start >= first", with: "start > first")])
    let rules = try refusal("draft h from \"\(third)\"", later)
    try #require(rules.count == 1)
    #expect(rules[0].message.en.contains("have changed since"))
    #expect(rules[0].location.flatMap { $0.source?.naming?($0.start) } == "Read me first!B7")
  }

  private func refusal(_ command: String, _ bench: Bench) throws -> [Diagnostic] {
    let answers = bench.ask(command)
    #expect(answers.haveFailed, "\(command) is accepted")
    return answers.flatMap(\.diagnostics)
  }

  // MARK: Refusals

  @Test(
    "what does not fit is refused by its cell",
    arguments: [
      ("sample.part", "70%", "out-of-bounds"), ("sample.stay", "3 yuan", "wrong-unit"),
      ("sample.stay", "", "figures-book"), ("sample.whose", "theirs", "unknown-choice"),
      ("sample.sum_of_all.threshold", "0", "out-of-bounds"), ("sample.by_size.large", "-5", "out-of-bounds"),
      ("sample.rate", "much", "not-a-value"), ("sample.first", "44621", "not-a-value"),
      ("sample.rate", "1.234", "too-many-decimals"), ("1.1", "many", "not-a-value"),
      ("1.3", "perhaps", "unknown-choice"),
    ])
  func values(_ name: String, _ value: String, _ code: String) throws {
    let bench = try Bench(policies: [Self.all])
    let file = bench.path("f.xlsx")
    bench.ask("save sample into \"\(file)\"")
    var book = try Book(file)
    let cell = try book.set(name, value)
    try book.write(to: file)
    let problems = try refusal("draft mine from \"\(file)\"", bench)
    #expect(problems.map(\.code) == [code])
    #expect(problems[0].location.flatMap { $0.source?.naming?($0.start) } == cell)
    #expect(try bench.mistake("run mine").code == "unknown-document", "the draft is there all the same")
  }

  @Test("rows and columns that are no longer what they were are told, all at once")
  func structure() throws {
    let bench = try Bench(policies: [Self.all])
    let file = bench.path("f.xlsx")
    bench.ask("save sample into \"\(file)\"")
    var book = try Book(file)
    var rows = book.sheets[1].rows
    rows[3][0] = "sample.parts"
    rows[4][4] = "days"
    rows.append(rows[5])
    rows.append(["", "", "", "7"])
    book.sheets[1].rows = rows
    book.sheets.removeAll { $0.name == "Readings" }
    try book.write(to: file)
    let problems = try refusal("draft mine from \"\(file)\"", bench)
    #expect(Set(problems.map(\.code)) == ["figures-book"])
    let cells = problems.map { $0.location.flatMap { $0.source?.naming?($0.start) } ?? "" }
    let last = rows.count
    #expect(
      cells == [
        "Parameters!A4", "Parameters!E5", "Parameters!A\(last - 1)", "Parameters!A\(last)", "Parameters!A4", "",
      ])
    #expect(problems[0].hint?.en.contains("sample.part") == true)
    #expect(problems[5].message.zh == "缺少工作表 `口径`")
  }

  @Test("other workbooks are none, and the session's steps are no figures")
  func others() throws {
    let bench = try Bench()
    let file = bench.path("x.xlsx")
    bench.ask("run changle-2022 into \"\(file)\"")
    #expect(try bench.mistake("draft g from \"\(file)\"").code == "figures-book")
    #expect(try bench.mistake("draft g from \"\(bench.path("none.xlsx"))\"").code == "unreadable")
    try "no workbook".write(toFile: bench.path("t.xlsx"), atomically: true, encoding: .utf8)
    #expect(try bench.mistake("draft g from \"\(bench.path("t.xlsx"))\"").code == "workbook")
    #expect(try bench.mistake("save session into \"\(bench.path("s.xlsx"))\"").code == "file-ending")
    #expect(try bench.mistake("save nothing into \"\(bench.path("s.xlsx"))\"").code == "unknown-document")
    #expect(!FileManager.default.fileExists(atPath: bench.path("s.xlsx")))
  }

  private struct Missing: Error {}

  /// A workbook as texts, for editing.
  struct Book {
    var sheets: [(name: String, rows: [[String]])] = []

    init(_ path: String) throws {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      sheets = try bytes.withUnsafeBytes { raw in
        let book = try Workbook(raw)
        return try book.sheets.indices.map { i in
          let table = try book.table(i)
          var rows: [[String]] = []
          for row in 0..<table.rows {
            while rows.count + 1 < Int(table.numbers[row]) { rows.append([]) }
            rows.append(table.cells(row))
          }
          return (book.sheets[i].name, rows)
        }
      }
    }

    /// Writes into the cell to be edited of a name.
    /// - Returns: the cell's name.
    @discardableResult
    mutating func set(_ name: String, _ value: String) throws -> String {
      for i in sheets.indices {
        guard let row = sheets[i].rows.firstIndex(where: { $0.first == name }) else { continue }
        while sheets[i].rows[row].count < 4 { sheets[i].rows[row].append("") }
        sheets[i].rows[row][3] = value
        return "\(sheets[i].name)!D\(row + 1)"
      }
      Issue.record("there is no row \(name)")
      throw Missing()
    }

    func write(to path: String) throws {
      var bytes: [UInt8] = []
      let writer = try WorkbookWriter(WorkbookWriter.Properties(title: "", program: "")) { bytes += $0 }
      for sheet in sheets {
        try writer.begin(WorkbookWriter.Layout(name: sheet.name, widths: []))
        for row in sheet.rows { try writer.add(row.map { WorkbookWriter.Cell($0.isEmpty ? .empty : .text($0)) }) }
      }
      try writer.finish()
      try Data(bytes).write(to: URL(filePath: path))
    }
  }
}

extension JSONValue {
  /// An entry of a list; nil where there is none.
  fileprivate func item(_ index: Int) -> JSONValue? {
    if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
  }
}
