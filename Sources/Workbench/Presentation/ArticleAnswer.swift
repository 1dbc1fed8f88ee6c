// An article as it stands in one or more documents, with what the rules do with it.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

/// An article as it stands in one or more documents.
struct ArticleAnswer: Sendable {
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

  var answer: Answer {
    var document = Document()
    for found in documents {
      for article in Article.all(of: found) where article.level > 1 && Article.number(of: article.title.zh) == wanted {
        document.append(.heading(level: 2, [.data(found.id + " ", .name), Span(article.title, .title)]))
        for paragraph in article.prose(in: language) { document.append(.paragraph([.data(paragraph)])) }
      }
      if document.isEmpty { document.append(.heading(level: 2, [.data(found.id + " " + wanted, .title)])) }
      for measure in measures(of: found) {
        document.append(
          .lines([
            [
              Span(DocumentAnswer.deed(measure), DocumentAnswer.role(measure)), .data(" "), Span(measure.label, .name),
              .data("  "),
              Span(measure.title), Span("  show it: ", zh: "  详见：", .muted),
              .command("show \(measure.id)", zh: "查看 \(measure.words.zh)"),
            ]
          ]))
        for text in measure.texts { document.append(.paragraph(text)) }
      }
    }
    return Answer(document, records: [Record(kind: "article", ["article": .id(wanted), "measures": .rows(measures)])])
  }

  private func measures(of document: CheckedDocument) -> [CheckedMeasure] {
    document.measures.filter { Article.names($0.article).contains(wanted) }
  }

  private var measures: Relation {
    Relation(
      of: documents.flatMap { document in measures(of: document).map { (document: document.id, measure: $0) } },
      [
        .id("document", Text("Document", zh: "文件")) { $0.document },
        .id("measure", Text("Measure", zh: "措施")) { $0.measure.id },
        .words("does", Text("What it does", zh: "作用")) { DocumentAnswer.deed($0.measure) },
        .words("title", Text("Title", zh: "名称")) { $0.measure.title },
      ])
  }
}
