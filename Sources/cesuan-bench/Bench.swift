import Engine
import Facts
import Glibc
import PolicyLanguage
import Reckoning
import Reports
import Workbench

@main
enum Bench {
  static func main() {
    let arguments = CommandLine.arguments
    let library = Library()
    var reader = ScenarioReader(dictionary: library.dictionary, places: library.places)
    reader.threads = 2
    let start = Clock.seconds
    guard let scenario = reader.read(path: arguments[1]).scenario else { return }
    print("load", Clock.seconds - start)
    let documents = arguments.count > 2 ? library.documents : library.documents.filter { $0.id == "changle-2022" }
    var settings = RunSettings()
    if arguments.count > 2 { settings.mode = .adopted }
    func run(_ memory: RunMemory?, _ change: (inout RunSettings) -> Void = { _ in }) -> Int64 {
      var s = settings
      change(&s)
      return Budget(Engine.run(documents, scenario: scenario, settings: s, memory: memory)).sum.total
    }
    for i in 0..<3 {
      let a = Clock.seconds
      let total = run(nil)
      print("cost", i, Clock.seconds - a, total)
    }
    print(Clock.median(9) { _ = run(nil) })
    settings.threads = 1
    print("one thread", Clock.median(5) { _ = run(nil) })
    settings.threads = 2
    let memory = RunMemory()
    print("cold with memory", Clock.median(1) { _ = run(memory) })
    var n: Int64 = 0
    print("rate", Clock.median(9) { n += 1; _ = run(memory) { $0.parameters["changle-2022.agency_reward.rate_3m"] = 30_000 + n } })
    print("threshold", Clock.median(9) { n += 1; _ = run(memory) { $0.parameters["changle-2022.agency_reward.threshold"] = 90 + n % 20 } })
    print("base threshold", Clock.median(9) { n += 1; _ = run(memory) { $0.parameters["changle-2022.base_operating.threshold"] = 90 + n } })
    print("recruits", Clock.median(9) { n += 1; _ = run(memory) { $0.parameters["changle-2022.specialist_allowance.recruits"] = n } })
    print("reading", Clock.median(9) { n += 1; _ = run(memory) { $0.readings["clock"] = n % 2 == 0 ? "anniversary" : "inclusive" } })
    print("sweep 20", Clock.median(3) {
      let m = RunMemory()
      for p in 0..<20 { _ = run(m) { $0.parameters["changle-2022.agency_reward.rate_3m"] = Int64(20_000 + p * 2000) } }
    })
    print("peak", Clock.peak, memory.taken, memory.resumed, memory.made)
    for line in Budget(Engine.run(documents, scenario: scenario, settings: settings)).lines { print(documents.flatMap(\.measures)[line.measure].id, line.tally.total) }
  }
}
