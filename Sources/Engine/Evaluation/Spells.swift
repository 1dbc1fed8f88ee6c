// How many persons are employed at once: the reading `at_once` of thresholds on headcount.
import Facts

/// The spells of a list's records, for counting who is there on one day.
struct Spells {
  private let starts: Storage<Int32>?
  private let ends: Storage<Int32>?
  private let persons: Storage<Int32>?

  init(_ table: FactTable) {
    func column(_ name: String?) -> Storage<Int32>? {
      guard let name else { return nil }
      switch table.columns[name]?.data {
      case .int32(let s)?: return s
      case .constant(let raw)? where raw > Absent.none64 && raw > Int64(Absent.none32):
        return Storage(count: table.count, repeating: Int32(clamping: raw))
      // A date that no record has is nobody's first or last day.
      case .constant, .ownIDs, .bools, .int64, .sets, nil: return nil
      }
    }
    starts = column(table.declaration.begins)
    ends = column(table.declaration.ends)
    persons = column(table.declaration.person)
  }

  /// The first day on which so many different persons of these rows are employed, each from its first to its last
  /// day; none when there is no such day.
  func firstDay(with wanted: Int64, among rows: [Int32]) -> Int32 {
    if wanted == Absent.unknown64 { return Absent.unknown32 }
    guard let starts, wanted <= Int64(rows.count) else { return Absent.none32 }
    var events: [(day: Int32, leaves: Bool, person: Int32)] = []
    for r in rows {
      let person = persons?[Int(r)] ?? r
      let start = starts[Int(r)]
      guard start > Absent.none32 else { continue }
      events.append((start, false, person))
      if let end = ends?[Int(r)], end > Absent.none32 { events.append((end &+ 1, true, person)) }
    }
    // Who leaves is gone the day after; those who come on a day are counted after those who are gone by then.
    events.sort { $0.day != $1.day ? $0.day < $1.day : $0.leaves && !$1.leaves }
    var there: [Int32: Int] = [:]
    for e in events {
      if e.leaves {
        if let n = there[e.person] { there[e.person] = n > 1 ? n - 1 : nil }
      } else {
        there[e.person, default: 0] += 1
        if there.count >= wanted { return e.day }
      }
    }
    if wanted <= 0 { return events.first?.day ?? Absent.none32 }
    return Absent.none32
  }
}
