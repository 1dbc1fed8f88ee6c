// Days that programs write where there is none: databases and spreadsheets fill an empty cell with the first day that
// they know (1900-01-01, 1970-01-01). They are read as not stated and counted; where a day has to be stated they are
// refused. At the other end OpenEnds.swift does the same. Knows nothing of files' syntax.
import Diagnostics
import Reckoning

/// The days that stand for none.
enum EmptyDays {
  /// Where programs begin to count: no day of a record is so early.
  private static let first: Set<Int32> = Set(
    [(1, 1, 1), (1601, 1, 1), (1753, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1904, 1, 1)].map {
      Day.clamped(year: $0.0, month: $0.1, day: $0.2).number
    })
  /// The same of those who count from a day on which somebody may be born.
  static let epoch: Int32 = Day.clamped(year: 1970, month: 1, day: 1).number
  private static let years: Set<Int32> = [1, 1601, 1753, 1899, 1900, 1904]

  /// Whether a raw value of a column of days stands for none.
  /// - Parameter isBirth: whether it is somebody's day of birth.
  static func stands(_ day: Int32, isBirth: Bool) -> Bool {
    if day >= DateOrYear.base { return years.contains(day - DateOrYear.base) }
    guard day > Absent.none32, day <= epoch else { return false }
    return day == epoch ? !isBirth : first.contains(day)
  }

  /// Whether a member of a set stands for none; false where the set holds no days.
  static func stands(_ raw: Int64, for member: FieldType) -> Bool {
    member.isDay && Int32(exactly: raw).map { stands($0, isBirth: false) } ?? false
  }

  /// Whether a field is a day of birth, which people state by the month.
  static func isBirth(_ field: Field) -> Bool {
    field.type == .dateOrMonth || field.name.hasPrefix("born") || field.name.hasPrefix("birth")
  }
}

extension ListColumns {
  /// Reads the days that stand for none as not stated, and tells of them; refuses them where a day has to be stated.
  mutating func readEmptyDays(_ assembly: inout Assembly) {
    // Whether a last day may be one shows when it is known whether there is a first.
    let lasts = Set(list.schema.periods.map(\.ends))
    for field in fields.indices.filter({ !lasts.contains($0) }) + lasts.sorted() {
      guard fields[field].type.isDay, let days = int32(field) else { continue }
      let isBirth = EmptyDays.isBirth(fields[field])
      if (0..<list.count).contains(where: { EmptyDays.stands(days[$0], isBirth: isBirth) }) {
        readEmpty(field, days, isBirth: isBirth, &assembly)
      }
      if isBirth { tellEpoch(field, days, &assembly) }
    }
  }

  private mutating func readEmpty(
    _ field: Int, _ days: CheckedBuffer<Int32>, isBirth: Bool, _ assembly: inout Assembly
  ) {
    let isRequired = fields[field].absence == .required
    let missing = Int32(truncatingIfNeeded: ListSchema.whenAbsent(fields[field]))
    let begins = list.schema.periods.first { $0.ends == field }.flatMap { int32($0.begins) }
    let stated = list.count - list.cohorts.reduce(0) { $0 + $1.cohort.count }
    var count = 0, rows: [Int] = [], sample: Int32?
    for row in 0..<list.count where EmptyDays.stands(days[row], isBirth: isBirth) {
      // A last day before a first one is an error, which says so.
      if let begins, begins[row] > Absent.none32 { continue }
      if isRequired {
        let problem = ValueProblem.placeholderDay(ListColumns.dayText(days[row]))
        if row < stated {
          assembly.note(number, row, field: field, problem)
        } else if rows.isEmpty {
          rows.append(row)
          assembly.noteCohort(
            problem,
            at: list.cohorts.first { cohort in cohort.cohort.start(0).number == days[row] }?
              .cohort.location)
        }
      } else {
        count += 1
        if rows.count < 3 { rows.append(row) }
        sample = sample ?? days[row]
      }
      days[row] = missing
      absent[field] = true
    }
    if let sample { assembly.remarks.append(emptyDays(field, count, rows, ListColumns.dayText(sample))) }
  }

  private func emptyDays(_ field: Int, _ count: Int, _ rows: [Int], _ sample: String) -> Diagnostic {
    let declared = fields[field], of = list.schema.declaration.title
    let (names, first) = list.places(rows, of: field)
    let more = count > names.count
    let which =
      names.isEmpty
      ? Text("", zh: "")
      : Text(
        " (\(names.map(\.en).joined(separator: ", "))\(more ? ", …" : ""))",
        zh: "（\(names.map(\.zh).joined(separator: "、"))\(more ? "等" : "")）")
    return Diagnostic(
      .warning, code: "empty-day",
      Text(
        "\(count) of the \(of.en)\(which.en) state a `\(declared.name)` such as \(sample), which programs write where "
          + "there is no day: it is read as not stated",
        zh: "\(of.zh)中有 \(count) 条\(which.zh)的\(declared.words.zh)写作 \(sample) 一类系统默认日期，按没有填写处理"),
      hint: Text("write the day that it was, or leave the cell empty", zh: "请填写实际日期；没有的请留空"),
      at: first ?? list.firstLocation)
  }

  /// Tells of births on the day from which programs count, where more people have it than by chance: few of a year's
  /// people are born on one day.
  private func tellEpoch(_ field: Int, _ days: CheckedBuffer<Int32>, _ assembly: inout Assembly) {
    var count = 0, stated = 0, firsts = 0, rows: [Int] = []
    for row in 0..<list.count where days[row] > Absent.none32 {
      stated += 1
      if days[row] == EmptyDays.epoch {
        count += 1
        if rows.count < 3 { rows.append(row) }
      }
    }
    guard count > 1, count * 2000 >= stated else { return }
    // Where months alone are stated, January 1970 is one of them.
    var others = 0
    for row in 0..<min(list.count, 2000) where days[row] > Absent.none32 && days[row] != EmptyDays.epoch {
      others += 1
      firsts += Day(number: days[row]).parts.day == 1 ? 1 : 0
    }
    if others > 0, firsts * 2 > others { return }
    let (names, first) = list.places(rows, of: field)
    let places = Text(names.map(\.en).joined(separator: ", "), zh: names.map(\.zh).joined(separator: "、"))
    let more = count > names.count, of = list.schema.declaration.title
    assembly.remarks.append(
      Diagnostic(
        .warning, code: "births-alike",
        Text(
          "\(count) of the \(of.en) (\(places.en)\(more ? ", …" : "")) state 1970-01-01 as `\(fields[field].name)`, "
            + "which programs write where there is no day; it is taken as written",
          zh: "\(of.zh)中有 \(count) 条（\(places.zh)\(more ? "等" : "")）的\(fields[field].words.zh)为 1970-01-01，"
            + "这也是系统在没有日期时写入的默认值；按所写处理"),
        hint: Text("check the days, and leave the cell empty where nobody knows", zh: "请核对；不清楚的请留空"),
        at: first ?? list.firstLocation))
  }
}
