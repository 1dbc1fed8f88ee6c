// Identity numbers: what is written around them, the shorter ones, what is wrong with one, and what a right one gives.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Identity numbers")
struct IdentityTests {
  static let enterprise = "enterprises: [{id: e, district: 350112}]\n"
  static let right = "11010519491231002X"

  /// One record with a number, by each of the ways in which records come.
  static func readings(_ number: String, _ more: String = "", _ value: String = "") -> [ScenarioReader.Outcome] {
    let quoted = "\"" + number.replacing("\"", with: "\"\"") + "\""
    let csv =
      "id,worker,worker_id,enterprise,start\(more.isEmpty ? "" : ",\(more)")\n"
      + "a,甲,\(quoted),e,2022-03-01\(more.isEmpty ? "" : ",\(value)")\n"
    let yaml = number.replacing("'", with: "''")
    return [
      Sample.scenario(enterprise + "hires_from: h.csv\n", csv: ["h.csv": csv]),
      Sample.scenario(
        enterprise + "hires: [{id: a, worker: 甲, worker_id: '\(yaml)', enterprise: e, start: 2022-03-01"
          + (more.isEmpty ? "" : ", \(more): \(value)") + "}]\n"),
    ]
  }

  @Test(
    "What offices write in and around a number is taken out, and said",
    arguments: [
      "110105 19491231 002X", "'11010519491231002X", "=\"11010519491231002X\"", "`11010519491231002X",
      "110105-19491231-002X", "１１０１０５１９４９１２３１００２Ｘ", "‘11010519491231002X’",
    ])
  func filled(number: String) {
    for reading in Self.readings(number) {
      #expect(Sample.column(reading, "hires", "person") == [Self.right])
      #expect(reading.diagnostics.map(\.code).contains("read-as"))
      #expect(!reading.diagnostics.contains { $0.severity != .note }, "\(reading.diagnostics.map(\.message.en))")
      // Nobody's number stands in a message.
      #expect(!reading.diagnostics.contains { $0.message.zh.contains("19491231") })
    }
  }

  @Test("15 digits are completed to 18, so that both are one person")
  func short() {
    for reading in Self.readings("110105491231002") {
      #expect(Sample.column(reading, "hires", "person") == [Self.right])
      #expect(Sample.column(reading, "hires", "born") == ["1949-12-31"])
      #expect(reading.diagnostics.first { $0.code == "read-as" }?.message.zh.contains("15 位") == true)
    }
  }

  @Test("A word in place of a number is told, and the name is the key")
  func word() {
    for reading in Self.readings("暂住证") {
      #expect(reading.diagnostics.first { $0.code == "identity-number" }?.message.zh.contains("1 处写的是文字") == true)
      #expect(Sample.column(reading, "hires", "person") == ["甲"])
    }
  }

  @Test(
    "A number that cannot be is kept and told with its place",
    arguments: [
      ("110105194912310021", "校验位"), ("11010519491331002X", "出生日期"), ("1101051949123100", "18 位"),
      ("99010519491231002X", "省份"), ("HK-12345", "不是身份证号"),
    ])
  func faulty(number: String, word: String) {
    for reading in Self.readings(number) {
      let told = reading.diagnostics.filter { $0.code == "identity-number" }
      #expect(told.count == 1 && told[0].severity == .warning, "\(reading.diagnostics.map(\.message.en))")
      #expect(told.first?.message.zh.contains(word) == true, "\(told.first?.message.zh ?? "")")
      #expect(Sample.column(reading, "hires", "person") == [number.uppercased()])
      #expect(Sample.column(reading, "hires", "sex") == ["not stated"])
    }
  }

  @Test("Words for nothing make nobody one person", arguments: ["暂缺", "待补", "不详", "?", "'无", "补办中"])
  func nothing(word: String) {
    for reading in Self.readings(word) {
      #expect(Sample.column(reading, "hires", "person") == ["甲"])
      #expect(!reading.diagnostics.contains { $0.severity != .note }, "\(reading.diagnostics.map(\.message.en))")
    }
  }

  @Test("Sex and birth are the number's where no column states them, which is said")
  func given() {
    for reading in Self.readings(Self.right) {
      #expect(Sample.column(reading, "hires", "sex") == ["female"])
      #expect(Sample.column(reading, "hires", "born") == ["1949-12-31"])
      #expect(reading.diagnostics.map(\.code) == ["identity-facts"])
      #expect(reading.scenario?.dataset.table("hires")?.unstated["sex"] == nil)
    }
  }

  @Test("What a column says counts, and a number that says otherwise is told")
  func contradicted() {
    for reading in Self.readings(Self.right, "sex", "male") {
      #expect(Sample.column(reading, "hires", "sex") == ["male"])
      #expect(reading.diagnostics.filter { $0.severity == .warning }.map(\.code) == ["identity-number"])
    }
    for reading in Self.readings(Self.right, "born", "1949-12") {
      #expect(!reading.diagnostics.contains { $0.severity == .warning })
    }
    for reading in Self.readings(Self.right, "born", "1950-01") {
      #expect(reading.diagnostics.filter { $0.severity == .warning }.map(\.code) == ["identity-number"])
    }
  }

  @Test("The home of record is the number's on request only")
  func origin() {
    let csv = "id,worker_id,enterprise,start\na,52050219900101001X,e,2022-03-01\n"
    let plain = Sample.scenario(Self.enterprise + "hires_from: h.csv\n", csv: ["h.csv": csv])
    #expect(Sample.column(plain, "hires", "origin") == ["not stated"])
    let asked = Sample.scenario(
      Self.enterprise + "columns: {hires: {from_number: origin}}\nhires_from: h.csv\n",
      csv: ["h.csv": csv.replacing("52050219900101001X", with: "52050219900101001X")])
    #expect(Sample.column(asked, "hires", "origin")[0].contains("520502"), "\(asked.diagnostics.map(\.message.en))")
    let wrong = Sample.scenario(Self.enterprise + "columns: {hires: {from_number: start}}\n")
    #expect(wrong.diagnostics.map(\.code) == ["wrong-kind"])
  }

  @Test("The same man written four ways is one, and his spell stands twice")
  func fourWays() {
    let rows = ["11010519491231002X", "110105 19491231 002x", "110105491231002", "'11010519491231002X"]
    let csv =
      "id,worker,worker_id,enterprise,start\n"
      + rows.enumerated().map { "h\($0),张 三,\($1),e,2022-03-01\n" }.joined()
    let reading = Sample.scenario(Self.enterprise + "hires_from: h.csv\n", csv: ["h.csv": csv])
    #expect(Set(Sample.column(reading, "hires", "person")) == [Self.right])
    #expect(Set(Sample.column(reading, "hires", "worker")) == ["张三"])
    #expect(reading.diagnostics.map(\.code).contains("repeated-spell"))
  }

  @Test("Many faults are one line with three places")
  func grouped() {
    let csv =
      "id,worker_id,enterprise,start\n"
      + (1...50).map { "h\($0),\(100 + $0),e,2022-03-01\n" }.joined()
    let reading = Sample.scenario(Self.enterprise + "hires_from: h.csv\n", csv: ["h.csv": csv])
    let told = reading.diagnostics.filter { $0.code == "identity-number" }
    #expect(told.count == 1)
    #expect(told.first?.message.en.contains("50 texts") == true)
    #expect(told.first?.message.en.hasSuffix("line 2, line 3, line 4, …") == true, "\(told.first?.message.en ?? "")")
  }
}
