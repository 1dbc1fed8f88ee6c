// A list of what was paid, as the office that paid keeps it: read through the same headings, writings and rows as
// registers of facts, into lines that say who was paid what, for what and when, as far as the list says so. Knows
// nothing of measures or of what was due.
import Diagnostics
import Reckoning

/// What was paid, line by line.
package struct PaidRegister: Sendable {
  /// One of several lists that are read as one.
  package struct Part: Sendable, Hashable {
    /// Counted from 0.
    package let number: Int
    /// As the command names it.
    package let name: String
  }

  /// Where a line stands.
  package struct Place: Sendable, Hashable, Comparable {
    /// The line of the file, or the row of the sheet.
    package let number: Int
    /// Which of several lists; nil where there is only one.
    package let list: Part?

    package static func < (a: Place, b: Place) -> Bool {
      (a.list?.number ?? 0, a.number) < (b.list?.number ?? 0, b.number)
    }
  }

  /// One payment as it is listed.
  package struct Line: Sendable {
    /// The line of the file, or the row of the sheet.
    package let number: Int
    /// What it was paid for, in the list's words.
    package let measure: String?
    /// Whom it went to, by name or id.
    package let payee: String?
    /// The number of whom it went to, in capitals.
    package let payeeNumber: String?
    /// What the payee's heading says of it; nil where nothing states a payee.
    package let payeeHeading: PayeeHeading?
    /// The person whom it was paid to or for.
    package let person: String?
    /// The person's identity number, freed of what stood around it.
    package let personNumber: String?
    /// The id of the record that it was paid for, with its year where it has one.
    package let record: String?
    /// Fen, below nought where it was taken back; nil where the line does not say, or not readably.
    package let fen: Int64?
    /// The day of the payment.
    package let day: Day?
    /// The first day of the month that it was paid for or in.
    package let month: Day?
    /// The year that it was paid for or in.
    package let year: Int32?
    /// What it says has become of the payment; nil where no column does.
    package let status: String?
    /// Whether something in it could not be read, of which there is a diagnostic.
    package let isFaulty: Bool
    /// Which of several lists it stands in; nil where there is only one.
    package var list: Part?

    /// The payee's name where the only number is a person's: a bank's list has the holder of the account beside it.
    package var holder: String? {
      if case .firm? = payeeHeading { return nil }
      return person == nil && payeeNumber == nil && personNumber != nil ? payee : nil
    }

    /// Where it stands.
    package var place: Place { Place(number: number, list: list) }

    /// Whether it says nothing of who was paid.
    package var isNameless: Bool {
      payee == nil && payeeNumber == nil && person == nil && personNumber == nil && record == nil
    }

    /// Whether it takes back what was paid.
    package var isRecovery: Bool { (fen ?? 0) < 0 }

    /// Who was paid, as the line has it: the name before the number.
    package var who: String { [person, payee, record, personNumber, payeeNumber].compactMap(\.self).first ?? "" }
  }

  /// The list as headings are found for it, in files of scenarios and commands alike.
  package static let list = declared(amount: .required)

  /// The same where each month has a column, in which a row need not have any.
  static let monthly = declared(amount: .none)

  /// The same where a column says the month alone and another the year, which are made out together.
  static let parted = declared(amount: .required, isParted: true)

  private static func declared(amount: Field.Absence, isParted: Bool = false) -> ListDeclaration {
    ListDeclaration(
      name: "paid", singular: "payment", title: Text("payments", zh: "发放明细"),
      fields: [
        field("measure", .text, "措施", Text("what it was paid for", zh: "发放项目")),
        field("payee", .text, "发放对象", Text("whom it went to", zh: "发放对象"), "beneficiary"),
        field("payee_number", .text, "对象编号", Text("the number of whom it went to", zh: "发放对象的编号")),
        field("person", .text, "姓名", Text("the person", zh: "姓名")),
        field("person_number", .text, "身份证号", Text("the person's identity number", zh: "身份证号")),
        field("record", .text, "对应记录", Text("the record that it was paid for", zh: "对应记录"), "subject"),
        field("amount", .money, "金额", Text("how much", zh: "金额"), absence: amount),
        field("date", .date, "发放日期", Text("the day of the payment", zh: "发放日期")),
        field("month", isParted ? .text : .dateOrMonth, "发放月份", Text("the month of the payment", zh: "发放月份")),
        field("year", isParted ? .text : .int, "年度", Text("the year of the payment", zh: "年度")),
        field("status", .text, "状态", Text("what has become of the payment", zh: "状态")),
      ], hasID: false, person: "person", personID: "person_number", begins: nil, ends: nil,
      chinese: ListDeclaration.Chinese(name: "发放明细", singular: "发放记录", classifier: "笔"))
  }

  /// The facts one of which a list must state, so that it says who was paid.
  package static let whoFields = ["payee", "payee_number", "person", "person_number", "record"]

  package let lines: [Line]
  /// Whether a column says what was paid for.
  package let hasMeasures: Bool
  /// Whether a column says when.
  package let hasDates: Bool
  /// How headings and cells were read, and what could not be.
  package let doubts: [Diagnostic]

  /// Several lists as one.
  /// - Precondition: there is one at least.
  package init(joining lists: [(name: String, register: PaidRegister)]) {
    var lines: [Line] = []
    var doubts: [Diagnostic] = []
    let undated = lists.filter { !$0.register.hasDates }
    for (number, (name, register)) in lists.enumerated() {
      for var line in register.lines {
        line.list = lists.count > 1 ? Part(number: number, name: name) : nil
        lines.append(line)
      }
      doubts += register.doubts
    }
    if !undated.isEmpty, undated.count < lists.count {
      let names = undated.map { ValueProblem.shown($0.name) }
      doubts.append(
        Diagnostic(
          .note, code: "paid-unread",
          Text(
            "no dates are compared of \(names.joined(separator: ", ")), which has none",
            zh: "\(names.joined(separator: "、"))没有日期，未核对其日期"), hint: nil, at: nil))
    }
    // A list without a column for what was paid for may be about anything.
    self.init(
      lines: lines, hasMeasures: lists.allSatisfy(\.register.hasMeasures), hasDates: undated.count < lists.count,
      doubts: doubts)
  }

  init(lines: [Line], hasMeasures: Bool, hasDates: Bool, doubts: [Diagnostic]) {
    (self.lines, self.hasMeasures, self.hasDates, self.doubts) = (lines, hasMeasures, hasDates, doubts)
  }

  /// The list with some of its lines.
  package func only(_ lines: [Line]) -> PaidRegister {
    PaidRegister(lines: lines, hasMeasures: hasMeasures, hasDates: hasDates, doubts: doubts)
  }

  private static func field(
    _ name: String, _ type: FieldType, _ chinese: String, _ meaning: Text, _ other: String? = nil,
    absence: Field.Absence = .none
  ) -> Field {
    var made = Field(
      name: name, type: type, absence: absence, labels: [chinese] + [other].compactMap(\.self), meaning: meaning,
      chinese: chinese)
    made.isSigned = type == .money
    return made
  }
}

extension RegisterSurvey {
  /// Reads a list of payments.
  ///
  /// - Parameters:
  ///   - path: the file, and the sheet behind `#`.
  ///   - name: what messages call it.
  ///   - control: stops the reading.
  /// - Throws: that it cannot be read, or says not who was paid, or not how much.
  package static func paid(
    at path: String, as name: String, _ places: Gazetteer, mapping: ColumnMapping, threads: Int, control: WorkControl
  ) throws(RegisterRefusal) -> PaidRegister {
    let asked = RegisterSurvey(
      FactDictionary(lists: [PaidRegister.list]), places, mapping: mapping, threads: threads, control: control)
    let source = try asked.opened(path, name, PaidRegister.list)
    let top = source.head(HeadingSearch.rows, limit: BulkHeader.columnLimit)
    let survey = asked.together(top)
    if let months = PaidMonths(top, ListSchema(PaidRegister.list), survey.mapping) {
      return try months.register(survey, source)
    }
    return try survey.paid(source, PaidRegister.list)
  }

  /// Reads a list of payments, or one month's column of it.
  ///
  /// - Parameters:
  ///   - list: as its columns are known.
  ///   - month: of the column that is read.
  ///   - apart: columns of which something else is said, counted from 0.
  func paid(
    _ source: any CellSource, _ list: ListDeclaration, of month: PaidMonths.Column? = nil, apart: Set<Int> = []
  ) throws(RegisterRefusal) -> PaidRegister {
    let schema = ListSchema(list)
    var suggestions = Suggestions()
    var findings = Findings()
    let records = source.cellRecords(request(schema), &suggestions, &findings)
    findings = findings.withoutUnread
    guard let header = records.header else { throw RegisterRefusal(diagnostics: findings.ordered()) }
    try demandColumns(header, schema, source)
    if findings.hasErrors { throw RegisterRefusal(diagnostics: findings.ordered()) }
    if let told = try parted(header, schema, source, of: month, apart: apart) { return told }
    if let told = try settled(header, schema, source, of: month, apart: apart) { return told }
    records.describe(LateProblems(), reader: reader, suggestions: &suggestions, into: &findings)
    records.remark(named: [:], into: &findings)
    let doubted = source.tell(records, nil, &findings)
    for problem in gone(header, schema, source) { findings.add(problem) }
    let row = header.row
    let place = SourceRange(source: source.file, start: row.cells.first?.start ?? row.end, end: row.end)
    if let note = header.unreadNote(at: place, apart: apart) { findings.add(note) }
    let stated = Set(header.columns.map { schema.fields[$0.field].name })
    let doubts = findings.ordered().map { problem in
      problem.severity == .error
        ? Diagnostic(.warning, code: problem.code, problem.message, hint: problem.hint, at: problem.location) : problem
    }.map { RegisterSurvey.monthly($0, header, schema) }
    let heading = PayeeHeading(header, schema, mapping)
    let (lines, unread) = PaidCells(records, schema, reader, doubted, month, heading).read()
    let unpaid = lines.filter { PaidStatus.isUnpaid($0.status) }
    return PaidRegister(
      lines: unpaid.isEmpty ? lines : lines.filter { !PaidStatus.isUnpaid($0.status) },
      hasMeasures: stated.contains("measure"),
      hasDates: month != nil || !stated.isDisjoint(with: ["date", "month", "year"]),
      doubts: doubts + [unread, PaidStatus.note(unpaid, at: place)].compactMap(\.self))
  }

  /// Of days that say no more than their month: that the column may say months.
  private static func monthly(_ problem: Diagnostic, _ header: BulkHeader, _ schema: ListSchema) -> Diagnostic {
    let stated = Set(header.columns.map { schema.fields[$0.field].name })
    if problem.code == "not-a-date", stated.contains("month"), stated.isDisjoint(with: ["date", "year"]),
      problem.quoted.flatMap({ PaidPeriod.month($0) }) != nil
    {
      return Diagnostic(
        problem.severity, code: problem.code, problem.message,
        hint: Text("say of which year: `constant year = 2022`", zh: "请写明是哪一年：“常量 年度 = 2022”"),
        at: problem.location)
    }
    guard problem.code == "not-a-date", let text = problem.quoted, DateWriting(text: text, type: .dateOrMonth).isRead,
      let days = header.columns.first(where: { schema.fields[$0.field].name == "date" })
    else { return problem }
    let heading = HeadingNotes.quoted(header.name(days.column))
    let order = DateOrder.monthBegins.word
    return Diagnostic(
      problem.severity, code: problem.code, problem.message,
      hint: Text(
        "write year, month and day: 2022-03-01; or say that the column states months: `columns \(heading) = month`; or "
          + "which day is meant: `dates \"\(order.en)\"`",
        zh: "请写年-月-日：2022-03-01；该列写的若是月份，请加上“各列 \(heading) = 发放月份”；或写明指哪一天：“日期写法 \(order.zh)”"), at: problem.location)
  }

  /// Refuses a list that says not how much was paid, or not to whom.
  private func demandColumns(
    _ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource
  ) throws(RegisterRefusal) {
    let stated = Set(header.columns.map { schema.fields[$0.field].name })
    let at = SourceRange(
      source: source.file, start: header.row.cells.first?.start ?? header.row.end, end: header.row.end)
    var problems: [Diagnostic] = []
    if !stated.contains("amount") { problems.append(header.withoutAmount(at: at)) }
    if stated.isDisjoint(with: PaidRegister.whoFields) {
      problems.append(
        .error(
          "paid-columns", Text("no column is known to say who was paid", zh: "没有列说明发放对象"),
          hint: Text(
            "say which: `columns HEADING = payee`, or `person`, `person_number`, `record`",
            zh: "请写明是哪一列：`各列 表头 = 发放对象`，或姓名、身份证号、对应记录"), at: at))
    }
    if !problems.isEmpty { throw RegisterRefusal(diagnostics: problems) }
  }
}

extension Findings {
  /// Columns that say nothing about a payment are no mistake of a list of payments.
  fileprivate var withoutUnread: Findings {
    var out = Findings()
    for problem in list where problem.code != "unknown-column" { out.add(problem) }
    out.count(uncounted)
    return out
  }
}

extension BulkHeader {
  /// That no column says how much was paid, with the columns that are left for it.
  fileprivate func withoutAmount(at location: SourceRange) -> Diagnostic {
    let left = names.indices.filter { plans[$0].use == .skip && !names[$0].isEmpty }.map { names[$0] }
    let only = left.count == 1 ? HeadingNotes.quoted(left[0]) : nil
    let shown = left.prefix(left.count == 1 ? 0 : 6).map { "“\(ValueProblem.shown($0))”" }.joined(separator: "、")
    return .error(
      "paid-columns", Text("no column is known to say how much was paid", zh: "没有列说明发放金额"),
      hint: Text(
        "say which: `columns \(only ?? "HEADING") = amount`" + (shown.isEmpty ? "" : "; not read are \(shown)"),
        zh: "请写明是哪一列：“各列 \(only ?? "表头") = 金额”" + (shown.isEmpty ? "" : "；尚未读取的列：\(shown)")), at: location)
  }

  /// One note on the columns that nothing is read from; nil where there are none.
  /// - Parameter apart: columns of which something else is said.
  fileprivate func unreadNote(at location: SourceRange, apart: Set<Int>) -> Diagnostic? {
    let unread = names.indices.filter { column in
      plans[column].use == .skip && !names[column].isEmpty && !apart.contains(column)
        && !HeadingNotes.serials.contains(Headings.bare(names[column]).name)
    }.map { ValueProblem.shown(names[$0]) }
    guard !unread.isEmpty else { return nil }
    return Diagnostic(
      .note, code: "paid-unread",
      Text(
        "columns that are not read: \(unread.map { "`\($0)`" }.joined(separator: ", "))",
        zh: "未读取的列：\(unread.map { "“\($0)”" }.joined(separator: "、"))"),
      hint: Text("`columns HEADING = FACT` reads one", zh: "要读取，请写“各列 表头 = 事实”"), at: location)
  }
}
