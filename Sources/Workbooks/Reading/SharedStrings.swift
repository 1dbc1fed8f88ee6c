// The texts of a workbook that cells refer to by number. Rich text is put together, and what only tells how it is
// pronounced is left out. Knows nothing of cells.

/// Texts by number.
struct SharedStrings {
  /// Which texts there can be: a sheet has no more cells than this, and none needs more bytes.
  private static let countLimit = 1 << 27
  private static let byteLimit = 1 << 30

  private(set) var bytes: [UInt8] = []
  /// Where each text ends.
  private(set) var ends: [UInt32] = []

  /// A workbook without such texts.
  init() {}

  /// - Parameter isCancelled: asked now and then.
  init(_ scanner: XMLScanner, _ isCancelled: () -> Bool) throws(WorkbookProblem) {
    while true {
      switch try scanner.next() {
      case .end: return
      case .close, .text: continue
      case .open:
        guard scanner.isNamed("si") else { continue }
        try RichText.read(scanner, into: &bytes)
        guard bytes.count < SharedStrings.byteLimit, ends.count < SharedStrings.countLimit else { throw .tooLarge }
        ends.append(UInt32(bytes.count))
        if ends.count & 0xFFFF == 0, isCancelled() { throw .cancelled }
      }
    }
  }

  /// The bytes of a text; nil where there is none of this number.
  func range(_ number: Int) -> Range<Int>? {
    guard number >= 0, number < ends.count else { return nil }
    return (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
  }
}

/// A text in runs, as cells and shared texts have it.
enum RichText {
  /// Adds the text of the element that has just begun, up to its end.
  static func read(_ scanner: XMLScanner, into bytes: inout [UInt8]) throws(WorkbookProblem) {
    let outside = scanner.depth - 1
    let start = bytes.count
    var isWithin = false
    while scanner.depth > outside {
      switch try scanner.next() {
      case .end: throw scanner.damaged
      case .open:
        if scanner.isNamed("rPh") { try scanner.skipElement() } else { isWithin = scanner.isNamed("t") }
      case .close: isWithin = false
      case .text:
        guard isWithin else { continue }
        try XMLText.append(scanner, to: &bytes)
      }
    }
    XMLText.settle(&bytes, from: start)
  }
}

extension XMLText {
  /// Adds the scanner's present text.
  static func append(_ scanner: XMLScanner, to bytes: inout [UInt8]) throws(WorkbookProblem) {
    let raw = scanner.text
    if scanner.isLiteral || !raw.contains(0x26) {
      bytes.append(contentsOf: raw)
    } else {
      try decode(raw, isLiteral: false, scanner.damaged) { bytes.append($0) }
    }
  }
}
