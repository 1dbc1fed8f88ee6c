// One of several values: by a test, or the larger, the smaller, the earlier, the later.
import PolicyLanguage
import Reckoning

extension Operation {
  func ifThen() {
    let test = truth(0)
    switch node.register {
    case .truth:
      let out = truths, a = truth(1), b = truth(2)
      for k in 0..<count { out[k] = (test[k] & a[k]) | (Truth.not(test[k]) & b[k]) }
    case .int32: branch(test, int32(1), int32(2), narrow)
    case .int64: branch(test, int64(1), int64(2), wide)
    }
  }

  @inline(__always) private func branch<Value: Marked>(
    _ test: Lane<UInt8>, _ a: Lane<Value>, _ b: Lane<Value>, _ out: OpenLane<Value>
  ) {
    // In bits, not branches, since which way a record goes cannot be foreseen; and in words as wide as the values.
    for k in 0..<count {
      let t = Value(truncatingIfNeeded: test[k])
      let certain = 0 &- (t & (t >> 1) & 1), possible = 0 &- ((t | (t >> 1)) & 1)
      out[k] = (a[k] & certain) | (b[k] & ~possible) | (Value.unknownMark & possible & ~certain)
    }
  }

  func choose(_ pick: Expression.Pick) {
    let larger = pick == .later || pick == .larger
    switch node.register {
    case .int32: choose(step.inputs.indices.map { int32($0) }, narrow, larger: larger)
    case .int64: choose(step.inputs.indices.map { int64($0) }, wide, larger: larger)
    case .truth: Invariant.broken("pick-numbers: of conditions none is the larger")
    }
  }

  @inline(__always) private func choose<Value: Marked>(
    _ inputs: [Lane<Value>], _ out: OpenLane<Value>, larger: Bool
  ) {
    if inputs.count == 2 { return choose(inputs[0], inputs[1], out, larger: larger) }
    for k in 0..<count {
      var best = Value.noneMark
      for input in inputs {
        let v = input[k]
        if v.isUnknown {
          best = v
          break
        }
        if v.isNone { continue }
        if best.isNone || (larger ? v > best : v < best) { best = v }
      }
      out[k] = best
    }
  }

  /// Of two, in choices and not branches, since which way a record goes cannot be foreseen.
  @inline(__always) private func choose<Value: Marked>(
    _ a: Lane<Value>, _ b: Lane<Value>, _ out: OpenLane<Value>, larger: Bool
  ) {
    if larger {
      // None is less than all that is there.
      for k in 0..<count {
        let x = a[k], y = b[k]
        out[k] = min(x, y).isUnknown ? .unknownMark : max(x, y)
      }
    } else {
      for k in 0..<count {
        let x = a[k], y = b[k], least = min(x, y)
        out[k] = least.isNone ? max(x, y) : least
      }
    }
  }
}
