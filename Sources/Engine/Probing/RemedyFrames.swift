// What a frame's record would need to be paid: conditions of its own, and counts that fall short, brought up by the
// records that nearly count or further ones like those that do. One record of many that are counted is led to the
// count that is short.
import Facts
import PolicyLanguage
import Reckoning

extension RemedySearch {
  /// A record that is counted in a frame, with what it would need itself.
  struct Member {
    let set: Int
    let row: Int32
    let parts: [Remedy.Part]
  }

  /// What a frame's record, and the records that are counted for it, would need.
  /// - Parameter member: the record that is asked about, where it is one that is counted.
  func ofFrame(_ list: Int, _ row: Int, _ year: Int64?, as member: Member? = nil) -> Remedy? {
    let context: (MeasureRun) -> Lowering.Context = { run in
      .member(
        list: list, link: run.graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false), year: nil)
    }
    guard
      var parts = conditions(
        measure.selection.conditions.filter { !$0.asksSets && !$0.asksIteration }, list, row, context: context)
    else { return nil }
    parts = (member?.parts ?? []) + parts
    // Counts are asked of the facts as they would then be.
    let changed = parts.isEmpty ? run : rerun(parts.map(\.edit))
    for requirement in measure.selection.requirements.flatMap(\.conjuncts) {
      guard case .compare(let op, let left, let right) = requirement.operation, case .count(let set) = left.operation,
        op == .greaterOrEqual || op == .greater,
        let bound = constant(right, changed)
      else { continue }
      let wanted = op == .greater ? bound + 1 : bound
      // One record of many is led to the number that is short, not to what other records would have to be.
      if let member {
        guard let frame = frame(of: member, row, changed) ?? best(set, row, year, changed)?.frame else { return nil }
        let have = changed.sets[set].all.frames.count { Int($0) == frame }
        if have < wanted { return Remedy(parts: parts, leadsTo: changed.frameName(frame)) }
        continue
      }
      guard fill(set, list, row, year, wanted, changed, &parts) != nil else { return nil }
    }
    if parts.isEmpty {
      guard let more = ofPayments(list, row, context: context) else { return nil }
      parts = more
    }
    return Remedy(parts: parts)
  }

  private func constant(_ t: Typed, _ run: MeasureRun) -> Int64? {
    if case .constant64(let v) = run.lowering.lower(t, run.frameContext).op { return v > Absent.none64 ? v : nil }
    return nil
  }

  /// The frame that a record counts for over changed facts.
  private func frame(of member: Member, _ frameRow: Int, _ run: MeasureRun) -> Int? {
    let all = run.sets[member.set].all
    return all.rows.indices.first { all.rows[$0] == member.row && Int(run.base[Int(all.frames[$0])]) == frameRow }
      .map { Int(all.frames[$0]) }
  }

  /// Of a record's frames, the one in which a set lacks least, with what it holds.
  private func best(_ set: Int, _ frameRow: Int, _ year: Int64?, _ run: MeasureRun) -> (frame: Int, count: Int64)? {
    let members = run.sets[set].all
    var best: (frame: Int, count: Int64)?
    for f in run.base.indices
    where Int(run.base[f]) == frameRow && (year == nil || run.iteration.isEmpty || run.iteration[f] == year) {
      let count = Int64(members.frames.count { Int($0) == f })
      if let known = best, count <= known.count { continue }
      best = (f, count)
    }
    return best
  }

  /// Brings a count up to a number.
  /// - Returns: whether anything had to be done; nil when it cannot be done.
  private func fill(
    _ set: Int, _ frameList: Int, _ frameRow: Int, _ year: Int64?, _ wanted: Int64, _ run: MeasureRun,
    _ parts: inout [Remedy.Part]
  ) -> Bool? {
    // The set that is read from a list, through those that are narrowed from it.
    var conditions: [Typed] = []
    var current = measure.sets[set]
    while case .set(let source) = current.source {
      conditions += current.conditions
      current = measure.sets[source]
    }
    guard case .list(let name, let field?) = current.source, let list = dataset.dictionary.index(name),
      run.sets.indices.contains(set)
    else { return nil }
    conditions += current.conditions
    let members = run.sets[set].all
    let best = best(set, frameRow, year, run)
    // For a record that is no frame yet nothing is counted.
    let have = best.map(\.count) ?? 0
    if have >= wanted { return false }
    var lacking = wanted - have
    guard lacking <= 10_000 else { return nil }
    let counted =
      best.map { best in
        Set(members.rows.indices.filter { Int(members.frames[$0]) == best.frame }.map { members.rows[$0] })
      } ?? []
    tellsSettled = false
    defer { tellsSettled = true }
    // Those that nearly count.
    guard case .int32(let links)? = dataset.tables[list].columns[field.name]?.data else { return nil }
    var near: [(row: Int32, parts: [Remedy.Part], cost: Int64)] = []
    let context = member(list, field)
    let starts = starts(list)
    let frameYear = best.flatMap { run.iteration.isEmpty ? nil : run.iteration[$0.frame] }
    for row in 0..<dataset.tables[list].count
    where Int(links[row]) == frameRow && !counted.contains(Int32(truncatingIfNeeded: row)) {
      if near.count >= 400 { break }
      if let frameYear, let start = starts?[row], start > Absent.none32, Int64(Day(number: start).year) != frameYear {
        continue
      }
      guard let own = self.conditions(conditions, list, row, context: context), !own.isEmpty, own.count <= 2 else {
        continue
      }
      near.append((Int32(truncatingIfNeeded: row), own, own.reduce(0) { $0 &+ $1.distance }))
    }
    near.sort { $0.parts.count != $1.parts.count ? $0.parts.count < $1.parts.count : $0.cost < $1.cost }
    for one in near.prefix(Int(lacking)) {
      parts += one.parts
      lacking -= 1
    }
    if lacking > 0 {
      guard let like = counted.min() ?? near.first?.row else { return nil }
      parts.append(
        Remedy.Part(
          edit: .copies(list: list, row: Int(like), count: Int(lacking)), record: dataset.id(like, in: .list(list)),
          field: nil, before: nil,
          distance: lacking))
    }
    return true
  }
}
