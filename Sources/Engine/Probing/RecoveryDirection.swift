// Which way a measure's net payments move with a figure where some of them are taken back. What is kept of a payment
// rises with it where a share, or an amount that has nothing to do with it, is taken back; of anything else it is not
// told.
import PolicyLanguage

extension MeasureRun {
  /// - Parameters:
  ///   - payments: which way the payments move.
  ///   - touched: whether the figure has anything to do with a node.
  ///   - direction: which way a node moves.
  func net(
    of payments: Direction, touched: (Node) -> Bool, direction: (Node) -> Direction
  ) -> Direction {
    guard !measure.recoveries.isEmpty else { return payments }
    let nodes = recoveryTerms.flatMap { [$0.on, $0.when, $0.amount].compactMap { $0 } }
    if payments == .none, !nodes.contains(where: touched) { return .none }
    // Who comes later is another's to say, and what is taken of the rest hangs on what came before.
    if measure.recoveries.count > 1 || !measure.limits.caps.isEmpty || measure.limits.yields != nil { return .mixed }
    if measure.limits.onlyHighest != nil { return .mixed }
    let days = measure.pays.compactMap { pay in pay.on.map { lowering.lower($0, dayContext(of: pay), .int32) } }
    if days.contains(where: touched) { return .mixed }
    var net = payments
    for (recovery, terms) in zip(measure.recoveries, recoveryTerms) {
      if touched(terms.on) { return .mixed }
      guard let amount = terms.amount, let written = recovery.amount else { continue }
      if CheckedRecovery.namesPaid(written) {
        if touched(amount) || !recovery.isShareOfPaid { return .mixed }
      } else {
        net = net.joined(direction(amount).flipped)
      }
    }
    return net
  }

  private func dayContext(of pay: CheckedPay) -> Lowering.Context {
    pay.forEach.map { memberContext(of: pay, $0) } ?? frameContext
  }
}

extension Engine {
  /// Whether money is limited or taken back: then a part of the total may fall while the total rises.
  package static func sharesRoom(_ documents: [CheckedDocument]) -> Bool {
    documents.contains { document in
      !document.limits.isEmpty
        || document.measures.contains { !$0.limits.caps.isEmpty || !$0.recoveries.isEmpty }
    }
  }

  /// Whether a measure that takes back shares room, or competes, with one that speaks of the figure: then what one
  /// gains another may lose, of which more is kept.
  static func recoversBeside(_ watched: Watched, _ documents: [CheckedDocument]) -> Bool {
    documents.contains { document in
      let takesBack = document.measures.filter { !$0.recoveries.isEmpty }
      return takesBack.contains { one in
        let isLimited = document.limits.contains { limit in
          limit.measures.contains(one.name)
            && (limit.caps.flatMap(\.expressions).mention(watched)
              || document.measures.contains { limit.measures.contains($0.name) && $0.mentions(watched) })
        }
        let yields = document.measures.contains { other in
          (other.limits.yields?.to == one.name || one.limits.yields?.to == other.name)
            && (other.mentions(watched) || one.mentions(watched))
        }
        let competes =
          documents.count > 1
          && documents.flatMap(\.measures).contains { $0.kind == one.kind && $0.mentions(watched) }
        return isLimited || yields || competes
      }
    }
  }
}
