// The reader of YAML by itself: forms, places, anchors, keys given twice, limits, and what each malformed text is told.
import Diagnostics
import Facts
import Testing

@Suite("YAML")
struct YAMLTests {
  static func tree(_ text: String, firstLine: Int = 1) -> YAMLTree {
    YAMLTree(text, source: SourceFile(name: "t.yaml", text: text), firstLine: firstLine)
  }

  /// A value as JSON would write it, with `'` around what stands without quotation marks.
  static func shown(_ value: YAMLValue?) -> String {
    guard let value else { return "no tree" }
    switch value.kind {
    case .text(let text, let plain): return plain ? "'\(text)'" : "\"\(text)\""
    case .nothing: return "~"
    case .list: return "[" + value.entries.map(shown).joined(separator: ",") + "]"
    case .map:
      let pairs = value.pairs.map { (key, value) in
        (key.isRepeated ? "!" : "") + (key.name ?? "?" + shown(key)) + ":" + shown(value)
      }
      return "{" + pairs.joined(separator: ",") + "}"
    }
  }

  @Test(
    "Texts stay as they are written",
    arguments: [
      ("a: 010\nb: no\nc: 1e3\nd: 2022-01-01\n", "{a:'010',b:'no',c:'1e3',d:'2022-01-01'}"),
      ("a:\nb: ~\nc: null\nd: ''\ne: \"~\"\n", "{a:~,b:~,c:~,d:\"\",e:\"~\"}"),
      ("- a\n-  \n- [x, {y: z}]\n", "['a',~,['x',{y:'z'}]]"),
      ("a: |\n  one\n  two\nb: >-\n  one\n  two\n", "{a:\"one\ntwo\",b:\"one two\"}"),
      ("\"k\\u0001\\0\": \"\\u4e00\\n\"\n", "{k\u{1}\0:\"一\"}"),
      ("a: !!str 1\nb: !own {c: d}\n? [x]\n: y\n", "{a:'1',b:{c:'d'},?['x']:'y'}"),
      ("%YAML 1.1\n---\na: b # c\n...\n", "{a:'b'}"), ("", "no tree"), ("# nothing\n", "no tree"),
      ("a: b\r\nc: d\r\n", "{a:'b',c:'d'}"),
    ])
  func forms(text: String, expected: String) {
    let tree = Self.tree(text)
    #expect(Self.shown(tree.root) == expected)
    #expect(tree.diagnostics.isEmpty)
  }

  @Test("Aliases repeat what was anchored last, in its place")
  func aliases() throws {
    let tree = Self.tree("a: &x {k: 1}\nb: *x\nc: &x 2\nd: [*x, &y 3, *y]\n")
    let root = try #require(tree.root)
    #expect(Self.shown(root) == "{a:{k:'1'},b:{k:'1'},c:'2',d:['2','3','3']}")
    #expect(root.pairs[1].value.location.start == Position(line: 1, column: 4))
    // An anchor is not known inside of itself.
    #expect(Self.tree("a: &x [*x]\n").diagnostics.map(\.message.en) == ["an alias without its anchor"])
  }

  @Test("Places are lines and characters, counted from where the text begins")
  func places() throws {
    let root = try #require(Self.tree("名称: '一 二'\nb:\n  - 长乐区\n", firstLine: 5).root)
    let (key, value) = root.pairs[0]
    #expect(key.location.start == Position(line: 5, column: 1) && key.location.end == Position(line: 5, column: 3))
    #expect(value.location.start == Position(line: 5, column: 5) && value.location.end == Position(line: 5, column: 10))
    let entry = root.pairs[1].value.entries[0]
    #expect(entry.location.start == Position(line: 7, column: 5) && entry.location.end == Position(line: 7, column: 8))
  }

  @Test("Of keys given several times the last counts, and each after the first is told, in the order of the file")
  func repeated() {
    let tree = Self.tree("b: 1\na: {x: 1, \"x\": 2, y: 3, x : 4}\nb: 5\n'': 6\n\"\": 7\n")
    #expect(Self.shown(tree.root) == "{!b:'1',a:{!x:'1',!x:'2',y:'3',x:'4'},b:'5',!:'6',:'7'}")
    #expect(
      tree.diagnostics.map { "\($0.location?.start.line ?? 0):\($0.location?.start.column ?? 0) \($0.message.en)" } == [
        "2:11 `x` is given twice, first in line 2", "2:25 `x` is given twice, first in line 2",
        "3:1 `b` is given twice, first in line 1", "5:1 `` is given twice, first in line 4",
      ])
  }

  @Test("What nests too deeply is refused, also where it hides behind quotation marks")
  func depth() {
    let open = String(repeating: "[", count: 64)
    let close = String(repeating: "]", count: 64)
    #expect(Self.tree(open + "a" + close).diagnostics.isEmpty)
    #expect(Self.tree("[" + open + "a" + close + "]").diagnostics.map(\.code) == ["too-deep"])
    // The quotation mark is never closed for whoever looks at one line alone.
    for count in [65, 1200] {
      let hidden = "[\"\n \", " + String(repeating: "[", count: count)
      #expect(Self.tree(hidden).diagnostics.map(\.code).count == 1)
    }
    #expect(Self.tree(String(repeating: "? ", count: 70) + "a").diagnostics.map(\.code) == ["too-deep"])
  }

  static let mistakes: [(text: String, place: String, english: String)] = [
    ("a: b: c", "1:5", "a colon where no value can begin"), ("a: b\nc\nd: e", "3:1", "a key without its colon"),
    ("a:\n  - b\n c: d", "3:2", "this line does not stand in line with those above"),
    ("a: [b, c\n", "1:4", "a bracket is not closed, or a comma is missing"),
    ("a: {b: c\n", "1:4", "a bracket is not closed, or a comma is missing"),
    ("a: [,]", "1:5", "no value stands where one is expected"),
    ("a: ? b", "1:4", "a question mark where no key can begin"),
    ("a: @b", "1:4", "no value can begin with this character"),
    ("a: `b`", "1:4", "no value can begin with this character"),
    ("a:\n\t- b", "2:1", "a tab in the indentation"), ("a:\n\tb: c", "2:1", "a tab in the indentation"),
    ("a: 'b", "1:4", "a quotation mark is not closed"), ("a: \"b\n---\n", "1:4", "a quotation mark is not closed"),
    ("a: *b", "1:4", "an alias without its anchor"), ("a: * b", "1:5", "`&` and `*` want a name of letters and digits"),
    ("a: & b", "1:5", "`&` and `*` want a name of letters and digits"),
    ("a: !<b c", "1:7", "a tag (`!…`) that is not well-formed"),
    ("a: !x!y b", "1:4", "a tag (`!…`) that is not well-formed"),
    ("%YAML 2.0\n---\na: b", "1:1", "a directive (`%…`) that is not understood"),
    ("%YAML 1.1\n%YAML 1.1\n---\na: b", "2:1", "a directive (`%…`) that is not understood"),
    ("%FOO\n---\na: b", "1:5", "a directive (`%…`) that is not understood"),
    ("%YAML 1.1\na: b", "2:1", "a directive (`%…`) that is not understood"),
    ("'a' b", "1:5", "the file goes on where its one value has ended"),
    ("a: b\n- c", "2:1", "this line does not stand in line with those above"),
    ("a: | b\n  c", "1:6", "`|` and `>` end their line"), ("a: >0\n  c", "1:5", "`|` and `>` end their line"),
    ("a: \"b\u{7F}\"", "1:6", "a control character"), ("一: 二\n三: \u{1}", "2:4", "a control character"),
    ("a: \"\\q\"", "1:5", "an unknown escape in a quoted text"),
    ("a: \"\\xZZ\"", "1:7", "an unknown escape in a quoted text"),
    ("a: \"\\uD800\"", "1:7", "an unknown escape in a quoted text"),
    ("a: b\n---\nc: d", "2:1", "the file holds several YAML documents"),
  ]

  @Test("Every malformed text is told where, why and what to do, in both languages", arguments: mistakes)
  func malformed(text: String, place: String, english: String) throws {
    let tree = Self.tree(text)
    #expect(tree.root == nil)
    let problem = try #require(tree.diagnostics.first)
    #expect(tree.diagnostics.count == 1)
    let start = try #require(problem.location?.start)
    #expect("\(start.line):\(start.column)" == place)
    #expect(problem.message.en == english)
    let hint = try #require(problem.hint)
    for text in [problem.message, hint] {
      #expect(!text.en.isEmpty)
      #expect(
        !text.zh.split(separator: "`").enumerated().contains { $0.offset % 2 == 0 && $0.element.contains(/[a-z]/) })
    }
  }
}
