// A policy document as a contents page: every article, and what the program does with it.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

struct DocumentAnswer: Sendable {
  let document: CheckedDocument
  let state: SessionState
  let places: Gazetteer

  init(_ document: CheckedDocument, state: SessionState, places: Gazetteer) {
    self.document = document
    self.state = state
    self.places = places
  }

  var answer: Answer {
    var body = AnswerBody(blocks: [.heading(level: 2, [Span(document.title, .title)])])
    var head: [Span] = [.data(document.id, .name)]
    if !document.number.isEmpty { head += [.data("  "), .data(document.number, .article)] }
    head += [Span("; for ", zh: "；适用于 "), Span(places.words(document.jurisdiction), .place)]
    if let issued = document.issued { head += [Span("; issued ", zh: "；印发于 "), .data(issued.text, .date)] }
    head += [Span("; ", zh: "；"), Span(DocumentAnswer.window(document.window, WindowDays(document, in: state)))]
    body.append(.paragraph(head))
    if !document.remarks.isEmpty {
      body.append(
        .list(ordered: false, document.remarks.map { [Span(DocumentAnswer.head($0.key), .muted), Span($0.text)] }))
    }
    body.append(articles)
    body.append(
      .paragraph([
        Span("More: ", zh: "更多：", .muted),
        .command(
          "show \(document.measures.first?.name ?? document.id)",
          zh: "查看 \(document.measures.first?.words.zh ?? document.id)"),
        Span(", ", zh: "，"),
        .command("readings \(document.id)", zh: "口径 \(document.id)"), Span(", ", zh: "，"),
        .command("run \(document.id)", zh: "测算 \(document.id)"),
      ]))
    return Answer(body, records: [record])
  }

  /// What a remark of the document's head is about.
  private static func head(_ key: String) -> Text {
    let chinese = ["funded": "资金来源", "interpreted": "解释机关", "higher": "就高规定", "period": "期限说明"]
    return Text(key + ": ", zh: (chinese[key] ?? key) + "：")
  }

  private var record: Record {
    Record(
      kind: "document",
      [
        "document": .id(document.id), "title": .words(document.title), "title_zh": .id(document.title.zh),
        "number": .id(document.number), "issued": .day(document.issued), "articles": .rows(articles),
      ])
  }

  private var articles: Relation {
    Relation(
      of: Article.all(of: document).filter { $0.level > 1 } + Article.unheaded(document),
      [
        .id("article", Text("Article", zh: "条款"), .essential) { $0.title.zh }
          .shown { [Span($0.title, $0.level > 2 ? .plain : .strong)] },
        .words("title", Text("Title", zh: "名称")) { $0.title },
        .rows("measures", Text("Measures", zh: "措施")) { article in
          Relation(
            of: article.measures,
            [
              .id("measure", Text("Measure", zh: "措施")) { $0.id },
              .chineseName { $0.words.zh },
              .words("does", Text("What it does", zh: "作用")) { DocumentAnswer.deed($0) },
            ])
        },
        .ids("defines", Text("Defines", zh: "定义")) { $0.declared.map(\.en) },
        AnswerColumn(.words, "deed", Text("What is done with it", zh: "本程序的处理"), .essential) { _ in .none }
          .shown(DocumentAnswer.deeds).forPeople(),
      ])
  }

  /// What the program does with an article.
  private static func deeds(_ article: Article) -> [Span] {
    let deeds: [[Span]] = article.measures.map { measure in
      [Span(deed(measure), role(measure)), .data(" "), Span(measure.words, .name)]
    }
    if !deeds.isEmpty { return .joined(deeds, Text("; ", zh: "；")) }
    if article.declared.isEmpty { return [.data("–", .muted)] }
    return [Span("defines ", zh: "定义 ", .muted)] + .joined(article.declared.map { [Span($0, .keyword)] })
  }

  /// What the program does with a measure, in a word or two.
  static func deed(_ measure: CheckedMeasure) -> Text {
    switch measure.form {
    case .duty: Text("duty", zh: "任务")
    case .note: Text("note", zh: "说明")
    case .measure:
      measure.pays.isEmpty
        ? Text("grants", zh: "授予")
        : measure.grants.isEmpty ? Text("pays", zh: "支付") : Text("pays and grants", zh: "支付并授予")
    }
  }

  static func role(_ measure: CheckedMeasure) -> Role {
    switch measure.form {
    case .measure: .good
    case .duty: .warning
    case .note: .muted
    }
  }

  /// `from 2022-01-28 to 2023-12-31`; ends that hang on readings are those under the readings in force, and what facts
  /// decide is called so.
  static func window(_ window: CheckedWindow?, _ days: WindowDays) -> Text {
    guard let window else { return Text("no end or beginning stated", zh: "未写明期限") }
    func end(_ typed: Typed?) -> Text? {
      guard let typed else { return nil }
      return days.day(typed).map { .same($0.text) } ?? Text("a day that the facts decide", zh: "依事实确定之日")
    }
    switch (end(window.from), end(window.to)) {
    case (let from?, let to?): return Text("from \(from.en) to \(to.en)", zh: "\(from.zh) 至 \(to.zh)")
    case (let from?, nil): return Text("from \(from.en) on", zh: "自 \(from.zh) 起")
    case (nil, let to?): return Text("up to \(to.en)", zh: "至 \(to.zh) 止")
    case (nil, nil): return Text("no end or beginning stated", zh: "未写明期限")
    }
  }
}
