import Commands
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

/// A session over a scenario in a folder of its own.
final class Bench {
  let session: Session
  let folder: URL

  init(_ scenario: String = Bench.edge, policies: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "workbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let library = Library(
      files: policies.enumerated().map { SourceFile(name: "own-\($0.offset).md", text: $0.element) })
    session = Session(library: library)
    let path = path("s.yaml")
    try scenario.write(toFile: path, atomically: true, encoding: .utf8)
    let answer = session.load(path: path)
    try #require(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  /// All answers to a text.
  @discardableResult
  func ask(_ text: String, keepGoing: Bool = false) -> [Answer] {
    var answers: [Answer] = []
    session.play(SourceFile(name: "test", text: text), keepGoing: keepGoing) {
      answers.append($0)
      return true
    }
    return answers
  }

  /// The last object of a kind among the answers to a text.
  func object(_ kind: String, _ text: String) throws -> JSONValue {
    let answers = ask(text)
    let problems = answers.flatMap(\.diagnostics).map(\.message.en)
    return try #require(answers.flatMap(\.json).last { $0["kind"] == .string(kind) }, "\(problems)")
  }

  func total(_ text: String) throws -> String {
    guard case .string(let total)? = try object("budget", text)["total"] else { return "" }
    return total
  }

  /// The code of the first mistake.
  func mistake(_ text: String) throws -> Diagnostic {
    try #require(ask(text).flatMap(\.diagnostics).first, "\(text) is accepted")
  }

  /// A hundred workers of one agency, who all stay: 100 x (300 + 300) = 60,000 yuan (changle-2022, 三（二）).
  static let edge = """
    scenario: 一百人 · A hundred
    district: 350112
    enterprises:
      - {id: k, district: 350112, lists: [leading_2021]}
    agencies:
      - {id: q, name: Q, district: 350112, filed: true}
      - {id: r, district: 350112, filed: true}
    cohorts:
      - {id: h, count: 100, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01}
    """
}

@Suite("Sessions")
struct SessionTests {
  @Test("a hundred settled workers cost 60,000 yuan under 三（二）")
  func theMainJob() throws {
    let bench = try Bench()
    let budget = try bench.object("budget", "run changle-2022")
    #expect(
      budget["total"] == .string("60000.00") && budget["mode"] == .string("enacted")
        && budget["home"] == .string("350112"))
    #expect(budget["programme"] == .strings(["changle-2022"]))
    guard case .array(let measures)? = budget["measures"] else { throw Bench.Missing() }
    #expect(measures.count == 1)
    #expect(measures.first?["measure"] == .string("changle-2022.agency_reward"))
    #expect(measures.first?["article"] == .string("三（二）"))
    #expect(measures.first?["payments"] == .int(200) && measures.first?["beneficiaries"] == .int(1))
  }

  @Test("without a programme everything in force in the district is run")
  func inForce() throws {
    let bench = try Bench()
    #expect(
      try bench.object("budget", "run")["programme"] == .strings(["changle-2022", "changle-2020", "fuzhou-2021"]))
    #expect(try bench.total("run") == "60000.00")
  }

  @Test("`with` holds once, `set` until undone, `default` takes back")
  func settings() throws {
    let bench = try Bench()
    #expect(try bench.total("with rate_3m = 400 yuan run") == "70000.00")
    #expect(try bench.total("run") == "60000.00")
    #expect(try bench.total("set rate_3m = 400; run") == "70000.00")
    #expect(try bench.total("with rate_3m = default run") == "60000.00")
    #expect(try bench.total("undo; run") == "60000.00")
    #expect(try bench.total("redo; run") == "70000.00")
    #expect(try bench.total("set rate_3m = default; run") == "60000.00")
    #expect(try bench.total("undo 2; run") == "60000.00")
    #expect(try bench.total("reset; run") == "60000.00")
  }

  @Test("readings may be set for everything, one document or one measure")
  func readings() throws {
    let bench = try Bench()
    // By the Civil Code's clock a spell without end is just as stable; by persons or by hires it is the same here.
    #expect(try bench.total("with changle-2022.clock = anniversary run") == "60000.00")
    #expect(try bench.total("with changle-2022.agency_reward.window_on = accrual run") == "60000.00")
    #expect(try bench.total("with changle-2022.threshold_means = full_hundreds run") == "60000.00")
    #expect(try bench.total("with agency_reward.sending_regions = named run") == "60000.00")
  }

  @Test(
    "names that do not resolve say why",
    arguments: [
      ("set rate_3n = 4", "unknown-name"), ("set threshold = 80", "ambiguous-name"),
      ("set rate_3m = 4 months", "wrong-unit"),
      ("set window_on = strat", "unknown-choice"), ("run changle-2023", "unknown-document"),
      ("payments agency_rewards", "unknown-measure"),
      ("show nothing_of_the_sort", "unknown-thing"), ("explain nobody", "unknown-subject"),
      ("use other", "unknown-scenario"),
      ("undo 1; undo", "nothing-to-undo"), ("redo", "nothing-to-undo"), ("load /no/such/file.yaml", "unreadable"),
      ("source /no/such/file", "unreadable"),
      ("set rate_3m = none", "none-here"), ("list colours", "unknown-list"),
      ("run into /no/such/folder/x.csv", "unwritable"),
    ])
  func mistakes(text: String, code: String) throws {
    let bench = try Bench()
    #expect(try bench.mistake(text).code == code)
  }

  @Test("a value shows which of two namesakes is meant")
  func namesakes() throws {
    let bench = try Bench()
    #expect(
      try bench.object("setting", "set months_paid = actual")["name"]
        == .string("changle-2022.student_internship.months_paid"))
    #expect(
      try bench.object("setting", "set months_paid = 6")["name"]
        == .string("changle-2022.specialist_allowance.months_paid"))
  }

  @Test("a file with errors leaves the session as it was")
  func loadingFails() throws {
    let bench = try Bench()
    let path = bench.path("bad.yaml")
    try "scenario: x\ndistrict: 350112\nvalues: {minimum_wages: 4}\nreadings: {clock: sun}\nhires:\n  - {id: 1}\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    #expect(bench.ask("load \(path)").first?.failed == true)
    try "scenario: x\ndistrict: 350112\nvalues: {minimum_wages: 4}\nreadings: {clock: sun}\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    let problems = bench.ask("load \(path)").flatMap(\.diagnostics)
    #expect(problems.map(\.code) == ["unknown-name", "unknown-choice"])
    #expect(problems.map { $0.location?.start.line } == [3, 4])
    #expect(try bench.total("run") == "60000.00")
  }

  @Test("payments come in the order of date, measure, beneficiary, subject, and go into a file")
  func payments() throws {
    let bench = try Bench()
    let path = bench.path("out.csv")
    guard case .array(let rows)? = try bench.object("payments", "run; payments")["payments"] else {
      throw Bench.Missing()
    }
    #expect(rows.count == 200)
    #expect(
      rows.first?["subject"] == .string("h-1") && rows[1]["subject"] == .string("h-10")
        && rows[2]["subject"] == .string("h-100"))
    #expect(rows.first?["date"] == .string("2022-06-01") && rows.last?["date"] == .string("2022-09-01"))
    bench.ask("payments into \(path)")
    let csv = try String(contentsOfFile: path, encoding: .utf8)
    #expect(csv.hasPrefix("measure,beneficiary,subject,date,amount,status,upper_bound\r\n"))
    #expect(csv.split(separator: "\r\n").count == 201)
  }

  @Test("as_of parts due from pending")
  func dates() throws {
    let bench = try Bench()
    let budget = try bench.object("budget", "with as_of = 2022-08-31 run")
    #expect(budget["due"] == .string("30000.00") && budget["pending"] == .string("30000.00"))
    #expect(try bench.object("budget", "set as_of = 2022年8月31日; run")["due"] == .string("30000.00"))
    #expect(try bench.object("budget", "set as_of = none; run")["due"] == .string("60000.00"))
  }

  @Test("budgets compare against the first, as adopted")
  func comparison() throws {
    let bench = try Bench()
    let comparison = try bench.object(
      "comparison", "compare changle-2022, jindong-2021 + changle-2022, fuzhou-2021 by year")
    guard case .array(let columns)? = comparison["columns"], case .array(let rows)? = comparison["rows"] else {
      throw Bench.Missing()
    }
    #expect(columns.count == 3 && columns.allSatisfy { $0["mode"] == .string("adopted") })
    #expect(columns[0]["total"] == .string("60000.00"))
    #expect(rows.first?["key"] == .string("2022"))
  }

  @Test("explanations add up to the payments, and why not says how far off")
  func explanations() throws {
    let bench = try Bench()
    guard case .array(let measures)? = try bench.object("explanation", "explain h-17 agency_reward")["measures"],
      case .array(let payments)? = measures.first?["payments"]
    else { throw Bench.Missing() }
    #expect(payments.map { $0["amount"] } == [.string("300.00"), .string("300.00")])
    let answer = try bench.object("why_not", "with agency_reward.threshold = 103 why not agency_reward for q")
    #expect(answer["paid"] == .bool(false))
    guard case .array(let failing)? = answer["failing"] else { throw Bench.Missing() }
    #expect(failing.contains { "\($0["gap"] ?? .null)".contains("3 short") })
  }

  @Test("a session is saved as a script without what was undone, and played again")
  func scripts() throws {
    let bench = try Bench()
    let path = bench.path("steps.cesuan")
    bench.ask("set rate_3m = 400; set rate_6m = 1; undo; run; save \(path)")
    let script = try String(contentsOfFile: path, encoding: .utf8)
    #expect(script.contains("set rate_3m = 400") && !script.contains("rate_6m"))
    let other = try Bench()
    #expect(try other.total("source \(path)") == "70000.00")
    try "source \(path)\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try other.mistake("source \(path)").code == "too-deep")
  }

  @Test("everything that is listed can be shown")
  func listsAndPages() throws {
    let bench = try Bench()
    for listing in Listing.allCases { #expect(bench.ask("list \(listing.rawValue)").first?.failed == false) }
    for thing in [
      "changle-2022", "agency_reward", "三（二）", "h-17", "q", "rate_3m", "window_on", "minimum_wage", "hires", "as_of",
      "k", "changle-2022.window_on",
    ] {
      let answer = try #require(bench.ask("show \(thing)").first)
      #expect(!answer.failed && !answer.document.isEmpty && !answer.json.isEmpty, "\(thing)")
    }
    for form in WorkbenchCommands.vocabulary.forms { #expect(bench.ask("help \(form.name)").first?.failed == false) }
    #expect(bench.ask("list hires; help; help words; history").allSatisfy { !$0.failed })
  }

  @Test("a script stops at its first mistake unless it is to go on")
  func stopping() throws {
    let bench = try Bench()
    #expect(bench.ask("run; nonsense; run").count == 2)
    #expect(bench.ask("run; nonsense; run", keepGoing: true).count == 3)
  }
}

extension Bench {
  struct Missing: Error {}
}
