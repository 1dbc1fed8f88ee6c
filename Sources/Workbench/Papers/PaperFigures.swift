// Figures as papers write them: amounts in cells and in sentences, with their units. Knows nothing of which figure a
// paper ought to have.

import Diagnostics

/// An amount or a number as it is written.
struct PaperFigure: Hashable {
  /// Hundredths of what stands there: fen, where it is yuan.
  let hundredths: Int64
  /// How far it may be off for being written in tens of thousands: half of its last digit, in hundredths.
  let tolerance: Int64

  /// Whether two ways of writing may be of one figure.
  func agrees(with other: Int64) -> Bool { (hundredths &- other).magnitude <= UInt64(tolerance) }

  /// A cell that is nothing but a figure: `1,234.50`, `-6,300.00`, `+12,000.00`, `14.39万`; nil for anything else.
  /// - Parameter factor: 10,000 where the head says that figures are in tens of thousands.
  init?(cell: String, factor: Int64 = 1) {
    var text = cell[...]
    if text.hasPrefix("≤") { text = text.dropFirst() }
    while text.first == " " { text = text.dropFirst() }
    var factor = factor
    if text.hasSuffix("万") {
      factor = 10_000
      text = text.dropLast()
    }
    guard let found = PaperFigure.read(&text, factor), text.isEmpty else { return nil }
    self = found
  }

  private init(_ hundredths: Int64, tolerance: Int64) { (self.hundredths, self.tolerance) = (hundredths, tolerance) }

  /// Every number that stands in a text, as it stands and with its unit of tens of thousands.
  static func all(in text: String, factor: Int64) -> [PaperFigure] {
    var out: [PaperFigure] = []
    var rest = text[...]
    while let c = rest.first {
      let start = rest
      guard c.isASCII, c.isNumber else {
        rest = rest.dropFirst()
        continue
      }
      var again = start
      // Of more than two decimals only tens of thousands can be.
      if let figure = read(&rest, 1) {
        out.append(figure)
      } else if read(&rest, 10_000) == nil {
        skip(&rest)
        continue
      }
      if let scaled = read(&again, rest.hasPrefix("万") ? 10_000 : factor) { out.append(scaled) }
    }
    return out
  }

  /// Takes a figure from the beginning of a text; nil where there is none that can be held.
  private static func read(_ text: inout Substring, _ factor: Int64) -> PaperFigure? {
    var rest = text
    var isNegative = false
    if let sign = rest.first, "+-−".contains(sign) {
      isNegative = sign != "+"
      rest = rest.dropFirst()
    }
    var value: Int64 = 0
    var places: Int?
    var digits = 0
    while let c = rest.first {
      if let digit = c.wholeNumberValue, c.isASCII {
        let (times, high) = value.multipliedReportingOverflow(by: 10)
        let (sum, over) = times.addingReportingOverflow(Int64(digit))
        guard !high, !over else { return nil }
        value = sum
        digits += 1
        if let known = places { places = known + 1 }
      } else if c == ".", places == nil, rest.dropFirst().first?.isNumber == true {
        places = 0
      } else if c == "," || c == "，", places == nil, rest.dropFirst().first?.isNumber == true, digits > 0 {
        // A separator of thousands.
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard digits > 0, let scaled = scaled(value, places ?? 0, factor) else { return nil }
    text = rest
    return PaperFigure(isNegative ? -scaled.value : scaled.value, tolerance: scaled.tolerance)
  }

  /// Leaves out a figure that cannot be held: no part of it is one.
  private static func skip(_ text: inout Substring) {
    repeat {
      text = text.dropFirst()
    } while text.first.map { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") } ?? false
  }

  /// A figure with so many decimals in hundredths of its unit; nil where it cannot be held.
  private static func scaled(_ value: Int64, _ places: Int, _ factor: Int64) -> (value: Int64, tolerance: Int64)? {
    var scale = 100 * factor
    for _ in 0..<places {
      guard scale % 10 == 0 else { return nil }
      scale /= 10
    }
    let (whole, over) = value.multipliedReportingOverflow(by: scale)
    return over ? nil : (whole, factor > 1 ? scale / 2 : 0)
  }

  // MARK: In sentences

  /// An amount of money in a sentence, with what stands before it since the last one.
  struct Said {
    let figure: PaperFigure
    let before: String
    let text: String
    /// Whether it is written in the capitals of finance: 捌拾陆万元整.
    var isInCapitals = false
  }

  /// Behind an amount, each with what it multiplies it by.
  private static let units: [(word: String, factor: Int64)] = [
    ("万元", 10_000), ("元", 1), ("ten thousand yuan", 10_000), ("× 10,000 yuan", 10_000), ("yuan", 1),
  ]

  /// Stands for an amount that cannot be held: it is that of no form.
  private static let beyond = PaperFigure(.max, tolerance: 0)

  /// The amounts of money in a sentence. A sentence ends at a full stop, and so does what stands before.
  static func said(in sentence: String) -> [Said] {
    var out: [Said] = []
    var before = ""
    var rest = sentence[...]
    while let c = rest.first {
      if let capitals = CapitalSum(rest) {
        out.append(
          Said(
            figure: PaperFigure(capitals.fen, tolerance: capitals.tolerance), before: before, text: capitals.text,
            isInCapitals: true))
        rest = rest.dropFirst(capitals.text.count)
        before = ""
        continue
      }
      guard c.isASCII, c.isNumber else {
        // A stop between digits is part of a figure and does not come here.
        if "。；;".contains(c) || (c == "." && rest.dropFirst().first == " ") { before = "" } else { before.append(c) }
        rest = rest.dropFirst()
        continue
      }
      let start = rest
      if read(&rest, 1) == nil, read(&rest, 10_000) == nil { skip(&rest) }
      let digits = start[..<rest.startIndex]
      var behind = rest
      while behind.first == " " || behind.first == "*" { behind = behind.dropFirst() }
      if let unit = units.first(where: { behind.hasPrefix($0.word) }) {
        var text = digits
        let figure = read(&text, unit.factor) ?? beyond
        let sign = before.last == "-" || before.last == "−"
        out.append(
          Said(
            figure: sign ? PaperFigure(-figure.hundredths, tolerance: figure.tolerance) : figure, before: before,
            text: digits + " " + unit.word))
        rest = behind.dropFirst(unit.word.count)
        before = ""
      } else {
        before += digits
      }
    }
    return out
  }
}
