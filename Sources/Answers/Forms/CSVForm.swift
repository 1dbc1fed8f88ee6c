// Answers as comma-separated values: the first relation, or the first table or chart where there is none.

import Diagnostics
import View

extension OutputFormat {
  /// Records of comma-separated values.
  package static let csv: OutputFormat = OutputFormat(rawValue: "csv", chinese: ["csv格式"], endings: ["csv"]) {
    answer, manner in
    let names = manner.headsAreNames ? manner.language : nil
    if let stream = answer.stream(as: .csv) { return stream.text(.csv, names: names) }
    return Harmless.text(CSVForm.records(of: answer, manner.language, hasNames: manner.headsAreNames))
  }
}

/// Relations as records.
enum CSVForm {
  /// What an answer has for a table of values; nothing where it has neither relation nor table nor chart. The records
  /// of its twin stand behind its own; where these have other columns, under heads of their own.
  static func records(of answer: Answer, _ language: Language, hasNames: Bool = false) -> String {
    let heading = hasNames && language == .zh ? "设定" : [ChangedSettings].heading
    // Programs read one text in either language.
    let settings = answer.settings.text(hasNames ? language : .en).map { [(heading, $0)] } ?? []
    guard let twin = answer.twin else {
      return records(of: answer.body, language, grounds(answer, language, hasNames) + settings, hasNames)
    }
    let title = hasNames ? twin.title.in(language) : twin.title.en.lowercased()
    func told(_ one: Answer, _ ground: Text) -> String {
      let companions = grounds(one, language, hasNames) + settings + [(title, ground.in(language))]
      return CSVForm.records(of: one.body, language, companions, hasNames)
    }
    let own = told(answer, twin.own)
    let other = told(twin.answer(), twin.others)
    let (heads, otherHeads) = (own.prefix { $0 != "\r\n" }, other.prefix { $0 != "\r\n" })
    return own + (heads == otherHeads ? other.dropFirst(otherHeads.count + 1) : other[...])
  }

  /// What the totals leave out and what is varied in them, which stand in every record, so that one that is copied
  /// elsewhere still says it.
  private static func grounds(_ answer: Answer, _ language: Language, _ hasNames: Bool) -> [CSVRenderer.Companion] {
    let isChinese = hasNames && language == .zh
    return [(isChinese ? "未计入" : "left_out", answer.leftOut), (isChinese ? "输入" : "inputs", answer.inputs)]
      .compactMap { heading, told in told.map { (heading, $0.in(language)) } }
  }

  private static func records(
    of body: AnswerBody, _ language: Language, _ companions: [CSVRenderer.Companion], _ hasNames: Bool
  ) -> String {
    for part in body.parts {
      switch part {
      case .relation(let relation):
        if let records = records(of: relation, language, companions, hasNames: hasNames) { return records }
      case .block(.table(let table)):
        return CSVRenderer(language: language, keys: !hasNames, companions: companions).render(table)
      case .block: continue
      }
    }
    return CSVRenderer(language: language, keys: !hasNames, companions: companions)
      .render(body.withoutLists.document) ?? ""
  }

  /// A heading and a record for each row; nil where there is no column for them.
  static func records(
    of relation: Relation, _ language: Language, _ companions: [CSVRenderer.Companion] = [],
    hasNames: Bool = false
  ) -> String? {
    // A table of values has every row, however many people see.
    let records = relation.records
    var relation = relation.whole?() ?? relation
    relation.cut = nil
    switch records {
    case .elsewhere: return nil
    case .people:
      return TableForm.table(of: relation).map {
        CSVRenderer(language: language, keys: !hasNames, companions: companions).render($0)
      }
    case .programs:
      if hasNames { return NamedRecords(relation, language, companions).text }
      let columns = relation.columns([.csv, .csvShown])
      let heads = columns.map { relation.columns[$0] }
      let table = Table(
        columns: heads.map { Table.Column(.same($0.isHeadedByTitle ? $0.title.en : $0.key)) },
        rows: (0..<relation.count).map { row in Table.Row(columns.map { cell(relation, row, $0) }) })
      return CSVRenderer(language: .en, companions: companions).render(table)
    }
  }

  /// Whether an answer has anything for a table of values.
  static func hasRecords(_ answer: Answer) -> Bool {
    if answer.stream(as: .csv) != nil { return true }
    return answer.body.parts.contains { part in
      switch part {
      case .block(.table), .block(.chart): true
      case .block: false
      case .relation(let relation):
        switch relation.records {
        case .elsewhere: false
        case .people: !relation.peopleColumns.isEmpty
        case .programs: !relation.columns([.csv, .csvShown]).isEmpty
        }
      }
    }
  }

  private static func cell(_ relation: Relation, _ row: Int, _ column: Int) -> Cell {
    let head = relation.columns[column]
    if head.faces.contains(.csvShown), let shown = relation.shown(row, column) { return .spans(shown) }
    let datum = relation.datum(row, column)
    if case .flag(let holds) = datum { return .data(holds ? "true" : "false") }
    // As sets in files are read: several in one cell stand behind semicolons.
    if case .list(let items) = datum {
      return .data(items.map { TableForm.cell($0, head).plain(.en) }.joined(separator: "; "))
    }
    return TableForm.cell(datum, head)
  }
}
