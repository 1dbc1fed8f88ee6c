// A line of a form that says something of every record below it: the village that the form is of, and which of two
// forms it is (已就业 or 未就业). Knows nothing of the table's columns.
import Diagnostics

/// Reads the lines of a list's forms.
struct FormLines: Sendable {
  private let township: Int?
  private let village: Int?
  private let group: Int?
  /// The yes-or-no facts that have words of their own.
  private let states: [(field: Int, says: Field.Says)]

  /// - Parameter stated: the fields that columns state, of which no line says anything.
  init(_ schema: ListSchema, stated: Set<Int>) {
    func text(_ name: String) -> Int? {
      guard let field = schema.named(name), field >= 0, schema.fields[field].type == .text, !stated.contains(field)
      else { return nil }
      return field
    }
    (township, village, group) = (text("township"), text("village"), text("village_group"))
    states = schema.fields.enumerated().compactMap { number, field in
      guard let says = field.says, field.type == .bool, !stated.contains(number) else { return nil }
      return (number, says)
    }
  }

  /// What a row says whose cells are these; empty for one that says nothing of the kind. A cell merged over several
  /// columns may stand in each of them.
  func read(_ cells: [String]) -> [(field: Int, text: String)] {
    var texts: [String] = []
    for cell in cells where !cell.isEmpty && texts.last != cell { texts.append(cell) }
    guard !texts.isEmpty, texts.reduce(0, { $0 + $1.utf8.count }) <= 300 else { return [] }
    let line = CellText.closed(texts.joined())
    if let place = VillageLine(line) {
      let said = [(township, place.township), (village, place.village), (group, place.group)]
      return said.compactMap { field, text in field.flatMap { one in text.map { (one, $0) } } }
    }
    guard texts.count == 1, let found = state(line) else { return [] }
    return [found]
  }

  /// The same, with the fields that such a line speaks of.
  func reading(_ cells: [String]) -> (said: [(field: Int, text: String)], of: Set<Int>) {
    let said = read(cells)
    guard let first = said.first else { return ([], []) }
    let places = Set([township, village, group].compactMap { $0 })
    return (said, places.contains(first.field) ? places : [first.field])
  }

  /// What a line says of a field, as people read it.
  func shown(_ text: String, of field: Field) -> Text {
    if field.type == .bool, let says = field.says { return text == FormLines.yes ? says.yes : says.no }
    return .same("`\(ValueProblem.shown(text))`")
  }

  private static let yes = "是"

  /// `（已就业）`, alone or behind a title.
  private func state(_ line: String) -> (field: Int, text: String)? {
    guard line.hasSuffix(")"), let open = line.lastIndex(of: "(") else { return nil }
    let word = line[line.index(after: open)...].dropLast()
    for (field, says) in states {
      for (said, mark) in [(says.yes, FormLines.yes), (says.no, "否")] where said.zh == word || said.en == word {
        return (field, mark)
      }
    }
    return nil
  }
}

/// `张坂 乡（镇） 上塘 村 3 组`: a township, a village and perhaps a group within it.
struct VillageLine {
  let township: String?
  let village: String
  let group: String?

  /// The printed words between which the names are written, the longest first.
  private static let townships = ["街道(乡镇)", "乡镇(街道)", "乡(镇)", "镇(乡)", "镇(街)", "镇(街道)", "乡镇", "街道", "镇", "乡"]
  private static let villages = ["村(居委会)", "村(社区)", "社区(村)", "村(居)", "村委会", "居委会", "社区", "村"]
  private static let groups = ["村民小组", "小组", "组"]

  /// - Parameter line: the text without blanks, full-width signs as ASCII.
  init?(_ line: String) {
    guard line.count <= 80 else { return nil }
    var rest = line.filter { $0 != "_" }[...]
    township = VillageLine.name(&rest, VillageLine.townships)
    guard let village = VillageLine.name(&rest, VillageLine.villages) else { return nil }
    self.village = village
    var group = VillageLine.name(&rest, VillageLine.groups)
    if let name = group, let number = Int(name.prefix { $0.isNumber }) { group = "\(number)组" }
    self.group = group
    // What follows says when the form was filled in, and by whom.
    if !rest.isEmpty, !["填", "日期", "时间", "调查", "登记", "年", "第"].contains(where: rest.hasPrefix) { return nil }
  }

  /// The name before the first of some words, which belongs to it unless the form leaves a choice.
  private static func name(_ rest: inout Substring, _ words: [String]) -> String? {
    for word in words {
      guard let range = rest.firstRange(of: word) else { continue }
      let name = rest[..<range.lowerBound]
      let isPrinted = word.contains("(") || word == "乡镇" || words == groups
      if name.isEmpty, isPrinted {
        // Nobody has written a name there.
        rest = rest[range.upperBound...]
        return nil
      }
      guard !name.isEmpty, name.count <= 12, name.allSatisfy({ $0.isLetter || $0.isNumber }) else { return nil }
      // 张坂 乡（镇）: of the form's choice nothing belongs to the name.
      let whole = isPrinted && words != groups ? name : rest[..<range.upperBound]
      rest = rest[range.upperBound...]
      return String(whole)
    }
    return nil
  }
}
