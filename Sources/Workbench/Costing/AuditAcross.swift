// `audit … across`: one list against several scenarios that are loaded.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Reports
import Sessions

extension AuditCommand {
  /// Holds the list against each scenario, and says who was paid in more than one.
  func across(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    guard scenarios.count > 1 else {
      throw Refusal([
        .error(
          "paid-across", Text("`across` names one scenario", zh: "“跨情景”只写了一个情景"),
          hint: Text(
            "write two or more; one alone is `use` and `audit FILE`", zh: "请写两个以上；只有一个时请先“使用”该情景再“核对 文件”"),
          at: scenarios.first?.location)
      ])
    }
    try demandLeave(in: session)
    let mapping = try self.mapping()
    var runs: [Session.Run] = []
    for name in scenarios {
      let known = session.state.scenarios
      guard let scenario = known.first(where: { $0.name == name.raw || $0.name == name.text }) else {
        throw Refusal(.unknownScenario(name.raw, known.map(\.name)), at: name.location)
      }
      if runs.contains(where: { $0.scenario.name == scenario.name }) {
        throw Refusal([
          .error(
            "paid-across", Text("`\(name.raw)` is named twice", zh: "`\(name.raw)` 写了两次"),
            hint: Text("name each scenario once", zh: "每个情景只写一次"), at: name.location)
        ])
      }
      runs.append(try session.run(programme, over: scenario, command))
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    }
    try session.demandOneCurrency(of: runs.flatMap(\.documents), at: command.location)
    var questions: [PaidAudit.Question] = []
    for run in runs { questions.append(try question(run, in: session)) }
    let register = try read(mapping, in: session)
    let bounds = questions.map { AuditBounds($0).digest }.joined()
    session.evidence = Evidence(runs, extra: "audit across " + AuditCommand.digest(register) + bounds)
    let joint = JointAudit(
      register, runs.map { Explainer(ledger: $0.ledger, scenario: $0.facts) }, questions)
    let parts = zip(zip(runs, questions), joint.parts).map { asked, audit in
      var part = AuditAnswer(
        audit, register, files: files.map(\.raw), asked.1, run: asked.0, places: session.library.places)
      part.language = session.language
      return part
    }
    var answer = JointAuditAnswer(joint: joint, parts: parts, file: name).answer
    answer.diagnostics += register.doubts.map(ImportRemedy.addedToPayments)
    return answer
  }
}
