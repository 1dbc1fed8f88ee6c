// What an answer hands in beyond what stands on a screen: sheets with lists whose figures rest on each other, charts,
// and what was taken for granted. A workbook makes sheets of it, a text makes sections. Knows nothing of cells.

import Diagnostics
import View

/// An answer as a book of sheets.
package struct AnswerBook: Sendable {
  /// Part of a sheet.
  package enum Part: Sendable {
    case block(Block)
    case list(BookList)
    /// A chart with its figures below it.
    case chart(Chart)
    /// A chart of bars over columns of a list of the book.
    case bars(BookBars)
  }

  /// A sheet, or a section of a text.
  package struct Sheet: Sendable {
    /// Short: a sheet's name has 31 characters.
    package var name: Text
    package var parts: [Part]
    /// Whether it lists things by the thousand, for which only a workbook has room.
    package var isLong = false
    /// Whether it is a paper of its own, which begins a page of a text under a title.
    package var isPaper = false

    package init(_ name: Text, _ parts: [Part], isLong: Bool = false) {
      self.name = name
      self.parts = parts
      self.isLong = isLong
    }
  }

  /// In the order in which they are read.
  package var sheets: [Sheet]

  package init(_ sheets: [Sheet]) { self.sheets = sheets }
}

/// A list of a book.
package struct BookList: Sendable {
  /// How other lists and charts speak of it; unique in its book.
  package let key: String
  package var relation: Relation
  /// Columns whose figures are sums over rows of other lists, by key.
  package var sums: [String: @Sendable (Int) -> BookSum?] = [:]
  /// The columns by which other lists add this one up: the words of the first ones, and the figure.
  package var tallied: [String] = []

  package init(_ key: String, _ relation: Relation) {
    self.key = key
    self.relation = relation
  }

  var hasSums: Bool { !sums.isEmpty }
}

/// A figure that is the sum, or the count, of those rows of another list which have one of some words in a column.
package struct BookSum: Sendable {
  /// The other list's key.
  package let list: String
  /// The column that is added up; nil: the rows are counted.
  package let figure: String?
  /// The column whose words decide.
  package let column: String
  package let words: [Text]

  package init(of figure: String?, in list: String, where column: String, is words: [Text]) {
    self.figure = figure
    self.list = list
    self.column = column
    self.words = words
  }
}

/// Lying bars over a list.
package struct BookBars: Sendable {
  package var title: Text
  package var subtitle: Text?
  /// What the figures measure, and in which unit.
  package var axis: Text
  /// The list's key, the column of names, and that of figures.
  package let list: String
  package let names: String
  package let figures: String

  package init(_ title: Text, axis: Text, list: String, names: String, figures: String) {
    (self.title, self.axis, self.list, self.names, self.figures) = (title, axis, list, names, figures)
  }
}

extension AnswerBook {
  /// An answer's own body as a book: what stands above its first list stands above it there, and what follows a list
  /// below it; its chart and each further list have a sheet of their own, and what stands under a heading comes last.
  package init(_ answer: Answer) {
    var first = Sheet(Text("Summary", zh: "汇总"), [])
    var others: [Sheet] = []
    var notes: [Part] = []
    var hasList = false
    var number = 0
    // Prose that follows a list is about it; what a heading begins stands by itself.
    var isAfterList = false
    for part in answer.body.parts {
      switch part {
      case .relation(let relation) where !relation.peopleColumns.isEmpty:
        number += 1
        isAfterList = true
        let list = Part.list(BookList("list\(number)", relation.whole?() ?? relation))
        if hasList {
          others.append(Sheet(relation.title.map(AnswerBook.short) ?? Text("List", zh: "明细"), [list]))
        } else {
          hasList = true
          first.parts.append(list)
        }
      case .relation: continue
      case .block(.chart): continue
      case .block(.heading(_, let spans)) where hasList:
        isAfterList = false
        notes.append(.block(.heading(level: 3, spans)))
      case .block(let block) where !hasList || isAfterList && others.isEmpty: first.parts.append(.block(block))
      case .block(let block) where isAfterList: others[others.count - 1].parts.append(.block(block))
      case .block(let block): notes.append(.block(block))
      }
    }
    for problem in answer.diagnostics where problem.severity != .error {
      notes.append(.block(.note(problem.severity == .warning ? .warning : .note, [Span(problem.told)])))
    }
    sheets = [first]
    if let chart = PictureForm.chart(of: answer) { sheets.append(Sheet(Text("Chart", zh: "图"), [.chart(chart)])) }
    sheets += others
    if !notes.isEmpty { sheets.append(Sheet(Text("Notes", zh: "说明"), notes)) }
  }

  /// What stands before the explanation.
  private static func short(_ title: Text) -> Text {
    Text(String(title.en.prefix { $0 != ":" }), zh: String(title.zh.prefix { $0 != ":" && $0 != "：" }))
  }
}
