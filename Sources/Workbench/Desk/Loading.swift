// Scenarios into a session: read, understood with their own values and readings, and made the present one. Knows
// nothing of how they are asked for.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions

extension Desk {
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
    return ScenarioAnswer.answer(loaded, documents: defaultDocuments(loaded), diagnostics)
  }

  /// Reads a scenario with its values and readings.
  func read(_ file: Written, name: String? = nil) throws(Refusal) -> (LoadedScenario, [Diagnostic]) {
    if ["md", "markdown"].contains(Files.ending(file.raw)) {
      throw Refusal(.notAScenario(file.raw), at: file.location)
    }
    let register = RegisterSurvey.parts(of: file.raw).file
    if ["xlsx", "xlsm", "xls", "csv", "tsv", "et", "ods", "xlsb"].contains(Files.ending(register)) {
      throw Refusal([
        .error(
          "a-register",
          Text("`\(file.raw)` is a register, not a scenario", zh: "`\(file.raw)` 是台账，不是情景"),
          hint: Text(
            "make a scenario of it: `import \(ImportCommand.spelled(file.raw)) in 350112`, with your district",
            zh: "请先由它生成情景：`导入 \(ImportCommand.spelled(file.raw)) 在 350112`（换成您的区县）"),
          at: file.location)
      ])
    }
    let path = path(file.raw)
    if let barrier = door.barrier(reading: path) {
      throw Refusal(.barred(file.raw, barrier, isWriting: false), at: file.location)
    }
    let reading = scenarioReader().read(path: path)
    if isCancelled() { throw Refusal(.interrupted, at: nil) }
    return try understood(
      reading, name: name ?? Files.stem(file.raw), path: keepsWholePaths ? path : file.raw)
  }

  /// What reads scenarios and the files that they name, through the session's door.
  func scenarioReader() -> ScenarioReader {
    var reader = ScenarioReader(dictionary: dictionary, places: library.places)
    reader.threads = threads
    if preferences.isOn(.cache) {
      reader.cache = cacheFolder.map { ColumnCache(folder: $0, version: ProgramVersion.number) }
    }
    reader.barred = { [door] in door.barred($0) }
    reader.control = WorkControl(isCancelled: isCancelled, progress: progress)
    return reader
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
    } else if !scenario.values.isEmpty || !scenario.readings.isEmpty || !scenario.assumptions.isEmpty {
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
    if !scenario.assumptions.isEmpty {
      var base = RunSettings()
      base.asOf = scenario.asOf
      for setting in settings { base.apply(setting) }
      let reading = AssumptionReading(library, documents, scenario.dataset, base)
      for stated in scenario.assumptions {
        do {
          settings.append(try reading.setting(stated.text, at: stated.location))
        } catch {
          problems += error.diagnostics
        }
      }
    }
    return (settings, problems)
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
