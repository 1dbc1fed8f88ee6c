// Who is who, days that stand for "none", blanks, and places of county level, by the examples of the contract's second
// edition.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Persons, open ends, blanks, counties")
struct PersonTests {
  private static let enterprise = "enterprises: [{id: e, district: 350112}]\n"

  private static func persons(_ hires: String) -> ScenarioReader.Outcome {
    Sample.scenario(enterprise + "hires:\n" + hires)
  }

  @Test("Numbers are persons in either case, a name without one is another, and both are told of")
  func numbers() {
    let reading = Self.persons(
      """
        - {id: a, worker: 李四, worker_id: 35011219900101001x, enterprise: e, start: 2023-03-01}
        - {id: b, worker: 李思, worker_id: 35011219900101001X, enterprise: e, start: 2023-03-02}
        - {id: c, worker: 李四, enterprise: e, start: 2023-03-03}
      """)
    #expect(
      reading.diagnostics.map(\.code)
        == ["one-number-several-names", "one-name-several-numbers", "identity-number", "overlapping-spells"])
    #expect(!reading.diagnostics.contains { $0.severity == .error })
    guard let table = reading.scenario?.dataset.table("hires"),
      case .int32(let persons)? = table.columns["person"]?.data
    else {
      Issue.record("no column of persons")
      return
    }
    #expect(persons[0] == persons[1])
    #expect(persons[0] != persons[2])
    #expect(Sample.column(reading, "hires", "person") == ["35011219900101001X", "35011219900101001X", "李四"])
  }

  @Test("A number and a name that read the same are two persons")
  func apart() {
    let reading = Self.persons(
      """
        - {id: a, worker_id: X1, enterprise: e, start: 2023-03-01}
        - {id: b, worker: X1, enterprise: e, start: 2023-03-02}
      """)
    guard case .int32(let persons)? = reading.scenario?.dataset.table("hires")?.columns["person"]?.data else {
      Issue.record("no column of persons")
      return
    }
    #expect(persons[0] != persons[1])
  }

  @Test("Numbers that a spreadsheet has cut are refused", arguments: ["3.50182E+17", "3.5e17"])
  func scientific(number: String) {
    let reading = Self.persons("  - {id: a, worker: 张三, worker_id: \(number), enterprise: e, start: 2023-03-01}\n")
    #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.code) == ["cut-number"])
    #expect(reading.diagnostics.first?.message.en.contains("Excel") == true)
  }

  @Test("Of 18 digits that end in 000, only under several names")
  func noughts() {
    let two = Self.persons(
      """
        - {id: a, worker: 张三, worker_id: 350112199001010000, enterprise: e, start: 2023-03-01}
        - {id: b, worker: 李四, worker_id: 350112199001010000, enterprise: e, start: 2023-03-02}
      """)
    #expect(two.diagnostics.filter { $0.severity == .error }.map(\.code) == ["cut-number", "cut-number"])
    let one = Self.persons("  - {id: a, worker: 张三, worker_id: 350112199001010000, enterprise: e, start: 2023-03-01}\n")
    #expect(one.diagnostics.map(\.code) == ["identity-facts"])
  }

  @Test("A last day of 9999-12-31 is none, counted by file; one far off is taken and told of")
  func openEnds() {
    let reading = Sample.scenario(
      Self.enterprise + """
        hires:
          - {id: a, enterprise: e, start: 2023-03-01, end: 9999-12-31}
          - {id: b, enterprise: e, start: 2023-03-01, end: 2033-03-02}
          - {id: c, enterprise: e, start: 2023-03-01, end: 2033-03-01}
        hires_from: h.csv
        """, csv: ["h.csv": "id,enterprise,start,end\nd,e,2023-03-01,2099/12/31\n"])
    #expect(Sample.column(reading, "hires", "end") == ["none", "2033-03-02", "2033-03-01", "none"])
    #expect(reading.diagnostics.map(\.code).sorted() == ["far-last-day", "no-last-day", "no-last-day"])
  }

  @Test("White space of any kind around ids, texts and keys is none")
  func blanks() {
    let csv = "id,enterprise,start,worker\n\u{FEFF}\u{200B}h\u{3000},\u{A0}e\u{2060},2023-03-01,\u{3000}王一\u{2003}\n"
    let reading = Sample.scenario(
      "enterprises: [{\"id\u{3000}\": \"e\u{3000}\", district: 350112}]\nhires_from: h.csv\n", csv: ["h.csv": csv])
    #expect(Sample.problems(reading) == [])
    #expect(Sample.column(reading, "hires", "id") == ["h"])
    #expect(Sample.column(reading, "hires", "worker") == ["王一"])
    let repeated = Sample.scenario("enterprises: [{id: \"e\", district: 350112}, {id: \"e \", district: 350112}]\n")
    #expect(repeated.diagnostics.map(\.code) == ["repeated-id"])
  }

  @Test("A prefecture is no county, and the counties within it are named")
  func counties() {
    let reading = Sample.scenario("bases: [{id: b, county: 350100}]\n")
    #expect(reading.diagnostics.map(\.code) == ["not-a-county"])
    #expect(reading.diagnostics.first?.hint?.en.contains("350102 鼓楼区, 350112 长乐区") == true)
    #expect(Sample.problems(Sample.scenario("bases: [{id: b, county: 513323}]\n")) == [])
  }

  @Test("A cohort states no worker")
  func cohorts() {
    let reading = Sample.scenario(
      Self.enterprise
        + "cohorts:\n  - {id: c, count: 2, hire: {enterprise: e, worker: W, worker_id: X}, start: 2022-03-01}\n")
    #expect(reading.diagnostics.map(\.code) == ["not-of-a-cohort", "not-of-a-cohort"])
  }
}
