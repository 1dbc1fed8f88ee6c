// What is said of identity numbers: each kind of fault once, with how many there are and where the first of them
// stand. Knows nothing of how numbers are read.
import Diagnostics
import Reckoning

extension ListColumns {
  /// Notes that a cell was read otherwise than usual, with the part of the list that the row belongs to.
  func note(
    _ row: Int, _ field: Int, _ form: WrittenForm, _ sample: String, _ shown: Text, _ assembly: inout Assembly
  ) {
    var base = list.records.count
    if row < base {
      let key = RecordField(list.schema.declaration.name, fields[field].name)
      var ways = assembly.readAs[key] ?? ReadAs()
      if !ways.count(form) { ways.add(form, sample, as: shown, list.records.location(of: field, row)) }
      assembly.readAs[key] = ways
      return
    }
    for (part, bulk) in list.bulk.enumerated() {
      let file = bulk.records
      if row < base + file.rows {
        guard let column = file.column(of: field)?.column else { return }
        let key = BulkKey(list: number, part: part)
        var ways = assembly.bulkReadAs[key]?[column] ?? ReadAs()
        if !ways.count(form) {
          let first = SuspectRow(row: row - base, line: file.line(of: row - base), offset: -1)
          ways.add(form, sample, as: shown, at: first)
        }
        assembly.bulkReadAs[key, default: [:]][column] = ways
        return
      }
      base += file.rows
    }
  }

  /// The warnings on a column of identity numbers.
  func tell(_ survey: IdentitySurvey, _ id: Int, _ assembly: inout Assembly) {
    for fault in IdentityNumber.Fault.allCases {
      guard let found = survey.faults[fault] else { continue }
      let words = ListColumns.words(fault, found.count)
      let hint =
        fault == .other
        ? Text(
          "correct them, or leave the cells empty: records of one such text are one person", zh: "请改正或留空：写法相同的按同一人计")
        : Text("check them against the papers; they are kept as they are written", zh: "请核对证件；号码按所写保留")
      warn(words, found, id, hint, &assembly)
    }
    let byName = Text(
      "such records are told apart by name; state the whole numbers where you can", zh: "这些记录按姓名区分；能补的请填写完整号码")
    let (words, covered) = (survey.words.count, survey.covered.count)
    let kinds = [
      (
        survey.words,
        Text(
          words == 1 ? "1 word in place of a number" : "\(words) words in place of numbers", zh: "\(words) 处写的是文字，不是号码")
      ),
      (
        survey.covered,
        Text(
          covered == 1 ? "1 number of which a part is covered" : "\(covered) numbers of which a part is covered",
          zh: "\(covered) 个号码有遮盖")
      ),
    ]
    for (found, said) in kinds where found.count > 0 { warn(said, found, id, byName, &assembly) }
    let hint = Text("check the number and the column; what the column says counts", zh: "请核对号码和该列；以该列所填为准")
    for (name, found) in [("sex", survey.otherSex), ("born", survey.otherBirth)] where found.count > 0 {
      guard let field = list.schema.named(name), field >= 0 else { continue }
      let words = Text(
        found.count == 1 ? "1 number says another `\(name)`" : "\(found.count) numbers say another `\(name)`",
        zh: "\(found.count) 个号码与\(fields[field].words.zh)不符")
      warn(words, found, id, hint, &assembly)
    }
  }

  private func warn(
    _ words: Text, _ found: IdentitySurvey.Found, _ id: Int, _ hint: Text, _ assembly: inout Assembly
  ) {
    let field = fields[id]
    let places = list.places(found.rows, of: id)
    let more = found.count > found.rows.count
    assembly.remarks.append(
      Diagnostic(
        .warning, code: "identity-number",
        Text(
          "`\(field.name)` of \(list.schema.declaration.name): \(words.en): "
            + places.names.map(\.en).joined(separator: ", ") + (more ? ", …" : ""),
          zh: "\(field.words.zh)：\(words.zh)：" + places.names.map(\.zh).joined(separator: "、") + (more ? "……" : "")),
        hint: hint, at: places.first))
  }

  private static func words(_ fault: IdentityNumber.Fault, _ count: Int) -> Text {
    let one = count == 1
    let are = one ? "1 number" : "\(count) numbers"
    switch fault {
    case .length: return Text("\(are) with neither 18 nor 15 digits", zh: "\(count) 个号码不是 18 位或 15 位")
    case .birth: return Text("\(are) without a day of birth in the middle", zh: "\(count) 个号码中间的出生日期不存在")
    case .region: return Text("\(are) of no province", zh: "\(count) 个号码开头不是任何省份")
    case .check:
      return Text("\(are) whose last digit does not follow from the others", zh: "\(count) 个号码的校验位不符")
    case .other: return Text(one ? "1 text is no number" : "\(count) texts are no numbers", zh: "\(count) 处不是身份证号")
    }
  }
}

extension ListParts {
  /// Where the list's first record is.
  var firstLocation: SourceRange? {
    if let own = records.locations.first { return own }
    return bulk.first.map {
      let top = Position(line: 1, column: 1)
      return SourceRange(source: $0.records.file, start: top, end: top)
    }
  }

  /// What the places of some rows are called, and the first of them.
  func places(_ rows: [Int], of field: Int) -> (names: [Text], first: SourceRange?) {
    let found = rows.compactMap { place($0, of: field) }
    return (found.map { lineName($0) }, found.first)
  }

  /// Whether its records come from more than one file.
  var hasSeveralFiles: Bool { bulk.count + (records.count > 0 ? 1 : 0) > 1 }

  /// What a place is called: with its file where there are several.
  func lineName(_ at: SourceRange) -> Text {
    if let name = at.source?.naming { return .same(name(at.start)) }
    let line = at.start.line
    guard hasSeveralFiles, let file = at.source?.name else { return Text("line \(line)", zh: "第 \(line) 行") }
    let name = ValueProblem.shown(String(file.split(separator: "/").last ?? file[...]))
    return Text("`\(name)` line \(line)", zh: "`\(name)` 第 \(line) 行")
  }

  /// Where a row states a field.
  private func place(_ row: Int, of field: Int) -> SourceRange? {
    if row < records.count { return records.location(of: field, row) }
    var base = records.count
    for part in bulk {
      let file = part.records
      if row < base + file.rows { return file.location(row - base, file.column(of: field)?.column) }
      base += file.rows
    }
    return nil
  }
}

extension BulkRecords {
  /// Where a cell stands, or its row where the file's cells are not at hand.
  func location(_ row: Int, _ column: Int?) -> SourceRange {
    let line = Position(line: line(of: row), column: 1)
    guard let column, let source, let suspect = source.find([row], lines).first,
      let cell = source.span(of: suspect, header?.place(column) ?? column)
    else { return SourceRange(source: file, start: line, end: line) }
    return SourceRange(source: file, start: cell.start, end: cell.end)
  }
}

extension FactDictionary {
  /// A field of a list, for people: `hires.worker_id`, 录用人员的身份证号.
  func words(_ field: RecordField) -> Text {
    guard let list = list(field.list), let declared = list.field(field.field) else { return .same(field.field) }
    return Text("\(field.list).\(field.field)", zh: "\(list.title.zh)“\(declared.words.zh)”")
  }
}
