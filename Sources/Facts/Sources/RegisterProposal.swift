// What a register is taken for before there is a scenario: which list its sheet is of, which column states which fact,
// and whom it only names. Knows nothing of what is made of that, or of the scenario that will hold it.
import Diagnostics
import Reckoning

/// A register looked at.
package struct RegisterProposal {
  /// One column of the sheet.
  package struct Column: Sendable {
    /// What becomes of it.
    package enum Use: Sendable {
      /// It states a field by the field's own name.
      case own
      /// It states a field by a heading that registers commonly have.
      case usual
      /// It states a field that its cells show, where no row names the columns.
      case values
      /// It says where the records are that another column names.
      case place(of: String)
      /// Nothing is read from it.
      case ignored
    }

    /// From 1.
    package let number: Int
    package let heading: String
    package let use: Use
    /// The field that it states; nil where it states none.
    package let field: Field?
    /// A cell as it is written, the middle of identity numbers covered; nil where no cell of the first rows has any.
    package let sample: String?
    /// Whether somebody has left it by its place, so that its heading, which another may have, is not left.
    var isLeftByPlace = false
  }

  /// The records of another list that the register names.
  package struct Named: Sendable {
    package let list: ListDeclaration
    /// The heading of the column that names them.
    package let heading: String
    package var records: [Record] = []
    /// What a record of the list must state and the register does not tell.
    package let lacking: [String]
  }

  /// A record that is only named.
  package struct Record: Sendable {
    package let name: String
    /// In how many rows.
    package var rows: Int
    /// Where it is, if the register says so.
    package var place: Int32?
    /// Where the register names it first.
    package let location: SourceRange
  }

  package let list: ListDeclaration
  /// Other lists that the sheet could be of.
  package let others: [String]
  package let columns: [Column]
  package let rows: Int
  package let named: [Named]
  /// What one should look at.
  package let doubts: [Diagnostic]
  /// Columns of which nothing is read although they look like facts that no column states.
  package let unread: [Unread]
  /// What its records are called, by id and by name as `RegisterSurvey.plain` has them, where other lists may name
  /// them.
  package let called: Set<String>
  /// Other sheets of the workbook that hold records of another list.
  package let sheets: [(name: String, list: ListDeclaration)]
  /// What the columns were taken for by their cells, where no row names them; nil where one does.
  package let headless: HeadlessColumns?
  /// How days are written that could be read in several ways, where the file itself shows it.
  package let orders: [(field: Field, order: DateOrder)]
  /// The fields of which days could be read in several ways, and nothing in the file shows which.
  package let openDays: [Field]

  /// A column that may be lost.
  package struct Unread: Sendable {
    package let heading: String
    /// What it looks like.
    package let look: Text
    /// The facts that it could state, the likeliest first.
    package let fields: [Field]
    /// Whether the heading speaks of the first of them.
    package let isLikely: Bool
  }

  /// What has to stand under `ignore` for the sheet to load.
  package var ignored: [String] {
    columns.compactMap { column in
      switch column.use {
      case .ignored, .place:
        // Of two columns of one heading the other is read by it.
        column.isLeftByPlace || columns.contains { $0.heading == column.heading && $0.field != nil }
          ? nil : list.name + "." + column.heading
      case .own, .usual, .values: nil
      }
    }
  }
}

extension RegisterProposal.Column {
  /// A cell as it may be shown.
  static func covered(_ text: String, _ field: Field?, _ list: ListDeclaration) -> String {
    let isNumber = field.map { $0.name == list.personID } ?? false
    let isRead = field != nil && !isNumber
    guard isNumber || (!isRead && IdentityNumber.looksPersonal(text)) else { return PersonalNumbers.sample(text) }
    return PersonalNumbers.middle(IdentityNumber.bared(text))
  }
}

/// Why a register cannot be taken for a list.
package struct RegisterRefusal: Error {
  package let diagnostics: [Diagnostic]
  /// What somebody who is there could say, so that it can.
  package var question: RegisterQuestion?
}

extension RegisterRefusal {
  /// The same, with the row that an earlier scenario keeps for the headings.
  package func withHeaderRow(_ row: Int, of model: String) -> RegisterRefusal {
    var out = diagnostics
    if let first = out.first {
      let hint = first.hint.map { ($0.en + "; ", $0.zh + "；") } ?? ("", "")
      out[0] = Diagnostic(
        first.severity, code: first.code, first.message,
        hint: Text(
          "\(hint.0)row \(row) is taken for the headings, as `header_row:` of \(model) says: `header 1` says another",
          zh: "\(hint.1)表头按 \(model) 的 `header_row:` 取第 \(row) 行，如在其他行请写“表头行 1”"), at: first.location)
    }
    return RegisterRefusal(diagnostics: out, question: question)
  }
}

/// What a register does not say of itself.
package enum RegisterQuestion: Sendable {
  /// Which of several lists it is of.
  case list([ListDeclaration])
  /// Which column states what every record of a list must state.
  /// - Parameters:
  ///   - could: the headings of columns whose cells could, the first the likeliest.
  ///   - others: those of all other columns that nothing is read from.
  case column(Field, of: ListDeclaration, could: [String], others: [String])
  /// Whether the columns that no row names are what their cells show.
  case headless(HeadlessColumns)
  /// Nothing: tables with the same headings stand side by side, each of which is named by its columns.
  case tables([String])
  /// Nothing: each person has a form.
  case cards
}
