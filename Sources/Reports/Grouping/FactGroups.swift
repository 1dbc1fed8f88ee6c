// A budget taken apart by facts of whom or what is paid for, by one key or by two that cross. Goes through the payments
// in columns: each finds its place by a number, and no text is made before all are counted. Knows nothing of how it is
// shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

extension Breakdown {
  /// Takes a budget apart by one key or by two. A fact is one of the subject or, where that has none, of the
  /// beneficiary. What is not stated, what is none, and payments for which there is no such fact are groups of their
  /// own, so that the groups add up to the budget.
  ///
  /// - Precondition: there are one or two keys.
  package init(_ budget: Budget, by keys: [GroupKey]) {
    if keys.count == 1, case .dimension(let dimension) = keys[0].source {
      self.init(budget, by: dimension)
      return
    }
    if keys.contains(where: \.isFund) {
      self.init(budget, fundsAcross: keys)
      return
    }
    let tallies = FactGroups(budget, keys)
    Invariant.holds(tallies.sum == budget.sum, "groups-add-up: the groups by a fact add up to the budget.")
    switch tallies.named.count {
    case 1:
      self.init(basis: .keys(keys.map { GroupName(name: $0.name, title: $0.title) }), groups: tallies.groups(of: 0))
    case 2:
      let cross = tallies.cross
      self.init(
        basis: .keys(keys.map { GroupName(name: $0.name, title: $0.title) }), groups: cross.pairs, cross: cross)
    default: Invariant.broken("one-key-or-two: a budget is taken apart by one key or by two")
    }
  }
}

/// Tallies by the codes of keys.
private struct FactGroups {
  let keys: [GroupKey]
  /// The groups of each key.
  var named: [NamedGroups] = []
  /// By the group of the first key and, where there are two, that of the second.
  private var cells: [Int: Tally] = [:]
  private(set) var sum = Tally()

  init(_ budget: Budget, _ keys: [GroupKey]) {
    self.keys = keys
    let ledger = budget.ledger
    let codes = keys.map { GroupCodes($0, of: ledger.dataset) }
    let blocks = ledger.blocks.filter { $0.count > 0 }
    let found = blocks.map { block in codes.map { BlockCodes(block, $0, ledger) } }
    let widths = codes.map(\.count) + [1]
    var tallies = PairTallies(rows: widths[0], columns: widths[1])
    for (block, codes) in zip(blocks, found) {
      tallies.add(block, codes[0], codes.count > 1 ? codes[1] : .all(0), lastDue: ledger.lastDue)
    }
    // Which groups there are, and how much each has.
    for (number, code) in codes.enumerated() {
      var weights: [Tally?] = Array(repeating: nil, count: code.count)
      tallies.forEach { row, column, tally in
        weights[number == 0 ? row : column, default: nil].add(tally)
      }
      named.append(
        NamedGroups(code, ledger: ledger, dataset: ledger.dataset, weights: weights.map { $0?.total }))
    }
    let (first, second) = (named[0], named.count > 1 ? named[1] : nil)
    let width = second?.names.count ?? 1
    tallies.forEach { row, column, tally in
      let across = second.map { $0.groups[column] } ?? 0
      guard let down = first.groups[row], let across else {
        Invariant.broken("groups-named: whatever has payments has a name")
      }
      cells[down * width + across, default: Tally()].add(tally)
      sum.add(tally)
    }
  }

  /// The groups of a key, whatever the other.
  func groups(of key: Int) -> [Breakdown.Group] {
    let width = named.count > 1 ? named[1].names.count : 1
    var tallies = Array(repeating: Tally(), count: named[key].names.count)
    for (place, tally) in cells { tallies[key == 0 ? place / width : place % width].add(tally) }
    return zip(named[key].names, tallies).map {
      Breakdown.Group(key: $0.key, title: $0.title, tally: $1, rank: $0.rank)
    }
  }

  var cross: Breakdown.Cross {
    let width = named[1].names.count
    return Breakdown.Cross(
      rows: groups(of: 0), columns: groups(of: 1),
      cells: named[0].names.indices.map { row in (0..<width).map { cells[row * width + $0] } })
  }
}

extension [Tally?] {
  fileprivate subscript(index: Int, default usual: Tally?) -> Tally {
    get { self[index] ?? usual ?? Tally() }
    set { self[index] = newValue }
  }
}

/// The codes of one block's payments.
enum BlockCodes {
  /// One for all of them.
  case all(Int32)
  case each([Int32])

  init(_ block: PaymentBlock, _ codes: GroupCodes, _ ledger: Ledger) {
    switch codes.key.source {
    case .dimension(let dimension): self = BlockCodes.dimension(dimension, block, codes, ledger)
    case .fact(let path): self = BlockCodes.fact(block, codes, ledger.dataset, of: path.side)
    case .age(let born, _): self = BlockCodes.fact(block, codes, ledger.dataset, of: born.side)
    }
  }

  private static func dimension(
    _ dimension: Dimension, _ block: PaymentBlock, _ codes: GroupCodes, _ ledger: Ledger
  ) -> BlockCodes {
    switch dimension {
    case .measure: return .all(codes.code(GroupCodes.Member(domain: .measure, raw: Int64(block.measure))))
    case .kind:
      let kind = ledger.measures[block.measure].kind
      let first = Invariant.value(
        ledger.measures.firstIndex { $0.kind == kind }, "measure-in-ledger: a payment's measure is one of the ledger's")
      return .all(codes.code(GroupCodes.Member(domain: .kind, raw: Int64(first))))
    case .year, .month:
      let level: GroupKey.Level = dimension == .year ? .year : .month
      var known = ValueCodes(records: block.dates.count)
      return .each(
        block.dates.map { date in
          known.code(of: Int64(date)) {
            codes.code(GroupCodes.Member(domain: .time(level), raw: GroupKey.time($0, level)))
          }
        })
    case .beneficiary:
      var known = ValueCodes(records: block.beneficiaries.count)
      return .each(
        block.beneficiaries.map { who in
          known.code(of: Int64(who)) {
            codes.code(GroupCodes.Member(domain: .beneficiary(block.beneficiarySpace), raw: $0))
          }
        })
    case .fund:
      Invariant.broken("funds-stand-alone: a payment comes from several sources, so that it is in no one group of them")
    }
  }

  /// The fact of what a payment is for or, where that has none, of who gets it.
  private static func fact(
    _ block: PaymentBlock, _ codes: GroupCodes, _ dataset: Dataset, of side: FactPath.Side?
  ) -> BlockCodes {
    if side != .beneficiary, case .list(let list) = block.subjectSpace, codes.has(dataset.tables[list].declaration) {
      return .each(codes.codes(block.subjects, of: dataset.tables[list].declaration))
    }
    if side != .subject, case .list(let list) = block.beneficiarySpace, codes.has(dataset.tables[list].declaration) {
      return .each(codes.codes(block.beneficiaries, of: dataset.tables[list].declaration))
    }
    return .all(GroupCodes.without)
  }

  @inline(__always) subscript(i: Int) -> Int {
    switch self {
    case .all(let code): Int(code)
    case .each(let codes): Int(codes[i])
    }
  }
}

/// Tallies by two codes; few pairs stand in an array, many in a dictionary of those that there are.
private struct PairTallies {
  private let columns: Int
  private var dense: [Tally] = []
  private var sparse: [Int: Tally] = [:]

  init(rows: Int, columns: Int) {
    self.columns = columns
    if rows * columns <= 1 << 20 || columns == 1 { dense = Array(repeating: Tally(), count: rows * columns) }
  }

  mutating func add(_ block: PaymentBlock, _ rows: BlockCodes, _ across: BlockCodes, lastDue: Int32?) {
    // What is the same for all payments is added up as a whole.
    if case .all(let row) = rows, case .all(let column) = across {
      add(Tally(block, lastDue: lastDue), at: Int(row) * columns + Int(column))
      return
    }
    let dates = lastDue == nil ? [] : block.dates
    let last = lastDue ?? .max
    for i in 0..<block.count {
      let place = rows[i] * columns + across[i]
      let standing = block.standings.isEmpty ? 0 : block.standings[i]
      let isDue = dates.isEmpty || dates[i] <= last
      if dense.isEmpty {
        sparse[place, default: Tally()].add(block.amount(i), standing, isDue: isDue)
      } else {
        dense[place].add(block.amount(i), standing, isDue: isDue)
      }
    }
  }

  private mutating func add(_ tally: Tally, at place: Int) {
    if dense.isEmpty { sparse[place, default: Tally()].add(tally) } else { dense[place].add(tally) }
  }

  /// What there is, by the two codes.
  func forEach(_ body: (Int, Int, Tally) -> Void) {
    for (place, tally) in dense.enumerated() where !tally.isEmpty { body(place / columns, place % columns, tally) }
    for (place, tally) in sparse where !tally.isEmpty { body(place / columns, place % columns, tally) }
  }
}
