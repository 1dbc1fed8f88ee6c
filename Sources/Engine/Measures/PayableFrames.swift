// Which frames had something to be paid when it was settled whom `once per` and one record of a person leave out. Asked
// for by explanations alone, which pay a measure once more for it.
import Facts

/// Frames with something to be paid.
struct PayableFrames {
  /// Before `once per` left any out.
  var once = RowSet()
  /// Before of each person's records only the first counted, by the clause that pays them.
  var ofClauses: [Int: RowSet] = [:]
}

extension MeasureRun {
  /// Pays, and says which frames had something to be paid.
  func payableFrames() -> PayableFrames {
    noted = PayableFrames()
    _ = pay()
    return noted ?? PayableFrames()
  }

  func noteClauses(_ all: [Candidates]) {
    guard noted != nil else { return }
    for c in all where c.memberList == nil {
      for f in c.frames { noted?.ofClauses[c.clause, default: RowSet()].insert(f) }
    }
  }

  func noteOnce(_ all: [Candidates]) {
    guard noted != nil else { return }
    for f in payableFrames(all) { noted?.once.insert(f) }
  }
}
