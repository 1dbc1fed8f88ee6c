// Diagnostics as parts of a document and as objects for other programs.

import Diagnostics

extension DiagnosticRole {
  /// How a piece of a shown diagnostic reads among other texts.
  package var role: Role {
    switch self {
    case .location: .strong
    case .error: .bad
    case .warning: .warning
    case .note: .muted
    case .message: .strong
    case .source: .plain
    case .gutter: .muted
    case .caret: .bad
    case .hint: .good
    }
  }
}

extension DiagnosticRenderer {
  /// Diagnostics as a document in the renderer's language: for each the message, the source line with carets, and
  /// the remedy, in lines that are not wrapped.
  package func document(_ diagnostics: [Diagnostic], limit: Int = 20) -> Document {
    guard !diagnostics.isEmpty else { return .empty }
    let lines = lines(diagnostics, limit: limit)
    return Document([.lines(lines.map { $0.map { .data($0.text, $0.role.role) } })])
  }
}

extension JSONValue {
  /// `{"kind":"error","message":…,"line":…,"column":…,"hint":…}`; line and column are null without a place.
  /// A warning has the kind `warning`, a note `note`; `code` and `file` follow for programs that want them.
  package init(_ diagnostic: Diagnostic, in language: Language) {
    let location = diagnostic.location
    self = [
      "kind": .string(diagnostic.severity.rawValue),
      "message": .string(diagnostic.message.in(language)),
      "line": location.map { .int(Int64($0.start.line)) } ?? .null,
      "column": location.map { .int(Int64($0.start.column)) } ?? .null,
      "hint": diagnostic.hint.map { .string($0.in(language)) } ?? .null,
      "code": .string(diagnostic.code),
      "file": (location?.source?.name).map { .string($0) } ?? .null,
    ]
  }
}
