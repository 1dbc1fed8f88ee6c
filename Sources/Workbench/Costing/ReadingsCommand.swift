// `readings`: what each interpretation does to the budget.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reports
import Sessions

/// Runs every choice of every reading.
struct ReadingsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "readings",
    chinese: ["口径", "理解口径", "读法", "解读"],
    meaning: Text("what each interpretation does to the budget", zh: "各种理解口径对预算的影响"),
    usage: Text("readings [PROGRAMME]", zh: "口径 [方案]"),
    more: Text(
      "Each choice is run by itself, then all combinations of the readings on which any record's result can hang, "
        + "where there are no more than 256. Where there are more, every three readings are tried together over up to "
        + "20,000 records, those that move the budget are combined, what lies furthest is gone on from by one reading "
        + "at a time, and the answer says what was not.",
      zh: "先逐一试算每个选项；凡可能影响任何一条记录结果的口径，其全部组合不超过 256 种时，再试算全部组合；超过时，记录不超过 20,000 条的任意三项一起试算，"
        + "有影响的口径再行组合，从最低、最高处再逐项改动，并写明哪些未组合试算。"),
    group: .costing,
    options: [.settings, .mode],
    isDrawable: true)

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let run =
      programme == nil
      ? try session.lastRun(command) : try session.carryOut(programme, command, default: .enacted)
    // Each choice is run once; how many combinations follow is not known before.
    let choices = ReadingReport.readings(of: run.documents).reduce(1) { $0 + $1.choices.count }
    let report = session.readingReport(of: run) { done in
      session.progress?(min(Double(done) / Double(choices), 0.99))
    }
    session.evidence = Evidence([run], extra: "readings")
    let now = session.unreckoned(run)
    let most = report.leftOut.most.map { Unreckoned([(.same(run.programme), $0)], session.library.places) } ?? now
    // Under another reading it may be more than under those in force, of which other tables tell.
    let isMore = most.line?.en != now.line?.en
    return ReadingsAnswer(report, run: run, places: session.library.places).answer
      .telling(most, Unreckoned.lead(report.leftOut, of: Text("runs", zh: "次试算"), at: nil, isMost: isMore))
  }

  func besides(_ command: Command) -> Besides { .both }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("readings", zh: "口径"), Text("readings \(n.document)", zh: "口径 \(n.document)")]
  }
}
