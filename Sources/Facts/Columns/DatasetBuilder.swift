// Facts gathered into a dataset: records stated one by one (in a scenario or in a policy document's example), bulk
// files, and cohorts. Everything wrong is collected beside the dataset, nothing stops at the first problem. Knows
// nothing of YAML.
import Diagnostics
import Reckoning

/// A field with the text or texts that state it.
public struct StatedValue: Sendable {
  /// What states it.
  public enum Content: Sendable {
    case text(String)
    /// The members of a set.
    case list([String])
  }

  /// The field's name as written.
  public let field: String
  /// The text or texts, not yet typed.
  public let content: Content
  /// Where the field's name stands, and its value.
  public let nameLocation: SourceRange?
  /// Where its value stands.
  public let location: SourceRange?

  /// A field stated by a text or by several.
  public init(
    _ field: String, _ content: Content, at location: SourceRange? = nil, name nameLocation: SourceRange? = nil
  ) {
    self.field = field
    self.content = content
    self.location = location
    self.nameLocation = nameLocation ?? location
  }

  /// A field stated by one text.
  public init(_ field: String, _ text: String, at location: SourceRange? = nil) {
    self.init(field, .text(text), at: location)
  }
}

/// Gathers records, then makes a dataset of them.
public struct DatasetBuilder {
  /// Which lists there are.
  public let dictionary: FactDictionary
  /// The places that facts may name.
  public let places: Gazetteer
  /// The reading by which the months of cohorts complete.
  public var monthEnd: MonthEnd = .clamp
  /// The day of the costing, for what is said of days far beyond it; nil: none is stated.
  public var asOf: Day?
  /// Progress and cancelling while bulk files are read. Of a cancelled reading nothing is of use.
  public var control = WorkControl()

  /// Which ways of writing are read in records: those of a scenario are anybody's, those of a worked example are exact.
  var context = CellContext.strict
  /// What was read otherwise than usual, by list and field.
  private(set) var readAs: [RecordField: ReadAs] = [:]

  var lists: [ListParts]
  var findings = Findings()
  /// Problems of bulk files, in the order in which they were given.
  var bulkFindings: [Findings] = []
  var suggestions = Suggestions()
  let reader: ValueReader
  let ignored: Ignored
  /// What has been said of the columns of bulk files; set before they are added.
  package var mapping = ColumnMapping()
  /// Lists that have several bulk files; set before they are added.
  var severalFiles: Set<String> = []
  let threads: Int
  let cache: ColumnCache?
  private var numbers: [String: Int] = [:]
  private var cohortIDs: Set<String> = []
  private var cohortTotal = 0
  private var excused: Set<String> = []
  /// What keys that are no names of facts mean as headings of registers, list by list.
  private var headings: [String: [String: Int?]] = [:]

  /// - Parameters:
  ///   - ignoring: names of keys and columns that are skipped where they are not known; `hires.note` for one list.
  ///   - threads: how many runs of rows of a bulk file are read at once.
  ///   - cache: where large bulk files are kept as columns for the next time; nil: nowhere.
  public init(
    dictionary: FactDictionary, places: Gazetteer, ignoring: Set<String> = [], threads: Int = 2,
    cache: ColumnCache? = nil
  ) {
    self.dictionary = dictionary
    self.places = places
    self.threads = threads
    self.cache = cache
    reader = ValueReader(places: places)
    ignored = Ignored(names: ignoring)
    lists = dictionary.lists.map { ListParts(schema: ListSchema($0)) }
    for (i, list) in dictionary.lists.enumerated() where numbers[list.name] == nil { numbers[list.name] = i }
  }

  // MARK: records

  /// Adds one record.
  /// - Returns: false when the dictionary has no such list.
  @discardableResult
  public mutating func append(_ list: String, _ values: [StatedValue], at location: SourceRange? = nil) -> Bool {
    guard let number = numbers[list] else { return false }
    let schema = lists[number].schema
    let row = lists[number].records.count
    let stated = read(values, schema)
    for (field, typed, at) in stated.cells {
      lists[number].records.cells[field, default: []].append(
        RecordPart.Cell(row: Int32(truncatingIfNeeded: row), value: typed, location: at))
    }
    for (field, _) in schema.requiredNames where !stated.seen.contains(field) {
      findings.add(.missing(field: schema.words(field), record: schema.record), at: location)
    }
    // Without an id, which has been told where one is required, the record has an empty one.
    lists[number].records.ids.append(stated.id ?? "")
    lists[number].records.locations.append(stated.idLocation ?? location)
    return true
  }

  /// The values of one record, typed; problems are noted.
  private mutating func read(
    _ values: [StatedValue], _ schema: ListSchema
  ) -> (cells: [(Int, Typed, SourceRange?)], seen: Set<Int>, id: String?, idLocation: SourceRange?) {
    var cells: [(Int, Typed, SourceRange?)] = []
    var seen: Set<Int> = []
    var id: String?
    var idLocation: SourceRange?
    for value in values {
      guard let field = schema.named(value.field) ?? schema.column(value.field) ?? schema.number(value.field) else {
        if !ignored.contains(value.field, in: schema.declaration.name) { refuse(value, schema) }
        continue
      }
      guard seen.insert(field).inserted else {
        findings.add(.repeatedField(value.field), at: value.nameLocation)
        continue
      }
      if field < 0 {
        switch value.content {
        case .text(let text):
          let trimmed = String(Members.trimmed(text[...]))
          if trimmed.isEmpty { seen.remove(field) } else { (id, idLocation) = (trimmed, value.location) }
          if context.offices, CellText.isScientific(trimmed) { findings.add(.cutNumber(trimmed), at: value.location) }
        case .list: findings.add(.oneWanted(field: "id"), at: value.location)
        }
        continue
      }
      do {
        let declared = schema.fields[field]
        var context = context
        context.dates = mapping.order(of: declared.name, of: schema.declaration.name)
        let reading =
          switch value.content {
          case .text(let text): try reader.reading(text, declared, context)
          case .list(let texts): try reader.reading(list: texts, declared, context)
          }
        if let form = reading.form {
          readAs[RecordField(schema.declaration.name, declared.name), default: ReadAs()].add(
            form, value.content.sample, as: reading.shown(declared, places), value.location)
        }
        if let typed = reading.value { cells.append((field, typed, value.location)) } else { seen.remove(field) }
      } catch {
        findings.add(suggestions.asked(error, places: places), at: value.location)
      }
    }
    for name in excused { if let field = schema.named(name) { seen.insert(field) } }
    excused = []
    return (cells, seen, id, idLocation)
  }

  private mutating func refuse(_ value: StatedValue, _ schema: ListSchema) {
    var question: Text?
    if let field = schema.column(value.field) ?? heading(value.field, schema) {
      let name = field < 0 ? "id" : schema.fields[field].name
      question = Text("write `\(name)`", zh: "请写 `\(schema.words(field).zh)`")
    } else {
      let isASCII = value.field.utf8.allSatisfy { $0 < 0x80 }
      question = suggestions.question(value.field, among: isASCII ? schema.names : schema.columnNames)
    }
    findings.add(.unknownField(value.field, record: schema.record, question), at: value.nameLocation)
  }

  /// The field that a key means where registers have it as a heading.
  private mutating func heading(_ key: String, _ schema: ListSchema) -> Int? {
    let list = schema.declaration.name
    if let known = headings[list]?[key] { return known }
    var found: Int?
    do throws(ValueProblem) { found = try Headings(schema).match(key)?.field } catch { found = nil }
    if found == nil, let other = dictionary.list(called: key)?.name {
      // A list whose records one field alone names: 机构 of a hire.
      let naming = schema.fields.indices.filter { schema.fields[$0].type == .reference(other) }
      if naming.count == 1 { found = naming[0] }
    }
    headings[list, default: [:]][key] = .some(found)
    return found
  }

  /// Whether a key that nobody knows is to be skipped.
  func ignores(_ name: String) -> Bool { ignored.contains(name) }

  /// The next record's field is stated, but in a form that cannot be appended and has been reported already.
  mutating func excuse(_ field: String) { excused.insert(field) }

  // MARK: cohorts

  /// Adds a cohort of hires.
  /// - Returns: false when the dictionary has no list of hires.
  @discardableResult
  public mutating func append(cohort: Cohort) -> Bool {
    guard let number = numbers[CohortList.name] else { return false }
    let schema = lists[number].schema
    guard cohort.count >= 0, cohort.count <= Cohort.totalLimit, cohortTotal + cohort.count <= Cohort.totalLimit else {
      findings.add(.cohortTotal, at: cohort.location)
      return true
    }
    cohortTotal += cohort.count
    if !cohortIDs.insert(cohort.id).inserted {
      findings.add(.cohortRepeated(cohort.id), at: cohort.location)
      return true
    }
    let begins = CohortList.begins(schema.declaration)
    let ends = CohortList.ends(schema.declaration)
    var values: [StatedValue] = []
    for value in cohort.hire {
      if value.field == "id" || value.field == begins || schema.isPerson(value.field) {
        findings.add(.notOfCohort(field: value.field, cohort: cohort.id), at: value.nameLocation)
      } else if value.field == ends, !cohort.retention.isEmpty, !OpenEnds.states(nothing: value) {
        findings.add(.cohortEndBeside(cohort.id), at: value.nameLocation)
      } else {
        values.append(value)
      }
    }
    for (before, after) in zip(cohort.retention, cohort.retention.dropFirst()) where before.share < after.share {
      findings.add(.cohortRises(cohort.id, months: after.months), at: cohort.location)
    }
    if cohort.to < cohort.from {
      findings.add(.cohortSpread(from: cohort.from.text, to: cohort.to.text), at: cohort.location)
      return true
    }
    let stated = read(values, schema)
    for (field, name) in schema.requiredNames where field >= 0 && !stated.seen.contains(field) && name != begins {
      findings.add(.missing(field: schema.words(field), record: schema.record), at: cohort.location)
    }
    var cells: [Int: (value: Typed, location: SourceRange?)] = [:]
    for (field, typed, at) in stated.cells { cells[field] = (typed, at) }
    if let field = schema.named(ends), field >= 0, case (.number(let end), let at)? = cells[field] {
      // The last to start must not start after the end that all share.
      let last = cohort.start(max(cohort.count - 1, 0))
      if end < Int64(last.number) {
        findings.add(
          .endsBeforeStart(
            ends: schema.words(field), Day(number: Int32(truncatingIfNeeded: end)).text,
            begins: schema.named(begins).map { schema.words($0) } ?? .same(begins), last.text), at: at)
      }
    }
    lists[number].cohorts.append(CohortPart(cohort: cohort, cells: cells))
    return true
  }

  // MARK: bulk files

  /// Whether some bulk file's records come from kept columns. What is wrong with such a file's rows can be told without
  /// the cells as they were written only: to show them, read again without a cache.
  public var usesKeptColumns: Bool { lists.contains { $0.bulk.contains { $0.records.isKept } } }

  /// Adds the records of a bulk file, whose ending says its form; without a known ending it is CSV.
  /// - Parameters:
  ///   - path: where the file is.
  ///   - name: what messages call it.
  ///   - place: where the file is asked for, for messages when it cannot be read.
  /// - Returns: false when the dictionary has no such list.
  @discardableResult
  public mutating func append(
    _ list: String, file path: String, as name: String? = nil, at location: SourceRange? = nil
  )
    -> Bool
  {
    guard numbers[list] != nil else { return false }
    if control.isCancelled() { return true }
    do {
      let bytes = try FileBytes.read(BulkPlace(path).file, limit: BulkReading.sizeLimit)
      append(list, bytes, name ?? path, BulkFormat.of(path))
    } catch {
      findings.add(error, at: location)
    }
    return true
  }

  /// Adds the records of CSV text that is in memory.
  @discardableResult
  public mutating func append(_ list: String, csvBytes: [UInt8], as name: String) -> Bool {
    append(list, csvBytes, as: name, .csv)
  }

  /// Adds the records of a file's bytes, in the form that the file's name says.
  /// - Returns: false when the dictionary has no such list.
  @discardableResult
  package mutating func append(_ list: String, file bytes: [UInt8], as name: String) -> Bool {
    append(list, bytes, as: name, BulkFormat.of(name))
  }

  @discardableResult
  mutating func append(_ list: String, _ bytes: [UInt8], as name: String, _ format: BulkFormat) -> Bool {
    guard numbers[list] != nil else { return false }
    append(list, bytes.withUnsafeBufferPointer { FileBytes.copy($0) }, name, format)
    return true
  }

  private mutating func append(_ list: String, _ bytes: FileBytes, _ name: String, _ format: BulkFormat) {
    let number = Invariant.value(
      numbers[list], "lists-known: only a list of the dictionary is given records")
    var found = Findings()
    let request = BulkRequest(
      schema: lists[number].schema, reader: reader, ignored: ignored, mapping: mapping,
      isPart: severalFiles.contains(lists[number].schema.declaration.name), threads: threads, control: control)
    let records = BulkReading.records(
      bytes, name: name, format, request, cache: cache, &suggestions, &found)
    lists[number].bulk.append(BulkPart(records: records, findings: bulkFindings.count))
    bulkFindings.append(found)
  }
}

/// A field of a list's records.
struct RecordField: Hashable {
  let list: String
  let field: String

  init(_ list: String, _ field: String) {
    self.list = list
    self.field = field
  }
}

extension StatedValue.Content {
  /// A text to show what was written.
  fileprivate var sample: String {
    switch self {
    case .text(let text): text
    case .list(let texts): texts.joined(separator: ", ")
    }
  }
}

/// What was stated for one list, in the order of its rows: records, bulk files, cohorts.
struct ListParts {
  let schema: ListSchema
  var records = RecordPart()
  var bulk: [BulkPart] = []
  var cohorts: [CohortPart] = []

  var count: Int {
    records.count + bulk.reduce(0) { $0 + $1.records.rows } + cohorts.reduce(0) { $0 + $1.cohort.count }
  }
}

/// Records stated one by one; only the stated cells are kept.
struct RecordPart {
  struct Cell {
    let row: Int32
    let value: Typed
    let location: SourceRange?
  }

  var ids: [String] = []
  var locations: [SourceRange?] = []
  /// The stated cells of each field, by ascending row.
  var cells: [Int: [Cell]] = [:]
  var count: Int { ids.count }

  /// Where a field of a record stands, or the record where the field is not stated.
  func location(of field: Int, _ row: Int) -> SourceRange? {
    guard let cells = cells[field] else { return locations[row] }
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if Int(cells[middle].row) < row { low = middle + 1 } else { high = middle }
    }
    return low < cells.count && Int(cells[low].row) == row ? cells[low].location : locations[row]
  }
}

struct BulkPart {
  let records: BulkRecords
  /// Which of the builder's findings are this file's.
  let findings: Int
}

struct CohortPart {
  let cohort: Cohort
  let cells: [Int: (value: Typed, location: SourceRange?)]
}
