// The Language Server Protocol over a session's knowledge: requests of an editor about open files, answered from
// `OpenFile`. Knows nothing of streams, but how a message is framed.

import Answers
import Diagnostics
import Sessions
import View
import Workbench

/// Serves one editor. Messages are carried out in the order in which they come.
package final class LanguageServer {
  let send: (String) -> Void
  let door: FileDoor
  private(set) var language: Language
  private(set) var files: [String: OpenFile] = [:]
  /// What notebooks came to when they were last run, by their addresses; gone with the next change.
  var runs: [String: [OpenFile.Outcome]] = [:]
  /// Whether the editor asks again for what stands beside lines when it is told to.
  private(set) var asksAgain = false
  private var hasShutDown = false
  /// Whether `exit` was asked; and whether that was behind `shutdown`, as it should be.
  package private(set) var exit: (isAsked: Bool, isProper: Bool) = (false, false)

  /// - Parameter send: takes the text of each message, without its frame.
  package init(door: FileDoor, language: Language, send: @escaping (String) -> Void) {
    (self.door, self.language, self.send) = (door, language, send)
  }

  /// Takes the text of one message.
  package func take(_ text: String) {
    let message: JSONValue
    do { message = try JSONValue(json: text) } catch {
      fail(.null, -32700, "no JSON: \(error.message.en)")
      return
    }
    guard case .string(let method)? = message["method"] else {
      // An answer to something that the server asked: it asks nothing.
      if message["result"] == nil, message["error"] == nil { fail(message["id"] ?? .null, -32600, "no method") }
      return
    }
    let parameters = message["params"] ?? .null
    guard let id = message["id"] else {
      notify(method, parameters)
      return
    }
    guard !hasShutDown else { return fail(id, -32600, "the server has shut down") }
    do {
      guard let result = try answer(method, parameters) else { return fail(id, -32601, "`\(method)` is not known") }
      send((["jsonrpc": "2.0", "id": id, "result": result] as JSONValue).line)
    } catch {
      // The protocol's number for what was understood and cannot be done.
      fail(id, -32803, error.reason.in(language))
    }
  }

  private func fail(_ id: JSONValue, _ code: Int64, _ message: String) {
    send(
      (["jsonrpc": "2.0", "id": id, "error": ["code": .int(code), "message": .string(message)]] as JSONValue).line)
  }

  // MARK: Files

  private func notify(_ method: String, _ parameters: JSONValue) {
    let uri = EditorText.string(parameters["textDocument"]?["uri"])
    switch method {
    case "exit": exit = (true, hasShutDown)
    case "textDocument/didOpen":
      guard let uri, let text = EditorText.string(parameters["textDocument"]?["text"]) else { return }
      open(uri, text)
    case "textDocument/didChange":
      guard let uri, let file = files[uri], case .array(let changes)? = parameters["contentChanges"] else { return }
      var text = file.source.text
      for change in changes { text = EditorText.changed(text, by: change) }
      open(uri, text)
    case "textDocument/didClose":
      guard let uri else { return }
      files[uri] = nil
      runs[uri] = nil
      publish(uri, [])
    default: break
    }
  }

  private func open(_ uri: String, _ text: String) {
    let neighbours = files.filter { $0.key != uri && $0.value.kind == .policy }.map(\.value.source)
    let file = OpenFile(
      text, path: EditorText.path(uri), neighbours: neighbours, door: door, language: language)
    files[uri] = file
    runs[uri] = nil
    publish(uri, file.diagnostics.prefix(500).map { EditorDiagnostic($0, in: file, language).object })
  }

  private func publish(_ uri: String, _ diagnostics: [JSONValue]) {
    let parameters: JSONValue = ["uri": .string(uri), "diagnostics": .array(diagnostics)]
    send((["jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": parameters] as JSONValue).line)
  }

  // MARK: Requests

  /// - Returns: nil where the method is not known.
  private func answer(_ method: String, _ parameters: JSONValue) throws(OpenFile.NotRenamed) -> JSONValue? {
    switch method {
    case "initialize":
      asksAgain = parameters["capabilities"]?["workspace"]?["codeLens"]?["refreshSupport"] == true
      if let locale = EditorText.string(parameters["locale"]) { language = locale.hasPrefix("zh") ? .zh : .en }
      return Self.capabilities
    case "shutdown":
      hasShutDown = true
      return .null
    case "workspace/executeCommand": return carryOut(parameters)
    default: break
    }
    let handlers: [String: (OpenFile, JSONValue) -> JSONValue] = [
      "textDocument/hover": hover, "textDocument/completion": completion, "textDocument/definition": definition,
      "textDocument/references": references, "textDocument/documentSymbol": symbols,
      "textDocument/foldingRange": folds, "textDocument/codeAction": actions,
      "textDocument/semanticTokens/full": looks, "textDocument/codeLens": lenses, "textDocument/formatting": layout,
      "textDocument/prepareRename": renamable,
    ]
    if method == "textDocument/rename" { return try renaming(parameters) }
    guard let handler = handlers[method] else { return nil }
    guard let uri = EditorText.string(parameters["textDocument"]?["uri"]), let file = files[uri] else { return .null }
    return handler(file, parameters)
  }

  private static let capabilities: JSONValue = [
    "capabilities": [
      "positionEncoding": "utf-16",
      "textDocumentSync": ["openClose": true, "change": 2],
      "hoverProvider": true, "completionProvider": [:], "definitionProvider": true, "referencesProvider": true,
      "documentSymbolProvider": true, "foldingRangeProvider": true,
      "codeActionProvider": ["codeActionKinds": ["quickfix"]],
      "renameProvider": ["prepareProvider": true], "documentFormattingProvider": true,
      "codeLensProvider": ["resolveProvider": false], "executeCommandProvider": ["commands": ["cesuan.run"]],
      "semanticTokensProvider": [
        "legend": [
          "tokenTypes": .array(OpenFile.Look.allCases.map { .string($0.standard) }), "tokenModifiers": [],
        ],
        "full": true,
      ],
    ],
    "serverInfo": ["name": "cesuan", "version": .string(ProgramVersion.number)],
  ]

  private func hover(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let position = EditorText.position(parameters["position"], in: file.source),
      let answer = file.meaning(at: position)
    else { return .null }
    let text = AnswerRenderer(format: .markdown, language: language).render(answer)
    return ["contents": ["kind": "markdown", "value": .string(text)]]
  }

  private func completion(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let position = EditorText.position(parameters["position"], in: file.source) else { return [] }
    let (from, words) = file.completions(at: position)
    let start = Position(line: position.line, column: from)
    let range = EditorText.range(SourceRange(source: file.source, start: start, end: position), in: file.source)
    return .array(
      words.prefix(500).map { word in
        let margin = file.indentation(before: word, from: from, line: position.line)
        let edits = margin.map { ["range": EditorText.range($0, in: file.source), "newText": ""] as JSONValue }
        return [
          "label": .string(word.text), "detail": .string(word.meaning),
          "textEdit": ["range": range, "newText": .string(word.text)],
          "additionalTextEdits": .array([edits].compactMap { $0 }),
        ]
      })
  }

  private func definition(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let position = EditorText.position(parameters["position"], in: file.source),
      let found = file.declaration(at: position)
    else { return .null }
    return location(found, file, parameters)
  }

  private func references(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let position = EditorText.position(parameters["position"], in: file.source) else { return .null }
    return .array(file.references(at: position).map { location($0, file, parameters) })
  }

  private func location(_ range: SourceRange, _ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    [
      "uri": parameters["textDocument"]?["uri"] ?? .null, "range": EditorText.range(range, in: file.source),
    ]
  }

  private func symbols(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    .array(
      file.parts.map { part in
        let start = Position(line: part.line, column: 1)
        let end = Position(line: part.line, column: Int.max)
        let range = EditorText.range(SourceRange(source: file.source, start: start, end: end), in: file.source)
        return [
          "name": .string(part.name.isEmpty ? "–" : part.name), "detail": .string(part.detail),
          "kind": .int(EditorText.symbolKind(part.sort)), "range": range, "selectionRange": range,
        ]
      })
  }

  private func folds(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    .array(
      file.folds.map { lines in
        ["startLine": .int(Int64(lines.lowerBound - 1)), "endLine": .int(Int64(lines.upperBound - 1))]
      })
  }

  /// What was probably meant, for every mistake within the range that says it.
  private func actions(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let start = EditorText.position(parameters["range"]?["start"], in: file.source),
      let end = EditorText.position(parameters["range"]?["end"], in: file.source),
      let uri = EditorText.string(parameters["textDocument"]?["uri"])
    else { return [] }
    let mended = file.diagnostics.flatMap { problem -> [(problem: Diagnostic, location: SourceRange, text: String)] in
      guard let location = problem.location, location.source?.name ?? file.source.name == file.source.name,
        location.start <= end, start <= location.end
      else { return [] }
      return file.cures(of: problem).map { (problem, location, $0) }
    }
    return .array(
      mended.map { problem, location, text in
        let edit: JSONValue = ["range": EditorText.range(location, in: file.source), "newText": .string(text)]
        let title = Text("Write `\(text)`", zh: "改为 `\(text)`").in(language)
        return [
          "title": .string(title), "kind": "quickfix",
          "diagnostics": [EditorDiagnostic(problem, in: file, language).object],
          "edit": ["changes": .object([JSONValue.Member(uri, [edit])])],
        ]
      })
  }
}
