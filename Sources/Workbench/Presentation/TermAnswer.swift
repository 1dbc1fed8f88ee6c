// A word to which rules give a meaning: what it is, whose it is, the clause that says so, and the readings on which it
// rests. Knows nothing of where words are looked for.

import Answers
import Diagnostics
import Facts
import PolicyLanguage
import Sessions
import View

struct TermAnswer {
  private let name: String
  private let language: Language
  private let found: [Found]
  private let more: Int

  /// How many places one answer tells.
  private static let most = 8

  /// A word with its clause in either language, and the readings that the clause names with what holds of each.
  private struct Found: Sendable {
    let term: RuleTerm
    let clause: Text
    let readings: [(label: Text, now: Text)]
  }

  init(_ name: String, _ terms: [RuleTerm], in session: Desk) {
    self.name = name
    language = session.language
    let (state, places, rules) = (session.state, session.library.places, session.ruleTexts)
    found = terms.prefix(TermAnswer.most).map { term in
      let clause = Text(rules.readingClause(term, in: .en), zh: rules.readingClause(term, in: .zh))
      let asked = (term.measure?.readings ?? []) + term.document.readings
      let named = asked.filter { reading in
        clause.en.firstRange(of: reading.name) != nil || clause.zh.firstRange(of: reading.words.zh) != nil
      }
      return Found(
        term: term, clause: clause,
        readings: named.map { (label: $0.label, now: SettingView.current(.reading($0, key: $0.id), state, places)) })
    }
    more = terms.count - found.count
  }

  var answer: Answer {
    let title = found.first?.term.words ?? .same(name)
    var body = AnswerBody(blocks: [.heading(level: 2, [Span(title, .title)])])
    for one in found {
      body.append(.paragraph(whose(one.term)))
      body.append(.code(one.clause.in(language), language: "policy"))
      if !one.readings.isEmpty {
        body.append(
          .paragraph(
            [Span("It rests on ", zh: "有关口径：", .muted)]
              + .joined(one.readings.map { [Span($0.label, .name), Span(" = ", zh: "＝"), Span($0.now, .number)] })))
      }
    }
    if more > 0 { body.append(.note(Text("\(more) more elsewhere.", zh: "另有 \(more) 处。"))) }
    return Answer(body, records: [Record(kind: "term", ["term": .words(title), "rows": .rows(rows)])])
  }

  /// What the word is and of what: a measure by its name and article, else the document.
  private func whose(_ term: RuleTerm) -> [Span] {
    guard let measure = term.measure else {
      return [
        Span("", zh: "\(term.document.id) "), Span(term.sort.words), Span(" of \(term.document.id)", zh: ""),
        .data("  "), Span(term.document.title, .muted),
      ]
    }
    return [
      Span("", zh: "\(measure.words.zh)（\(measure.article)）"), Span(term.sort.words),
      Span(" of \(measure.id), article \(measure.article)", zh: ""), Span("; the whole rule: ", zh: "；全文：", .muted),
      .command("show \(measure.id)", zh: "查看 \(measure.typedName.zh)"),
    ]
  }

  private var rows: Relation {
    Relation(
      of: found,
      [
        .id("document", Text("Document", zh: "文件")) { $0.term.document.id },
        .id("measure", Text("Measure", zh: "措施")) { $0.term.measure?.id },
        .words("sort", Text("What it is", zh: "类别")) { $0.term.sort.words },
        .words("clause", Text("Clause", zh: "条文")) { $0.clause },
      ])
  }

  // MARK: What records do while they last

  /// `稳定就业`: from which day to which, and which reading says how months of it are counted.
  static func lasting(_ name: String, _ lists: [ListDeclaration]) -> Answer {
    let title = lists.first?.chinese.lasts ?? .same(name)
    var body = AnswerBody(blocks: [.heading(level: 2, [Span(title, .title)])])
    for list in lists {
      let (begins, ends) = (list.begins.flatMap(list.field), list.ends.flatMap(list.field))
      let from = begins?.words ?? Text("the first day", zh: "首日")
      let to = ends?.words ?? Text("the last day", zh: "末日")
      body.append(
        .paragraph(
          Text(
            "Of \(list.name): from \(from.en) to \(to.en), both included; without a last day it goes on. "
              + "`\(title.en) for n months` holds where the last day is not before the day that completes n months. "
              + "Spells that follow on one another count as one where the document joins them.",
            zh: "\(list.words.zh)自\(from.zh)至\(to.zh)，首尾两日都算；没有\(to.zh)的，仍在继续。“\(title.zh)满n个月”指"
              + "\(to.zh)不早于满n个月之日。文件规定合并的，前后相接的几段算作一段。")))
    }
    body.append(
      .paragraph([
        Span("How months are counted is a reading: ", zh: "月数如何起算是一项口径：", .muted),
        .command("show clock", zh: "查看 起算方法"),
      ]))
    return Answer(
      body, records: [Record(kind: "term", ["term": .words(title), "lists": .ids(lists.map(\.name))])])
  }
}
