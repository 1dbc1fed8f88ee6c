// The header row of a bulk file: which column is which field. Knows nothing of the rows below it.
import Diagnostics
import Reckoning

/// The columns of a bulk file, and where their records begin.
struct BulkHeader {
  /// Far more than any list has facts.
  static let columnLimit = 2000

  private(set) var plans: [BulkColumnPlan] = []
  /// The column that states each field; the id's has a place of its own.
  private(set) var columns: [(column: Int, field: Int)] = []
  private(set) var idColumn: Int?
  /// The columns as the file names them.
  let names: [String]
  /// The cells of the row that names the columns.
  let own: [String]
  /// Those of the row above where it is a part of the headings.
  let upper: [String]
  /// The row itself.
  let row: BulkRow
  /// What stands for facts without a column, in the order of the plans behind those of the file's own columns.
  private(set) var standIns: [StandIn] = []
  /// The field of persons' identity numbers.
  private(set) var personID: String?
  /// Single cells above the headings, by what `CellText.closed` makes of them.
  private(set) var titles: Set<String> = []
  /// The line behind the header.
  let bodyLine: Int

  /// The column that only numbers the rows, where another states the ids or none does.
  var serialColumn: Int? {
    names.indices.first { HeadingNotes.serials.contains(Headings.bare(names[$0]).name) && plans[$0].field == nil }
  }

  /// The columns from which facts are taken that none states by itself.
  var joined: [Int] { standIns.flatMap(\.columns) }

  /// Columns whose values are written once for the rows below.
  private(set) var carried: [Int] = []

  /// Rows that are not to be read because somebody has said so.
  private(set) var skips: RowSkips?

  /// The columns without a heading that somebody has spoken of by their place.
  let placed: Set<Int>

  /// What headings mean, for rows that look like some.
  let known: Headings

  /// Whether what a row says depends on rows before it.
  var needsOrder: Bool { hasGroups || !carried.isEmpty || lines != nil || owners != nil }

  /// The lines right below the headings that only name the columns once more.
  private(set) var headLines: Set<Int> = []

  /// What reads the lines of the form that the table is, where one of them says something.
  private(set) var lines: FormLines?

  /// What reads rows that say otherwise what a line above the table says, where one does.
  private(set) var owners: OwnerRows?

  /// Whether rows that head a group say what no column does.
  var hasGroups: Bool {
    standIns.contains {
      if case .group = $0.source { return true }
      return false
    }
  }

  /// Whether there are amounts of which neither a heading nor a line above says in what they are counted.
  private(set) var hasOpenAmounts = false

  /// What tells rows of nothing but days that are records.
  private(set) var loneDays: LoneDays?
  /// Whether something says when a record ends.
  private(set) var hasEnd = false
  /// The file's own column that says it.
  private(set) var endColumn: Int?

  /// How many columns the file has.
  var width: Int { names.count }

  /// Numbers of days in its columns are counted from 1904 on.
  mutating func countFrom1904() {
    for column in plans.indices { plans[column].dates.insert(.from1904) }
  }

  /// What a column is called, or what stands behind the file's columns.
  func name(_ column: Int) -> String {
    column < names.count ? names[column] : standIns[column - names.count].name
  }

  /// Which of the file's columns a column is, or is taken from where it stands behind those; the first where none is.
  func place(_ column: Int) -> Int {
    column < names.count ? column : standIns[column - names.count].columns.first ?? 0
  }

  private init(_ found: HeadingSearch, _ headings: Headings) {
    known = headings
    placed = Set(headings.placesSaid.map { $0 - 1 }.filter { !found.own.indices.contains($0) || found.own[$0].isEmpty })
    names = found.cells.map(\.text)
    own = found.own
    upper = found.upper
    row = found.row
    bodyLine = found.row.nextLine
  }

  /// - Parameters:
  ///   - top: the first rows, among them the one that names the columns.
  ///   - file: what messages point into.
  /// - Returns: nil when nothing below the header can be understood.
  static func read(
    _ top: [BulkRow], _ file: SourceFile, _ request: BulkRequest, _ suggestions: inout Suggestions,
    _ findings: inout Findings
  ) -> BulkHeader? {
    func location(_ start: Position, _ end: Position) -> SourceRange {
      SourceRange(source: file, start: start, end: end)
    }
    let headings = Headings(request.schema, request.mapping)
    let list = request.schema.declaration.name
    guard let found = HeadingSearch(top, headings, request.schema, row: request.mapping.headerRows[list]) else {
      let said = request.mapping.headerRows[list].flatMap { $0 > 0 && !top.isEmpty ? FileProblem.noHeaderRow($0) : nil }
      let start = Position(line: 1, column: 1)
      findings.add(said ?? .noHeader, at: location(start, start))
      return nil
    }
    let row = found.row
    for (problem, at) in row.problems { findings.add(problem, at: location(at, at)) }
    guard row.problems.isEmpty else { return nil }
    guard row.count <= BulkHeader.columnLimit else {
      let top = Position(line: row.line, column: 1)
      findings.add(.tooManyColumns, at: location(top, top))
      return nil
    }
    for row in top where row.cells.count == 1 {
      guard let cell = row.cells.first, schemaKnows(cell.text, headings) == false,
        let separator = BulkHeader.separator(cell.text, request.schema)
      else { continue }
      findings.add(.separator(separator), at: location(cell.start, cell.end))
      return nil
    }
    if let (twice, cell) = HeadingNotes.twice(found) {
      findings.add(twice, at: location(cell.start, cell.end))
      return nil
    }
    if found.titles > 0 {
      findings.add(
        HeadingNotes.titles(
          found.titles, line: row.line, isHeadless: request.mapping.headerRows[list] == 0,
          record: top.first { $0.line < row.line && RegisterSurvey.isLikeRecord($0) }?.line),
        at: location(Position(line: row.line, column: 1), row.end))
    }
    var header = BulkHeader(found, headings)
    header.understand(found, top, headings, request, &suggestions, &findings, location)
    header.findEnd(request.schema)
    let below = top.filter { $0.line >= row.nextLine }
    header.skips = RowSkips(request.mapping.skippedRows[list] ?? [])
    header.findCarried(below, request.mapping.carried[list] ?? [], location, &findings)
    header.headLines = HeadLines.of(header, below, headings)
    header.loneDays = LoneDays(header, below)
    for column in header.plans.indices {
      guard let field = header.plans[column].field else { continue }
      header.plans[column].dates = request.mapping.order(of: field.name, of: list)
      let codes = column < header.width ? Headings.codes(header.names[column], of: field) : [:]
      if !codes.isEmpty {
        let cell = found.cells[column]
        findings.add(HeadingNotes.codes(header.names[column], codes), at: location(cell.start, cell.end))
      }
      let usual =
        codes.isEmpty && column < header.width && !Headings.saysCodes(header.names[column])
        ? Headings.standardCodes(
          of: field, below.filter { $0.cells.indices.contains(column) }.map { $0.cells[column].text }) : [:]
      if !usual.isEmpty {
        let cell = found.cells[column]
        findings.add(HeadingNotes.standardCodes(header.names[column], usual), at: location(cell.start, cell.end))
      }
      header.plans[column].cells =
        codes.merging(usual) { own, _ in own }.merging(request.mapping.cells[list] ?? [:]) { $1 }
    }
    return header
  }

  /// Finds what says when a record ends.
  private mutating func findEnd(_ schema: ListSchema) {
    guard let end = schema.declaration.ends.flatMap({ schema.named($0) }) else {
      hasEnd = true
      return
    }
    let column = columns.first { $0.field == end }?.column
    hasEnd = column != nil
    endColumn = column.flatMap { $0 < width ? $0 : nil }
  }

  /// Finds the columns whose values are written once for the rows below; of those that need not be stated it is told,
  /// since blank cells may say that there is nothing.
  private mutating func findCarried(
    _ below: [BulkRow], _ said: Set<String>, _ location: (Position, Position) -> SourceRange,
    _ findings: inout Findings
  ) {
    for column in plans.indices.prefix(width) {
      guard let field = plans[column].field else { continue }
      var isName = field.name == "referrer"
      if case .reference = field.type { isName = true }
      if said.contains(field.name) {
        carried.append(column)
      } else if isName, CarriedCells.isCarried(column, below) {
        if plans[column].required {
          carried.append(column)
        } else if let warning = CarriedCells.doubt(column, names[column], below, location) {
          findings.add(warning)
        }
      }
    }
  }

  private static func schemaKnows(_ text: String, _ headings: Headings) -> Bool {
    do { return try headings.match(text) != nil } catch { return true }
  }

  /// Says for each column what becomes of it.
  private mutating func understand(
    _ found: HeadingSearch, _ top: [BulkRow], _ headings: Headings, _ request: BulkRequest,
    _ suggestions: inout Suggestions, _ findings: inout Findings, _ location: (Position, Position) -> SourceRange
  ) {
    let schema = request.schema
    // Of the people of one row none has its number.
    let splits = request.mapping.splits.contains(schema.declaration.name)
    var matches: [Headings.Match?] = []
    // The column that states each field: its own name before the names that registers have for it.
    var holders: [Int: Int] = [:]
    var refused: Set<Int> = []
    // Of two columns of one heading, or of any, one may be left by its place.
    let left = found.cells.indices.filter { request.mapping.leaves(place: $0 + 1, of: schema.declaration.name) }
    for (column, cell) in found.cells.enumerated() {
      do {
        let match = try headings.match(left.contains(column) ? "" : cell.text).flatMap {
          BulkHeader.isOfAnotherSort(column, $0, top, after: row, schema) ? nil : $0
        }.flatMap { splits && $0.field < 0 && HeadingNotes.isSerial(cell.text) ? nil : $0 }
        matches.append(match)
        guard let match else { continue }
        let holder = holders[match.field].flatMap { matches[$0] }
        if holder.map({ match.rank < $0.rank }) ?? true { holders[match.field] = column }
      } catch {
        matches.append(nil)
        refused.insert(column)
        findings.add(error, at: location(cell.start, cell.end))
      }
    }
    PaidRegister.tell(&matches, &holders, found, schema)
    BulkHeader.readNumbers(&matches, &holders, found, top, headings, schema)
    var around = TableSurroundings(
      top, found, headings, schema, request.mapping, stated: Set(holders.keys))
    around.take(request.unit)
    (titles, lines, personID) = (around.titles, around.lines, schema.declaration.personID)
    // The part of a place is none where all parts are there.
    for part in around.joined where matches[part].map({ around.stands(for: $0.field) }) ?? false {
      matches[part] = nil
    }
    var notes = HeadingNotes()
    for (column, cell) in found.cells.enumerated() {
      let at = location(cell.start, cell.end)
      guard let match = matches[column] else {
        if cell.text.isEmpty, !around.joined.contains(column) {
          plans.append(.nameless)
        } else {
          plans.append(.skipped)
          if !refused.contains(column), !around.joined.contains(column), !left.contains(column) {
            tell(cell.text, at, request, &suggestions, &findings, &notes)
          }
        }
        continue
      }
      guard holders[match.field] == column else {
        plans.append(.skipped)
        tellRepeated(cell.text, column, match, holders, matches, schema, at, &findings)
        continue
      }
      notes.add(cell.text, match, schema)
      take(
        match, column, schema, around.unit.flatMap { cell.text.contains("元") ? nil : $0 },
        isSaid: headings.isSaid(cell.text))
    }
    add(around, headings, schema, &findings, location(row.cells.first?.start ?? row.end, row.end))
    for standIn in standIns { holders[standIn.field] = holders[standIn.field] ?? -1 }
    notes.tell(&findings, at: location(row.cells.first?.start ?? row.end, row.end))
    tellAbsent(found, around.usedHeadings, request, &findings, location(row.cells.first?.start ?? row.end, row.end))
    // What is wrong with a heading has been told; that its field is missing need not be said as well.
    guard refused.isEmpty else { return }
    tellMissing(schema, holders, at: location(row.end, row.end), &findings)
  }

  /// What ids are made of where none stands, and facts that must be stated and have no column: told once here rather
  /// than in every row.
  private func tellMissing(
    _ schema: ListSchema, _ holders: [Int: Int], at location: SourceRange, _ findings: inout Findings
  ) {
    if schema.declaration.hasID, holders[-1] == nil {
      findings.add(MadeIDs(schema, stated: Set(columns.map(\.field))).note(at: location))
    }
    for (index, _) in schema.requiredNames where index >= 0 && holders[index] == nil {
      findings.add(.missing(field: schema.words(index), record: schema.record), at: location)
    }
  }

  /// Tells of headings that `columns` speaks of and the file does not have: next month's file may call them otherwise.
  private func tellAbsent(
    _ found: HeadingSearch, _ around: Set<String>, _ request: BulkRequest, _ findings: inout Findings,
    _ at: SourceRange
  ) {
    let there = Set(found.cells.flatMap { [ColumnMapping.plain($0.text), Headings.bare($0.text).name] })
      .union(around).union(request.mapping.places(of: request.schema.declaration.name).map { "column\($0)" })
    let mapped = request.mapping.headings(of: request.schema.declaration.name)
    for (heading, field) in mapped.sorted(by: { $0.key < $1.key }) where !there.contains(heading) {
      let words = request.schema.named(field).map { request.schema.words($0) } ?? .same(field)
      findings.add(HeadingNotes.absent(heading, words), at: at)
    }
    for heading in request.mapping.left(of: request.schema.declaration.name)
    where !there.contains(heading) && !(heading.hasPrefix("第") && heading.hasSuffix("列")) {
      findings.add(HeadingNotes.absentUnread(heading), at: at)
    }
  }

  /// What the table says beside its columns, as columns behind them.
  private mutating func add(
    _ around: TableSurroundings, _ headings: Headings, _ schema: ListSchema, _ findings: inout Findings,
    _ at: SourceRange
  ) {
    standIns = around.standIns
    owners = OwnerRows(standIns, headings, schema)
    for (i, standIn) in standIns.enumerated() {
      columns.append((names.count + i, standIn.field))
      plans.append(BulkColumnPlan.of(schema.fields[standIn.field], scale: 1))
    }
    let stated = Set(columns.map(\.field))
    for firm in around.firms {
      if let warning = firm.warning(schema, stated, at: at) { findings.add(warning) }
    }
    for field in around.idle { findings.add(HeadingNotes.idle(schema.words(field)), at: at) }
    var said = standIns.compactMap(\.note)
    hasOpenAmounts =
      around.unit == nil
      && names.indices.contains { plans[$0].isYuan && plans[$0].scale == 1 && !names[$0].contains("元") }
    if let unit = around.unit, unit.yuan != 1, plans.contains(where: { $0.isYuan && $0.scale == unit.yuan }) {
      said.append(
        around.unitBelow.map {
          Text(
            "amounts are in \(unit.name), as line \($0) below the table says",
            zh: "金额以\(unit.name)计（见表下第 \($0) 行），数字已换算")
        } ?? Text("amounts are in \(unit.name), as the line above the table says", zh: "金额以\(unit.name)计（见表头上方），数字已换算"))
    }
    for text in said {
      findings.add(
        Diagnostic(
          .note, code: "beside-columns", text, hint: Text("check that this is what was meant", zh: "请核对是否如此"), at: at))
    }
  }

  private mutating func take(
    _ match: Headings.Match, _ column: Int, _ schema: ListSchema, _ unit: (name: String, yuan: Int64)?, isSaid: Bool
  ) {
    if match.field < 0 {
      idColumn = column
      var plan = BulkColumnPlan(use: .id, field: nil, required: true, missing: 0)
      plan.isSerial = HeadingNotes.serials.contains(Headings.bare(names[column]).name) && !isSaid
      plans.append(plan)
    } else {
      columns.append((column, match.field))
      let isPlainMoney = schema.fields[match.field].type == .money && match.scale == 1
      plans.append(
        BulkColumnPlan.of(schema.fields[match.field], scale: isPlainMoney ? unit?.yuan ?? 1 : match.scale))
    }
  }

  /// Tells of a column that no field is read from.
  private func tell(
    _ heading: String, _ at: SourceRange, _ request: BulkRequest, _ suggestions: inout Suggestions,
    _ findings: inout Findings, _ notes: inout HeadingNotes
  ) {
    let schema = request.schema
    let name = String(Members.trimmed(heading[...]))
    let list = schema.declaration.name
    if request.ignored.contains(name, in: list) || request.mapping.leaves(name, of: list) { return }
    if name == "id" {
      findings.add(.idlessColumn, at: at)
    } else if HeadingNotes.serials.contains(Headings.bare(name).name) {
      notes.unused.append(name)
    } else {
      let question = suggestions.question(name, among: schema.columnNames)
      findings.add(.unknownColumn(name, records: schema.declaration.title, question), at: at)
    }
  }
}
