// An audit of what was paid: the sums, what was found line by line, by measure and by beneficiary, and names that share
// a number. Knows nothing of how it was found.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct AuditAnswer: Sendable {
  let audit: PaidAudit
  let register: PaidRegister
  /// The lists as the command names them.
  let files: [String]
  let question: PaidAudit.Question
  let run: Session.Run
  let places: Gazetteer
  /// Who reads the workbook.
  var language: Language?

  /// So many findings are shown on a screen.
  private static let shown = 40
  private static let shownBeneficiaries = 10

  init(
    _ audit: PaidAudit, _ register: PaidRegister, files: [String], _ question: PaidAudit.Question, run: Session.Run,
    places: Gazetteer
  ) {
    self.audit = audit
    self.register = register
    self.files = files
    self.question = question
    self.run = run
    self.places = places
  }

  /// The first of the lists.
  private var file: String { files[0] }
  private var bounds: AuditBounds { AuditBounds(question) }
  var currency: Currency { run.documents.currency }
  var words: AuditWords { AuditWords(run.ledger.dataset) }

  /// The findings that are there, in the order in which they are told, each with its entries.
  var findings: [(finding: AuditFinding, entries: [PaidEntry])] {
    AuditFinding.told.compactMap { finding in
      let entries = audit.entries.filter { $0.told == finding }
      return entries.isEmpty ? nil : (finding, entries)
    }
  }

  var answer: Answer {
    var body = AnswerBody(blocks: head)
    let remarkable = findings.filter(\.finding.isRemarkable)
    if !remarkable.isEmpty {
      var list = entries(remarkable, titled: true)
      if list.count > AuditAnswer.shown {
        let more = list.count - AuditAnswer.shown
        list.cut = Relation.Cut(
          AuditAnswer.shown,
          rest: Relation.Line([
            Span(Text("and \(more) more; all of them: into FILE.xlsx", zh: "另有 \(more) 条；全部：存入 文件.xlsx"), .muted)
          ]))
      }
      body.append(list)
    }
    body.append(byMeasure)
    if audit.byBeneficiary.count > 1 { body.append(byBeneficiary(cut: AuditAnswer.shownBeneficiaries)) }
    if !audit.names.isEmpty { body.append(names) }
    for note in notes { body.append(note) }
    let told = record
    var answer = Answer(body, records: [told])
    answer.further = (files.count > 1 ? [Record.Member("files", .ids(files))] : []) + bounds.members
    let maker = self
    answer.book = { AuditBook(maker).book }
    answer.hasMismatch = false
    return answer
  }

  // MARK: Prose

  /// What stands above the lists.
  var head: [Block] {
    let name = files.map { Files.name($0) }.joined(separator: ", ")
    let title: [Span] = [.data(name, .title), Span(" against ", zh: " 对照 ", .title), .data(run.programme, .title)]
    var blocks: [Block] = [
      .heading(level: 2, title), RunHead(run, places: places).block,
    ]
    if let asked = bounds.block { blocks.append(asked) }
    blocks += AuditSentences(audit).blocks
    if audit.entries.allSatisfy({ !$0.finding.isRemarkable }), audit.names.isEmpty {
      blocks.append(.paragraph(Text("Every line is as it is due, and nothing is missing.", zh: "逐行相符，没有遗漏。")))
    }
    return blocks
  }

  /// What was not held against each other, and why.
  var notes: [Block] {
    var notes: [Block] = []
    func note(_ text: Text) { notes.append(.note(.note, [Span(text)])) }
    if let passed = bounds.passed(audit.entries) { note(passed) }
    for beside in AuditNotes.besides(audit) { note(beside) }
    if !audit.leftOut.isEmpty {
      let parts = audit.leftOut.map { one in
        let money = Figures.money(fen: one.fen, grouped: true)
        return Text(
          "\(one.measure.name) (\(one.payments), \(money))", zh: "\(one.measure.words.zh)（\(one.payments) 笔，\(money) 元）"
        )
      }
      note(
        Text(
          "No line names these measures, whose payments are not missed: \(parts.map(\.en).joined(separator: ", ")).",
          zh: "明细未涉及以下措施，其应付未计入漏付：\(parts.map(\.zh).joined(separator: "、"))。"))
    }
    if !register.hasDates {
      note(Text("The list has no dates, so that none were compared.", zh: "明细没有日期，未核对日期。"))
    }
    if let unknown = AuditNotes.measures(audit.entries, shown: AuditWords.covered) { note(unknown) }
    if let reversed = AuditNotes.reversals(audit.entries) { note(reversed) }
    let late = audit.entries.count { $0.finding == .otherDate }
    if late > 5, late * 2 > audit.sums.lines + audit.back.lines {
      note(
        Text(
          "Most lines are paid on another day: `within 30 days` lets those pass that come so much later.",
          zh: "多数行的日期晚于应付日：写“允许 30天”可放过在此期限内发放的。"))
    }
    return notes
  }

  // MARK: Lists

  /// Findings line by line.
  func entries(_ findings: [(finding: AuditFinding, entries: [PaidEntry])], titled: Bool) -> Relation {
    let words = words
    let names = AuditedNames(audit, run.ledger.dataset)
    let columns: [AnswerColumn<PaidEntry>] = [
      .words("finding", Text("Finding", zh: "情形"), titled ? nil : .essential) { $0.told.words }.faces([]),
      .id("finding", Text("Finding", zh: "情形"), nil) { $0.told.key }.faces([.json, .csv])
        .shown { [Span($0.told.words)] },
      .count("line", Text("Line", zh: "行"), .essential) { $0.line.map { Int64($0.number) } }.faces([.json, .csv]),
      .id("name", Text("Who", zh: "对象"), .essential) { $0.line.map(\.who) ?? names.often($0.beneficiary) }
        .faces([.json, .csv]).shown { entry in
          [.data(AuditWords.covered(entry.line.map(\.who) ?? AuditAnswer.missed(entry, names)), .name)]
        },
      .id("measure", Text("Measure", zh: "措施"), .important) { $0.measure?.id }.faces([.json, .csv])
        .shown { $0.measure.map { [Span($0.words)] } },
      .money("paid", currency.heading("Paid", zh: "实付"), .essential) { $0.line.map { $0.fen ?? 0 } }.faces([
        .json, .csv,
      ]),
      .money("due", currency.heading("Due", zh: "应付"), .important) { $0.due == 0 ? nil : $0.due }.faces([.json, .csv]),
      .date("paid_on", Text("Paid on", zh: "发放日"), .useful) { entry in
        entry.line.flatMap { AuditAnswer.day($0) }
      }.faces([.json, .csv]),
      .date("due_on", Text("Due on", zh: "应付日"), .useful) { $0.dueOn?.text }.faces([.json, .csv])
        .shown { AuditAnswer.days($0) },
      .date("due_from", Text("Due from", zh: "最早应付日"), nil) { AuditAnswer.due($0)?.from }.faces([.json, .csv]),
      .date("due_to", Text("Due to", zh: "最晚应付日"), nil) { AuditAnswer.due($0)?.to }.faces([.json, .csv]),
      .id("beneficiary", Text("Beneficiary", zh: "发放对象"), nil) { $0.beneficiary }.faces([.json, .csv]),
      .id("subject", Text("For", zh: "对应记录"), nil) { $0.subject.isEmpty ? nil : $0.subject }.faces([.json, .csv]),
      .words("why", Text("Why", zh: "原因"), .essential) { $0.reasons.isEmpty ? nil : words.text($0.reasons) }
        .faces([.json, .csv]),
    ]
    // In a file of values nothing else says what was asked.
    let asked = bounds.line.map { text in
      [AnswerColumn<PaidEntry>.words("asked", Text("As asked", zh: "核对范围"), nil) { _ in text }.faces([.csv])]
    }
    // Of several lists a line's number alone says nothing.
    let list = AnswerColumn<PaidEntry>.id("list", Text("List", zh: "明细"), .essential) { $0.line?.list?.name }
      .faces([.json, .csv])
    let all = (files.count > 1 ? [list] + columns : columns) + (asked ?? [])
    var relation = Relation(
      sections: findings.map { one in
        let count = Text("\(one.entries.count)", zh: "\(one.entries.count) 条")
        let title: [Span] = [Span(one.finding.words, one.finding.role), .data("  "), Span(count, .muted)]
        return (title: titled ? title : nil, entries: one.entries)
      }, all)
    relation.records = .programs
    return relation
  }

  /// The first and the last day on which a line's payments became due, where these are several.
  private static func due(_ entry: PaidEntry) -> (from: String, to: String)? {
    guard entry.dueOn == nil, let first = entry.parts.map(\.dueOn).min(), let last = entry.parts.map(\.dueOn).max()
    else { return nil }
    return (first.text, last.text)
  }

  /// The same for people; nil where there is one day, or none.
  private static func days(_ entry: PaidEntry) -> [Span]? {
    due(entry).map { [Span(Text("\($0.from) to \($0.to)", zh: "\($0.from) 至 \($0.to)"))] }
  }

  /// Who was not paid, and what for where that has a name of its own.
  private static func missed(_ entry: PaidEntry, _ names: AuditedNames) -> String {
    let (who, what) = (names.often(entry.beneficiary), names.often(entry.subject))
    let isNamed = !entry.subject.isEmpty && !who.hasPrefix(what) && !entry.subject.hasPrefix(what)
    return isNamed ? "\(who) · \(what)" : who
  }

  /// The day, the month or the year that a line says.
  static func day(_ line: PaidRegister.Line) -> String? {
    if let day = line.day { return day.text }
    if let month = line.month { return String(month.text.prefix(7)) }
    return line.year.map { String($0) }
  }

  private func sums(_ columns: [AnswerColumn<PaidAudit.Row>], _ rows: [PaidAudit.Row], title: Text) -> Relation {
    let (sums, back) = (audit.sums, audit.back)
    var columns = columns
    var totals: [String: Datum] = [:]
    func money(
      _ key: String, _ title: Text, _ importance: Table.Importance, always: Bool = false,
      _ fen: @escaping @Sendable (_ sums: PaidSums, _ back: PaidSums) -> Int64
    ) {
      guard always || rows.contains(where: { fen($0.sums, $0.back) != 0 }) else { return }
      columns.append(.money(key, title, importance) { fen($0.sums, $0.back) })
      totals[key] = .money(fen: fen(sums, back))
    }
    money("paid", currency.heading("Paid", zh: "实付"), .essential, always: true) { sums, _ in sums.paid }
    money("matched", Text("As due", zh: "相符"), .important, always: true) { sums, _ in sums.matched }
    money("too_much", Text("Too much", zh: "多付"), .important) { sums, _ in sums.tooMuch }
    money("twice", Text("Twice", zh: "重复"), .important) { sums, _ in sums.twice }
    money("not_due", Text("Not due", zh: "不应发"), .important) { sums, _ in sums.notDue }
    money("open", Text("Open", zh: "待核实"), .important) { sums, _ in sums.open }
    money("due", currency.heading("Due", zh: "应付"), .essential, always: true) { sums, _ in sums.due }
    money("too_little", Text("Too little", zh: "少付"), .useful) { sums, _ in sums.tooLittle }
    money("not_paid", Text("Not paid", zh: "未付"), .useful) { sums, _ in sums.unpaid }
    money("back_made", Text("Taken back", zh: "已追回"), .important) { _, back in back.paid }
    money("back_wrong", Text("Of it not as due", zh: "其中不相符"), .important) { _, back in
      Amounts.add(back.paid, -back.matched)
    }
    money("back_due", Text("To be taken back", zh: "应追回"), .important) { _, back in back.due }
    money("back_open", Text("Not taken back", zh: "未追回"), .important) { _, back in
      Amounts.add(back.due, -back.matched)
    }
    var relation = Relation(title: title, of: rows, columns)
    relation.footer = Relation.Line([Span(Text("Total", zh: "合计"), .strong)], totals, role: .strong)
    return relation
  }

  private static func measure() -> AnswerColumn<PaidAudit.Row> {
    .id("measure", Text("Measure", zh: "措施"), .essential) { $0.measure?.id }
      .shown { row in
        [row.measure.map { Span($0.words, .name) } ?? Span("not said", zh: "未写明", .muted)]
      }
  }

  /// What was paid and due by measure.
  var byMeasure: Relation { sums([AuditAnswer.measure()], audit.byMeasure, title: Text("By measure", zh: "各措施")) }

  /// The same by beneficiary and measure.
  func byBeneficiary(cut: Int? = nil) -> Relation {
    let names = AuditedNames(audit, run.ledger.dataset)
    var relation = sums(
      [
        .id("beneficiary", Text("Beneficiary", zh: "发放对象"), .essential) { $0.beneficiary }
          .shown { [.data(AuditWords.covered(names.often($0.beneficiary)), .name)] },
        AuditAnswer.measure(),
      ], audit.byBeneficiary, title: Text("By beneficiary and measure", zh: "各对象、各措施"))
    if let cut, relation.count > cut {
      let more = relation.count - cut
      relation.cut = Relation.Cut(
        cut, rest: Relation.Line([Span(Text("and \(more) more", zh: "另有 \(more) 行"), .muted)]))
    }
    return relation
  }

  /// People with one number and several names.
  var names: Relation {
    Relation(
      title: Text("One number under several names", zh: "同一号码、不同姓名"), of: audit.names,
      [
        .id("number", Text("Number", zh: "号码"), .essential) { AuditWords.covered($0.number) },
        .words("names", Text("Names in the list", zh: "明细中的姓名"), .essential) { one in
          let parts = one.names.map { name in
            let lines = AuditWords.lines(name.lines)
            return Text("\(name.name) (\(lines.en))", zh: "\(name.name)（\(lines.zh)）")
          }
          return Text(parts.map(\.en).joined(separator: "; "), zh: parts.map(\.zh).joined(separator: "；"))
        },
        .id("known", Text("Name in the facts", zh: "事实中的姓名"), .important) { $0.known },
        .money("paid", currency.heading("Paid", zh: "实付"), .essential) { $0.paid },
      ])
  }

  // MARK: For programs

  private var record: Record {
    let (sums, back) = (audit.sums, audit.back)
    var record = Record(
      kind: "audit",
      [
        "file": .id(file), "programme": .ids(run.names), "mode": .id(run.ledger.settings.mode.rawValue),
        "lines": .count(sums.lines), "paid": .money(fen: sums.paid), "matched": .money(fen: sums.matched),
        "too_much": .money(fen: sums.tooMuch), "twice": .money(fen: sums.twice), "not_due": .money(fen: sums.notDue),
        "open": .money(fen: sums.open), "due": .money(fen: sums.due), "too_little": .money(fen: sums.tooLittle),
        "not_paid": .money(fen: sums.unpaid), "entries": .rows(entries(findings, titled: true)),
        "measures": .rows(byMeasure), "beneficiaries": .rows(byBeneficiary()), "names": .rows(names),
      ])
    guard back != PaidSums() else { return record }
    record.add(
      "recoveries",
      .record(
        Record([
          "lines": .count(back.lines), "made": .money(fen: back.paid), "matched": .money(fen: back.matched),
          "too_much": .money(fen: back.tooMuch), "twice": .money(fen: back.twice), "not_due": .money(fen: back.notDue),
          "open": .money(fen: back.open), "due": .money(fen: back.due), "too_little": .money(fen: back.tooLittle),
          "not_made": .money(fen: back.unpaid),
        ])))
    return record
  }
}
