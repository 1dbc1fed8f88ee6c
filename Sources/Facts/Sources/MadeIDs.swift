// Ids for the records of a bulk file that has no column of ids: of what tells the records apart, so that the same
// record has the same id in next month's file. Knows nothing of how cells were read, or of other lists.
import Diagnostics
import Reckoning

/// What the ids of a file without any are made of.
struct MadeIDs {
  /// Fields by number; nil where the list has no such field or the file no such column.
  private var name: Int?
  private var number: Int?
  private var begins: Int?
  private let isOfPersons: Bool
  private let schema: ListSchema

  /// - Parameter stated: the fields that the file has columns for.
  init(_ schema: ListSchema, stated: Set<Int>) {
    self.schema = schema
    let list = schema.declaration
    func field(_ name: String?, _ type: FieldType) -> Int? {
      guard let name, let number = schema.named(name), number >= 0, stated.contains(number),
        schema.fields[number].type == type
      else { return nil }
      return number
    }
    isOfPersons = list.personName != nil || list.personID != nil
    name = field(isOfPersons ? list.personName : "name", .text)
    number = field(list.personID, .text)
    begins = isOfPersons ? field(list.begins, .date) : nil
  }

  /// What the note is called.
  static let code = "ids-made"

  /// What is said of it.
  /// - Parameters:
  ///   - serial: the heading of a column that only numbers the rows, and why its numbers cannot be ids.
  func note(instead serial: String? = nil, _ why: Text = .same(""), at location: SourceRange) -> Diagnostic {
    let records = Text(schema.declaration.name, zh: schema.declaration.title.zh)
    let column = serial.map { ValueProblem.shown($0) }
    let reason =
      column.map { Text("the column `\($0)` \(why.en) and gives no ids", zh: "`\($0)` 列\(why.zh)，不能作编号") }
      ?? Text("the file has no column of ids", zh: "文件没有编号列")
    var parts: [Text] = []
    if let name { parts.append(words(name)) }
    if let number {
      parts.append(
        name == nil
          ? words(number)
          : Text("the last four characters of `\(schema.fields[number].name)`", zh: "\(words(number).zh)末四位"))
    }
    // A day alone tells nobody apart.
    if let begins, !parts.isEmpty { parts.append(words(begins)) }
    let made =
      parts.isEmpty
      ? Text("the number of the row", zh: "行的次序")
      : Text(parts.map(\.en).joined(separator: ", "), zh: parts.map(\.zh).joined(separator: "、"))
    return Diagnostic(
      .note, code: MadeIDs.code,
      Text(
        "\(reason.en); those of \(records.en) are made of \(made.en)",
        zh: "\(reason.zh)；\(records.zh)编号由\(made.zh)组成"),
      hint: parts.isEmpty
        ? Text("keep the order of the rows, or add a column `id`", zh: "请勿改变行的次序，或增加“编号”列")
        : Text("add a column `id` to have ids of your own", zh: "如要自定编号，请增加“编号”列"), at: location)
  }

  private func words(_ field: Int) -> Text {
    Text("`\(schema.fields[field].name)`", zh: schema.fields[field].words.zh)
  }

  /// The ids of all records.
  func ids(of records: BulkRecords) -> IDColumn {
    let name = part(name, of: records), number = part(number, of: records)
    let days = days(of: records)
    var made = MadeIDBytes(count: records.rows)
    for (k, run) in records.runs.enumerated() {
      let (names, numbers) = (name?.texts[k], number?.texts[k])
      for row in records.firstRows[k]..<records.firstRows[k] + run.rows {
        let own = name.flatMap { $0.codes[row] >= 0 ? names?[Int($0.codes[row])] : nil } ?? []
        let tail = number.flatMap { $0.codes[row] >= 0 ? numbers?[Int($0.codes[row])] : nil } ?? []
        add(own, tail, row, day: days?(row), to: &made)
      }
    }
    return made.column
  }

  /// Adds one id: of the name, the number's end and the day.
  private func add(
    _ name: ArraySlice<UInt8>, _ number: ArraySlice<UInt8>, _ row: Int, day: Int32?, to made: inout MadeIDBytes
  ) {
    defer { made.end() }
    guard !name.isEmpty || !number.isEmpty else {
      made.append(ArraySlice("\(schema.declaration.singular)-\(row + 1)".utf8))
      return
    }
    made.append(name)
    if !number.isEmpty {
      if !name.isEmpty { made.append(0x2D) }
      made.append(name.isEmpty ? number : MadeIDs.last(number))
    }
    if let day {
      made.append(0x2D)
      MadeIDs.append(Day(number: day).parts, to: &made)
    }
  }

  /// Adds a day as `2022-03-01`.
  private static func append(_ day: (year: Int, month: Int, day: Int), to made: inout MadeIDBytes) {
    for (number, first) in [(day.year, 1000), (day.month, 10), (day.day, 10)] {
      if first == 10 { made.append(0x2D) }
      var power = first
      while power > 0 {
        made.append(0x30 + UInt8(truncatingIfNeeded: number / power % 10))
        power /= 10
      }
    }
  }

  /// The last four characters.
  private static func last(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if text.allSatisfy({ $0 < 0x80 }) { return text.suffix(4) }
    return text.suffix(String(decoding: text, as: UTF8.self).suffix(4).utf8.count)
  }

  /// What rows state, by number, for each run the texts that stand for the numbers.
  private func part(_ field: Int?, of records: BulkRecords) -> (codes: CheckedBuffer<Int32>, texts: [TextRun])? {
    guard let field, let column = records.column(of: field), case .int32(let codes) = column.values.values else {
      return nil
    }
    let isNumber = schema.fields[field].name == schema.declaration.personID
    let texts = records.runs.map { run in
      let table = run.table(column.column)
      var texts = TextRun()
      for number in 0..<table.count {
        let text = table.text(number)
        texts.append(
          isNumber
            ? MadeIDs.number(text).uppercased()
            : isOfPersons ? CellText.closed(text) : String(Members.trimmed(text[...])))
      }
      return texts
    }
    return (codes, texts)
  }

  /// The same number however it is written.
  private static func number(_ text: String) -> String {
    let bytes = Array(text.utf8)
    if bytes.withUnsafeBufferPointer({ $0.baseAddress.flatMap { IdentityNumber.plain($0, bytes.count) } }) != nil {
      return text
    }
    return switch IdentityNumber.read(text) {
    case .number(let number, _, _): number
    case .faulty(let text, _): IdentityFacts.saysNothing(text) ? "" : CellText.closed(text)
    }
  }

  private func days(of records: BulkRecords) -> ((Int) -> Int32?)? {
    guard let begins, let column = records.column(of: begins), case .int32(let days) = column.values.values else {
      return nil
    }
    // What was not stated, or is no day, is a mark below all days.
    return { row in days[row] >= 0 ? days[row] : nil }
  }
}

extension BulkRecords {
  /// Gives the records ids where their list has ids and the file none, or only the numbers of its rows, which begin
  /// anew for each group.
  func makeIDs(_ isPart: Bool, _ findings: inout Findings) {
    guard let header, schema.declaration.hasID else { return }
    let made = MadeIDs(schema, stated: Set(header.columns.map(\.field)))
    if let column = header.idColumn {
      guard header.plans[column].isSerial, let why = unfit(isPart) else { return }
      let cell = header.row.cells.indices.contains(column) ? header.row.cells[column] : nil
      let at = SourceRange(source: file, start: cell?.start ?? header.row.end, end: cell?.end ?? header.row.end)
      findings.add(made.note(instead: header.names[column], why, at: at))
    }
    take(made.ids(of: self))
  }

  /// Why numbers of rows cannot be ids; nil where they can.
  private func unfit(_ isPart: Bool) -> Text? {
    if runs.contains(where: \.ids.hasEmpty) { return Text("lacks in some rows", zh: "有空缺") }
    if isPart { return Text("begins anew in each file", zh: "在各文件中各自起编") }
    if unrepeated { return nil }
    guard let ids else { return nil }
    var seen: Set<String> = []
    for row in 0..<ids.count {
      let id = ids.slice(row)
      // `0001` is more than the number of a row.
      guard id.count <= 9, id.first != 0x30, id.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      if !seen.insert(String(decoding: id, as: UTF8.self)).inserted { return Text("repeats", zh: "有重复") }
    }
    return nil
  }
}
