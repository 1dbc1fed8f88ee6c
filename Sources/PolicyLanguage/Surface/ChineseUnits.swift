// Units behind figures in rules in Chinese: 元/人·月, 元每人每月, 美元, counting words. Knows nothing of what they measure.
import Reckoning

extension ChineseLexer {
  private static let units: [(zh: String, unit: String)] = [
    ("个岗位", "posts"), ("个团队", "teams"), ("个月", "months"),
    ("人", "persons"), ("期", "courses"), ("次", "times"), ("年", "years"), ("日", "days"), ("天", "days"),
    ("%", "%"),
  ]

  /// The unit behind a figure; nil where none follows.
  func unit(_ line: [Character], _ i: inout Int) -> String? {
    if let rate = rate(line, &i) { return rate }
    if let (word, end) = currency(line, i) {
      i = end
      return word
    }
    for (zh, unit) in Self.units {
      let end = i + zh.count
      guard end <= line.count, String(line[i..<end].map(Self.unitSign)) == zh else { continue }
      i = end
      return unit + tail(unit, line, &i)
    }
    if isPersons(line, i) {
      i += 1
      return "persons" + tail("persons", line, &i)
    }
    if let (word, end) = counting(line, i) {
      i = end
      return SurfaceWords.unitID(word)
    }
    // Counting words in letters stand behind a space.
    guard i < line.count, line[i] == " ", i + 1 < line.count, Self.isLatin(Self.plain(line[i + 1])) else { return nil }
    i += 1
    return latin(line, &i)
  }

  /// Whether 名 stands there as 人 would: 100名, not the beginning of 100名单.
  private func isPersons(_ line: [Character], _ i: Int) -> Bool {
    guard i < line.count, line[i] == "名" else { return false }
    return names.match(line, i).map { $0.text == "名" } ?? true
  }

  /// A counting word of the drafter's own right behind a figure, as in 40小时, 5家: what is no name and no word here, up
  /// to one that is, or to 以上 and the like.
  private func counting(_ line: [Character], _ start: Int) -> (word: String, end: Int)? {
    var end = start
    while end < line.count, Self.isChinese(line[end]), line[end] != "以" {
      if let found = names.match(line, end), end == start || found.isName || found.text != "时" { break }
      end += 1
      // 3家企业 has the classifier of what follows.
      if end == start + 1, names.classifiers.contains(String(line[start])) { break }
    }
    return end > start ? (String(line[start..<end]), end) : nil
  }

  /// `每日` behind a counting word: what is counted for each of something is no unit, which the checker tells.
  private func tail(_ unit: String, _ line: [Character], _ i: inout Int) -> String {
    guard ["persons", "posts", "teams", "courses", "times"].contains(unit), i + 1 < line.count, line[i] == "每",
      let word = SurfaceWords.perWords.first(where: { $0.value == String(line[i + 1]) })
    else { return "" }
    i += 2
    return " per " + word.key
  }

  static func unitSign(_ character: Character) -> Character {
    switch character {
    case "／": "/"
    case "％": "%"
    case "•", "・": "·"
    default: character
    }
  }

  /// 元, or a currency that is well known or the document's own: the longest that stands there.
  private func currency(_ line: [Character], _ i: Int) -> (word: String, end: Int)? {
    var found: (word: String, end: Int)?
    for (zh, word) in names.currencies {
      let end = i + zh.count
      guard end <= line.count, end > found?.end ?? i, String(line[i..<end]) == zh else { continue }
      found = (word, end)
    }
    return found
  }

  /// `元/月`, `元/人·月`, `元每人每月`; nil where no word for what the amount is for follows.
  private func rate(_ line: [Character], _ i: inout Int) -> String? {
    guard let (money, end) = currency(line, i) else { return nil }
    var j = end
    var out = money
    while j + 1 < line.count {
      let sign = Self.unitSign(line[j])
      guard sign == "/" || sign == "每" || sign == "·" && out != money else { break }
      guard let (word, end) = per(line, j + 1, isSpoken: sign == "每") else { break }
      out += " per " + word
      j = end
    }
    guard out != money else { return nil }
    i = j
    return out
  }

  /// What an amount is for. Behind a stroke a name is a divisor.
  private func per(_ line: [Character], _ start: Int, isSpoken: Bool) -> (word: String, end: Int)? {
    let known = SurfaceWords.perWords.values.filter { word in
      start + word.count <= line.count && String(line[start..<start + word.count]) == word
    }
    if let word = known.max(by: { $0.count < $1.count }) {
      let name = names.match(line, start)
      if !isSpoken, let name, name.isName, name.text.count > word.count { return nil }
      return (SurfaceWords.perID(word), start + word.count)
    }
    if line[start] == "天" { return ("day", start + 1) }
    if isPersons(line, start) { return ("person", start + 1) }
    if !isSpoken { return counting(line, start) }
    var end = start
    if Self.isLatin(Self.plain(line[start])) {
      let word = latin(line, &end)
      return (word, end)
    }
    if let name = names.match(line, start), name.isName { return (name.text, start + name.text.count) }
    while end < line.count, Self.isChinese(line[end]), end == start || !ends(line, end) { end += 1 }
    return end > start ? (String(line[start..<end]), end) : nil
  }

  /// Whether a counting word is over: 课时 goes on, although 时 is a word of the language.
  private func ends(_ line: [Character], _ i: Int) -> Bool {
    guard let found = names.match(line, i) else { return false }
    return found.isName || found.text.count > 1 || found.text == "的"
  }
}
