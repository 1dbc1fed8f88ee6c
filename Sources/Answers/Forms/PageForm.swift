// Answers as pages of their own, and as paper: what people see of an answer, with its chart. A browser lays the pages
// out on paper. Knows nothing of which browser.

import Diagnostics
import View

extension OutputFormat {
  /// A page that stands by itself.
  package static let page: OutputFormat = OutputFormat(
    rawValue: "html", chinese: ["网页格式", "网页", "html格式"], endings: ["html", "htm"], hasLines: false
  ) { answer, manner in
    PageForm(answer, manner.language).text
  }

  /// The page on paper (PDF).
  package static let print: OutputFormat = OutputFormat(
    rawValue: "pdf", chinese: ["pdf格式"], endings: ["pdf"], needsBrowser: true
  ) { answer, language, work in
    let page = PageForm(answer, language).text
    let shown = work.showsIdNumbers ? page : PersonalNumbers.covered(page)
    try work.put(try work.browser(FileWork.Order(shown, .sheets)))
    return FileTally()
  }
}

/// The page of one answer.
struct PageForm {
  private let answer: Answer
  private let language: Language

  init(_ answer: Answer, _ language: Language) {
    self.answer = answer
    self.language = language
  }

  /// The whole page; nothing where the answer says nothing.
  var text: String {
    var document = answer.document
    guard !document.isEmpty else { return "" }
    if let chart = answer.chart, !document.hasChart { document.append(.chart(chart)) }
    for remark in answer.remarks { document.append(remark) }
    let title = document.title(in: language) ?? Text("Answer", zh: "测算结果").in(language)
    let body = HTMLRenderer(language: language, headings: 1).render(document)
    return HTMLPage(title: title, language: language, body: body).text
  }
}

extension Document {
  /// Whether something is drawn in it.
  package var hasChart: Bool { blocks.contains { if case .chart = $0 { true } else { false } } }

  /// What its first heading says.
  func title(in language: Language) -> String? {
    for case .heading(_, let spans) in blocks { return spans.map { $0.text.in(language) }.joined() }
    return nil
  }
}
