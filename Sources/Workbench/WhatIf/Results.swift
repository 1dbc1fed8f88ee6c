// Results that are numbered, verified and listed. What a result is, the session knows.

import Sessions
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

/// How an answer is called among the session's results.
public struct ResultTag: Sendable, Hashable {
  /// From 1.
  public let number: Int
  /// A digest of facts, documents, settings and question; nil where the facts are too many to look at without being asked.
  public let fingerprint: String?

  /// `r3`
  public var name: String { "r\(number)" }
}

extension Desk {
  /// Facts with more records than this are looked at for a fingerprint only when somebody asks for it.
  private static let quickRecords = 1_000_000

  func number(_ answer: inout Answer, _ evidence: Evidence, _ command: Command) {
    let recent = self.recent
    let outcome = Desk.outcome(answer)
    let result = results.add {
      NumberedResult(
        number: $0, command: command, evidence: evidence, state: state, recent: recent, outcome: outcome)
    }
    charts[result.number] = answer.chart
    if charts.count > ResultLog.limit { charts = charts.filter { results.result($0.key) != nil } }
    let records = evidence.parts.map { $0.scenario.scenario.dataset.tables.reduce(0) { $0 + $1.count } }.max() ?? 0
    answer.result = ResultTag(
      number: result.number, fingerprint: records <= Desk.quickRecords ? fingerprint(evidence) : nil)
  }

  private static func outcome(_ answer: Answer) -> UInt64 {
    var digest = Digest()
    for object in answer.json { digest.add(object.line) }
    return digest.value
  }

  func verify(_ name: Written?) throws(Refusal) -> Answer {
    let earlier: NumberedResult
    if let name {
      earlier = try result(name)
    } else if let last = results.last {
      earlier = last
    } else {
      throw Refusal(.unknownResult("_", 0), at: nil)
    }
    // A session of its own carries the command out again, from what was known then.
    let other = Desk(library: library, language: language)
    other.threads = threads
    other.folder = folder
    other.mayWrite = false
    other.isCancelled = isCancelled
    other.log = StateLog(earlier.state)
    other.recent = earlier.recent
    other.results = results
    var command = earlier.command
    command.into = nil
    let again = other.perform(command)
    if again.failed { return again }
    var plain = again
    plain.result = nil
    let isSame = Desk.outcome(plain) == earlier.outcome
    let fingerprint = fingerprint(earlier.evidence)
    let changed = changedFiles(earlier)
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
      objects: [
        [
          "kind": "verified", "result": .string(earlier.name), "fingerprint": .string(fingerprint),
          "same": .bool(isSame),
          "changed_files": .strings(changed),
        ]
      ])
    answer.hasMismatch = !isSame || !changed.isEmpty
    return answer
  }

  /// The scenario files of a result whose facts are no longer those that were read.
  private func changedFiles(_ result: NumberedResult) -> [String] {
    var out: [String] = []
    for part in result.evidence.parts where !part.scenario.path.isEmpty && !out.contains(part.scenario.path) {
      let path = part.scenario.path
      let file = Written(text: path, raw: path, location: result.command.location)
      guard let (now, _) = try? read(file) else {
        out.append(path)
        continue
      }
      if factsDigest(now) != factsDigest(part.scenario)
        || now.settings.map(\.value) != part.scenario.settings.map(\.value)
      {
        out.append(path)
      }
    }
    return out
  }

  // MARK: Listing

  func listResults() -> Answer {
    let rows = results.all.map { result in
      Table.Row([
        .data(result.name, .name), .data(result.command.text, .code),
        .data(result.evidence.parts.first?.names.joined(separator: " + ") ?? "", .name),
        result.evidence.tally.map { .money(fen: $0.total) } ?? .empty, .data(fingerprint(result.evidence), .number),
      ])
    }
    let table = Table(
      title: Text("Results of this session", zh: "本次会话的结果"),
      columns: [
        Table.Column(Text("Result", zh: "结果"), .left, .essential, key: "result"),
        Table.Column(Text("Command", zh: "命令"), .left, .essential, key: "command"),
        Table.Column(Text("Programme", zh: "方案"), .left, .useful, key: "programme"),
        Table.Column(Text("Total, yuan", zh: "合计（元）"), .right, .important, key: "total"),
        Table.Column(Text("Fingerprint", zh: "指纹"), .left, .useful, key: "fingerprint"),
      ], rows: rows)
    let json: [JSONValue] = results.all.map { result in
      [
        "result": .string(result.name), "command": .string(result.command.text),
        "total": result.evidence.tally.map { .money(fen: $0.total) } ?? .null,
        "fingerprint": .string(fingerprint(result.evidence)),
      ]
    }
    return Answer(
      rows.isEmpty
        ? Document([.paragraph(Text("There are no results yet.", zh: "还没有结果。"))]) : Document([.table(table)]),
      objects: [["kind": "results", "results": .array(json)]])
  }
}
