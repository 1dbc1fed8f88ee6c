// What nobody has stated: how many records, what stands for it, who asks, and what would be paid if it were otherwise.

import Answers
import Diagnostics
import Facts
import Reckoning
import Reports
import Sessions
import View

struct MissingAnswer: Sendable {
  let facts: [OtherwiseStated]
  /// Several of them otherwise at once; nil where that leads to no more than one alone.
  let together: OtherwiseTogether?
  /// Whether that was looked for.
  let triedTogether: Bool
  /// What is paid as things stand (fen).
  let now: Int64
  let run: Session.Run
  let places: Gazetteer

  init(
    _ facts: [OtherwiseStated], together: OtherwiseTogether?, triedTogether: Bool, now: Int64, run: Session.Run,
    places: Gazetteer
  ) {
    (self.facts, self.together, self.triedTogether) = (facts, together, triedTogether)
    (self.now, self.run, self.places) = (now, run, places)
  }

  var answer: Answer {
    var body = AnswerBody(blocks: [
      .heading(level: 2, [Span(.halves(run.scenario.scenario.title), .title)]), RunHead(run, places: places).block,
      .paragraph([
        Span("As things stand: ", zh: "现状："), .money(fen: now), Span(run.documents.currency.behind(".", zh: "。")),
      ]),
    ])
    if facts.isEmpty {
      body.append(
        .paragraph(Text("Every fact that these measures ask for is stated.", zh: "这些措施所问的事实均已说明。")))
      // Figures that other documents lay down are no facts, but they are missing all the same.
      if !run.ledger.unpriced.isEmpty { body.append(Unpaid(run.ledger, places: places).unpriced) }
    } else {
      body.append(relation)
      body.append(
        .note(
          Text(
            "each line by itself, for all records that do not state the fact; — could not be tried",
            zh: "各行分别计算，针对未说明该事实的全部记录；“—”表示无法试算")))
      if let together { body.append(.paragraph(line(together))) }
      if !triedTogether {
        body.append(
          .note(
            Text(
              "several facts at once were not tried: the scenario has more than "
                + "\(Figures.integer(Int64(OtherwiseTogether.recordLimit))) records",
              zh: "记录超过 \(Figures.integer(Int64(OtherwiseTogether.recordLimit))) 条，未试算几项事实同时改变的情形")))
      }
    }
    let alone = Record(kind: "missing", ["total": .money(fen: now), "facts": .rows(relation)])
    let record = together.map { alone.with(["together": .record(self.record(of: $0))]) } ?? alone
    return Answer(body, records: [record])
  }

  /// `Together: filed = yes, lists = leading_2021: 78,000.00 yuan (+78,000.00)`
  private func line(_ together: OtherwiseTogether) -> [Span] {
    let dictionary = run.facts.dataset.dictionary
    var line = [Span(Text("Together, the most that was found: ", zh: "几项同时改变，试得的最高合计："), .emphasis)]
    line += .joined(
      together.facts.map { one in
        [
          Span(one.fact.words, .name), Span(" = ", zh: "为"),
          Span(OpenFactText.value(one.raw, one.fact.field.type, dictionary)),
        ]
      })
    line += [Span(": ", zh: "，合计 "), .money(fen: together.total), Span(run.documents.currency.behind(" (", zh: "（"))]
    return line + [.change(fen: together.total &- now), Span(").", zh: "）。")]
  }

  private func record(of together: OtherwiseTogether) -> Record {
    let dictionary = run.facts.dataset.dictionary
    let facts = Relation(
      of: together.facts,
      [
        .id("fact", Text("Fact", zh: "事实")) { $0.fact.name },
        .words("otherwise", Text("Otherwise", zh: "若为")) {
          OpenFactText.value($0.raw, $0.fact.field.type, dictionary)
        },
      ])
    return Record(
      kind: "together",
      ["total": .money(fen: together.total), "change": .change(fen: together.total &- now), "facts": .rows(facts)])
  }

  private var relation: Relation {
    let (now, dictionary) = (now, run.facts.dataset.dictionary)
    return Relation(
      of: facts,
      [
        .id("fact", Text("Fact", zh: "事实"), .essential) { $0.fact.name }.shown { [Span($0.fact.words, .name)] },
        .words("meaning", Text("Meaning", zh: "含义"), .incidental) { $0.fact.field.meaning }.forPeople(),
        .count("records", Text("Records", zh: "记录数"), .essential) { Int64($0.fact.records) },
        .words("as", Text("Taken as", zh: "按"), .essential) { OpenFactText.taken($0.fact, dictionary) },
        .words("otherwise", Text("Otherwise", zh: "若为"), .important) { one in
          one.raw.map { OpenFactText.value($0, one.fact.field.type, dictionary) }
        }
        .shown { $0.raw == nil ? [.data("—", .muted)] : nil },
        .money("total", run.documents.currency.heading("Total then", zh: "则合计"), .important) { $0.total },
        .change("change", run.documents.currency.heading("Change", zh: "差额"), .essential) { one in
          one.total.flatMap { $0 == now ? nil : $0 &- now }
        },
        .ids("measures", Text("Asked by", zh: "涉及措施"), .useful) { $0.fact.measures.map(\.id) }
          .shown { one in .joined(one.fact.measures.map { [Span($0.words, .name)] }) },
      ])
  }
}

/// Open facts in words.
enum OpenFactText {
  /// What stands for the fact: `no`, `none`, `not known`.
  static func taken(_ fact: OpenFact, _ dictionary: FactDictionary) -> Text {
    if let raw = fact.usual { return value(raw, fact.field.type, dictionary) }
    if let other = fact.standIn { return Text(other.words.en, zh: "同\(other.words.zh)") }
    return fact.isTaken || fact.isNone ? Text("none", zh: "无") : Text("not known", zh: "未知")
  }

  static func value(_ raw: Int64, _ type: FieldType, _ dictionary: FactDictionary) -> Text {
    switch type {
    case .bool: raw == 0 ? Text("no", zh: "否") : Text("yes", zh: "是")
    case .choice(let names), .set(.choice(let names)):
      names.indices.contains(Int(raw)) ? dictionary.words(ofChoices: names)[Int(raw)] : .same(String(raw))
    case .money: .same(Money(fen: raw).grouped)
    case .figure(let figure): figure.words(raw)
    case .text, .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .reference, .set: .same(String(raw))
    }
  }

  /// The value for programs, as a scenario would state it.
  static func stated(_ fact: OpenFact, _ dictionary: FactDictionary) -> String {
    guard let raw = fact.usual else { return "none" }
    if fact.field.type == .bool { return raw == 0 ? "false" : "true" }
    return value(raw, fact.field.type, dictionary).en
  }

  /// How many facts one line names.
  private static let most = 12

  /// `Taken as no, since not stated: filed (3 agencies), lists (5 enterprises)`; nothing where all is stated. What most
  /// measures ask for comes first.
  static func line(_ facts: [OpenFact], _ dictionary: FactDictionary) -> [Span] {
    let taken = facts.filter(\.isTaken).enumerated().sorted { a, b in
      let (x, y) = (a.element.measures.count, b.element.measures.count)
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
    guard !taken.isEmpty else { return [] }
    let shown = Array(taken.prefix(most))
    let no = shown.filter(isNo), none = shown.filter(isNone), others = shown.filter { !isNo($0) && !isNone($0) }
    var line: [Span] = []
    func tell(_ facts: [OpenFact], first: Span, then: Span) {
      guard !facts.isEmpty else { return }
      line.append(line.isEmpty ? first : then)
      line += .joined(facts.map { [Span($0.field.words, .name), Span(count($0), .muted)] })
    }
    tell(
      no, first: Span("Taken as no, since not stated: ", zh: "未填，按“否”处理："), then: Span("", zh: ""))
    tell(
      none, first: Span("Taken as none, since not stated: ", zh: "未填，按“无”处理："),
      then: Span("; taken as none: ", zh: "；按“无”处理："))
    if !others.isEmpty {
      line.append(line.isEmpty ? Span("Not stated, and taken so: ", zh: "未填：") : Span("; ", zh: "；"))
      line += .joined(
        others.map {
          [
            Span($0.field.words, .name), Span(" = ", zh: "按“", .muted), Span(self.taken($0, dictionary), .muted),
            Span("", zh: "”", .muted), Span(count($0), .muted),
          ]
        })
    }
    if taken.count > most {
      line.append(Span(Text(", and \(taken.count - most) more", zh: "，另有 \(taken.count - most) 项"), .muted))
    }
    return line + [Span(". ", zh: "。"), .command("missing", zh: "缺什么"), Span(" says what it matters.", zh: " 说明其影响。")]
  }

  /// Whether what stands for the fact is no.
  private static func isNo(_ fact: OpenFact) -> Bool {
    fact.field.type == .bool && (fact.usual == nil || fact.usual == 0)
  }

  /// Whether the fact is taken to be none: a list, a day, a figure is neither yes nor no.
  private static func isNone(_ fact: OpenFact) -> Bool {
    fact.field.type != .bool && fact.usual == nil && fact.standIn == nil
  }

  /// ` (3 agencies)`
  private static func count(_ fact: OpenFact) -> Text {
    let list = fact.declaration
    let figure = Figures.integer(Int64(fact.records))
    return Text(
      " (\(figure) \(fact.records == 1 ? list.singular : list.name))", zh: "（\(list.title.zh) \(figure)）")
  }

  /// Defaults that a measure asks for and nobody stated, for programs.
  static func relation(_ facts: [OpenFact], _ dictionary: FactDictionary) -> Relation {
    Relation(
      of: facts.filter(\.isTaken),
      [
        .id("fact", Text("Fact", zh: "事实")) { $0.name },
        .id("as", Text("Taken as", zh: "按")) { stated($0, dictionary) },
        .count("records", Text("Records", zh: "记录数")) { Int64($0.records) },
        .ids("measures", Text("Asked by", zh: "涉及措施")) { $0.measures.map(\.id) },
      ])
  }
}
