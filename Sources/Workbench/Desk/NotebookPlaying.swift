// A notebook played into a session, as `source` does. Knows nothing of the command line.

import Answers
import Commands
import Diagnostics
import PolicyLanguage
import Sessions
import View

extension Desk {
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
