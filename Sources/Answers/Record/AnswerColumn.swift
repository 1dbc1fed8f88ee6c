// A column of a relation, declared at one place: its key, title, type and unit, how it stands in a table for people,
// which other forms have it, and how its value is found in what the rows are about. Knows nothing of how forms write
// it.

import Diagnostics
import Reckoning
import View

/// What is said of a column apart from its values.
package struct ColumnHead: Sendable {
  /// The name that programs read.
  package let key: String
  package var title: Text
  package var type: DatumType
  /// In what its figures are counted; nil where they need no unit.
  package var unit: Unit?
  /// How it stands in a table for people; nil: it does not.
  package var stand: Stand?
  /// Which other forms have it.
  package var faces: Faces
  /// Whether CSV has its title for a heading instead of its key, since the key is only ours.
  var isHeadedByTitle = false
  /// Whether an object leaves it out where there is none, instead of saying so.
  package var isLeftOutWhenNone = false

  var isForPeople: Bool { stand != nil }
  var isForObjects: Bool { faces.contains(.json) }
  var isForRecords: Bool { !faces.isDisjoint(with: [.csv, .csvShown]) }

  /// How a column stands in a table.
  package struct Stand: Sendable {
    package var alignment: Table.Alignment
    /// When it goes if the window is narrow.
    package var importance: Table.Importance
    /// What its values are for a reader.
    package var role: Role = .plain
  }

  /// The forms beside the table for people.
  package struct Faces: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// The objects for programs.
    package static let json = Faces(rawValue: 1)
    /// The records for programs, where they are not simply the table for people.
    package static let csv = Faces(rawValue: 2)
    /// The same, with what a person sees, in English, instead of the value.
    package static let csvShown = Faces(rawValue: 4)
  }
}

/// A column over things of one type.
package struct AnswerColumn<Entry: Sendable>: Sendable {
  package private(set) var head: ColumnHead
  /// The value for a thing.
  let value: @Sendable (Entry) -> Datum
  /// What a person sees where it is more, or other, than the value; nil for a thing: the value.
  private(set) var shown: (@Sendable (Entry) -> [Span]?)?

  /// - Parameters:
  ///   - importance: how it matters in a table for people; nil: it does not stand there.
  package init(
    _ type: DatumType, _ key: String, _ title: Text, _ importance: Table.Importance?,
    _ value: @escaping @Sendable (Entry) -> Datum
  ) {
    let stand = importance.map { ColumnHead.Stand(alignment: type.isFigure ? .right : .left, importance: $0) }
    let isMoney = type == .money || type == .change
    head = ColumnHead(
      key: key, title: title, type: type, unit: isMoney ? .yuan : nil, stand: stand, faces: .json)
    self.value = value
  }

  // MARK: By type

  /// Names and identifiers.
  package static func id(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil,
    _ value: @escaping @Sendable (Entry) -> String?
  ) -> AnswerColumn { AnswerColumn(.id, key, title, importance) { .id(value($0)) } }

  /// The Chinese name of what an id before it names, for programs: ids stay as they are in either language.
  package static func chineseName(_ value: @escaping @Sendable (Entry) -> String?) -> AnswerColumn {
    .id("name_zh", Text("Name in Chinese", zh: "中文名称"), nil, value)
  }

  /// Words of ours.
  package static func words(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil, _ value: @escaping @Sendable (Entry) -> Text?
  ) -> AnswerColumn { AnswerColumn(.words, key, title, importance) { .words(value($0)) } }

  /// Whole numbers of things.
  package static func count(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil, _ value: @escaping @Sendable (Entry) -> Int64?
  ) -> AnswerColumn { AnswerColumn(.count, key, title, importance) { value($0).map { .count($0) } ?? .none } }

  /// Amounts in fen.
  package static func money(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil, _ fen: @escaping @Sendable (Entry) -> Int64?
  ) -> AnswerColumn { AnswerColumn(.money, key, title, importance) { .money(fen($0)) } }

  /// Differences in fen.
  package static func change(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil, _ fen: @escaping @Sendable (Entry) -> Int64?
  ) -> AnswerColumn { AnswerColumn(.change, key, title, importance) { .change(fen($0)) } }

  /// Days, or months and years of them, as text.
  package static func date(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil, _ value: @escaping @Sendable (Entry) -> String?
  ) -> AnswerColumn { AnswerColumn(.date, key, title, importance) { value($0).map { .date($0) } ?? .none } }

  /// Whether something holds.
  package static func flag(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil, _ value: @escaping @Sendable (Entry) -> Bool
  ) -> AnswerColumn { AnswerColumn(.flag, key, title, importance) { .flag(value($0)) } }

  /// Lists of names.
  package static func ids(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil,
    _ value: @escaping @Sendable (Entry) -> [String]
  ) -> AnswerColumn { AnswerColumn(.list, key, title, importance) { .ids(value($0)) } }

  /// Lists of records within each row.
  package static func rows(_ key: String, _ title: Text, _ value: @escaping @Sendable (Entry) -> Relation)
    -> AnswerColumn
  {
    AnswerColumn(.rows, key, title, nil) { .rows(value($0)) }
  }

  /// Values whose type changes from row to row.
  package static func mixed(
    _ key: String, _ title: Text, _ importance: Table.Importance? = nil, _ value: @escaping @Sendable (Entry) -> Datum
  ) -> AnswerColumn { AnswerColumn(.mixed, key, title, importance, value) }

  // MARK: What differs from the usual

  /// What a person sees where that is not simply the value.
  package func shown(_ shown: @escaping @Sendable (Entry) -> [Span]?) -> AnswerColumn {
    changed { $0.shown = shown }
  }

  /// What the values are for a reader.
  package func role(_ role: Role) -> AnswerColumn { changed { $0.head.stand?.role = role } }

  /// At which side of the column values stand.
  package func aligned(_ alignment: Table.Alignment) -> AnswerColumn {
    changed { $0.head.stand?.alignment = alignment }
  }

  /// Which forms have it beside the table for people; without this, the objects for programs.
  package func faces(_ faces: ColumnHead.Faces) -> AnswerColumn { changed { $0.head.faces = faces } }

  /// In the table for people only.
  package func forPeople() -> AnswerColumn { faces([]) }

  /// In the forms for programs only.
  package func forProgramsOnly() -> AnswerColumn { changed { $0.head.stand = nil } }

  /// CSV has the title for a heading.
  package func headedByTitle() -> AnswerColumn { changed { $0.head.isHeadedByTitle = true } }

  /// Objects leave it out where there is none.
  package func leftOutWhenNone() -> AnswerColumn { changed { $0.head.isLeftOutWhenNone = true } }

  /// In what its figures are counted.
  package func unit(_ unit: Unit) -> AnswerColumn { changed { $0.head.unit = unit } }

  private func changed(_ change: (inout AnswerColumn) -> Void) -> AnswerColumn {
    var column = self
    change(&column)
    return column
  }
}
