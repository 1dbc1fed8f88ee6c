// From a command to a ledger: which documents, which scenario, which settings. The scenario's own settings come first,
// then what is set in the session, then what `with` says for the one command.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports

extension Session {
  /// The scenario that commands are about.
  /// - Parameter staysThere: whether the command does without the records that are read by an engine alone.
  package func scenario(at location: SourceRange?, staysThere: Bool = false) throws(Refusal) -> LoadedScenario {
    guard let scenario = state.scenario else { throw Refusal(.noScenario, at: location) }
    if !staysThere { try demandRecords(of: scenario, at: location) }
    return scenario
  }

  /// Refuses what asks for records that only an engine reads.
  func demandRecords(of scenario: LoadedScenario, at location: SourceRange?) throws(Refusal) {
    guard let (list, place) = scenario.scenario.elsewhere.min(by: { $0.key < $1.key }) else { return }
    let words = scenario.scenario.dataset.dictionary.list(list)?.title ?? .same(list)
    throw Refusal(.engine(.recordsStay(words, place.folder)), at: location)
  }

  // MARK: Programmes

  /// A document by its id, the beginning of one that only one has, its number or its title.
  package func document(_ name: Written) throws(Refusal) -> CheckedDocument {
    let ids = library.ids
    for text in [name.raw, name.text] {
      if ids.contains(text) {
        if let found = library.document(text) { return found }
        throw Refusal(library.entry(text)?.diagnostics ?? [])
      }
      let beginning = ids.filter { $0.hasPrefix(text) && !text.isEmpty }
      if let only = beginning.first, beginning.count == 1, let found = library.document(only) { return found }
      if beginning.count > 1 { throw Refusal(.ambiguousDocument(text, beginning, likeliest: nil), at: name.location) }
    }
    if let found = library.documents.first(where: {
      $0.number == name.raw || $0.title.en == name.raw || $0.title.zh == name.raw
    }) {
      return found
    }
    let placed = self.documents(of: name.raw)
    if let only = placed.first, placed.count == 1 { return only }
    if placed.count > 1 {
      throw Refusal(.ambiguousDocument(name.raw, placed.map(\.id), likeliest: latest(of: placed)), at: name.location)
    }
    throw Refusal(
      .unknownDocument(
        name.raw, nearest: Nearest.names(to: name.text, among: ids + state.drafts.map(\.name)),
        all: ids + state.drafts.map(\.name)),
      at: name.location)
  }

  private func latest(of documents: [CheckedDocument]) -> String? {
    documents.max { ($0.issued?.number ?? .min) < ($1.issued?.number ?? .min) }?.id
  }

  /// A programme in which a place stands for its latest document, where it has several; each is told.
  package func latest(_ programme: Programme) -> (Programme, told: [Diagnostic]) {
    var told: [Diagnostic] = []
    let names = programme.names.map { name -> Written in
      let placed = documents(of: name.raw)
      guard placed.count > 1, draft(named: name) == nil, !library.ids.contains(name.text),
        let id = latest(of: placed)
      else { return name }
      let others = placed.map(\.id).filter { $0 != id }.map { "`\($0)`" }
      told.append(
        Diagnostic(
          .note, code: "latest-document",
          Text("of \(name.raw) the latest document is taken, `\(id)`", zh: "\(name.raw)取最近印发的文件 `\(id)`"),
          hint: Text(
            "write \(others.joined(separator: " or ")) for the other",
            zh: "要用其他文件，请写 \(others.joined(separator: "、"))"),
          at: name.location))
      return Written(text: id, raw: id, location: name.location)
    }
    return (Programme(names: names), told)
  }

  /// The documents of a place, by its name or the beginning of it: 金东, 金东区; with the year of the document where
  /// there are several: 长乐2022, 长乐区2022年.
  func documents(of written: String) -> [CheckedDocument] {
    guard written.unicodeScalars.count >= 2, written.utf8.first.map({ $0 >= 0x80 }) == true else { return [] }
    let places = library.places
    let isYear = written.hasSuffix("年")
    let bare = isYear ? written.dropLast() : written[...]
    let digits = bare.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    let year = digits == 4 ? Int(bare.suffix(4)) : nil
    let place = year == nil ? written[...] : bare.dropLast(4)
    guard place.unicodeScalars.count >= 2 else { return [] }
    return library.documents.filter { document in
      year == nil || year == document.issued?.year
    }.filter { document in
      places.names.indices.contains(Int(document.jurisdiction))
        && places.names[Int(document.jurisdiction)].hasPrefix(place)
    }
  }

  /// A measure, duty or note by the end of its name, among documents and then among all.
  package func measure(_ name: Written, in documents: [CheckedDocument]) throws(Refusal) -> CheckedMeasure {
    try library.measure(name, in: documents)
  }

  /// The documents that a command means which names none: those of the scenario, or what is in force in its district.
  package func defaultDocuments(_ scenario: LoadedScenario) -> [CheckedDocument] {
    if let ids = scenario.scenario.documents { return ids.compactMap { library.document($0) } }
    return library.inForce(in: scenario.scenario.district)
  }

  /// The documents among whose names a setting is looked for first.
  package var nearDocuments: [CheckedDocument] { state.scenario.map { defaultDocuments($0) } ?? library.documents }

  // MARK: Settings

  /// Settings as written, understood; every mistake in them is told.
  package func understand(_ assignments: [Assignment], in documents: [CheckedDocument]) throws(Refusal) -> [Setting] {
    var settings: [Setting] = []
    var problems: [Diagnostic] = []
    var given: [String: String] = [:]
    for assignment in assignments {
      do throws(Refusal) {
        let setting = try library.setting(
          assignment.name.text, assignment.value.text, in: documents, nameLocation: assignment.name.location,
          valueLocation: assignment.value.location)
        // Of one figure that is given twice nobody knows which is meant.
        if let other = given.updateValue(assignment.name.raw, forKey: setting.target.id) {
          throw Refusal(.whatIf(.inputTwice(assignment.name.raw, other)), at: assignment.name.location)
        }
        settings.append(setting)
      } catch {
        problems += error.diagnostics
      }
    }
    if !problems.isEmpty { throw Refusal(problems) }
    return settings
  }

  /// The settings of a run.
  package func runSettings(_ scenario: LoadedScenario, mode: Mode, with settings: [Setting]) -> RunSettings {
    var out = RunSettings()
    out.threads = threads
    out.mode = mode
    out.asOf = scenario.scenario.asOf
    for setting in scenario.settings { out.apply(setting) }
    for setting in settings {
      // Where the user takes a setting back, that of the scenario stands again.
      if setting.value == .byDefault {
        if case .asOf = setting.target { out.asOf = scenario.scenario.asOf }
        out.apply(setting)
        for own in scenario.settings where own.target.id == setting.target.id { out.apply(own) }
      } else if case .mode = setting.target {
        continue
      } else {
        out.apply(setting)
      }
    }
    if !isResponding { out.assumptions = [] }
    return out
  }

  /// The mode of a command: its own, that of `with`, that of the run it goes on from, that of the session, or the
  /// command's default.
  package func mode(_ command: Command, _ settings: [Setting], default mode: Mode) -> Mode {
    if let mode = command.mode { return mode }
    for setting in settings.reversed() {
      if case .mode(let mode) = setting.value { return setting.source == .command ? mode : premise?.mode ?? mode }
    }
    return premise?.mode ?? mode
  }

  /// The mode that later commands go on with: that of a command, but not one that its `with` names.
  func lastingMode(_ command: Command, _ settings: [Setting], default mode: Mode) -> Mode {
    self.mode(command, settings.flatMap { $0.source == .command ? $0.over : [$0] }, default: mode)
  }

  /// The same for a programme, with what its names stand for.
  package func settings(_ command: Command, of programme: ResolvedProgramme) throws(Refusal) -> [Setting] {
    try settings(command, of: programme, in: programme.documents)
  }

  /// - Parameter documents: among which `with` may name what is set.
  func settings(
    _ command: Command, of programme: ResolvedProgramme, in documents: [CheckedDocument]
  ) throws(Refusal) -> [Setting] {
    programme.origins(dictionary) + (try settings(command, in: documents, draft: programme.settings))
  }

  /// What the user has set that holds for a command: in the session, by a draft, for the run that it goes on from, and
  /// by `with`, each before the former.
  package func settings(
    _ command: Command, in documents: [CheckedDocument], draft: [Setting] = []
  ) throws(Refusal) -> [Setting] {
    let own = try understand(command.with, in: documents)
    var all = library.standIns(among: documents)
    let held = premise?.settings ?? []
    let levels: [([Setting], SettingSource)] = [
      (state.settings, .session), (draft, .draft), (held, .command), (own, .command),
    ]
    for (settings, source) in levels {
      for setting in settings where source == .draft || !isLeftAside(setting) {
        var setting = setting
        setting.source = source
        if let i = all.firstIndex(where: { $0.target.id == setting.target.id }) {
          var former = all.remove(at: i)
          setting.over = former.over
          former.over = []
          if former.source != source { setting.over.append(former) }
        }
        all.append(setting)
      }
    }
    try TableOrder.demand(documents, all, at: command.location)
    return all
  }

  // MARK: Runs

  /// The facts of a scenario as a run with these settings takes them: the months of cohorts complete by `month_end` as
  /// set for everything.
  package func facts(_ scenario: LoadedScenario, _ settings: RunSettings) -> Scenario {
    let facts = scenario.scenario
    guard facts.dataset.dependsOnMonthEnd else { return facts }
    let monthEnd = monthEnd(settings)
    return facts.with(facts.dataset.reckoned(monthEnd))
  }

  /// The facts of the present scenario as the settings that hold for a command take them.
  package func facts(for command: Command) throws(Refusal) -> (scenario: LoadedScenario, facts: Scenario, RunSettings) {
    let scenario = try self.scenario(at: command.location)
    let settings = try self.settings(command, in: nearDocuments)
    let taken = runSettings(scenario, mode: mode(command, settings, default: .enacted), with: settings)
    return (scenario, memorised(scenario, taken).0, taken)
  }

  /// Runs documents. Errors in the ledger refuse the command.
  package func run(
    _ programme: ResolvedProgramme, _ scenario: LoadedScenario, _ settings: [Setting], mode: Mode
  ) throws(Refusal) -> Run {
    try demandOneCurrency(of: programme.documents, at: nil)
    let runSettings = runSettings(scenario, mode: mode, with: settings)
    let (facts, memory) = memorised(scenario, runSettings, programme.documents)
    let ledger = Engine.run(
      programme.documents, scenario: facts, settings: runSettings, memory: memory,
      control: RunControl(isCancelled: isCancelled, progress: progress)
    ).taken(up: runSettings.takeUp)
    if isCancelled() { throw Refusal(.interrupted, at: nil) }
    let errors = ledger.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw Refusal(errors) }
    let run = Run(
      names: programme.names, documents: programme.documents, settings: settings, scenario: scenario, facts: facts,
      ledger: ledger, depth: log.depth)
    rest(on: run)
    return run
  }

  /// Performs the run that a command asks for. Errors in its ledger refuse it.
  package func carryOut(_ programme: Programme?, _ command: Command, default mode: Mode) throws(Refusal) -> Run {
    if let programme, let run = premised(programme, command) { return run }
    if let programme, let earlier = try result(programme) { return try run(again: earlier, command) }
    let scenario = try self.scenario(at: command.location)
    let (resolved, settings) = try asked(programme, scenario, command)
    let run = try run(resolved, scenario, settings, mode: self.mode(command, settings, default: mode))
    recent = Recent(
      names: resolved.names, mode: lastingMode(command, settings, default: mode), scenario: scenario.name)
    return run
  }

  /// Runs a programme over another scenario than the current one.
  package func run(_ programme: Programme?, over scenario: LoadedScenario, _ command: Command) throws(Refusal) -> Run {
    let (resolved, settings) = try asked(programme, scenario, command)
    return try run(resolved, scenario, settings, mode: mode(command, settings, default: .enacted))
  }

  /// The programme that a command names, or what is in force in the scenario's district, with its settings.
  func asked(
    _ programme: Programme?, _ scenario: LoadedScenario, _ command: Command
  ) throws(Refusal) -> (ResolvedProgramme, [Setting]) {
    let documents = defaultDocuments(scenario)
    let resolved =
      try programme.map { p throws(Refusal) in try self.resolve(p) }
      ?? ResolvedProgramme(names: documents.map(\.id), documents: documents)
    if resolved.documents.isEmpty {
      let name = library.places.fullName(scenario.scenario.district)
      throw Refusal(.nothingInForce(name), at: command.location)
    }
    return (resolved, try self.settings(command, of: resolved))
  }

  /// One programme of a comparison; `with` may name what only another has.
  package func carryOutCompared(
    _ programme: Programme, _ all: [Programme], _ command: Command, default mode: Mode = .adopted
  ) throws(Refusal) -> Run {
    if let earlier = try result(programme) { return try run(again: earlier, command) }
    let scenario = try self.scenario(at: command.location)
    let (resolved, settings) = try askedCompared(programme, all, command)
    return try run(resolved, scenario, settings, mode: self.mode(command, settings, default: mode))
  }

  /// One programme of a comparison with its settings.
  func askedCompared(
    _ programme: Programme, _ all: [Programme], _ command: Command
  ) throws(Refusal) -> (ResolvedProgramme, [Setting]) {
    let resolved = try self.resolve(programme)
    var everything = resolved.documents
    for other in all where try result(other) == nil {
      for document in try self.resolve(other).documents where !everything.contains(where: { $0.id == document.id }) {
        everything.append(document)
      }
    }
    return (resolved, try self.settings(command, of: resolved, in: everything))
  }

  /// The last run; a new one where the command asks for something else, or there was none.
  /// - Parameter asShown: whether the last run will do as it was shown, also where some settings held for it alone,
  ///   which the answer states. Else a new one is made where it has such.
  /// - Parameter asItStands: whether it has to be of what holds now.
  package func lastRun(
    _ command: Command, asShown: Bool = false, asItStands: Bool = false
  ) throws(Refusal) -> Run {
    if let run = premise?.run, let run = premised(run.written(command.location), command) { return run }
    if let last, asShown || !last.isForOneCommand, command.with.isEmpty, !asItStands || last.depth == log.depth,
      command.mode == nil || command.mode == last.ledger.settings.mode
    {
      rest(on: last)
      return last
    }
    let run: Run
    if let last, let scenario = state.scenario, scenario.name == last.scenario.name {
      let mode = recent.flatMap { $0.names == last.names && $0.scenario == scenario.name ? $0.mode : nil }
      run = try carryOut(last.written(command.location), command, default: mode ?? last.ledger.settings.mode)
    } else {
      run = try carryOut(nil, command, default: .enacted)
    }
    if command.with.isEmpty || last == nil { last = run }
    return run
  }
}

extension Session.Run {
  /// Its programme as a command would name it.
  package func written(_ location: SourceRange) -> Programme {
    Programme(names: names.map { Written(text: $0, raw: $0, location: location) })
  }
}
