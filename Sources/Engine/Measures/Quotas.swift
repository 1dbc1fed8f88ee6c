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
    let location: SourceRange

    /// How many places a frame says that its group has: any number where it says none.
    func said(_ frame: Int32) -> Int64 {
      let n = places[Int(frame)]
      return n.isUnknown ? n : n.isNone ? .max : max(0, n)
    }

    /// The group that each of some frames belongs to, and how many there are; -1: none, since it has none of a key.
    func groups(_ frames: [Int32]) -> (of: [Int], count: Int) {
      var ids: [[Int64]: Int] = [:]
      let of = frames.map { f -> Int in
        if keys.isFree(f) { return -1 }
        let k = keys(f)
        if let id = ids[k] { return id }
        ids[k] = ids.count
        return ids.count - 1
      }
      return (of, ids.count)
    }
  }

  /// What stands beside the facts where two numbers of places stand against one group of a quota.
  static var twoQuotas: String { "two quotas" }

  /// Gives out the places. What is paid to frames of which it is not known with whom they share a quota, or how many
  /// places it has, is left open, and takes none; so is what goes to frames of which the filing order is not known, in
  /// groups that have not places enough.
  func applyQuotas(_ all: inout [Candidates]) {
    let terms = measure.limits.quotas.map { quota in
      let limit = lowering.lower(quota.limit, frameContext, .int64)
      return QuotaTerms(
        keys: keys(quota.keys, leavingOpen: &all), limit: limit, places: frameValues(limit).wide,
        location: quota.limit.location)
    }
    leaveGroupsOpen(terms, &all)
    let filing = FrameKeys(measure.limits.ordered, of: self)
    let candidates = paidFrames(all)
    if candidates.contains(where: { !filing.isKnown($0) }) {
      let unfiled = crowded(candidates, terms).filter { !filing.isKnown($0) }
      leaveOpen(unfiled, of: &all, for: filing.nodes)
      noteOpen(unfiled, .order(measure.limits.ordered))
    }
    let (over, more) = overQuota(paidFrames(all), terms)
    if more > 0 { diagnostics.append(notSearched(terms.count, more)) }
    for i in all.indices {
      for j in 0..<all[i].count where over.contains(all[i].frames[j]) && all[i].isPaid(j) {
        all[i].stand(j, as: .overQuota)
      }
    }
    let left = odd.unknown.count + openSubjects.count
    if !over.isEmpty, left > 0 { diagnostics.append(quotaOpen(left)) }
  }

  /// Leaves groups open of which it is not known how many places they have, or of which two numbers are said.
  private func leaveGroupsOpen(_ terms: [QuotaTerms], _ all: inout [Candidates]) {
    let candidates = paidFrames(all)
    for (quota, text) in zip(terms, measure.limits.quotas) {
      // One number for all is known or is not.
      if quota.limit.domain == .constant, candidates.allSatisfy({ !quota.said($0).isUnknown }) { continue }
      let groups = quota.groups(candidates)
      var said = [Int64?](repeating: nil, count: groups.count)
      var isUnknown = [Bool](repeating: false, count: groups.count), isTwo = isUnknown
      for (f, g) in zip(candidates, groups.of) where g >= 0 {
        let n = quota.said(f)
        if n.isUnknown { isUnknown[g] = true } else if let other = said[g], other != n { isTwo[g] = true }
        if !n.isUnknown { said[g] = n }
      }
      func frames(_ isMeant: (Int) -> Bool) -> [Int32] {
        zip(candidates, groups.of).filter { $0.1 >= 0 && isMeant($0.1) }.map(\.0)
      }
      let unknown = frames { isUnknown[$0] }, two = frames { isTwo[$0] && !isUnknown[$0] }
      leaveOpen(unknown, of: &all, for: [quota.limit])
      noteOpen(unknown, .number(text.limit))
      if two.isEmpty { continue }
      leaveOpen(two, of: &all, for: [], facts: [MeasureRun.twoQuotas])
      noteOpen(two, .twoNumbers(text.limit))
      diagnostics.append(twoQuotas(at: quota.location))
    }
  }

  /// Those of some frames that are in a group for which there are not places enough.
  private func crowded(_ candidates: [Int32], _ terms: [QuotaTerms]) -> [Int32] {
    var isCrowded = [Bool](repeating: false, count: candidates.count)
    for quota in terms {
      let groups = quota.groups(candidates)
      var asked = [Int64](repeating: 0, count: groups.count), places = asked
      for (f, g) in zip(candidates, groups.of) where g >= 0 {
        asked[g] += 1
        places[g] = quota.said(f)
      }
      for (i, g) in groups.of.enumerated() where g >= 0 && asked[g] > places[g] { isCrowded[i] = true }
    }
    return candidates.indices.filter { isCrowded[$0] }.map { candidates[$0] }
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
      var (groups, count) = quota.groups(sorted)
      var capacity = [Int](repeating: 0, count: count)
      for (i, f) in sorted.enumerated() {
        if groups[i] < 0 {
          // Whoever has none of a key has a place of his own.
          groups[i] = capacity.count
          capacity.append(1)
        } else {
          capacity[groups[i]] = Int(clamping: quota.said(f))
        }
      }
      return Quota(groups: groups, capacities: capacity)
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

  /// That there are not places enough, and some of whom nobody can tell whether they take one.
  private func quotaOpen(_ count: Int) -> Diagnostic {
    Diagnostic(
      .note, code: "quota-open",
      Text(
        "\(measure.id): a quota is full, and \(count == 1 ? "1 record is" : "\(count) records are") not reckoned with; "
          + "should they be paid under it, others would not.",
        zh: "\(measure.words.zh)：有名额已满，另有 \(count) 条记录尚未判定；其中如有占用名额的，会有其他记录因此超出名额。"),
      hint: Text("State what is missing.", zh: "请补充缺少的事实或数值。"), at: measure.location)
  }

  /// That one group has two numbers of places.
  func twoQuotas(at location: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, code: "two-quotas",
      Text(
        "\(measure.id): one group has two different numbers of places.",
        zh: "\(measure.words.zh)：同一组出现两个不同的名额数。"),
      hint: Text("Add to the keys what the number hangs on.", zh: "请把名额数所依据的项目写进“同一…”。"), at: location)
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
