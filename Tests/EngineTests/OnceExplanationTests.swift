// Why a record that meets everything is not paid since another of its group is: the one that is named is the one that
// is paid, and what has nothing to be paid is told for that.
import Engine
import Facts
import Reckoning
import Testing

@Suite("Explanations of what is paid once")
struct OnceExplanationTests {
  static func outcome(_ clause: String) throws -> Outcome {
    try #require(
      Programme(measure: "  for each hire\n  \(clause)\n  pay enterprise 100 yuan when public_post").run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, worker: w, enterprise: e, public_post: false, start: 2025-01-31, end: 2025-02-28}
          - {id: b, worker: w, enterprise: e, public_post: true, start: 2025-06-30, end: 2025-07-31}
          - {id: c, worker: w, enterprise: e, public_post: true, start: 2025-09-01, end: 2025-09-30}
          - {id: d, worker: w, enterprise: e, public_post: true, start: 2026-06-29}
        """))
  }

  static func told(_ outcome: Outcome, _ id: String) -> [String] {
    FigureExplanationTests.told(outcome, id).filter { $0.contains("once") }
  }

  @Test("Once in so many months")
  func within() throws {
    let outcome = try Self.outcome("every record\n  once per person in any 12 months")
    #expect(outcome.entries.map(\.subject) == ["b"])
    let b = "paid once in any 12 months: b counts and lies less than that before"
    #expect(Self.told(outcome, "c") == [b])
    #expect(Self.told(outcome, "d") == [b])
    // What keeps the first from being paid is that it has nothing to be paid.
    #expect(Self.told(outcome, "a") == [] && Self.told(outcome, "b") == [])
  }

  @Test(
    "Once per person, by a clause of the measure and by the person counting once",
    arguments: [
      ("every record\n  once per person", "comes first"), ("", "of the same person counts instead"),
    ])
  func once(clause: String, words: String) throws {
    let outcome = try Self.outcome(clause)
    #expect(outcome.entries.map(\.subject) == ["b"])
    for later in ["c", "d"] {
      let told = Self.told(outcome, later)
      #expect(told.count == 1 && told.allSatisfy { $0.contains(": b ") && $0.contains(words) }, "\(told)")
    }
    #expect(Self.told(outcome, "a") == [] && Self.told(outcome, "b") == [])
  }
}
