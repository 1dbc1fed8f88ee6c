// What frames of which a condition is not known leave undecided: themselves, or the persons that are counted for them.
// Knows nothing of payments.
import Facts
import PolicyLanguage

extension MeasureRun {
  /// Whether the measure counts persons: its odd subjects are then the hires themselves (semantics, "Persons and
  /// hires").
  var countsHires: Bool {
    measure.sets.contains { dataset.dictionary.list($0.list)?.person != nil }
  }

  /// The list whose records are the measure's odd subjects: the first that names persons among those it counts.
  static func listOfOdd(_ measure: CheckedMeasure, _ dataset: Dataset) -> Int? {
    measure.sets.first { dataset.dictionary.list($0.list)?.person != nil }.map { dataset.list(named: $0.list) }
  }

  /// Notes that a subject is undetermined or governed elsewhere, where its truth says so.
  func note(_ row: Int32, _ truth: UInt8, in space: Space) {
    if Truth.isElsewhere(truth) {
      odd.elsewhere.insert(row)
    } else if Truth.isUnknown(truth) {
      noteUndetermined(CollectionOfOne(row), in: space, facts: [])
    }
  }

  /// Notes what undetermined frames leave undecided: themselves, or, where persons are counted, their members, which
  /// hang on them. Where the accrual date decides, a frame whose payments all fall outside the window leaves nothing.
  /// - Returns: the frames that leave something for want of a fact: among the odd subjects, and those that stand for
  /// themselves where these are persons.
  func noteOddFrames() -> (noted: [Int32], alone: [Int32]) {
    let inWindow = accruesInWindow().map { frameValues($0).truths }
    var odd: [Int32] = []
    func open(_ f: Int32) -> UInt8 { truth[Int(f)] & (inWindow?[Int(f)] ?? Truth.yes) }
    for f in truth.indices where truth[f] != 0 && !Truth.holds(truth[f]) {
      let frame = Int32(truncatingIfNeeded: f)
      if open(frame) != 0 { odd.append(frame) }
    }
    if odd.isEmpty { return ([], []) }
    if !countsHires {
      for f in odd { note(base[Int(f)], open(f), in: oddSpace) }
      return (odd.filter { Truth.isUnknown(open($0)) }, [])
    }
    if measure.leavesFramesOpen {
      for f in odd { note(base[Int(f)], open(f), in: baseSpace) }
      return ([], odd.filter { Truth.isUnknown(open($0)) })
    }
    var wanted = RowSet(), noted = RowSet()
    for f in odd { wanted.insert(f) }
    for (i, set) in sets.enumerated() where measure.sets[i].isScan && reportsMembers(i) {
      for members in [set.all, set.joined] {
        for k in members.rows.indices where wanted.contains(members.frames[k]) {
          note(members.rows[k], open(members.frames[k]), in: .list(set.list))
          noted.insert(members.frames[k])
        }
      }
    }
    // A lump sum, or a status, hangs on nobody.
    let isForFrame = measure.pays.isEmpty || measure.pays.contains { $0.forEach == nil }
    let unknown = odd.filter { Truth.isUnknown(open($0)) }
    guard isForFrame else { return (unknown.filter { noted.contains($0) }, []) }
    // Of a duty it is told elsewhere whom it concerns.
    if measure.form != .measure { return (unknown, []) }
    let alone = unknown.filter { !noted.contains($0) }
    for f in alone { note(base[Int(f)], open(f), in: baseSpace) }
    return (unknown.filter { noted.contains($0) }, alone)
  }

  /// Whether it is told of a set's members that a fact of theirs leaves open whether they are some: of persons, and of
  /// whatever is paid for one by one.
  func tellsOfMembers(_ set: Int) -> Bool {
    dataset.dictionary.list(measure.sets[set].list)?.person != nil || measure.paysForMembers(of: set)
  }

  /// Whether the members of a set are subjects of their own.
  private func reportsMembers(_ set: Int) -> Bool { dataset.tables[sets[set].list].declaration.person != nil }
}

extension CheckedMeasure {
  /// Whether it pays for each member of a set, or of one that is a part of it.
  package func paysForMembers(of set: Int) -> Bool {
    pays.contains { pay in
      var next = pay.forEach
      while let own = next {
        if own == set { return true }
        next = sets[own].source.narrowed
      }
      return false
    }
  }

  /// Whether it pays for no person, and says by itself how persons count: it is then the frame that is left open, and
  /// not those who are counted for it (semantics, "Persons and hires").
  package var leavesFramesOpen: Bool {
    form == .measure && !pays.isEmpty && pays.allSatisfy { $0.forEach == nil }
      && (selection.persons != .byReading || sets.allSatisfy { $0.persons != .byReading })
  }
}
