// A broken invariant stops the run, with its name, in a process of its own.

import Testing

@testable import Reckoning

@Suite struct InvariantTests {
  @Test func whatHoldsIsLeftAlone() {
    Invariant.holds(true, "never-said: this sentence is not made")
    Invariant.debug(true, "never-said: this sentence is not made")
    #expect(Invariant.value(Optional(3), "never-said: this sentence is not made") == 3)
  }

  @Test func theSentenceIsMadeOnlyWhenBroken() {
    var made = 0
    func sentence() -> String {
      made += 1
      return "never-said: this sentence is not made"
    }
    Invariant.holds(made == 0, sentence())
    Invariant.debug(made == 0, sentence())
    #expect(made == 0)
  }

  @Test func aBrokenInvariantStopsTheRunWithItsName() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      Invariant.holds(1 + 1 == 3, "sums: one and one are three")
    }
    #expect(said(result.standardErrorContent).contains("broken invariant sums: one and one are three"))
  }

  @Test func aBrokenDebugInvariantStopsTheTestsToo() async throws {
    #expect(Invariant.isChecked)
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      Invariant.debug(1 + 1 == 3, "sums: one and one are three")
    }
    #expect(said(result.standardErrorContent).contains("broken invariant sums: one and one are three"))
  }

  @Test func aValueThatMustBeThereStopsTheRunWhenItIsNot() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let nothing: Int? = nil
      _ = Invariant.value(nothing, "there: something is there")
    }
    #expect(said(result.standardErrorContent).contains("broken invariant there: something is there"))
  }

  private func said(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
