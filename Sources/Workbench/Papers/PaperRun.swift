// What a run comes to, measure by measure, for papers that are held against it: a measure's lines in a form have to
// come to what the run has for it. Knows nothing of how papers are read.

import Diagnostics
import PolicyLanguage
import Reports
import View

/// The amounts of a run by the names that papers give its measures.
struct PaperRun {
  /// In fen.
  let total: Int64
  /// A name that several measures have stands for none of them.
  private let measures: [String: (id: String, tally: Tally)?]

  init(_ budget: Budget) {
    total = budget.sum.total
    var known: [String: (id: String, tally: Tally)?] = [:]
    for measure in budget.ledger.measures where measure.form == .measure {
      // One that has no line pays nothing.
      let found = (id: measure.id, tally: budget.line(measure.id)?.tally ?? Tally())
      for words in [.same(measure.id), .same(measure.name), measure.words, measure.title, measure.label] as [Text] {
        for name in [words.en.lowercased(), words.zh.lowercased()] {
          if let other = known[name] {
            if other?.id != measure.id { known[name] = .some(nil) }
          } else {
            known[name] = found
          }
        }
      }
    }
    measures = known
  }

  /// The measure that a line of a form is about, as one of its first two cells says.
  fileprivate func measure(of line: [String]) -> (id: String, tally: Tally)? {
    line.prefix(2).lazy.compactMap { measures[$0.lowercased()] ?? nil }.first
  }
}

extension PaperCheck {
  /// What the lines of one measure come to in a column.
  private struct Sum {
    let name: String
    let role: Role
    let wanted: Int64
    var found: Int64 = 0
    var tolerance: Int64 = 0
  }

  /// Holds the lines of a form that gives amounts by measure against the run.
  mutating func check(
    _ table: PaperText.Table, _ roles: [Role], _ grid: [[PaperFigure?]], against run: PaperRun, in file: String
  ) {
    guard roles.contains(.total) || roles.contains(.amount) else { return }
    var sums: [String: Sum] = [:]
    for (line, row) in zip(table.rows, grid) where !PaperCheck.isTotalLine(line) {
      guard let measure = run.measure(of: line) else { continue }
      for (column, role) in roles.enumerated() {
        let wanted: Int64
        switch role {
        case .amount, .total: wanted = measure.tally.total
        case .due: wanted = measure.tally.due
        case .pending: wanted = measure.tally.pending
        case .count, .each, .cumulative, .effect, .people, .money, .other: continue
        }
        guard row.indices.contains(column), let figure = row[column] else { continue }
        let name = line.first { !$0.isEmpty } ?? measure.id
        var sum = sums["\(measure.id) \(column)"] ?? Sum(name: name, role: role, wanted: wanted)
        sum.found = sum.found &+ figure.hundredths
        sum.tolerance += figure.tolerance
        sums["\(measure.id) \(column)"] = sum
      }
    }
    for (_, sum) in sums.sorted(by: { $0.key < $1.key })
    where (sum.found &- sum.wanted).magnitude > UInt64(sum.tolerance) {
      let place = PaperCheck.place(table)
      add(
        .run, file, Text("\(place.en), “\(sum.name)”", zh: "\(place.zh)“\(sum.name)”"),
        Figures.money(fen: sum.found), sum.wanted)
    }
  }
}
