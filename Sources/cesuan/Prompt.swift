// The prompt: reads commands until the end, completing and hinting as they are typed. Knows nothing of what they mean.

import Answers
import Commands
import Diagnostics
import Glibc
import LineEditor
import Sessions
import View
import Workbench

final class Prompt {
  private let invocation: Invocation
  private let session: Desk
  private let reader: any CommandReader
  /// The last command as it was probably meant, where it was mistaken.
  private var correction: String?
  private var suggestions = Suggestions()
  /// What may be answered while a question is asked; nil while commands are read.
  private var asking: [Candidate]?
  /// What a mistake in a typed command names as its source.
  static let sourceName = "command"

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
    invocation.output.isConversation = true
    session.suggestsNext = true
    let editor = LineEditor(application: "cesuan", historyFile: Surroundings.historyFile, historyLimit: 5000)
    reader = editor ?? PlainReader()
    reader.isComplete = { WorkbenchCommands.parser.isComplete($0) }
    session.confirm = { [unowned self] question in
      reader.prompt = question.in(session.language)
      guard case .line(let text, _) = reader.read() else { return false }
      return ["y", "yes", "是", "好"].contains(text.trimmingPrefix(" ").lowercased())
    }
    session.ask = { [unowned self] in ask($0) }
    guard let editor else { return }
    invocation.output.hasEditor = true
    suggestions.experience = editor.historyCount
    editor.rightPrompt = { [unowned self] text, cursor in hint(text, cursor) }
    editor.complete = { [unowned self] text, cursor in
      let (from, found) = session.complete(text, at: cursor)
      if let asking { return (0, asking.filter { $0.text.hasPrefix(text) }) }
      let isWhole = session.showsIdNumbers
      return (
        from,
        found.map {
          Candidate(
            text: $0.text, meaning: isWhole ? $0.meaning : PersonalNumbers.covered($0.meaning),
            appendsSpace: $0.appendsSpace)
        }
      )
    }
    editor.correction = { [unowned self] in correction }
    editor.cleanPaste = { PastedTranscript.commands(in: $0) }
  }

  /// Asks one question, whose answer is no command: nothing of it is remembered or hinted at.
  /// - Returns: nil for Ctrl-C and at the end of the input.
  private func ask(_ question: Question) -> String? {
    invocation.pause()
    asking = question.choices.map { Candidate(text: $0.text, meaning: $0.meaning, appendsSpace: false) }
    let isComplete = reader.isComplete
    reader.isComplete = { _ in true }
    defer {
      asking = nil
      reader.isComplete = isComplete
      invocation.begin()
    }
    reader.prompt = question.line(in: session.language)
    guard case .line(let text, _) = reader.read() else { return nil }
    return text
  }

  /// Converses until the user ends the session.
  /// - Returns: the exit status.
  func converse() -> Int32 {
    greet()
    while true {
      prepare()
      switch reader.read() {
      case .interrupted: continue
      case .end: return ending()
      case .line(let text, _):
        reader.addHistory(text)
        if perform(text) { return 0 }
      }
    }
  }

  /// Performs what was typed.
  /// - Returns: whether the session is to end.
  private func perform(_ text: String) -> Bool {
    var ends = false
    correction = nil
    var next: [String] = []
    var result: ResultTag?
    Interrupt.clear()
    invocation.begin()
    session.play(SourceFile(name: Self.sourceName, text: text)) { answer in
      ends = ends || answer.ends
      correction = answer.correction
      next = answer.failed ? [] : answer.next
      result = answer.failed ? nil : answer.result
      return invocation.take(answer) && !Interrupt.pending
    }
    if session.leftOut > 0, !ends { invocation.output.tell(leftOut: session.leftOut) }
    if let result, invocation.output.format == .table { invocation.output.number(result) }
    if !ends, invocation.output.format == .table, suggestions.wants(next, session.preferences) {
      invocation.output.suggest(next)
    }
    return ends
  }

  /// Follows what may have been set since the last command.
  private func prepare() {
    let colour = invocation.output.isColoured
    reader.prompt = colour ? "\u{1B}[1;38;5;33m测算>\u{1B}[0m " : "测算> "
    reader.continuationPrompt = colour ? "\u{1B}[38;5;243m   …\u{1B}[0m " : "   … "
    guard let editor = reader as? LineEditor else { return }
    editor.showsColour = colour
    editor.searchWord = session.language == .zh ? "查找：" : "search:"
    editor.use(keys: session.preferences.value(.keys))
  }

  /// What stands at the right margin while a line is typed.
  private func hint(_ text: String, _ cursor: Int) -> String {
    guard asking == nil, session.preferences.isOn(.hints), !session.preferences.isOn(.plain) else { return "" }
    var hint = session.hint(text, at: cursor)
    if !session.showsIdNumbers { hint = PersonalNumbers.covered(hint) }
    if text.isEmpty, let correction { hint = "Tab: " + Visible.text(correction) }
    // libedit takes a sequence and the character behind it for one sign, and two such signs for the same: so it stands
    // before a space, which never changes.
    return hint.isEmpty || !invocation.output.isColoured ? hint : "\u{1B}[38;5;243m " + hint + "\u{1B}[0m"
  }

  /// A signal that ends the session is passed on, so that the parent sees it.
  private func ending() -> Int32 {
    guard let signal = (reader as? LineEditor)?.endingSignal else { return 0 }
    return 128 + signal
  }

  /// What is loaded, and three things to try; without a scenario only for those who are new.
  private func greet() {
    guard invocation.output.format == .table, !session.preferences.isOff(.suggestions) else { return }
    let scenario = session.state.scenario
    guard scenario != nil || suggestions.isNew else { return }
    var title: [Span] = [
      Span.data("Cesuan 测算", .title), Span(Text("  costs employment-incentive policy. ", zh: "  就业奖补政策测算。")),
    ]
    if let scenario {
      title += [Span(Text("Loaded: ", zh: "已读入：")), Span(scenario.title, .strong)]
    } else {
      title += [
        Span(Text("No scenario is loaded; ", zh: "尚未读入情景；用 ")),
        Span(Text("load FILE.yaml", zh: "加载 文件.yaml"), .code), Span(Text(" reads one.", zh: " 读入。")),
      ]
    }
    var document = Document([.paragraph(title)])
    document.append(.paragraph(Text("Three things to try:", zh: "可以先试这三条：")))
    document.append(.lines(session.suggestions.map { [.data("  "), .data($0, .code)] }))
    if suggestions.isNew {
      document.append(
        .paragraph(
          Text(
            "New here? `tour` shows around, `help` lists the commands, Tab completes, Ctrl-D ends.",
            zh: "初次使用？“导览”带您看看，“帮助”列出命令，Tab 补全，Ctrl-D 退出。")))
    } else {
      document.append(
        .paragraph(Text("`help` lists the commands, Tab completes, Ctrl-D ends.", zh: "“帮助”列出命令，Tab 补全，Ctrl-D 退出。")))
    }
    Stream.write(invocation.output.terminal.render(document) + "\n")
  }
}
