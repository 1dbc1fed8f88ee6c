// A diagnostic as lines to read: where, what, the source line with a caret under the exact words, and the remedy.
// The lines come in pieces with roles, so that whoever shows them may colour them. Knows nothing of the terminal
// beyond how many columns it has.

/// What a piece of a shown diagnostic is.
public enum DiagnosticRole: String, Sendable, CaseIterable {
  /// `file:line:column:`
  case location
  case error
  case warning
  case note
  /// What is wrong.
  case message
  /// The text of the source.
  case source
  /// Line numbers and the line beside them.
  case gutter
  /// The carets under the words.
  case caret
  /// The remedy.
  case hint
}

/// A stretch of a shown diagnostic.
public struct DiagnosticPiece: Sendable, Hashable {
  /// What it says, every character visible.
  public let text: String
  /// What it is.
  public let role: DiagnosticRole

  /// A stretch with its role.
  public init(_ text: String, _ role: DiagnosticRole) {
    self.text = text
    self.role = role
  }
}

/// Diagnostics to text in one language.
public struct DiagnosticRenderer: Sendable {
  /// The language of messages and labels.
  public var language: Language
  /// Columns that the excerpt of the source may take.
  public var width: Int
  /// Whether characters of unclear width count two columns.
  public var ambiguousWide: Bool
  /// A source that its reader has just typed: in its first line a place needs no name and no numbers.
  public var typed: String?
  /// Whether identity numbers stand whole in messages and in the lines that they quote.
  public var showsNumbers = false
  /// Every how many columns a tab stop stands.
  var tabWidth: Int

  /// A renderer; widths and tab stops outside their limits become the nearest that will do.
  public init(language: Language, width: Int = 100, ambiguousWide: Bool = false, tabWidth: Int = 4) {
    self.language = language
    self.width = min(max(width, 20), 1_000)
    self.ambiguousWide = ambiguousWide
    self.tabWidth = min(max(tabWidth, 1), 16)
  }

  /// The whole diagnostic as plain text, lines separated by line feeds, without one at the end.
  public func text(_ diagnostic: Diagnostic) -> String {
    lines(diagnostic).map { $0.map(\.text).joined() }.joined(separator: "\n")
  }

  /// The first `limit` diagnostics, and a line that tells how many more there are.
  public func lines(_ diagnostics: [Diagnostic], limit: Int = 20) -> [[DiagnosticPiece]] {
    let limit = max(limit, 1)
    var out = diagnostics.prefix(limit).flatMap { lines($0) }
    if diagnostics.count > limit {
      let more = diagnostics.count - limit
      let text = Text("… and \(more) more", zh: "……另有 \(more) 条")
      out.append([DiagnosticPiece(text.in(language), .note)])
    }
    return out
  }

  /// The lines of one diagnostic. Control characters in its message or in the source are shown, not passed on.
  public func lines(_ diagnostic: Diagnostic) -> [[DiagnosticPiece]] {
    var out = [header(diagnostic)]
    if let location = diagnostic.location { out += excerpt(location) }
    if let hint = diagnostic.hint {
      let label = Text("hint: ", zh: "提示：").in(language)
      out.append([DiagnosticPiece("  " + label, .hint), DiagnosticPiece(clipped(told(hint)), .hint)])
    }
    return out
  }

  /// The severity as a word.
  public static func word(for severity: Diagnostic.Severity) -> Text {
    switch severity {
    case .error: Text("error", zh: "错误")
    case .warning: Text("warning", zh: "警告")
    case .note: Text("note", zh: "说明")
    }
  }

  private func header(_ diagnostic: Diagnostic) -> [DiagnosticPiece] {
    var pieces: [DiagnosticPiece] = []
    if let location = diagnostic.location, location.source?.name != typed || location.start.line > 1 || typed == nil {
      var shown = location.source.map { clipped($0.name) + ":" } ?? ""
      if location.start.line > 0, let naming = location.source?.naming {
        shown += " \(clipped(naming(location.start))):"
      } else if location.start.line > 0 {
        shown += "\(location.start.line):"
        if location.start.column > 0 { shown += "\(location.start.column):" }
      }
      if !shown.isEmpty { pieces.append(DiagnosticPiece(shown + " ", .location)) }
    }
    let role: DiagnosticRole =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    let colon = Text(": ", zh: "：").in(language)
    pieces.append(DiagnosticPiece(Self.word(for: diagnostic.severity).in(language) + colon, role))
    pieces.append(DiagnosticPiece(clipped(told(diagnostic.message)), .message))
    return pieces
  }

  private func told(_ text: Text) -> String {
    language == .zh ? ChineseQuotes.told(text.zh) : text.en
  }

  /// A message may quote data of any length; beyond this it would bury what it says.
  private func clipped(_ text: String) -> String {
    let columns = DisplayWidth(ambiguousWide: ambiguousWide)
    return Visible.text(columns.shortened(covered(text), to: 1_000))
  }

  private func covered(_ text: String) -> String { showsNumbers ? text : PersonalNumbers.covered(text) }

  private func excerpt(_ location: SourceRange) -> [[DiagnosticPiece]] {
    // Of a table, and of a file whose text is not at hand, there is no line to show.
    guard location.start.column > 0, location.source?.naming == nil, location.source?.text.isEmpty == false,
      let line = location.source?.lines.line(location.start.line)
    else { return [] }
    let number = String(location.start.line)
    let margin = String(repeating: " ", count: number.utf8.count)
    let end = location.end.line > location.start.line ? Int.max : location.end.column
    let room = max(width - number.utf8.count - 5, 10)
    let columns = DisplayWidth(ambiguousWide: ambiguousWide)
    let excerpt = Excerpt(
      of: covered(String(line))[...], from: location.start.column, to: end, room: room, tabWidth: tabWidth, columns)
    return [
      [DiagnosticPiece("  \(number) | ", .gutter), DiagnosticPiece(excerpt.text, .source)],
      [
        DiagnosticPiece("  \(margin) | ", .gutter),
        DiagnosticPiece(String(repeating: " ", count: excerpt.caretStart), .source),
        DiagnosticPiece(String(repeating: "^", count: excerpt.caretCount), .caret),
      ],
    ]
  }
}
