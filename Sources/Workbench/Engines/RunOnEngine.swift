// A programme computed by another engine: its script with the facts handed over in a temporary folder, or read where
// they lie, and the answers as a run like any other. Knows nothing of the script's words.

import Answers
import Commands
import Diagnostics
import Emission
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions
import View

/// A question carried out by another engine.
struct EngineRun {
  let session: Desk
  let engine: OtherEngine
  let command: Command

  /// What else is asked of an engine beside the sums.
  struct Wish {
    /// Whether what everybody is paid.
    var everybody = false
    /// The file that the payments go into, and the measure whose payments they are; nil: all.
    var payments: Written?
    var measure: String?
  }

  /// Lets an engine compute a question.
  func carryOut(_ inquiry: Inquiry, wish: Wish = Wish()) throws(Refusal) -> Session.Run {
    let scenario = session.facts(inquiry.scenario, inquiry.base)
    let dataset = scenario.dataset
    for measure in inquiry.documents.flatMap(\.measures) {
      if let lacking = measure.lacks(in: dataset.dictionary) { throw Refusal([measure.cannotRun(without: lacking)]) }
    }
    if let file = wish.payments { try session.openDoor(for: file) }
    let program = try ScriptEngine.find(engine, at: command.location)
    let folder = try EngineFolder()
    defer { folder.remove() }
    var question = CarriedQuestion(folder: folder.path)
    (question.asksBeneficiaries, question.measure) = (wish.everybody, wish.measure)
    question.asksPayments = wish.payments != nil
    let programme = EmittedProgramme(
      inquiry.documents, dictionary: dataset.dictionary, places: dataset.places, district: scenario.district,
      settings: inquiry.base, dialect: engine.dialect)
    var places: [String: FactSource] = [:]
    let source = { (list: ListDeclaration) throws -> FactSource in
      if let known = places[list.name] { return known }
      let place = try self.source(list, scenario, folder)
      places[list.name] = place
      return place
    }
    let script: CarriedScript
    let asking: SeatScript?
    let checks: FactChecks?
    do {
      checks = try FactChecks(programme, scenario.elsewhere, folder: folder.path, source: source)
      asking = try SeatScript(programme, folder: folder.path, source: source)
      script = try CarriedScript(programme, asking: question, source: source)
    } catch let refusal as EmissionRefusal {
      throw Refusal([refusal.diagnostic])
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      preconditionFailure("script-refuses: a script is refused by what it cannot say, or a file that cannot be written")
    }
    let unstated =
      try checks.map { checks throws(Refusal) in
        try EngineChecks(session: session, program: program, folder: folder).look(checks, at: command.location)
      } ?? [:]
    if let asking {
      try EngineSeats(session: session, program: program, folder: folder).giveOut(asking, at: command.location)
    }
    let progress = session.progress
    try program.carryOut(
      script.statements, in: folder, threads: session.threads,
      progress: { progress?(asking == nil ? $0 : 0.5 + $0 / 2) },
      isCancelled: session.isCancelled, at: command.location)
    let answers = EngineAnswers(folder: folder, script: script, engine: engine)
    let there = Session.There(
      engine: program.title, sums: try answers.sums(everybody: wish.everybody), unstated: unstated)
    let run = try session.run(inquiry, found: try answers.besides(), there: there)
    if let file = wish.payments {
      try EnginePayments(session: session, engine: engine, folder: folder, run: run, hasCuts: try answers.hasCuts)
        .write(into: file)
    }
    return run
  }

  /// What is told of assumptions that an engine knows nothing of.
  func leftOut(_ runs: [Session.Run]) -> [Diagnostic] {
    guard runs.contains(where: { !$0.inForce.assumptions.isEmpty }) else { return [] }
    return [
      Diagnostic(
        .warning, code: "not-on-engine",
        Text(
          "what is assumed of how people respond is not reckoned where \(engine.title) computes",
          zh: "由 \(engine.title) 计算时不计对人员反应的假设"),
        hint: Text(
          "these are the figures without it; leave out `on …` to have both reckoned here",
          zh: "以上是不含假设的数字；去掉“在 …”即在本机一并计算"),
        at: command.location)
    ]
  }

  /// Where a list's records are for the engine: where they lie, or in a file that is written now.
  private func source(_ list: ListDeclaration, _ scenario: Scenario, _ folder: EngineFolder) throws(Refusal)
    -> FactSource
  {
    if let place = scenario.elsewhere[list.name] {
      return .parquet(place.at(Files.whole(place.folder) ?? place.folder))
    }
    guard let table = scenario.dataset.table(list.name) else {
      preconditionFailure("list-in-facts: a list of the dictionary has a table")
    }
    let name = list.name + ".csv"
    try folder.write("facts_" + name) { sink in try FactsFile(table, scenario.dataset).write(to: sink) }
    return .csv(folder.path + "/facts_" + name)
  }

  /// Refuses what is only told where the payments are.
  func demandTold() throws(Refusal) {
    if let per = command.per {
      throw Refusal(.engine(.notTold(Text("what it costs for each", zh: "平均每个的金额"), engine)), at: per.location)
    }
    if command.grouping.count > 1 {
      throw Refusal(.engine(.notTold(Text("a cross table", zh: "交叉表"), engine)), at: command.location)
    }
    for grouping in command.grouping {
      if case .fact(let name) = grouping.what {
        throw Refusal(
          .engine(.notTold(Text("groups by the fact `\(name.raw)`", zh: "按事实 `\(name.raw)` 的分组"), engine)),
          at: name.location)
      }
    }
  }
}

extension Grouping {
  /// Whether it is by beneficiary.
  var isBeneficiary: Bool { if case .dimension(.beneficiary) = what { true } else { false } }
}
