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

  @Test("each bundled document has a fingerprint of its own, the same every time")
  func fingerprints() {
    let documents = ProgramVersion.documents
    #expect(documents.count == 6 && Set(documents.map(\.fingerprint)).count == 6)
    #expect(documents.map(\.fingerprint) == ProgramVersion.documents.map(\.fingerprint))
    for document in documents { #expect(ProgramVersion.text.contains(document.id) && document.fingerprint.count == 16) }
  }
}
