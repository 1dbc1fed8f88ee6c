// Which frame a member falls to: by the record that it names, and by its year where frames have one.
import Facts

/// Finds frames. Several frames of one record share its members when they are not told apart by year: the first frame
/// stands for them.
final class FrameFinder: @unchecked Sendable {
  private let isDistrict: Bool
  private let hasYears: Bool
  private let low: Int64
  private let high: Int64
  private let span: Int
  /// The frame of each record (and year), or -1; nil where records and years are too many for a table.
  private let table: Storage<Int32>?
  private var sparse: [UInt64: Int32] = [:]
  /// A record whose years are unknown has one frame, which may be of any year.
  private var ofAnyYear: [Int32: Int32] = [:]

  init(base: [Int32], iteration: [Int64], hasYears: Bool, isDistrict: Bool) {
    self.isDistrict = isDistrict
    self.hasYears = hasYears
    let limit = isDistrict ? 1 : Int(base.max() ?? -1) + 1
    guard hasYears else {
      (low, high, span) = (0, 0, 1)
      let first = Storage<Int32>(count: max(limit, 1), repeating: -1)
      for f in base.indices.reversed() { first[isDistrict ? 0 : Int(base[f])] = Int32(truncatingIfNeeded: f) }
      table = first
      return
    }
    for f in base.indices where iteration[f] == Absent.unknown64 { ofAnyYear[base[f]] = Int32(truncatingIfNeeded: f) }
    let years = iteration.lazy.filter { $0 > -30_000 && $0 < 50_000 }
    guard let low = years.min(), let high = years.max() else {
      (self.low, self.high, span) = (1, 0, 0)
      table = nil
      return
    }
    (self.low, self.high, span) = (low, high, Int(high - low) + 1)
    if limit <= 40_000_000 / max(span, 1) {
      let all = Storage<Int32>(count: max(limit * span, 1), repeating: -1)
      for f in base.indices where iteration[f] >= low && iteration[f] <= high {
        all[(isDistrict ? 0 : Int(base[f])) * span + Int(iteration[f] - low)] = Int32(truncatingIfNeeded: f)
      }
      table = all
    } else {
      table = nil
      for f in base.indices {
        if let key = FrameFinder.key(base[f], iteration[f]) { sparse[key] = Int32(truncatingIfNeeded: f) }
      }
    }
  }

  static func key(_ link: Int32, _ year: Int64) -> UInt64? {
    guard link >= 0, year > Absent.none64, year > -30_000, year < 50_000 else { return nil }
    return UInt64(UInt32(bitPattern: link)) << 32 | UInt64(UInt32(truncatingIfNeeded: year))
  }

  /// The frame of a record and year, or -1. The year counts only where frames have years; who has none is asked for
  /// without.
  @inline(__always) func callAsFunction(_ link: Int32, _ year: Int64?) -> Int32 {
    let year = year ?? 0
    if !hasYears {
      let i = isDistrict ? 0 : Int(link)
      guard let table, i >= 0, i < table.count else { return -1 }
      return table[i]
    }
    if year >= low, year <= high, link >= 0 {
      if let table {
        let i = (isDistrict ? 0 : Int(link)) * span + Int(year &- low)
        let f = i < table.count ? table[i] : -1
        if f >= 0 { return f }
      } else if let key = FrameFinder.key(link, year), let f = sparse[key] {
        return f
      }
    }
    return ofAnyYear.isEmpty ? -1 : ofAnyYear[link] ?? -1
  }
}
