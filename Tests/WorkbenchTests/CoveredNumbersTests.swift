// Identity numbers in every form of an answer: covered for people, whole for programs, whole for people who ask.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Identity numbers in answers")
struct CoveredNumbersTests {
  private static let number = "11010519491231002X"
  private static let shown = "110105********002X"
  private static let scenario = """
    scenario: Numbers
    district: 350112
    enterprises:
      - {id: k, district: 350112}
    hires:
      - {id: "张三-\(number)", worker: 张三, worker_id: \(number), enterprise: k, origin: 520502, start: 2022-03-01}
    """

  private static let commands = ["list hires", "show \"张三-\(number)\"", "sql \"select worker_id from hires\""]

  @Test("Covered in the forms for people, at any width", arguments: [OutputFormat.table, .markdown, .page])
  func people(format: OutputFormat) throws {
    let bench = try Bench(Self.scenario)
    for command in Self.commands {
      let answer = try #require(bench.ask(command).last)
      #expect(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
      for width in [30, 60, 200] {
        var renderer = AnswerRenderer(format: format, language: .en, width: width)
        let text = renderer.render(answer)
        #expect(!text.contains("19491231"), "\(command) as \(format.rawValue) at \(width): \(text)")
        // A narrow column may leave the number's column out, or show a part of it.
        if width == 200 { #expect(text.contains(Self.shown), "\(command): \(text)") }
        renderer.showsIdNumbers = true
        if width == 200 { #expect(renderer.render(answer).contains(Self.number), "\(command)") }
      }
    }
  }

  @Test("Whole in the forms for programs", arguments: [OutputFormat.json, .csv])
  func programs(format: OutputFormat) throws {
    let bench = try Bench(Self.scenario)
    let answer = try #require(bench.ask("list hires").last)
    let text = AnswerRenderer(format: format, language: .en).render(answer)
    #expect(text.contains(Self.number))
  }

  @Test("Covered on paper, in pictures and in files unless a preference says otherwise")
  func files() throws {
    let bench = try Bench(Self.scenario)
    let answer = try #require(bench.ask("list hires").last)
    nonisolated(unsafe) var pages: [String] = []
    for whole in [false, true] {
      let work = FileWork(
        browser: { order in
          pages.append(order.page)
          return []
        }, showsIdNumbers: whole
      ) { _ in }
      _ = try AnswerRenderer(format: .print).write(answer, work)
    }
    #expect(pages.count == 2 && !pages[0].contains(Self.number) && pages[0].contains(Self.shown))
    #expect(pages[1].contains(Self.number))
    func written(_ name: String) throws -> String {
      #expect(bench.ask("list hires into \"\(bench.path(name))\"").allSatisfy { !$0.failed })
      return try String(contentsOfFile: bench.path(name), encoding: .utf8)
    }
    for name in ["a.html", "a.md", "a.txt"] { #expect(!(try written(name)).contains(Self.number), "\(name)") }
    for name in ["a.csv", "a.json"] { #expect((try written(name)).contains(Self.number), "\(name)") }
    #expect(bench.ask("set id_numbers = whole").allSatisfy { !$0.failed })
    for name in ["b.html", "b.md", "b.txt"] { #expect((try written(name)).contains(Self.number), "\(name)") }
  }

  @Test("What a scenario's error quotes is covered")
  func errors() throws {
    let bench = try Bench(Self.scenario)
    try Self.scenario.replacing("start: 2022-03-01", with: "start: someday")
      .write(toFile: bench.path("bad.yaml"), atomically: true, encoding: .utf8)
    let problems = bench.ask("load \"\(bench.path("bad.yaml"))\"").flatMap(\.diagnostics)
    let text = problems.map { DiagnosticRenderer(language: .en, width: 200).text($0) }.joined(separator: "\n")
    #expect(text.contains("someday") && text.contains(Self.shown) && !text.contains(Self.number), "\(text)")
  }
}
