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

  /// Holds the words of forms that stand in several places against each other: what most of them say is taken for
  /// right; where there are as many of one as of another, both are told.
  mutating func compareRepeats() {
    var groups: [Form: [(file: String, table: PaperText.Table)]] = [:]
    var order: [Form] = []
    for paper in papers {
      for table in paper.tables where !table.rows.contains(where: PaperCheck.isTotalLine) {
        let labels = table.rows.map { $0.first ?? "" }
        guard Set(labels).count == labels.count, !labels.isEmpty else { continue }
        let form = Form(heading: PaperCheck.unnumbered(table.above), heads: table.heads, labels: labels)
        if groups[form] == nil { order.append(form) }
        groups[form, default: []].append((paper.file, table))
      }
    }
    for form in order {
      // What was held against the run line by line was told there.
      let all = (groups[form] ?? []).filter { !heldTables.contains(PaperLine($0.file, $0.table.number)) }
      if all.count > 1 { compare(all, form.labels.count) }
    }
  }

  private mutating func compare(_ forms: [(file: String, table: PaperText.Table)], _ lines: Int) {
    for line in 0..<lines {
      for column in forms[0].table.rows[line].indices.dropFirst() {
        let texts = forms.map { form in
          form.table.rows[line].indices.contains(column) ? form.table.rows[line][column] : ""
        }
        // Plain figures are held against sums and the run; here it is of those within words.
        // A word such as 一并 has none.
        guard texts.contains(where: { PaperFigure(cell: $0) == nil && !FigureText($0).figures.isEmpty }) else {
          continue
        }
        for form in forms.dropFirst() { compare(PaperCell(form.file, form.table.number, line, column)) }
        let votes = Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +)
        let most = votes.values.max() ?? 0
        let usual = votes.count { $0.value == most } == 1 ? votes.first { $0.value == most }?.key : nil
        for (form, text) in zip(forms, texts) where text != (usual ?? texts[0]) {
          add(
            PaperFinding(
              rule: .repeats, file: form.file, place: PaperCheck.place(form.table, row: line + 1),
              found: usual == nil ? "\(text) ≠ \(texts[0])" : text, wanted: usual ?? ""))
        }
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
      for (number, sentence) in paper.sentences.enumerated()
      where !heldSentences.contains(PaperLine(paper.file, number)) {
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
