// What an editor asks beyond mistakes and meanings: colours, names written otherwise over a folder, a tidy layout, and
// what comes of examples and cells beside their lines.

import Diagnostics
import Sessions
import View
import Workbench

extension LanguageServer {
  // MARK: Colours

  /// Pieces of rules, each by its distance from the one before it.
  func looks(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    let lines = OpenFile.lines(file.source.text)
    var data: [JSONValue] = []
    var (line, unit) = (0, 0)
    for (location, look) in file.looks {
      let number = location.start.line - 1
      guard lines.indices.contains(number), location.start.line == location.end.line else { continue }
      let text = lines[number]
      let start = text.prefix(location.start.column - 1).utf16.count
      let length = text.prefix(location.end.column - 1).utf16.count - start
      guard length > 0, number > line || start >= unit else { continue }
      let numbers = [number - line, number > line ? start : start - unit, length, look.rawValue, 0]
      data += numbers.map { .int(Int64($0)) }
      (line, unit) = (number, start)
    }
    return ["data": .array(data)]
  }

  // MARK: Names

  func renamable(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let position = EditorText.position(parameters["position"], in: file.source),
      let range = file.renamable(at: position)
    else { return .null }
    return EditorText.range(range, in: file.source)
  }

  func renaming(_ parameters: JSONValue) throws(OpenFile.NotRenamed) -> JSONValue {
    guard let uri = EditorText.string(parameters["textDocument"]?["uri"]), let file = files[uri],
      let position = EditorText.position(parameters["position"], in: file.source),
      let new = EditorText.string(parameters["newName"])
    else { return .null }
    let neighbours = neighbours(of: uri)
    let renaming = try file.renaming(at: position, to: new, in: neighbours.map(\.file))
    func edits(_ places: [SourceRange], in source: SourceFile) -> JSONValue {
      .array(places.map { ["range": EditorText.range($0, in: source), "newText": .string(new)] })
    }
    var changes = [JSONValue.Member(uri, edits(renaming.here, in: file.source))]
    for (path, places) in renaming.there {
      guard let neighbour = neighbours.first(where: { $0.file.path == path }) else { continue }
      changes.append(
        JSONValue.Member(neighbour.uri, edits(places, in: SourceFile(name: path, text: neighbour.file.text))))
    }
    return ["changes": .object(changes)]
  }

  /// The scenarios, notebooks and documents of a file's folder, as they stand in the editor where they are open there.
  private func neighbours(of uri: String) -> [(uri: String, file: OpenFile.Neighbour)] {
    let path = EditorText.path(uri)
    var texts: [(uri: String, file: OpenFile.Neighbour)] = []
    for (other, file) in files where other != uri {
      texts.append((other, OpenFile.Neighbour(path: file.source.name, text: file.source.text)))
    }
    guard let slash = path.lastIndex(of: "/") else { return texts }
    let known = Set(texts.map(\.file.path) + [path])
    let folder = String(path[..<slash])
    for ending in [".yaml", ".yml", ".md"] {
      guard let found = try? Files.list(folder, ending: ending) else { continue }
      for other in found.prefix(Self.mostNeighbours) where !known.contains(other) {
        guard let text = try? door.text(other, as: .source), text.utf8.count <= Self.longestNeighbour else { continue }
        texts.append((EditorText.uri(other), OpenFile.Neighbour(path: other, text: text)))
      }
    }
    return texts.sorted { $0.uri < $1.uri }
  }

  private static let mostNeighbours = 500
  /// Bytes; a register is no text in which somebody calls names.
  private static let longestNeighbour = 1 << 20

  // MARK: Layout

  func layout(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let text = file.tidy else { return [] }
    let lines = OpenFile.lines(file.source.text).count
    let end: JSONValue = ["line": .int(Int64(lines)), "character": 0]
    return [["range": ["start": ["line": 0, "character": 0], "end": end], "newText": .string(text)]]
  }

  // MARK: What comes of it

  /// What examples come to, and cells when they were last run, beside the lines that they begin on.
  func lenses(_ file: OpenFile, _ parameters: JSONValue) -> JSONValue {
    guard let uri = EditorText.string(parameters["textDocument"]?["uri"]) else { return [] }
    let run = Text("Run", zh: "运行")
    var lenses = file.exampleOutcomes.map { ($0.line, $0.text) }
    let outcomes = runs[uri] ?? []
    for line in file.cellLines {
      let outcome = outcomes.first { $0.line == line }?.text
      lenses.append((line, outcome.map { Text("\(run.en) · \($0.en)", zh: "\(run.zh) · \($0.zh)") } ?? run))
    }
    return .array(
      lenses.map { line, title in
        let start = Position(line: line, column: 1)
        let range = SourceRange(source: file.source, start: start, end: start)
        return [
          "range": EditorText.range(range, in: file.source),
          "command": [
            "title": .string(title.in(language)), "command": "cesuan.run", "arguments": [.string(uri)],
          ],
        ]
      })
  }

  /// `cesuan.run`: plays a notebook, or checks a document again, and says what came of it.
  func carryOut(_ parameters: JSONValue) -> JSONValue? {
    guard parameters["command"] == "cesuan.run", case .array(let arguments)? = parameters["arguments"],
      let uri = EditorText.string(arguments.first), let file = files[uri]
    else { return nil }
    let outcomes = file.kind == .notebook ? file.run() : file.exampleOutcomes
    if file.kind == .notebook { runs[uri] = outcomes }
    if asksAgain {
      send((["jsonrpc": "2.0", "id": "lenses", "method": "workspace/codeLens/refresh"] as JSONValue).line)
    }
    return .array(
      outcomes.map { ["line": .int(Int64($0.line - 1)), "text": .string($0.text.in(language))] })
  }
}
