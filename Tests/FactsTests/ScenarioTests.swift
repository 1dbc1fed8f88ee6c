// Scenario files: what each key means, and where each mistake is reported.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Scenario files")
struct ScenarioTests {
  static let full = """
    scenario: One agency on the edge
    district: 长乐区
    as_of: 2024-06-30
    documents: [changle-2022, fuzhou-2021]
    values: {minimum_wage: 1660}
    readings: {window_on: accrual, fuzhou-2021.x.retroactive: true, other: No}
    enterprises:
      - {id: e1, name: Mill, district: 350112, lists: [honest_employer, 龙头企业, honest_employer], \
      ui_premiums_last_year: 1234.5}
      - {id: 0101, district: 福州市, taxed_in: 350112, state_owned: yes}
    agencies:
      - id: qx
        name: 七星关
        district: 七星关区
        filed: 是
    hires:
      - {id: no, enterprise: e1, agency: qx, start: 2022-03-01, born: 1985-03, graduated: 2021, sex: 男, worker: 010}
      - {id: 1e3, enterprise: 0101, start: 2022-03-02, end: 2022-03-02, organised: false, graduated: 2021-06-30, \
      monthly_wage: 5000}
    """

  @Test("Scalars are read as written and typed by the dictionary")
  func reads() {
    let reading = Sample.read(Self.full)
    #expect(Sample.problems(reading) == [])
    guard let s = reading.scenario else { return }
    #expect(s.title == "One agency on the edge")
    #expect(s.dataset.places.codes[Int(s.district)].text == "350112")
    #expect(s.asOf?.text == "2024-06-30")
    #expect(s.documents == ["changle-2022", "fuzhou-2021"])
    #expect(s.documentLocations.first??.start == Position(line: 4, column: 13))
    #expect(s.values.map { [$0.name, $0.value] } == [["minimum_wage", "1660"]])
    #expect(s.readings.map(\.value) == ["accrual", "yes", "no"])
    #expect(Sample.column(reading, "hires", "id") == ["no", "1e3"])
    #expect(Sample.column(reading, "hires", "worker") == ["010", "1e3"])
    #expect(Sample.column(reading, "hires", "enterprise") == ["e1 (Mill)", "0101"])
    #expect(Sample.column(reading, "hires", "agency") == ["qx (七星关)", "none"])
    #expect(Sample.column(reading, "hires", "sex") == ["male", "not stated"])
    #expect(Sample.column(reading, "hires", "born") == ["1985-03-01", "not stated"])
    #expect(Sample.column(reading, "hires", "graduated") == ["2021", "2021-06-30"])
    #expect(Sample.column(reading, "hires", "organised") == ["yes", "no"])
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["not stated", "5,000 yuan"])
    #expect(Sample.column(reading, "hires", "end") == ["none", "2022-03-02"])
    #expect(Sample.column(reading, "enterprises", "lists") == ["leading_2021; honest_employer", "none"])
    #expect(Sample.column(reading, "enterprises", "name") == ["Mill", "0101"])
    #expect(Sample.column(reading, "enterprises", "taxed_in") == ["350112 长乐区", "350112 长乐区"])
    #expect(Sample.column(reading, "enterprises", "state_owned") == ["no", "yes"])
    #expect(Sample.column(reading, "agencies", "district") == ["520502 七星关区"])
    #expect(Sample.column(reading, "agencies", "filed") == ["yes"])
    #expect(s.dataset.table("hires")?.origin(1)?.start == Position(line: 17, column: 10))
  }

  @Test("What no record states is not laid out in memory")
  func unstated() {
    let reading = Sample.read(Self.full)
    guard let table = reading.scenario?.dataset.table("hires"), let fairs = reading.scenario?.dataset.table("fairs")
    else { return }
    if case .constant(let raw)? = table.columns["base"]?.data {
      #expect(raw == Int64(Absent.none32))
    } else {
      Issue.record("base")
    }
    if case .constant(1)? = table.columns["organised"]?.data { Issue.record("organised is stated") }
    if case .constant(0)? = table.columns["love_post"]?.data {} else { Issue.record("love_post") }
    #expect(table.columns["base"]?.hasAbsent == true)
    #expect(table.columns["love_post"]?.hasAbsent == false)
    #expect(fairs.count == 0)
    // Ids stand apart, and who a hire is has a column of its own.
    let fields = Set(table.declaration.fields.map(\.name)).subtracting(["id"])
    #expect(Set(table.columns.keys) == fields.union(["person"]))
    if case .ownIDs? = reading.scenario?.dataset.table("agencies")?.columns["name"]?.data { Issue.record("named") }
    let plain = Sample.scenario("bases: [{id: b1}]")
    if case .ownIDs? = plain.scenario?.dataset.table("bases")?.columns["name"]?.data {
    } else {
      Issue.record("not own ids")
    }
    #expect(Sample.column(plain, "bases", "kind") == ["labour_base"])
    #expect(Sample.column(plain, "bases", "agreement") == ["yes"])
    #expect(Sample.column(plain, "bases", "name") == ["b1"])
  }

  @Test("Every mistake of a file is told at once, each at its place")
  func allAtOnce() {
    let reading = Sample.read(
      """
      scenario: t
      distrct: 350112
      enterprises:
        - {id: e1, district: 鼓楼区}
        - {id: e1, district: 350112, employes: 5}
      hires:
        - {id: h1, enterprise: e2, start: 2022-02-30}
        - {id: h2, enterprise: e1, start: 2022-03-02, end: 2022-03-01, sex: mal}
        - {enterprise: e1, start: 1/2/2022, monthly_wage: 10.005, organised: maybe, contract_months: 1.5}
      """)
    #expect(reading.scenario == nil)
    #expect(
      Sample.problems(reading) == [
        "1:1 missing-key", "2:1 unknown-key", "4:24 ambiguous-place", "5:10 repeated-id", "5:32 unknown-fact",
        "7:26 unknown-id",
        "7:37 no-such-day", "8:54 end-before-start", "8:71 unknown-choice", "9:5 missing-fact", "9:29 several-meanings",
        "9:53 too-many-decimals", "9:72 not-a-boolean", "9:96 not-a-whole-number",
      ])
    func hint(_ code: String) -> String { reading.diagnostics.first { $0.code == code }?.hint?.en ?? "" }
    #expect(hint("unknown-key") == "did you mean district?")
    #expect(hint("unknown-fact") == "did you mean employees?")
    #expect(hint("unknown-id") == "did you mean e1?")
    #expect(hint("unknown-choice").hasPrefix("did you mean male"))
    #expect(hint("ambiguous-place") == "write the code: 350102 福建省福州市鼓楼区, 320106 江苏省南京市鼓楼区")
    #expect(reading.diagnostics.first { $0.code == "repeated-id" }?.message.en.hasSuffix("first in line 4") == true)
  }

  @Test(
    "Keys given twice are told with the rest",
    arguments: [
      ("scenario: a\nscenario: b\ndistrict: 350112\nhirs: []\n", ["2:1 repeated-key", "4:1 unknown-key"]),
      (
        "scenario: a\ndistrict: 350112\nbases:\n  - id: b1\n    id: b2\n  - {id: b3, kind: x, kind: labour_base}\n",
        ["5:5 repeated-key", "6:23 repeated-key"]
      ),
      ("scenario: a\n\"district\": 350112\n'district': 350112\n", ["3:1 repeated-key"]),
    ])
  func repeatedKeys(text: String, expected: [String]) {
    #expect(Sample.problems(Sample.read(text)) == expected)
  }

  @Test("What is listed under ignore is skipped, and only that")
  func ignoring() {
    let reading = Sample.scenario(
      """
      ignore: [note, hires.remark, 备注]
      note: anything
      bases: [{id: b1, note: {deep: [1]}, 备注: x}]
      hires:
        - {id: h1, enterprise: e1, start: 2022-01-01, remark: x}
      enterprises: [{id: e1, district: 350112, remark: y}]
      """)
    #expect(Sample.problems(reading) == ["8:42 unknown-fact"])
    let fact = Sample.scenario("ignore: [agency]\nbases: [{id: b1}]")
    #expect(Sample.problems(fact) == ["3:10 ignored-fact"])
    #expect(fact.scenario != nil)
  }

  @Test(
    "The wrong kind of value is said in words",
    arguments: [
      ("- a\n- b\n", ["1:1 not-a-scenario"]), ("just text", ["1:1 not-a-scenario"]), ("", ["1:1 empty-scenario"]),
      ("# only a comment\n", ["1:1 empty-scenario"]), ("~", ["1:1 empty-scenario"]),
      ("scenario: [a]\ndistrict: 350112", ["1:11 wrong-kind"]), ("scenario:\ndistrict: 350112", ["1:10 wrong-kind"]),
      ("scenario: t\ndistrict: 350112\nhires: {id: h1}", ["3:8 wrong-kind"]),
      ("scenario: t\ndistrict: 350112\nhires: [h1, [x]]", ["3:9 not-a-record", "3:13 not-a-record"]),
      ("scenario: t\ndistrict: 350112\nbases: [{id: [a]}]", ["3:14 one-value-wanted"]),
      ("scenario: t\ndistrict: 350112\nbases: [{id: {a: b}}]", ["3:14 wrong-kind"]),
      ("scenario: t\ndistrict: 350112\nvalues: [a]", ["3:9 wrong-kind"]),
      ("scenario: t\ndistrict: 350112\nreadings: {a: [b]}", ["3:15 wrong-kind"]),
      ("scenario: t\ndistrict: 350112\nreadings: {month_end: last}", ["3:23 unknown-choice"]),
      ("scenario: t\ndistrict: nowhere\nas_of: 2024-6", ["2:11 unknown-place", "3:8 not-a-date"]),
      ("scenario: t\ndistrict: 350112\n? [a]\n: b", ["3:3 key-not-text"]),
      ("scenario: t\ndistrict: 350112\n---\na: b", ["3:1 several-documents"]),
      ("scenario: t\ndistrict: [unclosed", ["2:11 yaml"]), ("scenario: a: b\n", ["1:12 yaml"]),
      ("scenario: \"t\n", ["1:11 yaml"]), ("scenario: t\n\tdistrict: 350112", ["2:1 yaml"]), ("a: *x", ["1:4 yaml"]),
      ("scenario: t\ndistrict: 350112\nhires_from: nosuch.csv", ["3:13 unreadable"]),
      ("scenario: t\ndistrict: 350112\nhires_from: .", ["3:13 unreadable"]),
      ("scenario: t\ndistrict: 350112\nhires_from: /dev/zero", ["3:13 unreadable"]),
    ])
  func kinds(text: String, expected: [String]) {
    let reading = Sample.read(text)
    #expect(Sample.problems(reading) == expected, "\(reading.diagnostics.map(\.message.en))")
    #expect(reading.scenario == nil)
  }

  @Test("A fence's lines count from where it stands")
  func fence() {
    let text = "scenario: t\ndistrict: nowhere\nscenario: u\n"
    let reading = Sample.reader.read(text, source: SourceFile(name: "n.md", text: ""), firstLine: 40, folder: "")
    #expect(Sample.problems(reading) == ["41:11 unknown-place", "42:1 repeated-key"])
  }

  @Test("Anchors may share values, but not blow a file up")
  func anchors() {
    let shared = Sample.scenario("bases:\n  - &b {id: b1, county: &c 丹巴县}\n  - {id: b2, county: *c}\n")
    #expect(Sample.column(shared, "bases", "county") == ["513323 丹巴县", "513323 丹巴县"])
    var bomb = "scenario: t\ndistrict: 350112\na0: &a0 [x, x]\n"
    for i in 1...30 { bomb += "a\(i): &a\(i) [\(Array(repeating: "*a\(i - 1)", count: 9).joined(separator: ", "))]\n" }
    bomb += "? *a30\n: x\n"
    #expect(Sample.problems(Sample.read(bomb)).contains { $0.hasSuffix("too-many-aliases") })
    let dates = (0..<200).map { "  - {id: h\($0), date: \($0 == 0 ? "&d 2022-01-01" : "*d")}\n" }.joined()
    #expect(Sample.column(Sample.scenario("exchanges:\n" + dates), "exchanges", "date").count == 200)
  }

  @Test("A record that states its facts in several files has them all")
  func listAndFile() {
    let reading = Sample.scenario(
      "bases:\n  - {id: b9, county: 513323}\nbases_from: b.csv\n",
      csv: ["b.csv": "基地编号,类型,county\nb1,transfer_station,\nb2,,七星关区\n"])
    #expect(Sample.column(reading, "bases", "id") == ["b9", "b1", "b2"])
    #expect(Sample.column(reading, "bases", "kind") == ["labour_base", "transfer_station", "labour_base"])
    #expect(Sample.column(reading, "bases", "county") == ["513323 丹巴县", "not stated", "520502 七星关区"])
    #expect(reading.scenario?.dataset.table("bases")?.origin(2)?.start.line == 3)
    let twice = Sample.scenario(
      "bases:\n  - {id: b1}\nbases_from: b.csv\n", csv: ["b.csv": "id\nb1\nb2\nb2\n"])
    #expect(Sample.problems(twice) == ["b.csv:2:1 repeated-id", "b.csv:4:1 repeated-id"])
  }
}
