// A notebook that has run, as a page: prose as it is, commands, answers with their tables and charts, and an appendix
// with the
// clauses that the answers rest on. Knows nothing of files.

import Answers
import Commands
import Diagnostics
import Markup
import PolicyLanguage
import Sessions
import View

/// What a page shows of its exercises, and how it is divided.
package struct PageOptions: Sendable {
  package enum Answers: Sendable {
    /// Folded away behind a word.
    case folded
    /// Left out, with room to write.
    case handout
    case key
  }

  package var answers = Answers.folded
  /// Divided at rules, one screen or sheet each.
  package var isSlides = false
  /// Leaves out the clauses that answers rest on.
  package var hidesClauses = false
  /// Leaves out the commands of cells, so that prose and answers stand alone.
  package var hidesCommands = false
  /// Leaves out what answers offer to type next.
  package var hidesOffers = false
  /// Leaves out what each answer says above itself of its run: a paper says it once.
  var hidesRunHeads = false

  package init() {}
}

struct NotebookPage {
  let run: NotebookRun
  let options: PageOptions
  /// Whether a script finds its pieces again: parameters are moved, cells tried and exercises answered in the page.
  let isLive: Bool
  private let links: ClauseLinks
  private let documents: [CheckedDocument]
  private let rules: RuleTexts
  /// Divides slides; nothing that comes from data can be it, since `<` is escaped there.
  private static let cut = "<!--slide-->"

  init(_ run: NotebookRun, _ options: PageOptions, isLive: Bool = false) {
    self.run = run
    self.options = options
    self.isLive = isLive
    documents = run.session.library.documents
    rules = run.session.ruleTexts
    links = ClauseLinks(documents)
  }

  /// A page of another run over the same documents, with the clauses that were linked to so far.
  init(_ run: NotebookRun, like other: NotebookPage) {
    self.run = run
    (options, isLive) = (other.options, other.isLive)
    (links, documents, rules) = (other.links, other.documents, other.rules)
  }

  var language: Language { run.language }

  func word(_ text: Text) -> String { text.in(language) }

  /// The whole page.
  /// - Parameter marks: attributes of a live page's body.
  func text(marks: String = "") -> String {
    let notebook = run.notebook
    let tree = MarkupTree(notebook.bytes[notebook.bodyStart...], .github)
    var figures: [String: String] = [:]
    for value in run.values { figures[value.value.expression] = value.text }
    placeCells(tree)
    let prose = ProseHTML(tree, language)
    prose.prepare { expression in
      figures[expression].map { ProseHTML.Figure(shown: $0, told: ValueWords.told(expression, in: run)) }
    }
    var contents = prose.contents
    var body = prose.html()
    let title = notebook.title ?? contents.first { $0.level == 1 }?.title ?? Files.stem(notebook.source.name)
    if !contents.contains(where: { $0.level == 1 }) {
      body = "<h1>\(HTMLRenderer.escaped(title))</h1>\n" + body
    }
    body = afterTitle(body, isLive ? controls : parameters)
    var appendix = appendix(prose, &contents)
    if isLive { appendix = "<div id=\"clauses\">\n\(appendix)</div>\n" }
    if options.isSlides { body = slides(body, appendix) } else { body += appendix }
    return HTMLPage(
      title: title, language: language, contents: contents.filter { $0.level > 1 && $0.level <= 3 }, body: body,
      isSlides: options.isSlides, served: isLive ? marks : nil
    ).text
  }

  /// The clauses that were linked to so far, as they stand at the end of a live page.
  var clauses: String {
    var contents: [HTMLPage.Heading] = []
    return appendix(ProseHTML(MarkupTree("".utf8, .github), language), &contents)
  }

  /// Puts something right below the page's title.
  private func afterTitle(_ body: String, _ more: String) -> String {
    guard !more.isEmpty, let end = body.firstRange(of: "</h1>") else { return more + body }
    return body[..<end.upperBound] + "\n" + more + body[end.upperBound...]
  }

  /// The notebook's parameters with the values that this page was made with.
  private var parameters: String {
    let parameters = run.notebook.front.parameters
    guard !parameters.isEmpty else { return "" }
    let values = run.parameterValues
    let table = Table(
      title: Text("This page was reckoned with", zh: "本页所用参数"),
      columns: [
        Table.Column(Text("Parameter", zh: "参数")), Table.Column(Text("Value", zh: "值"), .right),
        Table.Column(Text("Meaning", zh: "含义")),
      ],
      rows: zip(parameters, values).map { parameter, value in
        Table.Row([
          .data(parameter.name, .name), .data(parameter.written(value.value, in: language), .number),
          .data(parameter.meaning ?? ""),
        ])
      })
    return HTMLRenderer(language: language).render(Document([.table(table)]))
  }

  // MARK: Cells

  private func placeCells(_ tree: MarkupTree) {
    var cells: [Int: NotebookCell] = [:]
    var outputs: Set<Int> = []
    for cell in run.notebook.cells {
      cells[cell.line] = cell
      if let output = cell.output { outputs.insert(output.line) }
    }
    // A text without rules is divided at its headings.
    let hasRules = tree.root.children.contains { $0.sort == .thematicBreak }
    for node in tree.root.nodes {
      switch node.sort {
      case .heading(let level):
        if options.isSlides, !hasRules, level == 2, node.parent == tree.root {
          node.insertBefore(block: NotebookPage.cut)
        }
      case .code:
        let line = node.lines.first + run.notebook.frontLines
        if let cell = cells[line] {
          node.replace(withBlock: html(cell))
        } else if outputs.contains(line) {
          node.remove()
        }
      case .thematicBreak:
        if options.isSlides, node.parent == tree.root { node.replace(withBlock: NotebookPage.cut) }
      case .paragraph, .list, .quotation, .table, .htmlBlock, .text, .inlineCode, .inlineHTML, .softBreak, .lineBreak,
        .image, .other:
        break
      }
    }
  }

  private func html(_ cell: NotebookCell) -> String {
    if isLive, cell.options.attempt != nil { return exercise(cell) }
    // Cells are numbered as they are played.
    let outcome = cell.number <= run.outcomes.count ? run.outcomes[cell.number - 1] : nil
    if let name = cell.options.attempt { return attempt(name, cell, outcome) }
    if let name = cell.options.answer { return answer(name, plain(cell, outcome)) }
    if cell.kind == .answer { return answer(nil, NotebookPage.markdown(cell.text, language)) }
    return plain(cell, outcome)
  }

  private func plain(_ cell: NotebookCell, _ outcome: CellOutcome?) -> String {
    if isLive { return liveCell(cell, outcome) }
    if cell.options.isSilent { return "" }
    return "<div class=\"cell\" id=\"cell-\(cell.number)\">\n\(inside(cell, outcome))</div>"
  }

  /// What is seen of a cell.
  func inside(_ cell: NotebookCell, _ outcome: CellOutcome?) -> String {
    if cell.options.isSilent { return "" }
    var out = ""
    if !cell.options.isHidden, !(options.hidesCommands && cell.kind == .commands) { out += source(cell) }
    // Facts and rules are seen in their cell; what they answer is only shown where the file asks for it.
    if let outcome, cell.kind == .commands || cell.output != nil { out += answers(outcome) }
    return out
  }

  private func source(_ cell: NotebookCell) -> String {
    let text = cell.text.hasSuffix("\n") ? String(cell.text.dropLast()) : cell.text
    let shown = cell.kind == .commands ? ParameterText.filled(text, run.writtenParameters) : text
    let code = HTMLRenderer.code(shown, language: cell.kind == .commands ? "cesuan" : cell.kind.rawValue) + "\n"
    guard cell.kind != .commands, text.utf8.count(where: { $0 == 0x0A }) > 14 else { return code }
    let name = cell.kind == .scenario ? Text("The facts", zh: "情景") : Text("The rule", zh: "规则")
    return "<details class=\"source\"><summary>\(word(name))</summary>\n\(code)</details>\n"
  }

  func answers(_ outcome: CellOutcome) -> String {
    var tongue = language
    return outcome.answers.map { answer in
      if let language = answer.language { tongue = language }
      return AmountWriting.with(decimals: answer.decimals) { html(answer, in: tongue) }
    }.joined()
  }

  private func html(_ answer: Answer, in tongue: Language) -> String {
    let programme = NotebookPage.programme(answer)
    let links = links
    let isLinked = !options.hidesClauses
    let renderer = HTMLRenderer(language: tongue) { span, spans in
      isLinked ? links.target(span, among: spans, programme: programme) : nil
    }
    var html = renderer.render((options.hidesOffers ? answer.body.withoutOffers : answer.body).document)
    for problem in answer.diagnostics.prefix(20) {
      let kind: NoteKind = problem.severity == .error ? .error : problem.severity == .warning ? .warning : .note
      html += renderer.render(Document([.note(kind, [Span(problem.told)])]))
      // Whoever reads without a prompt has no use for what to type.
      if options.hidesOffers, problem.severity == .note { continue }
      if let hint = problem.hint { html += renderer.render(Document([.paragraph(NotebookPage.coded(hint))])) }
    }
    if let more = answer.untoldProblems(beyond: 20) { html += renderer.render(Document([.note(.note, [Span(more)])])) }
    return html.isEmpty ? "" : "<div class=\"answer\"\(isLive ? tag(answer) : "")>\n\(html)</div>\n"
  }

  /// What stands between backticks as code, where both languages have as much of it.
  private static func coded(_ text: Text) -> [Span] {
    let (en, zh) = (
      text.en.split(separator: "`", omittingEmptySubsequences: false),
      text.zh.split(separator: "`", omittingEmptySubsequences: false)
    )
    guard en.count == zh.count, en.count % 2 == 1 else { return [Span(text, .muted)] }
    return zip(en, zh).enumerated().compactMap { i, part in
      let role: Role = i % 2 == 1 ? .code : .muted
      return part.0.isEmpty && part.1.isEmpty ? nil : Span(Text(String(part.0), zh: String(part.1)), role)
    }
  }

  /// The result's number and what it rests on, for whoever holds pages against other doors.
  private func tag(_ answer: Answer) -> String {
    guard let result = answer.result else { return "" }
    return " data-result=\"\(result.name)\""
      + (result.fingerprint.map { " data-fingerprint=\"\($0)\"" } ?? "")
  }

  private static func programme(_ answer: Answer) -> [String] {
    guard case .array(let names)? = answer.document.isEmpty ? nil : answer.json.last?["programme"] else { return [] }
    return names.compactMap { if case .string(let name) = $0 { name } else { nil } }
  }

  // MARK: Exercises

  private func attempt(_ name: String, _ cell: NotebookCell, _ outcome: CellOutcome?) -> String {
    let label = "<p class=\"label\">\(HTMLRenderer.escaped(word(Text("Exercise \(name)", zh: "练习 \(name)"))))</p>\n"
    let isTried = outcome.map { !$0.answers.isEmpty } ?? false
    if options.answers == .handout || !isTried {
      return options.answers == .key ? "" : "<div class=\"exercise\">\n\(label)<div class=\"blank\"></div>\n</div>"
    }
    return "<div class=\"exercise\">\n\(label)\(plain(cell, outcome))\n</div>"
  }

  /// The content is only made where it is shown: what it links to would otherwise give it away.
  private func answer(_ name: String?, _ content: @autoclosure () -> String) -> String {
    if options.answers == .handout { return "" }
    let html = content()
    switch options.answers {
    case .handout: return ""
    case .key:
      let label =
        name.map { "<p class=\"label\">\(HTMLRenderer.escaped(word(Text("Answer \($0)", zh: "答案 \($0)"))))</p>\n" }
        ?? ""
      return "<div class=\"exercise\">\n\(label)\(html)\n</div>"
    case .folded:
      let label = name.map { Text("Answer \($0)", zh: "答案 \($0)") } ?? Text("Why", zh: "讲解")
      return "<details class=\"spoiler\"><summary>\(HTMLRenderer.escaped(word(label)))</summary>\n\(html)\n</details>"
    }
  }

  /// A piece of Markdown by itself.
  static func markdown(_ text: String, _ language: Language) -> String {
    let prose = ProseHTML(MarkupTree(text.utf8, .github), language)
    prose.prepareInside()
    return prose.html()
  }

  // MARK: Appendix

  private func appendix(_ prose: ProseHTML, _ contents: inout [HTMLPage.Heading]) -> String {
    let clauses = options.hidesClauses ? [] : links.clauses(in: documents)
    guard !clauses.isEmpty else { return "" }
    let title = word(Text("The clauses", zh: "条款原意"))
    let id = prose.id(for: title)
    contents.append(HTMLPage.Heading(level: 2, title: title, id: id))
    var out = "<h2 id=\"\(HTMLRenderer.escaped(id))\">\(title)</h2>\n"
    let lead = Text(
      "What the answers above rest on, in the words of this program's documents.", zh: "上文各项结果所依据的条款，采用本程序文件中的表述。")
    out += "<p class=\"lead\">\(word(lead))</p>\n"
    for (document, article, id) in clauses {
      out +=
        "<section class=\"clause\" "
        + "id=\"\(HTMLRenderer.escaped(id))\">\n<h3>\(HTMLRenderer.escaped(word(article.title)))</h3>\n"
      out += "<p class=\"where\">\(HTMLRenderer.escaped(word(document.title)))"
      if !document.number.isEmpty { out += " · \(HTMLRenderer.escaped(document.number))" }
      out += " · <span class=\"name\">\(HTMLRenderer.escaped(document.id))</span></p>\n"
      for paragraph in article.prose(in: language) { out += NotebookPage.markdown(paragraph, language) }
      for measure in article.measures where measure.form != .note {
        let summary = HTMLRenderer.escaped(word(Text("The rule: ", zh: "规则：")) + word(measure.title))
        out += "<details class=\"rule\"><summary>\(summary)</summary>\n"
        out +=
          HTMLRenderer.code(
            rules.reading(measure, of: document, in: language), language: "policy") + "\n</details>\n"
      }
      out += "</section>\n"
    }
    return out
  }

  // MARK: Slides

  private func slides(_ body: String, _ appendix: String) -> String {
    var parts = body.split(separator: NotebookPage.cut).map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    if !appendix.isEmpty { parts.append(appendix) }
    return parts.enumerated().map { i, part in
      "<section class=\"slide \(SlideFit.style(of: part))\" id=\"slide-\(i + 1)\">\n\(part)\n"
        + "<p class=\"number-of\">\(i + 1) / "
        + "\(parts.count)</p>\n</section>\n"
    }.joined()
  }
}
