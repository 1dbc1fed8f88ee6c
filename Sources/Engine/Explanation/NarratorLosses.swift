// Why a frame that is entitled gets nothing: its quota was filled by others, or another measure's payment stands
// instead. Who filled the quota is told by name.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Ledger {
  /// What became of a measure's payments for a frame where none of them is paid; nil where one is, or there are none.
  func lost(_ measure: Int, for subject: String, in space: Space) -> Standing? {
    var found: Standing?
    for block in blocks where block.measure == measure {
      for row in rows(of: subject, in: block, within: space) {
        switch block.standing(row) {
        case .overQuota, .displaced, .overCap: found = found ?? block.standing(row)
        case .paid, .recovered, .belowNought: return nil
        }
      }
    }
    return found
  }

  /// The clauses of a measure of whose payments for a subject in a frame the caps leave nothing.
  func overCap(_ measure: Int, for subject: String, in space: Space, frame: Int32) -> Set<Int> {
    var cut: Set<Int> = [], left: Set<Int> = []
    for block in blocks where block.measure == measure {
      let frames = block.frames
      for row in rows(of: subject, in: block, within: space) where frames[row] == frame {
        if block.standing(row) == .overCap { cut.insert(block.clause) } else { left.insert(block.clause) }
      }
    }
    return cut.subtracting(left)
  }

  /// The frames of a measure of which something is paid.
  func paidFrames(_ measure: Int) -> Set<Int32> {
    var found: Set<Int32> = []
    for block in blocks where block.measure == measure {
      for (row, frame) in block.frames.enumerated() where block.standing(row) == .paid { found.insert(frame) }
    }
    return found
  }
}

extension Narrator {
  /// So many that filled a quota are named.
  private static var mostNames: Int { 4 }

  /// What stands in the way of a frame's payments.
  func lossStep(_ standing: Standing, _ f: Int) -> Derivation {
    switch standing {
    case .overQuota: quotaStep(f)
    case .overCap:
      Derivation(
        .no, Text("over a cap: nothing of it is paid", zh: "超出限额：此项不付"),
        location: measure.frame?.location)
    case .displaced, .paid, .recovered, .belowNought:
      Derivation(
        .no, Text("not paid: another benefit is as high or higher", zh: "就高不重复：另一项不低于此项，此项不付"),
        location: measure.frame?.location)
    }
  }

  /// Which quota had no place left when the frame's turn came, and who has filled it.
  private func quotaStep(_ f: Int) -> Derivation {
    let at = Row(context: run.frameContext, row: Int32(truncatingIfNeeded: f))
    var full: [(Text, [Int32])] = []
    let paid = takenBefore(Int32(truncatingIfNeeded: f))
    for quota in measure.limits.quotas {
      let keys = quota.keys.map { run.key($0) }
      if keys.contains(where: { $0(f).isNone }) { continue }
      let taken = paid.filter { other in
        Int(other) != f && keys.allSatisfy { $0(Int(other)) == $0(f) }
      }
      guard let limit = evaluate(run.lowering.lower(quota.limit, at.context), at.row).int64, !limit.isAbsent,
        Int64(taken.count) >= limit
      else { continue }
      let of = quota.keys.map { key -> Text in
        let which = value(key, at)
        return key.isYear || excerpt(key).en == "year"
          ? Text(" in \(which.en)", zh: "") : Text(" for \(which.en)", zh: which.zh)
      }
      let whose = Text(of.map(\.en).joined(), zh: of.map(\.zh).filter { !$0.isEmpty }.joined(separator: "、"))
      full.append(
        (
          Text(
            "the quota\(whose.en) is \(Decimals.grouped(String(limit)))",
            zh: "\(whose.zh)名额 \(Decimals.grouped(String(limit))) \(seatWord)"), taken
        ))
    }
    guard let (words, taken) = full.first else {
      return Derivation(.no, Text("over quota: others come first", zh: "超出名额：排序在前的已占满"), location: measure.location)
    }
    let names = taken.prefix(Self.mostNames).map { dataset.words(run.frameName(Int($0))) }
    let more = taken.count - names.count
    if names.isEmpty {
      return Derivation(
        .no, Text("over quota: \(words.en)", zh: "超出名额：\(words.zh)"), location: measure.location)
    }
    return Derivation(
      .no,
      Text(
        "over quota: \(words.en), taken by \(names.map(\.en).joined(separator: ", "))"
          + (more > 0 ? " and \(more) more" : ""),
        zh: "超出名额：\(words.zh)，已由\(names.map(\.zh).joined(separator: "、"))"
          + (more > 0 ? "等\(taken.count)\(seatWord)" : "") + "占用"), location: measure.location)
  }

  /// The word with which Chinese counts those who have a place.
  private var seatWord: String {
    guard case .list(let list) = run.baseSpace else { return "个" }
    return dataset.tables[list].declaration.countingWord
  }

  /// The frames with a place whose turn came before a frame's; all of them where places are given so that most have
  /// one.
  private func takenBefore(_ f: Int32) -> [Int32] {
    let paid = paidFrames().filter { $0 != f }.sorted()
    if run.lowering.maximumAllocation { return paid }
    let order = measure.limits.ordered.map { run.rank($0, among: paid + [f]) }
    return paid.filter { other in
      for o in order where o(Int(other)) != o(Int(f)) { return o(Int(other)) < o(Int(f)) }
      return run.idPrecedes(other, f)
    }
  }
}
