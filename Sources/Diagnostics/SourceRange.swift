// Where something stands: a text with a name, a place in it, a stretch of it. Knows nothing of what is wrong there.

import Synchronization

/// A text that diagnostics point into: a file, or what was typed.
public final class SourceFile: Sendable {
  /// What the user calls it: a path as given, or `<command line>`.
  public let name: String
  /// The whole text.
  public let text: String
  /// What a place in it is called, such as `花名册!C17` of a table; nil: by its line and column.
  public let naming: (@Sendable (Position) -> String)?
  /// Found when first asked for: most texts have nothing wrong in them.
  private let lineMap = Mutex<LineMap?>(nil)

  /// A text under its name.
  public init(name: String, text: String, naming: (@Sendable (Position) -> String)? = nil) {
    self.name = name
    self.text = text
    self.naming = naming
  }

  /// The beginnings of the lines, counted once.
  public var lines: LineMap {
    lineMap.withLock { known in
      if let known { return known }
      let found = LineMap(text)
      known = found
      return found
    }
  }
}

/// A place in a text. Lines and columns count from 1; columns count characters
/// as a reader sees them (a letter with its accents is one), not bytes.
public struct Position: Sendable, Hashable, Comparable {
  /// From 1.
  public var line: Int
  /// From 1, in characters.
  public var column: Int

  /// A place in a line.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether the first stands before the second.
  public static func < (a: Position, b: Position) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// A stretch of text in a named source: from `start` up to, not including, `end`.
public struct SourceRange: Sendable {
  /// The text; nil where there is none to show.
  public let source: SourceFile?
  /// The first character.
  public let start: Position
  /// The place after the last character.
  public let end: Position

  /// A stretch of a text.
  public init(source: SourceFile?, start: Position, end: Position) {
    self.source = source
    self.start = start
    self.end = end
  }
}
