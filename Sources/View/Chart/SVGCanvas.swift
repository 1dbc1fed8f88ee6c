// What an SVG picture is put together from: escaped text, numbers without exponents, shapes with classes. Colours are
// CSS variables, so that a picture within a page follows the page; one on its own brings their values along.

import Diagnostics

/// Text within HTML and SVG.
enum Markup {
  /// Data as it reads: nothing in it is taken for markup, and nothing acts on the display.
  static func escaped(_ text: String, keepLines: Bool = false) -> String {
    let shown = Visible.text(text, keepLines: keepLines, keepTabs: keepLines)
    guard shown.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0x27 }) else {
      return shown
    }
    var out = ""
    out.reserveCapacity(shown.utf8.count + 16)
    for scalar in shown.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// An id as a link writes it.
  static func fragment(_ id: String) -> String {
    var out = ""
    for byte in id.utf8 {
      if byte < 0x80, byte > 0x20, byte != 0x25, byte != 0x22, byte != 0x26, byte != 0x3C, byte != 0x3E, byte != 0x27 {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        out += (byte < 16 ? "%0" : "%") + digits
      }
    }
    return out
  }

  /// A coordinate with one decimal.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let size = abs(tenths)
    return sign + String(size / 10) + (size % 10 == 0 ? "" : "." + String(size % 10))
  }
}

/// A picture as it grows.
struct SVGCanvas {
  enum Anchor: String {
    case start
    case middle
    case end
  }

  private(set) var body = ""
  let columns = DisplayWidth(ambiguousWide: false)
  /// The room that a text takes, estimated: a column of a text of twelve pixels.
  static let columnWidth = 6.7

  func width(of text: String) -> Double { Double(columns.of(text)) * SVGCanvas.columnWidth }

  /// A text cut to a width, visibly.
  func cut(_ text: String, to width: Double) -> String {
    columns.shortened(Visible.text(text), to: max(Int(width / SVGCanvas.columnWidth), 1), ellipsis: "…")
  }

  mutating func text(_ x: Double, _ y: Double, _ text: String, _ anchor: Anchor = .start, _ style: String = "label") {
    let at = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    body += "<text class=\"\(style)\" x=\"\(Markup.number(x))\" y=\"\(Markup.number(y))\"\(at)>"
    body += "\(Markup.escaped(text))</text>\n"
  }

  /// A rectangle; what it stands for is told when one points at it.
  mutating func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, _ told: String) {
    body += "<rect class=\"\(style)\" x=\"\(Markup.number(x))\" y=\"\(Markup.number(y))\" "
    body += "width=\"\(Markup.number(max(width, 0)))\" height=\"\(Markup.number(max(height, 0)))\">"
    body += "<title>\(Markup.escaped(told))</title></rect>\n"
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    body += "<line class=\"\(style)\" x1=\"\(Markup.number(x1))\" y1=\"\(Markup.number(y1))\" "
    body += "x2=\"\(Markup.number(x2))\" y2=\"\(Markup.number(y2))\"/>\n"
  }

  mutating func path(_ points: [(x: Double, y: Double)], _ style: String) {
    guard points.count > 1 else { return }
    let list = points.map { Markup.number($0.x) + "," + Markup.number($0.y) }.joined(separator: " ")
    body += "<polyline class=\"\(style)\" points=\"\(list)\"/>\n"
  }

  mutating func dot(_ x: Double, _ y: Double, _ style: String, _ told: String) {
    body += "<circle class=\"\(style)\" cx=\"\(Markup.number(x))\" cy=\"\(Markup.number(y))\" r=\"3\">"
    body += "<title>\(Markup.escaped(told))</title></circle>\n"
  }
}

/// Round figures along an axis.
struct AxisTicks {
  let from: Double
  let to: Double
  let values: [Double]

  /// About `count` round steps that cover a range; `whole` keeps them at whole numbers.
  init(_ least: Double, _ most: Double, count: Int, whole: Bool) {
    var (low, high) = (min(least, most), max(least, most))
    if !(high - low).isFinite { (low, high) = (0, 1) }
    if high == low { high = low + max(abs(low) * 0.1, 1) }
    let rough = (high - low) / Double(max(count, 1))
    var power = 1.0
    while power * 10 <= rough, power < 1e300 { power *= 10 }
    while power > rough, power > 1e-300 { power /= 10 }
    var step = power
    for factor in [1.0, 2, 5, 10] where power * factor >= rough {
      step = power * factor
      break
    }
    if whole { step = max(step.rounded(.up), 1) }
    let first = (low / step).rounded(.down) * step
    let last = (high / step).rounded(.up) * step
    var values: [Double] = []
    var n = 0.0
    while first + n * step <= last + step / 2, values.count <= 50 {
      values.append(first + n * step)
      n += 1
    }
    self.values = values
    from = values.first ?? low
    to = values.last ?? high
  }

  /// Where a figure lies between two ends of an axis in pixels.
  func location(_ value: Double, _ start: Double, _ end: Double) -> Double {
    guard value.isFinite, to > from else { return start }
    return start + (end - start) * min(max((value - from) / (to - from), 0), 1)
  }
}
