// Breaking text into lines by display width: between words, and between Chinese characters except where a line would
// begin with closing punctuation or end with opening punctuation. Text is read once, from left to right, whatever its
// length.

import Diagnostics

/// Greedy line breaking.
struct Wrapping {
  let columns: DisplayWidth
  let width: Int
  /// Stop after so many lines.
  var limit = Int.max

  private struct Glyph {
    let character: Character
    let columns: Int
    let role: Role
  }

  /// At least one line, possibly empty.
  func lines(_ pieces: [Piece]) -> [[Piece]] {
    let (lines, _) = limited(pieces)
    return lines
  }

  /// The first lines up to the limit, and whether all of the text is in them.
  func limited(_ pieces: [Piece]) -> (lines: [[Piece]], isWhole: Bool) {
    var out: [[Piece]] = []
    var line: [Glyph] = []
    var used = 0
    /// Where the line may be broken: before this glyph.
    var breakAt: Int?
    /// The same inside a long name, for want of better.
    var jointAt: Int?
    for piece in pieces {
      for character in piece.text {
        let glyph = Glyph(character: character, columns: columns.of(character), role: piece.role)
        if let last = line.last {
          if mayBreak(last, glyph) { breakAt = line.count }
          if isJoint(last, glyph) { jointAt = line.count }
        }
        // Spaces may hang over the edge; they are dropped where the line is broken.
        while used + glyph.columns > width, !line.isEmpty, character != " " {
          let end = breakAt ?? jointAt ?? line.count
          out.append(joined(line[..<end], broken: true))
          if out.count >= limit { return (out, false) }
          line = Array(line[end...].drop { $0.character == " " })
          used = line.reduce(0) { $0 + $1.columns }
          (breakAt, jointAt) = (nil, nil)
        }
        // A line that continues does not begin with the space it was broken at.
        if character == " ", line.isEmpty, !out.isEmpty { continue }
        if character == " ", used > width { continue }
        line.append(glyph)
        used += glyph.columns
      }
    }
    out.append(joined(line[...], broken: used > width))
    return (out, true)
  }

  private func joined(_ glyphs: ArraySlice<Glyph>, broken: Bool) -> [Piece] {
    var glyphs = glyphs
    while broken, glyphs.last?.character == " " { glyphs.removeLast() }
    var out: [Piece] = []
    var text = ""
    var role = Role.plain
    for glyph in glyphs {
      if glyph.role != role, !text.isEmpty {
        out.append(Piece(text, role))
        text = ""
      }
      role = glyph.role
      text.append(glyph.character)
    }
    if !text.isEmpty { out.append(Piece(text, role)) }
    return out
  }

  private func mayBreak(_ first: Glyph, _ second: Glyph) -> Bool {
    if second.character == " " { return false }
    if first.character == " " { return true }
    guard first.columns == 2 || second.columns == 2 else { return false }
    return !Self.opening.contains(first.character) && !Self.closing.contains(second.character)
  }

  /// Where a name such as changle-2022.agency_reward may be taken apart.
  private func isJoint(_ first: Glyph, _ second: Glyph) -> Bool {
    switch first.character {
    case "_", "/", "\\": true
    case ".", "-": second.character.isLetter
    default: false
    }
  }

  /// The columns of the longest stretch without a place to break, counted no further than a limit. Of long texts only
  /// the beginning is looked at: this guides the layout and decides nothing.
  func longestWord(_ pieces: [Piece], upTo limit: Int) -> Int {
    var longest = 0
    var run = 0
    var last: Glyph?
    for piece in pieces {
      for character in piece.text.prefix(1_000) {
        let glyph = Glyph(character: character, columns: columns.of(character), role: piece.role)
        if let last, mayBreak(last, glyph) { run = 0 }
        if character != " " { run += glyph.columns }
        longest = max(longest, run)
        if longest >= limit { return limit }
        last = glyph
      }
    }
    return longest
  }

  private static let opening: Set<Character> = ["（", "《", "〈", "「", "『", "【", "〔", "“", "‘", "(", "[", "￥", "¥"]
  private static let closing: Set<Character> = [
    "，", "。", "、", "；", "：", "！", "？", "）", "》", "〉", "」", "』", "】", "〕", "”", "’", "…", "％", ",", ".", ";", ":", "!",
    "?", ")", "]", "%", "·", "—",
  ]
}
