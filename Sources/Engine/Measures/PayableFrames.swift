// Which frames had something to be paid when it was settled whom `once per` and one record of a person leave out. Asked
// for by explanations alone, which pay a measure once more for it.
import Facts
import PolicyLanguage

/// Why frames that meet everything are left open.
enum OpenReason {
  /// There are not places enough, and when they come is not known.
  case order([Typed])
  /// How many places their group has is not known, or two numbers are said.
  case number(Typed)
  case twoNumbers(Typed)
  /// There is not money enough under a cap, and when they come is not known.
  case orderUnderCap([Typed])
  /// How much their group may come to is not known, or two amounts are said.
  case amount(Typed)
  case twoAmounts(Typed)
}

/// Frames with something to be paid.
struct PayableFrames {
  /// Before `once per` left any out.
  var once = RowSet()
  /// Before of each person's records only the first counted, by the clause that pays them.
  var ofClauses: [Int: RowSet] = [:]
  /// Those that limits leave open, for each reason.
  fileprivate var open: [(frames: RowSet, why: OpenReason)] = []

  /// Why limits leave a frame open; nil: they do not.
  func whyOpen(_ frame: Int32) -> OpenReason? { open.first { $0.frames.contains(frame) }?.why }
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

  func noteOpen(_ frames: [Int32], _ why: OpenReason) {
    if noted == nil || frames.isEmpty { return }
    var rows = RowSet()
    for f in frames { rows.insert(f) }
    noted?.open.append((rows, why))
  }

  func noteOnce(_ all: [Candidates]) {
    guard noted != nil else { return }
    for f in payableFrames(all) { noted?.once.insert(f) }
  }
}
