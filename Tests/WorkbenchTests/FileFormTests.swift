// What an answer becomes in a file: the ending says it, another is refused with the list of those there are, and forms
// that a browser makes say so where there is none.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("The ending says the form", .serialized)
struct FileFormTests {
  private func bench() throws -> Bench {
    let bench = try Bench()
    bench.session.folder = bench.path("")
    return bench
  }

  private func codes(_ answers: [Answer]) -> [String] { answers.flatMap(\.diagnostics).map(\.code) }

  private func bytes(_ bench: Bench, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: bench.path(name))))
  }

  @Test("an ending that says nothing is refused with the list, before anything is reckoned")
  func refused() throws {
    let bench = try bench()
    for name in ["x.doc", "x.xls", "x.et", "x", "x.tsv", ".csv.bak"] {
      let answers = bench.ask("run changle-2022 into \(name)")
      #expect(codes(answers) == ["file-ending"], "\(name)")
      let hint = answers.flatMap(\.diagnostics).first?.hint?.en ?? ""
      for ending in ["csv", "json", "md", "html", "svg", "png", "pdf", "xlsx"] {
        #expect(hint.contains("." + ending), "\(ending): \(hint)")
      }
      #expect(!FileManager.default.fileExists(atPath: bench.path(name)))
    }
    #expect(codes(bench.ask("run changle-2022 as csv into x.xlsx")) == ["file-ending"])
    #expect(codes(bench.ask("save session into x.xlsx")) == ["file-ending"])
    #expect(codes(bench.ask("save x.pdf")) == ["file-ending"])
    // Who names the form may call the file anything.
    #expect(!bench.ask("run changle-2022 as csv into x.dat").haveFailed)
    #expect(try bytes(bench, "x.dat").starts(with: [0xEF, 0xBB, 0xBF]))
  }

  @Test("an ending without a name would be a file that nobody sees, and is refused by every command")
  func nameless() throws {
    let bench = try bench()
    bench.ask("draft d from changle-2022: rate_3m = 400")
    for line in [
      "run changle-2022 into .xlsx", "run changle-2022 into .docx", "run changle-2022 as csv into .csv",
      "payments into .csv", "amend d into .xlsx", "save d into .md", "save d into .xlsx", "save session into .md",
      "report package d into .docx", "emit sql changle-2022 into .sql", "new scenario .yaml in 350112",
    ] {
      let answers = bench.ask(line)
      #expect(codes(answers) == ["nameless-file"], "\(line): \(codes(answers))")
      #expect(answers.flatMap(\.diagnostics).first?.hint?.en.contains("`report.") == true)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("")).filter { $0.hasPrefix(".") } == [])
  }

  @Test("pages and pictures are what they are called")
  func texts() throws {
    let bench = try bench()
    #expect(!bench.ask("run changle-2022 into x.html").haveFailed)
    let page = String(decoding: try bytes(bench, "x.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("<svg") && page.contains("<title>"))
    #expect(!bench.ask("plot run changle-2022 into x.svg").haveFailed)
    #expect(!bench.ask("run changle-2022 into y.svg").haveFailed)
    #expect(String(decoding: try bytes(bench, "y.svg"), as: UTF8.self).hasPrefix("<svg"))
    #expect(codes(bench.ask("list measures into z.svg")) == ["nothing-to-draw"])
    #expect(!FileManager.default.fileExists(atPath: bench.path("z.svg")))
  }

  @Test("where there is no browser, paper and points say how to get one")
  func noBrowser() throws {
    let bench = try bench()
    let before = getenv(Browser.variable).map { String(cString: $0) }
    defer { if let before { setenv(Browser.variable, before, 1) } else { unsetenv(Browser.variable) } }
    setenv(Browser.variable, "/nowhere/browser", 1)
    for name in ["x.pdf", "x.png"] {
      let answers = bench.ask("run changle-2022 into \(name)")
      #expect(codes(answers) == ["no-browser"], "\(name)")
      #expect(answers.flatMap(\.diagnostics).first?.hint?.en.contains("apt install chromium") ?? false)
    }
    setenv(Browser.variable, "/bin/false", 1)
    #expect(codes(bench.ask("run changle-2022 into x.pdf")) == ["browser-failed"])
    #expect(!FileManager.default.fileExists(atPath: bench.path("x.pdf")))
  }

  @Test("paper and points, where a browser is installed", .enabled(if: (try? Browser.find()) != nil, "no browser here"))
  func browser() throws {
    let bench = try bench()
    #expect(!bench.ask("run changle-2022 into x.pdf").haveFailed)
    #expect(try bytes(bench, "x.pdf").starts(with: Array("%PDF".utf8)))
    #expect(!bench.ask("run changle-2022 into x.png").haveFailed)
    #expect(try bytes(bench, "x.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }
}
