// Colour in prompts. libedit has to know which characters of a prompt take no room on the screen: they stand
// between two marks, must be followed by a visible character, and may not follow each other. This file turns
// ordinary text with ANSI sequences into that form. Knows nothing of which colours there are.

/// A prompt split into what is seen and what libedit is given.
struct PromptMarkup: Equatable {
  /// Encloses an escape sequence in `marked`.
  static let mark: UInt32 = 1

  /// The characters that take room, for working out where the cursor is.
  private(set) var visible: [UInt32] = []
  /// The text for libedit, ending in zero.
  private(set) var marked: [UInt32] = []

  init(_ text: String) {
    var pending: [UInt32] = []
    var scalars = text.unicodeScalars.map(\.value)[...]
    while let first = scalars.popFirst() {
      if first == 0x1b {
        pending += Self.takeSequence(&scalars)
      } else {
        append(first == 0 || first == Self.mark ? 0xfffd : first, after: &pending)
      }
    }
    finish(with: pending)
    marked.append(0)
  }

  private mutating func append(_ scalar: UInt32, after pending: inout [UInt32]) {
    if !pending.isEmpty {
      marked.append(Self.mark)
      marked += pending
      marked.append(Self.mark)
      pending = []
    }
    visible.append(scalar)
    marked.append(scalar)
  }

  /// A sequence at the very end would be lost, so it moves before a closing space, or gets one to stand before.
  private mutating func finish(with pending: [UInt32]) {
    guard !pending.isEmpty else { return }
    let standsAlone = marked.count >= 2 && marked[marked.count - 2] != Self.mark
    if visible.last == 0x20, standsAlone {
      visible.removeLast()
      marked.removeLast()
    }
    var rest = pending
    append(0x20, after: &rest)
  }

  /// An escape sequence without its end is taken as far as it goes: it would not be seen either. What cannot belong to
  /// a sequence, such as a mark, ends it.
  private static func takeSequence(_ scalars: inout ArraySlice<UInt32>) -> [UInt32] {
    var sequence: [UInt32] = [0x1b]
    guard scalars.first == 0x5b, let bracket = scalars.popFirst() else { return sequence }
    sequence.append(bracket)
    while let next = scalars.first, (0x20...0x7e).contains(next) {
      sequence.append(next)
      scalars.removeFirst()
      if next >= 0x40 { break }
    }
    return sequence
  }
}
