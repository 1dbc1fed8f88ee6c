// Why less is paid than was claimed: which caps cut a payment, one after another, what each found and left, which
// payments took the room before it, what share is paid of all. Knows nothing of how payments are cut.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// A payment that caps have cut.
struct CutPayment {
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
  let whose: Text
  let end: CapEnd
  /// Whether caps after these cut the payment again.
  let isCutAgain: Bool
  /// What was left of the cap before it.
  private(set) var left: Int64
  /// Which payment closed the cap, where one that no longer fitted ended it.
  private(set) var closedBy: Int?

  init(
    _ stage: CapStage, _ i: Int, _ cap: CheckedCap, _ groups: CapGroups, _ whose: Text, _ end: CapEnd,
    _ isCutAgain: Bool
  ) {
    (self.stage, self.i, self.cap, self.groups, self.whose) = (stage, i, cap, groups, whose)
    (self.end, self.isCutAgain) = (end, isCutAgain)
    left = groups.room[Int(groups.group[i])]
    if left == .max || groups.isShared { return }
    var room = CapRoom(left, groups.span)
    for k in members where stage.position[k] < stage.position[i] {
      if end == .stop, room.left(on: stage.dates[k]) < stage.before[k] {
        room.close(on: stage.dates[k])
        if closedBy == nil || stage.dates[closedBy ?? k] < first { closedBy = k }
      }
      room.take(stage.after[k], on: stage.dates[k])
    }
    left = room.left(on: stage.dates[i])
    if left > 0 || closedBy.map({ stage.dates[$0] < first }) ?? false { closedBy = nil }
  }

  var members: [Int] { stage.members(of: groups.group[i], groups) }
  var room: Int64 { groups.room[Int(groups.group[i])] }
  /// The first day of which payments still count.
  private var first: Int32 { groups.span.first(for: stage.dates[i]) }

  /// The payments that took the room before it.
  var earlier: [Int] {
    let first = first
    return members.filter {
      stage.position[$0] < stage.position[i] && stage.dates[$0] >= first && stage.after[$0] > 0
    }
  }
}

extension Narrator {
  /// So many payments are told one by one.
  private static var mostPayments: Int { 10 }

  /// A sentence for each cap that has cut one of a subject's payments, in the order in which they did, and for each
  /// payment that other sources bear since one is capped.
  func capSteps(_ subject: String, _ ledger: Ledger) -> [Derivation] {
    var all: [CutPayment] = []
    for block in ledger.blocks where block.measure == run.index {
      guard let cut = block.cut else { continue }
      // What is paid and what exceeds stand apart: the sentences are about both.
      var told: Set<CapStage.Payment> = []
      for i in ledger.rows(of: subject, in: block, within: list.map { .list($0) }).prefix(100) where cut.by[i] != nil {
        let one = CutPayment(block: block, row: i)
        if told.insert(one.id).inserted { all.append(one) }
      }
    }
    return stageSteps(all, ledger) + sourceSteps(subject, ledger)
  }

  /// Fen in the document's currency.
  func money(_ fen: Int64) -> Text {
    let currency = run.document.currency
    let text = Money(fen: fen).grouped
    return Text(text + " " + currency.word, zh: text + currency.chinese)
  }

  // MARK: Stages

  /// What each cap found of some payments and what it left of them, payment by payment.
  func stageSteps(_ all: [CutPayment], _ ledger: Ledger) -> [Derivation] {
    if all.isEmpty { return [] }
    let ids = Set(all.map(\.id))
    let cuts = capStages.map { $0.cut(ids) }
    return all.flatMap { one -> [Derivation] in
      let id = one.id
      let last = cuts.lastIndex { $0[id] != nil }
      return zip(capStages, cuts).enumerated().compactMap { n, found -> Derivation? in
        guard let i = found.1[id] else { return nil }
        return stageStep(found.0, i, one, isCutAgain: n != last, ledger)
      }
    }
  }

  private func stageStep(
    _ stage: CapStage, _ i: Int, _ one: CutPayment, isCutAgain: Bool, _ ledger: Ledger
  ) -> Derivation? {
    switch stage.owner {
    case .measure:
      let found = stage.caps.map { groups in
        let cap = measure.limits.caps[groups.place]
        return FoundCap(stage, i, cap, groups, keyWords(cap, one, ledger), run.lowering.capEnd, isCutAgain)
      }
      return tightest(found, ledger)
    case .limit(_, let name):
      guard let limit = run.document.limits.first(where: { $0.name == name }) else { return nil }
      let end = CapEnd(choice: run.settings.choice(of: Reading.capEnd, in: run.document))
      let found = stage.caps.map { groups in
        let cap = limit.caps[groups.place]
        let whose = keyWords(measure.limits.joint(limit.name, groups.place) ?? cap, one, ledger)
        return FoundCap(stage, i, cap, groups, whose, end, isCutAgain)
      }
      guard let step = tightest(found, ledger) else { return nil }
      let head = Text(
        "the limit “\(limit.title.en)” (article \(limit.article))", zh: "限额“\(limit.title.zh)”（\(limit.article)）")
      return Derivation(
        step.verdict, Text("\(head.en): \(step.text.en)", zh: "\(head.zh)：\(step.text.zh)"), children: step.children,
        location: limit.location)
    }
  }

  /// Of several caps at once the one that leaves least.
  private func tightest(_ all: [FoundCap], _ ledger: Ledger) -> Derivation? {
    guard let found = all.filter({ $0.room < .max }).min(by: { $0.left < $1.left }) else { return nil }
    let step = found.cap.isShared ? shareStep(found, ledger) : turnStep(found, ledger)
    return found.cap.source.map { step.saying($0.fund.words) } ?? step
  }

  /// What there was of a payment and what is left of it.
  private func change(_ found: FoundCap) -> Text {
    let (stage, i) = (found.stage, found.i)
    let (before, after) = (money(stage.before[i]), money(stage.after[i]))
    let asked =
      stage.wasCut[i]
      ? Text("\(before.en) left by the caps before it", zh: "经此前限额后余 \(before.zh)")
      : Text("\(before.en) claimed", zh: "应得 \(before.zh)")
    if let next = found.cap.source?.next {
      return Text(
        "of \(asked.en) it bears \(after.en), the rest is borne by: \(next.words.en)",
        zh: "\(asked.zh)，承担 \(after.zh)，其余由\(next.words.zh)承担")
    }
    return found.isCutAgain
      ? Text("of \(asked.en) \(after.en) are left", zh: "\(asked.zh)，限后余 \(after.zh)")
      : Text("of \(asked.en) \(after.en) are paid", zh: "\(asked.zh)，实付 \(after.zh)")
  }

  private func shareStep(_ found: FoundCap, _ ledger: Ledger) -> Derivation {
    let members = found.members.filter { found.stage.before[$0] > 0 }
    let claimed = members.reduce(Int64(0)) { MeasureRun.sum($0, found.stage.before[$1]) }
    // To a hundredth of a per cent, rounded down.
    let parts = Int128(found.room) * 10_000 / Int128(max(claimed, 1))
    let share = Share(parts: Int64(truncatingIfNeeded: parts) * (Share.unit / 10_000)).text
    let (asked, all, whose, change) = (money(claimed), money(found.room), found.whose, change(found))
    let count = members.count == 1 ? "1 payment" : "\(members.count) payments"
    let isRest = members.contains { found.stage.wasCut[$0] }
    let (verb, verbZh) = isRest ? ("left by the caps before it", "经此前限额后余") : ("claimed", "应得")
    let kept = keptByDisplaced(members, of: found.stage, ledger)
    return Derivation(
      .told,
      Text(
        "\(change.en), \(share): \(asked.en) were \(verb)\(whose.en) in \(count)\(kept.en), \(all.en) are there",
        zh: "\(change.zh)（\(share)）：\(whose.zh)\(members.count) 笔\(kept.zh)共\(verbZh) \(asked.zh)，限额 \(all.zh)"),
      location: found.cap.location)
  }

  /// What had gone before it, what was left, and what became of it.
  private func turnStep(_ found: FoundCap, _ ledger: Ledger) -> Derivation {
    let (stage, whose, before, change) = (found.stage, found.whose, found.earlier, change(found))
    let spent = before.reduce(Int64(0)) { MeasureRun.sum($0, stage.after[$1]) }
    let rest = max(found.room.subtractingReportingOverflow(spent).partialValue, 0)
    let (all, gone, left) = (money(found.room), money(spent), money(rest))
    let to = before.count == 1 ? "1 payment before it" : "\(before.count) payments before it"
    let kept = keptByDisplaced(before, of: stage, ledger)
    let had =
      before.isEmpty
      ? Text("nothing of the \(all.en)\(whose.en) had been paid before it", zh: "\(whose.zh)限额 \(all.zh)，此前未付")
      : Text(
        "\(gone.en) of the \(all.en)\(whose.en) had gone to \(to)\(kept.en), \(left.en) were left",
        zh: "\(whose.zh)限额 \(all.zh)，此前 \(before.count) 笔\(kept.zh)已占用 \(gone.zh)，余 \(left.zh)")
    let ending = ending(found, ledger)
    return Derivation(
      .told, Text("\(change.en): \(had.en)\(ending.en)", zh: "\(change.zh)：\(had.zh)\(ending.zh)"),
      children: listed(before, of: stage, ledger), location: found.cap.location)
  }

  /// How many of the payments that took the room gave way to a higher one afterwards, and keep it all the same.
  private func keptByDisplaced(_ before: [Int], of stage: CapStage, _ ledger: Ledger) -> Text {
    let displaced = displaced(of: stage, ledger)
    let count = displaced.isEmpty ? 0 : before.count { displaced.contains(stage.payments[$0]) }
    if count == 0 { return .same("") }
    let verb = count == 1 ? "gives way to a higher one and keeps" : "give way to a higher one and keep"
    return Text(", of which \(count) \(verb) the room", zh: "（其中 \(count) 笔因就高不重复未付，仍占限额）")
  }

  /// What becomes of a payment that does not fit, where it is not paid in part.
  private func ending(_ found: FoundCap, _ ledger: Ledger) -> Text {
    if found.end == .part { return .same("") }
    let reading = Reading.capEnd, choice = reading.choices[found.end == .stop ? 1 : 2].words
    let rule = Text("; \(reading.name) is \(choice.en)", zh: "；\(reading.words.zh)：\(choice.zh)")
    guard let k = found.closedBy else { return rule }
    let who = dataset.words(subject(of: found.stage.payments[k], ledger))
    let day = Day(number: found.stage.dates[k]).text
    return Text(
      "; that for \(who.en) on \(day) did not fit\(rule.en)", zh: "；\(day) \(who.zh) 的一笔已超出\(rule.zh)")
  }

  /// The payments that took the room, the latest first.
  private func listed(_ before: [Int], of stage: CapStage, _ ledger: Ledger) -> [Derivation] {
    let sorted = before.sorted { (stage.dates[$0], stage.position[$0]) > (stage.dates[$1], stage.position[$1]) }
    let displaced = displaced(of: stage, ledger)
    var lines = sorted.prefix(Self.mostPayments).map { k -> Derivation in
      let (fen, day, one) = (money(stage.after[k]), Day(number: stage.dates[k]).text, stage.payments[k])
      let subject = dataset.words(subject(of: one, ledger))
      let other = ledger.measures[one.measure]
      let by = other.id == measure.id ? Text.same("") : Text(" (\(other.name))", zh: "（\(other.words.zh)）")
      let standing =
        displaced.contains(one) ? Text(", not paid: a higher one is", zh: "，就高不重复，未付") : Text.same("")
      return Derivation(
        .told,
        Text(
          "\(fen.en) on \(day) for \(subject.en)\(by.en)\(standing.en)",
          zh: "\(day) \(subject.zh) \(fen.zh)\(by.zh)\(standing.zh)"))
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

  /// The payments of its measures in whose place something higher is paid.
  private func displaced(of stage: CapStage, _ ledger: Ledger) -> Set<CapStage.Payment> {
    let measures = Set(stage.payments.map(\.measure))
    var found: Set<CapStage.Payment> = []
    for block in ledger.blocks where !block.displacedBy.isEmpty && measures.contains(block.measure) {
      for row in 0..<block.count where block.standing(row) == .displaced {
        found.insert(
          CapStage.Payment(
            measure: block.measure, clause: block.clause, frame: block.frames[row], subject: block.subjects[row]))
      }
    }
    return found
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
        let (what, which) = (lets[ObjectIdentifier(t)] ?? excerpt(t), value(t, at))
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
