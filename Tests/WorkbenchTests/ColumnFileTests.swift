// Databases and Parquet files at the desk: what is written holds what was answered, and a list that is written as
// Parquet is read again as the same facts.

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Databases and columns in files")
struct ColumnFileTests {
  private static let agencies = """
    scenario: Elsewhere
    district: 350112
    as_of: 2022-12-31
    enterprises:
      - {id: e-1, district: 350112, size: small}
      - {id: e2, district: 350112}
    agencies:
      - {id: qx, district: 350112, filed: true}
      - {id: r, district: 520502}
    hires_from: hires.parquet
    """

  @Test("a list written as Parquet is the same list when it is read")
  func roundTrip() throws {
    let bench = try Bench(RecordQueryTests.six)
    let path = bench.path("hires.parquet")
    #expect(bench.ask("list hires into \"\(path)\"").allSatisfy { !$0.failed })
    func hires() throws -> JSONValue? { try bench.object("list", "list hires")["records"] }
    let wanted = try hires()
    try Data(Self.agencies.utf8).write(to: URL(filePath: bench.path("other.yaml")))
    let loaded = bench.ask("load \"\(bench.path("other.yaml"))\" as other")
    try #require(loaded.allSatisfy { !$0.failed }, "\(loaded.flatMap(\.diagnostics).map(\.message.en))")
    #expect(try hires()?.line == wanted?.line)
  }

  @Test("a file says how many rows it has, in both forms, and forms for files are not shown")
  func told() throws {
    let bench = try Bench(RecordQueryTests.six)
    for form in ["db", "parquet"] {
      let path = bench.path("h." + form)
      let answer = try #require(bench.ask("list hires into \"\(path)\"").last)
      #expect(!answer.failed && AnswerRenderer().render(answer).contains("(6 rows)"))
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      #expect(bytes.starts(with: Array((form == "db" ? "SQLite format 3" : "PAR1").utf8)))
      #expect(try bench.mistake("count hires as \(form)").code == "format-for-files")
      // An answer without a list is its names and values.
      #expect(bench.ask("count hires into \"\(bench.path("c." + form))\"").allSatisfy { !$0.failed })
    }
  }

  @Test("columns in files hold the table that a file of values holds")
  func sameTable() throws {
    let bench = try Bench(RecordQueryTests.six)
    _ = bench.ask("set agency_reward.threshold = 1; run changle-2022 as adopted")
    for line in [
      "run changle-2022 by year, agency as adopted", "run changle-2022 by beneficiary as adopted",
      "compare changle-2022, quanzhou-tiz-2023", "sweep agency_reward.threshold from 1 to 3 in changle-2022",
      "run changle-2022 by month as adopted", "run changle-2022 as adopted", "payments",
    ] {
      let answer = try #require(bench.ask(line).last)
      let heads = AnswerRenderer(format: .csv).render(answer).prefix { $0 != "\r\n" }.split(separator: ",").map(
        String.init)
      let names = ProgramTables(answer).only?.names ?? []
      let own = heads.filter { !["settings", "left_out"].contains($0) }
      #expect(names.count >= own.count && own.allSatisfy(names.contains), "\(line): \(names)")
    }
  }

  @Test("what is no Parquet, and what is damaged, is told and not read")
  func malformed() throws {
    let bench = try Bench(RecordQueryTests.six)
    #expect(bench.ask("list hires into \"\(bench.path("hires.parquet"))\"").allSatisfy { !$0.failed })
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: bench.path("hires.parquet"))))
    try Data(Self.agencies.utf8).write(to: URL(filePath: bench.path("other.yaml")))
    func problem(_ bytes: [UInt8]) throws -> Diagnostic {
      try Data(bytes).write(to: URL(filePath: bench.path("hires.parquet")))
      return try bench.mistake("load \"\(bench.path("other.yaml"))\" as other")
    }
    #expect(try problem(Array("id,start\n".utf8)).message.en == "the file is not Parquet")
    #expect(try problem(Array(bytes.dropLast(40)) + bytes.suffix(8)).code == "parquet")
    for i in stride(from: 4, to: 200, by: 3) { bytes[i] ^= 0x55 }
    #expect(try problem(bytes).message.zh == "文件已损坏")
  }
}
