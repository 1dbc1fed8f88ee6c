// What a measure's frames and members are paid: amounts, accrual dates, once-only rules and quotas. Taking the higher
// across documents is in Displacement.swift.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// What one `pay` clause reckons, before once-only rules and quotas.
struct Candidates {
  var frames: [Int32] = []
  /// For payments for members: their rows; else empty.
  var members: [Int32] = []
  var beneficiaries: [Int32] = []
  var dates: [Int32] = []
  /// Fen, or units where the amount hangs on a missing value; one for all where `constant`.
  var amounts: [Int64] = []
  var constant: Int64?
  var standings: [UInt8] = []
  let clause: Int
  let beneficiarySpace: Space
  /// The list of members, for payments for members.
  let memberList: Int?
  var missing: [String] = []
  var unitsAreMonths = false
  var low: Int64?

  func amount(_ i: Int) -> Int64 { constant ?? amounts[i] }
  var count: Int { frames.count }

  mutating func keep(_ test: (Int) -> Bool) {
    var c = 0
    let many = constant == nil
    for i in frames.indices where test(i) {
      frames[c] = frames[i]
      if !members.isEmpty { members[c] = members[i] }
      beneficiaries[c] = beneficiaries[i]
      dates[c] = dates[i]
      if many { amounts[c] = amounts[i] }
      if !standings.isEmpty { standings[c] = standings[i] }
      c += 1
    }
    let drop = frames.count - c
    frames.removeLast(drop)
    if !members.isEmpty { members.removeLast(drop) }
    beneficiaries.removeLast(drop)
    dates.removeLast(drop)
    if many { amounts.removeLast(drop) }
    if !standings.isEmpty { standings.removeLast(drop) }
  }
}

extension MeasureRun {
  /// What the measure pays.
  func pay() -> [Candidates] {
    errorsOfFrames()
    var all: [Candidates] = []
    for (i, clause) in measure.pays.enumerated() {
      if let set = clause.forEach {
        all.append(payMembers(clause, i, sets[set]))
      } else {
        all.append(payFrames(clause, i))
      }
    }
    onceOnly(&all)
    if !measure.quotas.isEmpty { applyQuotas(&all) }
    return all
  }

  /// The frames that meet everything.
  func passingFrames() -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(truth.count)
    for f in truth.indices where truth[f] & 0b11 == 0b11 { out.append(Int32(truncatingIfNeeded: f)) }
    return out
  }

  private func errorsOfFrames() {
    guard !measure.errors.isEmpty else { return }
    let passing = passingFrames()
    for (message, when) in measure.errors {
      guard let values = frameValues(lowering.lower(when, frameContext, .truth)).truth else { continue }
      for f in passing where values[Int(f)] & 0b11 == 0b11 {
        let name = frameName(Int(f))
        diagnostics.append(
          .error(
            "refused-fact",
            Text("\(name): \(message.en) (\(measure.id), article \(measure.article))", zh: "\(name)：\(message.zh)（\(measure.id)，\(measure.article)）"),
            hint: Text("Correct the fact of \(name), or the measure's bounds.", zh: "请更正 \(name) 的事实，或调整措施的界限。"),
            at: baseSpaceTable.flatMap { $0.origin(Int(base[Int(f)])) }))
      }
    }
  }

  private var baseSpaceTable: FactTable? { frameList.map { dataset.tables[$0] } }

  /// The subject's id of a frame, with its year.
  func frameName(_ f: Int) -> String {
    let name: String
    switch baseSpace {
    case .list(let i): name = dataset.tables[i].ids?.text(Int(base[f])) ?? "\(dataset.tables[i].declaration.singular) \(base[f] + 1)"
    case .text: name = dataset.texts.text(base[f])
    case .district: name = dataset.places.codes.indices.contains(Int(base[f])) ? dataset.places.codes[Int(base[f])].text : ""
    }
    return framesHaveYear && !iteration.isEmpty && iteration[f] > Absent.none64 ? name + "@\(iteration[f])" : name
  }

  /// Where the beneficiaries that an expression names are to be found.
  func space(of who: Typed) -> Space {
    switch who.type {
    case .record(let list): return .list(dataset.dictionary.index(list) ?? 0)
    default:
      switch who.kind {
      case .selfRecord, .frameRecord: return baseSpace
      case .selfField(let field):
        if let frameList, case .ownIDs? = dataset.tables[frameList].columns[field.name]?.data { return .list(frameList) }
        return .text
      case .field(let record, let field):
        if case .record(let list) = record.type, let i = dataset.dictionary.index(list),
          case .ownIDs? = dataset.tables[i].columns[field.name]?.data
        {
          return .list(i)
        }
        return .text
      default: return .text
      }
    }
  }

  /// The by-reference values that an amount lacks.
  private func missingValues(_ node: Node) -> [String] {
    var names: [String] = []
    var seen: Set<Int> = []
    let known = Set(document.values.map(\.name))
    func visit(_ n: Node) {
      guard seen.insert(n.number).inserted else { return }
      if case .missing(let name, _) = n.op, known.contains(name), !names.contains(name) { names.append(name) }
      if case .gather(let inner) = n.op { visit(inner) }
      for i in n.inputs { visit(i) }
    }
    visit(node)
    return names.sorted()
  }

  /// How many units an unpriced amount comes to: its months where the missing value is monthly, else one.
  private func units(_ t: Typed, _ context: Lowering.Context) -> (node: Node, months: Bool) {
    switch t.kind {
    case .multiply(let a, let b):
      let la = missingValues(lowering.lower(a, context)), lb = missingValues(lowering.lower(b, context))
      if a.type == .moneyPerMonth, b.type == .months, !la.isEmpty { return (lowering.lower(b, context, .int64), true) }
      if b.type == .moneyPerMonth, a.type == .months, !lb.isEmpty { return (lowering.lower(a, context, .int64), true) }
      if !la.isEmpty { return units(a, context) }
      if !lb.isEmpty { return units(b, context) }
    case .divide(let a, _): return units(a, context)
    case .ifThen(let c, let a, let b):
      if case .constantTruth(let v) = lowering.lower(c, context).op {
        return units(v == Truth.yes ? a : b, context)
      }
    default: break
    }
    return (graph.constant64(1), false)
  }

  // MARK: One payment a frame

  private func payFrames(_ clause: CheckedPay, _ index: Int) -> Candidates {
    var c = Candidates(clause: index, beneficiarySpace: space(of: clause.who), memberList: nil)
    let who = lowering.lower(clause.who, frameContext, .int32)
    var amount = lowering.lower(clause.amount, frameContext, .int64)
    c.missing = missingValues(amount)
    if !c.missing.isEmpty {
      let u = units(clause.amount, frameContext)
      amount = u.node
      c.unitsAreMonths = u.months
    }
    let on = clause.on.map { lowering.lower($0, frameContext, .int32) } ?? frameBegins(yearly: false) ?? graph.constant32(Absent.none32)
    var whenParts = clause.when.map { [lowering.lower($0, frameContext, .truth)] } ?? []
    if lowering.windowOnAccrual, let w = window(on) { whenParts.append(w) }
    let when = graph.and(whenParts)
    if let low = clause.low, case .constant64(let v) = lowering.lower(low, frameContext).op { c.low = v }
    fillAggregates()
    let frames = passingFrames()
    var undetermined: [Int32] = []
    var negative = 0
    let isConstant = { if case .constant64 = amount.op { true } else { false } }()
    if case .constant64(let v) = amount.op { c.constant = v }
    frames.withUnsafeBufferPointer { list in
      evaluator.run([when, who, amount, on], over: .list(list), oneWorker: true) { worker, start, n in
        let t = worker.truth(0), b = worker.int32(1), a = worker.int64(2), d = worker.int32(3)
        for k in 0..<n {
          let test = t[k] & 0b11
          if test == 0 || b[k] == Absent.none32 || a[k] == Absent.none64 || a[k] == 0 || d[k] == Absent.none32 { continue }
          if test == 1 || b[k] == Absent.unknown32 || a[k] == Absent.unknown64 || d[k] == Absent.unknown32 {
            undetermined.append(list[start + k])
            continue
          }
          if a[k] < 0 {
            negative += 1
            continue
          }
          c.frames.append(list[start + k])
          c.beneficiaries.append(b[k])
          if !isConstant { c.amounts.append(a[k]) }
          c.dates.append(d[k])
        }
      }
    }
    tell(negative)
    if !undetermined.isEmpty {
      var facts: Set<String> = []
      for node in [when, who, amount, on] { facts.formUnion(blame(node, rows: undetermined)) }
      for f in undetermined { noteUndetermined(subject: base[Int(f)], facts: facts) }
    }
    return c
  }

  /// Amounts below zero are no payments; that there were some is told.
  private func tell(_ negative: Int) {
    guard negative > 0 else { return }
    diagnostics.append(
      Diagnostic(
        .warning, code: "negative",
        Text("\(measure.id): \(negative) amounts come out below zero and are left out.", zh: "\(measure.id)：\(negative) 笔金额为负，未计入。"),
        hint: Text("Use `larger of (0 yuan, …)` if that is what is meant.", zh: "如本意如此，请写 `larger of (0 yuan, …)`。"), at: measure.place))
  }

  // MARK: One payment a member

  private func payMembers(_ clause: CheckedPay, _ index: Int, _ members: Members) -> Candidates {
    var c = Candidates(clause: index, beneficiarySpace: space(of: clause.who), memberList: members.list)
    let who = frameValues(lowering.lower(clause.who, frameContext, .int32)).int32
    let link = linkNode(of: measure.sets[clause.forEach ?? 0])
    let context: Lowering.Context =
      clause.amountInFrame ? frameContext : .member(list: members.list, link: link, year: nil)
    var amount = lowering.lower(clause.amount, context, .int64)
    c.missing = missingValues(amount)
    if !c.missing.isEmpty {
      let u = units(clause.amount, context)
      amount = u.node
      c.unitsAreMonths = u.months
    }
    let inner = Lowering.Context.member(list: members.list, link: link, year: nil)
    let on = clause.on.map { lowering.lower($0, inner, .int32) }
    var whenParts = clause.when.map { [lowering.lower($0, inner, .truth)] } ?? []
    if lowering.windowOnAccrual, let on, let w = window(on) { whenParts.append(w) }
    let when = graph.and(whenParts)
    fillAggregates()
    if case .constant64(let v) = amount.op { c.constant = v }
    let perFrame = clause.amountInFrame && c.constant == nil ? frameValues(amount).int64 : nil
    // Members of frames that pass, with what each is paid.
    var rows: [Int32] = [], frames: [Int32] = [], dates: [Int32] = []
    rows.reserveCapacity(members.rows.count)
    frames.reserveCapacity(members.rows.count)
    dates.reserveCapacity(members.rows.count)
    members.rows.withUnsafeBufferPointer { r in
      members.frames.withUnsafeBufferPointer { fs in
        members.dates.withUnsafeBufferPointer { ds in
          truth.withUnsafeBufferPointer { t in
            for k in 0..<r.count where t[Int(fs[k])] & 0b11 == 0b11 {
              rows.append(r[k])
              frames.append(fs[k])
              dates.append(ds[k])
            }
          }
        }
      }
    }
    let needsAmounts = c.constant == nil && perFrame == nil
    let trivial = { if case .constantTruth(Truth.yes) = when.op { true } else { false } }()
    if trivial, on == nil, !needsAmounts, let v = c.constant {
      // The common case: one rate for all, on the date on which each counts.
      guard v > 0 else { return c }
      c.beneficiaries.reserveCapacity(rows.count)
      for f in frames { c.beneficiaries.append(who?[Int(f)] ?? Absent.none32) }
      c.members = rows
      c.frames = frames
      c.dates = dates
      return c
    }
    var undetermined: [Int32] = []
    var negative = 0
    let roots = [when, on ?? graph.constant32(0), needsAmounts ? amount : graph.constant64(0)]
    rows.withUnsafeBufferPointer { list in
      evaluator.run(roots, over: .list(list), oneWorker: true) { worker, start, n in
        let t = worker.truth(0), d = worker.int32(1), a = worker.int64(2)
        for k in 0..<n {
          let i = start + k
          let f = Int(frames[i])
          let date = on == nil ? dates[i] : d[k]
          let value = c.constant ?? perFrame?[f] ?? a[k]
          let b = who?[f] ?? Absent.none32
          let test = t[k] & 0b11
          if test == 0 || b == Absent.none32 || value == Absent.none64 || value == 0 || date == Absent.none32 { continue }
          if test == 1 || b == Absent.unknown32 || value == Absent.unknown64 || date == Absent.unknown32 {
            undetermined.append(list[i])
            continue
          }
          if value < 0 {
            negative += 1
            continue
          }
          c.members.append(list[i])
          c.frames.append(frames[i])
          c.beneficiaries.append(b)
          c.dates.append(date)
          if c.constant == nil { c.amounts.append(value) }
        }
      }
    }
    tell(negative)
    if !undetermined.isEmpty {
      var facts: Set<String> = []
      for node in roots { facts.formUnion(blame(node, rows: undetermined)) }
      for r in undetermined { noteUndetermined(subject: r, facts: facts) }
    }
    return c
  }

  // MARK: Once only

  /// The order in which frames are considered: by their begin, then id, then year.
  private func framePrecedes(_ begins: Storage<Int32>?, _ a: Int32, _ b: Int32) -> Bool {
    if let begins, begins[Int(a)] != begins[Int(b)] { return begins[Int(a)] < begins[Int(b)] }
    return idPrecedes(a, b)
  }

  private func idPrecedes(_ a: Int32, _ b: Int32) -> Bool {
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

  private func onceOnly(_ all: inout [Candidates]) {
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
    if let (limit, keyTexts, by) = measure.onlyFirst {
      let keys = keyTexts.map { key($0) }
      let order = rank(by, among: payableFrames(all))
      let limits = frameValues(lowering.lower(limit, frameContext, .int64)).int64
      var groups: [[Int64]: [Int32]] = [:]
      for f in payableFrames(all) { groups[keys.map { $0(Int(f)) }, default: []].append(f) }
      var kept: Set<Int32> = []
      for (_, frames) in groups {
        let sorted = frames.sorted {
          let a = order(Int($0)), b = order(Int($1))
          return a != b ? a < b : idPrecedes($0, $1)
        }
        let n = frames.first.map { limits?[Int($0)] ?? 0 } ?? 0
        kept.formUnion(sorted.prefix(Int(max(0, min(n, Int64(sorted.count))))))
      }
      for i in all.indices { all[i].keep { [c = all[i]] in kept.contains(c.frames[$0]) } }
    }
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
        let p = preferred.map { $0[Int(f)] & 0b11 == 0b11 } ?? false, q = preferred.map { $0[Int(other)] & 0b11 == 0b11 } ?? false
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
  private func payableFrames(_ all: [Candidates]) -> [Int32] {
    var set: Set<Int32> = []
    for c in all { set.formUnion(c.frames) }
    return set.sorted()
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
  private func rank(_ t: Typed, among frames: [Int32]) -> (Int) -> Int64 {
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
  private func joinWorkers(_ all: inout [Candidates]) {
    guard let frameList, measure.form == .measure else { return }
    let table = dataset.tables[frameList]
    guard let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data else { return }
    switch measure.persons {
    case .every: return
    case .once: break
    case .byReading: if !lowering.countsPersons { return }
    }
    let begins = begins(table.declaration, frameContext).flatMap { frameValues($0).int32 }
    struct Key: Hashable {
      let beneficiary: Int32
      let person: Int32
      let year: Int64
    }
    for i in all.indices where all[i].memberList == nil {
      let c = all[i]
      var best: [Key: Int32] = [:]
      for j in 0..<c.count where persons[Int(base[Int(c.frames[j])])] > Absent.none32 {
        let f = c.frames[j]
        let key = Key(
          beneficiary: c.beneficiaries[j], person: persons[Int(base[Int(f)])],
          year: framesHaveYear && !iteration.isEmpty ? iteration[Int(f)] : 0)
        if let other = best[key], other != f, framePrecedes(begins, other, f) { continue }
        best[key] = f
      }
      if best.count < c.count {
        all[i].keep { j in
          let f = c.frames[j]
          let key = Key(
            beneficiary: c.beneficiaries[j], person: persons[Int(base[Int(f)])],
            year: framesHaveYear && !iteration.isEmpty ? iteration[Int(f)] : 0)
          return best[key] == f || key.person <= Absent.none32
        }
      }
    }
  }

  // MARK: Quotas

  private func applyQuotas(_ all: inout [Candidates]) {
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
          hint: Text("Join quotas to at most two.", zh: "请将名额限制合并为至多两个。"), at: measure.place))
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
