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
    do {
      (lines, sheets) = try write(unformatted, format, to: path(file.raw))
    } catch let failure as Files.Failure {
      return .failure(answer.diagnostics + [Mistake.unwritable(file.raw, failure.reason).diagnostic(at: file.location)])
    } catch {
      return .failure(Mistake.interrupted.diagnostic(at: nil))
    }
    var told = Answer(
      Document([
        .paragraph([
          Span(Text("Written into ", zh: "已写入 ")), .data(file.raw, .name),
          Span(
            sheets.map { Text(" (\($0) sheets, \(lines) rows).", zh: "（\($0) 张工作表，\(lines) 行）。") }
              ?? Text(" (\(lines) lines).", zh: "（\(lines) 行）。")),
        ])
      ]),
      records: [Record(kind: "written", ["file": .id(file.raw), "lines": .count(lines)])],
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
  /// - Returns: how many lines it has; of a workbook how many rows, and how many sheets.
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
    if mayWrite { try Files.write(to: path, fill) } else { try fill { _ in } }
    return (lines, sheets)
  }
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
