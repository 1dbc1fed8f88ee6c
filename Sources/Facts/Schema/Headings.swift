// From the heading of a column to the field that it means: asterisks, brackets, blanks and units are seen through, and
// the headings that registers commonly have are known. Knows nothing of rows.
import Diagnostics

/// The headings of one list.
struct Headings {
  /// What a heading means.
  struct Match {
    /// The field's number, -1 for `id`.
    let field: Int
    /// 0 for the field's own name or label, 1 with more around it, more for the headings of registers in their order.
    let rank: Int
    /// By how much the column's numbers are multiplied.
    let scale: Int64
    /// The unit in the heading, where it changes the numbers.
    let unit: String?
    /// What the heading says besides its name that is not understood.
    var qualifier: String?
  }

  private let schema: ListSchema
  private var byName: [String: Int] = [:]
  private var common: [String: (field: Int, rank: Int)] = [:]
  /// What somebody has said of headings, which goes before what they look like.
  private let mapping: ColumnMapping
  private let list: String
  /// The columns of which somebody has spoken by their place, counted from 1.
  let placesSaid: Set<Int>

  init(_ schema: ListSchema, _ mapping: ColumnMapping = ColumnMapping()) {
    self.schema = schema
    self.mapping = mapping
    list = schema.declaration.name
    placesSaid = mapping.places(of: list)
    for name in schema.columnNames {
      let plain = Headings.bare(name).name
      if byName[plain] == nil, let field = schema.column(name) { byName[plain] = field }
    }
    for (field, names) in RegisterHeadings.of(schema.declaration.name) {
      guard let number = schema.named(field) else { continue }
      for (rank, name) in names.enumerated() where byName[name] == nil && common[name] == nil {
        common[name] = (number, rank + 2)
      }
    }
    for (number, field) in schema.fields.enumerated() where field.type == .bool {
      for label in field.labels where common["是否" + label] == nil { common["是否" + label] = (number, 2) }
    }
  }

  /// - Returns: nil where no field is meant.
  func match(_ heading: String) throws(ValueProblem) -> Match? {
    // No heading is so long, and each list asks about each cell of the first rows.
    guard heading.utf8.count <= 600 else { return nil }
    let trimmed = String(Members.trimmed(heading[...]))
    if mapping.leaves(trimmed, of: list) || mapping.isSpan(trimmed, of: list) || saysMixed(trimmed)
      || saidDay(trimmed) != nil
    {
      return nil
    }
    if let field = mapping.field(trimmed, of: list).flatMap({ schema.named($0) }) {
      let (name, brackets) = Headings.bare(trimmed)
      try refuseOtherTime(name, of: field, heading)
      let (scale, unit) = try self.scale(brackets, of: field, heading)
      return Match(field: field, rank: 0, scale: scale, unit: unit)
    }
    if let field = schema.column(trimmed) { return Match(field: field, rank: 0, scale: 1, unit: nil) }
    guard trimmed.utf8.count <= 200 else { return nil }
    var (name, brackets) = Headings.bare(trimmed)
    var found = known(name) ?? composed(name, brackets)
    if found == nil, let slash = name.lastIndex(where: { "/:，,".contains($0) }) {
      // 月工资/元
      brackets.append(String(name[name.index(after: slash)...]))
      name = String(name[..<slash])
      found = known(name) ?? composed(name, brackets)
    }
    if found == nil { found = oneEnd(name) }
    if found == nil { found = Headings.tongues(name).lazy.compactMap { known($0) ?? composed($0, brackets) }.first }
    guard let found, !isAnother(brackets, than: found.field) else { return nil }
    let (scale, unit) = try self.scale(brackets, of: found.field, heading)
    // A column of months goes behind one of days: 首次参保年月 beside 本次参保日期.
    let isCoarse =
      found.field >= 0 && schema.fields[found.field].type == .date && found.rank > 1
      && ["年月", "月份", "月"].contains(where: name.hasSuffix)
    return Match(
      field: found.field, rank: found.rank + (isCoarse ? 100 : 0), scale: scale, unit: unit,
      qualifier: brackets.first { !HeadingQualifier.isUnderstood($0) })
  }

  /// Whether what stands behind the name makes it the heading of another fact: an expected last day is none.
  private func isAnother(_ brackets: [String], than field: Int) -> Bool {
    guard field >= 0 else { return false }
    let isEnd = schema.fields[field].name == schema.declaration.ends
    return brackets.contains { HeadingQualifier.isAnother($0, of: schema.fields[field], isEnd: isEnd) }
  }

  /// What somebody has said to be an amount by the month is none where the heading's own name says another time.
  private func refuseOtherTime(_ name: String, of field: Int, _ heading: String) throws(ValueProblem) {
    guard field >= 0, case .money = schema.fields[field].type, schema.fields[field].name.hasPrefix("monthly") else {
      return
    }
    if let word = Headings.otherTime(name) { throw .foreignUnit(heading, word) }
  }

  /// The word by which a heading's own name says that wages are for another time than a month; nil where none does.
  static func otherTime(_ name: String) -> String? {
    let words = [
      "年薪", "年工资", "年收入", "年度工资", "季度工资", "季度薪", "周薪", "日薪", "日工资", "时薪", "小时工资", "annual", "yearly", "hourly",
      "weekly",
    ]
    return name.contains("月") ? nil : words.first(where: name.contains)
  }

  /// `姓名name`, `hiredate入职日期`: a heading that says the same in two languages, in each of them.
  private static func tongues(_ name: String) -> [String] {
    func isLatin(_ character: Character) -> Bool { character.isASCII }
    guard let first = name.first, let last = name.last, isLatin(first) != isLatin(last) else { return [] }
    let latin = isLatin(first) ? name.prefix(while: isLatin) : name.dropFirst(name.prefix { !isLatin($0) }.count)
    let chinese = isLatin(first) ? name.dropFirst(latin.count) : name.dropLast(latin.count)
    // HR公司 is no company of whoever is hired.
    guard latin.count(where: \.isLetter) > 3, !chinese.contains(where: isLatin) else { return [] }
    let words = latin.filter { $0.isLetter || $0.isNumber }
    return [String(chinese), words]
  }

  /// One of the two days of a term: 起止时间止, 就业时间起, as the headings of a group and of its columns come to.
  private func oneEnd(_ name: String) -> (field: Int, rank: Int)? {
    guard let begins = schema.declaration.begins.flatMap({ schema.named($0) }),
      let ends = schema.declaration.ends.flatMap({ schema.named($0) }), name.utf8.count <= 60
    else { return nil }
    var rest = name[...]
    for word in ["日期", "时间", "日"] where rest.hasSuffix(word) {
      rest = rest.dropLast(word.count)
      break
    }
    for (first, last) in SpanText.pairs {
      for (word, field) in [(first, begins), (last, ends)] where rest.hasSuffix(word) && rest.count > word.count {
        let stem = String(rest.dropLast(word.count))
        if SpanText.isHeading(stem, of: list) || (known(stem) ?? composed(stem, []))?.field == begins {
          return (field, ComposedHeadings.rank)
        }
      }
    }
    return nil
  }

  private func known(_ name: String) -> (field: Int, rank: Int)? {
    if let field = byName[name] { return (field, 1) }
    return common[name]
  }

  /// Whether somebody has said what a heading means, or that it is not to be read.
  func isSaid(_ heading: String) -> Bool {
    mapping.leaves(heading, of: list) || mapping.field(heading, of: list) != nil
  }

  /// Which of the two days that a column says somebody has said to be read: of 合同起止时间 = 参保日期 the first.
  func saidDay(_ heading: String) -> (field: Int, isEnd: Bool)? {
    guard let said = mapping.field(heading, of: list).flatMap({ schema.named($0) }) else { return nil }
    let name = Headings.bare(heading).name
    let (begins, ends) = (schema.declaration.begins, schema.declaration.ends)
    if said == begins.flatMap({ schema.named($0) }), SpanText.isSpan(name) { return (said, false) }
    return SpanText.saysBoth(name) && said == ends.flatMap { schema.named($0) } ? (said, true) : nil
  }

  /// Whether somebody has said that a heading states the first and the last day together.
  func saysSpan(_ heading: String) -> Bool { mapping.isSpan(heading, of: list) }

  /// Whether a heading states agencies and persons together: by its own words, or because somebody has said so.
  func saysMixed(_ heading: String) -> Bool {
    mapping.isMixed(heading, of: list) || list == "hires" && MixedHeading.isOne(heading) && !isSaid(heading)
  }

  /// The field of a heading that is put together of usual parts, which is less sure than a heading that is listed.
  private func composed(_ name: String, _ brackets: [String]) -> (field: Int, rank: Int)? {
    ComposedHeadings.field(name, brackets: brackets, of: list).flatMap { schema.named($0) }.map {
      ($0, ComposedHeadings.rank)
    }
  }

  /// What the units in brackets do to the numbers of a column.
  private func scale(
    _ brackets: [String], of field: Int, _ heading: String
  ) throws(ValueProblem) -> (Int64, String?) {
    guard field >= 0 else { return (1, nil) }
    for text in brackets {
      let said = HeadingUnit(text)
      switch schema.fields[field].type {
      case .money:
        if said.isOfOtherTime(than: schema.fields[field]) || said.isForeign { throw .foreignUnit(heading, text) }
        guard let unit = said.unit else { continue }
        // What stands beside the unit and is not understood may be another time or another thing: 元/件.
        if said.isUnclear(of: schema.fields[field]), !isSaid(String(Members.trimmed(heading[...]))) {
          throw .unclearUnit(heading, text, schema.words(field))
        }
        return (unit.yuan, unit.yuan == 1 ? nil : unit.name)
      case .int:
        if said.isOfOtherTime(than: schema.fields[field]) { throw .foreignUnit(heading, text) }
        let unit = text.replacing("单位:", with: "")
        if let known = AmountWriting.units(of: schema.fields[field].name).first(where: { $0.name == unit }) {
          return (known.times, known.times == 1 ? nil : unit)
        }
        if ["万人", "千人", "百人"].contains(unit) { throw .foreignUnit(heading, unit) }
      case .figure(.share):
        if ["%", "％"].contains(text.replacing("单位:", with: "")) { return (FigureType.hundredth, "%") }
      case .figure(.decimal), .figure(.amount), .text, .bool, .date, .dateOrMonth, .dateOrYear, .place, .county, .area,
        .choice, .reference, .set:
        break
      }
    }
    return (1, nil)
  }

  /// What figures in a column stand for, where its heading says it: 性别（1男2女）, 是否脱贫（是1否0）.
  ///
  /// - Returns: by figure the word; empty where the heading says nothing of the kind, or what the field is not.
  static func codes(_ heading: String, of field: Field) -> [String: String] {
    for text in bare(heading).brackets {
      var parts: [(isFigure: Bool, text: String)] = []
      for character in text {
        if "-:.,;/、，；=或 ".contains(character) { continue }
        let isFigure = character.isASCII && character.isNumber
        if parts.last?.isFigure == isFigure {
          parts[parts.count - 1].text.append(character)
        } else {
          parts.append((isFigure, String(character)))
        }
      }
      guard parts.count > 3, parts.count % 2 == 0 else { continue }
      var codes: [String: String] = [:]
      for at in stride(from: 0, to: parts.count, by: 2) {
        let (figure, word) = parts[0].isFigure ? (parts[at], parts[at + 1]) : (parts[at + 1], parts[at])
        let said = ["填", "表示", "代表", "为"].reduce(word.text) {
          $1.isEmpty || !$0.hasPrefix($1) ? $0 : String($0.dropFirst($1.count))
        }
        let name = said.hasSuffix("填") ? String(said.dropLast()) : said
        if means(name, field) { codes[figure.text] = name }
      }
      if codes.count == parts.count / 2 { return codes }
    }
    return [:]
  }

  /// What figures in a column of sexes stand for where nobody says it: the codes of GB/T 2261.1.
  ///
  /// - Parameter cells: the column's first cells.
  /// - Returns: empty where the column is another, or holds none of the codes.
  static func standardCodes(of field: Field, _ cells: [String]) -> [String: String] {
    let codes = ["1": "男", "2": "女"]
    guard field.name == "sex", codes.values.allSatisfy({ means($0, field) }),
      cells.contains(where: { codes[$0] != nil })
    else { return [:] }
    return codes
  }

  /// Whether a heading says in brackets what figures stand for, understood or not: `性别（1甲2乙）`.
  static func saysCodes(_ heading: String) -> Bool {
    bare(heading).brackets.contains { text in
      text.contains { $0.isNumber } && text.contains { $0.isLetter && !$0.isNumber }
    }
  }

  private static func means(_ word: String, _ field: Field) -> Bool {
    switch field.type {
    case .bool: WordWriting.bool(word) != nil || WordWriting.bool(word, of: field) != nil
    case .choice(let choices): WordWriting.choice(word, choices, field.choiceLabels) != nil
    case .text, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .reference, .set: false
    }
  }

  /// A heading without blanks, asterisks, numbers before it and brackets, in small letters, and what stood in brackets.
  static func bare(_ heading: String) -> (name: String, brackets: [String]) {
    var name = ""
    var brackets: [String] = []
    var depth = 0
    for character in CellText.closed(heading).lowercased() {
      switch character {
      case "(", "[", "【", "〔", "{", "［", "〈", "《":
        depth += 1
        if depth == 1 { brackets.append("") }
      case ")", "]", "】", "〕", "}", "］", "〉", "》": depth = max(0, depth - 1)
      case "*", "※", "★", "☆", "#", "▲", "●": break
      default:
        let plain = simplified[character] ?? character
        if depth > 0 { brackets[brackets.count - 1].append(plain) } else { name.append(plain) }
      }
    }
    while let last = name.last, ":;.-、".contains(last) { name.removeLast() }
    // 【身份证号】
    if name.isEmpty, let first = brackets.first { name = first }
    return (Headings.unnumbered(name), brackets)
  }

  /// `1.姓名`, `2、身份证号`: without the number before it.
  private static func unnumbered(_ name: String) -> String {
    let digits = name.prefix { $0.isNumber }
    guard !digits.isEmpty, digits.count <= 2, let mark = name.dropFirst(digits.count).first, ".、,)".contains(mark)
    else {
      return name
    }
    return String(name.dropFirst(digits.count + 1))
  }

  /// Characters of headings as Taiwan and Hong Kong write them.
  private static let simplified: [Character: Character] = [
    "戶": "户", "單": "单", "離": "离", "職": "职", "證": "证", "號": "号", "碼": "码", "間": "间", "業": "业", "員": "员", "參": "参",
    "險": "险",
    "資": "资", "機": "机", "構": "构", "處": "处", "別": "别", "開": "开", "終": "终", "僱": "雇", "傭": "佣", "務": "务", "縣": "县",
    "區": "区", "稱": "称",
    "勞": "劳", "動": "动", "紹": "绍", "學": "学", "歷": "历", "齡": "龄", "標": "标", "準": "准", "貫": "贯", "聯": "联", "電": "电",
    "話": "话", "備": "备", "註": "注",
  ]
}
