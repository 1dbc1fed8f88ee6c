// Words one after another as a sentence has them: `a, b and c`. Knows nothing of what they say.

extension [String] {
  /// - Parameters:
  ///   - between: what stands between two of them.
  ///   - last: what stands before the last.
  func enumerated(_ between: String, last: String) -> String {
    guard let end = self.last, count > 1 else { return joined() }
    return dropLast().joined(separator: between) + last + end
  }
}
