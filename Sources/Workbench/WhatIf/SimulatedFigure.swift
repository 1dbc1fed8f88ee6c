// The figure whose distribution a simulation asks for: the budget or a part of it, how many are paid, what a count
// comes to, the yuan for each. Knows nothing of draws.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// A figure of a run.
struct SimulatedFigure: Sendable {
  private enum What: Sendable {
    case money(Goal)
    case fund(String)
    case beneficiaries(measure: String?)
    case payments(measure: String?)
    case counted(String)
    case each(UnitQuestion)
  }

  private let what: What
  /// Programs' name for it; people's.
  let id: String
  let label: Text
  /// The word with which Chinese counts it, where it is a number.
  private var countingWord = ""

  /// The whole budget.
  static let total = SimulatedFigure(what: .money(Goal()), id: "total", label: Text("Total", zh: "合计"))

  /// Whether it is the whole budget, against which something may be spent.
  var isTotal: Bool { if case .money(let goal) = what { goal.isTotal } else { false } }
  /// Whether it is an amount of money; else a number.
  var isMoney: Bool {
    switch what {
    case .money, .fund, .each: true
    case .beneficiaries, .payments, .counted: false
    }
  }

  private init(what: What, id: String, label: Text, countingWord: String = "") {
    (self.what, self.id, self.label, self.countingWord) = (what, id, label, countingWord)
  }

  /// What it is called with its unit, in the head of a column: 受益对象数（个）.
  func heading(_ currency: Currency) -> Text {
    if isMoney { return currency.heading(label.en, zh: label.zh) }
    return countingWord.isEmpty ? label : Text(label.en, zh: "\(label.zh)（\(countingWord)）")
  }

  private static let payees = ["beneficiaries", "beneficiary", "对象数", "受益对象数", "对象", "受益对象"]
  private static let payments = ["payments", "支付笔数", "笔数"]

  /// - Parameter words: `beneficiaries of agency_reward`, `placed`, `per placed`, `2023`, `city`.
  init(_ words: [Written], of inquiry: Inquiry, _ facts: Scenario, in session: Desk) throws(Refusal) {
    guard let first = words.first else {
      self = .total
      return
    }
    let documents = inquiry.documents
    let said = words.map(\.raw).joined(separator: " ")
    let isEach = Keyword.per.matches(first.text.lowercased())
    if isEach, words.count == 2 {
      let unit = try UnitQuestion(words[1], documents, facts, inquiry.base, in: session)
      self.init(
        what: .each(unit), id: "per " + unit.name,
        label: Text("for each: \(unit.title.en)", zh: "平均每\(unit.title.zh)金额"))
      return
    }
    let rest = words.dropFirst().filter { !Keyword.of.matches($0.text.lowercased()) }
    for (names, isPayees) in [(SimulatedFigure.payees, true), (SimulatedFigure.payments, false)]
    where names.contains(first.text.lowercased()) && rest.count < 2 {
      let measure = try rest.first.map { name throws(Refusal) in try session.measure(name, in: documents) }
      let label = isPayees ? Text("beneficiaries", zh: "受益对象数") : Text("payments", zh: "支付笔数")
      self.init(
        what: isPayees ? .beneficiaries(measure: measure?.id) : .payments(measure: measure?.id),
        id: label.en + (measure.map { " of \($0.id)" } ?? ""),
        label: measure.map { Text("\(label.en) of \($0.id)", zh: $0.words.zh + label.zh) } ?? label,
        countingWord: isPayees ? "个" : "笔")
      return
    }
    if words.count == 1 {
      if let fund = Fund.allCases.first(where: { $0.rawValue == first.text || $0.words.zh == first.text }) {
        self.init(what: .fund(fund.rawValue), id: fund.rawValue, label: fund.words)
        return
      }
      let name = first.text
      if let count = Engine.counts(of: documents).first(where: { $0.en == name || $0.zh == name }) {
        let list = documents.flatMap(\.measures).flatMap(\.sets).first { $0.name == count.en }?.list
        let word = list.flatMap { facts.dataset.dictionary.list($0)?.chinese.classifier } ?? "个"
        self.init(what: .counted(count.en), id: count.en, label: count, countingWord: word == "名" ? "人" : word)
        return
      }
      if let measure = documents.flatMap(\.measures).first(where: {
        !$0.pays.isEmpty && ($0.words.zh == name || $0.name == name || $0.id == name)
      }) {
        var goal = Goal()
        goal.measure = measure.id
        self.init(what: .money(goal), id: measure.id, label: measure.label)
        return
      }
    }
    let goal = try FindCommand.goal(words, isOverYears: false, of: inquiry, in: session)
    self.init(
      what: .money(goal), id: said, label: goal.isTotal ? SimulatedFigure.total.label : GoalWords(inquiry).text(words))
  }

  /// What it comes to: fen, or a number; nil where there is none.
  func value(_ ledger: Ledger, _ facts: Scenario, _ memory: RunMemory) -> Int64? {
    switch what {
    case .money(let goal): return goal.amount(ledger)
    case .fund(let name):
      let groups = FundSplit(Budget(ledger)).groups
      return groups.first { $0.key == name }.map(\.tally.total) ?? 0
    case .beneficiaries(let measure):
      let budget = Budget(ledger)
      if let measure { return Int64(budget.line(measure)?.beneficiaries ?? 0) }
      return Int64(UnitCosts(budget, per: .beneficiary).units)
    case .payments(let measure):
      let budget = Budget(ledger)
      return Int64(measure.map { budget.line($0)?.tally.payments ?? 0 } ?? budget.sum.payments)
    case .counted(let name):
      return Engine.counted(
        name, in: ledger.documents, scenario: facts.with(ledger.dataset), settings: ledger.settings, memory: memory)
    case .each(let unit): return unit.each(ledger, facts)
    }
  }
}
