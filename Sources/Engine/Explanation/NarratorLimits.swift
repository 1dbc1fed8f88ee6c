// Why a frame that meets every condition is not paid: another of its person, or another with the same keys, is paid
// instead. Knows nothing of quotas and of taking the higher, which payments themselves tell.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// What is paid instead of a frame that fits; nil: nothing stands in its way.
  func limitStep(_ f: Int) -> Derivation? {
    openKeyStep(f) ?? personStep(f) ?? oncePerStep(f) ?? onlyFirstStep(f) ?? openPlaceStep(f) ?? openLimitStep(f)
  }

  /// A key that is not known, so that it cannot be told whether another goes before.
  private func openKeyStep(_ f: Int) -> Derivation? {
    let limits = measure.limits
    var all = [limits.oncePer] + limits.quotas.map(\.keys)
    if let only = limits.onlyFirst { all.append(only.keys) }
    if let only = limits.onlyHighest { all.append(only.keys) }
    all += limits.caps.map { cap in
      cap.keys.compactMap { if case .figure(let key) = $0 { key } else { nil } }
    }
    // Of whom one key is none belongs to no group.
    let frame = Int32(truncatingIfNeeded: f)
    let openKeys = all.first { !FrameKeys($0, of: run).isPlaced(frame) }
    let keys = openKeys ?? limits.onlyFirst.map { FrameKeys($0.keys, of: run).isFree(frame) ? [] : [$0.by] } ?? []
    guard let open = keys.first(where: { run.key($0)(f).isUnknown }) else { return nil }
    let key = excerpt(open)
    return Derivation(
      .unknown,
      Text(
        "whether others go before it cannot be told: \(key.en) is not known", zh: "无法判定是否应让位于其他记录：\(key.zh)未知"),
      location: open.location)
  }

  /// What a quota or a cap leaves open, since nobody knows when it comes or how much there is for its group.
  private func openPlaceStep(_ f: Int) -> Derivation? {
    guard let why = payable.whyOpen(Int32(truncatingIfNeeded: f)) else { return nil }
    let places = Text("how many places there are", zh: "名额多少"), most = Text("how much the cap is", zh: "限额多少")
    switch why {
    case .order(let by):
      return open(Text("whether it has one of the places, which are too few", zh: "名额不足，是否轮到"), by, f)
    case .orderUnderCap(let by):
      return open(Text("how much of the cap, which is too little, is left for it", zh: "限额不足，轮到时余多少"), by, f)
    case .number(let t): return figure(t, places, f)
    case .twoNumbers(let t): return two(t, places)
    case .amount(let t): return figure(t, most, f)
    case .twoAmounts(let t): return two(t, most)
    }
  }

  /// What cannot be told, with the facts that are missing.
  private func open(_ what: Text, _ by: [Typed], _ f: Int) -> Derivation {
    let at = Row(context: run.frameContext, row: Int32(truncatingIfNeeded: f))
    return Derivation(
      .unknown, what, children: facts(by.filter { run.key($0)(f).isUnknown }, at), location: measure.frame?.location)
  }

  /// That a figure of a group is not known: the record's own, or that of others.
  private func figure(_ t: Typed, _ of: Text, _ f: Int) -> Derivation {
    if run.key(t)(f).isUnknown { return open(of, [t], f) }
    let name = excerpt(t)
    return cannotTell(
      of, Text("\(name.en) is not known of others of its group", zh: "同组其他记录的\(name.zh)未知"))
  }

  private func two(_ t: Typed, _ of: Text) -> Derivation {
    let name = excerpt(t)
    return cannotTell(
      of, Text("\(name.en) is not the same in the whole group", zh: "同组各记录的\(name.zh)不一致"))
  }

  private func cannotTell(_ what: Text, _ why: Text) -> Derivation {
    Derivation(
      .unknown, Text("\(what.en) cannot be told: \(why.en)", zh: "\(what.zh)无法判定：\(why.zh)"),
      location: measure.frame?.location)
  }

  /// What a limit over several measures leaves open.
  private func openLimitStep(_ f: Int) -> Derivation? {
    let limits = run.document.limits.filter { $0.measures.contains(measure.name) }
    guard let limit = limits.first,
      payable.ofClauses.values.contains(where: { $0.contains(Int32(truncatingIfNeeded: f)) }),
      let facts = openFacts(dataset.id(run.base[f], in: run.baseSpace))
    else { return nil }
    let names = facts.map { $0 == MeasureRun.twoCaps ? Text($0, zh: "同组限额不同") : words(ofMissing: $0) }
    let title = limits.count == 1 ? limit.title : Text("a limit", zh: "限额")
    return Derivation(
      .unknown,
      Text(
        "what the limit leaves of it cannot be told (\(title.en)): \(names.map(\.en).joined(separator: ", "))",
        zh: "限额内可付多少无法判定（\(title.zh)）：\(names.map(\.zh).joined(separator: "、"))"), location: limit.location)
  }

  private var begins: Storage<Int32>? {
    run.frameBegins(yearly: run.yearsFromMembers).map { run.frameValues($0).narrow }
  }

  /// Of several records of one person that one beneficiary would be paid for, only the first counts.
  private func personStep(_ f: Int) -> Derivation? {
    guard let list = run.frameList, run.joinsFramesOfPersons else { return nil }
    let table = dataset.tables[list]
    guard let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data else {
      return nil
    }
    let mine = persons[Int(run.base[f])]
    let begins = run.begins(table.declaration, run.frameContext).map { run.frameValues($0).narrow }
    let same = run.passingFrames().filter {
      persons[Int(run.base[Int($0)])] == mine
        && (!run.framesHaveYear || run.iteration.isEmpty || run.iteration[Int($0)] == run.iteration[f])
    }
    let frame = Int32(truncatingIfNeeded: f)
    for (clause, pay) in measure.pays.enumerated() where pay.forEach == nil {
      guard let payable = payable.ofClauses[clause], payable.contains(frame) else { continue }
      let who = run.key(pay.who)
      let before = same.filter {
        payable.contains($0) && who(Int($0)) == who(f) && run.framePrecedes(begins, $0, frame)
      }
      // Numbers and periods of one record go together.
      guard let first = before.min(by: { run.framePrecedes(begins, $0, $1) }), run.base[Int(first)] != run.base[f]
      else { continue }
      let name = run.frameName(Int(first))
      return Derivation(
        .no,
        Text(
          "counted once for each person: \(name) of the same person counts instead",
          zh: "每人只计一次：同一人的 \(dataset.words(name).zh) 已计入"), location: pay.location)
    }
    return nil
  }

  private func oncePerStep(_ f: Int) -> Derivation? {
    let frame = Int32(truncatingIfNeeded: f)
    guard !measure.limits.oncePer.isEmpty, payable.once.contains(frame) else { return nil }
    let keys = FrameKeys(measure.limits.oncePer, of: run)
    if keys.isFree(frame) { return nil }
    let begins = begins
    let mine = keys(frame)
    let before = payable.once.first(.max).filter { keys($0) == mine && run.framePrecedes(begins, $0, frame) }
    if let months = run.onceWithin { return onceWithinStep(frame, before, keys, months) }
    guard let first = before.min(by: { run.framePrecedes(begins, $0, $1) }) else { return nil }
    let name = run.frameName(Int(first))
    let keysInWords = measure.limits.oncePer.map { excerpt($0) }
    // 同一人, where the rule has 本人 for the record's own person.
    let per = Text(
      keysInWords.map(\.en).joined(separator: ", "),
      zh: keysInWords.map { $0.zh == "本人" ? "人" : $0.zh }.joined(separator: "、"))
    return Derivation(
      .no,
      Text(
        "paid once for each \(per.en): \(name) comes first", zh: "同一\(per.zh)只付一次：\(dataset.words(name).zh) 在先"),
      location: measure.frame?.location)
  }

  /// Whether one with the same keys was paid less than so many months before.
  private func onceWithinStep(
    _ frame: Int32, _ before: [Int32], _ keys: FrameKeys, _ months: Int
  ) -> Derivation? {
    let days = run.frameDays
    let paid = run.paidOnce(before + [frame], within: months, keys, days) { _ in true }.paid
    guard !paid.contains(frame), let last = paid.first(.max).max(by: { run.framePrecedes(days, $0, $1) }) else {
      return nil
    }
    let name = run.frameName(Int(last))
    return Derivation(
      .no,
      Text(
        "paid once in any \(months) months: \(name) counts and lies less than that before",
        zh: "任意\(months)个月内只付一次：\(dataset.words(name).zh) 已计入，间隔不足"),
      location: measure.frame?.location)
  }

  private func onlyFirstStep(_ f: Int) -> Derivation? {
    guard let only = measure.limits.onlyFirst else { return nil }
    let keys = FrameKeys(only.keys, of: run)
    if keys.isFree(Int32(truncatingIfNeeded: f)) { return nil }
    let passing = run.passingFrames()
    let order = run.rank(only.by, among: passing)
    let group = keys(Int32(truncatingIfNeeded: f))
    let mine = withoutLaterOnes(passing).filter { keys($0) == group }
    let earlier = mine.filter { order(Int($0)) < order(f) }
    guard let first = mine.min(by: { order(Int($0)) < order(Int($1)) }) else { return nil }
    let limit = run.frameValues(run.lowering.lower(only.limit, run.frameContext, .int64)).wide[Int(first)]
    let inSuccession = only.inSuccession && run.lowering.holds(only.when)
    guard inSuccession ? order(f) - order(Int(first)) >= limit : Int64(earlier.count) >= limit else { return nil }
    let name = run.frameName(Int(first))
    let words =
      inSuccession
      ? Text(
        "only \(limit) in succession are paid, counted from \(name) on whether each is paid or not: this is number "
          + "\(order(f) - order(Int(first)) + 1)",
        zh: "自 \(dataset.words(name).zh) 起只付连续的 \(limit) 个，其间有无支付均计入；此为第 \(order(f) - order(Int(first)) + 1) 个")
      : Text(
        "only the first \(limit) are paid: \(earlier.count) come before", zh: "只付前 \(limit) 个：此前已有 \(earlier.count) 个")
    return Derivation(.no, words, location: measure.frame?.location)
  }

  /// Frames but for those that `once per` leaves out.
  private func withoutLaterOnes(_ frames: [Int32]) -> [Int32] {
    guard !measure.limits.oncePer.isEmpty else { return frames }
    let keys = FrameKeys(measure.limits.oncePer, of: run)
    if let months = run.onceWithin {
      let days = run.frameDays
      let leftOut = run.paidOnce(frames, within: months, keys, days) { payable.once.contains($0) }.leftOut
      return frames.filter { !leftOut.contains($0) }
    }
    let begins = begins
    var first: [[Int64]: Int32] = [:]
    for f in payable.once.first(.max) where !keys.isFree(f) {
      let key = keys(f)
      if let other = first[key], run.framePrecedes(begins, other, f) { continue }
      first[key] = f
    }
    return frames.filter { f in first[keys(f)].map { !run.framePrecedes(begins, $0, f) } ?? true }
  }
}
