// Figures for prose: `edge.total`, `r1.total - r2.total as 万元`, `edge.agency_reward.payments`. A name leads to what the
// cell answered for programs; each further part to a field, or to the entry of a list that has it as its name or
// number. Amounts stay whole fen; nothing here is rounded but what is divided.
//
//   expression = term { ( "+" | "-" ) term } [ "/" term ] [ "as" unit [ DECIMALS ] ]
//   term       = NAME { "." FIELD } | AMOUNT

import Commands
import Diagnostics
import PolicyLanguage
import Reckoning
import Sessions
import View

enum ValueExpression {
  enum Value {
    case money(Int64)
    case count(Int64)
    /// Hundred-millionths.
    case share(Int64)
    case text(String)
  }

  /// The figure as it stands in prose.
  static func text(_ expression: String, _ run: NotebookRun, before cells: Int) throws(NotebookMistake) -> String {
    let spaced = ValueText.plain(expression).replacing("/", with: " / ")
    var words = spaced.split(whereSeparator: \.isWhitespace).map(String.init)
    guard !words.isEmpty, words.count <= 60 else { throw .badExpression(String(expression.prefix(80))) }
    var unit: String?
    var decimals: Int?
    if let at = words.lastIndex(where: { $0 == "as" || $0 == "以" }), at > 0 {
      let tail = Array(words[(at + 1)...])
      guard let first = tail.first, tail.count <= 2 else { throw .badExpression(expression) }
      unit = first
      if tail.count == 2 {
        guard let count = Int(tail[1]), (0...8).contains(count) else { throw .badExpression(expression) }
        decimals = count
      }
      words = Array(words[..<at])
    }
    let value = try reckon(words, expression, run, cells)
    if decimals == nil, unit.map({ !ValueExpression.scaled.contains($0) }) ?? true, case .money(let fen) = value,
      run.decimals == 0, fen % 100 == 0
    {
      decimals = 0
    }
    return try shown(value, unit, decimals, run.language, expression)
  }

  /// Units of which an amount is a fraction.
  private static let scaled: Set<String> = ["万", "万元", "亿", "亿元", "million"]

  private static func reckon(_ words: [String], _ whole: String, _ run: NotebookRun, _ cells: Int)
    throws(NotebookMistake) -> Value
  {
    if let slash = words.lastIndex(of: "/") {
      let above = try reckon(Array(words[..<slash]), whole, run, cells)
      let divisor = Array(words[(slash + 1)...])
      let below = try reckon(divisor, whole, run, cells)
      if case .money(let fen) = above, let parts = number(divisor, below), parts != 0 {
        guard let each = Int64(exactly: rounded(Int128(fen) * 100, Int128(parts))) else { throw .badExpression(whole) }
        return .money(each)
      }
      guard let (a, b) = pair(above, below), b != 0 else { throw .badExpression(whole) }
      let (scaled, overflow) = Int128(a).multipliedReportingOverflow(by: Int128(Share.unit))
      guard !overflow, let share = Int64(exactly: rounded(scaled, Int128(b))) else { throw .badExpression(whole) }
      return .share(share)
    }
    guard let first = words.first else { throw .badExpression(whole) }
    // An amount may be written with its unit: 250,000 yuan.
    var terms: [(sign: Int64, text: String)] = [(1, first)]
    var isOpen = false
    for word in words.dropFirst() {
      switch word {
      case "+", "-", "−":
        guard !isOpen else { throw .badExpression(whole) }
        terms.append((word == "+" ? 1 : -1, ""))
        isOpen = true
      default:
        terms[terms.count - 1].text += (isOpen || terms[terms.count - 1].text.isEmpty ? "" : " ") + word
        isOpen = false
      }
    }
    guard !isOpen else { throw .badExpression(whole) }
    var total = try term(terms[0].text, run, cells)
    for (sign, text) in terms.dropFirst() {
      let next = try term(text, run, cells)
      guard let (a, b) = pair(total, next) else { throw .notAmount(text) }
      let (sum, overflow) = sign > 0 ? a.addingReportingOverflow(b) : a.subtractingReportingOverflow(b)
      guard !overflow else { throw .badExpression(whole) }
      if case .money = total { total = .money(sum) } else { total = .count(sum) }
    }
    return total
  }

  /// In hundredths, by what an amount is divided into amounts: a count, or a number without a unit; nil of an amount.
  private static func number(_ words: [String], _ value: Value) -> Int64? {
    switch value {
    case .count(let count): count.multipliedReportingOverflow(by: 100).overflow ? nil : count * 100
    case .money(let fen):
      words.count == 1 && words[0].allSatisfy { $0.isASCII && ($0.isNumber || ".,".contains($0)) } ? fen : nil
    case .share, .text: nil
    }
  }

  /// Two figures of one unit.
  private static func pair(_ a: Value, _ b: Value) -> (Int64, Int64)? {
    switch (a, b) {
    case (.money(let a), .money(let b)), (.count(let a), .count(let b)): (a, b)
    default: nil
    }
  }

  // MARK: Terms

  private static func term(_ text: String, _ run: NotebookRun, _ cells: Int) throws(NotebookMistake) -> Value {
    if let value = run.parameter(text) {
      if let fen = try? ValueText.read(value, as: .money, places: Library.noPlaces), value.contains("yuan") {
        return .money(fen)
      }
      if let count = try? ValueText.read(value, as: .number, places: Library.noPlaces) { return .count(count) }
      return .text(value)
    }
    if text.utf8.first.map({ (0x30...0x39).contains($0) }) == true {
      guard let fen = try? ValueText.read(text, as: .money, places: Library.noPlaces) else {
        throw .badExpression(text)
      }
      return .money(fen)
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first, !name.isEmpty else { throw .badExpression(text) }
    guard var object = run.object(named: name, before: cells) else {
      throw .unknownResult(name, nearest: Nearest.names(to: name, among: run.knownNames))
    }
    var path = name
    var rest = parts.dropFirst()
    while !rest.isEmpty {
      // A measure's whole name holds dots of its own: the longest that fits is taken.
      var found: JSONValue?
      var taken = rest.count
      while taken > 0, found == nil {
        found = member(rest.prefix(taken).joined(separator: "."), of: object)
        if found == nil { taken -= 1 }
      }
      guard let found else {
        let field = rest.first ?? ""
        throw .unknownField(path, field, nearest: Nearest.names(to: field, among: fields(of: object)))
      }
      path += "." + rest.prefix(taken).joined(separator: ".")
      object = found
      rest = rest.dropFirst(taken)
    }
    switch object {
    case .int(let value): return .count(value)
    case .string(let text): return money(text).map { .money($0) } ?? .text(text)
    case .bool(let value): return .text(value ? "true" : "false")
    case .number(let text): return .text(text)
    case .object, .array:
      // A budget or one of its measures stands for its total.
      if case .string(let text)? = member("total", of: object), let fen = money(text) { return .money(fen) }
      throw .unknownField(path, "", nearest: fields(of: object))
    case .null: return .text("–")
    }
  }

  /// Amounts are texts of yuan with two decimals.
  private static func money(_ text: String) -> Int64? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard digits.utf8.count >= 4, digits.suffix(3).first == ".",
      digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
    else { return nil }
    return Decimals.parse(digits, scale: 2).map { text.hasPrefix("-") ? -$0 : $0 }
  }

  private static let names = ["measure", "beneficiary", "group", "id", "name", "value", "document", "programme"]

  private static func member(_ field: String, of value: JSONValue) -> JSONValue? {
    switch value {
    case .object:
      if let found = value[chinese[field] ?? field] { return found }
      // What an object mainly holds may be named by its entry alone: edge.agency_reward.
      for key in ["measures", "groups", "columns", "points", "comparison"] {
        if let list = value[key], let found = member(field, of: list) { return found }
      }
      return nil
    case .array(let entries):
      if let number = Int(field), number >= 1, number <= entries.count { return entries[number - 1] }
      return entries.first { entry in
        names.contains { name in
          guard let value = entry[name] else { return false }
          switch value {
          case .string(let text): return text == field || text.hasSuffix("." + field)
          case .array(let parts): return parts.count == 1 && parts[0] == .string(field)
          default: return false
          }
        }
      }
    default: return nil
    }
  }

  private static let chinese = [
    "合计": "total", "应付": "due", "待付": "pending", "未到期": "pending", "让出": "displaced", "超额": "over_quota",
    "超出限额": "over_cap", "追回": "recovered", "低于零": "below_nought",
    "笔数": "payments", "对象数": "beneficiaries",
  ]

  private static func fields(of value: JSONValue) -> [String] {
    switch value {
    case .object(let members): members.map(\.key)
    case .array(let entries): entries.compactMap { if case .string(let text)? = $0["measure"] { text } else { nil } }
    default: []
    }
  }

  // MARK: Texts

  private static func shown(
    _ value: Value, _ unit: String?, _ decimals: Int?, _ language: Language, _ whole: String
  ) throws(NotebookMistake) -> String {
    switch value {
    case .money(let fen):
      switch unit {
      case nil: return decimal(fen, 2, decimals ?? 2)
      case "元"?: return decimal(fen, 2, decimals ?? 2) + " 元"
      case "yuan"?: return decimal(fen, 2, decimals ?? 2) + " yuan"
      case "万"?, "万元"?: return decimal(fen, 6, decimals) + (language == .zh || unit == "万元" ? " 万元" : "万")
      case "亿"?, "亿元"?: return decimal(fen, 10, decimals) + " 亿元"
      case "million"?: return decimal(fen, 8, decimals) + " million"
      // A difference: which way it goes is said before its size.
      case "增减"?:
        let size = decimal(Int64(clamping: fen.magnitude), 2, decimals ?? 2)
        return fen == 0 ? "没有增减" : (fen > 0 ? "增加 " : "减少 ") + size + " 元"
      case "rise"?:
        let size = decimal(Int64(clamping: fen.magnitude), 2, decimals ?? 2)
        return fen == 0 ? "stays the same" : (fen > 0 ? "rises by " : "falls by ") + size + " yuan"
      default: throw .badExpression(whole)
      }
    case .count(let count):
      let figure = Figures.integer(count)
      switch unit {
      case nil: return figure
      case "人"?, "名"?, "笔"?, "家"?, "个"?: return figure + " " + (unit ?? "")
      case "persons"?, "payments"?: return figure + " " + (unit ?? "")
      default: throw .badExpression(whole)
      }
    case .share(let parts):
      guard unit == nil || unit == "%" else { throw .badExpression(whole) }
      return decimal(parts, 6, decimals ?? 1) + "%"
    case .text(let text):
      guard unit == nil else { throw .badExpression(whole) }
      return text
    }
  }

  /// A whole figure of so many decimals with as many as are wanted, half up; all that are not zero, at least two, where
  /// none
  /// are named.
  private static func decimal(_ raw: Int64, _ scale: Int, _ wanted: Int?) -> String {
    var power: Int128 = 1
    for _ in 0..<scale { power *= 10 }
    var size = Int128(raw.magnitude)
    var kept = scale
    if let wanted, wanted < scale {
      var cut: Int128 = 1
      for _ in 0..<(scale - wanted) { cut *= 10 }
      size = rounded(size, cut)
      power /= cut
      kept = wanted
    }
    let whole = Figures.integer(Int64(clamping: size / power))
    var fraction = String(size % power)
    fraction = kept == 0 ? "" : String(repeating: "0", count: max(kept - fraction.utf8.count, 0)) + fraction
    if wanted == nil { while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction.removeLast() } }
    return (raw < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }

  private static func rounded(_ a: Int128, _ b: Int128) -> Int128 {
    let isNegative = (a < 0) != (b < 0)
    let (x, y) = (a.magnitude, b.magnitude)
    let (quotient, overflow) = Int128(exactly: (x + y / 2) / y).map { ($0, false) } ?? (0, true)
    if overflow { return 0 }
    return isNegative ? -quotient : quotient
  }
}
