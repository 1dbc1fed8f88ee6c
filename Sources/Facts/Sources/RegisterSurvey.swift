// A register read for what it is, before anybody has said so: its headings are held against every list, then its rows
// are read as that list's. Knows nothing of scenarios.
import Diagnostics
import Reckoning

/// Looks at registers.
package struct RegisterSurvey {
  let dictionary: FactDictionary
  let reader: ValueReader
  let threads: Int
  let control: WorkControl
  let mapping: ColumnMapping
  /// The day as of which is reckoned, where it is known.
  package var asOf: Day?

  /// - Parameter mapping: what has been said of the columns.
  package init(
    _ dictionary: FactDictionary, _ places: Gazetteer, mapping: ColumnMapping, threads: Int, control: WorkControl
  ) {
    self.dictionary = dictionary
    self.mapping = mapping
    self.threads = threads
    self.control = control
    reader = ValueReader(places: places)
  }

  /// - Parameters:
  ///   - path: the file, and the sheet behind `#`.
  ///   - name: what messages call it.
  ///   - list: the list that somebody has said it is of.
  /// - Throws: that it cannot be read, is of no list, or of several.
  package func look(
    at path: String, as name: String, of list: ListDeclaration?
  ) throws(RegisterRefusal) -> RegisterProposal {
    var source = try opened(path, name, list)
    if let list = list ?? dictionary.list("hires"), mapping.headerRows[list.name] == ColumnMapping.cards {
      source = CardSource(source, Headings(ListSchema(list), mapping))
    }
    let top = source.head(HeadingSearch.rows, limit: BulkHeader.columnLimit)
    if let list = list ?? dictionary.list("hires"), mapping.headerRows[list.name] == 0, mapping.isProposing {
      return try headless(top, list, source)
    }
    if list.map({ $0.name == "hires" }) ?? true, !(source is CardSource), let cards = cards(source, top) { throw cards }
    return try look(source, top, list, name)
  }

  /// What the sheet is taken for.
  /// - Parameter guesses: what its columns were taken for by their cells, where no row names them.
  func look(
    _ source: any CellSource, _ top: [BulkRow], _ list: ListDeclaration?, _ name: String,
    _ guesses: HeadlessColumns? = nil
  ) throws(RegisterRefusal) -> RegisterProposal {
    let fits = dictionary.lists.compactMap { RegisterFit($0, top, mapping) }.filter(\.isWhole).sorted {
      $0.score > $1.score
    }
    let chosen: ListDeclaration
    if let list { chosen = list } else { chosen = try choice(fits, top, source, RegisterSurvey.parts(of: name)) }
    let side = try beside(chosen, top, source)
    let schema = ListSchema(chosen)
    var suggestions = Suggestions()
    var findings = Findings()
    let records = source.cellRecords(request(schema), &suggestions, &findings)
    guard let header = records.header else { throw RegisterRefusal(diagnostics: findings.ordered()) }
    let headings = Headings(schema, mapping)
    if list != nil, header.columns.isEmpty, header.idColumn == nil, let unlike = headless(top, 0, chosen, source.file) {
      throw unlike
    }
    try requireColumns(header, schema, source)
    var doubts = side
    let evidence = DateEvidence(header, schema, top, source)
    if let cards = source as? CardSource {
      doubts.append(
        CardForm.note(
          cards.count, at: SourceRange(source: source.file, start: header.row.end, end: header.row.end)))
    }
    doubts += evidence.orders.map { $0.told(source.file) }
    let places = placeColumns(header, headings, schema)
    let first = Set((0..<min(records.rows, HeadingSearch.rows)).map { records.line(of: $0) })
    let samples = top.filter { first.contains($0.line) }
    let shown = guesses.map { Set($0.guesses.map { $0.number - 1 }) } ?? []
    let columns = header.names.indices.compactMap {
      column($0, header, headings, schema, places, samples, isGuessed: shown.contains($0))
    }
    let (unread, lost) = unread(header, schema, places, samples, source.file)
    doubts += lost + months(header, schema, samples, source.file) + ids(header, schema, samples, source.file)
    doubts += nearly(top, chosen, source.file)
    doubts += gone(header, schema, source) + crowds(header, schema, source) + brokers(header, schema, source)
    doubts += oddities(header, schema, records, source) + homes(header, schema, source.file)
    let named = named(records, header, places, schema, &doubts)
    return RegisterProposal(
      list: chosen, others: fits.map(\.list.name).filter { $0 != chosen.name }, columns: columns, rows: records.rows,
      named: named, doubts: doubts, unread: unread, called: called(records, schema), sheets: sheets(source, chosen),
      headless: guesses, orders: evidence.orders.map { ($0.field, $0.order) },
      openDays: evidence.open)
  }

  /// The note that identity numbers would give a fact on request that no column states: the home of record.
  private func homes(_ header: BulkHeader, _ schema: ListSchema, _ file: SourceFile) -> [Diagnostic] {
    let list = schema.declaration
    let stated = Set((header.columns.map(\.field) + header.standIns.map(\.field)).map { schema.fields[$0].name })
    guard let id = list.personID, let number = list.field(id), stated.contains(id) else { return [] }
    return IdentityFacts.asked.compactMap { name in
      guard let field = list.field(name), !stated.contains(name), !(mapping.given[list.name]?.contains(name) ?? false),
        mapping.constants[list.name]?.contains(where: { $0.field == name }) != true
      else { return nil }
      let at = SourceRange(source: file, start: header.row.cells.first?.start ?? header.row.end, end: header.row.end)
      return Diagnostic(
        .note, code: "from-number",
        Text(
          "no column states `\(name)`; `\(id)` says where somebody was registered first, which may have changed since",
          zh: "没有列说明\(field.words.zh)；\(number.words.zh)前六位为首次登记地，此后可能已变动"),
        hint: Text(
          "if it may stand for it, add `from_number \(name)`", zh: "如可作为\(field.words.zh)，请加上 `由身份证号 \(field.words.zh)`"
        ),
        at: at)
    }
  }

  /// Refuses a sheet of which no column states what every record must, and says which columns could.
  private func requireColumns(
    _ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource
  ) throws(RegisterRefusal) {
    let stated = Set(header.columns.map(\.field))
    let wanting = schema.requiredNames.filter { $0.0 >= 0 && !stated.contains($0.0) }
    if wanting.isEmpty { return }
    let rows = source.head(HeadingSearch.rows, limit: BulkHeader.columnLimit).filter { $0.line >= header.bodyLine }
    let free = header.names.indices.filter { header.plans[$0].use == .skip && !header.names[$0].isEmpty }
    let lacking = wanting.map { number, name in
      let field = schema.fields[number]
      let could = free.filter { RegisterSurvey.mayState(field, header.names[$0]) && fits(rows, $0, field) }
      let at = SourceRange(
        source: source.file, start: header.row.cells.first?.start ?? header.row.end, end: header.row.end)
      return RegisterSurvey.lacking(field, name, could.map { header.names[$0] }, at)
    }
    let first = schema.fields[wanting[0].0]
    throw RegisterRefusal(
      diagnostics: lacking, question: question(first, schema.declaration, free.map { ($0, header.names[$0]) }, rows))
  }

  /// Which of the columns that nothing is read from states a fact.
  func question(
    _ field: Field, _ list: ListDeclaration, _ free: [(column: Int, name: String)], _ rows: [BulkRow]
  ) -> RegisterQuestion {
    // What is only left over is offered by its number, and not by Enter alone.
    let could = free.filter {
      RegisterSurvey.mayState(field, $0.name) && fits(rows, $0.column, field)
        && (RegisterSurvey.target(field.type) != nil || RegisterSurvey.speaks($0.name, of: field, list)
          || field.name == list.begins && RegisterSurvey.speaksOfFirst($0.name))
    }.sorted { RegisterSurvey.score(field, $0.name) > RegisterSurvey.score(field, $1.name) }
    return .column(
      field, of: list, could: could.map(\.name),
      others: free.filter { one in !could.contains { $0.column == one.column } }.map(\.name))
  }

  /// Whether a heading may be of a fact whose cells may say anything: who is named has a word for it in the heading.
  static func mayState(_ field: Field, _ heading: String) -> Bool {
    if case .text = field.type {
      return ["名", "人员", "工人", "员工", "学生"].contains(where: heading.contains) || heading.lowercased().contains("name")
    }
    guard target(field.type) != nil else { return true }
    return ["单位", "公司", "企业", "厂", "机构", "店", "商户", "雇主", "酒楼", "餐厅", "基地"].contains(where: heading.contains)
      || ["company", "employer", "firm", "agency", "enterprise", "organi"].contains(
        where: heading.lowercased().contains)
  }

  /// Whether the first cells of a column can be read as a fact.
  func fits(_ rows: [BulkRow], _ column: Int, _ field: Field) -> Bool {
    let cells = rows.compactMap { row -> String? in
      guard row.cells.indices.contains(column), !row.cells[column].text.isEmpty else { return nil }
      return row.cells[column].text
    }
    if cells.isEmpty { return false }
    let fit = cells.count { cell in
      do { return try reader.reading(cell, field, CellContext()).value != nil } catch {
        // A month is a day once somebody has said which.
        return field.type == .date && DateWriting(text: cell, type: .dateOrMonth).isRead
      }
    }
    return fit * 2 > cells.count
  }

  private static func lacking(_ field: Field, _ name: String, _ could: [String], _ at: SourceRange) -> Diagnostic {
    let label = field.labels.first ?? name
    let shown = could.prefix(5).map { ValueProblem.shown($0) }
    let message =
      shown.isEmpty
      ? Text("no column is known to state `\(name)`", zh: "没有列说明\(label)")
      : Text(
        "no column is known to state `\(name)`; \(shown.map { "`\($0)`" }.joined(separator: ", ")) could",
        zh: "没有列说明\(label)；可能是\(shown.map { "“\($0)”" }.joined(separator: "、"))")
    let heading = shown.first ?? "…"
    let quoted = heading.allSatisfy { $0.isLetter || $0.isNumber } ? heading : "\"\(heading)\""
    return .error(
      "register-columns", message,
      hint: shown.isEmpty
        ? Text(
          "say which does, `columns HEADING = \(name)`, or what it is in every record, `constant \(name) = …`",
          zh: "请写明由哪一列说明：“各列 表头 = \(label)”；各条都相同的，写“常量 \(label) = …”")
        : Text(
          "say which, if it is so: `import FILE columns \(quoted) = \(name)`",
          zh: "如确实如此，请写明：`导入 文件 各列 \(quoted) = \(label)`"), at: at)
  }

  func request(_ schema: ListSchema) -> BulkRequest {
    BulkRequest(
      schema: schema, reader: reader, ignored: Ignored(), mapping: mapping, threads: threads, control: control)
  }

  func opened(
    _ path: String, _ name: String, _ list: ListDeclaration?
  ) throws(RegisterRefusal) -> any CellSource {
    let file = SourceFile(name: BulkPlace(name).file, text: "")
    var findings = Findings()
    let bytes: FileBytes
    do {
      bytes = try FileBytes.read(BulkPlace(path).file, limit: BulkReading.sizeLimit)
    } catch {
      throw RegisterRefusal(diagnostics: [error.diagnostic(at: nil)])
    }
    do {
      if let source = try BulkFormat.of(path).open(bytes, name, threads) as? any CellSource {
        source.keepAll()
        source.settle { top in
          dictionary.lists.contains { one in
            (list.map { $0.name == one.name } ?? true) && RegisterFit(one, top, mapping)?.isWhole == true
          }
        }
        if source.prepare(control, &findings) { return source }
      }
    } catch {
      findings.add(error.problem, at: error.location(in: file))
    }
    throw RegisterRefusal(diagnostics: findings.ordered())
  }

  // MARK: columns

  private func column(
    _ index: Int, _ header: BulkHeader, _ headings: Headings, _ schema: ListSchema, _ places: [Int: Int],
    _ rows: [BulkRow], isGuessed: Bool
  ) -> RegisterProposal.Column? {
    let heading = String(Members.trimmed(header.names[index][...]))
    guard !heading.isEmpty else { return nil }
    let match = RegisterSurvey.match(heading, headings)
    let isID = header.idColumn == index
    let joins = header.standIns.first { $0.columns.contains(index) }?.field
    let field = isID ? schema.declaration.field("id") : header.plans[index].field ?? joins.map { schema.fields[$0] }
    let use: RegisterProposal.Column.Use =
      if isGuessed {
        .values
      } else if isID || field != nil {
        match.map { $0.rank > 1 || !isID && $0.field < 0 } == true ? .usual : .own
      } else if let owner = places[index] {
        .place(of: RegisterSurvey.target(schema.fields[owner].type) ?? schema.fields[owner].name)
      } else {
        .ignored
      }
    let sample = rows.lazy.compactMap { row -> String? in
      guard row.cells.indices.contains(index), !row.cells[index].text.isEmpty else { return nil }
      return row.cells[index].text
    }.first
    var column = RegisterProposal.Column(
      number: index + 1, heading: heading, use: use, field: field,
      sample: sample.map { RegisterProposal.Column.covered($0, field, schema.declaration) })
    column.isLeftByPlace = mapping.leaves(place: index + 1, of: schema.declaration.name)
    return column
  }

  private static func match(_ heading: String, _ headings: Headings) -> Headings.Match? {
    // What is wrong with a heading is told when the sheet is loaded.
    do { return try headings.match(heading) } catch { return nil }
  }

  /// The columns that say where the records are that another column names: 用工单位所在地 beside 用工单位.
  private func placeColumns(_ header: BulkHeader, _ headings: Headings, _ schema: ListSchema) -> [Int: Int] {
    var out: [Int: Int] = [:]
    for (column, owner) in header.columns {
      guard let target = RegisterSurvey.target(schema.fields[owner].type) else { continue }
      let field = schema.fields[owner]
      let usual = RegisterHeadings.of(schema.declaration.name).first { $0.field == field.name }?.headings ?? []
      let own = column < header.names.count ? [Headings.bare(header.names[column]).name] : []
      // Of two employers 单位所在地 is nobody's.
      let isOnly = header.columns.count { RegisterSurvey.target(schema.fields[$0.1].type) == target } == 1
      let names = [field.name] + field.labels + usual + own + (isOnly ? RegisterSurvey.shortNames[target] ?? [] : [])
      let wanted = Set(names.flatMap { name in RegisterSurvey.placeWords.map { name + $0 } })
      for (index, heading) in header.names.enumerated() where header.plans[index].use == .skip {
        if wanted.contains(Headings.bare(heading).name) { out[index] = owner }
      }
    }
    return out
  }

  /// How a register speaks of what another column names: 机构所在地 beside 介绍机构.
  private static let shortNames = ["agencies": ["机构", "中介", "中介机构"], "enterprises": ["企业", "单位", "公司"]]

  private static let placeWords = [
    "所在地", "所在地址", "注册地", "注册地址", "地址", "所在县", "所在县市区", "所在区县", "所在县区", "所属区县", "区县", "district", "_district", "place",
  ]

  static func target(_ type: FieldType) -> String? {
    if case .reference(let list) = type { return list }
    return nil
  }
}

extension RegisterSurvey {
  /// A register's file, and the sheet that is named behind it.
  package static func parts(of path: String) -> (file: String, sheet: String?) {
    let place = BulkPlace(path)
    return (place.file, place.part)
  }
}

extension RegisterSurvey {
  /// A name as references by name are compared: without blanks, full-width characters as ASCII.
  package static func plain(_ name: String) -> String { CellText.closed(name) }
}
