// What is taken back of what a frame or a member was paid, and why: each recovery with the payments that it takes back
// and the parts of its condition.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// What one recovery took back from one beneficiary for one subject.
struct TakenBack {
  let recovery: Int
  let date: Day
  let fen: Int64
  /// Fen that had been paid until that day, before anything was taken back of it.
  let paid: Int64
  /// The days of the payments that it takes back, each once, ascending.
  let paidOn: [Day]
}

extension Ledger {
  /// What was taken back of a measure's payments for a subject.
  func takenBack(_ measure: Int, for subject: String, in space: Space) -> [TakenBack] {
    let pays = measures[measure].pays.count
    let bare = dataset.parts(ofSubject: subject).id
    var out: [TakenBack] = []
    for block in blocks where block.measure == measure && block.clause >= pays {
      for i in rows(of: subject, in: block, within: space)
      where dataset.row(bare, in: block.subjectSpace) == block.subjects[i] && block.subjectSpace == space {
        let date = block.dates[i], who = beneficiary(block, i), of = self.subject(block, i)
        var days: Set<Int32> = []
        var paid: Int64 = 0
        for other in blocks where other.measure == measure && other.clause < pays {
          let dates = other.dates
          for k in rows(of: of, in: other, within: space)
          where other.standing(k) == .paid && dates[k] <= date && beneficiary(other, k) == who {
            days.insert(dates[k])
            paid = MeasureRun.sum(paid, other.amount(k))
          }
        }
        out.append(
          TakenBack(
            recovery: block.clause - pays, date: Day(number: date), fen: -block.amount(i), paid: paid,
            paidOn: days.sorted().map { Day(number: $0) }))
      }
    }
    return out.sorted { ($0.recovery, $0.date) < ($1.recovery, $1.date) }
  }

  /// Whether anything of a measure was paid for a subject until a day.
  func wasPaid(_ measure: Int, for subject: String, in space: Space, by day: Int32) -> Bool {
    let pays = measures[measure].pays.count
    return blocks.contains { block in
      guard block.measure == measure, block.clause < pays, block.subjectSpace == space else { return false }
      let rows = rows(of: subject, in: block, within: space)
      if rows.isEmpty { return false }
      let dates = block.dates
      return rows.contains { block.standing($0) == .paid && dates[$0] <= day }
    }
  }
}

extension Narrator {
  /// The recoveries that ask about a frame's own record.
  /// - Parameter once: those that are asked once for the record, or those of each frame; nil: all.
  func recoverySteps(_ f: Int, once: Bool?) -> [Derivation] {
    let position = Int32(truncatingIfNeeded: f)
    let asked = measure.recoveries.indices.filter { k in
      measure.recoveries[k].forEach == nil && (once == nil || measure.recoveries[k].isOncePerRecord == once)
    }
    return asked.map { k in
      // What is asked once for a record is taken back for that, whichever of its frames it was paid for.
      let isOnce = measure.recoveries[k].isOncePerRecord
      return recoveryStep(
        k, position, isOnce ? dataset.id(run.base[f], in: run.baseSpace) : run.frameName(f), run.baseSpace)
    }
  }

  /// The recoveries that ask about a member: at its place in the set that they are for.
  func recoverySteps(ofMember row: Int32, list: Int) -> [Derivation] {
    measure.recoveries.indices.compactMap { k in
      guard let set = measure.recoveries[k].forEach, run.sets[set].list == list,
        let place = run.sets[set].all.rows.firstIndex(of: row)
      else { return nil }
      return recoveryStep(
        k, Int32(truncatingIfNeeded: place), dataset.tables[list].ids?.text(Int(row)) ?? "", .list(list))
    }
  }

  private func recoveryStep(_ k: Int, _ position: Int32, _ subject: String, _ space: Space) -> Derivation {
    let recovery = measure.recoveries[k]
    let at = Row(context: run.recoveryContext(recovery), row: position)
    let reasons = recovery.when.map { conjuncts($0, at) } ?? []
    let mine = takenBack(subject, space).filter { $0.recovery == k }
    guard !mine.isEmpty else {
      let isOpen = reasons.contains { $0.verdict == .unknown } && !reasons.contains { $0.verdict == .no }
      let words =
        isOpen
        ? Text("whether what was paid is taken back cannot be told", zh: "已付金额是否追回无法判定")
        : nothingTakenBack(recovery, at, reasons, subject, space)
      return Derivation(isOpen ? .unknown : .told, words, children: reasons, location: recovery.location)
    }
    let lines = mine.map { sentence($0) }
    let short = (recovery.when?.conjuncts ?? []).compactMap { shortfall($0, at) }
    let text = Text(
      lines.map(\.en).joined(separator: "; ") + short.map { ": " + $0.en }.joined(),
      zh: lines.map(\.zh).joined(separator: "；") + short.map { "：" + $0.zh }.joined())
    return Derivation(.told, text, children: reasons + figuresOfAmount(recovery, at, mine), location: recovery.location)
  }

  /// Why nothing is taken back although all that is asked holds: nothing had been paid by then.
  private func nothingTakenBack(
    _ recovery: CheckedRecovery, _ at: Row, _ reasons: [Derivation], _ subject: String, _ space: Space
  ) -> Text {
    let nothing = Text("nothing is taken back", zh: "没有追回")
    guard reasons.allSatisfy({ $0.verdict == .yes }) else { return nothing }
    let day = self.day(recovery.on, at)
    if day.isNone {
      let name = excerpt(recovery.on)
      return Text("\(nothing.en): there is no \(name.en)", zh: "\(nothing.zh)：没有\(name.zh)")
    }
    if day.isUnknown || wasPaid(subject, space, day) { return nothing }
    let date = Day(number: day).text
    return Text("\(nothing.en): nothing was paid by \(date)", zh: "\(nothing.zh)：至 \(date) 尚未支付")
  }

  /// "end 2022-07-31, 7 months 1 day short of 2023-03-01", where something is less than it would have to be.
  private func shortfall(_ t: Typed, _ at: Row) -> Text? {
    guard case .compare(let comparison, let a, let b) = t.operation, truth(t, at) & 0b11 == 0b11 else { return nil }
    let (less, more): (Typed, Typed)
    switch comparison {
    case .less, .lessOrEqual: (less, more) = (a, b)
    case .greater, .greaterOrEqual: (less, more) = (b, a)
    case .equal, .notEqual: return nil
    }
    // A figure of the rule itself is short of nothing: "n is more than 0".
    if case .constant = less.operation { return nil }
    guard let missing = difference(less, more, at) else { return nil }
    let (name, here, wanted) = (excerpt(less), value(less, at), value(more, at))
    return Text(
      "\(name.en) \(here.en), \(missing.en) short of \(wanted.en)",
      zh: "\(name.zh) \(here.zh)，距 \(wanted.zh) 差\(missing.zh)")
  }

  /// By how much one figure is below another; nil where there is no such thing, or it is nothing.
  private func difference(_ less: Typed, _ more: Typed, _ at: Row) -> Text? {
    if less.type == .date, more.type == .date {
      let a = day(less, at), b = day(more, at)
      guard !a.isAbsent, !b.isAbsent, a < b else { return nil }
      var months = 0
      let from = Day(number: a), to = Day(number: b)
      while from.adding(months: months + 1, .clamp) <= to { months += 1 }
      let days = Int(to.number - from.adding(months: months, .clamp).number)
      let parts = [
        months > 0 ? Text(months == 1 ? "1 month" : "\(months) months", zh: "\(months)个月") : nil,
        days > 0 ? Text(days == 1 ? "1 day" : "\(days) days", zh: "\(days)天") : nil,
      ].compactMap { $0 }
      return Text(parts.map(\.en).joined(separator: " "), zh: parts.map(\.zh).joined())
    }
    guard [.months, .days, .number, .money].contains(less.type), less.type == more.type else { return nil }
    let a = number(less, at), b = number(more, at)
    guard !a.isAbsent, !b.isAbsent, a < b else { return nil }
    return describe(MeasureRun.Scalar(int64: b - a), less.type)
  }

  /// How much is taken back, as the rule has it, with what had been paid and the figures that it names.
  private func figuresOfAmount(_ recovery: CheckedRecovery, _ at: Row, _ mine: [TakenBack]) -> [Derivation] {
    guard let amount = recovery.amount else { return [] }
    let paid = Text("paid", zh: "已付")
    let sums = mine.map { money($0.paid) }
    let isOne = Set(sums.map(\.en)).count == 1
    let sum = Derivation(
      .told,
      Text(
        "\(paid.en) = " + (isOne ? sums[0].en : sums.map(\.en).joined(separator: ", ")),
        zh: "\(paid.zh)：" + (isOne ? sums[0].zh : sums.map(\.zh).joined(separator: "、"))), location: amount.location)
    let pairs = recovery.forEach.map { Pairs(set: $0, isNarrowed: true) } ?? .ownFrames
    let figures = run.lowering.with(paid: run.lowering.paid(pairs)) { () -> [Derivation] in
      argumentWords.append([paid])
      defer { argumentWords.removeLast() }
      return facts([amount], at)
    }
    return [
      Derivation(.told, excerpt(amount), children: [sum] + figures, location: amount.location)
    ]
  }

  /// "6,666.67 yuan of what was paid on 2020-05-31, 2020-08-31 are taken back on 2020-10-31"
  private func sentence(_ taken: TakenBack) -> Text {
    let amount = money(taken.fen)
    var days = taken.paidOn.prefix(6).map(\.text)
    if taken.paidOn.count > 6 { days.append("…") }
    return Text(
      "\(amount.en) of what was paid on \(days.joined(separator: ", ")) are taken back on \(taken.date.text)",
      zh: "\(days.joined(separator: "、")) 所付款项，于 \(taken.date.text) 追回 \(amount.zh)")
  }
}
