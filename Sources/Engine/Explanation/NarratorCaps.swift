// Why less is paid than was claimed: which cap was reached, which payments took the room before it, what was left, or
// what share is paid of all. Knows nothing of how payments are cut.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// A payment that a cap has cut, with the payments that share the cap.
private struct CutPayment {
  let block: PaymentBlock
  let row: Int
  let claimed: Int64
  let paid: Int64
  let by: String
}

/// A payment that shares a cap with another, with what of it counts under the cap.
private struct SharedPayment {
  let block: PaymentBlock
  let row: Int
  let fen: Int64
}

extension Narrator {
  /// So many payments are told one by one.
  private static var mostPayments: Int { 10 }

  /// A sentence for each of a subject's payments that a cap has cut, or that other sources bear since one is capped.
  func capSteps(_ subject: String, _ ledger: Ledger) -> [Derivation] {
    let blocks = ledger.blocks.filter { $0.measure == run.index && $0.cut != nil }
    var out: [Derivation] = []
    for block in blocks {
      guard let cut = block.cut else { continue }
      let rows = ledger.rows(of: subject, in: block)
      // What is paid and what exceeds stand apart: the sentence is about both.
      var over: [Int64: Int64] = [:]
      for i in rows where cut.by[i] != nil && block.standing(i) == .overCap {
        over[key(block, i), default: 0] += block.amount(i)
      }
      var told: Set<Int64> = []
      for i in rows.prefix(100) {
        guard let by = cut.by[i], told.insert(key(block, i)).inserted else { continue }
        let paid = cut.claimed[i] - over[key(block, i), default: 0]
        let one = CutPayment(block: block, row: i, claimed: cut.claimed[i], paid: paid, by: by)
        out.append(capStep(one, ledger) ?? overLimitStep(one, ledger))
      }
    }
    return out + sourceSteps(subject, ledger)
  }

  private func key(_ block: PaymentBlock, _ i: Int) -> Int64 { Int64(block.frames[i]) << 32 | Int64(block.subjects[i]) }

  /// Fen in the document's currency.
  func money(_ fen: Int64) -> Text {
    let currency = run.document.currency
    let text = Money(fen: fen).grouped
    return Text(text + " " + currency.word, zh: text + currency.chinese)
  }

  // MARK: A measure's own caps

  /// Nil: it is a limit over several measures.
  private func capStep(_ one: CutPayment, _ ledger: Ledger) -> Derivation? {
    guard let k = place(of: one.by) else { return nil }
    let cap = measure.limits.caps[k]
    let frame = Int(one.block.frames[one.row])
    let amount = run.frameValues(run.lowering.lower(cap.amount, run.frameContext, .int64)).wide[frame]
    let (shared, claimed) = group(of: one, cap, ledger)
    let whose = keyWords(cap, one, ledger)
    if cap.isShared { return shareStep(cap, amount, claimed, shared.count + 1, whose) }
    let day = one.block.dates[one.row], first = span(of: cap, run.lowering).first(for: day)
    let order = order(ledger)
    let before = shared.filter { other in
      other.block.dates[other.row] >= first && order(other.block, other.row, one.block, one.row)
    }
    return turnStep(one, amount, before, whose, run.lowering.capEnd, cap.location, ledger)
  }

  private func shareStep(
    _ cap: CheckedCap, _ amount: Int64, _ claimed: Int64, _ count: Int, _ whose: Text
  ) -> Derivation {
    // To a hundredth of a per cent, rounded down.
    let parts = Int128(amount) * 10_000 / Int128(max(claimed, 1))
    let share = Share(parts: Int64(truncatingIfNeeded: parts) * (Share.unit / 10_000)).text
    let (asked, all) = (money(claimed), money(amount))
    return Derivation(
      .told,
      Text(
        "\(share) of the claim: \(asked.en) were claimed\(whose.en) in \(count) payments, \(all.en) are there",
        zh: "按应得的 \(share) 支付：\(whose.zh)\(count) 笔共应得 \(asked.zh)，限额 \(all.zh)"),
      location: cap.location)
  }

  /// What had gone before it, what was left, and what became of it.
  private func turnStep(
    _ one: CutPayment, _ amount: Int64, _ before: [SharedPayment], _ whose: Text, _ end: CapEnd,
    _ location: SourceRange?, _ ledger: Ledger
  ) -> Derivation {
    let spent = before.reduce(Int64(0)) { MeasureRun.sum($0, $1.fen) }
    let (rest, _) = amount.subtractingReportingOverflow(spent)
    let (claimed, paid, all, gone, left) = (
      money(one.claimed), money(one.paid), money(amount), money(spent), money(max(rest, 0))
    )
    let to = before.count == 1 ? "1 payment before it" : "\(before.count) payments before it"
    let ending: Text
    switch end {
    case .part: ending = .same("")
    case .stop, .skip:
      let reading = Reading.capEnd, choice = reading.choices[end == .stop ? 1 : 2].words
      ending = Text("; \(reading.name) is \(choice.en)", zh: "；\(reading.words.zh)：\(choice.zh)")
    }
    let had =
      before.isEmpty
      ? Text("nothing of the \(all.en)\(whose.en) had been paid before it", zh: "\(whose.zh)限额 \(all.zh)，此前未付")
      : Text(
        "\(gone.en) of the \(all.en)\(whose.en) had gone to \(to), \(left.en) were left",
        zh: "\(whose.zh)限额 \(all.zh)，此前已有 \(gone.zh) 付给 \(before.count) 笔，余 \(left.zh)")
    return Derivation(
      .told,
      Text(
        "of \(claimed.en) claimed \(paid.en) are paid: \(had.en)\(ending.en)",
        zh: "应得 \(claimed.zh)，实付 \(paid.zh)：\(had.zh)\(ending.zh)"),
      children: listed(before, ledger), location: location)
  }

  /// The payments that took the room, the latest first.
  private func listed(_ before: [SharedPayment], _ ledger: Ledger) -> [Derivation] {
    let sorted = before.sorted { $0.block.dates[$0.row] > $1.block.dates[$1.row] }
    var lines = sorted.prefix(Self.mostPayments).map { one -> Derivation in
      let (fen, day) = (money(one.fen), Day(number: one.block.dates[one.row]).text)
      let subject = dataset.words(ledger.subject(one.block, one.row))
      let other = ledger.measures[one.block.measure]
      let by = other.id == measure.id ? Text.same("") : Text(" (\(other.name))", zh: "（\(other.words.zh)）")
      return Derivation(
        .told, Text("\(fen.en) on \(day) for \(subject.en)\(by.en)", zh: "\(day) \(subject.zh) \(fen.zh)\(by.zh)"))
    }
    let more = sorted.dropFirst(Self.mostPayments)
    if !more.isEmpty {
      let fen = money(more.reduce(Int64(0)) { MeasureRun.sum($0, $1.fen) })
      lines.append(
        Derivation(.told, Text("\(fen.en) in \(more.count) more before", zh: "更早的 \(more.count) 笔共 \(fen.zh)")))
    }
    return lines
  }

  /// Which of the measure's own caps a name is; nil: it is a limit.
  private func place(of name: String) -> Int? {
    if name == measure.id { return 0 }
    guard name.hasPrefix(measure.id + "#"), let n = Int(name.dropFirst(measure.id.count + 1)) else { return nil }
    return measure.limits.caps.indices.contains(n - 1) ? n - 1 : nil
  }

  /// The payments that share a payment's cap and are paid, and what all that share it were asked for.
  private func group(
    of one: CutPayment, _ cap: CheckedCap, _ ledger: Ledger
  ) -> (paid: [SharedPayment], claimed: Int64) {
    let keys = cap.keys.map { key -> (PaymentBlock, Int) -> Int64 in
      switch key {
      case .beneficiary: { block, i in Int64(block.beneficiaries[i]) }
      case .yearOfPayment: { block, i in Int64(Day(number: block.dates[i]).year) }
      case .figure(let t):
        { [of = run.key(t)] block, i in of(Int(block.frames[i])) }
      }
    }
    let mine = keys.map { $0(one.block, one.row) }
    var out = (paid: [SharedPayment](), claimed: Int64(0))
    for block in ledger.blocks where block.measure == run.index && block.clause < measure.pays.count {
      for i in 0..<block.count {
        let standing = block.standing(i)
        guard standing == .paid || standing == .overCap, zip(keys, mine).allSatisfy({ $0(block, i) == $1 }) else {
          continue
        }
        out.claimed = MeasureRun.sum(out.claimed, block.amount(i))
        if standing == .paid, block !== one.block || key(block, i) != key(one.block, one.row) {
          out.paid.append(SharedPayment(block: block, row: i, fen: block.amount(i)))
        }
      }
    }
    return out
  }

  /// Which of two payments of the measure comes first: as filed, by its day, its clause, its subject.
  private func order(_ ledger: Ledger) -> (PaymentBlock, Int, PaymentBlock, Int) -> Bool {
    let frames = run.passingFrames()
    let ranks = measure.limits.ordered.map { run.rank($0, among: frames) }
    return { [run] a, i, b, j in
      for rank in ranks {
        let x = rank(Int(a.frames[i])), y = rank(Int(b.frames[j]))
        if x != y { return x < y }
      }
      if a.dates[i] != b.dates[j] { return a.dates[i] < b.dates[j] }
      if a.subjectSpace == b.subjectSpace, case .list(let list) = a.subjectSpace, a.subjects[i] != b.subjects[j] {
        let (x, y) = (Int(a.subjects[i]), Int(b.subjects[j]))
        return run.dataset.tables[list].ids?.precedes(x, y) ?? (x < y)
      }
      if a.frames[i] != b.frames[j] { return run.idPrecedes(a.frames[i], b.frames[j]) }
      return a.clause < b.clause
    }
  }

  /// " for agency q in 2026"
  private func keyWords(_ cap: CheckedCap, _ one: CutPayment, _ ledger: Ledger) -> Text {
    var (en, zh) = ("", "")
    let at = Row(context: run.frameContext, row: one.block.frames[one.row])
    for key in cap.keys {
      switch key {
      case .beneficiary:
        let name = dataset.words(ledger.beneficiary(one.block, one.row))
        en += " for \(name.en)"
        zh += name.zh + " "
      case .yearOfPayment:
        let year = year(one.block, one.row)
        en += " in \(year)"
        zh += "\(year)年 "
      case .figure(let t):
        if t.isYear || excerpt(t).en == "year", let year = evaluate(run.lowering.lower(t, at.context), at.row).int64 {
          en += " in \(year)"
          zh += "\(year)年度 "
          continue
        }
        let (what, which) = (excerpt(t), value(t, at))
        en += " for \(what.en) \(which.en)"
        zh += "\(which.zh) "
      }
    }
    return Text(en, zh: zh)
  }

  // MARK: Limits over several measures

  private func overLimitStep(_ one: CutPayment, _ ledger: Ledger) -> Derivation {
    let limit = Invariant.value(
      run.document.limits.first { one.by == run.document.id + "." + $0.name },
      "cap-has-name: what has cut a payment is a cap of its measure or a limit of its document")
    let head = Text(
      "the limit “\(limit.title.en)” (article \(limit.article))", zh: "限额“\(limit.title.zh)”（\(limit.article)）")
    // Of several caps the one that leaves least.
    var found: (rest: Int64, step: Derivation)?
    for (k, cap) in limit.caps.enumerated() {
      guard let amount = amount(limit, k, Int(one.block.frames[one.row])), let counted = counted(one, cap, ledger)
      else { continue }
      let day = one.block.dates[one.row], first = span(of: cap, run.lowering).first(for: day)
      let (shared, claimed) = group(of: one, k, limit, ledger)
      let whose = keyWords(measure.limits.joint(limit.name, k) ?? cap, one, ledger)
      let before = shared.filter { other in
        let date = other.block.dates[other.row]
        return date >= first && precedes(other, one)
      }
      let spent = before.reduce(Int64(0)) { MeasureRun.sum($0, $1.fen) }
      let rest = amount - spent
      let step =
        cap.isShared
        ? shareStep(cap, amount, claimed, shared.count + 1, whose)
        : turnStep(
          counted, amount, before, whose, CapEnd(choice: run.settings.choice(of: Reading.capEnd, in: run.document)),
          cap.location, ledger)
      let told = cap.source.map { step.saying($0.fund.words) } ?? step
      if found.map({ rest < $0.rest }) ?? true { found = (rest, told) }
    }
    guard let step = found?.step else { return Derivation(.told, head, location: limit.location) }
    return Derivation(
      step.verdict, Text("\(head.en): \(step.text.en)", zh: "\(head.zh)：\(step.text.zh)"), children: step.children,
      location: limit.location)
  }

  /// How much a limit's cap is for a frame; nil where that is not known.
  private func amount(_ limit: CheckedLimit, _ k: Int, _ frame: Int) -> Int64? {
    guard let cap = measure.limits.joint(limit.name, k) else {
      let node = run.lowering.lower(limit.caps[k].amount, .frame(list: nil), .int64)
      guard case .constant64(let amount) = node.op, !amount.isAbsent else { return nil }
      return amount
    }
    let amount = run.frameValues(run.lowering.lower(cap.amount, run.frameContext, .int64)).wide[frame]
    return amount.isAbsent ? nil : amount
  }

  /// What a frame of one of a limit's measures is told apart by under a cap.
  private func keys(_ limit: CheckedLimit, _ k: Int, _ run: MeasureRun) -> [(Int) -> Int64] {
    (run.measure.limits.joint(limit.name, k)?.keys ?? []).compactMap { key in
      if case .figure(let t) = key { run.key(t) } else { nil }
    }
  }

  /// The payments of a limit's measures that share one of its caps with a payment.
  private func group(
    of one: CutPayment, _ k: Int, _ limit: CheckedLimit, _ ledger: Ledger
  ) -> (paid: [SharedPayment], claimed: Int64) {
    let cap = limit.caps[k]
    let mineOfFacts = keys(limit, k, run).map { $0(Int(one.block.frames[one.row])) }
    let year = year(one.block, one.row)
    let who = ledger.beneficiary(one.block, one.row)
    let asksWho = cap.keys.contains { if case .beneficiary = $0 { true } else { false } }
    let asksYear = cap.keys.contains { if case .yearOfPayment = $0 { true } else { false } }
    var out = (paid: [SharedPayment](), claimed: Int64(0))
    for block in ledger.blocks {
      let other = ledger.measures[block.measure]
      guard other.document == measure.document, limit.measures.contains(other.name), block.clause < other.pays.count
      else { continue }
      let ofFacts = mineOfFacts.isEmpty ? [] : keys(limit, k, other.id == measure.id ? run : runOf(block.measure))
      let isOneSpace = block.beneficiarySpace == one.block.beneficiarySpace
      let mine = one.block.beneficiaries[one.row]
      for i in 0..<block.count {
        let standing = block.standing(i)
        guard standing == .paid || standing == .overCap else { continue }
        if asksYear, self.year(block, i) != year { continue }
        if !zip(ofFacts, mineOfFacts).allSatisfy({ $0(Int(block.frames[i])) == $1 }) { continue }
        if asksWho {
          let isSame = isOneSpace ? block.beneficiaries[i] == mine : ledger.beneficiary(block, i) == who
          if !isSame { continue }
        }
        let fen = counts(block, i, cap)
        out.claimed = MeasureRun.sum(out.claimed, fen)
        if standing == .paid, fen != 0, block !== one.block || key(block, i) != key(one.block, one.row) {
          out.paid.append(SharedPayment(block: block, row: i, fen: fen))
        }
      }
    }
    return out
  }

  /// What of a payment counts under a cap: all of it, or what the cap's source bears.
  private func counts(_ block: PaymentBlock, _ i: Int, _ cap: CheckedCap) -> Int64 {
    cap.source.map { block.borne?.column($0.fund.rawValue)?[i] ?? 0 } ?? block.amount(i)
  }

  /// A payment as a cap sees it: of one of a source what the source was to bear and what it bears; nil where it is
  /// another cap that has cut it.
  private func counted(_ one: CutPayment, _ cap: CheckedCap, _ ledger: Ledger) -> CutPayment? {
    guard cap.source != nil else { return one }
    let block = one.block, mine = key(block, one.row)
    var (paid, over) = (Int64(0), Int64(0))
    for i in 0..<block.count where key(block, i) == mine && block.cut?.by[i] != nil {
      if block.standing(i) == .overCap { over += counts(block, i, cap) } else { paid += counts(block, i, cap) }
    }
    guard over != 0 else { return nil }
    return CutPayment(block: block, row: one.row, claimed: paid + over, paid: paid, by: one.by)
  }

  /// The year by which a payment falls under a limit: its frame's, else that of its day.
  private func year(_ block: PaymentBlock, _ i: Int) -> Int {
    block.yearsOfFrames.isEmpty ? Day(number: block.dates[i]).year : Int(block.yearsOfFrames[i])
  }

  /// Whether a payment of any measure comes before another: by its day, its measure, its subject.
  private func precedes(_ a: SharedPayment, _ b: CutPayment) -> Bool {
    let (x, y) = (a.block.dates[a.row], b.block.dates[b.row])
    if x != y { return x < y }
    if a.block.measure != b.block.measure { return a.block.measure < b.block.measure }
    if case .list(let list) = b.block.subjectSpace, a.block.subjectSpace == b.block.subjectSpace {
      let (p, q) = (Int(a.block.subjects[a.row]), Int(b.block.subjects[b.row]))
      if p != q { return dataset.tables[list].ids?.precedes(p, q) ?? (p < q) }
    }
    return a.block.clause < b.block.clause
  }
}

extension Typed {
  /// Whether it is the calendar year of a day, in which no separators stand.
  var isYear: Bool { if case .yearOf = operation { true } else { false } }
}
