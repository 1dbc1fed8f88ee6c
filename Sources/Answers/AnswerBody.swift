// An answer from top to bottom: prose, notes, charts, and relations among them. For people it becomes a document, in
// which every relation is a table.

import View

/// The blocks of an answer.
package struct AnswerBody: Sendable, ExpressibleByArrayLiteral {
  /// A part of an answer.
  package enum Part: Sendable {
    case block(Block)
    case relation(Relation)
  }

  package private(set) var parts: [Part]

  package init(_ document: Document = .empty) { parts = document.blocks.map { .block($0) } }

  package init(blocks: [Block]) { parts = blocks.map { .block($0) } }

  package init(arrayLiteral parts: Part...) { self.parts = parts }

  /// Whether nothing stands in it.
  package var isEmpty: Bool { parts.isEmpty }

  /// Adds a block at the end.
  package mutating func append(_ block: Block) { parts.append(.block(block)) }

  /// Adds a relation at the end.
  package mutating func append(_ relation: Relation) { parts.append(.relation(relation)) }

  /// Adds all of another body at the end.
  package mutating func append(_ other: AnswerBody) { parts += other.parts }

  /// The same with other charts.
  package func replacingCharts(_ change: (Chart) -> Chart) -> AnswerBody {
    var body = self
    body.parts = parts.map { part in
      guard case .block(.chart(let chart)) = part else { return part }
      return .block(.chart(change(chart)))
    }
    return body
  }

  /// The same without relations of which a table of values has nothing.
  var withoutLists: AnswerBody {
    var body = self
    body.parts = parts.filter { part in
      if case .relation(let relation) = part, case .elsewhere = relation.records { false } else { true }
    }
    return body
  }

  /// The same without the lines that offer a command to type: a reader of a paper has nowhere to type it. What a
  /// sentence says before it stays.
  package var withoutOffers: AnswerBody {
    var body = self
    body.parts = parts.compactMap { part in
      switch part {
      case .block(.paragraph(let spans)): AnswerBody.withoutOffer(spans).map { .block(.paragraph($0)) }
      case .block(.note(let kind, let spans)): AnswerBody.withoutOffer(spans).map { .block(.note(kind, $0)) }
      case .block, .relation: part
      }
    }
    return body
  }

  /// The sentences before the one that names a command; nil where there are none.
  private static func withoutOffer(_ spans: [Span]) -> [Span]? {
    guard let offer = spans.firstIndex(where: { $0.role == .code }) else { return spans }
    let before = spans[..<offer]
    guard let end = before.lastIndex(where: { $0.text.en.hasSuffix(". ") || $0.text.en.hasSuffix(".") }) else {
      return nil
    }
    return Array(spans[...end])
  }

  package static func + (first: AnswerBody, second: AnswerBody) -> AnswerBody {
    var body = first
    body.append(second)
    return body
  }

  /// As people see it. A relation without a column for people is not in it.
  package var document: Document {
    Document(
      parts.flatMap { part -> [Block] in
        switch part {
        case .block(let block): [block]
        case .relation(let relation):
          (TableForm.table(of: relation).map { [.table($0)] } ?? []) + relation.more
        }
      })
  }
}
