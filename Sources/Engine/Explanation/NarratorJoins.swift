// Records that follow on, in an explanation: which are taken as one, and from when to when each lasts.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// How many parts are named.
  private static let shownParts = 10

  /// "h-1 (to 2026-03-31) and h-4 (from 2026-04-01) are one stay"; nothing for a record that stands alone.
  func joined(_ join: JoinedList, _ at: Row) -> [Derivation] {
    guard let record = record(at) else { return [] }
    let list = dataset.list(named: join.list)
    let declaration = dataset.tables[list].declaration
    let node = run.lowering.firstParts(join)
    guard node.domain == .table(list), let begins = declaration.begins, let ends = declaration.ends else { return [] }
    let firsts = run.evaluator.values(node).narrow
    guard record >= 0, Int(record) < firsts.count else { return [] }
    if firsts[Int(record)] < 0 { return unjoined(join, record, list) }
    let first = firsts[Int(record)]
    let rows = (0..<firsts.count).filter { firsts[$0] == first }
    if rows.count < 2 { return [] }
    let parts = rows.prefix(Narrator.shownParts).map { row -> Text in
      let id = dataset.tables[list].ids?.text(row) ?? "\(row + 1)"
      let from = dataset.describe(join.list, row, begins), to = dataset.describe(join.list, row, ends)
      // What has no last day goes on.
      return to.en == "none"
        ? Text("\(id) (from \(from.en))", zh: "\(id)（\(from.zh) 起，尚未结束）")
        : Text("\(id) (\(from.en) to \(to.en))", zh: "\(id)（\(from.zh) 至 \(to.zh)）")
    }
    let more = rows.count - parts.count
    let singular = join.singular
    return [
      Derivation(
        .told,
        Text(
          parts.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "") + " are one \(singular)",
          zh: parts.map(\.zh).joined(separator: "、") + (more > 0 ? "等" : "")
            + "合为一段（\(join.chinese.singular ?? join.title.zh)）"),
        location: join.location)
    ]
  }

  /// The record that is asked about.
  func record(_ at: Row) -> Int32? {
    switch at.context {
    case .frame: return run.base.indices.contains(Int(at.row)) ? run.base[Int(at.row)] : nil
    case .member: return at.row
    case .pair(let pairs, _):
      guard let rows = run.evaluator.pairs[pairs]?.rows, Int(at.row) < rows.count else { return nil }
      return rows.narrow[Int(at.row)]
    }
  }

  /// What is asked of the records that are joined, as the readings stand; nil where nothing is.
  func condition(of join: JoinedList) -> Typed? {
    join.choices.first { run.lowering.holds($0.when) }?.condition
  }

  /// Whether a record is none of those that are joined.
  func isUnjoined(_ join: JoinedList, _ at: Row) -> Bool {
    guard let record = record(at), case let node = run.lowering.firstParts(join),
      node.domain == .table(dataset.list(named: join.list)), case let firsts = run.evaluator.values(node).narrow,
      record >= 0, Int(record) < firsts.count
    else { return false }
    return firsts[Int(record)] < 0
  }

  /// Why a record is no part of a joined one at all: the conditions on what is joined that it does not meet.
  private func unjoined(_ join: JoinedList, _ record: Int32, _ list: Int) -> [Derivation] {
    guard let condition = condition(of: join) else { return [] }
    let at = Row(context: .member(list: list, link: nil, year: nil), row: record)
    return conjuncts(condition, at).filter { $0.verdict != .yes }
  }
}
