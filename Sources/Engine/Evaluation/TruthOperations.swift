// Truths joined: the bits of `Truth` make Kleene's logic out of bitwise operations.

extension Operation {
  @inline(__always) func join(_ both: (UInt8, UInt8) -> UInt8) {
    let out = truths, a = truth(0), b = truth(1)
    for k in 0..<count { out[k] = both(a[k], b[k]) }
    for j in step.inputs.indices.dropFirst(2) {
      let c = truth(j)
      for k in 0..<count { out[k] = both(out[k], c[k]) }
    }
  }

  func not() {
    let out = truths, a = truth(0)
    for k in 0..<count { out[k] = Truth.not(a[k]) }
  }

  /// The only operation that lets the two pairs of bits differ: what is excepted is not true here, and stays true as if
  /// nothing were governed elsewhere.
  func except() {
    let out = truths, a = truth(0), b = truth(1)
    for k in 0..<count { out[k] = (a[k] & 0b1100) | (a[k] & Truth.not(b[k]) & 0b0011) }
  }

  func given() {
    let out = truths
    @inline(__always) func given<Value: Marked>(_ a: Lane<Value>) {
      for k in 0..<count { out[k] = a[k].isAbsent ? Truth.no : Truth.yes }
    }
    switch node.inputs[0].register {
    case .truth:
      let a = truth(0)
      for k in 0..<count { out[k] = a[k] == Truth.unknown ? Truth.no : Truth.yes }
    case .int32: given(int32(0))
    case .int64: given(int64(0))
    }
  }
}
