// Who comes first where a cap is reached: as filed, then by the day, the measure's place and the subject. Payments
// mostly stand in the order of their subjects already, and are then put in order by counting. Knows nothing of caps.
import Facts
import PolicyLanguage

extension CapJob {
  /// Payments in the order in which they are filed, then of their day, their measure and their subject.
  func sorted(_ all: [Int32], _ ranks: [(Int) -> Int64]) -> [Int32] {
    guard isInOrderOfSubjects(all) else { return comparing(all, ranks) }
    var order = all
    // From what decides last to what decides first.
    CountingSort.sort(&order) { Int64(payments.dates[Int($0)]) }
    for rank in ranks.reversed() { CountingSort.sort(&order) { rank(frame(Int($0))) } }
    return order
  }

  private func frame(_ i: Int) -> Int { Int(parts[payments.part(i)].candidates.frames[payments.row(i)]) }

  /// Whether payments stand by their measures' places, and each measure's by their subjects.
  private func isInOrderOfSubjects(_ all: [Int32]) -> Bool {
    var from = 0, before: Int?
    while from < all.count {
      let p = payments.part(Int(all[from]))
      let end =
        payments.parts.isEmpty
        ? all.count : all[from...].firstIndex { payments.part(Int($0)) != p } ?? all.count
      if let before, parts[before].place >= parts[p].place { return false }
      if !isInOrderOfSubjects(all[from..<end], parts[p]) { return false }
      (from, before) = (end, p)
    }
    return true
  }

  /// The same of the payments of one part.
  private func isInOrderOfSubjects(_ all: ArraySlice<Int32>, _ part: CapPart) -> Bool {
    let run = part.run, rows = payments.rows
    func isInOrder(_ subjects: [Int32], _ precedes: (Int32, Int32) -> Bool) -> Bool {
      for k in all.indices.dropFirst() {
        let a = Int(all[k - 1]), b = Int(all[k])
        if a > b { return false }
        let x = subjects[rows.isEmpty ? b : Int(rows[b])], y = subjects[rows.isEmpty ? a : Int(rows[a])]
        if x != y, precedes(x, y) { return false }
      }
      return true
    }
    guard let list = part.candidates.memberList else { return isInOrder(part.candidates.frames, run.idPrecedes) }
    let ids = run.dataset.tables[list].ids
    return isInOrder(part.candidates.members) { ids?.precedes(Int($0), Int($1)) ?? ($0 < $1) }
  }

  /// Of each part the first of its measure that pays for the same: for frames, or for the members of one list.
  private var kinds: [Int] {
    parts.indices.map { p in
      parts.indices.first { q in
        parts[q].place == parts[p].place && parts[q].candidates.memberList == parts[p].candidates.memberList
      } ?? p
    }
  }

  private func comparing(_ all: [Int32], _ ranks: [(Int) -> Int64]) -> [Int32] {
    let kinds = kinds
    return all.sorted { first, second in
      let a = Int(first), b = Int(second)
      for rank in ranks {
        let x = rank(frame(a)), y = rank(frame(b))
        if x != y { return x < y }
      }
      if payments.dates[a] != payments.dates[b] { return payments.dates[a] < payments.dates[b] }
      let (p, q) = (payments.part(a), payments.part(b))
      if parts[p].place != parts[q].place { return parts[p].place < parts[q].place }
      if kinds[p] != kinds[q] {
        let (x, y) = (subject(a), subject(b))
        return x != y ? x.utf8.lexicographicallyPrecedes(y.utf8) : kinds[p] < kinds[q]
      }
      if let order = precedes(a, b) { return order }
      return p != q ? p < q : a < b
    }
  }

  /// What a payment is for, by its id.
  private func subject(_ i: Int) -> String {
    let part = parts[payments.part(i)], row = payments.row(i)
    let (run, candidates) = (part.run, part.candidates)
    return run.dataset.id(
      candidates.memberList == nil ? run.base[Int(candidates.frames[row])] : candidates.members[row],
      in: run.space(of: candidates))
  }

  /// Which of two subjects of one kind comes first; nil where they are one.
  private func precedes(_ a: Int, _ b: Int) -> Bool? {
    let (p, q) = (payments.part(a), payments.part(b))
    let (i, j) = (payments.row(a), payments.row(b))
    guard parts[p].candidates.memberList == parts[q].candidates.memberList else { return nil }
    let run = parts[p].run
    if let list = parts[p].candidates.memberList {
      let x = parts[p].candidates.members[i], y = parts[q].candidates.members[j]
      return x == y ? nil : run.dataset.tables[list].ids?.precedes(Int(x), Int(y)) ?? (x < y)
    }
    guard parts[p].place == parts[q].place else { return nil }
    let x = parts[p].candidates.frames[i], y = parts[q].candidates.frames[j]
    return x == y ? nil : run.idPrecedes(x, y)
  }
}
