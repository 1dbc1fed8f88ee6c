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
    if ["docx", "doc", "pptx", "pdf", "png", "jpg", "jpeg", "gif", "zip", "html", "htm"].contains(
      Files.ending(file.raw))
    {
      throw Refusal([
        .error(
          "not-a-scenario", Text("`\(file.raw)` is no scenario", zh: "`\(file.raw)` 不是情景"),
          hint: Text(
            "a scenario is a text (.yaml): `new scenario FILE.yaml` makes one, and `import` one of a register",
            zh: "情景是 .yaml 文本文件：“新建情景 文件.yaml”写出空白情景，“导入”由台账生成"), at: file.location)
      ])
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
    guard let scenario = reading.scenario else { throw Refusal(reading.diagnostics.map(placed)) }
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
        } else if let entry = library.entry(id) {
          problems += entry.diagnostics.filter { $0.severity == .error }
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
    var settings: [(setting: Setting, stated: Scenario.Setting)] = []
    for (stated, isReading) in scenario.values.map({ ($0, false) }) + scenario.readings.map({ ($0, true) }) {
      let wanted = isReading ? Wanted.readings : .values
      do {
        let setting = try library.setting(
          stated.name, stated.value, in: documents, wanted: wanted, nameLocation: stated.nameLocation,
          valueLocation: stated.location)
        if let i = settings.firstIndex(where: { $0.setting.target.id == setting.target.id }) {
          // Of two names for one setting the longer says it more closely.
          let isCloser = stated.name.parts > settings[i].stated.name.parts
          problems += [twice(settings[i].stated, stated, setting.value == settings[i].setting.value)].compactMap(\.self)
          if isCloser { settings[i] = (setting, stated) }
        } else {
          settings.append((setting, stated))
        }
      } catch {
        problems += misplaced(stated, documents, wanted).map { [$0] } ?? error.diagnostics
      }
    }
    var understood = settings.map(\.setting)
    if !scenario.assumptions.isEmpty {
      var base = RunSettings()
      base.asOf = scenario.asOf
      for setting in understood { base.apply(setting) }
      let reading = AssumptionReading(library, documents, scenario.dataset, base)
      var assumed: [(setting: Setting, stated: String, at: SourceRange?)] = []
      for stated in scenario.assumptions {
        do {
          let setting = try reading.setting(stated.text, at: stated.location)
          if let first = assumed.first(where: {
            $0.setting.target.id == setting.target.id && $0.setting.value != setting.value
          }) {
            problems.append(Desk.assumedTwice(first.stated, first.at, stated.text, stated.location))
          }
          assumed.append((setting, stated.text, stated.location))
          understood.append(setting)
        } catch {
          problems += error.diagnostics
        }
      }
    }
    return (understood, problems)
  }

  /// What is to be said of one thing that is assumed in two ways.
  private static func assumedTwice(
    _ first: String, _ firstAt: SourceRange?, _ second: String, _ at: SourceRange?
  ) -> Diagnostic {
    let line = firstAt.map { $0.start.line } ?? 0
    return .error(
      "set-twice",
      Text(
        "`\(second)` assumes otherwise what `\(first)` in line \(line) does",
        zh: "`\(second)` 与第 \(line) 行的 `\(first)` 是同一项测算假定，取值却不同"),
      hint: Text("keep one of them", zh: "请只保留一个"), at: at)
  }

  /// What is to be said of one setting under two names; nil where both say the same.
  private func twice(_ first: Scenario.Setting, _ second: Scenario.Setting, _ isSame: Bool) -> Diagnostic? {
    guard !isSame else { return nil }
    let names = [first.name, second.name]
    let line = first.nameLocation.map { $0.start.line } ?? 0
    let message = Text(
      "`\(names[1])` is the same setting as `\(names[0])` in line \(line), with another answer",
      zh: "`\(names[1])` 与第 \(line) 行的 `\(names[0])` 是同一设定，取值却不同")
    guard names[0].parts == names[1].parts else {
      let closer = names[0].parts > names[1].parts ? names[0] : names[1]
      return Diagnostic(
        .warning, code: "set-twice", message,
        hint: Text("`\(closer)` is taken; remove the other", zh: "已取 `\(closer)`；请删去另一个"), at: second.nameLocation)
    }
    return .error(
      "set-twice", message, hint: Text("keep one of them", zh: "请只保留一个"), at: second.nameLocation)
  }

  /// Of a key that no scenario has and that is a reading or a figure: where it belongs.
  private func placed(_ problem: Diagnostic) -> Diagnostic {
    guard problem.code == "unknown-key", let name = problem.quoted else { return problem }
    let words = ["parameters", "parameter", "params", "settings", "set", "参数", "设定", "标准", "设"]
    if words.contains(name.lowercased()) {
      return Diagnostic(
        problem.severity, code: problem.code, problem.message,
        hint: Text(
          "figures that a document lays down are changed by a draft, or by `set NAME = VALUE`; choices stand below "
            + "`readings:`, values laid down elsewhere below `values:`",
          zh: "文件所定的标准用草案修改，或写“设 名称 = 值”；口径写在“口径:”之下，引用标准写在“引用标准:”之下"), at: problem.location)
    }
    let target: Settable
    switch library.resolve(name, in: library.documents) {
    case .found(let found): target = found
    case .ambiguous(let found):
      guard let first = found.first else { return problem }
      target = first
    case .unknown: return problem
    }
    let said = Desk.place(of: target, "…")
    return Diagnostic(
      problem.severity, code: problem.code,
      Text("\(problem.message.en); it \(said.what.en)", zh: "\(problem.message.zh)；它\(said.what.zh)"), hint: said.hint,
      at: problem.location)
  }

  /// What is to be said of a name that stands for something which no scenario sets, or not under this key.
  private func misplaced(_ stated: Scenario.Setting, _ documents: [CheckedDocument], _ wanted: Wanted) -> Diagnostic? {
    guard case .unknown = library.resolve(stated.name, in: documents, wanted: wanted),
      case .found(let target) = library.resolve(stated.name, in: documents)
    else { return nil }
    let (what, hint) = Desk.place(of: target, stated.value)
    return .error(
      "misplaced-setting", Text("`\(stated.name)` \(what.en)", zh: "`\(stated.name)` \(what.zh)"), hint: hint,
      at: stated.nameLocation)
  }

  /// What a name is that a scenario does not have there, and where it belongs.
  private static func place(of target: Settable, _ value: String) -> (what: Text, hint: Text) {
    let name = target.typedName
    let what: Text
    let hint: Text
    switch target {
    case .parameter:
      what = Text("is a parameter", zh: "是参数")
      hint = Text(
        "a draft or `set \(name.en) = \(value)` changes it", zh: "可用草案或 `设 \(name.zh) = \(value)` 修改")
    case .reading:
      what = Text("is a reading", zh: "是口径")
      hint = Text("write it below `readings:`", zh: "请写在 `readings:` 之下")
    case .value:
      what = Text("is a value laid down elsewhere", zh: "是引用标准")
      hint = Text("write it below `values:`", zh: "请写在 `values:` 之下")
    case .assumption:
      what = Text("is assumed", zh: "是假设")
      hint = Text("write it below `assume:`", zh: "请写在 `assume:` 之下")
    case .asOf, .mode, .budget, .programme:
      what = Text("is a setting of its own", zh: "是单独的设定")
      hint = Text("`set \(name.en) = \(value)` sets it", zh: "可用 `设 \(name.zh) = \(value)` 设定")
    }
    return (what, hint)
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

extension String {
  /// How many parts a setting's name has: `x`, `document.x`, `document.measure.x`.
  fileprivate var parts: Int { split(separator: ".").count }
}
