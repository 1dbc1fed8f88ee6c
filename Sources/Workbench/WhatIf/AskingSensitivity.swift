// `sensitivity`: what each parameter, value and reading moves, as a tornado.

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
  func sensitivity(_ programme: Programme?, _ change: Written?, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try inquiry(programme, command)
    let share = try change.map { change throws(Refusal) in try self.share(change) } ?? Share.unit / 10
    let run = try baseRun(inquiry)
    let total = Goal().amount(run.ledger)
    var inputs: [Varied] = []
    var seen: Set<String> = []
    for document in inquiry.documents {
      let parameters = document.parameters + document.measures.filter { $0.form == .measure }.flatMap(\.parameters)
      inputs += parameters.compactMap { Varied(.parameter($0)) }
      for value in document.values where seen.insert(value.name).inserted {
        if let v = Varied(.value(value)) { inputs.append(v) }
      }
    }
    var entries: [(input: Varied, entry: FigureEffect)] = []
    var without: [String] = []
    var isPartial = false
    for (i, input) in inputs.enumerated() {
      if isCancelled() {
        isPartial = true
        break
      }
      progress?(Double(i) / Double(max(inputs.count, 1)))
      guard case .figure(let watched, let type) = input.what else { continue }
      guard let now = input.current(inquiry.base) else {
        without.append(input.id)
        continue
      }
      switch type {
      case .money, .moneyPerMonth, .number, .months, .days, .share, .date: break
      default: continue
      }
      let bounds = input.bounds
      let (low, high) = Sensitivity.ends(now, change: share, type: type, atLeast: bounds.atLeast, atMost: bounds.atMost)
      func at(_ raw: Int64) -> Int64? {
        raw == now ? total : budgetLedger(inquiry, watched.set(raw, in: inquiry.base)).map { Goal().amount($0) }
      }
      entries.append(
        (
          input,
          FigureEffect(
            watched: watched, type: type, now: now, low: low, high: high, atLow: at(low), atHigh: at(high))
        ))
    }
    let base = inquiry.base
    let readings =
      isPartial
      ? nil
      : ReadingReport.make(
        inquiry.documents, settings: base,
        run: { changes in
          if changes.isEmpty { return run.ledger }
          var settings = base
          settings.readings.merge(changes) { $1 }
          return self.ledger(inquiry.documents, inquiry.scenario, settings)
        }, isCancelled: isCancelled, combines: false)
    entries.sort { a, b in
      let (x, y) = (a.entry.spread(total), b.entry.spread(total))
      return x != y ? x > y : a.input.id < b.input.id
    }
    evidence = Evidence([inquiry], extra: "sensitivity \(share)")
    return SensitivityAnswer(
      entries: entries, readings: readings, without: without, total: total, share: share, inquiry: inquiry,
      isPartial: isPartial || (readings?.isPartial ?? false) && isCancelled(), places: library.places
    ).answer
  }

  /// By how much each input is changed: `10%`, `±5%`.
  private func share(_ change: Written) throws(Refusal) -> Int64 {
    let text = change.text.hasPrefix("±") ? String(change.text.dropFirst()) : change.text
    guard let read = try? ValueText.read(text, as: .share, places: library.places), read > 0, read <= 10 * Share.unit
    else { throw Refusal(.whatIf(.notAShare(change.raw)), at: change.location) }
    return read
  }
}
