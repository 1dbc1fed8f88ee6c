// What may be written into cells of a sheet that is to be filled in: one of some words, or a number between bounds. The
// spreadsheet tells whoever types something else; whoever reads the sheet has to look all the same. Knows nothing of
// what the cells mean.

/// Which values cells admit.
package struct AdmittedValues {
  /// What one cell admits.
  package enum Kind: Sendable {
    /// One of these words, which the spreadsheet offers.
    case words([String])
    /// A decimal number; a text is warned of, since it may say the same with a unit.
    case number(least: String?, most: String?)
  }

  /// A list of words is no longer than this.
  private static let longest = 255

  /// Nothing but open cells may be changed, though columns and rows may be made wider and higher.
  static let protection =
    "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\"/>"

  private var rules: [String] = []

  mutating func add(_ kind: Kind, _ cell: String) {
    switch kind {
    case .words(let words):
      let list = words.joined(separator: ",")
      guard !words.contains(where: { $0.contains(",") || $0.contains("\"") }), list.utf16.count <= Self.longest else {
        return
      }
      rules.append(
        "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"\(cell)\"><formula1>"
          + SheetXML.escaped("\"\(list)\"") + "</formula1></dataValidation>")
    case .number(let least, let most):
      let bounds: (name: String, first: String, second: String)
      switch (least, most) {
      case (nil, nil): return
      case (let least?, nil): bounds = ("greaterThanOrEqual", least, "")
      case (nil, let most?): bounds = ("lessThanOrEqual", most, "")
      case (let least?, let most?): bounds = ("between", least, "<formula2>\(most)</formula2>")
      }
      rules.append(
        "<dataValidation type=\"decimal\" errorStyle=\"warning\" operator=\"\(bounds.name)\" allowBlank=\"1\""
          + " showErrorMessage=\"1\" sqref=\"\(cell)\"><formula1>\(bounds.first)</formula1>" + bounds.second
          + "</dataValidation>")
    }
  }

  /// The part of the sheet that says so, which stands behind its merged cells.
  var part: String {
    rules.isEmpty ? "" : "<dataValidations count=\"\(rules.count)\">" + rules.joined() + "</dataValidations>"
  }
}
