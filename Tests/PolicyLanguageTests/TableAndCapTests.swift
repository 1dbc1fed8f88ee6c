// What the checker says of tables, of figures that change on a day, of rates and of caps.
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("Tables, rates and caps, checked")
struct TableAndCapTests {
  private func codes(_ rules: String) -> [String] {
    let text = "document d\n  jurisdiction 350112\n" + rules + "\n"
    let (syntax, mistakes) = PolicyParser.parse(rules: text[...], in: SourceFile(name: "r", text: text), firstLine: 1)
    var dictionary = Checking.dictionary
    return (mistakes + Checker.check(syntax, dictionary: &dictionary, places: Checking.places).1).map(\.code)
  }

  private func measure(_ clauses: String, _ name: String = "m") -> String {
    "measure \(name)\n  title \"M\"\n  article \"1\"\n  kind k\n  for each hire\n" + clauses + "\n"
  }

  private func table(_ rows: String, _ head: String = "t(n: number) yuan", _ use: String = "t(3)") -> [String] {
    codes("table \(head)\n" + rows + "\n\n" + measure("  pay enterprise \(use)"))
  }

  @Test("Tables that say what they mean")
  func good() {
    #expect(table("  up to 3: 5 yuan\n  above: 7 yuan as large") == [])
    #expect(table("  up to 3: 5 yuan\n  above: 7 yuan", "t(n: number) yuan", "t through 3") == [])
    #expect(table("  up to 3: 5 yuan\n  above: 7 yuan", "t(n: number) yuan per hire", "t through 3") == [])
    #expect(table("  below 3 yuan: 5%\n  above: 7%", "t(m: money) %", "t through wage") == [])
    #expect(table("  micro: 5 yuan\n  small: 7 yuan", "t(s: enterprises.size) yuan", "t(enterprise.size)") == [])
    #expect(table("  when h.wage > 3 yuan: 5 yuan\n  otherwise: 1 yuan", "t(h: hire) yuan", "t(hire)") == [])
    #expect(table("  320000 or 350112: 5 yuan\n  any: 1 yuan", "t(p: place) yuan", "t(origin)") == [])
    #expect(table("  from 2022-01-01: 5 yuan\n  from 2023-01-01: 6 yuan", "t(d: date) yuan", "t(start)") == [])
  }

  @Test("Tables with a mistake")
  func bad() {
    #expect(table("  up to 3: 5 months\n  above: 7 yuan").contains("wrong-type"))
    #expect(table("  up to 3, any: 5 yuan\n  above: 7 yuan").contains("wrong-count"))
    #expect(table("  above: 5 yuan\n  up to 3: 7 yuan").contains("hidden-row"))
    #expect(table("  up to 9: 5 yuan\n  up to 3: 7 yuan\n  above: 1 yuan").contains("not-ascending"))
    #expect(table("  up to 3: wage\n  above: 7 yuan").contains("not-a-figure"))
    #expect(table("", "t(n: number) yuan").contains("no-rows"))
    #expect(table("  up to 3: 5 yuan", "t(n: number) yuan per hire", "t through 3").contains("no-steps"))
    #expect(table("  up to 3: 5 yuan as a\n  above: 7 yuan as a").contains("declared-twice"))
    #expect(table("  up to 3: 5 yuan\n  above: 7 yuan", "t(n: nombre) yuan").contains("unknown-name"))
    #expect(codes("table t(n: number) yuan\n  any: 1 yuan\n") == ["unused-table"])
    #expect(table("  when h.wage > 3 yuan: 5 yuan", "t(h: hire) yuan", "wage * (u through 3)").contains("unknown-name"))
  }

  @Test("A table has at most ten thousand rows, a figure that changes as many; more are told")
  func length() {
    func rows(_ n: Int) -> String {
      (1..<n).map { "  up to \($0): 1 yuan" }.joined(separator: "\n") + "\n  above: 7 yuan"
    }
    #expect(table(rows(10_000)) == [])
    #expect(table(rows(10_001)).contains("too-many-terms"))
    // A long table is no deep figure.
    let long = "table t(n: number) yuan\n" + rows(1_000) + "\n\n"
    #expect(codes(long + measure("  let a = t(3)\n  pay enterprise a")) == [])
    let days = (0..<10_000).map { ", 1 yuan from \(2000 + $0 / 336)-\(two($0 / 28 % 12 + 1))-\(two($0 % 28 + 1))" }
    let rate = "  param rate = 1 yuan" + days.joined() + "\n"
    #expect(codes(measure(rate + "  pay enterprise rate(start)")).contains("too-many-terms"))
  }

  private func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

  @Test("Ranges inside each other have as many terms together as one may have, also through definitions")
  func terms() {
    func sum(_ a: Int, _ b: Int) -> [String] {
      codes(
        measure(
          "  pay enterprise (sum of (sum of m * n for each n from 1 to \(b)) for each m from 1 to \(a)) * 1 yuan"))
    }
    #expect(sum(30, 40) == [] && sum(1, 1_200) == [] && sum(1_200, 1) == [])
    #expect(sum(30, 41) == ["too-many-terms"] && sum(1_200, 1_200) == ["too-many-terms"])
    #expect(sum(1_200, 2) == ["too-many-terms"])
    let through = "(sum of (sum of (sum of k for each k from 1 to 1200) for each n from 1 to 1) for each m from 1 to 2)"
    #expect(codes(measure("  pay enterprise \(through) * 1 yuan")) == ["too-many-terms"])
    // Each once as long as it is in itself.
    let triangle = "  pay enterprise (sum of (sum of n for each n from 1 to m) for each m from 1 to 48) * 1 yuan"
    #expect(codes(measure(triangle)) == [])
    func defined(_ a: Int, _ b: Int) -> [String] {
      codes(
        "define f(x: number) sum of x * n for each n from 1 to \(b)\n"
          + measure("  pay enterprise (sum of f(m) for each m from 1 to \(a)) * 1 yuan"))
    }
    #expect(defined(30, 40) == [] && defined(30, 41) == ["too-many-terms"])
    #expect(defined(1_200, 1_200) == ["too-many-terms"])
    // What stands outside is worked out once.
    let outside =
      "  let a = sum of n for each n from 1 to 1200\n"
      + "  pay enterprise (sum of a * m for each m from 1 to 1200) * 1 yuan"
    #expect(codes(measure(outside)) == [])
    let chain = (1...40).map { "define f\($0)(x: number) f\($0 - 1)(x * 2) + f\($0 - 1)(x * 2 + 1)\n" }
    let doubled = "define f0(x: number) x + 1\n" + chain.joined() + measure("  pay enterprise f40(1) * 1 yuan")
    #expect(codes(doubled).contains("too-many-terms"))
  }

  @Test("Parameters that change on a day")
  func dated() {
    let rate = "  param rate = 1 yuan, 2 yuan from 2024-07-01\n"
    #expect(codes(measure(rate + "  pay enterprise rate(start)")) == [])
    #expect(codes(measure(rate + "  pay enterprise rate")) == ["which-day"])
    #expect(codes(measure(rate + "  pay enterprise rate(wage)")) == ["wrong-type"])
    #expect(
      codes(measure("  param r = 1 yuan, 2 months from 2024-07-01\n  pay enterprise r(start)")).contains("bound-unit"))
    let back = "  param r = 1 yuan, 2 yuan from 2024-07-01, 3 yuan from 2023-07-01\n  pay enterprise r(start)"
    #expect(codes(measure(back)).contains("not-ascending"))
    #expect(codes("param rate = 1 yuan, 2 yuan from 2024-07-01\n" + measure("  pay enterprise rate(start)")) == [])
  }

  @Test("What a rate is for has to be multiplied")
  func rates() {
    func pay(_ amount: String) -> [String] { codes(measure("  pay enterprise \(amount)")) }
    for left in ["5 yuan per person", "5 yuan per day", "5 yuan per month", "5 yuan per person per month"] {
      #expect(pay(left) == ["wrong-type"], "\(left)")
    }
    #expect(pay("5 yuan per person * 3") == [])
    #expect(pay("5 yuan per day * 3 days") == [])
    #expect(pay("5 yuan per person per month * 3 months * 2") == [])
    #expect(pay("5 yuan per month per person * 2 * 3 months") == [])
    #expect(pay("50% of (5 yuan per class) * 3") == [])
    #expect(pay("12,000 yuan / 12 months * 3 months") == [])
    #expect(pay("5 yuan per day * 3 months") == ["cannot-multiply"])
    #expect(pay("5 yuan per person * 3 months") == ["cannot-multiply"])
    #expect(pay("5 yuan per year * 3") == [])
    #expect(pay("5 yuan per year") == ["wrong-type"])
    #expect(pay("5 yuan per person per class * 3") == ["wrong-type"])
    #expect(pay("5 yuan per person per class * 3 * 2") == [])
    #expect(pay("5 yuan per day per month * 3") == ["wrong-type"])
    #expect(pay("5 yuan per day per month * 3 days * 2 months") == [])
    #expect(pay("5 yuan per month per month * 3 months").contains("unknown-unit"))
  }

  @Test("Caps")
  func caps() {
    func cap(_ clauses: String, _ pay: String = "wage") -> [String] {
      codes(measure("  pay enterprise \(pay)\n  " + clauses))
    }
    #expect(cap("cap 5 yuan in all") == [])
    #expect(cap("cap 5 yuan for each enterprise, year in proportion") == [])
    #expect(cap("cap enterprise.premiums for each beneficiary in turn\n  ordered by start") == [])
    #expect(cap("cap 5 for each enterprise") == ["wrong-type"])
    #expect(cap("cap 5 yuan for each enterprize") == ["unknown-name"])
    #expect(cap("cap 5 yuan in all in proportion\n  ordered by start") == ["ordered-share"])
    #expect(cap("cap 5 yuan for each hire") == ["cap-of-one"])
    #expect(cap("cap 5 yuan in all", "at most wage or at least 1 yuan") == ["cap-with-range"])
    #expect(cap("cap 0 yuan - 5 yuan in all") == ["below-nought"])
    #expect(cap("cap 5 yuan") == ["expected"] || cap("cap 5 yuan").count == 1)
  }

  @Test("Limits over several measures")
  func limits() {
    let two = measure("  pay enterprise wage", "a") + measure("  pay enterprise wage", "b")
    func limit(_ clauses: String) -> [String] { codes(two + "limit l\n  " + clauses) }
    #expect(limit("article \"2\"\n  over a, b\n  cap 5 yuan for each beneficiary, year") == [])
    #expect(limit("article \"2\"\n  over a, c\n  cap 5 yuan in all") == ["unknown-name"])
    #expect(limit("article \"2\"\n  over a, a\n  cap 5 yuan in all") == ["declared-twice"])
    #expect(limit("over a\n  cap 5 yuan in all") == ["missing-clause"])
    #expect(limit("article \"2\"\n  over a") == ["missing-clause"])
    #expect(limit("article \"2\"\n  over a, b\n  cap enterprise.premiums for each enterprise, year") == [])
    #expect(limit("article \"2\"\n  over a, b\n  cap 5 yuan for each enterprize") == ["limit-fact", "limit-fact"])
    #expect(limit("article \"2\"\n  over a, b\n  cap 5 for each enterprise") == ["wrong-type"])
    #expect(limit("article \"2\"\n  over a, b\n  cap 5 yuan for each wage") == ["wrong-type"])
    let other =
      measure("  let key = start\n  pay enterprise wage", "a") + measure("  let key = 1\n  pay enterprise wage", "b")
    #expect(codes(other + "limit l\n  article \"2\"\n  over a, b\n  cap 5 yuan for each key") == ["limit-keys"])
  }

  @Test("Words of tables and caps are names elsewhere")
  func names() {
    let clauses = "  let cap = 5 yuan\n  let up = 3 yuan\n  let table = 2 yuan\n  pay enterprise cap + up\n    + table"
    #expect(codes(measure(clauses)) == [])
  }
}
