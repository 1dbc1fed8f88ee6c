// Tables: columns with bilingual titles, rows of typed cells, in sections if need be. Amounts stay numbers until a
// renderer writes them, so that people get separators and programs do not.

import Diagnostics

/// A table of an answer.
package struct Table: Sendable {
  /// What the table is called.
  package var title: Text?
  /// From left to right.
  package var columns: [Column]
  /// From top to bottom.
  package var sections: [Section]
  /// A total below all rows.
  package var footer: Row?

  /// A table in sections.
  package init(title: Text? = nil, columns: [Column], sections: [Section], footer: Row? = nil) {
    self.title = title
    self.columns = columns
    self.sections = sections
    self.footer = footer
  }

  /// A table of rows without sections.
  package init(title: Text? = nil, columns: [Column], rows: [Row] = [], footer: Row? = nil) {
    self.init(title: title, columns: columns, sections: rows.isEmpty ? [] : [Section(rows: rows)], footer: footer)
  }

  /// A stretch of rows under a line of its own.
  package struct Section: Sendable {
    /// The line above the rows; nil for none.
    package var title: [Span]?
    /// From top to bottom.
    package var rows: [Row]

    /// Rows under a line.
    package init(title: [Span]? = nil, rows: [Row]) {
      self.title = title
      self.rows = rows
    }
  }

  /// Cells from left to right. Missing ones are empty; ones beyond the last column get a column without a title.
  package struct Row: Sendable {
    /// From left to right.
    package var cells: [Cell]
    /// A role for the whole row, such as muted for what is not paid.
    package var role: Role?

    /// A row of cells.
    package init(_ cells: [Cell], role: Role? = nil) {
      self.cells = cells
      self.role = role
    }
  }

  /// To which side a column's cells go.
  package enum Alignment: Sendable {
    case left
    case right
  }

  /// Which columns go first when the window is narrow.
  package enum Importance: Int, Sendable, Comparable {
    case incidental
    case useful
    case important
    /// Never left out.
    case essential

    /// Whether the first goes before the second when the window is narrow.
    package static func < (a: Importance, b: Importance) -> Bool { a.rawValue < b.rawValue }
  }

  /// What holds for the cells that stand below each other.
  package struct Column: Sendable {
    /// What people read above it.
    package var title: Text
    /// To which side its cells go.
    package var alignment: Alignment
    /// How long it stays when the window gets narrow.
    package var importance: Importance
    /// The heading that other programs read in CSV; the title stands in when there is none.
    package var key: String?

    /// A column with its heading.
    package init(
      _ title: Text, _ alignment: Alignment = .left, _ importance: Importance = .important, key: String? = nil
    ) {
      self.title = title
      self.alignment = alignment
      self.importance = importance
      self.key = key
    }
  }

  /// The rows of all sections; the footer is none.
  package var rowCount: Int { sections.reduce(0) { $0 + $1.rows.count } }

  /// The columns, with untitled ones added as far as the longest row reaches, so that no cell is lost.
  package var allColumns: [Column] {
    var count = columns.count
    if let footer { count = max(count, footer.cells.count) }
    for section in sections {
      for row in section.rows { count = max(count, row.cells.count) }
    }
    guard count > columns.count else { return columns }
    return columns + Array(repeating: Column(.same("")), count: count - columns.count)
  }
}

/// One cell of a table.
package enum Cell: Sendable, Hashable {
  case spans([Span])
  /// An amount in fen.
  case money(fen: Int64)
  /// A difference in fen, shown with its sign: `+1,200.00`.
  case change(fen: Int64)
  /// A count. Not for years, which take no separators: give those as a date.
  case integer(Int64)
  /// A figure already written, such as `37.5%`.
  case percent(String)
  /// A date or part of one, already written: `2024-06-30`, `2024`.
  case date(String)
  case empty

  /// A cell of text in both languages.
  package static func text(_ text: Text, _ role: Role = .plain) -> Cell { .spans([Span(text, role)]) }

  /// A cell of text that reads the same in both languages.
  package static func data(_ text: String, _ role: Role = .plain) -> Cell { .spans([.data(text, role)]) }

  /// The cell as spans, figures written for people.
  package var spans: [Span] {
    switch self {
    case .spans(let spans): spans
    case .money(let fen): [.money(fen: fen)]
    case .change(let fen): [.change(fen: fen)]
    case .integer(let value): [.number(value)]
    case .percent(let text): [.data(text, .number)]
    case .date(let text): [.data(text, .date)]
    case .empty: []
    }
  }

  /// The cell's bare text for other programs: amounts in yuan with two decimals and no separators.
  package func plain(_ language: Language) -> String {
    switch self {
    case .spans(let spans): spans.map { $0.text.in(language) }.joined()
    case .money(let fen), .change(let fen): Figures.money(fen: fen, grouped: false)
    case .integer(let value): Figures.integer(value, grouped: false)
    case .percent(let text), .date(let text): text
    case .empty: ""
    }
  }

  /// Whether cutting the cell short would make it say something else.
  var isFigure: Bool {
    switch self {
    case .money, .change, .integer, .percent, .date: true
    case .spans, .empty: false
    }
  }
}

extension Table.Row {
  package subscript(cell index: Int) -> Cell { index < cells.count ? cells[index] : .empty }
}
