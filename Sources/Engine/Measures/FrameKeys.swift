// The keys that put frames into groups for `once per`, `only the …` and quotas. Of whom a key is not known nobody can
// say with whom he shares a place, so that what he is paid is left open. Knows nothing of what is done with the groups.
import Facts
import PolicyLanguage

/// The keys of frames.
struct FrameKeys {
  let nodes: [Node]
  private let parts: [(Int) -> Int64]

  init(_ keys: [Typed], of run: MeasureRun) {
    nodes = keys.map { run.lowering.lower($0, run.frameContext) }
    parts = keys.map { run.key($0) }
  }

  func callAsFunction(_ frame: Int32) -> [Int64] { parts.map { $0(Int(frame)) } }

  func isKnown(_ frame: Int32) -> Bool { !parts.contains { $0(Int(frame)).isUnknown } }

  /// Whether a frame belongs to no group, since it has none of a key: what is none matches nothing.
  func isFree(_ frame: Int32) -> Bool { parts.contains { $0(Int(frame)).isNone } }

  /// Whether it is known which group a frame belongs to, or that it belongs to none.
  func isPlaced(_ frame: Int32) -> Bool { isKnown(frame) || isFree(frame) }
}

extension MeasureRun {
  /// A key expression's value for a frame; ids of one list compare by row, texts by number, figures that need not be
  /// whole by their place among those of all frames.
  func key(_ t: Typed) -> (Int) -> Int64 {
    if lowering.needsParts(t) {
      let places = places(ofFractions: t)
      return { places[$0] }
    }
    let values = frameValues(lowering.lower(t, frameContext))
    switch values.column {
    case .truth(let v): return { Truth.isUnknown(v[$0]) ? .unknownMark : Int64(v[$0]) }
    case .int32(let v): return { Absence.widen(v[$0]) }
    case .int64(let v): return { v[$0] }
    }
  }

  /// The keys of some expressions, once what is paid to frames of which one is not known has been left open.
  func keys(_ texts: [Typed], leavingOpen all: inout [Candidates]) -> FrameKeys {
    let keys = FrameKeys(texts, of: self)
    leaveOpen(payableFrames(all).filter { !keys.isPlaced($0) }, of: &all, for: keys.nodes)
    return keys
  }
}
