// From the text of one stated value to what a column holds. This is the one place that says what a text means:
// scenario files, bulk files, cohorts and worked examples all come here. Knows nothing of where the text stood.
import Diagnostics
import Reckoning

/// A value as it is typed; texts and references are numbered later, when all lists are known.
enum Typed: Sendable, Hashable {
  /// The raw form of a boolean, number, date, place or choice.
  case number(Int64)
  /// A text, or the id of another record.
  case text(String)
  /// The members of a set in raw form, ascending and without repetition.
  case numbers([Int32])
  /// The members of a set of texts or ids, as stated.
  case texts([String])
}

/// Reads the values of fields.
struct ValueReader: Sendable {
  let places: Gazetteer

  /// The largest whole number that a fact may state.
  static let wholeLimit: Int64 = 1_000_000_000

  /// - Parameter loose: whether the date forms of bulk files are taken too (`2022/3/1`, `2022年3月1日`).
  /// - Returns: nil when the text states nothing.
  func read(_ text: String, _ field: Field, loose: Bool) throws(ValueProblem) -> Typed? {
    switch field.type {
    case .text, .reference:
      let trimmed = Members.trimmed(text[...])
      return trimmed.isEmpty ? nil : .text(String(trimmed))
    case .set(let member): return try set(Members.split(text), member, field, loose)
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice:
      let trimmed = Members.trimmed(text[...])
      if trimmed.isEmpty { return nil }
      return .number(try number(trimmed, field.type, field, loose))
    }
  }

  /// A field that was stated as a list of texts.
  func read(list texts: [String], _ field: Field, loose: Bool) throws(ValueProblem) -> Typed? {
    if case .set(let member) = field.type {
      return try set(texts.map { Members.trimmed($0[...]) }, member, field, loose)
    }
    throw .oneWanted(field: field.name)
  }

  private func set(
    _ texts: [Substring], _ member: FieldType, _ field: Field, _ loose: Bool
  ) throws(ValueProblem) -> Typed {
    switch member {
    case .text, .reference:
      return .texts(texts.filter { !$0.isEmpty }.map(String.init))
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .set:
      var values: Set<Int32> = []
      for text in texts where !text.isEmpty {
        let raw = try number(text, member, field, loose)
        guard let value = Int32(exactly: raw) else { throw .tooLarge(String(text), limit: "21474836.47") }
        values.insert(value)
      }
      return .numbers(values.sorted())
    }
  }

  private func number(
    _ text: Substring, _ type: FieldType, _ field: Field, _ loose: Bool
  ) throws(ValueProblem) -> Int64 {
    switch type {
    case .bool:
      guard let value = ValueReader.bool(text) else { throw .notBool(String(text)) }
      return value ? 1 : 0
    case .int: return try whole(text)
    case .money: return try money(text)
    case .date, .dateOrMonth, .dateOrYear: return Int64(try date(text, type, loose))
    case .place: return Int64(try place(String(text)))
    case .county: return Int64(try county(String(text)))
    case .area(let level): return Int64(try area(place(String(text)), level, String(text)))
    case .figure(let figure): return try self.figure(text, figure)
    case .choice(let choices): return Int64(try choice(String(text), choices, field.choiceLabels))
    case .text, .reference, .set: throw .notWhole(String(text))
    }
  }

  /// true/false, yes/no, 1/0, 是/否; capitals do not matter.
  static func bool(_ text: Substring) -> Bool? {
    guard text.utf8.count <= 8 else { return nil }
    switch text.lowercased() {
    case "true", "yes", "1", "是": return true
    case "false", "no", "0", "否": return false
    default: return nil
    }
  }

  private func whole(_ text: Substring) throws(ValueProblem) -> Int64 {
    if let value = Decimals.parse(text, scale: 0) {
      if value > ValueReader.wholeLimit { throw .tooLarge(String(text), limit: String(ValueReader.wholeLimit)) }
      return value
    }
    if negative(text, decimals: false) { throw .negative(String(text)) }
    if digitsOnly(text) { throw .tooLarge(String(text), limit: String(ValueReader.wholeLimit)) }
    throw .notWhole(String(text))
  }

  private func money(_ text: Substring) throws(ValueProblem) -> Int64 {
    if let value = Decimals.parse(text, scale: 2) {
      if value > Money.limit.fen { throw .tooLarge(String(text), limit: Money.limit.grouped) }
      return value
    }
    if negative(text, decimals: true) { throw .negative(String(text)) }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.allSatisfy({ digitsOnly($0) }) {
      if parts.count == 2, parts[1].utf8.count > 2 { throw .tooManyDecimals(String(text)) }
      throw .tooLarge(String(text), limit: Money.limit.grouped)
    }
    throw .notMoney(String(text))
  }

  private func figure(_ text: Substring, _ figure: FigureType) throws(ValueProblem) -> Int64 {
    if let raw = try figure.read(text) { return raw }
    let isPercent = figure == .share && (text.hasSuffix("%") || text.hasSuffix("％"))
    let parts = (isPercent ? text.dropLast() : text).split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.allSatisfy { digitsOnly($0) }
    switch figure {
    case .decimal: throw digits ? .tooFine(String(text), decimals: 8) : .notFigure(String(text), sample: "7.5")
    case .share:
      throw digits
        ? .tooFine(String(text), decimals: isPercent ? 6 : 8) : .notFigure(String(text), sample: "60%")
    case .amount:
      throw parts.count == 2 && digits && parts[1].utf8.count > 2
        ? .tooManyDecimals(String(text)) : .notMoney(String(text))
    }
  }

  private func digitsOnly(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private func negative(_ text: Substring, decimals: Bool) -> Bool {
    guard text.hasPrefix("-") else { return false }
    return Decimals.parse(text.dropFirst(), scale: decimals ? 2 : 0) != nil
  }

  // MARK: dates

  private func date(_ text: Substring, _ type: FieldType, _ loose: Bool) throws(ValueProblem) -> Int32 {
    guard text.utf8.count <= 24 else { throw .notDate(String(text), type) }
    if let day = Day(text, loose: loose) { return day.number }
    switch type {
    case .dateOrMonth:
      if let day = month(text, loose) { return day.number }
    case .dateOrYear:
      if let year = year(text, loose) { return DateOrYear.base + year }
    case .date, .text, .bool, .int, .money, .figure, .place, .county, .area, .choice, .reference, .set: break
    }
    // It has the form of a date, so the calendar lacks the day.
    let numbers = text.utf8.split { !(0x30...0x39).contains($0) }
    let form = text.utf8.count { $0 == 0x2D || $0 == 0x2F } == 2 || (loose && text.hasSuffix("日"))
    let isPlain = text.unicodeScalars.allSatisfy {
      (0x30...0x39).contains($0.value) || "-/年月日 ".unicodeScalars.contains($0)
    }
    if form, isPlain, numbers.count == 3, numbers[0].count == 4, numbers[1].count <= 2, numbers[2].count <= 2,
      loose || text.utf8.count == 10 && text.utf8.count(where: { $0 == 0x2D }) == 2
    {
      throw .noSuchDay(String(text))
    }
    throw .notDate(String(text), type)
  }

  /// `YYYY-MM`; loosely also `2022/3` and `2022年3月`. Its first day.
  private func month(_ text: Substring, _ loose: Bool) -> Day? {
    if let day = Day(text + "-01") { return day }
    guard loose else { return nil }
    if let day = Day(text + "/1", loose: true) { return day }
    if let day = Day(text + "-1", loose: true) { return day }
    return text.hasSuffix("月") ? Day(text + "1日", loose: true) : nil
  }

  private func year(_ text: Substring, _ loose: Bool) -> Int32? {
    let digits = loose && text.hasSuffix("年") ? text.dropLast() : text
    guard digits.utf8.count == 4, digitsOnly(digits), let year = Int32(digits), year >= 1 else { return nil }
    return year
  }

  // MARK: names

  func place(_ text: String) throws(ValueProblem) -> Int32 {
    switch places.resolve(text) {
    case .found(let id): return id
    case .ambiguous(let ids):
      let named = ids.prefix(8).map { "\(places.codes[Int($0)].text) \(places.fullName($0))" }
      throw .ambiguousPlace(text, named + (ids.count > 8 ? ["…"] : []))
    case .unknown: throw .unknownPlace(text, nil)
    }
  }

  private func county(_ text: String) throws(ValueProblem) -> Int32 { try county(place(text), text) }

  /// A place that has to be a county.
  func county(_ place: Int32, _ text: String) throws(ValueProblem) -> Int32 {
    if places.isCounty(place) { return place }
    let within = places.counties(within: place, limit: 9)
    let named = within.prefix(8).map { "\(places.codes[Int($0)].text) \(places.names[Int($0)])" }
    throw .notACounty(text, named + (within.count > 8 ? ["…"] : []))
  }

  /// A place that has to be of a level above the county.
  func area(_ place: Int32, _ level: PlaceLevel, _ text: String) throws(ValueProblem) -> Int32 {
    if places.level(of: place) == level { return place }
    let within = places.areas(level, within: place, limit: 9)
    let around = places.area(level, of: place).map { [$0] } ?? []
    let named = (around + within).prefix(8).map { "\(places.codes[Int($0)].text) \(places.names[Int($0)])" }
    throw .notOfLevel(text, level, named + (within.count > 8 ? ["…"] : []))
  }

  private func choice(_ text: String, _ choices: [String], _ labels: [[String]]) throws(ValueProblem) -> Int {
    if let i = choices.firstIndex(of: text) { return i }
    if let i = labels.prefix(choices.count).firstIndex(where: { $0.contains(text) }) { return i }
    let named = choices.enumerated().map { i, name in
      Text(name, zh: labels.indices.contains(i) ? labels[i].first ?? name : name)
    }
    throw .unknownChoice(text, named, nil)
  }
}

/// The members of a set that is written as one text.
enum Members {
  /// Split at `;`, `、`, `；` and `，`; what stands around a member is dropped.
  static func split(_ text: String) -> [Substring] {
    text.split(whereSeparator: { ";、；，".contains($0) }).map(trimmed).filter { !$0.isEmpty }
  }

  /// Without white space of any kind at either end (facts, "Scalars"): Unicode's White_Space, the zero-width characters
  /// U+200B to U+200D, U+2060 and U+FEFF.
  static func trimmed(_ text: Substring) -> Substring {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return text }
    if !isBlank(first), !isBlank(last) { return text }
    guard let from = scalars.firstIndex(where: { !isBlank($0) }), let to = scalars.lastIndex(where: { !isBlank($0) })
    else { return text[text.startIndex..<text.startIndex] }
    return Substring(scalars[from...to])
  }

  /// A cell's bytes as a text without the blanks around it.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    String(trimmed(String(decoding: bytes, as: UTF8.self)[...]))
  }

  @inline(__always)
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09...0x0D: true
    case 0x21...0x7E: false
    case 0x200B...0x200D, 0x2060, 0xFEFF: true
    default: scalar.properties.isWhitespace
    }
  }
}
