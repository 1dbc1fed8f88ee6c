// Why less is paid than was claimed: which cap was reached, which payments took the room before it, what was left, or
// what share is paid of all. Knows nothing of how payments are cut.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// A payment that caps have cut.
private struct CutPayment {
  let block: PaymentBlock
  let row: Int

  var id: CapStage.Payment {
    CapStage.Payment(
      measure: block.measure, clause: block.clause, frame: block.frames[row], subject: block.subjects[row])
  }
}

/// A cap as it found a payment.
private struct FoundCap {
  let stage: CapStage
  /// Which of the stage's payments it is.
  let i: Int
  let cap: CheckedCap
  let groups: CapGroups
  /// Whether caps before it had cut payments of the group.
  let isRest: Bool
  /// Whether they had cut the payment itself.
  let wasCut: Bool
  let whose: Text
  let end: CapEnd

  var members: [Int] { stage.members(of: groups.group[i], groups) }
  var room: Int64 { groups.room[Int(groups.group[i])] }

  /// The payments that took the room before it.
  var earlier: [Int] {
    let first = groups.span.first(for: stage.dates[i])
    return members.filter {
      stage.position[$0] < stage.position[i] && stage.dates[$0] >= first && stage.after[$0] > 0
    }
  }
}

extension Narrator {
  /// So many payments are told one by one.
  private static var mostPayments: Int { 10 }

  /// A sentence for each cap that has cut one of a subject's payments, in the order in which they did.
  func capSteps(_ subject: String, _ ledger: Ledger) -> [Derivation] {
    let blocks = ledger.blocks.filter { $0.measure == run.index && $0.cut != nil }
    var out: [Derivation] = []
    for block in blocks {
      guard let cut = block.cut else { continue }
      let rows = ledger.rows(of: subject, in: block)
      // What is paid and what exceeds stand apart: the sentences are about both.
      var told: Set<Int64> = []
      for i in rows.prefix(100) {
        guard cut.by[i] != nil, told.insert(key(block, i)).inserted else { continue }
        out += stageSteps(CutPayment(block: block, row: i), ledger)
      }
    }
    return out
  }

  private func key(_ block: PaymentBlock, _ i: Int) -> Int64 { Int64(block.frames[i]) << 32 | Int64(block.subjects[i]) }

  /// Fen in the document's currency.
  func money(_ fen: Int64) -> Text {
    let currency = run.document.currency
    let text = Money(fen: fen).grouped
    return Text(text + " " + currency.word, zh: text + currency.chinese)
  }

  private func stageSteps(_ one: CutPayment, _ ledger: Ledger) -> [Derivation] {
    let id = one.id
    var out: [Derivation] = []
    for (n, stage) in capStages.enumerated() {
      guard let i = stage.cut(id) else { continue }
      let earlier = capStages[..<n]
      switch stage.owner {
      case .measure:
        let end = run.lowering.capEnd
        let found = stage.caps.map { groups in
          let cap = measure.limits.caps[groups.place]
          return foundCap(stage, i, cap, groups, keyWords(cap, one, ledger), end, earlier)
        }
        if let step = tightest(found, ledger) { out.append(step) }
      case .limit(_, let name):
        guard let limit = run.document.limits.first(where: { $0.name == name }) else { continue }
        let end = CapEnd(choice: run.settings.choice(of: Reading.capEnd, in: run.document))
        let found = stage.caps.map { groups in
          let cap = limit.caps[groups.place]
          let whose = keyWords(measure.limits.joint(limit.name, groups.place) ?? cap, one, ledger)
          return foundCap(stage, i, cap, groups, whose, end, earlier)
        }
        guard let step = tightest(found, ledger) else { continue }
        let head = Text(
          "the limit “\(limit.title.en)” (article \(limit.article))", zh: "限额“\(limit.title.zh)”（\(limit.article)）")
        out.append(
          Derivation(
            step.verdict, Text("\(head.en): \(step.text.en)", zh: "\(head.zh)：\(step.text.zh)"),
            children: step.children, location: limit.location))
      }
    }
    return out
  }

  private func foundCap(
    _ stage: CapStage, _ i: Int, _ cap: CheckedCap, _ groups: CapGroups, _ whose: Text, _ end: CapEnd,
    _ earlier: ArraySlice<CapStage>
  ) -> FoundCap {
    let mine = Set(stage.members(of: groups.group[i], groups).map { stage.payments[$0] })
    let isRest = earlier.contains { before in
      before.payments.indices.contains {
        before.after[$0] < before.before[$0] && mine.contains(before.payments[$0])
      }
    }
    let wasCut = earlier.contains { $0.cut(stage.payments[i]) != nil }
    return FoundCap(
      stage: stage, i: i, cap: cap, groups: groups, isRest: isRest, wasCut: wasCut, whose: whose, end: end)
  }

  /// Of several caps at once the one that leaves least.
  private func tightest(_ all: [FoundCap], _ ledger: Ledger) -> Derivation? {
    var least: (left: Int64, spent: Int64, found: FoundCap)?
    for found in all where found.room < .max {
      if found.cap.isShared { return shareStep(found) }
      let spent = found.earlier.reduce(Int64(0)) { MeasureRun.sum($0, found.stage.after[$1]) }
      let left = max(found.room.subtractingReportingOverflow(spent).partialValue, 0)
      if least.map({ left < $0.left }) ?? true { least = (left, spent, found) }
    }
    return least.map { turnStep($0.found, $0.left, $0.spent, ledger) }
  }

  private func shareStep(_ found: FoundCap) -> Derivation {
    let members = found.members.filter { found.stage.before[$0] > 0 }
    let claimed = members.reduce(Int64(0)) { MeasureRun.sum($0, found.stage.before[$1]) }
    // To a hundredth of a per cent, rounded down.
    let parts = Int128(found.room) * 10_000 / Int128(max(claimed, 1))
    let share = Share(parts: Int64(truncatingIfNeeded: parts) * (Share.unit / 10_000)).text
    let (asked, all, whose, count) = (money(claimed), money(found.room), found.whose, members.count)
    let text =
      found.isRest
      ? Text(
        "\(share) of what the caps before it leave: \(asked.en) were left\(whose.en) in \(count) payments, "
          + "\(all.en) are there",
        zh: "按此前限额所余的 \(share) 支付：\(whose.zh)\(count) 笔共余 \(asked.zh)，限额 \(all.zh)")
      : Text(
        "\(share) of the claim: \(asked.en) were claimed\(whose.en) in \(count) payments, \(all.en) are there",
        zh: "按应得的 \(share) 支付：\(whose.zh)\(count) 笔共应得 \(asked.zh)，限额 \(all.zh)")
    return Derivation(.told, text, location: found.cap.location)
  }

  /// What had gone before it, what was left, and what became of it.
  private func turnStep(_ found: FoundCap, _ rest: Int64, _ spent: Int64, _ ledger: Ledger) -> Derivation {
    let (stage, i, whose, before) = (found.stage, found.i, found.whose, found.earlier)
    let (claimed, paid, all, gone, left) = (
      money(stage.before[i]), money(stage.after[i]), money(found.room), money(spent), money(rest)
    )
    let to = before.count == 1 ? "1 payment before it" : "\(before.count) payments before it"
    let ending: Text
    switch found.end {
    case .part: ending = .same("")
    case .stop, .skip:
      let reading = Reading.capEnd, choice = reading.choices[found.end == .stop ? 1 : 2].words
      ending = Text("; \(reading.name) is \(choice.en)", zh: "；\(reading.words.zh)：\(choice.zh)")
    }
    let had =
      before.isEmpty
      ? Text("nothing of the \(all.en)\(whose.en) had been paid before it", zh: "\(whose.zh)限额 \(all.zh)，此前未付")
      : Text(
        "\(gone.en) of the \(all.en)\(whose.en) had gone to \(to), \(left.en) were left",
        zh: "\(whose.zh)限额 \(all.zh)，此前已有 \(gone.zh) 付给 \(before.count) 笔，余 \(left.zh)")
    let asked = found.wasCut ? Text("left by the caps before it", zh: "经此前限额后余") : Text("claimed", zh: "应得")
    return Derivation(
      .told,
      Text(
        "of \(claimed.en) \(asked.en) \(paid.en) are paid: \(had.en)\(ending.en)",
        zh: "\(asked.zh) \(claimed.zh)，实付 \(paid.zh)：\(had.zh)\(ending.zh)"),
      children: listed(before, of: stage, ledger), location: found.cap.location)
  }

  /// The payments that took the room, the latest first.
  private func listed(_ before: [Int], of stage: CapStage, _ ledger: Ledger) -> [Derivation] {
    let sorted = before.sorted { stage.dates[$0] > stage.dates[$1] }
    var lines = sorted.prefix(Self.mostPayments).map { k -> Derivation in
      let (fen, day, one) = (money(stage.after[k]), Day(number: stage.dates[k]).text, stage.payments[k])
      let subject = dataset.words(subject(of: one, ledger))
      let other = ledger.measures[one.measure]
      let by = other.id == measure.id ? Text.same("") : Text(" (\(other.name))", zh: "（\(other.words.zh)）")
      return Derivation(
        .told, Text("\(fen.en) on \(day) for \(subject.en)\(by.en)", zh: "\(day) \(subject.zh) \(fen.zh)\(by.zh)"))
    }
    let more = sorted.dropFirst(Self.mostPayments)
    if !more.isEmpty {
      let fen = money(more.reduce(Int64(0)) { MeasureRun.sum($0, stage.after[$1]) })
      lines.append(
        Derivation(.told, Text("\(fen.en) in \(more.count) more before", zh: "更早的 \(more.count) 笔共 \(fen.zh)")))
    }
    return lines
  }

  /// Whom a payment is for.
  private func subject(of one: CapStage.Payment, _ ledger: Ledger) -> String {
    for block in ledger.blocks where block.measure == one.measure && block.clause == one.clause {
      let (frames, subjects) = (block.frames, block.subjects)
      if let row = frames.indices.first(where: { frames[$0] == one.frame && subjects[$0] == one.subject }) {
        return ledger.subject(block, row)
      }
    }
    return ""
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

  /// The year by which a payment falls under a limit: its frame's, else that of its day.
  private func year(_ block: PaymentBlock, _ i: Int) -> Int {
    block.yearsOfFrames.isEmpty ? Day(number: block.dates[i]).year : Int(block.yearsOfFrames[i])
  }
}

extension Typed {
  /// Whether it is the calendar year of a day, in which no separators stand.
  var isYear: Bool { if case .yearOf = operation { true } else { false } }
}
