// Rows of a table that are no records, counted by kind, and what is said of them. Knows nothing of how they are told.
import Diagnostics

/// Rows that were left out, by kind.
struct SkippedRows {
  enum Kind: Int, CaseIterable {
    case empty, total, heading, group, owner, remark, title, bare, marks, sample, said
  }

  private(set) var counts = Array(repeating: 0, count: Kind.allCases.count)
  /// The line of the first of each kind, 0 where there is none.
  private(set) var lines = Array(repeating: 0, count: Kind.allCases.count)

  /// Empty rows at a file's end are how spreadsheets leave it; those that a record follows are told.
  private var waiting: (count: Int, line: Int) = (0, 0)

  mutating func add(_ kind: Kind, line: Int) {
    if kind == .empty {
      if waiting.count == 0 { waiting.line = line }
      waiting.count += 1
      return
    }
    if counts[kind.rawValue] == 0 { lines[kind.rawValue] = line }
    counts[kind.rawValue] += 1
  }

  /// A record follows.
  mutating func record() {
    guard waiting.count > 0 else { return }
    if counts[Kind.empty.rawValue] == 0 { lines[Kind.empty.rawValue] = waiting.line }
    counts[Kind.empty.rawValue] += waiting.count
    waiting = (0, 0)
  }

  /// Rows that head a group and say that those below hold no more: 二、已离职人员.
  ///
  /// Where a column says since when, how many of the records below say it not; nil where none does.
  private(set) var gone: [(line: Int, text: String, endless: Int?)] = []
  /// The group that is being read, if its records have to say since when they hold no more.
  private var openGroup: (line: Int, text: String)?

  var isOpen: Bool { openGroup != nil }

  /// A row heads a group.
  ///
  /// - Parameter said: what it says, where it says that those below hold no more.
  mutating func open(_ said: (text: String, hasDay: Bool)?, line: Int) {
    openGroup = nil
    guard let said, gone.count < 5 else { return }
    if said.hasDay { openGroup = (line, said.text) } else { gone.append((line, said.text, nil)) }
  }

  /// A record of the group that is being read does not say since when.
  mutating func addEndless() {
    guard let openGroup else { return }
    if let last = gone.last, last.line == openGroup.line, let count = last.endless {
      gone[gone.count - 1].endless = count + 1
    } else {
      gone.append((openGroup.line, openGroup.text, 1))
    }
  }

  /// What a row says that was left out.
  struct Said {
    let line: Int
    let text: String
  }

  /// So many remarks are shown in full; of more it is only said how many there are.
  private static let shown = 3
  /// The first remarks.
  private(set) var remarks: [Said] = []
  /// The first rows that head a group by the name of an agency, and how many there are.
  private(set) var agencies: (first: [Said], count: Int) = ([], 0)
  /// Lines that say in what amounts are counted.
  private(set) var units: [UnitBelow] = []

  /// Remembers what a row says that was left out.
  mutating func keep(_ text: String, _ kind: Kind, _ unit: UnitLine?, line: Int) {
    switch kind {
    case .remark:
      if remarks.count <= SkippedRows.shown { remarks.append(Said(line: line, text: text)) }
      if let unit = unit?.unit, units.count < 100 {
        units.append(UnitBelow(line: line, name: unit.name, yuan: unit.yuan))
      }
    case .group:
      guard GroupAgency.isOne(text) else { return }
      agencies.count += 1
      if agencies.first.count <= SkippedRows.shown { agencies.first.append(Said(line: line, text: text)) }
    case .empty, .total, .heading, .owner, .title, .bare, .marks, .sample, .said: break
    }
  }

  /// The remarks in full, with their lines; nil where there are too many.
  private var remarksShown: Text? {
    let count = counts[Kind.remark.rawValue]
    guard count > 0, count <= SkippedRows.shown, remarks.count == count else { return nil }
    let said = remarks.map { (line: $0.line, text: ValueProblem.shown($0.text)) }
    return Text(
      (count == 1 ? "1 remark (" : "\(count) remarks (")
        + said.map { "line \($0.line): `\($0.text)`" }.joined(separator: "; ") + ")",
      zh: "说明行 \(count) 行（" + said.map { "第 \($0.line) 行：“\($0.text)”" }.joined(separator: "；") + "）")
  }

  /// Lines of totals that count other than the records above them.
  private(set) var miscounts: [Miscount] = []

  mutating func add(_ miscount: Miscount) { if miscounts.count < 5 { miscounts.append(miscount) } }

  /// Lines of totals whose amounts are not those of the records above them.
  private(set) var missums: [Missum] = []

  mutating func add(_ missum: Missum) { missums.append(missum) }

  /// Adds those of a run that follows.
  mutating func add(_ other: SkippedRows) {
    for one in other.gone {
      // A title is the same for all parts of a file.
      if let k = gone.firstIndex(where: { $0.line == one.line }) {
        gone[k].endless = gone[k].endless.map { $0 + (one.endless ?? 0) }
      } else if gone.count < 5 {
        gone.append(one)
      }
    }
    remarks += other.remarks.prefix(max(0, SkippedRows.shown + 1 - remarks.count))
    agencies.first += other.agencies.first.prefix(max(0, SkippedRows.shown + 1 - agencies.first.count))
    agencies.count += other.agencies.count
    units += other.units.prefix(max(0, 100 - units.count))
    for kind in Kind.allCases where other.counts[kind.rawValue] > 0 {
      if counts[kind.rawValue] == 0 { lines[kind.rawValue] = other.lines[kind.rawValue] }
      counts[kind.rawValue] += other.counts[kind.rawValue]
    }
  }

  var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

  /// The warning on groups of which a row says that they hold no more; nil where there is none.
  func goneWarning(in file: SourceFile) -> Diagnostic? {
    guard let first = gone.first else { return nil }
    let said = gone.map { one -> Text in
      let name = "`\(ValueProblem.shown(one.text))`"
      guard let count = one.endless else {
        return Text("\(name) heads records which are taken like all others", zh: "\(name) 以下的记录照样读入")
      }
      let records = count == 1 ? "1 record states" : "\(count) records state"
      return Text(
        "below \(name) \(records) no last day and \(count == 1 ? "is" : "are") taken like all others",
        zh: "\(name) 以下有 \(count) 条没有离职日期，照样读入")
    }
    let at = Position(line: first.line, column: 1)
    return Diagnostic(
      .warning, code: "group-gone",
      Text(said.map(\.en).joined(separator: "; "), zh: said.map(\.zh).joined(separator: "；")),
      hint: Text(
        "give the last day in a column, or leave these rows out", zh: "请另列写明离职日期，或不含这些行另存"),
      at: SourceRange(source: file, start: at, end: at))
  }

  /// One note on all of them.
  func note(in file: SourceFile) -> Diagnostic {
    var parts: [Text] = []
    for kind in Kind.allCases where counts[kind.rawValue] > 0 {
      if kind == .remark, let remarks = remarksShown {
        parts.append(remarks)
        continue
      }
      let (count, line) = (counts[kind.rawValue], lines[kind.rawValue])
      let (one, many, zh) =
        switch kind {
        case .empty: ("empty row", "empty rows", "空行")
        case .total: ("row of totals", "rows of totals", "合计行")
        case .heading: ("repeated heading", "repeated headings", "重复的表头")
        case .group: ("row that heads a group", "rows that head a group", "分组标题行")
        case .owner:
          ("row that says whose records follow", "rows that say whose records follow", "写明以下记录归属的行")
        case .remark: ("remark", "remarks", "说明行")
        case .title: ("repeated title or page number", "repeated titles or page numbers", "重复的标题或页码")
        case .bare: ("row with nothing but its number", "rows with nothing but their number", "只有序号的行")
        case .marks: ("row that numbers the columns", "rows that number the columns", "栏次行")
        case .sample: ("example", "examples", "示例行")
        case .said: ("row of `skip`", "rows of `skip`", "指定不读的行")
        }
      parts.append(
        count == 1
          ? Text("1 \(one) (line \(line))", zh: "\(zh) 1 行（第 \(line) 行）")
          : Text("\(count) \(many) (the first in line \(line))", zh: "\(zh) \(count) 行（首行为第 \(line) 行）"))
    }
    let first = Position(line: lines.filter { $0 > 0 }.min() ?? 1, column: 1)
    return Diagnostic(
      .note, code: "rows-skipped",
      Text(
        "rows that are no records are left out: " + parts.map(\.en).joined(separator: ", "),
        zh: "不是记录的行未读入：" + parts.map(\.zh).joined(separator: "、")),
      hint: Text("nothing needs to be done, if these are no records", zh: "若确实不是记录，无需处理"),
      at: SourceRange(source: file, start: first, end: first))
  }
}
