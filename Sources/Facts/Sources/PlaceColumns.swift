// Places of which several columns say a part each: 省, 市 and 县, by themselves or below one heading, and a heading that
// is merged over columns of such parts. Knows nothing of what places there are.
import Diagnostics

extension TableSurroundings {
  /// The columns that say one place together.
  ///
  /// - Parameters:
  ///   - top: the table's first rows.
  ///   - stated: the fields that are stated otherwise.
  func placed(
    _ top: [BulkRow], _ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema, _ stated: Set<Int>
  ) -> StandIn? {
    guard let origin = schema.named("origin"), origin >= 0, case .place = schema.fields[origin].type else { return nil }
    let named = TableSurroundings.parts(found, headings, origin)
    let columns = named.isEmpty ? TableSurroundings.spread(top, found, headings, origin) : named
    func isOrigin(_ column: Int) -> Bool { TableSurroundings.field(found.cells[column].text, headings) == origin }
    // A column that says the whole place goes before its parts.
    guard columns.count > 1, !stated.contains(origin) || columns.contains(where: isOrigin) else { return nil }
    let names = columns.map { column in
      let text = found.cells[column].text
      return ValueProblem.shown(text.isEmpty ? ColumnMapping.place(column + 1).zh : text)
    }
    let words = schema.fields[origin].words
    return StandIn(
      field: origin, source: .joined(columns), name: names.joined(separator: "+"),
      note: Text(
        "`\(words.en)` is made of the columns " + names.map { "`\($0)`" }.joined(separator: ", "),
        zh: "\(words.zh)由 " + names.map { "`\($0)`" }.joined(separator: "、") + " 各列合成"))
  }

  /// The columns whose headings say which part of a place they are.
  private static func parts(_ found: HeadingSearch, _ headings: Headings, _ origin: Int) -> [Int] {
    var parts: [PlacePart: Int] = [:]
    for (column, cell) in found.cells.enumerated() {
      let name = Headings.bare(cell.text).name
      guard let (part, before) = PlacePart.ending(name), parts[part] == nil, !headings.isSaid(cell.text),
        before.isEmpty || PlacePart.owners.contains(before) || field(before, headings) == origin
      else { continue }
      parts[part] = column
    }
    return parts.count > 1 ? PlacePart.allCases.compactMap { parts[$0] } : []
  }

  /// A heading that stands over two or three columns, of which only the first has it: 户籍地 over a province and a county.
  private static func spread(_ top: [BulkRow], _ found: HeadingSearch, _ headings: Headings, _ origin: Int) -> [Int] {
    let own = found.cells.indices.filter { field(found.cells[$0].text, headings) == origin }
    guard own.count == 1, let first = own.first, !headings.isSaid(found.cells[first].text) else { return [] }
    let below = top.filter { $0.line >= found.row.nextLine }
    var columns = [first]
    while columns.count < 3, let last = columns.last, found.cells.indices.contains(last + 1),
      found.cells[last + 1].text.isEmpty, isNarrower(last + 1, than: last, below)
    {
      columns.append(last + 1)
    }
    return columns
  }

  /// Whether a column's cells are names of places within those of the column before it.
  private static func isNarrower(_ column: Int, than before: Int, _ rows: [BulkRow]) -> Bool {
    var count = 0
    for row in rows where row.cells.indices.contains(column) {
      let (wide, narrow) = (CellText.closed(row.cells[before].text), CellText.closed(row.cells[column].text))
      if narrow.isEmpty { continue }
      guard let own = PlacePart.ofPlace(narrow), let above = PlacePart.ofPlace(wide), above.rank < own.rank else {
        return false
      }
      count += 1
    }
    return count > 0
  }
}

/// Which part of a place a column says, or which a name is.
enum PlacePart: CaseIterable {
  case province, city, county

  var rank: Int {
    switch self {
    case .province: 0
    case .city: 1
    case .county: 2
    }
  }

  private var words: [String] {
    switch self {
    case .province: ["省、自治区、直辖市", "省(自治区)", "省(区、市)", "省份", "省级", "省名", "省区市", "省"]
    case .city: ["设区市", "地级市", "市州", "州市", "地市", "市级", "市(州)", "市、州", "市"]
    case .county: ["县市区", "县(市、区)", "区县", "县区", "县级", "市县", "县(区)", "县、区", "县", "区"]
    }
  }

  /// What stands before such a word where the heading is no place by itself.
  static let owners: Set<String> = [
    "户籍所在地", "户籍所在", "户籍地", "户口所在地", "户口所在", "户籍", "户口", "所属", "所在", "籍贯", "来源地", "生源地", "原籍",
  ]

  /// - Parameter heading: as it stands in its cell; nil where it is more than such a word.
  init?(_ heading: String) {
    guard let (part, before) = PlacePart.ending(Headings.bare(heading).name), before.isEmpty else { return nil }
    self = part
  }

  /// The part that a heading ends with, and what stands before it.
  static func ending(_ name: String) -> (part: PlacePart, before: String)? {
    let found = allCases.flatMap { part in part.words.filter(name.hasSuffix).map { (part, $0) } }
    guard let (part, word) = found.max(by: { $0.1.count < $1.1.count }) else { return nil }
    return (part, String(name.dropLast(word.count)))
  }

  /// Which part a place is by the end of its name; nil where that does not say it.
  static func ofPlace(_ name: String) -> PlacePart? {
    if ["省", "自治区", "兵团"].contains(where: name.hasSuffix) || municipalities.contains(name) { return .province }
    if ["自治州", "地区", "盟", "州"].contains(where: name.hasSuffix) { return .city }
    if ["自治县", "县", "区", "旗"].contains(where: name.hasSuffix) { return .county }
    return name.hasSuffix("市") ? .city : nil
  }

  private static let municipalities: Set<String> = ["北京市", "天津市", "上海市", "重庆市", "北京", "天津", "上海", "重庆"]
}
