// How a register writes its days, where other cells of it show which of several readings is meant: 01/27/2022 beside
// 08/05/2022, and the year of a title for 3月1日. Knows nothing of what becomes of that.
import Diagnostics
import Reckoning

/// What the cells of one column leave open and the file itself settles.
struct DateEvidence {
  /// What one column's cells are read by.
  struct Order {
    let field: Field
    let order: DateOrder
    let heading: String
    /// The first cell that could be read otherwise, and how many there are.
    let cell: BulkRow.Cell
    let count: Int
    /// What shows it; nil where nothing does, and an earlier scenario alone says it.
    let witness: String?
    /// What an earlier scenario says instead; empty where it says nothing of it.
    var kept = DateOrder()

    /// What is said of it.
    /// - Parameter isKept: whether a scenario keeps it.
    func told(_ file: SourceFile, isKept: Bool = true) -> Diagnostic {
      guard kept.isEmpty, let witness else { return keptTold(file) }
      let (name, text, seen) = (
        ValueProblem.shown(heading), ValueProblem.shown(cell.text), ValueProblem.shown(witness)
      )
      let (word, cells) = (order.word, count == 1 ? "1 cell" : "\(count) cells")
      let line = Text(
        "`dates \(field.name) = \"\(word.en)\"`", zh: "“日期写法 \(field.words.zh) = \(word.zh)”")
      let hint = Text(
        "check that this is what was meant\(isKept ? "; the scenario keeps it as \(line.en)" : "")",
        zh: "请核对是否如此\(isKept ? "；情景中记作\(line.zh)" : "")")
      return Diagnostic(
        .warning, code: "dates-settled",
        Text(
          "`\(name)`: \(cells) such as `\(text)` could be read in several ways and are read by \(word.en), as "
            + "`\(seen)` shows",
          zh: "`\(name)` 列有 \(count) 格（如 `\(text)`）本可有几种理解，按“\(word.zh)”读入，依据是 `\(seen)`"),
        hint: hint, at: SourceRange(source: file, start: cell.start, end: cell.end))
    }

    /// What is said where an earlier scenario says something of it: that it does not hold, or that nothing else does.
    private func keptTold(_ file: SourceFile) -> Diagnostic {
      let (name, text) = (ValueProblem.shown(heading), ValueProblem.shown(cell.text))
      let (word, cells) = (order.word, count == 1 ? "1 cell" : "\(count) cells")
      // Nothing shows it: then the line has what else it might be.
      let other = kept.isEmpty ? order.otherwise : kept
      let line = Text(
        "`dates \(field.name) = \"\(other.word.en)\"`", zh: "“日期写法 \(field.words.zh) = \(other.word.zh)”")
      let at = SourceRange(source: file, start: cell.start, end: cell.end)
      guard let witness else {
        return Diagnostic(
          .warning, code: "dates-kept",
          Text(
            "`\(name)`: \(cells) such as `\(text)` could be read in several ways; read by \(word.en), which is kept "
              + "of an earlier file; " + (order.year == nil ? "this one shows either" : "nothing in this one shows it"),
            zh: "`\(name)` 列有 \(count) 格（如 `\(text)`）本可有几种理解，按原情景保存的“\(word.zh)”读入，"
              + (order.year == nil ? "本文件两种写法都有" : "本文件没有依据")),
          hint: Text(
            "check that it is so; if not, add \(line.en)", zh: "请核对是否如此；如不是，请加上\(line.zh)"), at: at)
      }
      let seen = ValueProblem.shown(witness)
      return Diagnostic(
        .warning, code: "dates-kept",
        Text(
          "`\(name)`: \(cells) such as `\(text)` read by \(word.en), as `\(seen)` shows, and not by "
            + "\(other.word.en), which is kept of an earlier file",
          zh: "`\(name)` 列有 \(count) 格（如 `\(text)`）按“\(word.zh)”读入，依据是 `\(seen)`，不按原情景保存的“\(other.word.zh)”"),
        hint: Text(
          "check that this is what was meant; if not, add \(line.en)", zh: "请核对是否如此；如不是，请加上\(line.zh)"), at: at)
    }
  }

  let orders: [Order]
  /// The fields of which something is left open.
  let open: [Field]

  /// So many rows are looked at; of a longer file it is asked.
  private static let rows = 20_000

  /// The cells of a column that states days.
  private struct Column {
    let field: Field
    let name: String
    /// What is said of how they are written.
    let said: DateOrder
    let cells: [BulkRow.Cell]

    /// Whether the file itself is asked for a word: nobody has said one, or only an earlier file had it.
    func asks(_ words: DateOrder) -> Bool {
      let isKept = words.year == nil ? said.contains(.keptParts) : said.contains(.keptYear)
      return isKept || said.answering(words).isEmpty
    }

    /// What an earlier scenario keeps that another word would contradict or confirm.
    func kept(_ words: DateOrder) -> DateOrder {
      said.contains(words.year == nil ? .keptParts : .keptYear) ? said.answering(words) : []
    }
  }

  init(_ header: BulkHeader, _ schema: ListSchema, _ top: [BulkRow], _ source: any CellSource) {
    let columns = header.columns.filter { column, field in
      column < header.width && [.date, .dateOrMonth].contains(schema.fields[field].type)
    }
    let rows = columns.isEmpty ? [] : source.head(DateEvidence.rows + 1, limit: BulkHeader.columnLimit)
    let isLong = rows.count > DateEvidence.rows
    let below = rows.prefix(DateEvidence.rows).filter { $0.line >= header.bodyLine }
    // Of a longer file only what an earlier one has said is held against its first rows.
    let looked =
      isLong ? columns.filter { !header.plans[$0.column].dates.isDisjoint(with: [.keptYear, .keptParts]) } : columns
    guard !rows.isEmpty, !looked.isEmpty else {
      (orders, open) = ([], [])
      return
    }
    let written = looked.map { column, field in
      Column(
        field: schema.fields[field], name: header.names[column], said: header.plans[column].dates,
        cells: below.compactMap {
          $0.cells.indices.contains(column) && !$0.cells[column].text.isEmpty ? $0.cells[column] : nil
        })
    }
    // Nobody says of a birth its day alone.
    let days = written.filter { $0.field.type == .date }
    let found =
      DateEvidence.slashed(written)
      + DateEvidence.yearless(days.filter { $0.field.name == schema.declaration.begins }, header, top)
      + DateEvidence.unshownYears(days.filter { $0.field.name != schema.declaration.begins })
    let noughts = DateEvidence.noughts(
      days.filter { day in
        day.said.year != nil || found.contains { $0.field.name == day.field.name && $0.order.year != nil }
      })
    orders = found + noughts
    open = written.filter { column in
      !found.contains { $0.field.name == column.field.name }
        && column.cells.contains {
          SlashedDay($0.text, "/")?.isOpen == true && column.asks(.dayFirst)
            || column.field.type == .date && DateWriting.isWithoutYear($0.text) && column.asks(.of(year: 2000))
        }
    }.map(\.field)
  }

  /// Which of day and month comes first. One program writes all its days in one way: whatever speaks against it leaves
  /// the question open.
  private static func slashed(_ columns: [Column]) -> [Order] {
    let asked = columns.filter { $0.asks(.dayFirst) }
    let all = asked.flatMap(\.cells)
    var found: [Order] = []
    for mark: Character in ["/", "-"] {
      let parts = all.map { ($0.text, SlashedDay($0.text, mark)) }
      let months = parts.first { $0.1?.isMonthFirst == true }, days = parts.first { $0.1?.isDayFirst == true }
      let witness = (months == nil) == (days == nil) ? nil : months ?? days
      let shown: DateOrder = months == nil ? .dayFirst : .monthFirst
      for column in asked {
        let open = column.cells.filter { SlashedDay($0.text, mark)?.isOpen == true }
        guard let first = open.first else { continue }
        let kept = column.kept(.dayFirst)
        // What an earlier file shows speaks for one that shows nothing, but not for one that shows both.
        if witness == nil, kept.isEmpty || months == nil { continue }
        if witness != nil, kept == shown { continue }
        found.append(
          Order(
            field: column.field, order: witness == nil ? kept : shown, heading: column.name, cell: first,
            count: open.count, witness: witness?.0, kept: witness == nil ? [] : kept))
      }
    }
    return found
  }

  /// The year of days without one, where a title says it; and that a title does not, where an earlier scenario does.
  private static func yearless(_ columns: [Column], _ header: BulkHeader, _ top: [BulkRow]) -> [Order] {
    let asked = columns.filter { $0.asks(.of(year: 2000)) }
    let open = asked.flatMap(\.cells).filter { DateWriting.isWithoutYear($0.text) }
    let title = DateEvidence.year(header, top)
    let isWithin = title.map { title in
      open.allSatisfy { cell in
        title.month.map { last in DateWriting.month(cell.text).map { $0 <= last } ?? false } ?? true
      }
    }
    guard let title, isWithin == true else { return unshownYears(asked) }
    return asked.compactMap { column in
      let open = column.cells.filter { DateWriting.isWithoutYear($0.text) }
      let kept = column.kept(.of(year: title.year))
      guard let first = open.first, kept.year != title.year else { return nil }
      return Order(
        field: column.field, order: .of(year: title.year), heading: column.name, cell: first, count: open.count,
        witness: title.text, kept: kept)
    }
  }

  /// Whether `3.1` is the first or the tenth, where others of the column keep their noughts: 3.10.
  private static func noughts(_ columns: [Column]) -> [Order] {
    columns.filter { $0.said.answering(.oneIsFirst).isEmpty }.compactMap { column in
      let open = column.cells.filter { DateWriting.mayHaveLostNought($0.text) }
      guard let first = open.first, let witness = column.cells.first(where: { DateWriting.showsNoughts($0.text) })
      else { return nil }
      return Order(
        field: column.field, order: .oneIsFirst, heading: column.name, cell: first, count: open.count,
        witness: witness.text)
    }
  }

  /// The years of an earlier scenario that nothing in this file shows.
  private static func unshownYears(_ columns: [Column]) -> [Order] {
    columns.compactMap { column in
      let open = column.cells.filter { DateWriting.isWithoutYear($0.text) }
      guard let first = open.first, let year = column.kept(.of(year: 2000)).year else { return nil }
      return Order(
        field: column.field, order: .of(year: year), heading: column.name, cell: first, count: open.count, witness: nil)
    }
  }

  /// The one year, and the month perhaps, that a title above the table names: 2022年3月新招用人员名单.
  private static func year(_ header: BulkHeader, _ top: [BulkRow]) -> (year: Int, month: Int?, text: String)? {
    var found: (year: Int, month: Int?, text: String)?
    for row in top where row.line < header.row.line {
      let texts = Set(row.cells.map(\.text)).subtracting([""])
      guard texts.count == 1, let text = texts.first, text.utf8.count <= 200 else { continue }
      let plain = CellText.closed(text)
      if TitleYears(plain).areSeveral { return nil }
      for range in plain.ranges(of: "年") {
        let figures = plain[..<range.lowerBound].suffix(4)
        guard figures.utf8.count == 4, CellText.isDigits(figures), let year = Int(figures) else { continue }
        let month = plain[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
        let isMonth = plain[month.endIndex...].hasPrefix("月")
        if let found, found.year != year { return nil }
        if found == nil { found = (year, isMonth ? Int(month) : nil, text) }
      }
    }
    return found.flatMap { (1990...2099).contains($0.year) ? $0 : nil }
  }
}

/// `08/05/2022`: a day whose year comes last.
private struct SlashedDay {
  private let first: Int
  private let second: Int

  /// - Returns: nil for any other text.
  init?(_ text: String, _ mark: Character) {
    let date = text.split(separator: " ", maxSplits: 1).first ?? ""
    let parts = date.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ CellText.isDigits($0) }), parts[2].utf8.count == 4,
      parts[0].utf8.count <= 2, parts[1].utf8.count <= 2, let first = Int(parts[0]), let second = Int(parts[1])
    else { return nil }
    (self.first, self.second) = (first, second)
  }

  var isMonthFirst: Bool { (1...12).contains(first) && (13...31).contains(second) }
  var isDayFirst: Bool { (13...31).contains(first) && (1...12).contains(second) }
  var isOpen: Bool { (1...12).contains(first) && (1...12).contains(second) && first != second }
}

extension DateOrder {
  /// What else it might be: the other of day and month first, or the next year.
  fileprivate var otherwise: DateOrder {
    if let year { return .of(year: year + 1) }
    if contains(.oneIsFirst) { return .oneIsTenth }
    return contains(.dayFirst) ? .monthFirst : .dayFirst
  }
}
