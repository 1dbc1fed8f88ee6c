// What an answer looks like, before anyone decides where it is shown: a list of blocks. The same document becomes
// terminal lines, Markdown, CSV or a page. Knows nothing of policies, and nothing of how wide a window is.

import Diagnostics

/// An answer: blocks from top to bottom.
public struct Document: Sendable {
  public var blocks: [Block]

  public init(_ blocks: [Block] = []) {
    self.blocks = blocks
  }

  public static let empty = Document()

  public var isEmpty: Bool { blocks.isEmpty }

  public mutating func append(_ block: Block) { blocks.append(block) }

  public mutating func append(_ other: Document) { blocks += other.blocks }

  public static func + (first: Document, second: Document) -> Document { Document(first.blocks + second.blocks) }
}

/// One part of a document.
public enum Block: Sendable {
  /// Level 1 is the largest; levels outside 1 to 6 count as the nearest.
  case heading(level: Int, [Span])
  case paragraph([Span])
  case list(ordered: Bool, [[Span]])
  case table(Table)
  /// Derivations: each node a line, its reasons below it.
  case tree([TreeNode])
  case chart(Chart)
  /// Text shown as it stands, such as a rule of a policy document. The language is that of a code fence.
  case code(String, language: String?)
  /// Lines shown as they stand, with roles; not broken when the window is narrow.
  case lines([[Span]])
  case rule
  case note(NoteKind, [Span])

  public static func heading(_ level: Int, _ text: Text) -> Block { .heading(level: level, [Span(text, .title)]) }

  public static func paragraph(_ text: Text) -> Block { .paragraph([Span(text)]) }

  public static func note(_ text: Text) -> Block { .note(.note, [Span(text)]) }
}

/// How much a remark matters.
public enum NoteKind: String, Sendable, CaseIterable {
  case note
  case warning
  case error

  /// The word before the remark.
  public var word: Text {
    switch self {
    case .note: Text("Note", zh: "注")
    case .warning: Text("Warning", zh: "注意")
    case .error: Text("Error", zh: "错误")
    }
  }

  public var role: Role {
    switch self {
    case .note: .muted
    case .warning: .warning
    case .error: .bad
    }
  }
}

/// A line of a derivation and what it rests on.
public struct TreeNode: Sendable {
  public var line: [Span]
  public var children: [TreeNode]
  /// Whether the children start out hidden: a terminal says how many there are, a page lets them be opened.
  public var isFolded: Bool

  public init(_ line: [Span], children: [TreeNode] = [], isFolded: Bool = false) {
    self.line = line
    self.children = children
    self.isFolded = isFolded
  }

  /// The number of nodes below this one.
  public var descendants: Int {
    var count = 0
    var open = children
    while let node = open.popLast() {
      count += 1
      open += node.children
    }
    return count
  }
}
