// One draw of a simulation: a value for each input, and the facts and settings that go with them. Cohorts' stays are
// drawn at random with the shares they state. Knows nothing of what the runs come to.

import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// One draw, decided by the seed and its number alone.
struct SimulateDraw {
  /// The list of which take-up is a share.
  static let takenUp = "hires"
  /// No more hires than this are drawn.
  static let mostHires = 5_000_000

  /// A raw figure for each input.
  let values: [Int64]
  /// The settings with the parameters and values that were drawn.
  let settings: RunSettings
  private let inputs: SimulateInputs
  private var numbers: SeededNumbers

  init(_ number: Int, of inputs: SimulateInputs, from base: RunSettings) {
    var numbers = SeededNumbers(seed: inputs.seed, draw: number)
    var settings = base
    var values: [Int64] = []
    for input in inputs.all {
      let value: Int64
      switch input.what {
      case .figure(let varied):
        let bounds = varied.bounds
        value = input.spread.draw(
          &numbers, atLeast: bounds.atLeast ?? (varied.isDate ? Int64(Int32.min) + 2 : 0),
          atMost: bounds.atMost ?? Int64.max)
        settings = varied.set(value, in: settings)
      case .retention, .takeUp: value = input.spread.draw(&numbers, atMost: Share.unit)
      case .count: value = input.spread.draw(&numbers, atMost: Int64(SimulateDraw.mostHires))
      case .start: value = input.spread.draw(&numbers, atLeast: -700_000, atMost: 2_900_000)
      }
      values.append(value)
    }
    self.inputs = inputs
    self.numbers = numbers
    self.settings = settings
    self.values = values
  }

  /// Runs a programme over the facts of each of some draws, side by side.
  /// - Parameter partial: runs over a part of the hires, where nothing else is drawn of the facts.
  static func ledgers(
    _ draws: [SimulateDraw], _ documents: [CheckedDocument], _ scenario: Scenario, _ partial: PartialRuns?,
    _ control: RunControl
  ) -> [Ledger] {
    var ledgers = [Ledger?](repeating: nil, count: draws.count)
    ledgers.withUnsafeMutableBufferPointer { places in
      Team.share(draws.count, threads: draws.count) { i in
        var draw = draws[i], settings = draw.settings
        if draws.count > 1 { settings.threads = 1 }
        if let partial {
          let comes = draw.comers(of: scenario.dataset.hireCount)
          places[i] = partial.run(comes, settings: settings, control: control).taken(up: settings.takeUp)
          return
        }
        var facts = scenario.with(draw.facts(scenario.dataset))
        if settings.movesRecords { facts = Crowd(facts, documents, settings, control: control).scenario(facts) }
        places[i] = Engine.run(documents, scenario: facts, settings: settings, control: control)
          .taken(up: settings.takeUp)
      }
    }
    return ledgers.map { Invariant.value($0, "draws-run: each draw has been run") }
  }

  /// The facts of one draw.
  mutating func facts(_ dataset: Dataset) -> Dataset {
    var variations: [CohortVariation] = []
    for (c, outline) in inputs.outlines.enumerated() {
      var count = outline.count
      var from = outline.from
      var last: Int64?
      for (input, value) in zip(inputs.all, values) {
        switch input.what {
        case .count(c): count = Int(clamping: value)
        case .start(c): from = Day(number: Int32(clamping: value))
        case .retention(nil): if last == nil { last = value }
        case .retention(.some(c)): last = value
        default: break
        }
      }
      let shares = SimulateDraw.shares(outline.retention.map(\.share.parts), last: last)
      var missed: [Int8] = []
      if !shares.isEmpty {
        missed.reserveCapacity(count)
        for _ in 0..<count {
          let u = Int64(numbers.below(UInt64(Share.unit)))
          missed.append(Int8(clamping: shares.firstIndex { u >= $0 } ?? -1))
        }
      }
      let stays = missed
      variations.append(
        CohortVariation(count: count, from: from) { i in
          stays.indices.contains(i) && stays[i] >= 0 ? Int(stays[i]) : nil
        })
    }
    guard inputs.drawsTakeUp else { return dataset.varied(variations) }
    let listed = inputs.outlines.map(\.firstRow).min() ?? dataset.hireCount
    let chosen = comers(of: listed + variations.reduce(0) { $0 + $1.count })
    return dataset.varied(variations) { chosen.indices.contains($0) && chosen[$0] }
  }

  /// Which of so many hires come about.
  private mutating func comers(of total: Int) -> [Bool] {
    var takeUp = Share.unit
    for (input, value) in zip(inputs.all, values) { if case .takeUp = input.what { takeUp = value } }
    var numbers = numbers
    let comes = [Bool](unsafeUninitializedCapacity: total) { places, filled in
      for i in 0..<total { places[i] = Int64(numbers.below(UInt64(Share.unit))) < takeUp }
      filled = total
    }
    self.numbers = numbers
    return comes
  }

  /// Shares that end at another last one: of those who leave, as many leave by each month count as stated.
  private static func shares(_ stated: [Int64], last: Int64?) -> [Int64] {
    guard let last, let end = stated.last else { return stated }
    let leaving = Share.unit - end
    guard leaving > 0 else { return stated.enumerated().map { $0.offset == stated.count - 1 ? last : Share.unit } }
    return stated.map { Share.unit - (Decimals.muldiv(Share.unit - $0, Share.unit - last, leaving) ?? 0) }
  }
}

extension Varied {
  var isDate: Bool { if case .figure(_, .date) = what { true } else { false } }
}
