// The books of the rule language, LANGUAGE.md, its reference and the Chinese book: the documents that they are built
// around are the ones that are tested here, and whoever writes a first measure from either has the same policy.
import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

/// A page with its fences: what stands in them, and which are files of the reader's.
struct BookPage {
  let text: String
  /// Every fence that stands by itself: its first line, and what is in it.
  private(set) var fences: [(info: String, body: String)] = []
  /// Files by their names, as they stood last (`<!-- file: NAME -->`).
  private(set) var files: [String: String] = [:]

  init(_ path: String) throws {
    text = try String(contentsOf: LanguageBookTests.root.appendingPathComponent(path), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var file: String?
    var i = 0
    while i < lines.count {
      let marks = lines[i].prefix { $0 == lines[i].first }
      guard marks.count >= 3, marks.first == "`" || marks.first == "~" else {
        let isMark = lines[i].hasPrefix("<!-- file: ") && lines[i].hasSuffix(" -->")
        file = isMark ? String(lines[i].dropFirst(11).dropLast(4)) : nil
        i += 1
        continue
      }
      let info = String(lines[i].dropFirst(marks.count))
      let end = lines[(i + 1)...].firstIndex(of: String(marks)) ?? lines.count
      let body = lines[(i + 1)..<end].joined(separator: "\n")
      fences.append((info, body))
      if let file { files[file] = info == "policy" ? "```policy\n\(body)\n```\n" : body + "\n" }
      i = end + 1
    }
  }

  func file(_ name: String) throws -> String { try #require(files[name], "the page has no file \(name)") }

  /// The fences that hold a document from its first line.
  var documents: [String] {
    fences.filter { $0.info == "policy" && ($0.body.hasPrefix("document ") || $0.body.hasPrefix("文件 ")) }.map {
      "```policy\n\($0.body)\n```\n"
    }
  }

  /// What stands between a heading and the next of the same depth.
  func section(_ heading: String) throws -> Substring {
    let start = try #require(text.range(of: "\n## \(heading)\n"))
    return text[start.upperBound...].prefix(
      upTo: text.range(of: "\n## ", range: start.upperBound..<text.endIndex)?
        .lowerBound ?? text.endIndex)
  }
}

@Suite("The books of the rule language")
struct LanguageBookTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("The worked example is the document that is tested")
  func sameText() throws {
    let grant = try text("Tests/Fixtures/training-grant.md").trimmingCharacters(in: .newlines)
    #expect(try text("docs/REFERENCE.md").contains("~~~markdown\n" + grant + "\n~~~"))
  }

  @Test("It checks, with its eighteen examples, and costs what is worked out by hand in its scenario")
  func runs() throws {
    let policy = try text("Tests/Fixtures/training-grant.md")
    let bench = try Bench(try text("Tests/Fixtures/training-grant.yaml"), policies: [policy])
    let answer = bench.session.check(paths: [Self.root.appendingPathComponent("Tests/Fixtures/training-grant.md").path])
    #expect(!answer.failed && !answer.hasMismatch, "\(answer.diagnostics.map(\.message.en))")
    #expect(try bench.total("run training-grant") == "25300.00")
  }

  @Test(
    "Every complete document of a book is without a mistake, and its examples come out",
    arguments: [("LANGUAGE.md", 20), ("LANGUAGE.zh.md", 24), ("docs/REFERENCE.md", 1)])
  func documents(book: String, atLeast: Int) throws {
    let bench = try Bench()
    let documents = try BookPage(book).documents
    #expect(documents.count >= atLeast)
    for document in documents {
      let path = bench.path("document.md")
      try document.write(toFile: path, atomically: true, encoding: .utf8)
      let answer = bench.session.check(paths: [path])
      let name = document.split(separator: "\n")[1]
      #expect(!answer.failed && !answer.hasMismatch, "\(name): \(answer.diagnostics.map(\.message.en))")
    }
  }

  @Test("The first hour never speaks of frames, and the Chinese one needs no English word of the language")
  func firstHour() throws {
    #expect(try !BookPage("LANGUAGE.md").section("The first hour").localizedCaseInsensitiveContains("frame"))
    let chinese = try BookPage("LANGUAGE.zh.md").section("第一个小时")
    let parts = chinese.components(separatedBy: "<!-- output: english -->")
    #expect(parts.count == 2)
    let words = parts[0].split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(Set(words).isDisjoint(with: ["document", "measure", "title", "for", "where", "pay", "example", "expect"]))
  }

  @Test("The first hour's measure is one policy in both books, to its fingerprint, and explains itself in Chinese")
  func twins() throws {
    let (english, chinese) = (try BookPage("LANGUAGE.md"), try BookPage("LANGUAGE.zh.md"))
    func budget(_ policy: String) throws -> JSONValue {
      try Bench(try english.file("year.yaml"), policies: [policy]).object("budget", "run welcome")
    }
    let told = try budget(try chinese.file("入职奖励.md"))
    let twin = try budget(try english.file("welcome.md"))
    #expect(told["total"] == "1000.00" && told["measures"] == twin["measures"])
    #expect(told["fingerprint"] != nil && told["fingerprint"] == twin["fingerprint"])

    // What a Chinese drafter typed and the answers, but for the names that the drafter gave in letters.
    let bench = try Bench(try chinese.file("全年.yaml"), policies: [try chinese.file("入职奖励.md")])
    bench.session.language = .zh
    for command in ["测算 welcome", "解释 王一", "为何没有 入职奖励 给 李二", "若 奖励标准 = 1200，测算 welcome"] {
      let answer = try #require(bench.ask(command).last)
      #expect(!answer.failed, "\(command): \(answer.diagnostics.map(\.message.zh))")
      let shown = AnswerRenderer(format: .table, language: .zh, width: 100).render(answer)
      let words = Set(shown.matches(of: /[A-Za-z_]+[0-9]*/).map { String($0.output) })
      #expect(words.subtracting(["welcome", "w1", "w2"]).isEmpty, "\(command): \(words)")
      #expect(shown.contains("入职奖励"))
    }
  }
}
