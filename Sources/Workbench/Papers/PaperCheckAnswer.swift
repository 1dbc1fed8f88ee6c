// What reading papers back has found, line by line. Knows nothing of how it was found.

import Answers
import Diagnostics
import Engine
import Reckoning
import Sessions
import View

struct PaperCheckAnswer: Sendable {
  private let findings: [PaperFinding]
  private let files: [String]
  private let forms: Int
  private let claims: Int
  private let blanks: Int
  private let unheld: [(file: String, text: String, sentence: String)]
  private let compared: Int
  private let unlooked: PaperCheck.Unlooked
  private let total: Int64?
  /// The papers that were held line by line against those of the run.
  private let remade: [ReportCommand.Paper]
  /// The forms that are missing.
  private let missing: [(file: String, form: PaperText.Table)]
  /// Lines and sentences that are, and what is worded otherwise.
  private let lines: PaperLinesAnswer
  /// The run that they are held against.
  private let held: Session.Run?
  private let places: Gazetteer

  init(_ check: PaperCheck, files: [String], against held: Session.Run?, _ places: Gazetteer) {
    (self.held, self.places) = (held, places)
    findings = check.findings
    self.files = files
    (forms, claims, blanks) = (check.forms, check.claims, check.blanks)
    unheld = check.unheld
    remade = check.remade
    missing = check.missing
    lines = PaperLinesAnswer(check)
    (compared, unlooked) = (check.compared, check.unlooked)
    let all = Set(check.totals.map(\.figure.hundredths))
    total = all.count == 1 ? all.first : nil
  }

  var answer: Answer {
    var body = AnswerBody(blocks: [.heading(2, Text("Papers read back", zh: "材料核验"))])
    body.append(.paragraph(looked))
    if let held, case .paragraph(let run) = RunHead(held, places: places).block {
      body.append(.paragraph([Span("Held against the run of ", zh: "对照的测算：")] + run + [Span(".", zh: "。")]))
      body.append(.paragraph([Span(lineByLine)]))
    }
    if forms == 0 {
      body.append(
        .note(.warning, [Span("There is no form in them, so that nothing was checked.", zh: "其中没有表格，无从核验。")]))
    } else if !findings.isEmpty {
      body.append(list)
    } else if compared == 0 {
      body.append(.note(.warning, [Span("There was nothing to compare in them.", zh: "其中没有可以互相核对的数字。")]))
    } else {
      let count = Count.text(compared, "comparison", zh: "项")
      body.append(
        .paragraph([Span(Text("All \(count.en) that were made agree.", zh: "所作 \(compared) 项核对全部相符。"), .good)]))
    }
    if !missing.isEmpty { body.append(.note(.warning, [Span(missingForms)])) }
    for note in lines.notes { body.append(note) }
    if held == nil, forms > 0 { body.append(.note(.note, [Span(onlyEachOther)])) }
    if let notLooked { body.append(.note(.note, [Span(notLooked)])) }
    if !unheld.isEmpty { body.append(.note(.note, [Span(leftToRead)])) }
    var record = Record(
      kind: "paper_check",
      [
        "files": .ids(files), "forms": .count(forms), "sums_said": .count(claims), "blanks": .count(blanks),
        "held_line_by_line": .ids(remade.map(\.rawValue)), "amounts_not_held": .count(unheld.count),
        "compared": .count(compared), "missing_forms": .ids(missing.map { $0.form.heading }),
        "percentages_not_looked_at": .count(unlooked.percentages), "counts_not_looked_at": .count(unlooked.counts),
        "cells_not_looked_at": .count(unlooked.cells),
        "total": total.map { .money(fen: $0) } ?? .none, "agree": .flag(findings.isEmpty), "findings": .rows(list),
      ])
    record.add(lines.members)
    if let held {
      record.add(["against": .ids(held.names), "mode": .id(held.ledger.settings.mode.rawValue)])
    }
    let told = record
    var answer = Answer(body, records: [told])
    answer.hasMismatch = !findings.isEmpty || forms == 0 || compared == 0
    return answer
  }

  private var looked: [Span] {
    var line = [
      Span(Count.text(files.count, "file", zh: "份文件")), Span(", ", zh: "，"),
      Span(Count.text(forms, "form", zh: "张表")), Span(", ", zh: "，"),
      Span(Count.text(claims, "sum in sentences", "sums in sentences", zh: "处文字数字")), Span(", ", zh: "，"),
      Span(Text("\(blanks) still to be written", zh: "\(blanks) 处待填")),
    ]
    if let total { line += [Span("; total ", zh: "；合计 "), .money(fen: total)] }
    return line + [Span(".", zh: "。")]
  }

  /// How closely they were held against the run.
  private var lineByLine: Text {
    guard !remade.isEmpty else {
      return Text(
        "None of them has the title of a paper that is bundled, so that only totals, measures and indicators were held "
          + "against it.",
        zh: "其中没有内置材料的标题，只核对合计、各项措施和指标。")
    }
    let words = remade.map(\.words)
    return Text(
      "Sentences and lines that are still worded as the program words them were held, figure by figure, against these "
        + "papers as it makes them now: \(words.map(\.en).joined(separator: ", ")).",
      zh: "文字与程序所写一致的句子和行，已与现在生成的材料逐个数字核对：\(words.map(\.zh).joined(separator: "、"))。")
  }

  /// That days, articles and standards are not held against anything, and how they are.
  private var onlyEachOther: Text {
    Text(
      "papers are held against themselves and each other alone, not against a run: days, articles and standards are "
        + "looked at, line by line, by `report check FILE of PROGRAMME`",
      zh: "只核对材料自身及各份之间，未与测算对照；日期、条款、标准等须与测算逐行核对的，请写“报告 核验 文件 的 方案”")
  }

  /// Forms that the papers would have as the program makes them.
  private var missingForms: Text {
    let names = missing.map { one in
      let heads = one.form.heads.filter { !$0.isEmpty }.prefix(3).joined(separator: ", ")
      return one.form.heading.isEmpty ? "(\(heads))" : "\(one.form.heading) (\(heads))"
    }
    return Text(
      "not in the files, and in these papers as the program makes them: \(names.joined(separator: "; "))",
      zh: "程序生成的材料有而文件中没有的表：\(names.joined(separator: "；"))")
  }

  /// What nothing was held against; nil where everything was.
  private var notLooked: Text? {
    var parts: [Text] = []
    if unlooked.percentages > 0 {
      parts.append(
        Text(
          "\(Count.text(unlooked.percentages, "percentage", zh: "处").en) in sentences",
          zh: "文字中的百分数 \(unlooked.percentages) 处"))
    }
    if unlooked.counts > 0 {
      let count = Count.text(
        unlooked.counts, "number of people or things", "numbers of people or things", zh: "处")
      parts.append(Text("\(count.en) in sentences", zh: "文字中的数量（人、家、笔等）\(unlooked.counts) 处"))
    }
    if unlooked.cells > 0 {
      let sample = unlooked.sample.map { Text(" (“\($0.head)” \($0.text))", zh: "（如“\($0.head)”\($0.text)）") }
      parts.append(
        Text(
          "\(Count.text(unlooked.cells, "cell", zh: "格").en) of forms\(sample?.en ?? "")",
          zh: "表格中 \(unlooked.cells) 格数字\(sample?.zh ?? "")"))
    }
    guard !parts.isEmpty else { return nil }
    return Text(
      "not looked at, having nothing to be held against: \(parts.map(\.en).joined(separator: ", "))",
      zh: "没有可对照之处，未作核对：\(parts.map(\.zh).joined(separator: "；"))")
  }

  /// The amounts in sentences that are in no form and are not called a sum: a rate, or last year's figure.
  private var leftToRead: Text {
    let shown = unheld.prefix(5)
    let more = unheld.count > shown.count
    let en = shown.map { "\($0.text) (“\($0.sentence)”)" }.joined(separator: ", ") + (more ? ", …" : "")
    let zh = shown.map { "\($0.text)（“\($0.sentence)”）" }.joined(separator: "、") + (more ? "等" : "")
    return Text(
      "\(Count.text(unheld.count, "amount", zh: "处金额").en) in sentences held against nothing, since no form has such "
        + "an amount and no word calls it a total: \(en)",
      zh: "文字中另有 \(unheld.count) 处金额不在任何表格中，也未写明是合计，未作核对：\(zh)")
  }

  private var list: Relation {
    let isOne = files.count == 1
    let name: AnswerColumn<PaperFinding> =
      isOne
      ? .id("file", Text("File", zh: "文件")) { $0.file }
      : .id("file", Text("File", zh: "文件"), .essential) { $0.file }
    return Relation(
      of: findings,
      [
        name,
        .id("finding", Text("What", zh: "情形"), .essential) { $0.rule.rawValue }.shown { [Span($0.rule.words, .bad)] },
        .words("place", Text("Where", zh: "位置"), .essential) { $0.place },
        .id("found", Text("There", zh: "现为"), .essential) { $0.found },
        .id("wanted", Text("Ought to be", zh: "应为"), .essential) { $0.wanted.isEmpty ? nil : $0.wanted },
      ])
  }
}
