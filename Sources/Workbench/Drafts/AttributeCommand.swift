// `attribute`: what a draft costs, split over its single changes whatever the order in which they are made.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Splits a draft's effect over its changes.
///
///     attribute = "attribute" DRAFT [ NUMBER "times" ] [ "seed" NUMBER ] [ "by" key ]
struct AttributeCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "attribute",
    chinese: ["变动分解", "分解"],
    meaning: Text("what a draft costs, split over its single changes", zh: "草案的影响分解到各项改动"),
    usage: Text(
      "attribute DRAFT [N times] [seed N] [by DIMENSION|FACT]", zh: "变动分解 草案 [N 次] [种子 N] [按 维度|事实]"),
    more: Text(
      "Each change gets the average of what it adds over all orders in which the changes could be made, in whole fen "
        + "that add up to the effect. Beside it stand what it adds by itself, and what it adds when all "
        + "others are made "
        + "already. Up to 12 changes every set of them is run; beyond that orders are drawn (`500 times`), "
        + "each with its "
        + "reverse, and the error is told. `by beneficiary`, or by any fact, splits the effect in each group.",
      zh:
        "每项改动取其在所有先后顺序下增加额的平均值，以分为单位，相加等于总影响。另列单独改动的影响，和其他改动均已作出后再作此项的影响。"
        + "不超过 12 项时逐一测算各种组合；更多时抽取若干顺序（“500 次”，正反各算一遍），并给出误差。"
        + "“按 对象”或按任一事实时，逐组分解。"),
    group: .proposals,
    options: [.settings, .dimension, .fact, .mode],
    isDrawable: true)

  let draft: Written
  let orders: Written?
  let seed: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    draft = try parser.one(Text("a draft", zh: "草案"))
    var orders: Written?
    if !parser.isAtEnd, parser.token.kind == .word, let first = parser.token.text.utf8.first,
      (0x30...0x39).contains(first)
    {
      let text = parser.token.text
      let glued = Keyword.times.spellings.first { text.hasSuffix($0) && text.utf8.count > $0.utf8.count }
      if let glued { parser.split(at: text.utf8.count - glued.utf8.count) }
      orders = try parser.one(Text("how many times", zh: "次数"))
      if !parser.isAtEnd, Keyword.times.matches(parser.token.word) { parser.index += 1 }
    }
    self.orders = orders
    if !parser.isAtEnd, AttributeCommand.seedWords.contains(parser.token.word) {
      parser.index += 1
      if parser.token.kind == .equals { parser.index += 1 }
      seed = try parser.one(Text("a seed, such as 7", zh: "种子，如 7"))
    } else {
      seed = nil
    }
  }

  private static let seedWords = ["seed", "种子"]

  package func describe(to meaning: inout Meaning) {
    meaning.add("draft", draft)
    meaning.add("times", orders)
    meaning.add("seed", seed)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    guard let found = session.draft(named: draft) else {
      throw Refusal(.unknownDraft(draft.raw, session.state.drafts.map(\.name)), at: draft.location)
    }
    let orders = try orders.map { text throws(Refusal) in try number(text, 2...100_000) } ?? 200
    let seed = try seed.map { text throws(Refusal) in try number(text, 0...Int(Int32.max)) } ?? 1
    return try session.amending([draft], command) { () throws(Refusal) in
      try answer(found, orders, seed, command, in: session)
    }
  }

  private func answer(
    _ found: Draft, _ orders: Int, _ seed: Int, _ command: Command, in session: Desk
  ) throws(Refusal) -> Answer {
    let keys = try session.groupKeys(command)
    let split = try DraftSplit(found, command, in: session, at: draft.location)
    var groups = AttributedGroups()
    let attribution = try split.attribution(orders: orders, seed: UInt64(seed)) { set, budget in
      if !keys.isEmpty { groups.add(set, Breakdown(budget, by: keys)) }
    }
    session.evidence = Evidence([split.base, split.proposed], extra: "attribute \(orders) seed \(seed)")
    var answer = AttributionAnswer(split, attribution, places: session.library.places)
    if !keys.isEmpty {
      let basis = Breakdown(Budget(split.base.ledger), by: keys).basis
      let named = GroupNames.words(basis, [split.base, split.proposed])
      answer.groups = AttributionGroups(
        groups.groups(of: split.changes.count, orders: orders, seed: UInt64(seed), whole: attribution),
        words: split.words,
        basis: basis, currency: split.base.documents.currency, named: named)
    }
    return answer.answer.telling(session.unreckoned(split.base, split.proposed))
  }

  private func number(_ text: Written, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let number = Int(text.text), range.contains(number) else {
      throw Refusal([
        .error(
          "attribute-number",
          Text(
            "`\(text.raw)` is no whole number from \(range.lowerBound) to \(range.upperBound)",
            zh: "`\(text.raw)` 不是 \(range.lowerBound) 至 \(range.upperBound) 的整数"),
          hint: Text("write it as 500", zh: "请写作 500"), at: text.location)
      ])
    }
    return number
  }

  func besides(_ command: Command) -> Besides { .both }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? session.state.drafts.map { Completion($0.name) } : []
  }

  func next(in session: Desk) -> [Text] { [Text("amend \(draft.raw)", zh: "修订对照 \(draft.raw)")] }
}

/// A draft beside what it rests on, and what any of its changes come to.
struct DraftSplit {
  let name: String
  let changes: [DraftChange]
  /// The changes in words.
  let words: [ChangeWords]
  /// What the draft rests on, and the draft.
  let base: Session.Run
  let proposed: Session.Run
  private let whole: Session.UnfoldedDraft
  private let command: Command
  private let session: Desk
  private let location: SourceRange

  init(_ draft: Draft, _ command: Command, in session: Desk, at location: SourceRange) throws(Refusal) {
    name = draft.name
    whole = try session.unfold(draft, at: location)
    changes = whole.changes
    self.command = command
    self.session = session
    self.location = location
    if changes.count > Attribution.most {
      throw Refusal([
        .error(
          "attribute-many",
          Text(
            "`\(draft.name)` has \(changes.count) changes; no more than \(Attribution.most) are taken apart",
            zh: "`\(draft.name)` 有 \(changes.count) 项改动，最多可分解 \(Attribution.most) 项"),
          hint: Text("split it into several drafts", zh: "请分为几份草案"), at: location)
      ])
    }
    base = try DraftSplit.run(whole, whole.documents.map(\.id), [], command, session, location)
    proposed = try DraftSplit.run(whole, [draft.name], changes, command, session, location)
    let (documents, state, places) = (base.documents, session.stateOfText, session.library.places)
    words = changes.map { ChangeWords($0, documents, state: state, places) }
  }

  private static func run(
    _ whole: Session.UnfoldedDraft, _ names: [String], _ changes: [DraftChange], _ command: Command, _ session: Desk,
    _ location: SourceRange
  ) throws(Refusal) -> Session.Run {
    let scenario = try session.scenario(at: command.location)
    var programme = try session.programme(of: whole, named: names, with: changes, at: location)
    // What the draft rests on is no draft.
    if !changes.isEmpty, let name = names.first { programme.drafts = [(name, whole)] }
    let settings = try session.settings(command, of: programme)
    return try session.run(programme, scenario, settings, mode: session.mode(command, settings, default: .enacted))
  }

  /// The effect split over the changes.
  /// - Parameter each: is given what every set of them comes to, once.
  func attribution(
    orders: Int = 200, seed: UInt64 = 1, each: (UInt64, Budget) -> Void = { _, _ in }
  ) throws(Refusal) -> Attribution {
    var refusal: Refusal?
    let found = withoutActuallyEscaping(each) { each in
      Attribution(count: changes.count, orders: orders, seed: seed) { set in
        if refusal != nil || session.isCancelled() { return nil }
        do throws(Refusal) {
          let budget = Budget(try ledger(of: set))
          each(set, budget)
          return budget.sum.total
        } catch {
          refusal = error
          return nil
        }
      }
    }
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    if let refusal { throw refusal }
    return Invariant.value(found, "sets-have-values: every set of a draft's changes is run or refused.")
  }

  /// The measures that pay otherwise under the draft, or whose figures and readings it changes.
  var touchedMeasures: Set<String> {
    var touched = Set(
      changes.compactMap { change -> String? in
        guard case .setting(let setting) = change else { return nil }
        return ChangeWords.measure(of: setting.target, base.documents)?.id
      })
    let (before, after) = (Budget(base.ledger), Budget(proposed.ledger))
    for id in Set(before.lines.map { before.measure($0).id } + after.lines.map { after.measure($0).id })
    where before.line(id)?.tally != after.line(id)?.tally { touched.insert(id) }
    return touched
  }

  /// What a set of the changes comes to.
  func ledger(of set: UInt64) throws(Refusal) -> Ledger {
    let some = changes.indices.filter { set & (1 << UInt64($0)) != 0 }.map { changes[$0] }
    let programme = try session.programme(of: whole, named: [name], with: some, at: location)
    let settings = try session.settings(command, of: programme)
    let run = session.runSettings(base.scenario, mode: base.ledger.settings.mode, with: settings)
    let ledger = session.ledger(programme.documents, base.scenario, run)
    let errors = ledger.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw Refusal(errors) }
    return ledger
  }
}
