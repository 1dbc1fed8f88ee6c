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
    commandName: "run", abstract: "Run notebooks from top to bottom, each in a clean session.")

  @Argument(help: ArgumentHelp("Notebooks.", valueName: "notebook"), completion: .file(extensions: ["md"]))
  var notebooks: [String]

  @Flag(help: "Put the answers into the files; nothing else in them changes.")
  var write = false

  @Option(
    name: .customLong("param"), help: ArgumentHelp("A parameter's value; may be repeated.", valueName: "name=value"))
  var parameters: [ParameterOption] = []

  @Option(help: ArgumentHelp("A CSV file whose heading names parameters: one result for each row.", valueName: "csv"))
  var each: String?

  @OptionGroup var options: Options

  mutating func validate() throws {
    if write, each != nil { throw ValidationError("--write and --each do not go together.") }
  }

  func run() throws {
    throw ExitCode(Invocation(options).runNotebooks(self))
  }
}

/// `cesuan check FILE ...`
struct CheckFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check policy documents, scenarios and notebooks.")

  @Argument(help: ArgumentHelp("Files.", valueName: "file"), completion: .file(extensions: ["md", "yaml", "yml"]))
  var files: [String]

  @Flag(help: "Notebooks: put what comes out into the files.")
  var write = false

  @Flag(help: "Notebooks: only name the cells whose fingerprint is old.")
  var noRun = false

  @Option(
    name: .customLong("param"), help: ArgumentHelp("A notebook's parameter; may be repeated.", valueName: "name=value"))
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
    abstract: "Make one self-contained page, or a text document, of a notebook or a policy document.")

  @Argument(help: ArgumentHelp("A notebook, a policy document, or the name of a bundled document.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Where the page goes; without it, the standard output.", valueName: "page"))
  var html: String?

  @Option(help: ArgumentHelp("Where the page goes on paper (PDF), laid out by Chromium.", valueName: "file"))
  var pdf: String?

  @Option(help: ArgumentHelp("Where a text document for Word goes.", valueName: "file"))
  var docx: String?

  @Option(help: ArgumentHelp("Where the notebook goes as one of Jupyter, with the answers it has.", valueName: "file"))
  var ipynb: String?

  @Option(
    help: ArgumentHelp("Where a notebook of Jupyter goes as Markdown, with the answers it has.", valueName: "file"))
  var markdown: String?

  @Flag(help: "Leave out the clauses that the answers rest on.")
  var noClauses = false

  @Flag(help: "Leave out the commands, so that prose and answers stand alone.")
  var noCommands = false

  @Flag(help: "Leave out what answers offer to type next.")
  var noOffers = false

  @Flag(help: "Leave the answers of exercises out, with room to write.")
  var handout = false

  @Flag(help: "Show the answers of exercises.")
  var key = false

  @Flag(help: "One screen or sheet for each part between two rules.")
  var slides = false

  @Option(
    name: .customLong("param"), help: ArgumentHelp("A notebook's parameter; may be repeated.", valueName: "name=value"))
  var parameters: [ParameterOption] = []

  @OptionGroup var options: Options

  mutating func validate() throws {
    if [html, pdf, docx, ipynb, markdown].compactMap(\.self).count > 1 {
      throw ValidationError("Only one of --html, --pdf, --docx, --ipynb and --markdown at a time.")
    }
    if JupyterJob.isJupyter(file), markdown == nil {
      throw ValidationError("A notebook of Jupyter is turned into Markdown first: --markdown FILE.md")
    }
    if let markdown, !JupyterJob.isJupyter(file) || JupyterJob.isJupyter(markdown) {
      throw ValidationError("--markdown turns a file that ends in .ipynb into one that does not.")
    }
    if let ipynb, JupyterJob.isJupyter(file) || !(JupyterJob.isJupyter(ipynb) || ipynb == "-") {
      throw ValidationError("--ipynb names a file that ends in .ipynb.")
    }
    if handout, key { throw ValidationError("--handout and --key do not go together.") }
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
