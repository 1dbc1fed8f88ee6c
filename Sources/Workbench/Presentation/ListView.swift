// Lists of what there is, with what each thing means and what holds for it now.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

struct ListView {
  let documents: [CheckedDocument]
  let state: SessionState
  let places: Gazetteer
  /// The ids of the documents in force in the scenario's district.
  let inForce: Set<String>

  func scenarios() -> Answer {
    let rows = state.scenarios.map { loaded in
      Table.Row([
        .data(loaded.name, loaded.name == state.current ? .strong : .name), .text(.halves(loaded.scenario.title)),
        .data(places.label(loaded.scenario.district), .place),
        .integer(Int64(loaded.scenario.dataset.tables.reduce(0) { $0 + $1.count })), .data(loaded.path, .muted),
      ])
    }
    let items: [JSONValue] = state.scenarios.map { ScenarioView.json($0) }
    return answer(
      "scenarios",
      [
        column(Text("Name", zh: "名称"), "name"), column(Text("Title", zh: "标题"), "title", .important),
        column(Text("District", zh: "地区"), "district", .useful),
        Table.Column(Text("Records", zh: "记录数"), .right, .useful, key: "records"),
        column(Text("File", zh: "文件"), "file", .incidental),
      ], rows, items, empty: Text("No scenario is loaded: load FILE.yaml", zh: "尚未读入情景：加载 文件.yaml"))
  }

  func allDocuments() -> Answer {
    func inForce(_ document: CheckedDocument) -> Bool { self.inForce.contains(document.id) }
    let rows = documents.map { document in
      Table.Row([
        .data(document.id, .name), .text(document.title), .data(document.number, .article),
        .data(places.label(document.jurisdiction), .place), .date(document.issued?.text ?? ""),
        .text(inForce(document) ? Text("in force", zh: "现行") : .same(""), .good),
      ])
    }
    let items: [JSONValue] = documents.map { document in
      [
        "document": .string(document.id), "title": .string(document.title.en), "title_zh": .string(document.title.zh),
        "number": .string(document.number),
        "jurisdiction": .string(
          places.codes.indices.contains(Int(document.jurisdiction)) ? places.codes[Int(document.jurisdiction)].text : ""
        ),
        "issued": document.issued.map { .string($0.text) } ?? .null, "in_force": .bool(inForce(document)),
      ]
    }
    return answer(
      "documents",
      [
        column(Text("Document", zh: "文件"), "document"), column(Text("Title", zh: "标题"), "title", .important),
        column(Text("Number", zh: "文号"), "number", .useful),
        column(Text("Jurisdiction", zh: "适用地区"), "jurisdiction", .useful),
        column(Text("Issued", zh: "发布"), "issued", .incidental),
        column(Text("Here", zh: "本地"), "in_force", .incidental),
      ], rows, items)
  }

  func measures(duties: Bool) -> Answer {
    let wanted = documents.map { document in
      (document, document.measures.filter { duties ? $0.form == .duty : $0.form == .measure })
    }
    let sections = wanted.filter { !$0.1.isEmpty }.map { document, measures in
      Table.Section(
        title: [.data(document.id, .name), .data("  "), Span(document.title, .muted)],
        rows: measures.map { measure in
          Table.Row([
            .data(measure.name, .name), .data(measure.article, .article), .text(measure.title),
            .text(DocumentView.deed(measure)), .data(measure.kind, .muted),
          ])
        })
    }
    let items: [JSONValue] = wanted.flatMap(\.1).map { measure in
      [
        "measure": .string(measure.id), "article": .string(measure.article), "kind": .string(measure.kind),
        "title": .string(measure.title.en), "title_zh": .string(measure.title.zh),
      ]
    }
    var columns = [
      column(duties ? Text("Duty", zh: "义务") : Text("Measure", zh: "措施"), "measure"),
      column(Text("Article", zh: "条款"), "article", .useful), column(Text("Title", zh: "名称"), "title", .important),
    ]
    if !duties {
      columns += [
        column(Text("What it does", zh: "作用"), "deed", .useful), column(Text("Kind", zh: "类别"), "kind", .incidental),
      ]
    }
    return answer(duties ? "duties" : "measures", columns, sections: sections, items)
  }

  func readings() -> Answer {
    var items: [JSONValue] = []
    func row(_ reading: Reading) -> Table.Row {
      let target = Settable.reading(reading, key: reading.id)
      let now = SettingView.current(target, state, places)
      items.append([
        "reading": .string(reading.id), "question": .string(reading.question.en), "now": .string(now.en),
        "choices": .strings(reading.choices.map(\.name)),
      ])
      return Table.Row([
        .data(reading.id, .name), .text(reading.question), .text(now, .strong),
        .spans(.joined(reading.choices.filter { $0.name != now.en }.map { [.data($0.name, .muted)] })),
      ])
    }
    var sections = [
      Table.Section(title: [Span("For every document", zh: "适用于全部文件", .muted)], rows: Reading.global.map(row))
    ]
    for document in documents {
      let rows = (document.readings + document.measures.flatMap(\.readings)).map(row)
      if !rows.isEmpty { sections.append(Table.Section(title: [.data(document.id, .name)], rows: rows)) }
    }
    return answer(
      "readings",
      [
        column(Text("Reading", zh: "读法"), "reading"), column(Text("Question", zh: "问题"), "question", .useful),
        column(Text("Now", zh: "现为"), "now"), column(Text("Or", zh: "也可"), "choices", .important),
      ], sections: sections, items)
  }

  func values() -> Answer {
    var items: [JSONValue] = []
    let sections = documents.filter { !$0.values.isEmpty }.map { document in
      Table.Section(
        title: [.data(document.id, .name)],
        rows: document.values.map { value in
          let now = SettingView.current(.value(value), state, places)
          items.append([
            "value": .string(value.name), "document": .string(document.id), "now": .string(now.en),
            "meaning": .string(value.meaning?.en ?? ""), "from": .string(value.source?.en ?? ""),
          ])
          return Table.Row([
            .data(value.name, .name), .text(now, .strong), .text(value.meaning ?? .same("")),
            .text(value.source ?? .same(""), .muted),
          ])
        })
    }
    return answer(
      "values",
      [
        column(Text("Value", zh: "引用值"), "value"), column(Text("Now", zh: "现为"), "now"),
        column(Text("What it is", zh: "含义"), "meaning", .useful), column(Text("Set by", zh: "出处"), "from", .incidental),
      ], sections: sections, items,
      empty: Text("These documents refer to no value laid down elsewhere.", zh: "这些文件没有引用值。"))
  }

  func parameters() -> Answer {
    var items: [JSONValue] = []
    let sections = documents.map { document in
      Table.Section(
        title: [.data(document.id, .name)],
        rows: (document.parameters + document.measures.flatMap(\.parameters)).map { parameter in
          let now = SettingView.current(.parameter(parameter), state, places)
          let normal = SettingView.byDefault(.parameter(parameter), state, places)
          items.append([
            "parameter": .string(parameter.id), "now": .string(now.en), "default": .string(normal.en),
            "meaning": .string(parameter.meaning?.en ?? ""),
          ])
          return Table.Row([
            .data(String(parameter.id.dropFirst(document.id.utf8.count + 1)), .name),
            .text(now, now == normal ? .number : .strong), .text(parameter.meaning ?? .same("")),
          ])
        })
    }.filter { !$0.rows.isEmpty }
    return answer(
      "parameters",
      [
        column(Text("Parameter", zh: "参数"), "parameter"), column(Text("Now", zh: "现为"), "now"),
        column(Text("Meaning", zh: "含义"), "meaning", .useful),
      ], sections: sections, items)
  }

  // MARK: Answers

  private func column(_ title: Text, _ key: String, _ importance: Table.Importance = .essential) -> Table.Column {
    Table.Column(title, .left, importance, key: key)
  }

  private func answer(
    _ what: String, _ columns: [Table.Column], _ rows: [Table.Row], _ items: [JSONValue],
    empty: Text = Text("There are none.", zh: "没有。")
  ) -> Answer {
    answer(what, columns, sections: rows.isEmpty ? [] : [Table.Section(rows: rows)], items, empty: empty)
  }

  private func answer(
    _ what: String, _ columns: [Table.Column], sections: [Table.Section], _ items: [JSONValue],
    empty: Text = Text("There are none.", zh: "没有。")
  ) -> Answer {
    let block: Block = sections.isEmpty ? .paragraph(empty) : .table(Table(columns: columns, sections: sections))
    return Answer(Document([block]), json: [["kind": "list", "what": .string(what), "items": .array(items)]])
  }
}
