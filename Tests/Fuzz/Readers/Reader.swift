// Every reader of what somebody else may have written, as one function of bytes. None opens a file that the bytes name.
// Knows nothing of where the bytes come from.
import Diagnostics
import Facts
import Foundation
import PolicyLanguage
import Sessions
import Workbench
import Workbooks

/// A reader, named as its folder of seeds.
package enum Reader: String, CaseIterable, Sendable {
  case scenario, csv, parquet, workbook, archive, policy, commands, notebook, configuration

  private static let library = Library()

  /// The inputs to begin with.
  package func seeds() throws -> [[UInt8]] {
    let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "corpus")
    let folder = corpus.appending(path: self == .archive ? Reader.workbook.rawValue : rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
    let seeds = try names.map { Array(try Data(contentsOf: folder.appending(path: $0))) }
    // An archive's own bytes are damaged as well as the texts inside it.
    return self == .archive ? seeds.map { Reader.packed($0) } : seeds
  }

  /// Reads, and drops what comes of it: all that is asked is that it ends well.
  package func read(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let source = SourceFile(name: "fuzz", text: text)
    switch self {
    case .scenario:
      var reader = ScenarioReader(dictionary: Reader.library.dictionary, places: Reader.library.places)
      reader.threads = 1
      reader.barred = { _ in
        FileRefusal(
          code: "unreadable", message: Text("no file is read here", zh: "此处不读取文件"),
          hint: Text("name none", zh: "请不要写文件"))
      }
      bytes.withUnsafeBufferPointer { _ = reader.read(bytes: $0, name: "fuzz.yaml", folder: "/nonexistent/") }
    case .csv: register(bytes, "fuzz.csv")
    case .parquet: register(bytes, "fuzz.parquet")
    case .workbook: register(Reader.packed(bytes), "fuzz.xlsx")
    case .archive: register(bytes, "fuzz.xlsx")
    case .policy:
      var dictionary = Reader.library.dictionary
      _ = Library.check(source, &dictionary, Reader.library.places)
    case .commands:
      _ = WorkbenchCommands.parser.parse(source)
      // Completion reads the same line half finished.
      let line = String(text.prefix { $0 != "\n" }.prefix(500))
      let desk = Desk(library: Reader.library)
      _ = desk.complete(line, at: line.utf8.count)
      _ = desk.hint(line, at: line.utf8.count)
    case .notebook: _ = Notebook.isOne(text) ? Notebook.read(bytes, name: "fuzz.md") : Notebook.read(bytes, name: "f")
    case .configuration: _ = Desk(library: Reader.library).configure(source)
    }
  }

  private func register(_ bytes: [UInt8], _ name: String) {
    var builder = DatasetBuilder(dictionary: Reader.library.dictionary, places: Reader.library.places, threads: 1)
    builder.append("hires", file: bytes, as: name)
    _ = builder.finish()
  }

  private final class Gathered {
    var bytes: [UInt8] = []
  }

  /// An archive of the parts that a text lists: `=== name`, then what the part says.
  private static func packed(_ text: [UInt8]) -> [UInt8] {
    let out = Gathered()
    let zip = ZipWriter { out.bytes.append(contentsOf: $0) }
    do {
      for part in String(decoding: text, as: UTF8.self).components(separatedBy: "=== ").dropFirst() {
        let (name, body) = part.firstIndex(of: "\n").map { (part[..<$0], part[$0...].dropFirst()) } ?? (part[...], "")
        try zip.add(String(name.prefix(200)), String(body))
      }
      try zip.finish()
    } catch {
      preconditionFailure("an archive in memory can be written: \(error)")
    }
    return out.bytes
  }
}
