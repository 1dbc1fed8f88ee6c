// The tidy rules over the tree. What breaks a rule still is listed in tidy-exceptions.txt, one line for each place:
// rule, file, detail. The list only shrinks: a violation that is not listed fails, and so does a line that is no longer
// true.
// `UPDATE_TIDY=1 swift test --filter TidyTests` takes away what is no longer true; it adds nothing.

import Foundation
import Testing

@Suite("Tidy", .serialized)
struct TidyTests {
  @Test("each rule holds, but for what is listed", arguments: tree.rules.map(\.name) + [UnusedPermissions.name])
  func theTreeIsTidy(rule: String) throws {
    let comparison = TidyList(try String(contentsOf: Self.list, encoding: .utf8))
      .compared(to: Self.tree.violations(of: rule), rule: rule)
    #expect(comparison.new.isEmpty, "broken: \(comparison.new.joined(separator: "; "))")
    if ProcessInfo.processInfo.environment["UPDATE_TIDY"] == nil {
      #expect(
        comparison.gone.isEmpty,
        "no longer true, to be deleted from tidy-exceptions.txt: \(comparison.gone.joined(separator: "; "))")
    } else {
      try Data(comparison.kept.utf8).write(to: Self.list, options: .atomic)
    }
  }

  @Test("the list names rules that there are")
  func listedRulesExist() throws {
    let rules = Set(Self.tree.rules.map(\.name) + [UnusedPermissions.name])
    for entry in TidyList(try String(contentsOf: Self.list, encoding: .utf8)).entries {
      #expect(rules.contains(String(entry.line.prefix { $0 != " " })), "\(entry.line)")
    }
  }

  @Test("no source is left out, and ARCHITECTURE.md names its decisions")
  func sourcesAreThere() {
    #expect(Self.tree.targets.keys.contains("Sources/Engine") && Self.tree.targets.keys.contains("Tests/LayerTests"))
    #expect(Self.tree.targets.values.allSatisfy { !$0.isEmpty })
    #expect(Self.tree.decisions.contains("One evaluator"))
  }

  private static let list = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "tidy-exceptions.txt")
  private static let tree = TidyTree(root: LayerTests.sources.deletingLastPathComponent())
}

/// All Swift sources of the project, and the rules for them.
private struct TidyTree: Sendable {
  /// By folder: `Sources/Engine`, `Tests/EngineTests`.
  let targets: [String: [SwiftText]]
  let decisions: Set<String>

  init(root: URL) {
    func text(_ file: URL) -> String {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else {
        preconditionFailure("\(file) can be read.")
      }
      return text
    }
    var targets: [String: [SwiftText]] = [:]
    for top in ["Sources", "Tests"] {
      let folder = root.appending(path: top)
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? [] {
        let found = FileManager.default.enumerator(at: folder.appending(path: name), includingPropertiesForKeys: nil)
        let files = (found?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        guard !files.isEmpty else { continue }
        targets["\(top)/\(name)"] = files.map { SwiftText(text($0), file: $0.lastPathComponent) }
      }
    }
    self.targets = targets
    decisions = TidyRule.decisions(in: text(root.appending(path: "ARCHITECTURE.md")))
  }

  var rules: [TidyRule] {
    [.lines, .functions, .files, .documentation, .defaults, .traps, .references(to: decisions)]
  }

  /// A line for each violation, as the list has them.
  func violations(of name: String) -> [String] {
    if name == UnusedPermissions.name {
      let permissions = UnusedPermissions(targets: targets)
      return targets.keys.filter { $0.hasPrefix("Sources/") }.flatMap { permissions.violations(in: $0) }.sorted()
    }
    return rules.filter { $0.name == name }.flatMap { rule in
      targets.filter { target in rule.folders.contains { target.key == $0 || target.key.hasPrefix($0 + "/") } }
        .flatMap(\.value).flatMap { source in rule.lines(for: source) }
    }.sorted()
  }
}
