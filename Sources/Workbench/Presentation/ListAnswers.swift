// Lists of what there is, with what each thing means and what holds for it now.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

struct ListAnswers: Sendable {
  let documents: [CheckedDocument]
  let state: SessionState
  let places: Gazetteer
  /// The ids of the documents that are or were in force in the scenario's district.
  let inForce: Set<String>
  /// The day of the costing.
  let asOf: Day?

  // MARK: Scenarios and documents

  var scenarios: Answer {
    let (places, current) = (places, state.current)
    let seen = Relation(
      of: state.scenarios,
      [
        .id("name", Text("Name", zh: "名称"), .essential) { $0.name }
          .shown { [.data($0.name, $0.name == current ? .strong : .name)] }.forPeople(),
        .words("title", Text("Title", zh: "标题"), .important) { .halves($0.scenario.title) }.forPeople(),
        .words("district", Text("District", zh: "地区"), .useful) { places.words($0.scenario.district) }.role(.place)
          .forPeople(),
        .count("records", Text("Records", zh: "记录数"), .useful) {
          Int64($0.scenario.dataset.tables.reduce(0) { $0 + $1.count })
        }.forPeople(),
        .id("file", Text("File", zh: "文件"), .incidental) { $0.path }.role(.muted).forPeople(),
      ])
    let items = state.scenarios.map { Datum.record(ScenarioAnswer.record($0)) }
    return answer(
      "scenarios", seen, items: .list(items),
      empty: Text("No scenario is loaded: load FILE.yaml", zh: "尚未读入情景：加载 文件.yaml"))
  }

  var allDocuments: Answer {
    let places = places
    let stands = Dictionary(
      documents.compactMap { one in standing(of: one).map { (one.id, $0) } }, uniquingKeysWith: { first, _ in first })
    return answer(
      "documents",
      Relation(
        of: documents,
        [
          .id("document", Text("Document", zh: "文件"), .essential) { $0.id }.role(.name),
          .words("title", Text("Title", zh: "标题"), .important) { $0.title },
          .id("title_zh", Text("Title in Chinese", zh: "中文标题")) { $0.title.zh },
          .id("number", Text("Number", zh: "文号"), .useful) { $0.number }.role(.article),
          .id("jurisdiction", Text("Jurisdiction", zh: "适用地区"), .useful) { places.code($0.jurisdiction) }
            .shown { [Span(places.words($0.jurisdiction), .place)] },
          .date("issued", Text("Issued", zh: "印发"), .incidental) { $0.issued?.text },
          .flag("in_force", Text("Here", zh: "本地"), .incidental) { stands[$0.id] == .inForce }
            .shown {
              switch stands[$0.id] {
              case .inForce: [Span("in force", zh: "现行有效", .good)]
              case .over(let last): [Span(Text("applied until \(last.text)", zh: "曾施行至 \(last.text)"), .muted)]
              case .ahead(let issued): [Span(Text("issued \(issued.text)", zh: "\(issued.text) 印发"), .muted)]
              case nil: []
              }
            },
        ]))
  }

  /// Whether a document of the scenario's district applies on the day of the costing; nil for one of elsewhere.
  private func standing(of document: CheckedDocument) -> DocumentStanding? {
    inForce.contains(document.id) ? document.standing(on: asOf) : nil
  }

  // MARK: Measures and duties

  func measures(duties: Bool) -> Answer {
    let sections = documents.map { document in
      (
        title: [.data(document.id, .name), .data("  "), Span(document.title, .muted)] as [Span]?,
        entries: document.measures.filter { duties ? $0.form == .duty : $0.form == .measure }
      )
    }
    let kind = AnswerColumn<CheckedMeasure>.id(
      "kind", Text("Kind", zh: "待遇类型"), duties ? nil : .incidental
    ) { $0.kind }.shown { [Span($0.kindWords, .muted)] }
    let deed = AnswerColumn<CheckedMeasure>.words(
      "deed", duties ? Text("Sort", zh: "性质") : Text("What it does", zh: "作用"), duties ? .important : .useful
    ) { DocumentAnswer.deed($0) }.forPeople()
    var relation = Relation(
      sections: sections,
      [
        .id("measure", duties ? Text("Duty", zh: "任务") : Text("Measure", zh: "措施"), .essential) { $0.id }
          .shown { [Span($0.words, .name)] },
        .chineseName { $0.words.zh },
        .id("article", Text("Article", zh: "条款"), .useful) { $0.article }.role(.article),
        kind,
        .words("title", Text("Title", zh: "名称"), .important) { $0.title },
        .id("title_zh", Text("Title in Chinese", zh: "中文名称")) { $0.title.zh },
        deed,
      ])
    relation.order = ["measure", "article", "title", "deed", "kind"]
    return answer(duties ? "duties" : "measures", relation)
  }

  // MARK: Readings, values, parameters

  /// Something that may be set, and what holds for it.
  private struct Named<Thing: Sendable>: Sendable {
    let thing: Thing
    /// The document that has it.
    let document: String
    let now: Text
    var normal = Text.same("")
  }

  var readings: Answer {
    func named(_ reading: Reading) -> Named<Reading> {
      Named(
        thing: reading, document: "",
        now: SettingView.current(.reading(reading, key: reading.id), state, places))
    }
    let general = [Span("For every document", zh: "适用于全部文件", .muted)]
    var sections = [
      (title: general as [Span]?, entries: Reading.global.filter { $0.isAsked(in: documents) }.map(named))
    ]
    for document in documents {
      let own = document.readings + document.measures.flatMap(\.readings)
      sections.append((title: [.data(document.id, .name)], entries: own.map(named)))
    }
    return answer(
      "readings",
      Relation(
        sections: sections,
        [
          .id("reading", Text("Reading", zh: "口径"), .essential) { $0.thing.id }.shown { [Span($0.thing.label, .name)] },
          .chineseName { $0.thing.words.zh },
          .words("question", Text("Question", zh: "问题"), .useful) { $0.thing.question },
          .words("now", Text("Now", zh: "现为"), .essential) { $0.now }.role(.strong),
          .ids("choices", Text("Or", zh: "也可"), .important) { $0.thing.choices.map(\.name) }
            .shown { named in
              .joined(named.thing.choices.filter { $0.name != named.now.en }.map { [Span($0.words, .muted)] })
            },
        ]))
  }

  var values: Answer {
    let sections = documents.map { document in
      (
        title: [.data(document.id, .name)] as [Span]?,
        entries: document.values.map {
          Named(thing: $0, document: document.id, now: SettingView.current(.value($0), state, places))
        }
      )
    }
    return answer(
      "values",
      Relation(
        sections: sections,
        [
          .id("value", Text("Value", zh: "引用标准"), .essential) { $0.thing.name }.shown { [Span($0.thing.words, .name)] },
          .chineseName { $0.thing.words.zh },
          .id("document", Text("Document", zh: "文件")) { $0.document },
          .words("now", Text("Now", zh: "现为"), .essential) { $0.now }.role(.strong),
          .words("meaning", Text("What it is", zh: "含义"), .useful) { $0.thing.meaning ?? .same("") },
          .words("from", Text("Set by", zh: "出处"), .incidental) { $0.thing.source ?? .same("") }.role(.muted),
        ]),
      empty: Text("These documents refer to no value laid down elsewhere.", zh: "这些文件没有引用标准。"))
  }

  var parameters: Answer {
    let sections = documents.map { document in
      (
        title: [.data(document.id, .name)] as [Span]?,
        entries: (document.parameters + document.measures.flatMap(\.parameters) + document.fundParameters).map {
          parameter in
          Named(
            thing: parameter, document: document.id, now: SettingView.current(.parameter(parameter), state, places),
            normal: SettingView.byDefault(.parameter(parameter), state, places))
        }
      )
    }
    return answer(
      "parameters",
      Relation(
        sections: sections,
        [
          .id("parameter", Text("Parameter", zh: "参数"), .essential) { $0.thing.id }
            .shown {
              let label = Settable.parameter($0.thing).label
              return [Span(Text(String($0.thing.id.dropFirst($0.document.utf8.count + 1)), zh: label.zh), .name)]
            },
          .chineseName { $0.thing.words.zh },
          .words("now", Text("Now", zh: "现为"), .essential) { $0.now }
            .shown { [Span($0.now, $0.now == $0.normal ? .number : .strong)] },
          .words("default", Text("Default", zh: "默认")) { $0.normal },
          .words("meaning", Text("Meaning", zh: "含义"), .useful) { $0.thing.meaning ?? .same("") },
        ]))
  }

  // MARK: Answers

  private func answer(
    _ what: String, _ relation: Relation, items: Datum? = nil, empty: Text = Text("There are none.", zh: "没有。")
  ) -> Answer {
    Answer(
      relation.count == 0 ? [.block(.paragraph(empty))] : [.relation(relation)],
      records: [Record(kind: "list", ["what": .id(what), "items": items ?? .rows(relation)])])
  }
}
