// A mistake loses its own clause, is told once, and hides no other.
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("Recovery")
struct ParserRecoveryTests {
  func parse(_ rules: String) -> (DocumentSyntax, [Diagnostic]) {
    PolicyParser.parse(rules: rules[...], in: SourceFile(name: "draft", text: rules), firstLine: 1)
  }

  static let clauses = [
    "title \"Reward\" zh \"奖励\"", "article \"三（二）\"", "kind agency_reward", "param rate = 300 yuan, at least 0 \"x\"",
    "window from 2022-01-28 to 2023-12-31", "no window", "assume \"x\"", "for each agency, each year",
    "where filed and open",
    "begins selected_on", "let a = b * 3", "count placed = hires of agency where organised on completion of 3 months",
    "require count of placed >= 100", "once per person", "every record", "only the first 3 for each agency by year",
    "only the highest for each name preferring level is province", "yields to other",
    "pay agency 300 yuan for each placed",
    "grant \"gold\" to agency when gold", "quota 500 posts in all", "ordered by filed_on, id",
    "error \"bad\" when a > b",
    "expect a >= b \"x\"",
  ]

  @Test("One clause too many brackets loses no other", arguments: clauses.indices)
  func oneMistake(at broken: Int) {
    var lines = Self.clauses.map { "  " + $0 }
    lines[broken] += " )"
    let (document, problems) = parse("measure a\n" + lines.joined(separator: "\n") + "\nnote b\n  text \"x\"\n")
    #expect(problems.count == 1)
    #expect(problems.first?.location?.start.line == broken + 2)
    #expect(document.measures.map(\.name.text) == ["a", "b"])
    #expect((document.measures.first?.clauses.count ?? 0) >= Self.clauses.count - 1)
  }

  @Test("A clause cut short is told at its end and loses no other", arguments: clauses.indices)
  func cutShort(at broken: Int) {
    var lines = Self.clauses.map { "  " + $0 }
    lines[broken] = "  " + String(Self.clauses[broken].prefix { $0 != " " })
    let (document, problems) = parse("measure a\n" + lines.joined(separator: "\n") + "\nnote b\n  text \"x\"\n")
    #expect(problems.map(\.code) == ["unexpected"])
    #expect(document.measures.map(\.name.text) == ["a", "b"])
    #expect((document.measures.first?.clauses.count ?? 0) >= Self.clauses.count - 1)
  }

  @Test(
    "A misspelt clause word is read as the word it was meant for",
    arguments: [
      "titel", "artcle", "parm", "widnow", "asume", "wher", "lte", "requre", "quotta", "exepct",
    ])
  func misspelt(word: String) throws {
    let meant = try #require(
      Nearest.names(to: word, among: Word.allCases.filter(\.isMeasureClause).map(\.rawValue)).first)
    let line = try #require(Self.clauses.first { $0.hasPrefix(meant + " ") })
    let text = "measure a\n  kind x\n  " + word + line.dropFirst(meant.count) + "\n  every record\n"
    let (document, problems) = parse(text)
    #expect(problems.map(\.code) == ["unknown-clause"])
    #expect(problems.first?.hint?.en == "Did you mean \(meant)?")
    #expect(document.measures.first?.clauses.count == 3)
  }

  @Test("A misspelt declaration begins a declaration all the same")
  func misspeltDeclaration() {
    let (document, problems) = parse("note a\n  text \"x\"\nmesure b\n  kind x\n  where y\nduty c\n  expect z\n")
    #expect(problems.count == 1)
    #expect(document.measures.map(\.name.text) == ["a", "b", "c"])
    #expect(document.measures.map(\.clauses.count) == [1, 2, 1])
  }

  @Test("Every one of many mistakes is told, in the order of the text")
  func everyMistake() {
    let text = """
      measure a
        titel "x"
        kind
        where a == b
        pey agency 3 yuan
        where (a
        count c = hires for agency
        for each agency, each month
        foo "x"
        bar "y"
        where a b
      """
    let (document, problems) = parse(text)
    #expect(problems.compactMap { $0.location?.start.line } == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    #expect(document.measures.count == 1)
  }

  @Test("Names of what could not be read stay known")
  func namesStay() {
    let (document, _) = parse("measure a\n  let x = 3 +\n  count y = \n  param z = (\ndefine f(p: place)\n  p within\n")
    var names: [String] = []
    for clause in document.measures.first?.clauses ?? [] {
      switch clause {
      case .letting(let name, let e): names.append(name.text + (written(e) == "BROKEN" ? "?" : ""))
      case .parameter(let p): names.append(p.name.text + (written(p.value) == "BROKEN" ? "?" : ""))
      default: break
      }
    }
    #expect(names == ["x?", "y?", "z?"])
    #expect(document.definitions.map { written($0.body) } == ["BROKEN"])
  }

  @Test(
    "A line goes on when its clause word is a name there",
    arguments: [
      "where filed and\n  kind is labour_base", "where kind is any of (a,\n  number,\n  title\n)",
      "where a or\n  count >= 3",
      "where x >= 3\n  and text is given", "pay agency 3 yuan\n    for each placed",
      "require a and\n  count of placed >= 3",
      "count p = hires of agency\n    where x\n    begins y\n    every record",
    ])
  func continuations(clause: String) {
    let (document, problems) = parse("measure a\n  " + clause + "\n  every record\n")
    #expect(problems.map(\.message.en) == [])
    #expect(document.measures.first?.clauses.count == 2)
  }

  @Test("A parameter back at the margin belongs to the document")
  func margin() {
    let (indented, first) = parse("measure a\n  kind x\n  param p = 1\nparam q = 2\n")
    #expect(first.isEmpty)
    #expect(indented.parameters.map(\.name.text) == ["q"])
    let (flat, second) = parse("measure a\nkind x\nparam p = 1\nparam q = 2\n")
    #expect(second.isEmpty)
    #expect(flat.parameters.isEmpty)
    #expect(flat.measures.first?.clauses.count == 3)
  }

  @Test(
    "Nesting ends in a message, not in the end of the stack",
    arguments: [
      "(", "not ", "if a then b otherwise ", "a + ", "later of (", "year of ", "whole months from ", "x.y + (",
      "stable for ",
      "x except ", "f(", "31 December of ", "a of ", "sum of ", "if ", "completion of a from ", "years running in ",
      "- ", "a and (",
      "first day with ", "date of number ", "a is not not ", "x within any of (",
    ])
  func nesting(piece: String) {
    let text = String(repeating: piece, count: 100_000)
    let (expression, problems) = PolicyParser.parse(expression: text)
    #expect(written(expression) == "BROKEN")
    #expect(problems.count == 1)
    #expect(
      parse("measure a\n  where " + text.prefix(30_000) + "\n  every record\n").0.measures.first?.clauses.count == 1)
  }

  @Test("Long chains of and and or are flat and may be as long as anybody likes")
  func longChain() {
    let text = String(repeating: "a and ", count: 50_000) + "b"
    let (expression, problems) = PolicyParser.parse(expression: text)
    #expect(problems.isEmpty)
    if case .and(let parts) = expression.node { #expect(parts.count == 50_001) } else { Issue.record("not a chain") }
  }

  @Test("A single line of ten megabytes is read")
  func longLine() {
    let text = "measure a\n  title \"" + String(repeating: "长乐", count: 1_700_000) + "\"\n  every record\n"
    let (document, problems) = parse(text)
    #expect(problems.isEmpty)
    #expect(document.measures.first?.clauses.count == 2)
  }

  @Test("After five hundred mistakes reading stops and says so")
  func tooMany() {
    let (_, problems) = parse("measure a\n" + String(repeating: "  kind\n", count: 2_000))
    #expect(problems.count == 501)
    #expect(problems.last?.code == "too-many-mistakes")
  }
}
