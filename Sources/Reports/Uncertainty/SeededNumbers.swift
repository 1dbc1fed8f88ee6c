// Random numbers that a seed determines: the only chance in the program. Knows nothing of what is drawn.

/// Random numbers that a seed determines, on every machine alike.
package struct SeededNumbers: Sendable {
  private var state: UInt64

  /// Begins a sequence.
  ///
  /// - Parameters:
  ///   - seed: the user's.
  ///   - draw: which draw of a simulation, so that each has numbers of its own whatever came before.
  package init(seed: UInt64, draw: Int = 0) {
    // Each draw begins at a place of the sequence that has nothing to do with another's.
    state = seed
    state = next() ^ (UInt64(truncatingIfNeeded: draw) &* 0xA24B_AED4_963E_E407 &+ 0x9FB2_1C65_1E98_DF25)
    state = next()
  }

  /// The next 64 bits (SplitMix64).
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// At least 0 and below 1.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// From 0 to below a bound.
  package mutating func below(_ bound: UInt64) -> UInt64 {
    guard bound > 1 else { return 0 }
    return next().multipliedFullWidth(by: bound).high
  }
}
