// What can be wrong with a scenario or bulk file as a whole, apart from the values in it, worded in both languages
// beside its case. Knows nothing of how the files are read.
import Diagnostics

/// What is wrong with the form of a file.
enum FileProblem: Error, Sendable {
  // Any file.
  case unreadable(String, Text)
  /// It is there, and no plain file: a folder, a pipe.
  case notPlain(String, Text)
  case other(FileRefusal)
  case tooLarge(limit: Text)
  case wideCharacters
  case notUTF8(byte: UInt8)
  case neitherEncoding
  // Bulk files.
  case noHeader
  /// There is no row of the number that is said to name the columns.
  case noHeaderRow(Int)
  case separator(String)
  case cells(found: Int, wanted: Int)
  case strayQuote
  case textAfterQuote
  case unclosedQuote
  case tooManyRecords
  case tooManyColumns
  case unknownColumn(String, records: Text, Text?)
  /// - Parameter place: the column that is one too many, counted from 1.
  case repeatedColumn(String, field: Text, place: Int)
  case idlessColumn
  case workbook(WorkbookWording)
  // Scenario files.
  case syntax(YAMLMistake)
  case tooDeep
  case tooManyAliases
  case empty
  case notMapping(found: Text)
  case repeatedKey(String, firstLine: Int?)
  case unknownKey(String, Text?)
  case keyNotText
  case keyMissing(String, Text)
  case wanted(key: String, Text, found: Text)
  case notARecord(list: String, found: Text)
  case severalDocuments
  case ignoredFact(String)
  case moreProblems(Int)
  // Cohorts.
  case cohortCount(String)
  case cohortTotal
  case cohortRepeated(String)
  /// With the share that stands behind it, where there is one.
  case cohortMonths(String, share: String?)
  case cohortShare(String)
  case cohortRises(String, months: Int)
  case cohortEndBeside(String)
  case cohortSpread(from: String, to: String)
  case monthEnd(String)

  var code: String {
    switch self {
    case .unreadable, .notPlain: "unreadable"
    case .other(let refusal): refusal.code
    case .tooLarge: "file-too-large"
    case .wideCharacters, .notUTF8, .neitherEncoding: "encoding"
    case .noHeader, .noHeaderRow: "no-header"
    case .separator: "separator"
    case .cells: "cell-count"
    case .strayQuote, .textAfterQuote, .unclosedQuote: "quote"
    case .tooManyRecords: "too-many-records"
    case .tooManyColumns: "too-many-columns"
    case .unknownColumn: "unknown-column"
    case .repeatedColumn: "repeated-column"
    case .idlessColumn: "unknown-column"
    case .workbook(let wording): wording.code
    case .syntax: "yaml"
    case .tooDeep: "too-deep"
    case .tooManyAliases: "too-many-aliases"
    case .empty: "empty-scenario"
    case .notMapping: "not-a-scenario"
    case .repeatedKey: "repeated-key"
    case .unknownKey: "unknown-key"
    case .keyNotText: "key-not-text"
    case .keyMissing: "missing-key"
    case .wanted: "wrong-kind"
    case .notARecord: "not-a-record"
    case .severalDocuments: "several-documents"
    case .ignoredFact: "ignored-fact"
    case .moreProblems: "more-problems"
    case .cohortCount, .cohortTotal: "cohort-count"
    case .cohortRepeated: "repeated-id"
    case .cohortMonths, .cohortShare, .cohortRises: "cohort-retention"
    case .cohortEndBeside: "cohort-end"
    case .cohortSpread: "cohort-start"
    case .monthEnd: "unknown-choice"
    }
  }

  var message: Text {
    switch self {
    case .unreadable(let path, let why), .notPlain(let path, let why):
      Text("\(q(path)) cannot be read: \(why.en)", zh: "无法读取\(z(path))：\(why.zh)")
    case .other(let refusal): refusal.message
    case .tooLarge(let limit): Text("the file is larger than \(limit.en)", zh: "文件大于 \(limit.zh)")
    case .wideCharacters: Text("the file is UTF-16 or holds zero bytes", zh: "文件是 UTF-16 编码或含有零字节")
    case .notUTF8(let byte):
      Text("the byte 0x\(hex(byte)) here is not UTF-8", zh: "此处的字节 0x\(hex(byte)) 不是 UTF-8 编码")
    case .neitherEncoding:
      Text("the file is neither UTF-8 nor GB18030", zh: "文件既不是 UTF-8 也不是 GB18030 编码")
    case .noHeader, .noHeaderRow: headerless
    case .separator(let name):
      Text("the header's columns are separated by \(name), not by commas", zh: "表头用\(name)分隔，不是逗号")
    case .cells(let found, let wanted):
      Text("the row has \(found) cells, the header \(wanted)", zh: "本行有 \(found) 格，表头有 \(wanted) 格")
    case .strayQuote: Text("a quotation mark inside an unquoted cell", zh: "未加引号的单元格里出现引号")
    case .textAfterQuote: Text("text after a cell's closing quotation mark", zh: "单元格的后引号之后还有文字")
    case .unclosedQuote: Text("the cell's quotation mark is never closed", zh: "单元格的引号没有配对")
    case .tooManyRecords: Text("the list has more than 500 million records", zh: "记录超过五亿条")
    case .tooManyColumns: Text("the header has more than two thousand columns", zh: "表头超过两千列")
    case .unknownColumn(let name, let records, _):
      Text("\(records.en) have no column \(q(name))", zh: "\(records.zh)没有\(z(name))这一列")
    case .repeatedColumn(let name, let field, _):
      name == field.en || name == field.zh
        ? Text("the column \(q(name)) stands twice", zh: "\(z(name))列重复")
        : Text("the column \(q(name)) repeats `\(field.en)`", zh: "\(z(name))列与\(field.zh)重复")
    case .idlessColumn: Text("records of this list have no id", zh: "这类记录没有编号")
    case .workbook(let wording): wording.message
    case .syntax(let mistake): mistake.message
    case .tooDeep: Text("the file nests deeper than any scenario", zh: "文件嵌套过深")
    case .tooManyAliases: Text("the file repeats anchored parts too often", zh: "文件里引用锚点的次数过多")
    case .empty: Text("the scenario is empty", zh: "情景是空的")
    case .notMapping(let found):
      Text("a scenario is a list of keys and values, this is \(found.en)", zh: "情景应由键和值组成，这里是\(found.zh)")
    case .repeatedKey(let name, let line): twice(name, firstLine: line)
    case .unknownKey(let name, _): Text("a scenario has no key \(q(name))", zh: "情景没有\(z(name))这个键")
    case .keyNotText: Text("a key must be a plain text", zh: "键必须是普通文字")
    case .keyMissing(let name, _): Text("the scenario lacks `\(name)`", zh: "情景缺少“\(ScenarioKeys.words(of: name))”")
    case .wanted(let key, let what, let found):
      Text(
        "`\(ValueProblem.shown(key))` takes \(what.en), this is \(found.en)",
        zh: "`\(ValueProblem.shown(key))` 应为\(what.zh)，这里是\(found.zh)")
    case .notARecord(let list, let found):
      Text(
        "each entry of `\(list)` is a record of keys and values, this is \(found.en)",
        zh: "`\(list)` 的每一项应由键和值组成，这里是\(found.zh)")
    case .severalDocuments: Text("the file holds several YAML documents", zh: "文件里有多份 YAML 文档")
    case .ignoredFact(let name):
      Text(
        "`\(ValueProblem.shown(name))` is a known fact and is read all the same",
        zh: "`\(ValueProblem.shown(name))` 是已知项，仍会读取")
    case .moreProblems(let n): Text("and \(n) more problems in this file", zh: "本文件另有 \(n) 处问题")
    case .cohortCount(let text): Text("\(q(text)) is not a number of hires", zh: "\(z(text))不是人数")
    case .cohortTotal: Text("the cohorts have more than 50 million hires in all", zh: "各批人员合计超过五千万人")
    case .cohortRepeated(let id): Text("the cohort \(q(id)) is given twice", zh: "批次\(z(id))重复")
    case .cohortMonths(let text, _): Text("\(q(text)) is not a number of months", zh: "\(z(text))不是月数")
    case .cohortShare(let text): Text("\(q(text)) is not a share", zh: "\(z(text))不是比例")
    case .cohortRises(let id, let months):
      Text(
        "the share of \(q(id)) at \(months) months is higher than an earlier one",
        zh: "批次\(z(id))第 \(months) 个月的比例高于前一个")
    case .cohortEndBeside(let id):
      Text("the cohort \(q(id)) cannot have both `retention` and an `end`", zh: "批次\(z(id))的“留存率”与“离职日期”不能并用")
    case .cohortSpread(let from, let to):
      Text("`to` \(to) is before `from` \(from)", zh: "`to` \(to) 早于 `from` \(from)")
    case .monthEnd(let text):
      Text("\(q(text)) is not one of the choices of `month_end`", zh: "\(z(text))不是 `month_end` 的选项")
    }
  }

  var hint: Text? {
    switch self {
    case .unreadable: Text("check the path: it is relative to the scenario's folder", zh: "请核对路径：相对于情景文件所在文件夹")
    case .notPlain: Text("name a plain file, such as one of CSV or a workbook", zh: "请写普通文件，如 CSV 或工作簿")
    case .other(let refusal): refusal.hint
    case .tooLarge:
      Text("bulk lists belong in CSV files: `hires_from: hires.csv`", zh: "大批数据请放进 CSV 文件：`hires_from: hires.csv`")
    case .wideCharacters, .notUTF8: Text("save it as UTF-8", zh: "请另存为 UTF-8 编码")
    case .neitherEncoding: Text("save it as CSV UTF-8", zh: "请另存为“CSV UTF-8”")
    case .noHeader: Text("the first line names the columns", zh: "第一行应为各列名称")
    case .noHeaderRow: Text("write the number of the row that names them", zh: "请写各列名称所在的行号")
    case .separator: Text("save it as a CSV file with commas", zh: "请另存为以逗号分隔的 CSV")
    case .cells: Text("a cell that holds a comma goes in quotation marks", zh: "含逗号的单元格要加引号")
    case .strayQuote:
      Text("put the whole cell in quotation marks and double those inside", zh: "请给整个单元格加引号，并把里面的引号写成两个")
    case .textAfterQuote: Text("double a quotation mark inside a quoted cell", zh: "带引号的单元格里，引号要写成两个")
    case .unclosedQuote: Text("close it, or remove it", zh: "请补上后引号，或删去前引号")
    case .tooManyRecords: Text("split the scenario", zh: "请拆分情景")
    case .tooManyColumns: Text("keep the columns of the list's facts", zh: "请只保留所需的列")
    case .unknownColumn(let name, _, let question):
      question
        ?? Text(
          "correct it, or add `ignore: [\(ValueProblem.shown(name))]`",
          zh: "请改正，或在情景中加上 `忽略: [\(ValueProblem.shown(name))]`")
    case .repeatedColumn(_, _, let place):
      Text(
        "keep one of the two; to leave this one: `columns \"column \(place)\" = none`",
        zh: "请保留其中一列；如不读这一列，请加上 `各列 第\(place)列 = 不读`")
    case .idlessColumn: Text("remove the column", zh: "请删去这一列")
    case .workbook(let wording): wording.hint
    case .syntax(let mistake): mistake.hint
    case .tooDeep: Text("a scenario needs four levels", zh: "情景只需四层")
    case .tooManyAliases: Text("write the values out", zh: "请直接写出各值")
    case .empty: Text("it needs at least `scenario:` and `district:`", zh: "至少要有“情景: 标题”和“地区: 350112”两行")
    case .notMapping: Text("begin with `scenario: a title`", zh: "请以“情景: 标题”开头")
    case .repeatedKey: Text("keep one of the two", zh: "请保留其中一个")
    case .unknownKey(let name, let question):
      question
        ?? Text(
          "correct it, or add `ignore: [\(ValueProblem.shown(name))]`",
          zh: "请改正，或在情景中加上 `忽略: [\(ValueProblem.shown(name))]`")
    case .keyNotText: Text("write `name: value`", zh: "请写成 `名称: 值`")
    case .keyMissing(_, let remedy): remedy
    case .wanted(_, let what, _): Text("write \(what.en)", zh: "请写\(what.zh)")
    case .notARecord(let list, _):
      Text("write `\(list):` and below it `  - id: …`", zh: "请写 `\(list):`，下一行写 `  - id: …`")
    case .severalDocuments: Text("keep one scenario in a file; remove `---`", zh: "一个文件只写一个情景；请删去 `---`")
    case .ignoredFact:
      Text(
        "remove it from `ignore`; a column that is not to be read stands under `columns`: `HEADING: none`",
        zh: "请从 `ignore` 中删去；不想读的列写在 `columns` 下：`表头: none`")
    case .moreProblems: Text("mend those above and load again", zh: "请先改正以上各处再加载")
    case .cohortCount: Text("write a whole number: 120", zh: "请写整数，如 120")
    case .cohortTotal: Text("lower the counts", zh: "请减少人数")
    case .cohortRepeated: Text("give each cohort an id of its own", zh: "请给每个批次不同的编号")
    case .cohortMonths(let text, let share): FileProblem.months(text, share)
    case .cohortShare: Text("write a share from 0% to 100%: `90%` or `0.9`", zh: "请写 0% 至 100% 的比例：`90%` 或 `0.9`")
    case .cohortRises:
      Text("who has left does not come back: later shares are equal or lower", zh: "离职者不会返回：后面的比例只能持平或降低")
    case .cohortEndBeside: Text("keep one of the two", zh: "请保留其中一个")
    case .cohortSpread: Text("exchange the two", zh: "请对调两个日期")
    case .monthEnd: Text("write clamp or next_day", zh: "请写 clamp 或 next_day")
    }
  }

  func diagnostic(at location: SourceRange?) -> Diagnostic {
    if case .workbook(let wording) = self {
      return Diagnostic(wording.severity, code: code, message, hint: hint, at: location)
    }
    return .error(code, message, hint: hint, at: location)
  }
}

extension FileProblem {
  private var headerless: Text {
    guard case .noHeaderRow(let row) = self else { return Text("the file has no header row", zh: "文件没有表头") }
    return Text("row \(row) is said to name the columns, and holds nothing", zh: "指定第 \(row) 行为表头，该行没有内容")
  }

  /// How the months of a retention are written: `3 months` is `3`.
  private static func months(_ text: String, _ share: String?) -> Text {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).filter { $0 != " " }.lowercased()
    guard let months = Int(digits), (1...1200).contains(months), ["month", "months", "个月", "月", "m"].contains(unit)
    else { return Text("write a whole number from 1 to 1200: `3: 90%`", zh: "请写 1 至 1200 的整数：`3: 90%`") }
    let pair = "\(months): \(share ?? "90%")"
    return Text("leave the unit out: `retention: {\(pair)}`", zh: "月数不写单位：`留存率: {\(pair)}`")
  }
}

private func twice(_ name: String, firstLine line: Int?) -> Text {
  guard let line else { return Text("\(q(name)) is given twice", zh: "\(z(name))写了两次") }
  return Text("\(q(name)) is given twice, first in line \(line)", zh: "\(z(name))写了两次，前一次在第 \(line) 行")
}

private func q(_ text: String) -> String { "`" + ValueProblem.shown(text) + "`" }
private func z(_ text: String) -> String { " `" + ValueProblem.shown(text) + "` " }

private func hex(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.utf8.count < 2 ? "0" + digits : digits
}
