// What papers say twice in words that have figures, as the box of uncertainty does, and what of their figures nothing
// was held against. Knows nothing of runs.

import Diagnostics

extension PaperCheck {
  /// A form that stands in several places: under the same heading, with the same heads and lines.
  private struct Form: Hashable {
    let heading: String
    let heads: [String]
    let labels: [String]
  }

  /// Holds the words of forms that stand in several places against each other.
  mutating func compareRepeats() {
    var first: [Form: (file: String, table: PaperText.Table)] = [:]
    for paper in papers {
      for table in paper.tables where !table.rows.contains(where: PaperCheck.isTotalLine) {
        let labels = table.rows.map { $0.first ?? "" }
        guard Set(labels).count == labels.count, !labels.isEmpty else { continue }
        let form = Form(heading: PaperCheck.unnumbered(table.heading), heads: table.heads, labels: labels)
        guard let other = first[form] else {
          first[form] = (paper.file, table)
          continue
        }
        compare(table, in: paper.file, with: other.table)
      }
    }
  }

  private mutating func compare(_ table: PaperText.Table, in file: String, with other: PaperText.Table) {
    for (number, (line, same)) in zip(table.rows, other.rows).enumerated() {
      for (column, (text, known)) in zip(line, same).enumerated().dropFirst() {
        // Plain figures are held against sums and the run; here it is of those within words.
        guard PaperFigure(cell: text) == nil || PaperFigure(cell: known) == nil,
          text.contains(where: \.isNumber) || known.contains(where: \.isNumber)
        else { continue }
        compare(PaperCell(file, table.number, number, column))
        if text == known { continue }
        add(
          PaperFinding(
            rule: .repeats, file: file, place: PaperCheck.place(table, row: number + 1), found: text, wanted: known))
      }
    }
  }

  /// A heading without its number: `八、不确定性`, `8 Uncertainty`.
  private static func unnumbered(_ heading: String) -> String {
    let signs = "一二三四五六七八九十（）()、.． 0123456789"
    return String(heading.drop { signs.contains($0) }).lowercased()
  }

  // MARK: What was not looked at

  /// Figures that nothing was held against.
  struct Unlooked {
    var percentages = 0
    var counts = 0
    /// In forms.
    var cells = 0
    /// One of these cells, with its head.
    var sample: (head: String, text: String)?
  }

  /// What no comparison was made of: shares and numbers of things in sentences, and cells of forms.
  var unlooked: Unlooked {
    var out = Unlooked()
    for paper in papers {
      for sentence in paper.sentences {
        out.percentages += sentence.text.matches(of: /[0-9][0-9.]*\s?[%％]/).count
        out.counts += sentence.text.matches(of: /[0-9][0-9,]*\s?(?:人次|人|家|户|笔|名|个(?!月)|persons|people|payments)/).count
      }
      for table in paper.tables {
        for (number, row) in table.rows.enumerated() {
          for (column, text) in row.enumerated().dropFirst() {
            guard table.heads.indices.contains(column), !PaperCheck.isOfDays(table.heads[column]),
              PaperFigure(cell: text) != nil, !looked.contains(PaperCell(paper.file, table.number, number, column))
            else { continue }
            out.cells += 1
            if out.sample == nil { out.sample = (table.heads[column], text) }
          }
        }
      }
    }
    return out
  }

  private static func isOfDays(_ head: String) -> Bool {
    let head = head.lowercased()
    return ["年", "月份", "日期", "条款", "号", "year", "month", "date", "article", "number"].contains { head.contains($0) }
  }
}
