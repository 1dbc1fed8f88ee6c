// How goldens are kept: transcripts, which hold what is asked and, under it, what was answered. Reads one, plays it and
// writes it anew; the two must be the same. What may stand in one:
//
//   # remark
//   === title              a new pair of sessions, one in English and one in Chinese, each in an empty folder
//   +++ FILE [escaped]     a file of the folder; its lines follow, two spaces in. Below policies/ it is a document
//                          of the library
//   +++ FILE from PATH     the same with what stands below Tests/Fixtures
//   & command              performed; its answer is not kept, but must not fail
//   $ command              performed; the answer follows. `$$ ` continues a command on a further line
//   ? line with ‸          what Tab offers at the mark, and the hint
//   ! check FILE …         likewise run, render, digest (of a page), config FILE,
//                          large FILE N LINE, width N, colour, cancelled COMMAND
//   --- language form      what was answered; its lines follow, two spaces in
//
// Knows nothing of the program.

import Foundation

/// A transcript, as a list of what is asked.
struct GoldenTranscript {
  enum Step {
    case remark(String)
    case session(String)
    case file(name: String, isEscaped: Bool, lines: [String])
    case fixture(name: String, path: String)
    case setup(String)
    case command(String)
    case completion(String)
    case job(String)
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  var steps: [Step] = []

  init(_ text: String) throws {
    var isAnswer = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let head = line.prefix { $0 != " " }
      let rest = String(line.dropFirst(head.count + 1))
      switch head {
      case "---": isAnswer = true
      case "" where isAnswer: continue
      case "":
        guard case .file(let name, let isEscaped, let lines)? = steps.last else {
          if line.isEmpty { continue }
          throw Malformed(description: "nothing takes the line `\(line)`")
        }
        steps[steps.count - 1] = .file(name: name, isEscaped: isEscaped, lines: lines + [String(line.dropFirst(2))])
      case "$$":
        guard case .command(let above)? = steps.last, !isAnswer else {
          throw Malformed(description: "`$$` stands under no command")
        }
        steps[steps.count - 1] = .command(above + "\n" + rest)
      default:
        isAnswer = false
        steps.append(try GoldenTranscript.step(String(head), rest))
      }
    }
    trimFiles()
  }

  private static func step(_ head: String, _ rest: String) throws -> Step {
    switch head {
    case "#": return .remark(rest)
    case "===": return .session(rest)
    case "+++":
      let words = rest.split(separator: " ").map(String.init)
      if words.count == 3, words[1] == "from" { return .fixture(name: words[0], path: words[2]) }
      guard let name = words.first, words.dropFirst().allSatisfy({ $0 == "escaped" }) else {
        throw Malformed(description: "`+++ \(rest)` names no file")
      }
      return .file(name: name, isEscaped: words.count > 1, lines: [])
    case "&": return .setup(rest)
    case "$": return .command(rest)
    case "?": return .completion(rest)
    case "!": return .job(rest)
    default: throw Malformed(description: "`\(head) \(rest)` is nothing that may stand in a transcript")
    }
  }

  /// Empty lines at a file's end part it from what follows.
  private mutating func trimFiles() {
    for i in steps.indices {
      guard case .file(let name, let isEscaped, var lines) = steps[i] else { continue }
      while lines.last == "" { lines.removeLast() }
      steps[i] = .file(name: name, isEscaped: isEscaped, lines: lines)
    }
  }

  /// The bytes of a file as its lines give them. Escaped ones hold `\xE4`, `\r`, `\n`, `\t`, `\\`, and end in no line
  /// feed but a written one.
  static func bytes(_ lines: [String], isEscaped: Bool) -> [UInt8] {
    guard isEscaped else { return lines.flatMap { Array($0.utf8) + [0x0A] } }
    var out: [UInt8] = []
    var rest = Array(lines.joined().utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == 0x5C, let sign = rest.popFirst() else {
        out.append(byte)
        continue
      }
      switch sign {
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "x"):
        out += UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16).map { [$0] } ?? []
        rest = rest.dropFirst(2)
      default: out.append(sign)
      }
    }
    return out
  }
}

/// A transcript that is being written.
struct GoldenWriter {
  private(set) var text = ""

  mutating func line(_ line: String) { text += line + "\n" }

  mutating func lines(_ lines: some Sequence<String>) {
    for line in lines { text += line.isEmpty ? "\n" : "  " + line + "\n" }
  }

  /// A heading and a text below it, with signs for what would not be seen.
  mutating func block(_ heading: String, _ content: String) {
    line("--- " + heading)
    guard !content.isEmpty else { return }
    var bytes = Array(GoldenWriter.masked(content).utf8)
    let endsOpen = bytes.last != 0x0A
    if !endsOpen { bytes.removeLast() }
    let shown = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line, as: UTF8.self).replacingOccurrences(of: "\r", with: "␍").replacingOccurrences(
        of: "\u{1B}", with: "␛")
    }
    // Said so that a blank at a line's end is seen, too.
    lines(shown.map { $0.hasSuffix(" ") || $0.hasSuffix("\t") ? $0 + "␠" : $0 })
    if endsOpen { lines(["␄"]) }
  }

  /// Fingerprints are made of everything that an answer rests on, and may change where no answer does: sixteen
  /// hexadecimal digits, or eight behind the fence of a stored answer. Looked at byte by byte: there are millions of
  /// them.
  static func masked(_ text: String) -> String {
    guard ["ingerprint", "指纹", "```output"].contains(where: { text.contains($0) }) else { return text }
    var bytes = Array(text.utf8)
    let fence = Array("```output".utf8)
    var isBehindFence = false
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0x0A { isBehindFence = false }
      if bytes[i] == 0x60, bytes[i...].starts(with: fence) { isBehindFence = true }
      guard isHexadecimal(bytes[i]), i == 0 || !isAlphanumeric(bytes[i - 1]) else {
        i += 1
        continue
      }
      let end = bytes[i...].firstIndex { !isHexadecimal($0) } ?? bytes.count
      let isWhole = end == bytes.count || !isAlphanumeric(bytes[end])
      if isWhole, end - i == 16 || (end - i == 8 && isBehindFence) {
        for k in i..<end { bytes[k] = UInt8(ascii: "x") }
      }
      i = end
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
