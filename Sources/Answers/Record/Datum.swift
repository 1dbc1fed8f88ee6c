// One value of an answer, typed: what a person sees of it and what a program reads of it follow from the type. Knows
// nothing of the forms.

import Diagnostics
import Reckoning

/// A value of an answer.
package indirect enum Datum: Sendable {
  /// There is no such thing.
  case none
  /// Words of ours, in both languages. Programs read the English.
  case words(Text)
  /// A name, an identifier, whatever came from a file: the same in both languages.
  case id(String)
  case flag(Bool)
  /// A whole number of things.
  case count(Int64)
  /// An amount in fen.
  case money(fen: Int64)
  /// A difference of amounts in fen, which people see with its sign.
  case change(fen: Int64)
  /// The text of a decimal number, such as `0.375`.
  case decimal(String)
  case share(Share)
  /// A day as `2024-06-30`, or the month or year of one.
  case date(String)
  case list([Datum])
  /// A record within the record.
  case record(Record)
  /// A list of records.
  case rows(Relation)

  /// A whole number of things that are counted in memory.
  package static func count(_ value: Int) -> Datum { .count(Int64(value)) }

  /// A list of names.
  package static func ids(_ names: [String]) -> Datum { .list(names.map { .id($0) }) }

  /// A day, or none.
  package static func day(_ day: Day?) -> Datum { day.map { .date($0.text) } ?? .none }

  /// A name, or none.
  package static func id(_ name: String?) -> Datum { name.map { .id($0) } ?? .none }

  /// An amount, or none.
  package static func money(_ fen: Int64?) -> Datum { fen.map { .money(fen: $0) } ?? .none }

  /// A difference, or none.
  package static func change(_ fen: Int64?) -> Datum { fen.map { .change(fen: $0) } ?? .none }

  /// Words, or none.
  package static func words(_ text: Text?) -> Datum { text.map { .words($0) } ?? .none }
}

/// What a column holds. Every one may hold `none` as well.
package enum DatumType: Sendable, Hashable {
  case words
  case id
  case flag
  case count
  case money
  case change
  case decimal
  case share
  case date
  case list
  case record
  case rows
  /// Values whose type changes from row to row, such as those of parameters.
  case mixed

  /// Whether a value is of this type.
  func admits(_ datum: Datum) -> Bool {
    switch datum {
    case .none: true
    case .words: self == .words || self == .mixed
    case .id: self == .id || self == .mixed
    case .flag: self == .flag || self == .mixed
    case .count: self == .count || self == .mixed
    case .money: self == .money || self == .mixed
    case .change: self == .change || self == .mixed
    case .decimal: self == .decimal || self == .mixed
    case .share: self == .share || self == .mixed
    case .date: self == .date || self == .mixed
    case .list: self == .list
    case .record: self == .record || self == .mixed
    case .rows: self == .rows
    }
  }

  /// Whether its values stand under each other by their last digit.
  var isFigure: Bool {
    switch self {
    case .count, .money, .change, .decimal, .share: true
    case .words, .id, .flag, .date, .list, .record, .rows, .mixed: false
    }
  }
}

/// In what a column's figures are counted.
package struct Unit: Sendable, Hashable {
  /// The unit's name.
  package let name: Text

  package init(_ name: Text) { self.name = name }

  /// Amounts: programs read yuan with two decimals, though values are held in fen.
  package static let yuan = Unit(Text("yuan", zh: "元"))
}
