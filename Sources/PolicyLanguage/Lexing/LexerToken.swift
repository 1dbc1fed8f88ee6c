// One token of a rule: its sort and where it stands. The text stays in the bytes until somebody asks for it. Knows
// nothing of what may follow what.

/// What a piece of rule text is to the grammar.
enum TokenSort: UInt8, Sendable {
  case word
  /// Digits, with separators and 万 or 亿 if any.
  case number
  /// `2022-01-28`
  case date
  /// A place code with a dash: `350500-tiz`.
  case code
  /// With its quotation marks.
  case string
  case open, close, comma, colon, semicolon, dot, percent
  case equals, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case plus, minus, times, divide
  /// A sign of programming languages that has a word here: `==`, `!=`, `&&`.
  case foreign
  /// A character that means nothing here.
  case unknown
  case end
}

/// A piece of rule text.
struct Token: Sendable {
  var sort: TokenSort
  var word: Word = .other
  /// The first token of its line.
  var startsLine = false
  /// Has full-width characters, separators, multipliers or escapes: the text is not simply the bytes.
  var needsCare = false
  /// Byte offsets in the rule text.
  var start: Int
  var end: Int
  var line: Int
  /// Counted in characters from 1.
  var column: Int
  var endColumn: Int

  /// A sign that goes on with an expression, so that a word before it is a name.
  var isOperator: Bool {
    switch sort {
    case .word: word.isOperator
    case .close, .comma, .semicolon, .dot, .percent, .equals, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .plus, .minus, .times, .divide, .foreign:
      true
    case .number, .date, .code, .string, .open, .colon, .unknown, .end: false
    }
  }
}

extension TokenSort {
  /// Whether a name that may hold dashes and dots is made of such.
  var isPartOfName: Bool { self == .word || self == .number || self == .code || self == .date }

  /// The comparison that the sign stands for.
  var comparison: Expression.Comparison? {
    switch self {
    case .equals: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .word, .number, .date, .code, .string, .open, .close, .comma, .colon, .semicolon, .dot, .percent, .plus,
      .minus, .times, .divide, .foreign, .unknown, .end:
      nil
    }
  }
}

extension Array<UInt8> {
  func text(_ start: Int, _ end: Int) -> String {
    guard start >= 0, start < end, end <= count else { return "" }
    return String(decoding: self[start..<end], as: UTF8.self)
  }
}
