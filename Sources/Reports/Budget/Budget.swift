// What a programme costs, measure by measure: the first question asked of a ledger. Knows nothing of how it is shown.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A ledger added up by measure.
package struct Budget: Sendable {
  /// One measure that pays something, or would if it were not displaced or over quota.
  package struct Line: Sendable {
    /// Index into the ledger's measures.
    package let measure: Int
    /// What the measure comes to.
    package var tally: Tally
    /// Different ones among those paid.
    package var beneficiaries: Int
    /// Whether any paid amount is the most that the text allows ("not more than").
    package var isUpperBound: Bool
    /// What the paid amounts would be at the low ends of their ranges; nil where the text gives none.
    package var low: Int64?
  }

  /// The ledger that was added up.
  package let ledger: Ledger
  /// In the order of the programme's measures.
  package let lines: [Line]
  /// All lines together.
  package let sum: Tally
  /// Where another engine has added the payments up, what it tells of them; nil: the ledger has them.
  package let told: ToldSums?

  /// Adds up a ledger.
  package init(_ ledger: Ledger) {
    self.ledger = ledger
    var byMeasure: [[PaymentBlock]] = Array(repeating: [], count: ledger.measures.count)
    for block in ledger.blocks { byMeasure[block.measure].append(block) }
    var lines: [Line] = []
    var sum = Tally()
    for (measure, blocks) in byMeasure.enumerated() {
      var tally = Tally()
      var isUpperBound = false
      var low: Int64 = 0
      var hasLow = false
      for block in blocks {
        let part = Tally(block, lastDue: ledger.lastDue)
        tally.add(part)
        guard part.payments > 0 else { continue }
        if block.isUpperBound { isUpperBound = true }
        if block.low != nil { hasLow = true }
        low = Amounts.add(low, block.low.map { Amounts.multiply($0, part.payments) } ?? part.total)
      }
      guard !tally.isEmpty else { continue }
      sum.add(tally)
      lines.append(
        Line(
          measure: measure, tally: tally, beneficiaries: Beneficiaries.count(in: blocks, of: ledger),
          isUpperBound: isUpperBound, low: hasLow ? low : nil))
    }
    self.lines = lines
    self.sum = sum
    told = nil
  }

  /// A ledger without its payments, of which another engine tells the sums.
  package init(_ ledger: Ledger, told: ToldSums) {
    self.ledger = ledger
    self.told = told
    lines = told.lines(of: ledger)
    var sum = Tally()
    for line in lines { sum.add(line.tally) }
    self.sum = sum
  }

  /// The line of a measure by its id; nil when it has nothing to report.
  package func line(_ id: String) -> Line? { lines.first { ledger.measures[$0.measure].id == id } }

  /// The measure that a line is about.
  package func measure(_ line: Line) -> CheckedMeasure { ledger.measures[line.measure] }
}

/// Different beneficiaries, counted in bit maps.
enum Beneficiaries {
  /// How many different ones have a payment that is paid. Equal ids in different lists are one beneficiary.
  static func count(in blocks: [PaymentBlock], of ledger: Ledger) -> Int {
    var spaces: [(space: Space, blocks: [PaymentBlock])] = []
    for block in blocks where block.count > 0 {
      if let i = spaces.firstIndex(where: { $0.space == block.beneficiarySpace }) {
        spaces[i].blocks.append(block)
      } else {
        spaces.append((block.beneficiarySpace, [block]))
      }
    }
    guard let only = spaces.first else { return 0 }
    if spaces.count == 1 { return map(only.blocks, size: ledger.size(of: only.space)).count }
    var names: Set<String> = []
    for (space, blocks) in spaces {
      map(blocks, size: ledger.size(of: space)).forEach {
        names.insert(ledger.name(Int32(truncatingIfNeeded: $0), in: space))
      }
    }
    return names.count
  }

  private static func map(_ blocks: [PaymentBlock], size: Int) -> BitMap {
    var map = BitMap(size: size)
    for block in blocks {
      block.forEachPaidBeneficiary { map.insert(Int($0)) }
    }
    return map
  }
}

/// A set of small whole numbers.
struct BitMap {
  private var words: [UInt64]

  init(size: Int) { words = Array(repeating: 0, count: max(size, 0) / 64 + 1) }

  mutating func insert(_ i: Int) {
    Invariant.holds(i >= 0 && i >> 6 < words.count, "payees-in-facts: every payment goes to somebody in the facts.")
    words[i >> 6] |= 1 << UInt64(i & 63)
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func forEach(_ body: (Int) -> Void) {
    for (n, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(n << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
