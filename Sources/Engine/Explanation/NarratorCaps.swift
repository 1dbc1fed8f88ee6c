// Why less is paid than was claimed: which cap was reached, how much of it had gone where, or what share is left.
// Knows nothing of how payments are cut.
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

extension Narrator {
  /// A sentence for each of a subject's payments that a cap has cut.
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
        out.append(capStep(one, ledger))
      }
    }
    return out
  }

  private func key(_ block: PaymentBlock, _ i: Int) -> Int64 { Int64(block.frames[i]) << 32 | Int64(block.subjects[i]) }

  private func capStep(_ one: CutPayment, _ ledger: Ledger) -> Derivation {
    func yuan(_ fen: Int64) -> Text { Text(Money(fen: fen).grouped + " yuan", zh: Money(fen: fen).grouped + "元") }
    let (claimed, paid) = (yuan(one.claimed), yuan(one.paid))
    guard let k = place(of: one.by) else {
      let limit = run.document.limits.first { one.by == run.document.id + "." + $0.name }
      let title = limit?.title ?? .same(one.by)
      let article = limit.map { " (article \($0.article))" } ?? ""
      return Derivation(
        .told,
        Text(
          "of \(claimed.en) \(paid.en) are paid: the limit “\(title.en)”\(article) is reached",
          zh: "应得 \(claimed.zh)，实付 \(paid.zh)：已达限额“\(title.zh)”"),
        location: limit?.location)
    }
    let cap = measure.limits.caps[k]
    let frame = Int(one.block.frames[one.row])
    let amount = run.frameValues(run.lowering.lower(cap.amount, run.frameContext, .int64)).wide[frame]
    let group = group(of: one, cap, ledger)
    let (all, whose) = (yuan(amount), keyWords(cap, one, ledger))
    if cap.isShared {
      // To a hundredth of a per cent, rounded down.
      let parts = Int128(amount) * 10_000 / Int128(max(group.claimed, 1))
      let share = Share(parts: Int64(truncatingIfNeeded: parts) * (Share.unit / 10_000)).text
      return Derivation(
        .told,
        Text(
          "\(share) of the claim: \(yuan(group.claimed).en) were asked for\(whose.en), \(all.en) are there",
          zh: "按应得的 \(share) 支付：\(whose.zh)共应得 \(yuan(group.claimed).zh)，限额 \(all.zh)"),
        location: cap.location)
    }
    let within = cap.within.map { excerpt($0) }
    let span = Text(within.map { " in any \($0.en)" } ?? "", zh: within.map { "（任意\($0.zh)内）" } ?? "")
    let gone = yuan(run.lowering.capEnd == .part ? amount - one.paid : group.paid)
    return Derivation(
      .told,
      Text(
        "of \(claimed.en) \(paid.en) are paid: \(gone.en) of the \(all.en)\(span.en)\(whose.en) had gone to "
          + (group.payments == 1 ? "1 other payment" : "\(group.payments) other payments"),
        zh: "应得 \(claimed.zh)，实付 \(paid.zh)：\(whose.zh)限额 \(all.zh)\(span.zh)，已有 \(gone.zh) 付给另外 \(group.payments) 笔"),
      location: cap.location)
  }

  /// Which of the measure's own caps a name is; nil: it is a limit.
  private func place(of name: String) -> Int? {
    if name == measure.id { return 0 }
    guard name.hasPrefix(measure.id + "#"), let n = Int(name.dropFirst(measure.id.count + 1)) else { return nil }
    return measure.limits.caps.indices.contains(n - 1) ? n - 1 : nil
  }

  /// What the payments that share a payment's cap come to, and how many others of them are paid up to its day.
  private func group(
    of one: CutPayment, _ cap: CheckedCap, _ ledger: Ledger
  ) -> (claimed: Int64, paid: Int64, payments: Int) {
    let keys = cap.keys.map { key -> (PaymentBlock, Int) -> Int64 in
      switch key {
      case .beneficiary: { block, i in Int64(block.beneficiaries[i]) }
      case .yearOfPayment: { block, i in Int64(Day(number: block.dates[i]).year) }
      case .figure(let t):
        { [of = run.key(t)] block, i in of(Int(block.frames[i])) }
      }
    }
    let mine = keys.map { $0(one.block, one.row) }
    let day = one.block.dates[one.row]
    let first = span(of: cap, run.lowering).first(for: day)
    var out = (claimed: Int64(0), paid: Int64(0), payments: 0)
    for block in ledger.blocks where block.measure == run.index && block.clause < measure.pays.count {
      let dates = block.dates
      for i in 0..<block.count {
        let standing = block.standing(i)
        guard standing == .paid || standing == .overCap, zip(keys, mine).allSatisfy({ $0(block, i) == $1 }) else {
          continue
        }
        out.claimed = MeasureRun.sum(out.claimed, block.amount(i))
        let isItself = block === one.block && key(block, i) == key(one.block, one.row)
        if standing == .paid, !isItself, dates[i] <= day, dates[i] >= first {
          out.paid = MeasureRun.sum(out.paid, block.amount(i))
          out.payments += 1
        }
      }
    }
    return out
  }

  /// " for agency q in 2026"
  private func keyWords(_ cap: CheckedCap, _ one: CutPayment, _ ledger: Ledger) -> Text {
    var (en, zh) = ("", "")
    let at = Row(context: run.frameContext, row: one.block.frames[one.row])
    for key in cap.keys {
      switch key {
      case .beneficiary:
        let name = ledger.beneficiary(one.block, one.row)
        en += " for \(name)"
        zh += name + " "
      case .yearOfPayment:
        let year = Day(number: one.block.dates[one.row]).year
        en += " in \(year)"
        zh += "\(year)年 "
      case .figure(let t):
        let (what, which) = (excerpt(t), value(t, at))
        en += what.en == "year" ? " in \(which.en)" : " for \(what.en) \(which.en)"
        zh += "\(which.zh) "
      }
    }
    return Text(en, zh: zh)
  }
}
