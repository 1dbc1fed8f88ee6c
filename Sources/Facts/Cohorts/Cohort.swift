// Hires in bulk without listing them (facts, "cohorts"): how many, when they begin, and how many stay. Knows nothing of
// YAML or of columns.
import Diagnostics
import Reckoning

/// A described group of hires: `spring-1`, `spring-2`, …
public struct Cohort: Sendable {
  /// How many hires all cohorts of a scenario may have together.
  static let totalLimit = 50_000_000

  /// The months after which a share is still employed.
  public struct Retention: Sendable, Hashable {
    /// Whole months since the start, by the inclusive clock.
    public let months: Int
    /// The share of the cohort that is employed past them.
    public let share: Share

    /// A share that stays past so many months.
    public init(months: Int, share: Share) {
      self.months = months
      self.share = share
    }
  }

  /// What its hires' ids begin with.
  public let id: String
  /// How many hires it has.
  public let count: Int
  /// Facts that every hire of the cohort shares.
  public let hire: [StatedValue]
  /// The days over which starts are spread evenly, both included; the same twice for a single day.
  public let from: Day
  /// The last of these days.
  public let to: Day
  /// Who stays how long, by ascending months; empty where nobody leaves.
  public let retention: [Retention]
  /// Where it is described; nil for a cohort that no file describes.
  public let location: SourceRange?

  /// - Parameter retention: in any order of months; shares may not rise with the months.
  public init(
    id: String, count: Int, hire: [StatedValue], from: Day, to: Day, retention: [Retention],
    location: SourceRange? = nil
  ) {
    self.id = id
    self.count = count
    self.hire = hire
    self.from = from
    self.to = to
    self.retention = retention.sorted { $0.months < $1.months }
    self.location = location
  }

  /// The day on which hire i (from 0) starts: `from + floor(i * days / count)`.
  public func start(_ i: Int) -> Day {
    let days = Int(to.number) - Int(from.number) + 1
    guard count > 0, days > 1 else { return from }
    return from + Int32(truncatingIfNeeded: i * days / count)
  }

  /// How many stay past each month count: floor(share x count + 1/2).
  var stayers: [(months: Int, hires: Int)] {
    retention.map {
      let hires = Invariant.value(
        Decimals.muldiv($0.share.parts, Int64(count), Share.unit),
        "shares-of-cohorts: a share of at most \(Cohort.totalLimit) hires is within reach")
      return ($0.months, Int(hires))
    }
  }

  /// The last day of hire i, one day short of stable for the first month count that it misses; nil for those who stay.
  /// Months complete by the inclusive clock.
  public func end(_ i: Int, _ monthEnd: MonthEnd) -> Day? {
    Cohort.end(of: i, start: start(i), stayers: stayers, monthEnd)
  }

  static func end(of i: Int, start: Day, stayers: [(months: Int, hires: Int)], _ monthEnd: MonthEnd) -> Day? {
    for (months, hires) in stayers where i >= hires {
      return start.completes(months: months, .inclusive, monthEnd) - 2
    }
    return nil
  }
}

/// The cohort hires in a dataset, kept so that their ends can be reckoned again when `month_end` changes.
struct CohortRows: Sendable {
  let cohort: Cohort
  let firstRow: Int
}

extension Dataset {
  /// Whether any fact depends on the reading `month_end`: the ends of cohorts with a retention do.
  public var dependsOnMonthEnd: Bool { cohorts.contains { !$0.cohort.retention.isEmpty } }

  /// The same facts with the cohorts' ends by another reading of `month_end`.
  public func reckoned(_ monthEnd: MonthEnd) -> Dataset {
    guard dependsOnMonthEnd, monthEnd != self.monthEnd else { return self }
    let index = Invariant.value(
      tables.firstIndex { $0.declaration.name == CohortList.name },
      "cohorts-have-hires: the dictionary has a list of hires where there are cohorts")
    let table = tables[index]
    let ends = CohortList.ends(table.declaration)
    // Hires that are declared without a last day have none that could change.
    guard let column = table.columns[ends] else { return self }
    // Nor have those whose declaration calls something their last day that is no day.
    guard case .int32(let old) = column.data else { return self }
    let storage = Storage<Int32>(
      adopting: .allocate(capacity: max(table.count, 1)), count: table.count)
    if let from = UnsafeBufferPointer(old.buffer).baseAddress {
      storage.buffer.baseAddress?.update(from: from, count: table.count)
    }
    for rows in cohorts where !rows.cohort.retention.isEmpty {
      let stayers = rows.cohort.stayers
      for i in 0..<rows.cohort.count {
        if let end = Cohort.end(of: i, start: rows.cohort.start(i), stayers: stayers, monthEnd) {
          storage.buffer[rows.firstRow + i] = end.number
        }
      }
    }
    var columns = table.columns
    columns[ends] = Column(.int32(storage), hasAbsent: column.hasAbsent)
    var tables = tables
    tables[index] = FactTable(
      declaration: table.declaration, count: table.count, ids: table.ids, columns: columns, unstated: table.unstated,
      origin: table.origin)
    return Dataset(
      dictionary: dictionary, tables: tables, texts: texts, places: places, cohorts: cohorts, monthEnd: monthEnd)
  }
}

/// The list that cohorts describe.
enum CohortList {
  static let name = "hires"
  static let key = "cohorts"

  /// The field of a hire's first day, under the usual name where the declaration says none.
  static func begins(_ list: ListDeclaration) -> String { list.begins ?? "start" }
  /// The field of a hire's last day, likewise.
  static func ends(_ list: ListDeclaration) -> String { list.ends ?? "end" }
}
