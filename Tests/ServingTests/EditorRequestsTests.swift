// What an editor asks beyond mistakes and meanings: names written otherwise, colours, a tidy layout, results beside
// lines.

import Diagnostics
import Districts
import Foundation
import Sessions
import Testing
import View
import Workbench

@testable import Serving

@Suite("An editor's further requests")
struct EditorRequestsTests {
  private static let text = """
    # A notice

    ```policy
    document trial-2026
      title "A trial" zh "试行"
      jurisdiction 350112
      issued 2026-01-01
    ```

    ```policy
    measure taking_on zh 吸纳补贴
      title "For taking on" zh "吸纳补贴"
      article "一"
      kind taking_on
      param amount_each zh 每人标准 = 500 yuan "for each" zh "每人"
      for each hire
      where contract_months >= 12  # a year at least
      pay enterprise amount_each on start

    measure keeping zh 稳岗补贴
      title "For keeping" zh "稳岗补贴"
      article "二"
      kind keeping
      param amount_each zh 每人金额 = 300 yuan "for each" zh "每人"
      for each hire
      where contract_months >= 24
      pay enterprise amount_each on start
    ```

    ```policy
    example "one hire"
      given hires
        a: enterprise e, start 2026-02-01, contract_months 12
      given enterprises
        e: district 350112
      expect taking_on 500 yuan
    example "none"
      given enterprises
        e: district 350112
      expect taking_on 500 yuan
    ```

    """

  private func file(_ editor: Editor) -> JSONValue { ["textDocument": ["uri": .string(editor.uri)]] }

  private func list(_ value: JSONValue?) -> [JSONValue] {
    if case .array(let list)? = value { return list }
    return []
  }

  private func rename(
    _ editor: Editor, _ word: String, skipping count: Int = 0, in text: String, to new: String
  ) throws -> JSONValue? {
    let (line, character) = place(of: word, in: text, skipping: count)
    let parameters: JSONValue = [
      "textDocument": ["uri": .string(editor.uri)], "newName": .string(new),
      "position": ["line": .int(Int64(line)), "character": .int(Int64(character + 1))],
    ]
    let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "textDocument/rename", "params": parameters]
    return editor.take(message.line)
  }

  // MARK: Names

  @Test("a name of a measure is written otherwise in that measure alone")
  func inOneMeasure() throws {
    let editor = try Editor(Self.text)
    let answer = try rename(editor, "amount_each", in: Self.text, to: "rate")
    let edits = list(answer?["result"]?["changes"]?[editor.uri])
    #expect(edits.count == 2, "\(answer?.line ?? "")")
    let changed = edits.reversed().reduce(Self.text) { text, edit in
      EditorText.changed(text, by: ["range": edit["range"] ?? .null, "text": edit["newText"] ?? .null])
    }
    #expect(changed.contains("param rate zh 每人标准") && changed.contains("pay enterprise rate on start"))
    #expect(changed.contains("param amount_each zh 每人金额") && changed.contains("pay enterprise amount_each"))
  }

  @Test("a measure is written otherwise in its examples, too; a Chinese name where it stands")
  func elsewhere() throws {
    let editor = try Editor(Self.text)
    let measure = try rename(editor, "taking_on", in: Self.text, to: "hiring")
    // Its declaration and two examples; `kind taking_on` names no measure.
    let lines = list(measure?["result"]?["changes"]?[editor.uri]).compactMap { $0["range"]?["start"]?["line"] }
    let kind = place(of: "kind taking_on", in: Self.text).0
    #expect(lines.count == 3 && !lines.contains(.int(Int64(kind))), "\(measure?.line ?? "")")
    let chinese = try rename(editor, "每人标准", in: Self.text, to: "补贴标准")
    #expect(list(chinese?["result"]?["changes"]?[editor.uri]).count == 1)
  }

  @Test("what would say something else is refused, and why is said")
  func refused() throws {
    let editor = try Editor(Self.text)
    for (word, new) in [
      ("amount_each", "keeping"), ("amount_each", "where"), ("amount_each", "a b"), ("amount_each", "start"),
      ("contract_months", "months_agreed"), ("每人标准", "rate"), ("notice", "note"),
    ] {
      let answer = try rename(editor, word, in: Self.text, to: new)
      #expect(answer?["error"]?["code"] == -32803, "\(word) → \(new): \(answer?.line ?? "")")
    }
    let (line, character) = place(of: "contract_months", in: Self.text)
    #expect(try editor.ask("textDocument/prepareRename", line: line, character: character) == .null)
    let (at, column) = place(of: "amount_each", in: Self.text)
    #expect(try editor.ask("textDocument/prepareRename", line: at, character: column) != .null)
  }

  @Test("scenarios and notebooks of the folder follow")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cesuan-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scenario = "scenario: T\ndistrict: 350112\nset:\n  taking_on.amount_each: 400\n  keeping.amount_each: 1\n"
    let notebook = "# T\n\namount_each\n\n```cesuan\nif taking_on.amount_each = 400, run\n若 吸纳补贴的每人标准 = 1，测算\n```\n"
    try scenario.write(toFile: folder + "/s.yaml", atomically: true, encoding: .utf8)
    try notebook.write(toFile: folder + "/n.md", atomically: true, encoding: .utf8)
    let uri = EditorText.uri(folder + "/草案.md")
    #expect(EditorText.path(uri) == folder + "/草案.md")
    let editor = try Editor(Self.text, uri: uri)
    func changes(_ word: String, _ new: String) throws -> JSONValue? {
      let (line, character) = place(of: word, in: Self.text)
      return try editor.ask(
        "textDocument/rename",
        [
          "textDocument": ["uri": .string(uri)], "newName": .string(new),
          "position": ["line": .int(Int64(line)), "character": .int(Int64(character))],
        ])["changes"]
    }
    let id = try changes("amount_each", "rate")
    #expect(list(id?[EditorText.uri(folder + "/s.yaml")]).compactMap { $0["range"]?["start"]?["line"] } == [3])
    #expect(list(id?[EditorText.uri(folder + "/n.md")]).compactMap { $0["range"]?["start"]?["line"] } == [5])
    let chinese = try changes("每人标准", "补贴标准")
    let cells = list(chinese?[EditorText.uri(folder + "/n.md")])
    let edit = try #require(cells.first)
    #expect(edit["range"]?["start"] == ["line": 6, "character": 7])
  }

  // MARK: Colours and layout

  @Test("pieces of rules are told apart by what they stand for")
  func looks() throws {
    let editor = try Editor(Self.text)
    guard case .array(let data)? = try editor.ask("textDocument/semanticTokens/full", file(editor))["data"] else {
      Issue.record("no pieces")
      return
    }
    let numbers = data.compactMap { if case .int(let number) = $0 { Int(number) } else { nil } }
    #expect(numbers.count == data.count && numbers.count % 5 == 0)
    let lines = Self.text.components(separatedBy: "\n").map { Array($0.utf16) }
    var found: [String: Set<Int>] = [:]
    var (line, unit) = (0, 0)
    for i in stride(from: 0, to: numbers.count, by: 5) {
      unit = numbers[i] == 0 ? unit + numbers[i + 1] : numbers[i + 1]
      line += numbers[i]
      let word = String(decoding: lines[line][unit..<unit + numbers[i + 2]], as: UTF16.self)
      found[word, default: []].insert(numbers[i + 3])
    }
    for (word, look) in [
      ("amount_each", OpenFile.Look.parameter), ("measure", .word), ("contract_months", .field), ("keeping", .measure),
      ("500", .number), ("\"For keeping\"", .text), ("# a year at least", .comment), ("每人金额", .parameter),
    ] {
      #expect(found[word]?.contains(look.rawValue) == true, "\(word): \(found[word] ?? [])")
    }
  }

  @Test("a document is laid out as the program writes it, once and for all; one with mistakes stays")
  func layout() throws {
    let untidy = Self.text.replacingOccurrences(
      of: "  where contract_months >= 12  #", with: "      where  contract_months>=12 #")
    let editor = try Editor(untidy)
    let edits = list(try editor.ask("textDocument/formatting", file(editor)))
    let edit = try #require(edits.first)
    let tidy = try #require(EditorText.string(edit["newText"]))
    #expect(tidy.contains("where contract_months >= 12"))
    #expect(tidy.contains("# a year at least"))
    let again = try Editor(tidy)
    #expect(try again.ask("textDocument/formatting", file(again)) == [])
    let wrong = try Editor(Self.text.replacingOccurrences(of: ">= 24", with: ">= >="))
    #expect(try wrong.ask("textDocument/formatting", file(wrong)) == [])
  }

  @Test("every bundled document has a layout, in which it says the same")
  func bundled() throws {
    for document in Districts.documents {
      let editor = try Editor(document.text, uri: "file:///nowhere/\(document.id).md")
      let edits = list(
        try editor.ask(
          "textDocument/formatting", ["textDocument": ["uri": .string("file:///nowhere/\(document.id).md")]]))
      guard let text = EditorText.string(edits.first?["newText"]) else { continue }
      let again = try Editor(text, uri: "file:///nowhere/\(document.id).md")
      #expect(!again.published.contains { $0["severity"] == 1 }, "\(document.id)")
    }
  }

  // MARK: Results

  @Test("what an example comes to stands beside it")
  func examples() throws {
    let editor = try Editor(Self.text)
    let titles = list(try editor.ask("textDocument/codeLens", file(editor))).compactMap {
      EditorText.string($0["command"]?["title"])
    }
    try #require(titles.count == 2)
    #expect(titles[0].hasPrefix("✓") && titles[1].hasPrefix("✗"), "\(titles)")
  }

  @Test("a notebook is run from its lines, and what came of each cell stands beside it")
  func cells() throws {
    let text = "# T\n\n```cesuan\nhelp run\n```\n\n```cesuan\nshow nobody\n```\n"
    let uri = "file:///nowhere/n.md"
    let editor = try Editor(text, uri: uri)
    func titles() throws -> [String] {
      list(try editor.ask("textDocument/codeLens", ["textDocument": ["uri": .string(uri)]])).compactMap {
        EditorText.string($0["command"]?["title"])
      }
    }
    #expect(try titles() == ["Run", "Run"])
    let outcomes = try editor.ask("workspace/executeCommand", ["command": "cesuan.run", "arguments": [.string(uri)]])
    #expect(list(outcomes).count == 2)
    let after = try titles()
    #expect(after[0].hasPrefix("Run · ✓") && after[1].hasPrefix("Run · ✗"), "\(after)")
    let unknown: JSONValue = [
      "jsonrpc": "2.0", "id": 9, "method": "workspace/executeCommand", "params": ["command": "x"],
    ]
    #expect(editor.take(unknown.line)?["error"]?["code"] == -32601)
  }
}
