// What a standard in an estimate is made of, where it is a product or a sum: 每月300元×3个月, 1333.33元＋200元, 7%×月工资×50%.
// Of what differs from record to record it is told how often the known part goes into the amount, where that is a whole
// number, else what it is called. Knows nothing of tables.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// How the amounts of a run's measures are multiplied.
struct StandardMakeup {
  let run: Session.Run
  let places: Gazetteer
  /// What caps have cut payments to: by measure and amount, what was asked for; nil where that differs.
  private let cut: [Paid: Int64?]

  private struct Paid: Hashable {
    let measure: String
    let fen: Int64
  }

  init(_ list: PaymentList, of run: Session.Run, places: Gazetteer) {
    (self.run, self.places) = (run, places)
    var cut: [Paid: Int64?] = [:]
    for part in list.parts where part.cut != nil {
      // What is not paid is in no line; what is paid whole claims just that.
      for row in 0..<part.count where part.block.standing(row).isInTotal {
        let paid = Paid(measure: part.measure.id, fen: part.amount(row))
        let claimed = part.cut(row)?.claimed ?? paid.fen
        if let known = cut[paid] { cut[paid] = .some(known == claimed ? claimed : nil) } else { cut[paid] = claimed }
      }
    }
    self.cut = cut
  }

  /// An amount in words: its factors and parts, or what a cap has cut it from; nil where it is neither.
  /// - Parameter clauses: the `pay` clauses of the measure by which it is paid.
  func text(_ measure: CheckedMeasure, each fen: Int64, by clauses: Set<Int>) -> Text? {
    // What is taken back may leave any part of an amount.
    guard fen > 0, measure.recoveries.isEmpty else { return nil }
    if let claimed = cut[Paid(measure: measure.id, fen: fen)] {
      guard let claimed else { return nil }
      if claimed == fen { return uncut(measure, each: fen, by: clauses) }
      let whole = uncut(measure, each: claimed, by: clauses)
      let asked = OfficialWords.figure(claimed, .money, places: places)
      let made = whole.map { Text("\(asked.en) (\($0.en))", zh: "\(asked.zh)（\($0.zh)）") } ?? asked
      return Text("\(made.en), of which a cap leaves this", zh: "\(made.zh)，按限额支付")
    }
    return uncut(measure, each: fen, by: clauses)
  }

  private func uncut(_ measure: CheckedMeasure, each fen: Int64, by clauses: Set<Int>) -> Text? {
    var found: [Text] = []
    for clause in clauses where measure.pays.indices.contains(clause) {
      let pay = measure.pays[clause]
      guard !pay.isUpperBound, pay.low == nil else { continue }
      guard let all = AmountParts(run: run, measure: measure, places: places).alternatives(pay.amount) else {
        return nil
      }
      for one in all {
        switch one.verdict(for: fen) {
        case .told(let text): if !found.contains(text) { found.append(text) }
        case .plain: return nil
        case .never: continue
        }
      }
    }
    // Where two could be meant, neither is named.
    return found.count == 1 ? found[0] : nil
  }
}
