// An editor's messages, one after another: what is wrong while somebody types, what names mean, and messages that are
// none.

import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Serving

/// An editor with one file open.
final class Editor {
  private let inbox = Received()
  private let server: LanguageServer
  private var number: Int64 = 0
  let uri = "file:///nowhere/%E8%8D%89%E6%A1%88.md"

  /// What has come back.
  private final class Received {
    var messages: [JSONValue] = []
  }

  init(_ text: String, language: Language = .en, uri: String? = nil) throws {
    let inbox = inbox
    server = LanguageServer(door: FileDoor(), language: language) { line in
      if let value = try? JSONValue(json: line) { inbox.messages.append(value) }
    }
    _ = try ask("initialize", [:])
    tell("initialized", [:])
    tell(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri ?? self.uri), "languageId": "markdown", "version": 1, "text": .string(text),
        ]
      ])
  }

  func take(_ text: String) -> JSONValue? {
    let before = inbox.messages.count
    server.take(text)
    guard inbox.messages.count > before else { return Optional.none }
    return inbox.messages[before]
  }

  func tell(_ method: String, _ parameters: JSONValue) {
    server.take((["jsonrpc": "2.0", "method": .string(method), "params": parameters] as JSONValue).line)
  }

  func ask(_ method: String, _ parameters: JSONValue) throws -> JSONValue {
    number += 1
    let line = (["jsonrpc": "2.0", "id": .int(number), "method": .string(method), "params": parameters] as JSONValue)
      .line
    let reply = try #require(take(line))
    #expect(reply["id"] == .int(number))
    return reply["result"] ?? .null
  }

  func ask(_ method: String, line: Int, character: Int) throws -> JSONValue {
    try ask(
      method,
      [
        "textDocument": ["uri": .string(uri)],
        "position": ["line": .int(Int64(line)), "character": .int(Int64(character))],
        "context": ["includeDeclaration": true],
      ])
  }

  /// What the last publication says is wrong.
  var published: [JSONValue] {
    guard
      case .array(let list)? = inbox.messages.last(where: { $0["method"] == "textDocument/publishDiagnostics" })?[
        "params"]?[
          "diagnostics"]
    else { return [] }
    return list
  }

  var exit: (isAsked: Bool, isProper: Bool) { server.exit }
}

/// The line and character of the first occurrence of a word.
func place(of word: String, in text: String, skipping count: Int = 0) -> (Int, Int) {
  var seen = 0
  for (number, line) in text.components(separatedBy: "\n").enumerated() {
    var rest = line[...]
    while let found = rest.range(of: word) {
      if seen == count { return (number, line[..<found.lowerBound].utf16.count) }
      seen += 1
      rest = rest[found.upperBound...]
    }
  }
  return (0, 0)
}

@Suite("Language server")
struct LanguageServerTests {
  private static let text = """
    # A notice

    ```policy
    document trial-2026
      title "A trial" zh "试行"
      jurisdiction 350112
      issued 2026-01-01
    ```

    ## One

    ```policy
    measure taking_on zh 吸纳补贴
      title "For taking on" zh "吸纳补贴"
      article "一"
      kind taking_on
      param rate zh 标准 = 500 yuan "for each" zh "每人"
      for each hire
      where contract_months >= 12
      pay enterprise rate on start
    ```

    """

  @Test("a text without mistakes has none, and one that is made while typing is told and taken back")
  func whileTyping() throws {
    let editor = try Editor(Self.text)
    #expect(!editor.published.contains { $0["severity"] == 1 }, "\(editor.published)")
    let (line, character) = place(of: "rate", in: Self.text, skipping: 1)
    let start: JSONValue = ["line": .int(Int64(line)), "character": .int(Int64(character))]
    let end: JSONValue = ["line": .int(Int64(line)), "character": .int(Int64(character + 4))]
    func change(_ text: String, to end: JSONValue) {
      editor.tell(
        "textDocument/didChange",
        [
          "textDocument": ["uri": .string(editor.uri), "version": 2],
          "contentChanges": [["range": ["start": start, "end": end], "text": .string(text)]],
        ])
    }
    change("rata", to: end)
    let errors = editor.published.filter { $0["severity"] == 1 }
    let error = try #require(errors.first)
    #expect(error["range"]?["start"]?["line"] == .int(Int64(line)))
    #expect(error["source"] == "cesuan")
    // What was probably meant mends it.
    let actions = try editor.ask(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.uri)], "range": ["start": start, "end": end],
        "context": ["diagnostics": []],
      ])
    guard case .array(let list) = actions, let action = list.first else {
      Issue.record("no quick fix for \(error.line)")
      return
    }
    #expect(action["kind"] == "quickfix")
    #expect(action.line.contains("\"newText\":\"rate\""))
    change("rate", to: end)
    #expect(!editor.published.contains { $0["severity"] == 1 })
  }

  @Test("names are explained, found where they are declared, and everywhere they stand")
  func names() throws {
    let editor = try Editor(Self.text)
    let (line, character) = place(of: "rate", in: Self.text, skipping: 1)
    let hover = try editor.ask("textDocument/hover", line: line, character: character + 1)
    guard case .string(let meaning)? = hover["contents"]?["value"] else {
      Issue.record("no meaning: \(hover.line)")
      return
    }
    #expect(meaning.contains("500 yuan"))
    let (declared, _) = place(of: "param rate", in: Self.text)
    let definition = try editor.ask("textDocument/definition", line: line, character: character + 1)
    #expect(definition["range"]?["start"]?["line"] == .int(Int64(declared)))
    let references = try editor.ask("textDocument/references", line: line, character: character + 1)
    guard case .array(let found) = references else {
      Issue.record("no references")
      return
    }
    // Where it is declared by either name, and where it is paid.
    #expect(found.count == 3)
    let nothing = try editor.ask("textDocument/hover", line: 1, character: 0)
    #expect(nothing == .null)
    // A fact, whose list says what it is.
    let (at, column) = place(of: "contract_months", in: Self.text)
    #expect(try editor.ask("textDocument/hover", line: at, character: column + 2) != .null)
  }

  @Test("names of the document and facts complete in rules, and nothing does in prose")
  func completion() throws {
    let editor = try Editor(Self.text)
    let (line, character) = place(of: "rate", in: Self.text, skipping: 1)
    let within = try editor.ask("textDocument/completion", line: line, character: character + 2)
    #expect(within.line.contains("\"label\":\"rate\""))
    #expect(try editor.ask("textDocument/completion", line: 0, character: 3) == [])
  }

  @Test("headings, measures and what they declare are the parts; fences fold")
  func parts() throws {
    let editor = try Editor(Self.text)
    let file: JSONValue = ["textDocument": ["uri": .string(editor.uri)]]
    let symbols = try editor.ask("textDocument/documentSymbol", file)
    guard case .array(let list) = symbols else {
      Issue.record("no symbols")
      return
    }
    #expect(list.compactMap { EditorText.string($0["name"]) } == ["A notice", "One", "taking_on", "rate"])
    guard case .array(let folds) = try editor.ask("textDocument/foldingRange", file) else {
      Issue.record("no folds")
      return
    }
    #expect(folds.count == 2)
    #expect(folds[0] == ["startLine": 2, "endLine": 7])
  }

  @Test("rules in Chinese are served in Chinese, names without spaces between them")
  func chinese() throws {
    let text = Self.text.replacingOccurrences(of: "pay enterprise rate", with: "pay enterprise rata")
    let editor = try Editor(text, language: .zh)
    let error = try #require(editor.published.first { $0["severity"] == 1 })
    guard case .string(let message)? = error["message"] else { return }
    #expect(message.unicodeScalars.contains { $0.value > 0x4E00 })
  }

  @Test("scenarios and notebooks are checked, too")
  func otherFiles() throws {
    let scenario = try Editor("scenario: T\ndistrict: 350112\nas_off: 2026-01-01\n", uri: "file:///nowhere/a.yaml")
    #expect(scenario.published.contains { $0["severity"] == 1 })
    let notebook = try Editor("# T\n\n```cesuan\nrnu\n```\n", uri: "file:///nowhere/n.md")
    let error = try #require(notebook.published.first)
    #expect(error["range"]?["start"]?["line"] == 3)
    let other = try Editor("anything", uri: "file:///nowhere/n.txt")
    #expect(other.published.isEmpty)
  }

  @Test("messages that are none get an error, and the end comes in order")
  func protocolMistakes() throws {
    let editor = try Editor(Self.text)
    #expect(editor.take("{")?["error"]?["code"] == -32700)
    #expect(editor.take(#"{"jsonrpc":"2.0","id":99}"#)?["error"]?["code"] == -32600)
    #expect(editor.take(#"{"jsonrpc":"2.0","id":"x","method":"textDocument/dance"}"#)?["error"]?["code"] == -32601)
    let toNobody = editor.take(#"{"jsonrpc":"2.0","method":"$/dance"}"#)
    #expect(toNobody.map(\.line) == nil)
    #expect(editor.take(#"{"jsonrpc":"2.0","id":5,"method":"textDocument/hover","params":{}}"#)?["result"] == .null)
    editor.tell("textDocument/didClose", ["textDocument": ["uri": .string(editor.uri)]])
    #expect(editor.published.isEmpty)
    #expect(try editor.ask("shutdown", .null) == .null)
    #expect(editor.take(#"{"jsonrpc":"2.0","id":6,"method":"textDocument/hover","params":{}}"#)?["error"] != nil)
    #expect(editor.exit == (false, false))
    editor.tell("exit", .null)
    #expect(editor.exit == (true, true))
  }

  @Test("positions are UTF-16 units, whatever the letters")
  func positions() throws {
    let source = SourceFile(name: "a", text: "𠀀算x\nsecond")
    let third = try #require(EditorText.position(["line": 0, "character": 3], in: source))
    #expect(third == Position(line: 1, column: 3))
    let range = SourceRange(source: source, start: Position(line: 1, column: 2), end: Position(line: 1, column: 4))
    #expect(
      EditorText.range(range, in: source) == [
        "start": ["line": 0, "character": 2], "end": ["line": 0, "character": 4],
      ])
    let change: JSONValue = [
      "range": ["start": ["line": 0, "character": 2], "end": ["line": 1, "character": 3]], "text": "A",
    ]
    #expect(EditorText.changed(source.text, by: change) == "𠀀Aond")
    #expect(EditorText.path("file:///a%20b/%E8%8D%89.md") == "/a b/草.md")
  }
}
