// How a programme decides while one figure is varied: a digest of every comparison that the figure takes part in, and
// the direction in which amounts move with it. Where two runs decide alike and amounts move one way, nothing else can
// happen between the two: every comparison flips at most once as the figure grows (an equality and a `from ... to` are
// looked at as two comparisons), and a sum of amounts that all rise, or the higher of several, rises too. Goal seeking
// is exact because of this. Knows nothing of goals.
import Facts
import PolicyLanguage
import Reckoning

/// In which direction amounts move when a figure grows.
package enum Direction: Sendable, Hashable {
  /// They stay.
  case none
  case up
  case down
  /// Some up and some down, or it cannot be said.
  case mixed

  func joined(_ other: Direction) -> Direction {
    if self == .none || self == other { return other }
    return other == .none ? self : .mixed
  }

  var flipped: Direction {
    switch self {
    case .up: .down
    case .down: .up
    case .none, .mixed: self
    }
  }
}

/// How a programme decides at one value of a figure.
package struct Decisions: Sendable, Hashable {
  /// A digest of every comparison; equal digests are equal decisions.
  package let digest: UInt64
  /// How amounts move with the figure as long as nothing is decided otherwise.
  package let direction: Direction
  /// By how many fen at most the total may move the other way all the same: instalments are rounded one by one.
  package let slack: Int64
  /// That every amount moves one way by itself; nil where that cannot be told.
  package let steadiness: Steadiness?
}

extension Engine {
  /// Looks at every measure that speaks of the figure.
  /// - Parameter memory: what earlier runs over the same facts have worked out, as far as the figure was not looked at.
  package static func decisions(
    on watched: Watched, _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings,
    memory: RunMemory? = nil
  ) -> Decisions {
    var digest = Digest(), steady = Digest()
    var direction = Direction.none
    var slack: Int64 = 0, steadySlack: Int64 = 0
    var isSteady = !competes(watched, documents) && !isLimited(watched, documents), isTold = true
    var index = 0
    for document in documents {
      for measure in document.measures {
        defer { index += 1 }
        guard measure.form == .measure, measure.mentions(watched),
          measure.lacks(in: scenario.dataset.dictionary) == nil
        else { continue }
        let run = stepped(
          measure, of: document, index: index, scenario: scenario, settings: settings, memory: memory,
          watching: watched)
        run.keepsCaps = isSteady
        let candidates = run.pay()
        let tracer = DecisionTracer(run, watched)
        digest.add(Int64(index))
        tracer.add(to: &digest)
        for c in candidates {
          digest.add(Int64(c.count))
          digest.add(c.missing.isEmpty ? 0 : 1)
        }
        digest.add(run.diagnostics.contains { $0.severity == .error } ? 1 : 0)
        isTold = isTold && tracer.isDecidedBetween()
        for pick in tracer.picks.all { tracer.add(pick, to: &digest) }
        direction = direction.joined(tracer.direction)
        slack += run.roundings(candidates)
        let steadiness = isSteady ? tracer.steadiness(candidates) : nil
        isSteady = steadiness != nil
        steady.add(Int64(bitPattern: steadiness?.digest ?? 0))
        steadySlack += steadiness?.slack ?? 0
      }
    }
    for limit in documents.flatMap(\.limits) where limit.caps.flatMap(\.expressions).mention(watched) {
      // A limit that rises lets no payment fall, unless two of them take turns.
      direction = direction.joined(limit.caps.count == 1 && limit.caps[0].within == nil ? .up : .mixed)
    }
    let isCut = areCut(watched, documents, settings) || isBornePartly(watched, documents)
    if isCut || !isTold || (direction != .none && recoversBeside(watched, documents)) { direction = .mixed }
    return Decisions(
      digest: digest.value, direction: direction, slack: slack,
      steadiness: isSteady && isTold ? Steadiness(digest: steady.value, slack: steadySlack) : nil)
  }
}

/// Whether caps of limits that take turns, or ask for facts of the frames, cut what a figure bears on.
private func areCut(_ watched: Watched, _ documents: [CheckedDocument], _ settings: RunSettings) -> Bool {
  let isJoint = documents.flatMap(\.measures).contains { measure in
    measure.limits.joint.contains { $0.cap.expressions.mention(watched) }
  }
  if isJoint { return true }
  return documents.contains { document in
    let end = CapEnd(choice: settings.choice(of: Reading.capEnd, in: document))
    return document.limits.contains { limit in
      // What another source bears beyond a cap is paid all the same.
      let caps = limit.caps.filter { $0.source?.next == nil }
      return (caps.count > 1 || caps.contains { $0.within != nil || (!$0.isShared && end != .part) })
        && (limit.caps.flatMap(\.expressions).mention(watched)
          || document.measures.contains { limit.measures.contains($0.name) && $0.mentions(watched) })
    }
  }
}

extension CheckedLimit {
  /// Whether it caps what a source of money bears and lets nobody bear what exceeds.
  fileprivate var leavesUnpaid: Bool { caps.contains { $0.source.map { $0.next == nil } ?? false } }
}

/// Whether a limit over several measures decides of what a figure bears on.
private func isLimited(_ watched: Watched, _ documents: [CheckedDocument]) -> Bool {
  documents.contains { document in
    document.limits.contains { limit in
      limit.caps.contains { $0.source?.next == nil }
        && (limit.caps.flatMap(\.expressions).mention(watched)
          || document.measures.contains { limit.measures.contains($0.name) && $0.mentions(watched) })
    }
  }
}

/// Whether what another document pays may stand in place of what a figure bears on.
private func competes(_ watched: Watched, _ documents: [CheckedDocument]) -> Bool {
  let kinds = documents.map { document in
    (all: Set(document.measures.map(\.kind)), moved: Set(document.measures.filter { $0.mentions(watched) }.map(\.kind)))
  }
  return kinds.indices.contains { i in
    kinds.indices.contains { $0 != i && !kinds[i].moved.isDisjoint(with: kinds[$0].all) }
  }
}

/// Whether a figure bears on payments of which the cap of a source decides what is paid: their parts are rounded one by
/// one, and may go the other way.
private func isBornePartly(_ watched: Watched, _ documents: [CheckedDocument]) -> Bool {
  documents.contains { document in
    document.limits.contains { limit in
      limit.leavesUnpaid
        && (limit.caps.flatMap(\.expressions).mention(watched)
          || document.fundParameters.contains { watched == Watched(parameter: $0.id) }
          || document.measures.contains { limit.measures.contains($0.name) && $0.mentions(watched) })
    }
  }
}
