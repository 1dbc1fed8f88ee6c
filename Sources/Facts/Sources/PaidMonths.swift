// Lists of payments with a column for each month: 1月, 2月, …, 合计. Each cell is a payment of its month. Knows nothing of
// measures or of what was due.
import Diagnostics
import Reckoning

/// The columns of a list of payments that are months.
struct PaidMonths {
  /// One month's column.
  struct Column {
    /// Counted from 0.
    let number: Int
    let heading: String
    /// 1 to 12.
    let month: Int
    /// The year of its heading, or that which a title or somebody says; nil where a column states it.
    var year: Int?

    /// The first day of the month.
    /// - Parameter stated: the year that a column states.
    func day(_ stated: Int64?) -> Day? {
      (year ?? stated.flatMap { Int(exactly: $0) }).flatMap { Day(year: $0, month: month, day: 1) }
    }
  }

  let columns: [Column]
  /// The column that has the sum of a row; nil where there is none.
  private let total: (number: Int, heading: String)?
  /// The row that names them.
  private let line: Int
  /// What says of which year the months are; nil: their headings, or a column.
  private let yearFrom: Text?
  /// Whether nothing says of which year they are.
  private let isOpen: Bool
  /// A title that names several years; nil where none does.
  private let several: String?

  /// - Returns: nil where columns are no months, or a column of its own says how much was paid.
  init?(_ top: [BulkRow], _ schema: ListSchema, _ mapping: ColumnMapping) {
    let list = schema.declaration.name
    guard let row = top.first(where: { $0.cells.count { PaidMonths.month($0.text) != nil } > 1 }) else { return nil }
    if let said = mapping.headerRows[list], said != row.line { return nil }
    var mapping = mapping
    mapping.setHeaderRow(row.line, of: list)
    let headings = Headings(schema, mapping)
    guard let found = HeadingSearch(top, headings, schema, row: row.line) else { return nil }
    let isYearless = row.cells.contains { PaidMonths.month($0.text)?.year == nil && PaidMonths.month($0.text) != nil }
    let titles = top.filter { $0.line < row.line }.flatMap(\.cells).map(\.text)
    several = titles.first { PaidMonths.isOfSeveralYears($0) }
    let title = several == nil ? PaidMonths.year(titles) : nil
    let said = mapping.constants[list]?.first { $0.field == "year" }.flatMap { Int($0.text.prefix(4)) }
    let year = said ?? title
    var columns: [Column] = []
    var total: (Int, String)?
    var hasYears = false
    for (number, cell) in found.cells.enumerated() {
      let field = TableSurroundings.field(cell.text, headings).flatMap { $0 < 0 ? nil : schema.fields[$0].name }
      let own = row.cells.indices.contains(number) ? PaidMonths.month(row.cells[number].text) : nil
      if let own, !headings.isSaid(cell.text) {
        columns.append(Column(number: number, heading: cell.text, month: own.month, year: own.year ?? year))
      } else if total == nil, field == nil || field == "amount", PaidMonths.isTotal(cell.text) {
        total = (number, cell.text)
      } else if ["amount", "date", "month"].contains(field) {
        // Another column says how much or when: the months are something else.
        return nil
      }
      if field == "year" { hasYears = true }
    }
    let rows = top.filter { $0.line > row.line }
    let cells = columns.flatMap { column in
      rows.compactMap { $0.cells.indices.contains(column.number) ? $0.cells[column.number].text : nil }
    }.filter { !$0.isEmpty }
    // 1月 above √ counts months and no money.
    guard columns.count > 1, Set(columns.map { "\($0.year ?? 0)-\($0.month)" }).count == columns.count,
      cells.count(where: { $0.contains { $0.isNumber } }) * 2 >= cells.count
    else { return nil }
    (self.columns, self.total, line) = (columns, total, row.line)
    isOpen = isYearless && year == nil && !hasYears
    yearFrom =
      !isYearless || year == nil
      ? nil
      : said != nil
        ? Text("of \(year ?? 0), as was said", zh: "按所写年度 \(year ?? 0)")
        : Text("of \(year ?? 0), as the title says", zh: "按标题所写 \(year ?? 0) 年")
  }

  /// The month that a heading is: 1月, 2022年3月, 2022-03, 三月份金额.
  static func month(_ heading: String) -> (year: Int?, month: Int)? {
    guard heading.utf8.count <= 60 else { return nil }
    var name = Headings.bare(heading).name
    for word in ["实发金额", "发放金额", "补贴金额", "实发", "发放", "补贴", "补助", "奖补", "金额", "份"] where name.hasSuffix(word) {
      name = String(name.dropLast(word.count))
      if word != "份", name.hasSuffix("份") { name = String(name.dropLast()) }
      break
    }
    if let found = name.wholeMatch(of: /(?:([0-9]{4})年度?)?([0-9]{1,2})月/) {
      return made(found.1.flatMap { Int($0) }, Int(found.2))
    }
    if let found = name.wholeMatch(of: /([0-9]{4})[-.\/]?([0-9]{2})(?:[-.\/]01)?/) {
      return Int(found.1).flatMap { (2000...2099).contains($0) ? made($0, Int(found.2)) : nil }
    }
    let figures = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    return name.hasSuffix("月") ? figures.firstIndex(of: String(name.dropLast())).map { (nil, $0 + 1) } : nil
  }

  private static func made(_ year: Int?, _ month: Int?) -> (year: Int?, month: Int)? {
    month.flatMap { (1...12).contains($0) ? (year, $0) : nil }
  }

  private static func isTotal(_ heading: String) -> Bool {
    let name = Headings.bare(heading).name
    return ["合计", "总计", "小计", "累计", "总额", "共计", "总金额", "全年"].contains(where: name.contains)
  }

  /// The only year that titles name.
  private static func year(_ titles: [String]) -> Int? {
    let years = Set(
      titles.flatMap { title in
        CellText.closed(title).matches(of: /(20[0-9]{2})(?:年|度)/).compactMap { Int($0.1) }
      })
    return years.count == 1 ? years.first : nil
  }

  /// Whether a title names years of which only the last has a word behind it: 2022-2023年, 2022、2023年度, 2022年至23年.
  static func isOfSeveralYears(_ title: String) -> Bool {
    let years = CellText.closed(title).matches(
      of: /(20[0-9]{2})(?:年度?)?[-‐‑‒–—―－~～〜∼至到、,，.\/／\\及和与&+]+((?:20)?[0-9]{2})(?:年|度)/)
    return years.contains { $0.1.suffix(2) != $0.2.suffix(2) }
  }

  // MARK: reading

  /// The list read once for each month.
  func register(_ survey: RegisterSurvey, _ source: any CellSource) throws(RegisterRefusal) -> PaidRegister {
    let place = Position(line: line, column: columns[0].number + 1)
    let at = SourceRange(source: source.file, start: place, end: place)
    if isOpen { throw RegisterRefusal(diagnostics: [withoutYear(at: at)]) }
    let apart = Set(columns.map(\.number) + [total?.number].compactMap(\.self))
    var lines: [PaidRegister.Line] = []
    var doubts: [Diagnostic] = []
    var known: Set<String> = []
    var hasMeasures = false
    for column in columns {
      let register = try reading(column.heading, survey).paid(source, PaidRegister.monthly, of: column, apart: apart)
      lines += register.lines
      hasMeasures = register.hasMeasures
      for doubt in register.doubts
      where known.insert("\(doubt.code) \(doubt.message.en) \(doubt.location.map { "\($0.start)" } ?? "")").inserted {
        doubts.append(doubt)
      }
    }
    lines = lines.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }.map(\.element)
    doubts.insert(note(lines, at: at), at: 0)
    if let total, let warning = try held(lines, total, survey, source, at: at) { doubts.insert(warning, at: 1) }
    return PaidRegister(lines: lines, hasMeasures: hasMeasures, hasDates: true, doubts: doubts)
  }

  /// The survey for which one column says how much was paid, and no other month's or sum's does.
  private func reading(_ heading: String, _ survey: RegisterSurvey) -> RegisterSurvey {
    var mapping = survey.mapping
    let list = PaidRegister.list.name
    mapping.setHeaderRow(line, of: list)
    for other in columns.map(\.heading) + [total?.heading].compactMap(\.self) where other != heading {
      mapping.leave(other, of: list)
    }
    mapping.add(heading, as: "amount", of: list)
    return RegisterSurvey(
      survey.dictionary, survey.reader.places, mapping: mapping, threads: survey.threads, control: survey.control)
  }

  private func withoutYear(at location: SourceRange) -> Diagnostic {
    let shown = columns.prefix(2).map { ValueProblem.shown($0.heading) }
    let why =
      several.map { ValueProblem.shown($0) }.map { title in
        Text("the title names several years: `\(title)`", zh: "标题写有几个年度：“\(title)”")
      } ?? Text("nothing says of which year", zh: "没有写明是哪一年")
    return .error(
      "paid-columns",
      Text(
        "each month has a column of its own (`\(shown.joined(separator: "`, `"))`, …), and \(why.en)",
        zh: "“\(shown.joined(separator: "”“"))”等列各为一个月的金额，\(why.zh)"),
      hint: Text("say it: `constant year = 2022`", zh: "请写明年度：“常量 年度 = 2022”"), at: location)
  }

  /// What the columns were taken for.
  private func note(_ lines: [PaidRegister.Line], at location: SourceRange) -> Diagnostic {
    let (first, last) = (columns[0], columns[columns.count - 1])
    let shown = [first, last].map { ValueProblem.shown($0.heading) }
    return Diagnostic(
      .note, code: "paid-months",
      Text(
        "each amount of the \(columns.count) columns `\(shown[0])` to `\(shown[1])` is a payment of that month"
          + (yearFrom.map { " (\($0.en))" } ?? "") + ": \(lines.count) payments",
        zh: "“\(shown[0])”至“\(shown[1])”\(columns.count) 列，每格金额为该月的一笔发放" + (yearFrom.map { "（\($0.zh)）" } ?? "")
          + "，共 \(lines.count) 笔"),
      hint: Text(
        "blank cells and zeros are no payments; to read one month alone: "
          + "`columns \(HeadingNotes.quoted(first.heading)) = amount`",
        zh: "空格和零不作为发放；只读其中一个月，请写“各列 \(HeadingNotes.quoted(first.heading)) = 金额”"), at: location)
  }

  /// The warning on rows whose sum is another than that of their months.
  private func held(
    _ lines: [PaidRegister.Line], _ total: (number: Int, heading: String), _ survey: RegisterSurvey,
    _ source: any CellSource, at location: SourceRange
  ) throws(RegisterRefusal) -> Diagnostic? {
    let sums = try reading(total.heading, survey).paid(source, PaidRegister.monthly).lines
    var own: [Int: Int64] = [:]
    for line in lines { own[line.number, default: 0] &+= line.fen ?? 0 }
    let wrong = sums.filter { ($0.fen ?? 0) != own[$0.number] ?? 0 && $0.fen != nil }
    let name = ValueProblem.shown(total.heading)
    guard let first = wrong.first else { return nil }
    let places = wrong.prefix(3).map { String($0.number) }
    let more = wrong.count > 3
    let (said, sum) = (PaidMonths.yuan(first.fen ?? 0), PaidMonths.yuan(own[first.number] ?? 0))
    return Diagnostic(
      .warning, code: "paid-months",
      Text(
        "in \(wrong.count) \(wrong.count == 1 ? "row" : "rows") `\(name)` is another sum than that of the months: "
          + places.joined(separator: ", ") + (more ? ", …" : "") + " (row \(first.number): "
          + "\(said) against \(sum)); the months are taken",
        zh: "“\(name)”有 \(wrong.count) 行与各月之和不符：第 " + places.joined(separator: "、") + (more ? " 等行" : " 行")
          + "（第 \(first.number) 行写 \(said) 元，各月合计 \(sum) 元），以各月为准"
      ),
      hint: Text("check these rows with whoever paid", zh: "请向发放单位核实这些行"), at: location)
  }

  private static func yuan(_ fen: Int64) -> String { Money(fen: fen).grouped }
}
