// Answers into files: in the form that the command or the file's ending asks for, as one text or block by block. Knows
// nothing of what they answer.

import Answers
import Commands
import Diagnostics
import Glibc
import Sessions
import View

extension Desk {
  /// Writes an answer into a file, in the form asked for or that the file's ending suggests.
  func write(_ answer: Answer, to file: Written) -> Answer {
    var unformatted = answer
    unformatted.format = nil
    let format = answer.format ?? OutputFormat.written(to: Files.ending(file.raw)) ?? .table
    let (lines, sheets): (Int, Int?)
    let replaces: Bool
    do {
      try openDoor(for: file)
      replaces = door.isForeign(path(file.raw))
      (lines, sheets) = try write(unformatted, format, to: path(file.raw))
    } catch let failure as Files.Failure {
      return .failure(answer.diagnostics + [Mistake.writing(file.raw, failure).diagnostic(at: file.location)])
    } catch let refusal as Refusal {
      return .failure(answer.diagnostics + refusal.diagnostics)
    } catch {
      return .failure(Mistake.interrupted.diagnostic(at: nil))
    }
    var told = Answer(
      Document([
        .paragraph([
          Span(Text("Written into ", zh: "已写入 ")), .data(file.raw, .name),
          Span(
            sheets.map {
              $0 == 0
                ? Text(" (\(lines) rows)", zh: "（\(lines) 行）")
                : Text(" (\($0) sheets, \(lines) rows)", zh: "（\($0) 张工作表，\(lines) 行）")
            }
              ?? Text(" (\(lines) lines)", zh: "（\(lines) 行）")),
          replaces ? Span(", in place of what was there.", zh: "，替换了原有文件。") : Span(".", zh: "。"),
        ])
      ]),
      records: [
        Record(kind: "written", ["file": .id(file.raw), "lines": .count(lines), "replaced": .flag(replaces)])
      ],
      diagnostics: answer.diagnostics)
    told.hasMismatch = answer.hasMismatch
    return told
  }

  /// A form that is no text cannot be shown.
  static func forFiles(_ format: OutputFormat, at location: SourceRange) -> Diagnostic {
    .error(
      "format-for-files", Text("\(format.rawValue) is a form for files", zh: "\(format.rawValue) 只能存入文件"),
      hint: Text("write `into FILE.\(format.endings[0])`", zh: "请写“存入 文件.\(format.endings[0])”"), at: location)
  }

  /// Writes an answer into a file, unless the session only looks.
  /// - Returns: how many lines it has; of a form that is no text how many rows, and how many sheets, none where it is no
  ///   workbook.
  /// - Throws: `Files.Failure`; `AnswerStream.Interrupted` when a long answer was cancelled, of which nothing is left.
  private func write(_ answer: Answer, _ format: OutputFormat, to path: String) throws -> (lines: Int, sheets: Int?) {
    var lines = 0
    var sheets: Int?
    func fill(_ sink: AnswerStream.Sink) throws {
      if let stream = answer.stream(as: format) {
        let request = AnswerStream.Request(format, isCancelled: isCancelled, progress: progress)
        try stream.write(request) { bytes in
          lines += bytes.lineFeeds
          try sink(bytes)
        }
      } else if format.isForFiles {
        try withoutActuallyEscaping(sink) { sink in
          let work = FileWork(isCancelled: isCancelled, sink)
          let tally = try AnswerRenderer(format: format, language: language).write(answer, work)
          (lines, sheets) = (tally?.rows ?? 0, tally?.sheets)
        }
      } else {
        var text = AnswerRenderer(format: format, language: language).render(answer)
        lines = text.utf8.count { $0 == 0x0A }
        try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) }
      }
    }
    try door.write(to: path) { sink in
      if format == .csv { try UTF8Mark.bytes.withUnsafeBytes { try sink($0) } }
      try fill(sink)
    }
    return (lines, sheets)
  }

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
