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
  /// Variables that it is started with beside ours.
  var environment: [String: String] = [:]

  /// What answers call it: `DuckDB 1.5.6`.
  package var title: String { "\(engine.title) \(version)" }

  /// The variable that names the program, where it is not found by its name.
  package static func variable(_ engine: OtherEngine) -> String {
    switch engine {
    case .duckdb: "CESUAN_DUCKDB"
    case .spark: SparkProgram.homeVariable
    }
  }

  /// The first version that knows the words of the scripts.
  private static func least(_ engine: OtherEngine) -> (Int, Int) {
    switch engine {
    case .duckdb: (1, 3)
    case .spark: (4, 3)
    }
  }

  /// The program of an engine: the one that is named, or the first of its name on the path.
  package static func find(_ engine: OtherEngine, at location: SourceRange?) throws(Refusal) -> ScriptEngine {
    let path: String?
    var environment: [String: String] = [:]
    switch engine {
    case .duckdb: path = OtherProgram.find(variable("CESUAN_DUCKDB") ?? engine.rawValue)
    case .spark:
      let program = SparkProgram.find()
      path = program?.path
      environment = program?.environment ?? [:]
    }
    guard let path else { throw Refusal(.engine(.missing(engine)), at: location) }
    let folder = try EngineFolder()
    defer { folder.remove() }
    let status = try? OtherProgram.run(
      [path, "--version"], environment: environment, saying: folder.path + "/said", output: folder.path + "/version",
      isUnwanted: { false })
    let said = folder.text("version") + folder.text("said")
    guard status == 0, let version = number(engine, said) else {
      if engine == .spark, said.contains("JAVA_HOME is not set") {
        throw Refusal(.engine(.noJava(engine)), at: location)
      }
      throw Refusal(.engine(.failed(engine, told(said))), at: location)
    }
    let parts = version.split(separator: ".").compactMap { Int($0) }, least = least(engine)
    if parts.count >= 2, (parts[0], parts[1]) < least {
      throw Refusal(.engine(.tooOld(engine, version, "\(least.0).\(least.1)")), at: location)
    }
    return ScriptEngine(engine: engine, path: path, version: version, environment: environment)
  }

  /// The version in what a program says of it.
  private static func number(_ engine: OtherEngine, _ said: String) -> String? {
    let words = said.split { $0 == " " || $0.isNewline }
    switch engine {
    case .duckdb:
      // v1.5.6 (Variegata) 069cc9f9b5
      return words.first.flatMap { $0.first == "v" ? String($0.dropFirst()) : nil }
    case .spark:
      //    /___/ .__/\_,_/_/ /_/\_\   version 4.3.0
      return words.firstIndex(of: "version").flatMap { i in
        words.indices.contains(i + 1) && words[i + 1].first?.isNumber == true ? String(words[i + 1]) : nil
      }
    }
  }

  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Carries statements out.
  /// - Parameters:
  ///   - folder: where the script, what the engine says and what does not fit into memory go.
  ///   - progress: told how much is done, 0 to 1.
  package func carryOut(
    _ statements: [String], in folder: EngineFolder, threads: Int, progress: ((Double) -> Void)?,
    isCancelled: @Sendable () -> Bool, at location: SourceRange?
  ) throws(Refusal) {
    let script: String, arguments: [String]
    switch engine {
    case .duckdb:
      script = duckdb(statements, folder, threads)
      arguments = ["-batch", "-bail", "-no-init", "-f"]
    case .spark:
      // What has been done is told by lines of one sign each.
      script = statements.map { $0 + "\nSELECT '.';\n" }.joined()
      arguments = SparkProgram.arguments(path, folder.path, threads)
    }
    try folder.write("script.sql") { sink in try Array(script.utf8).withUnsafeBytes { try sink($0) } }
    let status: Int
    var patience = Patience(seconds: most)
    do {
      status = try OtherProgram.run(
        [path] + arguments + [folder.path + "/script.sql"], environment: environment, saying: folder.path + "/said",
        output: folder.path + "/done"
      ) {
        let done = folder.text("done").split(separator: "\n").count { $0 == "." }
        progress?(min(Double(done) / Double(max(statements.count, 1)), 1))
        return isCancelled() || patience.isOver(done)
      }
    } catch {
      switch error {
      case .notStarted(let why): throw Refusal(.engine(.failed(engine, why)), at: location)
      case .stopped:
        guard patience.hasEnded else { throw Refusal(.interrupted, at: nil) }
        let name = statements.indices.contains(patience.done) ? ScriptEngine.name(of: statements[patience.done]) : "."
        throw Refusal(.engine(.tooSlow(engine, name, patience.seconds)), at: location)
      }
    }
    if status != 0 {
      let said = ScriptEngine.told(folder.text("said"))
      throw Refusal(.engine(.failed(engine, said.isEmpty ? "status \(status)" : said)), at: location)
    }
  }

  /// The variable that says for how many seconds one statement is waited for.
  static func variableOfSeconds(_ engine: OtherEngine) -> String { "CESUAN_\(engine.rawValue.uppercased())_SECONDS" }

  /// For how many seconds one statement is waited for: an hour, unless somebody says otherwise.
  private var most: Int {
    ScriptEngine.variable(ScriptEngine.variableOfSeconds(engine)).flatMap { Int($0) }.map { max($0, 1) } ?? 3_600
  }

  /// The table that a statement makes; else how it begins.
  private static func name(of statement: String) -> String {
    let words = statement.prefix(2_000).split { $0 == " " || $0.isNewline }
    if let i = words.firstIndex(of: "AS"), i > 0, words[..<i].contains("TABLE") { return String(words[i - 1]) }
    return words.prefix(3).joined(separator: " ")
  }

  private func duckdb(_ statements: [String], _ folder: EngineFolder, _ threads: Int) -> String {
    let spill = "'" + folder.path.replacing("'", with: "''") + "/spill'"
    var script = "SET temp_directory = \(spill);\nSET threads = \(max(threads, 1));\nSET enable_progress_bar = false;\n"
    if let most = ScriptEngine.variable(ScriptEngine.variable(engine) + "_MEMORY") {
      script += "SET memory_limit = '\(most.replacing("'", with: "''"))';\n"
    }
    for statement in statements { script += statement + "\n.print .\n" }
    return script
  }

  /// What a program says of its failure, without what it says besides: an error with its name where there is one.
  private static func told(_ said: String) -> String {
    let lines = said.split(separator: "\n")
    let named = lines.first { line in
      line.first == "[" && line.dropFirst().prefix { $0.isUppercase || $0 == "_" || $0 == "." }.count > 3
    }
    // What goes wrong stands behind what is only said of the start.
    let wrong = lines.first { $0.contains("Exception: ") || $0.contains("Error: ") }
    return (named ?? wrong).map(String.init) ?? lines.suffix(3).joined(separator: " ")
  }
}

/// How long a program is waited for that gets no further.
private struct Patience {
  let seconds: Int
  /// How much had been done when it last got further.
  private(set) var done = 0
  private(set) var hasEnded = false
  private var since = ContinuousClock.now

  init(seconds: Int) { self.seconds = seconds }

  /// Told how much is done.
  mutating func isOver(_ done: Int) -> Bool {
    if done != self.done { (self.done, since) = (done, .now) }
    hasEnded = ContinuousClock.now - since > .seconds(seconds)
    return hasEnded
  }
}
