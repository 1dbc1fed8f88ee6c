// Names of numbered results as commands write them. Knows nothing of which there are.

/// Names of earlier results: `r3`, and `_` for the last.
package enum ResultName {
  package static func isOne(_ text: String) -> Bool { text == "_" || number(text) != nil }

  package static func number(_ text: String) -> Int? {
    guard text.hasPrefix("r"), text.utf8.count <= 7 else { return nil }
    let digits = text.dropFirst()
    guard let first = digits.utf8.first, first != 0x30, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(digits)
  }
}
