// What a column that nobody reads looks like by its cells: numbers of persons, days, places, yes and no. For whoever
// has to be told that something may be lost. Knows nothing of headings.
import Diagnostics
import Reckoning

/// What the cells of a column look like.
enum ColumnLook {
  case identity, day, month, span, place, flag, agency, months, amount, choices

  /// - Parameters:
  ///   - cells: those that hold anything.
  ///   - yuan: how many yuan the heading counts in.
  /// - Returns: nil where they look like none of it.
  init?(_ cells: [String], _ reader: ValueReader, yuan: Int64 = 1) {
    guard !cells.isEmpty else { return nil }
    func most(_ isSo: (String) -> Bool) -> Bool { cells.count(where: isSo) * 10 >= cells.count * 7 }
    if most(ColumnLook.isIdentity) {
      self = .identity
    } else if let days = ColumnLook.days(cells, reader) {
      self = days
    } else if most({ WordWriting.bool($0) != nil && !CellText.isDigits($0) }) {
      self = .flag
    } else if most({ ColumnLook.isPlace($0, reader) }) {
      self = .place
    } else if cells.count(where: ColumnLook.isTerm) * 2 > cells.count {
      self = .months
    } else if most({ ColumnLook.isAmount($0, yuan) }) {
      self = .amount
    } else if cells.count(where: ColumnLook.isAgency) * 10 >= cells.count * 3 {
      self = .agency
    } else {
      return nil
    }
  }

  /// Whether cells say yes or no to a fact in its own words (脱贫户, 一般农户), and not by words that do so of anything.
  static func says(_ field: Field, _ cells: [String]) -> Bool {
    guard !cells.isEmpty, cells.contains(where: { WordWriting.bool($0, of: field) == true }) else { return false }
    return cells.count { WordWriting.bool($0) == nil && WordWriting.bool($0, of: field) != nil } * 10 >= cells.count * 5
  }

  static func isIdentity(_ text: String) -> Bool {
    guard text.utf8.count <= 60 else { return false }
    switch IdentityNumber.read(text) {
    case .number: return true
    case .faulty(_, let fault): return fault == .check
    }
  }

  static func isDay(_ text: String, _ reader: ValueReader) -> Bool {
    // A number of five digits may be a day, and may be anything.
    guard !CellText.isDigits(text) || text.utf8.count == 8 else { return false }
    let field = Field(name: "", type: .date, absence: .none, labels: [], meaning: .same(""))
    do { return try reader.reading(text, field, CellContext()).value != nil } catch {
      if case .severalMeanings = error { return true }
      return false
    }
  }

  /// Whether a text is called as agencies are: 惠民人力, 某某劳务公司.
  static func isAgency(_ text: String) -> Bool {
    (3...30).contains(text.count) && ["人力", "劳务", "中介", "人才", "职介", "职业介绍"].contains(where: text.contains)
      && !["，", "。", "、", "；"].contains(where: text.contains)
  }

  /// Whether a heading speaks of how somebody came.
  static func speaksOfComing(_ heading: String) -> Bool {
    ["渠道", "来源", "推荐", "介绍", "输送", "招聘", "中介"].contains(where: heading.contains)
  }

  /// Whether a text is how long a contract runs: 3年, 36个月, 半年. A day of the calendar is none.
  private static func isTerm(_ text: String) -> Bool {
    let field = Field(name: "term_months", type: .int, absence: .none, labels: [], meaning: .same(""))
    guard !CellText.isDigits(CellText.closed(text)), text.utf8.count <= 30 else { return false }
    do { return try AmountWriting(text: text).whole(field).map { $0.raw <= 600 } ?? false } catch { return false }
  }

  /// Whether a text is an amount as wages are: 5200, 5,200.00, 5200元; 6 where the heading counts in 万元.
  private static func isAmount(_ text: String, _ yuan: Int64) -> Bool {
    let plain = CellText.closed(text).replacing(",", with: "")
    let digits = plain.hasSuffix("元") ? plain.dropLast() : plain[...]
    guard yuan > 1 || digits.first != "0", digits.utf8.count <= 10, digits.allSatisfy({ $0.isNumber || $0 == "." }),
      let number = Double(digits)
    else { return false }
    return (100...1_000_000).contains(number * Double(yuan))
  }

  private static func isPlace(_ text: String, _ reader: ValueReader) -> Bool {
    guard text.utf8.count <= 120, text.unicodeScalars.allSatisfy({ $0.value > 0x7F || Members.isBlank($0) }) else {
      return false
    }
    switch reader.places.reading(CellText.closed(text)) {
    case .found, .several: return true
    case .unknown: return false
    }
  }

  /// Whether a field could hold such cells.
  func fits(_ field: Field, of list: ListDeclaration) -> Bool {
    switch self {
    case .identity: return field.name == list.personID
    case .span: return field.name == list.ends
    case .choices:
      if case .set(.choice) = field.type { return true }
      return false
    case .day, .month:
      switch field.type {
      case .date, .dateOrMonth, .dateOrYear: return true
      case .text, .bool, .int, .money, .figure, .place, .county, .area, .choice, .reference, .set: return false
      }
    case .place:
      switch field.type {
      case .place, .county, .area: return true
      case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .reference, .set:
        return false
      }
    case .flag: return field.type == .bool
    case .agency: return field.type == .reference("agencies")
    case .months: return field.type == .int && field.name.hasSuffix("_months")
    case .amount: return field.type == .money
    }
  }

  /// What it looks like, in words.
  var words: Text {
    switch self {
    case .identity: Text("identity numbers", zh: "身份证号")
    case .day: Text("days", zh: "日期")
    case .month: Text("months", zh: "年月")
    case .span: Text("first and last days", zh: "起止日期")
    case .choices: Text("several of a few names", zh: "若干类别名称")
    case .place: Text("places", zh: "地名")
    case .flag: Text("yes and no", zh: "“是”或“否”")
    case .agency: Text("names of agencies", zh: "机构名称")
    case .months: Text("terms in months or years", zh: "期限（年、月数）")
    case .amount: Text("amounts", zh: "金额")
    }
  }

  /// The warning on a column that is not read.
  /// - Parameters:
  ///   - fields: what no column states and it could.
  ///   - isLikely: whether the heading speaks of the first of them. What is only left over is not proposed.
  func warning(_ heading: String, _ fields: [Field], isLikely: Bool, at location: SourceRange) -> Diagnostic {
    let name = ValueProblem.shown(heading)
    let quoted = HeadingNotes.quoted(heading)
    let (en, zh) = (fields.prefix(3).map(\.name), fields.prefix(3).map(\.words.zh))
    let look = Text(
      "the column `\(name)` is not read; its cells look like \(words.en)", zh: "`\(name)` 列未读入，内容似为\(words.zh)")
    guard isLikely else {
      return Diagnostic(
        .warning, code: "column-unread", look,
        hint: Text(
          "if it states a fact, say which: `columns \(quoted) = …`; if it does not, `columns \(quoted) = none`",
          zh: "如说明某项事实，请写明是哪一项：`各列 \(quoted) = …`；如无关系，请加上 `各列 \(quoted) = 不读`"), at: location)
    }
    return Diagnostic(
      .warning, code: "column-unread",
      Text(
        look.en + ", and no column states " + en.map { "`\($0)`" }.joined(separator: " or "),
        zh: look.zh + "；没有列说明\(zh.joined(separator: "、"))"),
      hint: Text(
        "if it does, add `columns \(quoted) = \(en[0])`; if it does not, `columns \(quoted) = none`",
        zh: "如确实如此，请加上 `各列 \(quoted) = \(zh[0])`；如不是，请加上 `各列 \(quoted) = 不读`"), at: location)
  }

  /// The warning on a column of wages for another time than a month, where no column states those by the month.
  static func otherTime(_ heading: String, _ field: Field, at location: SourceRange) -> Diagnostic {
    let (name, quoted) = (ValueProblem.shown(heading), HeadingNotes.quoted(heading))
    return Diagnostic(
      .warning, code: "column-unread",
      Text(
        "the column `\(name)` is not read; its cells look like amounts for another time, and no column states "
          + "`\(field.name)`, which is per month",
        zh: "`\(name)` 列未读入，内容似为金额，但不是每月的；没有列说明\(field.words.zh)（按月计）"),
      hint: Text(
        "state `\(field.name)` in a column of its own, in yuan per month; if it is not needed, "
          + "`columns \(quoted) = none`",
        zh: "请另列写明\(field.words.zh)（每月多少元）；如不需要，请加上 `各列 \(quoted) = 不读`"), at: location)
  }
}
