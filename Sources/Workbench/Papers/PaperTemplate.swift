// A paper's template as a notebook: played in a session of its own that knows what this one knows, with the programme
// put in, and taken as one text. Knows nothing of forms.

import Answers
import Commands
import Diagnostics
import Districts
import Reckoning
import Sessions
import View

/// A template that is at hand.
struct PaperTemplate {
  private let notebook: Notebook
  private let session: Desk
  private let paper: ReportCommand.Paper

  /// The text that comes with the program.
  static func bundled(_ paper: ReportCommand.Paper, _ language: Language) -> String {
    let name = "\(paper.rawValue).\(language.rawValue)"
    return Invariant.value(
      Districts.paper(name), "templates-are-bundled: every paper that has a template has one in each language.")
  }

  /// - Parameter file: a template of the user's own; nil: the bundled one.
  init(_ paper: ReportCommand.Paper, _ file: Written?, in session: Desk) throws(Refusal) {
    self.paper = paper
    self.session = session
    guard let file else {
      let text = PaperTemplate.bundled(paper, session.language)
      notebook = Notebook.read(Array(text.utf8), name: "\(paper.rawValue).\(session.language.rawValue).md")
      return
    }
    do {
      let bytes = try session.door.bytes(session.path(file.raw), as: .source)
      notebook = Notebook.read(bytes, name: file.raw)
    } catch {
      throw Refusal(.reading(file.raw, error), at: file.location)
    }
  }

  /// The paper, and the totals of the budgets in it.
  func made(of programme: String) throws(Refusal) -> (answer: Answer, totals: [Int64]) {
    let desk = Desk(library: session.library, language: session.language)
    desk.threads = session.threads
    desk.folder = session.folder
    desk.door = session.door
    desk.door.onlyLooks = true
    desk.isCancelled = session.isCancelled
    desk.log = StateLog(session.state)
    let run = NotebookRun(notebook, at: desk, parameters: ["programme": programme])
    run.play()
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    if run.failed { throw Refusal(run.diagnostics) }
    var options = PageOptions()
    options.hidesCommands = true
    options.hidesOffers = true
    var answer = NotebookDocument(run, options).answer(titled: run.notebook.title ?? paper.words.in(session.language))
    answer.diagnostics = run.diagnostics
    let totals = run.outcomes.compactMap(\.object).compactMap { object -> Int64? in
      guard object["kind"] == .string("budget"), case .string(let total)? = object["total"] else { return nil }
      return Int64(total.filter { $0 != "." })
    }
    let record = Record(
      kind: "paper",
      ["paper": .id(paper.rawValue), "programme": .id(programme), "totals": .list(totals.map { .money(fen: $0) })])
    return (answer.with(records: [record]), totals)
  }

  func answer(of programme: String) throws(Refusal) -> Answer { try made(of: programme).answer }
}
