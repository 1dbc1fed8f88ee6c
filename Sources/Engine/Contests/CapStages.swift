// What each cap found and what it left, kept where somebody wants to know: a payment may be cut by several caps one
// after another, and what the last one did cannot be told from what the ledger holds in the end.
import Facts
import PolicyLanguage

/// The payments of full groups as some caps found them at once, and as they left them.
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
  /// Groups that are not full have no limit here.
  let caps: [CapGroups]
  let payments: [Payment]
  let dates: [Int32]
  /// Fen before and after.
  let before: [Int64]
  let after: [Int64]
  /// Whether caps before these had cut it.
  let wasCut: [Bool]
  /// Who comes first.
  let position: [Int32]

  /// The payments of a group of one of the caps, as they come.
  func members(of group: Int32, _ cap: CapGroups) -> [Int] {
    cap.group.indices.filter { cap.group[$0] == group }.sorted { position[$0] < position[$1] }
  }

  /// Which of the stage's payments some are, of those that it has cut.
  func cut(_ payments: Set<Payment>) -> [Payment: Int] {
    var out: [Payment: Int] = [:]
    for i in self.payments.indices where after[i] < before[i] && payments.contains(self.payments[i]) {
      out[self.payments[i]] = i
    }
    return out
  }
}

extension CapJob {
  /// Cuts, and keeps what was found and left where that is wanted.
  mutating func stage(_ caps: [CapGroups], _ ranks: [(Int) -> Int64], _ cut: (inout CapJob) -> Void) {
    guard let owner else { return cut(&self) }
    let full = caps.map { self.full($0) }
    let kept = payments.paid.indices.filter { i in
      caps.indices.contains { full[$0][Int(caps[$0].group[i])] }
    }
    if kept.isEmpty { return cut(&self) }
    let before = kept.map { payments.paid[$0] }
    let wasCut = kept.map { i in
      let claimed = parts[payments.part(i)].candidates.claimed
      return payments.cap[i] != -1 || (!claimed.isEmpty && claimed[payments.row(i)] != 0)
    }
    cut(&self)
    var position = [Int32](repeating: 0, count: payments.count)
    for (k, i) in sorted(kept.map { Int32(truncatingIfNeeded: $0) }, ranks).enumerated() {
      position[Int(i)] = Int32(truncatingIfNeeded: k)
    }
    let all = kept.map { i in
      let part = parts[payments.part(i)], row = payments.row(i)
      return CapStage.Payment(
        measure: part.run.index, clause: part.candidates.clause, frame: part.candidates.frames[row],
        subject: part.candidates.subject(row, base: part.run.base))
    }
    stages.append(
      CapStage(
        owner: owner, caps: zip(caps, full).map { $0.only(kept, full: $1) }, payments: all,
        dates: kept.map { payments.dates[$0] }, before: before, after: kept.map { payments.paid[$0] }, wasCut: wasCut,
        position: kept.map { position[$0] }))
  }
}

extension CapGroups {
  /// Of some payments alone, without a limit where a group is not full.
  fileprivate func only(_ kept: [Int], full: [Bool]) -> CapGroups {
    var out = self
    out.group = kept.map { group[$0] }
    for g in full.indices where !full[g] { out.room[g] = .max }
    return out
  }
}

extension Engine {
  /// What the caps of a document found and left, each in its turn.
  static func capStages(_ document: CheckedDocument, of ledger: Ledger, _ scenario: Scenario) -> [CapStage] {
    run(
      ledger.documents, scenario: scenario, settings: ledger.settings, control: RunControl(),
      only: Set(document.measures.map(\.id)),
      over: Part(tables: SharedTables(scenario.dataset), some: nil, keepsStages: true)
    ).capStages
  }
}
