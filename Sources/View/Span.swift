// Text with a role: what a stretch of text is, never how it looks.

import Diagnostics

/// What a stretch of text is. Renderers decide how each looks.
public enum Role: String, Sendable, CaseIterable {
  case plain
  case emphasis
  case strong
  case money
  case number
  case date
  /// A parameter, measure, scenario or other thing with a name.
  case name
  case place
  /// The clause of a document, such as 三（二）.
  case article
  /// A word of the command or rule language.
  case keyword
  /// Met, paid, saved.
  case good
  /// Failed, refused.
  case bad
  case warning
  /// Of less interest than what is around it.
  case muted
  case code
  case title
  case prompt
}

/// A stretch of text and its role.
public struct Span: Sendable, Hashable {
  public let text: Text
  public let role: Role

  public init(_ text: Text, _ role: Role = .plain) {
    self.text = text
    self.role = role
  }

  /// Text that reads the same in both languages: names, identifiers, whatever came from a file.
  public static func data(_ text: String, _ role: Role = .plain) -> Span { Span(.same(text), role) }

  /// An amount of fen, as yuan in running text: `1,234.50`.
  public static func money(fen: Int64) -> Span { .data(Figures.money(fen: fen), .money) }

  public static func number(_ value: Int64) -> Span { .data(Figures.integer(value), .number) }

  public static func strong(_ text: Text) -> Span { Span(text, .strong) }

  public static func muted(_ text: Text) -> Span { Span(text, .muted) }
}
