// Which files a scenario names, told from its text without reading them: for whoever has to know whether facts are
// still as they were. Asks the same reader of YAML that scenarios are read by. Knows nothing of which lists there are.
import Diagnostics
import Reckoning

extension Scenario {
  /// The bulk files that a scenario's text names under `…_from`, in its order and as it writes them: a path from the
  /// root, or one from the scenario's folder. None for a
  /// text that no scenario can be read from.
  public static func bulkFiles(namedIn text: String) -> [String] {
    var text = text[...]
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let own = String(text)
    let tree = YAMLTree(own, source: SourceFile(name: "", text: own), firstLine: 1)
    guard let root = tree.root else { return [] }
    var files: [String] = []
    for (key, value) in root.pairs where !key.isRepeated {
      guard let name = key.name, ScenarioKeys.bulkSuffixes.contains(where: name.hasSuffix) else { continue }
      for entry in [value] + value.entries + value.pairs.map(\.value) {
        if case .text(let file, _) = entry.kind, !file.isEmpty { files.append(file) }
      }
    }
    return files
  }

  /// Where a bulk file is that a scenario names.
  /// - Parameter folder: the scenario's; empty or ending in `/`.
  public static func path(ofBulkFile name: String, folder: String) -> String {
    name.hasPrefix("/") ? name : folder + name
  }

  /// A digest of what a bulk file holds; nil for one that cannot be read.
  public static func digest(ofBulkFile path: String) -> UInt64? {
    guard let file = try? FileBytes.read(BulkPlace(path).file, limit: BulkReading.sizeLimit) else { return nil }
    var digest = Digest()
    digest.add(UnsafeRawBufferPointer(file.bytes))
    return digest.value
  }
}
