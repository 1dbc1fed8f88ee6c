// What each cap found and what it left, kept where somebody wants to know: a payment may be cut by several caps one
// after another, and what the last one did cannot be told from what the ledger holds in the end.
import Facts
import PolicyLanguage

/// Payments as some caps found them at once, and as they left them.
struct CapStage: Sendable {
  /// Whose caps they are.
  enum Owner: Equatable, Sendable {
    /// A measure, by its place.
    case measure(Int)
    case limit(document: String, name: String)
  }

  /// One payment of a measure's clause.
  struct Payment: Hashable, Sendable {
    let measure: Int
    let clause: Int
    let frame: Int32
    /// A member's row, or that of the record or text that the frame is of.
    let subject: Int32
  }

  let owner: Owner
  let caps: [CapGroups]
  let payments: [Payment]
  let dates: [Int32]
  /// Fen before and after.
  let before: [Int64]
  let after: [Int64]
  /// Who comes first.
  let position: [Int32]

  /// The payments of a group of one of the caps.
  func members(of group: Int32, _ cap: CapGroups) -> [Int] { cap.group.indices.filter { cap.group[$0] == group } }

  /// Which payment of the stage one is, where the stage has cut it.
  func cut(_ payment: Payment) -> Int? {
    payments.indices.first { payments[$0] == payment && after[$0] < before[$0] }
  }
}

extension CapJob {
  /// Cuts, and keeps what was found and left where that is wanted.
  mutating func stage(_ caps: [CapGroups], _ ranks: [(Int) -> Int64], _ cut: (inout CapJob) -> Void) {
    guard let owner else { return cut(&self) }
    if caps.isEmpty { return }
    let before = payments.paid
    cut(&self)
    var position = [Int32](repeating: 0, count: before.count)
    for (k, i) in sorted(before.indices.map { Int32(truncatingIfNeeded: $0) }, ranks).enumerated() {
      position[Int(i)] = Int32(truncatingIfNeeded: k)
    }
    let all = before.indices.map { i in
      let part = parts[payments.part(i)], row = payments.row(i)
      return CapStage.Payment(
        measure: part.run.index, clause: part.candidates.clause, frame: part.candidates.frames[row],
        subject: part.candidates.subject(row, base: part.run.base))
    }
    stages.append(
      CapStage(
        owner: owner, caps: caps, payments: all, dates: payments.dates, before: before, after: payments.paid,
        position: position))
  }
}

extension Engine {
  /// What the caps of a programme found and left, each in its turn.
  static func capStages(
    _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings, tables: SharedTables
  ) -> [CapStage] {
    run(
      documents, scenario: scenario, settings: settings, control: RunControl(),
      over: Part(tables: tables, some: nil, keepsStages: true)
    ).capStages
  }
}
