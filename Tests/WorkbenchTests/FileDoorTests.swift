// Answers into files: what is loaded is never replaced, what is there already only when the user says so, links and
// permissions stay, and nothing is left behind.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Answers into files")
struct FileDoorTests {
  private func codes(_ answers: [Answer]) -> [String] { answers.flatMap(\.diagnostics).map(\.code) }

  private func bench() throws -> Bench {
    let bench = try Bench()
    bench.session.folder = bench.path("")
    return bench
  }

  private func names(_ bench: Bench) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.path("")).sorted()
  }

  @Test(
    "a source is never the target",
    arguments: [
      "run changle-2022 into NAME", "save NAME", "save session into NAME", "payments into NAME",
    ], ["h.csv", "h.csv#A:C"])
  func sources(command: String, register: String) throws {
    let bench = try bench()
    bench.session.door.allowance.replaces = true
    bench.session.confirm = { _ in true }
    try Data("id,enterprise,start\nh1,e1,2022-03-01\n".utf8).write(to: URL(filePath: bench.path("h.csv")))
    try Data("scenario: x\ndistrict: 350112\nenterprises: [{id: e1, district: 350112}]\nhires_from: \(register)\n".utf8)
      .write(to: URL(filePath: bench.path("b.yaml")))
    #expect(!bench.ask("load b.yaml").haveFailed)
    try FileManager.default.createSymbolicLink(atPath: bench.path("link.csv"), withDestinationPath: "h.csv")
    try FileManager.default.linkItem(atPath: bench.path("h.csv"), toPath: bench.path("hard.csv"))
    for name in ["s.yaml", "b.yaml", "h.csv", "./h.csv", "link.csv", "hard.csv"] {
      let answers = bench.ask("run changle-2022\n" + command.replacing("NAME", with: name), keepGoing: true)
      #expect(codes(answers).contains("is-a-source"), "\(command) \(name): \(codes(answers))")
    }
    #expect(try String(contentsOfFile: bench.path("h.csv"), encoding: .utf8).hasPrefix("id,enterprise"))
  }

  @Test("a file that is there already is asked about, or replaced where the user says so beforehand")
  func present() throws {
    let bench = try bench()
    try Data("mine\n".utf8).write(to: URL(filePath: bench.path("x.csv")))
    func text() throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: bench.path("x.csv"))), as: UTF8.self)
    }
    #expect(codes(bench.ask("run changle-2022 into x.csv")) == ["file-exists"])
    #expect(try text() == "mine\n")
    var questions: [String] = []
    bench.session.confirm = { question in
      questions.append(question.en)
      return questions.count > 1
    }
    #expect(codes(bench.ask("run changle-2022 into x.csv")) == ["file-exists"])
    #expect(try text() == "mine\n")
    let replaced = bench.ask("run changle-2022 into x.csv")
    #expect(questions == Array(repeating: "`x.csv` is there already. Replace it? [y/N] ", count: 2))
    #expect(replaced.last?.json.last?["replaced"] == .bool(true))
    #expect(try text().hasPrefix("\u{FEFF}measure,"))
    // It is this run's own from now on.
    let own = bench.ask("payments into x.csv")
    #expect(questions.count == 2)
    #expect(own.last?.json.last?["replaced"] == .bool(false))
  }

  @Test("the preference lets files be replaced, and what somebody has put in the place of ours is not ours")
  func preference() throws {
    let bench = try bench()
    #expect(!bench.ask("run changle-2022 into x.csv").haveFailed)
    try FileManager.default.removeItem(atPath: bench.path("x.csv"))
    try Data("mine\n".utf8).write(to: URL(filePath: bench.path("x.csv")), options: .atomic)
    #expect(codes(bench.ask("run changle-2022 into x.csv")) == ["file-exists"])
    #expect(!bench.ask("set replace = on; run changle-2022 into x.csv").haveFailed)
  }

  @Test("links are followed, permissions and other names of a file kept, and nothing lies beside it")
  func links() throws {
    let bench = try bench()
    bench.session.door.allowance.replaces = true
    try Data("mine\n".utf8).write(to: URL(filePath: bench.path("real.csv")))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: bench.path("real.csv"))
    try FileManager.default.createSymbolicLink(atPath: bench.path("link.csv"), withDestinationPath: "real.csv")
    try FileManager.default.createSymbolicLink(atPath: bench.path("new.csv"), withDestinationPath: "fresh.csv")
    #expect(!bench.ask("run changle-2022 into link.csv; payments into new.csv").haveFailed)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: bench.path("link.csv")) == "real.csv")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: bench.path("new.csv")) == "fresh.csv")
    let attributes = try FileManager.default.attributesOfItem(atPath: bench.path("real.csv"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    try FileManager.default.linkItem(atPath: bench.path("real.csv"), toPath: bench.path("other.csv"))
    #expect(!bench.ask("payments into real.csv").haveFailed)
    #expect(
      try Data(contentsOf: URL(filePath: bench.path("real.csv")))
        == Data(contentsOf: URL(filePath: bench.path("other.csv"))))
    #expect(
      try names(bench) == ["fresh.csv", "link.csv", "new.csv", "other.csv", "real.csv", "s.yaml"])
  }

  @Test("a failed write leaves nothing, and a link under a temporary name is never followed")
  func failures() throws {
    let bench = try bench()
    let answers = bench.ask("run changle-2022; payments into nowhere/x.csv; payments into /dev/full", keepGoing: true)
    #expect(codes(answers) == ["unwritable", "unwritable"])
    bench.session.isCancelled = { true }
    _ = bench.ask("payments into y.csv")
    #expect(try names(bench) == ["s.yaml"])
  }

  @Test("a picture's data never take the place of what lies there")
  func neighbours() throws {
    let bench = try bench()
    bench.session.door.allowance.replaces = true
    try Data("mine\n".utf8).write(to: URL(filePath: bench.path("b.csv")))
    let answers = bench.ask("run changle-2022; plot r1 into b.svg; plot r1 into c.svg; plot r1 into c.svg")
    #expect(!answers.haveFailed)
    #expect(try String(contentsOfFile: bench.path("b.csv"), encoding: .utf8) == "mine\n")
    let data = answers.dropFirst().map { $0.json.first?["data"] }
    #expect(data == [.null, .string("c.csv"), .string("c.csv")])
    #expect(try names(bench) == ["b.csv", "b.svg", "c.csv", "c.svg", "s.yaml"])
  }

  @Test("the data of a picture take no place of another answer of the same run, nor of what was loaded since")
  func neighboursOfOneRun() throws {
    let bench = try bench()
    func text(_ name: String) throws -> String { try String(contentsOfFile: bench.path(name), encoding: .utf8) }
    let answers = bench.ask("run changle-2022; payments into b.csv; plot r1 into b.svg")
    #expect(!answers.haveFailed && answers.last?.json.first?["data"] == .null)
    #expect(try text("b.csv").contains("beneficiary"))
    // What `plot` has written is replaced by its next, until something else is there.
    #expect(bench.ask("plot r1 into c.svg; plot r1 into c.svg").last?.json.first?["data"] == .string("c.csv"))
    #expect(!bench.ask("payments into c.csv").haveFailed)
    let payments = try text("c.csv")
    #expect(bench.ask("plot r1 into c.svg").last?.json.first?["data"] == .null)
    #expect(try text("c.csv") == payments)
    bench.ask("plot r1 into d.svg")
    bench.session.door.load(bench.path("d.csv"))
    #expect(bench.ask("plot r1 into d.svg").last?.json.first?["data"] == .null)
  }

  @Test("ids that a spreadsheet would carry out are written as text", arguments: ["=1+1", "+a", "-a", "@a", "＝a"])
  func formulas(id: String) throws {
    let bench = try Bench(
      Bench.edge.replacing("id: q", with: "id: \"\(id)\"").replacing("agency: q", with: "agency: \"\(id)\""))
    bench.session.folder = bench.path("")
    let answers = bench.ask("run changle-2022; payments into p.csv; run by beneficiary into b.csv")
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    for name in ["p.csv", "b.csv"] {
      let text = try String(contentsOfFile: bench.path(name), encoding: .utf8)
      #expect(text.contains("'" + id), "\(text.prefix(300))")
      #expect(!text.contains("," + id) && !text.contains("\n" + id))
    }
  }

  @Test("numbers stay numbers in a spreadsheet")
  func numbers() {
    for text in ["-5", "+5", "-5.00", "-1234567.89", "a=b", "", "x"] { #expect(SpreadsheetText.inert(text) == text) }
    for text in ["-", "-5-3", "+5+cmd|' /C calc'!A0", "=5", "\t=5", "-1.2.3", "@SUM(A1)"] {
      #expect(SpreadsheetText.inert(text) == "'" + text)
    }
  }

  @Test("a pipe that nobody writes into can be given up")
  func pipes() throws {
    let bench = try bench()
    #expect(mkfifo(bench.path("pipe"), 0o600) == 0)
    bench.session.isCancelled = { true }
    #expect(codes(bench.ask("source pipe")) == ["unreadable"])
  }
}

extension [Answer] {
  /// Whether any command could not be carried out.
  var haveFailed: Bool { contains { $0.failed } }
}
