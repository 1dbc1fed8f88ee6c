// Units that are not quite the known ones: `percnt`, `percent`, `Months`, `圆`. Every other word counts things, so that
// a slip would turn a share into a count without a word. Knows nothing of figures.

enum NearUnits {
  /// Other words for the units that there are, and what is written behind the digits instead.
  private static let synonyms: [String: String] = [
    "percent": "%", "percents": "%", "percentage": "%", "pct": "%", "perc": "%", "percs": "%", "perct": "%", "pc": "%",
    "pcnt": "%", "prct": "%", "pct.": "%", "procent": "%", "prozent": "%", "pourcent": "%", "porcento": "%", "百分比": "%",
    "百分点": "%", "百分": "%", "百分率": "%", "个百分点": "%", "個百分點": "%", "百分數": "%", "百分数": "%", "％": "%",
    "rmb": " yuan", "cny": " yuan", "圆": " 元", "圓": " 元", "块": " 元", "块钱": " 元", "塊": " 元", "人民币": " 元", "人民币元": " 元",
    "yuán": " yuan",
    "renminbi": " yuan", "kuai": " yuan", "月份": " 个月", "個月": " 个月", "mth": " months", "mths": " months",
    "mos": " months", "mon": " months", "monthes": " months",
  ]
  private static let units = ["percent": "%", "yuan": " yuan", "month": " month", "months": " months", "days": " days"]
  /// Words of their own that are a letter from a unit.
  private static let others: Set<String> = ["mouth", "mouths"]

  /// What an amount may be of for each.
  private static let each = ["month", "day", "year", "person"]

  /// What is meant by a word that is nearly a unit; nil for a unit, and for a word that counts.
  static func meant(by word: String) -> String? {
    let lower = word.lowercased()
    if lower.contains(" per ") { return rate(lower) }
    if let known = synonyms[lower] { return known }
    if units[word] != nil || word == "day" || others.contains(lower) { return nil }
    if let unit = units[lower] { return unit }
    if lower == "day" { return " day" }
    for (unit, written) in units where isSlip(lower, of: unit) { return written }
    return nil
  }

  /// `yuan per month` of `yuan per mnth`; nil where each part is one, or a word of its own.
  private static func rate(_ words: String) -> String? {
    var parts = words.split(separator: " ").map(String.init)
    var isSlip = false
    for i in parts.indices where i > 0 && parts[i - 1] == "per" && Rate.Unit(parts[i]) == .thing(parts[i]) {
      guard !each.contains(parts[i]), !others.contains(parts[i]),
        let unit = each.first(where: { NearUnits.isSlip(parts[i], of: $0) })
      else {
        continue
      }
      (parts[i], isSlip) = (unit, true)
    }
    return isSlip ? " " + parts.joined(separator: " ") : nil
  }

  /// Whether one letter is left out, added, changed or exchanged with its neighbour. Of short words changing one letter
  /// makes others, so there only letters that are exchanged or doubled are a slip.
  private static func isSlip(_ word: String, of unit: String) -> Bool {
    let a = Array(word.unicodeScalars), b = Array(unit.unicodeScalars)
    guard abs(a.count - b.count) <= 1 else { return false }
    let front = zip(a, b).prefix { $0 == $1 }.count
    let back = zip(a.dropFirst(front).reversed(), b.dropFirst(front).reversed()).prefix { $0 == $1 }.count
    let (x, y) = (a.count - front - back, b.count - front - back)
    let isExchanged = x == 2 && y == 2 && a[front] == b[front + 1] && a[front + 1] == b[front]
    if isExchanged { return true }
    if b.count >= 5 { return x <= 1 && y <= 1 }
    // `dayz`
    if x == 1, y == 1, front == b.count - 1, a.last == "z", b.last == "s" { return true }
    let isDoubled = x == 1 && y == 0 && front > 0 && a[front] == a[front - 1]
    return isDoubled || (x == 1 && y == 0 && a.last == "s" && front == b.count)
  }
}
