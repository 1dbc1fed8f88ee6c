// Relations and records in every form: types, faces and their order, sections, footers, cut lists, what is shown
// instead of a value.

import Diagnostics
import Reckoning
import Testing
import View

@testable import Answers

/// Something that rows are about.
private struct Grant: Sendable {
  var name: String
  var fen: Int64
  var isAtMost = false
  var low: Int64?
}

@Suite("Relations")
struct RelationTests {
  private let grants = [
    Grant(name: "a\"1", fen: 123_450, isAtMost: true, low: 100), Grant(name: "b,2", fen: 0),
    Grant(name: "c", fen: -5),
  ]

  private static let columns: [AnswerColumn<Grant>] = [
    .id("name", Text("Name", zh: "名称"), .essential) { $0.name }.role(.name)
      .shown { grant in grant.isAtMost ? [.data(grant.name, .name), .data(" ≤", .warning)] : nil }
      .faces([.json, .csv]),
    .words("what", Text("What", zh: "内容")) { _ in Text("a grant", zh: "补助") },
    .money("total", Text("Total", zh: "合计"), .essential) { $0.fen }.faces([.json, .csv]),
    .change("change", Text("Change", zh: "差额"), .useful) { $0.fen == 0 ? nil : $0.fen }.forPeople(),
    .flag("upper_bound", Text("At most", zh: "上限")) { $0.isAtMost }.faces([.json, .csv]),
    .money("low", Text("At least", zh: "下限")) { $0.low }.leftOutWhenNone(),
  ]

  private func markdown(_ relation: Relation, _ language: Language = .en) -> String {
    let answer = Answer([.relation(relation)])
    return AnswerRenderer(format: .markdown, language: language).render(answer)
  }

  private func csv(_ relation: Relation, _ language: Language = .en) -> String {
    AnswerRenderer(format: .csv, language: language).render(Answer([.relation(relation)]))
  }

  @Test("people see the columns that stand, what is shown instead of a value, and figures with separators")
  func people() {
    let relation = Relation(title: Text("Grants", zh: "补助"), of: grants, Self.columns)
    #expect(
      markdown(relation) == """
        **Grants**

        | Name | Total | Change |
        | --- | ---: | ---: |
        | a"1 ≤ | 1,234.50 | +1,234.50 |
        | b,2 | 0.00 |  |
        | c | -0.05 | -0.05 |

        """)
    #expect(markdown(relation, .zh).contains("| 名称 | 合计 | 差额 |"))
  }

  @Test("people may see the columns in another order than programs")
  func order() {
    var relation = Relation(of: grants, Self.columns)
    relation.order = ["change", "low", "total", "name"]
    #expect(markdown(relation).hasPrefix("| Change | Total | Name |"))
    #expect(JSONValue(relation).line.hasPrefix(#"[{"name":"a\"1","what":"a grant","total":"1234.50""#))
  }

  @Test("programs read values: amounts as strings of yuan, words in English, nothing of what is shown")
  func objects() {
    let relation = Relation(of: grants, Self.columns)
    #expect(
      JSONValue(relation).line
        == #"[{"name":"a\"1","what":"a grant","total":"1234.50","upper_bound":true,"low":"1.00"},"#
        + #"{"name":"b,2","what":"a grant","total":"0.00","upper_bound":false},"#
        + #"{"name":"c","what":"a grant","total":"-0.05","upper_bound":false}]"#)
  }

  @Test("records of programs have the columns of their face, in English, quoted where they must be")
  func records() {
    var relation = Relation(of: grants, Self.columns)
    relation.records = .programs
    #expect(
      csv(relation, .zh)
        == "name,total,upper_bound\r\n\"a\"\"1\",1234.50,true\r\n\"b,2\",0.00,false\r\nc,-0.05,false\r\n")
  }

  @Test("records of people are the table that they see, in their language, without separators")
  func recordsOfPeople() {
    let relation = Relation(of: grants, Self.columns)
    #expect(csv(relation) == "name,total,change\r\n\"a\"\"1 ≤\",1234.50,1234.50\r\n\"b,2\",0.00,\r\nc,-0.05,-0.05\r\n")
  }

  @Test("an empty relation is a heading without rows in every form")
  func empty() {
    var relation = Relation(of: [Grant](), Self.columns)
    #expect(markdown(relation).contains("(no rows)"))
    #expect(JSONValue(relation).line == "[]")
    #expect(csv(relation) == "name,total,change\r\n")
    relation.records = .programs
    #expect(csv(relation) == "name,total,upper_bound\r\n")
  }

  @Test("sections stand under their titles for people; programs read one row after another")
  func sections() {
    let relation = Relation(
      sections: [
        (title: [Span(Text("First", zh: "其一"))], entries: [grants[2]]), (title: [.data("none")], entries: []),
        (title: [Span(Text("Second", zh: "其二"))], entries: [grants[1]]),
      ], Self.columns)
    #expect(
      markdown(relation) == """
        | Name | Total | Change |
        | --- | ---: | ---: |
        | **First** |  |  |
        | c | -0.05 | -0.05 |
        | **Second** |  |  |
        | b,2 | 0.00 |  |

        """)
    #expect(csv(relation, .zh) == "section,name,total,change\r\n其一,c,-0.05,-0.05\r\n其二,\"b,2\",0.00,\r\n")
    guard case .array(let objects) = JSONValue(relation) else { return #expect(Bool(false), "a relation is a list") }
    #expect(objects.map { $0["name"] } == [.string("c"), .string("b,2")])
  }

  @Test("a footer and further lines are for people, under the columns that their values belong to")
  func lines() {
    var relation = Relation(of: grants, Self.columns)
    relation.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"))], ["total": .money(fen: 123_445)], shown: ["change": [.data("none")]])
    relation.further = [Relation.Further([.data("Of it")], [.init([.data("late")], ["total": .money(fen: 1)])])]
    let text = markdown(relation)
    #expect(text.contains("| **Of it** |  |  |\n| late | 0.01 |  |\n| **Total** | **1,234.45** | **none** |"))
    guard case .array(let objects) = JSONValue(relation) else { return #expect(Bool(false), "a relation is a list") }
    #expect(objects.count == 3)
    relation.records = .programs
    #expect(csv(relation).split(separator: "\r\n").count == 4)
  }

  @Test("a cut list says how many more there are to people; programs get all")
  func cut() {
    var relation = Relation(of: grants, Self.columns)
    relation.cut = Relation.Cut(1, rest: .init([.data("2 more")], ["total": .money(fen: -5)]))
    #expect(
      markdown(relation) == """
        | Name | Total | Change |
        | --- | ---: | ---: |
        | a"1 ≤ | 1,234.50 | +1,234.50 |
        | 2 more | -0.05 |  |

        """)
    #expect(JSONValue(relation).line.split(separator: "{").count == 4)
    relation.cut = Relation.Cut(2)
    #expect(markdown(relation).split(separator: "\n").count == 4)
    relation.cut = Relation.Cut(3, rest: .init([.data("0 more")]))
    #expect(!markdown(relation).contains("more"))
  }

  @Test("every type has its form for people and for programs")
  func types() {
    let nested = Relation(of: [grants[2]], Self.columns)
    let values: [(Datum, String, String)] = [
      (.none, "", "null"), (.words(Text("yes", zh: "是")), "yes", #""yes""#), (.id("x_1"), "x_1", #""x_1""#),
      (.count(12_345 as Int64), "12,345", "12345"), (.money(fen: 100), "1.00", #""1.00""#),
      (.decimal("0.375"), "0.375", "0.375"), (.share(Share(parts: 37_500_000)), "37.5%", #""0.375""#),
      (.change(fen: 5), "+0.05", #""0.05""#), (.date("2024-06"), "2024-06", #""2024-06""#),
      (.flag(true), "yes", "true"),
    ]
    for (datum, people, program) in values {
      let relation = Relation(
        of: [0], [AnswerColumn<Int>.mixed("v", Text("Value", zh: "值"), .essential) { _ in datum }])
      #expect(markdown(relation).split(separator: "\n").last == "| \(people) |")
      #expect(JSONValue(relation).line == #"[{"v":\#(program)}]"#)
    }
    let lists = Relation(
      of: [0], [AnswerColumn<Int>.ids("v", Text("Names", zh: "名称"), .essential) { _ in ["a", "b"] }])
    #expect(markdown(lists, .zh).hasSuffix("| a、b |\n"))
    #expect(JSONValue(lists).line == #"[{"v":["a","b"]}]"#)
    let record = Record(kind: "k", ["rows": .rows(nested), "one": .record(Record(["n": .count(1 as Int64)]))])
    #expect(
      JSONValue(record).line
        == #"{"kind":"k","rows":[{"name":"c","what":"a grant","total":"-0.05","upper_bound":false}],"one":{"n":1}}"#)
  }

  @Test("types admit their own values and none")
  func admission() {
    let types: [DatumType] = [
      .words, .id, .flag, .count, .money, .change, .decimal, .share, .date, .list, .record, .rows,
    ]
    for type in types { #expect(type.admits(.none)) }
    #expect(
      DatumType.change.admits(.change(fen: 1)) && !DatumType.change.admits(.money(fen: 1))
        && DatumType.mixed.admits(.count(1 as Int64)))
    #expect(!DatumType.money.admits(.count(1 as Int64)) && !DatumType.id.admits(.words(Text("a", zh: "b"))))
    #expect(!DatumType.mixed.admits(.list([])) && !DatumType.count.admits(.id("1")))
  }

  @Test("amounts are in yuan without anybody saying so")
  func units() {
    let relation = Relation(of: grants, Self.columns)
    #expect(relation.columns.first { $0.key == "total" }?.unit == .yuan)
    #expect(relation.columns.first { $0.key == "name" }?.unit == nil)
  }

  @Test("rows are found by their number, and no more of them than are seen")
  func numbered() {
    var relation = Relation(
      count: 1_000_000_000, [AnswerColumn<Int>.count("n", Text("N", zh: "数"), .essential) { Int64($0) }]
    ) {
      $0 * 2
    }
    relation.cut = Relation.Cut(2)
    #expect(markdown(relation) == "| N |\n| ---: |\n| 0 |\n| 2 |\n")
  }

  @Test("a column whose key is ours alone is called by its title")
  func headedByTitle() {
    let column = AnswerColumn<Int>.count("total_1", Text("Fuzhou", zh: "福州"), .essential) { Int64($0) }.headedByTitle()
    var relation = Relation(of: [1], [column.faces([.csv])])
    #expect(csv(relation, .zh) == "福州\r\n1\r\n")
    relation.records = .programs
    #expect(csv(relation, .zh) == "Fuzhou\r\n1\r\n")
  }
}
