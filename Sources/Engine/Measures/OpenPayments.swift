// Payments of which nobody can say whether, to whom, how much or when: kept as they are found, and told once it is
// settled which frames are left out of everything. Knows nothing of what leaves frames out.
import Facts
import PolicyLanguage

/// What of a clause cannot be decided.
struct OpenPayments: Sendable {
  /// Where the subjects are to be found.
  let space: Space
  /// What was asked of each at its position: a frame, a record, or a member with its frame.
  let roots: [Node]
  /// What was asked of their frames.
  let ofFrames: [Node]
  var frames: [Int32] = []
  var subjects: [Int32] = []
  var positions: [Int32] = []

  mutating func append(frame: Int32, subject: Int32, position: Int32) {
    frames.append(frame)
    subjects.append(subject)
    positions.append(position)
  }

  mutating func keep(_ isKept: (Int32) -> Bool) {
    let kept = frames.indices.filter { isKept(frames[$0]) }
    if kept.count == frames.count { return }
    (frames, subjects, positions) = (kept.map { frames[$0] }, kept.map { subjects[$0] }, kept.map { positions[$0] })
  }
}

/// Subjects of which it is not known whether they are paid, each with the space in which it is to be found, and the
/// facts that are missing.
struct OpenSubjects: Sendable {
  private(set) var subjects: [(space: Space, rows: RowSet)] = []
  var facts: Set<String> = []

  var count: Int { subjects.reduce(0) { $0 + $1.rows.count } }

  func contains(_ row: Int32, in space: Space) -> Bool {
    subjects.contains { $0.space == space && $0.rows.contains(row) }
  }

  mutating func insert(_ row: Int32, in space: Space) {
    let known = subjects.firstIndex { $0.space == space }
    if known == nil { subjects.append((space, RowSet())) }
    subjects[known ?? subjects.count - 1].rows.insert(row)
  }
}

extension MeasureRun {
  /// Takes frames out of everything: what they are paid, what comes out below nought, and what is not known of them.
  func keep(of all: inout [Candidates], where isKept: (Int32) -> Bool) {
    for i in all.indices { all[i].keep { [c = all[i]] in isKept(c.frames[$0]) } }
    for i in belowNought.indices { belowNought[i].keep { [c = belowNought[i]] in isKept(c.frames[$0]) } }
    for i in openPayments.indices { openPayments[i].keep(isKept) }
  }

  /// Leaves open what some frames are paid, since something that decides it is not known of them.
  /// - Parameter facts: what else is missing.
  func leaveOpen(_ frames: [Int32], of all: inout [Candidates], for nodes: [Node], facts known: Set<String> = []) {
    if frames.isEmpty { return }
    var open = RowSet()
    for f in frames { open.insert(f) }
    var facts = known
    for node in nodes { facts.formUnion(blame(node, rows: frames)) }
    for i in all.indices {
      let c = all[i]
      let mine = (0..<c.count).filter { open.contains(c.frames[$0]) }
      if mine.isEmpty { continue }
      noteUndetermined(mine.lazy.map { c.subject($0, base: self.base) }, in: space(of: c), facts: facts)
      all[i].keep { !open.contains(c.frames[$0]) }
    }
  }

  /// Where the subjects of payments are to be found.
  func space(of c: Candidates) -> Space { c.memberList.map { .list($0) } ?? baseSpace }

  /// Tells of what cannot be decided.
  func tellOpenPayments() {
    for open in openPayments where !open.frames.isEmpty {
      var facts: Set<String> = []
      for node in open.roots { facts.formUnion(blame(node, rows: open.positions)) }
      for node in open.ofFrames { facts.formUnion(blame(node, rows: open.frames)) }
      noteUndetermined(open.subjects, in: open.space, facts: facts)
    }
  }

  /// Whether a subject has been noted.
  func isUndetermined(_ row: Int32, in space: Space) -> Bool {
    space == oddSpace ? odd.unknown.contains(row) : openSubjects.contains(row, in: space)
  }

  /// Notes subjects whose payment cannot be decided for want of a fact: each once for the measure, where they are of
  /// the space that the measure's other odd subjects are of.
  func noteUndetermined(_ subjects: some Sequence<Int32>, in space: Space, facts: Set<String>) {
    // A sum over members that each are known.
    let facts = facts.isEmpty && isGuarded ? [MeasureRun.tooLarge] : facts
    if space == oddSpace {
      for subject in subjects { odd.unknown.insert(subject) }
      odd.facts.formUnion(facts)
    } else {
      for subject in subjects { openSubjects.insert(subject, in: space) }
      openSubjects.facts.formUnion(facts)
    }
  }
}
