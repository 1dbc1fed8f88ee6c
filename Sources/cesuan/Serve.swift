// `cesuan serve --stdio`: a session for another program, a line of JSON in, lines of JSON out. Reads and writes the
// streams; what is asked and answered is `Serving`.

import Answers
import ArgumentParser
import Diagnostics
import Dispatch
import Glibc
import LineEditor
import Serving
import Workbench

/// `cesuan serve --stdio [SCENARIO ...]`
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: HelpWords.said(
      "Serve a session to another program, a line of JSON for each request.", zh: "让其他程序与一个会话对话，每项请求一行 JSON。"),
    discussion: HelpWords.said("The protocol is docs/STDIO.md.", zh: "协议见 docs/STDIO.md。"))

  @Flag(
    help: .said("Requests come on the standard input, replies go to the standard output.", zh: "请求从标准输入读取，答复写到标准输出。"))
  var stdio = false

  @Argument(
    help: .said("Scenario files to load first.", zh: "先读入的情景文件。", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String] = []

  @OptionGroup var options: Options

  mutating func validate() throws {
    guard stdio else { throw ValidationError("`cesuan serve` needs --stdio.") }
  }

  func run() throws { throw ExitCode(Invocation(options).serve(scenarios)) }
}

extension Invocation {
  /// Serves until the standard input ends or a command ends the session.
  func serve(_ scenarios: [String]) -> Int32 {
    Interrupt.install()
    let configurationProblems = Configuration.read(into: session)
    output.show(settingProblems + configurationProblems)
    tellLibraryProblems()
    if status != 0 { return status }
    for path in scenarios {
      let answer = session.load(path: path)
      output.show(diagnosticsOf: answer)
      if answer.failed { return 1 }
    }
    let server = LineServer(session, isInterrupted: { Interrupt.pending }) { Stream.write($0 + "\n") }
    let lines = server.lines
    DispatchQueue(label: "requests").async { RequestLines.read(STDIN_FILENO, into: lines) }
    server.serve()
    return 0
  }
}

/// Lines from a descriptor.
enum RequestLines {
  /// A longer line is refused, and what is left of it is passed over.
  private static let longest = 64 << 20

  static func read(_ descriptor: Int32, into lines: ServingInbox) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var line: [UInt8] = []
    var isRefused = false
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      var rest = chunk[..<count]
      while let end = rest.firstIndex(of: 0x0A) {
        line.append(contentsOf: rest[..<end])
        if !isRefused { lines.take(String(decoding: line, as: UTF8.self)) }
        isRefused = false
        line = []
        rest = rest[(end + 1)...]
      }
      line.append(contentsOf: rest)
      if line.count > longest, !isRefused {
        lines.refuseLine(longerThan: longest)
        isRefused = true
      }
      if isRefused { line = [] }
    }
    if !line.isEmpty, !isRefused { lines.take(String(decoding: line, as: UTF8.self)) }
    lines.end()
    waitForReader(STDOUT_FILENO)
    lines.abandon()
  }

  /// Returns when nobody reads any more what is written to a pipe.
  private static func waitForReader(_ descriptor: Int32) {
    var watched = pollfd(fd: descriptor, events: 0, revents: 0)
    while poll(&watched, 1, -1) < 0, errno == EINTR {}
  }
}
