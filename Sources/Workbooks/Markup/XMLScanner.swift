// XML as parts of a workbook hold it, cut into tags and texts while it is being inflated, without a text per tag. Names
// are looked at without their prefix, comments and instructions are passed over; what declares kinds of its own
// (DOCTYPE), and so could grow, is refused. Knows nothing of what the tags mean.
import Glibc

/// Reads a part from tag to tag.
///
/// Ranges of bytes hold until the next call of `next`.
final class XMLScanner {
  /// What stands next.
  enum Token {
    /// The beginning of an element; one without contents is followed by its `close` all the same.
    case open
    case close
    case text
    case end
  }

  /// One attribute of the tag.
  struct Attribute {
    let name: UnsafeBufferPointer<UInt8>
    /// As it is written, between the quotation marks.
    let value: UnsafeBufferPointer<UInt8>
  }

  /// No tag and no text between two tags is longer.
  private static let longest = 32 << 20

  private let stream: PartStream
  private let part: String
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 18
  private var position = 0
  private var filled = 0
  private var isAtEnd = false
  private var pendingClose = false
  private(set) var depth = 0

  private var nameRange = 0..<0
  private var attributeRange = 0..<0
  private var textRange = 0..<0
  /// Whether the text's entities have been resolved, as those between `<![CDATA[` and `]]>`.
  private(set) var isLiteral = false

  init(_ archive: ZipArchive, _ entry: ZipArchive.Entry, limit: Int) throws(WorkbookProblem) {
    stream = try PartStream(archive, entry, limit: limit)
    part = entry.name
    buffer = .allocate(capacity: capacity)
    try skipMark()
  }

  deinit { buffer.deallocate() }

  var progress: Double { stream.progress }
  var damaged: WorkbookProblem { .damaged(part: part) }

  /// The tag's name without its prefix.
  var name: UnsafeBufferPointer<UInt8> { slice(nameRange) }
  /// The text as it is written.
  var text: UnsafeBufferPointer<UInt8> { slice(textRange) }

  /// Whether the tag has a name.
  @inline(__always)
  func isNamed(_ wanted: StaticString) -> Bool {
    nameRange.count == wanted.utf8CodeUnitCount
      && memcmp(buffer + nameRange.lowerBound, wanted.utf8Start, nameRange.count) == 0
  }

  private func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: buffer + range.lowerBound, count: range.count)
  }

  // MARK: tokens

  /// Goes to the next tag or text.
  func next() throws(WorkbookProblem) -> Token {
    if pendingClose {
      pendingClose = false
      depth -= 1
      return .close
    }
    while true {
      guard try has(1) else {
        guard depth == 0 else { throw damaged }
        return .end
      }
      if buffer[position] != 0x3C { return try readText() }
      guard try has(2) else { throw damaged }
      switch buffer[position + 1] {
      case 0x2F: return try readClose()
      case 0x3F: try skip(2, until: "?>")
      case 0x21:
        guard try has(9) else { throw damaged }
        if memcmp(buffer + position, "<!--", 4) == 0 {
          try skip(4, until: "-->")
        } else if memcmp(buffer + position, "<![CDATA[", 9) == 0 {
          let end = try find("]]>", from: 9)
          textRange = (position + 9)..<(position + end)
          position += end + 3
          isLiteral = true
          return .text
        } else {
          throw damaged
        }
      default: return try readOpen()
      }
    }
  }

  /// Goes behind the end of the element that has just begun.
  func skipElement() throws(WorkbookProblem) {
    let outside = depth - 1
    while depth > outside {
      if case .end = try next() { throw damaged }
    }
  }

  private func readText() throws(WorkbookProblem) -> Token {
    var from = 0
    while true {
      let known = filled - position
      if let found = memchr(buffer + position + from, 0x3C, known - from) {
        let length = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(buffer + position)
        textRange = position..<(position + length)
        position += length
        break
      }
      from = known
      if !(try more()) {
        textRange = position..<filled
        position = filled
        break
      }
    }
    isLiteral = false
    return .text
  }

  private func readClose() throws(WorkbookProblem) -> Token {
    let end = try find(">", from: 2)
    setName((position + 2)..<(position + end))
    position += end + 1
    guard depth > 0 else { throw damaged }
    depth -= 1
    return .close
  }

  private func readOpen() throws(WorkbookProblem) -> Token {
    let length = try tagLength()
    let start = position + 1
    var end = position + length
    position = end + 1
    if end > start, buffer[end - 1] == 0x2F {
      end -= 1
      pendingClose = true
    }
    var nameEnd = start
    while nameEnd < end, !XMLScanner.isBlank(buffer[nameEnd]) { nameEnd += 1 }
    guard nameEnd > start else { throw damaged }
    setName(start..<nameEnd)
    attributeRange = nameEnd..<end
    depth += 1
    // Nothing in a workbook nests like this.
    guard depth < 200 else { throw damaged }
    return .open
  }

  /// How many bytes there are before the `>` that ends the tag; one within quotation marks does not.
  private func tagLength() throws(WorkbookProblem) -> Int {
    var length = 1
    var quote: UInt8 = 0
    while true {
      let stop = filled - position
      while length < stop {
        let byte = buffer[position + length]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == 0x3E {
          return length
        } else if byte == 0x22 || byte == 0x27 {
          quote = byte
        }
        length += 1
      }
      guard try more() else { throw damaged }
    }
  }

  /// The name without blanks behind it and without its prefix.
  private func setName(_ range: Range<Int>) {
    var range = range
    while !range.isEmpty, XMLScanner.isBlank(buffer[range.upperBound - 1]) {
      range = range.lowerBound..<(range.upperBound - 1)
    }
    if let colon = slice(range).firstIndex(of: 0x3A) { range = (range.lowerBound + colon + 1)..<range.upperBound }
    nameRange = range
  }

  // MARK: attributes

  /// The attributes of the tag, in their order, names without prefixes.
  @inline(__always)
  func attributes(_ body: (Attribute) throws(WorkbookProblem) -> Void) throws(WorkbookProblem) {
    var i = attributeRange.lowerBound
    let end = attributeRange.upperBound
    while true {
      while i < end, XMLScanner.isBlank(buffer[i]) { i += 1 }
      guard i < end else { return }
      var name = i
      while i < end, buffer[i] != 0x3D, !XMLScanner.isBlank(buffer[i]) {
        if buffer[i] == 0x3A { name = i + 1 }
        i += 1
      }
      let nameEnd = i
      while i < end, XMLScanner.isBlank(buffer[i]) { i += 1 }
      guard i < end, buffer[i] == 0x3D else { throw damaged }
      i += 1
      while i < end, XMLScanner.isBlank(buffer[i]) { i += 1 }
      guard i < end, buffer[i] == 0x22 || buffer[i] == 0x27 else { throw damaged }
      let quote = buffer[i]
      i += 1
      let value = i
      while i < end, buffer[i] != quote { i += 1 }
      guard i < end else { throw damaged }
      try body(Attribute(name: slice(name..<nameEnd), value: slice(value..<i)))
      i += 1
    }
  }

  /// The text of an attribute; nil where the tag has none of this name.
  func attribute(_ wanted: String) throws(WorkbookProblem) -> String? {
    var found: String?
    try attributes { (attribute) throws(WorkbookProblem) in
      if found == nil, attribute.name.elementsEqual(wanted.utf8) {
        var bytes: [UInt8] = []
        try XMLText.decode(attribute.value, isLiteral: false, damaged) { bytes.append($0) }
        found = String(decoding: bytes, as: UTF8.self)
      }
    }
    return found
  }

  // MARK: bytes

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// The mark of UTF-8 is passed over; other encodings of 16 bits are refused.
  private func skipMark() throws(WorkbookProblem) {
    guard try has(3) else { return }
    if buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
    if buffer[0] == 0xFE || buffer[0] == 0xFF { throw damaged }
  }

  private func skip(_ from: Int, until end: StaticString) throws(WorkbookProblem) {
    position += try find(end, from: from) + end.utf8CodeUnitCount
  }

  /// How far from the position a text stands.
  private func find(_ wanted: StaticString, from: Int) throws(WorkbookProblem) -> Int {
    let length = wanted.utf8CodeUnitCount
    var from = from
    while true {
      while from + length <= filled - position {
        guard let found = memchr(buffer + position + from, Int32(wanted.utf8Start[0]), filled - position - from) else {
          from = filled - position
          break
        }
        from = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(buffer + position)
        if from + length > filled - position { break }
        if memcmp(found, wanted.utf8Start, length) == 0 { return from }
        from += 1
      }
      guard try more() else { throw damaged }
    }
  }

  /// Whether so many bytes from the position on are at hand.
  @inline(__always)
  private func has(_ count: Int) throws(WorkbookProblem) -> Bool {
    while filled - position < count { if !(try more()) { return false } }
    return true
  }

  /// Brings further bytes behind those at hand.
  /// - Returns: false at the part's end.
  private func more() throws(WorkbookProblem) -> Bool {
    if isAtEnd { return false }
    if position > 0 {
      memmove(buffer, buffer + position, filled - position)
      filled -= position
      position = 0
    }
    if filled == capacity {
      guard capacity < XMLScanner.longest else { throw .inflated(part: part) }
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
      larger.update(from: buffer, count: filled)
      buffer.deallocate()
      buffer = larger
      capacity *= 2
    }
    let count = try stream.read(into: UnsafeMutableBufferPointer(start: buffer + filled, count: capacity - filled))
    if count == 0 { isAtEnd = true }
    filled += count
    return count > 0
  }
}
