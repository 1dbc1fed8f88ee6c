// What a projection rests on, so that nothing grows unseen: each list with its growth and its counts, each figure with
// its value, year by year. And what is taken for granted beside, in sentences.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct YearlyAssumptions: Sendable {
  private struct Row: Sendable {
    let name: Text
    let id: String
    let growth: Text
    /// By year, those of the base first.
    let figures: [Text]
    let values: [Datum]
  }

  private let inputs: ProjectInputs
  private let inquiry: Inquiry
  private let rows: [Row]
  private let years: [Int]

  init(_ inputs: ProjectInputs, _ counts: [[Int]], _ inquiry: Inquiry, _ places: Gazetteer) {
    self.inputs = inputs
    self.inquiry = inquiry
    years = [inputs.base] + (inputs.following == 0 ? [] : Array(inputs.made))
    let middle = inputs.middle
    func growth(_ course: YearlyCourse) -> Text {
      var parts = course.resets.sorted { $0.year < $1.year }.map { reset in
        let text = inputs.all[reset.input].text
        return reset.year == inputs.base + 1
          ? Text("= \(text)", zh: "＝\(text)") : Text("= \(text) from \(reset.year)", zh: "\(reset.year)年起＝\(text)")
      }
      if let growth = course.growth { parts.append(.same(inputs.all[growth].text)) }
      if parts.isEmpty { return .same("0%") }
      return Text(parts.map(\.en).joined(separator: ", "), zh: parts.map(\.zh).joined(separator: "，"))
    }
    var rows = zip(inputs.streams, counts).map { stream, counts in
      let all = [stream.stream.rows.count] + counts
      return Row(
        name: stream.label, id: stream.name, growth: growth(stream.course),
        figures: all.map { .same(Figures.integer(Int64($0))) }, values: all.map { .count($0) })
    }
    if !inputs.retention.isFlat {
      let shares = years.map {
        $0 == inputs.base ? nil : inputs.retention.figure(nil, base: inputs.base, in: $0, middle)
      }
      rows.append(
        Row(
          name: Text("retention", zh: "留存率"), id: "retention", growth: growth(inputs.retention),
          figures: shares.map { $0.map { .same(Share(parts: $0).text) } ?? Text("as stated", zh: "照所列") },
          values: shares.map { $0.map { .share(Share(parts: $0)) } ?? .none }))
    }
    for figure in inputs.figures {
      let stated = inputs.figure(figure, inquiry.base)
      let raws = years.map { year in
        year == inputs.base ? stated : figure.course.figure(stated, base: inputs.base, in: year, middle)
      }
      rows.append(
        Row(
          name: figure.varied.target.label, id: figure.varied.id, growth: growth(figure.course),
          figures: raws.map { $0.map { ValueText.text($0, figure.type, places: places) } ?? Text("none", zh: "无") },
          values: raws.map { $0.map { Varied.datum($0, figure.type) } ?? .none }))
    }
    self.rows = rows
  }

  /// What grows or is another in some year, in a line; that nothing does.
  func line(_ draws: ProjectionDraws?) -> Text {
    var en: [String] = [], zh: [String] = []
    for row in rows where row.growth.en != "0%" {
      let isSet = row.growth.en.hasPrefix("=")
      en.append(isSet ? "\(row.name.en) \(row.growth.en)" : "\(row.name.en) grow \(row.growth.en) a year")
      zh.append(isSet ? row.name.zh + row.growth.zh : "\(row.name.zh)年增长\(row.growth.zh)")
    }
    if en.isEmpty { (en, zh) = (["nothing grows"], ["均不增长"]) }
    if let draws {
      en.append("\(draws.totals.count) draws, seed \(draws.seed)")
      zh.append("抽取\(draws.totals.count)次，种子\(draws.seed)")
    }
    return Text(
      "base \(inputs.base); " + en.joined(separator: "; "), zh: "基年\(inputs.base)；" + zh.joined(separator: "；"))
  }

  /// A row for each list and figure, a column for each year.
  var relation: Relation {
    var columns: [AnswerColumn<Row>] = [
      .id("what", Text("What it rests on", zh: "推算依据"), .essential) { $0.id }.shown { [Span($0.name, .name)] },
      .words("growth", Text("Growth a year", zh: "年增长"), .essential) { $0.growth },
    ]
    for (i, year) in years.enumerated() {
      let title = Text(String(year), zh: "\(year)年")
      columns.append(
        AnswerColumn<Row>.mixed("y\(year)", title, i == 0 ? .essential : .important) { $0.values[i] }
          .shown { [Span($0.figures[i], .number)] }.aligned(.right))
    }
    return Relation(of: rows, columns)
  }

  /// What is taken for granted, each where it matters.
  var notes: [Text] {
    var notes: [Text] = []
    let dataset = inquiry.scenario.scenario.dataset
    for list in inputs.records.lists {
      let words = dataset.tables[list.index].declaration.words
      if list.later > 0 {
        notes.append(
          Text(
            "\(words.en) that begin after \(inputs.base): \(list.later), left out, "
              + "since those years are projected too.",
            zh: "\(list.later) 条\(words.zh)始于 \(inputs.base) 年之后，未计入：这些年度亦按推算。"))
      }
      if list.open > 0, inputs.retention.isFlat || list.index != dataset.hires {
        notes.append(
          Text(
            "\(words.en) of \(inputs.base) without a last day: \(list.open), whose like are taken to stay.",
            zh: "\(list.open) 条\(words.zh)没有结束日期：推算中视为一直持续。"))
      }
      if list.known > 0 {
        notes.append(
          Text(
            "\(words.en) of \(inputs.base) of persons with an earlier record: \(list.known), "
              + "whose like count as new persons.",
            zh: "\(list.known) 条\(words.zh)的本人此前已有记录：推算中视为新的人。"))
      }
      if list.undated > 0 {
        notes.append(
          Text(
            "\(words.en) without a first day: \(list.undated), which stay as they are.",
            zh: "\(list.undated) 条\(words.zh)没有起始日期：保持不变。"))
      }
    }
    if inputs.following > 0 { notes += inputs.tied.notes }
    let standing = dataset.tables.filter { $0.count > 0 && $0.declaration.begins == nil }.map(\.declaration.words)
    if !standing.isEmpty {
      notes.append(
        Text(
          "Without a first day, and the same in every year: \(standing.map(\.en).joined(separator: ", ")).",
          zh: "没有起始日期、各年不变的清单：\(standing.map(\.zh).joined(separator: "、"))。"))
    }
    if inquiry.base.mode == .enacted {
      for document in inquiry.documents {
        guard let end = document.lastDay, end.year <= inputs.years.upperBound, end.year >= inputs.base else { continue }
        notes.append(
          Text(
            "\(document.id) ends on \(end.text); as adopted there is no end (`as adopted`).",
            zh: "\(document.title.zh)施行至 \(end.text)；不计期限请写“假设本地采用”。"))
      }
    }
    return notes
  }
}
