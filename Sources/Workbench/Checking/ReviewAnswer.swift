// What to look at before a programme is signed, in words: the articles that a finding may touch, the exceptions that
// would have to be argued, and what a submission lacks. Findings, never verdicts: yes or no and the signature stay
// blank.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

extension ScreenFinding.Kind {
  /// What is found, in a few words.
  var words: Text {
    switch self {
    case .registered: Text("must be registered here", zh: "以注册地在本地为条件")
    case .taxed: Text("must pay taxes here", zh: "以在本地纳税为条件")
    case .counted: Text("must be counted here", zh: "以纳入本地统计为条件")
    case .outsiders: Text("those from elsewhere are treated otherwise", zh: "对外地经营者另作规定")
    case .listed: Text("must stand on a list that an office keeps", zh: "以列入主管部门名单为条件")
    case .chosen: Text("must have been chosen by an office", zh: "以被有关部门或地区选定为条件")
    case .named: Text("is named", zh: "点名特定经营者")
    case .ownership: Text("hangs on who owns it", zh: "以所有制为条件")
    case .taxTied: Text("the amount hangs on taxes paid", zh: "金额与纳税挂钩")
    case .taxAsked: Text("taxes paid are asked for", zh: "以缴纳税款为条件")
    }
  }

  /// The articles that it may touch: of the regulation (State Council order 783) and of the measures for carrying it
  /// out (order 99 of the State Administration for Market Regulation).
  var articles: Text {
    switch self {
    case .registered, .taxed, .counted, .listed, .chosen, .named, .ownership, .taxAsked:
      Text("Reg. 10 (2), Meas. 19", zh: "条例十（二）、办法十九")
    case .outsiders: Text("Reg. 9", zh: "条例九")
    case .taxTied: Text("Reg. 10 (1)(2), Meas. 18, 19", zh: "条例十（一）（二）、办法十八、十九")
    }
  }

  /// The same as an office cites them.
  var citation: Text {
    let (law, measures) = ("《公平竞争审查条例》", "《公平竞争审查条例实施办法》")
    return switch self {
    case .registered, .taxed, .counted, .listed, .chosen, .named, .ownership, .taxAsked:
      Text(articles.en, zh: "\(law)第十条第（二）项、\(measures)第十九条")
    case .outsiders: Text(articles.en, zh: "\(law)第九条")
    case .taxTied: Text(articles.en, zh: "\(law)第十条第（一）项、第（二）项，\(measures)第十八条、第十九条")
    }
  }

  /// What those articles speak of.
  var concern: Text {
    switch self {
    case .registered, .taxed, .counted, .taxAsked:
      Text("rewards that ask for registration, taxes or counting here", zh: "以注册地迁入、在本地纳税、纳入本地统计为条件的奖补")
    case .outsiders: Text("other subsidies or standards for those from elsewhere", zh: "对外地经营者的歧视性补贴或要求")
    case .listed, .chosen: Text("lists whose terms are not stated or not reasonable", zh: "入选条件不明确、不合理的名录库、企业库")
    case .named: Text("beneficiaries that are named outright", zh: "直接确定受益经营者")
    case .ownership: Text("rewards by form of ownership", zh: "按所有制形式区别奖补")
    case .taxTied: Text("taxes given back, rewards by taxes paid", zh: "税收返还，或按缴税给予奖补")
    }
  }
}

struct ReviewAnswer: Sendable {
  let review: Review
  let places: Gazetteer
  /// Who reads the workbook.
  var language: Language?

  init(_ review: Review, places: Gazetteer) {
    self.review = review
    self.places = places
  }

  private var currency: Currency { review.documents.currency }
  private var severalDocuments: Bool { review.documents.count > 1 }

  var answer: Answer {
    var body = AnswerBody(blocks: head)
    if let allClear {
      body.append(.paragraph(allClear))
    } else {
      body.append(screen)
      if let unpriced { body.append(.note(.note, [Span(unpriced)])) }
      body.append(.list(ordered: false, concerns))
      body.append(.paragraph([Span(exception, .muted)]))
    }
    if !review.unjudged.isEmpty {
      body.append(unjudged)
      body.append(.note(.warning, [Span(unjudgedRemark)]))
    }
    if !review.validity.isEmpty { body.append(validity) }
    if !review.unreached.isEmpty { body.append(unreached) }
    body.append(checklist)
    body.append(
      .note(
        .note,
        [
          Span(
            Text(
              "These are findings, not verdicts: whether they hold, and the signature, are for a person.",
              zh: "以上为要点，不是结论；是否成立和签署由人决定。"))
        ]))
    let told = record
    var answer = Answer(body, records: [told])
    let maker = self
    answer.book = { maker.book }
    return answer
  }

  private var head: [Block] {
    var blocks: [Block] = [
      .heading(
        level: 2, [Span("Review of ", zh: "审查要点：", .title), .data(review.names.joined(separator: " + "), .title)])
    ]
    if let run = review.run {
      blocks.append(RunHead(run, places: places).block)
    } else {
      blocks.append(
        .note(.note, [Span(Text("No scenario is loaded, so that nothing is priced.", zh: "未载入情景，未计资金影响。"))]))
    }
    return blocks
  }

  // MARK: Screen

  /// Which exceptions would have to be argued, and until when the documents would hold.
  private var exception: Text {
    let ends = review.documents.map { document in
      DocumentAnswer.window(document.window, WindowDays(document, in: review.run?.ledger.settings))
    }
    let terms = ends.reduce(into: [Text]()) { if !$0.contains($1) { $0.append($1) } }
    return Text(
      "What stays has to be argued under art. 12 of the Regulation: national security and development; science, "
        + "technology and innovation; public interest such as saving energy, protecting the environment or relief; or "
        + "another case laid down by law — where nothing milder would do, and with a stated term or a condition "
        + "that ends it (\(terms.map(\.en).joined(separator: "; "))).",
      zh:
        "保留的，须依《公平竞争审查条例》第十二条论证：维护国家安全和发展利益，促进科技进步和创新，节能环保、救灾救助等社会公共利益，或法律、行政法规规定的"
        + "其他情形；且无影响更小的替代方案，并有合理的实施期限或者终止条件（\(terms.map(\.zh).joined(separator: "；"))）。")
  }

  /// What the articles speak of that are named, each once.
  private var concerns: [[Span]] {
    let kinds = ScreenFinding.Kind.allCases.filter { kind in
      review.screened.contains { !$0.isTogether && $0.finding.kind == kind }
    }
    return kinds.map { kind in
      [
        Span(kind.words, .name), Span(": ", zh: "："), Span(kind.citation), Span(" (", zh: "（"), Span(kind.concern),
        Span(")", zh: "）"),
      ]
    }
  }

  /// Why there is no budget without some conditions; nil: there is one without each, or nobody asked.
  private var unpriced: Text? {
    let blank = review.screened.filter { $0.without == nil }
    guard review.run != nil, !blank.isEmpty else { return nil }
    let words = blank.map(\.words)
    return Text(
      "No budget is told without “\(words.map(\.en).joined(separator: "”, “"))”: the rule needs it, as a table needs "
        + "the places of its rows. Set the figures alike (`run with …`) to see what the difference costs.",
      zh: "未计去掉“\(words.map(\.zh).joined(separator: "”“"))”后的预算：规则离不开它（如标准表各行按地区区分）。"
        + "可把各档标准设为相同（`测算 按 …`）查看差额。")
  }

  private var screen: Relation {
    let total = review.total
    let columns: [AnswerColumn<Review.Screened>] = [
      .id("document", Text("Document", zh: "文件"), severalDocuments ? .useful : nil) { $0.document.id },
      .id("kind", Text("Finding", zh: "情形"), .essential) { $0.isTogether ? "together" : $0.finding.kind.rawValue }
        .shown { one in
          [Span(one.isTogether ? Text("all of these together", zh: "以上条件一并去掉") : one.finding.kind.words, .warning)]
        },
      .words("condition", Text("In the rule", zh: "规则内容"), .essential) { $0.words }.shown { [Span($0.told)] },
      .ids("measures", Text("Measures", zh: "措施"), .important) { $0.finding.measures.map(\.id) }
        .shown { .names($0.finding.measures.map(\.words), limit: 3) },
      .ids("articles_of_measures", Text("Clauses", zh: "条款"), .useful) { one in
        one.finding.measures.map(\.article).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      },
      .words("article", Text("May touch", zh: "可能涉及"), .important) { $0.finding.kind.articles },
      .words("concern", Text("Of", zh: "事项")) { $0.finding.kind.concern },
      .money("without", currency.heading("Without it", zh: "去掉后预算"), .essential) { $0.without },
      .change("change", currency.heading("Change", zh: "差额"), .essential) { one in
        guard let without = one.without, let total else { return nil }
        return without - total
      },
    ]
    return Relation(title: Text("Fair competition", zh: "公平竞争"), of: review.screened, columns)
  }

  // MARK: The rest

  private var validity: Relation {
    Relation(
      title: Text("Periods, figures, citations", zh: "期限、标准、引用"), of: review.validity,
      [
        .id("point", Text("Point", zh: "类别")) { $0.sort },
        .id("document", Text("Document", zh: "文件"), severalDocuments ? .useful : nil) {
          $0.document.isEmpty ? nil : $0.document
        },
        .words("subject", Text("What", zh: "内容"), .essential) { $0.subject },
        .words("remark", Text("Remark", zh: "说明"), .essential) { $0.remark },
      ])
  }

  private var unreached: Relation {
    Relation(
      title: Text("Measures and duties that no record reaches", zh: "没有记录触及的措施和任务"), of: review.unreached,
      [
        .id("measure", Text("Measure or duty", zh: "措施、任务"), .essential) { $0.measure.id }.shown {
          [Span($0.measure.words, .name)]
        },
        .words("sort", Text("What it is", zh: "类别"), .useful) {
          $0.measure.form == .duty ? Text("duty", zh: "任务") : Text("measure", zh: "措施")
        }.forPeople(),
        .id("article", Text("Article", zh: "条款"), .useful) { $0.measure.article }.role(.article),
        .words("title", Text("Title", zh: "名称"), .incidental) { $0.measure.title },
        .flag("by_examples", Text("By an example", zh: "算例触及"), .essential) { $0.byExamples },
      ])
  }

  private var checklist: Relation {
    let blank = Text("[to be supplied]", zh: "〔待补〕")
    return Relation(
      title: Text("For the submission", zh: "报送材料"), of: review.checklist,
      [
        .words("item", Text("Item", zh: "材料"), .essential) { $0.item },
        .flag("there", Text("There", zh: "已有")) { $0.found != nil },
        .words("found", Text("There is", zh: "现状"), .essential) { $0.found }
          .shown { [Span($0.found ?? blank, $0.found == nil ? .warning : .plain)] },
      ])
  }

  private var book: AnswerBook {
    var sheets = [AnswerBook.Sheet(Text("Review", zh: "审查要点"), head.map { .block($0) })]
    if let allClear {
      sheets[0].parts.append(.block(.paragraph(allClear)))
    } else {
      sheets[0].parts.append(.list(BookList("screen", screen)))
      if let unpriced { sheets[0].parts.append(.block(.paragraph([Span(unpriced)]))) }
      sheets[0].parts.append(.block(.paragraph([Span(exception)])))
    }
    if !review.unjudged.isEmpty {
      sheets[0].parts.append(.list(BookList("not_judged", unjudged)))
      sheets[0].parts.append(.block(.note(.warning, [Span(unjudgedRemark)])))
    }
    if !concerns.isEmpty { sheets[0].parts.append(.block(.list(ordered: false, concerns))) }
    sheets[0].parts.append(
      .block(.paragraph(Text("Yes or no: [   ]   Signature: [   ]", zh: "是／否：〔　　〕　　签字：〔　　〕"))))
    for (key, isThere, relation) in [
      ("validity", !review.validity.isEmpty, validity), ("unreached", !review.unreached.isEmpty, unreached),
      ("checklist", true, checklist),
    ] where isThere {
      let name = relation.title ?? .same(key)
      sheets.append(AnswerBook.Sheet(name, [.list(BookList(key, relation))]))
    }
    let grounds = review.run.map { GroundSheets([GroundSheets.Part($0)], places, plainIn: language).sheets }
    return AnswerBook(sheets + (grounds ?? []))
  }

  // MARK: For programs

  private var record: Record {
    Record(
      kind: "review",
      [
        "programme": .ids(review.names), "total": .money(review.total), "competition": .rows(screen),
        "not_judged": .rows(unjudged), "validity": .rows(validity), "unreached": .rows(unreached),
        "submission": .rows(checklist),
      ])
  }
}
