// The indicators of the table of targets: of each year by itself, with the words that forms count people, enterprises
// and money by. What a run does not know stays a marked blank. Knows nothing of templates.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

private struct Indicator: Sendable {
  let first: Text
  let second: Text
  let third: Text
  /// Nil: of all years.
  var year: Int?
  /// Whether it is of all years together rather than of each.
  var isTogether = false
  let sign: String
  let value: Text
  let unit: Text

  /// A figure as a number.
  var datum: Datum {
    let plain = value.en.replacing(",", with: "")
    let isNumber = plain.wholeMatch(of: /[0-9]{1,15}(\.[0-9]+)?/) != nil
    return isNumber ? .decimal(plain) : .words(value)
  }
}

extension PaperTables {
  /// What indicators call the number of payments and of those paid, behind the measure's name.
  static let (paymentsOf, beneficiariesOf) = (
    Text(": payments", zh: "发放笔数"), Text(": beneficiaries", zh: "发放对象")
  )

  /// The cost of one year.
  static let yearly = Text("cost of the year", zh: "年度预算成本")

  private static let output = Text("output", zh: "产出指标")
  private static let cost = Text("cost", zh: "成本指标")

  /// The indicators of the table of targets.
  var indicators: Relation {
    let counts = YearCounts(run.ledger)
    let years = counts.years
    let rows = quantities(counts) + qualities + costs(counts)
    var columns: [AnswerColumn<Indicator>] = [
      .words("first", Text("First", zh: "一级指标"), .useful) { $0.first },
      .words("second", Text("Second", zh: "二级指标"), .essential) { $0.second },
      .words("third", Text("Third", zh: "三级指标"), .essential) { $0.third },
    ]
    // Figures of several years never stand for one.
    if years.count > 1 {
      columns.append(
        .words("year", Text("Year", zh: "年度"), .essential) { row in
          row.year.map { .same(String($0)) }
            ?? (row.isTogether ? Text("together", zh: "累计") : Text("each", zh: "各年"))
        })
    }
    columns += [
      .id("sign", Text("Sign", zh: "符号"), .essential) { $0.sign },
      .mixed("value", Text("Value", zh: "值"), .essential) { $0.datum }.shown { [Span($0.value)] },
      .words("unit", Text("Unit", zh: "单位"), .essential) { $0.unit },
      .words("standard", Text("By", zh: "绩效标准"), .useful) { _ in Text("plan", zh: "计划标准") },
    ]
    return Relation(of: rows, columns)
  }

  private func quantities(_ counts: YearCounts) -> [Indicator] {
    let quantity = Text("quantity", zh: "数量指标")
    let years: [Int?] = counts.years.count > 1 ? counts.years : [nil]
    return years.flatMap { year in
      budget.lines.flatMap { line -> [Indicator] in
        let measure = budget.measure(line)
        let words = PaperNames.words(measure)
        let count = year.map { counts.count(measure.id, $0) }
        let (payments, people) = (count?.payments ?? line.tally.payments, count?.beneficiaries ?? line.beneficiaries)
        if year != nil, payments == 0 { return [] }
        func row(_ what: Text, _ number: Int, _ unit: Text) -> Indicator {
          Indicator(
            first: PaperTables.output, second: quantity, third: Text(words.en + what.en, zh: words.zh + what.zh),
            year: year, sign: "≥", value: .same(Figures.integer(Int64(number))), unit: unit)
        }
        return [
          row(PaperTables.beneficiariesOf, people, Text("beneficiaries", zh: countingWord(measure))),
          row(PaperTables.paymentsOf, payments, Text("payments", zh: "笔")),
        ]
      }
    }
  }

  /// What those whom a measure pays are counted by: people by 人, undertakings by 家.
  private func countingWord(_ measure: CheckedMeasure) -> String {
    let dictionary = run.ledger.dataset.dictionary
    let words = Set(
      measure.pays.map { pay -> String in
        switch pay.who.type {
        case .text: return PaperTables.isUndertaking(pay.who) ? "家" : "人"
        case .record(let name):
          if let list = dictionary.list(name), list.person != nil || list.personID != nil { return "人" }
          if name == "startups" { return "家" }
          let word = dictionary.list(name)?.chinese.classifier ?? "个"
          return word == "名" ? "人" : word
        default: return "个"
        }
      })
    return words.count == 1 ? words.first ?? "个" : "个"
  }

  /// Whether a text that names who is paid names no person: 承办机构.
  static func isUndertaking(_ who: Typed) -> Bool {
    let words =
      switch who.operation {
      case .selfField(let field), .field(_, let field): field.words.zh
      default: ""
      }
    return ["机构", "单位", "企业", "公司"].contains { words.hasSuffix($0) }
  }

  /// The figures that a measure's amounts are made of; what else is money is asked of whoever is paid.
  private static func costing(_ measure: CheckedMeasure) -> Set<String> {
    var found: Set<String> = []
    var definitions: Set<String> = []
    func look(_ all: [Typed]) {
      all.walk { t in
        if case .parameter(let id) = t.operation { found.insert(id) }
        if case .call(let definition, _) = t.operation, definitions.insert(definition.name).inserted {
          look([definition.body])
        }
        return .into
      }
    }
    look(measure.pays.flatMap { [$0.amount] + ($0.low.map { [$0] } ?? []) })
    return found
  }

  private var qualities: [Indicator] {
    let (quality, time) = (Text("quality", zh: "质量指标"), Text("time", zh: "时效指标"))
    return [
      (quality, Text("paid to those entitled", zh: "发放对象合规率")),
      (quality, Text("paid in the right amount", zh: "发放金额准确率")), (time, Text("paid in time", zh: "按时发放率")),
    ].map { second, third in
      Indicator(
        first: PaperTables.output, second: second, third: third, sign: "≥", value: PaperTables.blank, unit: .same("%"))
    }
  }

  private func costs(_ counts: YearCounts) -> [Indicator] {
    let (output, cost, blank) = (PaperTables.output, PaperTables.cost, PaperTables.blank)
    let basis = PaperBasis(run: run, places: places)
    var rows: [Indicator] = []
    for line in budget.lines {
      let measure = budget.measure(line)
      guard let document = run.documents.first(where: { $0.id == measure.document }) else { continue }
      let costing = PaperTables.costing(measure)
      for parameter in measure.parameters where parameter.type == .money || parameter.type.isRate {
        guard costing.contains(parameter.id) else { continue }
        guard let figure = basis.reckoned(parameter, in: document) else { continue }
        let (value, unit) = PaperTables.split(figure)
        rows.append(
          Indicator(
            first: output, second: cost,
            third: Text(
              "\(measure.title.en): \(PaperNames.words(parameter).en)", zh: measure.words.zh + parameter.words.zh),
            sign: "＝", value: value, unit: unit))
      }
      for one in basis.tables(document).standards(of: measure, asSet: true) {
        guard let parameter = one.parameter, parameter.type == .money || parameter.type.isRate,
          costing.contains(parameter.id)
        else { continue }
        let (value, unit) = PaperTables.split(one.figure)
        rows.append(
          Indicator(
            first: output, second: cost,
            third: Text("\(measure.title.en): \(one.name.en)", zh: measure.words.zh + one.name.zh),
            sign: "＝", value: value, unit: unit))
      }
      for limit in basis.limits(measure, in: document) where limit.isMoney {
        let (value, unit) = PaperTables.split(limit.figure)
        rows.append(
          Indicator(
            first: output, second: cost,
            third: Text("\(measure.title.en): \(limit.name.en)", zh: measure.words.zh + limit.name.zh), sign: "≤",
            value: value, unit: unit))
      }
    }
    let currency = Text(currency.word, zh: currency.chinese)
    for year in counts.years where counts.years.count > 1 {
      rows.append(
        Indicator(
          first: output, second: cost, third: PaperTables.yearly, year: year, sign: "≤",
          value: .same(Figures.money(fen: counts.sum(year))), unit: currency))
    }
    rows.append(
      Indicator(
        first: output, second: cost, third: Text("cost altogether", zh: "预算总成本"), isTogether: true, sign: "≤",
        value: .same(Figures.money(fen: budget.sum.total)), unit: currency))
    rows.append(
      Indicator(
        first: Text("effect", zh: "效益指标"), second: Text("social effect", zh: "社会效益指标"), third: blank, sign: "≥",
        value: blank, unit: .same("")))
    rows.append(
      Indicator(
        first: Text("satisfaction", zh: "满意度指标"), second: Text("of those served", zh: "服务对象满意度"),
        third: Text("satisfied beneficiaries", zh: "发放对象满意度"), sign: "≥", value: blank, unit: .same("%")))
    return rows
  }

  /// A figure as forms have it, apart from its unit: 5 and 万元, 300 and 元/月.
  static func split(_ figure: Text) -> (value: Text, unit: Text) {
    let whole = (value: figure, unit: Text.same(""))
    guard let match = figure.zh.wholeMatch(of: /((?:每\p{Han}{1,2}?)*)([0-9.,]+)(\p{Han}+)/) else { return whole }
    let per = match.1.split(separator: "每").map { "/" + $0 }.joined()
    let english = figure.en.wholeMatch(of: /([0-9.,]+) (.+)/)
    return (
      Text(english.map { String($0.1) } ?? figure.en, zh: String(match.2)),
      Text(english.map { String($0.2) } ?? "", zh: match.3 + per)
    )
  }
}
