// What stands for a fact of which no column of a table speaks: what somebody has said of every record, a line above the
// table (单位名称：…), the rows that head groups, or several columns that say it together. Knows nothing of cells below.
import Diagnostics

/// Where the values of a fact come from that no single column states.
struct StandIn {
  enum Source {
    /// One text for every record: said by somebody, or found in a line above.
    case constant(String)
    /// The text of a line above the table, which a row of the same kind below replaces: 用工单位：甲公司.
    case above(String)
    /// The text of the row that heads the record's group.
    case group
    /// What a line of the form says, above the table or between its rows: 张坂 乡（镇） 上塘 村.
    case line(String)
    /// The texts of several columns, one after another.
    case joined([Int])
    /// The first or the last day of a column that says both: 2022.3.1-2022.12.31.
    case span(Int, isEnd: Bool)
    /// One of the two facts of a column that says both: 张三/男.
    case part(Int, CellPart)
    /// The year, the month and the day, each in a column of its own.
    case dated([Int])
  }

  let field: Int
  let source: Source
  /// What it is called where a column's heading is shown.
  let name: String
  /// What is said of it; nil where somebody has asked for it.
  let note: Text?

  /// Whether a row between the records may say it otherwise for those below.
  var isLine: Bool {
    switch source {
    case .line, .above: true
    case .constant, .group, .joined, .span, .part, .dated: false
    }
  }

  /// The file's columns that it is taken from.
  var columns: [Int] {
    switch source {
    case .joined(let columns), .dated(let columns): columns
    case .span(let column, _), .part(let column, _): [column]
    case .constant, .above, .group, .line: []
    }
  }
}

/// What a table says beside its columns.
struct TableSurroundings {
  private(set) var standIns: [StandIn] = []
  /// By how much amounts without a unit of their own are multiplied, and the unit's name: 单位：万元 above the table.
  private(set) var unit: (name: String, yuan: Int64)?
  /// Single cells above the headings, by which they are known again where they are repeated on each page.
  private(set) var titles: Set<String> = []
  /// What reads the lines of a form, where one of them says something.
  private(set) var lines: FormLines?
  /// What somebody has said of every record and a column states: the fields.
  private(set) var idle: [Int] = []
  /// What somebody has said of headings and is found in lines above the table.
  private(set) var usedHeadings: Set<String> = []
  /// Firms that lines above the table name, and no fact is taken from.
  private(set) var firms: [FirmLine] = []

  /// The line below the table that says the unit, where none above does.
  private(set) var unitBelow: Int?

  /// Takes what a line below the table says, where none above says it.
  mutating func take(_ below: UnitBelow?) {
    guard unit == nil, let below else { return }
    unit = (below.name, below.yuan)
    unitBelow = below.line
  }

  /// The columns from which facts are taken that none states by itself.
  var joined: [Int] { standIns.flatMap(\.columns) }

  /// Whether several columns state a field together.
  func stands(for field: Int) -> Bool { standIns.contains { $0.field == field } }

  /// - Parameter stated: the fields that columns state, -1 for ids.
  init(
    _ top: [BulkRow], _ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema, _ mapping: ColumnMapping,
    stated: Set<Int>
  ) {
    var stated = stated
    for constant in mapping.constants[schema.declaration.name] ?? [] {
      guard let field = schema.named(constant.field), field >= 0 else { continue }
      guard stated.insert(field).inserted else {
        idle.append(field)
        continue
      }
      standIns.append(StandIn(field: field, source: .constant(constant.text), name: constant.field, note: nil))
    }
    let above = top.filter { $0.line < found.row.line }
    for row in above {
      let cells = row.cells.filter { !$0.text.isEmpty }
      if let first = cells.first, Set(cells.map(\.text)).count == 1 { titles.insert(CellText.closed(first.text)) }
      for (i, cell) in row.cells.enumerated() { read(cell, i, row, headings, schema, &stated) }
      readPairs(cells.map(\.text), row, found, headings, schema, &stated)
    }
    readLines(above, schema, &stated)
    if let place = placed(top, found, headings, schema, stated) {
      standIns.append(place)
      stated.insert(place.field)
    }
    for standIn in dated(found, headings, schema, stated) {
      standIns.append(standIn)
      stated.insert(standIn.field)
    }
    span(found, headings, schema, &stated)
    let parts = parted(top, found, headings, schema, stated), both = mixed(found, headings, schema, stated)
    // A part may be of a fact that its column was taken for; of agencies and persons another column may go before.
    for standIn in parts + both.filter({ one in !parts.contains { $0.field == one.field } }) {
      standIns.append(standIn)
      stated.insert(standIn.field)
    }
    group(top, found, schema, &stated)
    takeFirm(schema, &stated)
    if let title = above.first(where: { Set($0.cells.map(\.text)).subtracting([""]).count == 1 }) {
      readTitle(title, schema, &stated)
    }
  }

  /// 甲纺织有限公司用工名单: whose register it is, where no column says so.
  private mutating func readTitle(_ row: BulkRow, _ schema: ListSchema, _ stated: inout Set<Int>) {
    guard let field = schema.named("enterprise"), field >= 0, schema.fields[field].absence == .required,
      !stated.contains(field), let text = row.cells.first(where: { !$0.text.isEmpty })?.text,
      let name = TableSurroundings.employer(CellText.closed(text))
    else { return }
    stated.insert(field)
    let words = schema.fields[field].words
    standIns.append(
      StandIn(
        field: field, source: .above(name), name: schema.fields[field].name,
        note: Text(
          "`\(words.en)` is `\(ValueProblem.shown(name))` in the records below line \(row.line), as that title says",
          zh: "以下各条记录的\(words.zh)取第 \(row.line) 行标题中的 `\(ValueProblem.shown(name))`")))
  }

  /// The employer that a register's title begins with; nil where it does not.
  private static func employer(_ title: String) -> String? {
    guard title.utf8.count <= 200, !OwnerRows.isBroker(title), registers.contains(where: title.hasSuffix) else {
      return nil
    }
    for end in OwnerRows.firms {
      guard let range = title.ranges(of: end).last else { continue }
      let name = title[..<range.upperBound]
      guard name.count >= end.count + 2, name.allSatisfy({ $0.isLetter || $0.isNumber || "()".contains($0) }) else {
        return nil
      }
      return String(name)
    }
    return nil
  }

  private static let registers = ["名单", "花名册", "登记表", "台账", "明细表", "汇总表", "统计表", "情况表", "名册", "一览表", "明细"]

  /// `单位名称：福建恒申集团有限公司`, in one cell or two; `单位：万元`
  private mutating func read(
    _ cell: BulkRow.Cell, _ index: Int, _ row: BulkRow, _ headings: Headings, _ schema: ListSchema,
    _ stated: inout Set<Int>
  ) {
    let next = row.cells.indices.contains(index + 1) ? row.cells[index + 1].text : nil
    guard let (heading, value) = OwnerRows.line(cell.text, before: next) else { return }
    if let line = UnitLine(cell.text, before: next) {
      unit = unit ?? line.unit
      return
    }
    if take(value, as: heading, headings, schema, &stated) {
      usedHeadings.formUnion([ColumnMapping.plain(heading), Headings.bare(heading).name])
    } else if OwnerRows.isOfFirm((heading, value)) {
      firms.append(FirmLine(line: row.line, heading: Headings.bare(heading).name, name: OwnerRows.unsealed(value)))
    }
  }

  /// 单位名称 | 甲公司, in two cells, or several of the kind side by side: 付款账号 | … | 付款户名 | 甲公司.
  private mutating func readPairs(
    _ texts: [String], _ row: BulkRow, _ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema,
    _ stated: inout Set<Int>
  ) {
    guard texts.count.isMultiple(of: 2), !texts.isEmpty else { return }
    let pairs = stride(from: 0, to: texts.count, by: 2).map { Array(texts[$0...$0 + 1]) }
    guard pairs.allSatisfy({ TableSurroundings.isPair($0, found, headings) }) else { return }
    for pair in pairs {
      let heading = CellText.closed(pair[0])
      if take(pair[1], as: heading, headings, schema, &stated) { continue }
      let payers = ["付款户名", "付款人", "付款人名称", "付款人户名", "付款单位", "付款单位名称", "代发单位"]
      if payers.contains(heading) || OwnerRows.isOfFirm((heading, pair[1])), OwnerRows.isFirm(pair[1]) {
        firms.append(FirmLine(line: row.line, heading: heading, name: OwnerRows.unsealed(pair[1])))
      }
    }
  }

  /// Takes the only firm that lines above the table name for the employer, where every record must state one and
  /// nothing else says it: 申请单位（盖章）：甲纺织有限公司.
  private mutating func takeFirm(_ schema: ListSchema, _ stated: inout Set<Int>) {
    guard let field = schema.named("enterprise"), field >= 0, schema.fields[field].absence == .required,
      !stated.contains(field), let firm = firms.first, Set(firms.map(\.name)).count == 1,
      !OwnerRows.isBroker(firm.name)
    else { return }
    stated.insert(field)
    firms = []
    let (words, shown) = (schema.fields[field].words, ValueProblem.shown(firm.name))
    standIns.append(
      StandIn(
        field: field, source: .above(firm.name), name: schema.fields[field].name,
        note: Text(
          "`\(words.en)` is `\(shown)` in the records below, as line \(firm.line) above the table says "
            + "(\(firm.heading))",
          zh: "以下各条记录的\(words.zh)取表头上方第 \(firm.line) 行“\(firm.heading)”所写的 `\(shown)`")))
  }

  /// Whether two cells above the table are a heading and what it is: no unit, no line with a colon, no headings.
  private static func isPair(_ texts: [String], _ found: HeadingSearch, _ headings: Headings) -> Bool {
    !texts.contains { $0.contains(where: { "：:".contains($0) }) }
      && !UnitLine.headings.contains(CellText.closed(texts[0]))
      && !found.upper.contains(texts[1]) && !HeadingSearch.isKnown(texts[1], headings)
  }

  /// Takes what stands above the table for a fact of every record, where it names another list's record.
  /// - Returns: whether it does, also of one that is stated.
  @discardableResult
  private mutating func take(
    _ said: String, as heading: String, _ headings: Headings, _ schema: ListSchema, _ stated: inout Set<Int>
  ) -> Bool {
    do {
      guard let match = try headings.match(heading), match.field >= 0,
        case .reference = schema.fields[match.field].type
      else { return false }
      // Who brings workers to the employers of a column is not one of them.
      guard stated.insert(match.field).inserted else { return !OwnerRows.isBroker(said) }
      // The form's place for a seal is no part of the name.
      let value = said.hasSuffix("章）") || said.hasSuffix("章)") ? OwnerRows.unsealed(said) : said
      let (name, shown) = (heading, ValueProblem.shown(value))
      let words = schema.fields[match.field].words
      standIns.append(
        StandIn(
          field: match.field, source: .above(value), name: name,
          note: Text(
            "`\(words.en)` is `\(shown)` in the records below, as the line above the table says",
            zh: "以下各条记录的\(words.zh)取表头上方所写的 `\(shown)`")))
      return true
    } catch {
      // A unit in the words above is no heading's.
      return false
    }
  }

  /// `张坂 乡（镇） 上塘 村 3 组`, `（已就业）`
  private mutating func readLines(_ above: [BulkRow], _ schema: ListSchema, _ stated: inout Set<Int>) {
    let lines = FormLines(schema, stated: stated)
    for row in above {
      let said = lines.read(row.cells.map(\.text)).filter { stated.insert($0.field).inserted }
      if said.isEmpty { continue }
      self.lines = lines
      let parts = said.map { field, text in
        let (words, shown) = (schema.fields[field].words, lines.shown(text, of: schema.fields[field]))
        return Text("`\(words.en)` as \(shown.en)", zh: "\(words.zh)为\(shown.zh)")
      }
      let note = Text(
        "line \(row.line) of the form says of the records below it: " + parts.map(\.en).joined(separator: ", "),
        zh: "按表头上方第 \(row.line) 行，以下各条" + parts.map(\.zh).joined(separator: "，"))
      for (i, one) in said.enumerated() {
        standIns.append(
          StandIn(
            field: one.field, source: .line(one.text), name: schema.fields[one.field].name, note: i == 0 ? note : nil))
      }
    }
  }

  /// A column that says since when and until when: 用工起止时间.
  private mutating func span(
    _ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema, _ stated: inout Set<Int>
  ) {
    let list = schema.declaration
    guard let begins = list.begins.flatMap({ schema.named($0) }), let ends = list.ends.flatMap({ schema.named($0) })
    else { return }
    // What was said of one of the two days alone: 合同起止时间 = 参保日期.
    for (column, cell) in found.cells.enumerated() {
      guard let (field, isEnd) = headings.saidDay(cell.text), !stated.contains(field) else { continue }
      let (name, words) = (found.cells[column].text, schema.fields[field].words)
      let note = Text(
        "`\(words.en)` is the \(isEnd ? "last" : "first") of the two days of the column `\(ValueProblem.shown(name))`",
        zh: "`\(ValueProblem.shown(name))` 列的\(isEnd ? "后" : "前")一日期读作\(words.zh)")
      stated.insert(field)
      standIns.append(StandIn(field: field, source: .span(column, isEnd: isEnd), name: name, note: note))
    }
    guard !stated.contains(begins), !stated.contains(ends),
      let column = found.cells.firstIndex(where: {
        headings.saysSpan($0.text)
          || SpanText.isHeading(Headings.bare($0.text).name, of: list.name) && !headings.isSaid($0.text)
      })
    else { return }
    let name = found.cells[column].text
    let (first, last) = (schema.fields[begins].words, schema.fields[ends].words)
    for (field, isEnd) in [(begins, false), (ends, true)] {
      stated.insert(field)
      let note = Text(
        "`\(first.en)` and `\(last.en)` are the two days of the column `\(ValueProblem.shown(name))`",
        zh: "`\(ValueProblem.shown(name))` 列的前后两个日期读作\(first.zh)和\(last.zh)")
      standIns.append(
        StandIn(field: field, source: .span(column, isEnd: isEnd), name: name, note: isEnd ? nil : note))
    }
  }

  /// The first row below the headings holds one text and nothing else: it heads a group, and says what is missing.
  private mutating func group(
    _ top: [BulkRow], _ found: HeadingSearch, _ schema: ListSchema, _ stated: inout Set<Int>
  ) {
    guard let next = top.first(where: { $0.line >= found.row.nextLine && $0.cells.contains { !$0.text.isEmpty } }),
      found.cells.count > 1
    else { return }
    let cells = next.cells.enumerated().filter { !$0.element.text.isEmpty }
    guard let first = cells.first, first.offset < 2, Set(cells.map(\.element.text)).count == 1,
      first.element.text.utf8.count <= 200, !CellText.isDigits(first.element.text)
    else { return }
    let lacking = schema.requiredNames.filter { $0.0 >= 0 && !stated.contains($0.0) }
    guard let (field, name) = lacking.first, lacking.count == 1, case .reference = schema.fields[field].type else {
      return
    }
    stated.insert(field)
    let words = schema.fields[field].words
    standIns.append(
      StandIn(
        field: field, source: .group, name: name,
        note: Text(
          "`\(words.en)` is taken from the rows that head each group of records, the first being "
            + "`\(ValueProblem.shown(first.element.text))`",
          zh: "\(words.zh)取自各组上方的单独一行，如 `\(ValueProblem.shown(first.element.text))`")))
  }

  /// What a row says that heads a group, without its number, 单位名称： before it and a count behind it.
  static func groupName(_ text: String) -> String {
    var rest = Members.trimmed(text[...])
    if let open = rest.first, "（(".contains(open), let close = rest.firstIndex(where: { "）)".contains($0) }),
      rest.distance(from: rest.startIndex, to: close) <= 4
    {
      rest = Members.trimmed(rest[rest.index(after: close)...])
    } else if let mark = rest.prefix(5).firstIndex(where: { "、.．".contains($0) }),
      rest[..<mark].allSatisfy({ $0.isNumber || "一二三四五六七八九十".contains($0) })
    {
      rest = Members.trimmed(rest[rest.index(after: mark)...])
    }
    if let colon = rest.firstIndex(where: { $0 == "：" || $0 == ":" }), rest.index(after: colon) < rest.endIndex {
      rest = Members.trimmed(rest[rest.index(after: colon)...])
    }
    if let last = rest.last, "）)".contains(last), let open = rest.lastIndex(where: { "（(".contains($0) }),
      rest[open...].contains(where: { $0 == "人" || $0 == "名" }), rest[open...].contains(where: \.isNumber),
      open > rest.startIndex
    {
      rest = Members.trimmed(rest[..<open])
    }
    return String(rest)
  }
}
