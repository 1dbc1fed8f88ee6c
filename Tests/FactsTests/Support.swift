// What the tests of the readers share: places, scenarios from texts, files in a folder of their own.
import Diagnostics
import Facts
import Foundation
import Reckoning

enum Sample {
  static let places = Gazetteer(
    table: """
      code,name
      350000,福建省
      350100,福州市
      350102,鼓楼区
      350112,长乐区
      320000,江苏省
      320100,南京市
      320106,鼓楼区
      513323,丹巴县
      520502,七星关区
      """)

  static let reader = ScenarioReader(dictionary: Contract.dictionary, places: places)

  /// Reads a scenario's text as a file of a folder that holds the given others.
  static func read(_ text: String, files: [String: [UInt8]] = [:], threads: Int = 2)
    -> ScenarioReader.Outcome
  {
    let folder = Folder()
    for (name, bytes) in files { folder.write(name, bytes) }
    var reader = reader
    reader.threads = threads
    return reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: folder.path)
  }

  static func read(_ text: String, csv: [String: String]) -> ScenarioReader.Outcome {
    read(text, files: csv.mapValues { Array($0.utf8) })
  }

  /// A scenario of one district with the given lists.
  static func scenario(_ lists: String, csv: [String: String] = [:]) -> ScenarioReader.Outcome {
    read("scenario: t\ndistrict: 350112\n" + lists, csv: csv)
  }

  /// `line:column code` of every problem, or `file:line:column code` outside the scenario itself.
  static func problems(_ reading: ScenarioReader.Outcome) -> [String] {
    reading.diagnostics.map { d in
      guard let location = d.location else { return "- " + d.code }
      let file =
        location.source === reading.source
        ? "" : (location.source?.name.split(separator: "/").last.map { "\($0):" } ?? "")
      return "\(file)\(location.start.line):\(location.start.column) \(d.code)"
    }
  }

  /// A field of all rows in words.
  static func column(_ reading: ScenarioReader.Outcome, _ list: String, _ field: String) -> [String] {
    guard let data = reading.scenario?.dataset, let table = data.table(list) else {
      return ["no scenario: " + reading.diagnostics.map(\.message.en).joined(separator: "; ")]
    }
    return (0..<table.count).map { data.describe(list, $0, field).en }
  }
}

/// A folder of its own that goes away with the value.
final class Folder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "cesuan-facts-\(UInt64.random(in: 0...UInt64.max))/"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) {
    _ = FileManager.default.createFile(atPath: path + name, contents: Data(bytes))
  }
}
