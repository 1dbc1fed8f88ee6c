// What is typed, within a sentence: English sets it in `backquotes`, Chinese in “quotation marks”. Messages are written
// with backquotes in both languages, so that programs find what is typed; people read what stands here.

/// Quotation marks of a Chinese sentence.
enum ChineseQuotes {
  /// The sentence with “” for pairs of backquotes, without spaces around them. What has quotation marks in it keeps its
  /// backquotes, and so does a sentence whose backquotes are no pairs.
  static func told(_ sentence: String) -> String {
    let parts = sentence.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.count % 2 == 1 else { return sentence }
    var out = ""
    for (i, part) in parts.enumerated() {
      if i % 2 == 1 {
        let isBare = !part.contains { "“”".contains($0) }
        out += isBare ? "“\(part)”" : "`\(part)`"
        continue
      }
      var plain = part
      if i > 0, out.last == "”", plain.first == " ", isChinese(plain.dropFirst().first) { plain.removeFirst() }
      if i + 1 < parts.count, plain.last == " ", isChinese(plain.dropLast().last), !parts[i + 1].contains("“") {
        plain.removeLast()
      }
      out += plain
    }
    return out
  }

  /// Whether a character is written without spaces around it; the end of a sentence needs none either.
  private static func isChinese(_ character: Character?) -> Bool {
    guard let character else { return true }
    return character.unicodeScalars.allSatisfy { $0.value >= 0x2E80 || "“”（）、，。：；".unicodeScalars.contains($0) }
  }
}

extension Diagnostic {
  /// The message as people read it within a document.
  package var told: Text { Text(message.en, zh: ChineseQuotes.told(message.zh)) }
}
