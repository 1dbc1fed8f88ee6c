// Runs a programme over the years of a projection: the facts with records that come again, and for each year its own
// figures. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// One projection, to be run with changing inputs and settings.
final class Projector {
  let inputs: ProjectInputs
  let documents: [CheckedDocument]
  /// The facts as they are stated, as runs take them.
  let stated: Scenario
  private let session: Desk
  private var made: (values: [Int64], settings: RunSettings?, scenario: Scenario, memory: RunMemory)?
  /// The ledger made last, that of the last year, from which it is told what is not priced or cannot be judged.
  var lastLedger: Ledger? { lastLedgers.last?.ledger }
  /// Those of the same reckoning, with the years whose settings they have.
  private(set) var lastLedgers: [(years: [Int], ledger: Ledger)] = []

  init(_ inputs: ProjectInputs, _ documents: [CheckedDocument], _ stated: Scenario, in session: Desk) {
    self.inputs = inputs
    self.documents = documents
    self.stated = stated
    self.session = session
  }

  // MARK: Facts

  /// How many records each stream has in each of the years behind the base.
  func counts(_ start: RunSettings, _ values: [Int64]) -> [[Int]] {
    guard start.assumptions.contains(where: \.isResponse), inputs.following > 0 else { return counts(values) }
    let years = copies(start, values)
    return inputs.streams.indices.map { stream in years.map { $0.count { $0.stream == stream } } }
  }

  /// The same before anybody responds.
  private func counts(_ values: [Int64]) -> [[Int]] {
    inputs.streams.map { stream in
      inputs.following == 0
        ? []
        : inputs.made.map { year in
          let count = stream.course.figure(Int64(stream.stream.rows.count), base: inputs.base, in: year, values)
          return Int(clamping: count ?? Int64(ProjectMistake.mostRecords) + 1)
        }
    }
  }

  /// How many records there would be; more than can be made are refused before any is.
  func size(_ values: [Int64]) -> Int {
    counts(values).reduce(0) { $0 + $1.reduce(0) { $0 + min($1, ProjectMistake.mostRecords + 1) } }
      + stated.dataset.tables.reduce(0) { $0 + $1.count }
  }

  private struct StreamCopy {
    let stream: Int
    var copy: RecordCopy
  }

  /// The records that come again in each of the years behind the base, in the order of the spread: as many as the
  /// streams have, and more or fewer by what they respond to in that year.
  private func copies(_ start: RunSettings, _ values: [Int64]) -> [[StreamCopy]] {
    let counts = counts(values)
    let streams = inputs.streams.indices.map { inputs.streams[$0].stream.copies(counts[$0]) }
    return (0..<inputs.following).map { k in
      var ofYear = streams.indices.flatMap { i in streams[i][k].map { StreamCopy(stream: i, copy: $0) } }
      guard let settings = inputs.settings(start, for: inputs.base + 1 + k, values) else { return ofYear }
      for assumption in start.assumptions {
        guard case .response(let response) = assumption.what,
          let value = response.figure.current(settings, documents)
        else { continue }
        respond(&ofYear, response, response.factor(assumption.number, at: value))
      }
      return ofYear
    }
  }

  private func respond(_ copies: inout [StreamCopy], _ response: Assumption.Response, _ factor: Int64) {
    guard factor != Share.unit, let list = response.part.index(in: stated.dataset) else { return }
    let test = response.part.test(in: stated.dataset)
    func responds(_ one: StreamCopy) -> Bool {
      inputs.streams[one.stream].stream.list == list && test(one.copy.source)
    }
    let present = copies.count(where: responds)
    let wanted = Int(
      Invariant.value(
        Decimals.muldiv(Int64(present), factor, Share.unit),
        "crowds-are-counted: as many records as respond are within reach"))
    var place = 0
    var numbers: [Int: [Int32: Int32]] = [:]
    copies = copies.flatMap { one -> [StreamCopy] in
      guard responds(one) else { return [one] }
      defer { place += 1 }
      return (0..<YearlyGrowth.times(place, of: present, for: wanted)).map { _ in
        let number = (numbers[one.stream]?[one.copy.source] ?? 0) + 1
        numbers[one.stream, default: [:]][one.copy.source] = number
        return StreamCopy(
          stream: one.stream, copy: RecordCopy(source: one.copy.source, years: one.copy.years, number: number))
      }
    }
  }

  /// The facts with the records that come again.
  func facts(_ start: RunSettings, _ values: [Int64]) -> Dataset {
    let dataset = stated.dataset
    let years = copies(start, values)
    let fresh = inputs.tied.fresh
    var lists: [Int: ListCopies] = [:]
    for list in inputs.records.lists {
      var all: [RecordCopy] = []
      for k in 0..<inputs.following {
        var ofYear = years[k].filter { inputs.streams[$0.stream].stream.list == list.index }.map(\.copy)
        if list.index == dataset.hires,
          let share = inputs.retention.figure(nil, base: inputs.base, in: inputs.base + 1 + k, values)
        {
          keep(share, of: &ofYear, in: list, dataset.tables[list.index])
        }
        all += ofYear.sorted { ($0.source, $0.number) < ($1.source, $1.number) }
      }
      lists[list.index] = ListCopies(
        kept: list.kept, copies: all, year: inputs.base, fresh: fresh[list.index] ?? [:])
    }
    return dataset.carried(lists)
  }

  private func keep(_ share: Int64, of copies: inout [RecordCopy], in list: YearlyRecords.List, _ table: FactTable) {
    let ends = table.declaration.ends.flatMap { table.columns[$0] }
    func leaves(_ row: Int32) -> Bool {
      ends?.raw(Int(row)).map { $0 > Int64(Absent.none32) } ?? false
    }
    YearlyRecords.keep(share, of: &copies, leaves: leaves, leavers: list.rows.filter(leaves))
  }

  // MARK: Runs

  /// The facts of some inputs, with what runs over them may keep. Those made last are kept.
  func scenario(_ start: RunSettings, _ values: [Int64]) -> (Scenario, RunMemory) {
    let responds = start.movesRecords
    let deciding = Set((inputs.streams.map(\.course) + [inputs.retention]).flatMap(\.inputs)).sorted().map {
      values[$0]
    }
    let key = responds ? values : deciding
    // Those who respond do so to any figure.
    let settings = responds ? start : nil
    if let made, made.values == key, made.settings == settings { return (made.scenario, made.memory) }
    var scenario = stated.with(facts(start, values))
    // Who is short of a threshold is so over all years.
    if responds, var last = inputs.settings(start, for: inputs.years.upperBound, values) {
      last.assumptions = start.assumptions.filter { !$0.isResponse }
      if last.movesRecords {
        scenario = Crowd(scenario, documents, last, control: session.control).scenario(scenario)
      }
    }
    let memory = RunMemory()
    made = (key, settings, scenario, memory)
    return (scenario, memory)
  }

  /// The years that have the same settings, with them; nil where a figure cannot be held.
  func settings(_ start: RunSettings, _ values: [Int64]) -> [(years: [Int], settings: RunSettings)]? {
    var groups: [(years: [Int], settings: RunSettings)] = []
    for year in inputs.years {
      guard let settings = inputs.settings(start, for: year, values) else { return nil }
      if let i = groups.firstIndex(where: { $0.settings == settings }) {
        groups[i].years.append(year)
      } else {
        groups.append(([year], settings))
      }
    }
    return groups
  }

  /// Runs the programme for the years, once for those whose settings are the same.
  ///
  /// - Returns: whether there was a budget for every year: no measure refused a fact, no figure was too large, and
  ///   nobody stopped it.
  func ledgers(_ start: RunSettings, _ values: [Int64], _ body: ([Int], Ledger) -> Void) -> Bool {
    guard let groups = settings(start, values) else { return false }
    lastLedgers = []
    let (scenario, memory) = scenario(start, values)
    for group in groups {
      let ledger = Engine.run(
        documents, scenario: scenario, settings: group.settings, memory: memory, control: session.control
      ).taken(up: group.settings.takeUp)
      lastLedgers.append((group.years, ledger))
      if session.isCancelled() || ledger.diagnostics.contains(where: { $0.severity == .error }) { return false }
      body(group.years, ledger)
    }
    return true
  }

  /// Which years' settings a ledger has, where they differ; each has what it leaves out over all of the years.
  func told(_ ledgers: [(years: [Int], ledger: Ledger)]) -> [(programme: Text, ledger: Ledger)] {
    ledgers.map { years, ledger in
      let first = years.first ?? inputs.years.lowerBound, last = years.last ?? first
      let span =
        first == last ? Text(String(first), zh: "\(first) 年") : Text("\(first) to \(last)", zh: "\(first)—\(last) 年")
      return (Text("as set for \(span.en)", zh: "按\(span.zh)的设定"), ledger)
    }
  }

  /// What each year comes to; nil where there is no budget for one.
  func amounts(_ start: RunSettings, _ values: [Int64]) -> YearlyAmounts? {
    var amounts: YearlyAmounts?
    let isWhole = ledgers(start, values) { years, ledger in
      let own = YearlyAmounts(ledger, inputs.years)
      if amounts == nil { amounts = own }
      for year in years { amounts?.take(year, from: own) }
    }
    return isWhole ? amounts : nil
  }
}
