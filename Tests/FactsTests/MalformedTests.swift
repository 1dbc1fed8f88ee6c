// Whatever a file holds, reading it ends, and ends in words: no crash, no hang.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Malformed files")
struct MalformedTests {
  /// Reads bytes as a scenario and as bulk files of several lists.
  private static func readAll(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBufferPointer { Sample.reader.read(bytes: $0, name: "x", folder: "") }
    for list in ["hires", "enterprises", "tax_records"] {
      var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places)
      builder.append(list, csvBytes: bytes, as: "x.csv")
      _ = builder.finish()
    }
  }

  @Test(
    "Huge, deep and endless files are refused or read",
    arguments: [
      "[", "{", "- ", "? ", "{a: ", "[{a: ", "\"", "'", "|\n", "&a ", "*a ", "!x ", "a: ", "a", "\u{0}", "\u{7}", ",",
      ",\n", "\n", "\r", "\"\"", "张",
      "a: [", "%", "---\n", "a\n b\n  ", "<<: ", "\t", "9", "id,", "e\u{301}",
    ])
  func repeated(part: String) {
    for count in [1, 3, 10_000, 50_000] { Self.readAll(Array(String(repeating: part, count: count).utf8)) }
  }

  @Test("Ten thousand levels of any kind are refused")
  func deep() {
    var indented = "scenario: t\n"
    for level in 0..<10_000 { indented += String(repeating: " ", count: level) + "a:\n" }
    let flow = "scenario: " + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    let inText = "scenario: \"\n" + String(repeating: "[", count: 10_000)
    for text in [
      indented, flow, String(repeating: "- ", count: 10_000) + "a", String(repeating: "{a: ", count: 10_000), inText,
    ] {
      let reading = Sample.read(text)
      #expect(reading.scenario == nil)
      #expect(!reading.diagnostics.isEmpty)
    }
    #expect(Sample.problems(Sample.read(flow)) == ["1:75 too-deep"])
    // Brackets in a text are only characters.
    let text = Sample.read(
      "scenario: \"" + String(repeating: "[", count: 500) + "\" # " + String(repeating: "{", count: 500)
        + "\ndistrict: 350112\n")
    #expect(text.scenario != nil)
  }

  @Test("Ten megabytes on one line are refused or read")
  func longLine() {
    #expect(
      Sample.problems(Sample.read("scenario: " + String(repeating: "x", count: 10 << 20))) == ["1:1 file-too-large"])
    let long = String(repeating: "x", count: 2 << 20)
    #expect(Sample.read("scenario: \(long)\ndistrict: 350112\n").scenario != nil)
    #expect(Sample.problems(Sample.read("scenario: t\ndistrict: \(long)\n")) == ["2:11 unknown-place"])
    #expect(Sample.problems(Sample.read("scenario: t\ndistrict: 350112\n\(long): 1\n")).count == 1)
    #expect(Sample.problems(Sample.scenario("bases: [{id: b, county: \(long), kind: \(long), \(long): 1}]")).count > 0)
    let cell = Sample.scenario("bases_from: b.csv", csv: ["b.csv": "id,county,\(long)\nb1,\(long),\"\(long)\"\n"])
    #expect(Sample.problems(cell) == ["b.csv:1:11 unknown-column", "b.csv:2:4 unknown-place"])
  }

  @Test("Truncated files are read up to any byte")
  func truncated() {
    let whole = Array(ScenarioTests.full.utf8)
    for length in 0...whole.count { Self.readAll(Array(whole.prefix(length))) }
    let csv = Array("序号,就业单位,start,姓名\nh1,e1,2022/3/1,\"张, \"\"三\"\"\"\r\nh2,e1,2022-01-01,x".utf8)
    for length in 0...csv.count { Self.readAll(Array(csv.prefix(length))) }
  }

  @Test("Files with bytes changed, removed, doubled and exchanged are read", arguments: 0..<8)
  func mutated(seed: Int) {
    var random = Seeded(state: UInt64(seed))
    let yaml = Array(ScenarioTests.full.utf8)
    let csv = Array(
      ("序号,就业单位,start,end,性别,organised,出生年月,毕业时间,monthly_wage,名单\n"
        + "h1,e1,2022/3/1,2022年6月30日,男,是,1985/3,2021年,5000.5,\"a;b\"\nh2,e1,2022-01-01,,,,,,,\n").utf8)
    let marks = Array("[]{}:,-\"'#&*!|>%@`?\n\r\t \0\u{FF}\u{80}0年".utf8)
    for round in 0..<250 {
      var bytes = round % 2 == 0 ? yaml : csv
      for _ in 0...Int.random(in: 0...6, using: &random) {
        guard !bytes.isEmpty else { break }
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...4, using: &random) {
        case 0: bytes[at] = marks[Int.random(in: 0..<marks.count, using: &random)]
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(marks[Int.random(in: 0..<marks.count, using: &random)], at: at)
        case 3: bytes[at] = UInt8.random(in: 0...255, using: &random)
        default:
          let end = min(bytes.count, at + Int.random(in: 0...40, using: &random))
          bytes.insert(contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      Self.readAll(bytes)
    }
  }

  @Test("A file with errors yields no scenario, and every error has words in both languages")
  func words() {
    var random = Seeded(state: 99)
    let values = [
      "", "x", "-1", "1e9", "99999999999999999999", "2022-13-01", "鼓楼区", "[a, b]", "{a: b}", "~", "\"\"", "true",
      "0.001", "e1",
    ]
    let keys = Contract.dictionary.lists.flatMap { list in list.fields.map(\.name) } + ["idd", "张三", "-"]
    for _ in 0..<300 {
      var text = "scenario: t\ndistrict: 350112\n"
      for list in Contract.dictionary.lists.shuffled(using: &random).prefix(4) {
        text += "\(list.name):\n"
        for _ in 0..<3 {
          let used = Set(
            (0..<5).compactMap { _ in
              (Bool.random(using: &random) ? list.fields.map(\.name) : keys).randomElement(using: &random)
            })
          text +=
            "  - {"
            + used.sorted().map { "\"\($0)\": \(values.randomElement(using: &random) ?? "")" }.joined(separator: ", ")
            + "}\n"
        }
      }
      let reading = Sample.read(text)
      let errors = reading.diagnostics.filter { $0.severity == .error }
      #expect(errors.isEmpty == (reading.scenario != nil))
      for d in reading.diagnostics {
        #expect(!d.message.en.isEmpty && !d.message.zh.isEmpty && d.hint != nil && d.location != nil, "\(d.code)")
        #expect(d.message.en.utf8.count < 400)
      }
    }
  }
}
