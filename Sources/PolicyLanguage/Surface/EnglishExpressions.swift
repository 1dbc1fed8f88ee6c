// Expressions in English, as docs/REFERENCE.md has them. Knows nothing of clauses.
import Diagnostics
import Reckoning

extension RuleWriter {
  func english(_ e: Expression, _ level: Level) -> [String] {
    let (words, own) = bareEnglish(e)
    return own < level ? ["("] + words + [")"] : words
  }

  private func bareEnglish(_ e: Expression) -> ([String], Level) {
    switch e.node {
    case .ifThen(let c, let a, let b):
      return (["if"] + words(c) + ["then"] + words(a) + ["otherwise"] + words(b), .expression)
    case .or(let parts): return (joined(parts, "or", .both), .either)
    case .and(let parts): return (joined(parts, "and", .compared), .both)
    case .not(let x): return (["not"] + words(x, .compared), .compared)
    case .except(let c, let exception, let governedBy, let when):
      let condition = when.map { ["when"] + words($0, .compared) } ?? []
      return (
        words(c, .sum) + ["except"] + words(exception, .compared) + ["governed", "by", quoted(governedBy)] + condition,
        .compared
      )
    case .compare(let op, let a, let b):
      // What Chinese says with 为 of a definition is a call here.
      if case .name = b.node, case .said(isTruth: true) = role(b.location) {
        let call = [name("", at: b.location) + "("] + words(a) + [")"]
        return op == .equal ? (call, .operand) : (["not"] + call, .compared)
      }
      return (comparison(e), .compared)
    case .between, .given, .within, .isAny, .includes, .includesBetween, .present:
      return (comparison(e), .compared)
    case .add(let a, let b): return (words(a, .sum) + ["+"] + words(b, .product), .sum)
    case .subtract(let a, let b): return (words(a, .sum) + ["-"] + words(b, .product), .sum)
    case .multiply(let a, let b):
      // The other surface has one sign for both.
      let sign = notes?.type(at: a.location) == .share ? "of" : "*"
      return (words(a, .product) + [sign] + words(b, .operand), .product)
    case .portion(let share, let whole):
      // What a share has been multiplied by has made it a number.
      let sign = notes?.type(at: share.location) == .fraction ? "*" : "of"
      return (words(share, .product) + [sign] + words(whole, .operand), .product)
    case .divide(let a, let b): return (words(a, .product) + ["/"] + words(b, .operand), .product)
    case .number, .date, .string, .name, .member, .call, .stable, .whole, .pick, .yearOf, .dayOfYear, .wholeMonths,
      .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .sum, .extreme, .extremeOf, .setFigure,
      .rangeFigure, .dateOfNumber,
      .firstDayAtOnce, .nothing, .broken:
      return operand(e)
    case .form(let form, let parts): return formInEnglish(form, parts)
    case .round(let x, let way, let unit):
      let how = way == .nearest ? ["to"] : [way.rawValue, "to"]
      return (["round"] + words(x, .operand) + how + words(unit, .operand), .operand)
    case .through(let table, let figure): return ([name(table), "through"] + words(figure, .operand), .operand)
    }
  }

  private func joined(_ parts: [Expression], _ word: String, _ level: Level) -> [String] {
    var out: [String] = []
    for (i, part) in parts.enumerated() { out += (i > 0 ? [word] : []) + words(part, level) }
    return out
  }

  private func comparison(_ e: Expression) -> [String] {
    switch e.node {
    case .compare(let op, let a, let b): return words(a, .sum) + [sign(op, a)] + words(b, .sum)
    case .between(let x, let a, let b): return words(x, .operand) + ["from"] + words(a, .sum) + ["to"] + words(b, .sum)
    case .given(let x, let negated): return words(x, .sum) + (negated ? ["is", "not", "given"] : ["is", "given"])
    case .within(let x, let areas): return words(x, .sum) + ["within"] + oneOrAny(areas)
    case .isAny(let x, let options): return words(x, .sum) + ["is", "any", "of"] + listed(options)
    case .includes(let set, let members): return words(set, .sum) + ["includes"] + oneOrAny(members)
    case .includesBetween(let set, let a, let b):
      return words(set, .sum) + ["includes", "any", "from"] + words(a, .sum) + ["to"] + words(b, .sum)
    case .present(let record, let day):
      return (record.map { words($0, .operand) } ?? []) + ["present", "on"] + words(day, .sum)
    case .number, .date, .string, .name, .member, .call, .not, .and, .or, .stable, .except, .add, .subtract, .multiply,
      .portion, .through, .round, .divide, .whole, .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears,
      .completion,
      .yearsRunning,
      .provinceOf, .count, .sum, .extreme, .extremeOf, .setFigure, .rangeFigure, .dateOfNumber, .firstDayAtOnce, .form,
      .nothing, .broken:
      Invariant.broken("comparisons-compare: only what compares is written as a comparison")
    }
  }

  private func listed(_ items: [Expression]) -> [String] {
    var out = ["("]
    for (i, item) in items.enumerated() { out += (i > 0 ? [","] : []) + words(item) }
    return out + [")"]
  }

  private func oneOrAny(_ items: [Expression]) -> [String] {
    items.count == 1 ? words(items[0], .sum) : ["any", "of"] + listed(items)
  }

  private func sign(_ op: Expression.Comparison, _ a: Expression) -> String {
    guard op == .equal else { return op.rawValue }
    switch notes?.type(at: a.location) {
    case .choice, .truth, .record, .text: return "is"
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date, .dateOrYear,
      .place, .set, .nothing,
      .broken:
      return "="
    case nil: return "is"
    }
  }

  private func operand(_ e: Expression) -> ([String], Level) {
    switch e.node {
    case .number(let digits, let unit):
      // A province has one code, whether its zeros are written or not.
      let isProvince = isPlace(e) && digits.utf8.count == 6 && digits.hasSuffix("0000")
      return (isProvince ? [String(digits.prefix(2))] : figureInEnglish(digits, unit), .operand)
    case .date(let day): return ([day], .operand)
    case .string(let text): return ([quoted(text)], .operand)
    case .name(let name):
      if case .reads(holds: false, _, _) = role(e.location) {
        return (["not", self.name(name, at: e.location)], .compared)
      }
      return ([self.name(name, at: e.location)], .operand)
    case .member(let record, let field):
      if case .said = role(field.location) { return ([name(field) + "("] + words(record) + [")"], .operand) }
      let fact = words(record, .operand) + [".", name(field)]
      if case .reads(holds: false, _, _) = role(field.location) { return (["not"] + fact, .compared) }
      return (fact, .operand)
    case .call(let name, let arguments):
      let inside = arguments.isEmpty ? [")"] : Array(listed(arguments).dropFirst())
      return ([self.name(name) + "("] + inside, .operand)
    case .stable(let months, let from, let to):
      let range = from.flatMap { a in to.map { b in ["from"] + words(a, .sum) + ["to"] + words(b, .sum) } } ?? []
      return (["stable", "for"] + words(months, .operand) + range, .product)
    case .whole(let x): return (["whole", "("] + words(x) + [")"], .operand)
    case .pick(let pick, let items): return ([pick.rawValue, "of"] + listed(items), .operand)
    case .yearOf(let x): return (["year", "of"] + words(x, .operand), .operand)
    case .provinceOf(let x): return (["province", "of"] + words(x, .operand), .operand)
    case .dayOfYear(let day, let month, let year):
      return (["\(day)", Self.months[month - 1], "of"] + words(year, .operand), .operand)
    case .wholeMonths(let a, let b):
      return (["whole", "months", "from"] + words(a, .sum) + ["to"] + words(b, .sum), .sum)
    case .wholeYears(let a, let b):
      return (["whole", "years", "from"] + words(a, .sum) + ["to"] + words(b, .sum), .sum)
    case .completion(let n, let from):
      return (["completion", "of"] + words(n, .operand) + (from.map { ["from"] + words($0, .sum) } ?? []), .sum)
    case .yearsRunning(let set, let from):
      return (["years", "running", "in"] + words(set, .operand) + ["from"] + words(from, .sum), .sum)
    case .count(let set): return (["count", "of", name(set)], .operand)
    case .sum(let x, let set): return (["sum", "of"] + words(x, .sum) + ["over", name(set)], .operand)
    case .extreme(let pick, let x, let set):
      return ([Self.most(pick), "of"] + words(x, .sum) + ["over", name(set)], .operand)
    case .extremeOf(let pick, let x, let set):
      return ([Self.most(pick), "of"] + words(x, .sum) + ["over"] + inlineInEnglish(set), .operand)
    case .setFigure(let figure): return (figureInEnglish(figure), .operand)
    case .rangeFigure(let figure): return (rangeInEnglish(figure), .sum)
    case .dateOfNumber(let n, let set):
      return (["date", "of", "number"] + words(n, .sum) + ["in", name(set)], .operand)
    case .firstDayAtOnce(let n, let set):
      return (["first", "day", "with"] + words(n, .operand) + ["of", name(set), "at", "once"], .operand)
    case .nothing: return (["nothing"], .operand)
    case .broken: return (["…"], .operand)
    case .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .present, .except,
      .add, .subtract, .multiply, .portion, .through, .round, .divide, .ifThen, .form:
      Invariant.broken("operands-stand-alone: only what holds together by itself is written as an operand")
    }
  }

  private func figureInEnglish(_ digits: String, _ unit: String?) -> [String] {
    switch unit {
    case nil: [digits]
    case "%": [digits + "%"]
    case let unit?: [digits] + Self.counted(ownWord(unit), isOne: digits == "1").split(separator: " ").map(String.init)
    }
  }

  /// Amounts of the document's currency in its one word: `dollar` for `dollars`.
  private func ownWord(_ unit: String) -> String {
    guard let currency, let money = unit.split(separator: " ").first, currency.isCalled(money) else { return unit }
    return currency.word + unit.dropFirst(money.count)
  }

  /// Units of time in the number that the figure asks for.
  private static func counted(_ unit: String, isOne: Bool) -> String {
    for word in ["day", "month", "year"] where unit == word || unit == word + "s" { return isOne ? word : word + "s" }
    return unit
  }

  func inlineInEnglish(_ set: InlineSetSyntax) -> [String] {
    var out = ["("] + sourceInEnglish(set)
    for condition in set.conditions { out += ["where"] + words(condition) }
    return out + (set.isEvery ? ["every", "record"] : []) + [")"]
  }

  static func most(_ pick: Expression.Pick) -> String {
    switch pick {
    case .later: "latest"
    case .earlier: "earliest"
    case .larger: "largest"
    case .smaller: "smallest"
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
