// The same facts with records of one year that come again in later ones: their days so many whole years later, each
// copy with an id and a person of its own. Makes a dataset of its own; the one it starts from stays as it is. Knows
// nothing of which records come again, or how often: that is handed in.
import Reckoning

/// A record that comes again in a later year.
public struct RecordCopy: Sendable {
  /// How long it lasts.
  public enum Stay: Sendable, Hashable {
    /// As long as the record that it is made from.
    case own
    /// It has no last day.
    case open
    /// As many whole months and days as the record of that row.
    case like(Int32)
  }

  /// The row that it is made from.
  public let source: Int32
  /// By how many whole years its days are later.
  public let years: Int
  /// Which of several in the same year it is, from 1.
  public let number: Int32
  /// How long it lasts.
  public var stay = Stay.own

  /// A copy of a row in a later year.
  public init(source: Int32, years: Int, number: Int32) {
    self.source = source
    self.years = years
    self.number = number
  }
}

/// What becomes of one list.
public struct ListCopies: Sendable {
  /// The rows that stay, ascending.
  public let kept: [Int32]
  /// The records that come behind them.
  public let copies: [RecordCopy]
  /// The year in which the records are that come again, for the ids of copies; nil where copies are of the same year,
  /// and are told apart by their numbers alone.
  public let year: Int?
  /// The texts that are others in copies, as persons are, by the field's name.
  public let fresh: [String: Set<Int32>]

  /// Rows that stay and records that come behind them.
  public init(kept: [Int32], copies: [RecordCopy], year: Int?, fresh: [String: Set<Int32>] = [:]) {
    self.kept = kept
    self.copies = copies
    self.year = year
    self.fresh = fresh
  }
}

extension Dataset {
  /// The table of hires by its place among the tables; nil where the dictionary has no such list.
  public var hires: Int? { tables.firstIndex { $0.declaration.name == CohortList.name } }

  /// The facts with some lists carried into later years.
  ///
  /// References to a record that comes again in the same year go to its copy with the same number, else to the first of
  /// that year, else to the record itself; references to a record that does not stay name none.
  ///
  /// - Parameter lists: by their places among the tables; other lists stay as they are.
  public func carried(_ lists: [Int: ListCopies]) -> Dataset {
    var moves: [Int: RowMoves] = [:]
    for (index, copies) in lists { moves[index] = RowMoves(copies, of: tables[index]) }
    var texts = YearlyTexts(self.texts)
    let tables = tables.enumerated().map { index, table in
      CarriedTable(table, moves[index], among: moves, dictionary).table(&texts)
    }
    return Dataset(
      dictionary: dictionary, tables: tables, texts: texts.pool, places: places, cohorts: [], monthEnd: monthEnd)
  }
}

/// Where the rows of one list go, and which rows stem from where.
private struct RowMoves {
  private struct Key: Hashable {
    let source: Int32
    let years: Int
    let number: Int32
  }

  let kept: [Int32]
  let copies: [RecordCopy]
  let year: Int?
  let fresh: [String: Set<Int32>]
  private let now: [Int32]
  private let places: [Key: Int32]
  /// What parts an id from the year behind it: what no id of the list has.
  let mark: String

  var count: Int { kept.count + copies.count }

  init(_ list: ListCopies, of table: FactTable) {
    kept = list.kept
    copies = list.copies
    year = list.year
    fresh = list.fresh
    var now = [Int32](repeating: Absent.none32, count: table.count)
    for (row, source) in list.kept.enumerated() { now[Int(source)] = Int32(truncatingIfNeeded: row) }
    self.now = now
    var places: [Key: Int32] = [:]
    places.reserveCapacity(list.copies.count)
    for (i, copy) in list.copies.enumerated() {
      places[Key(source: copy.source, years: copy.years, number: copy.number)] =
        Int32(truncatingIfNeeded: list.kept.count + i)
    }
    self.places = places
    var mark = "~"
    if let ids = table.ids {
      var longest = 0
      for row in 0..<table.count {
        var run = 0
        for byte in ids.slice(row) {
          run = byte == 0x7E ? run + 1 : 0
          longest = max(longest, run)
        }
      }
      mark = String(repeating: "~", count: longest + 1)
    }
    self.mark = mark
  }

  /// Where a record stands that a kept row, or a copy, refers to.
  func row(_ old: Int32, for copy: RecordCopy?) -> Int32 {
    guard old >= 0 else { return old }
    if let copy {
      if let same = places[Key(source: old, years: copy.years, number: copy.number)]
        ?? places[Key(source: old, years: copy.years, number: 1)]
      {
        return same
      }
    }
    return now[Int(old)]
  }

  /// What stands behind an id: `~2024`, and `~2024~2` for a second one; `~2` where copies are of the same year.
  func suffix(_ copy: RecordCopy) -> String { suffix(copy, mark) }

  /// The same behind a text that ties records of several lists together.
  func keySuffix(_ copy: RecordCopy) -> String { suffix(copy, "~") }

  private func suffix(_ copy: RecordCopy, _ mark: String) -> String {
    let second = copy.number > 1 ? mark + String(copy.number) : ""
    return year.map { mark + String($0 + copy.years) + second } ?? second
  }
}

/// Texts of copies: one text with one suffix is one text, which no other text is.
private struct YearlyTexts {
  private struct Key: Hashable {
    let text: Int32
    let suffix: String
  }

  private(set) var pool: TextPool
  private let stated: Int
  private var made: [Key: Int32] = [:]
  private var owners: [Int32: Int32] = [:]

  init(_ pool: TextPool) {
    self.pool = pool
    stated = pool.count
  }

  mutating func text(_ text: Int32, _ suffix: String) -> Int32 {
    guard text >= 0 else { return text }
    let key = Key(text: text, suffix: suffix)
    if let known = made[key] { return known }
    let written = pool.text(text) + suffix
    var number = pool.intern(written)
    // Equal letters of somebody else: a number and a name, or a text that is stated.
    if Int(number) < stated || owners[number].map({ $0 != text }) == true { number = pool.apart(written) }
    owners[number] = text
    made[key] = number
    return number
  }

  func id(_ text: String) -> Int32? { pool.id(text) }
}

/// One table on its way into later years.
private struct CarriedTable {
  private let old: FactTable
  private let moves: RowMoves?
  private let all: [Int: RowMoves]
  private let dictionary: FactDictionary
  private var declaration: ListDeclaration { old.declaration }
  private var copies: [RecordCopy] { moves?.copies ?? [] }
  private let keptCount: Int
  private let count: Int
  private let begins: String

  init(_ old: FactTable, _ moves: RowMoves?, among all: [Int: RowMoves], _ dictionary: FactDictionary) {
    self.old = old
    self.moves = moves
    self.all = all
    self.dictionary = dictionary
    keptCount = moves?.kept.count ?? old.count
    count = moves?.count ?? old.count
    begins = CohortList.begins(old.declaration)
  }

  private func source(_ row: Int) -> Int {
    guard let moves else { return row }
    return row < keptCount ? Int(moves.kept[row]) : Int(moves.copies[row - keptCount].source)
  }

  private func copy(_ row: Int) -> RecordCopy? { row < keptCount ? nil : copies[row - keptCount] }

  func table(_ texts: inout YearlyTexts) -> FactTable {
    var columns: [String: Column] = [:]
    for name in old.columns.keys.sorted() {
      guard let column = old.columns[name] else { continue }
      columns[name] = self.column(name, column, &texts)
    }
    if moves != nil { setStays(&columns) }
    let sources = (0..<count).map { Int32(truncatingIfNeeded: source($0)) }
    return FactTable(
      declaration: declaration, count: count, ids: ids(), columns: columns,
      unstated: moves == nil ? old.unstated : [:],
      origin: { [origin = old.origin] row in sources.indices.contains(row) ? origin(Int(sources[row])) : nil })
  }

  private func ids() -> IDColumn? {
    guard let ids = old.ids, let moves else { return old.ids }
    let offsets = Storage<Int64>(count: count + 1, repeating: 0)
    var bytes: [UInt8] = []
    for row in 0..<count {
      bytes.append(contentsOf: ids.slice(source(row)))
      if let copy = copy(row) { bytes.append(contentsOf: moves.suffix(copy).utf8) }
      offsets[row + 1] = Int64(bytes.count)
    }
    return IDColumn(offsets: offsets, bytes: Storage(bytes, padding: 0), ascending: ids.ascending && copies.isEmpty)
  }

  // MARK: Columns

  private func column(_ name: String, _ column: Column, _ texts: inout YearlyTexts) -> Column {
    // The column of persons is declared nowhere.
    let type = declaration.field(name)?.type ?? .text
    switch column.data {
    case .ownIDs: return column
    case .bools(let values): return Column(.bools(gathered(values)), hasAbsent: column.hasAbsent)
    case .int64(let values): return Column(.int64(gathered(values)), hasAbsent: column.hasAbsent)
    case .int32(let values): return int32(name, type, gathered(values), column.hasAbsent, &texts)
    case .constant(let raw):
      guard isMoved(name, type), raw > Absent.none64, raw > Int64(Absent.none32), count > 0 else { return column }
      let values = Storage(count: count, repeating: Int32(clamping: raw))
      return int32(name, type, values, column.hasAbsent, &texts)
    case .sets(let offsets, let values): return sets(type, offsets, values, column.hasAbsent)
    }
  }

  /// Whether values of a column are other ones in copies, or where records have moved.
  private func isMoved(_ name: String, _ type: FieldType) -> Bool {
    switch type {
    case .date, .dateOrMonth, .dateOrYear: !copies.isEmpty
    case .int: name == begins && !copies.isEmpty
    case .text: !copies.isEmpty && (isPersonal(name) || moves?.fresh[name] != nil)
    case .reference(let list): dictionary.index(list).map { all[$0] != nil } ?? false
    case .bool, .money, .figure, .place, .county, .area, .choice, .set: false
    }
  }

  private func isPersonal(_ name: String) -> Bool {
    if name == declaration.person || name == declaration.personID || name == declaration.personName { return true }
    if case .field("id")? = declaration.field(name)?.absence { return true }
    return false
  }

  private func int32(
    _ name: String, _ type: FieldType, _ values: Storage<Int32>, _ hasAbsent: Bool, _ texts: inout YearlyTexts
  ) -> Column {
    guard isMoved(name, type) else { return Column(.int32(values), hasAbsent: hasAbsent) }
    var hasAbsent = hasAbsent
    switch type {
    case .date, .dateOrMonth, .dateOrYear:
      for row in keptCount..<count { values[row] = CarriedTable.later(values[row], copies[row - keptCount].years) }
    case .int:
      for row in keptCount..<count where values[row] > Absent.none32 {
        values[row] = Int32(clamping: Int(values[row]) + copies[row - keptCount].years)
      }
    case .reference(let list):
      if let target = dictionary.index(list), let moves = all[target] {
        for row in 0..<count {
          values[row] = moves.row(values[row], for: copy(row))
          if values[row] < 0 { hasAbsent = true }
        }
      }
    case .text: rename(name, values, &texts)
    case .bool, .money, .figure, .place, .county, .area, .choice, .set: break
    }
    return Column(.int32(values), hasAbsent: hasAbsent)
  }

  /// A copy's person is somebody else: the number with the year behind it, the name where there is no number, and what
  /// stands for the id.
  private func rename(_ name: String, _ values: Storage<Int32>, _ texts: inout YearlyTexts) {
    guard let moves else { return }
    if let fresh = moves.fresh[name] {
      for row in keptCount..<count where fresh.contains(values[row]) {
        values[row] = texts.text(values[row], moves.keySuffix(copies[row - keptCount]))
      }
      return
    }
    let isName = name == declaration.personName && name != declaration.person
    var numbers: Storage<Int32>?
    if let id = declaration.personID, case .int32(let stated)? = old.columns[id]?.data { numbers = stated }
    let isOfID = if case .field("id")? = declaration.field(name)?.absence { true } else { false }
    let isPerson = name == declaration.person || name == declaration.personID
    for row in keptCount..<count where values[row] >= 0 {
      let copy = copies[row - keptCount]
      let hasNumber = numbers.map { $0[Int(copy.source)] >= 0 } ?? false
      let standsForID = isOfID && texts.id(old.ids?.text(Int(copy.source)) ?? "") == values[row]
      guard isPerson || (isName && !hasNumber) || standsForID else { continue }
      values[row] = texts.text(values[row], moves.suffix(copy))
    }
  }

  private func sets(_ type: FieldType, _ offsets: Storage<Int32>, _ values: Storage<Int32>, _ hasAbsent: Bool)
    -> Column
  {
    guard case .set(let member) = type else {
      Invariant.broken("columns-of-their-type: a column holds sets only if its field does")
    }
    var target: RowMoves?
    if case .reference(let list) = member, let index = dictionary.index(list) { target = all[index] }
    let isDate = member == .date || member == .dateOrMonth || member == .dateOrYear
    let newOffsets = Storage<Int32>(count: count + 1, repeating: 0)
    var members: [Int32] = []
    for row in 0..<count {
      let source = source(row)
      var own = (Int(offsets[source])..<Int(offsets[source + 1])).map { values[$0] }
      if let target { own = Array(Set(own.map { target.row($0, for: copy(row)) }.filter { $0 >= 0 })).sorted() }
      if isDate, let copy = copy(row) { own = Array(Set(own.map { CarriedTable.later($0, copy.years) })).sorted() }
      members += own
      newOffsets[row + 1] = Int32(truncatingIfNeeded: members.count)
    }
    return Column(.sets(offsets: newOffsets, values: Storage(members, padding: 0)), hasAbsent: hasAbsent)
  }

  private func gathered<T>(_ old: Storage<T>) -> Storage<T> where T: BitwiseCopyable & Sendable {
    let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: max(count, 1))
    for row in 0..<count { buffer[row] = old[source(row)] }
    return Storage(adopting: buffer, count: count)
  }

  /// A day so many whole years later; 29 February becomes the 28th where the year has none. Marks of absence stay.
  private static func later(_ day: Int32, _ years: Int) -> Int32 {
    if day <= Absent.none32 { return day }
    if day >= DateOrYear.base { return day + Int32(clamping: years) }
    return Day(number: day).adding(months: years * 12, .clamp).number
  }

  // MARK: How long copies last

  private func setStays(_ columns: inout [String: Column]) {
    let name = CohortList.ends(declaration)
    guard copies.contains(where: { $0.stay != .own }), case .int32(let starts)? = columns[begins]?.data,
      let column = columns[name]
    else { return }
    let ends: Storage<Int32>
    switch column.data {
    case .int32(let values): ends = values
    case .constant(let raw):
      ends = Storage(count: count, repeating: raw == Absent.unknown64 ? Absent.unknown32 : Absent.none32)
    case .ownIDs, .bools, .int64, .sets: return
    }
    for row in keptCount..<count {
      switch copies[row - keptCount].stay {
      case .own: break
      case .open: ends[row] = Absent.none32
      case .like(let other):
        if let length = length(other) {
          ends[row] = (Day(number: starts[row]).adding(months: length.months, .clamp) + length.days).number
        }
      }
    }
    columns[name] = Column(.int32(ends), hasAbsent: true)
  }

  /// How many whole months a record lasts, and how many days beyond.
  private func length(_ row: Int32) -> (months: Int, days: Int32)? {
    guard case .int32(let starts)? = old.columns[begins]?.data,
      case .int32(let ends)? = old.columns[CohortList.ends(declaration)]?.data
    else { return nil }
    let (from, to) = (starts[Int(row)], ends[Int(row)])
    guard from > Absent.none32, to > Absent.none32, to >= from else { return nil }
    let months = Day(number: from).wholeMonths(to: Day(number: to), .clamp)
    return (months, to - Day(number: from).adding(months: months, .clamp).number)
  }
}
