// Which line pays what is due: the same day and amount first, then the same amount within the stated month or year,
// then one line for several payments and several lines for one, then what is right but for the day or for the amount. A
// payment is taken once; the line that would take it a second time has paid twice. Knows nothing of names.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Lines and payments brought together.
struct PaidMatching {
  /// What a line was found to be.
  struct Match {
    let finding: PaidFinding
    /// The payments that it is.
    var dues: [Int] = []
    var reasons: [PaidReason] = []
    /// What the line is of them, where it is not all of each.
    var shares: [PaidShare] = []
  }

  let dues: DuePayments
  let lines: [PaidLine]
  /// How many days after the day on which it became due a payment is not remarked.
  let grace: Int
  /// One for each line; nil: why is still to be said.
  private(set) var matches: [Match?]
  /// The lines that have each payment, which are several where it was made in instalments.
  private var payers: [Int: [Int]] = [:]
  /// The first of them.
  private(set) var takers: [Int: Int] = [:]

  init(_ lines: [PaidLine], _ dues: DuePayments, grace: Int) {
    self.lines = lines
    self.dues = dues
    self.grace = grace
    matches = lines.map { line in line.settled.map { Match(finding: $0.finding, reasons: $0.reasons) } }
    for one in PaidReversals(lines).all {
      let places = [one.line, one.reversal, one.again].map { lines[$0].line.place }
      let reason = PaidReason.reversed(places[0], by: places[1], again: places[2])
      for i in [one.line, one.reversal] { matches[i] = Match(finding: .reversed, reasons: [reason]) }
    }
    match()
  }

  private mutating func match() {
    each {
      $0.day != nil
    } as: { m, i in
      m.takeSame(i) { line, due in line.day?.number == due.day }
    }
    let grace = self.grace
    each {
      $0.day != nil
    } as: { m, i in
      m.takeSame(i) { line, due in line.isInTime(due.day, grace) }
    }
    each {
      $0.hasPeriod
    } as: { m, i in
      m.takeSame(i) { line, due in line.isWithin(due.day) }
    }
    each {
      $0.day == nil && !$0.hasPeriod
    } as: { m, i in
      m.takeSame(i) { _, _ in true }
    }
    each { _ in
      true
    } as: { m, i in
      m.takeSeveral(i) { line, due in line.isSamePeriod(due.day) }
    }
    each {
      $0.day != nil || $0.hasPeriod
    } as: { m, i in
      m.remarkTwice(i) { line, due in line.isSamePeriod(due.day) }
    }
    each { _ in
      true
    } as: { m, i in
      m.takeNearest(i)
    }
    each { _ in
      true
    } as: { m, i in
      m.takeSeveral(i) { line, due in line.day.map { due.day <= $0.number } ?? true }
    }
    each { _ in
      true
    } as: { m, i in
      m.takeSeveral(i) { _, _ in true }
    }
    takeInstalments()
    each {
      $0.day != nil || $0.hasPeriod
    } as: { m, i in
      m.takeOther(i) { line, due in line.isSamePeriod(due.day) }
    }
    each { _ in
      true
    } as: { m, i in
      m.remarkTwice(i) { _, _ in true }
    }
    each { _ in
      true
    } as: { m, i in
      m.takeOther(i) { _, _ in true }
    }
    each { _ in
      true
    } as: { m, i in
      m.remarkUsedUp(i)
    }
  }

  /// Looks at every line that nothing has been found of yet.
  private mutating func each(
    _ isMeant: (PaidRegister.Line) -> Bool, as work: (inout PaidMatching, Int) -> Void
  ) {
    for i in lines.indices where matches[i] == nil && isMeant(lines[i].line) { work(&self, i) }
  }

  private func free(_ i: Int) -> [Int] { lines[i].open.filter { takers[$0] == nil } }

  private func fen(_ i: Int) -> Int64 { lines[i].line.fen ?? 0 }

  // MARK: The same amount

  /// A payment of the same amount, the first of those that fit.
  private mutating func takeSame(_ i: Int, _ fits: (PaidRegister.Line, DuePayment) -> Bool) {
    let found = free(i).filter { dues.all[$0].fen == fen(i) && fits(lines[i].line, dues.all[$0]) }
    guard let first = found.first, isOfOneMeasure(i, found) else { return }
    // What comes later and is let pass is told all the same.
    take(i, [first], .asDue, lateness(lines[i].line, [first]).filter { $0.isLate })
  }

  /// A payment of the same amount, due on the nearest day.
  private mutating func takeNearest(_ i: Int) {
    let found = free(i).filter { dues.all[$0].fen == fen(i) }
    guard let first = found.first, isOfOneMeasure(i, found) else { return }
    guard let day = lines[i].line.day else {
      take(i, [first], lines[i].line.hasPeriod ? .otherDate : .asDue)
      return
    }
    func distance(_ due: Int) -> Int { abs(Int(dues.all[due].day) - Int(day.number)) }
    let nearest = found.min { distance($0) < distance($1) } ?? first
    take(i, [nearest], .otherDate, lateness(lines[i].line, [nearest]))
  }

  /// Several payments of one measure to one beneficiary whose amounts come to that of the line.
  private mutating func takeSeveral(_ i: Int, _ fits: (PaidRegister.Line, DuePayment) -> Bool) {
    let found = free(i).filter { fits(lines[i].line, dues.all[$0]) }
    guard found.count > 1 else { return }
    let groups = Dictionary(grouping: found) { group($0) }
    let right = groups.values.filter { sum($0) == fen(i) && $0.count > 1 }
    guard let only = right.first, right.count == 1 else { return }
    take(i, only, finding(i, only), [.together(only.count)] + lateness(lines[i].line, only))
  }

  /// Whether a line of the right amount comes on the right days.
  private func finding(_ i: Int, _ payments: [Int]) -> PaidFinding {
    let line = lines[i].line
    let isInTime = payments.allSatisfy { line.isSamePeriod(dues.all[$0].day) || line.isInTime(dues.all[$0].day, grace) }
    return !isInTime && (line.day != nil || line.hasPeriod) ? .otherDate : .asDue
  }

  /// How many days after payments became due a line pays them; nothing where it was their day, or the line says none.
  private func lateness(_ line: PaidRegister.Line, _ payments: [Int]) -> [PaidReason] {
    guard let day = line.day else { return [] }
    let late = payments.map { Int(day.number) - Int(dues.all[$0].day) }
    guard let least = late.min(), let most = late.max(), least != 0 || most != 0 else { return [] }
    return [least == most ? .days(least) : .daysBetween(least: least, most: most)]
  }

  // MARK: Instalments

  /// Several lines for what is due to one beneficiary, none of which is all of a payment.
  private mutating func takeInstalments() {
    var groups: [[Int]: [Int]] = [:]
    var order: [[Int]] = []
    for i in lines.indices where matches[i] == nil && fen(i) != 0 {
      let free = free(i)
      guard let first = free.first, free.allSatisfy({ group($0) == group(first) }) else { continue }
      if groups[free] == nil { order.append(free) }
      groups[free, default: []].append(i)
    }
    for free in order {
      let meant = (groups[free] ?? []).sorted { (lines[$0].line.earliest, $0) < (lines[$1].line.earliest, $1) }
      if meant.count > 1, free.allSatisfy({ takers[$0] == nil }) { takeInstalments(meant, free) }
    }
  }

  private mutating func takeInstalments(_ meant: [Int], _ free: [Int]) {
    let found = PaidInstalments(
      lines: meant.map { abs(fen($0)) }, dues: free.map { (due: $0, fen: abs(dues.all[$0].fen)) })
    // What does not come to what is due is so together, where there is no doubt of which payment it is.
    let count = found.exact ?? (free.count == 1 ? meant.count : 0)
    let shares = found.shares(of: count)
    let payers = zip(meant, shares).filter { !$0.1.isEmpty }
    guard payers.count > 1 else { return }
    let paid = payers.reduce(Int64(0)) { Amounts.add($0, fen($1.0)) }
    let due = sum(Array(Set(shares.joined().map(\.due))))
    let numbers = payers.map { lines[$0.0].line.place }
    for (i, shares) in payers {
      let payments = shares.map(\.due)
      let signed = shares.map { PaidShare(due: $0.due, fen: fen(i) < 0 ? -$0.fen : $0.fen, isFirst: $0.isFirst) }
      take(
        i, payments, found.exact == nil ? .otherAmount : finding(i, payments),
        [.instalments(numbers, paid: paid, due: due)] + lateness(lines[i].line, payments), signed)
    }
  }

  private struct Group: Hashable {
    let measure: Int
    let payee: Payee
  }

  private func group(_ due: Int) -> Group { Group(measure: dues.all[due].measure, payee: dues.all[due].beneficiary) }

  private func sum(_ payments: [Int]) -> Int64 { payments.reduce(0) { Amounts.add($0, dues.all[$1].fen) } }

  /// Whether payments that are otherwise alike are of one measure; where they are of several, the line is not clear.
  private mutating func isOfOneMeasure(_ i: Int, _ found: [Int]) -> Bool {
    let measures = Set(found.map { dues.all[$0].measure })
    if measures.count == 1 { return true }
    matches[i] = Match(
      finding: .unclear, reasons: [.severalMeasures(measures.sorted().map { dues.ledger.measures[$0] })])
    return false
  }

  // MARK: Twice

  /// A payment of the same amount that another line has already paid.
  private mutating func remarkTwice(_ i: Int, _ fits: (PaidRegister.Line, DuePayment) -> Bool) {
    for due in lines[i].open where dues.all[due].fen == fen(i) && fits(lines[i].line, dues.all[due]) {
      guard let taker = takers[due], let fen = lines[taker].line.fen else { continue }
      matches[i] = Match(
        finding: .twice, dues: [due], reasons: [.paidInLine(lines[taker].line.place, fen: fen)])
      return
    }
  }

  /// Everything that is due to somebody has been paid by other lines.
  private mutating func remarkUsedUp(_ i: Int) {
    guard !lines[i].open.isEmpty else { return }
    let takers = Set(lines[i].open.flatMap { payers[$0] ?? [] })
    guard free(i).isEmpty else {
      matches[i] = Match(finding: .unclear, reasons: [.severalDue(free(i).count)])
      return
    }
    // The same sum for the same payments together is a second payment of them; an instalment is none.
    if let taker = takers.sorted().first(where: {
      lines[$0].line.fen == lines[i].line.fen && matches[$0]?.shares.isEmpty == true
    }) {
      matches[i] = Match(
        finding: .twice, dues: [lines[i].open[0]],
        reasons: [.paidInLine(lines[taker].line.place, fen: fen(i))])
      return
    }
    matches[i] = Match(
      finding: .notDue, dues: [lines[i].open[0]],
      reasons: [
        .usedUp(lines: takers.map { lines[$0].line.place }.sorted(), due: sum(lines[i].open))
      ])
  }

  // MARK: Another amount

  /// What is due otherwise: one payment, or all that go to the beneficiary whom alone the line names.
  private mutating func takeOther(_ i: Int, _ fits: (PaidRegister.Line, DuePayment) -> Bool) {
    let found = free(i).filter { fits(lines[i].line, dues.all[$0]) }
    guard !found.isEmpty else { return }
    let line = lines[i].line
    let measures = Set(found.map { dues.all[$0].measure })
    if found.count > 1, measures.count > 1 {
      matches[i] = Match(
        finding: .unclear, reasons: [.severalMeasures(measures.sorted().map { dues.ledger.measures[$0] })])
      return
    }
    let isForAll = line.person == nil && line.personNumber == nil && line.record == nil
    if found.count == 1 || isForAll {
      let together: [PaidReason] = found.count > 1 ? [.together(found.count)] : []
      take(i, found, .otherAmount, together + days(line, found))
      return
    }
    guard let day = line.day else { return }
    let distances = found.map { abs(Int(dues.all[$0].day) - Int(day.number)) }
    guard let least = distances.min(), distances.count(where: { $0 == least }) == 1,
      let nearest = distances.firstIndex(of: least)
    else { return }
    take(i, [found[nearest]], .otherAmount, days(line, [found[nearest]]))
  }

  /// The same where the amount is another: what is let pass is not told.
  private func days(_ line: PaidRegister.Line, _ payments: [Int]) -> [PaidReason] {
    lateness(line, payments).filter { reason in
      if case .days(let late) = reason { return late < 0 || late > grace }
      return true
    }
  }

  private mutating func take(
    _ i: Int, _ payments: [Int], _ finding: PaidFinding, _ reasons: [PaidReason] = [], _ shares: [PaidShare] = []
  ) {
    for due in payments {
      payers[due, default: []].append(i)
      takers[due] = takers[due] ?? i
    }
    var finding = finding
    var reasons = reasons
    // What falls due after the day of costing and was paid on its day was not paid early.
    let pending = payments.first { due in
      dues.all[due].status == .pending && (lines[i].line.day.map { $0.number < dues.all[due].day } ?? true)
    }
    if let pending, finding != .otherAmount {
      finding = .early
      reasons.append(.dueOn(Day(number: dues.all[pending].day)))
    }
    matches[i] = Match(finding: finding, dues: payments, reasons: reasons, shares: shares)
  }
}

extension PaidReason {
  /// Whether it tells of days after the one on which something became due.
  fileprivate var isLate: Bool {
    if case .days(let late) = self { return late > 0 }
    return false
  }
}

extension PaidRegister.Line {
  /// The first day that it may mean; before all others where it says none.
  var earliest: Int32 {
    day?.number ?? month?.number ?? year.flatMap { Day(year: Int($0), month: 1, day: 1)?.number } ?? .min
  }

  /// Whether it names a month or a year, and no day.
  var hasPeriod: Bool { day == nil && (month != nil || year != nil) }

  /// Whether a day lies within the month or the year that it names.
  func isWithin(_ number: Int32) -> Bool {
    let (year, month, _) = Day(number: number).parts
    if let named = self.month { return named.parts.year == year && named.parts.month == month }
    if let named = self.year { return Int(named) == year }
    return false
  }

  /// Whether it was paid on a day or at most so many days after it.
  func isInTime(_ number: Int32, _ grace: Int) -> Bool {
    guard let day else { return false }
    let late = Int(day.number) - Int(number)
    return late >= 0 && late <= grace
  }

  /// Whether a day is its own, or lies within the period that it names.
  func isSamePeriod(_ number: Int32) -> Bool { day.map { $0.number == number } ?? isWithin(number) }
}
