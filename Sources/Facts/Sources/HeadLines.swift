// Rows right below the headings that name the columns once more: the codes of a system (AAC003), the same in another
// language, how a cell is to be filled in. Knows nothing of records.

enum HeadLines {
  /// The lines of such rows, which follow one another.
  ///
  /// - Parameter below: the first rows below the headings.
  static func of(_ header: BulkHeader, _ below: [BulkRow], _ headings: Headings) -> Set<Int> {
    Set(below.prefix(3).prefix { isOne($0, header, headings) }.map(\.line))
  }

  private static func isOne(_ row: BulkRow, _ header: BulkHeader, _ headings: Headings) -> Bool {
    let filled = row.cells.indices.filter { $0 < header.width && !row.cells[$0].text.isEmpty }
    guard !filled.isEmpty else { return false }
    let texts = filled.map { row.cells[$0].text }
    let isShort = header.plans.indices.prefix(header.width).contains {
      header.plans[$0].required && !filled.contains($0)
    }
    if texts.allSatisfy(isFormat), isShort || !HeadingUnits.row(row).isEmpty { return true }
    guard filled.count >= 3 else { return false }
    let known = texts.count { HeadingSearch.isKnown($0, headings) }
    if known >= 3, known * 3 >= filled.count * 2 { return true }
    // What stands in columns of days and figures and begins with a letter is neither.
    return filled.contains { isExact(header.plans[$0], header) } && texts.allSatisfy(isCode)
  }

  /// `年月日`, `（元）`
  private static func isFormat(_ text: String) -> Bool {
    RowKinds.formatWord(text) != nil
  }

  /// `AAC003`, `emp_name`
  private static func isCode(_ text: String) -> Bool {
    guard text.utf8.count >= 2, let first = text.utf8.first, isLetter(first) || first == 0x5F else { return false }
    return text.utf8.allSatisfy { isLetter($0) || $0 == 0x5F || (0x30...0x39).contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Whether every value of a column has figures in it.
  private static func isExact(_ plan: BulkColumnPlan, _ header: BulkHeader) -> Bool {
    switch plan.use {
    case .day, .money, .whole: true
    case .coded: plan.field?.name == header.personID
    case .id, .flag, .cached, .set, .skip, .nameless: false
    }
  }
}
