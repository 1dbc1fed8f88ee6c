// The types of the rule language. They carry units, so that adding persons to yuan is an error at the word that does
// it. Knows nothing of columns.
import Diagnostics
import Facts
import Reckoning

/// What an expression is.
public indirect enum ValueType: Sendable, Hashable {
  case truth
  /// A whole number or a count, whatever is counted.
  case number
  case months
  case days
  /// Fen.
  case money
  /// Fen for each month.
  case moneyPerMonth
  /// Hundred-millionths (`Share.unit`).
  case share
  /// An exact quotient or product that is not rounded yet.
  case fraction
  case date
  case dateOrYear
  case place
  case text
  case choice([String])
  /// A record of a list.
  case record(String)
  case set(ValueType)
  case nothing
  /// A diagnostic has already told what is wrong.
  case broken

  /// What a person would call it.
  public var words: Text {
    switch self {
    case .truth: Text("a condition", zh: "条件")
    case .number: Text("a number", zh: "数")
    case .months: Text("months", zh: "月数")
    case .days: Text("days", zh: "天数")
    case .money: Text("an amount of yuan", zh: "金额（元）")
    case .moneyPerMonth: Text("yuan per month", zh: "每月金额（元/月）")
    case .share: Text("a share (%)", zh: "比例（%）")
    case .fraction: Text("a number that is not whole", zh: "非整数")
    case .date: Text("a date", zh: "日期")
    case .dateOrYear: Text("a date or a year", zh: "日期或年份")
    case .place: Text("a place", zh: "地区")
    case .text: Text("a text", zh: "文字")
    case .choice(let names): Text("one of " + names.joined(separator: ", "), zh: "下列之一：" + names.joined(separator: "、"))
    case .record(let list): Text("a record of \(list)", zh: "\(list) 的一条记录")
    case .set(let member): Text("a set (\(member.words.en))", zh: "集合（\(member.words.zh)）")
    case .nothing: Text("nothing", zh: "无")
    case .broken: Text("something unreadable", zh: "无法识别的内容")
    }
  }

  init(_ type: FieldType) {
    self =
      switch type {
      case .text: .text
      case .bool: .truth
      case .int: .number
      case .money: .money
      case .date, .dateOrMonth: .date
      case .dateOrYear: .dateOrYear
      case .place, .county: .place
      case .choice(let names): .choice(names)
      case .reference(let list): .record(list)
      case .set(let member): .set(ValueType(member))
      }
  }
}

/// A figure that a drafter can change.
public struct Parameter: Sendable {
  /// `changle-2022.agency_reward.rate_3m`
  public let id: String
  public let type: ValueType
  /// The default in raw form (fen, hundred-millionths, months, a day number, a count); nil when it is a value by
  /// reference.
  public let value: Int64?
  /// The by-reference value that stands where the parameter is not set.
  public let byReference: String?
  public let atLeast: Int64?
  public let atMost: Int64?
  public let meaning: Text?
  public let location: SourceRange

  /// The parameter's last name: `rate_3m`.
  public var name: String { id.split(separator: ".").last.map(String.init) ?? id }
}

/// One defensible interpretation of an ambiguous text, chosen among several.
public struct Reading: Sendable {
  public struct Choice: Sendable {
    public let name: String
    public let meaning: Text
  }

  /// `changle-2022.agency_reward.threshold_means`, or a global name such as `window_on`.
  public let id: String
  public let question: Text
  public let choices: [Choice]
  public let defaultIndex: Int
  public let location: SourceRange?

  public var name: String { id.split(separator: ".").last.map(String.init) ?? id }

  public init(id: String, question: Text, choices: [Choice], defaultIndex: Int, location: SourceRange?) {
    self.id = id
    self.question = question
    self.choices = choices
    self.defaultIndex = defaultIndex
    self.location = location
  }
}

/// A value that a text only refers to.
public struct ReferenceValue: Sendable {
  public let name: String
  public let type: ValueType
  public let meaning: Text?
  /// The document that sets it.
  public let source: Text?
  public let location: SourceRange

  /// The same under another name: of one document or one measure.
  public func named(_ name: String) -> ReferenceValue {
    ReferenceValue(name: name, type: type, meaning: meaning, source: source, location: location)
  }
}

extension Reading {
  /// The readings that hold for every document (semantics.md).
  public static let global: [Reading] = [
    make(
      "month_end", Text("When the month reached lacks the day, which day is it?", zh: "对应月份没有该日时，取哪一天？"),
      ("clamp", Text("the month's last day", zh: "该月最后一天")),
      ("next_day", Text("the first day of the following month", zh: "次月第一天"))),
    make(
      "clock", Text("From when does \"stable for n months\" count?", zh: "“稳定就业满 n 个月”如何起算？"),
      ("inclusive", Text("the start day counts", zh: "起始日计入")),
      (
        "anniversary",
        Text("the start day does not count (Civil Code, arts. 201 and 202)", zh: "起始日不计入（民法典第 201、202 条）")
      ),
      ("insured_months", Text("calendar months insured", zh: "按参保的自然月"))),
    make(
      "year_of", Text("Which date places a hire in a year?", zh: "以哪个日期确定所属年度？"),
      ("start", Text("the first day insured", zh: "参保日期")),
      ("completion", Text("the day on which the months are complete", zh: "满规定月数之日"))),
    make(
      "window_on", Text("Which date must lie within the document's period?", zh: "以哪个日期判断是否在有效期内？"),
      ("start", Text("the day on which the spell or service begins", zh: "开始之日")),
      ("accrual", Text("the day on which it counts or is due", zh: "满足条件或应付之日"))),
    make(
      "count", Text("Are persons counted, or hires?", zh: "按人还是按次计数？"),
      ("persons", Text("each person once", zh: "每人只计一次")),
      ("hires", Text("every hire", zh: "每次录用都计"))),
    make(
      "allocation", Text("Who gets the places of a quota?", zh: "名额如何分配？"),
      ("filing_order", Text("first filed, first served", zh: "按备案先后")),
      ("maximum", Text("as many as possible", zh: "人数最多"))),
    make(
      "higher_by", Text("What competes when the higher is taken?", zh: "就高时比较什么？"),
      ("total", Text("each document's total", zh: "各文件合计")),
      ("payment", Text("payment by payment", zh: "逐笔"))),
    make(
      "higher_between", Text("Between which documents is the higher taken?", zh: "哪些文件之间就高？"),
      (
        "clause",
        Text(
          "each document with a clause on it is a contender, all without one are together another",
          zh: "有就高条款的文件各为一方，没有条款的文件合为一方")
      ),
      ("all", Text("every document is a contender", zh: "每个文件各为一方"))),
  ]

  /// Whether the reading is one for everything, and not to be set for a document or a measure.
  public var isGlobalOnly: Bool { id == "higher_by" || id == "higher_between" }

  private static func make(_ id: String, _ question: Text, _ choices: (String, Text)...) -> Reading {
    Reading(
      id: id, question: question, choices: choices.map { Choice(name: $0.0, meaning: $0.1) }, defaultIndex: 0,
      location: nil)
  }
}
