// What an amount is for each of: months, days and years, and whatever is counted. What a rate is multiplied by takes
// one of them away.
import Diagnostics
import Facts
import Reckoning

/// What an amount is for each of: `yuan per person per month`.
package struct Rate: Sendable, Hashable {
  /// One of what it is for each of.
  package enum Unit: Sendable, Hashable {
    case month
    case day
    case year
    /// One of whatever is counted, by its word.
    case thing(String)

    /// One of what a word in a rule means.
    package init(_ word: String) {
      self =
        switch word {
        case "month", "months", "月", "个月": .month
        case "day", "days", "天", "日": .day
        case "year", "years", "年": .year
        default: .thing(Unit.words[word] ?? word)
        }
    }

    /// Chinese words and plurals for what is counted most.
    private static let words = [
      "人": "person", "名": "person", "persons": "person", "people": "person", "个": "each", "次": "time",
      "家": "enterprise",
      "岗": "post",
    ]

    private static let chinese = [
      "person": "人", "each": "个", "time": "次", "enterprise": "家", "post": "岗", "hour": "小时", "hours": "小时",
      "class": "课时", "classes": "课时",
    ]

    /// The word behind `per`.
    var written: Text {
      switch self {
      case .month: Text("month", zh: "月")
      case .day: Text("day", zh: "天")
      case .year: Text("year", zh: "年")
      case .thing(let word):
        Text(word, zh: Unit.chinese[word] ?? word)
      }
    }
  }

  /// In the order in which they are written; there is one at least.
  package let per: [Unit]
  /// Nil: yuan.
  package let currency: Currency?

  package init(_ per: [Unit], currency: Currency? = nil) {
    self.per = per
    self.currency = currency
  }

  package static let month = Rate([.month])
  package static let day = Rate([.day])

  /// What the amount is without its units.
  package var whole: ValueType { currency.map { .amount($0) } ?? .money }

  private var money: Text {
    let currency = currency ?? .yuan
    return Text(currency.word, zh: currency.chinese)
  }

  /// The unit: `yuan per person per month`.
  package var unit: Text {
    Text(
      ([money.en] + per.map(\.written.en)).joined(separator: " per "),
      zh: ([money.zh] + per.map(\.written.zh)).joined(separator: "/"))
  }

  /// What a person would call it.
  package var words: Text {
    Text(unit.en, zh: per.map { "每" + $0.written.zh }.joined() + "金额（" + unit.zh + "）")
  }

  /// What stands behind the figure where it is shown.
  package var written: Text { Text(" " + unit.en, zh: " " + unit.zh) }

  // MARK: What takes units away

  /// What is left when one unit is taken away; nil where there is none of it.
  func without(_ unit: Unit) -> ValueType? {
    guard let i = per.lastIndex(of: unit) else { return nil }
    var left = per
    left.remove(at: i)
    return left.isEmpty ? whole : .rate(Rate(left, currency: currency))
  }

  /// What is left when it is multiplied by a number, which counts things, else years; nil where it counts nothing.
  func counted() -> ValueType? {
    let thing = per.last { if case .thing = $0 { true } else { false } }
    return thing.flatMap { without($0) } ?? without(.year)
  }

  /// The same for one thing more.
  func per(_ unit: Unit) -> ValueType { .rate(Rate(per + [unit], currency: currency)) }
}

extension ValueType {
  /// How many of its raw figures the next value lies away: amounts of a currency without smaller coins have hundredths
  /// in raw form, and none are written.
  package var step: Int64 {
    let currency: Currency? = if case .rate(let rate) = self { rate.currency } else { amountCurrency }
    return currency?.decimals == 0 ? 100 : 1
  }

  /// What an amount is counted in, where it is one; nil for what is no amount.
  var amountCurrency: Currency? {
    switch self {
    case .money: .yuan
    case .amount(let currency): currency
    case .truth, .number, .months, .partMonths, .days, .rate, .share, .decimal, .fraction, .date, .dateOrYear, .place,
      .text, .choice, .record, .set, .nothing, .broken:
      nil
    }
  }

  /// An amount for each of something.
  func each(_ unit: Rate.Unit) -> ValueType? {
    switch self {
    case .money: .rate(Rate([unit]))
    case .amount(let currency): .rate(Rate([unit], currency: currency))
    case .rate(let rate): rate.per(unit)
    case .truth, .number, .months, .partMonths, .days, .share, .decimal, .fraction, .date, .dateOrYear, .place, .text,
      .choice, .record, .set, .nothing, .broken:
      nil
    }
  }

  /// Whether it is a number that need not be whole: a decimal, or what comes of dividing.
  package var isNumber: Bool {
    switch self {
    case .number, .decimal, .fraction: true
    case .truth, .months, .partMonths, .days, .money, .amount, .rate, .share, .date, .dateOrYear, .place, .text,
      .choice, .record, .set, .nothing, .broken:
      false
    }
  }
}
