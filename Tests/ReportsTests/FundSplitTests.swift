// Amounts split over sources of money: whole fen that add up, whatever the shares.

import Engine
import PolicyLanguage
import Testing

@testable import Reports

@Suite("Amounts split over sources of money")
struct FundSplitTests {
  @Test("the parts are whole fen, add up, and are off by less than one")
  func chance() {
    var numbers = SeededNumbers(seed: 17)
    for _ in 1...2000 {
      let count = 1 + Int(numbers.below(5))
      var shares: [Int64] = []
      var left = CheckedFund.whole
      for _ in 1..<max(count, 1) {
        let share = Int64(numbers.below(UInt64(left) + 1))
        shares.append(share)
        left -= share
      }
      shares.append(left)
      let amount = Int64(numbers.below(2_000_001)) - 1_000_000
      let parts = BorneParts.apportioned(amount, shares)
      #expect(parts.count == shares.count && parts.reduce(0, +) == amount)
      for (part, share) in zip(parts, shares) {
        let off = Int128(part) * Int128(CheckedFund.whole) - Int128(amount) * Int128(share)
        #expect(off.magnitude < UInt128(CheckedFund.whole), "\(amount) in \(shares): \(parts)")
        if share == 0 { #expect(part == 0) }
      }
    }
  }

  @Test("of equal remainders the first has the fen; more than the whole is taken back from nobody's share")
  func ties() {
    #expect(BorneParts.apportioned(1, [50_000_000, 50_000_000]) == [1, 0])
    #expect(BorneParts.apportioned(-1, [50_000_000, 50_000_000]) == [-1, 0])
    #expect(BorneParts.apportioned(100, [33_333_333, 33_333_333, 33_333_334]) == [33, 33, 34])
    #expect(BorneParts.apportioned(100, [110_000_000, -10_000_000]) == [110, -10])
    #expect(BorneParts.apportioned(0, [100_000_000]) == [0])
  }
}
