// Text with a role: what a stretch of text is, never how it looks.

import Diagnostics

/// What a stretch of text is. Renderers decide how each looks.
package enum Role: String, Sendable, CaseIterable {
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
package struct Span: Sendable, Hashable {
  /// What it says.
  package let text: Text
  /// What it is.
  package let role: Role
  /// The amount in fen that the text writes, for renderers that write it in another unit.
  package let amount: Int64?

  /// Text with a role.
  package init(_ text: Text, _ role: Role = .plain, amount: Int64? = nil) {
    self.text = text
    self.role = role
    self.amount = amount
  }

  /// Text that reads the same in both languages: names, identifiers, whatever came from a file.
  package static func data(_ text: String, _ role: Role = .plain) -> Span { Span(.same(text), role) }

  /// An amount of fen, as yuan in running text: `1,234.50`.
  package static func money(fen: Int64) -> Span { Span(.same(Figures.money(fen: fen)), .money, amount: fen) }

  /// A difference of fen with its sign: `+1,200.00`.
  package static func change(fen: Int64) -> Span {
    Span(.same(Figures.signed(Figures.money(fen: fen), fen)), .money, amount: fen)
  }

  /// A whole number with separators.
  package static func number(_ value: Int64) -> Span { .data(Figures.integer(value), .number) }

  /// Text that stands out.
  package static func strong(_ text: Text) -> Span { Span(text, .strong) }

  /// Text of less interest than what is around it.
  package static func muted(_ text: Text) -> Span { Span(text, .muted) }
}

extension [[Span]] {
  /// The lines that say something in a language: of what is longer in the other, the rest is left out.
  package func told(in language: Language) -> [[Span]] {
    func isBlank(_ line: [Span], _ language: Language) -> Bool { line.allSatisfy { $0.text.in(language).isEmpty } }
    return filter { !isBlank($0, language) || isBlank($0, language == .zh ? .en : .zh) }
  }
}
