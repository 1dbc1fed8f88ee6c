// A paper's template as a notebook: played in a session of its own that knows what this one knows, with the programme
// put in, and taken as one text. Knows nothing of forms.

import Answers
import Commands
import Diagnostics
import Districts
import Engine
import PolicyLanguage
import Reckoning
import Sessions
import View

/// A paper that has been made.
struct MadePaper {
  let paper: ReportCommand.Paper
  let body: AnswerBody
  let diagnostics: [Diagnostic]
  /// The totals of the budgets in it, in fen.
  let totals: [Int64]

  /// The paper as a sheet of a book: everything in the order in which it is read.
  var sheet: AnswerBook.Sheet {
    var parts: [AnswerBook.Part] = []
    for part in body.parts {
      switch part {
      // What is drawn on a screen stands in the lists.
      case .block(.chart): continue
      case .block(let block): parts.append(.block(block))
      case .relation(let relation) where relation.peopleColumns.isEmpty: continue
      case .relation(let relation):
        parts.append(.list(BookList("\(paper.rawValue) \(parts.count)", relation.whole?() ?? relation)))
      }
    }
    for problem in diagnostics where problem.severity != .error {
      parts.append(.block(.note(problem.severity == .warning ? .warning : .note, [Span(problem.told)])))
    }
    var sheet = AnswerBook.Sheet(paper.words, parts)
    sheet.isPaper = true
    return sheet
  }
}

/// A template that is at hand.
struct PaperTemplate {
  private let notebook: Notebook
  private let session: Desk
  private let paper: ReportCommand.Paper
  /// The folder of a template of the user's own, which its cells stay in; nil: the bundled one.
  private let folder: String?

  /// The text that comes with the program.
  static func bundled(_ paper: ReportCommand.Paper, _ language: Language) -> String {
    let name = "\(paper.rawValue).\(language.rawValue)"
    return Invariant.value(
      Districts.paper(name), "templates-are-bundled: every paper that has a template has one in each language.")
  }

  /// The heading above everything in the bundled template.
  static func title(_ paper: ReportCommand.Paper, _ language: Language) -> String {
    let line = bundled(paper, language).split(separator: "\n").first { $0.hasPrefix("# ") }
    return Invariant.value(line, "templates-have-titles: a bundled template begins with a heading.").dropFirst(2)
      .description
  }

  /// - Parameter file: a template of the user's own; nil: the bundled one.
  init(_ paper: ReportCommand.Paper, _ file: Written?, in session: Desk) throws(Refusal) {
    self.paper = paper
    self.session = session
    folder = file.map { Files.folder(session.path($0.raw)) }
    guard let file else {
      let text = PaperTemplate.bundled(paper, session.language)
      notebook = Notebook.read(Array(text.utf8), name: "\(paper.rawValue).\(session.language.rawValue).md")
      return
    }
    do {
      let bytes = try session.door.bytes(session.path(file.raw), as: .source)
      notebook = Notebook.read(bytes, name: file.raw)
    } catch {
      throw Refusal(.reading(file.raw, error), at: file.location)
    }
  }

  /// The paper of a programme that has been run.
  ///
  /// - Parameter beside: the papers that are handed in with it.
  func made(
    of run: Session.Run, _ fingerprint: String, beside: [ReportCommand.Paper] = []
  ) throws(Refusal) -> MadePaper {
    let desk = session.beside(in: session.language)
    desk.paperInHand = paper
    desk.papersBeside = beside
    if let folder {
      desk.folder = folder
      desk.door = desk.door.inside(folder)
    }
    // Its cells ask the run that its head speaks of, as that was asked.
    desk.follow(run)
    let play = NotebookRun(notebook, at: desk, parameters: ["programme": run.programme])
    play.play()
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    if play.failed { throw Refusal(play.diagnostics) }
    var options = PageOptions()
    options.hidesCommands = true
    options.hidesOffers = true
    options.hidesRunHeads = true
    let answer = NotebookDocument(play, options).answer(titled: play.notebook.title ?? paper.words.in(session.language))
    let totals = play.outcomes.compactMap(\.object).compactMap { object -> Int64? in
      guard object["kind"] == .string("budget"), case .string(let total)? = object["total"] else { return nil }
      return Int64(total.filter { $0 != "." })
    }
    let areListed = play.outcomes.contains { $0.object?["responding"] != nil }
    let head = BesideFigures.$areListed.withValue(areListed) { PaperHead(run, fingerprint, session).block }
    let form = PaperForm(run, session.preferences.moneyUnit)
    return MadePaper(
      paper: paper,
      body: form.handedIn(PaperTemplate.headed(answer.body, head))
        .named(PaperNames.of([run], session.language)),
      diagnostics: play.diagnostics, totals: totals)
  }

  /// The paper with what it rests on below its title, and each remark once.
  private static func headed(_ body: AnswerBody, _ head: Block) -> AnswerBody {
    var out = AnswerBody()
    var said: Set<String> = []
    var isHeaded = false
    for part in body.parts {
      switch part {
      case .block(.note(let kind, let spans)):
        if said.insert(spans.map(\.text.en).joined()).inserted { out.append(.note(kind, spans)) }
      case .block(let block):
        out.append(block)
        if case .heading(level: 1, _) = block, !isHeaded {
          out.append(head)
          isHeaded = true
        }
      case .relation(let relation): out.append(relation)
      }
    }
    return out
  }
}

/// What a paper rests on, said once at its head.
struct PaperHead {
  /// What it begins with.
  static let lead = Text("Programme: ", zh: "测算方案：")

  private let run: Session.Run
  private let fingerprint: String
  private let session: Desk

  init(_ run: Session.Run, _ fingerprint: String, _ session: Desk) {
    (self.run, self.fingerprint, self.session) = (run, fingerprint, session)
  }

  /// What the programme is called: a draft by its name, a document by its title and number.
  var title: [Span] {
    .joined(
      run.names.map { name in
        guard let document = run.documents.first(where: { $0.id == name }) else { return draft(name) }
        return [Span(PaperHead.title(of: document), .name)]
      })
  }

  /// A draft is called by what it amends.
  private func draft(_ name: String) -> [Span] {
    let titles = changes(name)?.documents.map(PaperHead.title) ?? []
    guard !titles.isEmpty else { return [.data(name, .name)] }
    return [
      Span("the draft “", zh: "草案“"), .data(name, .name), Span("”, amending ", zh: "”，拟修改"),
      Span(Text(titles.map(\.en).joined(separator: ", "), zh: titles.map(\.zh).joined(separator: "、")), .name),
    ]
  }

  private static func title(of document: CheckedDocument) -> Text {
    let number = document.number.isEmpty ? "" : "（\(document.number)）"
    let english = document.number.isEmpty ? "" : " (\(document.number))"
    return Text(document.title.en + english, zh: "《\(AmendmentAnswer.name(document))》\(number)")
  }

  private func changes(_ name: String) -> Session.UnfoldedDraft? {
    session.state.drafts.first { $0.name == name }.flatMap { try? session.unfold($0, at: nil) }
  }

  /// What the drafts propose, in the words of documents.
  private var proposed: [Span] {
    let all = run.names.compactMap(changes).flatMap { whole in
      whole.changes.map { PaperHead.words($0, whole.documents, session) }
    }
    return all.isEmpty ? [] : [Span("; proposed: ", zh: "；拟调整：")] + .joined(all)
  }

  /// The name stands by itself, since papers in English have others.
  private static func words(_ change: DraftChange, _ documents: [CheckedDocument], _ session: Desk) -> [Span] {
    let places = session.library.places
    if case .setting(let setting) = change, case .parameter(let parameter) = setting.target,
      case .raw(let raw) = setting.value
    {
      let document = documents.first { parameter.id.hasPrefix($0.id + ".") }
      func text(_ raw: Int64) -> Text { OfficialWords.figure(raw, of: parameter, in: document, places: places) }
      let old = FigureWording(parameter).isUnstated ? nil : parameter.value.map(text)
      let new = text(raw)
      let name = SourceShare(parameter, documents).map { Text(setting.target.label.en, zh: $0.words.zh) }
      return [
        Span(name ?? setting.target.label, .name),
        Span(
          Text(
            (old.map { " from \($0.en)" } ?? "") + " to \(new.en)",
            zh: (old.map { "由\($0.zh)" } ?? "") + "调整为\(new.zh)")),
      ]
    }
    let words = ChangeWords(change, documents, state: session.stateOfText, places)
    guard case .setting = change, let proposed = words.proposed else { return [Span(words.label)] }
    return [Span(words.label, .name), Span(Text(" to \(proposed.en)", zh: "明确为\(proposed.zh)"))]
  }

  /// Whether a setting is one of the programme's: of values given by reference those that its documents name.
  private func isAsked(_ setting: Setting) -> Bool {
    guard case .value(let value) = setting.target else { return true }
    let names = [value.name, value.name.split(separator: ".").first.map(String.init) ?? value.name]
    return run.documents.contains { $0.values.contains { names.contains($0.name) } }
  }

  var block: Block {
    let scenario = run.scenario.scenario.title
    var line: [Span] = [Span(PaperHead.lead)] + title
    line += [Span("; facts: ", zh: "；数据：")] + [Span(.halves(scenario))]
    let places = session.library.places
    line += [Span("; ", zh: "；")] + RunHead(run, places: places).ground + proposed
    line += SettingsText.further(
      run.inForce.only { $0.source != .draft && isAsked($0) }, places, lead: Text("; reckoned with ", zh: "；测算取值 "))
    return .paragraph(line + [Span("; fingerprint ", zh: "；指纹 "), .data(fingerprint, .number), Span(".", zh: "。")])
  }
}

extension Desk {
  /// A session that knows what this one knows, for something that is made beside it: it writes nothing.
  func beside(in language: Language) -> Desk {
    let desk = Desk(library: library, language: language)
    (desk.threads, desk.folder) = (threads, folder)
    desk.door = door.looking()
    desk.door.writesNothing = true
    desk.isCancelled = isCancelled
    // What a cell words itself, as the box of uncertainty does, is in the unit of the paper.
    desk.preferences = preferences
    desk.log = StateLog(state)
    desk.amended = amended
    return desk
  }
}
