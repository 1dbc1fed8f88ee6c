// What an answer is taken apart by, found among the facts: names, levels, days and bands as they were written become
// keys. Knows nothing of what is counted.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

extension Desk {
  /// The keys that a command names; none where it names none. A mistake in one is told before anything is run.
  ///
  /// - Parameter list: the list whose records have to have the facts; nil: any.
  func groupKeys(_ command: Command, of list: ListDeclaration? = nil) throws(Refusal) -> [GroupKey] {
    if command.grouping.count > 2 {
      throw Refusal(.grouping(.tooManyKeys(command.grouping.count)), at: command.location)
    }
    var keys: [GroupKey] = []
    for grouping in command.grouping {
      switch grouping.what {
      case .dimension(let dimension):
        if let at = grouping.at {
          throw Refusal(.grouping(.noLevel(at.raw, of: dimension.rawValue, choices: [])), at: at.location)
        }
        if let band = grouping.bands.first {
          throw Refusal(.grouping(.noBands(dimension.rawValue)), at: band.location)
        }
        keys.append(GroupKey(dimension, title: dimension.title))
      case .fact(let name):
        keys.append(try FactKey(name, grouping, of: list, in: factsToGroup(name)).key)
        if let list, let dataset = state.scenario?.scenario.dataset,
          !RecordCounts.has(keys[keys.count - 1], list, in: dataset)
        {
          throw Refusal(.grouping(.notOf(name.raw, list: list.words)), at: name.location)
        }
      }
    }
    if keys.count == 2, keys[0].name == keys[1].name {
      throw Refusal(.grouping(.twice(keys[0].name)), at: command.location)
    }
    return keys
  }

  /// The facts that a name is looked for in. Without a scenario a misspelt name is still told as that.
  private func factsToGroup(_ name: Written) throws(Refusal) -> Dataset {
    if state.scenario == nil {
      let lists = library.dictionary.lists
      let known = FactKey.known(lists, library.dictionary)
      let isEnglish = name.text.utf8.allSatisfy { $0 < 0x80 }
      if isEnglish, !known.contains(name.text), !FactKey.isAge(FactPath(name.text).last) {
        throw Refusal(.unknownFact(name.raw, nearest: Nearest.names(to: name.text, among: known)), at: name.location)
      }
    }
    return try scenario(at: name.location).scenario.dataset
  }
}

/// A fact as a key: found by its name, with its level or bands.
struct FactKey {
  let key: GroupKey

  static func isAge(_ name: String) -> Bool { name == "age" || name == "年龄" }

  /// What may be written.
  static func known(_ lists: [ListDeclaration], _ dictionary: FactDictionary) -> [String] {
    Dimension.allCases.map(\.rawValue) + FactPath.all(of: lists, in: dictionary).map(\.name)
  }

  /// - Parameter list: whose records are looked at; nil: those of any.
  init(_ name: Written, _ grouping: Grouping, of list: ListDeclaration?, in dataset: Dataset) throws(Refusal) {
    var found: FactPath?
    var age: FactPath?
    for text in [name.raw, name.text, name.text.replacing("的", with: ".")] where found == nil && age == nil {
      let path = FactPath(text)
      // By the name that the fact has in every list: its Chinese names may differ from list to list.
      if let name = path.name(in: dataset) {
        found = FactPath(name)
      } else if FactKey.isAge(path.last), let name = path.beside(FactPath.birth).name(in: dataset) {
        age = FactPath(name)
      }
    }
    if let found = found.map({ FactKey.meant($0, grouping, of: list, in: dataset) }) {
      key = try FactKey.plain(found, name, grouping, dataset)
    } else if let age {
      key = try FactKey.age(age, name, grouping, dataset)
    } else {
      let known = FactKey.known(dataset.dictionary.lists, dataset.dictionary)
      let nearest = Nearest.names(to: name.text, among: known)
      // What a budget is taken apart by is nothing of a list's records.
      let isDimension = Dimension.allCases.contains { $0.rawValue == name.text || $0.chinese.contains(name.text) }
      if let list, nearest.isEmpty || isDimension {
        throw Refusal(.grouping(.notOf(name.raw, list: list.words)), at: name.location)
      }
      throw Refusal(.unknownFact(name.raw, nearest: nearest), at: name.location)
    }
  }

  /// Where lists have different facts of one name, the one that has the level or the bands that are asked for.
  private static func meant(
    _ path: FactPath, _ grouping: Grouping, of list: ListDeclaration?, in dataset: Dataset
  ) -> FactPath {
    func fits(_ type: FieldType) -> Bool {
      if let at = grouping.at { return GroupKey.Level.all(of: type).contains { $0.spellings.contains(at.text) } }
      return grouping.bands.isEmpty || unit(ofBands: type) != nil
    }
    let own = list.flatMap { path.own(in: dataset, first: $0) { _ in true } }
    let types = [path, own ?? path].compactMap { $0.field(in: dataset)?.field.type }
    return types.allSatisfy(fits) ? path : path.own(in: dataset, first: list, where: fits) ?? path
  }

  private static func plain(
    _ path: FactPath, _ name: Written, _ grouping: Grouping, _ dataset: Dataset
  ) throws(Refusal) -> GroupKey {
    let type = Invariant.value(path.field(in: dataset), "fact-exists: a fact that was found has a field").field.type
    let called = Invariant.value(path.name(in: dataset), "fact-exists: a fact that was found has a name")
    let words = path.words(in: dataset)
    guard let at = grouping.at else {
      let bands = try bands(grouping.bands, type, name)
      return GroupKey(.fact(path), bands: bands, name: called, title: words)
    }
    let levels = GroupKey.Level.all(of: type)
    guard let level = levels.first(where: { $0.spellings.contains(at.text) }) else {
      throw Refusal(.grouping(.noLevel(at.raw, of: name.raw, choices: levels.map(\.rawValue))), at: at.location)
    }
    if let band = grouping.bands.first { throw Refusal(.grouping(.noBands(name.raw)), at: band.location) }
    return GroupKey(
      .fact(path), level: level, name: "\(called) at \(level.rawValue)",
      title: Text("\(words.en) at \(level.rawValue)", zh: "\(words.zh)（\(level.spellings[1])）"))
  }

  private static func age(
    _ born: FactPath, _ name: Written, _ grouping: Grouping, _ dataset: Dataset
  ) throws(Refusal) -> GroupKey {
    let list = Invariant.value(born.field(in: dataset), "fact-exists: a fact that was found has a field").list
    var day: FactPath?
    if let at = grouping.at {
      for path in [born.beside(at.text), born.beside(at.raw), FactPath(at.text)] where day == nil {
        if let found = path.field(in: dataset), found.field.type.isDay {
          day = path.name(in: dataset).map(FactPath.init)
        }
      }
      guard day != nil else {
        let days = list.fields.filter { $0.type.isDay && $0.name != FactPath.birth }.map(\.name)
        throw Refusal(.grouping(.noLevel(at.raw, of: name.raw, choices: days)), at: at.location)
      }
    } else if let begins = list.begins, list.field(begins).map(\.type.isDay) == true {
      day = born.beside(begins)
    }
    guard let day else { throw Refusal(.unknownFact(name.raw, nearest: []), at: name.location) }
    let words = day.words(in: dataset)
    return GroupKey(
      .age(born: born, at: day), bands: try bands(grouping.bands, .int, name), name: "age at \(words.en)",
      title: Text("Age at \(words.en)", zh: "\(words.zh)时年龄"))
  }

  // MARK: Bands

  /// The unit in which the ends of bands are written; nil where values of a type are in no bands.
  private static func unit(ofBands type: FieldType) -> ValueType? {
    switch type {
    case .int: .number
    case .money: .money
    case .figure(.decimal): .decimal
    case .figure(.share): .share
    case .figure(.amount(let currency)): .amount(currency)
    case .date, .dateOrMonth, .dateOrYear: .date
    case .text, .bool, .place, .county, .area, .choice, .reference, .set: nil
    }
  }

  private static func bands(_ bands: [Written], _ type: FieldType, _ name: Written) throws(Refusal) -> [GroupKey.Band] {
    guard let first = bands.first else { return [] }
    guard let unit = unit(ofBands: type) else { throw Refusal(.grouping(.noBands(name.raw)), at: first.location) }
    var ends: [(least: Int64?, most: Int64?)] = []
    // Where a band ends below the figure with which the next begins.
    var nexts: [Int64?] = []
    for band in bands {
      guard let found = WrittenBand(band.text, unit) else {
        throw Refusal(.grouping(.notABand(band.raw)), at: band.location)
      }
      if let before = ends.last {
        // Where one band ends and the next begins with the same figure, it belongs to the one that begins.
        if before.most != nil, before.most == found.least, let most = before.most {
          ends[ends.count - 1].most = most - 1
          nexts[ends.count - 1] = most
        }
        guard let most = ends[ends.count - 1].most, let least = found.least, most < least else {
          throw Refusal(
            .grouping(.bandsOverlap(bands[ends.count - 1].raw, band.raw)), at: band.location)
        }
      }
      ends.append((found.least, found.most))
      nexts.append(nil)
    }
    return zip(ends, nexts).map { ends, next in
      GroupKey.Band(
        least: ends.least, most: ends.most, name: written(ends, unit), title: title(ends, unit, below: next))
    }
  }

  private static func figure(_ raw: Int64, _ unit: ValueType) -> String {
    unit == .money ? Money(fen: raw).grouped : ValueText.typed(raw, unit)
  }

  private static func written(_ ends: (least: Int64?, most: Int64?), _ unit: ValueType) -> String {
    let (a, b) = (ends.least.map { figure($0, unit) } ?? "", ends.most.map { figure($0, unit) } ?? "")
    return a == b ? a : a + ".." + b
  }

  /// - Parameter next: the figure with which the next band begins, where this one was written to end with it.
  private static func title(_ ends: (least: Int64?, most: Int64?), _ unit: ValueType, below next: Int64?) -> Text {
    // Decimals and shares have no figure beside another that anybody would write.
    if let next, unit == .decimal || unit == .share {
      let end = figure(next, unit)
      return ends.least.map { figure($0, unit) }.map { Text("\($0) to under \(end)", zh: "\($0)至不足\(end)") }
        ?? Text("under \(end)", zh: "不足\(end)")
    }
    return switch (ends.least.map { figure($0, unit) }, ends.most.map { figure($0, unit) }) {
    case (let a?, let b?): a == b ? .same(a) : Text("\(a) to \(b)", zh: "\(a)至\(b)")
    case (let a?, nil): Text("\(a) and above", zh: "\(a)以上")
    case (nil, let b?): Text("up to \(b)", zh: "\(b)以下")
    case (nil, nil): Text("all", zh: "全部")
    }
  }
}

/// A band as somebody writes it: `16..24`, `35..`, `35以上`.
private struct WrittenBand {
  let least: Int64?
  let most: Int64?

  init?(_ text: String, _ unit: ValueType) {
    for sign in ["..", "…", "~", "～", "至", "到", unit == .date ? "—" : "-"] {
      guard let found = text.firstRange(of: sign) else { continue }
      let (a, b) = (String(text[..<found.lowerBound]), String(text[found.upperBound...]))
      if a.isEmpty, b.isEmpty { return nil }
      least = a.isEmpty ? nil : WrittenBand.figure(a, unit)
      most = b.isEmpty ? nil : WrittenBand.figure(b, unit)
      if (least == nil) != a.isEmpty || (most == nil) != b.isEmpty { return nil }
      if let least, let most, least > most { return nil }
      return
    }
    for (ending, isLeast) in [("及以上", true), ("以上", true), ("及以下", false), ("以下", false)] where text.hasSuffix(ending) {
      guard let raw = WrittenBand.figure(String(text.dropLast(ending.count)), unit) else { return nil }
      (least, most) = isLeast ? (raw, nil) : (nil, raw)
      return
    }
    guard let raw = WrittenBand.figure(text, unit) else { return nil }
    (least, most) = (raw, raw)
  }

  private static func figure(_ text: String, _ unit: ValueType) -> Int64? {
    var text = text
    if unit == .number, text.hasSuffix("岁") { text.removeLast() }
    guard text.unicodeScalars.first.map({ $0.properties.numericType != nil }) == true else { return nil }
    return try? ValueText.read(text, as: unit, places: Gazetteer(table: ""))
  }
}

extension GroupKey.Level {
  /// The spellings in both languages: English, then the usual Chinese one.
  var spellings: [String] {
    switch self {
    case .province: ["province", "省级", "省"]
    case .prefecture: ["prefecture", "市级", "市", "地市", "地级"]
    case .county: ["county", "县级", "县", "区县"]
    case .year: ["year", "年", "年度"]
    case .quarter: ["quarter", "季度", "季"]
    case .month: ["month", "月", "月份"]
    }
  }

  /// The levels that values of a type have.
  static func all(of type: FieldType) -> [GroupKey.Level] {
    switch type {
    case .place, .county: [.province, .prefecture, .county]
    case .date, .dateOrMonth, .dateOrYear: [.year, .quarter, .month]
    case .text, .bool, .int, .money, .figure, .area, .choice, .reference, .set: []
    }
  }
}
