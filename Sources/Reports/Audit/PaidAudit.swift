// What was paid against what is due: every line with what it is, every payment that is due and in no line, who is paid
// under two names, and the sums, which add up. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A list of payments held against a ledger.
package struct PaidAudit: Sendable {
  /// What an audit is asked beside the list.
  package struct Question: Sendable {
    /// The measure that all of the list is about; nil: what the lines say.
    package var measure: CheckedMeasure?
    /// So many days after the day on which it became due a payment is not remarked.
    package var grace = 0
    /// The days whose payments are missed where no line has them; nil: all.
    package var days: ClosedRange<Int32>?

    /// Everything, to the day.
    package init() {}
  }

  /// Somebody with one number and several names.
  package struct Names: Sendable {
    /// As it is listed.
    package let number: String
    /// The names with the lines where they stand.
    package let names: [(name: String, lines: [PaidRegister.Place])]
    /// The name that the facts give; nil where they do not know the number.
    package let known: String?
    /// Fen paid under all of them.
    package let paid: Int64
  }

  /// What was paid and what is due of one measure to one beneficiary.
  package struct Row: Sendable {
    /// Nil where no line says.
    package let measure: CheckedMeasure?
    package let beneficiary: String
    package var sums = PaidSums()
    /// What was taken back, and what is to be.
    package var back = PaidSums()

    /// Adds one finding to what it is about.
    fileprivate mutating func add(_ entry: PaidEntry) {
      if entry.isRecovery { back.add(entry) } else { sums.add(entry) }
    }
  }

  package let entries: [PaidEntry]
  package let names: [Names]
  /// Columns of payees beside which others were paid.
  package let besides: [Beside]
  package let sums: PaidSums
  /// What was taken back, and what is to be, as amounts above nought.
  package let back: PaidSums
  /// By measure, in the order of the programme; lines that say of none come last.
  package let byMeasure: [Row]
  /// By measure and beneficiary, the largest difference first.
  package let byBeneficiary: [Row]
  /// Measures that no line names, with how many payments are due of each, and fen: they are not missed.
  package let leftOut: [(measure: CheckedMeasure, payments: Int, fen: Int64)]

  /// Holds a list against a ledger.
  /// - Parameter explainer: the ledger with its facts, for the conditions that fail.
  package init(_ register: PaidRegister, _ explainer: Explainer, _ question: Question) {
    let ledger = explainer.ledger
    let wanted = ledger.measures.indices.filter { index in
      let measure = ledger.measures[index]
      guard measure.form != .note, !measure.pays.isEmpty else { return false }
      return question.measure.map { $0.id == measure.id } ?? true
    }
    let dues = DuePayments(ledger, where: Set(wanted))
    let search = PayeeSearch(explainer.scenario.dataset, for: register.lines, homes: Array(Set(ledger.homes.values)))
    let finder = PaidLineSearch(dues, search, measures: wanted)
    let lines = register.lines.map { finder.line($0) }
    let matching = PaidMatching(lines, dues, grace: question.grace)
    let telling = PaidTelling(matching, search, explainer, measures: wanted)
    let covered = PaidAudit.covered(lines, matching, wanted, isSaid: register.hasMeasures && question.measure == nil)
    entries = PaidReversals.settled(telling.entries) + telling.unpaid(covered, question.days)
    names = PaidAudit.names(lines, search)
    besides = Beside.all(lines)
    leftOut = PaidAudit.leftOut(dues, wanted, covered)
    var all = Row(measure: nil, beneficiary: "")
    for entry in entries { all.add(entry) }
    all.sums.check()
    all.back.check()
    (sums, back) = (all.sums, all.back)
    byMeasure = PaidAudit.rows(entries, ledger) { _ in "" }
    byBeneficiary = PaidAudit.rows(entries, ledger) { $0.beneficiary }.sorted { a, b in
      let (x, y) = (Amounts.add(a.sums.wrong, a.back.wrong), Amounts.add(b.sums.wrong, b.back.wrong))
      return x != y ? x > y : (a.beneficiary, a.measure?.id ?? "") < (b.beneficiary, b.measure?.id ?? "")
    }
  }

  /// The measures whose payments are missed where no line has them.
  private static func covered(
    _ lines: [PaidLine], _ matching: PaidMatching, _ wanted: [Int], isSaid: Bool
  ) -> Set<Int> {
    guard isSaid else { return Set(wanted) }
    var covered = Set(lines.flatMap { $0.measures ?? [] })
    covered.formUnion(matching.takers.keys.map { matching.dues.all[$0].measure })
    return covered
  }

  private static func leftOut(
    _ dues: DuePayments, _ wanted: [Int], _ covered: Set<Int>
  ) -> [(measure: CheckedMeasure, payments: Int, fen: Int64)] {
    wanted.filter { !covered.contains($0) }.compactMap { index in
      let due = dues.all.filter { $0.measure == index && $0.status == .due && $0.fen > 0 }
      guard !due.isEmpty else { return nil }
      return (dues.ledger.measures[index], due.count, due.reduce(0) { Amounts.add($0, $1.fen) })
    }
  }

  private static func rows(
    _ entries: [PaidEntry], _ ledger: Ledger, _ beneficiary: (PaidEntry) -> String
  ) -> [Row] {
    struct Key: Hashable {
      let measure: String
      let beneficiary: String
    }
    var order: [Key: Int] = [:]
    var rows: [Row] = []
    for entry in entries {
      let key = Key(measure: entry.measure?.id ?? "", beneficiary: beneficiary(entry))
      let row = order[key] ?? rows.count
      if row == rows.count {
        order[key] = row
        rows.append(Row(measure: entry.measure, beneficiary: key.beneficiary))
      }
      rows[row].add(entry)
    }
    let places = Dictionary(ledger.measures.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    for row in rows {
      row.sums.check()
      row.back.check()
    }
    return rows.enumerated().sorted { a, b in
      let x = a.element.measure.flatMap { places[$0.id] } ?? .max
      let y = b.element.measure.flatMap { places[$0.id] } ?? .max
      return x != y ? x < y : a.offset < b.offset
    }.map(\.element)
  }

  // MARK: Names

  private static func names(_ lines: [PaidLine], _ search: PayeeSearch) -> [Names] {
    struct Seen {
      var names: [(plain: String, name: String, lines: [PaidRegister.Place])] = []
      var paid: Int64 = 0
    }
    var seen: [String: Seen] = [:]
    var order: [String] = []
    for line in lines.map(\.line) {
      for (name, number) in [(line.person ?? line.holder, line.personNumber), (line.payee, line.payeeNumber)] {
        // A number whose middle is covered may be that of several.
        guard let name, let number, !CoveredNumber.hasSigns(number) else { continue }
        if number == line.personNumber, CoveredNumber.isOne(number) { continue }
        if seen[number] == nil { order.append(number) }
        var one = seen[number] ?? Seen()
        let plain = PayeeSearch.plain(name)
        if let i = one.names.firstIndex(where: { $0.plain == plain }) {
          one.names[i].lines.append(line.place)
        } else {
          one.names.append((plain, name, [line.place]))
        }
        one.paid = Amounts.add(one.paid, line.fen ?? 0)
        seen[number] = one
      }
    }
    return order.compactMap { number in
      guard let one = seen[number] else { return nil }
      let known = (search.found(name: nil, number: number)?.payees ?? []).compactMap { search.name($0) }.sorted().first
      let isOther = known.map { known in one.names.contains { $0.plain != PayeeSearch.plain(known) } } ?? false
      guard one.names.count > 1 || isOther else { return nil }
      return Names(number: number, names: one.names.map { ($0.name, $0.lines) }, known: known, paid: one.paid)
    }
  }
}
