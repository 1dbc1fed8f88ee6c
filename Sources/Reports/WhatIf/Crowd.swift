// How often each record comes when people respond: as many more or fewer as a figure draws, and those who bring a group
// up to a threshold. Records come again as in a projection, evenly over the list and as other persons. Knows nothing of
// how assumptions are written or told.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// How often each record of some facts comes.
package struct Crowd: Sendable, Equatable {
  /// A group that brings itself up to a threshold.
  package struct Brought: Sendable, Equatable {
    /// Who is short of it, with its year where it has one.
    package let subject: String
    /// The records that it counts now, and what it needs.
    package let from: Int64
    package let to: Int64
    /// How many records come for it; nought where it has none that could come again.
    package let added: Int
  }

  /// By the list's place among the tables, for each row; lists that are not there stay as they are.
  private(set) var times: [Int: [Int]] = [:]
  /// Who is brought to a threshold.
  package private(set) var brought: [Brought] = []
  /// By what the rules find records together.
  private let tying: TyingKeys

  /// Whether all records come as they are stated.
  package var isAsStated: Bool { times.allSatisfy { $0.value.allSatisfy { $0 == 1 } } }

  /// Those who respond to a programme.
  ///
  /// - Parameters:
  ///   - stated: the facts as they are.
  ///   - settings: with what is assumed.
  package init(
    _ stated: Scenario, _ documents: [CheckedDocument], _ settings: RunSettings, control: RunControl = RunControl()
  ) {
    tying = TyingKeys(documents, in: stated.dataset.dictionary)
    for assumption in settings.assumptions {
      guard case .response(let response) = assumption.what,
        let value = response.figure.current(settings, documents)
      else { continue }
      let factor = response.factor(assumption.number, at: value)
      guard factor != Share.unit, let list = response.part.index(in: stated.dataset) else { continue }
      let table = stated.dataset.tables[list]
      let test = response.part.test(in: stated.dataset)
      let rows = YearlyRecords.spread((0..<table.count).map { Int32(truncatingIfNeeded: $0) }.filter(test), table)
      multiply(rows, of: list, table.count, by: factor)
    }
    var plain = settings
    plain.assumptions = []
    for assumption in settings.assumptions {
      guard case .bunching(let watched) = assumption.what, assumption.number > 0 else { continue }
      bring(scenario(stated), stated, documents, plain, watched, within: assumption.number, control)
    }
  }

  // MARK: Responses

  private mutating func multiply(_ rows: [Int32], of list: Int, _ count: Int, by factor: Int64) {
    let present = rows.reduce(0) { $0 + (times[list]?[Int($1)] ?? 1) }
    let wanted = Int(
      Invariant.value(
        Decimals.muldiv(Int64(present), factor, Share.unit),
        "crowds-are-counted: as many records as respond are within reach"))
    spread(rows, of: list, count, wanted: wanted)
  }

  /// Lets rows come so often that there are as many as wanted, what is not whole evenly over them.
  private mutating func spread(_ rows: [Int32], of list: Int, _ count: Int, wanted: Int) {
    var own = times[list] ?? Array(repeating: 1, count: count)
    let present = rows.reduce(0) { $0 + own[Int($1)] }
    guard present > 0 else { return }
    var place = 0
    for row in rows {
      let before = own[Int(row)]
      own[Int(row)] = 0
      for _ in 0..<before {
        own[Int(row)] += YearlyGrowth.times(place, of: present, for: wanted)
        place += 1
      }
    }
    times[list] = own
  }

  // MARK: Thresholds

  private mutating func bring(
    _ facts: Scenario, _ stated: Scenario, _ documents: [CheckedDocument], _ settings: RunSettings,
    _ watched: Watched, within: Int64, _ control: RunControl
  ) {
    let memory = RunMemory()
    let before = self
    let found = Engine.thresholds(
      documents, scenario: facts, settings: settings, near: within, listed: 10_000, memory: memory,
      isCancelled: control.isCancelled
    ).thresholds.filter { $0.watched == watched && $0.sort == .figure && $0.type == .number }
    for threshold in found where threshold.comparison == .greaterOrEqual || threshold.comparison == .greater {
      let needed = threshold.comparison == .greater ? threshold.bound + 1 : threshold.bound
      let short = threshold.near.filter { !$0.passes && $0.value < needed && needed - $0.value <= within }
      // From the fullest on, so that what a lower bound lets in besides is known already.
      var known: Set<RowOfPayee> = paid(
        Engine.run(documents, scenario: facts, settings: settings, memory: memory, control: control), threshold)
      for value in Set(short.map(\.value)).sorted(by: >) {
        if control.isCancelled() { return }
        guard let (inside, _) = CliffSearch.sides(threshold.comparison, value) else { continue }
        let lowered = watched.set(inside, in: settings)
        let all = paid(
          Engine.run(documents, scenario: facts, settings: lowered, memory: memory, control: control), threshold)
        let fresh = all.subtracting(known)
        known.formUnion(all)
        let groups = Dictionary(grouping: short.filter { $0.value == value }) { $0.beneficiary ?? "" }
        for (payee, members) in groups.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          let missing = Int(needed - value) * members.count
          let added = add(missing, like: fresh.filter { $0.payee == payee }, of: before, stated)
          for one in members {
            brought.append(
              Brought(subject: one.subject, from: value, to: needed, added: added ? Int(needed - value) : 0))
          }
        }
      }
    }
  }

  private struct RowOfPayee: Hashable {
    let payee: String
    let list: Int
    let row: Int32
  }

  /// The records that a measure pays for, with who is paid.
  private func paid(_ ledger: Ledger, _ threshold: Threshold) -> Set<RowOfPayee> {
    var rows: Set<RowOfPayee> = []
    for block in ledger.blocks where ledger.measures[block.measure].id == threshold.measure.id {
      guard case .list(let list) = block.subjectSpace, ledger.dataset.tables[list].declaration.begins != nil else {
        continue
      }
      let subjects = block.subjects
      for i in subjects.indices where subjects[i] >= 0 {
        rows.insert(RowOfPayee(payee: ledger.beneficiary(block, i), list: list, row: subjects[i]))
      }
    }
    return rows
  }

  /// Lets so many more records come as some are.
  ///
  /// - Returns: false where there are none.
  private mutating func add(
    _ missing: Int, like some: Set<RowOfPayee>, of before: Crowd, _ stated: Scenario
  ) -> Bool {
    guard let list = some.first?.list else { return false }
    // Copies that are there already come of a stated row, which is what can come once more.
    let origins = before.origins(of: list, stated.dataset.tables[list].count)
    let rows = Set(some.filter { $0.list == list }.map { origins[Int($0.row)] }).sorted()
    let table = stated.dataset.tables[list]
    let present = rows.reduce(0) { $0 + (times[list]?[Int($1)] ?? 1) }
    spread(YearlyRecords.spread(rows, table), of: list, table.count, wanted: present + missing)
    return true
  }

  // MARK: Facts

  /// The stated row of each row of a list as this has it.
  private func origins(of list: Int, _ count: Int) -> [Int32] {
    guard let own = times[list] else { return (0..<count).map { Int32(truncatingIfNeeded: $0) } }
    let rows = own.indices.map { Int32(truncatingIfNeeded: $0) }
    return rows.filter { own[Int($0)] > 0 }
      + rows.flatMap { Array(repeating: $0, count: max(0, own[Int($0)] - 1)) }
  }

  /// The facts with everybody who responds.
  package func scenario(_ stated: Scenario) -> Scenario {
    if isAsStated { return stated }
    let fresh = tied(stated).fresh
    var lists: [Int: ListCopies] = [:]
    for (list, own) in times where own.contains(where: { $0 != 1 }) {
      var kept: [Int32] = []
      var copies: [RecordCopy] = []
      for (i, count) in own.enumerated() {
        let row = Int32(truncatingIfNeeded: i)
        if count > 0 { kept.append(row) }
        for number in 2..<max(count + 1, 2) {
          copies.append(RecordCopy(source: row, years: 0, number: Int32(truncatingIfNeeded: number)))
        }
      }
      lists[list] = ListCopies(kept: kept, copies: copies, year: nil, fresh: fresh[list] ?? [:])
    }
    return stated.with(stated.dataset.carried(lists))
  }

  /// What ties records together of the lists that do not come as they are stated.
  package func tied(_ stated: Scenario) -> TiedRecords {
    let lists = times.filter { $0.value.contains { $0 != 1 } }
    let again = lists.mapValues { $0.indices.map { Int32(truncatingIfNeeded: $0) } }
    return TiedRecords(tying, again, in: stated.dataset)
  }

  /// A digest of how often each record comes.
  package var digest: UInt64 {
    if isAsStated { return 0 }
    var digest = Digest()
    for (list, own) in times.sorted(by: { $0.key < $1.key }) {
      digest.add(Int64(list))
      for (i, count) in own.enumerated() where count != 1 {
        digest.add(Int64(i))
        digest.add(Int64(count))
      }
    }
    return digest.value
  }
}

extension RunSettings {
  /// The share of each measure's payments that is claimed, where less than all is.
  package var takeUp: [String: Int64] {
    var shares: [String: Int64] = [:]
    for assumption in assumptions {
      if case .takeUp(let measure) = assumption.what { shares[measure] = assumption.number }
    }
    return shares
  }

  /// Whether some number of records follows something.
  package var movesRecords: Bool {
    assumptions.contains { if case .takeUp = $0.what { false } else { true } }
  }
}
