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
  /// Months with a part of one, as an exact quotient: `calendar months from a to b`.
  case partMonths
  case days
  /// Fen.
  case money
  /// Hundredths of another currency than the yuan.
  case amount(Currency)
  /// Fen, or hundredths of another currency, for each of something.
  case rate(Rate)
  /// Hundred-millionths (`Share.unit`).
  case share
  /// A number in hundred-millionths, as a fact or a figure of the text states it.
  case decimal
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

  /// Whether it is an amount for each of something, of this kind.
  package func isRate(of amount: ValueType) -> Bool {
    if case .rate(let rate) = self { rate.whole == amount } else { false }
  }

  /// What a person would call it.
  package var words: Text {
    switch self {
    case .truth: Text("a condition", zh: "条件")
    case .number: Text("a number", zh: "数")
    case .months: Text("months", zh: "月数")
    case .partMonths: Text("months and parts of one", zh: "月数（含不足月）")
    case .days: Text("days", zh: "天数")
    case .money: Text("an amount of yuan", zh: "金额（元）")
    case .amount(let currency): Text("an amount of \(currency.word)", zh: "金额（\(currency.chinese)）")
    case .rate(let rate): rate.words
    case .share: Text("a share (%)", zh: "比例（%）")
    case .decimal: Text("a decimal", zh: "小数")
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

  package init(_ type: FieldType) {
    self =
      switch type {
      case .text: .text
      case .bool: .truth
      case .int: .number
      case .money: .money
      case .figure(.decimal): .decimal
      case .figure(.share): .share
      case .figure(.amount(let currency)): .amount(currency)
      case .date, .dateOrMonth: .date
      case .dateOrYear: .dateOrYear
      case .place, .county, .area: .place
      case .choice(let names): .choice(names)
      case .reference(let list): .record(list)
      case .set(let member): .set(ValueType(member))
      }
  }
}

extension ValueType {
  /// Whether a unit written behind a figure is this one: `dollar`, `yuan per person`, 元/人.
  package func isCalled(_ unit: String) -> Bool {
    switch self {
    case .amount(let currency): currency.isCalled(unit)
    case .rate(let rate): unit == rate.unit.en || unit == rate.unit.zh
    case .truth, .number, .months, .partMonths, .days, .money, .share, .decimal, .fraction, .date, .dateOrYear, .place,
      .text, .choice, .record, .set, .nothing, .broken:
      false
    }
  }
}
