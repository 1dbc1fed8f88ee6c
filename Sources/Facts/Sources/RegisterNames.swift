// Whom a register's column names, and where a second column says they are. Knows nothing of which list they are of.
import Diagnostics
import Reckoning

/// The different names of one column, by their first appearance.
struct RegisterNames {
  private(set) var found: [RegisterProposal.Record] = []
  private(set) var doubts: [Diagnostic] = []
  private let records: BulkRecords
  private let column: Int
  private let heading: String
  private let place: (field: Field, column: Int)?
  /// Names without blanks and full-width letters, which are one name however they are written.
  private var byName: [String: Int] = [:]

  init(_ records: BulkRecords, _ column: Int, heading: String, place: (field: Field, column: Int)?) {
    (self.records, self.column, self.heading, self.place) = (records, column, heading, place)
  }

  mutating func read(_ reader: ValueReader) {
    guard let values = records.columns.first(where: { $0.column == column })?.values,
      case .int32(let codes) = values.values
    else { return }
    var told: Set<Int> = []
    for (k, run) in records.runs.enumerated() {
      let table = run.table(column)
      let names = (0..<table.count).map { ColumnMapping.flat(String(Members.trimmed(table.text($0)[...]))) }
      for row in records.firstRows[k]..<(records.firstRows[k] + run.rows) where codes[row] >= 0 {
        let name = names[Int(codes[row])]
        let closed = CellText.closed(name)
        let number: Int
        if let known = byName[closed] {
          number = known
          found[known].rows += 1
        } else {
          number = found.count
          byName[closed] = number
          found.append(
            RegisterProposal.Record(name: name, rows: 1, place: nil, location: records.location(row, column)))
        }
        if place != nil { take(row, number, &told, reader) }
      }
    }
  }

  /// Where a row says that a record is.
  private mutating func take(_ row: Int, _ number: Int, _ told: inout Set<Int>, _ reader: ValueReader) {
    guard let place, let source = records.source, let suspect = source.find([row], records.lines).first,
      let cells = source.row(suspect, limit: place.column + 1)?.cells, cells.indices.contains(place.column)
    else { return }
    let cell = cells[place.column]
    let at = SourceRange(source: records.file, start: cell.start, end: cell.end)
    do throws(ValueProblem) {
      guard case .number(let raw)? = try reader.reading(cell.text, place.field, CellContext()).value else { return }
      let id = Int32(truncatingIfNeeded: raw)
      if let known = found[number].place, known != id {
        if told.insert(number).inserted { doubts.append(differs(number, known, id, reader.places, at)) }
      } else {
        found[number].place = id
      }
    } catch {
      let problem = error.diagnostic(at: at)
      doubts.append(Diagnostic(.warning, code: problem.code, problem.message, hint: problem.hint, at: at))
    }
  }

  private func differs(
    _ number: Int, _ first: Int32, _ other: Int32, _ places: Gazetteer, _ at: SourceRange
  ) -> Diagnostic {
    let name = ValueProblem.shown(found[number].name)
    return Diagnostic(
      .warning, code: "register-places",
      Text(
        "`\(name)` is in \(places.fullName(first)) in one row and in \(places.fullName(other)) in another; "
          + "the first is taken",
        zh: "`\(name)`一处在\(places.fullName(first))，另一处在\(places.fullName(other))；取前者"),
      hint: Text("check the place in the scenario's list", zh: "请在情景的清单中核对所在地"), at: at)
  }
}
