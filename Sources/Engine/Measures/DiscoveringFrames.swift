// The frames of a measure whose years, or whose records, come out of what its sets hold.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// Frames are the records (and years) that members fall to.
  func discoverFrames() {
    var keys: Set<UInt64> = []
    for case .counted(let c) in scanned.values {
      let slots = c.request.slots
      for s in 0..<slots.count where c.counts.counts[0][s] > 0 {
        if let key = frameKey(slots.link(of: s), slots.year(of: s)) { keys.insert(key) }
      }
    }
    for case (let i, .selected(let s)) in scanned where !(framesHaveYear && measure.sets[i].isOfEveryYear) {
      addKeys(of: s, to: &keys)
    }
    if measure.sets.isEmpty { keys = everyText }
    keys = filled(keys)
    let sorted = keys.sorted()
    setFrames(
      sorted.map { Int32(truncatingIfNeeded: $0 >> 32) },
      framesHaveYear ? sorted.map { Int64(Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF)) } : [],
      [UInt8](repeating: Truth.yes, count: sorted.count))
    if frameList != nil, baseCondition.domain != .constant {
      narrow(by: graph.gather(baseCondition, lowering.frameBase))
    } else {
      narrow(by: baseCondition)
    }
    narrow(by: restCondition)
  }

  /// The records and years that a set's records fall to.
  private func addKeys(of s: Scanned, to keys: inout Set<UInt64>) {
    // Years beyond what can be written are no years; where there are none, there is nothing to mark.
    let first = s.years.lazy.filter { $0 > -30_000 }.min() ?? 0, last = s.years.lazy.filter { $0 < 50_000 }.max() ?? 0
    let span = Int(last - first) + 1
    let links = s.links.max().map { Int($0) + 1 } ?? 0
    if span > 0, links * span <= 40_000_000 {
      // Few enough to mark each once.
      var seen = [Bool](repeating: false, count: max(links * span, 1))
      for k in s.rows.indices where s.links[k] >= 0 {
        // Who has no year has none to be told from others.
        let year = s.years.isEmpty ? first : s.years[k]
        if year >= first, year <= last { seen[Int(s.links[k]) * span + Int(year - first)] = true }
      }
      for i in seen.indices where seen[i] {
        if let key = frameKey(Int32(truncatingIfNeeded: i / span), s.years.isEmpty ? 0 : first + Int64(i % span)) {
          keys.insert(key)
        }
      }
    } else {
      for k in s.rows.indices {
        if let key = frameKey(s.links[k], s.years.isEmpty ? 0 : s.years[k]) { keys.insert(key) }
      }
    }
  }

  /// Every text that the frames are for, where no set says which; none where years are to be found as well. A text all
  /// of whose records begin outside the window is none of them.
  var everyText: Set<UInt64> {
    guard case .texts(let field, let list)? = measure.frame?.base, !yearsFromMembers else { return [] }
    let table = dataset.tables[dataset.list(named: list)]
    let rows = (0..<table.count).filter(beginsWithin(table))
    switch table.columns[field.name]?.data {
    case .int32(let column)?: return Set(rows.compactMap { frameKey(column[$0], 0) })
    case .ownIDs?: return Set(rows.compactMap { frameKey(Int32(truncatingIfNeeded: $0), 0) })
    case .constant(let raw)?:
      return Set(rows.isEmpty ? [] : [frameKey(Int32(clamping: raw), 0)].compactMap { $0 })
    case .bools?, .int64?, .sets?, nil: return []
    }
  }

  /// Whether a record of a list may begin within the window: nobody knows when, or the list has no first day.
  private func beginsWithin(_ table: FactTable) -> (Int) -> Bool {
    let (from, to) = (windowDay(measure.window?.from), windowDay(measure.window?.to))
    // Where a set says who falls to a text, that decides.
    guard measure.sets.isEmpty, lowering.isEnacted, !lowering.windowOnAccrual, from != nil || to != nil,
      let name = table.declaration.begins,
      let field = table.declaration.field(name), let column = table.columns[name]
    else { return { _ in true } }
    return { row in
      guard let raw = column.raw(row), raw > Int64(Absent.none32) else { return true }
      if field.type == .int || raw >= Int64(DateOrYear.base) {
        // A year stands for its 1 January.
        let year = Int(field.type == .int ? raw : raw - Int64(DateOrYear.base))
        guard let opening = Day(year: year, month: 1, day: 1) else { return false }
        return from.map { opening >= $0 } ?? true && to.map { opening <= $0 } ?? true
      }
      let day = Day(number: Int32(truncatingIfNeeded: raw))
      return from.map { day >= $0 } ?? true && to.map { day <= $0 } ?? true
    }
  }

  func frameKey(_ link: Int32, _ year: Int64) -> UInt64? { FrameFinder.key(link, year) }
}
