// What becomes of `on duckdb` and `on spark` where the engine is not there, is too old, fails or is stopped, what
// cannot be asked of it, and what is refused of records that stay in a folder. What a real one answers, the
// differential tests hold (engines.py).

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Other engines", .serialized)
struct EngineRunTests {
  /// A program that says it is DuckDB, and does something else.
  private func program(_ bench: Bench, version: String = "v1.5.6 (Variegata) 069cc9f9b5", _ does: String) throws {
    let path = bench.path("engine")
    let text = "#!/bin/sh\nif [ \"$1\" = --version ]; then echo '\(version)'; exit 0; fi\n\(does)\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    setenv("CESUAN_DUCKDB", path, 1)
  }

  @Test(
    "Every spelling of `on` means the same engine, and levels and bands keep their word",
    arguments: [
      "run changle-2022 on duckdb", "run changle-2022 on DuckDB", "测算 changle-2022 在 duckdb", "测算 changle-2022 在duckdb",
      "测算 changle-2022 用 duckdb",
    ])
  func spellings(_ text: String) throws {
    #expect(Meaning(try parsed(text)).text == Meaning(try parsed("run changle-2022 on duckdb")).text)
    #expect(try parsed(text).engine == .duckdb)
    let grouped = try parsed("测算 按 年龄 于 参保日期 在 16..24、25.. 在 duckdb")
    #expect(grouped.engine == .duckdb && grouped.grouping.first?.bands.count == 2)
    #expect(try parsed("测算 按 户籍地 在 市级").engine == nil)
    #expect(try parsed("测算 在spark").engine == .spark)
  }

  @Test("An engine that is not there, is no engine or is too old is told with how to get it")
  func missing() throws {
    let bench = try Bench()
    setenv("CESUAN_DUCKDB", bench.path("nowhere"), 1)
    let none = try bench.mistake("run changle-2022 on duckdb")
    #expect(none.code == "no-engine" && none.hint?.en.contains("duckdb-cli") == true)
    try program(bench, version: "v1.0.0 1f98600c2c", "exit 1")
    let old = try bench.mistake("run changle-2022 on duckdb")
    #expect(old.code == "no-engine" && old.message.en.contains("1.0.0"))
    try program(bench, version: "what?", "exit 1")
    #expect(try bench.mistake("run changle-2022 on duckdb").code == "engine-failed")
  }

  @Test("What an engine says of its failure is told, and nothing is left behind")
  func failed() throws {
    let bench = try Bench()
    let kept = bench.path("kept")
    try program(bench, "ls -d \"$(dirname \"$5\")\" > '\(kept)'; echo 'Out of Memory Error: no room' >&2; exit 1")
    let mistake = try bench.mistake("run changle-2022 on duckdb")
    #expect(mistake.code == "engine-failed" && mistake.hint?.en.contains("no room") == true)
    let folder = try String(contentsOfFile: kept, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(folder.contains("cesuan-") && !FileManager.default.fileExists(atPath: folder))
    // An answer that is none is no budget.
    try program(
      bench,
      "for f in sums payees months unpriced open subjects granted; do echo odd > \"$(dirname \"$5\")/$f.csv\"; done"
    )
    #expect(try bench.mistake("run changle-2022 on duckdb").code == "engine-failed")
  }

  /// A program that says it is Spark, in the folder of one, and does something else.
  private func spark(_ bench: Bench, version: String = "version 4.3.0", _ does: String) throws {
    let folder = bench.path("spark/bin")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text =
      "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'Welcome to Spark \(version)' >&2; exit 0; fi\n\(does)\n"
    try text.write(toFile: folder + "/spark-sql", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/spark-sql")
    setenv("CESUAN_SPARK_HOME", bench.path("spark"), 1)
  }

  @Test("Spark that is not there, is too old or has no Java is told with how to get it")
  func missingSpark() throws {
    let bench = try Bench()
    setenv("CESUAN_SPARK_HOME", bench.path("nowhere"), 1)
    let none = try bench.mistake("run changle-2022 on spark")
    #expect(none.code == "no-engine" && none.hint?.en.contains("pip install pyspark") == true)
    try spark(bench, version: "version 3.5.1", "exit 1")
    #expect(try bench.mistake("run changle-2022 on spark").message.en.contains("3.5.1"))
    let text = "#!/bin/sh\necho 'JAVA_HOME is not set' >&2\nexit 1\n"
    try text.write(toFile: bench.path("spark/bin/spark-sql"), atomically: true, encoding: .utf8)
    let java = try bench.mistake("run changle-2022 on spark")
    #expect(java.code == "no-engine" && java.hint?.en.contains("Java 17") == true)
  }

  @Test("Of all that Spark says of its failure its error is told, and it is started where it should compute")
  func failedSpark() throws {
    let bench = try Bench()
    let kept = bench.path("kept")
    try spark(
      bench,
      """
      echo "$@" > '\(kept)'
      echo 'WARN Utils: a host' >&2; echo 'Time taken: 3 s' >&2; echo '[DIVIDE_BY_ZERO] by nought' >&2
      echo '    at org.apache' >&2; exit 1
      """)
    setenv("CESUAN_SPARK_MASTER", "spark://there:7077", 1)
    defer { unsetenv("CESUAN_SPARK_MASTER") }
    let mistake = try bench.mistake("run changle-2022 on spark")
    #expect(mistake.code == "engine-failed" && mistake.hint?.en.contains("[DIVIDE_BY_ZERO] by nought") == true)
    #expect(mistake.hint?.en.contains("WARN") == false)
    let said = try String(contentsOfFile: kept, encoding: .utf8)
    #expect(said.contains("--master spark://there:7077") && said.contains("catalogImplementation=in-memory"))
  }

  @Test("Whatever Spark writes under a name is one answer, in the order of its parts")
  func parts() throws {
    let bench = try Bench()
    try spark(
      bench,
      """
      for last; do :; done
      place=$(dirname "$last")
      for f in sums payees months unpriced open subjects granted payments; do mkdir "$place/$f.csv"; done
      echo 'changle-2022.agency_reward,2022,3,due,2,30000' > "$place/months.csv/part-00000-x.csv"
      echo 'changle-2022.agency_reward,1,due,false,1,10000' > "$place/sums.csv/part-00000-x.csv"
      echo 'changle-2022.agency_reward,2,due,false,1,20000' > "$place/sums.csv/part-00001-x.csv"
      echo 'changle-2022.agency_reward,1' > "$place/payees.csv/part-00000-x.csv"
      echo odd > "$place/sums.csv/_SUCCESS"
      """)
    #expect(try bench.total("run changle-2022 on spark") == "300.00")
  }

  @Test("An engine that is no longer wanted is ended")
  func interrupted() throws {
    let bench = try Bench()
    try program(bench, "sleep 60")
    bench.session.isCancelled = { true }
    let began = ContinuousClock.now
    #expect(try bench.mistake("run changle-2022 on duckdb").code == "interrupted")
    #expect(ContinuousClock.now - began < .seconds(20))
  }

  @Test("An engine that gets no further is ended after a while, and the statement that it is at is named")
  func slow() throws {
    let bench = try Bench()
    try program(bench, "echo .; echo .; sleep 60")
    setenv("CESUAN_DUCKDB_SECONDS", "1", 1)
    defer { unsetenv("CESUAN_DUCKDB_SECONDS") }
    let began = ContinuousClock.now
    let mistake = try bench.mistake("run changle-2022 on duckdb")
    #expect(mistake.code == "engine-slow" && mistake.message.en.contains("1 seconds"), "\(mistake)")
    #expect(mistake.hint?.zh.contains("CESUAN_DUCKDB_SECONDS") == true)
    #expect(ContinuousClock.now - began < .seconds(20))
  }

  @Test("Facts are handed over as they are, absent ones as nothing")
  func handedOver() throws {
    let bench = try Bench(
      """
      scenario: One
      district: 350112
      enterprises:
        - {id: 'k "1"', district: 350112, lists: [leading_2021, honest_employer]}
      hires:
        - {id: h1, origin: 520502, enterprise: 'k "1"', start: 2022-03-01}
      """)
    try program(bench, "cp \"$(dirname \"$5\")\"/facts_*.csv '\(bench.folder.path(percentEncoded: false))'; exit 1")
    _ = bench.ask("run changle-2022 on duckdb")
    let firms = try String(contentsOfFile: bench.path("facts_enterprises.csv"), encoding: .utf8)
    #expect(firms.hasPrefix("\"k \"\"1\"\"\",") && firms.contains("\"leading_2021; honest_employer\""))
    let hires = try String(contentsOfFile: bench.path("facts_hires.csv"), encoding: .utf8)
    #expect(hires.contains("\"520502\"") && hires.contains("\"2022-03-01\"") && hires.contains(",,"))
  }

  /// A program that says it is DuckDB, and has paid.
  private func payer(_ bench: Bench, _ payments: String, cuts: Int) throws {
    try program(
      bench,
      """
      place=$(dirname "$5")
      for f in sums payees months unpriced open subjects granted; do : > "$place/$f.csv"; done
      echo 'changle-2022.agency_reward,1,due,false,2,40000' > "$place/sums.csv"
      echo \(cuts) > "$place/cuts.csv"
      cat > "$place/payments.csv" <<'END'
      \(payments)
      END
      """)
  }

  @Test("Payments that an engine has written are a file as those that are reckoned here")
  func payments() throws {
    let bench = try Bench()
    let m = "changle-2022.agency_reward"
    let rows = """
      \(m),a1,=h1,2022-03-01,30000,due,false,,,
      \(m),"a,""1""\(String(repeating: "x", count: 3))",h2,2022-04-01,10000,over_cap,true,,40000,\(m)
      """
    try payer(bench, rows, cuts: 1)
    let whole = bench.path("whole.csv")
    #expect(
      bench.ask("run changle-2022\npayments on duckdb into \"\(whole)\"")
        .allSatisfy { !$0.failed })
    #expect(
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: whole)), as: UTF8.self)
        == "\u{FEFF}measure,beneficiary,subject,date,amount,status,upper_bound,claimed,limit\r\n"
        + "\(m),a1,'=h1,2022-03-01,300.00,due,false,,\r\n"
        + "\(m),\"a,\"\"1\"\"xxx\",h2,2022-04-01,100.00,over_cap,true,400.00,\(m)\r\n")
    try payer(bench, "\(m),a1,@h1,2022-03-01,30000,due,false,,,", cuts: 0)
    let set = bench.path("set.csv")
    #expect(
      bench.ask("set agency_reward.threshold = 1\npayments on duckdb into \"\(set)\"").allSatisfy { !$0.failed })
    #expect(
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: set)), as: UTF8.self)
        == "\u{FEFF}measure,beneficiary,subject,date,amount,status,upper_bound,settings\r\n"
        + "\(m),a1,'@h1,2022-03-01,300.00,due,false,\(m).threshold = 1\r\n")
    try payer(bench, "odd", cuts: 0)
    #expect(try bench.mistake("payments on duckdb into \"\(set)\"").code == "engine-failed")
  }

  @Test("What is assumed is not reckoned by an engine, and every answer says so")
  func assumed() throws {
    let bench = try Bench()
    try payer(bench, "changle-2022.agency_reward,a1,h1,2022-03-01,30000,due,false,,,", cuts: 0)
    #expect(
      bench.ask("run changle-2022\nassume take-up of agency_reward 50%").allSatisfy { !$0.failed })
    for command in [
      "run changle-2022 on duckdb", "compare changle-2022, fuzhou-2021 on duckdb",
      "payments on duckdb into \"\(bench.path("p.csv"))\"",
    ] {
      let answer = try #require(bench.ask(command).last)
      #expect(!answer.failed && answer.diagnostics.contains { $0.code == "not-on-engine" }, "\(command)")
      #expect(answer.settings.text(.en)?.contains("= 50%, not reckoned") == true, "\(command)")
      #expect(!answer.further.contains { $0.key == "responding" }, "\(command)")
    }
  }

  @Test("Records that stay in a folder are counted as none by no command")
  func stays() throws {
    let bench = try Bench()
    let folder = bench.path("there")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(bench.ask("list hires into \"\(folder)/0.parquet\"").allSatisfy { !$0.failed })
    try Data("scenario: There\ndistrict: 350112\nhires_from: there\n".utf8)
      .write(to: URL(filePath: bench.path("other.yaml")))
    #expect(bench.ask("load \"\(bench.path("other.yaml"))\" as other").allSatisfy { !$0.failed })
    for command in [
      "run changle-2022", "list hires", "count hires", "describe hires", "sql \"select * from hires\"",
      "compare changle-2022, fuzhou-2021", "sweep rate_3m from 1 to 3", "payments", "duties", "readings", "missing",
    ] {
      let mistake = try bench.mistake(command)
      #expect(mistake.code == "records-elsewhere", "\(command): \(mistake.message.en)")
    }
    #expect(bench.ask("emit sql changle-2022 into \"\(bench.path("x.sql"))\"").allSatisfy { !$0.failed })
  }

  @Test("Columns of a folder are understood as those of files are; what only a reading here can do is refused")
  func columnsThere() throws {
    let bench = try Bench()
    func loaded(_ cells: String) throws -> [Diagnostic] {
      let folder = bench.path("there")
      try? FileManager.default.removeItem(atPath: folder)
      try FileManager.default.createDirectory(atPath: folder + "/deep", withIntermediateDirectories: true)
      #expect(bench.ask("sql \"select \(cells)\" into \"\(folder)/0.parquet\"").allSatisfy { !$0.failed })
      try Data("scenario: There\ndistrict: 350112\nhires_from: there\n".utf8)
        .write(to: URL(filePath: bench.path("other.yaml")))
      return bench.ask("load \"\(bench.path("other.yaml"))\" as other").flatMap(\.diagnostics)
    }
    #expect(try loaded("'h1' as 编号, 'e1' as 用工单位, '2022-03-01' as 参保日期").allSatisfy { $0.severity != .error })
    #expect(
      try loaded("'h1' as id, 'e1' as enterprise, '2022-03-01' as begun").contains { $0.code == "unknown-column" })
    #expect(try loaded("'h1' as id, 'e1' as enterprise").contains { $0.code == "missing-fact" })
    #expect(try loaded("'e1' as enterprise, '2022-03-01' as start").contains { $0.code == "missing-fact" })
    let wide = "'h1' as id, 'e1' as enterprise, '2022-03-01' as start, 0.4 as [月工资（万元）]"
    #expect(try loaded(wide).contains { $0.code == "column-elsewhere" })
    _ = try loaded("'h1' as id, 'e1' as enterprise, '2022-03-01' as start")
    let place = bench.path("there")
    try FileManager.default.copyItem(atPath: place + "/0.parquet", toPath: place + "/deep/1.parquet")
    let told = bench.ask("load \"\(bench.path("other.yaml"))\" as other").flatMap(\.diagnostics)
    #expect(told.contains { $0.code == "folder-in-folder" }, "\(told.map(\.message.en))")
  }

  @Test(
    "What only the payments tell is refused by its name",
    arguments: [
      ("run changle-2022 on duckdb per hire", "per hire"), ("run by enterprise.size on duckdb", "enterprise.size"),
      ("run by year, agency on duckdb", "by year, agency"), ("payments on duckdb", "payments"),
      ("payments by agency on duckdb into a.csv", "payments"),
    ])
  func untold(_ command: String, _ what: String) throws {
    #expect(try Bench().mistake(command).code == "not-on-engine", "\(what)")
  }
}
