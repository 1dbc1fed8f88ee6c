// Last days that mean "none": spreadsheets and registers write 9999-12-31 where nothing has ended (facts, "In `end`
// …"). Such days are read as absent and counted; other days far off are taken as written and told. Knows nothing of
// files' syntax.
import Diagnostics
import Reckoning

/// The fields whose day may stand for "none", and the days that do.
enum OpenEnds {
  static let fields: Set<String> = ["end", "employed_to", "benefit_ended_on"]

  /// Whether a field is a last day, or a first one; nil for any other.
  static func isLast(_ field: String) -> Bool? {
    fields.contains(field) ? true : ["start", "employed_from", "appointed_from"].contains(field) ? false : nil
  }

  static let days: [Int32] = [(9999, 12, 31), (2999, 12, 31), (2099, 12, 31), (9999, 1, 1)].map {
    Day.clamped(year: $0.0, month: $0.1, day: $0.2).number
  }

  /// How many months beyond the day that it is measured by a last day is told of.
  static let farMonths = 120

  /// The same of a first day, in days: before the day of costing, and after it.
  static let farDays: Int32 = 3653
  static let aheadDays: Int32 = 366

  /// The field of the day that a last day is measured by where there is no day of costing.
  static func start(of field: String, begins: String?) -> String {
    switch field {
    case "employed_to": "employed_from"
    case "benefit_ended_on": "unemployed_from"
    default: begins ?? "start"
    }
  }

  /// Whether a stated value says nothing: it is blank or one of the days that stand for "none".
  static func states(nothing value: StatedValue) -> Bool {
    guard fields.contains(value.field), case .text(let text) = value.content else { return false }
    let trimmed = Members.trimmed(text[...])
    guard let day = Day(trimmed, loose: true) else { return trimmed.isEmpty }
    return days.contains(day.number)
  }
}

extension ListColumns {
  /// Reads the days that stand for "none" as absent, and tells of them and of days far off, by file.
  mutating func readOpenEnds(_ assembly: inout Assembly) {
    for field in fields.indices where OpenEnds.fields.contains(fields[field].name) && fields[field].type == .date {
      guard case .buffer(let buffer) = made[field], case .int32(let days) = buffer.values else { continue }
      let missing = Int32(truncatingIfNeeded: ListSchema.whenAbsent(fields[field]))
      // Nearly every column has no day so late, which one look at its latest tells.
      var latest = Int32.min
      for row in 0..<list.count { latest = max(latest, days[row]) }
      guard latest >= (OpenEnds.days.min() ?? 0) || isFar(latest, assembly) else { continue }
      for part in parts {
        var none = Told(), far = Told()
        for row in part.rows {
          if OpenEnds.days.contains(days[row]) {
            days[row] = missing
            none.take(row)
            absent[field] = true
          } else if isFar(days[row], row, field, assembly) {
            far.take(row)
          }
        }
        if none.count > 0 { assembly.remarks.append(noneRemark(none, field, part.location)) }
        if far.count > 0 { assembly.remarks.append(farRemark(far, field, part.location)) }
      }
    }
  }

  /// Rows that are told of: how many, and the first few.
  private struct Told {
    private static let most = 5
    private(set) var count = 0
    private(set) var rows: [Int] = []

    mutating func take(_ row: Int) {
      count += 1
      if rows.count < Told.most { rows.append(row) }
    }

    /// Which they are, behind other words; nothing where they have no lines of their own.
    func words(_ names: [Text]) -> Text {
      guard !names.isEmpty else { return Text("", zh: "") }
      let further = count - names.count
      let (en, zh) = further > 0 ? (" and \(further) more", "等") : ("", "")
      return Text(
        " (\(names.map(\.en).joined(separator: ", "))\(en))", zh: "（\(names.map(\.zh).joined(separator: "、"))\(zh)）")
    }
  }

  /// The rows of each file: the scenario's own records and cohorts, and every bulk file.
  private var parts: [(rows: Range<Int>, location: SourceRange?)] {
    let own = list.records.count
    var out: [(rows: Range<Int>, location: SourceRange?)] = [(0..<own, list.records.locations.first ?? nil)]
    var row = own
    for part in list.bulk {
      let top = Position(line: 1, column: 1)
      out.append((row..<row + part.records.rows, SourceRange(source: part.records.file, start: top, end: top)))
      row += part.records.rows
    }
    for part in list.cohorts {
      out.append((row..<row + part.cohort.count, part.cohort.location))
      row += part.cohort.count
    }
    return out.filter { !$0.rows.isEmpty }
  }

  /// Whether the latest of a column's days may be one far off.
  private func isFar(_ day: Int32, _ assembly: Assembly) -> Bool {
    guard day > Absent.none32 else { return false }
    guard let asOf = assembly.asOf else { return true }
    return day > asOf.adding(months: OpenEnds.farMonths, .clamp).number
  }

  private func isFar(_ day: Int32, _ row: Int, _ field: Int, _ assembly: Assembly) -> Bool {
    guard day > Absent.none32 else { return false }
    if let asOf = assembly.asOf { return day > asOf.adding(months: OpenEnds.farMonths, .clamp).number }
    let name = OpenEnds.start(of: fields[field].name, begins: list.schema.declaration.begins)
    guard let other = list.schema.named(name), other >= 0, case .buffer(let buffer) = made[other] else { return false }
    let start = buffer[row]
    guard start > Int64(Absent.none32), let first = Int32(exactly: start), Int64(day) - start > 3600 else {
      return false
    }
    return day > Day(number: first).adding(months: OpenEnds.farMonths, .clamp).number
  }

  /// Tells of records in files whose first day is far from all others' or from the day of costing: 2002 and 2032 are
  /// slips for 2022 more often than they are years.
  func tellFarStarts(_ assembly: inout Assembly) {
    let declaration = list.schema.declaration
    guard declaration.personName != nil || declaration.personID != nil, let begins = declaration.begins,
      let field = list.schema.named(begins), field >= 0, fields[field].type == .date,
      case .buffer(let buffer) = made[field], case .int32(let days) = buffer.values
    else { return }
    let rows = list.records.count..<list.records.count + list.bulk.reduce(0) { $0 + $1.records.rows }
    guard let usual = assembly.asOf?.number ?? middle(days, rows) else { return }
    let first = usual - OpenEnds.farDays, last = usual + (assembly.asOf == nil ? OpenEnds.farDays : OpenEnds.aheadDays)
    var early = Told(), late = Told()
    for row in rows where days[row] > Absent.none32 && days[row] < DateOrYear.base {
      if days[row] < first { early.take(row) } else if days[row] > last { late.take(row) }
    }
    for (told, isLate) in [(early, false), (late, true)] where told.count > 0 {
      assembly.remarks.append(farStart(told, field, isLate: isLate, hasDay: assembly.asOf != nil, days))
    }
  }

  /// The day in the middle of a column's; nil where there are few, or very many.
  private func middle(_ days: CheckedBuffer<Int32>, _ rows: Range<Int>) -> Int32? {
    guard (3...200_000).contains(rows.count) else { return nil }
    let stated = rows.map { days[$0] }.filter { $0 > Absent.none32 }.sorted()
    return stated.isEmpty ? nil : stated[stated.count / 2]
  }

  private func farStart(
    _ told: Told, _ field: Int, isLate: Bool, hasDay: Bool, _ days: CheckedBuffer<Int32>
  ) -> Diagnostic {
    let name = fields[field].words, of = list.schema.declaration.title
    let (names, first) = list.places(told.rows, of: field)
    let which = told.words(names)
    let sample = told.rows.first.map { Day(number: days[$0]).text } ?? ""
    let far =
      hasDay
      ? isLate
        ? Text("more than a year after the day of costing", zh: "比核算日晚 1 年以上")
        : Text("more than 10 years before the day of costing", zh: "比核算日早 10 年以上")
      : Text("more than 10 years from the others", zh: "与其余记录相差 10 年以上")
    return Diagnostic(
      .warning, code: "far-first-day",
      Text(
        "\(told.count) of the \(of.en)\(which.en) state a `\(fields[field].name)` \(far.en), such as \(sample), "
          + "which is taken as written",
        zh: "\(of.zh)中有 \(told.count) 条\(which.zh)的\(name.zh)\(far.zh)（如 \(sample)），按所写处理"),
      hint: Text("check the year", zh: "请核对年份"), at: first)
  }

  private func noneRemark(_ told: Told, _ field: Int, _ location: SourceRange?) -> Diagnostic {
    let name = fields[field].name, of = list.schema.declaration.title
    return Diagnostic(
      .note, code: "no-last-day",
      Text(
        "\(told.count) of the \(of.en) state a `\(name)` such as 9999-12-31, which is read as none",
        zh: "\(of.zh)中有 \(told.count) 条的\(fields[field].words.zh)写作 9999-12-31 一类日期，按没有处理"),
      hint: Text("leave the cell empty where nothing has ended", zh: "没有结束的请留空"),
      at: list.places(told.rows, of: field).first ?? location)
  }

  private func farRemark(_ told: Told, _ field: Int, _ location: SourceRange?) -> Diagnostic {
    let name = fields[field].name, of = list.schema.declaration.title
    let (names, first) = list.places(told.rows, of: field)
    let which = told.words(names)
    return Diagnostic(
      .warning, code: "far-last-day",
      Text(
        "\(told.count) of the \(of.en)\(which.en) state a `\(name)` more than 10 years off, which is taken as written",
        zh: "\(of.zh)中有 \(told.count) 条\(which.zh)的\(fields[field].words.zh)在 10 年以后，按所写处理"),
      hint: Text("check the year, or leave the cell empty where nothing has ended", zh: "请核对年份；没有结束的请留空"),
      at: first ?? location)
  }
}
