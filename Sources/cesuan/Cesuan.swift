// The program's entry: arguments to a session. Everything it can do is a command of the workbench; this target only
// reads arguments, keys and pipes, and writes answers.

import Answers
import ArgumentParser
import Glibc
import Workbench

@main
struct Cesuan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cesuan",
    abstract: "Costs employment-incentive policy. 测算就业奖补政策。",
    usage: """
      cesuan [<scenario> ...] [-c <commands>] [--keep-going] [<options>]
      cesuan <subcommand>
      """,
    discussion: """
      Without a subcommand the scenarios are loaded and a prompt opens; when the standard input is not a terminal \
      its lines are carried out as commands.
      不带子命令时读入情景并打开提示符；标准输入不是终端时，逐行执行其中的命令。

      `cesuan help start` lists the options, `help environment` at the prompt the variables.
      选项见 `cesuan help start`，环境变量见提示符中的 `帮助 环境`。
      """,
    // The fingerprints of the bundled documents are reckoned where somebody asks for them.
    version: HelpWords.arguments.contains("--version") ? ProgramVersion.text : ProgramVersion.number,
    subcommands: [
      Start.self, RunNotebooks.self, CheckFiles.self, RenderPage.self, ImportRegister.self, Serve.self,
      EditorServer.self,
    ],
    defaultSubcommand: Start.self)

  /// Help, the version and completions are answers like any other: where they cannot be written, that is a failure.
  static func main() {
    do {
      var command = try parseAsRoot(HelpWords.ordered(Array(HelpWords.arguments.dropFirst())))
      try command.run()
    } catch {
      let (code, whole) = (exitCode(for: error), fullMessage(for: error))
      if code.isSuccess, !whole.isEmpty {
        let text = HelpWords.framed(whole)
        Stream.write(text.hasSuffix("\n") ? text : text + "\n")
      } else if code == .validationFailure, !whole.isEmpty {
        if UsageErrors.isForPrograms {
          Stream.write(UsageErrors.line(message(for: error), whole: whole) + "\n")
        }
        Stream.write(UsageErrors.said(whole) + "\n", to: STDERR_FILENO)
        exit(withError: code)
      } else {
        exit(withError: error)
      }
    }
  }
}

/// Options that every subcommand takes.
struct Options: ParsableArguments {
  @Option(help: .said("How answers are written: table, json, csv or markdown.", zh: "回答的形式：table、json、csv 或 markdown。"))
  var format = Form(.table)

  @Option(help: .said("The language of answers: en or zh. Default: that of the locale.", zh: "回答的语言：en 或 zh；默认随系统语言。"))
  var lang: Tongue?

  @Option(
    help: .said("A folder with further policy documents.", zh: "另有政策文件的文件夹。", valueName: "dir"), completion: .directory)
  var policies: String?

  @Option(
    help: .said(
      "When to colour: auto, always or never. Default: auto. NO_COLOR wins.",
      zh: "何时着色：auto、always 或 never；默认 auto，NO_COLOR 优先。"))
  var color: ColourChoice?

  @Option(help: .said("How many threads share the work.", zh: "用几个线程。", valueName: "n"))
  var threads: Int = 2

  @Option(
    help: .said(
      "A folder that notebooks and scripts may read from, beside their own.", zh: "笔记本和脚本除自身所在外还可读取的文件夹。",
      valueName: "dir"),
    completion: .directory)
  var allowRead: [String] = []

  @Option(
    help: .said(
      "A folder that notebooks and scripts may write into, beside their own.", zh: "笔记本和脚本除自身所在外还可写入的文件夹。",
      valueName: "dir"),
    completion: .directory)
  var allowWrite: [String] = []

  @Flag(help: .said("Let answers take the place of files that are there already.", zh: "允许回答替换已有的文件。"))
  var force = false

  mutating func validate() throws {
    guard (1...256).contains(threads) else {
      throw ValidationError(
        HelpWords.said("--threads takes a number from 1 to 256.", zh: "`--threads` 取 1 至 256 的整数。"))
    }
  }
}

/// `cesuan [SCENARIO ...] [-c COMMANDS]`
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: HelpWords.said("Open the prompt, or carry out commands.", zh: "打开提示符，或执行命令。"),
    usage: "cesuan [<scenario> ...] [-c <commands>] [--keep-going] [<options>]")

  @Argument(
    help: .said("Scenario files to load.", zh: "要读入的情景文件。", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String] = []

  @Option(
    name: [.customShort("c"), .customLong("command")], parsing: .unconditionalSingleValue,
    help: .said(
      "Commands, separated by ; or line ends; then exit.", zh: "要执行的命令，以 ; 或换行分隔，执行后退出。", valueName: "commands"))
  var commands: [String] = []

  @Flag(help: .said("Go on after a command that fails.", zh: "命令失败后继续。"))
  var keepGoing = false

  @OptionGroup var options: Options

  func run() throws {
    let invocation = Invocation(options)
    throw ExitCode(invocation.start(scenarios: scenarios, commands: commands, keepGoing: keepGoing))
  }
}
