// Answers into files: in the form that the command or the file's ending asks for, as one text or block by block. Knows
// nothing of what they answer.

import Answers
import Commands
import Diagnostics
import Glibc
import Sessions
import View

extension Desk {
  /// Writes an answer into a file, in the form asked for or that the file's ending says.
  func write(_ answer: Answer, to file: Written) -> Answer {
    var unformatted = answer
    unformatted.format = nil
    let format = answer.format ?? OutputFormat.written(to: Files.ending(file.raw)) ?? .table
    let made: Made
    let replaces: Bool
    do {
      try openDoor(for: file)
      replaces = door.isForeign(path(file.raw))
      made = try write(unformatted, format, to: path(file.raw))
    } catch let failure as Files.Failure {
      return .failure(answer.diagnostics + [Mistake.writing(file.raw, failure).diagnostic(at: file.location)])
    } catch let refusal as Refusal {
      return .failure(answer.diagnostics + refusal.diagnostics)
    } catch FileWork.Failure.nothingToDraw {
      return .failure(answer.diagnostics + [FileForms.nothingToDraw(at: file.location)])
    } catch let failure as Browser.Failure where failure != .interrupted {
      return .failure(answer.diagnostics + [FileForms.noBrowser(failure, format, at: file.location)])
    } catch {
      return .failure(Mistake.interrupted.diagnostic(at: nil))
    }
    var told = Answer(
      Document([
        .paragraph([
          Span(Text("Written into ", zh: "已写入 ")), .data(file.raw, .name), Span(made.words),
          replaces ? Span(", in place of what was there.", zh: "，替换了原有文件。") : Span(".", zh: "。"),
        ])
      ]),
      records: [
        Record(kind: "written", ["file": .id(file.raw)]).with(made.members).with(["replaced": .flag(replaces)])
      ],
      diagnostics: answer.diagnostics)
    told.hasMismatch = answer.hasMismatch
    return told
  }

  /// What a file came to.
  private struct Made {
    /// Lines of a text, rows of a workbook or of tables; nil where neither says anything.
    var lines: Int?
    /// Nought where rows stand in tables and no sheets.
    var sheets: Int?
    var bytes = 0

    var words: Text {
      guard let lines else { return Text(" (\(bytes / 1024 + 1) KiB)", zh: "（\(bytes / 1024 + 1) KiB）") }
      return switch sheets {
      case nil: Text(" (\(lines) lines)", zh: "（\(lines) 行）")
      case 0?: Text(" (\(lines) rows)", zh: "（\(lines) 行）")
      case let sheets?: Text(" (\(sheets) sheets, \(lines) rows)", zh: "（\(sheets) 张工作表，\(lines) 行）")
      }
    }

    var members: KeyValuePairs<String, Datum> {
      if let lines { ["lines": .count(lines)] } else { ["bytes": .count(bytes)] }
    }
  }

  /// Writes an answer into a file, unless the session only looks.
  /// - Throws: `Files.Failure`; `FileWork.Failure`; `Browser.Failure`; `AnswerStream.Interrupted` when a long answer
  ///   was cancelled, of which nothing is left.
  private func write(_ answer: Answer, _ format: OutputFormat, to path: String) throws -> Made {
    var made = Made()
    // A text that is Markdown itself is that file, and no code in one.
    if format == .markdown, case .code(let text, "markdown")? = answer.document.blocks.first,
      answer.document.blocks.count == 1
    {
      let bytes = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
      try door.write(to: path) { sink in try bytes.withUnsafeBytes { try sink($0) } }
      return Made(lines: bytes.count { $0 == 0x0A }, bytes: bytes.count)
    }
    try door.write(to: path) { sink in
      if format == .csv { try UTF8Mark.bytes.withUnsafeBytes { try sink($0) } }
      var bytes = 0
      made = try fill(answer, format) {
        bytes += $0.count
        try sink($0)
      }
      made.bytes = bytes
    }
    return made
  }

  /// Hands over the bytes of an answer in a form; what the sink throws is passed on.
  private func fill(_ answer: Answer, _ format: OutputFormat, _ sink: AnswerStream.Sink) throws -> Made {
    var made = Made()
    if let stream = answer.stream(as: format) {
      var request = AnswerStream.Request(format, isCancelled: isCancelled, progress: progress)
      if preferences.headsAreNames(language, isFile: true) { request.names = language }
      var lines = 0
      try stream.write(request) { bytes in
        lines += bytes.lineFeeds
        try sink(bytes)
      }
      made.lines = lines
    } else if format.isForFiles {
      // Whoever only looks does not start another program for it.
      if door.onlyLooks, format.needsBrowser { return made }
      try withoutActuallyEscaping(sink) { sink in
        let tally = try AnswerRenderer(format: format, language: language).write(answer, fileWork(sink))
        guard let tally, tally.countsRows else { return }
        (made.lines, made.sheets) = (tally.rows, tally.sheets)
      }
    } else {
      var renderer = AnswerRenderer(format: format, language: language)
      renderer.headsAreNames = preferences.headsAreNames(language, isFile: true)
      renderer.showsIdNumbers = showsIdNumbers
      var text = renderer.render(answer)
      if format.hasLines { made.lines = text.utf8.count { $0 == 0x0A } }
      try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) }
    }
    return made
  }

  /// What a file of an answer would hold; nil where the answer cannot have that form, or the making was stopped.
  func bytes(of answer: Answer, as format: OutputFormat) -> [UInt8]? {
    var bytes: [UInt8] = []
    do { _ = try fill(answer, format) { bytes += $0 } } catch { return nil }
    return bytes
  }

  /// What a form for files needs beside the answer.
  private func fileWork(_ sink: @escaping AnswerStream.Sink) -> FileWork {
    let isCancelled = isCancelled
    return FileWork(
      isCancelled: isCancelled, browser: { try FileForms.make($0, isCancelled) },
      showsIdNumbers: showsIdNumbers, sink)
  }

  /// Whether people see identity numbers whole.
  package var showsIdNumbers: Bool { preferences.value(.idNumbers) == "whole" }

  /// Writes a file that a command names, unless the session only looks.
  /// - Returns: whether it took the place of one that this run had not made.
  @discardableResult
  func put(_ text: String, into file: Written) throws(Refusal) -> Bool {
    try openDoor(for: file)
    let replaces = door.isForeign(path(file.raw))
    do { try door.write(text, to: path(file.raw)) } catch {
      throw Refusal(.writing(file.raw, error), at: file.location)
    }
    return replaces
  }

  /// Makes sure that a file may be written: whoever sits at the prompt is asked about one that is there already.
  func openDoor(for file: Written) throws(Refusal) {
    let path = path(file.raw)
    guard let barrier = door.barrier(writing: path) else { return }
    let question = Text(
      "`\(shown(file.raw))` is there already. Replace it? [y/N] ", zh: "`\(shown(file.raw))` 已存在，是否替换？[y/N] ")
    let isFree = barrier == .present && ((!door.isConfined && preferences.isOn(.replace)) || confirm?(question) == true)
    guard isFree else { throw Refusal(.barred(file.raw, barrier, isWriting: true), at: file.location) }
    door.grant(path)
  }

  /// Carries out somebody else's text, which reaches no further than its folder.
  func confined<T>(to folder: String, _ work: () -> T) -> T {
    let outer = door
    defer { door = outer }
    door = outer.inside(folder)
    if !outer.isConfined, preferences.isOn(.replace) { door.allowance.replaces = true }
    return work()
  }
}

/// The mark by which a spreadsheet knows that a file of values is UTF-8. It stands in files and nowhere else: a program
/// that reads the standard output would take it for part of the first heading.
enum UTF8Mark {
  static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
  static let text = "\u{FEFF}"
}

extension UnsafeRawBufferPointer {
  /// How many line feeds there are.
  fileprivate var lineFeeds: Int {
    var count = 0
    var rest = self[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, let found = memchr(start, 0x0A, rest.count) {
      count += 1
      rest = rest.dropFirst(UnsafeRawPointer(found) - start + 1)
    }
    return count
  }
}
