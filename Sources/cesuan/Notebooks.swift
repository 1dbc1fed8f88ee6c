// The subcommands about notebooks: run, check, render. Everything they do is done by the workbench; here are only their
// arguments.

import Answers
import ArgumentParser
import Diagnostics
import LineEditor
import Sessions
import View
import Workbench

/// `NAME=VALUE`
struct ParameterOption: ExpressibleByArgument {
  let name: String
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(where: { $0 == "=" || $0 == "＝" }), equals > argument.startIndex else {
      return nil
    }
    name = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}

/// `cesuan run NOTEBOOK ...`
struct RunNotebooks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: HelpWords.said("Run notebooks from top to bottom, each in a clean session.", zh: "从头到尾运行笔记本，各用新的会话。"))

  @Argument(help: .said("Notebooks.", zh: "笔记本。", valueName: "notebook"), completion: .file(extensions: ["md"]))
  var notebooks: [String]

  @Flag(help: .said("Put the answers into the files; nothing else in them changes.", zh: "把回答写入文件，其余不变。"))
  var write = false

  @Option(
    name: .customLong("param"),
    help: .said("A parameter's value; may be repeated.", zh: "参数的值，可重复。", valueName: "name=value"))
  var parameters: [ParameterOption] = []

  @Option(
    help: .said(
      "A CSV file whose heading names parameters: one result for each row.", zh: "表头为参数名称的 CSV：每行得一份结果。",
      valueName: "csv"))
  var each: String?

  @OptionGroup var options: Options

  mutating func validate() throws {
    if write, each != nil {
      throw ValidationError(
        HelpWords.said("--write and --each do not go together.", zh: "`--write` 和 `--each` 不能同时使用。"))
    }
  }

  func run() throws {
    throw ExitCode(Invocation(options).runNotebooks(self))
  }
}

/// `cesuan check FILE ...`
struct CheckFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: HelpWords.said("Check policy documents, scenarios and notebooks.", zh: "检查政策文件、情景和笔记本。"))

  @Argument(help: .said("Files.", zh: "文件。", valueName: "file"), completion: .file(extensions: ["md", "yaml", "yml"]))
  var files: [String]

  @Flag(help: .said("Notebooks: put what comes out into the files.", zh: "笔记本：把所得写入文件。"))
  var write = false

  @Flag(help: .said("Notebooks: only name the cells whose fingerprint is old.", zh: "笔记本：只列出指纹已旧的格。"))
  var noRun = false

  @Option(
    name: .customLong("param"),
    help: .said("A notebook's parameter; may be repeated.", zh: "笔记本的参数，可重复。", valueName: "name=value"))
  var parameters: [ParameterOption] = []

  @OptionGroup var options: Options

  func run() throws {
    var notebooks = NotebookCheckOptions()
    notebooks.write = write
    notebooks.withoutRunning = noRun
    notebooks.parameters = parameters.map { ($0.name, $0.value) }
    throw ExitCode(Invocation(options).check(files, notebooks))
  }
}

extension Invocation {
  func runNotebooks(_ command: RunNotebooks) -> Int32 {
    Interrupt.install()
    tellLibraryProblems()
    // Each notebook speaks its own language.
    let language = session.language
    for path in command.notebooks {
      session.language = language
      var settings = notebookSettings(command.options)
      settings.parameters = command.parameters.map { ($0.name, $0.value) }
      settings.mayWrite = true
      if session.preferences.isOn(.replace) { settings.door.allowance.replaces = true }
      var job = NotebookJob(settings)
      job.isCancelled = { Interrupt.pending }
      if let list = command.each {
        take(job.run(path, each: list))
      } else {
        job.run(path, write: command.write) { speak($0) }
      }
    }
    return Interrupt.pending ? 130 : status
  }

  private func speak(_ answer: Answer) {
    if let language = answer.language { session.language = language }
    take(answer)
  }

  func notebookSettings(_ options: Options) -> NotebookSettings {
    // A pipe is waited for, and the waiting ends with Ctrl-C.
    session.isCancelled = { Interrupt.pending }
    var settings = NotebookSettings()
    settings.language = session.language
    settings.threads = options.threads
    settings.policies = policyFiles
    settings.door = session.door
    return settings
  }
}

/// `cesuan render FILE --html PAGE`
struct RenderPage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: HelpWords.said(
      "Make one self-contained page, or a text document, of a notebook or a policy document.", zh: "由笔记本或政策文件生成独立网页或文档。"
    ))

  @Argument(
    help: .said(
      "A notebook, a policy document, or the name of a bundled document.", zh: "笔记本、政策文件，或自带文件的名称。", valueName: "file"))
  var file: String

  @Option(
    help: .said("Where the page goes; without it, the standard output.", zh: "网页存入何处；不写则输出到标准输出。", valueName: "page"))
  var html: String?

  @Option(
    help: .said(
      "Where the page goes on paper (PDF), laid out by Chromium.", zh: "PDF 存入何处（由 Chromium 排版）。", valueName: "file"))
  var pdf: String?

  @Option(help: .said("Where a text document for Word goes.", zh: "Word 文档存入何处。", valueName: "file"))
  var docx: String?

  @Option(
    help: .said(
      "Where the notebook goes as one of Jupyter, with the answers it has.", zh: "转成的 Jupyter 笔记本存入何处（连同已有输出）。",
      valueName: "file"))
  var ipynb: String?

  @Option(
    help: .said(
      "Where a notebook of Jupyter goes as Markdown, with the answers it has.",
      zh: "由 Jupyter 笔记本转成的 Markdown 存入何处（连同已有输出）。",
      valueName: "file"))
  var markdown: String?

  @Flag(help: .said("Leave out the clauses that the answers rest on.", zh: "不附回答所依据的条款。"))
  var noClauses = false

  @Flag(help: .said("Leave out the commands, so that prose and answers stand alone.", zh: "不显示命令，只留文字和回答。"))
  var noCommands = false

  @Flag(help: .said("Leave out what answers offer to type next.", zh: "不显示“接着可问”。"))
  var noOffers = false

  @Flag(help: .said("Leave the answers of exercises out, with room to write.", zh: "不附习题答案，留出书写位置。"))
  var handout = false

  @Flag(help: .said("Show the answers of exercises.", zh: "显示习题答案。"))
  var key = false

  @Flag(help: .said("One screen or sheet for each part between two rules.", zh: "两条横线之间的每一部分占一屏或一页。"))
  var slides = false

  @Option(
    name: .customLong("param"),
    help: .said("A notebook's parameter; may be repeated.", zh: "笔记本的参数，可重复。", valueName: "name=value"))
  var parameters: [ParameterOption] = []

  @OptionGroup var options: Options

  mutating func validate() throws {
    if [html, pdf, docx, ipynb, markdown].compactMap(\.self).count > 1 {
      throw ValidationError(
        HelpWords.said(
          "Only one of --html, --pdf, --docx, --ipynb and --markdown at a time.",
          zh: "`--html`、`--pdf`、`--docx`、`--ipynb`、`--markdown` 每次只能用一项。"))
    }
    if JupyterJob.isJupyter(file), markdown == nil {
      throw ValidationError(
        HelpWords.said(
          "A notebook of Jupyter is turned into Markdown first: --markdown FILE.md",
          zh: "Jupyter 笔记本请先转为 Markdown：--markdown 文件.md"))
    }
    if let markdown, !JupyterJob.isJupyter(file) || JupyterJob.isJupyter(markdown) {
      throw ValidationError(
        HelpWords.said(
          "--markdown turns a file that ends in .ipynb into one that does not.",
          zh: "`--markdown` 只把以 .ipynb 结尾的文件转为不以 .ipynb 结尾的文件。"))
    }
    if let ipynb, JupyterJob.isJupyter(file) || !(JupyterJob.isJupyter(ipynb) || ipynb == "-") {
      throw ValidationError(
        HelpWords.said("--ipynb names a file that ends in .ipynb.", zh: "`--ipynb` 后面的文件名须以 .ipynb 结尾。"))
    }
    if handout, key {
      throw ValidationError(
        HelpWords.said("--handout and --key do not go together.", zh: "`--handout` 和 `--key` 不能同时使用。"))
    }
  }

  func run() throws {
    throw ExitCode(Invocation(options).render(self))
  }
}

extension Invocation {
  func render(_ command: RenderPage) -> Int32 {
    Interrupt.install()
    tellLibraryProblems()
    var settings = notebookSettings(command.options)
    if let file = command.ipynb ?? command.markdown {
      let (text, answer) = JupyterJob(settings.door).turn(command.file, to: file)
      take(answer)
      if let text { Stream.write(text) }
      return status
    }
    settings.parameters = command.parameters.map { ($0.name, $0.value) }
    var options = PageOptions()
    options.isSlides = command.slides
    options.answers = command.handout ? .handout : command.key ? .key : .folded
    options.hidesClauses = command.noClauses
    options.hidesCommands = command.noCommands
    options.hidesOffers = command.noOffers
    var job = PageJob(settings, options)
    job.isCancelled = { Interrupt.pending }
    let product: PageJob.Product = command.docx != nil ? .document : command.pdf != nil ? .paper : .page
    let (html, answer) = job.render(command.file, to: command.docx ?? command.pdf ?? command.html, as: product)
    take(answer)
    if let html { Stream.write(html) }
    return Interrupt.pending ? 130 : status
  }
}
