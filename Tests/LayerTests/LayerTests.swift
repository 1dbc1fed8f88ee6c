// The layers of ARCHITECTURE.md, held by reading every import: each target may import only from rows above it. SwiftPM
// itself lets undeclared transitive imports through.

import Foundation
import Testing

@Suite("Layers")
struct LayerTests {
  /// What each target may import beside the standard library and the platform.
  static let allowed: [String: Set<String>] = [
    "Reckoning": [],
    "Diagnostics": [],
    "Workbooks": ["CZlib"],
    "Databases": ["CSQLite"],
    "Parquet": ["CZlib", "Reckoning"],
    "View": ["Diagnostics"],
    "Answers": ["Reckoning", "Diagnostics", "View", "Workbooks", "Databases", "Parquet"],
    "Facts": ["CFiles", "Reckoning", "Diagnostics", "Workbooks", "Parquet", "CYAML"],
    "Markup": ["CMarkGFM"],
    "PolicyLanguage": ["Reckoning", "Diagnostics", "Markup", "Facts"],
    "Engine": ["Reckoning", "Diagnostics", "Facts", "PolicyLanguage"],
    "Emission": ["Reckoning", "Diagnostics", "Facts", "PolicyLanguage", "Engine"],
    "Districts": ["CDistricts"],
    "Reports": ["Reckoning", "Diagnostics", "Facts", "PolicyLanguage", "Engine"],
    "Commands": ["Reckoning", "Diagnostics", "Answers", "PolicyLanguage", "Engine", "Reports"],
    "Sessions": [
      "Reckoning", "Diagnostics", "Facts", "PolicyLanguage", "Engine", "Reports", "Districts", "Commands",
    ],
    "Workbench": [
      "Commands", "Sessions",
      "Reckoning", "Diagnostics", "View", "Answers", "Facts", "PolicyLanguage", "Engine", "Reports", "Districts",
      "Markup", "Databases", "Emission", "Workbooks",
    ],
    "cesuan-bench": [
      "Reckoning", "Diagnostics", "Answers", "Commands", "Facts", "PolicyLanguage", "Engine", "Reports", "Sessions",
      "Workbench",
    ],
    "Loopback": [],
    "Serving": ["Workbench", "Answers", "Sessions", "Diagnostics", "View", "Loopback", "CPage"],
    "LineEditor": ["CLibEdit"],
    "cesuan": [
      "CArguments", "Workbench", "Serving", "Loopback", "Answers", "Commands", "Sessions", "Diagnostics", "View",
      "LineEditor",
      "ArgumentParser",
    ],
  ]

  static let platform: Set<String> = ["Glibc", "Dispatch", "Synchronization"]

  static var sources: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources")
  }

  /// The Swift files below a folder.
  static func files(of target: String) -> [URL] {
    let folder = sources.appending(path: target).resolvingSymlinksInPath()
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  /// The modules that a file imports, whatever stands before or after the word.
  static func imports(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let accesses: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard let place = words.firstIndex(of: "import"),
        words[..<place].allSatisfy({ $0.hasPrefix("@") || accesses.contains($0) })
      else { return nil }
      // `import struct Foundation.URL` names the module before the dot.
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
      let rest = words[(place + 1)...].drop { kinds.contains($0) }
      return rest.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }
  }

  @Test("every target's folder is known here")
  func noTargetIsForgotten() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path(percentEncoded: false))
    let swift = folders.filter { !Self.files(of: $0).isEmpty }
    #expect(Set(swift) == Set(Self.allowed.keys))
  }

  @Test("no arrow points upwards", arguments: allowed.keys.sorted())
  func importsStayWithinTheirLayer(target: String) throws {
    let allowed = Self.allowed[target, default: []].union(Self.platform)
    let files = Self.files(of: target)
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for module in Self.imports(of: text) {
        #expect(allowed.contains(module), "\(file.lastPathComponent) of \(target) imports \(module)")
      }
    }
  }
}
