// "Did you mean …": the known names that look most like a word that is not known. The work is bounded, so that a
// pasted page in the place of a name costs no more than a slip of the finger. Knows nothing of what names stand for.

/// Known names that resemble an unknown one.
public enum Nearest {
  /// Longer words are only compared as they stand, without counting slips.
  private static let longest = 80
  /// Cells of the comparison tables that one question may fill.
  private static let budget = 4_000_000

  /// Up to `limit` candidates, the likeliest first; empty when nothing is near.
  ///
  /// Near are, in this order: the same word in other capitals, full-width letters or separators; a slip or two (a
  /// letter too many, too few, wrong, or two exchanged; more in longer words); the beginning of a candidate. In a
  /// dotted name the last parts may stand for the whole, so `rate_3n` finds `agency_reward.rate_3m`.
  public static func names(to word: String, among candidates: [String], limit: Int = 3) -> [String] {
    guard limit > 0 else { return [] }
    let wanted = folded(word)
    guard !wanted.isEmpty else { return [] }
    let slips = allowedSlips(in: wanted.count)
    var comparison = Comparison(budget: budget)
    var found: [(score: Int, order: Int, name: String)] = []
    for (order, candidate) in candidates.enumerated() {
      let whole = folded(candidate)
      var score = score(of: wanted, whole, slips, &comparison)
      if let tail = tail(of: whole, like: wanted), let other = Self.score(of: wanted, tail, slips, &comparison) {
        score = min(score ?? .max, other)
      }
      if let score { found.append((score, order, candidate)) }
    }
    found.sort { ($0.score, $0.order) < ($1.score, $1.order) }
    var names: [String] = []
    for match in found where !names.contains(match.name) {
      names.append(match.name)
      if names.count == limit { break }
    }
    return names
  }

  /// "Did you mean `a`, `b` or `c`?", or nil when nothing is near.
  public static func question(for word: String, among candidates: [String]) -> Text? {
    // Whoever wrote a word did not mean the word.
    let names = names(to: word, among: candidates.filter { $0 != word }).map { Visible.text($0) }
    guard let last = names.last else { return nil }
    let others = names.dropLast()
    if others.isEmpty { return Text("did you mean \(last)?", zh: "是不是要写 \(last)？") }
    return Text(
      "did you mean \(others.joined(separator: ", ")) or \(last)?",
      zh: "是不是要写 \(others.joined(separator: "、")) 或 \(last)？")
  }

  /// The names that such a question offers, for whoever puts them in; none where a text is another.
  public static func offered(by question: Text) -> [String] {
    let (opening, end) = ("did you mean ", "?")
    guard question.en.hasPrefix(opening), question.en.hasSuffix(end) else { return [] }
    let inner = question.en.dropFirst(opening.count).dropLast(end.count)
    guard !inner.contains("?") else { return [] }
    let words = inner.split(separator: " ", omittingEmptySubsequences: false)
    // `a, b or c`: the word before the last is `or`, and those before it end in commas but the last of them.
    guard let last = words.last, words.count > 2, words[words.count - 2] == "or" else { return [String(inner)] }
    return words.dropLast(2).map { String($0.hasSuffix(",") ? $0.dropLast() : $0) } + [String(last)]
  }

  /// None in one character, one in short words, a third of the length in longer ones, never more than four.
  private static func allowedSlips(in length: Int) -> Int { length < 2 ? 0 : min(4, max(1, length / 3)) }

  /// Twice the number of slips; beginnings stand between one slip and two.
  private static func score(
    of wanted: [UInt32], _ candidate: [UInt32], _ slips: Int, _ comparison: inout Comparison
  ) -> Int? {
    if wanted == candidate { return 0 }
    let begins = candidate.starts(with: wanted) && (wanted.count > 1 || wanted.contains { $0 > 0x7F })
    if let distance = comparison.slips(from: wanted, to: candidate, atMost: slips) {
      return begins ? min(3, 2 * distance) : 2 * distance
    }
    return begins ? 3 : nil
  }

  /// As many last parts of a dotted name as the wanted one has, when it has more.
  private static func tail(of name: [UInt32], like wanted: [UInt32]) -> [UInt32]? {
    let dot = UInt32(UInt8(ascii: "."))
    var parts = 1 + wanted.count { $0 == dot }
    for i in name.indices.reversed() where name[i] == dot {
      parts -= 1
      if parts == 0 { return Array(name[(i + 1)...]) }
    }
    return nil
  }

  /// Small letters, half-width forms, one kind of separator; long texts are cut, one scalar beyond the longest.
  private static func folded(_ text: String) -> [UInt32] {
    var out: [UInt32] = []
    for scalar in text.unicodeScalars.prefix(4 * longest) {
      var value = scalar.value
      if value >= 0xFF01, value <= 0xFF5E { value -= 0xFEE0 }
      if value == 0x3000 { value = 0x20 }
      if value < 0x80 {
        if value >= 0x41, value <= 0x5A { value += 0x20 }
        out.append(value == 0x2D || value == 0x20 ? 0x5F : value)
      } else {
        out.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars.map(\.value))
      }
    }
    return out
  }

  /// The number of slips (Damerau and Levenshtein, each pair exchanged at most once), in a band around the diagonal.
  struct Comparison {
    private var left: Int
    private var rows: [[Int]] = [[], [], []]

    init(budget: Int) { left = budget }

    mutating func slips(from a: [UInt32], to b: [UInt32], atMost limit: Int) -> Int? {
      guard limit > 0, abs(a.count - b.count) <= limit else { return nil }
      guard a.count <= Nearest.longest, b.count <= Nearest.longest + limit else { return nil }
      left -= a.count * (2 * limit + 1)
      guard left >= 0 else { return nil }
      let far = limit + 1
      for i in 0..<3 { rows[i] = Array(repeating: far, count: b.count + 1) }
      for j in 0...b.count { rows[0][j] = min(j, far) }
      for i in 1...a.count {
        let (now, before, earlier) = (i % 3, (i + 2) % 3, (i + 1) % 3)
        for j in 0...b.count { rows[now][j] = far }
        if i <= limit { rows[now][0] = i }
        let first = max(1, i - limit)
        let last = min(b.count, i + limit)
        guard first <= last else { return nil }
        for j in first...last {
          var cost = rows[before][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
          cost = min(cost, rows[before][j] + 1, rows[now][j - 1] + 1)
          if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, rows[earlier][j - 2] + 1) }
          rows[now][j] = min(cost, far)
        }
      }
      let distance = rows[a.count % 3][b.count]
      return distance <= limit ? distance : nil
    }
  }
}
