import Answers
import Diagnostics
import Testing

@testable import Workbench

@Suite("Notebooks as they are written")
struct NotebookFormatTests {
  private func read(_ text: String) -> Notebook { Notebook.read(Array(text.utf8), name: "n.md") }

  private func codes(_ text: String) -> [String] { read(text).diagnostics.map(\.code) }

  @Test("cells have their kind, options, text, line and stored answer")
  func cells() throws {
    let notebook = read(
      """
      # Title

      ```cesuan name=edge hidden tolerance=1%
      run
      ```

      ```output 0123abcd
      as it was
      ```

      ~~~ scenario name=mini
      scenario: x
      ~~~

      ```policy name=generous from=changle-2022
      param x = 1
      ```

      ````answer
      Because.
      ````
      """)
    #expect(notebook.diagnostics.isEmpty)
    #expect(notebook.cells.map(\.kind) == [.commands, .scenario, .policy, .answer])
    let first = try #require(notebook.cells.first)
    #expect(first.options.name == "edge" && first.options.isHidden && first.options.tolerance == .share(1_000_000))
    #expect(first.text == "run\n" && first.line == 3)
    #expect(first.output?.text == "as it was\n" && first.output?.fingerprint == "0123abcd" && first.output?.line == 7)
    #expect(notebook.cells[2].options.base == "changle-2022")
  }

  @Test("options have Chinese names too")
  func chineseOptions() throws {
    let cell = try #require(read("```cesuan 名称=甲 隐藏 容差=0.5 预期错误=unknown-name\n测算\n```\n").cells.first)
    #expect(cell.options.name == "甲" && cell.options.isHidden && cell.options.expectsError)
    #expect(cell.options.errorCode == "unknown-name" && cell.options.tolerance == .absolute(500_000))
  }

  @Test("figures stand in prose, lists and tables, and not in code or comments of other kinds")
  func values() {
    let notebook = read(
      """
      A **1**<!-- = a.total --> and {= b.due as 万元}, not `{= c}` nor <!-- a remark -->.

      - in a list **2**<!-- =d.total -->

      | x | y |
      |---|--:|
      | z | **3**<!-- = e.total --> |

          {= f }
      """)
    #expect(notebook.diagnostics.isEmpty)
    #expect(notebook.values.map(\.expression) == ["a.total", "b.due as 万元", "d.total", "e.total"])
    #expect(notebook.values.map(\.stored) == ["1", nil, "2", "3"])
  }

  @Test("front matter in Chinese, with parameters of every kind")
  func frontMatter() throws {
    let notebook = read(
      """
      ---
      标题: 测算
      语言: zh
      情景: [a.yaml, b.yaml]
      参数:
        标准: {默认: 300元, 不少于: 100, 不多于: 1000, 含义: 每人}
        threshold: 100 persons
        share: 50%
        until: 2024-06-30
        months: 6 months
        document: changle-2022
        kind: {default: a, choices: [a, b]}
      ---

      text
      """)
    #expect(notebook.diagnostics.isEmpty, "\(notebook.diagnostics.map(\.message.en))")
    #expect(
      notebook.title == "测算" && notebook.front.language == .zh
        && notebook.front.scenarios.map(\.file) == ["a.yaml", "b.yaml"])
    #expect(
      notebook.front.parameters.map(\.byDefault) == [
        "300 yuan", "100", "50%", "2024-06-30", "6 months", "changle-2022", "a",
      ])
    let rate = try #require(notebook.front.parameters.first)
    #expect(try rate.value("400") == "400 yuan")
    #expect(throws: NotebookParameter.Misplaced.self) { try rate.value("99 yuan") }
    #expect(throws: NotebookParameter.Misplaced.self) { try rate.value("400 months") }
    let name = notebook.front.parameters[5]
    #expect(throws: NotebookParameter.Misplaced.self) { try name.value("x; quit") }
  }

  @Test(
    "what is wrong is told with its line",
    arguments: [
      ("```cesuan\nrun\n", "open-fence", 1), ("```cesuan\nrun\n```output\nx\n```\n", "open-fence", 1),
      ("x\n\n```output\ny\n```\n", "orphan-output", 3), ("```cesuan nmae=x\nrun\n```\n", "cell-option", 1),
      ("```cesuan name=r1\nrun\n```\n", "cell-option", 1), ("```cesuan tolerance=big\nrun\n```\n", "cell-option", 1),
      ("```cesuan name=a\n```\n\n```cesuan name=a\n```\n", "same-name", 4),
      ("```cesuan attempt=q\n```\n", "exercise", 1),
      ("---\ntitle: x\n\ntext\n", "front-matter", 1), ("---\ntitel: x\n---\n", "front-matter", 2),
      ("---\nlanguage: fr\n---\n", "front-matter", 2), ("---\n- x\n---\n", "front-matter", 2),
      ("---\nparameters:\n  rate: {type: money}\n---\n", "notebook-parameter", 3),
      ("---\nparameters:\n  rate: {default: 5 yuan, at least: 9}\n---\n", "notebook-parameter", 3),
      ("---\nparameters:\n  rate: {type: mony, default: 5}\n---\n", "notebook-parameter", 3),
      ("no figure<!-- = a.total -->\n", "inline-value", 1),
    ])
  func mistakes(text: String, code: String, line: Int) {
    let found = read(text).diagnostics
    #expect(found.first?.code == code, "\(found.map(\.message.en))")
    #expect(found.first?.location?.start.line == line)
  }

  @Test("bytes that are no UTF-8 are refused")
  func notUTF8() {
    #expect(Notebook.read([0x23, 0x20, 0xFF, 0xFE, 0x0A], name: "n.md").diagnostics.map(\.code) == ["not-utf8"])
  }

  @Test(
    "texts that are meant to break a reader do not",
    arguments: [
      String(repeating: "{=", count: 200_000), String(repeating: "<!-- ", count: 200_000),
      String(repeating: "**x**<!-- = ", count: 50_000),
      String(repeating: "`", count: 100_000) + " " + String(repeating: "``", count: 1000),
      String(repeating: "> ", count: 5_000) + "x",
      String(repeating: "- ", count: 5_000) + "x", String(repeating: "```cesuan\n", count: 20_000),
      String(repeating: "[", count: 50_000),
      String(repeating: "```output\n```\n\n", count: 20_000),
      "---\n" + String(repeating: "a: &a [*a,", count: 100) + "\n---\n",
      "\0\u{202E}\u{FEFF}```cesuan\0\nrun\n```\n", "\r\r```cesuan\rrun\r```\r",
    ])
  func hostile(text: String) {
    let notebook = read(text)
    #expect(notebook.bytes.count == text.utf8.count)
  }

  @Test("notebooks, policy documents and other Markdown are told apart by what is in them")
  func kinds() {
    #expect(Notebook.isOne("x\n\n```cesuan\nrun\n```\n"))
    #expect(Notebook.isOne("```scenario\nscenario: x\n```\n"))
    #expect(!Notebook.isOne("```policy\ndocument x\n```\n"))
    #expect(!Notebook.isOne("```policy\ndocument x\n```\n\n```output\n```\n"))
    #expect(Notebook.isOne("```cesuan\nrun\n```\n\n```policy\ndocument x\n```\n"))
    #expect(!Notebook.isOne("# Only prose\n"))
  }
}
