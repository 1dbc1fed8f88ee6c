// Bytes of a sheet's XML: cells with text, numbers and formulas. A text is never taken for a formula, whatever it
// begins with. Knows nothing of archives.

/// A value in a cell.
package enum CellValue: Sendable, Hashable {
  case empty
  /// Text as it is, also where it begins with `=` or `+`.
  case text(String)
  /// The text of a decimal number, such as `-1234.50`.
  case number(String)
  /// A formula without the sign before it, and the number it comes to.
  case formula(String, String)
}

/// A row's bytes.
struct SheetXML {
  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  /// A cell holds no more characters.
  static let longest = 32_767

  var bytes: [UInt8] = []

  mutating func add(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func add(number: Int) {
    if number < 10 {
      bytes.append(0x30 + UInt8(number))
    } else {
      bytes.append(contentsOf: String(number).utf8)
    }
  }

  /// - Parameter letters: the column's.
  mutating func add(_ value: CellValue, style: Int, _ letters: [UInt8], row: Int) {
    switch value {
    case .empty:
      guard style > 0 else { return }
      begin(letters, row, style)
      add("/>")
    case .text(let text):
      begin(letters, row, style)
      add(" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
      add(text: text)
      add("</t></is></c>")
    case .number(let text):
      begin(letters, row, style)
      add("><v>")
      bytes.append(contentsOf: text.utf8)
      add("</v></c>")
    case .formula(let formula, let text):
      begin(letters, row, style)
      add("><f>")
      add(text: formula)
      add("</f><v>")
      bytes.append(contentsOf: text.utf8)
      add("</v></c>")
    }
  }

  private mutating func begin(_ letters: [UInt8], _ row: Int, _ style: Int) {
    add("<c r=\"")
    bytes.append(contentsOf: letters)
    add(number: row)
    add("\"")
    guard style > 0 else { return }
    add(" s=\"")
    add(number: style)
    add("\"")
  }

  /// A text as XML holds it; of one that is longer than a cell the beginning.
  mutating func add(text: String) {
    var text = text
    if text.utf8.count > SheetXML.longest, text.utf16.count > SheetXML.longest { text = SheetXML.beginning(of: text) }
    text.withUTF8 { raw in
      // Most texts have nothing in them that XML writes otherwise.
      if raw.allSatisfy({
        $0 >= 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E && $0 != 0x5F && $0 != 0x22
      })
        || raw.isEmpty
      {
        bytes.append(contentsOf: raw)
      } else {
        addRare(raw)
      }
    }
  }

  private mutating func addRare(_ raw: UnsafeBufferPointer<UInt8>) {
    for (i, byte) in raw.enumerated() {
      switch byte {
      case 0x26: add("&amp;")
      case 0x3C: add("&lt;")
      case 0x3E: add("&gt;")
      case 0x22: add("&quot;")
      case 0x09, 0x0A: bytes.append(byte)
      case 0x0D: add("_x000D_")
      case 0x00..<0x20, 0x7F:
        // What XML cannot hold, as workbooks write it.
        let digits = String(byte, radix: 16, uppercase: true)
        bytes.append(contentsOf: "_x00\(digits.utf8.count < 2 ? "0" : "")\(digits)_".utf8)
      case 0x5F:
        // What looks like such a writing is none.
        if SheetXML.isEscape(raw, i) { add("_x005F_") } else { bytes.append(byte) }
      case 0xEF where i + 2 < raw.count && raw[i + 1] == 0xBF && raw[i + 2] >= 0xBE:
        // U+FFFE and U+FFFF are no characters of XML: U+FFFD instead, whose last byte follows.
        bytes.append(byte)
      default:
        let isLast = i >= 2 && raw[i - 2] == 0xEF && raw[i - 1] == 0xBF && byte >= 0xBE
        bytes.append(isLast ? 0xBD : byte)
      }
    }
  }

  private static func isEscape(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at + 6 < raw.count, raw[at + 1] == 0x78, raw[at + 6] == 0x5F else { return false }
    return raw[(at + 2)..<(at + 6)].allSatisfy {
      $0 &- 0x30 <= 9 || ($0 | 0x20) &- 0x61 <= 5
    }
  }

  private static func beginning(of text: String) -> String {
    var out = ""
    var count = 0
    for character in text {
      count += character.utf16.count
      if count >= longest { break }
      out.append(character)
    }
    return out + "…"
  }

  /// A text for an attribute.
  static func escaped(_ text: String) -> String {
    var out = SheetXML()
    out.add(text: text)
    return String(decoding: out.bytes, as: UTF8.self)
  }
}
