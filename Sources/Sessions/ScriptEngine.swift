// An engine for scripts in SQL, as a program of this machine: where it is, and how it carries out statements one after
// another, with what has been done so far. Knows nothing of what the statements say.

import Commands
import Diagnostics
import Glibc

/// An engine of this machine.
package struct ScriptEngine: Sendable {
  /// Which.
  package let engine: OtherEngine
  /// Where the program is.
  let path: String
  /// Its version: `1.5.6`.
  let version: String

  /// What answers call it: `DuckDB 1.5.6`.
  package var title: String { "\(engine.title) \(version)" }

  /// The variable that names the program, where it is not found by its name.
  package static func variable(_ engine: OtherEngine) -> String {
    switch engine {
    case .duckdb: "CESUAN_DUCKDB"
    }
  }

  /// The first version that knows the words of the scripts.
  private static let least = "1.3"

  /// The program of an engine: the one that is named, or the first of its name on the path.
  package static func find(_ engine: OtherEngine, at location: SourceRange?) throws(Refusal) -> ScriptEngine {
    let named = getenv(variable(engine)).map { String(cString: $0) }
    guard let path = OtherProgram.find(named ?? engine.rawValue) else {
      throw Refusal(.engine(.missing(engine)), at: location)
    }
    let folder = try EngineFolder()
    defer { folder.remove() }
    let status = try? OtherProgram.run(
      [path, "--version"], saying: folder.path + "/said", output: folder.path + "/version", isUnwanted: { false })
    let said = folder.text("version")
    // v1.5.6 (Variegata) 069cc9f9b5
    guard status == 0, let word = said.split(separator: " ").first, word.first == "v" else {
      throw Refusal(.engine(.failed(engine, said.isEmpty ? folder.text("said") : said)), at: location)
    }
    let version = String(word.dropFirst())
    let parts = version.split(separator: ".").compactMap { Int($0) }
    if parts.count >= 2, parts[0] < 1 || (parts[0] == 1 && parts[1] < 3) {
      throw Refusal(.engine(.tooOld(engine, version, least)), at: location)
    }
    return ScriptEngine(engine: engine, path: path, version: version)
  }

  /// Carries statements out.
  /// - Parameters:
  ///   - folder: where the script, what the engine says and what does not fit into memory go.
  ///   - progress: told how much is done, 0 to 1.
  package func carryOut(
    _ statements: [String], in folder: EngineFolder, threads: Int, progress: ((Double) -> Void)?,
    isCancelled: @Sendable () -> Bool, at location: SourceRange?
  ) throws(Refusal) {
    let spill = "'" + folder.path.replacing("'", with: "''") + "/spill'"
    var script = "SET temp_directory = \(spill);\nSET threads = \(max(threads, 1));\nSET enable_progress_bar = false;\n"
    if let most = getenv(ScriptEngine.variable(engine) + "_MEMORY").map({ String(cString: $0) }), !most.isEmpty {
      script += "SET memory_limit = '\(most.replacing("'", with: "''"))';\n"
    }
    // What has been done is told by lines of one sign each.
    for statement in statements { script += statement + "\n.print .\n" }
    try folder.write("script.sql") { sink in try Array(script.utf8).withUnsafeBytes { try sink($0) } }
    let done = folder.path + "/done"
    let status: Int
    do {
      status = try OtherProgram.run(
        [path, "-batch", "-bail", "-no-init", "-f", folder.path + "/script.sql"], saying: folder.path + "/said",
        output: done
      ) {
        var state = stat()
        if let progress, stat(done, &state) == 0 {
          progress(min(Double(state.st_size / 2) / Double(max(statements.count, 1)), 1))
        }
        return isCancelled()
      }
    } catch {
      switch error {
      case .notStarted(let why): throw Refusal(.engine(.failed(engine, why)), at: location)
      case .stopped: throw Refusal(.interrupted, at: nil)
      }
    }
    if status != 0 {
      let lines = folder.text("said").split(separator: "\n").prefix(3).joined(separator: " ")
      throw Refusal(.engine(.failed(engine, lines.isEmpty ? "status \(status)" : lines)), at: location)
    }
  }
}

/// A folder for what is handed to an engine and what comes back.
package struct EngineFolder {
  private let folder: TemporaryFolder

  package init() throws(Refusal) {
    guard let folder = TemporaryFolder() else {
      throw Refusal(.engine(.noFolder(.same(String(cString: strerror(errno))))), at: nil)
    }
    self.folder = folder
  }

  package var path: String { folder.path }

  /// Writes a file of the folder block by block.
  package func write(
    _ name: String, _ fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws(Refusal) {
    do {
      try Files.write(to: path + "/" + name, fill)
    } catch let failure as Files.Failure {
      throw Refusal(.engine(.noFolder(failure.reason)), at: nil)
    } catch {
      throw Refusal(.interrupted, at: nil)
    }
  }

  /// The text of a file of the folder; empty where there is none.
  package func text(_ name: String) -> String {
    let bytes = (try? Files.bytes(path + "/" + name, isCancelled: { false })) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Hands a file of the folder over block by block.
  /// - Throws: `Files.Failure` where it cannot be read; what the sink throws.
  package func pour(_ name: String, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    let file = open(path + "/" + name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Files.Failure(errno) }
    defer { close(file) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let size = read(file, block.baseAddress, block.count)
      if size < 0 { throw Files.Failure(errno) }
      if size == 0 { return }
      try sink(UnsafeRawBufferPointer(rebasing: block[..<size]))
    }
  }

  /// Removes it with all that is in it.
  package func remove() { folder.remove() }
}
