// A last day may not lie before the first, in any pair of fields that bounds a period (`ListSchema.periods`). Knows
// nothing of files.
import Reckoning

extension ListColumns {
  /// A last day may not lie before the first. Cohorts have been checked when they were added.
  func checkPeriods(_ assembly: inout Assembly) {
    let rows = list.records.count + list.bulk.reduce(0) { $0 + $1.records.rows }
    for (begins, ends) in list.schema.periods {
      guard case .buffer(let lasts) = made[ends], case .int32(let last) = lasts.values,
        case .buffer(let firsts) = made[begins], case .int32(let first) = firsts.values
      else { continue }
      let least = Int32.min + 8
      for row in 0..<rows where last[row] < first[row] && last[row] > least {
        report(begins, ends, first[row], last[row], row, &assembly)
      }
      // A year without a day lies above every day, so such rows are looked at apart.
      guard hasYears(begins) || hasYears(ends) else { continue }
      for row in 0..<rows where last[row] >= first[row] && first[row] > least {
        report(begins, ends, first[row], last[row], row, &assembly)
      }
    }
  }

  private func hasYears(_ field: Int) -> Bool { fields[field].type == .dateOrYear }

  private func report(
    _ begins: Int, _ ends: Int, _ first: Int32, _ last: Int32, _ row: Int, _ assembly: inout Assembly
  ) {
    if first >= DateOrYear.base || last >= DateOrYear.base {
      guard ListColumns.year(last) < ListColumns.year(first) else { return }
    } else if last >= first {
      return
    }
    assembly.note(
      number, row, field: ends,
      .endsBeforeStart(
        ends: fields[ends].words, ListColumns.dayText(last), begins: fields[begins].words, ListColumns.dayText(first)))
  }

  private static func year(_ raw: Int32) -> Int {
    raw >= DateOrYear.base ? Int(raw - DateOrYear.base) : Day(number: raw).year
  }

  static func dayText(_ raw: Int32) -> String {
    raw >= DateOrYear.base ? String(raw - DateOrYear.base) : Day(number: raw).text
  }
}
