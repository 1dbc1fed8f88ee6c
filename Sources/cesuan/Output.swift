// Where answers go: the standard output in the form asked for, what is wrong to the standard error, and with JSON to
// both. At the prompt also: paging, the time an answer took, what one may ask next.

import Answers
import Commands
import Diagnostics
import Glibc
import Sessions
import View
import Workbench

final class Output {
  let format: OutputFormat
  private let session: Desk
  /// Whether a person converses: then answers may be paged and say how to see more.
  var isConversation = false
  /// Whether there is a line that keys may put something into.
  var hasEditor = false

  init(format: OutputFormat, session: Desk) {
    self.format = format
    self.session = session
  }

  private var preferences: Preferences { session.preferences }
  /// The language of answers: that of the session, and of answers from other sessions, such as those of notebooks.
  var language: Language {
    get { session.language }
    set { session.language = newValue }
  }

  /// Whether texts for the standard output are coloured.
  var isColoured: Bool { colours(STDOUT_FILENO) }

  private func colours(_ descriptor: Int32) -> Bool {
    if preferences.isOn(.plain) { return false }
    guard let choice = ColourChoice(rawValue: preferences.value(.color)) else {
      preconditionFailure("The preference for colour has a value that it may have.")
    }
    return Surroundings.colours(choice, descriptor)
  }

  /// Writes an answer where answers go.
  /// - Returns: false when it was stopped before its end.
  @discardableResult
  func show(_ answer: Answer) -> Bool {
    if let echo = answer.echo, format == .table {
      let line = [Span.data("测算> ", .prompt), Span.data(echo, .strong)]
      Stream.write("\n" + terminal.render(line: line) + "\n")
    }
    show(diagnosticsOf: answer)
    let form = answer.format ?? format
    // A pager wants the whole text; where none is asked for, what is long goes out block by block.
    if form == .json || !isConversation, let stream = answer.stream(as: form) { return show(stream, as: form) }
    if form == .json {
      showObjects(of: answer)
      return true
    }
    var renderer = AnswerRenderer(format: format, language: language)
    renderer.look = look
    renderer.headsAreNames = preferences.headsAreNames(language, isFile: false)
    renderer.showsIdNumbers = session.showsIdNumbers
    let text = renderer.render(answer)
    guard !text.isEmpty else { return true }
    let isTall = isConversation && text.utf8.count { $0 == 0x0A } >= Surroundings.rows - 1
    let isWide = answer.isWide && isConversation
    if isTall || isWide,
      Pager.show(text, preferences.value(.pager), cutsLines: answer.isWide, isChinese: language == .zh)
    {
      return true
    }
    Stream.write(text)
    return true
  }

  private func show(_ stream: AnswerStream, as format: OutputFormat) -> Bool {
    let limit = format == .json ? preferences.rowLimit : nil
    do {
      var request = AnswerStream.Request(format, limit: limit, isCancelled: session.isCancelled)
      if preferences.headsAreNames(language, isFile: false) { request.names = language }
      try stream.write(request) { try Stream.write($0) }
    } catch let stopped as AnswerStream.Interrupted {
      // An object that breaks off must not swallow the line of what comes next.
      if format == .json { Stream.write("\n") }
      var failure = Answer.failure([stopped.diagnostic])
      failure.format = format
      show(diagnosticsOf: failure)
      return false
    } catch Stream.Failure.closed {
      exit(0)
    } catch Stream.Failure.broken(let code) {
      Stream.giveUp(STDOUT_FILENO, code)
    } catch {
      preconditionFailure("stream-ends: a stream ends when it is stopped or cannot be written")
    }
    if let limit, limit < stream.count { tellCut(stream.list, Int64(limit), of: Int64(stream.count)) }
    return true
  }

  private func showObjects(of answer: Answer) {
    for object in answer.json {
      let shown = preferences.rowLimit.map { object.shortened(to: $0) } ?? object
      Stream.write(shown.line + "\n")
      guard case .object(let lists)? = shown["cut"] else { continue }
      for list in lists {
        guard case .int(let part)? = list.value["shown"], case .int(let whole)? = list.value["of"] else { continue }
        tellCut(list.key, part, of: whole)
      }
    }
  }

  private func tellCut(_ list: String, _ part: Int64, of whole: Int64) {
    show([
      Diagnostic(
        .warning, code: "cut",
        Text("`\(list)` has \(whole) entries; \(part) are written", zh: "`\(list)` 共 \(whole) 项，只输出 \(part) 项"),
        hint: Text("`set limit = none` writes all; `into FILE` always does", zh: "“设定 行数上限 = none”输出全部；“存入 文件”总是全部"))
    ])
  }

  /// What is wrong goes to the standard error; where other programs listen, a line goes to them too.
  func show(diagnosticsOf answer: Answer) {
    guard !answer.diagnostics.isEmpty else { return }
    if (answer.format ?? format) == .json {
      for problem in answer.diagnostics where problem.severity == .error {
        var record = Record(problem, in: language)
        if let line = answer.correction { record.add("correction", .id(line)) }
        Stream.write(JSONValue(record).line + "\n")
      }
    }
    show(answer.diagnostics)
    let isTold = answer.diagnostics.contains { $0.hint?.en.contains("`\(answer.correction ?? "")`") ?? false }
    if let line = answer.correction, !isTold {
      let key = hasEditor ? Text("  (Alt-. takes it)", zh: "  （按 Alt-. 采用）") : Text("", zh: "")
      let spans = [Span(Text("  corrected: ", zh: "  更正："), .good), .data(line, .code), Span(key, .muted)]
      Stream.write(errorScreen.render(line: spans) + "\n", to: STDERR_FILENO)
    }
  }

  /// Texts to the standard error.
  func show(_ problems: [Diagnostic]) {
    var renderer = DiagnosticRenderer(language: language, width: min(Surroundings.columns, 160))
    renderer.ambiguousWide = preferences.value(.ambiguous) == "wide"
    renderer.showsNumbers = session.showsIdNumbers
    if isConversation { renderer.typed = Prompt.sourceName }
    Stream.write(errorScreen.render(renderer.document(problems)), to: STDERR_FILENO)
  }

  private var errorScreen: TerminalRenderer {
    var look = look
    look.width = 10_000
    look.colour = colours(STDERR_FILENO)
    return TerminalRenderer(look, language: language)
  }

  /// The number under which an answer can be compared with, drawn and verified.
  func number(_ result: ResultTag) {
    Stream.write(terminal.render(line: [Span.data("→ ", .muted), .data(result.name, .name)]) + "\n")
  }

  /// What one may ask next.
  func suggest(_ commands: [String]) {
    var line = [Span(Text("Next: ", zh: "接着可问："), .muted)]
    for (i, command) in commands.enumerated() {
      if i > 0 { line.append(.data(" · ", .muted)) }
      line.append(.data(command, .code))
    }
    Stream.write("\n" + terminal.render(Document([.paragraph(line)])))
  }

  /// That commands behind a mistake in the same text were not carried out.
  func tell(leftOut count: Int) {
    let text = Text(
      "  not carried out: \(count) further command\(count == 1 ? "" : "s") of what was entered",
      zh: "  其后 \(count) 条命令没有执行")
    Stream.write(errorScreen.render(line: [Span(text, .warning)]) + "\n", to: STDERR_FILENO)
  }

  /// How long an answer took.
  func tell(seconds: Double) {
    let text =
      seconds < 1
      ? Text("\(Int((seconds * 1000).rounded())) ms", zh: "\(Int((seconds * 1000).rounded())) 毫秒")
      : Text(Figures.decimal(seconds) + " s", zh: Figures.decimal(seconds) + " 秒")
    Stream.write(
      errorScreen.render(line: [Span(Text("took \(text.en)", zh: "用时 \(text.zh)"), .muted)]) + "\n", to: STDERR_FILENO)
  }

  private var look: TerminalLook {
    var look = TerminalLook(width: Surroundings.columns, colour: isColoured)
    look.ambiguousWide = preferences.value(.ambiguous) == "wide"
    look.isPlain = preferences.isOn(.plain)
    look.unit = preferences.moneyUnit
    look.coversNumbers = !session.showsIdNumbers
    switch preferences.value(.theme) {
    case "dark": look.palette = .dark
    case "light": look.palette = .light
    default: look.palette = Surroundings.palette
    }
    if isConversation {
      look.remedy = Text("`last wide` shows everything.", zh: "“上次 全宽”显示全部。")
    }
    return look
  }

  var terminal: TerminalRenderer { TerminalRenderer(look, language: language) }
}
