// A parameter, reading or by-reference value by itself: what it means, what holds, and how to change it.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions
import View

struct NameAnswer: Sendable {
  let target: Settable
  let documents: [CheckedDocument]
  let state: SessionState
  let places: Gazetteer

  init(_ target: Settable, documents: [CheckedDocument], state: SessionState, places: Gazetteer) {
    self.target = target
    self.documents = documents
    self.state = state
    self.places = places
  }

  /// What holds for a thing now, and its default where that is another.
  static func value(_ target: Settable, _ state: SessionState, _ places: Gazetteer) -> [Span] {
    let now = SettingView.current(target, state, places)
    let normal = SettingView.byDefault(target, state, places)
    if now == normal { return [Span(now, .number)] }
    return [
      Span(now, .strong), Span(" (default ", zh: "（默认 ", .muted), Span(normal, .muted), Span(")", zh: "）", .muted),
    ]
  }

  /// A value that one might give, as it is typed in either language.
  private struct Sample {
    var en: String
    var zh: String?
  }

  var answer: Answer {
    var blocks: [Block] = [.heading(level: 2, [Span(target.label, .title)])]
    if let meaning = target.meaning { blocks.append(.paragraph(meaning)) }
    blocks.append(.paragraph([Span("Now ", zh: "现为 ")] + NameAnswer.value(target, state, places)))
    let now = SettingView.current(target, state, places)
    var sample = Sample(en: now.en, zh: nil)
    switch target {
    case .parameter(let parameter): blocks += told(parameter, &sample)
    case .reading(let reading, let key): blocks += told(reading, key, &sample)
    case .value(let value): blocks += told(value, &sample)
    case .asOf: sample.en = "2022-12-31"
    case .mode: sample = Sample(en: "adopted", zh: "采用")
    case .assumption, .programme: break
    case .budget: sample = Sample(en: "3,000,000 yuan", zh: "300万元")
    }
    blocks.append(
      .paragraph([
        Span("To change it: ", zh: "修改：", .muted),
        .command(
          "set \(target.id) = \(sample.en)",
          zh: "设定 \(target.typedName.zh) = \((sample.zh ?? sample.en).replacing(" ", with: ""))"),
      ]))
    let normal = SettingView.byDefault(target, state, places)
    return Answer(
      Document(blocks),
      records: [
        Record(
          kind: "name",
          [
            "name": .id(target.id), "meaning": .words(target.meaning ?? .same("")), "now": .words(now),
            "default": .words(normal),
          ])
      ])
  }

  private func told(_ parameter: Parameter, _ sample: inout Sample) -> [Block] {
    sample = Sample(
      en: parameter.value.map { ValueText.typed($0, parameter.type, places: places) }
        ?? ValueText.sample(parameter.type).en,
      zh: parameter.value.map { ValueText.text($0, parameter.type, places: places).zh }
        ?? ValueText.sample(parameter.type).zh)
    let bounds = Block.paragraph(bounds(parameter))
    guard let measure = documents.flatMap(\.measures).first(where: { $0.parameters.contains { $0.id == parameter.id } })
    else { return [bounds] }
    return [
      bounds,
      .paragraph([
        Span("Of ", zh: "属于 "), Span(measure.label, .name), Span(", article ", zh: "，条款 "),
        .data(measure.article, .article),
      ]),
    ]
  }

  private func told(_ reading: Reading, _ key: String, _ sample: inout Sample) -> [Block] {
    let other = reading.choices.first { $0.name != sample.en }
    sample = Sample(en: other?.name ?? sample.en, zh: other?.words.zh)
    let choices = reading.choices.enumerated().map { i, choice in
      var line: [Span] = [Span(choice.words, .name), .data("  "), Span(choice.meaning)]
      if i == reading.defaultIndex { line.append(Span(" (default)", zh: "（默认）", .muted)) }
      return line
    }
    let list = Block.list(ordered: false, choices)
    guard key == reading.name, !reading.isGlobalOnly else { return [list] }
    return [
      list,
      .note(
        Text(
          "It may be set for one document or measure too: set changle-2022.\(reading.name) = …",
          zh: "也可只对一个文件或措施设定：设定 changle-2022.\(reading.words.zh) = …")),
    ]
  }

  private func told(_ value: ReferenceValue, _ sample: inout Sample) -> [Block] {
    let typed = ValueText.sample(value.type)
    sample = Sample(en: typed.en, zh: typed.zh)
    var blocks: [Block] = []
    if let source = value.source {
      blocks.append(.paragraph([Span("It comes from ", zh: "出处：", .muted), Span(source)]))
    }
    let users = documents.filter { $0.values.contains { $0.name == value.name } }
    blocks.append(
      .paragraph([Span("Asked for by ", zh: "引用它的文件：", .muted)] + .joined(users.map { [.data($0.id, .name)] })))
    return blocks
  }

  private func bounds(_ parameter: Parameter) -> [Span] {
    var line: [Span] = [Span("It takes ", zh: "应写"), Span(parameter.type.words)]
    func bound(_ raw: Int64) -> Span { Span(ValueText.text(raw, of: parameter, places: places), .number) }
    if let least = parameter.atLeast { line += [Span(", at least ", zh: "，不小于 "), bound(least)] }
    if let most = parameter.atMost { line += [Span(", at most ", zh: "，不大于 "), bound(most)] }
    return line
  }
}
