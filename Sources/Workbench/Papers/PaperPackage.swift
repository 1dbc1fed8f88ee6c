// All papers of a programme as one answer: a summary to sign before them, one total in all of them, what they rest on
// behind them. Knows nothing of forms.

import Answers
import Diagnostics
import Engine
import Reports
import Sessions
import View

/// The papers that are handed in together.
struct PaperPackage {
  private let run: Session.Run
  private let papers: [ReportCommand.Paper]
  private let session: Desk

  /// - Parameter isDraft: whether something is amended, so that the table of amendments belongs to it.
  init(_ run: Session.Run, isDraft: Bool, _ session: Desk) {
    self.run = run
    self.session = session
    papers = [.summary, .estimate, .targets] + (isDraft ? [.amendment] : []) + [.explanation]
  }

  /// The same in every paper of a run.
  static func fingerprint(_ run: Session.Run, _ session: Desk) -> String {
    session.fingerprint(Evidence([run], extra: "report"))
  }

  func answer() throws(Refusal) -> Answer {
    let total = Budget(run.ledger).sum.total
    let fingerprint = PaperPackage.fingerprint(run, session)
    var made: [MadePaper] = []
    for paper in papers {
      let beside = papers.filter { $0 != paper }
      made.append(try PaperTemplate(paper, nil, in: session).made(of: run, fingerprint, beside: beside))
    }
    let wrong = made.filter { one in one.totals.contains { $0 != total } }.map(\.paper.words)
    let agreement = agreement(wrong)
    var body = AnswerBody()
    for one in made { body.append(one.body) }
    body.append(agreement)
    let isSame = wrong.isEmpty
    let (names, programme) = (papers.map(\.rawValue), run.names)
    let (whole, reader) = (body, session.language)
    var answer = Answer(
      body,
      records: [
        Record(
          kind: "package",
          [
            "programme": .ids(programme), "total": .money(fen: total), "papers": .ids(names),
            "agree": .flag(isSame),
          ]
        ).with(whole.record(reader))
      ], diagnostics: made.flatMap(\.diagnostics))
    answer.hasMismatch = !isSame
    answer.isPaper = true
    let places = session.library.places
    let (part, language) = (GroundSheets.Part(run), session.language)
    var sheets = made.map(\.sheet)
    sheets[sheets.count - 1].parts.append(.block(agreement))
    answer.book = { [sheets] in
      AnswerBook(sheets + GroundSheets([part], places, plainIn: language).sheets)
    }
    return answer
  }

  private func agreement(_ wrong: [Text]) -> Block {
    .note(
      wrong.isEmpty ? .note : .error,
      [
        Span(
          wrong.isEmpty
            ? Text("Every paper comes to the same total.", zh: "各份材料合计一致。")
            : Text(
              "The totals of these papers differ: \(wrong.map(\.en).joined(separator: ", ")).",
              zh: "以下材料的合计不一致：\(wrong.map(\.zh).joined(separator: "、"))。"))
      ])
  }
}
