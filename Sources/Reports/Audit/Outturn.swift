// What was estimated against what was paid, by measure and year: how much of it was taken up, and the gap split into
// how many there were, how much each got, when it was paid, what is taken back, and what cannot be placed.
// Knows nothing of how lines and payments were brought together, or of how any of it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// An estimate and its outturn.
package struct Outturn: Sendable {
  /// Payments, and what they come to.
  package struct Amount: Sendable, Hashable {
    package var payments = 0
    /// What they come to, less what is taken back.
    package var fen: Int64 = 0
    /// What is taken back of it: nought or less.
    package var recovered: Int64 = 0

    /// What is paid, whatever is taken back of it.
    var paid: Int64 { Amounts.add(fen, -recovered) }

    mutating func add(_ payments: Int, _ fen: Int64) {
      self.payments += payments
      self.fen = Amounts.add(self.fen, fen)
    }

    mutating func add(_ other: Amount) {
      add(other.payments, other.fen)
      recovered = Amounts.add(recovered, other.recovered)
    }

    /// Adds an amount below nought.
    mutating func takeBack(_ fen: Int64) {
      self.fen = Amounts.add(self.fen, fen)
      recovered = Amounts.add(recovered, fen)
    }
  }

  /// One measure in one year.
  package struct Row: Sendable {
    /// Nil where no line says what it is for.
    package let measure: CheckedMeasure?
    /// The year in which it falls due, or was paid; nil: lines do not say.
    package let year: Int32?
    package var estimated = Amount()
    package var paid = Amount()
    /// Fen of the gap that come of more or fewer payments.
    package var count: Int64 = 0
    /// Of other amounts each.
    package var rate: Int64 = 0
    /// Of payments made in another year than that in which they fall due. Over all years it is nought.
    package var timing: Int64 = 0
    /// Of less that was taken back than is to be, or more: no payment is another for it.
    package var recovery: Int64 = 0
    /// Of lines of which nobody can say what or when they are for.
    package var rest: Int64 = 0

    /// Whether anything is taken back, or is to be.
    package var hasRecoveries: Bool { estimated.recovered != 0 || paid.recovered != 0 }

    /// What was paid more than estimated (fen); the sum of its five parts.
    package var gap: Int64 { Amounts.add(paid.fen, -estimated.fen) }

    /// What was paid in hundred-millionths of the payments that were estimated, whatever is taken back, to a
    /// hundredth of a per cent; nil where none was estimated.
    package var takeUp: Int64? {
      Outturn.share(of: paid.paid, in: estimated.paid)
    }
  }

  /// By measure in the order of the programme, then by year; what no line says comes last.
  package let rows: [Row]
  /// All of them together.
  package let sum: Row
  /// The lines whose amount is not said or cannot be read: of these nobody knows what was paid, so that they are no
  /// payments of nothing.
  package let unread: [PaidRegister.Place]
  /// The measure that the list is about, where it is about one alone: the estimate is that of it, and those of others
  /// stand beside.
  package let only: CheckedMeasure?
  /// What the estimates of other measures come to that the list is not about (fen), by measure.
  package let leftOut: [(measure: CheckedMeasure, fen: Int64)]

  /// Of what was due of each measure, and whether it was made or not nobody doubts, how much was paid as it was due, in
  /// hundred-millionths to a hundredth of a per cent. What was paid twice, early or without being due takes up nothing.
  package let takeUps: [(measure: CheckedMeasure, share: Int64)]

  private struct Key: Hashable {
    let measure: String
    let year: Int32?
  }

  /// - Parameters:
  ///   - audit: what was paid, held against the estimate's ledger.
  ///   - ledger: the estimate's.
  ///   - measure: what all lines are for, where that is said.
  package init(_ audit: PaidAudit, _ ledger: Ledger, for measure: CheckedMeasure? = nil) {
    let only = measure ?? Outturn.onlyMeasure(audit)
    takeUps = Outturn.takeUps(audit, ledger)
    self.only = only
    var others: [String: Int64] = [:]
    let lines = audit.entries.compactMap(\.line)
    unread = lines.filter { $0.fen == nil }.map(\.place).sorted()
    // A list that never says when it paid is compared for all years together.
    let hasYears = lines.contains { Outturn.year($0) != nil }
    var rows: [Key: Row] = [:]
    /// What is due in one year and paid in another, moved to where it was paid.
    var moved: [Key: Amount] = [:]
    func row(_ measure: CheckedMeasure?, _ year: Int32?, _ change: (inout Row) -> Void) {
      let key = Key(measure: measure?.id ?? "", year: hasYears ? year : nil)
      change(&rows[key, default: Row(measure: measure, year: key.year)])
    }
    let list = PaymentList(ledger)
    for part in list.parts {
      for i in 0..<part.count {
        let standing = part.standing(i)
        guard standing.isInTotal else { continue }
        if let only, part.measure.id != only.id {
          others[part.measure.id] = Amounts.add(others[part.measure.id] ?? 0, part.amount(i))
          continue
        }
        row(part.measure, Int32(Day(number: part.dates[i]).parts.year)) {
          if standing == .recovered {
            $0.estimated.takeBack(part.amount(i))
          } else {
            $0.estimated.add(1, part.amount(i))
          }
        }
      }
    }
    for entry in audit.entries {
      guard let line = entry.line, line.fen != nil, entry.finding != .reversed else { continue }
      let year = Outturn.year(line)
      if entry.paid < 0 {
        row(entry.measure, year) { $0.paid.takeBack(entry.paid) }
        continue
      }
      let payments = Outturn.payments(entry)
      row(entry.measure, year) { $0.paid.add(payments, entry.paid) }
      guard hasYears, let year else { continue }
      // One line may be payments of several years.
      for part in entry.parts {
        let due = Int32(part.dueOn.parts.year)
        guard due != year else { continue }
        let (id, count) = (entry.measure?.id ?? "", part.counts ? 1 : 0)
        row(entry.measure, due) { _ in }
        moved[Key(measure: id, year: year), default: Amount()].add(count, part.fen)
        moved[Key(measure: id, year: due), default: Amount()].add(-count, -part.fen)
      }
    }
    for key in rows.keys { rows[key]?.split(moved[key] ?? Amount(), isPlaced: key.year != nil || !hasYears) }
    leftOut = ledger.measures.compactMap { one in others[one.id].map { (one, $0) } }
    self.rows = Outturn.inOrder(Array(rows.values), ledger)
    var sum = Row(measure: nil, year: nil)
    for row in self.rows { sum.add(row) }
    self.sum = sum
    for row in self.rows + [sum] {
      Invariant.holds(
        row.gap == [row.count, row.rate, row.timing, row.recovery, row.rest].reduce(0, Amounts.add),
        "outturns-add-up: the gap between an estimate and its outturn is the sum of its parts.")
    }
    Invariant.holds(
      sum.timing == 0, "timing-moves: what is paid in one year instead of another is neither more nor less")
  }

  /// A part of a whole in hundred-millionths, to a hundredth of a per cent; nil where there is no whole.
  fileprivate static func share(of part: Int64, in whole: Int64) -> Int64? {
    guard whole > 0 else { return nil }
    let (share, rest) = (Int128(part) * 10_000).quotientAndRemainder(dividingBy: Int128(whole))
    let rounded = rest * 2 >= Int128(whole) ? share + 1 : share
    return Int64(exactly: rounded * Int128(CheckedFund.whole / 10_000))
  }

  private static func takeUps(_ audit: PaidAudit, _ ledger: Ledger) -> [(measure: CheckedMeasure, share: Int64)] {
    var sums: [String: (made: Int64, due: Int64)] = [:]
    for entry in audit.entries where !entry.isRecovery {
      switch entry.finding {
      case .asDue, .otherDate, .otherAmount, .unpaid: break
      case .early, .twice, .reversed, .notDue, .undetermined, .unclear, .nobody: continue
      }
      // What becomes due after the day of costing may be claimed still.
      let days = entry.parts.map(\.dueOn) + [entry.dueOn].compactMap(\.self)
      if let asOf = ledger.settings.asOf, days.contains(where: { $0 > asOf }) { continue }
      let sum = sums[entry.measure?.id ?? "", default: (0, 0)]
      sums[entry.measure?.id ?? ""] = (
        Amounts.add(sum.made, min(entry.paid, entry.due)), Amounts.add(sum.due, entry.due)
      )
    }
    return ledger.measures.compactMap { measure in
      sums[measure.id].flatMap { share(of: $0.made, in: $0.due) }.map { (measure, $0) }
    }
  }

  /// By measure in the order of the programme, then by year.
  private static func inOrder(_ rows: [Row], _ ledger: Ledger) -> [Row] {
    let order = Dictionary(ledger.measures.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    return rows.sorted { a, b in
      let x = a.measure.flatMap { order[$0.id] } ?? .max, y = b.measure.flatMap { order[$0.id] } ?? .max
      return x != y ? x < y : (a.year ?? .max) < (b.year ?? .max)
    }
  }

  /// The measure that every line names; nil: they name several, or one names none.
  private static func onlyMeasure(_ audit: PaidAudit) -> CheckedMeasure? {
    let entries = audit.entries.filter { $0.line != nil }
    guard let first = entries.first?.measure,
      entries.allSatisfy({ $0.measure?.id == first.id && $0.line?.measure != nil })
    else { return nil }
    return first
  }

  /// The year that a line says.
  private static func year(_ line: PaidRegister.Line) -> Int32? {
    if let day = line.day ?? line.month { return Int32(day.parts.year) }
    return line.year
  }

  /// How many payments a line is: one that nothing is due for is one.
  private static func payments(_ entry: PaidEntry) -> Int {
    entry.parts.isEmpty ? 1 : entry.parts.count { $0.counts }
  }
}

extension Outturn.Row {
  /// Splits the gap. What was moved between years is timing, what is taken back a part of its own;
  /// of what remains, a change in the number of payments counts
  /// with the mean of both amounts each, and a change in the amount each with the mean of both numbers, which is what
  /// either comes to whichever is thought of first, on average. What half fen are left over goes with the amount.
  ///
  /// - Parameter isPlaced: whether it is known what the lines are for and when.
  fileprivate mutating func split(_ moved: Outturn.Amount, isPlaced: Bool) {
    guard measure != nil, isPlaced else {
      rest = gap
      return
    }
    timing = moved.fen
    recovery = Amounts.add(paid.recovered, -estimated.recovered)
    let left = Amounts.add(gap, -Amounts.add(timing, recovery))
    let (n, m) = (Int128(estimated.payments + moved.payments), Int128(paid.payments))
    let (before, after) = (Int128(Amounts.add(estimated.paid, moved.fen)), Int128(paid.paid))
    guard n > 0, m > 0 else {
      count = left
      return
    }
    let above = (m - n) * (before * m + after * n), below = 2 * n * m
    let (quotient, remainder) = above.quotientAndRemainder(dividingBy: below)
    let isUp = remainder.magnitude * 2 >= below.magnitude
    count = Int64(isUp ? quotient + Int128(above.signum()) : quotient)
    rate = Amounts.add(left, -count)
  }

  /// Adds another row's figures.
  package mutating func add(_ other: Outturn.Row) {
    estimated.add(other.estimated)
    paid.add(other.paid)
    count = Amounts.add(count, other.count)
    rate = Amounts.add(rate, other.rate)
    timing = Amounts.add(timing, other.timing)
    recovery = Amounts.add(recovery, other.recovery)
    rest = Amounts.add(rest, other.rest)
  }
}
