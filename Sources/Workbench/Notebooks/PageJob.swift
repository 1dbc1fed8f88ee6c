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

  /// What a page is written as.
  package enum Product: Sendable {
    case page
    /// The page on paper, by the browser of this machine.
    case paper
    /// A text document.
    case document
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
    let html = NotebookPage(run, options).text()
    return (run.session.showsIdNumbers ? html : PersonalNumbers.covered(html), run.diagnostics)
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

  /// The text of a file, or of a bundled document by its id, as what a text document is made of.
  /// - Returns: nil with mistakes; and what is wrong.
  private func text(_ path: String) -> (answer: Answer?, language: Language, diagnostics: [Diagnostic]) {
    let library = Library(files: settings.policies)
    let bytes: [UInt8]
    if library.ids.contains(path), let document = library.document(path) {
      bytes = Array(document.source.text.utf8)
    } else {
      do { bytes = try settings.door.bytes(path, as: .source) } catch {
        return (nil, language, [Mistake.reading(path, error).diagnostic(at: nil)])
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard Notebook.isOne(text) else {
      let title = library.document(path)?.title.in(language) ?? Files.stem(path)
      return (NotebookDocument(text, language, options).answer(titled: title), language, [])
    }
    let run = NotebookRun(Notebook.read(bytes, name: path), settings)
    run.session.isCancelled = isCancelled
    run.play()
    if run.failed || isCancelled() { return (nil, run.language, run.diagnostics) }
    let title = run.notebook.title ?? Files.stem(path)
    var answer = AmountWriting.with(decimals: run.decimals) { NotebookDocument(run, options).answer(titled: title) }
    answer.decimals = run.decimals
    return (answer, run.language, run.diagnostics)
  }

  /// Writes a page: to a file as a whole, or gives it back where none is named.
  package func render(_ path: String, to file: String?, as product: Product = .page) -> (html: String?, answer: Answer)
  {
    if let refusal = refusal(file, product) { return (nil, .failure(refusal)) }
    switch product {
    case .page, .paper:
      let (html, diagnostics) = page(path)
      guard let html else { return (nil, .failure(diagnostics)) }
      guard let file, file != "-" else { return (html, Answer(diagnostics: diagnostics)) }
      guard product == .paper else { return (nil, write(Array(html.utf8), to: file, diagnostics)) }
      do {
        let bytes = try Browser.find().make(.sheets, of: html, isCancelled: isCancelled)
        return (nil, write(bytes, to: file, diagnostics))
      } catch {
        return (nil, .failure(FileForms.noBrowser(error, .print, at: nil)))
      }
    case .document:
      let (answer, language, diagnostics) = text(path)
      guard let answer, let file else { return (nil, .failure(diagnostics)) }
      final class Bytes {
        var bytes: [UInt8] = []
      }
      let out = Bytes()
      let work = FileWork(isCancelled: isCancelled) { out.bytes.append(contentsOf: $0) }
      do { _ = try AnswerRenderer(format: .document, language: language).write(answer, work) } catch {
        return (nil, .failure(Mistake.interrupted.diagnostic(at: nil)))
      }
      return (nil, write(out.bytes, to: file, diagnostics))
    }
  }

  /// A file that ends otherwise than what it holds is not written.
  private func refusal(_ file: String?, _ product: Product) -> Diagnostic? {
    guard let file, file != "-" else { return nil }
    let start = SourceRange(source: nil, start: Position(line: 0, column: 0), end: Position(line: 0, column: 0))
    if let nameless = FileForms.nameless(Written(text: file, raw: file, location: start)) {
      return Diagnostic(nameless.severity, code: nameless.code, nameless.message, hint: nameless.hint)
    }
    let form: OutputFormat =
      switch product {
      case .page: .page
      case .paper: .print
      case .document: .document
      }
    let ending = Files.ending(file)
    if ending.isEmpty ? product == .page : form.endings.contains(ending) { return nil }
    return .error(
      "file-ending",
      Text(
        "`\(shown(file))` does not end as \(form.rawValue) does", zh: "`\(shown(file))` 的扩展名不是 \(form.rawValue)"),
      hint: Text("let it end in .\(form.endings[0])", zh: "请以 .\(form.endings[0]) 结尾"))
  }

  private func write(_ bytes: [UInt8], to file: String, _ diagnostics: [Diagnostic]) -> Answer {
    do {
      try settings.door.write(to: file) { sink in try bytes.withUnsafeBytes { try sink($0) } }
    } catch let failure as Files.Failure {
      return .failure(Mistake.writing(file, failure).diagnostic(at: nil))
    } catch {
      return .failure(Mistake.interrupted.diagnostic(at: nil))
    }
    let size = bytes.count / 1024 + 1
    var answer = Answer(
      Document([
        .paragraph([
          Span("Written into ", zh: "已写入 "), .data(file, .name), Span(Text(" (\(size) KiB).", zh: "（\(size) KiB）。")),
        ])
      ]), records: [Record(kind: "written", ["file": .id(file), "bytes": .count(bytes.count)])],
      diagnostics: diagnostics)
    answer.failed = false
    return answer
  }
}
