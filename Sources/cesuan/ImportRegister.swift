// `cesuan import FILE …`: the command `import`, said on the command line.

import ArgumentParser
import Workbench

struct ImportRegister: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: HelpWords.said("Make a scenario of a register. 由台账生成情景。", zh: "由台账生成情景。"),
    usage: "cesuan import <file> ... [--in <district>] [--as-of <day>] [--like <scenario>] [<options>]")

  @Argument(
    help: .said(
      "Registers of one list: workbooks or CSV files; a sheet is named behind #.", zh: "同一清单的台账：工作簿或 CSV；# 后写工作表名。",
      valueName: "file"),
    completion: .file(extensions: ["xlsx", "xlsm", "csv"]))
  var files: [String]

  @Option(help: .said("The list that they are of, such as hires.", zh: "属于哪个清单，如 录用人员。", valueName: "list"))
  var `as`: String?

  @Option(
    help: .said(
      "Whose budget it is: the code or the name of a district.", zh: "测算哪个地区：行政区划代码或名称。", valueName: "district"))
  var `in`: String?

  @Option(help: .said("The day as of which is reckoned.", zh: "核算日。", valueName: "day"))
  var asOf: String?

  @Option(
    help: .said("An earlier scenario that gives all but the register.", zh: "台账以外的内容取自此前的情景。", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var like: String?

  @Option(
    help: .said(
      "An earlier scenario whose register is kept beside this one.", zh: "此前情景的台账与本台账并存。", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var onto: String?

  @Option(
    help: .said(
      "What a heading means, as HEADING=FACT; none: not to be read.", zh: "表头所指，写作 表头=事实；写 none 则不读。",
      valueName: "heading=fact"))
  var column: [String] = []

  @Option(help: .said("What holds for every record, as FACT=VALUE.", zh: "每条记录都适用的，写作 事实=值。", valueName: "fact=value"))
  var constant: [String] = []

  @Option(
    help: .said(
      "What a cell's text stands for that means nothing by itself, as TEXT=VALUE.", zh: "本身没有含义的单元格文字代表什么，写作 文字=值。",
      valueName: "text=value"))
  var cell: [String] = []

  @Option(
    help: .said(
      "Which day is meant where several could be: 'day first', 20YY, … or FACT=…",
      zh: "日期可作几种理解时取哪一种：'日在前'、20YY…，或 事实=…",
      valueName: "writing"))
  var dates: [String] = []

  @Option(
    help: .said(
      "Which row names the columns; none: no row does, and they are called 'column 2'.",
      zh: "第几行是表头；没有表头写 none，各列称“第2列”等。", valueName: "row"))
  var header: String?

  @Option(
    help: .said(
      "The fact that names people, each of whom is a record where a cell has several: worker.",
      zh: "写姓名的事实，一格写有多人的每人一条：劳动者。", valueName: "fact"))
  var split: String?

  @Option(
    help: .said("The scenario's file.", zh: "情景文件。", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml"]))
  var into: String?

  @OptionGroup var options: Options

  mutating func validate() throws {
    if files.isEmpty {
      throw ValidationError(
        HelpWords.said(
          "Name a register: cesuan import hires.xlsx --in 350112", zh: "请写明台账：cesuan import 花名册.xlsx --in 350112"))
    }
    if like != nil, onto != nil {
      throw ValidationError(
        HelpWords.said("--like and --onto exclude each other.", zh: "`--like` 和 `--onto` 不能同时使用。"))
    }
    for pair in column where !pair.contains("=") {
      throw ValidationError(
        HelpWords.said("--column takes HEADING=FACT, not \(pair).", zh: "`--column` 应写成 表头=事实，而不是 \(pair)。"))
    }
    for pair in cell where !pair.contains("=") {
      throw ValidationError(
        HelpWords.said("--cell takes TEXT=VALUE, not \(pair).", zh: "`--cell` 应写成 文字=取值，而不是 \(pair)。"))
    }
    for pair in constant where !pair.contains("=") {
      throw ValidationError(
        HelpWords.said("--constant takes FACT=VALUE, not \(pair).", zh: "`--constant` 应写成 事实=取值，而不是 \(pair)。"))
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
    if let split { line += " split " + ImportCommand.spelled(split) }
    if let header { line += " header " + ImportCommand.spelled(header) }
    if let into { line += " into " + ImportCommand.spelled(into) }
    return line
  }

  /// `A=b` as a command has it.
  private static func assigned(_ pair: String) -> String {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return "\"\(parts[0])\" = \"\(parts[1])\""
  }
}
