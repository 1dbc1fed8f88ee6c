// The words that the rule language gives a meaning, and where each of them has it. None is forbidden as a field's name
// after a dot; only the few of `isReserved` cannot stand alone as a name. Knows nothing of the grammar around them.

/// A word of the language; `other` is everybody else's.
enum Word: String, CaseIterable, Sendable {
  case other = ""
  // Declarations.
  case document, list, value, define, reading, param, measure, duty, note, example
  // Clauses.
  case title, article, kind, window, no, assume, `for`, `where`, begins, `let`, count, require, once, every, only,
    yields
  case pay, grant, quota, ordered, error, expect, text
  case number, jurisdiction, issued
  case person, ends, field
  case district, `as`, with, given
  // Within clauses.
  case joins, gap, same, calendar, succession, unless, applicable, complete
  case zh, `default`, each, a, an, all, record, per, the, highest, preferring, time, any, label, says, lasts, required,
    absent, means
  case none, empty, one, reference, set, adopted, enacted, yuan
  case total, due, pending, displaced, over, payments, unpriced, undetermined, elsewhere, grants, met, unknown
  // Expressions.
  case `is`, not, and, or, `if`, then, otherwise, except, governed, by, when, of, from, to, at, least, most, before
  case after, on, within, includes, stable, completion, whole, months, month, years, year, province, later, earlier
  case larger, smaller, largest, smallest, earliest, latest, sum, date, `in`, first, day, nothing, running, present
  // Sets by keys.
  case others = "other"
  case candidates, it, different, average, ascending
  // Tables.
  case table, up, below, above, through
  // Caps.
  case cap, limit, turn, proportion
  // Days, growth, levels of places, periods.
  case days, last, quarter, grown, county, prefecture, level, period, currency, decimals, outside
  // Taking back, and what is below nought.
  case recover, recovered, nought
  // Instalments and rounding.
  case part, parts, rest, equal, round, down
  // Sources of money.
  case fund
}

// MARK: - What words are

extension Word {
  /// Cannot be a name by itself: a reader could not tell it from the language's own use.
  var isReserved: Bool { Self.reserved.contains(self) }

  private static let reserved: Set<Word> = [
    .is, .not, .and, .or, .if, .then, .otherwise, .except, .governed, .when, .where, .of, .from, .to, .at, .before,
    .after, .on, .in, .by, .over, .per, .for, .within, .includes, .zh,
  ]

  /// Never the unit of the number before it.
  var endsNumber: Bool { Self.endingNumbers.contains(self) }

  private static let endingNumbers: Set<Word> = reserved.union([
    .with, .once, .every, .begins, .each, .default, .unless, .label, .says, .required, .absent, .given, .preferring,
    .as, .through, .grown,
  ])

  /// Goes on with an expression that the line before has begun, so that the word before it is a name, not a clause.
  var continuesExpression: Bool { Self.continuing.contains(self) }

  private static let continuing: Set<Word> = [
    .is, .and, .or, .then, .otherwise, .except, .governed, .when, .of, .from, .to, .at, .before, .after, .on, .in, .by,
    .over, .per, .within, .includes, .where, .for,
  ]

  /// Certainly goes on with what came before: no clause has this as its second word.
  var isOperator: Bool { self == .is || self == .and || self == .or }

  /// Begins a clause or declaration, and is a likely name of a field, a value or a reading as well.
  var isLikelyName: Bool { Self.likelyNames.contains(self) }

  private static let likelyNames: Set<Word> = [
    .title, .article, .kind, .window, .text, .number, .note, .value, .list, .document, .person, .count, .begins, .ends,
    .error, .district, .issued, .reading, .example, .jurisdiction, .quota, .grant, .measure, .duty, .table, .cap,
    .limit, .recover, .fund,
  ]

  /// Begins a declaration when it is the first word of a line.
  var isDeclaration: Bool { DeclarationWord(self) != nil }
  var isMeasureClause: Bool { MeasureWord(self) != nil }
  var isHeaderClause: Bool { HeaderWord(self) != nil }
  var isListClause: Bool { ListWord(self) != nil }
  var isExampleClause: Bool { ExampleWord(self) != nil }
  var isLimitClause: Bool { LimitWord(self) != nil }

  /// Whether the next word belongs to the clause that starts with this one, although it could also be an operator.
  func leads(to next: Word) -> Bool { Self.leading[self]?.contains(next) == true }

  private static let leading: [Word: Set<Word>] = [
    .window: [.from, .to], .yields: [.to], .ordered: [.by], .once: [.per], .as: [.of],
  ]

  /// Clause words that a clause of this kind takes as its own, when they stand deeper than it does.
  func takes(_ word: Word) -> Bool { Self.taking[self]?.contains(word) == true }

  private static let taking: [Word: Set<Word>] = [
    .count: [.where, .begins, .every, .once], .pay: [.for], .quota: [.for], .only: [.for],
    .cap: [.for], .recover: [.for],
  ]
}

/// Words by their bytes. Filled once; a look-up is a hash of the first and last eight bytes and one comparison.
struct WordTable: Sendable {
  static let shared = WordTable()

  private struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var word: Word = .other
  }

  private static let longest = 16
  private let slots: [Slot]

  private init() {
    var slots = [Slot](repeating: Slot(), count: 1024)
    for word in Word.allCases where word != .other {
      let bytes = Array(word.rawValue.utf8)
      let (low, high) = Self.key(bytes, 0, bytes.count)
      var slot = Self.hash(low, high)
      while slots[slot].word != .other { slot = (slot + 1) & 1023 }
      slots[slot] = Slot(low: low, high: high, word: word)
    }
    self.slots = slots
  }

  /// The word between two offsets, compared byte for byte.
  func word(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Word {
    guard end - start <= Self.longest else { return .other }
    let (low, high) = Self.key(bytes, start, end)
    var slot = Self.hash(low, high)
    while slots[slot].word != .other {
      if slots[slot].low == low, slots[slot].high == high { return slots[slot].word }
      slot = (slot + 1) & 1023
    }
    return .other
  }

  private static func key(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (UInt64, UInt64) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for i in start..<end {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(bytes[i])
    }
    return (low, high)
  }

  private static func hash(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low ^ (high &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed >> 54)
  }
}
