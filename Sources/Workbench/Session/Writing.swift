// Answers into files: in the form that the command or the file's ending asks for, as one text or block by block. Knows
// nothing of what they answer.

import Commands
import Diagnostics
import Glibc
import View

extension Session {
  /// Writes an answer into a file, in the form asked for or that the file's ending suggests.
  func write(_ answer: Answer, to file: Written) -> Answer {
    let byEnding: OutputFormat? =
      switch Files.ending(file.raw) {
      case "csv": .csv
      case "json", "jsonl": .json
      case "md", "markdown": .markdown
      case "txt": .table
      default: nil
      }
    var unformatted = answer
    unformatted.format = nil
    let format = answer.format ?? byEnding ?? .table
    let lines: Int
    do {
      lines = try write(unformatted, format, to: path(file.raw))
    } catch let failure as Files.Failure {
      return .failure(answer.diagnostics + [Mistake.unwritable(file.raw, failure.reason).diagnostic(at: file.location)])
    } catch {
      return .failure(Mistake.interrupted.diagnostic(at: nil))
    }
    var told = Answer(
      Document([
        .paragraph([
          Span(Text("Written into ", zh: "已写入 ")), .data(file.raw, .name),
          Span(Text(" (\(lines) lines).", zh: "（\(lines) 行）。")),
        ])
      ]),
      json: [["kind": "written", "file": .string(file.raw), "lines": .int(Int64(lines))]],
      diagnostics: answer.diagnostics)
    told.hasMismatch = answer.hasMismatch
    return told
  }

  /// Writes an answer into a file, unless the session only looks.
  /// - Returns: how many lines it has.
  /// - Throws: `Files.Failure`; `AnswerStream.Interrupted` when a long answer was cancelled, of which nothing is left.
  private func write(_ answer: Answer, _ format: OutputFormat, to path: String) throws -> Int {
    var lines = 0
    func fill(_ sink: AnswerStream.Sink) throws {
      if let stream = answer.stream(as: format) {
        let request = AnswerStream.Request(format, isCancelled: isCancelled, progress: progress)
        try stream.write(request) { bytes in
          lines += bytes.lineFeeds
          try sink(bytes)
        }
      } else {
        var text = AnswerRenderer(format: format, language: language).render(answer)
        lines = text.utf8.count { $0 == 0x0A }
        try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) }
      }
    }
    if mayWrite { try Files.write(to: path, fill) } else { try fill { _ in } }
    return lines
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
