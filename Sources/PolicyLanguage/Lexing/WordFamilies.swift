// The words that begin something, by what they begin. Each family is closed: whoever reads it has an arm for each of
// its words, so that the compiler names the places that a new one needs.
import Reckoning

/// Some of the language's words, by the same names.
protocol WordFamily: RawRepresentable<String>, CaseIterable, Sendable {
  /// The family's members by their words; made once by `family()`.
  static var members: [Word: Self] { get }
}

extension WordFamily {
  /// Nil where the word is none of these.
  init?(_ word: Word) {
    guard let found = Self.members[word] else { return nil }
    self = found
  }

  static func family() -> [Word: Self] {
    var members: [Word: Self] = [:]
    for member in allCases {
      guard let word = Word(rawValue: member.rawValue) else {
        Invariant.broken("families-are-words: every member of a family of words is a word: \(member.rawValue)")
      }
      members[word] = member
    }
    return members
  }
}

/// Begins a declaration.
enum DeclarationWord: String, WordFamily {
  case document, list, value, define, reading, param, measure, duty, note, example, table, limit

  static let members = family()
}

/// Begins a clause of a measure, duty or note.
enum MeasureWord: String, WordFamily {
  case title, article, kind, param, reading, window, no, assume, `for`, `where`, begins, `let`, count, require, once,
    every, only, yields, pay, grant, quota, ordered, error, expect, text, `default`, cap, recover,
    fund

  static let members = family()
}

/// Begins a clause of a document's own; every other word does, too, as that of a remark.
enum HeaderWord: String, WordFamily {
  case title, number, jurisdiction, issued, window, no, currency, `default`, fund

  static let members = family()
}

/// Begins a clause of a list.
enum ListWord: String, WordFamily {
  case title, person, begins, ends, field, joins, gap, lasts

  static let members = family()
}

/// Begins a clause of a limit.
enum LimitWord: String, WordFamily {
  case title, article, over, cap

  static let members = family()
}

/// Begins a clause of an example.
enum ExampleWord: String, WordFamily {
  case district, `as`, with, given, expect

  static let members = family()
}

/// Stands between the two sides of a comparison.
enum ComparisonWord: String, WordFamily {
  case `is`, at, before, after, on, from, within, includes, present

  static let members = family()
}

/// Begins an expression of several words.
enum FormWord: String, WordFamily {
  case nothing, stable, first, whole, years, present, round, number, days, calendar, last

  static let members = family()
}

/// Begins an expression that goes on with `of`.
enum OfWord: String, WordFamily {
  case year, province, prefecture, county, level, later, earlier, larger, smaller, count, sum, smallest, largest,
    earliest, latest, date,
    completion, average

  static let members = family()
}
