// Which records a line speaks of: a list, or those of it that refer to a record or to any record of another list; in a
// projection those that begin in the base year. Knows nothing of what is said of them.

import Commands
import Diagnostics
import Facts
import Reports
import Sessions

/// Some records of one list, as they are written.
struct PartWords {
  let name: Text
  let part: ListPart
  let declaration: ListDeclaration

  /// `hires`, `hires of agencies`, `hires of q1`, 红星人力的录用人员.
  ///
  /// - Returns: nil where the words begin with no list.
  /// - Throws: where no record of the list refers to what is named.
  static func named(_ words: [Written], _ dataset: Dataset) throws(Refusal) -> PartWords? {
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
    guard let declaration = dictionary.list(called: words[0].text) else { return nil }
    if words.count == 1 {
      return PartWords(
        name: declaration.words, part: ListPart(list: declaration.name, targets: []), declaration: declaration)
    }
    guard words.count == 3, Keyword.of.matches(words[1].text.lowercased()) else {
      throw ProjectMistake.unknownSubject(words.map(\.raw).joined(separator: " "), nearest: []).refusal(
        at: words[0].location)
    }
    return try part(of: declaration, words[2], dataset)
  }

  private static func part(
    of declaration: ListDeclaration, _ who: Written, _ dataset: Dataset
  ) throws(Refusal) -> PartWords {
    let lists = declaration.fields.compactMap { field -> String? in
      if case .reference(let target) = field.type { target } else { nil }
    }
    let title: Text
    let targets: [ListPart.Target]
    if let target = dataset.dictionary.list(called: who.text), lists.contains(target.name) {
      targets = [ListPart.Target(list: target.name, id: nil)]
      title = Text("\(declaration.name) of \(target.name)", zh: "\(target.words.zh)的\(declaration.words.zh)")
    } else {
      var found: [ListPart.Target] = []
      for list in lists {
        guard let id = PartWords.id(who, of: list, dataset) else { continue }
        let target = ListPart.Target(list: list, id: id)
        if !found.contains(target) { found.append(target) }
      }
      guard !found.isEmpty else {
        throw ProjectMistake.noPart(declaration.words, who.raw).refusal(at: who.location)
      }
      targets = found
      title = Text("\(declaration.name) of \(who.raw)", zh: "\(who.raw)的\(declaration.words.zh)")
    }
    return PartWords(
      name: title, part: ListPart(list: declaration.name, targets: targets), declaration: declaration)
  }

  /// The id of the record of a list that is named by its id or its name, where only one has that.
  private static func id(_ who: Written, of list: String, _ dataset: Dataset) -> String? {
    guard let table = dataset.table(list), let ids = table.ids else { return nil }
    if ids.row(who.raw) != nil { return who.raw }
    if ids.row(who.text) != nil { return who.text }
    guard let name = table.columns["name"], let text = dataset.texts.id(who.raw) ?? dataset.texts.id(who.text) else {
      return nil
    }
    let rows = (0..<table.count).filter { name.raw($0) == Int64(text) }
    return rows.count == 1 ? ids.text(rows[0]) : nil
  }
}

/// Some records of one list that begin in the base year of a projection.
struct YearlyPart {
  let name: Text
  /// By its place among the tables.
  let list: Int
  /// In the order of the spread.
  let rows: [Int32]

  /// - Returns: nil where the words begin with no list.
  static func named(_ words: [Written], among records: YearlyRecords, _ dataset: Dataset) throws(Refusal) -> YearlyPart?
  {
    guard let found = try PartWords.named(words, dataset), let index = found.part.index(in: dataset) else { return nil }
    let rows = records.lists.first { $0.index == index }?.rows ?? []
    guard !rows.isEmpty else {
      throw ProjectMistake.notThere(found.declaration.words, records.year).refusal(at: words[0].location)
    }
    let own = rows.filter(found.part.test(in: dataset))
    guard !own.isEmpty else {
      throw ProjectMistake.notThere(found.name, records.year).refusal(at: words[words.count - 1].location)
    }
    return YearlyPart(name: found.name, list: index, rows: own)
  }
}
