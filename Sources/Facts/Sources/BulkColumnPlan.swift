// What a bulk file's columns are read as, and the marks that stand in columns while a dataset is being made. Knows
// nothing of bytes.

/// Marks inside columns while they are being read.
enum Pending {
  /// Nothing was stated, and another field's value is to be taken.
  static let otherField: Int32 = .min + 2
  /// In tables: the text is wrong.
  static let bad: Int32 = .min + 3
  /// In tables: the text is blank.
  static let blank: Int32 = .min + 4
  static let otherField64: Int64 = .min + 2
  /// In tables: the text is written in another way; what it was read as stands beside the table.
  static let odd: Int32 = .min + 5
  /// Whether a number in a table is one of these marks.
  /// In tables: the value is that of the row above.
  static let ditto: Int32 = .min + 6
  static let last: Int32 = ditto
}

/// What is done with the cells of one column of a bulk file.
struct BulkColumnPlan {
  /// What cells become.
  enum Use {
    /// Not wanted.
    case skip
    /// A column without a heading: what stands in it is counted.
    case nameless
    case id
    /// Booleans.
    case flag
    /// Places, choices, months and years: read once for each different text.
    case cached
    case day
    case whole
    case money
    /// Texts and references: numbered by first appearance, resolved when all lists are known.
    case coded
    /// Sets: read once for each different text.
    case set
  }

  let use: Use
  /// The field in the list's declaration; nil for ids and unwanted columns.
  let field: Field?
  let required: Bool
  /// What an empty cell leaves in the column.
  let missing: Int64
  /// By how much numbers are multiplied: the unit in the heading.
  var scale: Int64 = 1
  /// How days are written, if somebody has said it.
  var dates = DateOrder()
  /// What texts stand for that mean nothing by themselves, if somebody has said it.
  var cells: [String: String] = [:]
  /// Whether figures and days may stand for something else, so that none is read at a glance.
  var isSaidOfFigures: Bool { cells.keys.contains { $0.utf8.first.map { $0 < 0x3A } ?? false } }
  /// What decides about the meaning of the column's cells.
  var context: CellContext { CellContext(scale: scale, dates: dates, cells: cells) }
  /// Whether amounts are yuan, which have a way of their own for the usual forms.
  var isYuan: Bool { field?.type == .money }

  /// How many bytes a value of the column takes.
  var width: Int {
    switch use {
    case .flag: 1
    case .money: 8
    case .skip, .nameless, .id, .cached, .day, .whole, .coded, .set: 4
    }
  }

  /// Whether ids are only the numbers of rows, so that others are made where they repeat or lack.
  var isSerial = false

  static let skipped = BulkColumnPlan(use: .skip, field: nil, required: false, missing: 0)
  static let nameless = BulkColumnPlan(use: .nameless, field: nil, required: false, missing: 0)

  /// What becomes of the cells of a field's column.
  ///
  /// - Parameter scale: by how much numbers are multiplied.
  static func of(_ field: Field, scale: Int64) -> BulkColumnPlan {
    let use: BulkColumnPlan.Use =
      switch field.type {
      case .bool: .flag
      case .int: .whole
      case .money, .figure: .money
      case .date: .day
      case .dateOrMonth, .dateOrYear, .place, .county, .area, .choice: .cached
      case .text, .reference: .coded
      case .set: .set
      }
    return BulkColumnPlan(
      use: use, field: field, required: field.absence == .required, missing: ListSchema.whenAbsent(field), scale: scale)
  }
}
