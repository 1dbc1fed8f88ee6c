// `cesuan lsp`: files in an editor, over the Language Server Protocol. Reads and writes framed messages; what is asked
// and answered is `Serving`.

import Answers
import ArgumentParser
import Diagnostics
import Glibc
import Serving
import Workbench

/// `cesuan lsp`
struct EditorServer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: HelpWords.said(
      "Serve an editor: mistakes while typing, meanings, names (Language Server Protocol).",
      zh: "供编辑器使用：边写边查错、释义、补全（语言服务器协议）。"))

  @Flag(help: ArgumentHelp("Messages come on the standard input; this is so in any case.", visibility: .hidden))
  var stdio = false

  @OptionGroup var options: Options

  func run() throws { throw ExitCode(Invocation(options).serveEditor()) }
}

extension Invocation {
  /// Serves until the editor says `exit`, or goes away.
  func serveEditor() -> Int32 {
    let server = LanguageServer(door: session.door, language: session.language) { text in
      Stream.write("Content-Length: \(text.utf8.count)\r\n\r\n" + text)
    }
    var frames = EditorFrames(STDIN_FILENO)
    while !server.exit.isAsked, let text = frames.next() { server.take(text) }
    return server.exit.isProper ? 0 : 1
  }
}

/// Framed messages from a descriptor: `Content-Length: N`, an empty line, N bytes.
struct EditorFrames {
  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private static let longest = 64 << 20

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The next message; nil at the end, or where what comes is none.
  mutating func next() -> String? {
    var length: Int?
    while true {
      guard let line = line() else { return nil }
      if line.isEmpty {
        if length != nil { break }
        continue
      }
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "content-length" {
        length = Int(parts[1].filter { $0 != " " })
      }
    }
    guard let length, (0...Self.longest).contains(length) else { return nil }
    while bytes.count < length { if !read() { return nil } }
    defer { bytes.removeFirst(length) }
    return String(decoding: bytes.prefix(length), as: UTF8.self)
  }

  private mutating func line() -> String? {
    while true {
      if let end = bytes.firstIndex(of: 0x0A) {
        let line = bytes[..<end].filter { $0 != 0x0D }
        bytes.removeSubrange(...end)
        return String(decoding: line, as: UTF8.self)
      }
      guard bytes.count < 1 << 16, read() else { return nil }
    }
  }

  private mutating func read() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes.append(contentsOf: chunk[..<count])
      return true
    }
  }
}
