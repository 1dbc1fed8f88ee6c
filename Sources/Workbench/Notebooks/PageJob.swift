// `render`: a notebook or a policy document as a page. Runs the notebook first; with a mistake in it there is no page.

import Answers
import Commands
import Diagnostics
import Markup
import PolicyLanguage
import Sessions
import View

/// Making pages.
package struct PageJob {
  package var settings: NotebookSettings
  package var options: PageOptions
  /// The language asked for; policy documents are there in both.
  package var language: Language
  package var isCancelled: @Sendable () -> Bool = { false }

  package init(_ settings: NotebookSettings, _ options: PageOptions) {
    self.settings = settings
    self.options = options
    language = settings.language
  }

  /// The page of a file, or of a bundled document by its id.
  /// - Returns: the HTML, nil with mistakes; and what is wrong.
  package func page(_ path: String) -> (html: String?, diagnostics: [Diagnostic]) {
    let library = Library(files: settings.policies)
    if library.ids.contains(path), let entry = library.entry(path) { return page(entry, library) }
    let bytes: [UInt8]
    do { bytes = try settings.door.bytes(path, as: .source) } catch {
      return (nil, [Mistake.reading(path, error).diagnostic(at: nil)])
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let hasRules = text.utf8.split(separator: 0x0A).contains { $0.starts(with: Array("```policy".utf8)) }
    let isMarkdown = ["md", "markdown", "txt"].contains(Files.ending(path))
    if !Notebook.isOne(text), !hasRules, !isMarkdown {
      return (nil, [NotebookMistake.notAPage(path).diagnostic(at: nil)])
    }
    if !Notebook.isOne(text), hasRules {
      var dictionary = library.dictionary
      return page(Library.check(SourceFile(name: path, text: text), &dictionary, library.places), library)
    }
    let run = NotebookRun(Notebook.read(bytes, name: path), settings)
    run.session.isCancelled = isCancelled
    run.play()
    if run.failed || isCancelled() { return (nil, run.diagnostics) }
    return (NotebookPage(run, options).text(), run.diagnostics)
  }

  private func page(_ entry: Library.Entry, _ library: Library) -> (html: String?, diagnostics: [Diagnostic]) {
    guard let document = entry.document, !entry.diagnostics.contains(where: { $0.severity == .error }) else {
      return (nil, entry.diagnostics)
    }
    var text = document.source.text
    if let line = text.withUTF8({ MarkupTables.tooLarge($0) }) {
      let start = Position(line: line, column: 1)
      let at = SourceRange(source: document.source, start: start, end: start)
      return (nil, entry.diagnostics + [NotebookMistake.largeTable.diagnostic(at: at)])
    }
    return (
      PolicyPage(document, library: library, language: language, threads: settings.threads).text(), entry.diagnostics
    )
  }

  /// Writes a page: to a file as a whole, or gives it back where none is named.
  package func render(_ path: String, to file: String?) -> (html: String?, answer: Answer) {
    let (html, diagnostics) = page(path)
    guard let html else { return (nil, .failure(diagnostics)) }
    guard let file, file != "-" else { return (html, Answer(diagnostics: diagnostics)) }
    do { try settings.door.write(html, to: file) } catch {
      return (nil, .failure(Mistake.writing(file, error).diagnostic(at: nil)))
    }
    let size = html.utf8.count / 1024 + 1
    var answer = Answer(
      Document([
        .paragraph([
          Span("Written into ", zh: "已写入 "), .data(file, .name), Span(Text(" (\(size) KiB).", zh: "（\(size) KiB）。")),
        ])
      ]), records: [Record(kind: "written", ["file": .id(file), "bytes": .count(html.utf8.count)])],
      diagnostics: diagnostics)
    answer.failed = false
    return (nil, answer)
  }
}
