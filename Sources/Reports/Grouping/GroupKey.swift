// What things are put into groups by: a dimension of payments, a fact, an age, each at a level or in bands. Found in
// the facts list by list. Knows nothing of how it was written.

import Diagnostics
import Engine
import Facts
import Reckoning

/// One key of groups.
package struct GroupKey: Sendable {
  /// What it looks at.
  package enum Source: Sendable {
    case dimension(Dimension)
    case fact(FactPath)
    /// Whole years from a birth to a day of the same record.
    case age(born: FactPath, at: FactPath)
  }

  /// What several values have in common.
  package enum Level: String, Sendable, CaseIterable {
    case province, prefecture, county
    case year, quarter, month
  }

  /// A stretch of figures.
  package struct Band: Sendable {
    /// The least that belongs to it, in raw form; nil: there is none.
    package let least: Int64?
    /// The most that belongs to it, in raw form; nil: there is none.
    package let most: Int64?
    /// What programs and what people call it.
    package let name: String
    package let title: Text

    /// A stretch from one figure to another, both of which belong to it.
    package init(least: Int64?, most: Int64?, name: String, title: Text) {
      (self.least, self.most, self.name, self.title) = (least, most, name, title)
    }

    func contains(_ raw: Int64) -> Bool {
      if let least, raw < least { return false }
      if let most, raw > most { return false }
      return true
    }
  }

  package let source: Source
  package let level: Level?
  /// Ascending, without a figure that belongs to two; empty: each value is a group of its own.
  package let bands: [Band]
  /// What programs call it: `origin at prefecture`.
  package let name: String
  package let title: Text

  /// - Precondition: bands ascend.
  package init(_ source: Source, level: Level? = nil, bands: [Band] = [], name: String, title: Text) {
    for (a, b) in zip(bands, bands.dropFirst()) {
      guard let most = a.most, let least = b.least, most < least else {
        Invariant.broken("bands-ascend: of several bands each begins above the one before")
      }
    }
    self.source = source
    self.level = level
    self.bands = bands
    self.name = name
    self.title = title
  }

  /// A dimension of payments.
  package init(_ dimension: Dimension, title: Text) {
    self.init(.dimension(dimension), name: dimension.rawValue, title: title)
  }

  /// Whether it is the source of money, of which a payment may have several.
  package var isFund: Bool { if case .dimension(.fund) = source { true } else { false } }

  /// Whether every payment of a list has it beside it: its measure and its beneficiary.
  package var isToldOfEach: Bool {
    switch source {
    case .dimension(.measure), .dimension(.beneficiary): true
    case .dimension(.kind), .dimension(.year), .dimension(.month), .dimension(.fund), .fact, .age: false
    }
  }

  /// What the values of a list's records are, and how they are found; nil where they have none.
  func reader(of list: ListDeclaration, in dataset: Dataset) -> GroupReader? {
    switch source {
    case .dimension: return nil
    case .fact(let path):
      guard let reached = path.reached(from: list, in: dataset) else { return nil }
      return GroupReader(.fact(reached), domain: domain(GroupDomain(reached)))
    case .age(let born, let day):
      guard let from = born.reached(from: list, in: dataset), let to = day.reached(from: list, in: dataset) else {
        return nil
      }
      return GroupReader(.age(from: from, to: to), domain: domain(.number))
    }
  }

  private func domain(_ values: GroupDomain) -> GroupDomain {
    if !bands.isEmpty { return .band }
    switch level {
    case .year, .quarter, .month: return level.map { .time($0) } ?? values
    case .province, .prefecture, .county, nil: return values
    }
  }

  /// What a value counts as: its band, its level, itself; nil where it is in no band.
  func counted(_ raw: Int64, in dataset: Dataset) -> Int64? {
    if !bands.isEmpty { return bands.firstIndex { $0.contains(raw) }.map(Int64.init) }
    switch level {
    case nil: return raw
    case .province: return GroupKey.area(raw, digits: 2, dataset.places)
    case .prefecture: return GroupKey.area(raw, digits: 4, dataset.places)
    case .county: return GroupKey.area(raw, digits: 6, dataset.places)
    case .year, .quarter, .month: return level.map { GroupKey.time(raw, $0) }
    }
  }

  /// The province, prefecture or county that a place lies in; a place above that stands for itself.
  private static func area(_ raw: Int64, digits: Int, _ places: Gazetteer) -> Int64 {
    guard places.codes.indices.contains(Int(raw)) else { return raw }
    let code = String(places.codes[Int(raw)].text.prefix(digits)) + String(repeating: "0", count: 6 - digits)
    // A county of a province's own, or a zone, may have nothing above it that has a code.
    return places.id(code: code).map(Int64.init) ?? raw
  }

  /// A day's year, quarter or month as one number. A year without a day has no month: it counts as its first.
  static func time(_ raw: Int64, _ level: Level) -> Int64 {
    let (year, month) = parts(raw)
    switch level {
    case .quarter: return Int64(year * 4 + (month - 1) / 3)
    case .month: return Int64(year * 12 + month - 1)
    case .year, .province, .prefecture, .county: return Int64(year)
    }
  }

  private static func parts(_ raw: Int64) -> (year: Int, month: Int) {
    if raw >= Int64(DateOrYear.base) { return (Int(raw) - Int(DateOrYear.base), 1) }
    let (year, month, _) = Day(number: Int32(clamping: raw)).parts
    return (year, month)
  }
}

/// What the numbers of groups stand for: equal numbers of one domain are one group, whatever list they come from.
enum GroupDomain: Hashable {
  case text, truth, number, money, day, place
  case choice([String])
  case figure(FigureType)
  /// Records of a list, by row.
  case record(String)
  /// Years, quarters or months.
  case time(GroupKey.Level)
  /// The key's bands, by position.
  case band
  /// The ledger's measures, by index; kinds by that of their first measure.
  case measure, kind
  case beneficiary(Space)

  init(_ reached: FactPath.Reached) {
    guard reached.column != nil else {
      self = .record(reached.table.declaration.name)
      return
    }
    switch reached.field.type {
    case .text: self = .text
    case .bool: self = .truth
    case .int: self = .number
    case .money: self = .money
    case .figure(let figure): self = .figure(figure)
    case .date, .dateOrMonth, .dateOrYear: self = .day
    case .place, .county, .area: self = .place
    case .choice(let names): self = .choice(names)
    case .reference(let list): self = .record(list)
    case .set: Invariant.broken("one-value: what is grouped by has one value")
    }
  }
}

/// Finds the values of one list's records.
struct GroupReader {
  enum Way {
    case fact(FactPath.Reached)
    case age(from: FactPath.Reached, to: FactPath.Reached)
  }

  private let way: Way
  let domain: GroupDomain

  init(_ way: Way, domain: GroupDomain) {
    self.way = way
    self.domain = domain
  }

  /// A record's value, before it is put into a band or level.
  @inline(__always) func raw(_ row: Int32) -> FactPath.Raw {
    switch way {
    case .fact(let reached): return reached.raw(row)
    case .age(let from, let to): return GroupReader.age(from.raw(row), to.raw(row))
    }
  }

  private static func age(_ born: FactPath.Raw, _ day: FactPath.Raw) -> FactPath.Raw {
    guard case .value(let born) = born else { return born }
    guard case .value(let day) = day else { return day }
    return .value(years(from: born, to: day))
  }

  /// Whole years from a birth to a day; below nought where it comes after it.
  static func years(from born: Int64, to day: Int64) -> Int64 {
    let (a, b) = (civil(born), civil(day))
    let isBefore = (b.month, b.day) < (a.month, a.day)
    return Int64(b.year - a.year - (isBefore ? 1 : 0))
  }

  private static func civil(_ raw: Int64) -> (year: Int, month: Int, day: Int) {
    if raw >= Int64(DateOrYear.base) { return (Int(raw) - Int(DateOrYear.base), 1, 1) }
    return Day(number: Int32(clamping: raw)).parts
  }
}
