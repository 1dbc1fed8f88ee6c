// A budget taken apart by a fact of whom or what is paid for. Goes through the payments in columns: each finds its
// place by a number, and no text is made before all are counted. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import Reckoning

extension Breakdown {
  /// Takes a budget apart by a fact of the subject or, where that has none, of the beneficiary. What is not known, what
  /// is none, and payments for which there is no such fact are groups of their own, so that the groups add up to the
  /// budget.
  package init(_ budget: Budget, by fact: FactPath, called name: String) {
    let ledger = budget.ledger
    var groups = FactGroups()
    for block in ledger.blocks where block.count > 0 { groups.add(block, fact, ledger) }
    let told = groups.told(ledger.dataset)
    var sum = Tally()
    for group in told { sum.add(group.tally) }
    Invariant.holds(sum == budget.sum, "groups-add-up: the groups by a fact add up to the budget.")
    self.init(basis: .fact(name), groups: told)
  }
}

/// Tallies by the values of a fact.
private struct FactGroups {
  /// The lists that the fact was found in; numbers of values are each list's own.
  private var parts: [Part] = []
  private var unknown = Tally()
  private var none = Tally()
  private var without = Tally()

  /// The values of one list's fact.
  private struct Part {
    let reached: FactPath.Reached
    var places: [Int64: Int] = [:]
    var values: [Int64] = []
    var tallies: [Tally] = []
    /// Payments of one value often follow each other.
    var last: (raw: Int64, place: Int)?

    mutating func place(_ raw: Int64) -> Int {
      if let last, last.raw == raw { return last.place }
      let place: Int
      if let known = places[raw] {
        place = known
      } else {
        place = values.count
        places[raw] = place
        values.append(raw)
        tallies.append(Tally())
      }
      last = (raw, place)
      return place
    }
  }

  mutating func add(_ block: PaymentBlock, _ fact: FactPath, _ ledger: Ledger) {
    guard let (reached, rows) = FactGroups.find(block, fact, ledger.dataset) else {
      without.add(Tally(block, lastDue: ledger.lastDue))
      return
    }
    let name = reached.table.declaration.name
    let known = parts.firstIndex {
      $0.reached.table.declaration.name == name && $0.reached.field.name == reached.field.name
    }
    // The way there may differ, what stands there does not.
    var part = Part(reached: reached)
    if let known {
      (part.places, part.values, part.tallies) = (parts[known].places, parts[known].values, parts[known].tallies)
    }
    let lastDue = ledger.lastDue ?? .max
    let dates = ledger.lastDue == nil ? [] : block.dates
    for i in rows.indices {
      let amount = block.amount(i)
      let standing = block.standings.isEmpty ? 0 : block.standings[i]
      let isDue = dates.isEmpty || dates[i] <= lastDue
      switch reached.raw(rows[i]) {
      case .unknown: unknown.add(amount, standing, isDue: isDue)
      case .none: none.add(amount, standing, isDue: isDue)
      case .value(let raw): part.tallies[part.place(raw)].add(amount, standing, isDue: isDue)
      }
    }
    if let known { parts[known] = part } else { parts.append(part) }
  }

  /// The fact of a block's payments, with the rows that it is a fact of.
  private static func find(
    _ block: PaymentBlock, _ fact: FactPath, _ dataset: Dataset
  ) -> (FactPath.Reached, rows: [Int32])? {
    if case .list(let list) = block.subjectSpace,
      let reached = fact.reached(from: dataset.tables[list].declaration, in: dataset)
    {
      return (reached, block.subjects)
    }
    if case .list(let list) = block.beneficiarySpace,
      let reached = fact.reached(from: dataset.tables[list].declaration, in: dataset)
    {
      return (reached, block.beneficiaries)
    }
    return nil
  }

  // MARK: Telling

  /// One value of all lists.
  private struct Value {
    let raw: Int64
    let title: Text
    var tally: Tally
  }

  func told(_ dataset: Dataset) -> [Breakdown.Group] {
    var values: [String: Value] = [:]
    var isRanked = false
    for part in parts {
      isRanked = isRanked || FactGroups.isRanked(part.reached)
      for (raw, tally) in zip(part.values, part.tallies) {
        let (key, title) = FactGroups.names(raw, part.reached, dataset)
        values[key, default: Value(raw: raw, title: title, tally: Tally())].tally.add(tally)
      }
    }
    var groups = values.sorted { a, b in
      if isRanked, a.value.raw != b.value.raw { return a.value.raw < b.value.raw }
      if a.value.tally.total != b.value.tally.total { return a.value.tally.total > b.value.tally.total }
      return a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }.map { Breakdown.Group(key: $0.key, title: $0.value.title, tally: $0.value.tally) }
    func add(_ key: String, _ title: Text, _ tally: Tally) {
      if !tally.isEmpty { groups.append(Breakdown.Group(key: key, title: title, tally: tally)) }
    }
    // In parentheses, so that no name in a file is taken for one of these.
    add("(none)", Text("none", zh: "无"), none)
    add("(unknown)", Text("not known", zh: "不知道"), unknown)
    add("(no such fact)", Text("no such fact", zh: "无此事实"), without)
    return groups
  }

  /// Whether values follow each other of themselves; others stand by what they come to.
  private static func isRanked(_ reached: FactPath.Reached) -> Bool {
    switch reached.field.type {
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice: true
    case .text, .place, .county, .area, .reference, .set: false
    }
  }

  /// What other programs and what people call a value.
  private static func names(_ raw: Int64, _ reached: FactPath.Reached, _ dataset: Dataset) -> (String, Text) {
    if reached.column == nil {
      let id = dataset.describe(reached.table.declaration.name, Int(raw), "id").en
      return (id, .same(dataset.named(reached.table.declaration.name, Int(raw))))
    }
    if case .reference(let list) = reached.field.type {
      // Not what Chinese calls the record: whether another has its name is a search through the list each time.
      return (dataset.describe(list, Int(raw), "id").en, .same(dataset.named(list, Int(raw))))
    }
    let words = dataset.describe(raw: raw, reached.field.type)
    switch reached.field.type {
    case .bool: return (raw == 1 ? "true" : "false", words)
    case .place, .county, .area: return (dataset.places.codes[Int(raw)].text, words)
    case .text, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .reference, .set:
      return (words.en, words)
    }
  }
}
