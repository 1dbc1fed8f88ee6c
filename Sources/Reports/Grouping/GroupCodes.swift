// Numbers for groups, given out as values are met: each value is looked up once and is a small number from then on, so
// that millions of records are counted without a text. Knows nothing of what is counted.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// The groups of one key, as far as values have been met.
final class GroupCodes {
  // The groups of what has no value come first.
  static let none: Int32 = 0
  static let unknown: Int32 = 1
  static let without: Int32 = 2
  static let outside: Int32 = 3

  /// A value of a domain.
  struct Member: Hashable {
    let domain: GroupDomain
    let raw: Int64
  }

  let key: GroupKey
  private let dataset: Dataset
  /// The values from code 4 on.
  private(set) var members: [Member] = []
  private var known: [Member: Int32] = [:]
  /// The lists whose records have been looked at.
  private var lists: [(name: String, reader: GroupReader?, codes: ValueCodes)] = []

  init(_ key: GroupKey, of dataset: Dataset) {
    self.key = key
    self.dataset = dataset
  }

  /// How many codes there are.
  var count: Int { members.count + 4 }

  func code(_ member: Member) -> Int32 {
    if let code = known[member] { return code }
    let code = Int32(truncatingIfNeeded: members.count + 4)
    known[member] = code
    members.append(member)
    return code
  }

  /// Whether records of a list have such values.
  func has(_ list: ListDeclaration) -> Bool { lists[number(of: list)].reader != nil }

  /// The codes of records of a list.
  func codes(_ rows: [Int32], of list: ListDeclaration) -> [Int32] {
    let number = number(of: list)
    guard let reader = lists[number].reader else { return Array(repeating: GroupCodes.without, count: rows.count) }
    var codes = lists[number].codes
    lists[number].codes = ValueCodes()
    defer { lists[number].codes = codes }
    return rows.map { row in
      switch reader.raw(row) {
      case .none: return GroupCodes.none
      case .unknown: return GroupCodes.unknown
      case .value(let raw): return codes.code(of: raw) { self.code($0, reader.domain) }
      }
    }
  }

  private func code(_ raw: Int64, _ domain: GroupDomain) -> Int32 {
    key.counted(raw, in: dataset).map { code(Member(domain: domain, raw: $0)) } ?? GroupCodes.outside
  }

  private func number(of list: ListDeclaration) -> Int {
    if let number = lists.firstIndex(where: { $0.name == list.name }) { return number }
    lists.append((list.name, key.reader(of: list, in: dataset), ValueCodes()))
    return lists.count - 1
  }
}

/// Codes by value. Values near nought, as rows, days, places and texts are, stand in an array, which is made where
/// there are many records.
struct ValueCodes {
  private static let below = 1 << 17
  private static let above = 1 << 24
  private var near: [Int32] = []
  private var far: [Int64: Int32] = [:]
  private let isSmall: Bool

  /// - Parameter records: how many are going to be looked at, where that is known.
  init(records: Int = Int.max) { isSmall = records < 10_000 }

  @inline(__always) mutating func code(of raw: Int64, _ make: (Int64) -> Int32) -> Int32 {
    let place = Int(truncatingIfNeeded: raw) &+ ValueCodes.below
    if near.indices.contains(place), near[place] >= 0 { return near[place] }
    return found(raw, place, make)
  }

  private mutating func found(_ raw: Int64, _ place: Int, _ make: (Int64) -> Int32) -> Int32 {
    guard !isSmall, place >= 0, place < ValueCodes.below + ValueCodes.above else {
      if let code = far[raw] { return code }
      let code = make(raw)
      far[raw] = code
      return code
    }
    let code = make(raw)
    if place >= near.count {
      let room = max(place + 1, min(near.count * 2, ValueCodes.below + ValueCodes.above))
      near.append(contentsOf: repeatElement(-1, count: room - near.count))
    }
    near[place] = code
    return code
  }
}

// MARK: - What groups are called

/// The groups of a key under their names, in their order.
struct NamedGroups {
  /// What is said of a group apart from what it comes to.
  struct Name {
    let key: String
    let title: Text?
    /// Where it stands of itself: values that follow each other, and those that are none, at the end.
    let rank: Int64?
    /// The name of the record that it is of, where that has one beside its id.
    var ofRecord: String?
  }

  /// In the order of telling.
  let names: [Name]
  /// The group of each code; of codes without anything, none.
  let groups: [Int?]

  /// - Parameter weights: how much each code has, by which groups without an order of their own stand; nil: nothing.
  init(_ codes: GroupCodes, ledger: Ledger?, dataset: Dataset, weights: [Int64?]) {
    var byKey: [String: Int] = [:]
    var found: [(name: Name, weight: Int64)] = []
    var groups: [Int?] = Array(repeating: nil, count: codes.count)
    for code in weights.indices {
      guard let weight = weights[code] else { continue }
      let name = NamedGroups.name(code, codes, ledger, dataset)
      if let known = byKey[name.key] {
        found[known].weight = Amounts.add(found[known].weight, weight)
        groups[code] = known
      } else {
        byKey[name.key] = found.count
        groups[code] = found.count
        found.append((name, weight))
      }
    }
    let order = found.indices.sorted { i, j in
      let (a, b) = (found[i], found[j])
      let (x, y) = (a.name.rank ?? 0, b.name.rank ?? 0)
      if x != y { return x < y }
      if a.weight != b.weight { return a.weight > b.weight }
      return a.name.key.utf8.lexicographicallyPrecedes(b.name.key.utf8)
    }
    var position = Array(repeating: 0, count: found.count)
    for (i, number) in order.enumerated() { position[number] = i }
    names = NamedGroups.short(order.map { found[$0].name })
    self.groups = groups.map { $0.map { position[$0] } }
  }

  /// In Chinese the id stands behind a record's name only where another group has the same.
  private static func short(_ names: [Name]) -> [Name] {
    let shared = Dictionary(names.compactMap(\.ofRecord).map { ($0, 1) }, uniquingKeysWith: +)
    return names.map { one in
      guard let own = one.ofRecord, let title = one.title, shared[own] == 1 else { return one }
      return Name(key: one.key, title: Text(title.en, zh: own), rank: one.rank)
    }
  }

  /// In parentheses, so that no name in a file is taken for one of these; behind all values.
  private static func special(_ code: Int) -> Name {
    let last = Int64.max - 8
    switch Int32(truncatingIfNeeded: code) {
    case GroupCodes.outside: return Name(key: "(outside)", title: Text("outside the bands", zh: "档外"), rank: last)
    case GroupCodes.none: return Name(key: "(none)", title: Text("none", zh: "无"), rank: last + 1)
    case GroupCodes.unknown: return Name(key: "(unknown)", title: Text("not stated", zh: "未填"), rank: last + 2)
    default: return Name(key: "(no such fact)", title: Text("no such fact", zh: "不涉及"), rank: last + 3)
    }
  }

  private static func name(_ code: Int, _ codes: GroupCodes, _ ledger: Ledger?, _ dataset: Dataset) -> Name {
    guard code >= 4 else { return special(code) }
    let member = codes.members[code - 4]
    let raw = member.raw
    func value(_ type: FieldType, rank: Int64?) -> Name {
      let words = dataset.describe(raw: raw, type)
      return Name(key: words.en, title: words, rank: rank)
    }
    switch member.domain {
    case .text: return value(.text, rank: nil)
    case .truth: return Name(key: raw == 1 ? "true" : "false", title: dataset.describe(raw: raw, .bool), rank: raw)
    case .number: return value(.int, rank: raw)
    case .money: return value(.money, rank: raw)
    case .figure(let figure): return value(.figure(figure), rank: raw)
    case .day: return value(.dateOrYear, rank: DateOrYear.rank(raw))
    case .choice(let names): return value(.choice(names), rank: raw)
    case .place:
      let code = dataset.places.codes[Int(raw)].text
      // 市辖区 and 县 are names that many places have.
      let isCommon = ["市辖区", "县"].contains(dataset.places.names[Int(raw)])
      let title =
        isCommon
        ? .same(code + " " + dataset.places.fullName(Int32(truncatingIfNeeded: raw)))
        : dataset.describe(raw: raw, .place)
      return Name(key: code, title: title, rank: nil)
    case .record(let list):
      // Not what Chinese calls the record: whether another has its name is a search through the list each time.
      let id = dataset.describe(list, Int(raw), "id").en
      let named = dataset.named(list, Int(raw))
      // `畲江服饰（shejiang）`: in Chinese the name goes first.
      let name = named.hasPrefix(id + " (") ? String(named.dropFirst(id.count + 2).dropLast()) : nil
      return Name(key: id, title: Text(named, zh: name.map { "\($0)（\(id)）" } ?? named), rank: nil, ofRecord: name)
    case .time(let level): return time(raw, level)
    case .band: return Name(key: codes.key.bands[Int(raw)].name, title: codes.key.bands[Int(raw)].title, rank: raw)
    case .measure, .kind, .beneficiary: return paid(member, of(ledger))
    }
  }

  private static func of(_ ledger: Ledger?) -> Ledger {
    Invariant.value(ledger, "payments-of-ledger: measures and beneficiaries are groups of a ledger's payments")
  }

  private static func paid(_ member: GroupCodes.Member, _ ledger: Ledger) -> Name {
    switch member.domain {
    case .measure:
      let measure = ledger.measures[Int(member.raw)]
      return Name(key: measure.id, title: measure.words, rank: member.raw)
    case .kind:
      let measure = ledger.measures[Int(member.raw)]
      return Name(key: measure.kind, title: measure.kindWords, rank: member.raw)
    case .beneficiary(let space):
      return Name(key: ledger.name(Int32(truncatingIfNeeded: member.raw), in: space), title: nil, rank: nil)
    case .text, .truth, .number, .money, .figure, .day, .place, .choice, .record, .time, .band:
      Invariant.broken("values-of-facts: a value of a fact is named by its type")
    }
  }

  private static func time(_ raw: Int64, _ level: GroupKey.Level) -> Name {
    switch level {
    case .quarter:
      let (year, quarter) = (raw / 4, raw % 4 + 1)
      return Name(key: "\(year)-Q\(quarter)", title: Text("\(year) Q\(quarter)", zh: "\(year)年\(quarter)季度"), rank: raw)
    case .month: return Name(key: Breakdown.key(Int(raw), true), title: nil, rank: raw)
    case .year, .province, .prefecture, .county:
      return Name(key: String(raw), title: Text(String(raw), zh: "\(raw)年"), rank: raw)
    }
  }
}

extension Sequence where Element == String {
  /// How many keys at the end stand for no value: not stated, none, outside the bands.
  package var besides: Int {
    let special: Set = ["(outside)", "(none)", "(unknown)", "(no such fact)"]
    return Array(self).reversed().prefix { special.contains($0) }.count
  }
}
