// What is wrong, where, and what would do. Diagnostics are values collected in a list beside a usable partial
// result; nothing here prints.

import Synchronization

/// A text that diagnostics point into: a file, or what was typed.
public final class SourceFile: Sendable {
  /// What the user calls it: a path as given, or `<command line>`.
  public let name: String
  public let text: String
  /// Found when first asked for: most texts have nothing wrong in them.
  private let lineMap = Mutex<LineMap?>(nil)

  public init(name: String, text: String) {
    self.name = name
    self.text = text
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
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (a: Position, b: Position) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// A stretch of text in a named source: from `start` up to, not including, `end`.
public struct SourceRange: Sendable {
  public let source: SourceFile?
  public let start: Position
  public let end: Position

  public init(source: SourceFile?, start: Position, end: Position) {
    self.source = source
    self.start = start
    self.end = end
  }
}

/// One thing that is wrong (or worth knowing), in two languages.
public struct Diagnostic: Sendable {
  public enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  public let severity: Severity
  /// A stable short name of the kind of problem, such as `unknown-column`.
  public let code: String
  public let message: Text
  /// The remedy: what to write instead, or what to do.
  public let hint: Text?
  public let location: SourceRange?
  /// What was probably meant in place of the words at `place`.
  public let replacement: String?

  public init(
    _ severity: Severity, code: String, _ message: Text, hint: Text? = nil, at location: SourceRange? = nil,
    replacement: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.hint = hint
    self.location = location
    self.replacement = replacement
  }

  public static func error(
    _ code: String, _ message: Text, hint: Text? = nil, at location: SourceRange? = nil, replacement: String? = nil
  ) -> Diagnostic {
    Diagnostic(.error, code: code, message, hint: hint, at: location, replacement: replacement)
  }
}
