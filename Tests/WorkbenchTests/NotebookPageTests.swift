import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Notebooks as pages")
struct NotebookPageTests {
  @Test("a page holds title, contents, figures, tables and the clauses that its answers rest on")
  func whole() throws {
    let page = try NotebookFolder().page(NotebookFolder.costing + "\n## Why\n\n## What if\n\n## And then\n")
    #expect(PageText.problems(page).isEmpty, "\(PageText.problems(page))")
    #expect(page.contains("<title>A costing</title>") && page.contains("<h1 id=\"a-costing\">A costing</h1>"))
    #expect(page.contains("<a href=\"#what-if\">What if</a>"))
    #expect(page.contains(">60,000.00 yuan</span>"))
    #expect(page.contains("<th scope=\"col\" class=\"num\">Total, yuan</th>"))
    #expect(page.contains("<section class=\"clause\" id=\"clause-changle-2022-"))
    #expect(!page.contains("```"))
  }

  @Test("nothing is fetched and nothing runs, whatever stands in the file")
  func hostile() throws {
    let desk = try NotebookFolder(
      Bench.edge.replacingOccurrences(of: "一百人 · A hundred", with: "</script><img src=x onerror=alert(1)>"))
    let page = try desk.page(
      """
      ---
      title: "</title><script>alert(1)</script>"
      scenarios: s.yaml
      ---
      <script>alert(2)</script>

      <div onclick="x">

      [click](javascript:alert(3)) <b onmouseover=x>b</b> ![p](http://example.org/p.png) ![q ![r](x)](y)

      <http://example.org/"onmouseover=x> <!-- a remark -->

      ## </h2><script>

      ```html
      <script>alert(4)</script>
      ```

      ```cesuan expect-error
      show "<script>alert(5)</script>\u{202E}"
      ```

      ```cesuan
      run changle-2022
      ```

      | a | b |
      |--:|---|
      | <i>x</i> | `|` |
      """)
    #expect(PageText.problems(page).isEmpty, "\(PageText.problems(page))")
    #expect(!page.lowercased().contains("<script") && !page.contains("javascript:") && !page.contains("\u{202E}"))
    #expect(!page.contains("<img") && !page.contains(" src=\"") && !page.contains("@import") && !page.contains("url("))
    #expect(page.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"))
    #expect(page.contains("Content-Security-Policy"))
  }

  @Test("a handout leaves answers out, a key shows them, a page folds them away")
  func exercises() throws {
    let desk = try NotebookFolder()
    let text =
      "---\nscenarios: s.yaml\n---\n# Sheet\n\nHow much?\n\n```cesuan attempt=q\n```\n\n```cesuan answer=q\nrun "
      + "changle-2022\n```\n\n```answer\nBecause of **the rule**.\n```\n"
    var options = PageOptions()
    options.answers = .handout
    let handout = try desk.page(text, options)
    #expect(handout.contains("class=\"blank\"") && !handout.contains("60,000.00") && !handout.contains("the rule"))
    options.answers = .key
    let key = try desk.page(text, options)
    #expect(
      key.contains("60,000.00") && key.contains("<strong>the rule</strong>") && !key.contains("class=\"blank\"")
        && !key.contains("<details class=\"spoiler\""))
    let page = try desk.page(text)
    #expect(page.contains("<details class=\"spoiler\"><summary>Answer q</summary>") && page.contains("class=\"blank\""))
    for page in [handout, key, page] { #expect(PageText.problems(page).isEmpty, "\(PageText.problems(page))") }
  }

  @Test("slides are divided at rules")
  func slides() throws {
    var options = PageOptions()
    options.isSlides = true
    let page = try NotebookFolder().page("# One\n\n---\n\n## Two\n\n> ***\n\n---\n\n---\n\n## Three\n", options)
    #expect(page.components(separatedBy: "<section class=\"slide ").count == 4)
    #expect(page.contains("3 / 3") && PageText.problems(page).isEmpty)
    // A text without rules is divided at its headings.
    #expect(try NotebookFolder().page("# One\n\n## Two\n\n## Three\n", options).contains("3 / 3"))
  }

  @Test("hidden cells show their answer, silent ones nothing; Chinese lines are joined without a space")
  func options() throws {
    let page = try NotebookFolder().page(
      "---\nlanguage: zh\n---\n# 甲\n\n第一行，\n第二行。A line\nof English.\n\n```cesuan silent\n加载 "
        + "s.yaml\n```\n\n```cesuan hidden\n测算 changle-2022\n```\n"
    )
    #expect(page.contains("第一行，第二行。A line\nof English."))
    #expect(
      page.contains("lang=\"zh-Hans\"") && page.contains("60,000.00") && !page.contains("加载")
        && !page.contains("测算 changle-2022</code>"))
  }

  @Test("a notebook with a mistake makes no page")
  func mistake() throws {
    let desk = try NotebookFolder()
    try desk.write("n.md", "```cesuan\nrun\n```\n")
    let (html, problems) = PageJob(NotebookSettings(), PageOptions()).page(desk.path("n.md"))
    #expect(html == nil && problems.map(\.code) == ["no-scenario"])
    #expect(
      PageJob(NotebookSettings(), PageOptions()).page(desk.path("s.yaml")).diagnostics.map(\.code) == ["not-a-notebook"]
    )
  }

  @Test(
    "every bundled document is a page in both languages",
    arguments: ["changle-2020", "changle-2022", "fuzhou-2021", "jindong-2021", "quanzhou-tiz-2023"])
  func documents(id: String) throws {
    for language in Language.allCases {
      var settings = NotebookSettings()
      settings.language = language
      let (html, problems) = PageJob(settings, PageOptions()).page(id)
      let page = try #require(html, "\(problems.map(\.message.en))")
      #expect(PageText.problems(page).isEmpty, "\(PageText.problems(page))")
      #expect(!page.contains("✗"), "an example does not come out")
      #expect(page.contains(language == .zh ? "全部参数" : "All parameters"))
      // One language, not both.
      let paragraphs = page.components(separatedBy: "<p>").dropFirst().map { $0.prefix { $0 != "<" } }.filter {
        $0.count > 30
      }
      func isChinese(_ text: Substring) -> Bool {
        text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) } * 3 > text.unicodeScalars.count
      }
      #expect(paragraphs.count > 5 && paragraphs.allSatisfy { isChinese($0) == (language == .zh) })
    }
  }
}

/// What is wrong with a page: elements that are not closed, ids given twice, links to nowhere.
enum PageText {
  private static let void: Set<String> = ["meta", "br", "hr", "input", "!doctype"]

  static func problems(_ page: String) -> [String] {
    var problems: [String] = []
    var open: [String] = []
    var ids: Set<String> = []
    var links: [String] = []
    var rest = page[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...]
      guard !rest.hasPrefix("<!--") else {
        problems.append("a comment: \(rest.prefix(40))")
        return problems
      }
      guard let end = rest.firstIndex(of: ">") else { return problems + ["an open tag"] }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" && $0 != "\n" }.lowercased()
      if name == "style", let close = rest.range(of: "</style>") {
        rest = rest[close.upperBound...]
        continue
      }
      for (attribute, isID) in [(" id=\"", true), (" href=\"", false)] {
        guard let found = tag.range(of: attribute) else { continue }
        let value = String(tag[found.upperBound...].prefix { $0 != "\"" })
        if isID {
          if !ids.insert(value).inserted { problems.append("id \(value) twice") }
        } else if value.hasPrefix("#") {
          links.append(value.dropFirst().removingPercentEncoding ?? "")
        }
      }
      if tag.hasPrefix("/") {
        if open.popLast() != name { return problems + ["</\(name)> closes something else"] }
      } else if !void.contains(name), !tag.hasSuffix("/") {
        open.append(name)
      }
    }
    if !open.isEmpty { problems.append("open: \(open)") }
    return problems + links.filter { !ids.contains($0) }.map { "a link to #\($0)" }
  }
}
