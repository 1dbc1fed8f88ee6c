// A measure as a page: article, rule, parameters and readings with what holds now, examples.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

struct MeasureAnswer: Sendable {
  let measure: CheckedMeasure
  let document: CheckedDocument
  let state: SessionState
  let places: Gazetteer
  let language: Language
  /// The rule in the reader's language.
  let rule: String

  init(
    _ measure: CheckedMeasure, document: CheckedDocument, state: SessionState, places: Gazetteer, language: Language,
    rules: RuleTexts
  ) {
    self.measure = measure
    self.document = document
    self.state = state
    self.places = places
    self.language = language
    rule = rules.reading(measure, of: document, in: language)
  }

  var answer: Answer { Answer(body(level: 2), records: [record]) }

  func body(level: Int) -> AnswerBody {
    var body = AnswerBody(blocks: [
      .heading(level: level, [Span(measure.title, .title)]),
      .paragraph([
        Span(measure.id, zh: measure.words.zh, .name), Span("; article ", zh: "；条款 "),
        .data(measure.article, .article), Span("; ", zh: "；"),
        Span(DocumentAnswer.deed(measure), DocumentAnswer.role(measure)),
        Span(measure.kind.isEmpty ? .same("") : Text("; kind ", zh: "；待遇类型 ")), Span(measure.kindWords, .name),
        Span("; ", zh: "；"),
        Span(DocumentAnswer.window(measure.window, WindowDays(document, measure, in: state))),
      ]),
    ])
    let article = Article.all(of: document).last { $0.measures.contains { $0.id == measure.id } }
    for paragraph in (article?.prose(in: language) ?? []).prefix(3) { body.append(.paragraph([.data(paragraph)])) }
    for text in measure.texts { body.append(.paragraph(text)) }
    if measure.form != .note { body.append(.code(rule, language: "policy")) }
    if !measure.parameters.isEmpty { body.append(parameters) }
    if !readings.isEmpty { body.append(choices) }
    if !measure.assumptions.isEmpty {
      body.append(
        .list(ordered: false, measure.assumptions.map { [Span("Our assumption: ", zh: "测算假定：", .muted), Span($0)] }))
    }
    let examples = self.examples
    if !examples.isEmpty {
      body.append(.paragraph([Span("Examples in the document:", zh: "文件中的算例：", .muted)]))
      body.append(.list(ordered: false, examples.prefix(12).map { [Span($0)] }))
      if examples.count > 12 {
        body.append(
          .note(Text("\(examples.count - 12) more in the document.", zh: "文件中另有 \(examples.count - 12) 个。")))
      }
    }
    return body
  }

  private var examples: [Text] {
    document.examples.filter { example in
      example.expectations.contains {
        $0.measure.text == measure.name || $0.measure.text == measure.words.zh || $0.measure.text == measure.id
      }
    }.map(\.title)
  }

  /// The measure's own readings, and those of the document that its rule or a definition names.
  private var readings: [Reading] {
    measure.readings
      + document.readings.filter { [$0.name, $0.words.zh].contains { measure.source.firstRange(of: $0) != nil } }
  }

  // MARK: Relations

  private var parameters: Relation {
    let (state, places) = (state, places)
    return Relation(
      title: Text("Parameters", zh: "参数"), of: measure.parameters,
      [
        .id("parameter", Text("Name", zh: "名称"), .essential) { $0.id }.shown { [Span($0.words, .name)] },
        .chineseName { $0.words.zh },
        .words("now", Text("Now", zh: "现为"), .essential) { SettingView.current(.parameter($0), state, places) }
          .aligned(.right).shown { NameAnswer.value(.parameter($0), state, places) },
        .words("default", Text("Default", zh: "默认")) { SettingView.byDefault(.parameter($0), state, places) },
        .words("meaning", Text("Meaning", zh: "含义"), .useful) { $0.meaning ?? .same("") }.forPeople(),
      ])
  }

  /// The readings' choices, for people.
  private var choices: Relation {
    struct Choice: Sendable {
      let choice: Reading.Choice
      let isCurrent: Bool
    }
    let sections = readings.map { reading in
      let now = SettingView.current(.reading(reading, key: reading.id), state, places).en
      return (
        title: [Span(reading.words, .name), .data("  "), Span(reading.question)] as [Span]?,
        entries: reading.choices.map { Choice(choice: $0, isCurrent: $0.name == now) }
      )
    }
    return Relation(
      title: Text("Readings", zh: "口径"), sections: sections,
      [
        .id("choice", Text("Choice", zh: "选项"), .essential) { $0.choice.name }
          .shown { one in
            let name = Span(one.choice.words, one.isCurrent ? .strong : .name)
            return one.isCurrent ? [name, Span(" (now)", zh: "（现）", .muted)] : [name]
          }.forPeople(),
        .words("meaning", Text("Meaning", zh: "含义"), .essential) { $0.choice.meaning }.forPeople(),
      ])
  }

  /// The readings, for programs.
  private var readingList: Relation {
    let (state, places) = (state, places)
    return Relation(
      of: readings,
      [
        .id("reading", Text("Reading", zh: "口径")) { $0.id },
        .chineseName { $0.words.zh },
        .words("question", Text("Question", zh: "问题")) { $0.question },
        .words("now", Text("Now", zh: "现为")) { SettingView.current(.reading($0, key: $0.id), state, places) },
        .ids("choices", Text("Choices", zh: "选项")) { $0.choices.map(\.name) },
      ])
  }

  private var record: Record {
    Record(
      kind: "measure",
      [
        "measure": .id(measure.id), "article": .id(measure.article), "measure_kind": .id(measure.kind),
        "title": .words(measure.title), "title_zh": .id(measure.title.zh), "rule": .id(measure.source),
        "parameters": .rows(parameters), "readings": .rows(readingList),
        "assumptions": .list(measure.assumptions.map { .words($0) }), "examples": .list(examples.map { .words($0) }),
      ])
  }
}
