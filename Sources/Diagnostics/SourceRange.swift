// Where something stands: a text with a name, a place in it, a stretch of it. Knows nothing of what is wrong there.

import Synchronization

/// A text that diagnostics point into: a file, or what was typed.
public final class SourceFile: Sendable {
  /// What the user calls it: a path as given, or `<command line>`.
  public let name: String
  /// The last part of its name: what it is called wherever it lies.
  public var nameAlone: String { String(name.split(separator: "/").last ?? "") }
  /// The whole text.
  public let text: String
  /// What a place in it is called, such as `花名册!C17` of a table; nil: by its line and column.
  public let naming: (@Sendable (Position) -> String)?
  /// Texts of other files that stand in this one, by ascending line; each goes to the next, the last to the end.
  public let included: [IncludedText]
  /// Found when first asked for: most texts have nothing wrong in them.
  private let lineMap = Mutex<LineMap?>(nil)

  /// A text under its name.
  public init(
    name: String, text: String, naming: (@Sendable (Position) -> String)? = nil, included: [IncludedText] = []
  ) {
    self.name = name
    self.text = text
    self.naming = naming
    self.included = included
  }

  /// The file whose text stands at a line; nil where the line is this text's own.
  public func file(includedAt line: Int) -> SourceFile? { included.last { $0.line <= line }?.file }

  /// A stretch of this text where it was written, if that is another file.
  func written(_ start: Position, _ end: Position) -> SourceRange? {
    guard let part = included.last(where: { $0.line <= start.line }) else { return nil }
    func moved(_ position: Position) -> Position {
      Position(line: max(1, position.line - part.line + part.from), column: position.column)
    }
    let (start, end) = (moved(start), moved(end))
    return part.file.written(start, end) ?? SourceRange(source: part.file, start: start, end: end)
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

/// The text of a file that stands in another from a line on.
public struct IncludedText: Sendable {
  /// Where the text comes from.
  public let file: SourceFile
  /// The line at which it begins in the whole, from 1.
  public let line: Int
  /// The line of the file that stands there, from 1.
  public let from: Int

  /// A file's text from one of its lines on.
  public init(_ file: SourceFile, at line: Int, from: Int = 1) {
    self.file = file
    self.line = line
    self.from = from
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

extension Diagnostic {
  /// The same, told where the words were written: in the file that was included, if they stand in one.
  public var asWritten: Diagnostic {
    guard let location, let written = location.source?.written(location.start, location.end) else { return self }
    return Diagnostic(severity, code: code, message, hint: hint, at: written, replacement: replacement)
  }
}
