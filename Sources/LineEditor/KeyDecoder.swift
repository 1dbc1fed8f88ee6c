// Bytes from the terminal into keys: UTF-8 is decoded here (what is not UTF-8 becomes U+FFFD, so no byte can
// upset what follows), a pasted block is collected, and a few sequences become one key each. Knows nothing of
// the terminal itself: it is fed bytes, and told when none came for a while.

/// Keys that the editor gives a meaning of its own. They use code points that no keyboard sends; typed ones
/// are replaced.
enum EditorKey: UInt32, CaseIterable {
  case paste = 0x81
  case newline, up, down, accept, left, right, home, end, delete, correct
}

/// A queue of bytes and the keys they stand for.
struct KeyDecoder {
  enum Step: Equatable {
    /// A character, a control character, or the code of an `EditorKey`.
    case key(UInt32)
    /// A block that was pasted, without the sequences around it.
    case paste(String)
    /// Nothing until more bytes come. With `briefly`, only for a moment: what is there may be all there is.
    case wait(briefly: Bool)
  }

  /// Whether arrow keys and the like are decoded here rather than left to libedit's bindings: in vi mode,
  /// where their leading escape would leave insertion.
  var decodesCursorKeys = false

  private var bytes: [UInt8] = []
  private var head = 0
  private var pasted: [UInt8]?

  mutating func feed(_ more: some Collection<UInt8>) {
    if head == bytes.count {
      bytes.removeAll(keepingCapacity: head < 65_536)
      head = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Forgets everything typed and pasted so far.
  mutating func discard() {
    bytes = []
    head = 0
    pasted = nil
  }

  /// The next key. `patient` is false when the moment has passed that `wait(briefly: true)` asked for.
  mutating func next(patient: Bool) -> Step {
    while true {
      if pasted != nil { return continuePaste() }
      guard head < bytes.count else { return .wait(briefly: false) }
      let first = bytes[head]
      if first == 0x1b {
        switch matchSequence() {
        case .whole(let meaning, let length):
          head += length
          guard let key = meaning else {
            pasted = []
            continue
          }
          return .key(key.rawValue)
        case .partial where patient:
          return .wait(briefly: true)
        case .partial, .none:
          head += 1
          return .key(first.asKey)
        }
      }
      if first < 0x80 {
        head += 1
        return .key(first.asKey)
      }
      return decode(patient: patient)
    }
  }

  // MARK: Characters

  private mutating func decode(patient: Bool) -> Step {
    let first = bytes[head]
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard (0xc2...0xf4).contains(first) else {
      head += 1
      return .key(0xfffd)
    }
    var end = head + 1
    while end < min(head + length, bytes.count), bytes[end] & 0xc0 == 0x80 { end += 1 }
    if end == bytes.count, end < head + length, patient { return .wait(briefly: true) }
    let scalars = String(decoding: bytes[head..<end], as: UTF8.self).unicodeScalars
    head = end
    guard let scalar = scalars.first, scalars.count == 1, !(0x80...0x9f).contains(scalar.value) else {
      return .key(0xfffd)
    }
    return .key(scalar.value)
  }

  // MARK: Sequences

  private enum Match {
    /// A sequence with its key, or the beginning of a paste.
    case whole(EditorKey?, Int)
    case partial
    case none
  }

  private static let always: [([UInt8], EditorKey?)] = [
    (Array("\u{1b}[200~".utf8), nil),
    (Array("\u{1b}\r".utf8), .newline), (Array("\u{1b}\n".utf8), .newline), (Array("\u{1b}.".utf8), .correct),
    (Array("\u{1b}[A".utf8), .up), (Array("\u{1b}OA".utf8), .up),
    (Array("\u{1b}[B".utf8), .down), (Array("\u{1b}OB".utf8), .down),
  ]

  private static let cursorKeys: [([UInt8], EditorKey?)] = [
    (Array("\u{1b}[C".utf8), .right), (Array("\u{1b}OC".utf8), .right),
    (Array("\u{1b}[D".utf8), .left), (Array("\u{1b}OD".utf8), .left),
    (Array("\u{1b}[H".utf8), .home), (Array("\u{1b}OH".utf8), .home), (Array("\u{1b}[1~".utf8), .home),
    (Array("\u{1b}[F".utf8), .end), (Array("\u{1b}OF".utf8), .end), (Array("\u{1b}[4~".utf8), .end),
    (Array("\u{1b}[3~".utf8), .delete),
  ]

  private func matchSequence() -> Match {
    let rest = bytes[head...]
    var partial = false
    for (sequence, key) in decodesCursorKeys ? Self.always + Self.cursorKeys : Self.always {
      if rest.starts(with: sequence) { return .whole(key, sequence.count) }
      if sequence.starts(with: rest) { partial = true }
    }
    return partial ? .partial : .none
  }

  // MARK: Paste

  private static let pasteEnd = Array("\u{1b}[201~".utf8)

  private mutating func continuePaste() -> Step {
    guard var block = pasted else { preconditionFailure("A paste goes on only after it has begun.") }
    pasted = nil
    while head < bytes.count {
      guard bytes[head] == 0x1b else {
        let stop = bytes[head...].firstIndex(of: 0x1b) ?? bytes.count
        block.append(contentsOf: bytes[head..<stop])
        head = stop
        continue
      }
      let rest = bytes[head...]
      if rest.starts(with: Self.pasteEnd) {
        head += Self.pasteEnd.count
        return .paste(Self.clean(block))
      }
      if Self.pasteEnd.starts(with: rest) { break }
      block.append(0x1b)
      head += 1
    }
    pasted = block
    return .wait(briefly: false)
  }

  /// Line ends become line feeds; control characters and what is not UTF-8 become visible.
  private static func clean(_ block: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: block, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0d: result.append("\n")
      case 0x0a: if !afterReturn { result.append("\n") }
      case 0x09: result.append(scalar)
      case 0..<0x20, 0x7f...0x9f: result.append("\u{fffd}")
      default: result.append(scalar)
      }
      afterReturn = scalar.value == 0x0d
    }
    return String(result)
  }
}

extension UInt8 {
  fileprivate var asKey: UInt32 { UInt32(self) }
}
