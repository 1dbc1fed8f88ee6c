// A measure as a page: article, rule, parameters and readings with what holds now, examples. And an article as it stands
// in each document.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

struct MeasureView {
  let measure: CheckedMeasure
  let document: CheckedDocument
  let state: SessionState
  let places: Gazetteer
  let language: Language

  init(_ measure: CheckedMeasure, document: CheckedDocument, state: SessionState, places: Gazetteer, language: Language)
  {
    self.measure = measure
    self.document = document
    self.state = state
    self.places = places
    self.language = language
  }

  func answer() -> Answer { Answer(body(level: 2), json: [json]) }

  func body(level: Int) -> Document {
    var blocks: [Block] = [
      .heading(level: level, [Span(measure.title, .title)]),
      .paragraph([
        .data(measure.id, .name), Span("; article ", zh: "；条款 "), .data(measure.article, .article), Span("; ", zh: "；"),
        Span(DocumentView.deed(measure), DocumentView.role(measure)),
        Span(measure.kind.isEmpty ? .same("") : Text("; kind ", zh: "；类别 ")), .data(measure.kind, .name),
        Span("; ", zh: "；"),
        Span(DocumentView.window(measure.window)),
      ]),
    ]
    let article = Article.all(of: document).last { $0.measures.contains { $0.id == measure.id } }
    for paragraph in (article?.prose(in: language) ?? []).prefix(3) { blocks.append(.paragraph([.data(paragraph)])) }
    for text in measure.texts { blocks.append(.paragraph(text)) }
    if measure.form != .note { blocks.append(.code(measure.source, language: "policy")) }
    if !measure.parameters.isEmpty { blocks.append(.table(parameters)) }
    if !readings.isEmpty { blocks.append(.table(readingTable)) }
    if !measure.assumptions.isEmpty {
      blocks.append(
        .list(ordered: false, measure.assumptions.map { [Span("Our assumption: ", zh: "我们的假定：", .muted), Span($0)] }))
    }
    let examples = self.examples
    if !examples.isEmpty {
      blocks.append(.paragraph([Span("Examples in the document:", zh: "文件中的算例：", .muted)]))
      blocks.append(.list(ordered: false, examples.prefix(12).map { [Span($0)] }))
      if examples.count > 12 {
        blocks.append(
          .note(Text("\(examples.count - 12) more in the document.", zh: "文件中另有 \(examples.count - 12) 个。")))
      }
    }
    return Document(blocks)
  }

  private var examples: [Text] {
    document.examples.filter { example in
      example.expectations.contains { $0.measure.text == measure.name || $0.measure.text == measure.id }
    }.map(\.title)
  }

  /// The measure's own readings, and those of the document that its rule or a definition names.
  private var readings: [Reading] {
    measure.readings + document.readings.filter { measure.source.firstRange(of: $0.name) != nil }
  }

  private var parameters: Table {
    Table(
      title: Text("Parameters", zh: "参数"),
      columns: [
        Table.Column(Text("Name", zh: "名称"), .left, .essential, key: "parameter"),
        Table.Column(Text("Now", zh: "现为"), .right, .essential, key: "now"),
        Table.Column(Text("Meaning", zh: "含义"), .left, .useful, key: "meaning"),
      ],
      rows: measure.parameters.map { parameter in
        Table.Row([
          .data(parameter.name, .name), .spans(NameView.value(.parameter(parameter), state, places)),
          .text(parameter.meaning ?? .same("")),
        ])
      })
  }

  private var readingTable: Table {
    Table(
      title: Text("Readings", zh: "读法"),
      columns: [
        Table.Column(Text("Choice", zh: "选项"), .left, .essential, key: "choice"),
        Table.Column(Text("Meaning", zh: "含义"), .left, .essential, key: "meaning"),
      ],
      sections: readings.map { reading in
        let now = SettingView.current(.reading(reading, key: reading.id), state, places).en
        return Table.Section(
          title: [.data(reading.name, .name), .data("  "), Span(reading.question)],
          rows: reading.choices.map { choice in
            var name: [Span] = [.data(choice.name, choice.name == now ? .strong : .name)]
            if choice.name == now { name.append(Span(" (now)", zh: "（现）", .muted)) }
            return Table.Row([.spans(name), .text(choice.meaning)])
          })
      })
  }

  private var json: JSONValue {
    let parameters: [JSONValue] = measure.parameters.map {
      [
        "parameter": .string($0.id), "now": .string(SettingView.current(.parameter($0), state, places).en),
        "default": .string(SettingView.byDefault(.parameter($0), state, places).en),
      ]
    }
    let readings: [JSONValue] = self.readings.map { reading in
      [
        "reading": .string(reading.id), "question": .string(reading.question.en),
        "now": .string(SettingView.current(.reading(reading, key: reading.id), state, places).en),
        "choices": .strings(reading.choices.map(\.name)),
      ]
    }
    return [
      "kind": "measure", "measure": .string(measure.id), "article": .string(measure.article),
      "measure_kind": .string(measure.kind), "title": .string(measure.title.en), "title_zh": .string(measure.title.zh),
      "rule": .string(measure.source), "parameters": .array(parameters), "readings": .array(readings),
      "assumptions": .strings(measure.assumptions.map(\.en)), "examples": .strings(examples.map(\.en)),
    ]
  }
}

/// An article as it stands in one or more documents.
struct ArticleView {
  let wanted: String
  let documents: [CheckedDocument]
  let state: SessionState
  let places: Gazetteer
  let language: Language

  init(_ wanted: String, documents: [CheckedDocument], state: SessionState, places: Gazetteer, language: Language) {
    self.wanted = wanted
    self.documents = documents
    self.state = state
    self.places = places
    self.language = language
  }

  func answer() -> Answer {
    var document = Document()
    var json: [JSONValue] = []
    for found in documents {
      let measures = found.measures.filter { Article.names($0.article).contains(wanted) }
      for article in Article.all(of: found) where article.level > 1 && Article.number(of: article.title.zh) == wanted {
        document.append(.heading(level: 2, [.data(found.id + " ", .name), Span(article.title, .title)]))
        for paragraph in article.prose(in: language) { document.append(.paragraph([.data(paragraph)])) }
      }
      if document.isEmpty { document.append(.heading(level: 2, [.data(found.id + " " + wanted, .title)])) }
      for measure in measures {
        document.append(
          .lines([
            [
              Span(DocumentView.deed(measure), DocumentView.role(measure)), .data(" "), .data(measure.id, .name),
              .data("  "),
              Span(measure.title), Span("  show it: ", zh: "  详见：", .muted), .command("show \(measure.id)"),
            ]
          ]))
        for text in measure.texts { document.append(.paragraph(text)) }
        json.append([
          "document": .string(found.id), "measure": .string(measure.id), "does": .string(DocumentView.deed(measure).en),
          "title": .string(measure.title.en),
        ])
      }
    }
    return Answer(document, objects: [["kind": "article", "article": .string(wanted), "measures": .array(json)]])
  }
}
