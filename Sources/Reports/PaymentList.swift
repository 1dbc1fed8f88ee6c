// Every payment of a ledger in the order of the contract: date, measure, beneficiary, subject, by code point. Numbers
// are sorted wherever they order like their texts; texts are compared only where they must be. Knows nothing of how
// payments are shown.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Payments in order, those displaced or over quota included.
public struct PaymentList: Sendable {
  /// What became of a payment.
  public enum Status: String, Sendable {
    case due
    case pending
    case displaced
    case overQuota = "over_quota"
  }

  /// One payment.
  public struct Entry: Sendable {
    public let measure: CheckedMeasure
    public let beneficiary: String
    public let subject: String
    public let date: Day
    /// Fen.
    public let amount: Int64
    public let status: Status
    public let isUpperBound: Bool
    /// The measure that stands instead of a displaced one.
    public let displacedBy: CheckedMeasure?
  }

  public let ledger: Ledger
  private let order: [Key]

  public var count: Int { order.count }

  /// - Parameter wanted: whether a measure's payments are listed.
  public init(_ ledger: Ledger, where wanted: (CheckedMeasure) -> Bool = { _ in true }) {
    self.ledger = ledger
    let ids = ledger.measures.indices.sorted {
      ledger.measures[$0].id.utf8.lexicographicallyPrecedes(ledger.measures[$1].id.utf8)
    }
    var places = Array(repeating: Int32(0), count: ids.count)
    for (place, measure) in ids.enumerated() { places[measure] = Int32(truncatingIfNeeded: place) }
    var ranks = Ranks(ledger)
    var keys: [Key] = []
    for (number, block) in ledger.blocks.enumerated() where places.indices.contains(block.measure) {
      guard block.count > 0, wanted(ledger.measures[block.measure]) else { continue }
      let beneficiaries = ranks.of(block.beneficiarySpace)
      let subjects = ranks.of(block.subjectSpace)
      let dates = block.dates, who = block.beneficiaries, what = block.subjects
      for i in dates.indices {
        keys.append(
          Key(
            date: dates[i], measure: places[block.measure], beneficiary: beneficiaries[who[i]], subject: subjects[what[i]],
            block: Int32(truncatingIfNeeded: number),
            row: Int32(truncatingIfNeeded: i)))
      }
    }
    let blocks = ledger.blocks
    keys.sort { a, b in
      if a.date != b.date { return a.date < b.date }
      if a.measure != b.measure { return a.measure < b.measure }
      let (x, y) = (blocks[Int(a.block)], blocks[Int(b.block)])
      if x.beneficiarySpace == y.beneficiarySpace {
        if a.beneficiary != b.beneficiary { return a.beneficiary < b.beneficiary }
      } else {
        let (s, t) = (ledger.beneficiary(x, Int(a.row)), ledger.beneficiary(y, Int(b.row)))
        if s != t { return s.utf8.lexicographicallyPrecedes(t.utf8) }
      }
      if x.subjectSpace == y.subjectSpace, x.years.isEmpty, y.years.isEmpty {
        if a.subject != b.subject { return a.subject < b.subject }
      } else {
        let (s, t) = (ledger.subject(x, Int(a.row)), ledger.subject(y, Int(b.row)))
        if s != t { return s.utf8.lexicographicallyPrecedes(t.utf8) }
      }
      return (a.block, a.row) < (b.block, b.row)
    }
    order = keys
  }

  public subscript(i: Int) -> Entry {
    let key = order[i]
    let block = ledger.blocks[Int(key.block)]
    let row = Int(key.row)
    let standing = block.standing(row)
    let status: Status =
      switch standing {
      case .paid: ledger.isDue(key.date) ? .due : .pending
      case .displaced: .displaced
      case .overQuota: .overQuota
      }
    var other: CheckedMeasure?
    if standing == .displaced, block.displacedBy.indices.contains(row) {
      let index = Int(block.displacedBy[row])
      if ledger.measures.indices.contains(index) { other = ledger.measures[index] }
    }
    return Entry(
      measure: ledger.measures[block.measure], beneficiary: ledger.beneficiary(block, row),
      subject: ledger.subject(block, row), date: Day(number: key.date), amount: block.amount(row), status: status,
      isUpperBound: block.isUpperBound, displacedBy: other)
  }

  /// All payments added up.
  public var sum: Tally {
    var sum = Tally()
    for key in order {
      let block = ledger.blocks[Int(key.block)]
      let row = Int(key.row)
      sum.add(block.amount(row), block.standings.isEmpty ? 0 : block.standings[row], isDue: ledger.isDue(key.date))
    }
    return sum
  }

  private struct Key {
    let date: Int32
    let measure: Int32
    let beneficiary: Int32
    let subject: Int32
    let block: Int32
    let row: Int32
  }
}

/// For each id of a space, where it stands among the space's ids by code point.
private struct Ranks {
  struct Of {
    /// Nil: an id stands where its number says.
    let places: [Int32]?

    subscript(id: Int32) -> Int32 {
      guard let places else { return id }
      return id >= 0 && Int(id) < places.count ? places[Int(id)] : id
    }
  }

  private let ledger: Ledger
  private var known: [Space: Of] = [:]

  init(_ ledger: Ledger) { self.ledger = ledger }

  mutating func of(_ space: Space) -> Of {
    if let found = known[space] { return found }
    let found = make(space)
    known[space] = found
    return found
  }

  private func make(_ space: Space) -> Of {
    let order: [Int]
    switch space {
    case .list(let i):
      guard ledger.dataset.tables.indices.contains(i) else { return Of(places: nil) }
      guard let ids = ledger.dataset.tables[i].ids else {
        // Records without ids are called by their number, which does not order like a text.
        order = byText((0..<ledger.dataset.tables[i].count).map { ledger.name(Int32(truncatingIfNeeded: $0), in: space) })
        break
      }
      if ids.ascending { return Of(places: nil) }
      order = (0..<ids.count).sorted { ids.precedes($0, $1) }
    case .text: order = byText(ledger.dataset.texts.texts)
    case .district: return Of(places: nil)
    }
    var places = Array(repeating: Int32(0), count: order.count)
    for (place, id) in order.enumerated() { places[id] = Int32(truncatingIfNeeded: place) }
    return Of(places: places)
  }

  private func byText(_ texts: [String]) -> [Int] {
    texts.indices.sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
  }
}
