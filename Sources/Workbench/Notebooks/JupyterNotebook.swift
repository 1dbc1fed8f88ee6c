// A notebook as Jupyter keeps it, and back: prose and commands as cells, answers as they stand in the file. Nothing is
// run. What only a notebook of this program has (the head, the options of a cell, fingerprints, facts and rules in
// fences) is kept beside the cells or as prose, so that the way back gives the same file. Knows nothing of disks.

import Answers
import Diagnostics
import View

/// A notebook of Jupyter, version 4.5 of its format.
struct JupyterNotebook {
  enum Cell: Equatable {
    case prose(String)
    case code(Code)
  }

  /// A cell of commands with its answer.
  struct Code: Equatable {
    /// What stood on the line that opened the fence, such as `cesuan name=first hidden`; nil: nothing but the word.
    var fence: String?
    let commands: String
    var outputs: [Output] = []
    /// Whether it stands for what the head loads.
    var isHead = false
  }

  /// One part of an answer.
  struct Output: Equatable {
    let text: String
    /// What the cell depended on; nil where the kernel wrote it.
    var fingerprint: String?
  }

  /// The lines between the marks of the head; nil where there is none.
  var head: String?
  var cells: [Cell] = []
  /// What the way there leaves undone, for people.
  var notes: [Diagnostic] = []
}

// MARK: There

extension JupyterNotebook {
  init(_ notebook: Notebook) {
    let bytes = notebook.bytes
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    if notebook.frontLines > 0 {
      let lines = text(0..<notebook.bodyStart).split(separator: "\n", omittingEmptySubsequences: false)
      head = lines.dropFirst().dropLast(2).map { $0 + "\n" }.joined()
      addHead(notebook)
    }
    var at = notebook.bodyStart
    for cell in notebook.cells {
      guard cell.kind == .commands, !cell.options.isExercise, cell.margin.isEmpty else { continue }
      addProse(text(at..<cell.range.lowerBound))
      let info = text(cell.range).prefix { !$0.isNewline }.drop { $0 == "`" || $0 == "~" }
      let fence = String(info).trimmingSpaces
      var code = Code(fence: fence == "cesuan" ? nil : fence, commands: cell.text)
      if let output = cell.output { code.outputs = [Output(text: output.text, fingerprint: output.fingerprint)] }
      cells.append(.code(code))
      at = cell.output?.range.upperBound ?? cell.range.upperBound
    }
    addProse(text(at..<bytes.count))
    let left = notebook.cells.count { $0.kind == .policy || $0.kind == .scenario }
    if left > 0 { notes.append(Diagnostic(.note, code: "cells-as-text", Self.leftAsText(left))) }
    if !notebook.front.parameters.isEmpty {
      notes.append(Diagnostic(.note, code: "parameters-as-written", Self.parametersAsWritten))
    }
  }

  private static func leftAsText(_ count: Int) -> Text {
    Text(
      "\(count == 1 ? "one cell" : "\(count) cells") of facts or rules became prose, which Jupyter does not carry out",
      zh: "\(count) 个情景或政策单元格成了正文，Jupyter 不会执行")
  }

  private static let parametersAsWritten = Text(
    "parameters stand in the commands as they are written; Jupyter does not fill them in",
    zh: "命令中的参数照原样保留，Jupyter 不会代入数值")

  /// The files that the head names, loaded by a cell.
  private mutating func addHead(_ notebook: Notebook) {
    guard !notebook.front.scenarios.isEmpty else { return }
    let isChinese = notebook.front.language == .zh
    let lines = notebook.front.scenarios.map { file in
      let path = file.file.contains("\"") ? file.file : "\"\(file.file)\""
      let name = file.name.map { (isChinese ? " 作为 " : " as ") + $0 } ?? ""
      return (isChinese ? "加载 " : "load ") + path + name + "\n"
    }
    cells.append(.code(Code(commands: lines.joined(), isHead: true)))
  }

  private mutating func addProse(_ text: String) {
    let text = Self.withoutBlankEnds(text)
    if !text.isEmpty { cells.append(.prose(text)) }
  }

  /// A text without empty lines before and behind it, ending in a line feed.
  private static func withoutBlankEnds(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" } }
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    lines = Array(lines.drop(while: isBlank))
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// The file.
  var json: JSONValue {
    var own: [JSONValue.Member] = []
    if let head { own.append(JSONValue.Member("head", .string(head))) }
    return [
      "cells": .array(cells.enumerated().map { Self.json($1, number: $0 + 1) }),
      "metadata": [
        "kernelspec": ["display_name": "Cesuan 测算", "language": "cesuan", "name": "cesuan"],
        "language_info": ["name": "cesuan", "file_extension": ".cesuan", "mimetype": "text/x-cesuan"],
        "cesuan": .object(own),
      ],
      "nbformat": 4, "nbformat_minor": 5,
    ]
  }

  private static func json(_ cell: Cell, number: Int) -> JSONValue {
    let id = JSONValue.string("cell-\(number)")
    switch cell {
    case .prose(let text):
      return ["cell_type": "markdown", "id": id, "metadata": [:], "source": lines(text)]
    case .code(let code):
      var metadata: [JSONValue.Member] = []
      var own: [JSONValue.Member] = []
      if let fence = code.fence { own.append(JSONValue.Member("fence", .string(fence))) }
      if code.isHead { own.append(JSONValue.Member("head", .bool(true))) }
      if !own.isEmpty { metadata.append(JSONValue.Member("cesuan", .object(own))) }
      let isHidden = code.fence?.split(separator: " ").contains { $0 == "hidden" || $0 == "隐藏" } ?? false
      if isHidden { metadata.append(JSONValue.Member("jupyter", ["source_hidden": true])) }
      return [
        "cell_type": "code", "execution_count": nil, "id": id, "metadata": .object(metadata),
        "outputs": .array(
          code.outputs.map { output in
            let own = output.fingerprint.map { JSONValue.object([JSONValue.Member("fingerprint", .string($0))]) }
            return [
              "data": ["text/plain": lines(output.text)], "metadata": own.map { ["cesuan": $0] } ?? [:],
              "output_type": "display_data",
            ]
          }), "source": lines(code.commands),
      ]
    }
  }

  /// A text as Jupyter keeps it: a list of its lines, the last without its end.
  private static func lines(_ text: String) -> JSONValue {
    let text = text.hasSuffix("\n") ? String(text.dropLast()) : text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return .strings(lines.enumerated().map { $0 < lines.count - 1 ? $1 + "\n" : $1 })
  }
}

// MARK: And back

/// Why a file is no notebook of Jupyter that can be taken.
enum JupyterMistake: Error {
  case noJSON(JSONMistake)
  case noNotebook
  /// A version of the format that is not read.
  case version(Int64)
  /// A cell without a type or a source.
  case cell(Int)

  func diagnostic(_ source: SourceFile) -> Diagnostic {
    switch self {
    case .noJSON(let mistake):
      .error(
        "no-json", Text("no JSON: \(mistake.message.en)", zh: "不是 JSON：\(mistake.message.zh)"),
        at: source.location(fromUTF8: mistake.offset, to: mistake.offset + 1))
    case .noNotebook:
      .error(
        "no-notebook", Text("`\(source.name)` is no notebook of Jupyter", zh: "`\(source.name)` 不是 Jupyter 笔记本"),
        hint: Text("it has `nbformat` and a list `cells`", zh: "Jupyter 笔记本应有 `nbformat` 和 `cells` 列表"))
    case .version(let version):
      .error(
        "notebook-version",
        Text("`\(source.name)` has version \(version) of the format", zh: "`\(source.name)` 的格式版本是 \(version)"),
        hint: Text("version 4 is read; Jupyter saves it so", zh: "可读版本 4，在 Jupyter 中另存即可"))
    case .cell(let number):
      .error(
        "no-notebook",
        Text("cell \(number) has no type or no text", zh: "第 \(number) 个单元格缺少类型或内容"))
    }
  }
}

extension JupyterNotebook {
  init(json text: String) throws(JupyterMistake) {
    let value: JSONValue
    do { value = try JSONValue(json: text) } catch { throw .noJSON(error) }
    guard case .int(let version)? = value["nbformat"], case .array(let entries)? = value["cells"] else {
      throw .noNotebook
    }
    guard version == 4 else { throw .version(version) }
    if case .string(let head)? = value["metadata"]?["cesuan"]?["head"] { self.head = head }
    for (i, entry) in entries.enumerated() {
      guard case .string(let type)? = entry["cell_type"], let source = Self.text(entry["source"]) else {
        throw .cell(i + 1)
      }
      let body = source.isEmpty || source.hasSuffix("\n") ? source : source + "\n"
      guard type == "code" else {
        addProse(body)
        continue
      }
      let own = entry["metadata"]?["cesuan"]
      if case .bool(true)? = own?["head"] { continue }
      var code = Code(commands: body)
      if case .string(let fence)? = own?["fence"], !fence.contains(where: \.isNewline) { code.fence = fence }
      if case .array(let outputs)? = entry["outputs"] { code.outputs = outputs.compactMap(Self.output) }
      if !body.isEmpty { cells.append(.code(code)) }
    }
  }

  /// A text that is one, or a list of its lines.
  private static func text(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text): return text
    case .array(let lines):
      var out = ""
      for line in lines {
        guard case .string(let line) = line else { return nil }
        out += line
      }
      return out
    default: return nil
    }
  }

  /// What an output says as plain text; nil where it says nothing so.
  private static func output(_ value: JSONValue) -> Output? {
    let told: String?
    switch value["output_type"] {
    case "stream": told = text(value["text"])
    case "error":
      guard case .array(let lines)? = value["traceback"] else { return nil }
      told = lines.compactMap { if case .string(let line) = $0 { line + "\n" } else { nil } }.joined()
    default: told = text(value["data"]?["text/plain"])
    }
    guard let told, !told.isEmpty else { return nil }
    var output = Output(text: told.hasSuffix("\n") ? told : told + "\n")
    if case .string(let print)? = value["metadata"]?["cesuan"]?["fingerprint"],
      print.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    {
      output.fingerprint = print
    }
    return output
  }

  /// The notebook as Markdown.
  var markdown: String {
    var parts: [String] = []
    if let head { parts.append("---\n\(head)---\n") }
    for cell in cells {
      switch cell {
      case .prose(let text): parts.append(text)
      case .code(let code):
        parts.append(Self.fenced(code.commands, code.fence ?? "cesuan"))
        guard !code.outputs.isEmpty else { continue }
        let info = code.outputs.count == 1 ? code.outputs[0].fingerprint.map { " " + $0 } ?? "" : ""
        parts.append(Self.fenced(code.outputs.map(\.text).joined(), "output" + info))
      }
    }
    return parts.joined(separator: "\n")
  }

  private static func fenced(_ text: String, _ info: String) -> String {
    let mark = String(repeating: "`", count: max(3, Fence.longestRun(text) + 1))
    return mark + info + "\n" + text + (text.hasSuffix("\n") || text.isEmpty ? "" : "\n") + mark + "\n"
  }
}
