// What a session knows, for other programs; positions in texts as they count them; how far work is. Knows nothing of
// requests.

import Diagnostics
import Sessions
import Synchronization
import View
import Workbench

/// A session's state as one object.
struct ServedState {
  private let desk: Desk

  init(_ desk: Desk) { self.desk = desk }

  var object: JSONValue {
    let state = desk.state
    let places = desk.library.places
    func text(_ text: Text) -> JSONValue { .string(text.in(desk.language)) }
    return [
      "program": "cesuan", "version": .string(ProgramVersion.number), "protocol": .int(LineServer.version),
      "language": .string(desk.language == .zh ? "zh" : "en"),
      "scenario": state.scenario.map { .string($0.name) } ?? .null,
      "scenarios": .array(
        state.scenarios.map { ["name": .string($0.name), "title": text($0.title), "file": .string($0.path)] }),
      "documents": .strings(desk.nearDocuments.map(\.id)),
      "settings": .array(
        state.settings.map {
          ["name": .string($0.target.id), "title": text($0.target.label), "value": text($0.text(places))]
        }),
      "drafts": .strings(state.drafts.map(\.name)),
      "results": .strings(desk.results.all.map(\.name)),
    ]
  }
}

/// Positions in texts. Other programs count Unicode scalars, which is what Python and most protocols call characters;
/// the session counts bytes.
enum ServedText {
  /// How many bytes so many characters take; beyond the end, all of them.
  static func bytes(of text: String, characters: Int) -> Int {
    var (bytes, rest) = (0, characters)
    for scalar in text.unicodeScalars where rest > 0 {
      bytes += UTF8.width(scalar)
      rest -= 1
    }
    return bytes
  }

  /// How many characters so many bytes hold.
  static func characters(of text: String, bytes: Int) -> Int {
    text.utf8.prefix(bytes).count { $0 & 0xC0 != 0x80 }
  }
}

/// How far one request is. Several threads may tell; a line goes out ten times a second at most, and only where it says
/// something new.
final class ServedProgress: Sendable {
  private struct State {
    var told = -1.0
    var at: ContinuousClock.Instant?
    var isOver = false
  }

  private let id: JSONValue
  private let send: @Sendable (String) -> Void
  private let state = Mutex(State())
  private static let pause = Duration.milliseconds(100)

  init(id: JSONValue, send: @escaping @Sendable (String) -> Void) {
    (self.id, self.send) = (id, send)
  }

  /// Takes how much is done, 0 to 1.
  func tell(_ share: Double) {
    guard share.isFinite else { return }
    let now = ContinuousClock.now
    state.withLock { state in
      let thousandths = Int((min(max(share, 0), 1) * 1000).rounded(.down))
      let share = Double(thousandths) / 1000
      guard !state.isOver, share != state.told, share < 1 else { return }
      if let at = state.at, now - at < Self.pause { return }
      (state.told, state.at) = (share, now)
      // Within the lock: a line that is on its way when the work ends comes before the reply.
      send((["id": id, "progress": .number(Self.text(thousandths))] as JSONValue).line)
    }
  }

  /// Nothing more is told.
  func end() { state.withLock { $0.isOver = true } }

  /// `0.4`
  private static func text(_ thousandths: Int) -> String {
    let digits = String(1000 + thousandths % 1000).dropFirst()
    let short = digits.reversed().drop { $0 == "0" }.reversed()
    return "\(thousandths / 1000)" + (short.isEmpty ? "" : "." + String(short))
  }
}
