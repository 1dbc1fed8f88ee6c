// What an answer looks like, before anyone decides where it is shown: a list of blocks. The same document becomes
// terminal lines, Markdown, CSV or a page. Knows nothing of policies, and nothing of how wide a window is.

import Diagnostics

/// An answer: blocks from top to bottom.
public struct Document: Sendable {
  /// From top to bottom.
  public var blocks: [Block]

  /// A document of some blocks.
  public init(_ blocks: [Block] = []) {
    self.blocks = blocks
  }

  /// Nothing to show.
  public static let empty = Document()

  /// Whether there is nothing to show.
  public var isEmpty: Bool { blocks.isEmpty }

  /// Adds a block at the end.
  public mutating func append(_ block: Block) { blocks.append(block) }

  /// Adds another document's blocks at the end.
  public mutating func append(_ other: Document) { blocks += other.blocks }

  /// One document after another.
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

  /// A heading; level 1 is the largest.
  public static func heading(_ level: Int, _ text: Text) -> Block { .heading(level: level, [Span(text, .title)]) }

  /// A paragraph of plain text.
  public static func paragraph(_ text: Text) -> Block { .paragraph([Span(text)]) }

  /// A remark of no urgency.
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

  /// How the remark reads among other texts.
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
  /// What the line says.
  public var line: [Span]
  /// What it rests on.
  public var children: [TreeNode]
  /// Whether the children start out hidden: a terminal says how many there are, a page lets them be opened.
  public var isFolded: Bool

  /// A line with what it rests on.
  public init(_ line: [Span], children: [TreeNode] = [], isFolded: Bool = false) {
    self.line = line
    self.children = children
    self.isFolded = isFolded
  }

  /// The number of nodes below this one.
  var descendants: Int {
    var count = 0
    var open = children
    while let node = open.popLast() {
      count += 1
      open += node.children
    }
    return count
  }
}
