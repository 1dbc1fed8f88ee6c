// What may be taken back, and what is said where it may not: every mistake at its place, with a remedy, in both
// languages.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("What is taken back, as written")
struct RecoverTests {
  private func problems(_ clauses: String) -> [Diagnostic] {
    let text = Checking.measure("  for each hire\n" + clauses)
    let (syntax, mistakes) = PolicyParser.parse(rules: text[...], in: SourceFile(name: "r", text: text), firstLine: 1)
    var dictionary = Checking.dictionary
    return mistakes + Checker.check(syntax, dictionary: &dictionary, places: Checking.places).1
  }

  private func codes(_ clause: String) -> [String] {
    problems("  pay enterprise 5 yuan on start\n  " + clause).map(\.code)
  }

  @Test("What is right")
  func right() {
    #expect(codes("recover all on end") == [])
    #expect(codes("recover all from enterprise on end when end < start + 12 months") == [])
    #expect(codes("recover 50% of paid on end") == [])
    #expect(codes("recover paid * (whole months from start to end) / 12 months on end") == [])
    #expect(codes("recover smaller of (paid, 300 yuan) on end when end is given") == [])
    #expect(codes("recover 300 yuan on end + 30 days\n  recover all on end") == [])
  }

  @Test("What is wrong, each in both languages and with a remedy")
  func wrong() {
    for (clause, code) in [
      ("recover all", "no-date"), ("recover all on start", "recover-same-day"),
      ("recover 5 on end", "wrong-type"), ("recover 50% on end", "wrong-type"),
      ("recover 0 yuan on end", "below-nought"), ("recover all on end when paid > 5 yuan", "paid-in-amount"),
      ("recover all from agency on end", "recover-from-whom"), ("recover all on end for each s", "unknown-name"),
      ("recover all on end on start", "repeated-clause"),
    ] {
      let found = problems("  pay enterprise 5 yuan on start\n  " + clause)
      #expect(found.map(\.code) == [code], "\(clause)")
      for problem in found {
        #expect(problem.location != nil && problem.hint != nil && problem.message.en != problem.message.zh, "\(clause)")
      }
    }
  }

  @Test("Words of recovery are names elsewhere")
  func names() {
    let clauses = "  let recover = 5 yuan\n  let paid = 3 yuan\n  pay enterprise recover\n    + paid"
    #expect(problems(clauses).isEmpty)
  }
}
