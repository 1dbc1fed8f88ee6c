// How many columns a text takes in a terminal: East Asian wide characters two, combining marks none, emoji two.
// The wide ranges follow the Unicode annex on East Asian width; which characters are emoji or combine comes from
// the standard library's Unicode tables. Knows nothing of particular terminals.

/// Counting terminal columns.
public struct DisplayWidth: Sendable, Hashable {
  /// Whether characters that are wide in East Asian fonts and narrow elsewhere (Greek, quotation marks, box
  /// drawing) take two columns.
  public let ambiguousWide: Bool

  /// A way of counting.
  public init(ambiguousWide: Bool = false) {
    self.ambiguousWide = ambiguousWide
  }

  /// The columns of a text. Control characters count nothing: show a text with `Visible.text` first.
  public func of(_ text: String) -> Int {
    // Names and figures are mostly plain ASCII, where bytes and columns are the same.
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    return isPlain ? text.utf8.count : of(text.unicodeScalars[...])
  }

  /// The columns of a part of a text.
  public func of(_ text: Substring) -> Int { of(text.unicodeScalars) }

  /// The columns of one character with its accents.
  public func of(_ character: Character) -> Int {
    if let byte = character.asciiValue { return byte >= 0x20 && byte < 0x7F ? 1 : 0 }
    return of(character.unicodeScalars[...])
  }

  func of(_ scalars: Substring.UnicodeScalarView) -> Int {
    var columns = 0
    var cluster = Cluster()
    for scalar in scalars { columns += cluster.columns(addedBy: scalar, self) }
    return columns
  }

  func of(_ scalars: String.UnicodeScalarView.SubSequence, upTo limit: Int) -> Int {
    var columns = 0
    var cluster = Cluster()
    for scalar in scalars {
      columns += cluster.columns(addedBy: scalar, self)
      if columns > limit { return columns }
    }
    return columns
  }

  /// Whether a text fits; stops counting once it does not.
  public func fits(_ text: String, in columns: Int) -> Bool { of(text.unicodeScalars[...], upTo: columns) <= columns }

  /// The longest beginning of whole characters that fits, and its columns.
  public func prefix(of text: Substring, fitting columns: Int) -> (text: Substring, columns: Int) {
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      let width = of(text[end])
      if used + width > columns { break }
      used += width
      end = text.index(after: end)
    }
    return (text[..<end], used)
  }

  /// The text itself if it fits, otherwise its beginning and the ellipsis, together at most that many columns.
  public func shortened(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
    if fits(text, in: columns) { return text }
    let room = columns - of(ellipsis)
    guard room >= 0 else { return String(prefix(of: text[...], fitting: columns).text) }
    return prefix(of: text[...], fitting: room).text + ellipsis
  }

  /// The text with spaces after it (or before it) up to a number of columns; unchanged when it is wider.
  public func padded(_ text: String, to columns: Int, right: Bool = false) -> String {
    let missing = columns - of(text)
    guard missing > 0 else { return text }
    let spaces = String(repeating: " ", count: missing)
    return right ? spaces + text : text + spaces
  }

  /// The columns of one scalar by itself.
  func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x7F { return value < 0x20 ? 0 : 1 }
    if value < 0xA0 { return 0 }
    if value < 0x300 { return ambiguousWide && Self.isAmbiguous(value) ? 2 : 1 }
    if Self.isWide(value) { return Self.isZero(scalar) ? 0 : 2 }
    if Self.isZero(scalar) { return 0 }
    if Self.isFlagLetter(value) { return 1 }
    if value >= 0x231A, scalar.properties.isEmojiPresentation { return 2 }
    return ambiguousWide && Self.isAmbiguous(value) ? 2 : 1
  }
}

extension DisplayWidth {
  /// What a scalar adds depends on those before it: the second letter of a flag, a skin colour, and whatever a
  /// joiner joins to an emoji add nothing; a request to show a sign as emoji makes it two columns wide.
  private struct Cluster {
    var base: Unicode.Scalar = " "
    var baseColumns = 0
    var openFlag = false
    var joined = false

    mutating func columns(addedBy scalar: Unicode.Scalar, _ width: DisplayWidth) -> Int {
      let value = scalar.value
      if value < 0x300 {
        (base, baseColumns, openFlag, joined) = (scalar, width.of(scalar), false, false)
        return baseColumns
      }
      if value >= 0x4E00, value <= 0x9FFF {
        (base, baseColumns, openFlag, joined) = (scalar, 2, false, false)
        return 2
      }
      if value == 0x200D {
        joined = true
        return 0
      }
      if value == 0xFE0F {
        guard baseColumns == 1, base.properties.isEmoji else { return 0 }
        baseColumns = 2
        return 1
      }
      if DisplayWidth.isFlagLetter(value) {
        defer { openFlag.toggle() }
        joined = false
        return openFlag ? 0 : 2
      }
      if joined, base.value > 0x7F, base.properties.isEmoji, scalar.properties.isEmoji {
        joined = false
        return 0
      }
      if value >= 0x1F3FB, value <= 0x1F3FF, base.properties.isEmojiModifierBase { return 0 }
      let columns = width.of(scalar)
      if columns > 0 { (base, baseColumns, openFlag, joined) = (scalar, columns, false, false) }
      return columns
    }
  }

  static func isFlagLetter(_ value: UInt32) -> Bool { value >= 0x1F1E6 && value <= 0x1F1FF }

  /// The blocks of wide characters. Wide emoji are scattered and found by their own property.
  static func isWide(_ value: UInt32) -> Bool {
    if value < 0x1100 { return false }
    switch value {
    case 0x4E00...0xA4C6, 0x3250...0x4DBF: return true  // ideographs, Yi
    case 0x1100...0x115F, 0xA960...0xA97C, 0xAC00...0xD7A3: return true  // Hangul
    case 0x2329...0x232A: return true
    case 0x2E80...0x303E, 0x3041...0x3247: return true  // radicals, punctuation, kana
    case 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B: return true  // compatibility and vertical forms
    case 0xFF01...0xFF60, 0xFFE0...0xFFE6: return true  // full-width forms
    case 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF: return true  // Tangut, Khitan, kana
    case 0x1F200...0x1F265: return true
    case 0x20000...0x2FFFD, 0x30000...0x3FFFD: return true
    default: return false
    }
  }

  static func isZero(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x300, 0x3400...0x9FFF, 0xAC00...0xD7A3: return false
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: return true  // vowels and finals of a Hangul syllable
    case 0x2028...0x2029: return true
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return true
      default: return false
      }
    }
  }

  static func isAmbiguous(_ value: UInt32) -> Bool {
    var low = 0
    var high = ambiguous.count / 2
    while low < high {
      let middle = (low + high) / 2
      if value > ambiguous[2 * middle + 1] { low = middle + 1 } else { high = middle }
    }
    return 2 * low < ambiguous.count && ambiguous[2 * low] <= value
  }
}
