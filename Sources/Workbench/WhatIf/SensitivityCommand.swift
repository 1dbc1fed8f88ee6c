// `sensitivity`: what each parameter, reading and value moves.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Varies everything a little, one thing at a time.
struct SensitivityCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "sensitivity",
    chinese: ["敏感性", "敏感度"],
    meaning: Text("what each parameter, reading and value moves", zh: "各参数、口径、引用标准的影响大小"),
    usage: Text("sensitivity [PROGRAMME] [by 10%]", zh: "敏感性 [方案] [按 10%]"),
    more: Text(
      "One thing at a time, up and down by the share; readings by each of their choices.", zh: "逐项上下变动给定比例；口径逐一取各选项。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let programme: Programme?
  let change: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = parser.isAtEnd || parser.isOption(parser.token) ? nil : try parser.programme()
    if Keyword.by.matches(parser.token.word), let figure = Int(parser.peek(1).text) {
      parser.index += 1
      throw parser.fail(.missing(Text("a share: by \(figure)%", zh: "比例：按 \(figure)%"), usage: parser.usage))
    }
    // `by 10%` is no dimension, and neither is any other figure.
    let isBy = Keyword.by.matches(parser.token.word) && SensitivityCommand.isFigure(parser.peek(1))
    if isBy { parser.index += 1 }
    if isBy || SensitivityCommand.isPercent(parser.token) {
      change = parser.written(parser.token)
      parser.index += 1
    } else {
      change = nil
    }
  }

  private static func isFigure(_ token: Token) -> Bool {
    let text = token.text.drop { "±+-−".contains($0) }
    return token.kind == .word && text.first.map { $0.isASCII && $0.isNumber || $0 == "." } == true
  }

  private static func isPercent(_ token: Token) -> Bool {
    let text = token.text.hasPrefix("±") ? String(token.text.dropFirst()) : token.text
    return token.kind == .word && text.hasSuffix("%") && text.utf8.first.map { (0x30...0x39).contains($0) } == true
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
    meaning.add("by", change)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try session.inquiry(programme, command)
    let share =
      try change.map { change throws(Refusal) in try self.share(change, session.library.places) }
      ?? Share.unit / 10
    let run = try session.baseRun(inquiry)
    let total = Goal().amount(run.ledger)
    var effects = effects(of: inquiry, share: share, run, in: session)
    let base = inquiry.base
    let readings =
      effects.isPartial
      ? nil
      : ReadingReport.make(
        inquiry.documents, settings: base,
        run: { changes in
          if changes.isEmpty { return run.ledger }
          var settings = base
          settings.readings.merge(changes) { $1 }
          let ledger = session.ledger(inquiry.documents, inquiry.scenario, settings)
          if ledger.refusal == nil { effects.leftOut.look(at: ledger, -1) }
          return ledger
        }, isCancelled: session.isCancelled, combines: false)
    let place = place(effects, session.library.places)
    effects.entries.sort { a, b in
      let (x, y) = (a.entry.spread(total), b.entry.spread(total))
      return x != y ? x > y : a.input.id < b.input.id
    }
    for effect in readings?.effects ?? [] {
      for (choice, cause) in effect.refusals.sorted(by: { $0.key < $1.key }) {
        effects.uncosted.add(effect.reading, effect.states[choice], cause)
      }
    }
    session.evidence = Evidence([inquiry], extra: "sensitivity \(share)")
    return SensitivityAnswer(
      entries: effects.entries, readings: readings, without: effects.without, uncosted: effects.uncosted, total: total,
      share: share, inquiry: inquiry,
      isPartial: effects.isPartial || (readings?.isPartial ?? false) && session.isCancelled(),
      places: session.library.places
    ).answer.telling(
      Unreckoned([inquiry], [effects.leftOut], session.library.places),
      Unreckoned.lead(effects.leftOut, of: Text("runs", zh: "次试算"), at: place))
  }

  /// What was changed, and to what, where most is left out; nil where that is so as things stand, or under a reading.
  private func place(_ effects: Effects, _ places: Gazetteer) -> Text? {
    let (number, isHigh) = (effects.leftOut.place / 2 - 1, effects.leftOut.place % 2 == 1)
    guard effects.entries.indices.contains(number) else { return nil }
    let (input, entry) = effects.entries[number]
    let (label, value) = (input.target.label, input.text(isHigh ? entry.high : entry.low, places))
    return Text("\(label.en) = \(value.en)", zh: "\(label.zh)取 \(value.zh)")
  }

  func besides(_ command: Command) -> Besides { .both }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    guard after.isEmpty else { return [] }
    let share = Text("a share, such as 10%", zh: "比例，例如 10%").in(session.language)
    return session.documents() + [Completion(session.language == .zh ? "按" : "by", share)]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("sensitivity", zh: "敏感性"), Text("sensitivity \(n.document) by 10%", zh: "敏感性 \(n.document) 按 10%")]
  }
}

extension SensitivityCommand {
  /// By how much each input is changed: `10%`, `±5%`.
  private func share(_ change: Written, _ places: Gazetteer) throws(Refusal) -> Int64 {
    let text = change.text.hasPrefix("±") ? String(change.text.dropFirst()) : change.text
    // `10` would be ten times as much.
    guard text.hasSuffix("%") || text.hasPrefix("0."),
      let read = try? ValueText.read(text, as: .share, places: places), read > 0, read <= 10 * Share.unit
    else { throw Refusal(.whatIf(.notAShare(change.raw)), at: change.location) }
    return read
  }

  /// What the figures of a programme move, each by itself.
  private struct Effects {
    var entries: [(input: Varied, entry: FigureEffect)] = []
    /// Those that have no figure to be changed.
    var without: [Text] = []
    var isPartial = false
    var uncosted = Uncosted()
    /// What the runs leave out: 0 is the one as things stand; each entry has two from `2 * (its place + 1)` on, its
    /// lower and its upper end; readings have none.
    var leftOut: LeftOut
  }

  private func effects(of inquiry: Inquiry, share: Int64, _ run: Session.Run, in session: Desk) -> Effects {
    let assumed = inquiry.base.assumptions.compactMap { Varied(.assumption($0)) }
    let inputs = SensitivityCommand.inputs(of: inquiry) + assumed
    let total = Goal().amount(run.ledger)
    var effects = Effects(leftOut: LeftOut(run.ledger))
    for (i, input) in inputs.enumerated() {
      if session.isCancelled() {
        effects.isPartial = true
        break
      }
      session.progress?(Double(i) / Double(max(inputs.count, 1)))
      let watched: Watched, type: ValueType
      switch input.what {
      case .figure(let figure, let unit): (watched, type) = (figure, unit)
      case .assumption(let assumption): (watched, type) = (Watched(parameter: assumption.id), assumption.type)
      case .reading: continue
      }
      guard let now = input.current(inquiry.base) else {
        effects.without.append(input.target.label)
        continue
      }
      switch type {
      case .money, .amount, .rate, .number, .months, .days, .share, .decimal, .date: break
      default: continue
      }
      let bounds = input.bounds
      let (low, high) = Sensitivity.ends(now, change: share, type: type, atLeast: bounds.atLeast, atMost: bounds.atMost)
      func at(_ raw: Int64) -> Int64? {
        if raw == now { return total }
        let (ledger, refusal) = session.budget(inquiry, input.set(raw, in: inquiry.base))
        if let refusal, !session.isCancelled() { effects.uncosted.add(input, raw, refusal, session.library.places) }
        guard let ledger else { return nil }
        effects.leftOut.look(at: ledger, 2 * (effects.entries.count + 1) + (raw > now ? 1 : 0))
        return Goal().amount(ledger)
      }
      let effect = FigureEffect(
        watched: watched, type: type, now: now, low: low, high: high, atLow: at(low), atHigh: at(high))
      effects.entries.append((input, effect))
    }
    return effects
  }

  /// The parameters of a programme and the values laid down elsewhere that it rests on.
  private static func inputs(of inquiry: Inquiry) -> [Varied] {
    var inputs: [Varied] = []
    var seen: Set<String> = []
    for document in inquiry.documents {
      let parameters = document.parameters + document.measures.filter { $0.form == .measure }.flatMap(\.parameters)
      inputs += parameters.compactMap { Varied(.parameter($0)) }
      for value in document.values where seen.insert(value.name).inserted {
        // Each figure of a value by date is one of its own.
        let days = value.isByDate ? days(of: value, in: inquiry.base) : []
        if days.isEmpty || inquiry.base.values[value.name] != nil {
          if let varied = Varied(.value(value)) { inputs.append(varied) }
        }
        inputs += days.compactMap { Varied(.value(value.named($0))) }
      }
    }
    return inputs
  }

  /// The names under which a value by date has a figure from a day on, in the order of the days.
  private static func days(of value: ReferenceValue, in settings: RunSettings) -> [String] {
    settings.values.keys.filter { name in
      name.hasPrefix(value.name + ".") && Day(name.dropFirst(value.name.count + 1)) != nil
    }.sorted()
  }
}

extension Uncosted {
  fileprivate mutating func add(_ input: Varied, _ raw: Int64, _ cause: Text, _ places: Gazetteer) {
    let (label, value) = (input.target.label, input.text(raw, places))
    add(
      Text("\(label.en) = \(value.en)", zh: "\(label.zh)取 \(value.zh)"),
      Record(["name": .id(input.id), "value": input.datum(raw)]), cause)
  }

  fileprivate mutating func add(_ reading: Reading, _ state: ReadingReport.State, _ cause: Text) {
    let (label, words) = (reading.label, state.words)
    add(
      Text("\(label.en) = \(words.en)", zh: "\(label.zh)取“\(words.zh)”"),
      Record(["name": .id(reading.id), "value": .id(state.name)]), cause)
  }
}
