// Columns of which nothing is read although they look like facts that no column states. Knows nothing of what becomes
// of a register.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// The warnings on such columns.
  func unread(
    _ header: BulkHeader, _ schema: ListSchema, _ places: [Int: Int], _ rows: [BulkRow], _ file: SourceFile
  ) -> ([RegisterProposal.Unread], [Diagnostic]) {
    let stated = Set(header.columns.map(\.field))
    let open = schema.fields.indices.filter { !stated.contains($0) }.map { schema.fields[$0] }
    let joined = header.joined
    let list = schema.declaration
    let found = header.names.indices.compactMap { column -> (RegisterProposal.Unread, Diagnostic)? in
      let heading = String(Members.trimmed(header.names[column][...]))
      guard header.plans[column].use == .skip, places[column] == nil, !joined.contains(column), !heading.isEmpty,
        !mapping.leaves(heading, of: list.name), !mapping.leaves(place: column + 1, of: list.name)
      else { return nil }
      let cells = rows.compactMap { row -> String? in
        guard row.cells.indices.contains(column), !row.cells[column].text.isEmpty else { return nil }
        return row.cells[column].text
      }
      let cell = header.row.cells.indices.contains(column) ? header.row.cells[column] : nil
      let at = SourceRange(source: file, start: cell?.start ?? header.row.end, end: cell?.end ?? header.row.end)
      return unread(heading, cells, open, list, at)
    }
    return (found.map(\.0), found.map(\.1))
  }

  /// The same of one column.
  /// - Parameters:
  ///   - cells: those that hold anything.
  ///   - open: the facts that no column states.
  private func unread(
    _ heading: String, _ cells: [String], _ open: [Field], _ list: ListDeclaration, _ at: SourceRange
  ) -> (RegisterProposal.Unread, Diagnostic)? {
    // 人员类别: 脱贫户, 一般农户: by its cells a column says of somebody whether he is one.
    let said = open.first { $0.type == .bool && ColumnLook.says($0, cells) } ?? asked(heading, cells, open, list)
    let (name, brackets) = Headings.bare(heading)
    let yuan = brackets.lazy.compactMap { HeadingUnit($0).unit?.yuan }.first ?? 1
    guard let look = look(said, cells, yuan) else { return nil }
    let isOtherTime = look == .amount && Headings.otherTime(name) != nil
    let fields = open.filter { isTold($0, look, heading, list, isOtherTime: isOtherTime) }
    guard !fields.isEmpty || said != nil else { return nil }
    let could = said.map { [$0] } ?? likely(fields, heading)
    let likely =
      said.map { [$0] }
      ?? could.filter {
        look == .agency
          ? ColumnLook.speaksOfComing(heading)
          : look == .span ? SpanText.saysBoth(name) : RegisterSurvey.speaks(heading, of: $0, list)
      }
    let unread = RegisterProposal.Unread(
      heading: heading, look: look.words, fields: likely.isEmpty ? could : likely,
      isLikely: look == .identity || !likely.isEmpty && !isOtherTime)
    if isOtherTime { return (unread, ColumnLook.otherTime(heading, could[0], at: at)) }
    return (
      unread, look.warning(heading, likely.isEmpty ? could : likely, isLikely: unread.isLikely, at: at)
    )
  }

  /// What headings call numbers of people and of firms.
  private static let counts = ["人数", "人次", "户数", "人员数", "职工数", "员工数", "家数", "数量", "次数"]

  /// What a column looks like.
  /// - Parameter said: the fact that its cells or its heading tell already.
  private func look(_ said: Field?, _ cells: [String], _ yuan: Int64) -> ColumnLook? {
    guard let said else { return ColumnLook(cells, reader, yuan: yuan) }
    if case .set = said.type { return .choices }
    return .flag
  }

  /// The fact that a heading asks about and cells answer by figures or words of another language, or by some of the
  /// names that it may have: 贫困标识 with 1 and 0, Poverty Relief with TRUE, 入选名单 with 龙头企业.
  private func asked(_ heading: String, _ cells: [String], _ open: [Field], _ list: ListDeclaration) -> Field? {
    guard !cells.isEmpty else { return nil }
    if RegisterSurvey.counts.contains(where: heading.contains) { return nil }
    // What other marks below a Chinese heading may mean is told below.
    let isFigures = cells.allSatisfy { ["0", "1"].contains(CellText.closed($0)) }
    if isFigures || heading.utf8.allSatisfy({ $0 < 0x80 }) && cells.allSatisfy({ WordWriting.bool($0) != nil }) {
      return open.first { $0.type == .bool && RegisterSurvey.names(heading, $0, list) }
    }
    return open.first { field in
      guard case .set(.choice(let choices)) = field.type else { return false }
      let named = cells.count { cell in
        cell.split { "、,，;；/ ".contains($0) }.contains {
          WordWriting.choice(String($0), choices, field.choiceLabels) != nil
        }
      }
      return named * 2 > cells.count
    }
  }

  /// Whether a heading names a fact of yes and no by a word of its usual headings, or by one of its own name.
  private static func names(_ heading: String, _ field: Field, _ list: ListDeclaration) -> Bool {
    if speaks(heading, of: field, list) { return true }
    let name = Headings.bare(heading).name
    if name.utf8.allSatisfy({ $0 < 0x80 }) {
      let common: Set<String> = ["person", "before", "insured", "employed", "public", "first"]
      return field.name.split(separator: "_").contains { part in
        part.utf8.count > 4 && !common.contains(String(part)) && name.contains(part)
      }
    }
    let usual = RegisterHeadings.of(list.name).first { $0.field == field.name }?.headings ?? []
    let isDenied = ["非", "无", "未", "不"].contains(where: name.contains)
    return !isDenied
      && ["贫困", "脱贫", "建档"].contains { word in name.contains(word) && usual.contains { $0.contains(word) } }
  }

  /// Whether a fact is lost with a column. A day or a mark may be anything: what the heading does not speak of is lost
  /// only where it is the first or last day.
  private func isTold(
    _ field: Field, _ look: ColumnLook, _ heading: String, _ list: ListDeclaration, isOtherTime: Bool
  ) -> Bool {
    guard look.fits(field, of: list), !RegisterSurvey.speaksOfAnother(heading, field, list) else { return false }
    switch look {
    case .amount:
      // Of numbers only what the heading speaks of is an amount, no column of one month's wages is the wage, and none
      // of people is money.
      if RegisterSurvey.counts.contains(where: heading.contains) { return false }
      if isOtherTime { return field.name.hasPrefix("monthly") }
      return RegisterSurvey.score(field, heading) > 1 && !heading.contains(#/[0-9一二三四五六七八九十]月/#)
    case .span: return !ColumnLook.isOfContract(heading)
    case .identity, .place, .agency: return true
    case .day, .month, .flag, .months, .choices:
      return field.name == list.begins || field.name == list.ends || RegisterSurvey.score(field, heading) > 0
    }
  }
}
