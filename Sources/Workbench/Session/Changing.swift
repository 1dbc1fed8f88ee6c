// Commands that change what a session knows: load, use, set, reset, undo, redo; and those about its history.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Session {
  /// Reads a scenario and makes it the present one. A file with errors leaves the session as it was.
  func load(_ file: Written, name: Written?, _ command: Command) throws(Refusal) -> Answer {
    let (read, diagnostics) = try read(file, name: name?.raw)
    return try take(read, diagnostics, name: name, path: read.path, by: command.text)
  }

  /// Makes a scenario the present one.
  func take(_ scenario: LoadedScenario, _ diagnostics: [Diagnostic], name: Written?, path: String, by command: String)
    throws(Refusal) -> Answer
  {
    var read = scenario
    // The same file again replaces what was read from it before; another of the same name gets a number.
    func isTaken(_ name: String) -> Bool { state.scenarios.contains { $0.name == name && $0.path != path } }
    if isTaken(read.name) {
      if let name { throw Refusal(.sameScenario(name.raw), at: name.location) }
      var number = 2
      while isTaken("\(read.name)-\(number)") { number += 1 }
      read = read.named("\(read.name)-\(number)")
    }
    let loaded = read
    let wanted = loaded.name
    var next = state
    next.scenarios.removeAll { $0.name == wanted }
    next.scenarios.append(loaded)
    next.current = wanted
    log.change(next, by: command)
    last = nil
    return Answer(
      ScenarioView.summary(loaded, documents: defaultDocuments(loaded)), json: [ScenarioView.json(loaded)],
      diagnostics: diagnostics)
  }

  /// Reads a scenario with its values and readings.
  func read(_ file: Written, name: String? = nil) throws(Refusal) -> (LoadedScenario, [Diagnostic]) {
    if ["md", "markdown"].contains(Files.ending(file.raw)) {
      throw Refusal(.notAScenario(file.raw), at: file.location)
    }
    var reader = ScenarioReader(dictionary: dictionary, places: library.places)
    reader.threads = threads
    if preferences.isOn(.cache) {
      reader.cache = cacheFolder.map { ColumnCache(folder: $0, version: ProgramVersion.number) }
    }
    reader.control = WorkControl(isCancelled: isCancelled, progress: progress)
    let reading = reader.read(path: path(file.raw))
    if isCancelled() { throw Refusal(.interrupted, at: nil) }
    return try understood(
      reading, name: name ?? Files.stem(file.raw), path: keepsWholePaths ? path(file.raw) : file.raw)
  }

  /// What was read, with the scenario's own settings understood.
  func understood(_ reading: ScenarioReader.Outcome, name: String, path: String) throws(Refusal) -> (
    LoadedScenario, [Diagnostic]
  ) {
    guard let scenario = reading.scenario else { throw Refusal(reading.diagnostics) }
    let (settings, problems) = understand(scenario)
    if problems.contains(where: { $0.severity == .error }) { throw Refusal(reading.diagnostics + problems) }
    let loaded = LoadedScenario(
      name: name, path: path, scenario: scenario, serial: nextSerial(), settings: settings)
    return (loaded, reading.diagnostics + problems)
  }

  /// A scenario's own documents, values and readings, and what is wrong with them.
  private func understand(_ scenario: Scenario) -> ([Setting], [Diagnostic]) {
    var problems: [Diagnostic] = []
    var documents: [CheckedDocument] = []
    if let ids = scenario.documents {
      for id in ids {
        if let document = library.document(id) {
          documents.append(document)
        } else {
          let known = library.ids
          problems.append(
            Mistake.unknownDocument(id, nearest: Nearest.names(to: id, among: known), all: known)
              .diagnostic(at: ScenarioText.location(of: id, after: "documents", in: scenario.source)))
        }
      }
    } else if !scenario.values.isEmpty || !scenario.readings.isEmpty {
      documents = library.inForce(in: scenario.district)
    }
    var settings: [Setting] = []
    for (stated, isReading) in scenario.values.map({ ($0, false) }) + scenario.readings.map({ ($0, true) }) {
      do {
        settings.append(
          try library.setting(
            stated.name, stated.value, in: documents, wanted: isReading ? .readings : .values,
            nameLocation: stated.location,
            valueLocation: stated.location))
      } catch {
        problems += error.diagnostics
      }
    }
    return (settings, problems)
  }

  func use(_ name: Written, _ command: Command) throws(Refusal) -> Answer {
    let names = state.scenarios.map(\.name)
    guard let wanted = names.first(where: { $0 == name.raw || $0 == name.text }) ?? only(names, beginning: name.text),
      let scenario = state.scenarios.first(where: { $0.name == wanted })
    else { throw Refusal(.unknownScenario(name.raw, names), at: name.location) }
    var next = state
    next.current = wanted
    log.change(next, by: command.text)
    last = nil
    return Answer(
      ScenarioView.summary(scenario, documents: defaultDocuments(scenario)), json: [ScenarioView.json(scenario)])
  }

  func only(_ names: [String], beginning: String) -> String? {
    let found = names.filter { $0.hasPrefix(beginning) && !beginning.isEmpty }
    return found.count == 1 ? found.first : nil
  }

  func set(_ assignments: [Assignment], _ command: Command) throws(Refusal) -> Answer {
    let preferred = assignments.compactMap { one in preference(one.name).map { ($0, one.value) } }
    if preferred.count == assignments.count { return try prefer(preferred) }
    let settings = try understand(assignments.filter { preference($0.name) == nil }, in: nearDocuments)
    let told = preferred.isEmpty ? nil : try prefer(preferred)
    var next = state
    var lines: [[Span]] = []
    var json: [JSONValue] = []
    for setting in settings {
      let before = SettingView.current(setting.target, next, library.places)
      next.set(setting)
      let after = SettingView.current(setting.target, next, library.places)
      lines.append(SettingView.line(setting.target, after, before: before))
      json.append([
        "kind": "setting", "name": .string(setting.target.id), "value": .string(after.en),
        "before": .string(before.en),
      ])
    }
    log.change(next, by: command.text)
    return Answer(Document([.lines(lines)]) + (told?.document ?? .empty), objects: json + (told?.json ?? []))
  }

  func reset(_ command: Command) -> Answer {
    var next = state
    let count = next.settings.count
    next.settings = []
    log.change(next, by: command.text)
    return Answer(
      Document([
        .paragraph([
          Span(Count.text(count, "setting", zh: "项设定")), Span(" forgotten; ", zh: "已清除；"), .command("undo"),
          Span(" brings them back.", zh: " 可恢复。"),
        ])
      ]), json: [["kind": "reset", "settings": .int(Int64(count))]])
  }

  func undo(_ count: Int) throws(Refusal) -> Answer {
    let commands = log.undo(count)
    if commands.isEmpty { throw Refusal(.nothingToUndo, at: nil) }
    forgetRunOfOtherScenario()
    return moved(commands, Text("Undone: ", zh: "已撤销："), kind: "undo")
  }

  func redo(_ count: Int) throws(Refusal) -> Answer {
    let commands = log.redo(count)
    if commands.isEmpty { throw Refusal(.nothingToRedo, at: nil) }
    forgetRunOfOtherScenario()
    return moved(commands, Text("Done again: ", zh: "已重做："), kind: "redo")
  }

  private func forgetRunOfOtherScenario() {
    if last?.scenario.name != state.current { last = nil }
  }

  private func moved(_ commands: [String], _ word: Text, kind: String) -> Answer {
    let lines = commands.map { [Span(word, .muted), Span.data($0, .code)] }
    return Answer(
      Document([.lines(lines)]), json: [["kind": .string(kind), "commands": .strings(commands)]])
  }

  func history() -> Answer {
    let rows = log.steps.enumerated().map { i, step in
      Table.Row(
        [
          .integer(Int64(i + 1)), .data(step.command, .code),
          .text(i < log.depth ? Text("holds", zh: "有效") : Text("undone", zh: "已撤销"), .muted),
        ], role: i < log.depth ? nil : .muted)
    }
    let table = Table(
      title: Text("Steps of this session", zh: "本次会话的步骤"),
      columns: [
        Table.Column(Text("Step", zh: "步"), .right, .essential, key: "step"),
        Table.Column(Text("Command", zh: "命令"), .left, .essential, key: "command"),
        Table.Column(Text("State", zh: "状态"), key: "state"),
      ], rows: rows)
    let steps: [JSONValue] = log.steps.enumerated().map { i, step in
      ["step": .int(Int64(i + 1)), "command": .string(step.command), "holds": .bool(i < log.depth)]
    }
    return Answer(Document([.table(table)]), json: [["kind": "history", "steps": .array(steps)]])
  }

  func save(_ file: Written) throws(Refusal) -> Answer {
    let script = log.script.map { $0.contains("\n") ? $0 : $0 + "\n" }
    let text = "# cesuan\n" + script.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined()
    try put(text, into: file)
    return Answer(
      Document([
        .paragraph([
          Span(Text("Saved \(script.count) commands in ", zh: "已把 \(script.count) 条命令存入 ")), .data(file.raw, .name),
          Span(Text("; `source` carries them out again.", zh: "；用 `执行` 可重新执行。")),
        ])
      ]), json: [["kind": "saved", "file": .string(file.raw), "commands": .int(Int64(script.count))]])
  }

  func speak(_ language: Language) -> Answer {
    self.language = language
    preferences.languageSource = (.session, "")
    var answer = Answer(
      Document([.paragraph(Text("Answers are in English now.", zh: "此后用中文回答。"))]),
      json: [["kind": "language", "language": .string(language.rawValue)]])
    answer.language = language
    return answer
  }
}

/// Where something stands in a scenario's file.
enum ScenarioText {
  /// The first place of a word from the line on which a key stands.
  static func location(of word: String, after key: String, in source: SourceFile) -> SourceRange {
    let lines = source.lines
    var isAfter = false
    for number in 1...max(lines.count, 1) {
      guard let line = lines.line(number) else { break }
      if line.hasPrefix(key) { isAfter = true }
      guard isAfter else { continue }
      let characters = Array(line)
      let wanted = Array(word)
      guard !wanted.isEmpty, characters.count >= wanted.count else { continue }
      for start in 0...(characters.count - wanted.count) where characters[start..<(start + wanted.count)] == wanted[...]
      {
        return SourceRange(
          source: source, start: Position(line: number, column: start + 1),
          end: Position(line: number, column: start + 1 + wanted.count))
      }
    }
    let start = Position(line: 1, column: 1)
    return SourceRange(source: source, start: start, end: start)
  }
}
