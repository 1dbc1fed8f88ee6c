// A programme that looks at other records of a person, caps and an envelope, over records by chance: as files, and by
// loops written for nothing else. Knows this one document and these columns only.
import Reckoning

/// Hires of persons who have several, in columns: day numbers, rows of enterprises; -1 where there is no end.
struct Siblings {
  let count: Int
  var worker: [Int32] = [], enterprise: [Int32] = [], start: [Int32] = [], end: [Int32] = []
  let enterprises: Int

  static let first = Day.clamped(year: 2021, month: 1, day: 1).number
  static let rate: Int64 = 100, most: Int64 = 36

  init(_ count: Int) {
    self.count = count
    enterprises = max(count / 200, 4)
    var dice = Dice(state: UInt64(count) &+ 20_260_701)
    let persons = max(count * 2 / 5, 1)
    for _ in 0..<count {
      worker.append(Int32(dice.below(persons)))
      enterprise.append(Int32(dice.below(enterprises)))
      let from = Siblings.first + Int32(dice.below(1_461))
      start.append(from)
      end.append(dice.chance(15) ? -1 : from + Int32(dice.below(1_000)))
    }
  }

  /// What all may come to, and what an enterprise may in a year: both are reached.
  var envelope: Int64 { Int64(count) * 400 }
  var perYear: Int64 { 40_000 }

  /// The document's rules.
  var rules: String {
    """
    # A programme by chance

    ```policy
    document siblings
      title "Months over all employers" zh "累计月数"
      jurisdiction 350112

    measure insurance
      title "36 months for one person over all employers" zh "每人累计不超过36个月"
      article "1"
      kind insurance
      param rate = \(Siblings.rate) yuan per month "for each month" zh "每月"
      param most = \(Siblings.most) months "for one person" zh "每人"
      for each hire
      where end is given
      every record
      let worked = whole months from start to end + 1 day
      count earlier = candidates with same person before it
      let used = sum of worked over earlier
      pay enterprise rate * smaller of (worked, larger of (most - used, 0 months)) on end
      cap \(perYear) yuan for each enterprise, year
      cap \(envelope) yuan in all
    ```
    """
  }

  /// Writes scenario.yaml, the document and two tables into a folder.
  func write(to folder: String) -> Bool {
    let days = (0..<2_600).map { Day(number: Siblings.first + $0).text }
    func day(_ n: Int32) -> String { n < 0 ? "" : days[Int(n - Siblings.first)] }
    let scenario = """
      scenario: Records of persons by chance, \(count) hires
      district: 350112
      documents: [siblings]
      hires_from: hires.csv
      enterprises_from: enterprises.csv
      """
    return TableFile.write(folder, "siblings.md", 1, rules) { _ in "" }
      && TableFile.write(folder, "scenario.yaml", 1, "# Written by cesuan-bench.") { _ in scenario }
      && TableFile.write(folder, "enterprises.csv", enterprises, "id,district") {
        "\(TableFile.id("e", Int32($0), 6)),350112"
      }
      && TableFile.write(folder, "hires.csv", count, "id,worker,enterprise,start,end") { i in
        let ids = "\(TableFile.id("h", Int32(i), 8)),\(TableFile.id("w", worker[i], 8))"
        return "\(ids),\(TableFile.id("e", enterprise[i], 6)),\(day(start[i])),\(day(end[i]))"
      }
  }

  // MARK: By hand

  /// What is paid and what exceeds the caps, in yuan.
  func totals(rate: Int64 = Siblings.rate) -> (paid: Int64, over: Int64) {
    let months = worked()
    // In turn: by the last day, then by the record.
    var claimed = [Int64](repeating: 0, count: count)
    for (i, left) in leftOver(months) { claimed[i] = min(months[i], left) * rate }
    let ordered = byDay(end, (0..<count).filter { claimed[$0] > 0 })
    var used: [Int64] = Array(repeating: 0, count: enterprises * 10)
    var all: Int64 = 0, over: Int64 = 0
    for i in ordered {
      let slot = Int(enterprise[i]) * 10 + Day(number: end[i]).year - 2020
      let paid = min(claimed[i], perYear - used[slot], envelope - all)
      used[slot] += paid
      all += paid
      over += claimed[i] - paid
    }
    return (all, over)
  }

  /// Whole months of each that has an end.
  private func worked() -> [Int64] {
    (0..<count).map { i in
      guard end[i] >= 0 else { return 0 }
      let (a, b) = (Day(number: start[i]).parts, Day(number: end[i] + 1).parts)
      var n = (b.year - a.year) * 12 + b.month - a.month
      while n > 0, Day(number: start[i]).adding(months: n, .clamp).number > end[i] + 1 { n -= 1 }
      return Int64(max(n, 0))
    }
  }

  /// How many months of a person's are left for each record that has an end, by its beginning.
  private func leftOver(_ months: [Int64]) -> [(Int, Int64)] {
    var used = [Int64](repeating: 0, count: max(count * 2 / 5, 1))
    return byDay(start, (0..<count).filter { end[$0] >= 0 }).map { i in
      let w = Int(worker[i])
      let left = max(Siblings.most - used[w], 0)
      used[w] += months[i]
      return (i, left)
    }
  }

  /// Records by a day of theirs, those of one day as they stand.
  private func byDay(_ day: [Int32], _ rows: [Int]) -> [Int] {
    var places = [Int](repeating: 0, count: 2_602)
    for i in rows { places[Int(day[i] - Siblings.first) + 1] += 1 }
    for d in 1..<places.count { places[d] += places[d - 1] }
    var out = [Int](repeating: 0, count: rows.count)
    for i in rows {
      let d = Int(day[i] - Siblings.first)
      out[places[d]] = i
      places[d] += 1
    }
    return out
  }
}
