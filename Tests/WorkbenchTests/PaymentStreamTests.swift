import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Reports
import Synchronization
import Testing
import View

@testable import Workbench

/// Small ledgers over people and clubs with given ids.
enum StreamSample {
  static let rules = """
    # Sample

    ```policy
    list clubs, each a club
      title "Clubs" zh "社团"
      field id text required

    list people, each a person
      title "People" zh "人员"
      begins start
      field id text required
      field club reference to clubs required
      field sponsor text default id
      field start date required
      field fee money required

    list visits, each a visit
      title "Visits" zh "来访"
      begins day
      field host reference to clubs required
      field day date required

    document NAME
      title "Sample" zh "样例"
      jurisdiction 110000
      issued 2020-01-01
      higher "only the higher"

    measure zeal
      title "Zeal" zh "热心"
      article "一"
      kind zeal
      param rate = RATE yuan
      for each person
      every record
      pay person rate on start
      pay sponsor at most fee on start
      quota 12 in all
      ordered by start

    measure gathering
      title "Gathering" zh "聚集"
      article "二"
      kind gathering
      for each club, each year
      count joined = people of club
      pay club 3 yuan for each joined
      pay club 5 yuan on 1 July of year

    measure visits
      title "Visits" zh "来访"
      article "三"
      kind visits
      for each visit
      every record
      pay host 9.5 yuan on day
    ```
    """

  static func ledger(_ ids: [String], asOf: Day? = nil) throws -> Ledger {
    let places = Gazetteer(table: "code,name\n110000,北京市\n")
    var dictionary = FactDictionary()
    var documents: [CheckedDocument] = []
    var problems: [Diagnostic] = []
    for (name, rate) in [("zoo", "4"), ("ark", "6.01")] {
      var text = rules.replacing("NAME", with: name).replacing("RATE", with: rate)
      if name != "zoo", let begin = text.range(of: "list clubs"), let end = text.range(of: "document ark") {
        text.removeSubrange(begin.lowerBound..<end.lowerBound)
      }
      let (syntax, mistakes) = PolicyParser.parse(document: SourceFile(name: "\(name).md", text: text))
      let (document, wrong) = Checker.check(syntax, dictionary: &dictionary, places: places)
      problems += mistakes + wrong
      documents.append(try #require(document))
    }
    var builder = DatasetBuilder(dictionary: dictionary, places: places)
    for id in ids { builder.append("clubs", [StatedValue("id", "k" + id)]) }
    for (i, id) in ids.enumerated() {
      let day = Day(number: Int32(18_900 + (i * 7) % 11)).text
      builder.append(
        "people",
        [
          StatedValue("id", id), StatedValue("club", "k" + ids[(i * 3) % ids.count]),
          StatedValue("sponsor", "s" + ids[(i * 5) % ids.count]),
          StatedValue("start", day), StatedValue("fee", "\(i % 3 == 0 ? "0.0" : "123456.")\(i % 10)"),
        ])
      builder.append("visits", [StatedValue("host", "k" + id), StatedValue("day", day)])
    }
    let (dataset, wrong) = builder.finish()
    #expect((problems + wrong).filter { $0.severity == .error }.map(\.message.en) == [])
    var settings = RunSettings()
    settings.mode = .adopted
    settings.asOf = asOf
    let source = SourceFile(name: "sample.md", text: rules)
    let scenario = Scenario(
      title: "t", district: 0, asOf: asOf, documents: nil, values: [], readings: [], dataset: dataset, source: source)
    return Engine.run(documents, scenario: scenario, settings: settings)
  }

  /// Records made the plain way: one text, made harmless as a whole.
  static func csv(_ list: PaymentList) -> String {
    func field(_ given: String) -> String {
      let text = given.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true ? "'" + given : given
      guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
      return "\"" + String(String.UnicodeScalarView(text.unicodeScalars.flatMap { $0 == "\"" ? ["\"", "\""] : [$0] }))
        + "\""
    }
    var out = "measure,beneficiary,subject,date,amount,status,upper_bound\r\n"
    for i in 0..<list.count {
      let e = list[i]
      let fields = [
        e.measure.id, field(e.beneficiary), field(e.subject), e.date.text, Figures.money(fen: e.amount, grouped: false),
        e.status.rawValue, "\(e.isUpperBound)",
      ]
      out += fields.joined(separator: ",") + "\r\n"
    }
    return Harmless.text(out)
  }

  static func json(_ list: PaymentList) -> JSONValue {
    let payments: [JSONValue] = (0..<list.count).map { i in
      let e = list[i]
      var members: [JSONValue.Member] = [
        .init("measure", .string(e.measure.id)), .init("beneficiary", .string(e.beneficiary)),
        .init("subject", .string(e.subject)),
        .init("date", .string(e.date.text)), .init("amount", .money(fen: e.amount)),
        .init("status", .string(e.status.rawValue)),
        .init("upper_bound", .bool(e.isUpperBound)),
      ]
      if let other = e.displacedBy { members.append(.init("displaced_by", .string(other.id))) }
      return .object(members)
    }
    return ["kind": "payments", "payments": .array(payments)]
  }

  static func written(
    _ list: PaymentList, _ form: PaymentWriter.Form, threads: Int = 2, blockSize: Int = 1 << 20, limit: Int? = nil
  ) throws -> [UInt8] {
    var writer = PaymentWriter(list, as: form)
    writer.threads = threads
    writer.blockSize = blockSize
    var bytes: [UInt8] = []
    let request = AnswerStream.Request(form == .csv ? .csv : .json, limit: limit)
    try writer.write(request) { bytes.append(contentsOf: $0) }
    return bytes
  }
}

@Suite("Payments in blocks")
struct PaymentStreamTests {
  static let plain = (0..<30).map { "h\($0 * 37 % 100)" }
  static let odd = [
    "a\"b", "comma, here", "line\nfeed", "both\r\n", "tab\there", "esc\u{1B}[31m", "del\u{7F}", "nul\0", "c1\u{85}",
    "rtl\u{202E}x",
    "isolate\u{2066}", "alm\u{61C}", "dash — dash", "中文，逗号", "back\\slash", "é", "\u{1F600}", "'quoted'", "£ and ¥",
    "ظ", " blank ",
    "line\u{2028}separator", "@2022", "a@2022",
  ]
  static let returns = ["a\rb", "\rc", "d\r", "x,y", "e\r\n"]

  static let cases: [[String]] = [
    plain, odd, returns, returns + ["—"], returns + ["\u{1B}"], plain + returns, ["only"], odd + plain + returns,
    (0..<400).map { "人\($0 * 7919 % 1009)" + odd[$0 % odd.count] },
  ]

  @Test("have the bytes of a text made as a whole, by any threads, in blocks of any size", arguments: cases.indices)
  func bytes(number: Int) throws {
    for asOf in [nil, Day(number: 18_905)] {
      let list = PaymentList(try StreamSample.ledger(Self.cases[number], asOf: asOf))
      let (csv, json) = (Array(StreamSample.csv(list).utf8), Array((StreamSample.json(list).line + "\n").utf8))
      if Self.cases[number].count > 20 {
        #expect(
          Set((0..<list.count).map { list[$0].status.rawValue }).isSuperset(of: ["displaced", "over_quota", "due"]))
        #expect(
          (0..<list.count).contains { list[$0].isUpperBound }
            && (0..<list.count).contains { list[$0].subject.hasSuffix("@2021") })
      }
      for threads in 1...3 {
        for blockSize in [1, 100, 1000, 1 << 20] {
          #expect(try StreamSample.written(list, .csv, threads: threads, blockSize: blockSize) == csv)
          #expect(try StreamSample.written(list, .json, threads: threads, blockSize: blockSize) == json)
        }
      }
    }
  }

  @Test("are the same where a day has more of them than are looked up together")
  func crowded() throws {
    let list = PaymentList(try StreamSample.ledger((0..<9000).map { "\($0 * 7919 % 9001)" }))
    #expect(try #require(list.order()).numbers.count > 11 * PaymentBatch.limit)
    let csv = Array(StreamSample.csv(list).utf8)
    #expect(try StreamSample.written(list, .csv) == csv)
    #expect(try StreamSample.written(list, .csv, threads: 1, blockSize: 1 << 23) == csv)
  }

  @Test("of an object have as many entries as wanted, and say so")
  func limits() throws {
    let list = PaymentList(try StreamSample.ledger(Self.plain))
    for limit in [0, 1, 59, list.count - 1, list.count, list.count + 1] {
      let expected = StreamSample.json(list).shortened(to: limit).line + "\n"
      #expect(try StreamSample.written(list, .json, blockSize: 300, limit: limit) == Array(expected.utf8))
      #expect(try StreamSample.written(list, .csv, limit: limit) == Array(StreamSample.csv(list).utf8))
    }
  }

  @Test("figures are those of every other text", arguments: [0, 1, -1, 99, 100, -100, 123_456, .max, .min] as [Int64])
  func figures(fen: Int64) {
    var block = ByteBlock(capacity: 1)
    block.append(fen: fen)
    block.append(fen)
    #expect(Array(block.contents) == Array((Figures.money(fen: fen, grouped: false) + "\(fen)").utf8))
  }

  @Test("stop where the sink fails or somebody wants them to")
  func stopping() throws {
    struct Full: Error {}
    let list = PaymentList(try StreamSample.ledger(Self.plain))
    for threads in 1...2 {
      var writer = PaymentWriter(list, as: .csv)
      (writer.threads, writer.blockSize) = (threads, 200)
      var blocks = 0
      #expect(throws: Full.self) {
        try writer.write(AnswerStream.Request(.csv)) { _ in
          blocks += 1
          if blocks == 5 { throw Full() }
        }
      }
      #expect(blocks == 5)
      let isCancelled = Atomic(false)
      blocks = 0
      #expect(throws: AnswerStream.Interrupted.self) {
        try writer.write(AnswerStream.Request(.csv, isCancelled: { isCancelled.load(ordering: .relaxed) })) { _ in
          blocks += 1
          if blocks == 3 { isCancelled.store(true, ordering: .relaxed) }
        }
      }
      #expect(blocks == 3)
    }
  }
}

@Suite("Payments in files")
struct PaymentFileTests {
  @Test("a file has what the answer shows, and its lines are counted")
  func files() throws {
    let bench = try Bench()
    for (ending, format) in [("csv", OutputFormat.csv), ("json", .json)] {
      let path = bench.path("out." + ending)
      let answers = bench.ask("run; payments; payments into \(path)")
      let text = AnswerRenderer(format: format).render(answers[1])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
      #expect(answers[2].json.first?["lines"] == .int(format == .csv ? 201 : 1))
      #expect(
        text
          == (format == .csv
            ? StreamSample.csv(PaymentList(try #require(bench.session.last).ledger)) : answers[1].json[0].line + "\n"))
    }
    #expect(bench.ask("last as csv").first?.format == .csv)
  }

  @Test("progress is told up to the end")
  func progress() throws {
    let bench = try Bench()
    bench.ask("run")
    let told = Mutex<[Double]>([])
    bench.session.progress = { share in told.withLock { $0.append(share) } }
    bench.ask("payments into \(bench.path("out.csv"))")
    #expect(told.withLock { $0.last } == 1)
  }

  @Test("one that is stopped leaves the old file, and nothing beside it")
  func stopped() throws {
    let bench = try Bench()
    bench.ask("run; payments into \(bench.path("out.csv"))")
    let before = try String(contentsOfFile: bench.path("out.csv"), encoding: .utf8)
    bench.session.isCancelled = { true }
    for name in ["out.csv", "other.csv"] {
      let answer = try #require(bench.ask("payments into \(bench.path(name))").first)
      #expect(answer.failed && answer.diagnostics.map(\.code) == ["interrupted"])
    }
    #expect(try String(contentsOfFile: bench.path("out.csv"), encoding: .utf8) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bench.folder.path(percentEncoded: false)).sorted() == [
        "out.csv", "s.yaml",
      ])
  }

  @Test("a file that cannot be written is told with its reason, and a device takes it as it stands")
  func unwritable() throws {
    let bench = try Bench()
    bench.ask("run")
    #expect(bench.ask("payments into \(bench.path("no/out.csv"))").first?.diagnostics.map(\.code) == ["unwritable"])
    let full = try #require(bench.ask("payments into /dev/full as csv").first)
    #expect(full.failed && full.diagnostics.map(\.code) == ["unwritable"])
    #expect(bench.ask("payments into /dev/null as csv").first?.json.first?["lines"] == .int(201))
  }
}
