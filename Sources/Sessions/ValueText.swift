// Values as people write them - `400`, `400 yuan`, `2,000,000`, `200万元`, `50%`, `6个月`, `2024年6月30日` - to the raw
// figures that settings hold, and back. Whole numbers throughout. Knows nothing of where a value is used.

import Commands
import Diagnostics
import PolicyLanguage
import Reckoning

/// Why a text is no value of the type that is wanted.
package enum ValueMistake: Error {
  case notAFigure(String, ValueType)
  case otherUnit(found: ValueType, wanted: ValueType)
  case unknownUnit(String, ValueType)
  case decimals(String, ValueType)
  case tooLarge(String, ValueType)
  case negative(String)
  /// A bare number above 1 where a share is wanted.
  case shareOrPercent(String)
  /// A cell that is formatted as a percentage and says more than the whole.
  case percentAboveWhole(String, String)
  case below(String, bound: Text)
  case above(String, bound: Text)
  case notADate(String)
  case notAPlace(String)
  case unknownChoice(String, [Text])
  case noneHere(String)

  package var code: String {
    switch self {
    case .notAFigure, .notADate, .notAPlace: "not-a-value"
    case .otherUnit, .unknownUnit, .shareOrPercent, .percentAboveWhole: "wrong-unit"
    case .decimals: "too-many-decimals"
    case .tooLarge, .negative, .below, .above: "out-of-bounds"
    case .unknownChoice: "unknown-choice"
    case .noneHere: "none-here"
    }
  }

  package var message: Text {
    switch self {
    case .notAFigure(let text, let type):
      Text("`\(shown(text))` is not \(type.words.en)", zh: "`\(shown(text))` 不是\(type.words.zh)")
    case .otherUnit(let found, let wanted):
      Text(
        "this is \(found.words.en), where \(wanted.words.en) belongs", zh: "这是\(found.words.zh)，应为\(wanted.words.zh)")
    case .unknownUnit(let unit, let type):
      Text("`\(shown(unit))` is no unit of \(type.words.en)", zh: "`\(shown(unit))` 不是\(type.words.zh)的单位")
    case .decimals(let text, let type):
      Text(
        "`\(shown(text))` has more decimals than \(type.words.en) can have",
        zh: "`\(shown(text))` 的小数位多于\(type.words.zh)所容许")
    case .tooLarge(let text, _): Text("`\(shown(text))` is too large", zh: "`\(shown(text))` 过大")
    case .shareOrPercent(let text):
      Text(
        "`\(shown(text))` may be \(shown(text))% or \(shown(text)) times the whole",
        zh: "`\(shown(text))` 可指 \(shown(text))%，也可指 \(shown(text)) 倍")
    case .percentAboveWhole(let number, let percent):
      Text(
        "`\(shown(number))` may be \(shown(number))% or \(shown(percent))",
        zh: "`\(shown(number))` 可指 \(shown(number))%，也可指 \(shown(percent))")
    case .negative(let text): Text("`\(shown(text))` is below zero", zh: "`\(shown(text))` 小于零")
    case .below(let text, let bound):
      Text("`\(shown(text))` is below the least, \(bound.en)", zh: "`\(shown(text))` 低于下限 \(bound.zh)")
    case .above(let text, let bound):
      Text("`\(shown(text))` is above the most, \(bound.en)", zh: "`\(shown(text))` 高于上限 \(bound.zh)")
    case .notADate(let text): Text("`\(shown(text))` is not a date", zh: "`\(shown(text))` 不是日期")
    case .notAPlace(let text):
      Text("`\(shown(text))` is not a place, or not only one", zh: "`\(shown(text))` 不是地区，或不唯一")
    case .unknownChoice(let text, _): Text("`\(shown(text))` is not one of the choices", zh: "`\(shown(text))` 不在选项之中")
    case .noneHere(let name): Text("`\(shown(name))` cannot be none", zh: "`\(shown(name))` 不能为“无”")
    }
  }

  /// That only whole numbers are taken, and how a document has others.
  private static func whole(_ number: Substring) -> Text {
    // A step of nought would be none.
    let number = number.allSatisfy { $0 == "0" || $0 == "-" } ? "1" : number
    return Text(
      "write a whole number, such as \(number); to have decimals, the document writes its own figure with them, as "
        + "\(number).0 is written",
      zh: "请写整数，例如 \(number)；如需小数，请在文件中把原数写成小数，如 \(number).0 这样")
  }

  package var hint: Text? {
    switch self {
    case .decimals(let text, .number): ValueMistake.whole(text.prefix { $0 != "." })
    case .notAFigure(_, let type), .otherUnit(_, let type), .unknownUnit(_, let type), .decimals(_, let type),
      .tooLarge(_, let type):
      Text("write \(ValueText.sample(type).en)", zh: "例如 \(ValueText.sample(type).zh)")
    case .shareOrPercent(let text): Text("write \(shown(text))%", zh: "写作 \(shown(text))%")
    case .percentAboveWhole(let number, let percent):
      Text(
        "write \(number)%; if \(percent) is meant, leave the cell as it was and set it in the command: "
          + "`draft NAME from FILE.xlsx: … = \(percent)`",
        zh: "请写 \(number)%；如确为 \(percent)，请将单元格改回原值，在命令中写明：`草案 名称 从 文件.xlsx：… = \(percent)`")
    case .negative: Text("amounts and counts begin at 0", zh: "金额和数量从 0 开始")
    case .below, .above: Text("stay within the bounds that the document sets", zh: "请在文件规定的界限之内")
    case .notADate: Text("write 2024-06-30", zh: "写作 2024-06-30")
    case .notAPlace: Text("write a code such as 350112", zh: "请写代码，例如 350112")
    case .unknownChoice(let text, let choices):
      Text(
        (Nearest.question(for: text, among: choices.map(\.en)).map { $0.en + " " } ?? "") + "the choices are "
          + choices.map(\.en).joined(separator: ", "),
        zh: (Nearest.question(for: text, among: choices.map(\.zh))?.zh ?? "") + "可选："
          + choices.map(\.zh).joined(separator: "、"))
    case .noneHere: Text("write a value, or `default`", zh: "请写一个值，或“默认”")
    }
  }
}

/// Texts of values.
package enum ValueText {
  /// A text as a raw figure of a type.
  package static func read(_ text: String, as type: ValueType, places: Gazetteer) throws(ValueMistake) -> Int64 {
    let text = plain(text)
    switch type {
    case .date:
      guard let day = day(text) else { throw .notADate(text) }
      return Int64(day.number)
    case .place:
      guard case .found(let id) = places.resolve(text) else { throw .notAPlace(text) }
      return Int64(id)
    case .choice(let choices):
      guard let i = choices.firstIndex(of: text) else { throw .unknownChoice(text, choices.map { .same($0) }) }
      return Int64(i)
    default: return try figure(text, type)
    }
  }

  /// A day as people write one: 2022-12-31, 2022.12.31, 2022/3/1, 2022年3月1日, 20221231, full-width figures too; nil for
  /// what is none.
  package static func day(_ text: String) -> Day? {
    // A day in words has more bytes.
    var text = plain(text)
    guard text.utf8.count <= 48 else { return nil }
    if text.contains("年") { text = ChineseNumeral.allPlain(text) }
    guard text.utf8.count <= 24 else { return nil }
    if text.utf8.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return Day("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"[...])
    }
    let isDotted = text.utf8.count { $0 == 0x2E } == 2 && !text.contains("-")
    return Day((isDotted ? text.replacing(".", with: "-") : text)[...], loose: true)
  }

  /// The index of a choice. `yes` and `no` may also come as 是, 否, true and false.
  package static func choice(_ text: String, of choices: [Text]) throws(ValueMistake) -> Int {
    let names = choices.map(\.en)
    let text = plain(text)
    if let i = names.firstIndex(of: text) ?? names.firstIndex(of: text.lowercased()) { return i }
    let word: String? =
      switch text.lowercased() {
      case "true", "yes", "是": "yes"
      case "false", "no", "否": "no"
      default: nil
      }
    if let word, let i = names.firstIndex(of: word) ?? names.firstIndex(of: word == "yes" ? "true" : "false") {
      return i
    }
    throw .unknownChoice(text, choices)
  }

  private static func figure(_ text: String, _ type: ValueType) throws(ValueMistake) -> Int64 {
    guard text.utf8.count <= 120 else { throw .notAFigure(text, type) }
    if text.hasPrefix("-") { throw .negative(text) }
    if let plain = ChineseNumeral.plain(text) { return try figure(plain, type) }
    if let sign = text.first, "￥¥".contains(sign) {
      guard type == .money || type.isRate else { throw .otherUnit(found: .money, wanted: type) }
      return try figure(String(text.dropFirst().drop { $0 == " " }), type)
    }
    let number = text.prefix { ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "," }
    guard !number.isEmpty else { throw .notAFigure(text, type) }
    var rest = text.dropFirst(number.count).drop { $0 == " " }
    var exponent = 0
    while let mark = rest.first, mark == "万" || mark == "亿" {
      exponent += mark == "万" ? 4 : 8
      rest = rest.dropFirst().drop { $0 == " " }
    }
    if exponent == 0 {
      let word = rest.lowercased()
      // `300k`, `3 million yuan`, `3百万元`; of money m means million, elsewhere it means nothing.
      let scale =
        (type == .money && (word == "m" || word.hasPrefix("m ")) ? ("m", 6) : nil)
        ?? UnitWord.scales.first { word.hasPrefix($0) }.flatMap { name in UnitWord.scale(of: name).map { (name, $0) } }
      if let scale {
        exponent = scale.1
        rest = rest.dropFirst(scale.0.count).drop { $0 == " " }
      }
    }
    let unit = rest.lowercased()
    var factor: Int64 = 1
    if !unit.isEmpty {
      if type.isCalled(unit) { return try scaled(number, exponent, type, text) }
      guard let (found, multiplier) = UnitWord.type(of: unit) else {
        // A rule may count in a word of its own (`points`), which only a count can bear.
        guard type == .number, unit.allSatisfy({ $0.isLetter }) else { throw .unknownUnit(String(rest), type) }
        return try scaled(number, exponent, type, text)
      }
      let fits = found == type || type.isRate(of: found)
      guard fits else { throw .otherUnit(found: found, wanted: type) }
      factor = multiplier
    }
    if type == .share, unit.isEmpty {
      // A bare figure up to 1 is a share of one (0.5 is half); what a larger one means nobody can tell.
      guard let parts = Decimals.parse(number, scale: 8, commas: true) else { throw .decimals(text, type) }
      guard exponent == 0, parts <= Share.unit else { throw .shareOrPercent(text) }
      return parts
    }
    let raw = try scaled(number, exponent, type, text)
    let (product, overflow) = raw.multipliedReportingOverflow(by: factor)
    if overflow || product > limit(type) { throw .tooLarge(text, type) }
    return product
  }

  private static func scaled(
    _ number: Substring, _ exponent: Int, _ type: ValueType, _ text: String
  ) throws(ValueMistake) -> Int64 {
    let scale = scale(type)
    guard let digits = shifted(number, exponent) else { throw .notAFigure(text, type) }
    guard let raw = Decimals.parse(digits[...], scale: scale) else {
      let decimals = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.utf8.count ?? 0
      if decimals > scale { throw .decimals(text, type) }
      throw .tooLarge(text, type)
    }
    if raw > limit(type) { throw .tooLarge(text, type) }
    // A currency without smaller coins is written in whole ones.
    if raw % type.step != 0 { throw .decimals(text, type) }
    return raw
  }

  /// The number's plain digits, multiplied by ten to the exponent; nil when it is no number.
  private static func shifted(_ number: Substring, _ exponent: Int) -> String? {
    var whole = ""
    var fraction = ""
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let head = parts.first, !head.isEmpty, exponent <= 24 else { return nil }
    let groups = head.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }), !groups[0].isEmpty,
      groups.count == 1 || groups[0].utf8.count <= 3
    else { return nil }
    whole = groups.joined()
    if parts.count == 2 {
      guard !parts[1].isEmpty, !parts[1].contains(",") else { return nil }
      fraction = String(parts[1])
    }
    for _ in 0..<exponent { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  /// How many decimals a raw figure of a type holds.
  private static func scale(_ type: ValueType) -> Int {
    switch type {
    case .money, .amount, .rate: 2
    case .share: 6
    case .decimal: 8
    default: 0
    }
  }

  private static func limit(_ type: ValueType) -> Int64 {
    switch type {
    case .money, .amount, .rate: Money.limit.fen
    case .share: 100_000 * Share.unit
    case .decimal: 1_000_000_000 * Share.unit
    case .months: 12_000
    default: 1_000_000_000
    }
  }

  /// Full-width digits and signs made plain, spaces around dropped.
  package static func plain(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 == 0x20 || $0 == 0x09 }) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value >= 0xFF01, scalar.value <= 0xFF5E, let plain = Unicode.Scalar(scalar.value - 0xFEE0) {
        out.append(plain)
      } else {
        out.append(scalar.value == 0x3000 || scalar == "\t" ? " " : scalar)
      }
    }
    var text = String(out)[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  // MARK: Texts

  /// A raw figure for people: `300 yuan`, `50%`, `6 months`, `2022-01-28`.
  package static func text(_ raw: Int64, _ type: ValueType, places: Gazetteer? = nil) -> Text {
    switch type {
    case .money: Text(Money(fen: raw).grouped + " yuan", zh: Money(fen: raw).grouped + " 元")
    case .rate(let rate):
      Text(Money(fen: raw).grouped + rate.written.en, zh: Money(fen: raw).grouped + rate.written.zh)
    case .amount(let currency):
      Text(Money(fen: raw).grouped + " " + currency.word, zh: Money(fen: raw).grouped + " " + currency.chinese)
    case .decimal: .same(Decimals.grouped(Decimals.text(raw, scale: 8, keep: 0)))
    case .share: .same(Share(parts: raw).text)
    case .months: Text("\(raw) month" + (raw == 1 ? "" : "s"), zh: "\(raw) 个月")
    case .days: Text("\(raw) day" + (raw == 1 ? "" : "s"), zh: "\(raw) 天")
    case .date: .same(Int32(exactly: raw).map { Day(number: $0).text } ?? String(raw))
    case .choice(let names):
      .same(Int(exactly: raw).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? String(raw))
    case .place:
      .same(
        Int(exactly: raw).flatMap { id in places.map { $0.codes.indices.contains(id) ? $0.codes[id].text : "?" } }
          ?? "?")
    default: .same(Decimals.grouped(String(raw)))
    }
  }

  /// A figure that a parameter stands at, in Chinese with the word that counts it: 100人.
  package static func text(_ raw: Int64, of parameter: Parameter, places: Gazetteer? = nil) -> Text {
    if parameter.isYear(raw) { return .same(String(raw)) }
    let plain = text(raw, parameter.type, places: places)
    let word = parameter.countingWord
    return word.isEmpty ? plain : Text(plain.en, zh: "\(plain.zh) \(word)")
  }

  /// A raw figure as it may be typed again.
  package static func typed(_ raw: Int64, _ type: ValueType, places: Gazetteer? = nil) -> String {
    text(raw, type, places: places).en
  }

  /// A value of a type as it might be written.
  package static func sample(_ type: ValueType) -> Text {
    switch type {
    case .money: Text("400 yuan", zh: "400元")
    case .rate(let rate): Text("1,800" + rate.written.en, zh: "1800" + rate.written.zh)
    case .amount(let currency): Text("400 " + currency.word, zh: "400 " + currency.chinese)
    case .decimal: .same("1.5")
    case .share: .same("50%")
    case .months: Text("6 months", zh: "6个月")
    case .days: Text("30 days", zh: "30天")
    case .date: .same("2024-06-30")
    case .place: .same("350112")
    default: .same("80")
    }
  }
}
