// Caps in money: what is paid at most for each of some keys, in turn or in proportion, in one measure or over several.
// What exceeds a cap stays in the ledger as a payment of its own that is not paid. Only groups whose sum exceeds their
// cap are put in order.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// The payments that caps look at, in columns: those of one measure, or of several.
struct CappedPayments {
  /// Which candidates, and which of them; both empty where they are all of the first ones, in their order.
  var parts: [Int32] = []
  var rows: [Int32] = []
  var amounts: [Int64] = []
  var dates: [Int32] = []
  /// What is left to be paid of each.
  var paid: [Int64] = []
  /// The cap that cut each, by its place among the names; -1: none.
  var cap: [Int32] = []

  var count: Int { amounts.count }
  func part(_ i: Int) -> Int { parts.isEmpty ? 0 : Int(parts[i]) }
  func row(_ i: Int) -> Int { rows.isEmpty ? i : Int(rows[i]) }
}

/// Which group of a cap each payment belongs to, and how much the group may come to.
struct CapGroups {
  var group: [Int32]
  /// Fen; the largest number where nothing limits it.
  var room: [Int64]
  /// The groups against which two amounts stand, or none that is known.
  let open: [Bool]
  /// The payments of which a key is not known; empty where all are.
  let unkeyed: [Bool]
  let isShared: Bool
  let span: CapSpan
  /// The place of the cap's name among those of the job.
  let name: Int32
  /// The cap's place among those of its measure or limit.
  var place = 0

  /// Whether the cap leaves anything open.
  var leavesOpen: Bool { !unkeyed.isEmpty || open.contains(true) }
  /// Whether it is not known what is left of a payment.
  func isOpen(_ i: Int) -> Bool { isUnkeyed(i) || open[Int(group[i])] }
  func isUnkeyed(_ i: Int) -> Bool { !unkeyed.isEmpty && unkeyed[i] }

  /// What the payments of each group come to.
  func sums(of paid: [Int64]) -> [Int128] {
    var sums = [Int128](repeating: 0, count: room.count)
    for i in group.indices { sums[Int(group[i])] += Int128(paid[i]) }
    return sums
  }
}

/// Which payments lack a key of a cap.
private struct KeysOfPayments {
  /// Of which a key is not known, and of which one is none; both empty where there are neither.
  private var unknown: [Bool] = []
  private var free: [Bool] = []

  mutating func look(at values: [Int64]) {
    guard values.contains(where: \.isAbsent) else { return }
    if unknown.isEmpty {
      unknown = [Bool](repeating: false, count: values.count)
      free = unknown
    }
    for i in values.indices where values[i].isAbsent {
      if values[i].isNone { free[i] = true } else { unknown[i] = true }
    }
  }

  var areStated: Bool { unknown.isEmpty }
  func isStated(_ i: Int) -> Bool { unknown.isEmpty || (!unknown[i] && !free[i]) }

  /// The payments of which it is not known to which group they belong: what has none of a key belongs to none, whatever
  /// else is known of it. Empty where there are none.
  var unkeyed: [Bool] {
    let unkeyed = zip(unknown, free).map { $0 && !$1 }
    return unkeyed.contains(true) ? unkeyed : []
  }
}

/// One measure's candidates with the run that they came of.
struct CapPart {
  let run: MeasureRun
  /// Its place among the measures.
  let place: Int
  var candidates: Candidates
}

/// Caps over some candidates.
struct CapJob {
  var parts: [CapPart]
  var payments = CappedPayments()
  /// Whose caps they are, where it is kept what each found and left.
  var owner: CapStage.Owner?
  var stages: [CapStage] = []

  init(_ parts: [CapPart]) {
    self.parts = parts
    for p in parts.indices {
      // Days decide who comes first.
      if let late = self.parts[p].candidates.late {
        self.parts[p].candidates.dates = late.dates(of: self.parts[p].candidates.frames)
        self.parts[p].candidates.late = nil
      }
    }
    if parts.count == 1, self.parts[0].candidates.missing.isEmpty, self.parts[0].candidates.standings.isEmpty {
      let c = self.parts[0].candidates
      payments.amounts = c.constant.map { Array(repeating: $0, count: c.count) } ?? c.amounts
      payments.dates = c.dates
    } else {
      for p in parts.indices { append(p) }
    }
    payments.paid = payments.amounts
    payments.cap = Array(repeating: -1, count: payments.count)
  }

  private mutating func append(_ p: Int) {
    let c = parts[p].candidates
    // What has no price takes no room.
    guard c.missing.isEmpty else { return }
    for i in 0..<c.count where c.isPaid(i) {
      payments.parts.append(Int32(truncatingIfNeeded: p))
      payments.rows.append(Int32(truncatingIfNeeded: i))
      payments.amounts.append(c.amount(i))
      payments.dates.append(c.dates[i])
    }
  }

  /// A cap's groups.
  /// - Parameters:
  ///   - one: how much every group may come to, where that is one amount for all.
  ///   - amount: how much the group of a payment may come to; nil where that is not known.
  ///   - key: a figure of a payment's frame, which is the cap's key of that place.
  ///   - name: the place of the cap's name.
  func groups(
    _ cap: CheckedCap, span: CapSpan, name: Int32, one: Int64? = nil, amount: (_ part: Int, _ frame: Int) -> Int64,
    key: (_ t: Typed, _ place: Int, _ part: Int) -> (Int) -> Int64
  ) -> CapGroups {
    var group = [Int32](repeating: 0, count: payments.count)
    var keys = KeysOfPayments()
    var groups = 1
    for (place, k) in cap.keys.enumerated() {
      let values = values(of: k) { key($0, place, $1) }
      keys.look(at: values)
      groups = CapJob.split(&group, groups, by: values)
    }
    var room = [Int64](repeating: .max, count: groups)
    var isSet = [Bool](repeating: false, count: groups), open = isSet
    let unkeyed = keys.unkeyed
    if let one, keys.areStated, payments.count > 0 {
      // Every group has a payment.
      room = [Int64](repeating: one, count: groups)
      open = [Bool](repeating: one.isUnknown, count: groups)
    } else {
      // What belongs to no group is not limited.
      for i in group.indices where keys.isStated(i) {
        let p = payments.part(i)
        let limit = amount(p, Int(parts[p].candidates.frames[payments.row(i)]))
        let g = Int(group[i])
        if limit.isUnknown || (isSet[g] && room[g] != limit) { open[g] = true }
        room[g] = limit
        isSet[g] = true
      }
    }
    return CapGroups(
      group: group, room: room, open: open, unkeyed: unkeyed, isShared: cap.isShared, span: span, name: name)
  }

  /// The payments of each part, which stand one behind another.
  private var runs: [(part: Int, places: Range<Int>)] {
    if payments.count == 0 { return [] }
    if payments.parts.isEmpty { return [(0, 0..<payments.count)] }
    var runs: [(part: Int, places: Range<Int>)] = []
    var from = 0
    while from < payments.count {
      let part = payments.parts[from]
      let end = payments.parts[from...].firstIndex { $0 != part } ?? payments.count
      runs.append((Int(part), from..<end))
      from = end
    }
    return runs
  }

  /// A key's value for each payment.
  private func values(of key: CheckedCap.Key, _ figure: (_ t: Typed, _ part: Int) -> (Int) -> Int64) -> [Int64] {
    var out = [Int64](repeating: 0, count: payments.count)
    let spaces = spaceNumbers
    for (p, places) in runs {
      let candidates = parts[p].candidates, frames = candidates.frames
      switch key {
      case .beneficiary:
        let who = candidates.beneficiaries, space = Int64(spaces[p]) << 32
        for i in places { out[i] = space | Int64(UInt32(bitPattern: who[payments.row(i)])) }
      case .yearOfPayment:
        if let years = parts[p].run.yearsOfFrames {
          for i in places { out[i] = years[Int(frames[payments.row(i)])] }
        } else {
          let months = Months.table, dates = payments.dates
          for i in places { out[i] = Int64(months.year(dates[i])) }
        }
      case .figure(let t):
        let of = figure(t, p)
        for i in places { out[i] = of(Int(frames[payments.row(i)])) }
      }
    }
    return out
  }

  /// Splits groups by a further figure; how many there are then.
  private static func split(_ group: inout [Int32], _ groups: Int, by values: [Int64]) -> Int {
    guard let low = values.min(), let high = values.max() else { return 1 }
    var next: Int32 = 0
    // Figures that lie close together have a place each; others are looked for.
    let (range, far) = high.subtractingReportingOverflow(low)
    let (places, many) = (far ? .max : range).multipliedReportingOverflow(by: Int64(groups))
    if !far, !many, range < .max, places + Int64(groups) <= Int64(4 * values.count + 65_536) {
      let width = Int(range) + 1
      var numbers = [Int32](repeating: -1, count: width * groups)
      for i in group.indices {
        let place = Int(group[i]) * width + Int(values[i] - low)
        if numbers[place] < 0 {
          numbers[place] = next
          next += 1
        }
        group[i] = numbers[place]
      }
      return max(Int(next), 1)
    }
    var numbers = KeyedNumbers()
    for i in group.indices { group[i] = numbers.number(Int(group[i]), values[i]) }
    return max(numbers.count, 1)
  }

  /// A number for the space that each part's beneficiaries are of.
  private var spaceNumbers: [Int] {
    var known: [Space] = []
    return parts.map { part in
      let space = part.candidates.beneficiarySpace
      if let i = known.firstIndex(of: space) { return i }
      known.append(space)
      return known.count - 1
    }
  }

  // MARK: Cutting

  /// Cuts payments to what some caps leave them, and puts what they do not leave beside them.
  /// - Parameter ranks: what a payment's frame is ordered by, before its day.
  mutating func apply(_ all: [CapGroups], ranks: [(Int) -> Int64], end: CapEnd) {
    reckon(all, ranks: ranks, end: end)
    write()
  }

  /// What some caps leave of payments: first those in turn, all at once, then those in proportion.
  mutating func reckon(_ all: [CapGroups], ranks: [(Int) -> Int64], end: CapEnd) {
    let turns = all.filter { !$0.isShared }
    stage(turns, ranks) { $0.inTurn(turns, ranks, end) }
    for groups in all where groups.isShared { stage([groups], ranks) { $0.inProportion(groups, ranks) } }
  }

  func full(_ groups: CapGroups) -> [Bool] {
    zip(groups.sums(of: payments.paid), groups.room).map { $0 > Int128($1) }
  }

  /// All of a group by the same factor, rounded down to the fen; the fen that are left go to the largest remainders.
  private mutating func inProportion(_ groups: CapGroups, _ ranks: [(Int) -> Int64]) {
    let sums = groups.sums(of: payments.paid)
    var open: [Int32: [Int32]] = [:]
    for i in groups.group.indices where sums[Int(groups.group[i])] > Int128(groups.room[Int(groups.group[i])]) {
      open[groups.group[i], default: []].append(Int32(truncatingIfNeeded: i))
    }
    for (g, all) in open {
      let room = Int128(max(groups.room[Int(g)], 0)), sum = sums[Int(g)]
      var left = room
      let order = sorted(all, ranks)
      var rests = [Int128](repeating: 0, count: order.count)
      for (k, i) in order.enumerated() {
        let share = Int128(payments.paid[Int(i)]) * room
        payments.paid[Int(i)] = Int64(truncatingIfNeeded: share / sum)
        payments.cap[Int(i)] = groups.name
        left -= share / sum
        rests[k] = share % sum
      }
      for k in CapJob.largest(Int(left), of: rests, sum) { payments.paid[Int(order[k])] += 1 }
    }
  }

  /// The places of the largest remainders, of equal ones the first, in no order. Only those that stand at the edge are
  /// compared with each other.
  private static func largest(_ wanted: Int, of rests: [Int128], _ sum: Int128) -> [Int] {
    let steps = 4_096
    func step(_ rest: Int128) -> Int { Int(rest / (sum / Int128(steps) + 1)) }
    var counts = [Int](repeating: 0, count: steps + 1)
    for rest in rests { counts[step(rest)] += 1 }
    var edge = steps, above = 0
    while edge > 0, above + counts[edge] < wanted {
      above += counts[edge]
      edge -= 1
    }
    var out: [Int] = [], near: [Int] = []
    for k in rests.indices {
      let own = step(rests[k])
      if own > edge { out.append(k) } else if own == edge { near.append(k) }
    }
    near.sort { rests[$0] != rests[$1] ? rests[$0] > rests[$1] : $0 < $1 }
    return out + near.prefix(wanted - out.count)
  }

  /// Puts what is paid, and what is not, into the candidates.
  mutating func write() {
    guard isCut else { return }
    // What is partly paid stands twice.
    var twice = [Int](repeating: 0, count: parts.count)
    for i in 0..<payments.count where payments.paid[i] != payments.amounts[i] && payments.paid[i] != 0 {
      twice[payments.part(i)] += 1
    }
    var isPrepared = [Bool](repeating: false, count: parts.count)
    for i in 0..<payments.count where payments.paid[i] != payments.amounts[i] {
      let p = payments.part(i)
      if !isPrepared[p] {
        isPrepared[p] = true
        parts[p].candidates.prepareToCut(twice[p])
      }
      parts[p].candidates.cut(payments.row(i), to: payments.paid[i], by: payments.cap[i])
    }
  }

  /// Whether anything was cut.
  var isCut: Bool { payments.paid != payments.amounts }
}

extension Candidates {
  /// Makes room for so many that will stand twice.
  fileprivate mutating func prepareToCut(_ twice: Int) {
    if let one = constant {
      amounts = Array(repeating: one, count: count)
      constant = nil
    }
    let all = count + twice
    if claimed.isEmpty {
      claimed = Array(repeating: 0, count: count)
      cappedBy = Array(repeating: -1, count: count)
    }
    if standings.isEmpty { standings = Array(repeating: Standing.paid.rawValue, count: count) }
    if twice == 0 { return }
    frames.reserveCapacity(all)
    if !members.isEmpty { members.reserveCapacity(all) }
    if !subjects.isEmpty { subjects.reserveCapacity(all) }
    beneficiaries.reserveCapacity(all)
    dates.reserveCapacity(all)
    amounts.reserveCapacity(all)
    claimed.reserveCapacity(all)
    cappedBy.reserveCapacity(all)
    standings.reserveCapacity(all)
  }

  /// Leaves so much of a payment, and puts the rest beside it as exceeding a cap. Both say what was claimed.
  /// - Parameter cap: a cap of the measure's by its place, or a limit of the document's (`Candidates.limit`).
  fileprivate mutating func cut(_ i: Int, to paid: Int64, by cap: Int32) {
    let rest = amounts[i] - paid
    if claimed[i] == 0 { claimed[i] = amounts[i] }
    cappedBy[i] = cap
    if paid == 0 {
      stand(i, as: .overCap)
      return
    }
    amounts[i] = paid
    frames.append(frames[i])
    if !members.isEmpty { members.append(members[i]) }
    if !subjects.isEmpty { subjects.append(subjects[i]) }
    beneficiaries.append(beneficiaries[i])
    dates.append(dates[i])
    amounts.append(rest)
    claimed.append(claimed[i])
    cappedBy.append(cap)
    standings.append(Standing.overCap.rawValue)
  }

  /// The code of a document's limit, by its place, where a cap of the measure's own has its place.
  static func limit(_ place: Int) -> Int32 { -2 - Int32(truncatingIfNeeded: place) }
}
