// Answers as a whole: which part a table of values is, what goes into objects, and the list of forms.

import Diagnostics
import Testing
import View

@testable import Answers

@Suite("Answers")
struct AnswerTests {
  private let hidden: Relation = {
    var relation = Relation(
      of: [7], [AnswerColumn<Int>.count("draw", Text("Draw", zh: "抽取")) { Int64($0) }.faces([.csv])])
    relation.records = .programs
    return relation
  }()
  private let seen = Relation(of: [1, 2], [AnswerColumn<Int>.count("n", Text("N", zh: "数"), .essential) { Int64($0) }])

  private func text(_ answer: Answer, _ format: OutputFormat) -> String {
    AnswerRenderer(format: format).render(answer)
  }

  @Test("blocks and relations stand in their order; one without a column for people is not seen")
  func order() {
    let answer = Answer([
      .block(.paragraph(Text("before", zh: "前"))), .relation(hidden), .relation(seen),
      .block(.paragraph(Text("after", zh: "后"))),
    ])
    #expect(text(answer, .markdown) == "before\n\n| N |\n| ---: |\n| 1 |\n| 2 |\n\nafter\n")
    #expect(text(answer, .table).contains("before") && !text(answer, .table).contains("Draw"))
  }

  @Test("a table of values is the first relation that has records, or a table, or a chart's figures")
  func records() {
    #expect(text(Answer([.relation(hidden), .relation(seen)]), .csv) == "draw\r\n7\r\n")
    let faceless = Relation(of: [1], [AnswerColumn<Int>.count("x", Text("X", zh: "甲")) { Int64($0) }])
    #expect(text(Answer([.relation(faceless), .relation(seen)]), .csv) == "n\r\n1\r\n2\r\n")
    let bars = Chart.bars(BarChart(title: Text("Bars", zh: "条"), bars: [.init(.same("a"), .integer(3))]))
    #expect(text(Answer([.block(.chart(bars)), .relation(seen)]), .csv) == "n\r\n1\r\n2\r\n")
    #expect(
      text(Answer([.block(.chart(bars))]), .csv).hasPrefix("label,")
        || text(Answer([.block(.chart(bars))]), .csv).contains("a,3"))
    #expect(text(Answer([.block(.rule)]), .csv).isEmpty)
  }

  @Test("records are made when they are asked for, and the first bears the result's number")
  func objects() {
    var answer = Answer([.relation(seen)], records: [Record(kind: "k", ["n": .rows(seen)]), Record(kind: "other")])
    #expect(text(answer, .json) == #"{"kind":"k","n":[{"n":1},{"n":2}]}"# + "\n" + #"{"kind":"other"}"# + "\n")
    answer.result = ResultTag(number: 3, fingerprint: "f")
    #expect(answer.json.first?.line == #"{"kind":"k","n":[{"n":1},{"n":2}],"result":"r3","fingerprint":"f"}"#)
    #expect(answer.with(records: [Record(kind: "new")]).records.first?.members.count == 1)
  }

  @Test("what acts on a terminal stays out of every form")
  func harmless() {
    let names = Relation(
      of: ["a\u{1B}[2Jb", "x\ny"], [AnswerColumn<String>.id("n", Text("N", zh: "名"), .essential) { $0 }])
    let answer = Answer([.relation(names)], records: [Record(kind: "k", ["n": .rows(names)])])
    for format in OutputFormat.allCases { #expect(!text(answer, format).contains("\u{1B}"), "\(format)") }
    #expect(text(answer, .csv).contains("\"x\ny\""))
    #expect(text(answer, .json).contains(#"x\ny"#))
  }

  @Test("a record keeps the order of its members")
  func members() {
    let record = Record(kind: "k", ["b": .flag(true)]).with(["a": .none, "c": .ids(["x"])])
    #expect(JSONValue(record).line == #"{"kind":"k","b":true,"a":null,"c":["x"]}"#)
  }

  @Test("every form is found by its names and by its files' endings, and no two share one")
  func forms() {
    for format in OutputFormat.allCases {
      for word in [format.rawValue, format.rawValue.uppercased()] + format.chinese {
        #expect(OutputFormat.named(word) == format)
      }
      for ending in format.endings { #expect(OutputFormat.written(to: ending) == format) }
    }
    #expect(OutputFormat.named("md") == .markdown && OutputFormat.named("toml") == nil)
    #expect(OutputFormat.written(to: "jsonl") == .json && OutputFormat.written(to: "exe") == nil)
    let names = OutputFormat.allCases.flatMap { [$0.rawValue] + $0.chinese + $0.short }
    #expect(Set(names).count == names.count)
    let endings = OutputFormat.allCases.flatMap(\.endings)
    #expect(Set(endings).count == endings.count)
  }

  @Test("the answer's own form comes before that of the session")
  func ownForm() {
    var answer = Answer([.relation(seen)])
    answer.format = .csv
    #expect(text(answer, .markdown) == "n\r\n1\r\n2\r\n")
  }

  @Test("what is wrong is a record, with its place where there is one")
  func diagnostics() {
    let source = SourceFile(name: "a.md", text: "run 长乐\n")
    let location = SourceRange(source: source, start: Position(line: 1, column: 5), end: Position(line: 1, column: 7))
    let problem = Diagnostic.error("unknown", Text("unknown \"长乐\"", zh: "未知"), at: location)
    #expect(
      JSONValue(Record(problem, in: .en)).line
        == #"{"kind":"error","message":"unknown \"长乐\"","line":1,"column":5,"hint":null,"code":"unknown","#
        + #""file":"a.md"}"#)
    let remark = Diagnostic(.note, code: "n", Text("a", zh: "甲"), hint: Text("b", zh: "乙"))
    #expect(
      JSONValue(Record(remark, in: .zh)).line
        == #"{"kind":"note","message":"甲","line":null,"column":null,"hint":"乙","code":"n","file":null}"#)
  }
}
