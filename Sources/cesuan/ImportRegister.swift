// `cesuan import FILE …`: the command `import`, said on the command line.

import ArgumentParser
import Workbench

struct ImportRegister: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a scenario of a register. 由台账生成情景。",
    usage: "cesuan import <file> ... [--in <district>] [--as-of <day>] [--like <scenario>] [<options>]")

  @Argument(
    help: ArgumentHelp("Registers of one list: workbooks or CSV files; a sheet is named behind #.", valueName: "file"),
    completion: .file(extensions: ["xlsx", "xlsm", "csv"]))
  var files: [String]

  @Option(help: ArgumentHelp("The list that they are of, such as hires.", valueName: "list"))
  var `as`: String?

  @Option(help: ArgumentHelp("Whose budget it is: the code or the name of a district.", valueName: "district"))
  var `in`: String?

  @Option(help: ArgumentHelp("The day as of which is reckoned.", valueName: "day"))
  var asOf: String?

  @Option(
    help: ArgumentHelp("An earlier scenario that gives all but the register.", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var like: String?

  @Option(
    help: ArgumentHelp("An earlier scenario whose register is kept beside this one.", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var onto: String?

  @Option(
    help: ArgumentHelp("What a heading means, as HEADING=FACT; none: not to be read.", valueName: "heading=fact"))
  var column: [String] = []

  @Option(help: ArgumentHelp("What holds for every record, as FACT=VALUE.", valueName: "fact=value"))
  var constant: [String] = []

  @Option(
    help: ArgumentHelp(
      "What a cell's text stands for that means nothing by itself, as TEXT=VALUE.", valueName: "text=value"))
  var cell: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which day is meant where several could be: 'day first', 20YY, … or FACT=…", valueName: "writing"))
  var dates: [String] = []

  @Option(
    help: ArgumentHelp("The scenario's file.", valueName: "scenario"), completion: .file(extensions: ["yaml", "yml"]))
  var into: String?

  @OptionGroup var options: Options

  mutating func validate() throws {
    if files.isEmpty { throw ValidationError("Name a register: cesuan import hires.xlsx --in 350112") }
    if like != nil, onto != nil { throw ValidationError("--like and --onto exclude each other.") }
    for pair in column where !pair.contains("=") {
      throw ValidationError("--column takes HEADING=FACT, not \(pair).")
    }
    for pair in cell where !pair.contains("=") {
      throw ValidationError("--cell takes TEXT=VALUE, not \(pair).")
    }
    for pair in constant where !pair.contains("=") {
      throw ValidationError("--constant takes FACT=VALUE, not \(pair).")
    }
  }

  func run() throws {
    let invocation = Invocation(options)
    invocation.askAtTerminal()
    throw ExitCode(invocation.start(scenarios: [], commands: [command], keepGoing: false))
  }

  /// The same as a command of the prompt.
  private var command: String {
    var line = "import " + files.map(ImportCommand.spelled).joined(separator: ", ")
    if let list = self.as { line += " as " + ImportCommand.spelled(list) }
    if let district = self.in { line += " in " + ImportCommand.spelled(district) }
    if let asOf { line += " as of " + ImportCommand.spelled(asOf) }
    if let like { line += " like " + ImportCommand.spelled(like) }
    if let onto { line += " onto " + ImportCommand.spelled(onto) }
    if !column.isEmpty { line += " columns " + column.map(ImportRegister.assigned).joined(separator: ", ") }
    if !constant.isEmpty { line += " constant " + constant.map(ImportRegister.assigned).joined(separator: ", ") }
    if !cell.isEmpty { line += " cells " + cell.map(ImportRegister.assigned).joined(separator: ", ") }
    if !dates.isEmpty {
      line +=
        " dates " + dates.map { $0.contains("=") ? ImportRegister.assigned($0) : "\"\($0)\"" }.joined(separator: ", ")
    }
    if let into { line += " into " + ImportCommand.spelled(into) }
    return line
  }

  /// `A=b` as a command has it.
  private static func assigned(_ pair: String) -> String {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return "\"\(parts[0])\" = \"\(parts[1])\""
  }
}
