// What is wrong, where, and what would do. Diagnostics are values collected in a list beside a usable partial
// result; nothing here prints.

/// One thing that is wrong (or worth knowing), in two languages.
public struct Diagnostic: Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  /// How bad it is: an error keeps its subject from being used.
  public let severity: Severity
  /// A stable short name of the kind of problem, such as `unknown-column`.
  public let code: String
  /// What is wrong, in one sentence.
  public let message: Text
  /// The remedy: what to write instead, or what to do.
  public let hint: Text?
  /// The words that are wrong; nil where it is not about words.
  public let location: SourceRange?
  /// What was probably meant in place of the words at `location`.
  public let replacement: String?

  /// Something wrong or worth knowing.
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

  /// Something that keeps its subject from being used.
  public static func error(
    _ code: String, _ message: Text, hint: Text? = nil, at location: SourceRange? = nil, replacement: String? = nil
  ) -> Diagnostic {
    Diagnostic(.error, code: code, message, hint: hint, at: location, replacement: replacement)
  }
}
