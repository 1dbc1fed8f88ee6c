// The table of amendments of a draft: for people, for programs, and as the paper that is handed in. What only a person
// can write stays a marked blank.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct AmendmentAnswer: Sendable {
  let amendment: Amendment
  let places: Gazetteer
  /// What the paper calls things.
  var naming: Naming = [:]
  /// Who reads the workbook.
  var language: Language?

  private var currency: Currency { amendment.base.documents.currency }
  private var isSampled: Bool { if case .sampled = amendment.attribution.method { true } else { false } }

  init(_ amendment: Amendment, places: Gazetteer) {
    self.amendment = amendment
    self.places = places
  }

  var answer: Answer {
    var body = AnswerBody(blocks: head)
    if amendment.rows.isEmpty {
      body.append(
        .paragraph(
          amendment.unchanged.isEmpty
            ? Text("It changes nothing yet.", zh: "尚无改动。") : Text("It changes nothing.", zh: "没有改动。")))
    } else {
      body.append(table)
      for note in notes { body.append(.note(.note, [Span(note)])) }
      for relation in amendment.sources.relations { body.append(relation) }
      for block in notice { body.append(block) }
      for relation in moved { body.append(relation) }
    }
    if let unchanged { body.append(.note(.warning, unchanged)) }
    let told = record
    var answer = Answer(body, records: [told])
    if !amendment.rows.isEmpty {
      answer.chart = .bars(
        BarChart(
          title: currency.heading("What each change costs", zh: "各项改动的影响"), axis: currency.axis,
          bars: amendment.rows.map { .init($0.words.label, .money(fen: $0.part.fen)) }))
      let maker = self
      answer.book = { maker.book }
    }
    return answer
  }

  // MARK: Table

  private var head: [Block] {
    [
      .heading(
        level: 2,
        [
          Span("Table of amendments", zh: "修订对照表", .title),
          .data("  \(amendment.base.programme) → \(amendment.name)", .title),
        ]),
      RunHead(amendment.proposed, places: places).block,
    ]
  }

  /// What a person has to write.
  private static let blank = Text("[to be written]", zh: "〔待填〕")

  private typealias Row = Amendment.Row

  private var table: Relation {
    var columns: [AnswerColumn<Row>] = [
      .id("clause", Text("Clause", zh: "条款内容"), .important) { $0.words.id }.shown { [Span($0.words.label, .name)] },
      .id("article", Text("Article", zh: "条款"), .essential) { $0.words.article.isEmpty ? nil : $0.words.article }
        .role(.article),
      .words("now", Text("Now", zh: "现行"), .essential) { $0.clause.now },
      .words("proposed", Text("Proposed", zh: "修订"), .essential) { $0.clause.proposed },
      .words("reason", Text("Reason", zh: "理由和依据"), .useful) { _ in AmendmentAnswer.blank },
      .change("effect", currency.heading("Effect", zh: "资金影响"), .essential) { $0.part.fen },
      .count("gain", Text("Gain", zh: "得益"), .important) { Int64($0.gaining) },
      .count("lose", Text("Lose", zh: "受损"), .important) { Int64($0.losing) },
      .words("sentence", Text("Sentence", zh: "修改文句")) { $0.clause.sentence },
    ]
    if isSampled {
      columns.append(.money("error", currency.heading("± error", zh: "±误差"), .essential) { $0.part.error })
    }
    var relation = Relation(of: amendment.rows, columns)
    relation.footer = Relation.Line(
      [Span(Text("Together", zh: "合计"), .strong)],
      [
        "effect": .change(fen: amendment.attribution.effect), "gain": .count(amendment.gaining.count),
        "lose": .count(amendment.losing.count),
      ], role: .strong)
    return relation
  }

  /// What the draft says and the document does as well.
  private var unchanged: [Span]? {
    guard !amendment.unchanged.isEmpty else { return nil }
    return [Span("no amendment, since this holds already: ", zh: "现行规定即是如此，不构成修订：")]
      + .joined(
        amendment.unchanged.map { words in
          [Span(words.label, .name), Span(" = ", zh: "＝"), Span(words.proposed ?? .same(""), .number)]
        })
  }

  private var notes: [Text] {
    var notes = [
      Text(
        "Effects are split as `attribute` splits them and add up; who gains and loses is counted for each change "
          + "alone, "
          + "and together for all of them.",
        zh: "资金影响按“变动分解”分摊，合计相符；得益、受损人数按单独此项改动计，合计行按全部改动计。")
    ]
    if !amendment.cliffs.isEmpty {
      notes.append(
        Text(
          "Near a threshold of persons, months or days is whoever is at most five of them short of it or past it; near "
            + "one of amounts, shares or dates, whoever stands at one of the five nearest figures on either side. The "
            + "most at a step is the largest of what the total moves by at one step within that reach, which need not "
            + "be the next one; it is blank where that was not reckoned: nobody stands near, or the rule has the "
            + "figure in its condition and not as one to be set.",
          zh: "临近的对象：人数、月数、天数门槛，指相差不超过五的；金额、比例、日期门槛，指两侧各五个最近取值上的。牵涉金额：在此范围内逐档移动门槛，"
            + "单档合计变动的最大值，不一定是紧邻的一档；"
            + "空白为未计算（无人临近，或该数直接写在条件中，不是可设定的参数）。"))
    }
    if let unseen = amendment.unseen { notes.append(unseen) }
    if amendment.rows.contains(where: \.part.isRounded) {
      notes.append(Text("Of what was left over in fen, the largest remainders have one each.", zh: "尾差按余数大小各计 1 分。"))
    }
    return notes
  }

  // MARK: Notice

  /// Each once: several shares of the same sources are changed by one.
  private var sentences: [Text] {
    amendment.rows.compactMap(\.clause.sentence).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The sentences of the amending notice.
  private var notice: [Block] {
    guard !sentences.isEmpty else { return [] }
    var blocks: [Block] = [.heading(level: 3, [Span("Sentences of the notice", zh: "修改通知文句", .title)])]
    let documents = amendment.base.documents
    // A document without a number gets a blank for it.
    func number(_ document: CheckedDocument) -> Text {
      document.number.isEmpty ? AmendmentAnswer.blank : .same(document.number)
    }
    let names = documents.map { "“\($0.title.en)” (\(number($0).en))" }.joined(separator: ", ")
    let chinese = documents.map { "《\(AmendmentAnswer.name($0))》（\(number($0).zh)）" }.joined(separator: "、")
    blocks.append(
      .paragraph([Span(Text("\(names) is amended as follows:", zh: "对\(chinese)作如下修改："))]))
    blocks.append(.list(ordered: true, sentences.map { [Span($0)] }))
    let blank = AmendmentAnswer.blank
    blocks.append(
      .paragraph([
        Span(
          Text("This notice applies from \(blank.en). Reasons: \(blank.en)", zh: "本通知自\(blank.zh)起施行。修改依据：\(blank.zh)"))
      ]))
    return blocks
  }

  /// A document's name within the notice that published it: 《…》 of 关于印发《…》的通知.
  static func name(_ document: CheckedDocument) -> String {
    let title = document.title.zh
    guard let from = title.lastIndex(of: "《"), let to = title.lastIndex(of: "》"), from < to else { return title }
    return String(title[title.index(after: from)..<to])
  }

  // MARK: What moves with it

  private var moved: [Relation] {
    (amendment.readings.isEmpty ? [] : [readings]) + (amendment.cliffs.isEmpty ? [] : [cliffs])
  }

  private var readings: Relation {
    Relation(
      title: Text("Readings", zh: "理解口径"), of: amendment.readings,
      [
        .id("reading", Text("Reading", zh: "口径"), .essential) { $0.reading.id }.shown {
          [Span($0.reading.label, .name)]
        },
        .words("fate", Text("Becomes", zh: "变化"), .essential) { one in
          switch one.fate {
          case .settled: Text("settled", zh: "予以明确")
          case .opened: Text("opened", zh: "新出现")
          case .gone: Text("falls away", zh: "随条款删去")
          }
        },
        .words("question", Text("Question", zh: "问题"), .important) { $0.reading.question },
        .words("choice", Text("As", zh: "明确为"), .important) { $0.choice },
      ])
  }

  private var cliffs: Relation {
    let places = places
    @Sendable func figure(_ raw: Int64?, _ cliff: Amendment.MovedCliff) -> Text? {
      raw.map { raw in
        cliff.parameter.map { ValueText.text(raw, of: $0, places: places) }
          ?? ValueText.text(raw, cliff.type, places: places)
      }
    }
    return Relation(
      title: Text("Thresholds that move, and what hangs on them", zh: "门槛的变动及牵涉金额"), of: amendment.cliffs,
      [
        .id("threshold", Text("Threshold", zh: "门槛"), .essential) { $0.label.en }.shown { [Span($0.label, .name)] },
        .id("article", Text("Article", zh: "条款"), .useful) { $0.measure.article }.role(.article),
        .words("before", Text("Now", zh: "现行"), .essential) { figure($0.before, $0) },
        .words("after", Text("Proposed", zh: "修订"), .essential) { figure($0.after, $0) },
        .count("near_before", Text("Near now", zh: "现行临近的对象"), .important) { Int64($0.nearBefore) },
        .count("near_after", Text("Near then", zh: "修订后临近的对象"), .important) { Int64($0.nearAfter) },
        .money("step_before", currency.heading("Most at a step now", zh: "现行牵涉金额"), .useful) {
          $0.weightBefore.map { Int64(clamping: $0) }
        },
        .money("step_after", currency.heading("Most at a step then", zh: "修订后牵涉金额"), .useful) {
          $0.weightAfter.map { Int64(clamping: $0) }
        },
      ])
  }

  // MARK: Paper

  private var book: AnswerBook {
    var sheets = [AnswerBook.Sheet(Text("Amendments", zh: "修订对照表"), head.map { .block($0) })]
    sheets[0].parts.append(.list(BookList("amendments", paper)))
    sheets[0].parts += notes.map { .block(.note(.note, [Span($0)])) }
    for (i, relation) in amendment.sources.relations.enumerated() {
      sheets[0].parts.append(.list(BookList("sources \(i)", relation)))
    }
    if let unchanged { sheets[0].parts.append(.block(.note(.warning, unchanged))) }
    if !notice.isEmpty { sheets.append(AnswerBook.Sheet(Text("Notice", zh: "修改通知"), notice.map { .block($0) })) }
    for (title, changes) in [
      (Text("Who gains", zh: "得益对象"), amendment.gaining), (Text("Who loses", zh: "受损对象"), amendment.losing),
    ] where !changes.isEmpty {
      sheets.append(
        AnswerBook.Sheet(title, [.list(BookList(title.en, people(changes)))], isLong: changes.count > 100))
    }
    if !amendment.readings.isEmpty {
      sheets.append(AnswerBook.Sheet(Text("Readings", zh: "理解口径"), [.list(BookList("readings moved", readings))]))
    }
    if !amendment.cliffs.isEmpty {
      sheets.append(AnswerBook.Sheet(Text("Thresholds", zh: "门槛"), [.list(BookList("thresholds", cliffs))]))
    }
    let parts = [GroundSheets.Part(amendment.base), GroundSheets.Part(amendment.proposed)]
    return AnswerBook(sheets.map { $0.named(naming) } + GroundSheets(parts, places, plainIn: language).sheets)
  }

  /// The table as it is handed in: with a blank for the reason.
  private var paper: Relation { handed(withReason: true) }

  /// The same as it stands in another paper, which gives the reasons itself.
  var changes: Relation { handed(withReason: false) }

  private func handed(withReason: Bool) -> Relation {
    let reason: [AnswerColumn<Row>] =
      withReason
      ? [.words("reason", Text("Reason", zh: "理由和依据"), .essential) { _ in AmendmentAnswer.blank }] : []
    var relation = Relation(
      of: amendment.rows,
      [
        .id("article", Text("Article", zh: "条款"), .essential) { $0.words.article.isEmpty ? nil : $0.words.article },
        .words("clause", Text("Clause", zh: "条款内容"), .essential) { $0.words.label },
        .words("now", Text("Now", zh: "现行"), .essential) { $0.clause.now },
        .words("proposed", Text("Proposed", zh: "修订"), .essential) { $0.clause.proposed },
      ] + reason + [
        .change("effect", currency.heading("Effect", zh: "资金影响"), .essential) { $0.part.fen },
        .count("gain", Text("Gain", zh: "得益"), .essential) { Int64($0.gaining) },
        .count("lose", Text("Lose", zh: "受损"), .essential) { Int64($0.losing) },
      ] as [AnswerColumn<Row>])
    relation.footer = table.footer
    return relation
  }

  private func people(_ changes: [Comparison.Change]) -> Relation {
    let names = PaidNames(amendment.base.ledger.dataset)
    return Relation(
      of: changes,
      [
        .id("beneficiary", Text("Beneficiary", zh: "发放对象"), .essential) { names.often($0.beneficiary) },
        .id("id", Text("Its id", zh: "对象编号"), .useful) { $0.beneficiary },
        .money("before", currency.heading("Now", zh: "现行"), .essential) { $0.before },
        .money("after", currency.heading("Then", zh: "修订后"), .essential) { $0.after },
        .change("difference", currency.heading("Change", zh: "差额"), .essential) { $0.difference },
      ])
  }

  // MARK: For programs

  private var record: Record {
    Record(
      kind: "amendment",
      [
        "draft": .id(amendment.name), "from": .ids(amendment.base.names),
        "effect": .change(fen: amendment.attribution.effect), "changes": .rows(table),
        "gain": .count(amendment.gaining.count), "lose": .count(amendment.losing.count),
        "unchanged": .ids(amendment.unchanged.map(\.id)), "sentences": .list(sentences.map { .words($0) }),
        "readings": .rows(readings), "thresholds": .rows(cliffs), "sources": .rows(amendment.sources.sources),
      ])
  }
}
