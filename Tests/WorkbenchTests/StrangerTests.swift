// A notebook, a script or a scenario from somebody else: whatever it asks for, nothing outside its folder is read,
// shown
// or written, and nothing is replaced that the run has not made.

import Answers
import Diagnostics
import Foundation
import Glibc
import Sessions
import Testing
import View

@testable import Workbench

/// A folder with a stranger's notebook, and beside it what is none of the stranger's business.
private final class House {
  let root: URL
  static let secret = "TOP-SECRET-7261"

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "house-\(UUID().uuidString)")
    for folder in ["box", "box/sub", "private"] {
      try FileManager.default.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    try write("private/s.yaml", "scenario: \(House.secret)\ndistrict: 350112\n")
    try write("private/bad.yaml", "\(House.secret): [\n")
    try write("private/h.csv", "id,enterprise,start\n\(House.secret),e1,2022-03-01\n")
    try write("private/steps.cesuan", "\(House.secret)\n")
    try write("private/rule.md", "\(House.secret)\n")
    try write("private/n.md", "---\ntitle: \(House.secret)\n---\n\n# \(House.secret)\n")
    try write("box/.env", House.secret + "\n")
    try write("box/s.yaml", Bench.edge)
    try link("box/out", to: "../private")
    try link("box/file.yaml", to: "../private/s.yaml")
    try link("box/h.csv", to: "../private/h.csv")
    try link("box/new.txt", to: "../private/made.txt")
    try link("box/new.txt.svg", to: "../private/made.svg")
    try link("box/sub/up", to: "../..")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }
  func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: root.appending(path: name)) }
  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: name)), as: UTF8.self)
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }

  /// Every file below a folder with its bytes; links as what they say.
  func all(_ folder: String = "") throws -> [String: Data] {
    var found: [String: Data] = [:]
    let below = root.appending(path: folder)
    for name in try FileManager.default.subpathsOfDirectory(atPath: below.path(percentEncoded: false)) {
      let path = below.appending(path: name).path(percentEncoded: false)
      let kind = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      if kind == .typeRegular { found[name] = try Data(contentsOf: URL(filePath: path)) }
      if kind == .typeSymbolicLink {
        found[name] = Data(try FileManager.default.destinationOfSymbolicLink(atPath: path).utf8)
      }
    }
    return found
  }

  /// Runs a notebook of the box, as `cesuan run --write` does.
  func run(_ text: String, _ change: (inout NotebookSettings) -> Void = { _ in }) throws -> [Answer] {
    try write("box/n.md", text)
    var settings = NotebookSettings()
    settings.mayWrite = true
    change(&settings)
    var answers: [Answer] = []
    NotebookJob(settings).run(path("box/n.md"), write: true) { answers.append($0) }
    return answers
  }

  /// Everything that a person or a program would be shown, in every form.
  static func shown(_ answers: [Answer]) -> String {
    answers.map { answer in
      let forms = OutputFormat.allCases.map { AnswerRenderer(format: $0, language: .en).render(answer) }
      return (forms + answer.diagnostics.map { DiagnosticRenderer(language: .en).text($0) }).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

private func notebook(_ front: String = "", _ cells: String...) -> String {
  "---\ntitle: A stranger's\n\(front)---\n\n# Hello\n" + cells.map { "\n" + $0 + "\n" }.joined()
}

private func commands(_ text: String) -> String { "```cesuan\n\(text)\n```" }

@Suite("Notebooks of strangers")
struct StrangerTests {
  static let scenario = "```scenario\n\(Bench.edge)\n```"

  /// Notebooks that ask for what is outside, by every way there is. `HOUSE` stands for the whole path of the house.
  static let reading: [String] =
    [
      "../private/s.yaml", "HOUSE/private/s.yaml", "file.yaml", "out/s.yaml", "sub/up/private/s.yaml",
      "./../private/s.yaml",
      "sub/../../private/s.yaml", "~/../../etc/hostname", "/etc/hostname", "/proc/self/environ", ".env",
      "../private/bad.yaml",
    ].flatMap { file in
      [
        notebook("scenarios: \(file)\n", commands("show")),
        notebook("", commands("load \"\(file)\"")),
        notebook("", commands("source \"\(file)\"")),
        notebook("", commands("check \"\(file)\"")),
      ]
    }
    + ["../private/rule.md", "out/rule.md", "HOUSE/private/rule.md", "~/x.md"].flatMap { file in
      [
        notebook("policies: \(file)\n", commands("list documents")),
        notebook("", scenario, commands("draft d from changle-2022: add \"\(file)\"")),
        notebook("", commands("source \"\(file)\"")), notebook("", commands("check \"\(file)\"")),
        notebook("", commands("translate \"\(file)\" to zh into \"t.md\"")),
      ]
    }
    + ["../private/h.csv", "HOUSE/private/h.csv", "out/h.csv", "sub/up/private/h.csv"].map { file in
      notebook(
        "",
        "```scenario\nscenario: x\ndistrict: 350112\nenterprises: [{id: e1, district: 350112}]\n"
          + "hires_from: \(file)\n```",
        commands("list hires"))
    }

  @Test("nothing outside the folder is read, and no line of it shown", arguments: reading)
  func reads(text: String) throws {
    let house = try House()
    let text = text.replacing("HOUSE", with: house.path(""))
    let answers = try house.run(text)
    let shown = House.shown(answers)
    #expect(answers.haveFailed, "\(text)\n\(shown)")
    #expect(!shown.contains(House.secret), "\(shown)")
    let written = try house.read("box/n.md")
    #expect(!written.contains(House.secret))
    // What the barrier says, and not that something is wrong with the contents.
    let codes = answers.flatMap(\.diagnostics).map(\.code)
    #expect(
      codes.contains("outside-folder") || codes.contains("unreadable") || codes.contains("no-such-file"), "\(codes)")
  }

  static let writing: [String] = [
    "../private/x.csv", "HOUSE/private/x.csv", "out/x.csv", "new.txt", "sub/up/private/x.json", "~/cesuan-was-here.csv",
    "/tmp/cesuan-was-here.csv", ".profile", "sub/../../x.csv", "/dev/null", "../private/h.csv",
  ].flatMap { file in
    [
      commands("run changle-2022 as adopted into \"\(file)\""), commands("save \"\(file)\""),
      commands("save session into \"\(file)\""),
      commands("run changle-2022 as adopted\nplot r1 into \"\(file).svg\""),
      commands("draft d from changle-2022: rate_3m = 400\nsave d into \"\(file)\""),
      commands("payments into \"\(file)\""),
    ].map { notebook("", scenario, $0) }
  }

  @Test("nothing outside the folder is written", arguments: writing)
  func writes(text: String) throws {
    let house = try House()
    let before = try house.all("private")
    let text = text.replacing("HOUSE", with: house.path(""))
    let answers = try house.run(text)
    let after = try house.all("private")
    #expect(answers.flatMap(\.diagnostics).map(\.code).contains("outside-folder"), "\(text)\n\(House.shown(answers))")
    #expect(after == before)
    #expect(try house.all().keys.filter { $0.contains("cesuan-") } == [])
    #expect(!FileManager.default.fileExists(atPath: NSHomeDirectory() + "/cesuan-was-here.csv"))
    #expect(!FileManager.default.fileExists(atPath: "/tmp/cesuan-was-here.csv"))
  }

  @Test(
    "files that a scenario names are refused with what would help",
    arguments: [
      ("hires_from: ../private/h.csv", "outside-folder", "--allow-read"),
      ("hires_from: h.csv#A:C", "outside-folder", "--allow-read"),
      ("values_from: {minimum_wage: ../private/h.csv}", "outside-folder", "--allow-read"),
      ("hires_from: .", "unreadable", "plain file"), ("hires_from: pipe.csv", "outside-folder", "yourself"),
    ])
  func named(_ line: String, _ code: String, _ hint: String) throws {
    let house = try House()
    mkfifo(house.path("box/pipe.csv"), 0o600)
    try house.write("box/sc.yaml", "scenario: x\ndistrict: 350112\n\(line)\n")
    let answers = try house.run(notebook("", commands("load sc.yaml")))
    let problem = try #require(answers.flatMap(\.diagnostics).first { $0.severity == .error })
    #expect(problem.code == code && problem.hint?.en.contains(hint) == true, "\(problem)")
    if code == "unreadable" { #expect(!problem.message.en.contains("outside"), "\(problem.message.en)") }
    #expect(!House.shown(answers).contains(House.secret))
  }

  @Test("what the user allows may be read and written")
  func allowed() throws {
    let house = try House()
    let text = notebook(
      "scenarios: ../private/s.yaml\n", commands("run changle-2022 as adopted into ../private/x.csv"))
    let refused = try house.run(text)
    #expect(refused.haveFailed)
    let answers = try house.run(text) {
      $0.door.allowance.read = [house.path("private")]
      $0.door.allowance.write = [house.path("private")]
    }
    #expect(!answers.haveFailed, "\(House.shown(answers))")
    #expect(try house.read("private/x.csv").hasPrefix("\u{FEFF}measure,"))
  }

  @Test("inside its folder a notebook writes new files, and none that the run has not made")
  func inside() throws {
    let house = try House()
    let text = notebook("", Self.scenario, commands("run changle-2022 into \"sub/x.csv\"\npayments into \"sub/x.csv\""))
    let first = try house.run(text)
    #expect(!first.haveFailed, "\(House.shown(first))")
    let made = try house.read("box/sub/x.csv")
    #expect(made.contains("beneficiary"))
    let again = try house.run(text)
    #expect(again.flatMap(\.diagnostics).map(\.code).contains("file-exists"))
    #expect(try house.read("box/sub/x.csv") == made)
    let forced = try house.run(text) { $0.door.allowance.replaces = true }
    #expect(!forced.haveFailed)
    #expect(House.shown(forced).contains("in place of what was there"))
  }

  @Test("a notebook cannot let itself replace files")
  func ownPermission() throws {
    let house = try House()
    try house.write("box/mine.csv", "mine\n")
    let answers = try house.run(
      notebook("", Self.scenario, commands("set replace = on"), commands("run changle-2022 into mine.csv")))
    #expect(answers.flatMap(\.diagnostics).map(\.code).contains("not-for-others"))
    #expect(try house.read("box/mine.csv") == "mine\n")
  }

  @Test("a check writes nothing, and names every cell that would")
  func check() throws {
    let house = try House()
    try house.write(
      "box/n.md",
      notebook("", Self.scenario, commands("run changle-2022"), commands("payments into p.csv\nsave q.cesuan")))
    let before = try house.all()
    let answer = Desk(library: Library()).check(paths: [house.path("box/n.md")])
    #expect(try house.all() == before)
    let notes = answer.diagnostics.filter { $0.code == "would-write" }
    #expect(notes.map(\.message.en) == ["when it is run, this cell writes p.csv, q.cesuan"])
  }

  @Test(
    "a check names every cell that would write, whatever else is played in it",
    arguments: [
      "report estimate changle-2022", "report estimate changle-2022 into est.docx", "check other.md", "verify r1",
      "report estimate changle-2022 from t.md",
    ])
  func everyWish(_ further: String) throws {
    let house = try House()
    try house.write("box/other.md", notebook("", Self.scenario, commands("run changle-2022 into o.csv")))
    try house.write("box/t.md", Self.template("run {programme}"))
    try house.write(
      "box/n.md",
      notebook("", Self.scenario, commands("run changle-2022\npayments into ok.csv\n\(further)\nsave q.cesuan")))
    let answer = Desk(library: Library()).check(paths: [house.path("box/n.md")])
    #expect(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    let notes = answer.diagnostics.filter { $0.code == "would-write" }.map(\.message.en)
    let own = further.contains("into") ? "est.docx, " : ""
    #expect(notes == ["when it is run, this cell writes ok.csv, \(own)q.cesuan"])
  }

  private static func template(_ cell: String) -> String {
    "---\ntitle: A paper\nlanguage: en\nparameters:\n  programme: {type: name, default: changle-2022}\n---\n\n"
      + "# A paper\n\n" + commands(cell) + "\n"
  }

  @Test(
    "the template of a paper reads nothing outside its folder",
    arguments: [
      "load HOUSE/private/s.yaml\nshow", "load ../private/s.yaml\nshow", "source ../private/steps.cesuan",
      "import ../private/h.csv as hires in 350112", "load out/s.yaml", "audit ../private/h.csv", "load .env",
      "report estimate {programme} from ../private/n.md",
    ])
  func templates(_ cell: String) throws {
    let house = try House()
    try house.write("box/t.md", Self.template(cell.replacing("HOUSE", with: house.path(""))))
    for folder in ["", "box/", "private/"] {
      let session = Desk(library: Library())
      session.folder = house.path(folder)
      var answers: [Answer] = []
      let lines =
        "load \"\(house.path("box/s.yaml"))\"\n"
        + "report estimate changle-2022 from \"\(house.path("box/t.md"))\""
      session.play(SourceFile(name: "typed", text: lines)) {
        answers.append($0)
        return true
      }
      #expect(answers.flatMap(\.diagnostics).map(\.code).contains("outside-folder"), "\(House.shown(answers))")
      #expect(!House.shown(answers).contains(House.secret))
      #expect(!session.door.isConfined)
    }
  }

  @Test("the template of a paper reads beside itself, wherever the user is")
  func besideTemplate() throws {
    let house = try House()
    try house.write("box/t.md", Self.template("load s.yaml\nrun {programme}"))
    let session = Desk(library: Library())
    session.folder = house.path("")
    var answers: [Answer] = []
    session.play(SourceFile(name: "typed", text: "load box/s.yaml\nreport estimate changle-2022 from box/t.md")) {
      answers.append($0)
      return true
    }
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
  }

  @Test(
    "the template of a paper writes nothing, and does not say that it did",
    arguments: [
      "save x.txt", "run {programme} into x.csv", "plot run {programme} into p.svg",
      "save session into x.md", "emit sql {programme} into x.sql",
    ])
  func writingTemplates(_ cell: String) throws {
    let house = try House()
    try house.write("box/t.md", Self.template(cell))
    let before = try house.all()
    let session = Desk(library: Library())
    session.folder = house.path("box/")
    var answers: [Answer] = []
    session.play(SourceFile(name: "typed", text: "load s.yaml\nreport estimate changle-2022 from t.md")) {
      answers.append($0)
      return true
    }
    #expect(answers.flatMap(\.diagnostics).map(\.code).contains("template-writes"), "\(House.shown(answers))")
    #expect(try house.all() == before)
  }

  @Test(
    "a script that is played reaches no further than its folder",
    arguments: [
      "load \"../private/s.yaml\"", "source ../private/steps.cesuan", "load \"out/s.yaml\"", "save ../private/x.cesuan",
      "set replace = on", "load \"/etc/hostname\"",
    ])
  func script(line: String) throws {
    let house = try House()
    let session = Desk(library: Library())
    session.folder = house.path("box/")
    try house.write("box/steps.cesuan", line + "\n")
    var answers: [Answer] = []
    session.play(SourceFile(name: "typed", text: "source steps.cesuan")) {
      answers.append($0)
      return true
    }
    #expect(answers.haveFailed)
    let codes = answers.flatMap(\.diagnostics).map(\.code)
    #expect(codes.contains("outside-folder") || codes.contains("not-for-others"), "\(codes)")
    #expect(!House.shown(answers).contains(House.secret))
    // Afterwards the user asks again, and may.
    #expect(!session.door.isConfined)
  }

  @Test("the fingerprint of a cell tells nothing of a file outside")
  func fingerprints() throws {
    let house = try House()
    let text = notebook("", commands("load \"../private/s.yaml\""))
    try house.write("box/n.md", text)
    func fingerprint() throws -> [String] {
      NotebookRun(try NotebookFile.read(house.path("box/n.md")), NotebookSettings()).fingerprints
    }
    let before = try fingerprint()
    try house.write("private/s.yaml", "scenario: other\ndistrict: 350112\n")
    #expect(try fingerprint() == before)
  }
}
