// A policy document as a page to read: its prose in one language, and in the place of each fence what the rule says in
// tables - parameters, readings, assumptions - with the rule itself folded away, and the document's examples with what
// came of
// them. Knows nothing of files.

import Commands
import Diagnostics
import Facts
import Markup
import PolicyLanguage
import Sessions
import View

struct PolicyPage {
  private let document: CheckedDocument
  private let language: Language
  private let library: Library
  private let threads: Int
  private let source: SourceFile

  init(_ document: CheckedDocument, library: Library, language: Language, threads: Int) {
    self.document = document
    self.library = library
    self.language = language
    self.threads = threads
    source = document.source
  }

  private func word(_ text: Text) -> String { text.in(language) }
  private func html(_ blocks: [Block]) -> String { HTMLRenderer(language: language).render(Document(blocks)) }

  func text() -> String {
    let tree = MarkupTree(source.text.utf8, .github)
    let outcomes = examples()
    replaceFences(tree, outcomes)
    if isBilingual(tree) { keepLanguage(tree) }
    let prose = ProseHTML(tree, language)
    prose.heading = { PolicyPage.half($0, language) }
    prose.prepare { _ in nil }
    var body = prose.html()
    var contents = prose.contents
    let title = contents.first { $0.level == 1 }?.title ?? word(document.title)
    if let end = body.firstRange(of: "</h1>") {
      body = body[..<end.upperBound] + "\n" + head + body[end.upperBound...]
    } else {
      body = "<h1>\(HTMLRenderer.escaped(title))</h1>\n" + head + body
    }
    body += overview(prose, &contents)
    body += exampleTable(outcomes, prose, &contents)
    return HTMLPage(
      title: title, language: language, contents: contents.filter { $0.level == 2 || $0.level == 3 }, body: body
    ).text
  }

  /// What the document is, below its title.
  private var head: String {
    var rows: [Table.Row] = []
    func row(_ name: Text, _ spans: [Span]) { rows.append(Table.Row([.text(name, .muted), .spans(spans)])) }
    row(Text("Document", zh: "文件"), [Span(document.title)])
    if !document.number.isEmpty { row(Text("Number", zh: "文号"), [.data(document.number)]) }
    row(Text("Called here", zh: "本程序中的名称"), [.data(document.id, .name)])
    row(Text("District", zh: "适用地区"), [Span(library.places.words(document.jurisdiction))])
    if let issued = document.issued { row(Text("Issued", zh: "印发日期"), [.data(issued.text, .date)]) }
    row(Text("In force", zh: "期限"), [Span(DocumentAnswer.window(document.window, WindowDays(document, in: nil)))])
    for remark in document.remarks { row(PolicyPage.remark(remark.key), [Span(remark.text)]) }
    return html([.table(Table(columns: [Table.Column(.same("")), Table.Column(.same(""))], rows: rows))])
  }

  private static func remark(_ key: String) -> Text {
    switch key {
    case "funded": Text("Funded by", zh: "资金来源")
    case "interpreted": Text("Interpreted by", zh: "解释机关")
    case "higher": Text("Several benefits", zh: "就高规定")
    default: .same(key)
    }
  }

  // MARK: Language

  /// Whether the document's paragraphs are there in both languages.
  private func isBilingual(_ tree: MarkupTree) -> Bool {
    var (chinese, other) = (0, 0)
    for node in tree.root.children where node.sort == .paragraph {
      if PolicyPage.isChinese(node.plainText) { chinese += 1 } else { other += 1 }
    }
    return chinese > 0 && other > 0 && min(chinese, other) * 4 >= max(chinese, other)
  }

  private func keepLanguage(_ tree: MarkupTree) {
    for node in tree.root.children {
      switch node.sort {
      case .paragraph, .list, .quotation:
        guard PolicyPage.isChinese(node.plainText) != (language == .zh) else { continue }
        node.remove()
      case .heading, .code, .table, .htmlBlock, .thematicBreak, .text, .inlineCode, .inlineHTML, .softBreak, .lineBreak,
        .image, .other:
        break
      }
    }
  }

  /// The half of a bilingual heading that is wanted, with the article's number.
  private static func half(_ heading: String, _ language: Language) -> String {
    let halves = heading.split(separator: " · ", maxSplits: 1).map(String.init)
    guard halves.count == 2, isChinese(halves[0]) != isChinese(halves[1]) else {
      return Article.halves(heading).in(language)
    }
    return isChinese(halves[0]) ? Article.halves(heading).in(language) : halves[language == .en ? 0 : 1]
  }

  private static func isChinese(_ text: String) -> Bool {
    let letters = text.unicodeScalars.count { $0.properties.isAlphabetic }
    let ideographs = text.unicodeScalars.count { $0.value >= 0x4E00 && $0.value <= 0x9FFF }
    return ideographs * 3 > letters
  }

  // MARK: Fences

  private func replaceFences(_ tree: MarkupTree, _ outcomes: [ExampleOutcome]) {
    for node in tree.root.nodes where node.info?.split(separator: " ").first == "policy" {
      let (first, last) = node.lines
      node.replace(withBlock: fence(node.literal, first...max(first, last), outcomes))
    }
  }

  private func fence(_ text: String, _ lines: ClosedRange<Int>, _ outcomes: [ExampleOutcome]) -> String {
    var blocks: [Block] = []
    for parameter in document.parameters where lines.contains(parameter.location.start.line) {
      blocks.append(.table(PolicyPage.parameters([(nil, parameter)], library)))
    }
    for reading in document.readings {
      guard let location = reading.location, lines.contains(location.start.line) else { continue }
      blocks.append(.table(PolicyPage.reading(reading)))
    }
    let values = document.values.filter { lines.contains($0.location.start.line) }
    if !values.isEmpty { blocks.append(.table(PolicyPage.values(values))) }
    var out = html(blocks)
    for measure in document.measures where lines.contains(measure.location.start.line) {
      var blocks: [Block] = [
        .heading(level: 4, [Span(measure.title, .title)]),
        .paragraph([
          Span(DocumentAnswer.deed(measure), DocumentAnswer.role(measure)), Span(", ", zh: "，"),
          Span("article ", zh: "条款 "),
          .data(measure.article, .article), Span("; ", zh: "；"),
          Span(measure.id, zh: measure.words.zh + "〔" + measure.name + "〕", .name),
        ]),
      ]
      blocks += measure.texts.map { .paragraph($0) }
      if !measure.parameters.isEmpty {
        blocks.append(.table(PolicyPage.parameters(measure.parameters.map { (nil, $0) }, library)))
      }
      blocks += measure.readings.map { .table(PolicyPage.reading($0)) }
      if !measure.assumptions.isEmpty {
        blocks.append(
          .list(ordered: false, measure.assumptions.map { [Span("Our assumption: ", zh: "测算假定：", .muted), Span($0)] }))
      }
      out += html(blocks)
    }
    let here = outcomes.filter { lines.contains($0.line) }
    if !here.isEmpty { out += html([.list(ordered: false, here.map { $0.spans })]) }
    let summary =
      here.isEmpty
      ? Text("The rule as it is carried out", zh: "规则原文") : Text("The examples as they are written", zh: "算例原文")
    let code = HTMLRenderer.code(text.hasSuffix("\n") ? String(text.dropLast()) : text, language: "policy")
    return
      "<div class=\"cell\">\n\(out)<details "
      + "class=\"rule\"><summary>\(word(summary))</summary>\n\(code)\n</details>\n</div>"
  }

  /// The value laid down elsewhere that a parameter takes.
  private static func byReference(_ parameter: Parameter, _ library: Library) -> Text {
    guard let name = parameter.byReference else { return .same("–") }
    return Unpaid.words(name, library.documents)
  }

  private static func parameters(_ parameters: [(measure: Text?, parameter: Parameter)], _ library: Library) -> Table {
    let named = parameters.contains { $0.measure != nil }
    let columns =
      (named ? [Table.Column(Text("Measure", zh: "措施"))] : [])
      + [
        Table.Column(Text("Parameter", zh: "参数")), Table.Column(Text("Value", zh: "值"), .right),
        Table.Column(Text("Meaning", zh: "含义")),
      ]
    return Table(
      columns: columns,
      rows: parameters.map { measure, parameter in
        let value: [Span] =
          parameter.value.map { [Span(ValueText.text($0, of: parameter, places: library.places), .number)] }
          ?? [Span(byReference(parameter, library), .name)]
        return Table.Row(
          (named ? [.text(measure ?? .same(""))] : []) + [
            .spans([Span(parameter.words, .name)]), .spans(value), .text(parameter.meaning ?? .same("")),
          ])
      })
  }

  private static func reading(_ reading: Reading) -> Table {
    Table(
      title: reading.question,
      columns: [Table.Column(Text("Reading", zh: "口径")), Table.Column(Text("Meaning", zh: "含义"))],
      rows: reading.choices.enumerated().map { i, choice in
        var name: [Span] = [Span(choice.words, .name)]
        if i == reading.defaultIndex { name.append(Span(" (default)", zh: "（默认）", .muted)) }
        return Table.Row([.spans(name), .text(choice.meaning)])
      })
  }

  private static func values(_ values: [ReferenceValue]) -> Table {
    Table(
      title: Text("Figures laid down elsewhere", zh: "由其他文件规定的数值"),
      columns: [
        Table.Column(Text("Name", zh: "名称")), Table.Column(Text("Meaning", zh: "含义")),
        Table.Column(Text("Where", zh: "出处")),
      ],
      rows: values.map {
        Table.Row([.data($0.name, .name), .text($0.meaning ?? .same("")), .text($0.source ?? .same(""))])
      })
  }

  // MARK: Overviews

  private func overview(_ prose: ProseHTML, _ contents: inout [HTMLPage.Heading]) -> String {
    let all =
      document.parameters.map { (Text("the whole document", zh: "整个文件"), $0) }
      + document.measures.flatMap { m in m.parameters.map { (m.title, $0) } }
    guard !all.isEmpty else { return "" }
    return section(Text("All parameters", zh: "全部参数"), prose, &contents)
      + html([.table(PolicyPage.parameters(all.map { ($0.0, $0.1) }, library))])
  }

  private func exampleTable(_ outcomes: [ExampleOutcome], _ prose: ProseHTML, _ contents: inout [HTMLPage.Heading])
    -> String
  {
    guard !outcomes.isEmpty else { return "" }
    let right = outcomes.count { $0.mistake == nil }
    return section(Text("All examples", zh: "全部算例"), prose, &contents)
      + html([
        .paragraph([
          Span(
            Text(
              "\(right) of \(outcomes.count) come out as the document says; they were carried out when this page "
                + "was made.",
              zh: "\(outcomes.count) 个算例中有 \(right) 个与文件所述一致，制作本页时逐一运行。"), right == outcomes.count ? .good : .bad)
        ]), .list(ordered: true, outcomes.map { $0.spans }),
      ])
  }

  private func section(_ title: Text, _ prose: ProseHTML, _ contents: inout [HTMLPage.Heading]) -> String {
    let id = prose.id(for: word(title))
    contents.append(HTMLPage.Heading(level: 2, title: word(title), id: id))
    return "<h2 id=\"\(HTMLRenderer.escaped(id))\">\(HTMLRenderer.escaped(word(title)))</h2>\n"
  }

  /// An example and what came of it.
  private struct ExampleOutcome {
    let title: Text
    let line: Int
    let mistake: Text?

    var spans: [Span] {
      var spans: [Span] = [mistake == nil ? .data("✓ ", .good) : .data("✗ ", .bad), Span(title)]
      if let mistake { spans += [Span(": ", zh: "："), Span(mistake, .bad)] }
      return spans
    }
  }

  private func examples() -> [ExampleOutcome] {
    let runner = ExampleRunner(document, dictionary: library.dictionary, places: library.places, threads: threads)
    return document.examples.map { example in
      let (mismatches, problems) = runner.run(example) { _ in false }
      let wrong = mismatches.first ?? problems.first { $0.severity == .error }
      return ExampleOutcome(title: example.title, line: example.location.start.line, mistake: wrong?.message)
    }
  }
}
