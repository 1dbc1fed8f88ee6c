// `cesuan serve NOTEBOOK`: a live page in a browser. `cesuan serve --stdio`: a session for another program, a line of
// JSON in, lines of JSON out. Reads and writes the streams; what is asked and answered is `Serving`.

import Answers
import ArgumentParser
import Diagnostics
import Dispatch
import Glibc
import LineEditor
import Loopback
import Serving
import Sessions
import Workbench

/// `cesuan serve NOTEBOOK`, `cesuan serve --stdio [SCENARIO ...]`
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: HelpWords.said(
      "Show a notebook as a live page in a browser, or serve a session to another program.",
      zh: "在浏览器中以活页打开笔记本，或让其他程序与一个会话对话。"),
    usage: """
      cesuan serve <notebook> [--port <n>] [--param <name=value> ...] [<options>]
      cesuan serve --stdio [<scenario> ...] [<options>]
      """,
    discussion: HelpWords.said(
      "The page is on this machine alone. Its address has a token: one address leads (moves parameters, tries cells, "
        + "writes the file), another only follows and answers exercises. The protocol of --stdio is docs/STDIO.md.",
      zh: "活页只在本机可用。地址含令牌：一个地址可主持（改参数、试改单元格、写入文件），另一个只能跟看和做练习。--stdio 的协议见 docs/STDIO.md。"))

  @Flag(
    help: .said(
      "Requests come on the standard input, a line of JSON each, replies go to the standard output.",
      zh: "请求从标准输入读取，每项一行 JSON，答复写到标准输出。"))
  var stdio = false

  @Argument(
    help: .said(
      "A notebook; with --stdio, scenario files to load first.", zh: "笔记本；用 --stdio 时为先读入的情景文件。", valueName: "file"),
    completion: .file(extensions: ["md", "yaml", "yml"]))
  var files: [String] = []

  @Option(help: .said("The port of the page. Default: one that is free.", zh: "活页的端口；默认取空闲端口。", valueName: "n"))
  var port: UInt16 = 0

  @Option(
    name: .customLong("param"),
    help: .said("A notebook's parameter; may be repeated.", zh: "笔记本的参数，可重复。", valueName: "name=value"))
  var parameters: [ParameterOption] = []

  @OptionGroup var options: Options

  mutating func validate() throws {
    guard !stdio else {
      guard port == 0, parameters.isEmpty else {
        throw ValidationError(
          HelpWords.said(
            "--stdio does not go with --port and --param.", zh: "`--stdio` 不能与 `--port`、`--param` 同时使用。"))
      }
      return
    }
    guard files.count == 1 else {
      throw ValidationError(
        HelpWords.said("`cesuan serve` needs one notebook, or --stdio.", zh: "`cesuan serve` 须写明一个笔记本，或用 `--stdio`。"))
    }
  }

  func run() throws {
    let invocation = Invocation(options)
    throw ExitCode(stdio ? invocation.serve(files) : invocation.serve(self))
  }
}

extension Invocation {
  /// Serves a notebook as a live page until it is interrupted.
  func serve(_ command: Serve) -> Int32 {
    Interrupt.install()
    tellLibraryProblems()
    if status != 0 { return status }
    var settings = notebookSettings(command.options)
    settings.parameters = command.parameters.map { ($0.name, $0.value) }
    let notebook: LiveNotebook
    do { notebook = try LiveNotebook(command.files[0], settings) } catch {
      take(.failure(error.diagnostics))
      return status
    }
    let server: PageServer
    do { server = try PageServer(notebook, port: command.port, isInterrupted: { Interrupt.pending }) } catch {
      take(.failure(Self.noPort(command.port, error)))
      return status
    }
    take(.addresses(lead: server.address(leads: true), follow: server.address(leads: false), title: notebook.title))
    server.serve()
    return 0
  }

  private static func noPort(_ port: UInt16, _ failure: LoopbackServer.Failure) -> Diagnostic {
    let reason = String(cString: strerror(failure.number))
    return .error(
      "no-port",
      Text("no page can be served on port \(port): \(reason)", zh: "无法在端口 \(port) 提供活页：\(reason)"),
      hint: Text("leave --port out, and a free one is taken", zh: "不写 --port 即取空闲端口"))
  }

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
    session.log.begin()
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
