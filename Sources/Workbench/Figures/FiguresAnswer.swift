// What a book of figures changes, and which examples come out otherwise with it. Knows nothing of workbooks.

import Answers
import Diagnostics
import PolicyLanguage
import Reckoning
import Sessions
import View

/// An example that does not come to what the book expects.
struct FiguresOutcome {
  let expected: FiguresChange.Expected
  let example: ExampleSyntax
  let document: CheckedDocument
  /// Nil where the example cannot be run.
  let actual: ExampleRunner.Outcome?

  /// What is asked of which measure.
  fileprivate var asked: Text {
    let expectation = example.expectations[expected.number]
    let measure = document.measure(called: expectation.measure.text)?.words ?? .same(expectation.measure.text)
    switch expectation.quantity {
    case .total, .met, .notMet, .unknown, .notApplicable: return measure
    case .due, .pending, .displaced, .overQuota, .overCap, .recovered, .belowNought, .payments, .unpriced,
      .undetermined, .elsewhere, .grants:
      let quantity = expectation.quantity.words
      return Text("\(measure.en): \(quantity.en)", zh: "\(measure.zh)：\(quantity.zh)")
    }
  }

  fileprivate func text(_ outcome: ExampleRunner.Outcome?) -> Text {
    switch outcome {
    case nil: Text("cannot be run", zh: "无法计算")
    case .amount(let fen):
      Text(
        Money(fen: fen).grouped + " " + document.currency.word,
        zh: Money(fen: fen).grouped + " " + document.currency.chinese)
    case .count(let number): .same(Decimals.grouped(String(number)))
    case .duty(let status): status?.words ?? Text("no duty", zh: "无此任务")
    }
  }
}

/// The answer to `draft NAME from FILE.xlsx`.
struct FiguresAnswer {
  let draft: Draft
  let found: FiguresFound
  /// Nil where the examples were not run.
  let outcomes: [FiguresOutcome]?
  let file: String
  let places: Gazetteer

  var answer: Answer {
    var head: [Span] = [Span("Draft ", zh: "草案 "), .data(draft.name, .name), Span(" from ", zh: "，基于 ")]
    head += [.data(found.base, .name), Span(", by ", zh: "，改动见 "), .data(file, .name)]
    var body = AnswerBody(blocks: [.paragraph(head)])
    if let gone = found.gone {
      body.append(
        .note(
          .note,
          [
            Span("The draft ", zh: "草案 "), .data(gone, .name),
            Span(
              " is not at hand; its figures are in the book, and stand below with what was edited.",
              zh: " 现不存在；其数值已在数值簿中，与改动一并列于下表。"),
          ]))
    }
    if found.change.edits.isEmpty {
      body.append(.paragraph(Text("The book changes no figure.", zh: "数值簿没有改动任何数值。")))
    } else {
      body.append(edits)
    }
    if let outcomes, !outcomes.isEmpty {
      body.append(.heading(3, Text("Examples that come out otherwise than the book expects", zh: "与数值簿预期不同的算例")))
      body.append(examples)
    } else if outcomes != nil, !found.change.expected.isEmpty {
      let count = Set(found.change.expected.map(\.example)).count
      body.append(
        .paragraph(
          Text(
            count == 1
              ? "The example comes to what the book expects." : "All \(count) examples come to what the book expects.",
            zh: "\(count) 个算例均与数值簿预期相符。")))
    }
    body.append(
      .paragraph([
        Span("Next: ", zh: "接着：", .muted),
        .command("diff \(found.base), \(draft.name)", zh: "差异 \(found.base)，\(draft.name)"), Span("; ", zh: "；"),
        .command("show \(draft.name)"), Span("; ", zh: "；"), .command("save \(draft.name) into \(draft.name).md"),
      ]))
    return Answer(
      body,
      records: [
        Record(
          kind: "draft",
          [
            "name": .id(draft.name), "from": .ids([found.base]), "book": .id(file), "changes": .rows(edits),
            "examples": .rows(examples),
          ])
      ])
  }

  private var edits: Relation {
    let places = places
    return Relation(
      of: found.change.edits,
      [
        .id("cell", Text("Cell", zh: "单元格"), .useful) { $0.cell },
        .id("name", Text("Figure", zh: "数值"), .essential) { $0.setting.target.id }
          .shown { [Span($0.setting.target.label, .name)] },
        .words("before", Text("Was", zh: "原为"), .essential) { $0.before }.aligned(.right),
        .words("after", Text("Is now", zh: "改为"), .essential) { $0.setting.text(places) }.aligned(.right),
      ])
  }

  private var examples: Relation {
    Relation(
      of: outcomes ?? [],
      [
        .id("cell", Text("Cell", zh: "单元格"), .useful) { $0.expected.cell },
        .words("example", Text("Example", zh: "算例"), .essential) { $0.example.title },
        .words("of", Text("Of", zh: "所算"), .useful) { $0.asked },
        .words("expected", Text("Expected", zh: "预期"), .essential) { $0.text($0.expected.outcome) }.aligned(.right),
        .words("comes_to", Text("Comes to", zh: "结果"), .essential) { $0.text($0.actual) }.aligned(.right),
      ])
  }
}
