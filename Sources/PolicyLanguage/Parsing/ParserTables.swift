// Tables: figures by size, by date, by choice or by condition, a row on each line. Knows nothing of their types.
import Diagnostics

extension RuleParser {
  /// `table NAME(ARGUMENT: TYPE) UNIT "what it is" from "where it stands"`, then rows that stand deeper.
  mutating func table() throws(Lost) -> TableSyntax? {
    let name = try named()
    var parameters: [(name: Name, type: Name)] = []
    let bracket = index
    try expect(.open, "(")
    repeat {
      let parameter = try named()
      try expect(.colon, ":")
      parameters.append((parameter, try longName()))
    } while take(.comma)
    try closeBracket(bracket)
    let start = index
    guard sort == .percent || sort == .word, let unit = try unit() else { throw fail(.unit) }
    let written = Name(unit, at: location(since: start))
    let meaning = try optionalWording()
    // A row may begin with `from` and a day.
    let source = sort(after: 1) == .string && take(.from) ? try wording() : nil
    var rows: [TableSyntax.Row] = []
    while !isAtEnd, tokens[index].startsLine, tokens[index].column > clauseColumn {
      rows.append(try row())
    }
    return TableSyntax(
      name: name, parameters: parameters, unit: written, meaning: meaning, source: source, rows: rows)
  }

  private mutating func row() throws(Lost) -> TableSyntax.Row {
    let start = index
    let test: TableSyntax.Test
    if take(.when) {
      test = .when(try condition())
    } else if take(.otherwise) {
      test = .otherwise
    } else {
      var cells: [TableSyntax.Cell] = []
      repeat { cells.append(try cell()) } while take(.comma)
      test = .cells(cells)
    }
    try expect(.colon, ":")
    let value = try value()
    let name = take(.as) ? try named() : nil
    return TableSyntax.Row(test: test, value: value, name: name, location: location(since: start))
  }

  private mutating func cell() throws(Lost) -> TableSyntax.Cell {
    if take(.up, .to) { return .upTo(try value()) }
    if take(.below) { return .below(try value()) }
    if take(.from) { return .from(try value()) }
    if word == .above || word == .any, sort(after: 1) == .colon || sort(after: 1) == .comma {
      index += 1
      return tokens[index - 1].word == .above ? .above : .any
    }
    var values = [try value()]
    while take(.or) { values.append(try value()) }
    return .values(values)
  }
}
