// What a measure pays only once, only to the first, only the highest, or only while a quota has places.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  // MARK: Once only

  /// The order in which frames are considered: by their begin, then id, then year.
  func framePrecedes(_ begins: Storage<Int32>?, _ a: Int32, _ b: Int32) -> Bool {
    if let begins, begins[Int(a)] != begins[Int(b)] { return begins[Int(a)] < begins[Int(b)] }
    return idPrecedes(a, b)
  }

  func idPrecedes(_ a: Int32, _ b: Int32) -> Bool {
    let x = base[Int(a)], y = base[Int(b)]
    if x != y {
      switch baseSpace {
      case .list(let i):
        if let ids = dataset.tables[i].ids { return ids.precedes(Int(x), Int(y)) }
        return x < y
      case .text: return dataset.texts.text(x).utf8.lexicographicallyPrecedes(dataset.texts.text(y).utf8)
      case .district: return x < y
      }
    }
    return iteration.isEmpty ? a < b : iteration[Int(a)] < iteration[Int(b)]
  }

  func onceOnly(_ all: inout [Candidates]) {
    joinWorkers(&all)
    let begins = frameBegins(yearly: yearsFromMembers).flatMap { frameValues($0).int32 }
    if !measure.oncePer.isEmpty {
      let keys = measure.oncePer.map { key($0) }
      let payable = payableFrames(all)
      var first: [[Int64]: Int32] = [:]
      for f in payable {
        let k = keys.map { $0(Int(f)) }
        if let other = first[k], framePrecedes(begins, other, f) { continue }
        first[k] = f
      }
      let kept = Set(first.values)
      for i in all.indices { all[i].keep { [c = all[i]] in kept.contains(c.frames[$0]) } }
    }
    onlyFirst(&all)
    if let (keyTexts, preferring, when) = measure.onlyHighest {
      if let when, case .constantTruth(Truth.no) = lowering.lower(when, frameContext, .truth).op { return }
      let keys = keyTexts.map { key($0) }
      let preferred = preferring.flatMap { frameValues(lowering.lower($0, frameContext, .truth)).truth }
      var totals: [Int32: Int64] = [:]
      for c in all where c.missing.isEmpty {
        for i in 0..<c.count { totals[c.frames[i]] = MeasureRun.sum(totals[c.frames[i]] ?? 0, c.amount(i)) }
      }
      var best: [[Int64]: Int32] = [:]
      for f in totals.keys.sorted(by: { framePrecedes(begins, $0, $1) }) {
        let k = keys.map { $0(Int(f)) }
        guard let other = best[k] else {
          best[k] = f
          continue
        }
        let a = totals[f] ?? 0, b = totals[other] ?? 0
        let p = preferred.map { $0[Int(f)] & 0b11 == 0b11 } ?? false,
          q = preferred.map { $0[Int(other)] & 0b11 == 0b11 } ?? false
        if a > b || (a == b && p && !q) { best[k] = f }
      }
      let stand = Set(best.values)
      for i in all.indices where all[i].missing.isEmpty {
        for j in 0..<all[i].count where !stand.contains(all[i].frames[j]) {
          if all[i].standings.isEmpty { all[i].standings = Array(repeating: 0, count: all[i].count) }
          all[i].standings[j] = Standing.displaced.rawValue
        }
      }
    }
  }

  /// A sum that stays at the largest number where it would go beyond; the ledger's totals tell of that.
  static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (s, over) = a.addingReportingOverflow(b)
    return over ? .max : s
  }

  /// Frames with something to be paid, in ascending order.
  func payableFrames(_ all: [Candidates]) -> [Int32] {
    var set = RowSet()
    for c in all { for f in c.frames { set.insert(f) } }
    return set.first(.max)
  }

  /// A key expression's value for a frame; ids of one list compare by row, texts by number.
  func key(_ t: Typed) -> (Int) -> Int64 {
    let values = frameValues(lowering.lower(t, frameContext))
    if let v = values.int32 { return { Int64(v[$0]) } }
    if let v = values.int64 { return { v[$0] } }
    if let v = values.truth { return { Int64(v[$0]) } }
    return { _ in 0 }
  }

  /// An expression's value for sorting frames: records go by their id, texts by code point.
  func rank(_ t: Typed, among frames: [Int32]) -> (Int) -> Int64 {
    let value = key(t)
    let name: (Int64) -> String
    switch t.type {
    case .record(let list):
      let ids = dataset.table(list)?.ids
      name = { $0 >= 0 ? ids?.text(Int($0)) ?? "" : "" }
    case .text:
      let space = space(of: t)
      let dataset = dataset
      name = { v in
        guard v >= 0 else { return "" }
        if case .list(let i) = space { return dataset.tables[i].ids?.text(Int(v)) ?? "" }
        return dataset.texts.text(Int32(clamping: v))
      }
    default: return value
    }
    let values = Set(frames.map { value(Int($0)) })
    let sorted = values.map { ($0, name($0)) }.sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }
    var ranks: [Int64: Int64] = [:]
    for (r, v) in sorted.enumerated() { ranks[v.0] = Int64(r) }
    return { ranks[value($0)] ?? 0 }
  }

  /// Of one worker's records that a beneficiary would be paid for, only the first (reading `count`).
  func joinWorkers(_ all: inout [Candidates]) {
    guard let frameList, measure.form == .measure else { return }
    let table = dataset.tables[frameList]
    guard let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data else { return }
    switch measure.persons {
    case .every: return
    case .once, .onceInAll: break
    case .byReading: if !lowering.countsPersons { return }
    }
    let begins = begins(table.declaration, frameContext).flatMap { frameValues($0).int32 }
    struct Key: Hashable {
      let beneficiary: Int32
      let person: Int32
      let year: Int64
    }
    let repeated = evaluator.tables.repeated(frameList, field)
    if repeated.isEmpty { return }
    for i in all.indices where all[i].memberList == nil {
      let c = all[i]
      var best: [Key: Int32] = [:]
      for j in 0..<c.count where repeated.contains(persons[Int(base[Int(c.frames[j])])]) {
        let f = c.frames[j]
        let key = Key(
          beneficiary: c.beneficiaries[j], person: persons[Int(base[Int(f)])],
          year: framesHaveYear && !iteration.isEmpty ? iteration[Int(f)] : 0)
        if let other = best[key], other != f, framePrecedes(begins, other, f) { continue }
        best[key] = f
      }
      if !best.isEmpty {
        all[i].keep { j in
          let f = c.frames[j]
          if !repeated.contains(persons[Int(base[Int(f)])]) { return true }
          let key = Key(
            beneficiary: c.beneficiaries[j], person: persons[Int(base[Int(f)])],
            year: framesHaveYear && !iteration.isEmpty ? iteration[Int(f)] : 0)
          return best[key] == f
        }
      }
    }
  }

  // MARK: Quotas

  func applyQuotas(_ all: inout [Candidates]) {
    let candidates = payableFrames(all)
    let order = measure.ordered.map { rank($0, among: candidates) }
    let sorted = candidates.sorted { a, b in
      for o in order {
        let x = o(Int(a)), y = o(Int(b))
        if x != y { return x < y }
      }
      return idPrecedes(a, b)
    }
    var quotas: [Quota] = []
    for (limit, keyTexts, place) in measure.quotas {
      let keys = keyTexts.map { key($0) }
      guard let limits = frameValues(lowering.lower(limit, frameContext, .int64)).int64 else { continue }
      var ids: [[Int64]: Int] = [:]
      var capacity: [Int] = []
      let group = sorted.map { f -> Int in
        let k = keys.map { $0(Int(f)) }
        if let id = ids[k] { return id }
        ids[k] = capacity.count
        capacity.append(Int(clamping: max(0, limits[Int(f)])))
        return capacity.count - 1
      }
      quotas.append(Quota(groups: group, capacities: capacity))
      _ = place
    }
    if lowering.maximumAllocation, quotas.count > 2 {
      diagnostics.append(
        Diagnostic(
          .warning, code: "three-quotas",
          Text(
            "With more than two quotas at once, places go in filing order even under `allocation = maximum`.",
            zh: "同时有两个以上名额限制时，即使 `allocation = maximum` 也按备案先后分配。"),
          hint: Text("Join quotas to at most two.", zh: "请将名额限制合并为至多两个。"), at: measure.location))
    }
    let taken =
      lowering.maximumAllocation && quotas.count == 2
      ? Allocation.maximum(count: sorted.count, quotas[0], quotas[1]) : Allocation.inOrder(count: sorted.count, quotas)
    var over: Set<Int32> = []
    for (i, f) in sorted.enumerated() where !taken[i] { over.insert(f) }
    for i in all.indices {
      for j in 0..<all[i].count where over.contains(all[i].frames[j]) {
        if all[i].standings.isEmpty { all[i].standings = Array(repeating: 0, count: all[i].count) }
        all[i].standings[j] = Standing.overQuota.rawValue
      }
    }
  }
}
