// What is absent, for the whole evaluation in one place: which bits mean it in each width, and what operations do with
// it. Two things can be absent: *none* (there is no such thing) and *unknown* (nobody said).
//
//   width     none                       unknown
//   truth     (has no none)              01 of its two bits, in both pairs: `Truth.unknown`
//   32 bits   the lowest number but one  the lowest number
//   64 bits   the lowest number but one  the lowest number
//
// So "is it absent" is one comparison. What the families of operations do with it:
//
//   constants, columns   hand it on as it stands; a figure that nobody supplied is unknown
//   looking up           an index that is none finds none, or "no"; one that is unknown finds unknown
//   truths               Kleene's logic by bits; `given` alone turns absence into an answer
//   comparisons          unknown where any side is unknown, else "no" where any is none
//   stable               as comparisons, but a spell whose end is none goes on and so lasts
//   sets                 unknown where the row or a member asked for is unknown, else "no" where either is none
//   choices              `if` takes a branch only where the test is certain, else unknown; among several, none is left
//                        out and unknown makes all unknown
//   dates, numbers       unknown where any input is unknown, else none where any is none; what overflows is told, and
//                        unknown in a run that is guarded for it (`Evaluator.isGuarded`)
//   years running        unknown as dates and numbers; where there is no row, no years
import Facts

/// A width in which absence is marked by values.
protocol Marked: FixedWidthInteger, SignedInteger, BitwiseCopyable, Sendable {
  static var noneMark: Self { get }
  static var unknownMark: Self { get }
}

extension Int32: Marked {
  @inline(__always) static var noneMark: Int32 { Absent.none32 }
  @inline(__always) static var unknownMark: Int32 { Absent.unknown32 }
}

extension Int64: Marked {
  @inline(__always) static var noneMark: Int64 { Absent.none64 }
  @inline(__always) static var unknownMark: Int64 { Absent.unknown64 }
}

extension Marked {
  /// Whether it is none or unknown.
  @inline(__always) var isAbsent: Bool { self <= Self.noneMark }
  @inline(__always) var isNone: Bool { self == Self.noneMark }
  @inline(__always) var isUnknown: Bool { self == Self.unknownMark }

  /// The mark for unknown or for none.
  @inline(__always) static func absent(unknown: Bool) -> Self { unknown ? unknownMark : noneMark }
}

enum Absence {
  /// The value of dates and numbers of which one is absent.
  @inline(__always) static func handedOn<A: Marked, B: Marked, Result: Marked>(_ a: A, _ b: B) -> Result {
    Result.absent(unknown: a.isUnknown || b.isUnknown)
  }

  /// The truth of a comparison of which one side is absent.
  @inline(__always) static func compared(unknown: Bool) -> UInt8 { unknown ? Truth.unknown : Truth.no }

  @inline(__always) static func widen(_ v: Int32) -> Int64 {
    v.isAbsent ? Int64.absent(unknown: v.isUnknown) : Int64(v)
  }

  /// Numbers too large for 32 bits become the largest or smallest that is none of the marks.
  @inline(__always) static func narrow(_ v: Int64) -> Int32 {
    v.isAbsent ? Int32.absent(unknown: v.isUnknown) : Int32(clamping: max(v, Int64(Int32.min) + 2))
  }
}
