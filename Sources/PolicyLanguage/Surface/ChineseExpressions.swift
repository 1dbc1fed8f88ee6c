// Expressions in Chinese: the order of words in which official documents say them. The grammar that reads them back is
// in `ChineseOperands`. Knows nothing of clauses.
import Diagnostics
import Reckoning

extension RuleWriter {
  func chinese(_ e: Expression, _ level: Level) -> [String] {
    let (words, own) = bareChinese(e)
    return own < level ? ["（"] + words + ["）"] : words
  }

  /// The words without brackets, and how tightly they hold together.
  private func bareChinese(_ e: Expression) -> ([String], Level) {
    switch e.node {
    case .ifThen(let c, let a, let b):
      return (["如"] + words(c) + ["，", "则"] + words(a) + ["，", "否则"] + words(b), .expression)
    case .or(let parts): return (joined(parts, "或", .both), .either)
    case .and(let parts): return (joined(parts, "且", .compared), .both)
    case .not(let x): return negated(x)
    case .except(let c, let exception, let governedBy, let when):
      var out = words(c, .compared) + ["，", "但"] + words(exception, .compared) + ["的", "，"]
      if let when { out += ["在"] + words(when, .compared) + ["时"] }
      return (out + ["适用", quoted(governedBy)], .compared)
    case .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .present:
      return (comparison(e), .compared)
    case .portion(let share, let whole):
      return (words(share, .product) + ["×"] + words(whole, .operand), .product)
    case .call(let name, let arguments):
      return said(name, arguments, e)
    case .add(let a, let b): return (words(a, .sum) + ["＋"] + words(b, .product), .sum)
    case .subtract(let a, let b): return (words(a, .sum) + ["－"] + words(b, .product), .sum)
    case .multiply(let a, let b): return (words(a, .product) + ["×"] + words(b, .operand), .product)
    case .divide(let a, let b): return (words(a, .product) + ["÷"] + words(b, .operand), .product)
    case .number, .date, .string, .name, .member, .whole, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears,
      .completion, .yearsRunning, .provinceOf, .count, .sum, .extreme, .extremeOf, .setFigure, .rangeFigure,
      .dateOfNumber, .firstDayAtOnce,
      .nothing, .broken:
      return operand(e)
    case .form(let form, let parts): return formInChinese(form, parts)
    case .round(let x, let way, let unit):
      let how =
        switch way {
        case .nearest: "四舍五入到"
        case .down: "舍去到"
        case .up: "进位到"
        }
      return (words(x, .product) + [how] + words(unit, .operand), .product)
    case .through(let table, let figure):
      return (words(figure, .head) + ["按", name(table), "累进"], .head)
    }
  }

  /// Conditions with 且 or 或 between them; a comma where the sentence would otherwise run on.
  private func joined(_ parts: [Expression], _ word: String, _ level: Level) -> [String] {
    let words = parts.map { self.words($0, level) }
    let isLong = words.count > 2 || words.reduce(0) { $0 + $1.joined().count } > 24
    var out: [String] = []
    for (i, part) in words.enumerated() {
      if i > 0 { out += isLong ? ["，", word] : [word] }
      out += part
    }
    return out
  }

  private func negated(_ x: Expression) -> ([String], Level) {
    switch x.node {
    case .name(let name):
      if case .reads(let holds, let yes, let no) = role(x.location) { return ([holds ? no : yes], .compared) }
      return (["非（", self.name(name, at: x.location), "）"], .compared)
    case .member(let record, let field):
      if case .reads(let holds, let yes, let no) = role(field.location) {
        return (words(record, .head) + [holds ? no : yes], .compared)
      }
    case .call(let name, let arguments):
      if case .said(isTruth: true) = role(name.location), let only = arguments.first, self.name(name).isChinese {
        return (words(only, .sum) + ["不为", self.name(name)], .compared)
      }
    case .number, .date, .string, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes,
      .includesBetween, .stable, .present, .except, .add, .subtract, .multiply, .portion, .divide, .whole, .ifThen,
      .through, .round, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf,
      .count,
      .sum,
      .extreme,
      .extremeOf, .setFigure, .rangeFigure, .dateOfNumber, .firstDayAtOnce, .form, .nothing, .broken:
      break
    }
    return (["非", "（"] + words(x) + ["）"], .compared)
  }

  /// A definition said of what is given for it.
  private func said(_ name: Name, _ arguments: [Expression], _ e: Expression) -> ([String], Level) {
    // What is said of a thing has a Chinese name; others stand before what they are asked of.
    if arguments.count == 1, case .said(let isTruth) = role(name.location), self.name(name).isChinese {
      return isTruth
        ? (words(arguments[0], .sum) + ["为", self.name(name)], .compared)
        : (words(arguments[0], .head) + ["的", self.name(name)], .head)
    }
    if arguments.isEmpty { return ([self.name(name)], .head) }
    return ([self.name(name)] + list(arguments), .head)
  }

  /// `（…、…）`
  func list(_ items: [Expression]) -> [String] {
    var out = ["（"]
    for (i, item) in items.enumerated() { out += (i > 0 ? ["、"] : []) + words(item) }
    return out + ["）"]
  }

  // MARK: Comparisons

  private func comparison(_ e: Expression) -> [String] {
    switch e.node {
    case .compare(let op, let a, let b): return words(a, .sum) + [sign(op, a)] + words(b, .sum)
    case .between(let x, let a, let b):
      return words(x, .sum) + ["在"] + words(a, .sum) + ["至"] + words(b, .sum) + ["之间"]
    case .given(let x, let negated): return [negated ? "无" : "有"] + words(x, .operand)
    case .within(let x, let areas): return words(x, .sum) + ["属于"] + oneOrAny(areas)
    case .isAny(let x, let options): return words(x, .sum) + ["为"] + list(options) + ["之一"]
    case .includes(let set, let members): return words(set, .sum) + ["含"] + oneOrAny(members)
    case .includesBetween(let set, let a, let b):
      return words(set, .sum) + ["中有在"] + words(a, .sum) + ["至"] + words(b, .sum) + ["之间者"]
    case .stable(let months, let from, let to):
      if let from, let to {
        return ["自"] + words(from, .sum) + ["至"] + words(to, .sum) + ["连续满"] + words(months, .sum)
      }
      return [notes?.note(at: e.location)?.words.zh ?? SurfaceWords.lasts.zh, "满"] + words(months, .sum)
    case .present(let record, let day):
      return (record.map { words($0, .operand) } ?? []) + ["于"] + words(day, .sum) + ["在岗"]
    case .number, .date, .string, .name, .member, .call, .not, .and, .or, .except, .add, .subtract, .multiply,
      .portion, .through, .round, .divide,
      .whole, .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf,
      .count, .sum, .extreme, .extremeOf, .setFigure, .rangeFigure, .dateOfNumber, .firstDayAtOnce, .form, .nothing,
      .broken:
      Invariant.broken("comparisons-compare: only what compares is written as a comparison")
    }
  }

  private func oneOrAny(_ items: [Expression]) -> [String] {
    items.count == 1 ? words(items[0], .sum) : list(items) + ["之一"]
  }

  /// The words that official documents use of such figures.
  private func sign(_ op: Expression.Comparison, _ a: Expression) -> String {
    let type = notes?.type(at: a.location)
    switch op {
    case .equal: return isCounted(type) ? "等于" : "为"
    case .notEqual: return isCounted(type) ? "不等于" : "不为"
    case .less: return ordered(type, "少于", "低于", "早于", "不足")
    case .lessOrEqual: return ordered(type, "不超过", "不高于", "不晚于", "不超过")
    case .greater: return ordered(type, "超过", "高于", "晚于", "超过")
    case .greaterOrEqual: return ordered(type, "不少于", "不低于", "不早于", "不少于")
    }
  }

  private func isCounted(_ type: ValueType?) -> Bool {
    switch type {
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date, .dateOrYear:
      true
    case .truth, .place, .text, .choice, .record, .set, .nothing, .broken, nil: false
    }
  }

  private func ordered(
    _ type: ValueType?, _ count: String, _ money: String, _ date: String, _ months: String
  ) -> String {
    switch type {
    case .money, .amount, .rate, .share, .choice: money
    case .date, .dateOrYear: date
    case .months, .partMonths, .days: months
    case .number, .decimal, .fraction, .truth, .place, .text, .record, .set, .nothing, .broken, nil: count
    }
  }

  // MARK: Operands

  private func operand(_ e: Expression) -> ([String], Level) {
    switch e.node {
    case .number(let digits, let unit): return ([isPlace(e) ? place(digits) : figure(digits, unit)], .head)
    case .date(let day): return ([Self.day(day)], .head)
    case .string(let text): return ([quoted(text)], .head)
    case .name(let name):
      if case .reads(let holds, let yes, let no) = role(e.location) { return ([holds ? yes : no], .compared) }
      return ([isPlace(e) && places?.id(code: name) != nil ? place(name) : self.name(name, at: e.location)], .head)
    case .member(let record, let field):
      if case .reads(let holds, let yes, let no) = role(field.location) {
        return (words(record, .head) + [holds ? yes : no], .compared)
      }
      return (words(record, .head) + ["的", name(field)], .head)
    case .whole(let x): return (["取整", "（"] + words(x) + ["）"], .operand)
    case .pick(let pick, let items): return (list(items) + ["中", Self.picked(pick)], .head)
    case .yearOf(let x): return (words(x, .head) + ["的年份"], .head)
    case .provinceOf(let x): return (words(x, .head) + ["的所在省"], .head)
    case .dayOfYear(let day, let month, let year):
      if case .number(let digits, nil) = year.node { return (["\(digits)年", "的", "\(month)月\(day)日"], .head) }
      return (words(year, .head) + ["的", "\(month)月\(day)日"], .head)
    case .wholeMonths(let a, let b):
      return (["自"] + words(a, .sum) + ["至"] + words(b, .operand) + ["的整月数"], .head)
    case .wholeYears(let a, let b):
      return (["自"] + words(a, .sum) + ["至"] + words(b, .operand) + ["的整年数"], .head)
    case .completion(let n, let from):
      return ((from.map { ["自"] + words($0, .sum) + ["起"] } ?? []) + ["满"] + words(n, .operand) + ["之日"], .head)
    case .yearsRunning(let set, let from):
      return (["自"] + words(from, .sum) + ["起", "连续列于"] + words(set, .operand) + ["的年数"], .head)
    case .count(let set): return ([name(set), "数"], .head)
    case .sum(let x, let set): return ([name(set), "中"] + words(x, .head) + ["之和"], .head)
    case .extreme(let pick, let x, let set):
      return ([name(set), "中", Self.extreme(pick)] + words(x, .operand), .operand)
    case .extremeOf(let pick, let x, let set):
      return (inlineInChinese(set) + ["中", Self.extreme(pick)] + words(x, .operand), .operand)
    case .setFigure(let figure): return figureInChinese(figure)
    case .rangeFigure(let figure): return (rangeInChinese(figure), .sum)
    case .dateOfNumber(let n, let set): return ([name(set), "数达到"] + words(n, .operand) + ["之日"], .head)
    case .firstDayAtOnce(let n, let set):
      return ([name(set), "同时在职数首次达到"] + words(n, .operand) + ["之日"], .head)
    case .nothing: return (["无数额"], .head)
    case .broken: return (["…"], .head)
    case .call, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable,
      .present, .except, .add, .subtract, .multiply, .portion, .through, .round, .divide, .ifThen, .form:
      Invariant.broken("operands-stand-alone: only what holds together by itself is written as an operand")
    }
  }

  /// `（本人相同的录用人员，其中C的）` or `（该就业段的同企业就业，其中C的）`
  func inlineInChinese(_ set: InlineSetSyntax) -> [String] {
    var out = ["（"] + sourceInChinese(set)
    for condition in set.conditions { out += ["，", "其中"] + words(condition) + ["的"] }
    return out + (set.isEvery ? ["，", "逐条计算"] : []) + ["）"]
  }

  static func picked(_ pick: Expression.Pick) -> String {
    switch pick {
    case .later: "较晚者"
    case .earlier: "较早者"
    case .larger: "较大者"
    case .smaller: "较小者"
    }
  }

  static func extreme(_ pick: Expression.Pick) -> String {
    switch pick {
    case .later: "最晚的"
    case .earlier: "最早的"
    case .larger: "最大的"
    case .smaller: "最小的"
    }
  }

  // MARK: Figures

  static func day(_ text: String) -> String {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? "\(parts[0])年\(parts[1])月\(parts[2])日" : text
  }

  func figure(_ digits: String, _ unit: String?) -> String {
    guard let unit else { return digits }
    let zh = self.unit(unit)
    if unit == "yuan" || unit.hasPrefix("yuan per "), digits.count > 4, digits.hasSuffix("0000"), !digits.contains(".")
    {
      return String(digits.dropLast(4)) + "万" + zh
    }
    // A counting word in letters stands apart.
    return digits + (zh.first?.isASCII == true && zh != "%" ? " " : "") + zh
  }

  /// A place by its name: of a province alone, of others with the code.
  func place(_ code: String) -> String {
    let digits = code.utf8.count == 6 && code.hasSuffix("0000") ? String(code.prefix(2)) : code
    if let province = SurfaceWords.provinces[digits] { return province }
    let whole = code.utf8.count < 6 ? code + String(repeating: "0", count: 6 - code.utf8.count) : code
    guard let places, let id = places.id(code: whole) else { return code }
    return "\(places.names[Int(id)])〔\(code)〕"
  }
}
