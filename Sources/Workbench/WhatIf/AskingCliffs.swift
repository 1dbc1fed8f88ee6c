// `cliffs`: who stands just short of a threshold or just past it, and what hangs on it.

import Commands
import Sessions
import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Desk {
  func cliffs(_ programme: Programme?, _ within: Written?, _ subject: Written?, _ command: Command) throws(Refusal)
    -> Answer
  {
    let inquiry = try inquiry(programme, command)
    var near: Int64 = 5
    if let within {
      let digits = within.text.split(separator: " ").first.map(String.init) ?? within.text
      guard let n = Int64(digits), (0...1000).contains(n) else {
        throw Refusal(.whatIf(.notACount(within.raw)), at: within.location)
      }
      near = n
    }
    let run = try baseRun(inquiry)
    var id: String?
    if let subject { id = try subjectID(subject, in: run) }
    let (facts, memory) = memorised(inquiry.scenario, inquiry.base)
    let (thresholds, quotas) = Engine.thresholds(
      inquiry.documents, scenario: facts, settings: inquiry.base, near: near, memory: memory, isCancelled: isCancelled)
    let report = CliffReport.make(
      thresholds, quotas, base: run.ledger, only: id, isCancelled: isCancelled, progress: { progress?($0) }
    ) { [self] watched, value in budgetLedger(inquiry, watched.set(value, in: inquiry.base)) }
    evidence = Evidence([inquiry], extra: "cliffs \(near) \(id ?? "")")
    return CliffAnswer(report, inquiry: inquiry, near: near, only: id, places: library.places).answer
  }
}
