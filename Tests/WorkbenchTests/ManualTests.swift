// The manual page and the version: what they say about the program is so.
import Foundation
import Testing

@testable import Workbench

@Suite("The manual page and the version")
struct ManualTests {
  @Test("every setting is described, and the version is the program's")
  func page() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/cesuan.1"), encoding: .utf8)
    let settings = try #require(
      page.components(separatedBy: ".SH SETTINGS").last?.components(separatedBy: ".SH ENVIRONMENT").first)
    let words = Set(settings.split(whereSeparator: { " ,\n".contains($0) }).map(String.init))
    for preference in Preference.allCases { #expect(words.contains(preference.rawValue), "\(preference.rawValue)") }
    #expect(page.contains("\"cesuan \(ProgramVersion.number)\""))
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    for preference in Preference.allCases {
      #expect(readme.contains("`\(preference.rawValue)`"), "\(preference.rawValue)")
    }
  }

  @Test("the commands are listed as they say of themselves")
  func commands() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/cesuan.1")
    let page = try String(contentsOf: file, encoding: .utf8)
    let parts = page.components(separatedBy: ".SH COMMANDS\n")
    try #require(parts.count == 2)
    let rest = try #require(parts[1].range(of: ".SH "))
    if ProcessInfo.processInfo.environment["UPDATE_MANUAL"] != nil {
      try (parts[0] + ".SH COMMANDS\n" + ManualCommands.text + parts[1][rest.lowerBound...])
        .write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(String(parts[1][..<rest.lowerBound]) == ManualCommands.text, "UPDATE_MANUAL=1 swift test writes them")
    }
  }

  @Test("each bundled document has a fingerprint of its own, the same every time")
  func fingerprints() {
    let documents = ProgramVersion.documents
    #expect(documents.count == 6 && Set(documents.map(\.fingerprint)).count == 6)
    #expect(documents.map(\.fingerprint) == ProgramVersion.documents.map(\.fingerprint))
    for document in documents { #expect(ProgramVersion.text.contains(document.id) && document.fingerprint.count == 16) }
  }
}
