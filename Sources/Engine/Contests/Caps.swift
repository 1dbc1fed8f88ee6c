// Caps in money: what is paid at most for each of some keys, in turn or in proportion, in one measure or over several.
// What exceeds a cap stays in the ledger as a payment of its own that is not paid. Only groups whose sum exceeds their
// cap are put in order.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// The payments that caps look at, in columns: those of one measure, or of several.
struct CappedPayments {
  /// Which candidates, and which of them.
  var part: [Int32] = []
  var row: [Int32] = []
  var amounts: [Int64] = []
  var dates: [Int32] = []
  /// What is left to be paid of each.
  var paid: [Int64] = []
  /// The cap that cut each, by its place among the names; -1: none.
  var cap: [Int32] = []

  var count: Int { part.count }
}

/// Which group of a cap each payment belongs to, and how much the group may come to.
struct CapGroups {
  var group: [Int32]
  /// Fen; the largest number where nothing limits it.
  var room: [Int64]
  let isShared: Bool
  let span: CapSpan
  /// The place of the cap's name among those of the job.
  let name: Int32

  /// What the payments of each group come to.
  func sums(of paid: [Int64]) -> [Int128] {
    var sums = [Int128](repeating: 0, count: room.count)
    for i in group.indices { sums[Int(group[i])] += Int128(paid[i]) }
    return sums
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

  init(_ parts: [CapPart]) {
    self.parts = parts
    for p in parts.indices {
      // Days decide who comes first.
      if let late = self.parts[p].candidates.late {
        self.parts[p].candidates.dates = late.dates(of: self.parts[p].candidates.frames)
        self.parts[p].candidates.late = nil
      }
      let c = self.parts[p].candidates
      // What has no price takes no room.
      guard c.missing.isEmpty else { continue }
      for i in 0..<c.count where c.isPaid(i) {
        payments.part.append(Int32(truncatingIfNeeded: p))
        payments.row.append(Int32(truncatingIfNeeded: i))
        payments.amounts.append(c.amount(i))
        payments.dates.append(c.dates[i])
      }
    }
    payments.paid = payments.amounts
    payments.cap = Array(repeating: -1, count: payments.count)
  }

  /// A cap's groups.
  /// - Parameters:
  ///   - amount: how much the group of a payment may come to; nil where that is not known.
  ///   - key: a figure of a payment's frame.
  ///   - name: the place of the cap's name.
  /// - Returns: the groups, and those of them against which two amounts stand or none that is known.
  func groups(
    _ cap: CheckedCap, span: CapSpan, name: Int32, amount: (_ part: Int, _ frame: Int) -> Int64,
    key: (_ t: Typed, _ part: Int) -> (Int) -> Int64
  ) -> (groups: CapGroups, open: [Bool]) {
    var group = [Int32](repeating: 0, count: payments.count)
    var groups = 1
    for k in cap.keys {
      let value: (Int) -> Int64
      switch k {
      case .beneficiary:
        let spaces = spaceNumbers
        value = { i in
          let p = Int(payments.part[i])
          let who = parts[p].candidates.beneficiaries[Int(payments.row[i])]
          return Int64(spaces[p]) << 32 | Int64(UInt32(bitPattern: who))
        }
      case .yearOfPayment: value = { i in Int64(Day(number: payments.dates[i]).year) }
      case .figure(let t):
        let of = parts.indices.map { key(t, $0) }
        value = { i in
          let p = Int(payments.part[i])
          return of[p](Int(parts[p].candidates.frames[Int(payments.row[i])]))
        }
      }
      groups = CapJob.split(&group, by: value)
    }
    var room = [Int64?](repeating: nil, count: groups)
    var open = [Bool](repeating: false, count: groups)
    for i in group.indices {
      let p = Int(payments.part[i])
      let limit = amount(p, Int(parts[p].candidates.frames[Int(payments.row[i])]))
      let g = Int(group[i])
      if limit.isUnknown || (room[g] ?? limit) != limit { open[g] = true }
      room[g] = limit
    }
    let made = CapGroups(
      group: group, room: room.map { $0 ?? .max }, isShared: cap.isShared, span: span, name: name)
    return (made, open)
  }

  /// Splits groups by a further figure; how many there are then.
  private static func split(_ group: inout [Int32], by value: (Int) -> Int64) -> Int {
    struct Key: Hashable {
      let group: Int32
      let value: Int64
    }
    var ids: [Key: Int32] = [:]
    for i in group.indices {
      let key = Key(group: group[i], value: value(i))
      if let id = ids[key] {
        group[i] = id
      } else {
        let id = Int32(truncatingIfNeeded: ids.count)
        ids[key] = id
        group[i] = id
      }
    }
    return max(ids.count, 1)
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

  /// Cuts payments to what some caps leave them: first those in turn, all at once, then those in proportion.
  /// - Parameter ranks: what a payment's frame is ordered by, before its day.
  mutating func apply(_ all: [CapGroups], ranks: [(Int) -> Int64], end: CapEnd) {
    inTurn(all.filter { !$0.isShared }, ranks, end)
    for groups in all where groups.isShared { inProportion(groups) }
    write()
  }

  func full(_ groups: CapGroups) -> [Bool] {
    zip(groups.sums(of: payments.paid), groups.room).map { $0 > Int128($1) }
  }

  /// All of a group by the same factor, rounded down to the fen; the fen that are left go to the largest remainders.
  private mutating func inProportion(_ groups: CapGroups) {
    let sums = groups.sums(of: payments.paid)
    var open: [Int32: [Int]] = [:]
    for i in groups.group.indices where sums[Int(groups.group[i])] > Int128(groups.room[Int(groups.group[i])]) {
      open[groups.group[i], default: []].append(i)
    }
    for (g, all) in open {
      let room = Int128(max(groups.room[Int(g)], 0)), sum = sums[Int(g)]
      var left = room
      var remainders: [(rest: Int128, i: Int)] = []
      for i in sorted(all, []) {
        let share = Int128(payments.paid[i]) * room
        payments.paid[i] = Int64(truncatingIfNeeded: share / sum)
        payments.cap[i] = groups.name
        left -= share / sum
        remainders.append((share % sum, i))
      }
      let order = remainders.indices.sorted {
        remainders[$0].rest != remainders[$1].rest ? remainders[$0].rest > remainders[$1].rest : $0 < $1
      }
      for k in order.prefix(Int(left)) { payments.paid[remainders[k].i] += 1 }
    }
  }

  /// Payments in the order in which they are filed, then of their day, their measure and their subject.
  func sorted(_ all: [Int], _ ranks: [(Int) -> Int64]) -> [Int] {
    func frame(_ i: Int) -> Int { Int(parts[Int(payments.part[i])].candidates.frames[Int(payments.row[i])]) }
    return all.sorted { a, b in
      for rank in ranks {
        let x = rank(frame(a)), y = rank(frame(b))
        if x != y { return x < y }
      }
      if payments.dates[a] != payments.dates[b] { return payments.dates[a] < payments.dates[b] }
      let (p, q) = (Int(payments.part[a]), Int(payments.part[b]))
      if parts[p].place != parts[q].place { return parts[p].place < parts[q].place }
      if let order = precedes(a, b) { return order }
      return p != q ? p < q : a < b
    }
  }

  /// Which of two subjects comes first; nil where they are one, or not of one kind.
  private func precedes(_ a: Int, _ b: Int) -> Bool? {
    let (p, q) = (Int(payments.part[a]), Int(payments.part[b]))
    guard parts[p].candidates.memberList == parts[q].candidates.memberList else { return nil }
    let run = parts[p].run
    if let list = parts[p].candidates.memberList {
      let x = parts[p].candidates.members[Int(payments.row[a])], y = parts[q].candidates.members[Int(payments.row[b])]
      return x == y ? nil : run.dataset.tables[list].ids?.precedes(Int(x), Int(y)) ?? (x < y)
    }
    guard parts[p].place == parts[q].place else { return nil }
    let x = parts[p].candidates.frames[Int(payments.row[a])], y = parts[q].candidates.frames[Int(payments.row[b])]
    return x == y ? nil : run.idPrecedes(x, y)
  }

  /// Puts what is paid, and what is not, into the candidates.
  private mutating func write() {
    for p in parts.indices {
      var c = parts[p].candidates
      var changed = false
      for i in payments.part.indices where Int(payments.part[i]) == p && payments.paid[i] != payments.amounts[i] {
        if !changed {
          changed = true
          if let one = c.constant {
            c.amounts = Array(repeating: one, count: c.count)
            c.constant = nil
          }
        }
        c.cut(Int(payments.row[i]), to: payments.paid[i], by: payments.cap[i])
      }
      if changed { parts[p].candidates = c }
    }
  }

  /// Whether anything was cut.
  var isCut: Bool { payments.paid != payments.amounts }
}

extension Candidates {
  /// Leaves so much of a payment, and puts the rest beside it as exceeding a cap. Both say what was claimed.
  /// - Parameter cap: a cap of the measure's by its place, or a limit of the document's (`Candidates.limit`).
  fileprivate mutating func cut(_ i: Int, to paid: Int64, by cap: Int32) {
    let rest = amounts[i] - paid
    if claimed.isEmpty {
      claimed = Array(repeating: 0, count: frames.count)
      cappedBy = Array(repeating: -1, count: frames.count)
    }
    if claimed[i] == 0 { claimed[i] = amounts[i] }
    cappedBy[i] = cap
    if paid == 0 {
      stand(i, as: .overCap)
      return
    }
    if standings.isEmpty { standings = Array(repeating: Standing.paid.rawValue, count: frames.count) }
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
