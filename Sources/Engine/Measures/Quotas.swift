// What a measure pays only while a quota has seats.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  func applyQuotas(_ all: inout [Candidates]) {
    let candidates = payableFrames(all)
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
    if lowering.maximumAllocation, quotas.count > 2 {
      diagnostics.append(
        Diagnostic(
          .warning, code: "three-quotas",
          Text(
            "With more than two quotas at once, places go in filing order even under `allocation = maximum`.",
            zh: "同时有两个以上名额限制时，即使 `allocation = maximum` 也按备案先后分配。"),
          hint: Text("Join quotas to at most two.", zh: "请将名额限制合并为至多两个。"), at: measure.location))
    }
    let taken =
      lowering.maximumAllocation && quotas.count == 2
      ? Allocation.maximum(count: sorted.count, quotas[0], quotas[1]) : Allocation.inOrder(count: sorted.count, quotas)
    var over: Set<Int32> = []
    for (i, f) in sorted.enumerated() where !taken[i] { over.insert(f) }
    for i in all.indices {
      for j in 0..<all[i].count where over.contains(all[i].frames[j]) {
        all[i].stand(j, as: .overQuota)
      }
    }
  }
}
