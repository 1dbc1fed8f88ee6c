// Diagnostics as parts of a document.

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
