// The one place where the goldens touch the program: a session in a folder of its own, asked in one language, and
// what it answers in every form. A name of the program that changes is changed here. Knows nothing of how goldens are
// kept.

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View
import Workbench

/// What one answer says, as texts.
struct GoldenAnswer {
  /// The command, where the answer carries it; whether it failed, and the like.
  var remarks: [String] = []
  /// Every form that is not empty, with its name: table, json, csv, markdown, diagnostics, …
  var forms: [(name: String, text: String)] = []
}

/// A session in one language, in a folder of its own.
final class GoldenSession {
  /// Stands for the folder in goldens. As long as the folder's own path, so that tables and carets stay in line.
  static let mark = "/tmp/g-folder"

  let language: Language
  private let root: String
  private let session: Desk
  private let policies: [SourceFile]
  var width = 100
  var isColoured = false

  /// - Parameter policies: further policy documents, by name.
  init(_ language: Language, policies: [(name: String, text: String)]) throws {
    self.language = language
    // Always of the same length, and without links in it: neither TMPDIR nor the place of the sources has a part in it.
    var template = Array("/tmp/g-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template), "no folder can be made in /tmp")
    root = String(cString: made)
    self.policies = policies.map { SourceFile(name: $0.name, text: $0.text) }
    session = Desk(library: Library(files: self.policies), language: language)
    session.suggestsNext = true
    let scenarios = URL(filePath: #filePath).appending(path: "../../../scenarios").standardizedFileURL
    try FileManager.default.copyItem(atPath: scenarios.path(percentEncoded: false), toPath: root + "/scenarios")
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  // MARK: Files

  func write(_ bytes: some DataProtocol, to name: String) throws {
    let url = URL(filePath: root + "/" + name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Every file of the folder but the bundled scenarios and what is very large.
  func files() throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) where !name.hasPrefix("scenarios") {
      let path = root + "/" + name
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      guard attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int,
        size < 1 << 20
      else { continue }
      found[name] = try Data(contentsOf: URL(filePath: path))
    }
    return found
  }

  func here(_ text: String) -> String { text.replacingOccurrences(of: GoldenSession.mark, with: root) }
  func marked(_ text: String) -> String { text.replacingOccurrences(of: root, with: GoldenSession.mark) }

  // MARK: Asking

  /// What is wrong with the further policy documents.
  func libraryProblems() -> [GoldenAnswer] {
    policies.isEmpty ? [] : [told(.failure(session.library.ownDiagnostics))].filter { !$0.forms.isEmpty }
  }

  /// The answers to a text.
  /// - Parameter isCancelled: as if Ctrl-C had been pressed.
  func play(_ text: String, isCancelled: Bool = false) -> [GoldenAnswer] {
    session.isCancelled = { isCancelled }
    var answers: [GoldenAnswer] = []
    session.play(SourceFile(name: "typed", text: here(text)), keepGoing: true) {
      answers.append(told($0))
      return true
    }
    return answers
  }

  /// What Tab offers in a line at a byte, and what stands at the margin.
  func completions(_ line: String, at cursor: Int) -> (candidates: [String], hint: String) {
    let found = session.complete(line, at: cursor)
    // What `make dist` may have left in the project's folder is no part of an answer.
    let candidates = found.completions.filter { $0.text != "dist/" }.map {
      ($0.appendsSpace ? $0.text + " " : $0.text) + ($0.meaning.isEmpty ? "" : "\t" + $0.meaning)
    }
    return (["from \(found.replaceFrom)"] + candidates, session.hint(line, at: cursor))
  }

  /// `check FILE … [write] [no-run] [NAME=VALUE]` outside a command.
  func check(_ words: [String]) -> [GoldenAnswer] {
    var options = NotebookCheckOptions()
    options.write = words.contains("write")
    options.withoutRunning = words.contains("no-run")
    options.parameters = GoldenSession.parameters(words)
    return [told(session.check(paths: paths(words), notebooks: options))]
  }

  /// `run NOTEBOOK [write] [each=FILE] [NAME=VALUE]` outside a command.
  func run(_ words: [String]) -> [GoldenAnswer] {
    var settings = settings(words)
    settings.mayWrite = true
    let job = NotebookJob(settings)
    var answers: [GoldenAnswer] = []
    for path in paths(words) {
      if let list = GoldenSession.parameters(words).first(where: { $0.name == "each" }) {
        answers.append(told(job.run(path, each: here(list.value))))
      } else {
        job.run(path, write: words.contains("write")) { answers.append(told($0)) }
      }
    }
    return answers
  }

  /// `render FILE [handout|key] [slides] [into=PAGE] [NAME=VALUE]` outside a command, with what `digest` makes of the
  /// page.
  func render(_ words: [String], page digest: (String) -> String) -> [GoldenAnswer] {
    var options = PageOptions()
    options.isSlides = words.contains("slides")
    options.answers = words.contains("handout") ? .handout : words.contains("key") ? .key : .folded
    var answers: [GoldenAnswer] = []
    let target = GoldenSession.parameters(words).first { $0.name == "into" }?.value
    for path in paths(words) {
      let (html, answer) = PageJob(settings(words), options).render(path, to: target.map { here($0) })
      var found = told(answer)
      if let html { found.forms.append(("page", digest(GoldenWriter.masked(marked(html))))) }
      answers.append(found)
    }
    return answers
  }

  /// What is wrong with a configuration, which is taken over as far as it goes.
  func configure(_ name: String) throws -> [GoldenAnswer] {
    let text = String(decoding: try Data(contentsOf: URL(filePath: root + "/" + name)), as: UTF8.self)
    var answer = Answer(diagnostics: session.configure(SourceFile(name: name, text: text)))
    answer.failed = false
    return [told(answer)]
  }

  private static let flags: Set<String> = ["write", "no-run", "handout", "key", "slides"]

  private func paths(_ words: [String]) -> [String] {
    words.filter { !$0.contains("=") && !GoldenSession.flags.contains($0) }.map { here($0) }
  }

  private static func parameters(_ words: [String]) -> [(name: String, value: String)] {
    words.compactMap { word in
      guard let equals = word.firstIndex(of: "=") else { return nil }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
  }

  private func settings(_ words: [String]) -> NotebookSettings {
    var settings = NotebookSettings()
    // One run of the program: what one command has made, another may replace.
    settings.door = session.door
    settings.language = session.language
    settings.policies = policies
    settings.parameters = GoldenSession.parameters(words).filter { !["each", "into"].contains($0.name) }
    return settings
  }

  // MARK: Forms

  private func told(_ answer: Answer) -> GoldenAnswer {
    let language = answer.language ?? session.language
    var out = GoldenAnswer()
    if let echo = answer.echo { out.remarks.append("of: " + marked(echo)) }
    if answer.failed { out.remarks.append("failed") }
    if answer.hasMismatch { out.remarks.append("something is not as it should be") }
    if answer.ends { out.remarks.append("the session ends") }
    if let turned = answer.language { out.remarks.append("the language turns to \(turned.rawValue)") }
    if let line = answer.correction { out.remarks.append("corrected: " + marked(line)) }
    let excerpts = DiagnosticRenderer(language: language)
    let problems = answer.diagnostics.map { ($0.code, marked("[\($0.code)]\n" + excerpts.text($0) + "\n")) }
    if !problems.isEmpty { out.forms.append(("diagnostics", GoldenSession.shortened(problems))) }
    if let format = answer.format {
      out.forms.append(("\(format.rawValue), as asked", marked(renderer(.table, language).render(answer))))
    } else {
      for format in [OutputFormat.table, .json, .csv, .markdown] {
        let text = renderer(format, language).render(answer)
        if !text.isEmpty { out.forms.append((format.rawValue, marked(text))) }
      }
    }
    if !answer.next.isEmpty { out.forms.append(("next", marked(answer.next.joined(separator: "\n")) + "\n")) }
    return out
  }

  /// Of very many diagnostics the first ones, the first of every code, the last, and a digest of the others.
  private static func shortened(_ problems: [(code: String, text: String)]) -> String {
    guard problems.count > 60 else { return problems.map(\.text).joined() }
    var codes: Set<String> = []
    var shown = ""
    var rest: [String] = []
    for (i, problem) in problems.enumerated() {
      let isNew = codes.insert(problem.code).inserted
      if i < 40 || isNew || i >= problems.count - 5 { shown += problem.text } else { rest.append(problem.text) }
    }
    return shown + "… and \(rest.count) more: \(GoldenDigest.text(rest.joined()))"
  }

  /// Answers as the session's own preferences want them.
  private func renderer(_ format: OutputFormat, _ language: Language) -> AnswerRenderer {
    var renderer = AnswerRenderer(format: format, language: language, width: width, colour: isColoured)
    renderer.look.unit = session.preferences.moneyUnit
    renderer.look.isPlain = session.preferences.isOn(.plain)
    renderer.look.ambiguousWide = session.preferences.value(.ambiguous) == "wide"
    return renderer
  }
}

/// The verbs of the command language, each with its spellings.
enum GoldenVerbs {
  static let all: [(name: String, spellings: [String])] = WorkbenchCommands.vocabulary.forms.map {
    ($0.name, $0.spellings)
  }
}
