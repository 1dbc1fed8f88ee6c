// What a measure pays only once, only to the first, or only the highest.
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
    noteClauses(all)
    joinWorkers(&all)
    noteOnce(all)
    let begins = frameBegins(yearly: yearsFromMembers).map { frameValues($0).narrow }
    var isLeftOut: (Int32) -> Bool = { _ in false }
    if let months = onceWithin {
      isLeftOut = keepOnce(&all, per: measure.limits.oncePer, within: months)
    } else if !measure.limits.oncePer.isEmpty {
      isLeftOut = keepFirst(&all, per: measure.limits.oncePer, begins)
    }
    onlyFirst(&all, besides: isLeftOut)
    if let (keys, preferring, when) = measure.limits.onlyHighest {
      if let when, lowering.lower(when, frameContext, .truth).op == .constantTruth(Truth.no) { return }
      keepHighest(&all, per: keys, preferring: preferring, begins)
    }
  }

  /// Of several frames with the same keys, only the first that is paid stays.
  /// - Returns: whether a frame comes after the first, or is open, and so is none of those that count.
  private func keepFirst(
    _ all: inout [Candidates], per keyTexts: [Typed], _ begins: Storage<Int32>?
  ) -> (Int32) -> Bool {
    let keys = keys(keyTexts, leavingOpen: &all)
    var first: [[Int64]: Int32] = [:]
    for f in payableFrames(all) where !keys.isFree(f) {
      let k = keys(f)
      if let other = first[k], framePrecedes(begins, other, f) { continue }
      first[k] = f
    }
    let stay = Set(first.values)
    let isLeftOut = { [self] (f: Int32) -> Bool in
      !keys.isFree(f) && !stay.contains(f) && (first[keys(f)].map { framePrecedes(begins, $0, f) } ?? false)
    }
    keep(of: &all) { !isLeftOut($0) }
    // Who is open is not counted either.
    return { isLeftOut($0) || !keys.isPlaced($0) }
  }

  /// Of several frames with the same keys, the one that is paid most stands; on a tie the preferred, then the first.
  private func keepHighest(
    _ all: inout [Candidates], per keyTexts: [Typed], preferring: Typed?, _ begins: Storage<Int32>?
  ) {
    let keys = keys(keyTexts, leavingOpen: &all)
    let preferred = preferring.map { frameValues(lowering.lower($0, frameContext, .truth)).truths }
    func isPreferred(_ f: Int32) -> Bool { preferred.map { Truth.holds($0[Int(f)]) } ?? false }
    var totals: [Int32: Int64] = [:]
    for c in all where c.missing.isEmpty {
      for i in 0..<c.count { totals[c.frames[i]] = MeasureRun.sum(totals[c.frames[i], default: 0], c.amount(i)) }
    }
    var best: [[Int64]: (frame: Int32, total: Int64)] = [:]
    for (f, total) in totals.sorted(by: { framePrecedes(begins, $0.key, $1.key) }) where !keys.isFree(f) {
      let k = keys(f)
      if let other = best[k] {
        guard total > other.total || (total == other.total && isPreferred(f) && !isPreferred(other.frame)) else {
          continue
        }
      }
      best[k] = (f, total)
    }
    let stand = Set(best.values.map(\.frame))
    for i in all.indices where all[i].missing.isEmpty {
      for j in 0..<all[i].count where !stand.contains(all[i].frames[j]) && !keys.isFree(all[i].frames[j]) {
        all[i].stand(j, as: .displaced)
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

  /// An expression's value for sorting frames: records go by their id, places by their code, texts by code
  /// point.
  func rank(_ t: Typed, among frames: [Int32]) -> (Int) -> Int64 {
    let value = key(t)
    guard let name = name(of: t) else { return value }
    let values = Set(frames.map { value(Int($0)) })
    let sorted = values.map { ($0, name($0)) }.sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }
    var ranks: [Int64: Int64] = [:]
    for (r, v) in sorted.enumerated() { ranks[v.0] = Int64(r) }
    return { f in
      Invariant.value(ranks[value(f)], "rank-known: what is ranked is one of those that were ranked")
    }
  }

  /// What an expression's value is called, for sorting by: a record by its id, a place by its code, a text by itself,
  /// what is absent by nothing. Nil where values are sorted as they are.
  private func name(of t: Typed) -> ((Int64) -> String)? {
    let space: Space
    switch t.type {
    case .record(let list): space = .list(dataset.list(named: list))
    case .text: space = self.space(of: t)
    case .place:
      let codes = dataset.places.codes
      return { v in codes.indices.contains(Int(v)) ? codes[Int(v)].text : "" }
    case .truth, .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date,
      .dateOrYear, .choice, .set, .nothing, .broken:
      return nil
    }
    let dataset = dataset
    return { v in
      guard v >= 0 else { return "" }
      switch space {
      // Records without ids keep the order of their frames.
      case .list(let i): return dataset.tables[i].ids?.text(Int(v)) ?? ""
      case .text, .district: return dataset.texts.text(Int32(clamping: v))
      }
    }
  }

  /// Whether a beneficiary is paid for one of a person's frames only.
  var joinsFramesOfPersons: Bool {
    guard measure.form == .measure else { return false }
    switch measure.selection.persons {
    case .every: return false
    case .once, .onceInAll: return true
    case .byReading: return !measure.limits.settlePersons && lowering.countsPersons
    }
  }

  /// Of one worker's records that a beneficiary would be paid for, only the first (reading `count`).
  func joinWorkers(_ all: inout [Candidates]) {
    guard let frameList, joinsFramesOfPersons else { return }
    let table = dataset.tables[frameList]
    guard let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data else { return }
    let begins = begins(table.declaration, frameContext).map { frameValues($0).narrow }
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
        // Numbers and periods of one record go together.
        if let other = best[key], base[Int(other)] == base[Int(f)] || framePrecedes(begins, other, f) { continue }
        best[key] = f
      }
      if best.isEmpty { continue }
      // What comes out below nought goes the way of the payments of its clause.
      func stays(_ c: Candidates, _ j: Int) -> Bool {
        let f = c.frames[j]
        if !repeated.contains(persons[Int(base[Int(f)])]) { return true }
        let key = Key(
          beneficiary: c.beneficiaries[j], person: persons[Int(base[Int(f)])],
          year: framesHaveYear && !iteration.isEmpty ? iteration[Int(f)] : 0)
        guard let first = best[key] else { return true }
        return base[Int(first)] == base[Int(f)] || framePrecedes(begins, f, first)
      }
      all[i].keep { stays(c, $0) }
      for k in belowNought.indices where belowNought[k].clause == c.clause {
        let below = belowNought[k]
        belowNought[k].keep { stays(below, $0) }
      }
    }
  }
}
