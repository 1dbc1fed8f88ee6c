// A list of an answer: columns declared once, rows as typed values, and what stands around them for people. Every
// form is made from this by one renderer. Values are found when they are asked for, since there may be very many
// rows.

import Diagnostics
import View

/// Rows with the same columns.
package struct Relation: Sendable {
  /// What stands above it for people.
  package let title: Text?
  /// From left to right as programs read them.
  package let columns: [ColumnHead]
  /// How many rows there are.
  package let count: Int
  /// Stretches of rows, each under a line of its own; together they are all rows. Programs read the rows one after
  /// another.
  package internal(set) var sections: [Section]
  /// How many rows people see at most, and the line that stands for the others.
  package var cut: Cut?
  /// What stands below the rows for people, such as what the sums consist of.
  package var further: [Further] = []
  /// The line at the end for people, such as the sums.
  package var footer: Line?
  /// What the records of CSV are.
  package var records = Records.people
  /// The keys of the columns in the order in which people see them, where it is not that of the columns. Columns that
  /// do not stand there may be named.
  package var order: [String] = [] {
    didSet {
      let missing = columns.first { $0.stand != nil && !order.contains($0.key) }
      precondition(order.isEmpty || missing == nil, "the order for people leaves out column \(missing?.key ?? "")")
    }
  }

  /// What things are called for people who read ids nowhere else.
  var naming: Naming = [:]

  /// All rows, where these are only the first, and a form has room for them.
  package var whole: (@Sendable () -> Relation)?
  /// What is said below these rows where `whole` has more, in forms that show only these.
  package var more: [Block] = []

  private let cells: [Cells]
  private let rowCells: @Sendable (Int, [Int]) -> [(datum: Datum, shown: [Span]?)]
  private let rowRole: @Sendable (Int) -> Role?

  /// How values of one column are found.
  private struct Cells: Sendable {
    let value: @Sendable (Int) -> Datum
    let shown: (@Sendable (Int) -> [Span]?)?
  }

  /// A stretch of rows.
  package struct Section: Sendable {
    package let title: [Span]?
    package let rows: Range<Int>
  }

  /// Where rows end for people.
  package struct Cut: Sendable {
    package let limit: Int
    /// The line for the others; nil: a note elsewhere says it.
    package let rest: Line?
    /// How many rows at the end are shown all the same, behind the line for the others.
    package let last: Int

    package init(_ limit: Int, last: Int = 0, rest: Line? = nil) {
      self.limit = limit
      self.last = last
      self.rest = rest
    }
  }

  /// A line that is no row: values of some columns behind a label in the first.
  package struct Line: Sendable {
    package let label: [Span]
    package let values: [String: Datum]
    /// What a person sees in other columns than the first where that is not a value.
    package let shown: [String: [Span]]
    package let role: Role?

    package init(_ label: [Span], _ values: [String: Datum] = [:], shown: [String: [Span]] = [:], role: Role? = nil) {
      self.label = label
      self.values = values
      self.shown = shown
      self.role = role
    }

    fileprivate func changed(_ change: (Datum) -> Datum, _ spans: ([Span]) -> [Span]) -> Line {
      Line(spans(label), values.mapValues(change), shown: shown.mapValues(spans), role: role)
    }
  }

  /// Lines below the rows, under a line of their own.
  package struct Further: Sendable {
    package let title: [Span]
    package let lines: [Line]

    package init(_ title: [Span], _ lines: [Line]) {
      self.title = title
      self.lines = lines
    }
  }

  /// What CSV has of a relation.
  package enum Records: Sendable {
    /// The table for people, figures without separators, in the reader's language.
    case people
    /// The columns with a face for CSV, every row, in English.
    case programs
    /// Nothing: another relation of the answer has what was asked for.
    case elsewhere
  }

  // MARK: Making one

  /// - Parameters:
  ///   - entries: what the rows are about.
  ///   - role: what a row is for a reader.
  package init<Entry: Sendable>(
    title: Text? = nil, of entries: [Entry], role: (@Sendable (Entry) -> Role?)? = nil, _ columns: [AnswerColumn<Entry>]
  ) {
    self.init(title: title, sections: [(title: nil, entries: entries)], role: role, columns)
  }

  /// A relation in sections.
  package init<Entry: Sendable>(
    title: Text? = nil, sections: [(title: [Span]?, entries: [Entry])], role: (@Sendable (Entry) -> Role?)? = nil,
    _ columns: [AnswerColumn<Entry>]
  ) {
    let entries = sections.count == 1 ? sections[0].entries : sections.flatMap(\.entries)
    var stretches: [Section] = []
    var first = 0
    for section in sections where !section.entries.isEmpty {
      stretches.append(Section(title: section.title, rows: first..<(first + section.entries.count)))
      first += section.entries.count
    }
    self.init(title: title, count: entries.count, sections: stretches, role: role, columns) { entries[$0] }
  }

  /// A relation whose things are found by their number.
  /// - Parameter entry: the thing of a row below `count`.
  package init<Entry: Sendable>(
    title: Text? = nil, count: Int, role: (@Sendable (Entry) -> Role?)? = nil, _ columns: [AnswerColumn<Entry>],
    entry: @escaping @Sendable (Int) -> Entry
  ) {
    let all = count > 0 ? [Section(title: nil, rows: 0..<count)] : []
    self.init(title: title, count: count, sections: all, role: role, columns, entry: entry)
  }

  private init<Entry: Sendable>(
    title: Text?, count: Int, sections: [Section], role: (@Sendable (Entry) -> Role?)?,
    _ columns: [AnswerColumn<Entry>],
    entry: @escaping @Sendable (Int) -> Entry
  ) {
    let known = columns.filter { $0.head.stand != nil || !$0.head.faces.isEmpty }
    for face in [\ColumnHead.isForPeople, \.isForObjects, \.isForRecords] {
      let keys = known.map(\.head).filter { $0[keyPath: face] }.map(\.key)
      precondition(Set(keys).count == keys.count, "two columns of a relation have one key in the same form")
    }
    self.title = title
    self.columns = known.map(\.head)
    self.count = count
    self.sections = sections
    cells = known.map { column -> Cells in
      let value: @Sendable (Int) -> Datum = { column.value(entry($0)) }
      guard let shown = column.shown else { return Cells(value: value, shown: nil) }
      return Cells(value: value, shown: { shown(entry($0)) })
    }
    rowRole = { role?(entry($0)) }
    rowCells = { row, wanted in
      let entry = entry(row)
      return wanted.map { (known[$0].value(entry), known[$0].shown?(entry)) }
    }
  }

  // MARK: Reading it

  /// The value in a row and a column, which is of the column's type.
  package func datum(_ row: Int, _ column: Int) -> Datum {
    let datum = cells[column].value(row)
    precondition(columns[column].type.admits(datum), "a value of column \(columns[column].key) is not of its type")
    return datum
  }

  /// Values of a row, and what a person sees where that is not simply the value. The row's thing is found once for all.
  func cells(_ row: Int, _ columns: [Int]) -> [(datum: Datum, shown: [Span]?)] {
    let cells = rowCells(row, columns)
    for (number, cell) in zip(columns, cells) {
      precondition(
        self.columns[number].type.admits(cell.datum), "a value of column \(self.columns[number].key) is not of its type"
      )
    }
    if naming.isEmpty { return cells }
    return cells.map { ($0.datum, named($0.shown, $0.datum)) }
  }

  /// What a person sees where it is not simply the value.
  package func shown(_ row: Int, _ column: Int) -> [Span]? {
    let shown = cells[column].shown?(row)
    return naming.isEmpty ? shown : named(shown, cells[column].value(row))
  }

  private func named(_ shown: [Span]?, _ datum: Datum) -> [Span]? {
    if let shown { return shown.named(naming) }
    switch datum {
    case .words(let text): return text.named(naming).map { [Span($0, naming[text.en] == nil ? .plain : .name)] }
    case .id(let name): return naming[name].map { [Span($0, .name)] }
    case .none, .flag, .count, .money, .change, .decimal, .share, .date, .list, .record, .rows: return nil
    }
  }

  /// What a row is for a reader.
  package func role(_ row: Int) -> Role? { rowRole(row) }

  // MARK: Changing it

  private init(
    _ other: Relation, columns: [ColumnHead], cells: [Cells],
    rowCells: @escaping @Sendable (Int, [Int]) -> [(datum: Datum, shown: [Span]?)]
  ) {
    (title, count, sections, rowRole) = (other.title, other.count, other.sections, other.rowRole)
    (self.columns, self.cells, self.rowCells) = (columns, cells, rowCells)
    (cut, further, footer, records) = (other.cut, other.further, other.footer, other.records)
    (naming, whole, more) = (other.naming, other.whole, other.more)
    order = other.order
  }

  /// The same with other heads and values, in rows and in the lines that are none.
  /// - Parameters:
  ///   - change: makes of a value what stands instead.
  ///   - spans: the same of what a person sees.
  package func changed(
    heads: (ColumnHead) -> ColumnHead, values change: @escaping @Sendable (Datum) -> Datum,
    shown spans: @escaping @Sendable ([Span]) -> [Span]
  ) -> Relation {
    let (old, oldRow) = (cells, rowCells)
    var out = Relation(
      self, columns: columns.map(heads),
      cells: old.map { cell -> Cells in
        let value: @Sendable (Int) -> Datum = { change(cell.value($0)) }
        guard let shown = cell.shown else { return Cells(value: value, shown: nil) }
        return Cells(value: value, shown: { shown($0).map(spans) })
      },
      rowCells: { row, wanted in oldRow(row, wanted).map { (change($0.datum), $0.shown.map(spans)) } })
    out.cut = cut.map { Cut($0.limit, last: $0.last, rest: $0.rest?.changed(change, spans)) }
    out.further = further.map { part in
      Further(spans(part.title), part.lines.map { $0.changed(change, spans) })
    }
    out.footer = footer?.changed(change, spans)
    return out
  }

  /// The numbers of the columns in a table for people, from left to right.
  package var peopleColumns: [Int] {
    let standing = columns.indices.filter { columns[$0].stand != nil }
    guard !order.isEmpty else { return standing }
    return order.compactMap { key in standing.first { columns[$0].key == key } }
  }

  /// The numbers of the columns of a face.
  package func columns(_ face: ColumnHead.Faces) -> [Int] {
    columns.indices.filter { !columns[$0].faces.isDisjoint(with: face) }
  }
}
