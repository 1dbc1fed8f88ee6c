// A ledger of which not everything is claimed: every payment of a measure counted at a share of its amount. Knows
// nothing of why; whom nobody knows to claim is nobody's payment that falls away.

import Reckoning

extension Ledger {
  /// The same, with each payment of some measures at a share of its amount, rounded half away from nought.
  ///
  /// What is not claimed frees no place in a quota and brings back nothing that was displaced.
  ///
  /// - Parameter shares: by the measures' ids, in parts of a share.
  package func taken(up shares: [String: Int64]) -> Ledger {
    guard shares.contains(where: { $0.value != Share.unit }) else { return self }
    var ledger = self
    ledger.blocks = blocks.map { block in
      guard let share = shares[measures[block.measure].id], share != Share.unit else { return block }
      return block.counted(at: share)
    }
    return ledger
  }
}

extension PaymentBlock {
  fileprivate func counted(at share: Int64) -> PaymentBlock {
    func part(_ fen: Int64) -> Int64 {
      Invariant.value(
        Decimals.muldiv(fen, share, Share.unit), "shares-of-amounts: a share of an amount is within reach")
    }
    let block = PaymentBlock(
      measure: measure, clause: clause, beneficiarySpace: beneficiarySpace, subjectSpace: subjectSpace,
      beneficiaries: beneficiaries, subjects: subjects, years: years, dates: dates, amounts: amounts.map(part),
      isUpperBound: isUpperBound, low: low.map(part), frames: frames)
    block.standings = standings
    block.displacedBy = displacedBy
    block.yearsOfFrames = yearsOfFrames
    block.borne = borne?.counted(part)
    block.cut = cut.map { CutPayments(claimed: $0.claimed.map(part), by: $0.by) }
    return block
  }
}
