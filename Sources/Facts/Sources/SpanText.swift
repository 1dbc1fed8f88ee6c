// A cell that says since when and until when: 2022.3.1-2022.12.31, 2022年3月1日至今. Knows nothing of days.

enum SpanText {
  /// Whether a heading is of such cells, in a list's register. A contract's two days are not those of the employment.
  static func isHeading(_ name: String, of list: String) -> Bool {
    guard name.utf8.count <= 60, let mark = ["起止", "起讫"].first(where: name.contains),
      let at = name.firstRange(of: mark)
    else { return false }
    let (before, behind) = (String(name[..<at.lowerBound]), String(name[at.upperBound...]))
    let own = [
      "", "就业", "用工", "务工", "参保", "在岗", "工作", "上岗", "任职", "在职", "聘用", "录用", "社保", "社保缴费", "缴费", "实际用工", "稳定就业",
    ]
    let other = ["", "实习", "见习", "聘任", "服务", "调剂", "借用"]
    return (list == "hires" ? own : other).contains(before)
      && ["", "时间", "日期", "年月", "年月日", "期限", "时间段"].contains(behind)
  }

  /// Whether a heading is of cells that say two days, whatever of: 合同起止时间, 劳动合同期限.
  static func isSpan(_ name: String) -> Bool {
    ["起止", "起讫"].contains(where: name.contains)
      || ["期限", "期间"].contains(where: name.contains) && !isOneEnd(name)
  }

  /// Whether a heading's own words say that its cells hold two days, so that one of them may be asked for. A term with
  /// one day in it need not say the last one.
  static func saysBoth(_ name: String) -> Bool {
    ["起止", "起讫", "期间", "时间段", "时段", "period"].contains(where: name.contains)
  }

  /// What stands behind a term for its first and its last day.
  static let pairs = [
    ("起始", "终止"), ("起始", "截止"), ("开始", "结束"), ("开始", "终止"), ("起", "止"), ("始", "终"), ("自", "至"), ("从", "到"),
  ]

  /// Whether a text says, below a term or behind it, that one of its two days is meant: 起, 终止日期.
  static func isOneEnd(_ name: String) -> Bool {
    var rest = name[...]
    for word in ["日期", "时间", "日"] where rest.hasSuffix(word) {
      rest = rest.dropLast(word.count)
      break
    }
    return pairs.contains { rest.hasSuffix($0.0) || rest.hasSuffix($0.1) }
  }

  /// The two days that a text says; nil where it says no two.
  static func days(_ text: String) -> (first: String, last: String)? {
    let ends = ends(of: text)
    func part(_ range: Range<Int>) -> String {
      Members.text(text.utf8.prefix(range.upperBound).dropFirst(range.lowerBound))
    }
    let (first, last) = (part(ends.first), part(ends.last))
    guard DateWriting(text: first, type: .date).isRead, DateWriting(text: last, type: .date).isRead else { return nil }
    return (first, last)
  }

  /// Where the two stand in a text, in bytes; what is not there is empty.
  static func ends(of text: String) -> (first: Range<Int>, last: Range<Int>) {
    let size = text.utf8.count
    var marks: [(from: Int, to: Int, last: Int)] = []
    var dashes: [(from: Int, to: Int, count: Int)] = []
    var at = 0
    for scalar in text.unicodeScalars {
      let end = at + UTF8.width(scalar)
      if "至到~～—–―".unicodeScalars.contains(scalar) {
        if let last = marks.last, last.to == at {
          marks[marks.count - 1] = (last.from, end, at)
        } else {
          marks.append((at, end, at))
        }
      } else if "-－‐−".unicodeScalars.contains(scalar) {
        if let last = dashes.last, last.to == at {
          dashes[dashes.count - 1].to = end
          dashes[dashes.count - 1].count += 1
        } else {
          dashes.append((at, end, 1))
        }
      }
      at = end
    }
    if let mark = marks.first {
      // 至今 is what such a cell says of the last day.
      let rest = text.utf8.dropFirst(mark.to).drop { $0 == 0x20 }
      // 2023.3.5-至今
      var end = text.utf8.prefix(mark.from).reversed().drop { $0 == 0x20 }.count
      if let dash = dashes.last(where: { $0.to == end }) { end = dash.from }
      return (0..<end, (rest.starts(with: "今".utf8) ? mark.last : mark.to)..<size)
    }
    // Between two days with dashes of their own it is the middle one.
    if let dash = dashes.first(where: { $0.count > 1 }) ?? (dashes.count % 2 == 1 ? dashes[dashes.count / 2] : nil) {
      return (0..<dash.from, dash.to..<size)
    }
    return (0..<size, size..<size)
  }
}
