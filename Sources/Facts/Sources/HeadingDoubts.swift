// What the first cells of a column say against what its heading looks like, and what stands between cells where that is
// no comma. Knows nothing of what becomes of columns.
import Diagnostics
import Reckoning

extension BulkHeader {
  /// Whether a heading that is only composed like one of days stands above yes and no (Terminated, Left), or one of
  /// other records that need not be stated above amounts (Base).
  static func isOfAnotherSort(
    _ column: Int, _ match: Headings.Match, _ top: [BulkRow], after row: BulkRow, _ schema: ListSchema
  ) -> Bool {
    guard match.field >= 0 else { return false }
    let field = schema.fields[match.field]
    let isDay = field.type == .date && match.rank >= ComposedHeadings.rank
    var isName = false
    if case .reference = field.type, field.absence != .required { isName = true }
    guard isDay || isName else { return false }
    let cells = top.filter { $0.line >= row.nextLine && $0.cells.indices.contains(column) }.map {
      $0.cells[column].text
    }.filter { !$0.isEmpty }
    if isDay { return !cells.isEmpty && cells.allSatisfy { WordWriting.bool($0) != nil } }
    let amounts = cells.compactMap { AmountWriting.ungrouped($0) }
    return !cells.isEmpty && amounts.count == cells.count && amounts.contains { $0.contains(".") }
  }

  static func separator(_ text: String, _ schema: ListSchema) -> String? {
    guard text.utf8.count < 10_000 else { return nil }
    for (mark, name) in [("\t", "tab"), (";", ";"), ("；", "；"), ("，", "，"), ("|", "|")] as [(Character, String)] {
      let parts = text.split(separator: mark)
      if parts.count > 1, parts.contains(where: { schema.column(String(Members.trimmed($0))) != nil }) { return name }
    }
    return nil
  }

  /// Tells of a column whose fact another one states.
  func tellRepeated(
    _ heading: String, _ column: Int, _ match: Headings.Match, _ holders: [Int: Int], _ matches: [Headings.Match?],
    _ schema: ListSchema, _ at: SourceRange, _ findings: inout Findings
  ) {
    let field = schema.words(match.field)
    let name = String(Members.trimmed(heading[...]))
    let holder = Invariant.value(
      holders[match.field], "fields-have-holders: a field that a heading means is held by one of the columns")
    let isOther = Headings.bare(name).name != Headings.bare(names[holder]).name
    if match.rank > 1, let other = matches[holder],
      other.rank < match.rank || match.field < 0 || (other.rank == match.rank && isOther)
    {
      let isSerial = HeadingNotes.serials.contains(Headings.bare(name).name)
      findings.add(HeadingNotes.notUsed(name, field, names[holder], isNote: isSerial), at: at)
    } else {
      findings.add(.repeatedColumn(name, field: field, place: column + 1), at: at)
    }
  }
}

extension BulkHeader {
  /// Lets a column that is called as the records' own ids are (编号, ID) state identity numbers where its cells are
  /// such and no other column does. `id` itself is what files made for the purpose call the records' ids.
  static func readNumbers(
    _ matches: inout [Headings.Match?], _ holders: inout [Int: Int], _ found: HeadingSearch, _ top: [BulkRow],
    _ headings: Headings, _ schema: ListSchema
  ) {
    guard let number = schema.declaration.personID.flatMap({ schema.named($0) }), holders[number] == nil else { return }
    let column = matches.indices.first { column in
      let heading = found.cells[column].text
      guard matches[column]?.field == -1, Members.trimmed(heading[...]) != "id", !headings.isSaid(heading) else {
        return false
      }
      return holdsNumbers(
        top.compactMap { row in
          row.line >= found.row.nextLine && row.cells.indices.contains(column) ? row.cells[column].text : nil
        })
    }
    guard let column else { return }
    matches[column] = Headings.Match(field: number, rank: ComposedHeadings.rank, scale: 1, unit: nil)
    holders[number] = column
    let others = matches.indices.filter { matches[$0]?.field == -1 }
    holders[-1] = others.min { (matches[$0]?.rank ?? 0) < (matches[$1]?.rank ?? 0) }
  }

  /// Whether cells are identity numbers: most of them, and half of them without a fault. A column of other numbers
  /// seldom holds days of birth and last characters that are right.
  static func holdsNumbers(_ cells: [String]) -> Bool {
    let stated = cells.filter { !$0.isEmpty }
    let right = stated.count { text in
      if text.utf8.count <= 60, case .number = IdentityNumber.read(text) { return true }
      return false
    }
    return right > 0 && right * 2 >= stated.count && stated.count(where: ColumnLook.isIdentity) * 10 >= stated.count * 7
  }
}
