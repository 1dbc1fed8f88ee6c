// What a measure pays only while a quota has seats.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  func applyQuotas(_ all: inout [Candidates]) {
    // What another of its measure's frames displaces takes no place.
    let candidates = paidFrames(all)
    let order = measure.limits.ordered.map { rank($0, among: candidates) }
    let sorted = candidates.sorted { a, b in
      for o in order {
        let x = o(Int(a)), y = o(Int(b))
        if x != y { return x < y }
      }
      return idPrecedes(a, b)
    }
    var quotas: [Quota] = []
    for (limit, keyTexts, _) in measure.limits.quotas {
      let keys = keyTexts.map { key($0) }
      let limits = frameValues(lowering.lower(limit, frameContext, .int64)).wide
      var ids: [[Int64]: Int] = [:]
      var capacity: [Int] = []
      let group = sorted.map { f -> Int in
        let k = keys.map { $0(Int(f)) }
        if let id = ids[k] { return id }
        ids[k] = capacity.count
        capacity.append(Int(clamping: max(0, limits[Int(f)])))
        return capacity.count - 1
      }
      quotas.append(Quota(groups: group, capacities: capacity))
    }
    let taken: [Bool]
    if lowering.maximumAllocation {
      let found = Allocation.most(count: sorted.count, quotas)
      if found.more > 0 { diagnostics.append(notSearched(quotas.count, found.more)) }
      taken = found.taken
    } else {
      taken = Allocation.inOrder(count: sorted.count, quotas)
    }
    var over: Set<Int32> = []
    for (i, f) in sorted.enumerated() where !taken[i] { over.insert(f) }
    for i in all.indices {
      for j in 0..<all[i].count where over.contains(all[i].frames[j]) && all[i].isPaid(j) {
        all[i].stand(j, as: .overQuota)
      }
    }
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
        zh: "\(measure.id)：按备案先后分配；\(quotas) 项名额限制下未能找到人数最多的方案，至多还可增加 \(more) 个。"),
      hint: Text("Join quotas to at most two.", zh: "请将名额限制合并为至多两个。"), at: measure.location)
  }
}
