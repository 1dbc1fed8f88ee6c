// Answers as Markdown, for notebooks and reports.

import View

extension OutputFormat {
  /// Markdown with GitHub's tables.
  package static let markdown: OutputFormat = OutputFormat(
    rawValue: "markdown", chinese: ["markdown格式"], short: ["md"], endings: ["md", "markdown"]
  ) { answer, manner in
    MarkdownRenderer(language: manner.language).render(answer.document)
  }
}
