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
  /// What it says.
  public let text: Text
  /// What it is.
  public let role: Role
  /// The amount in fen that the text writes, for renderers that write it in another unit.
  public let amount: Int64?

  /// Text with a role.
  public init(_ text: Text, _ role: Role = .plain, amount: Int64? = nil) {
    self.text = text
    self.role = role
    self.amount = amount
  }

  /// Text that reads the same in both languages: names, identifiers, whatever came from a file.
  public static func data(_ text: String, _ role: Role = .plain) -> Span { Span(.same(text), role) }

  /// An amount of fen, as yuan in running text: `1,234.50`.
  public static func money(fen: Int64) -> Span { Span(.same(Figures.money(fen: fen)), .money, amount: fen) }

  /// A difference of fen with its sign: `+1,200.00`.
  public static func change(fen: Int64) -> Span {
    Span(.same(Figures.signed(Figures.money(fen: fen), fen)), .money, amount: fen)
  }

  /// A whole number with separators.
  public static func number(_ value: Int64) -> Span { .data(Figures.integer(value), .number) }

  /// Text that stands out.
  public static func strong(_ text: Text) -> Span { Span(text, .strong) }

  /// Text of less interest than what is around it.
  public static func muted(_ text: Text) -> Span { Span(text, .muted) }
}
