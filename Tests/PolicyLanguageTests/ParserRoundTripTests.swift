// Expressions written back with every bracket, to see what binds to what and that nothing is lost.
import Diagnostics
import Foundation
import PolicyLanguage
import Testing

typealias RuleExpression = PolicyLanguage.Expression

/// An expression in the rule language again, every operation in brackets.
func written(_ e: RuleExpression) -> String {
  func all(_ list: [RuleExpression]) -> String { list.map(written).joined(separator: ", ") }
  func joined(_ list: [RuleExpression], _ word: String) -> String {
    "(" + list.map(written).joined(separator: " \(word) ") + ")"
  }
  switch e.node {
  case .number(let digits, let unit):
    if unit == "%" { return digits + "%" }
    return unit.map { digits + " " + $0 } ?? digits
  case .date(let text): return text
  case .string(let text): return "\"\(text)\""
  case .name(let text): return text
  case .member(let base, let field): return written(base) + "." + field.text
  case .call(let name, let arguments): return name.text + "(" + all(arguments) + ")"
  case .not(let x): return "(not \(written(x)))"
  case .and(let xs): return joined(xs, "and")
  case .or(let xs): return joined(xs, "or")
  case .compare(let sign, let a, let b): return "(\(written(a)) \(sign.rawValue) \(written(b)))"
  case .between(let x, let a, let b): return "(\(written(x)) from \(written(a)) to \(written(b)))"
  case .given(let x, let negated): return "(\(written(x)) is \(negated ? "not " : "")given)"
  case .within(let x, let places): return "(\(written(x)) within any of (\(all(places))))"
  case .isAny(let x, let options): return "(\(written(x)) is any of (\(all(options))))"
  case .includes(let x, let members): return "(\(written(x)) includes any of (\(all(members))))"
  case .includesBetween(let x, let a, let b): return "(\(written(x)) includes any from \(written(a)) to \(written(b)))"
  case .stable(let n, let a, let b):
    guard let a, let b else { return "(stable for \(written(n)))" }
    return "(stable for \(written(n)) from \(written(a)) to \(written(b)))"
  case .except(let c, let d, let document, let when):
    return "(\(written(c)) except \(written(d)) governed by \"\(document)\""
      + (when.map { " when " + written($0) } ?? "") + ")"
  case .add(let a, let b): return "(\(written(a)) + \(written(b)))"
  case .subtract(let a, let b): return "(\(written(a)) - \(written(b)))"
  case .present(let record, let day): return (record.map(written) ?? "") + " present on " + written(day)
  case .round(let x, let way, let unit): return "round \(written(x)) \(way.rawValue) \(written(unit))"
  case .through(let table, let x): return table.text + " through " + written(x)
  case .portion(let a, let b): return "(\(written(a)) of \(written(b)))"
  case .multiply(let a, let b): return "(\(written(a)) * \(written(b)))"
  case .divide(let a, let b): return "(\(written(a)) / \(written(b)))"
  case .whole(let x): return "(whole (\(written(x))))"
  case .ifThen(let c, let a, let b): return "(if \(written(c)) then \(written(a)) otherwise \(written(b)))"
  case .pick(let pick, let xs): return "\(pick.rawValue) of (\(all(xs)))"
  case .yearOf(let x): return "(year of \(written(x)))"
  case .dayOfYear(let day, let month, let year):
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return "(\(day) \(months[month - 1]) of \(written(year)))"
  case .wholeMonths(let a, let b): return "(whole months from \(written(a)) to \(written(b)))"
  case .wholeYears(let a, let b): return "(whole years from \(written(a)) to \(written(b)))"
  case .completion(let n, let from):
    return "(completion of \(written(n))" + (from.map { " from " + written($0) } ?? "") + ")"
  case .yearsRunning(let set, let from): return "(years running in \(written(set)) from \(written(from)))"
  case .provinceOf(let x): return "(province of \(written(x)))"
  case .count(let set): return "(count of \(set.text))"
  case .sum(let x, let set): return "(sum of \(written(x)) over \(set.text))"
  case .extremeOf(let pick, let x, let set): return "(\(figures[pick] ?? "") of \(written(x)) over \(written(set)))"
  case .setFigure(let figure): return written(figure)
  case .rangeFigure(let f):
    return "(\(f.kind.rawValue) of \(written(f.term)) for each \(f.variable.text) from \(written(f.from)) to "
      + "\(written(f.to)))"
  case .extreme(let pick, let x, let set):
    return "(\(figures[pick] ?? "") of \(written(x)) over \(set.text))"
  case .dateOfNumber(let n, let set): return "(date of number \(written(n)) in \(set.text))"
  case .firstDayAtOnce(let n, let set): return "(first day with \(written(n)) of \(set.text) at once)"
  case .form(let form, let parts): return "(" + written(form, parts.map(written)) + ")"
  case .nothing: return "nothing"
  case .broken: return "BROKEN"
  }
}

private func written(_ figure: SetFigureSyntax) -> String {
  let set =
    switch figure.set {
    case .named(let name): name.text
    case .inline(let set): written(set)
    }
  let value = figure.value.map { written($0) + " over " } ?? ""
  return switch figure.kind {
  case .count: "(count of \(set))"
  case .sum: "(sum of \(value)\(set))"
  case .average: "(average of \(value)\(set))"
  case .different: "(count of different \(value)\(set))"
  case .number: "(number in \(set))"
  }
}

/// A set in brackets.
private func written(_ set: InlineSetSyntax) -> String {
  var words = [set.isAll ? "all" : set.keys?.isOther == true ? "other" : "", set.list.text]
  if let by = set.by { words.append("by " + by.text) }
  if let of = set.of { words.append("of " + of.text) }
  let keys = (set.keys?.matches ?? []).map { match in
    switch match {
    case .same(let names, let record):
      "same " + names.map(\.text).joined(separator: ", ") + (record.map { " as " + $0.text } ?? "")
    case .equal(let a, let b): "\(written(a)) = \(written(b))"
    }
  }
  if !keys.isEmpty { words.append("with " + keys.joined(separator: ", ")) }
  if let order = set.keys?.order { words.append(order.rawValue) }
  words += set.conditions.map { "where " + written($0) }
  if set.isEvery { words.append("every record") }
  return "(" + words.filter { !$0.isEmpty }.joined(separator: " ") + ")"
}

/// A figure of several words, its operands written already.
private func written(_ form: FormSyntax, _ x: [String]) -> String {
  func edge(_ isLast: Bool) -> String { isLast ? "last day of" : "first day of" }
  switch form {
  case .days: return "days from \(x[0]) to \(x[1])"
  case .daysPresent:
    return x.count == 3
      ? "\(x[0]) days present from \(x[1]) to \(x[2])" : "days present from \(x[0]) to \(x[1])"
  case .calendarMonths: return "calendar months from \(x[0]) to \(x[1])"
  case .years(.days(let days)): return "years from \(x[0]) to \(x[1]) at \(days) days"
  case .years(.calendar): return "years from \(x[0]) to \(x[1]) at calendar days"
  case .years(.thirtyDayMonths): return "years from \(x[0]) to \(x[1]) at 30 day months"
  case .edge(let isLast, let stretch): return "\(edge(isLast)) \(stretch.rawValue) of \(x[0])"
  case .numbered(let isLast, let stretch, let number): return "\(edge(isLast)) \(stretch.rawValue) \(number) of \(x[0])"
  case .counted(let isLast, let stretch): return "\(edge(isLast)) \(stretch.rawValue) \(x[0]) of \(x[1])"
  case .grown: return "\(x[0]) grown by \(x[1]) for \(x[2]) years"
  case .part(let stretch): return "\(stretch.rawValue) of \(x[0])"
  case .county: return "county of \(x[0])"
  case .prefecture: return "prefecture of \(x[0])"
  case .level: return "level of \(x[0])"
  }
}

private let figures: [PolicyLanguage.Expression.Pick: String] = [
  .later: "latest", .earlier: "earliest", .larger: "largest", .smaller: "smallest",
]

@Suite("Expressions")
struct ParserExpressionTests {
  @Test(
    "What binds to what",
    arguments: [
      ("year of graduated = year of start", "((year of graduated) = (year of start))"),
      ("share of count of taken_on", "(share of (count of taken_on))"),
      ("count of fresh >= share of count of taken_on", "((count of fresh) >= (share of (count of taken_on)))"),
      ("a or b and not c = d + e * f", "(a or (b and (not (c = (d + (e * f))))))"),
      ("a and b and c", "(a and b and c)"),
      ("a or (b or c)", "(a or (b or c))"),
      ("a - b - c", "((a - b) - c)"),
      ("a * b / c of d", "(((a * b) / c) of d)"),
      ("year of hire.start + 1", "((year of hire.start) + 1)"),
      ("province of origin is 350000", "((province of origin) = 350000)"),
      ("31 December of year + 1 day", "((31 December of year) + 1 day)"),
      ("completion of months from end + 1 day <= as_of", "((completion of months from (end + 1 day)) <= as_of)"),
      ("completion of 3 months + 1 day", "((completion of 3 months) + 1 day)"),
      ("whole months from start to end + 1 day", "(whole months from start to (end + 1 day))"),
      ("stable for 3 months from a to b and c", "((stable for 3 months from a to b) and c)"),
      ("start from 2020-01-01 to 2020-12-31 and x", "((start from 2020-01-01 to 2020-12-31) and x)"),
      ("x is not given", "(x is not given)"),
      (
        "count of (hires with same person as h before it) > 1",
        "((count of (hires with same person as h before it)) > 1)"
      ),
      (
        "sum of a + b over (all hires of e where c every record)",
        "(sum of (a + b) over (all hires of e where c every record))"
      ),
      (
        "count of (trainees with learner = person, same course, day)",
        "(count of (trainees with learner = person, same course, day))"
      ),
      ("average of m * 2 for each m from 1 to 2 + 3", "(average of (m * 2) for each m from 1 to (2 + 3))"),
      ("count of different day over s + 1", "((count of different day over s) + 1)"),
      (
        "largest of x over (other hires with same person up to it)",
        "(largest of x over (other hires with same person up to it))"
      ),
      ("number in s <= 2", "((number in s) <= 2)"),
      ("number + average - different", "((number + average) - different)"),
      ("count of different", "(count of different)"),
      ("x is not any of (a, b)", "(not (x is any of (a, b)))"),
      ("x is at least 3", "(x >= 3)"),
      ("p is not within home", "(not (p within any of (home)))"),
      ("start on or before 2020-12-31", "(start <= 2020-12-31)"),
      ("start after a or end before b", "((start > a) or (end < b))"),
      ("s includes any from a to b", "(s includes any from a to b)"),
      ("s includes x", "(s includes any of (x))"),
      ("a except b governed by \"d\" when c and e", "((a except b governed by \"d\" when c) and e)"),
      ("(a or b) except c governed by \"d\"", "((a or b) except c governed by \"d\")"),
      ("if a then 1 otherwise if b then 2 otherwise 3", "(if a then 1 otherwise (if b then 2 otherwise 3))"),
      ("sum of vat + cit over records * 2", "((sum of (vat + cit) over records) * 2)"),
      ("date of number n + 1 in placed", "(date of number (n + 1) in placed)"),
      ("first day with n of placed at once", "(first day with n of placed at once)"),
      ("years running in passed_years from y - 1 >= 2", "((years running in passed_years from (y - 1)) >= 2)"),
      ("whole (a / b) * b", "((whole ((a / b))) * b)"),
      ("larger of (0, a - b)", "larger of (0, (a - b))"),
      ("later of (31 December of year, nothing)", "later of ((31 December of year), nothing)"),
      ("key(hire.enterprise).district within 35", "(key(hire.enterprise).district within any of (35))"),
      ("p within any of (14, 350500-tiz, \"长乐区\")", "(p within any of (14, 350500-tiz, \"长乐区\"))"),
      ("kind is labour_base", "(kind = labour_base)"),
      ("end is given and count is person", "((end is given) and (count = person))"),
      ("year - 1", "(year - 1)"),
      ("days from a to b + 1 day", "(days from a to (b + 1 day))"),
      ("days present from a to b", "(days present from a to b)"),
      ("hire days present from a to b", "(hire days present from a to b)"),
      ("rate * calendar months from a to b", "(rate * (calendar months from a to b))"),
      ("rate * (calendar months from a to b / 1 month)", "(rate * ((calendar months from a to b) / 1 month))"),
      ("whole months from a to b + 1 day / 1 month", "((whole months from a to (b + 1 day)) / 1 month)"),
      ("days from a to b * 2 / 3", "(((days from a to b) * 2) / 3)"),
      ("rate * (years from a to b at 360 days)", "(rate * (years from a to b at 360 days))"),
      ("years from a to b at 30 day months", "(years from a to b at 30 day months)"),
      ("years from a to b at calendar days", "(years from a to b at calendar days)"),
      ("first day of month of d + 1 day", "((first day of month of d) + 1 day)"),
      ("last day of quarter 3 of year of d", "(last day of quarter 3 of (year of d))"),
      ("base grown by 5% for (n - 1) years * 2", "((base grown by 5% for (n - 1) years) * 2)"),
      ("2 * base grown by 5% for 3 years", "(2 * (base grown by 5% for 3 years))"),
      ("prefecture of p = county of q", "((prefecture of p) = (county of q))"),
      ("level of p is county", "((level of p) = county)"),
      ("last", "last"),
      ("days + level + period", "((days + level) + period)"),
      ("hire.of.is.and.where", "hire.of.is.and.where"),
      ("年份 >= 2021 and enterprise.规模 is small", "((年份 >= 2021) and (enterprise.规模 = small))"),
    ])
  func binding(text: String, expected: String) {
    let (expression, problems) = PolicyParser.parse(expression: text)
    #expect(problems.map(\.message.en) == [])
    #expect(written(expression) == expected)
    let again = PolicyParser.parse(expression: expected)
    #expect(again.1.map(\.message.en) == [])
    #expect(written(again.0) == expected)
  }

  @Test(
    "Figures as people write them",
    arguments: [
      ("400", "400"), ("400 yuan", "400 yuan"), ("400元", "400 yuan"), ("2,000,000", "2000000"), ("200万", "2000000"),
      ("200 万 yuan", "2000000 yuan"), ("1.5万元", "15000 yuan"), ("0.5亿", "50000000"), ("0.00001万", "0.1"), ("0万", "0"),
      ("50%", "50%"), ("５０％", "50%"), ("50 percent", "50%"), ("6 months", "6 months"), ("6个月", "6 months"),
      ("500 yuan per month", "500 yuan per month"), ("500元/月", "500 yuan per month"), ("2024-06-30", "2024-06-30"),
      ("2024-6-3", "2024-06-03"), ("２０２４－０６－３０", "2024-06-30"), ("-500 yuan", "-500 yuan"), ("1.50", "1.50"),
      ("２，０００", "2000"), ("100 persons", "100 persons"), ("accrual", "accrual"), ("\"长乐区\"", "\"长乐区\""),
    ])
  func figures(text: String, expected: String) {
    let (expression, problems) = PolicyParser.parse(expression: text)
    #expect(problems.map(\.message.en) == [])
    #expect(written(expression) == expected)
  }

  @Test("A comma parts a list unless it parts groups of three digits without a space")
  func commas() {
    let text = "p is any of (14,34,36, 1,234, 350112,350500, 100, 200)"
    #expect(
      written(PolicyParser.parse(expression: text).0) == "(p is any of (14, 34, 36, 1234, 350112, 350500, 100, 200))")
  }

  @Test("Full-width punctuation reads as plain")
  func fullWidth() {
    let text = "（p　within any of （14，34、36）） and n ≥ ３ and m ≠ 4 × 2"
    #expect(
      written(PolicyParser.parse(expression: text).0)
        == "((p within any of (14, 34, 36)) and (n >= 3) and (m is not (4 * 2)))")
  }

  @Test("Every expression of the bundled documents survives being written and read again", arguments: bundled())
  func documents(name: String) throws {
    let (document, problems) = PolicyParser.parse(document: try source(name))
    #expect(problems.map { "\($0.location?.start.line ?? 0): \($0.message.en)" } == [])
    var conditions = document.definitions.map(\.body)
    for measure in document.measures {
      for clause in measure.clauses {
        switch clause {
        case .condition(let e), .require(let e), .letting(_, let e), .begins(let e), .expect(let e, _, _):
          conditions.append(e)
        case .set(let set): conditions += set.conditions + [set.on, set.begins, set.inYear].compactMap { $0 }
        case .pay(let pay): conditions += [pay.who, pay.amount] + [pay.low, pay.on, pay.when].compactMap { $0 }
        default: break
        }
      }
    }
    for condition in conditions {
      let text = written(condition)
      #expect(written(PolicyParser.parse(expression: text).0) == text)
    }
  }

  static func folder() -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/CDistricts/documents")
  }

  static func bundled() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder().path)) ?? []).filter { $0.hasSuffix(".md") }
      .sorted()
  }

  private func source(_ name: String) throws -> SourceFile {
    SourceFile(name: name, text: try String(contentsOf: Self.folder().appending(path: name), encoding: .utf8))
  }
}
