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
          [TableForm.table(of: relation).map { .table($0) }, relation.more].compactMap(\.self)
        }
      })
  }
}
