// Figures and places as rules write them: units to types, digits to raw figures, codes and names to places; and what is
// said where one type stands for another.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// The type that a unit word stands for; every single word that is no unit counts things: `100 persons`. Nil for what
  /// is no unit: `persons per day` is no amount of anything.
  func unitType(_ unit: String?) -> ValueType? {
    switch unit {
    case nil: .number
    case "%", "％": .share
    case "元/月", "元每月": .rate(.month)
    case "month", "months", "个月", "月": .months
    case "day", "days", "天", "日": .days
    case .some(let word): word.contains(" per ") ? rate(word) : amountType(word) ?? .number
    }
  }

  /// The same where a unit is declared rather than written behind a figure: `value lpr share`, `table f(x: y) decimal`.
  func declaredType(_ unit: String) -> ValueType? {
    switch unit {
    case "share": .share
    case "decimal": .decimal
    case "number": .number
    default: unitType(unit)
    }
  }

  /// Yuan, or the document's own currency.
  private func amountType(_ word: String) -> ValueType? {
    if let currency, currency.isCalled(word) { return .amount(currency) }
    return word == "yuan" || word == "元" ? .money : nil
  }

  /// `yuan per person per month`
  private func rate(_ unit: String) -> ValueType? {
    let words = unit.split(separator: " ")
    guard words.count % 2 == 1, let type = amountType(String(words[0])),
      words.indices.allSatisfy({ ($0 % 2 == 1) == (words[$0] == "per") })
    else { return nil }
    let per = words.indices.filter { $0 > 0 && $0 % 2 == 0 }.map { Rate.Unit(String(words[$0])) }
    guard Set(per).count == per.count else { return nil }
    return per.dropFirst().reduce(type.each(per[0])) { $0?.each($1) }
  }

  /// The document's money: yuan, or its own currency.
  var money: ValueType { currency.map { .amount($0) } ?? .money }

  /// Tells of a unit that there is none of.
  func unknownUnit(_ unit: String, at location: SourceRange) {
    let money = (currency ?? .yuan).word
    report(
      "unknown-unit", Text("`\(unit)` is not a unit.", zh: "`\(unit)` 不是单位。"),
      hint: Text(
        "Use \(money), \(money) per person, per day, per month or per year, %, months, days, or a word for what is "
          + "counted.",
        zh: "请使用 \(money)、\(money) per person、per day、per month、per year、%、months、days 或计数单位。"),
      at: location)
  }

  /// A figure or date as written, in raw form. A unit that is nearly a known one is told.
  func literal(_ e: Expression) -> (Int64, ValueType)? {
    if case .number(let digits, let unit) = e.node {
      // 5千元 is 5000 of the unit behind 千, and no 5 of one that is nearly 元.
      if let unit, let first = unit.first, let noughts = ["千": "000", "百": "00"][first], unit.count > 1,
        !digits.contains(".")
      {
        let (whole, rest) = (digits + noughts, String(unit.dropFirst()))
        report(
          "unknown-unit", Text("`\(unit)` is not a unit.", zh: "`\(unit)` 不是单位。"),
          hint: Text("Write `\(whole)\(rest)`, if that is meant.", zh: "如果是这个意思，请写 `\(whole)\(rest)`。"),
          at: e.location)
        return figure(whole, unit: SurfaceWords.unitID(rest))
      }
      if let unit, currency?.isCalled(unit) != true, let meant = NearUnits.meant(by: unit) {
        report(
          "unknown-unit", Text("`\(unit)` is not a unit.", zh: "`\(unit)` 不是单位。"),
          hint: Text("Write `\(digits)\(meant)`, if that is meant.", zh: "如果是这个意思，请写 `\(digits)\(meant)`。"),
          at: e.location)
        return figure(digits, unit: String(meant.drop { $0 == " " }))
      }
      return figure(digits, unit: unit)
    }
    if case .date(let text) = e.node { return Day(text[...]).map { (Int64($0.number), .date) } }
    if let (above, below) = Checker.quotient(e), above * Share.unit % below == 0 {
      return (above * Share.unit / below, .share)
    }
    return nil
  }

  /// `3/4` of two plain numbers, below a million.
  private static func quotient(_ e: Expression) -> (above: Int64, below: Int64)? {
    guard case .divide(let a, let b) = e.node, case .number(let x, nil) = a.node, case .number(let y, nil) = b.node,
      let above = Int64(x), let below = Int64(y), above >= 0, below > 0, max(above, below) < 1_000_000
    else { return nil }
    return (above, below)
  }

  /// A figure with its unit in raw form; nil when it has too many decimals or is too large.
  func figure(_ digits: String, unit: String?) -> (Int64, ValueType)? {
    guard let type = typeWritten(digits, unit) else { return nil }
    let (_, decimals, scale, most) = reach(of: type)
    guard decimals > 0 || !digits.contains("."),
      let raw = Decimals.parse(digits[...], scale: scale, commas: true), raw <= most
    else { return nil }
    return (raw, type)
  }

  private func typeWritten(_ digits: String, _ unit: String?) -> ValueType? {
    guard let type = unitType(unit) else { return nil }
    return type == .number && digits.contains(".") ? .decimal : type
  }

  /// How many decimals figures of a type may be written with, how many its raw form has, and how large that may be.
  private func reach(of type: ValueType) -> (words: Text, decimals: Int, scale: Int, most: Int64) {
    switch type {
    case .share: (Text("A share", zh: "比例"), 6, 6, 100_000 * Share.unit)
    case .money, .amount, .rate:
      (Text("An amount", zh: "金额"), type.amountCurrency?.decimals ?? 2, 2, Money.limit.fen)
    case .decimal: (Text("A decimal", zh: "小数"), 8, 8, 1_000_000_000 * Share.unit)
    case .months: (Text("A number of months", zh: "月数"), 0, 0, 12_000)
    case .number: (Text("A number", zh: "数"), 0, 0, 1_000_000_000)
    case .days: (Text("A number of days", zh: "天数"), 0, 0, 1_000_000_000)
    case .truth, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken:
      Invariant.broken("unit-words-have-types: a unit word stands for a type that figures are written in")
    }
  }

  /// Why a figure cannot be read although its unit is known, with what may be written; nil where it is something else.
  func beyondReach(_ e: Expression) -> (message: Text, hint: Text)? {
    if let (above, below) = Checker.quotient(e) {
      return (
        Text("\(above)/\(below) is no share that decimals can say.", zh: "\(above)/\(below) 不能用小数准确表示。"),
        Text(
          "Let the figure be \(above), and write it `/ \(below)` where it is used: `r / \(below) of cost`. Rows of one "
            + "table are brought to one divisor: for 2/3, 1/2, 1/3 write 4, 3, 2 and `/ 6`.",
          zh: "请把数值写成 \(above)，在使用处除以 \(below)：`r / \(below) of cost`。同一张表的各行先通分：2/3、1/2、1/3 写成 4、3、2，使用处除以 6。")
      )
    }
    guard case .number(let digits, let unit) = e.node, figure(digits, unit: unit) == nil,
      let type = typeWritten(digits, unit)
    else { return nil }
    let (what, decimals, scale, most) = reach(of: type)
    let written = digits.drop { $0 == "-" || $0 == "−" }
    if written.count < digits.count {
      return (
        Text("A figure that stands in the text is not below nought.", zh: "规则中写明的数字不能小于零。"),
        Text("Write the figure without its sign, and take it away where it is used.", zh: "请去掉负号，在使用处用减号。")
      )
    }
    if let point = written.firstIndex(of: "."), written.distance(from: point, to: written.endIndex) - 1 > decimals {
      if type == .months {
        return (
          Text("\(what.en) is written with no decimals.", zh: "\(what.zh)不带小数。"),
          Text(
            "A part of a month is a number times a month: `\(written) * 1 month`.",
            zh: "不足一个月的部分写作数乘以月：`\(written) * 1 month`。")
        )
      }
      let all = decimals == 0 ? Text("no decimals", zh: "不带小数") : Text("\(decimals) decimals", zh: "最多 \(decimals) 位小数")
      return (
        Text("\(what.en) is written with \(decimals == 0 ? all.en : "at most " + all.en).", zh: "\(what.zh)\(all.zh)。"),
        Text("Write it where it is used, as a quotient of two figures.", zh: "请在使用处写成两个数的商。")
      )
    }
    let limit = Decimals.grouped(Decimals.text(most, scale: scale, keep: 0)) + (type == .share ? "%" : "")
    return (
      Text("\(what.en) goes up to \(limit).", zh: "\(what.zh)不超过 \(limit)。"),
      Text("Check the figure and its unit.", zh: "请核对数字和单位。")
    )
  }

  // MARK: Places

  /// A place as rules name it: a code, the leading digits of one (`53` is 530000), or a unique name.
  func location(named name: Name) -> Int32? {
    var text = name.text
    if text.utf8.count < 6, text.utf8.count >= 2, text.utf8.count % 2 == 0,
      text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    {
      text += String(repeating: "0", count: 6 - text.utf8.count)
    }
    switch places.resolve(text) {
    case .found(let id): return id
    case .ambiguous(let ids):
      let codes = ids.prefix(12).map { places.codes[Int($0)].text + " " + places.fullName($0) }.joined(separator: ", ")
      report(
        "ambiguous-place", Text("Several places are called `\(name.text)`.", zh: "有多个地区叫 `\(name.text)`。"),
        hint: Text("Use a code: \(codes)", zh: "请改用代码：\(codes)"), at: name.location)
    case .unknown:
      if reportMeant(by: text, name.text, at: name.location) { return nil }
      report(
        "unknown-place",
        Text("There is no place with the code or name `\(name.text)`.", zh: "没有代码或名称为 `\(name.text)` 的地区。"),
        hint: Nearest.question(for: text, among: places.codes.map(\.text) + places.names)
          ?? Text("Places are named by their six-digit GB/T 2260 code.", zh: "地区用六位 GB/T 2260 代码表示。"), at: name.location
      )
    }
    return nil
  }

  // MARK: Wrong types

  func mismatch(_ found: Typed, wanted: ValueType, hint: Text? = nil) {
    if found.type == .broken { return }
    // A date and what may be a year alone are called by the same words.
    let isYear = Set([found.type, wanted]) == [.date, .dateOrYear]
    let both = Text("Compare with each of the two, joined with `and` or `or`.", zh: "请与两者分别比较，用 `and` 或 `or` 连接。")
    report(
      "wrong-type",
      isYear
        ? Text("What stands beside it may be a year alone, and this is a whole date.", zh: "与之并列的可能只有年份，这里却是完整日期。")
        : Text(
          "This is \(found.type.words.en), where \(wanted.words.en) belongs.",
          zh: "这里应为\(wanted.words.zh)，实际是\(found.type.words.zh)。"),
      hint: hint ?? (isYear ? both : nil) ?? remedy(found, wanted)
        ?? Text("Check the name and its unit.", zh: "请检查名称和单位。"),
      at: found.location)
  }

  /// The figure as it should have been written, where it is only its unit that is wrong.
  private func remedy(_ found: Typed, _ wanted: ValueType) -> Text? {
    if case (.dateOrYear, .date) = (found.type, wanted) {
      return Text(
        "The fact may be a year alone: compare it, or ask for its year with `year of`.",
        zh: "该事实可能只写了年份，不能当作日期计算：可以直接比较，或取 `…的年份`。")
    }
    // 180 days are no number of months.
    if case (.days, .months) = (found.type, wanted) {
      return Text(
        "This is counted in months: write how many the text means, and say it in an `assume` if it speaks of days.",
        zh: "此处按月计：请写月数；原文按天的，请用 `assume` 写明如何折算。")
    }
    if case (.months, .number) = (found.type, wanted) {
      return Text(
        "The other side is a plain number: write this figure without its unit.",
        zh: "另一侧按个数填写，没有单位：此数也请不带单位，例如 `12`。")
    }
    if case .textConstant(let text) = found.operation, case .choice(let names) = wanted, names.contains(text) {
      return Text("Write `\(text)` without quotation marks.", zh: "请写 `\(text)`，不加引号。")
    }
    if case .constant(let year) = found.operation, case (.number, .date) = (found.type, wanted),
      (1900...2100).contains(year)
    {
      return Text("Write a whole day, such as `\(year)-01-01`.", zh: "请写完整日期，如 `\(year)-01-01`。")
    }
    // 20221231 and 2022/12/31 are figures.
    if wanted == .date, [.number, .decimal, .fraction].contains(found.type) {
      return Text("Check the name; a day is written like `2022-03-01`.", zh: "请检查名称；日期写作 `2022-03-01`。")
    }
    guard case .constant(let raw) = found.operation, let figure = Checker.figure(raw, found.type),
      let unit = Checker.unit(of: wanted)
    else { return nil }
    // One month is no months.
    let written = figure + (figure == "1" && unit.hasSuffix("s") ? String(unit.dropLast()) : unit)
    return Text("Write `\(written)`, if that is meant.", zh: "如果是这个意思，请写 `\(written)`。")
  }

  /// A raw figure in digits; nil for what is not written so.
  private static func figure(_ raw: Int64, _ type: ValueType) -> String? {
    switch type {
    case .number, .months, .days: String(raw)
    case .money, .amount, .rate: Decimals.text(raw, scale: 2, keep: 0)
    case .share: Decimals.text(raw, scale: 6, keep: 0)
    case .truth, .partMonths, .decimal, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing,
      .broken:
      nil
    }
  }

  /// What is written behind the digits; nil for what has none.
  private static func unit(of type: ValueType) -> String? {
    switch type {
    case .number: ""
    case .months: " months"
    case .days: " days"
    case .money: " yuan"
    case .amount(let currency): " " + currency.word
    case .decimal: ""
    case .rate(let rate): rate.written.en
    case .share: "%"
    case .truth, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken:
      nil
    }
  }
}
