// `load`: a scenario from its file.

import Answers
import Commands
import Diagnostics
import Sessions

/// Reads a scenario.
struct LoadCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "load",
    chinese: ["加载", "载入", "打开"],
    meaning: Text("read a scenario from a file", zh: "读入情景文件"),
    usage: Text("load FILE [as NAME]", zh: "加载 文件 [作为 名称]"),
    more: Text(
      "The same file again takes the place of what was read from it before. `as NAME` keeps several side by side.",
      zh: "再次读入同一文件会替换先前内容；“作为 名称”可并存多个情景。"),
    group: .scenarios)

  let file: Written
  let name: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    file = try parser.file()
    name = try LoadCommand.name(&parser)
  }

  init(file: Written, name: Written? = nil) {
    self.file = file
    self.name = name
  }

  /// `as NAME`, unless a form follows `as`.
  private static func name(_ parser: inout StatementParser) throws(Misread) -> Written? {
    guard Keyword.as.matches(parser.token.word) else { return nil }
    if OutputFormat.named(parser.peek(1).word) != nil { return nil }
    parser.index += 1
    return try parser.word(Text("a name after `as`", zh: "`作为` 之后的名称"))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", file)
    meaning.add("as", name)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    // A file with errors leaves the session as it was.
    let (read, diagnostics) = try session.read(file, name: name?.raw)
    return try session.take(read, diagnostics, name: name, path: read.path, by: command.text)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    // Behind a file nothing more belongs to the command; what is typed may be the next one.
    return session.commandWords()
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty ? ["yaml", "yml"] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("load scenarios/changle-2022-year.yaml as year", zh: "加载 scenarios/changle-2022-year.yaml 作为 全年")]
  }

  func next(in session: Desk) -> [Text] {
    session.isSlowToLoad
      ? [Text("run", zh: "测算"), Text("set cache = on", zh: "设定 缓存 = 开")]
      : [Text("run", zh: "测算"), Text("tour", zh: "导览")]
  }

  static let isSpoken = false
  static let nameFollowsAs = true
}
