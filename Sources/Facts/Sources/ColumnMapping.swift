// What somebody has said of a register's columns, because its headings do not say it: which column states which fact,
// and which row names the columns. Kept with a scenario, so that next month's file is read the same way. Knows nothing
// of cells.
import Diagnostics

/// A scenario's `columns` and `header_row`.
package struct ColumnMapping: Sendable {
  /// By list, then by heading as it is written: the field's own name.
  private(set) var fields: [String: [String: String]] = [:]
  /// By list: the row that names the columns, counted from 1.
  private(set) var headerRows: [String: Int] = [:]

  /// What stands for a fact where a column is not to be read.
  package static let unread: Set<String> = ["none", "ignore", "不读", "无"]

  package init() {}

  /// Lets a heading state a field.
  package mutating func add(_ heading: String, as field: String, of list: String) {
    fields[list, default: [:]][ColumnMapping.plain(heading)] = field
  }

  mutating func setHeaderRow(_ row: Int, of list: String) { headerRows[list] = row }

  /// The headings of a list, by what `plain` makes of them.
  func headings(of list: String) -> [String: String] { fields[list] ?? [:] }

  /// A heading without the blanks around and the line ends within it.
  static func plain(_ heading: String) -> String { CellText.closed(String(Members.trimmed(heading[...]))).lowercased() }
}

extension ListDeclaration {
  /// The field of a name or a Chinese label, `id` included; nil where the list has none.
  package func columnField(_ name: String) -> String? {
    let schema = ListSchema(self)
    return schema.column(name).map { $0 < 0 ? "id" : schema.fields[$0].name }
  }
}
