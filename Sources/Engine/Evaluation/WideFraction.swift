// Whole numbers and fractions of any size up to a limit, for the rare amounts that 128 bits cannot hold: what grows for
// a hundred years. Slow beside `Fraction`, which is tried first. Knows nothing of rows.

/// A whole number not below nought, in digits of 32 bits, the lowest first, without leading noughts.
struct WideNumber: Equatable {
  private var digits: [UInt32] = []

  /// More bits than these are not held.
  static var mostBits: Int { 16_384 }

  init(_ value: UInt64) {
    digits = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
    trim()
  }

  private init(digits: [UInt32]) {
    self.digits = digits
    trim()
  }

  private mutating func trim() { while digits.last == 0 { digits.removeLast() } }

  var isNought: Bool { digits.isEmpty }
  var bits: Int { digits.last.map { digits.count * 32 - $0.leadingZeroBitCount } ?? 0 }

  /// Nil where it does not fit.
  var int64: Int64? {
    guard digits.count <= 2 else { return nil }
    let value = digits.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (32 * UInt64($1.offset)) }
    return Int64(exactly: value)
  }

  static func + (a: WideNumber, b: WideNumber) -> WideNumber {
    var out: [UInt32] = []
    out.reserveCapacity(max(a.digits.count, b.digits.count) + 1)
    var carry: UInt64 = 0
    for i in 0..<max(a.digits.count, b.digits.count) {
      carry += UInt64(a.digit(i)) + UInt64(b.digit(i))
      out.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    out.append(UInt32(truncatingIfNeeded: carry))
    return WideNumber(digits: out)
  }

  /// The larger less the smaller.
  static func - (a: WideNumber, b: WideNumber) -> WideNumber {
    precondition(!(a < b), "wide-difference: the smaller of two numbers is taken from the larger")
    var out: [UInt32] = []
    out.reserveCapacity(a.digits.count)
    var borrow: Int64 = 0
    for i in a.digits.indices {
      var rest = Int64(a.digits[i]) - Int64(b.digit(i)) - borrow
      borrow = rest < 0 ? 1 : 0
      if rest < 0 { rest += 1 << 32 }
      out.append(UInt32(truncatingIfNeeded: rest))
    }
    return WideNumber(digits: out)
  }

  static func * (a: WideNumber, b: WideNumber) -> WideNumber {
    if a.isNought || b.isNought { return WideNumber(0) }
    var out = [UInt32](repeating: 0, count: a.digits.count + b.digits.count)
    for i in a.digits.indices {
      var carry: UInt64 = 0
      for j in b.digits.indices {
        carry += UInt64(out[i + j]) + UInt64(a.digits[i]) * UInt64(b.digits[j])
        out[i + j] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      out[i + b.digits.count] = UInt32(truncatingIfNeeded: carry)
    }
    return WideNumber(digits: out)
  }

  static func < (a: WideNumber, b: WideNumber) -> Bool {
    if a.digits.count != b.digits.count { return a.digits.count < b.digits.count }
    for (x, y) in zip(a.digits.reversed(), b.digits.reversed()) where x != y { return x < y }
    return false
  }

  /// How often another goes into it, and what is left, bit by bit.
  func divided(by other: WideNumber) -> (quotient: WideNumber, rest: WideNumber) {
    precondition(!other.isNought, "wide-quotient: nothing is divided by nought")
    var quotient = [UInt32](repeating: 0, count: digits.count)
    var rest = WideNumber(0)
    for bit in (0..<bits).reversed() {
      rest.shift(in: digits[bit / 32] >> UInt32(bit % 32) & 1)
      if !(rest < other) {
        rest = rest - other
        quotient[bit / 32] |= 1 << UInt32(bit % 32)
      }
    }
    return (WideNumber(digits: quotient), rest)
  }

  /// Twice the number and a bit.
  private mutating func shift(in bit: UInt32) {
    var carry = bit
    for i in digits.indices {
      let next = digits[i] >> 31
      digits[i] = digits[i] << 1 | carry
      carry = next
    }
    if carry > 0 { digits.append(carry) }
  }

  static func divisor(_ a: WideNumber, _ b: WideNumber) -> WideNumber {
    var (x, y) = (a, b)
    while !y.isNought { (x, y) = (y, x.divided(by: y).rest) }
    return x
  }

  private func digit(_ i: Int) -> UInt32 { i < digits.count ? digits[i] : 0 }
}

/// A fraction of any size up to the limit, not in lowest terms until its parts are asked for.
struct WideFraction: ExactNumber {
  let isNegative: Bool
  let above: WideNumber
  let below: WideNumber

  init(_ whole: Int64) {
    isNegative = whole < 0
    above = WideNumber(whole.magnitude)
    below = WideNumber(1)
  }

  /// Nil where it does not fit.
  private init?(_ isNegative: Bool, _ above: WideNumber, over below: WideNumber) {
    guard above.bits <= WideNumber.mostBits, below.bits <= WideNumber.mostBits else { return nil }
    self.isNegative = isNegative && !above.isNought
    self.above = above
    self.below = below
  }

  var isNought: Bool { above.isNought }

  func adding(_ other: WideFraction) -> WideFraction? {
    let x = above * other.below, y = other.above * below
    let all = below * other.below
    if isNegative == other.isNegative { return WideFraction(isNegative, x + y, over: all) }
    return x < y ? WideFraction(other.isNegative, y - x, over: all) : WideFraction(isNegative, x - y, over: all)
  }

  func times(_ other: WideFraction) -> WideFraction? {
    WideFraction(isNegative != other.isNegative, above * other.above, over: below * other.below)
  }

  var inverse: WideFraction? { isNought ? nil : WideFraction(isNegative, below, over: above) }
  var negative: WideFraction? { WideFraction(!isNegative, above, over: below) }

  func rounded(down: Bool) -> Int64? {
    let (quotient, rest) = above.divided(by: below)
    let isUp = down ? isNegative && !rest.isNought : !(rest < below - rest)
    return WideFraction.signed(isUp ? quotient + WideNumber(1) : quotient, isNegative)
  }

  func compared(to other: WideFraction) -> Int? {
    if isNegative != other.isNegative { return isNegative ? -1 : 1 }
    let x = above * other.below, y = other.above * below
    if x == y { return 0 }
    return (x < y) != isNegative ? -1 : 1
  }

  var parts: (above: Int64, below: Int64)? {
    let d = WideNumber.divisor(above, below)
    guard let x = WideFraction.signed(above.divided(by: d).quotient, isNegative),
      let y = below.divided(by: d).quotient.int64
    else { return nil }
    return (x, y)
  }

  private static func signed(_ number: WideNumber, _ isNegative: Bool) -> Int64? {
    number.int64.map { isNegative ? -$0 : $0 }
  }
}
