// Which records of the base year a line of a projection speaks of: a list, or those that refer to a record or to any
// record of another list. Knows nothing of what is said of them.

import Commands
import Diagnostics
import Facts
import Reports
import Sessions

/// Some records of one list.
struct YearlyPart {
  let name: Text
  /// By its place among the tables.
  let list: Int
  /// In the order of the spread.
  let rows: [Int32]

  /// `hires`, `hires of agencies`, `hires of q1`, 红星人力的录用人员.
  ///
  /// - Returns: nil where the words begin with no list.
  static func named(_ words: [Written], among records: YearlyRecords, _ dataset: Dataset) throws(Refusal) -> YearlyPart?
  {
    let dictionary = dataset.dictionary
    var words = words
    // 机构的录用人员 in one piece.
    if words.count == 1, dictionary.list(called: words[0].text) == nil,
      let cut = words[0].text.lastIndex(of: "的"), cut > words[0].text.startIndex
    {
      let text = words[0].text
      let tail = String(text[text.index(after: cut)...])
      guard dictionary.list(called: tail) != nil else { return nil }
      let at = words[0].location
      words = [(String(text[..<cut]), at), ("的", at), (tail, at)].map {
        Written(text: $0.0, raw: $0.0, location: $0.1)
      }
    }
    let isTurned = words.count == 3 && words[1].text == "的"
    if isTurned { words.swapAt(0, 2) }
    guard let declaration = dictionary.list(called: words[0].text), let index = dictionary.index(declaration.name)
    else {
      return nil
    }
    guard let list = records.lists.first(where: { $0.index == index }), !list.rows.isEmpty else {
      throw ProjectMistake.notThere(declaration.words, records.year).refusal(at: words[0].location)
    }
    if words.count == 1 { return YearlyPart(name: declaration.words, list: index, rows: list.rows) }
    guard words.count == 3, Keyword.of.matches(words[1].text.lowercased()) else {
      throw ProjectMistake.unknownSubject(words.map(\.raw).joined(separator: " "), nearest: []).refusal(
        at: words[0].location)
    }
    return try part(of: declaration, index, list.rows, words[2], year: records.year, dataset)
  }

  private static func part(
    of declaration: ListDeclaration, _ index: Int, _ rows: [Int32], _ who: Written, year: Int,
    _ dataset: Dataset
  ) throws(Refusal) -> YearlyPart {
    let table = dataset.tables[index]
    let fields = declaration.fields.compactMap { field -> (column: Column, target: String)? in
      guard case .reference(let target) = field.type, let column = table.columns[field.name] else { return nil }
      return (column, target)
    }
    func refers(_ column: Column, _ row: Int32) -> Int64? {
      column.raw(Int(row)).flatMap { $0 >= 0 ? $0 : nil }
    }
    let found: [Int32]
    let title: Text
    if let target = dataset.dictionary.list(called: who.text), fields.contains(where: { $0.target == target.name }) {
      found = rows.filter { row in fields.contains { $0.target == target.name && refers($0.column, row) != nil } }
      title = Text("\(declaration.name) of \(target.name)", zh: "\(target.words.zh)的\(declaration.words.zh)")
    } else {
      let named = fields.filter { field in
        YearlyPart.row(who, of: field.target, dataset) != nil
      }
      guard !named.isEmpty else {
        throw ProjectMistake.noPart(declaration.words, who.raw).refusal(at: who.location)
      }
      found = rows.filter { row in
        named.contains { field in
          refers(field.column, row).map { Int($0) == YearlyPart.row(who, of: field.target, dataset) } ?? false
        }
      }
      title = Text("\(declaration.name) of \(who.raw)", zh: "\(who.raw)的\(declaration.words.zh)")
    }
    guard !found.isEmpty else { throw ProjectMistake.notThere(title, year).refusal(at: who.location) }
    return YearlyPart(name: title, list: index, rows: found)
  }

  /// The record of a list by its id or its name, where only one has that.
  private static func row(_ who: Written, of list: String, _ dataset: Dataset) -> Int? {
    guard let table = dataset.table(list) else { return nil }
    if let row = table.ids?.row(who.raw) ?? table.ids?.row(who.text) { return row }
    guard let name = table.columns["name"], let text = dataset.texts.id(who.raw) ?? dataset.texts.id(who.text) else {
      return nil
    }
    let rows = (0..<table.count).filter { name.raw($0) == Int64(text) }
    return rows.count == 1 ? rows[0] : nil
  }
}
