// A session as a notebook, and a notebook played into a session. Knows nothing of the command line.

import Commands
import Diagnostics
import PolicyLanguage
import View

/// `save session into FILE.md`
enum SaveWord {
  static func isSession(_ word: String) -> Bool { ["session", "会话", "本次会话"].contains(word.lowercased()) }
}

extension Session {
  /// Writes the steps that hold as a notebook, undone ones dropped.
  func saveNotebook(into file: Written) throws(Refusal) -> Answer {
    let commands = log.script.filter { !$0.isEmpty }
    let depth =
      file.raw.hasPrefix("/") || file.raw.hasPrefix("~")
      ? nil : file.raw.split(separator: "/").dropLast().filter { $0 != "." }
    let isChinese = language == .zh
    let title = state.scenario.map { Text.halves($0.scenario.title).in(language) } ?? (isChinese ? "会话" : "A session")
    var text =
      "---\ntitle: \(SessionText.quoted(title))\nlanguage: \(language.rawValue)\n---\n\n# \(SessionText.heading(title))\n"
    for command in commands {
      let moved = SessionText.moved(command, up: depth?.count ?? 0, isAbsolute: depth == nil)
      let mark = String(repeating: "`", count: max(3, Fence.longestRun(moved) + 1))
      text += "\n\(mark)cesuan\n\(moved)\(moved.hasSuffix("\n") ? "" : "\n")\(mark)\n"
    }
    try put(text, into: file)
    var answer = Answer(
      Document([
        .paragraph([
          Span(Text("Saved \(commands.count) commands as a notebook in ", zh: "已把 \(commands.count) 条命令存成笔记本 ")),
          .data(file.raw, .name),
          Span("; ", zh: "；"), .command("cesuan run --write \(file.raw)"), Span(" puts the answers in.", zh: " 可写入输出。"),
        ])
      ]), objects: [["kind": "saved", "file": .string(file.raw), "commands": .int(Int64(commands.count))]])
    answer.isWritten = true
    return answer
  }

  /// `translate FILE to zh`
  func translate(_ file: Written, to language: Language, into other: Written?) throws(Refusal) -> Answer {
    let notebook: Notebook
    do { notebook = try NotebookFile.read(path(file.raw)) } catch {
      throw Refusal(.unreadable(file.raw, error.reason), at: file.location)
    }
    let problems = notebook.diagnostics.filter { $0.severity == .error }
    if !problems.isEmpty { throw Refusal(problems) }
    let bytes = NotebookTranslation.bytes(notebook, to: language)
    if let other {
      try put(String(decoding: bytes, as: UTF8.self), into: other)
    } else if mayWrite, bytes != notebook.bytes {
      do {
        guard try Files.replace(path(file.raw), notebook.bytes, with: bytes) else {
          throw Refusal([NotebookMistake.changedMeanwhile.diagnostic(at: file.location)])
        }
      } catch let error as Files.Failure {
        throw Refusal(.unwritable(file.raw, error.reason), at: file.location)
      } catch {
        throw (error as? Refusal) ?? Refusal([])
      }
    }
    let target = other ?? file
    var answer = Answer(
      Document([
        .paragraph([
          Span("The commands are translated in ", zh: "命令已翻译，写入 "), .data(target.raw, .name), Span(".", zh: "。"),
        ])
      ]),
      objects: [["kind": "translated", "file": .string(target.raw), "language": .string(language.rawValue)]])
    answer.isWritten = true
    return answer
  }

  /// Plays every cell of a notebook in this session; attempts and answers of exercises are passed over.
  func playNotebook(_ notebook: Notebook, sink: (Answer) -> Bool) {
    let problems = notebook.diagnostics.filter { $0.severity == .error }
    if !problems.isEmpty {
      _ = sink(.failure(problems))
      return
    }
    let (outer, kept) = (folder, keepsWholePaths)
    defer { (folder, keepsWholePaths) = (outer, kept) }
    if let whole = Files.whole(notebook.source.name), let slash = whole.lastIndex(of: "/") {
      folder = String(whole[...slash])
    } else {
      folder = notebook.folder
    }
    keepsWholePaths = true
    var values: [String: String] = [:]
    for parameter in notebook.front.parameters { values[parameter.name] = parameter.byDefault }
    for scenario in notebook.front.scenarios {
      let location = scenario.location ?? notebook.source.location(fromUTF8: 0, to: 0)
      let file = Written(text: scenario.file, raw: scenario.file, location: location)
      let name = scenario.name.map { Written(text: $0, raw: $0, location: location) }
      let answer = perform(
        Command(LoadCommand(file: file, name: name), text: "load \"\(path(scenario.file))\"", location: location))
      if !sink(answer) || answer.failed { return }
    }
    for cell in notebook.cells where !cell.options.isExercise && cell.kind != .answer {
      var goesOn = true
      switch cell.kind {
      case .answer: break
      case .scenario:
        goesOn = sink(loadScenario(cell.text, name: cell.options.name, source: notebook.source, line: cell.line + 1))
      case .policy:
        let answer = take(policy: cell, of: notebook)
        goesOn = sink(answer) && !answer.failed
      case .commands:
        var isWanted = true
        let source = SourceFile(name: notebook.source.name, text: ParameterText.filled(cell.text, values))
        let allWell = play(source, echo: true) { answer in
          var answer = answer
          answer.diagnostics = answer.diagnostics.map { $0.moved(from: source, to: notebook.source, by: cell.line) }
          if cell.options.expectsError { answer.failed = false }
          isWanted = sink(answer)
          return isWanted
        }
        goesOn = isWanted && (allWell || cell.options.expectsError)
      }
      if !goesOn { return }
    }
  }
}

extension Diagnostic {
  /// The same with its place so many lines further down in another text.
  func moved(from source: SourceFile, to other: SourceFile, by lines: Int) -> Diagnostic {
    guard let location, location.source === source else { return self }
    func moved(_ position: Position) -> Position { Position(line: position.line + lines, column: position.column) }
    return Diagnostic(
      severity, code: code, message, hint: hint,
      at: SourceRange(source: other, start: moved(location.start), end: moved(location.end)))
  }
}

enum SessionText {
  /// A title for YAML.
  static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\" + String($0) : $0.isNewline ? " " : String($0) }.joined() + "\""
  }

  /// A title for a heading, in which nothing is markup.
  static func heading(_ text: String) -> String {
    MarkdownRenderer(language: .en).render(Document([.paragraph([.data(text)])])).trimmingSpaces
  }

  /// A command that loads a file, from a folder so much deeper.
  static func moved(_ command: String, up: Int, isAbsolute: Bool) -> String {
    let source = SourceFile(name: "", text: command)
    guard let parsed = WorkbenchCommands.parser.parse(source).first?.command,
      let file = (parsed.request as? LoadCommand)?.file,
      !file.raw.hasPrefix("/"), !file.raw.hasPrefix("~"), up > 0 || isAbsolute,
      let start = command.firstRange(of: file.raw)
    else { return command }
    let path = isAbsolute ? Files.whole(file.raw) ?? file.raw : String(repeating: "../", count: up) + file.raw
    return String(command[..<start.lowerBound]) + path + String(command[start.upperBound...])
  }
}
