// The page of the protocol is played: every request on it is sent, and what comes back is what stands there.

import Diagnostics
import Foundation
import Sessions
import Synchronization
import Testing
import Workbench

@testable import Serving

/// A server with what it has sent.
final class Client: Sendable {
  private let received = Mutex<[String]>([])

  var lines: [String] { received.withLock { $0 } }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A server over a scenario, which is loaded.
  static func served(_ scenario: String = "agency-edge") -> (Client, LineServer) {
    let client = Client()
    let desk = Desk(library: Library(files: []))
    let file = root.appending(path: "scenarios/\(scenario).yaml").path(percentEncoded: false)
    precondition(!desk.load(path: file).failed, "the scenario of the tests is there")
    return (client, LineServer(desk) { line in client.received.withLock { $0.append(line) } })
  }

  /// What comes back to some lines.
  static func replies(to lines: [String], scenario: String = "agency-edge") -> [String] {
    let (client, server) = served(scenario)
    for line in lines { server.lines.take(line) }
    server.lines.end()
    server.serve()
    return client.lines
  }
}

@Suite("Page of the protocol")
struct ProtocolPageTests {
  private static func page() throws -> [(sent: String, expected: [String])] {
    let text = try String(contentsOf: Client.root.appending(path: "docs/STDIO.md"), encoding: .utf8)
    var turns: [(sent: String, expected: [String])] = []
    var isWithin = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isWithin.toggle() }
      guard isWithin else { continue }
      if line.hasPrefix("> ") { turns.append((String(line.dropFirst(2)), [])) }
      if line.hasPrefix("< ") { turns[turns.count - 1].expected.append(String(line.dropFirst(2))) }
    }
    return turns
  }

  /// Whether a text is what stands on the page, where `…` stands for anything.
  private func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.components(separatedBy: "…")
    guard text.hasPrefix(parts[0]), text.hasSuffix(parts[parts.count - 1]) else { return false }
    var rest = text[...]
    for part in parts where !part.isEmpty {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  @Test("every message on the page comes as it stands there")
  func everyMessage() throws {
    let turns = try Self.page()
    #expect(turns.count > 20)
    let (client, server) = Client.served()
    var seen = 0
    for turn in turns { server.lines.take(turn.sent) }
    server.lines.end()
    server.serve()
    // `cancel` is answered before its turn.
    let cancels = turns.filter { $0.sent.contains(#""do":"cancel""#) }
    let others = turns.filter { !$0.sent.contains(#""do":"cancel""#) }
    var lines = client.lines
    for turn in cancels + others {
      for expected in turn.expected {
        // How often progress is told depends on how long it takes.
        if expected.contains(#""progress""#) {
          while let line = lines.first, line.contains(#""progress":"#) { lines.removeFirst() }
          continue
        }
        while let line = lines.first, line.contains(#""progress":"#) { lines.removeFirst() }
        let line = try #require(lines.first, "nothing comes back to \(turn.sent)")
        #expect(matches(line, expected), "\(line)\nis not\n\(expected)")
        lines.removeFirst()
        seen += 1
      }
    }
    #expect(lines.isEmpty)
    #expect(seen > 25)
  }

  @Test("every verb and every code is on the page")
  func everythingIsTold() throws {
    let text = try String(contentsOf: Client.root.appending(path: "docs/STDIO.md"), encoding: .utf8)
    for verb in ServingRequest.verbs { #expect(text.contains("\"do\":\"\(verb)\""), "\(verb) is not on the page") }
    for form in ServedForm.allCases { #expect(text.contains("| `\(form.rawValue)` |"), "\(form) is not on the page") }
    let codes = [
      "no-json", "no-object", "no-id", "unknown-do", "missing-member", "wrong-member", "unknown-member",
      "unknown-form", "id-in-use", "cancelled", "ended", "too-long",
    ]
    for code in codes { #expect(text.contains(code), "\(code) is not on the page") }
  }
}
