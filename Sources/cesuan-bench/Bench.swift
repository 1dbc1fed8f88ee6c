// Measures the engine in one process: load, cost, what-ifs, sweeps. Totals are checked before any time is told.
//
//   cesuan-bench make SIZE FOLDER        writes a year of SIZE hires, and prints what it costs by hand
//   cesuan-bench measure FOLDER [all]    costs it under changle-2022, or under all documents as adopted
//   cesuan-bench make-siblings SIZE FOLDER    the same for persons with several hires, caps and an envelope
//   cesuan-bench measure-siblings FOLDER      costs these
//   cesuan-bench multiples FOLDER [QUESTION]  what each question about a year takes, beside one cost of it
import Diagnostics
import Engine
import Facts
import Glibc
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import Workbench

@main
enum Bench {
  static func main() {
    let arguments = CommandLine.arguments
    switch arguments.dropFirst().first {
    case "make" where arguments.count == 4: make(arguments[2], arguments[3])
    case "measure" where arguments.count >= 3: measure(arguments[2], all: arguments.last == "all")
    case "make-siblings" where arguments.count == 4: makeSiblings(arguments[2], arguments[3])
    case "measure-siblings" where arguments.count == 3: measureSiblings(arguments[2])
    case "multiples" where arguments.count >= 3: multiples(arguments[2], only: arguments.dropFirst(3).first)
    default:
      tell(
        "cesuan-bench make SIZE FOLDER | cesuan-bench measure FOLDER [all] | cesuan-bench make-siblings SIZE FOLDER "
          + "| cesuan-bench measure-siblings FOLDER | cesuan-bench multiples FOLDER [QUESTION]\n")
      exit(64)
    }
  }

  private static func stop(_ message: String) -> Never {
    tell(message + "\n")
    exit(1)
  }

  private static func tell(_ message: String) { message.withCString { _ = Glibc.write(2, $0, strlen($0)) } }

  private static func make(_ size: String, _ folder: String) {
    guard let count = Int(size), count > 0 else { stop("The size is a number of hires.") }
    let codes = Library().places.codes.compactMap {
      $0.text.utf8.count == 6 && !$0.text.hasSuffix("00") ? Int32($0.text) : nil
    }
    let year = Year(count, codes: codes.filter { $0 < 700_000 })
    guard year.write(to: folder) else { stop("Cannot write to \(folder).") }
    let now = year.totals(), more = year.totals(rate3: 350)
    let time = Clock.median(3) { _ = year.totals() }
    print(
      "{\"hires\": \(count), \"base_operating\": \(now.base), \"agency_reward\": \(now.agency), "
        + "\"specialist_allowance\": \(now.specialist), \"rate_350\": \(more.base + more.agency + more.specialist), "
        + "\"by_hand\": \(time.median)}")
  }

  private static func measure(_ folder: String, all: Bool) {
    let library = Library()
    let reader = ScenarioReader(dictionary: library.dictionary, places: library.places)
    let documents = all ? library.documents : library.documents.filter { $0.id == "changle-2022" }
    var read: Scenario?
    let load = Clock.median(1) { read = reader.read(path: folder + "/scenario.yaml").scenario }
    guard let scenario = read else { stop("Cannot read \(folder).") }
    var settings = RunSettings()
    settings.mode = all ? .adopted : .enacted
    let rate = "changle-2022.agency_reward.rate_3m", threshold = "changle-2022.agency_reward.threshold"
    func run(_ memory: RunMemory? = nil, threads: Int = 2, _ changes: [String: Int64] = [:]) -> Budget {
      var settings = settings
      settings.threads = threads
      settings.parameters = changes
      return Budget(Engine.run(documents, scenario: scenario, settings: settings, memory: memory))
    }
    let runs = scenario.dataset.tables.contains { $0.count > 5_000_000 } ? 3 : 9
    var budget = run()
    let total = budget.sum.total
    if run(threads: 1).sum.total != total { stop("One thread and two differ.") }
    let cost = Clock.median(runs) { budget = run() }
    let memory = RunMemory()
    _ = run(memory)
    // Each what-if has another value, so that nothing can be taken whole.
    var n: Int64 = 0
    func fresh(_ name: String, _ base: Int64) -> (median: Double, low: Double, high: Double) {
      Clock.median(15) {
        n += 1
        _ = run(memory, [name: base + n])
      }
    }
    let rates = fresh(rate, 30_000), thresholds = fresh(threshold, 90)
    func sweep(_ points: Int) -> (median: Double, low: Double, high: Double) {
      Clock.median(all ? 1 : 3) {
        let memory = RunMemory()
        for p in 0..<points { _ = run(memory, [rate: Int64(20_000 + p * 100)]) }
      }
    }
    // Two hundred points of everything at ten million hires would take minutes.
    let isLong = all && scenario.dataset.tables.contains { $0.count > 2_000_000 }
    let twenty = sweep(20), hundreds = isLong ? nil : sweep(200)
    let lines = budget.lines.map { "\"\(budget.measure($0).id)\": \($0.tally.total)" }.joined(separator: ", ")
    func json(_ t: (median: Double, low: Double, high: Double)) -> String { "[\(t.median), \(t.low), \(t.high)]" }
    print(
      """
      {"load": \(json(load)), "cost": \(json(cost)), "rate": \(json(rates)), "threshold": \(json(thresholds)), \
      "sweep_20": \(json(twenty)), "sweep_200": \(hundreds.map { json($0) } ?? "null"), "peak": \(Clock.peak), \
      "total": \(total), "rate_350": \(run(memory, [rate: 35_000]).sum.total), "measures": {\(lines)}}
      """)
  }

  /// Each question's least time of three, with the least cost before and after it, in seconds.
  private static func multiples(_ folder: String, only: String?) {
    guard let multiples = Multiples(folder) else { stop("Cannot read \(folder).") }
    if only == "cost" {
      print("{\"cost\": {\"seconds\": \(multiples.cost(15))}}")
      return
    }
    var told: [String] = []
    for question in Multiples.questions where only == nil || only == question.name {
      var cost = multiples.cost()
      var least = Double.infinity
      for _ in 0..<3 {
        let (seconds, mistake) = multiples.time(question)
        if let mistake { stop("\(question.command): \(mistake)") }
        least = min(least, seconds)
        cost = min(cost, multiples.cost())
      }
      told.append("\"\(question.name)\": {\"seconds\": \(least), \"cost\": \(cost)}")
    }
    print("{" + told.joined(separator: ", ") + "}")
  }

  // MARK: Other records, caps, an envelope

  private static func makeSiblings(_ size: String, _ folder: String) {
    guard let count = Int(size), count > 0 else { stop("The size is a number of hires.") }
    let siblings = Siblings(count)
    guard siblings.write(to: folder) else { stop("Cannot write to \(folder).") }
    let now = siblings.totals(), more = siblings.totals(rate: 110)
    let time = Clock.median(3) { _ = siblings.totals() }
    print(
      "{\"hires\": \(count), \"paid\": \(now.paid), \"over\": \(now.over), \"rate_110\": \(more.paid), "
        + "\"rate_110_over\": \(more.over), \"by_hand\": \(time.median)}")
  }

  private static func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  private static func measureSiblings(_ folder: String) {
    guard let text = text(folder + "/siblings.md") else { stop("Cannot read the document in \(folder).") }
    let library = Library(files: [SourceFile(name: "siblings.md", text: text)])
    let reader = ScenarioReader(dictionary: library.dictionary, places: library.places)
    let documents = library.documents.filter { $0.id == "siblings" }
    var read: Scenario?
    let load = Clock.median(1) { read = reader.read(path: folder + "/scenario.yaml").scenario }
    guard let scenario = read, !documents.isEmpty else { stop("Cannot read \(folder).") }
    let rate = "siblings.insurance.rate", envelope = "siblings.insurance.most"
    func run(_ memory: RunMemory? = nil, threads: Int = 2, _ changes: [String: Int64] = [:]) -> Budget {
      var settings = RunSettings()
      settings.threads = threads
      settings.parameters = changes
      return Budget(Engine.run(documents, scenario: scenario, settings: settings, memory: memory))
    }
    var budget = run()
    if run(threads: 1).sum.total != budget.sum.total { stop("One thread and two differ.") }
    let cost = Clock.median(3) { budget = run() }
    let memory = RunMemory()
    _ = run(memory)
    var n: Int64 = 0
    func fresh(_ name: String, _ base: Int64) -> (median: Double, low: Double, high: Double) {
      Clock.median(5) {
        n += 1
        _ = run(memory, [name: base + n])
      }
    }
    let rates = fresh(rate, 10_000), thresholds = fresh(envelope, 36)
    let changed = run(memory, [rate: 11_000]).sum
    func json(_ t: (median: Double, low: Double, high: Double)) -> String { "[\(t.median), \(t.low), \(t.high)]" }
    print(
      """
      {"load": \(json(load)), "cost": \(json(cost)), "rate": \(json(rates)), "threshold": \(json(thresholds)), \
      "sweep_20": null, "sweep_200": null, "peak": \(Clock.peak), "total": \(budget.sum.total), \
      "over": \(budget.sum.overCap), "rate_110": \(changed.total), "rate_110_over": \(changed.overCap)}
      """)
  }
}
