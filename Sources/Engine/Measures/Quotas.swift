// What a measure pays only while a quota has seats.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// A quota with the keys of its groups and how many places each frame's has.
  private struct QuotaTerms {
    let keys: FrameKeys
    let limit: Node
    let places: Storage<Int64>
  }

  /// Gives out the places. What is paid to frames of which it is not known with whom they share a quota, or how many
  /// places it has, is left open, and takes none; so is what goes to frames of which the filing order is not known,
  /// where that decides.
  func applyQuotas(_ all: inout [Candidates]) {
    let terms = measure.limits.quotas.map { quota in
      let limit = lowering.lower(quota.limit, frameContext, .int64)
      return QuotaTerms(
        keys: keys(quota.keys, leavingOpen: &all), limit: limit, places: frameValues(limit).wide)
    }
    for quota in terms {
      leaveOpen(paidFrames(all).filter { quota.places[Int($0)].isUnknown }, of: &all, for: [quota.limit])
    }
    var (over, more) = overQuota(paidFrames(all), terms)
    let filing = FrameKeys(measure.limits.ordered, of: self)
    if !over.isEmpty {
      let unfiled = paidFrames(all).filter { !filing.isKnown($0) }
      if !unfiled.isEmpty {
        leaveOpen(unfiled, of: &all, for: filing.nodes)
        (over, more) = overQuota(paidFrames(all), terms)
      }
    }
    if more > 0 { diagnostics.append(notSearched(terms.count, more)) }
    for i in all.indices {
      for j in 0..<all[i].count where over.contains(all[i].frames[j]) && all[i].isPaid(j) {
        all[i].stand(j, as: .overQuota)
      }
    }
  }

  /// Who of some frames finds no place, and how many more could be placed at best.
  private func overQuota(_ candidates: [Int32], _ terms: [QuotaTerms]) -> (frames: RowSet, more: Int) {
    let order = measure.limits.ordered.map { rank($0, among: candidates) }
    let sorted = candidates.sorted { a, b in
      for o in order {
        let x = o(Int(a)), y = o(Int(b))
        if x != y { return x < y }
      }
      return idPrecedes(a, b)
    }
    let quotas = terms.map { quota in
      var ids: [[Int64]: Int] = [:]
      var capacity: [Int] = []
      let group = sorted.map { f -> Int in
        let k = quota.keys(f)
        if let id = ids[k] { return id }
        ids[k] = capacity.count
        capacity.append(Int(clamping: max(0, quota.places[Int(f)])))
        return capacity.count - 1
      }
      return Quota(groups: group, capacities: capacity)
    }
    var (taken, more) = ([Bool](), 0)
    if lowering.maximumAllocation {
      (taken, more) = Allocation.most(count: sorted.count, quotas)
    } else {
      taken = Allocation.inOrder(count: sorted.count, quotas)
    }
    var over = RowSet()
    for (i, f) in sorted.enumerated() where !taken[i] { over.insert(f) }
    return (over, more)
  }

  /// Frames with something that is paid so far, in ascending order.
  private func paidFrames(_ all: [Candidates]) -> [Int32] {
    var set = RowSet()
    for c in all { for (i, f) in c.frames.enumerated() where c.isPaid(i) { set.insert(f) } }
    return set.first(.max)
  }

  private func notSearched(_ quotas: Int, _ more: Int) -> Diagnostic {
    Diagnostic(
      .warning, code: "three-quotas",
      Text(
        "\(measure.id): places go in filing order; of \(quotas) quotas the most is not found, at best \(more) more.",
        zh: "\(measure.words.zh)：按备案先后分配；\(quotas) 项名额限制下未能找到人数最多的方案，至多还可增加 \(more) 个。"),
      hint: Text("Join quotas to at most two.", zh: "请将名额限制合并为至多两个。"), at: measure.location)
  }
}
