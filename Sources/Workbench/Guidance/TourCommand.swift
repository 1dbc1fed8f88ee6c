// `tour`: a short tour on the scenario that is loaded.

import Commands
import Diagnostics

/// Shows around.
struct TourCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "tour",
    chinese: ["导览"],
    meaning: Text("a short tour on the loaded scenario", zh: "用当前情景作简短导览"),
    usage: Text("tour", zh: "导览"),
    group: .session,
    order: 8)

  package init(from parser: inout StatementParser) throws(Misread) {}

  func performAll(in session: Session, sink: (Answer) -> Bool) -> Bool {
    session.playTour(sink: sink)
    return true
  }

  package func describe(to meaning: inout Meaning) {}

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return Answer()
  }
}
