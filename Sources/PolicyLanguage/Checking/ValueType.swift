// The types of the rule language. They carry units, so that adding persons to yuan is an error at the word that does
// it. Knows nothing of columns.
import Diagnostics
import Facts
import Reckoning

/// What an expression is.
package indirect enum ValueType: Sendable, Hashable {
  case truth
  /// A whole number or a count, whatever is counted.
  case number
  case months
  case days
  /// Fen.
  case money
  /// Fen for each of something.
  case rate(Rate)
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

  /// Whether it is an amount for each of something.
  package var isRate: Bool { if case .rate = self { true } else { false } }

  /// What a person would call it.
  package var words: Text {
    switch self {
    case .truth: Text("a condition", zh: "条件")
    case .number: Text("a number", zh: "数")
    case .months: Text("months", zh: "月数")
    case .days: Text("days", zh: "天数")
    case .money: Text("an amount of yuan", zh: "金额（元）")
    case .rate(let rate): rate.words
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

/// What an amount is for each of.
package enum Rate: Sendable, Hashable, CaseIterable {
  case month
  case day
  /// One of whatever is counted: `yuan per person`.
  case one
  /// One of what is counted, for a month: `yuan per person per month`.
  case oneMonth

  /// What a person would call it.
  package var words: Text {
    switch self {
    case .month: Text("yuan per month", zh: "每月金额（元/月）")
    case .day: Text("yuan per day", zh: "每日金额（元/天）")
    case .one: Text("yuan for each", zh: "每个金额（元/个）")
    case .oneMonth: Text("yuan for each per month", zh: "每个每月金额（元/个/月）")
    }
  }

  /// What stands behind the figure where it is shown.
  package var written: Text {
    switch self {
    case .month: Text(" yuan per month", zh: " 元/月")
    case .day: Text(" yuan per day", zh: " 元/天")
    case .one: Text(" yuan each", zh: " 元/个")
    case .oneMonth: Text(" yuan each per month", zh: " 元/个/月")
    }
  }

  /// The rate that words after `yuan` stand for: `per person`, `per month`, both in either order; nil where there is
  /// none.
  package init?(per words: [Substring]) {
    let isMonth = { (word: Substring) in word == "month" || word == "月" }
    let isOther = { (word: Substring) in ["day", "天", "日", "year", "年"].contains(word) || isMonth(word) }
    switch words.count {
    case 1:
      if isMonth(words[0]) {
        self = .month
      } else if ["day", "天", "日"].contains(words[0]) {
        self = .day
      } else if isOther(words[0]) {
        return nil
      } else {
        self = .one
      }
    case 2:
      guard isMonth(words[0]) != isMonth(words[1]), !isOther(words[isMonth(words[0]) ? 1 : 0]) else { return nil }
      self = .oneMonth
    default: return nil
    }
  }
}
