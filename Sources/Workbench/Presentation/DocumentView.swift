// A policy document as a contents page: every article, and what the program does with it.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

struct DocumentView {
  let document: CheckedDocument
  let state: SessionState
  let places: Gazetteer

  init(_ document: CheckedDocument, state: SessionState, places: Gazetteer) {
    self.document = document
    self.state = state
    self.places = places
  }

  func answer() -> Answer {
    let articles = Article.all(of: document).filter { $0.level > 1 }
    var blocks: [Block] = [.heading(level: 2, [Span(document.title, .title)])]
    var head: [Span] = [.data(document.id, .name)]
    if !document.number.isEmpty { head += [.data("  "), .data(document.number, .article)] }
    head += [Span("; for ", zh: "；适用于 "), .data(places.label(document.jurisdiction), .place)]
    if let issued = document.issued { head += [Span("; issued ", zh: "；发布于 "), .data(issued.text, .date)] }
    head += [Span("; ", zh: "；"), Span(DocumentView.window(document.window))]
    blocks.append(.paragraph(head))
    if !document.remarks.isEmpty {
      blocks.append(.list(ordered: false, document.remarks.map { [.data($0.key + ": ", .muted), Span($0.text)] }))
    }
    let rows = articles.map { article -> Table.Row in
      var deeds: [[Span]] = article.measures.map { measure in
        [Span(DocumentView.deed(measure), DocumentView.role(measure)), .data(" "), .data(measure.name, .name)]
      }
      if deeds.isEmpty, !article.declared.isEmpty {
        deeds = [[Span("defines ", zh: "定义 ", .muted)] + .joined(article.declared.map { [.data($0, .keyword)] })]
      }
      let spans: [Span] = deeds.isEmpty ? [.data("–", .muted)] : .joined(deeds, Text("; ", zh: "；"))
      return Table.Row([.spans([Span(article.title, article.level > 2 ? .plain : .strong)]), .spans(spans)])
    }
    blocks.append(
      .table(
        Table(
          columns: [
            Table.Column(Text("Article", zh: "条款"), .left, .essential, key: "article"),
            Table.Column(Text("What is done with it", zh: "本程序的处理"), .left, .essential, key: "deed"),
          ], rows: rows)))
    blocks.append(
      .paragraph([
        Span("More: ", zh: "更多：", .muted), .command("show \(document.measures.first?.name ?? "agency_reward")"),
        .data(", "),
        .command("readings \(document.id)"), .data(", "), .command("run \(document.id)"),
      ]))
    return Answer(Document(blocks), json: [json(articles)])
  }

  private func json(_ articles: [Article]) -> JSONValue {
    let items: [JSONValue] = articles.map { article in
      [
        "article": .string(article.title.zh), "title": .string(article.title.en),
        "measures": .array(
          article.measures.map { ["measure": .string($0.id), "does": .string(DocumentView.deed($0).en)] }),
        "defines": .strings(article.declared),
      ]
    }
    return [
      "kind": "document", "document": .string(document.id), "title": .string(document.title.en),
      "title_zh": .string(document.title.zh), "number": .string(document.number),
      "issued": document.issued.map { .string($0.text) } ?? .null, "articles": .array(items),
    ]
  }

  /// What the program does with a measure, in a word or two.
  static func deed(_ measure: CheckedMeasure) -> Text {
    switch measure.form {
    case .duty: Text("duty", zh: "义务")
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

  /// `from 2022-01-28 to 2023-12-31`; ends that depend on settings are called so.
  static func window(_ window: CheckedWindow?) -> Text {
    guard let window else { return Text("no end or beginning stated", zh: "未写明期限") }
    func end(_ typed: Typed?) -> Text? {
      guard let typed else { return nil }
      if case .constant(let raw) = typed.operation, let number = Int32(exactly: raw) {
        return .same(Day(number: number).text)
      }
      return Text("a day that depends on a reading", zh: "（取决于读法的日期）")
    }
    switch (end(window.from), end(window.to)) {
    case (let from?, let to?): return Text("from \(from.en) to \(to.en)", zh: "\(from.zh) 至 \(to.zh)")
    case (let from?, nil): return Text("from \(from.en) on", zh: "自 \(from.zh) 起")
    case (nil, let to?): return Text("up to \(to.en)", zh: "至 \(to.zh) 止")
    case (nil, nil): return Text("no end or beginning stated", zh: "未写明期限")
    }
  }
}
