// The program's entry: arguments to a session. Everything it can do is a command of the workbench; this target only
// reads arguments, keys and pipes, and writes answers.

import Answers
import ArgumentParser
import CArguments
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
    version: ProgramVersion.text,
    subcommands: [
      Start.self, RunNotebooks.self, CheckFiles.self, RenderPage.self, ImportRegister.self, Serve.self,
      EditorServer.self,
    ],
    defaultSubcommand: Start.self)

  /// What the program was started with, its name first; also where there is no /proc to read it from.
  private static var words: [String] { (0..<arguments_count()).map { String(cString: arguments_word($0)) } }

  /// Help, the version and completions are answers like any other: where they cannot be written, that is a failure.
  static func main() {
    do {
      var command = try parseAsRoot(Array(words.dropFirst()))
      try command.run()
    } catch {
      let text = fullMessage(for: error)
      guard exitCode(for: error).isSuccess, !text.isEmpty else { exit(withError: error) }
      Stream.write(text.hasSuffix("\n") ? text : text + "\n")
    }
  }
}

/// Options that every subcommand takes.
struct Options: ParsableArguments {
  @Option(help: "How answers are written: table, json, csv or markdown.")
  var format = Form(.table)

  @Option(help: "The language of answers: en or zh. Default: that of the locale.")
  var lang: Tongue?

  @Option(help: ArgumentHelp("A folder with further policy documents.", valueName: "dir"), completion: .directory)
  var policies: String?

  @Option(help: "When to colour: auto, always or never. Default: auto. NO_COLOR wins.")
  var color: ColourChoice?

  @Option(help: ArgumentHelp("How many threads share the work.", valueName: "n"))
  var threads: Int = 2

  @Option(
    help: ArgumentHelp("A folder that notebooks and scripts may read from, beside their own.", valueName: "dir"),
    completion: .directory)
  var allowRead: [String] = []

  @Option(
    help: ArgumentHelp("A folder that notebooks and scripts may write into, beside their own.", valueName: "dir"),
    completion: .directory)
  var allowWrite: [String] = []

  @Flag(help: "Let answers take the place of files that are there already.")
  var force = false

  mutating func validate() throws {
    guard (1...256).contains(threads) else { throw ValidationError("--threads takes a number from 1 to 256.") }
  }
}

/// `cesuan [SCENARIO ...] [-c COMMANDS]`
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Open the prompt, or carry out commands.",
    usage: "cesuan [<scenario> ...] [-c <commands>] [--keep-going] [<options>]")

  @Argument(
    help: ArgumentHelp("Scenario files to load.", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String] = []

  @Option(
    name: [.customShort("c"), .customLong("command")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Commands, separated by ; or line ends; then exit.", valueName: "commands"))
  var commands: [String] = []

  @Flag(help: "Go on after a command that fails.")
  var keepGoing = false

  @OptionGroup var options: Options

  func run() throws {
    let invocation = Invocation(options)
    throw ExitCode(invocation.start(scenarios: scenarios, commands: commands, keepGoing: keepGoing))
  }
}
