// Ids that stand in several lists: each list may number its records from 1, and then an answer about `1` does not say
// whom it means. Told once. Knows nothing of files' syntax.
import Diagnostics
import Reckoning

extension Assembly {
  /// Tells of ids that several lists have. Of lists with persons it is the persons who are paid, and who count.
  mutating func tellSharedIDs(_ tables: [FactTable]) {
    let stated = tables.indices.filter { tables[$0].count > 0 && (ids[$0] != nil) }
    let plain = stated.filter { tables[$0].declaration.person == nil }
    var lists: Set<Int> = []
    var shared: Set<String> = []
    for (i, a) in plain.enumerated() {
      guard let own = ids[a] else { continue }
      for b in plain.dropFirst(i + 1) {
        guard let other = ids[b] else { continue }
        // The shorter list's ids are looked up in the longer.
        let (few, many) = own.count <= other.count ? (own, b) : (other, a)
        guard let index = index(tables[many].declaration.name)?.index else { continue }
        for row in 0..<few.count where index.row(few.slice(row)) != nil {
          lists.formUnion([a, b])
          if shared.count < 1000 { shared.insert(few.text(row)) }
        }
      }
      for b in stated where tables[b].declaration.person != nil {
        for id in persons(of: tables[b], among: own) {
          lists.formUnion([a, b])
          if shared.count < 1000 { shared.insert(id) }
        }
      }
    }
    guard let sample = shared.min(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) else { return }
    let titles = lists.sorted().map { tables[$0].declaration.title }
    let (name, count) = (ValueProblem.shown(sample), shared.count)
    remarks.append(
      Diagnostic(
        .warning, code: "shared-ids",
        Text(
          count == 1
            ? "`\(name)` stands in several lists: \(titles.map(\.en).joined(separator: ", "))"
            : "`\(name)` and others (\(count) in all) stand in several lists: \(titles.map(\.en).joined(separator: ", "))",
          zh: count == 1
            ? "编号 `\(name)` 出现在多个清单中：\(titles.map(\.zh).joined(separator: "、"))"
            : "`\(name)` 等 \(count) 个编号出现在多个清单中：\(titles.map(\.zh).joined(separator: "、"))"),
        hint: Text(
          "they stay apart in every sum; to tell them apart in answers put a letter before the ids of each list, such as e1 "
            + "and a1",
          zh: "各项合计不受影响；为便于在结果中区分，请在各清单编号前加字母，如 e1、a1"),
        at: location(of: lists, tables)))
  }

  private func location(of lists: Set<Int>, _ tables: [FactTable]) -> SourceRange? {
    lists.max().flatMap { tables[$0].origin(0) }
  }

  /// The ids that are also what a person of a list is called.
  private mutating func persons(of table: FactTable, among own: IDColumn) -> [String] {
    guard let person = table.declaration.person, let column = table.columns[person] else { return [] }
    switch column.data {
    case .ownIDs:
      guard let index = index(table.declaration.name)?.index else { return [] }
      return (0..<own.count).filter { index.row(own.slice($0)) != nil }.map { own.text($0) }
    case .int32(let numbers):
      var called: Set<Int32> = []
      var wanted: Set<Int32> = []
      for row in 0..<own.count { if let text = texts.id(own.text(row)) { wanted.insert(text) } }
      if wanted.isEmpty { return [] }
      for row in 0..<table.count where wanted.contains(numbers[row]) { called.insert(numbers[row]) }
      return called.map { texts.text($0) }
    case .constant, .bools, .int64, .sets: return []
    }
  }
}
