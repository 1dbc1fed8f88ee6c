// What questions cost that run a programme many times, beside one cost of it in the same process: each is asked at a
// desk as a person asks it, once the facts are loaded and the programme has been run. Knows the benchmark's year and
// the document that it is costed under.
import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions
import Workbench

/// Questions to one desk, each timed several times.
struct Multiples {
  /// A question as it is typed.
  struct Question {
    let name: String
    let command: String
    /// How many of what is told it does: draws of a simulation.
    let parts: Int
  }

  private let folder: String
  private let library = Library()
  private let documents: [CheckedDocument]
  private let scenario: Scenario

  static let questions = [
    Question(name: "readings", command: "readings changle-2022", parts: 1),
    Question(
      name: "find_threshold", command: "find agency_reward.threshold so that total <= \(millions) in changle-2022",
      parts: 1),
    Question(name: "take_up", command: "simulate 10 times in changle-2022: take_up = 60%..85%", parts: 10),
    Question(
      name: "drawn_rate", command: "simulate 100 times in changle-2022: agency_reward.rate_3m = 200..400", parts: 100),
    Question(name: "cliffs", command: "cliffs changle-2022", parts: 1),
    Question(name: "sensitivity", command: "sensitivity changle-2022", parts: 1),
    Question(name: "why_not", command: "why not agency_reward for a000006", parts: 1),
    Question(name: "sql_sum", command: "sql \"select count(*), sum(amount) from payments\"", parts: 1),
    Question(
      name: "sql_group",
      command: "sql \"select h.agency, sum(p.amount) from payments p join hires h on p.subject = h.id "
        + "group by h.agency\"",
      parts: 1),
  ]

  /// Somewhat less than a year of a million hires comes to, so that the threshold sought is none of the ends.
  private static let millions = "40,000,000"

  /// - Parameter folder: where `Year.write` has written a year.
  /// - Returns: nil where it cannot be read.
  init?(_ folder: String) {
    let reader = ScenarioReader(dictionary: library.dictionary, places: library.places)
    guard let read = reader.read(path: folder + "/scenario.yaml").scenario else { return nil }
    self.folder = folder
    scenario = read
    documents = library.documents.filter { $0.id == "changle-2022" }
  }

  /// One cost of the programme from the facts on, in two threads and with nothing known beforehand (seconds): the least
  /// of some.
  func cost(_ runs: Int = 7) -> Double {
    var settings = RunSettings()
    settings.mode = .enacted
    settings.threads = 2
    return Clock.median(runs) { _ = Budget(Engine.run(documents, scenario: scenario, settings: settings)) }.low
  }

  /// What a question takes at a desk that has loaded the year and run the programme (seconds); nil with what went
  /// wrong.
  func time(_ question: Question) -> (seconds: Double, mistake: String?) {
    let desk = Desk(library: library)
    var mistake: String?
    func say(_ command: String) {
      desk.play(SourceFile(name: "bench", text: command)) { answer in
        if answer.failed { mistake = answer.diagnostics.map(\.message.en).joined(separator: "; ") }
        return true
      }
    }
    say("load \(folder)/scenario.yaml")
    say("run changle-2022")
    let start = Clock.seconds
    say(question.command)
    return ((Clock.seconds - start) / Double(question.parts), mistake)
  }
}
