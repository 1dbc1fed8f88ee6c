// `draft`: a proposal, as changes to a programme that stay live.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions

/// Makes or changes a draft.
///
///     draft  = "draft" NAME "from" ( programme | BOOK ) [ ":" change { "," change } ]
///     change = setting | "without" MEASURE | "add" FILE
struct DraftCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "draft",
    chinese: ["草案", "起草"],
    meaning: Text("a proposal: changes to a document that stay live", zh: "草案：在现有文件上作的改动"),
    usage: Text(
      "draft NAME from PROGRAMME|BOOK.xlsx: NAME = VALUE, without MEASURE, add FILE",
      zh: "草案 名称 从 方案|数值簿.xlsx：名称 = 值，去掉 措施，加入 文件"),
    more: Text(
      "A draft is a programme from then on: run it, compare it, change it by `draft` with the same name. It "
        + "stays live: what changes in its base changes in it. From a book of figures (`save PROGRAMME into "
        + "FILE.xlsx`) it takes what was edited there.",
      zh: "草案此后就是一套方案：可测算、比较；再写同名 `草案` 即可修改。草案随其基础文件变化。也可从数值簿（`保存 方案 存入 文件.xlsx`）读入其中的改动。"),
    group: .proposals)

  let request: DraftRequest

  package init(from parser: inout StatementParser) throws(Misread) {
    let name = try parser.word(Text("a name for the draft", zh: "草案名称"))
    guard Keyword.from.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`from` and a programme", zh: "`从` 和方案"), usage: parser.usage))
    }
    parser.index += 1
    let base: DraftRequest.Base
    if let book = parser.file(ending: "xlsx") {
      base = .book(book)
    } else {
      base = .programme(try parser.programme())
    }
    var changes: [DraftRequest.Change] = []
    if parser.token.kind == .colon {
      repeat {
        parser.index += 1
        if parser.isAtEnd, changes.isEmpty { break }
        changes.append(try DraftCommand.change(&parser))
      } while parser.token.kind == .comma
    }
    request = DraftRequest(name: name, base: base, changes: changes)
  }

  private static func change(_ parser: inout StatementParser) throws(Misread) -> DraftRequest.Change {
    if parser.peek(1).kind != .equals {
      if Keyword.without.matches(parser.token.word) {
        parser.index += 1
        return .without(try parser.word(Text("a measure", zh: "措施")))
      }
      if Keyword.add.matches(parser.token.word) {
        parser.index += 1
        return .add(try parser.file())
      }
    }
    return .set(try parser.assignment(beforeVerb: false))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("name", request.name)
    switch request.base {
    case .programme(let programme): meaning.add("base", programme)
    case .book(let file): meaning.add("book", file)
    }
    for change in request.changes {
      switch change {
      case .set(let assignment): meaning.add("set", [assignment])
      case .without(let measure): meaning.add("without", measure)
      case .add(let file): meaning.add("add", file)
      }
    }
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let name = request.name.raw
    try session.checkDraftName(request.name)
    var base: [String]
    let location: SourceRange
    var found: FiguresFound?
    switch request.base {
    case .programme(let programme):
      base = programme.names.map { session.draft(named: $0)?.name ?? $0.raw }
      location = programme.names[0].location
    case .book(let file):
      let book = try FiguresTaking(desk: session).read(file)
      (base, location, found) = ([book.base], file.location, book)
    }
    var settings: [Setting] = []
    var edits: [DocumentEdit] = []
    // Made from itself, a draft takes over what it was.
    if let old = session.state.drafts.first(where: { $0.name == name }), let i = base.firstIndex(of: name) {
      base.replaceSubrange(i...i, with: old.base)
      settings = old.settings
      edits = old.edits
    }
    let resolved = try session.resolve(Programme(names: base.map { Written(text: $0, raw: $0, location: location) }))
    base = base.map { name in
      session.draft(named: Written(text: name, raw: name, location: request.name.location)) != nil
        ? name : resolved.documents.first { $0.id == name || $0.id.hasPrefix(name) || $0.number == name }?.id ?? name
    }
    for edit in found?.change.edits ?? [] { DraftCommand.take(edit.setting, into: &settings) }
    var given: [String: String] = [:]
    for change in request.changes { try apply(change, to: resolved, &settings, &edits, &given, in: session) }
    let draft = Draft(name: name, base: base, settings: settings, edits: edits)
    let answer = try session.keep(draft, by: command.text, at: request.name.location)
    guard let found, case .book(let file) = request.base else { return answer }
    let outcomes = try FiguresTaking(desk: session).differing(found, with: draft, at: file.location)
    var told = FiguresAnswer(
      draft: draft, found: found, outcomes: outcomes, file: file.raw, places: session.library.places
    ).answer
    told.diagnostics = answer.diagnostics
    return told
  }

  /// A setting goes before what was set of the same thing.
  private static func take(_ setting: Setting, into settings: inout [Setting]) {
    settings.removeAll { $0.target.id == setting.target.id }
    settings.append(setting)
  }

  /// Takes one change in.
  private func apply(
    _ change: DraftRequest.Change, to resolved: ResolvedProgramme, _ settings: inout [Setting],
    _ edits: inout [DocumentEdit], _ given: inout [String: String], in session: Desk
  ) throws(Refusal) {
    switch change {
    case .set(let assignment):
      if isWindow(assignment.name.text) {
        try setWindow(assignment, resolved.documents, &edits, in: session)
      } else {
        for setting in try session.understand(
          [beside(settings, assignment, resolved.documents, in: session)], in: resolved.documents)
        {
          // What has a document's name before it is that document's alone.
          let owner = setting.target.id.split(separator: ".")
          // A value of a day has its own day behind its name.
          let isValue = if case .value = setting.target { true } else { false }
          if owner.count > 1, !isValue,
            !resolved.documents.contains(where: { setting.target.id.hasPrefix($0.id + ".") })
          {
            throw Refusal(
              notInBase(setting.target.typedName, of: String(owner[0]), resolved), at: assignment.name.location)
          }
          if let other = given.updateValue(assignment.name.raw, forKey: setting.target.id) {
            throw Refusal(.whatIf(.inputTwice(assignment.name.raw, other)), at: assignment.name.location)
          }
          DraftCommand.take(setting, into: &settings)
        }
      }
    case .without(let wanted):
      let measure = try session.measure(wanted, in: resolved.documents)
      guard resolved.documents.contains(where: { $0.id == measure.document }) else {
        throw Refusal(notInBase(measure.label, of: measure.document, resolved), at: wanted.location)
      }
      edit(measure.document, in: &edits) { if !$0.removed.contains(measure.name) { $0.removed.append(measure.name) } }
    case .add(let file):
      let text: String
      do { text = try session.door.text(session.path(file.raw), as: .source) } catch {
        throw Refusal(.reading(file.raw, error), at: file.location)
      }
      let added = DraftText.added(SourceFile(name: file.raw, text: text))
      let (syntax, mistakes) = PolicyParser.parse(document: added)
      if mistakes.isEmpty, syntax.declaresNothing {
        throw Refusal(.whatIf(.nothingToAdd(file.raw)), at: file.location)
      }
      let document = try session.onlyDocument(resolved, at: file.location)
      edit(document.id, in: &edits) { $0.added.append(added) }
    }
  }

  private func notInBase(_ thing: Text, of document: String, _ resolved: ResolvedProgramme) -> Mistake {
    .notInBase(
      thing, document: document, base: resolved.names.joined(separator: " + "), draft: request.name.raw)
  }

  /// A name that several measures have is meant of the one that was spoken of just before:
  /// `rate_3m = 400, threshold = 80`.
  private func beside(_ settings: [Setting], _ assignment: Assignment, _ documents: [CheckedDocument], in session: Desk)
    -> Assignment
  {
    guard case .parameter(let before)? = settings.last?.target, let dot = before.id.lastIndex(of: "."),
      case .ambiguous(let targets) = session.library.resolve(assignment.name.text, in: documents)
    else { return assignment }
    let wanted = before.id[..<dot] + "." + assignment.name.text
    guard targets.contains(where: { $0.id == wanted }) else { return assignment }
    return Assignment(
      name: Written(text: String(wanted), raw: assignment.name.raw, location: assignment.name.location),
      value: assignment.value)
  }

  private func isWindow(_ name: String) -> Bool { name == "window" || name == "期限" || name.hasSuffix(".window") }

  private func setWindow(
    _ assignment: Assignment, _ documents: [CheckedDocument], _ edits: inout [DocumentEdit], in session: Desk
  ) throws(Refusal) {
    let name = assignment.name.text
    let document: CheckedDocument
    if let dot = name.lastIndex(of: ".") {
      let id = String(name[..<dot])
      guard let found = documents.first(where: { $0.id == id }) else {
        throw Refusal(
          .unknownDocument(id, nearest: Nearest.names(to: id, among: documents.map(\.id)), all: documents.map(\.id)),
          at: assignment.name.location)
      }
      document = found
    } else {
      document = try session.onlyDocument(
        ResolvedProgramme(names: documents.map(\.id), documents: documents), at: assignment.name.location)
    }
    let days = WindowText.days(assignment.value.text)
    guard let days else { throw Refusal(.whatIf(.notAWindow(assignment.value.raw)), at: assignment.value.location) }
    edit(document.id, in: &edits) { $0.window = days }
  }

  private func edit(_ document: String, in edits: inout [DocumentEdit], _ change: (inout DocumentEdit) -> Void) {
    if let i = edits.firstIndex(where: { $0.document == document }) {
      change(&edits[i])
    } else {
      var edit = DocumentEdit(document)
      change(&edit)
      edits.append(edit)
    }
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if after.isEmpty { return [] }
    if Keyword.from.matches(position.previous) {
      return session.documents() + Paths.complete(position, endings: ["xlsx"]).completions
    }
    let word = WhatIfWords(session)
    if WhatIfWords.isInList(after) {
      return session.settables() + [
        word(.without, Text("a measure", zh: "措施")), word(.add, Text("a file with measures", zh: "含措施的文件")),
      ]
    }
    return after.count == 1 ? [word(.from, Text("a programme", zh: "方案"))] : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "draft generous from \(n.document): \(n.parameter) = \(n.value)",
        zh: "草案 宽松 从 \(n.document)：\(n.zh.parameter) = \(n.zh.value)")
    ]
  }

  static let isSpoken = false
}

/// `draft NAME from PROGRAMME|BOOK.xlsx: CHANGE, ...`
struct DraftRequest: Sendable {
  enum Change: Sendable {
    case set(Assignment)
    case without(Written)
    /// Further measures from a policy text.
    case add(Written)
  }

  /// What a draft rests on.
  enum Base: Sendable {
    case programme(Programme)
    /// A book of figures, which says of what it is.
    case book(Written)
  }

  let name: Written
  let base: Base
  let changes: [Change]
}
