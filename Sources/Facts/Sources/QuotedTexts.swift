// Texts that a program has written as formulas, so that spreadsheets leave them alone: ="甲厂". Knows nothing of other
// cells.

extension RecordRun {
  /// `="甲厂"`, as programs write a text so that spreadsheets leave it alone: the text within, which has a number of its
  /// own.
  func learnQuoted(_ column: Int, _ key: CellKey) -> Int32? {
    guard key.count > 3, key.start[0] == 0x3D, key.start[1] == 0x22, key.start[key.count - 1] == 0x22 else {
      return nil
    }
    let within = Members.text(key.text.utf8.dropFirst(2).dropLast())
    // Of numbers it is told what stood around them.
    if within.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 | 0x20 == 0x78 }) { return nil }
    let known = CellKey.of(within.utf8) { states[column].table.number($0) }
    let number: Int32
    if known >= 0 {
      number = states[column].table.value(known)
    } else if let said = standing[column]?[within] {
      number = said
    } else {
      number = CellKey.of(within.utf8) { states[column].table.addUnfound($0) }
      standing[column, default: [:]][within] = number
    }
    states[column].hasMarks = true
    states[column].table.insert(key, number)
    return number
  }
}
