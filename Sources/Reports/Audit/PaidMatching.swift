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
  private let taken: TakenPayments
  private let pools: [Int: PaidPool]
  /// By pool, once everything is taken: by which lines, and the first line of each amount that paid all of a payment.
  private var used: [Int: UsedUp] = [:]

  private struct UsedUp {
    let places: [PaidRegister.Place]
    let due: Int64
    let first: [Int64: Int]
  }

  init(_ lines: [PaidLine], _ dues: DuePayments, grace: Int) {
    self.lines = lines
    self.dues = dues
    self.grace = grace
    taken = TakenPayments(dues.all.count)
    var pools: [Int: PaidPool] = [:]
    for line in lines where line.settled == nil && pools[line.pool] == nil {
      pools[line.pool] = PaidPool(line.open, dues)
    }
    self.pools = pools
    matches = lines.map { line in line.settled.map { Match(finding: $0.finding, reasons: $0.reasons) } }
    for one in PaidReversals(lines).all {
      let places = [one.line, one.reversal, one.again].map { lines[$0].line.place }
      let reason = PaidReason.reversed(places[0], by: places[1], again: places[2])
      for i in [one.line, one.reversal] { matches[i] = Match(finding: .reversed, reasons: [reason]) }
    }
    match()
  }

  private mutating func match() {
    let grace = self.grace
    for days in [{ $0.sameDay }, { $0.inTime(grace) }, { $0.period }, { $0.anyDay }] as [(PaidRegister.Line) -> Days?] {
      each { m, i in days(m.lines[i].line).map { m.takeSame(i, $0) } }
    }
    each { m, i in m.lines[i].line.ownDays.map { m.takeSeveral(i, $0) } }
    each { m, i in m.lines[i].line.ownDays.map { m.remarkTwice(i, $0) } }
    each { m, i in m.takeNearest(i) }
    each { m, i in m.takeSeveral(i, m.lines[i].line.upToDay) }
    each { m, i in m.takeSeveral(i, .min ... .max) }
    takeInstalments()
    each { m, i in m.lines[i].line.ownDays.map { m.takeOther(i, $0) } }
    each { m, i in m.remarkTwice(i, .min ... .max) }
    each { m, i in m.takeOther(i, .min ... .max) }
    each { m, i in m.remarkUsedUp(i) }
  }

  private typealias Days = ClosedRange<Int32>

  /// Looks at every line that nothing has been found of yet.
  private mutating func each(_ work: (inout PaidMatching, Int) -> Void?) {
    for i in lines.indices where matches[i] == nil { _ = work(&self, i) }
  }

  private func pool(_ i: Int) -> PaidPool {
    Invariant.value(pools[lines[i].pool], "lines-have-pools: a line of which nothing is settled may be some payments")
  }

  private func free(_ i: Int) -> [Int] { pool(i).free(taken) }

  private func fen(_ i: Int) -> Int64 { lines[i].line.fen ?? 0 }

  // MARK: The same amount

  /// A payment of the same amount, the first of those that fall on some days.
  private mutating func takeSame(_ i: Int, _ days: Days) {
    guard let alike = pool(i).alike(fen(i)) else { return }
    let places = alike.places(days)
    let first = alike.free(from: places.lowerBound, taken)
    guard first < places.upperBound, isOfOneMeasure(i, alike, places) else { return }
    // What comes later and is let pass is told all the same.
    take(i, [alike.dues[first]], .asDue, lateness(lines[i].line, [alike.dues[first]]).filter { $0.isLate })
  }

  /// A payment of the same amount, due on the nearest day.
  private mutating func takeNearest(_ i: Int) {
    guard let alike = pool(i).alike(fen(i)) else { return }
    let first = alike.free(from: 0, taken)
    guard first < alike.dues.count, isOfOneMeasure(i, alike, 0..<alike.dues.count) else { return }
    guard let day = lines[i].line.day else {
      take(i, [alike.dues[first]], lines[i].line.hasPeriod ? .otherDate : .asDue)
      return
    }
    guard let nearest = alike.nearest(to: day.number, taken) else { return }
    take(i, [nearest], .otherDate, lateness(lines[i].line, [nearest]))
  }

  /// Several payments of one measure to one beneficiary whose amounts come to that of the line.
  private mutating func takeSeveral(_ i: Int, _ days: Days) {
    guard let only = pool(i).together(fen(i), days, taken, dues), only.count == 1 else { return }
    take(
      i, only.dues, finding(i, only.dues), [.together(only.dues.count)] + lateness(lines[i].line, only.dues))
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
    // What the lines of a pool may be is the same for all of them: nothing is taken here.
    var meant: [Int: [Int]] = [:]
    for i in lines.indices where matches[i] == nil && fen(i) != 0 {
      let number = lines[i].pool
      if meant[number] == nil {
        let free = free(i)
        let isOne = free.first.map { first in free.allSatisfy { group($0) == group(first) } } ?? false
        meant[number] = isOne ? free : []
        if isOne, groups[free] == nil {
          order.append(free)
          groups[free] = []
        }
      }
    }
    // Different pools may have the same left.
    let places = Dictionary(order.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    let place = meant.compactMapValues { places[$0] }
    var members: [[Int]] = order.map { _ in [] }
    for i in lines.indices where matches[i] == nil && fen(i) != 0 {
      if let at = place[lines[i].pool] { members[at].append(i) }
    }
    for (free, all) in zip(order, members) { groups[free] = all }
    for free in order {
      let meant = (groups[free] ?? []).sorted { (lines[$0].line.earliest, $0) < (lines[$1].line.earliest, $1) }
      if meant.count > 1, free.allSatisfy({ takers[$0] == nil }) { takeInstalments(meant, free) }
    }
  }

  private mutating func takeInstalments(_ meant: [Int], _ free: [Int]) {
    let found = PaidInstalments(
      lines: meant.map { abs(fen($0)) }, dues: free.map { (due: $0, fen: abs(dues.all[$0].fen)) })
    // What does not come to what is due is so together, where there is no doubt of which payment it is.
    let isClear = meant.allSatisfy { pool($0).isOfOneMeasure }
    let count = found.exact ?? (free.count == 1 && isClear ? meant.count : 0)
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
  private mutating func isOfOneMeasure(_ i: Int, _ alike: AlikePayments, _ places: Range<Int>) -> Bool {
    if alike.isOfOneMeasure { return true }
    let found = alike.dues[places].filter { !taken.has($0) }
    let measures = Set(found.map { dues.all[$0].measure })
    if measures.count == 1 { return true }
    matches[i] = Match(
      finding: .unclear, reasons: [.severalMeasures(measures.sorted().map { dues.ledger.measures[$0] })])
    return false
  }

  // MARK: Twice

  /// A payment of the same amount that another line has already paid.
  private mutating func remarkTwice(_ i: Int, _ days: Days) {
    guard let alike = pool(i).alike(fen(i)) else { return }
    for due in alike.dues[alike.places(days)] {
      guard let taker = takers[due], let fen = lines[taker].line.fen else { continue }
      matches[i] = Match(
        finding: .twice, dues: [due], reasons: [.paidInLine(lines[taker].line.place, fen: fen)])
      return
    }
  }

  /// Everything that is due to somebody has been paid by other lines.
  private mutating func remarkUsedUp(_ i: Int) {
    guard let first = lines[i].open.first else { return }
    guard free(i).isEmpty else {
      matches[i] = Match(finding: .unclear, reasons: [.severalDue(free(i).count)])
      return
    }
    let used = self.used[lines[i].pool] ?? usedUp(i)
    self.used[lines[i].pool] = used
    // The same sum for the same payments together is a second payment of them; an instalment is none.
    if let taker = used.first[fen(i)] {
      matches[i] = Match(
        finding: .twice, dues: [first], reasons: [.paidInLine(lines[taker].line.place, fen: fen(i))])
      return
    }
    matches[i] = Match(finding: .notDue, dues: [first], reasons: [.usedUp(lines: used.places, due: used.due)])
  }

  private func usedUp(_ i: Int) -> UsedUp {
    let takers = Set(lines[i].open.flatMap { payers[$0] ?? [] }).sorted()
    var first: [Int64: Int] = [:]
    for taker in takers where matches[taker]?.shares.isEmpty == true {
      if let fen = lines[taker].line.fen, first[fen] == nil { first[fen] = taker }
    }
    return UsedUp(places: takers.map { lines[$0].line.place }.sorted(), due: sum(lines[i].open), first: first)
  }

  // MARK: Another amount

  /// What is due otherwise: one payment, or all that go to the beneficiary whom alone the line names.
  private mutating func takeOther(_ i: Int, _ days: Days) {
    let found = free(i).filter { days.contains(dues.all[$0].day) }
    guard !found.isEmpty else { return }
    let line = lines[i].line
    // That other lines have taken what is due of all measures but one is no sign of what this line is for.
    let isClear = pool(i).isOfOneMeasure
    let open = isClear ? [] : pool(i).open.filter { days.contains(dues.all[$0].day) }
    let measures = Set(open.map { dues.all[$0].measure })
    if measures.count > 1 {
      matches[i] = Match(
        finding: .unclear, reasons: [.severalMeasures(measures.sorted().map { dues.ledger.measures[$0] })])
      return
    }
    let isForAll = line.person == nil && line.personNumber == nil && line.record == nil
    if found.count == 1 || isForAll {
      let together: [PaidReason] = found.count > 1 ? [.together(found.count)] : []
      take(i, found, .otherAmount, together + told(line, found))
      return
    }
    guard let day = line.day else { return }
    let distances = found.map { abs(Int(dues.all[$0].day) - Int(day.number)) }
    guard let least = distances.min(), distances.count(where: { $0 == least }) == 1,
      let nearest = distances.firstIndex(of: least)
    else { return }
    take(i, [found[nearest]], .otherAmount, told(line, [found[nearest]]))
  }

  /// The same where the amount is another: what is let pass is not told.
  private func told(_ line: PaidRegister.Line, _ payments: [Int]) -> [PaidReason] {
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
      taken.take(due)
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

  /// Its day; nil where it says none.
  fileprivate var sameDay: ClosedRange<Int32>? { day.map { $0.number...$0.number } }

  /// The days on which something may have become due that it pays in time.
  fileprivate func inTime(_ grace: Int) -> ClosedRange<Int32>? {
    day.map { Int32(clamping: Int($0.number) - max(grace, 0))...$0.number }
  }

  /// The days of the month or the year that it names in place of a day.
  fileprivate var period: ClosedRange<Int32>? {
    guard day == nil else { return nil }
    if let month {
      let (year, number, _) = month.parts
      return Day(year: year, month: number, day: 1).map { $0.number...(PaidRegister.Line.after(year, number) - 1) }
    }
    return year.flatMap { year in
      Day(year: Int(year), month: 1, day: 1).map { $0.number...(PaidRegister.Line.after(Int(year), 12) - 1) }
    }
  }

  /// The first day of the month behind one.
  private static func after(_ year: Int, _ month: Int) -> Int32 {
    Day.clamped(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1).number
  }

  /// Every day, of a line that says none.
  fileprivate var anyDay: ClosedRange<Int32>? { day == nil && !hasPeriod ? .min ... .max : nil }

  /// Its day or the days of its period.
  fileprivate var ownDays: ClosedRange<Int32>? { sameDay ?? period }

  /// All days up to its own.
  fileprivate var upToDay: ClosedRange<Int32> { .min...(day?.number ?? .max) }

  /// Whether it was paid on a day or at most so many days after it.
  func isInTime(_ number: Int32, _ grace: Int) -> Bool {
    guard let day else { return false }
    let late = Int(day.number) - Int(number)
    return late >= 0 && late <= grace
  }

  /// Whether a day is its own, or lies within the period that it names.
  func isSamePeriod(_ number: Int32) -> Bool { day.map { $0.number == number } ?? isWithin(number) }
}
