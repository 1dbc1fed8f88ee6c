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
        for id in common(own.count <= other.count ? a : b, own.count <= other.count ? other : own, tables) {
          lists.formUnion([a, b])
          if shared.count < 1000 { shared.insert(id) }
        }
      }
      for b in stated where tables[b].declaration.person != nil {
        for id in persons(of: tables[b], at: b, among: own, at: a, tables) {
          lists.formUnion([a, b])
          if shared.count < 1000 { shared.insert(id) }
        }
      }
    }
    guard let sample = shared.min(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) else { return }
    let titles = lists.sorted().map { tables[$0].declaration.title }
    let (name, count) = (ValueProblem.shown(sample), shared.count)
    let (en, zh) = (titles.map(\.en).joined(separator: ", "), titles.map(\.zh).joined(separator: "、"))
    remarks.append(
      Diagnostic(
        .warning, code: "shared-ids",
        Text(
          count == 1
            ? "`\(name)` stands in several lists: \(en)"
            : "`\(name)` and others (\(count) in all) stand in several lists: \(en)",
          zh: count == 1
            ? "编号 `\(name)` 出现在多个清单中：\(zh)"
            : "`\(name)` 等 \(count) 个编号出现在多个清单中：\(zh)"),
        hint: Text(
          "to tell them apart in answers put a letter before the ids of each list, such as e1 and a1",
          zh: "为便于在结果中区分，请在各清单编号前加字母，如 e1、a1"),
        at: location(of: lists, tables)))
  }

  private func location(of lists: Set<Int>, _ tables: [FactTable]) -> SourceRange? {
    lists.max().flatMap { tables[$0].origin(0) }
  }

  /// The ids of the shorter list that stand in the longer, whose rows are looked at one by one: nearly all are told
  /// apart by their length and first byte.
  private mutating func common(_ few: Int, _ many: IDColumn, _ tables: [FactTable]) -> [String] {
    guard let index = index(tables[few].declaration.name)?.index, let own = ids[few] else { return [] }
    var lengths: UInt64 = 0
    var firsts = [Bool](repeating: false, count: 256)
    for row in 0..<own.count {
      let id = own.slice(row)
      guard let first = id.first else { continue }
      lengths |= 1 << UInt64(min(id.count, 63))
      firsts[Int(first)] = true
    }
    var out: [String] = []
    for row in 0..<many.count {
      let id = many.slice(row)
      guard let first = id.first, firsts[Int(first)], lengths >> UInt64(min(id.count, 63)) & 1 == 1 else { continue }
      if index.row(id) != nil, out.count < 1000 { out.append(many.text(row)) }
    }
    return out
  }

  /// The ids that are also what a person of a list is called.
  private mutating func persons(
    of table: FactTable, at number: Int, among own: IDColumn, at list: Int, _ tables: [FactTable]
  ) -> [String] {
    guard let person = table.declaration.person, let column = table.columns[person] else { return [] }
    switch column.data {
    case .ownIDs:
      guard let others = ids[number] else { return [] }
      return common(own.count <= others.count ? list : number, own.count <= others.count ? others : own, tables)
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
