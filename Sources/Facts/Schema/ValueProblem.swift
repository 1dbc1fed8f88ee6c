// What can be wrong with one stated fact, worded in both languages beside its case. Knows nothing of files: the
// reader that finds a problem says where.
import Diagnostics
import Reckoning

/// What is wrong with one value, field or record.
enum ValueProblem: Error, Sendable {
  case notBool(String)
  case notWhole(String)
  case notMoney(String)
  case tooManyDecimals(String)
  /// The currency has whole units alone.
  case decimalsOfWhole(String)
  case tooLarge(String, limit: String)
  case negative(String)
  case notDate(String, FieldType, isLast: Bool = false)
  case noSuchDay(String)
  /// A way of writing that has more than one meaning: each of them.
  case severalMeanings(String, [String])
  /// A day that may be several, each of them, and what may be said of a whole column to tell which is meant.
  case ambiguousDate(String, [String], [DateOrder])
  /// A day with a word that says that what was before goes on, where a first or a last day is asked for.
  case goesOn(String, word: String, isLast: Bool)
  /// A word that says that nobody knows, for a field whose absence says something else.
  case notKnown(String, Field, isOfFile: Bool)
  /// A day that programs write where there is none, of a field that has to be stated.
  case placeholderDay(String)
  /// A date whose weekday is another's.
  case notItsWeekday(String, String)
  /// An amount in brackets.
  case bracketed(String)
  /// A heading with a unit that its column cannot have.
  case foreignUnit(String, String)
  /// A heading of amounts that says more of them than is understood, and the field: 工资（元/件）.
  case unclearUnit(String, String, Text)
  case unknownPlace(String, Text?)
  case ambiguousPlace(String, [String])
  /// A place that is wider than a county, with counties within it.
  case notACounty(String, [String])
  /// A place of another level than is asked for, with places of that level around or within it.
  case notOfLevel(String, PlaceLevel, [String])
  /// No decimal, or no share.
  case notFigure(String, sample: String)
  /// More decimals than there may be.
  case tooFine(String, decimals: Int)
  /// An identity number that a spreadsheet has cut.
  case cutNumber(String)
  case unknownChoice(String, [Text], Text?)
  case unknownRecord(String, list: Text, Text?)
  case oneWanted(field: String)
  case missing(field: Text, record: Text)
  case unknownField(String, record: Text, Text?)
  case repeatedField(String)
  case repeatedID(String, list: Text, firstLine: Int?)
  case endsBeforeStart(ends: Text, String, begins: Text, String)
  case notOfCohort(field: String, cohort: String)

  /// A value as a message shows it: visible, and not a page of it.
  static func shown(_ text: String) -> String {
    let head = text.unicodeScalars.prefix(41)
    if head.count <= 40 { return Visible.text(text) }
    return Visible.text(String(String.UnicodeScalarView(head.dropLast()))) + "…"
  }

  var code: String {
    switch self {
    case .notBool: "not-a-boolean"
    case .notWhole: "not-a-whole-number"
    case .notMoney: "not-money"
    case .tooManyDecimals, .decimalsOfWhole: "too-many-decimals"
    case .tooLarge: "too-large"
    case .negative: "negative"
    case .notDate: "not-a-date"
    case .noSuchDay: "no-such-day"
    case .severalMeanings, .ambiguousDate: "several-meanings"
    case .notKnown(_, let field, _): ValueProblem.code(of: field.type)
    case .placeholderDay: "placeholder-day"
    case .notItsWeekday: "several-meanings"
    case .goesOn(_, _, let isLast): isLast ? "not-ended" : "goes-on"
    case .bracketed: "negative"
    case .foreignUnit, .unclearUnit: "heading-unit"
    case .unknownPlace: "unknown-place"
    case .ambiguousPlace: "ambiguous-place"
    case .notACounty: "not-a-county"
    case .notOfLevel: "not-of-level"
    case .notFigure: "not-a-figure"
    case .tooFine: "too-many-decimals"
    case .cutNumber: "cut-number"
    case .unknownChoice: "unknown-choice"
    case .unknownRecord: "unknown-id"
    case .oneWanted: "one-value-wanted"
    case .missing: "missing-fact"
    case .unknownField: "unknown-fact"
    case .repeatedField: "repeated-fact"
    case .repeatedID: "repeated-id"
    case .endsBeforeStart: "end-before-start"
    case .notOfCohort: "not-of-a-cohort"
    }
  }

  var message: Text {
    switch self {
    case .notBool(let text): Text("\(q(text)) is neither true nor false", zh: "\(z(text))既不是“是”也不是“否”")
    case .notWhole(let text): Text("\(q(text)) is not a whole number", zh: "\(z(text))不是整数")
    case .notMoney(let text): Text("\(q(text)) is not an amount of yuan", zh: "\(z(text))不是以元计的金额")
    case .decimalsOfWhole(let text):
      Text("\(q(text)) has decimals, and the currency has none", zh: "\(z(text))有小数，而该货币没有小数")
    case .tooManyDecimals(let text):
      Text("\(q(text)) has more than two decimals", zh: "\(z(text))的小数多于两位")
    case .tooLarge(let text, let limit):
      Text("\(q(text)) is more than \(limit)", zh: "\(z(text))超过 \(limit)")
    case .negative(let text): Text("\(q(text)) is below zero", zh: "\(z(text))小于零")
    case .notDate(let text, _, _): Text("\(q(text)) is not a date", zh: "\(z(text))不是日期")
    case .noSuchDay(let text): Text("there is no day \(q(text))", zh: "没有\(z(text))这一天")
    case .severalMeanings(let text, let meanings), .ambiguousDate(let text, let meanings, _):
      Text(
        "\(q(text)) may mean \(meanings.joined(separator: " or "))",
        zh: "\(z(text))可能是 \(meanings.joined(separator: " 或 "))")
    case .goesOn(let text, let word, let isLast): ValueProblem.goesOn(q(text), z(text), word, isLast: isLast)
    case .notKnown(let text, let field, _): UnknownValue(text: text, field: field).message
    case .placeholderDay(let text):
      Text("\(q(text)) is what programs write where there is no day", zh: "\(z(text))是系统在没有日期时写入的默认值，不是日期")
    case .notItsWeekday(let text, let day):
      Text("\(q(text)) gives another weekday than \(day) has", zh: "\(z(text))所写的星期与 \(day) 不符")
    case .bracketed(let text):
      Text("\(q(text)) stands in brackets, which means below zero", zh: "\(z(text))带括号，在会计写法中表示负数")
    case .foreignUnit(let heading, let unit):
      Text("the column \(q(heading)) counts in \(q(unit)), which is not read", zh: "\(z(heading))列以\(z(unit))计，无法读取")
    case .unclearUnit(let heading, let unit, _):
      Text(
        "the column \(q(heading)) says \(q(unit)) of its amounts, which is not understood",
        zh: "\(z(heading))列的金额注明\(z(unit))，含义不明，未读入")
    case .unknownPlace(let text, _): Text("there is no place \(q(text))", zh: "没有\(z(text))这个地方")
    case .ambiguousPlace(let text, _): Text("several places are named \(q(text))", zh: "有多个地方叫\(z(text))")
    case .notACounty(let text, _):
      Text("\(q(text)) is wider than a county", zh: "\(z(text))不是县级地区")
    case .notOfLevel(let text, let level, _):
      Text("\(q(text)) is not a \(level.words.en)", zh: "\(z(text))不是\(level.words.zh)")
    case .notFigure(let text, _): Text("\(q(text)) is not a figure", zh: "\(z(text))不是数值")
    case .tooFine(let text, let decimals):
      Text("\(q(text)) has more than \(decimals) decimals or is too large", zh: "\(z(text))的小数多于 \(decimals) 位或过大")
    case .cutNumber(let text): Text("Excel has cut the number \(q(text))", zh: "Excel 截断了号码\(z(text))")
    case .unknownChoice(let text, _, _):
      Text("\(q(text)) is not one of the choices", zh: "\(z(text))不在可选之列")
    case .unknownRecord(let text, let list, _):
      Text("there is no \(q(text)) among the \(list.en)", zh: "\(list.zh)中没有\(z(text))")
    case .oneWanted(let field):
      Text("`\(field)` takes one value, a list was found", zh: "`\(field)` 只能有一个值，这里写了一列")
    case .missing(let field, let record):
      Text("the \(record.en) does not state `\(field.en)`", zh: "\(record.zh)缺少\(field.zh)")
    case .unknownField(let name, let record, _):
      Text(
        "\("aeiou".contains(record.en.prefix(1)) ? "an" : "a") \(record.en) has no fact \(q(name))",
        zh: "\(record.zh)没有\(z(name))这一项")
    case .repeatedField(let name):
      Text("`\(ValueProblem.shown(name))` is stated twice", zh: "`\(ValueProblem.shown(name))` 写了两次")
    case .repeatedID(let id, let list, let line): ValueProblem.repeated(q(id), z(id), list, line)
    case .endsBeforeStart(let ends, let last, let begins, let first):
      Text(
        "`\(ends.en)` \(last) is before `\(begins.en)` \(first)", zh: "\(ends.zh) \(last) 早于\(begins.zh) \(first)")
    case .notOfCohort(let field, let id):
      Text("the `hire` of the cohort \(q(id)) cannot state `\(field)`", zh: "批次\(z(id))的“人员”里不能写 `\(field)`")
    }
  }

  /// An id that stands twice, with the line of the first where it is known.
  private static func repeated(_ id: String, _ chinese: String, _ list: Text, _ line: Int?) -> Text {
    let first = line.map { Text(", first in line \($0)", zh: "，前一个在第 \($0) 行") } ?? .same("")
    return Text("the id \(id) stands twice among the \(list.en)\(first.en)", zh: "\(list.zh)中编号\(chinese)重复\(first.zh)")
  }

  /// A day with a word that says it is none: 2022.3.1续签.
  private static func goesOn(_ text: String, _ chinese: String, _ word: String, isLast: Bool) -> Text {
    Text(
      "\(text) is no \(isLast ? "last" : "first") day: `\(word)` says that what was before goes on",
      zh: "\(chinese)不是\(isLast ? "终止日期" : "起始日期")：“\(word)”说明此前的关系仍在继续")
  }

  var hint: Text? {
    switch self {
    case .notBool: Text("write true or false (also 1 or 0, 是 or 否)", zh: "请写“是”或“否”")
    case .notWhole: Text("write digits only, such as 120", zh: "请只写数字，如 120")
    case .notMoney: Text("write digits only, such as 1660 or 1660.50", zh: "请只写数字，如 1660 或 1660.50")
    case .decimalsOfWhole: Text("write a whole amount", zh: "请写整数")
    case .tooManyDecimals: Text("amounts are exact to the fen: 1660.50", zh: "金额精确到分：1660.50")
    case .tooLarge: Text("check the figure and its unit", zh: "请核对数字和单位")
    case .negative: Text("write zero or more", zh: "请写零或正数")
    case .notDate(let text, let type, let isLast): ValueProblem.dateHint(text, type, isLast: isLast)
    case .noSuchDay: Text("check the month's length and the year (1 to 9999)", zh: "请核对该月的天数和年份（1 至 9999）")
    case .severalMeanings(_, let meanings):
      Text("write the one that is meant, such as \(meanings[0])", zh: "请写明是哪一个，如 \(meanings[0])")
    case .ambiguousDate(_, let meanings, let orders):
      Text(
        "write the one that is meant, such as \(meanings[0])\(ValueProblem.columnsOffer.en): "
          + orders.map { "`dates: \($0.word.en)`" }.joined(separator: " or "),
        zh: "请写明是哪一个，如 \(meanings[0])\(ValueProblem.columnsOffer.zh)："
          + orders.map { "`日期写法: \($0.word.zh)`" }.joined(separator: " 或 "))
    case .goesOn(_, _, let isLast):
      isLast
        ? Text("write the last day; whoever is still there has none", zh: "请写实际终止的日期；仍在职的不填")
        : Text(
          "write the day that it began; a renewal, taken for it, would make somebody new of who has been there",
          zh: "请写最初开始的日期；按续签等日期读入，会把原有人员当作新招人员")
    case .notKnown(let text, let field, let isOfFile): UnknownValue(text: text, field: field).hint(isOfFile: isOfFile)
    case .placeholderDay: Text("write the day that it was", zh: "请写实际日期")
    case .notItsWeekday: Text("correct the date or the weekday", zh: "请改正日期或星期")
    case .bracketed: Text("write zero or more, without brackets", zh: "请写零或正数，不加括号")
    case .foreignUnit: Text("give yuan or persons, and say so in the heading", zh: "请换算成元或人，并改表头")
    case .unclearUnit(let heading, _, let field):
      Text(
        "if they are all the same `\(field.en)`, say so: `columns \(HeadingNotes.quoted(heading)) = \(field.en)`; else "
          + "`= none`",
        zh: "如确为\(field.zh)，请写明：“各列 \(HeadingNotes.quoted(heading)) = \(field.zh)”；如不是，请写“= 不读”")
    case .unknownPlace(let text, let question): ValueProblem.placeHint(text, question)
    case .ambiguousPlace(_, let places):
      Text("write the code: \(places.joined(separator: ", "))", zh: "请写代码：\(places.joined(separator: "、"))")
    case .notACounty(_, let places):
      Text(
        "write a county within it: \(places.joined(separator: ", "))",
        zh: "请写其中的县（市、区）：\(places.joined(separator: "、"))")
    case .notOfLevel(_, let level, let places):
      places.isEmpty
        ? Text("write a \(level.words.en)'s code or name", zh: "请写\(level.words.zh)的代码或名称")
        : Text("write one of \(places.joined(separator: ", "))", zh: "可写：\(places.joined(separator: "、"))")
    case .notFigure(_, let sample): Text("write digits, such as \(sample)", zh: "请写数字，如 \(sample)")
    case .tooFine: Text("write fewer decimals", zh: "请减少小数位数")
    case .cutNumber:
      Text(
        "an identity number has 18 digits and Excel keeps 15: make the column a text before the numbers are typed",
        zh: "身份证号有 18 位，Excel 只保留 15 位：请先把该列设为文本格式，再填写号码")
    case .unknownChoice(_, let choices, let question):
      question
        ?? Text(
          "write one of \(choices.map(\.en).joined(separator: ", "))",
          zh: "可写：\(choices.map(\.zh).joined(separator: "、"))")
    case .unknownRecord(_, let list, let question):
      question ?? Text("state it among the \(list.en), or correct the id", zh: "请在\(list.zh)中补上，或改正编号")
    case .oneWanted: Text("write a single value", zh: "请只写一个值")
    case .missing(let field, _): Text("add `\(field.en)`", zh: "请补上\(field.zh)")
    case .unknownField(_, _, let question):
      question ?? Text("correct it, or name it under `ignore`", zh: "请改正，或写进 `忽略`")
    case .repeatedField: Text("keep one of the two", zh: "请保留其中一个")
    case .repeatedID: Text("give each record an id of its own", zh: "请给每条记录不同的编号")
    case .endsBeforeStart: Text("the last day cannot precede the first", zh: "最后一天不能早于第一天")
    case .notOfCohort:
      Text("a cohort makes its hires' ids, starts and ends itself", zh: "批量人员的编号、开始和离职日期由批量自动生成")
    }
  }

  /// How hints begin what a scenario may say once for a whole list.
  static let columnsOffer = Text(", or say under the list's `columns`", zh: "；或在该清单的 `columns` 下统一说明")

  /// How a day is written that could not be read, or which word of the mapping reads it.
  private static func dateHint(_ text: String, _ type: FieldType, isLast: Bool) -> Text {
    // Of a month in which something ended the last day is offered. What states a day is no month.
    let month = isLast ? DateOrder.monthEnds : .monthBegins
    return switch type {
    case .dateOrMonth: Text("write 2022-03-01, or 2022-03", zh: "请写 2022-03-01 或 2022-03")
    case .dateOrYear
    where DateWriting(text: text, type: .dateOrYear, order: DateOrder.monthBegins.joined(.oneIsJanuary)).isRead:
      Text(
        "write 2022-03-01, or 2022\(columnsOffer.en): `dates: \(DateOrder.monthBegins.word.en)`",
        zh: "请写 2022-03-01 或 2022\(columnsOffer.zh)：`日期写法: \(DateOrder.monthBegins.word.zh)`")
    case .dateOrYear: Text("write 2022-03-01, or 2022", zh: "请写 2022-03-01 或 2022")
    case .date
    where !DateWriting(text: text, type: .date).isRead
      && DateWriting(text: text, type: .date, order: month.joined(.oneIsJanuary), isLast: isLast ? true : nil).isRead:
      Text(
        "write year, month and day: 2022-03-01\(columnsOffer.en): "
          + "`dates: \(month.word.en)`",
        zh: "请写年-月-日：2022-03-01\(columnsOffer.zh)：`日期写法: \(month.word.zh)`")
    case .date where DateWriting.isWithoutYear(text):
      Text(
        "write the year as well: 2022-03-01\(columnsOffer.en) which is meant: "
          + "`dates: \(DateOrder.of(year: 2022).word.en)`",
        zh: "请写明年份：2022-03-01\(columnsOffer.zh)是哪一年：`日期写法: \(DateOrder.of(year: 2022).word.zh)`")
    case .date, .text, .bool, .int, .money, .figure, .place, .county, .area, .choice, .reference, .set:
      Text("write year, month and day: 2022-03-01", zh: "请写年-月-日：2022-03-01")
    }
  }

  func diagnostic(at location: SourceRange?) -> Diagnostic { .error(code, message, hint: hint, at: location) }
}

private func q(_ text: String) -> String { "`" + ValueProblem.shown(text) + "`" }
private func z(_ text: String) -> String { " `" + ValueProblem.shown(text) + "` " }

extension ValueProblem {
  /// What to do about a place that is not known: of a name or code that may be younger than the table, of which year
  /// that is.
  fileprivate static func placeHint(_ text: String, _ question: Text?) -> Text {
    let hint = question ?? Text("write a GB/T 2260 code or a place's full name", zh: "请写行政区划代码或完整地名")
    let year = LaterPlaces.tableYear
    let isCode = text.utf8.count == 6 && CellText.isDigits(text)
    guard isCode || text.last.map({ "县区市旗州".contains($0) }) == true, !hint.en.contains(year) else { return hint }
    return Text(
      "\(hint.en); the table of places is that of \(year): write what has been renamed or set up since as it was then",
      zh: "\(hint.zh)；地名表为 \(year) 年的区划，此后更名、新设的请写当时的名称或代码")
  }
}
