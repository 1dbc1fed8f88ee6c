// From what was gathered to columns: texts are numbered, references become rows, absent values take their defaults,
// and what only shows when all lists are known is checked (unknown and repeated ids, ends before starts). Knows
// nothing of files' syntax.
import Diagnostics
import Dispatch
import Reckoning

extension DatasetBuilder {
  /// The dataset and everything that is wrong with what was stated, by file and line. With errors the dataset holds
  /// what could be understood; a value that could not is absent.
  public mutating func finish() -> (dataset: Dataset, diagnostics: [Diagnostic]) {
    var assembly = Assembly(lists: lists, dictionary: dictionary, monthEnd: monthEnd)
    assembly.asOf = asOf
    assembly.isOffices = context.offices
    (assembly.mapping, assembly.gazetteer) = (mapping, places)
    assembly.suggestions = suggestions
    let dataset = assembly.run(places: places)
    for problem in assembly.recordProblems { findings.add(problem.problem, at: problem.location) }
    for remark in assembly.remarks { findings.add(remark) }
    let ways = readAs.merging(assembly.readAs) { own, _ in own }
    for (field, ways) in ways.sorted(by: { ($0.key.list, $0.key.field) < ($1.key.list, $1.key.field) }) {
      findings.add(ways.note(dictionary.words(field), at: ways.listed.first?.location))
    }
    var out = findings.ordered()
    for (number, list) in lists.enumerated() {
      for (part, bulk) in list.bulk.enumerated() {
        var found = bulkFindings[bulk.findings]
        let late = assembly.bulkProblems[BulkKey(list: number, part: part)] ?? LateProblems()
        bulk.records.remark(named: assembly.bulkReadAs[BulkKey(list: number, part: part)] ?? [:], into: &found)
        bulk.records.describe(late, reader: reader, suggestions: &assembly.suggestions, into: &found)
        out += found.ordered()
      }
    }
    suggestions = assembly.suggestions
    return (dataset, out)
  }
}

struct BulkKey: Hashable {
  let list: Int
  let part: Int
}

/// Problems of a bulk file's rows that show only when all lists are known.
struct LateProblems {
  private(set) var list: [(row: Int, field: Int, problem: ValueProblem)] = []
  private(set) var count = 0

  mutating func add(_ row: Int, _ field: Int, _ problem: @autoclosure () -> ValueProblem) {
    count += 1
    if list.count < Findings.shownInFull { list.append((row, field, problem())) }
  }
}

/// One making of a dataset.
struct Assembly {
  let lists: [ListParts]
  let dictionary: FactDictionary
  let monthEnd: MonthEnd
  var suggestions = Suggestions()
  var asOf: Day?
  /// Whether facts come from offices, so that numbers are looked at and records that may be the same are told of: not
  /// in a worked example, which states them on purpose.
  var isOffices = false
  /// What was said of bulk files' columns.
  var mapping = ColumnMapping()
  var gazetteer: Gazetteer?
  /// Records by name, where references name them.
  var named = NamedRecords([], wanted: [])
  /// References by name in records, by list and field, and in bulk files, by file and column.
  var readAs: [RecordField: ReadAs] = [:]
  var bulkReadAs: [BulkKey: [Int: ReadAs]] = [:]
  /// What is no error and yet to be told: counted, not row by row.
  var remarks: [Diagnostic] = []
  var texts = TextPool()
  var unseen = UnseenSigns()
  private(set) var recordProblems: [(problem: ValueProblem, location: SourceRange?)] = []
  private(set) var bulkProblems: [BulkKey: LateProblems] = [:]
  private(set) var ids: [IDColumn?] = []
  private var indexes: [Int: IDIndex] = [:]

  init(lists: [ListParts], dictionary: FactDictionary, monthEnd: MonthEnd) {
    self.lists = lists
    self.dictionary = dictionary
    self.monthEnd = monthEnd
  }

  mutating func run(places: Gazetteer) -> Dataset {
    ids = lists.map { $0.joinedIDs() }
    for number in lists.indices where !mayRepeat(number) { checkIDs(number) }
    prepareNames()
    let tables = lists.indices.map { table($0) }
    if isOffices { tellSharedIDs(tables) }
    var cohorts: [CohortRows] = []
    for list in lists {
      let count = tables.first { $0.declaration.name == list.schema.declaration.name }?.count ?? list.count
      var row = count - list.cohorts.reduce(0) { $0 + $1.cohort.count }
      for part in list.cohorts {
        cohorts.append(CohortRows(cohort: part.cohort, firstRow: row))
        row += part.cohort.count
      }
    }
    return Dataset(
      dictionary: dictionary, tables: tables, texts: texts, places: places, cohorts: cohorts, monthEnd: monthEnd)
  }

  // MARK: ids

  private mutating func checkIDs(_ number: Int) {
    let list = lists[number]
    guard let ids = ids[number], list.count > 0 else { return }
    var repeated: [(Int, Int)] = []
    list.repeatedIDs(ids) { repeated.append(($0, $1)) }
    for (row, first) in repeated {
      let line = list.line(of: first, like: row)
      note(number, row, field: -1, .repeatedID(ids.text(row), list: list.schema.declaration.title, firstLine: line))
    }
  }

  /// Keeps a problem of a row with the part that the row belongs to.
  mutating func note(_ number: Int, _ row: Int, field: Int, _ problem: @autoclosure () -> ValueProblem) {
    let list = lists[number]
    if row < list.records.count {
      recordProblems.append((problem(), list.records.location(of: field, row)))
      return
    }
    var base = list.records.count
    for (part, bulk) in list.bulk.enumerated() {
      if row < base + bulk.records.rows {
        bulkProblems[BulkKey(list: number, part: part), default: LateProblems()].add(row - base, field, problem())
        return
      }
      base += bulk.records.rows
    }
    Invariant.broken(
      "problems-have-rows: what is wrong with a row is wrong with a record or a row of a bulk file")
  }

  mutating func noteBulk(_ key: BulkKey, _ row: Int, _ field: Int, _ problem: @autoclosure () -> ValueProblem) {
    bulkProblems[key, default: LateProblems()].add(row, field, problem())
  }

  /// The place of a code of six digits, whatever it is now; nil where there is none or several.
  func place(_ code: Int32) -> Int32? {
    guard case .found(let id, _)? = gazetteer?.reading(String(code)) else { return nil }
    return id
  }

  mutating func noteCohort(_ problem: ValueProblem, at location: SourceRange?) {
    recordProblems.append((problem, location))
  }

  /// Whether anything was wrong with a list's references or ids.
  func found(_ number: Int) -> Bool { bulkProblems.keys.contains { $0.list == number } }

  // MARK: references and texts

  mutating func index(_ name: String) -> (number: Int, index: IDIndex)? {
    guard let number = dictionary.index(name), let ids = ids[number] else { return nil }
    if let index = indexes[number] { return (number, index) }
    let index = IDIndex(ids, count: ids.count)
    indexes[number] = index
    return (number, index)
  }

  mutating func unknown(_ text: String, _ list: String) -> ValueProblem {
    if let several = several(text, of: list) { return .severalMeanings(text, several) }
    let title = dictionary.list(list)?.title ?? Text.same(list)
    var question: Text?
    if let number = dictionary.index(list), let ids = ids[number], ids.count <= 5000 {
      question = suggestions.question(text, among: (0..<ids.count).map { ids.text($0) })
    }
    return .unknownRecord(text, list: title, question)
  }

  /// The row of a reference, or the number of a text; nil for an unknown id.
  mutating func number(_ text: String, _ type: FieldType) -> Int32? {
    switch type {
    case .reference(let list): row(text, of: list)?.row
    case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .set:
      texts.intern(text)
    }
  }

  mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Int32 { texts.intern(text) }

  /// The members of a set in raw form; unknown ids are left out and told.
  mutating func members(_ value: Typed, _ type: FieldType, unknown tell: (String) -> Void)
    -> [Int32]
  {
    guard case .set(let member) = type else {
      Invariant.broken("members-of-sets: only a set has members")
    }
    switch value {
    case .numbers(let values): return values
    case .texts(let texts):
      var out: Set<Int32> = []
      for text in texts {
        if let n = number(text, member) { out.insert(n) } else { tell(text) }
      }
      return out.sorted()
    case .text, .number:
      Invariant.broken("sets-are-read-as-sets: the value of a set is its members")
    }
  }

  // MARK: tables

  private mutating func table(_ number: Int) -> FactTable {
    let list = lists[number]
    var columns = ListColumns(list: list, number: number)
    columns.make(&self)
    if isOffices { columns.readUnseen(&self) }
    columns.readOpenEnds(&self)
    if isOffices { columns.readEmptyDays(&self) }
    let gifts = isOffices ? columns.readNumbers(&self) : []
    columns.checkPersons(&self)
    if isOffices {
      columns.tellAlike(&self)
      columns.tellMarked(&self)
    }
    let given = columns.take(gifts, &self)
    columns.takeFromOthers(ids: ids[number], texts: &texts)
    columns.checkPeriods(&self)
    if isOffices {
      columns.tellFarStarts(&self)
      columns.tellFarWages(&self)
    }
    let stated = FactTable(
      declaration: list.schema.declaration, count: list.count, ids: ids[number], columns: columns.finished(),
      unstated: list.unstated().merging(given) { _, left in left }.filter { $0.value.count > 0 }, origin: list.origin())
    let table = mayRepeat(number) ? once(stated, number) : stated
    var finished = table.columns
    Persons.add(to: &finished, of: table.declaration, count: table.count, ids: table.ids, texts: &texts)
    let whole = FactTable(
      declaration: table.declaration, count: table.count, ids: table.ids, columns: finished, unstated: table.unstated,
      origin: table.origin)
    if isOffices {
      tellSpells(list, finished, table)
      tellRepeated(list, whole)
    }
    return whole
  }
}

extension ListParts {
  /// The line of a row, when it stands in the same file as another.
  func line(of row: Int, like other: Int) -> Int? {
    if row < records.count {
      guard other < records.count, let a = records.locations[row], let b = records.locations[other],
        a.source === b.source
      else { return nil }
      return a.start.line
    }
    var base = records.count
    for part in bulk {
      if row < base + part.records.rows {
        return other >= base && other < base + part.records.rows ? part.records.line(of: row - base) : nil
      }
      base += part.records.rows
    }
    return nil
  }

  /// Where each row was stated.
  func origin() -> @Sendable (Int) -> SourceRange? {
    let stated = records.locations
    var files: [(first: Int, source: SourceFile, lines: LineIndex)] = []
    var base = records.count
    for part in bulk {
      files.append((base, part.records.file, part.records.lines))
      base += part.records.rows
    }
    let end = base
    let parts = files
    return { row in
      if row >= 0, row < stated.count { return stated[row] }
      guard row >= 0, row < end, let file = parts.last(where: { $0.first <= row }) else { return nil }
      let line = file.lines.line(of: row - file.first)
      return SourceRange(
        source: file.source, start: Position(line: line, column: 1), end: Position(line: line, column: 1))
    }
  }
}
