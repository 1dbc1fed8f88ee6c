// What every command answers, in both languages and in every form, and everything that can be wrong with facts,
// commands, files, what-ifs and notebooks: held by transcripts, which UPDATE_GOLDENS=1 writes anew (see
// GoldenTranscript).

import Answers
import Diagnostics
import Foundation
import Testing

/// The transcripts.
enum Goldens {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"

  /// Their names below the folder, in order.
  static let names: [String] = {
    let all = FileManager.default.subpaths(atPath: folder.path(percentEncoded: false)) ?? []
    return all.filter { $0.hasSuffix(".txt") }.sorted()
  }()

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
}

@Suite("Goldens")
struct GoldenTests {
  @Test("Every answer is as its golden has it", arguments: Goldens.names)
  func transcript(name: String) throws {
    let golden = try Goldens.text(name)
    var player = GoldenPlayer()
    for step in try GoldenTranscript(golden).steps { try player.take(step) }
    let text = player.finish()
    if Goldens.isUpdating {
      try text.write(to: Goldens.folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    guard text != golden, !Goldens.isUpdating else { return }
    Issue.record("\(name) \(GoldenTests.difference(golden, text)); UPDATE_GOLDENS=1 writes what is answered now")
  }

  /// Where two texts part, with what stands around it.
  static func difference(_ wanted: String, _ found: String) -> String {
    let (a, b) = (
      wanted.split(separator: "\n", omittingEmptySubsequences: false),
      found.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let i = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
    let heading = b[..<min(i, b.count)].last { $0.hasPrefix("$ ") || $0.hasPrefix("! ") || $0.hasPrefix("? ") } ?? ""
    let form = b[..<min(i, b.count)].last { $0.hasPrefix("--- ") } ?? ""
    func lines(_ text: [Substring]) -> String { text.dropFirst(i).prefix(4).joined(separator: "\n") }
    return "differs from line \(i + 1) (\(heading) \(form)):\nwanted\n\(lines(a))\nfound\n\(lines(b))"
  }
}

/// Plays transcripts.
struct GoldenPlayer {
  private var writer = GoldenWriter()
  private var sessions: [GoldenSession] = []
  private var files: [(name: String, bytes: [UInt8])] = []
  private var isFirst = true

  mutating func finish() -> String { writer.text }

  mutating func take(_ step: GoldenTranscript.Step) throws {
    switch step {
    case .remark(let text): writer.line("# " + text)
    case .session(let title):
      if !writer.text.isEmpty { writer.line("") }
      writer.line("=== " + title)
      (sessions, files) = ([], [])
    case .file(let name, let isEscaped, let lines):
      writer.line("+++ " + name + (isEscaped ? " escaped" : ""))
      writer.lines(lines)
      let bytes = GoldenTranscript.bytes(lines, isEscaped: isEscaped)
      files.append((name, bytes))
      for session in sessions { try put(name, bytes, session) }
    case .fixture(let name, let path):
      writer.line("+++ \(name) from \(path)")
      let url = Goldens.folder.appending(path: "../../Fixtures/" + path).standardizedFileURL
      let bytes = Array(try Data(contentsOf: url))
      files.append((name, bytes))
      for session in sessions { try put(name, bytes, session) }
    case .setup(let text):
      writer.line("& " + text)
      for session in try opened() {
        for answer in session.play(text) where answer.remarks.contains("failed") {
          Issue.record("`\(text)` fails: \(answer.forms.first?.text ?? "")")
        }
      }
    case .command(let text):
      writer.line("$ " + text.replacingOccurrences(of: "\n", with: "\n$$ "))
      try ask { $0.play(text) }
    case .completion(let line): try complete(line)
    case .job(let text): try perform(text)
    }
  }

  private mutating func opened() throws -> [GoldenSession] {
    guard sessions.isEmpty else { return sessions }
    let policies = files.filter { $0.name.hasPrefix("policies/") }.map {
      (name: $0.name, text: String(decoding: $0.bytes, as: UTF8.self))
    }
    for language in [Language.en, .zh] {
      let session = try GoldenSession(language, policies: policies)
      for file in files { try put(file.name, file.bytes, session) }
      sessions.append(session)
      let problems = session.libraryProblems()
      if !problems.isEmpty { write(problems, language, beside: []) }
    }
    return sessions
  }

  private func put(_ name: String, _ bytes: [UInt8], _ session: GoldenSession) throws {
    let text = session.here(String(decoding: bytes, as: UTF8.self))
    let isText = String(validating: bytes, as: UTF8.self) != nil
    try session.write(isText ? Array(text.utf8) : bytes, to: name)
  }

  // MARK: Answers

  private mutating func ask(_ question: (GoldenSession) throws -> [GoldenAnswer]) throws {
    var english: [GoldenAnswer] = []
    var englishFiles: [String: Data] = [:]
    for session in try opened() {
      let before = try session.files()
      let answers = try question(session)
      write(answers, session.language, beside: session.language == .en ? [] : english)
      if session.language == .en { english = answers }
      let after = try session.files().filter { before[$0.key] != $0.value }
      for name in after.keys.sorted() {
        guard let bytes = after[name] else { continue }
        if englishFiles[name] == bytes {
          writer.block("\(session.language.rawValue) file \(name), as in English", "")
        } else {
          writer.block(
            "\(session.language.rawValue) file \(name)",
            GoldenDigest.shortened(name, session.marked(String(decoding: bytes, as: UTF8.self))))
        }
      }
      if session.language == .en { englishFiles = after }
    }
  }

  private mutating func write(_ answers: [GoldenAnswer], _ language: Language, beside english: [GoldenAnswer]) {
    if answers.isEmpty { writer.block("\(language.rawValue) no answer", "") }
    for (i, answer) in answers.enumerated() {
      if !answer.remarks.isEmpty || answers.count > 1 {
        writer.block("\(language.rawValue) answer \(i + 1): " + answer.remarks.joined(separator: "; "), "")
      }
      if answer.forms.isEmpty { writer.block("\(language.rawValue) nothing to show", "") }
      for form in answer.forms {
        let same =
          english.indices.contains(i) && english[i].forms.contains { $0.name == form.name && $0.text == form.text }
        writer.block("\(language.rawValue) \(form.name)" + (same ? ", as in English" : ""), same ? "" : form.text)
      }
    }
  }

  // MARK: Lines and jobs

  private mutating func complete(_ line: String) throws {
    writer.line("? " + line)
    for session in try opened() {
      let typed = session.here(line)
      let mark = try #require(typed.firstRange(of: "‸"), "no cursor stands in `\(line)`")
      let text = typed.replacingCharacters(in: mark, with: "")
      let (candidates, hint) = session.completions(text, at: typed[..<mark.lowerBound].utf8.count)
      writer.block(session.language.rawValue, session.marked(candidates.joined(separator: "\n")) + "\n")
      if !hint.isEmpty { writer.block("\(session.language.rawValue) hint", hint + "\n") }
    }
  }

  private mutating func perform(_ text: String) throws {
    writer.line("! " + text)
    let words = text.split(separator: " ").map(String.init)
    let rest = Array(words.dropFirst())
    switch words.first {
    case "check": try ask { $0.check(rest) }
    case "run": try ask { $0.run(rest) }
    case "render": try ask { $0.render(rest) { $0 } }
    case "digest": try ask { $0.render(rest) { GoldenDigest.text($0) } }
    case "cancelled": try ask { $0.play(rest.joined(separator: " "), isCancelled: true) }
    case "width":
      let width = try #require(rest.first.flatMap(Int.init), "`\(text)` names no width")
      for session in try opened() { session.width = width }
    case "config": try ask { session in try rest.flatMap { try session.configure($0) } }
    case "large":
      // A line many times over, for what is too large to be written out.
      let name = try #require(rest.first, "`\(text)` names no file")
      let count = try #require(rest.dropFirst().first.flatMap(Int.init), "`\(text)` says not how often")
      let line = Data((rest.dropFirst(2).joined(separator: " ") + "\n").utf8)
      var bytes = Data(capacity: line.count * count)
      for _ in 0..<count { bytes.append(line) }
      for session in try opened() { try session.write(bytes, to: name) }
    case "colour": for session in try opened() { session.isColoured = true }
    default: throw GoldenTranscript.Malformed(description: "`! \(text)` is no job")
    }
  }
}

/// A long text in two lines: how long it is, and a digest of its bytes (FNV-1a).
enum GoldenDigest {
  /// Pages are long and much the same.
  static func shortened(_ name: String, _ text: String) -> String { name.hasSuffix(".html") ? self.text(text) : text }

  static func text(_ text: String) -> String {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return "\(text.utf8.count) bytes, \(value)\n"
  }
}
