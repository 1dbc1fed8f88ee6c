// Where text comes to stand in a window of a given width, by the rules libedit draws with. The editor needs it
// to find the first row of its own prompt again after the window has changed, and to align the list of
// completions. Knows nothing of the terminal beyond its width.

/// A place in the window that moves as text is written.
struct ScreenLayout: Equatable {
  let columns: Int
  private(set) var row = 0
  private(set) var column = 0

  init(columns: Int) { self.columns = max(columns, 2) }

  mutating func write(_ scalars: some Sequence<UInt32>) {
    for scalar in scalars { write(scalar) }
  }

  private mutating func write(_ scalar: UInt32) {
    switch scalar {
    case 0x09:
      repeat { put(1) } while column & 7 != 0
    case 0x0a:
      row += 1
      column = 0
    default:
      for width in Self.cells(scalar) { put(width) }
    }
  }

  /// Where the cursor stands when `next` follows it: a wide character that does not fit takes it along.
  mutating func settle(before next: UInt32?) {
    guard let next, CellWidth.of(next) > 1, column + 2 > columns else { return }
    row += 1
    column = 0
  }

  private mutating func put(_ width: Int) {
    if column + width > columns {
      row += 1
      column = 0
    }
    column += width
    if column >= columns {
      row += 1
      column = 0
    }
  }

  /// Control characters are drawn as ^X, others that cannot be printed by their number.
  private static func cells(_ scalar: UInt32) -> [Int] {
    let width = CellWidth.of(scalar)
    if width >= 0 { return [max(width, 1)] }
    if scalar < 0x100 { return [1, 1] }
    return Array(repeating: 1, count: scalar > 0xffff ? 8 : 7)
  }
}
