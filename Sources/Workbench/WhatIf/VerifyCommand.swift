// `verify`: a result carried out again and compared.

import Answers
import Commands
import Diagnostics
import Sessions
import View

/// Carries a result out again.
struct VerifyCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "verify",
    chinese: ["核验", "复核"],
    meaning: Text("carry out a result again and compare", zh: "重做一个结果并核对"),
    usage: Text("verify [r3]", zh: "核验 [r3]"),
    more: Text(
      "Answers about money are numbered: r1, r2, …; the number names one later.", zh: "涉及金额的回答都有编号 r1、r2……，此后可用编号引用。"),
    group: .proposals)

  let name: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    name = parser.isAtEnd || parser.isOption(parser.token) ? nil : try parser.word(Text("a result", zh: "结果"))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("result", name)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let earlier = try earlier(in: session)
    let again = carryOutAgain(earlier, in: session)
    if again.failed { return again }
    var plain = again
    plain.result = nil
    let isSame = Desk.outcome(plain) == earlier.outcome
    let fingerprint = session.fingerprint(earlier.evidence)
    let changed = changedFiles(earlier, in: session)
    var lines: [[Span]] = [
      [
        .data(earlier.name, .name), .data("  "), .data(earlier.command.text, .code), .data("  "),
        Span("fingerprint ", zh: "指纹 ", .muted), .data(fingerprint, .number),
      ]
    ]
    lines.append(
      isSame
        ? [Span("✓ carried out again, it comes out the same to the fen.", zh: "✓ 重做结果完全一致，精确到分。", .good)]
        : [Span("✗ carried out again, it comes out otherwise.", zh: "✗ 重做结果不同。", .bad)])
    for file in changed {
      lines.append([
        Span("! the file has changed since it was read: ", zh: "! 读入之后文件已改动：", .warning), .data(file, .name),
      ])
    }
    var answer = Answer(
      Document([.lines(lines)]),
      records: [
        Record(
          kind: "verified",
          [
            "result": .id(earlier.name), "fingerprint": .id(fingerprint), "same": .flag(isSame),
            "changed_files": .ids(changed),
          ])
      ])
    answer.hasMismatch = !isSame || !changed.isEmpty
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    return after.isEmpty ? WhatIfWords.results(session) : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("verify", zh: "核验")]
  }
}

extension VerifyCommand {
  /// The result that is meant: the last where none is named.
  private func earlier(in session: Desk) throws(Refusal) -> NumberedResult {
    if let name { return try session.result(name) }
    guard let last = session.results.last else { throw Refusal(.unknownResult("_", 0), at: nil) }
    return last
  }

  /// A session of its own carries the command out again, from what was known then.
  private func carryOutAgain(_ earlier: NumberedResult, in session: Desk) -> Answer {
    let other = Desk(library: session.library, language: session.language)
    other.threads = session.threads
    other.folder = session.folder
    other.door = session.door.looking()
    other.isCancelled = session.isCancelled
    other.log = StateLog(earlier.state)
    other.recent = earlier.recent
    other.results = session.results
    var command = earlier.command
    command.into = nil
    return other.perform(command)
  }

  /// The scenario files of a result whose facts are no longer those that were read.
  private func changedFiles(_ result: NumberedResult, in session: Desk) -> [String] {
    var out: [String] = []
    for part in result.evidence.parts where !part.scenario.path.isEmpty && !out.contains(part.scenario.path) {
      let path = part.scenario.path
      let file = Written(text: path, raw: path, location: result.command.location)
      guard let (now, _) = try? session.read(file) else {
        out.append(path)
        continue
      }
      if session.factsDigest(now) != session.factsDigest(part.scenario)
        || now.settings.map(\.value) != part.scenario.settings.map(\.value)
      {
        out.append(path)
      }
    }
    return out
  }
}
