// A document's first table as CSV for other programs (RFC 4180: fields quoted where needed, lines ending in CR LF).
// Data stand as they are, but for text that a spreadsheet would carry out (`SpreadsheetText`); amounts are yuan with
// two decimals and no separators.

import Diagnostics

/// Tables to CSV.
package struct CSVRenderer: Sendable {
  /// The language of headings without a key, and of texts in cells.
  package var language: Language
  /// Whether the columns' keys head the file where there are any, instead of their titles.
  package var keys: Bool
  /// Whether the footer (a total) is a last record. Without it, every record is a row of data.
  package var footer: Bool
  /// Last columns that say the same in every record: what holds for all of them.
  package var companions: [Companion]
  /// Whether a table without records has one that holds the companions alone; not where records follow apart.
  package var tellsOfNone: Bool

  /// A column that says the same in every record.
  package typealias Companion = (head: String, value: String)

  /// A renderer of tables for other programs.
  package init(
    language: Language, keys: Bool = true, footer: Bool = false, companions: [Companion] = [],
    tellsOfNone: Bool = true
  ) {
    self.companions = companions
    self.tellsOfNone = tellsOfNone
    self.language = language
    self.keys = keys
    self.footer = footer
  }

  /// The first table, or else the first chart's figures; nil when the document has neither.
  package func render(_ document: Document) -> String? {
    for block in document.blocks {
      if case .table(let table) = block { return render(table) }
    }
    for block in document.blocks {
      if case .chart(let chart) = block { return render(chart.table) }
    }
    return nil
  }

  /// A record of headings and one for each row. Titles of sections become a first column.
  package func render(_ table: Table) -> String {
    let columns = table.allColumns
    let inSections = table.sections.contains { $0.title != nil }
    var out = ""
    var heads = columns.map { keys ? $0.key ?? $0.title.in(language) : $0.title.in(language) }
    if inSections { heads.insert(keys ? "section" : Text("Section", zh: "分组").in(language), at: 0) }
    record(heads, companions.map(\.head), into: &out)
    for section in table.sections {
      let title = Cell.spans(section.title ?? []).plain(language)
      for row in section.rows {
        let fields = columns.indices.map { row[cell: $0].plain(language) }
        record(inSections ? [title] + fields : fields, companions.map(\.value), into: &out)
      }
    }
    // What holds for all records holds for none of them, too, and has to stand somewhere.
    if tellsOfNone, !companions.isEmpty, table.sections.allSatisfy(\.rows.isEmpty) {
      record(heads.map { _ in "" }, companions.map(\.value), into: &out)
    }
    if footer, let row = table.footer {
      let fields = columns.indices.map { row[cell: $0].plain(language) }
      record(inSections ? [""] + fields : fields, companions.map(\.value), into: &out)
    }
    return out
  }

  private func record(_ fields: [String], _ last: [String], into out: inout String) {
    let fields = fields + last
    for (i, field) in fields.enumerated() {
      if i > 0 { out += "," }
      let field = SpreadsheetText.inert(field)
      // A lone empty field is quoted, or its record would be an empty line.
      if field.isEmpty, fields.count == 1 {
        out += "\"\""
      } else if field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) {
        out += "\""
        for scalar in field.unicodeScalars {
          if scalar == "\"" { out += "\"" }
          out.unicodeScalars.append(scalar)
        }
        out += "\""
      } else {
        out += field
      }
    }
    out += "\r\n"
  }
}
