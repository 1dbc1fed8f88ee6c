// What an answer about money rests on, as sheets of its book: settings and readings in force with the figures of the
// documents, and the articles with what the encoding takes for granted. Knows nothing of the answer itself.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// The sheets about the ground of an answer.
struct GroundSheets {
  /// One programme with what held in it.
  struct Part: Sendable {
    let programme: String
    let documents: [CheckedDocument]
    let settings: RunSettings
    let inForce: SettingsInForce
    let facts: Dataset

    init(_ run: Session.Run) {
      programme = run.programme
      documents = run.documents
      settings = run.ledger.settings
      inForce = run.inForce
      facts = run.facts.dataset
    }

    init(_ part: Evidence.Part) {
      programme = part.names.joined(separator: " + ")
      documents = part.documents
      settings = part.runSettings
      inForce = SettingsInForce(part.scenario, part.settings, part.documents)
      facts = part.scenario.scenario.dataset
    }
  }

  private let parts: [Part]
  /// What the answer varies or lets grow; nil where it does neither.
  private let inputs: Text?
  private let places: Gazetteer
  /// Whether an English reader without the rules beside them is told questions, meanings and titles instead of names;
  /// in Chinese all of them have short names.
  private let isPlain: Bool
  /// Each document once.
  private let documents: [CheckedDocument]

  /// - Parameters:
  ///   - language: of a reader who has no rule beside the sheets; nil where names are wanted as commands have them.
  ///   - inputs: what is varied or grows; nil where nothing does.
  init(_ parts: [Part], _ places: Gazetteer, plainIn language: Language? = nil, inputs: Text? = nil) {
    self.inputs = inputs
    isPlain = language == .en
    self.parts = parts
    self.places = places
    var documents: [CheckedDocument] = []
    for document in parts.flatMap(\.documents) where !documents.contains(where: { $0.id == document.id }) {
      documents.append(document)
    }
    self.documents = documents
  }

  /// What English papers call things; nothing where names are wanted.
  private var plainNames: Naming {
    isPlain ? PaperNames.of(documents, parts.map(\.facts.dictionary), .en) : [:]
  }

  var sheets: [AnswerBook.Sheet] { parts.isEmpty ? [] : [settings, articles] }

  // MARK: Settings and readings

  private var settings: AnswerBook.Sheet {
    var sheet: [AnswerBook.Part] = [
      .block(.heading(2, Text("Settings and readings in force", zh: "所用设定与口径")))
    ]
    for part in parts {
      var line: [Span] = [.data(part.programme, .name), Span(" ", zh: "，"), Span(part.settings.mode.title)]
      if let day = part.settings.asOf { line += [Span("; as of ", zh: "；核算日 "), .data(day.text, .date)] }
      sheet.append(.block(.paragraph(line)))
    }
    if let inputs {
      sheet.append(.block(.paragraph(Text("Varied or growing: \(inputs.en).", zh: "变动或增长：\(inputs.zh)。"))))
    }
    if changed.isEmpty {
      let all = Text("All figures are those of the documents.", zh: "各项数值均照文件所写。")
      let others = Text("All other figures are those of the documents.", zh: "其余各项数值均照文件所写。")
      sheet.append(.block(.paragraph(inputs == nil ? all : others)))
    } else {
      sheet.append(.list(BookList("settings", settings(changed))))
    }
    sheet.append(.list(BookList("readings", readings)))
    sheet.append(.list(BookList("parameters", parameters)))
    let values = self.values
    if values.count > 0 { sheet.append(.list(BookList("values", values))) }
    return AnswerBook.Sheet(Text("Settings and readings", zh: "设定与口径"), sheet)
  }

  private struct Changed: Sendable {
    let programme: String
    let setting: Setting
  }

  private var changed: [Changed] {
    parts.flatMap { part in part.inForce.settings.map { Changed(programme: part.programme, setting: $0) } }
  }

  /// A column of programmes where there are several.
  private func programme<Entry: Sendable>(_ name: @escaping @Sendable (Entry) -> String?) -> [AnswerColumn<Entry>] {
    parts.count > 1 ? [.id("programme", Text("Programme", zh: "方案"), .essential) { name($0) }] : []
  }

  private func settings(_ changed: [Changed]) -> Relation {
    let (places, isPlain, names) = (places, isPlain, plainNames)
    let columns: [AnswerColumn<Changed>] = [
      .words("name", Text("Setting", zh: "设定"), .essential) { one in
        isPlain ? names[one.setting.target.label.en] ?? one.setting.target.label : one.setting.target.label
      },
      .words("value", Text("Value", zh: "值"), .essential) { one in
        let text = one.setting.text(places)
        guard isPlain, case .reading(let reading, _) = one.setting.target else { return text }
        return reading.choices.first { $0.words.en == text.en || $0.name == text.en }?.meaning ?? text
      },
      .words("source", Text("Set by", zh: "来源"), .useful) { one in
        switch one.setting.source {
        case .scenario: Text("the scenario", zh: "情景")
        case .session: Text("the session", zh: "本次会话")
        case .draft: Text("the draft", zh: "草案")
        case .command: Text("this question", zh: "本次提问")
        }
      },
      .words("meaning", Text("Meaning", zh: "含义"), isPlain ? nil : .useful) { $0.setting.target.meaning },
    ]
    return Relation(
      title: Text("What differs from the documents", zh: "与文件不同的设定"), of: changed, programme { $0.programme } + columns)
  }

  private struct Choice: Sendable {
    let programme: String
    let reading: Reading
    let number: Int
    let choice: ReadingReport.State
  }

  private var readings: Relation {
    let choices = parts.flatMap { part -> [Choice] in
      let own = part.documents.flatMap { $0.readings + $0.measures.flatMap(\.readings) }
      return (Reading.global.filter { $0.isAsked(in: part.documents) } + own).map {
        let (states, current) = ReadingReport.states($0, part.settings, part.documents)
        return Choice(programme: part.programme, reading: $0, number: current, choice: states[current])
      }
    }
    let shown = told(choices) { ($0.programme, $0.reading.id, Int64($0.number)) }
    let isPlain = isPlain
    let columns: [AnswerColumn<Choice>] = [
      .words("reading", Text("Reading", zh: "口径"), .essential) { isPlain ? $0.reading.question : $0.reading.label },
      .words("choice", Text("In force", zh: "现为"), .essential) { isPlain ? $0.choice.meaning : $0.choice.words },
      .words("default", Text("By default", zh: "是否默认"), .useful) {
        $0.number == $0.reading.defaultIndex ? Text("yes", zh: "是") : Text("no", zh: "否")
      },
      .words("question", Text("Question", zh: "问题"), isPlain ? nil : .useful) { $0.reading.question },
      .words("meaning", Text("Meaning", zh: "含义"), isPlain ? nil : .useful) { $0.choice.meaning },
    ]
    return Relation(title: title(Text("Readings", zh: "口径")), of: shown, programme { $0.programme } + columns)
  }

  /// Of several programmes the first is told whole, and of the others what is not as it is there.
  private func told<Entry>(_ all: [Entry], _ value: (Entry) -> (programme: String, id: String, raw: Int64?)) -> [Entry]
  {
    var first: [String: Int64?] = [:]
    return all.filter { entry in
      let (programme, id, raw) = value(entry)
      if programme == parts.first?.programme {
        first[id] = raw
        return true
      }
      return first[id] != .some(raw)
    }
  }

  private func title(_ title: Text) -> Text {
    guard parts.count > 1, let first = parts.first?.programme else { return title }
    return Text(
      "\(title.en) (of others than \(first) only what differs)", zh: "\(title.zh)（其他方案只列与 \(first) 不同的）")
  }

  private struct Figure: Sendable {
    let programme: String
    let parameter: Parameter
    let set: Int64?
  }

  private var parameters: Relation {
    let places = places
    let figures = parts.flatMap { part in
      part.documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) + $0.fundParameters }.map {
        Figure(programme: part.programme, parameter: $0, set: part.settings.parameters[$0.id])
      }
    }
    @Sendable func text(_ figure: Figure) -> Text? {
      (figure.set ?? figure.parameter.value).map { ValueText.text($0, of: figure.parameter, places: places) }
    }
    let (isPlain, names) = (isPlain, plainNames)
    let columns: [AnswerColumn<Figure>] = [
      .words("parameter", Text("Figure", zh: "参数"), .essential) { one in
        let label = Settable.parameter(one.parameter).label
        return isPlain ? names[label.en] ?? label : label
      },
      .words("value", Text("Value", zh: "值"), .essential) { text($0) ?? Text("laid down elsewhere", zh: "由其他文件规定") },
      .words("changed", Text("Changed", zh: "是否改动"), .useful) { one in
        one.set != nil && one.set != one.parameter.value ? Text("yes", zh: "是") : Text("no", zh: "否")
      },
      .words("meaning", Text("Meaning", zh: "含义"), isPlain ? nil : .useful) { $0.parameter.meaning },
    ]
    let shown = told(figures) { ($0.programme, $0.parameter.id, $0.set ?? $0.parameter.value) }
    return Relation(
      title: title(Text("Figures of the documents", zh: "文件所定数值")), of: shown, programme { $0.programme } + columns)
  }

  private struct Value: Sendable {
    let programme: String
    let value: ReferenceValue
    let raw: Int64?
  }

  private var values: Relation {
    let places = places
    let values = parts.flatMap { part in
      part.documents.flatMap(\.values).map {
        Value(programme: part.programme, value: $0, raw: part.settings.values[$0.name])
      }
    }
    let isPlain = isPlain
    let columns: [AnswerColumn<Value>] = [
      .words("name", Text("Figure", zh: "名称"), .essential) { one in
        isPlain ? one.value.meaning ?? one.value.words : one.value.words
      },
      .words("value", Text("Value", zh: "值"), .essential) { one in
        one.raw.map { ValueText.text($0, one.value.type, places: places) } ?? Text("not stated", zh: "未填")
      },
      .words("meaning", Text("Meaning", zh: "含义"), isPlain ? nil : .useful) { $0.value.meaning },
      .words("where", Text("Where", zh: "出处"), .useful) { $0.value.source },
    ]
    return Relation(
      title: Text("Figures laid down elsewhere", zh: "由其他文件规定的数值"), of: values, programme { $0.programme } + columns)
  }

  // MARK: Articles

  private struct Clause: Sendable {
    let document: CheckedDocument
    let measure: CheckedMeasure
    let prose: Text
  }

  private var articles: AnswerBook.Sheet {
    let clauses = documents.flatMap { document in
      let articles = Article.all(of: document)
      return document.measures.map { measure in
        let article = articles.last { $0.measures.contains { $0.id == measure.id } }
        return Clause(
          document: document, measure: measure,
          prose: Text(
            (article?.prose(in: .en) ?? []).joined(separator: "\n"),
            zh: (article?.prose(in: .zh) ?? []).joined(separator: "\n")))
      }
    }
    var sheet: [AnswerBook.Part] = [
      .block(.heading(2, Text("Articles and assumptions", zh: "条款与测算假定"))),
      .list(BookList("articles", articles(clauses))), .list(BookList("documents", documentList)),
    ]
    let assumed = OpenFact.of(documents, parts[0].facts).filter(\.isTaken)
    if !assumed.isEmpty { sheet.append(.list(BookList("assumed", taken(assumed)))) }
    return AnswerBook.Sheet(Text("Articles and assumptions", zh: "条款与假定"), sheet)
  }

  private func articles(_ clauses: [Clause]) -> Relation {
    let several = documents.count > 1
    let sections = documents.map { document in
      (
        title: several ? [Span(document.title)] : nil as [Span]?,
        entries: clauses.filter { $0.document.id == document.id }
      )
    }
    let columns: [AnswerColumn<Clause>] = [
      .id("article", Text("Article", zh: "条款"), .essential) { $0.measure.article },
      .words("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.title },
      .words("does", Text("What is done", zh: "处理"), .useful) { DocumentAnswer.deed($0.measure) },
      .words("prose", Text("What the text says", zh: "条款内容"), .essential) { $0.prose },
      .words("assumed", Text("Our assumptions", zh: "测算假定"), .essential) { one in
        let all = one.measure.assumptions
        return all.isEmpty
          ? nil : Text(all.map(\.en).joined(separator: "\n"), zh: all.map(\.zh).joined(separator: "\n"))
      },
    ]
    return Relation(sections: sections, columns)
  }

  private var documentList: Relation {
    let (places, parts) = (places, parts)
    return Relation(
      title: Text("Documents", zh: "文件"), of: documents,
      [
        // Below the articles' numbers, so that their column stays narrow.
        .id("number", Text("Number", zh: "文号"), .essential) { $0.number },
        .words("title", Text("Title", zh: "名称"), .essential) { $0.title },
        .words("district", Text("District", zh: "适用地区"), .useful) { places.words($0.jurisdiction) },
        .date("issued", Text("Issued", zh: "印发日期"), .useful) { $0.issued?.text },
        .words("window", Text("In force", zh: "期限"), .useful) { document in
          let settings = parts.first { part in part.documents.contains { $0.id == document.id } }?.settings
          return DocumentAnswer.window(document.window, WindowDays(document, in: settings))
        },
      ])
  }

  /// What nobody stated, and what it was taken as.
  private func taken(_ facts: [OpenFact]) -> Relation {
    let (dictionary, isPlain, names) = (parts[0].facts.dictionary, isPlain, plainNames)
    return Relation(
      title: Text("Taken so, since not stated", zh: "未填、按默认处理的事实"), of: facts,
      [
        .words("fact", Text("Fact", zh: "事实"), .essential) { one in
          guard isPlain else { return one.words }
          return Text("\(one.declaration.title.en): \((names[one.field.name] ?? one.field.words).en)", zh: one.words.zh)
        },
        .words("as", Text("Taken as", zh: "按"), .essential) { OpenFactText.taken($0, dictionary) },
        .count("records", Text("Records", zh: "记录数"), .essential) { Int64($0.records) },
        .words("measures", Text("Asked by", zh: "涉及措施"), .useful) { one in
          Text(
            one.measures.map(\.title.en).joined(separator: "; "),
            zh: one.measures.map(\.title.zh).joined(separator: "；"))
        },
      ])
  }
}
