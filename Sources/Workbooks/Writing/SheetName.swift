// Names that sheets may have: of at most 31 characters, without some signs, none twice. Knows nothing of sheets.

/// The names of a workbook's sheets.
struct SheetNames {
  private(set) var names: [String] = []
  private var small: Set<String> = []
  private var reserved: Set<String> = []

  /// Takes a name for the next sheet.
  /// - Returns: the name that it has, which is as near as possible to the one wanted.
  mutating func take(_ wanted: String) -> String {
    let name = reserved.remove(wanted) ?? free(wanted)
    names.append(name)
    return name
  }

  /// Keeps a name for a sheet to come, which takes it as it is given back.
  mutating func reserve(_ wanted: String) -> String {
    let name = free(wanted)
    reserved.insert(name)
    return name
  }

  private mutating func free(_ wanted: String) -> String {
    var plain = String(wanted.map { "[]:*?/\\".contains($0) || $0.isNewline ? "_" : $0 })
    plain.removeAll { $0.unicodeScalars.allSatisfy { $0.value < 0x20 || $0.value == 0x7F } }
    while plain.hasPrefix("'") { plain.removeFirst() }
    while plain.hasSuffix("'") { plain.removeLast() }
    if plain.allSatisfy(\.isWhitespace) { plain = "Sheet" }
    // Excel keeps this name for itself.
    if plain.lowercased() == "history" { plain += "_" }
    var name = SheetNames.beginning(of: plain, 31)
    var number = 2
    while small.contains(name.lowercased()) {
      let tail = " (\(number))"
      name = SheetNames.beginning(of: plain, 31 - tail.utf16.count) + tail
      number += 1
    }
    small.insert(name.lowercased())
    return name
  }

  private static func beginning(of text: String, _ count: Int) -> String {
    var out = ""
    var used = 0
    for character in text {
      used += character.utf16.count
      if used > count { break }
      out.append(character)
    }
    return out
  }
}
