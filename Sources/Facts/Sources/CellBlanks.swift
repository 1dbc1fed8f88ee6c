// Blanks around a bulk file's cell: white space of any kind, as bytes of UTF-8. Means the same as `Members.trimmed`,
// without a text for each cell. Knows nothing of what cells mean.

extension CellBlock.Cell {
  /// Leaves out what is blank at either end of the cell.
  @inline(__always)
  mutating func trim() {
    guard count > 0 else { return }
    let first = start[0], last = start[count &- 1]
    // Nothing blank begins with a letter, a digit or most of the bytes above; nothing blank ends with one above 0xBF.
    if first > 0x20, first < 0xC2 || first > 0xC2 && first < 0xE1, last > 0x20, last < 0x80 { return }
    trimRare()
  }

  @inline(never)
  private mutating func trimRare() {
    while count > 0 {
      let n = Self.blank(start, count)
      if n == 0 { break }
      start += n
      count -= n
    }
    while count > 0 {
      var found = 0
      for n in 1...3 where n <= count && Self.blank(start + (count - n), n) == n {
        found = n
        break
      }
      if found == 0 { break }
      count -= found
    }
  }

  /// How many bytes a blank character takes that stands here; 0 where none does.
  private static func blank(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let a = p[0]
    if a == 0x20 || (0x09...0x0D).contains(a) { return 1 }
    if a < 0xC2 || count < 2 { return 0 }
    let length = a < 0xE0 ? 2 : a < 0xF0 ? 3 : 0
    guard length > 0, count >= length else { return 0 }
    let b = UInt32(p[1] & 0x3F)
    let value =
      length == 2 ? UInt32(a & 0x1F) << 6 | b : UInt32(a & 0x0F) << 12 | b << 6 | UInt32(p[2] & 0x3F)
    guard let scalar = Unicode.Scalar(value), Members.isBlank(scalar) else { return 0 }
    return length
  }
}
