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

  var count: Int { part.count }
}

/// Which group of a cap each payment belongs to, and how much the group may come to.
struct CapGroups {
  var group: [Int32]
  /// Fen; the largest number where nothing limits it.
  var room: [Int64]
  let isShared: Bool

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
  private var payments = CappedPayments()

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
  }

  /// A cap's groups.
  /// - Parameters:
  ///   - amount: how much the group of a payment may come to; nil where that is not known.
  ///   - key: a figure of a payment's frame.
  /// - Returns: nil where two amounts stand against one group.
  func groups(
    _ cap: CheckedCap, amount: (_ part: Int, _ frame: Int) -> Int64, key: (_ t: Typed, _ part: Int) -> (Int) -> Int64
  ) -> CapGroups? {
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
    for i in group.indices {
      let p = Int(payments.part[i])
      let limit = amount(p, Int(parts[p].candidates.frames[Int(payments.row[i])]))
      let g = Int(group[i])
      if let other = room[g], other != limit { return nil }
      room[g] = limit
    }
    return CapGroups(group: group, room: room.map { $0 ?? .max }, isShared: cap.isShared)
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
  mutating func apply(_ all: [CapGroups], ranks: [(Int) -> Int64]) {
    inTurn(all.filter { !$0.isShared }, ranks)
    for groups in all where groups.isShared { inProportion(groups) }
    write()
  }

  private func full(_ groups: CapGroups) -> [Bool] {
    zip(groups.sums(of: payments.paid), groups.room).map { $0 > Int128($1) }
  }

  private mutating func inTurn(_ caps: [CapGroups], _ ranks: [(Int) -> Int64]) {
    let fulls = caps.map { full($0) }
    guard fulls.contains(where: { $0.contains(true) }) else { return }
    var rooms = caps.map(\.room)
    let open = (0..<payments.count).filter { i in caps.indices.contains { fulls[$0][Int(caps[$0].group[i])] } }
    for i in sorted(open, ranks) {
      var left = payments.paid[i]
      for c in caps.indices where fulls[c][Int(caps[c].group[i])] { left = min(left, rooms[c][Int(caps[c].group[i])]) }
      left = max(left, 0)
      for c in caps.indices where fulls[c][Int(caps[c].group[i])] { rooms[c][Int(caps[c].group[i])] -= left }
      payments.paid[i] = left
    }
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
  private func sorted(_ all: [Int], _ ranks: [(Int) -> Int64]) -> [Int] {
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
        c.cut(Int(payments.row[i]), to: payments.paid[i])
      }
      if changed { parts[p].candidates = c }
    }
  }

  /// Whether anything was cut.
  var isCut: Bool { payments.paid != payments.amounts }
}

extension Candidates {
  /// Leaves so much of a payment, and puts the rest beside it as exceeding a cap.
  fileprivate mutating func cut(_ i: Int, to paid: Int64) {
    let rest = amounts[i] - paid
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
    if standings.isEmpty { standings = Array(repeating: Standing.paid.rawValue, count: frames.count - 1) }
    standings.append(Standing.overCap.rawValue)
  }
}

extension MeasureRun {
  /// A measure's own caps.
  func applyCaps(_ all: inout [Candidates]) {
    let limits = measure.limits
    var job = CapJob(all.map { CapPart(run: self, place: 0, candidates: $0) })
    var caps: [CapGroups] = []
    for cap in limits.caps {
      let node = lowering.lower(cap.amount, frameContext, .int64)
      let values = frameValues(node).wide
      let open = (0..<frameCount).filter { Truth.holds(truth[$0]) && values[$0].isUnknown }
      if !open.isEmpty {
        diagnostics.append(MeasureRun.unknownCap(measure.id, blame(node, rows: open.map { Int32($0) }), cap.location))
        return
      }
      let groups = job.groups(cap) { _, f in
        values[f].isNone ? .max : max(values[f], 0)
      } key: { t, _ in
        key(t)
      }
      guard let groups else {
        diagnostics.append(MeasureRun.twoCaps(measure.id, cap.location))
        return
      }
      caps.append(groups)
    }
    let frames = payableFrames(all)
    job.apply(caps, ranks: limits.ordered.map { rank($0, among: frames) })
    all = job.parts.map(\.candidates)
    let unpriced = all.filter { !$0.missing.isEmpty }.reduce(0) { $0 + $1.count }
    let left = odd.unknown.count + unpriced
    if job.isCut, left > 0 { diagnostics.append(MeasureRun.notReckoned(measure.id, left)) }
  }

  static func twoCaps(_ id: String, _ location: SourceRange) -> Diagnostic {
    .error(
      "two-caps", Text("\(id): one group has two different caps.", zh: "\(id)：同一组出现两个不同的限额。"),
      hint: Text("Add to the keys what the cap's amount hangs on.", zh: "请把限额所依据的项目加入 `for each`。"), at: location)
  }

  static func unknownCap(_ id: String, _ facts: Set<String>, _ location: SourceRange) -> Diagnostic {
    let names = facts.sorted().joined(separator: ", ")
    return .error(
      "unknown-cap", Text("\(id): how much the cap is cannot be told (\(names)).", zh: "\(id)：限额无法确定（\(names)）。"),
      hint: Text("State what is missing.", zh: "请补充缺少的事实或数值。"), at: location)
  }

  static func notReckoned(_ id: String, _ count: Int) -> Diagnostic {
    Diagnostic(
      .note, code: "cap-open",
      Text(
        "\(id): a cap is reached, and \(count) are not reckoned with; should they be paid, others would not.",
        zh: "\(id)：限额已满，另有 \(count) 项尚未计入；如其获付，其他支付将相应减少。"),
      hint: Text("State what is missing.", zh: "请补充缺少的事实或数值。"))
  }
}

extension Engine {
  /// Limits over several measures of a document, as they stand in the text.
  static func limits(
    _ documents: [CheckedDocument], _ measures: [CheckedMeasure], _ runs: [Int: MeasureRun],
    _ candidates: inout [Int: [Candidates]], _ settings: RunSettings, _ ledger: inout Ledger
  ) {
    for document in documents {
      for limit in document.limits {
        let places = limit.measures.compactMap { name in
          measures.firstIndex { $0.document == document.id && $0.name == name }
        }
        var parts: [CapPart] = []
        var counts: [(place: Int, count: Int)] = []
        for place in places {
          guard let run = runs[place], let own = candidates[place] else { continue }
          counts.append((place, own.count))
          parts += own.map { CapPart(run: run, place: place, candidates: $0.oneByOne()) }
        }
        guard let run = parts.first?.run else { continue }
        var job = CapJob(parts)
        let lowering = run.lowering.beside(settings)
        var caps: [CapGroups] = []
        for cap in limit.caps {
          guard case .constant64(let amount) = lowering.lower(cap.amount, .frame(list: nil), .int64).op,
            !amount.isUnknown
          else {
            ledger.diagnostics.append(MeasureRun.unknownCap(document.id + "." + limit.name, [], cap.location))
            continue
          }
          let groups = job.groups(cap) { _, _ in
            amount.isNone ? .max : max(amount, 0)
          } key: { _, _ in
            { _ in 0 }
          }
          if let groups { caps.append(groups) }
        }
        job.apply(caps, ranks: [])
        guard job.isCut else { continue }
        var at = 0
        for (place, count) in counts {
          candidates[place] = job.parts[at..<at + count].map(\.candidates)
          at += count
        }
      }
    }
  }
}
