// Facts as columns: what a scenario states, in the form that the engine reads. Columns are immutable once made and
// may be shared between threads; absent values are marked inside the column (semantics, "Missing facts").
import Diagnostics
import Reckoning
import Synchronization

/// The marks of absent values inside columns.
public enum Absent {
  /// Nobody said, in a column of 32 bits.
  @inlinable @inline(__always) public static var unknown32: Int32 { .min }
  /// There is no such thing, in a column of 32 bits.
  @inlinable @inline(__always) public static var none32: Int32 { .min + 1 }
  /// Nobody said, in a column of 64 bits.
  @inlinable @inline(__always) public static var unknown64: Int64 { .min }
  /// There is no such thing, in a column of 64 bits.
  @inlinable @inline(__always) public static var none64: Int64 { .min + 1 }
}

/// A fixed run of numbers with a stable address, written once by whoever makes it.
public final class Storage<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// The elements. Access through it is not checked.
  public let buffer: UnsafeMutableBufferPointer<Element>
  /// Whose memory it is; nil: its own.
  @usableFromInline let owner: AnyObject?

  /// So many elements, all the same.
  @inlinable public init(count: Int, repeating value: Element) {
    buffer = .allocate(capacity: max(count, 1))
    buffer.initialize(repeating: value)
    self.count = count
    owner = nil
  }

  /// A copy of values; `padding` is what stands there where there are none.
  public init(_ values: [Element], padding: Element) {
    buffer = .allocate(capacity: max(values.count, 1))
    count = values.count
    owner = nil
    if values.isEmpty { buffer.initialize(repeating: padding) } else { _ = buffer.initialize(from: values) }
  }

  /// Takes over a buffer whose first `count` elements are set.
  /// - Parameter owner: whose memory it is; nil: it becomes the storage's own.
  init(adopting buffer: UnsafeMutableBufferPointer<Element>, count: Int, owner: AnyObject? = nil) {
    self.buffer = buffer
    self.count = count
    self.owner = owner
  }

  deinit { if owner == nil { buffer.deallocate() } }

  /// How many elements there are.
  public let count: Int
  /// The ith element, from 0. Writing is for whoever makes it: once shared it does not change.
  @inlinable public subscript(i: Int) -> Element {
    get { buffer[i] }
    set { buffer[i] = newValue }
  }
}

/// One field of all records of a list.
public struct Column: Sendable {
  /// The values, in the narrowest form that holds them.
  public enum Data: Sendable {
    /// The same raw value in every row: columns that the files do not state.
    case constant(Int64)
    /// Texts of a field whose default is `id`, stated nowhere: each row's text is its own id.
    case ownIDs
    /// Booleans: 0 false, 1 true, 2 unknown.
    case bools(Storage<UInt8>)
    /// Dates, whole numbers, places, choices, references (rows) and texts (ids in the dataset's pool).
    case int32(Storage<Int32>)
    /// Money in fen.
    case int64(Storage<Int64>)
    /// Sets: the members of row i are `values[offsets[i]..<offsets[i + 1]]`, ascending and without repetition, in the
    /// raw form of the member type.
    case sets(offsets: Storage<Int32>, values: Storage<Int32>)
  }

  /// What stands in the rows.
  public let data: Data
  /// Whether any row is absent (a mark of `Absent`, or 2 among booleans).
  public let hasAbsent: Bool

  /// A column of values that fit its table.
  public init(_ data: Data, hasAbsent: Bool) {
    self.data = data
    self.hasAbsent = hasAbsent
  }
}

/// The ids of a list's records as one run of UTF-8 bytes.
public final class IDColumn: Sendable {
  /// The id of row i is `bytes[offsets[i]..<offsets[i + 1]]`.
  public let offsets: Storage<Int64>
  /// The ids in UTF-8, one after another.
  public let bytes: Storage<UInt8>
  /// Whether ids stand in ascending order of code points, so that a row number orders like its id.
  public let ascending: Bool
  /// Where ids stand, for who asks again and again.
  private let known = Mutex<IDPlaces>(IDPlaces())

  /// Ids that stand in memory already.
  public init(offsets: Storage<Int64>, bytes: Storage<UInt8>, ascending: Bool) {
    self.offsets = offsets
    self.bytes = bytes
    self.ascending = ascending
  }

  /// Ids from texts, in their order.
  public convenience init(_ texts: [String]) {
    var bytes: [UInt8] = []
    var offsets: [Int64] = [0]
    var ascending = true
    for (i, text) in texts.enumerated() {
      if i > 0, !texts[i - 1].utf8.lexicographicallyPrecedes(text.utf8) { ascending = false }
      bytes.append(contentsOf: text.utf8)
      offsets.append(Int64(bytes.count))
    }
    self.init(offsets: Storage(offsets, padding: 0), bytes: Storage(bytes, padding: 0), ascending: ascending)
  }

  /// How many ids there are.
  public var count: Int { offsets.count - 1 }

  /// The bytes of a row's id, as long as the column lives; none for rows that there are not.
  public func slice(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    guard row >= 0, row < count else { return UnsafeBufferPointer(start: nil, count: 0) }
    let a = Int(offsets[row])
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(bytes.buffer)[a..<Int(offsets[row + 1])])
  }

  /// A row's id; empty for rows that there are not.
  public func text(_ row: Int) -> String { String(decoding: slice(row), as: UTF8.self) }

  /// Code-point order of two rows' ids (the order of their UTF-8 bytes).
  public func precedes(_ a: Int, _ b: Int) -> Bool {
    ascending ? a < b : slice(a).lexicographicallyPrecedes(slice(b))
  }

  /// The first row with this id: by halves where ids ascend, else by search through all ids, and where many are asked
  /// for, by a table of where they are.
  public func row(_ id: String) -> Int? {
    var id = id
    return id.withUTF8 { wanted in
      if count > IDPlaces.few, !wanted.isEmpty {
        if ascending { return ascendingRow(wanted) }
        if let places = known.withLock({ $0.next(self) }) { return places.row(wanted, self) }
      }
      for row in 0..<count {
        let s = slice(row)
        if s.count == wanted.count, s.elementsEqual(wanted) { return row }
      }
      return nil
    }
  }

  /// The first row with an id among ids that ascend, by halves.
  private func ascendingRow(_ wanted: UnsafeBufferPointer<UInt8>) -> Int? {
    var low = 0, high = count
    while low < high {
      let middle = low + (high - low) / 2
      if slice(middle).lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    return low < count && slice(low).elementsEqual(wanted) ? low : nil
  }
}

/// The records of one list.
public struct FactTable: Sendable {
  /// What the list is and which fields it has.
  public let declaration: ListDeclaration
  /// How many records there are.
  public let count: Int
  /// Nil for lists without ids.
  public let ids: IDColumn?
  /// A column for every declared field other than `id`, in the declaration's order of fields.
  public let columns: [String: Column]
  /// The fields that not every record states, with the records that do not.
  public let unstated: [String: Unstated]
  /// Where a record was stated, for explanations; nil for records of a cohort.
  public let origin: @Sendable (Int) -> SourceRange?

  /// A table of columns that are each as long as it.
  public init(
    declaration: ListDeclaration, count: Int, ids: IDColumn?, columns: [String: Column],
    unstated: [String: Unstated] = [:],
    origin: @escaping @Sendable (Int) -> SourceRange? = { _ in nil }
  ) {
    self.declaration = declaration
    self.count = count
    self.ids = ids
    self.columns = columns
    self.unstated = unstated
    self.origin = origin
  }
}

/// All facts of a scenario.
public struct Dataset: Sendable {
  /// Which lists there are.
  public let dictionary: FactDictionary
  /// One table for each list of the dictionary, in its order; a list that is not stated has no records.
  public let tables: [FactTable]
  /// What the numbers in columns of texts stand for.
  public let texts: TextPool
  /// What the numbers in columns of places stand for.
  public let places: Gazetteer
  /// Which rows are those of cohorts, whose ends are reckoned by `monthEnd`.
  let cohorts: [CohortRows]
  let monthEnd: MonthEnd

  /// A dataset without cohorts. Stops the run where it is not of one piece (`check`).
  public init(dictionary: FactDictionary, tables: [FactTable], texts: TextPool, places: Gazetteer) {
    self.init(dictionary: dictionary, tables: tables, texts: texts, places: places, cohorts: [], monthEnd: .clamp)
  }

  init(
    dictionary: FactDictionary, tables: [FactTable], texts: TextPool, places: Gazetteer, cohorts: [CohortRows],
    monthEnd: MonthEnd
  ) {
    self.dictionary = dictionary
    self.tables = tables
    self.texts = texts
    self.places = places
    self.cohorts = cohorts
    self.monthEnd = monthEnd
    check()
  }

  /// The table of a list by its name in a scenario; nil where the dictionary has no such list.
  public func table(_ name: String) -> FactTable? { tables.first { $0.declaration.name == name } }
}

/// A scenario as read from its file: the facts, and what it asks for beside them.
public struct Scenario: Sendable {
  /// What it is called, from its key `scenario`.
  public let title: String
  /// The place whose budget is reckoned (an id in the dataset's places).
  public let district: Int32
  /// The last day whose facts are known; nil where the scenario states none.
  public let asOf: Day?
  /// The documents it names; nil: those in force in the district.
  public let documents: [String]?
  /// Where each of them is named.
  public let documentLocations: [SourceRange?]
  /// By-reference values, parameter names as written, with their texts: typed when a document declares them.
  public let values: [Setting]
  /// Choices of readings as written: typed when a document declares them.
  public let readings: [Setting]
  /// What it assumes of how people respond, as written, each with its place: understood when documents are at hand.
  package var assumptions: [(text: String, location: SourceRange?)] = []
  /// The facts.
  public let dataset: Dataset
  /// The file it came from.
  public let source: SourceFile
  /// What it says of the columns of its registers.
  package var columns = ColumnMapping()
  /// Folders of Parquet files with the records of lists, by the list's name: they stay where they are, and the list has
  /// no records here.
  package var elsewhere: [String: RecordsElsewhere] = [:]

  /// A name with the text of its value, and where it stands.
  public struct Setting: Sendable {
    /// The name as written.
    public let name: String
    /// The value's text as written.
    public let value: String
    /// Where the value stands.
    public let location: SourceRange?
    /// Where the name stands.
    public let nameLocation: SourceRange?

    /// A setting as it was written.
    public init(name: String, value: String, location: SourceRange?, nameLocation: SourceRange? = nil) {
      self.name = name
      self.value = value
      self.location = location
      self.nameLocation = nameLocation ?? location
    }
  }

  /// A scenario of facts that nothing is wrong with.
  public init(
    title: String, district: Int32, asOf: Day?, documents: [String]?, documentLocations: [SourceRange?] = [],
    values: [Setting], readings: [Setting], dataset: Dataset, source: SourceFile
  ) {
    self.title = title
    self.district = district
    self.asOf = asOf
    self.documents = documents
    self.documentLocations = documentLocations
    self.values = values
    self.readings = readings
    self.dataset = dataset
    self.source = source
  }

  /// The same question over other facts.
  public func with(_ dataset: Dataset) -> Scenario {
    var scenario = Scenario(
      title: title, district: district, asOf: asOf, documents: documents, documentLocations: documentLocations,
      values: values,
      readings: readings, dataset: dataset, source: source)
    scenario.elsewhere = elsewhere
    scenario.assumptions = assumptions
    return scenario
  }
}
