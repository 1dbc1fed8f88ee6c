// What a clause pays a frame or a member, on which day, as which part of a whole, and why not where its own condition
// does not hold. Knows nothing of caps and of taking the higher, which the ledger's payments tell.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// What a clause comes to for a frame.
  func payStep(_ pay: CheckedPay, _ f: Int) -> Derivation {
    let at = Row(context: run.frameContext, row: Int32(truncatingIfNeeded: f))
    if let set = pay.forEach { return paid(pay, forEach: set, f, at) }
    let begins = run.frameBegins(yearly: false).map { describe(evaluate($0, at.row), .date) }
    return payment(pay, at, day: pay.on.map { value($0, at) } ?? begins)
  }

  /// Tells of a clause of which caps leave nothing, or not.
  func told<Step>(overCap: Bool, _ step: () -> Step) -> Step {
    isOverCap = overCap
    defer { isOverCap = false }
    return step()
  }

  /// Whether something is paid by one of these steps.
  func isPaid(_ steps: [Derivation]) -> Bool { steps.contains { $0.verdict == .told } }

  // MARK: One payment

  /// An amount as it is paid: what is laid down for each person is so much for this one.
  private func sum(_ amount: Typed, _ at: Row) -> Text {
    guard case .rate = amount.type else { return value(amount, at) }
    return describe(evaluate(run.lowering.lower(amount, at.context), at.row), amount.type.paid, of: amount)
  }

  private func payment(_ pay: CheckedPay, _ at: Row, day: Text?) -> Derivation {
    let when = pay.when.map { truth($0, at) } ?? Truth.yes
    let reasons = pay.when.map { conjuncts($0, at) } ?? []
    let part = instalment(pay.amount, at)
    let asked = part.map { $0.tail } ?? Text(": " + excerpt(pay.amount).en, zh: "：" + excerpt(pay.amount).zh)
    let front = part?.words ?? .same("")
    let figures = part.map { facts([$0.whole], at) } ?? self.figures(pay.amount, at)
    guard Truth.holds(when) else {
      let open = Truth.isUnknown(when)
      let told =
        open
        ? Text("whether it is paid cannot be told", zh: "是否支付无法确定")
        : part == nil && measure.pays.count > 1
          ? Text("another payment does not apply", zh: "另一项支付不适用") : Text("is not paid", zh: "不支付")
      return Derivation(
        open ? .unknown : .no, Text(front.en + told.en + asked.en, zh: front.zh + told.zh + asked.zh),
        children: reasons.filter { $0.verdict != .yes }, location: pay.location)
    }
    let raw = evaluate(run.lowering.lower(pay.amount, at.context, .int64), at.row).int64
    guard let raw, !raw.isUnknown else {
      let node = run.lowering.lower(pay.amount, at.context, .int64)
      var open = Derivation(
        .unknown,
        Text("\(front.en)how much is paid cannot be told\(asked.en)", zh: "\(front.zh)金额无法确定\(asked.zh)"),
        gap: nought(node, at.row), children: figures, location: pay.location)
      let missing = run.blame(node, rows: [at.row])
      open.lacksPrice = !missing.isEmpty && missing.isSubset(of: run.lowering.lackedSomewhere(node))
      return open
    }
    if raw.isNone {
      return Derivation(
        .no, Text("\(front.en)nothing is there to be paid\(asked.en)", zh: "\(front.zh)没有可支付的金额\(asked.zh)"),
        children: figures, location: pay.location)
    }
    let amount = sum(pay.amount, at)
    if let on = pay.on, let day, day.en == "–" || day.zh == "无" {
      let when = excerpt(on)
      return Derivation(
        .no,
        Text(
          "\(front.en)\(amount.en), and no day on which it is paid: \(when.en) is none\(asked.en)",
          zh: "\(front.zh)\(amount.zh)，但没有支付日期：\(when.zh)为无\(asked.zh)"),
        children: reasons + figures + facts([on], at), location: pay.location)
    }
    return Derivation(
      .told, Text(front.en + paid(amount, day).en + asked.en, zh: front.zh + paid(amount, day).zh + asked.zh),
      children: reasons + figures, location: pay.location)
  }

  /// That an amount is paid on a day, or would be.
  private func paid(_ amount: Text, _ day: Text?) -> Text {
    let on = day.map { Text(" on \($0.en)", zh: "，\($0.zh) 计为应付") } ?? .same("")
    if isOverCap {
      return Text(
        "would pay \(amount.en)\(on.en), of which the cap leaves nothing", zh: "应得 \(amount.zh)，超出限额，不付")
    }
    return loses
      ? Text("would pay \(amount.en)\(on.en)", zh: "应得 \(amount.zh)")
      : Text("pays \(amount.en)\(on.en)", zh: "支付 \(amount.zh)\(on.zh)")
  }

  /// Which part of a whole an amount is, "part 1 of 2, 50% of 1,001.01 yuan: ", and how the rule has the whole where it
  /// is not that figure itself.
  private func instalment(_ amount: Typed, _ at: Row) -> (words: Text, whole: Typed, tail: Text)? {
    guard case .instalment(let part)? = amount.telling else { return nil }
    let whole = exactText(part.whole, at)
    let (k, n) = (part.number, part.count)
    let words: Text
    switch part.share {
    case .share(let share):
      let own = exactText(share, at)
      words = Text("part \(k) of \(n), \(own.en) of \(whole.en): ", zh: "第\(k)期（共\(n)期），\(whole.zh)中的\(own.zh)：")
    case .rest:
      words = Text("part \(k) of \(n), the rest of \(whole.en): ", zh: "第\(k)期（共\(n)期），\(whole.zh)的余额：")
    case .equal:
      words = Text("part \(k) of \(n) equal ones of \(whole.en): ", zh: "等额\(n)期中的第\(k)期，共\(whole.zh)：")
    }
    let written = excerpt(part.whole)
    let tail = written.en == whole.en ? Text.same("") : Text(": " + written.en, zh: "：" + written.zh)
    return (words, part.whole, tail)
  }

  // MARK: Members

  /// Of more members than these the amounts are not told one by one.
  private static var mostAmounts: Int { 2_000 }

  /// What the members of a frame are paid, those that are paid the same together.
  private func paid(_ pay: CheckedPay, forEach set: Int, _ f: Int, _ at: Row) -> Derivation {
    let members = run.sets[set].all
    let mine = members.rows.indices.filter { Int(members.frames[$0]) == f }
    let asked = excerpt(pay.amount)
    if let open = openLimit(of: set, at) {
      return Derivation(
        .unknown, Text("whom it pays cannot be told: \(asked.en)", zh: "支付给哪些人无法判定：\(asked.zh)"), gap: open.gap,
        children: open.children, location: pay.location)
    }
    let (count, each) = (counted(mine.count, measure.sets[set]), unit(measure.sets[set]))
    if !pay.amountInFrame, mine.count <= Self.mostAmounts, let amounts = amounts(pay, set, mine), amounts.count > 1 {
      let en = amounts.map { "\($0.amount.en) for each of \($0.count)" }.joined(separator: ", ")
      let zh = amounts.map { "\(counted($0.count, measure.sets[set]))每\(each)\($0.amount.zh)" }.joined(separator: "、")
      return Derivation(
        .told, Text("pays \(en): \(asked.en)", zh: "\(count)：\(zh)：\(asked.zh)"), location: pay.location)
    }
    let rate = pay.amountInFrame ? sum(pay.amount, at) : excerptValue(pay.amount, at, memberOf: set)
    return Derivation(
      .told,
      Text("pays \(rate.en) for each of \(mine.count): \(asked.en)", zh: "\(count)，每\(each)\(rate.zh)：\(asked.zh)"),
      children: pay.amountInFrame ? figures(pay.amount, at) : [], location: pay.location)
  }

  /// How many members are paid how much each, in the order of the amounts' first members; nil where some are not known.
  private func amounts(_ pay: CheckedPay, _ set: Int, _ places: [Int]) -> [(amount: Text, count: Int)]? {
    var out: [(raw: Int64, amount: Text, count: Int)] = []
    for place in places {
      let at = self.at(member: place, pay, set)
      guard let raw = evaluate(run.lowering.lower(pay.amount, at.context, .int64), at.row).int64, !raw.isAbsent else {
        return nil
      }
      if let known = out.firstIndex(where: { $0.raw == raw }) {
        out[known].count += 1
      } else {
        out.append((raw, sum(pay.amount, at), 1))
      }
    }
    return out.count <= 8 ? out.map { ($0.amount, $0.count) } : nil
  }

  /// A member of a set where a clause that pays it is asked.
  private func at(member place: Int, _ pay: CheckedPay, _ set: Int) -> Row {
    let context = run.memberContext(of: pay, set)
    if case .pair = context {
      run.makeKnown(set)
      return Row(context: context, row: Int32(truncatingIfNeeded: place))
    }
    return Row(context: context, row: run.sets[set].all.rows[place])
  }

  /// What the clauses pay a member in a frame.
  /// - Parameter isAsked: whether what is paid for each of a set is told.
  func paySteps(ofMember row: Int32, list: Int, in frame: Int32, _ isAsked: (Int) -> Bool) -> [Derivation] {
    let cut = (dataset.tables[list].ids?.text(Int(row))).map { overCap($0, .list(list), frame) } ?? []
    return measure.pays.enumerated().compactMap { i, pay in
      told(overCap: cut.contains(i)) { payStep(pay, ofMember: row, list: list, in: frame, isAsked) }
    }
  }

  private func payStep(
    _ pay: CheckedPay, ofMember row: Int32, list: Int, in frame: Int32, _ isAsked: (Int) -> Bool
  ) -> Derivation? {
    guard let set = pay.forEach, run.sets[set].list == list, isAsked(set) else { return nil }
    let members = run.sets[set].all
    guard let place = members.rows.indices.first(where: { members.rows[$0] == row && members.frames[$0] == frame })
    else { return nil }
    let inner = at(member: place, pay, set)
    let day = pay.on.map { value($0, inner) } ?? describe(MeasureRun.Scalar(int32: members.dates[place]), .date)
    let at = pay.amountInFrame ? Row(context: run.frameContext, row: members.frames[place]) : inner
    guard pay.amountInFrame, let when = pay.when else { return payment(pay, at, day: day) }
    // The amount is the frame's, the condition the member's.
    let reasons = conjuncts(when, inner)
    guard Truth.holds(truth(when, inner)) else {
      return Derivation(
        Truth.isUnknown(truth(when, inner)) ? .unknown : .no,
        Text("is not paid: \(excerpt(pay.amount).en)", zh: "不支付：\(excerpt(pay.amount).zh)"),
        children: reasons.filter { $0.verdict != .yes }, location: pay.location)
    }
    let told = paid(sum(pay.amount, at), day), asked = excerpt(pay.amount)
    return Derivation(
      .told, Text("\(told.en): \(asked.en)", zh: "\(told.zh)：\(asked.zh)"),
      children: reasons + figures(pay.amount, at), location: pay.location)
  }
}

extension ValueType {
  /// What is paid of it at once: of an amount for each of something that amount.
  var paid: ValueType { if case .rate(let rate) = self { rate.whole } else { self } }
}
