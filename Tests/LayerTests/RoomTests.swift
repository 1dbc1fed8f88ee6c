// No type is spread over rooms: the tree holds the rule, and the rule finds what is planted.

import Foundation
import Testing

@Suite("Rooms")
struct RoomTests {
  @Test("no type has a second life outside of its room")
  func theTree() throws {
    let root = LayerTests.sources
    let found = try FileManager.default.subpathsOfDirectory(atPath: root.path(percentEncoded: false))
      .filter { $0.hasSuffix(".swift") }
      .map { (path: $0, text: try String(contentsOf: root.appending(path: $0), encoding: .utf8)) }
    #expect(found.count > 300)
    let broken = Rooms(sources: found).violations
    #expect(broken.isEmpty, "\(broken.joined(separator: "; "))")
  }

  private static func visit(_ lines: Int) -> String {
    "extension House {\n" + String(repeating: "  var a: Int { 1 }\n", count: lines) + "}\n"
  }

  @Test("a word in another room is none; a life in one is, also in several pieces")
  func planted() {
    let home: Rooms.Source = ("Engine/Plan/House.swift", "package final class House {\n}\n")
    func found(_ path: String, _ text: String) -> [String] { Rooms(sources: [home, (path, text)]).violations }
    #expect(found("Engine/Run/Visit.swift", Self.visit(60)).isEmpty)
    #expect(found("Engine/Run/Visit.swift", Self.visit(61)) == ["House in Engine/Run/Visit.swift: 61 lines"])
    #expect(
      found("Reports/Visit.swift", Self.visit(31) + "package " + Self.visit(30)) == [
        "House in Reports/Visit.swift: 61 lines"
      ])
    #expect(found("Engine/Plan/Visit.swift", Self.visit(99)).isEmpty)
    #expect(found("Engine/Run/Other.swift", Self.visit(99).replacing("House", with: "String")).isEmpty)
  }
}
