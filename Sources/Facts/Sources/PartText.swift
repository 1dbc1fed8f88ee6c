// A cell that says two facts, 张三/男, 张三（350112…）, or names one of two kinds of brokers: where each stands in it, and
// which headings are of such cells. Knows nothing of records.
import Diagnostics

/// Which of the facts of a cell is meant.
enum CellPart: Equatable {
  /// What stands before the mark, and behind it.
  case first, second
  /// A name that is called as agencies are, and any other.
  case agency, person
}

enum PartText {
  /// Where a part stands in a text, in bytes; empty where it is not there.
  static func range(_ part: CellPart, of text: String) -> Range<Int> {
    let size = text.utf8.count
    switch part {
    case .agency: return isAgency(text) ? 0..<size : size..<size
    case .person: return isAgency(text) ? size..<size : 0..<size
    case .first, .second:
      let (first, second) = ends(of: text)
      return part == .first ? first : second
    }
  }

  /// The text of a part.
  static func text(_ part: CellPart, of text: String) -> String {
    let range = range(part, of: text)
    return String(Members.trimmed(Members.text(text.utf8.prefix(range.upperBound).dropFirst(range.lowerBound))[...]))
  }

  /// Whether a name is called as agencies or other offices are.
  static func isAgency(_ text: String) -> Bool {
    let name = CellText.closed(text)
    return ColumnLook.isAgency(name) || OwnerRows.isFirm(name) || offices.contains(where: name.hasSuffix)
  }

  private static let offices = ["服务部", "服务站", "服务中心", "工作站", "服务所", "协会", "商会", "工会"]

  private static func ends(of text: String) -> (first: Range<Int>, second: Range<Int>) {
    let size = text.utf8.count
    var mark: (from: Int, to: Int)?
    var close: Int?
    var isOpen = false
    var at = 0
    let body = Members.trimmed(text[...])
    let lead = text.utf8.distance(from: text.startIndex, to: body.startIndex)
    at = lead
    for scalar in body.unicodeScalars {
      let end = at + UTF8.width(scalar)
      if mark == nil, marks.contains(scalar) {
        mark = (at, end)
        isOpen = opening.contains(scalar)
      } else if let found = mark, found.to == at, marks.contains(scalar), !isOpen {
        // 张三 / 男
        mark = (found.from, end)
        isOpen = opening.contains(scalar)
      } else if isOpen, close == nil, closing.contains(scalar) {
        close = at
      }
      at = end
    }
    guard let mark, mark.from > lead else { return (0..<size, size..<size) }
    return (0..<mark.from, mark.to..<max(mark.to, close ?? size))
  }

  private static let opening = Set("（([【".unicodeScalars)
  private static let closing = Set("）)]】".unicodeScalars)
  private static let marks = Set("/／、，,;；|｜+＋ \u{3000}\t\n（([【".unicodeScalars)

  /// The two facts that a heading names: 姓名/性别, 姓名（身份证号）, 姓名及身份证号; nil for a heading of one.
  static func headings(_ heading: String) -> (first: String, second: String)? {
    guard heading.utf8.count <= 120 else { return nil }
    let text = CellText.closed(heading)
    if text.hasSuffix(")"), let open = text.firstIndex(of: "("), open > text.startIndex {
      return (String(text[..<open]), String(text[text.index(after: open)...].dropLast()))
    }
    for mark in ["/", "、", "及", "和", "与", "+", ",", "，", "|"] {
      let parts = text.split(separator: mark, omittingEmptySubsequences: false)
      if parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) { return (String(parts[0]), String(parts[1])) }
    }
    return nil
  }
}

extension TableSurroundings {
  /// The columns whose heading names two facts and whose cells say both.
  ///
  /// - Parameter stated: the fields that columns state.
  func parted(
    _ top: [BulkRow], _ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema, _ stated: Set<Int>
  ) -> [StandIn] {
    var out: [StandIn] = []
    for (column, cell) in found.cells.enumerated() where !headings.isSaid(cell.text) {
      guard let names = PartText.headings(cell.text),
        let first = TableSurroundings.field(names.first, headings), first >= 0
      else { continue }
      // The column itself may be taken for one of them.
      let own = TableSurroundings.field(cell.text, headings)
      let taken = stated.union(out.map(\.field)).subtracting([own].compactMap(\.self))
      let second = TableSurroundings.field(names.second, headings).flatMap { $0 < 0 || $0 == first ? nil : $0 }
      guard !taken.contains(first) else { continue }
      let cells = top.filter { $0.line >= found.row.nextLine && $0.cells.indices.contains(column) }.map {
        $0.cells[column].text
      }.filter { !$0.isEmpty }
      let shown = ValueProblem.shown(cell.text)
      let one = schema.fields[first].words
      guard let second, !taken.contains(second) else {
        // What stands behind a name is none of it: 姓名/电话.
        let named = cells.count {
          !PartText.text(.second, of: $0).isEmpty && PartText.isName(PartText.text(.first, of: $0))
        }
        guard schema.fields[first].name == schema.declaration.personName, named > 0, named * 2 >= cells.count else {
          continue
        }
        let note = Text(
          "of the column `\(shown)` what stands before the mark is `\(one.en)`, the rest is not read",
          zh: "`\(shown)` 列一格写有两项，前面的读作\(one.zh)，后面的未读入")
        out.append(StandIn(field: first, source: .part(column, .first), name: cell.text, note: note))
        continue
      }
      let both = cells.count { text in
        let part = PartText.text(.second, of: text)
        return !part.isEmpty && PartText.isLike(part, schema.fields[second])
      }
      guard both > 0, both * 2 >= cells.count else { continue }
      let other = schema.fields[second].words
      let note = Text(
        "the column `\(shown)` says `\(one.en)` and, behind a mark, `\(other.en)`",
        zh: "`\(shown)` 列一格写有两项，前面的读作\(one.zh)，后面的读作\(other.zh)")
      out.append(StandIn(field: first, source: .part(column, .first), name: cell.text, note: note))
      out.append(StandIn(field: second, source: .part(column, .second), name: cell.text, note: nil))
    }
    return out
  }

  /// The column that names agencies and persons, as it says or somebody has said: 介绍机构/个人. Where another column
  /// states one of the two, it names the others alone.
  func mixed(_ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema, _ stated: Set<Int>) -> [StandIn] {
    guard let column = found.cells.firstIndex(where: { headings.saysMixed($0.text) }),
      let agency = schema.named("agency"), let person = schema.named("referrer"), agency >= 0, person >= 0
    else { return [] }
    let name = found.cells[column].text
    let (one, other, shown) = (schema.fields[agency].words, schema.fields[person].words, ValueProblem.shown(name))
    let (isAgency, isPerson) = (!stated.contains(agency), !stated.contains(person))
    let note =
      isAgency && isPerson
      ? Text(
        "what is called as agencies are in the column `\(shown)` is `\(one.en)`, the rest `\(other.en)`",
        zh: "`\(shown)` 列中像机构名称的读作\(one.zh)，其余读作\(other.zh)")
      : isAgency
        ? Text(
          "what is called as agencies are in the column `\(shown)` is `\(one.en)`, the rest is not read",
          zh: "`\(shown)` 列中像机构名称的读作\(one.zh)，其余未读入")
        : Text(
          "what is called as agencies are in the column `\(shown)` is not read, the rest is `\(other.en)`",
          zh: "`\(shown)` 列中像机构名称的未读入，其余读作\(other.zh)")
    let both = [
      isAgency ? StandIn(field: agency, source: .part(column, .agency), name: name, note: note) : nil,
      isPerson ? StandIn(field: person, source: .part(column, .person), name: name, note: isAgency ? nil : note) : nil,
    ]
    return both.compactMap(\.self)
  }
}

extension PartText {
  /// Whether a text may be a person's name: two to four Chinese characters.
  static func isName(_ text: String) -> Bool {
    (2...4).contains(text.count) && text.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
  }

  /// Whether a text may be a fact's, as far as it can be told without places and other lists.
  fileprivate static func isLike(_ text: String, _ field: Field) -> Bool {
    switch field.type {
    case .bool: return WordWriting.bool(text) != nil || WordWriting.bool(text, of: field) != nil
    case .choice(let choices): return WordWriting.choice(text, choices, field.choiceLabels) != nil
    case .date, .dateOrMonth, .dateOrYear:
      return DateWriting(text: text, type: field.type).isRead
    case .int, .money, .figure: return text.contains(where: \.isNumber)
    case .text, .place, .county, .area, .reference, .set:
      guard ["worker_id", "student_id", "person_id", "person_number"].contains(field.name) else { return true }
      if case .number = IdentityNumber.read(text) { return true }
      return text.count { $0.isNumber } >= 15
    }
  }
}
