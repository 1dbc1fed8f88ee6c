// The prompt: reads commands until the end, completing and hinting as they are typed. Knows nothing of what they mean.

import Answers
import Diagnostics
import Glibc
import View
import Workbench

final class Prompt {
  private let program: Program
  private let session: Session
  private let reader: any CommandReader
  /// The last command as it was probably meant, where it was mistaken.
  private var correction: String?
  private var suggestions = Suggestions()
  /// What a mistake in a typed command names as its source.
  static let sourceName = "command"

  init(_ program: Program) {
    self.program = program
    session = program.session
    program.output.isConversation = true
    session.suggestsNext = true
    let editor = LineEditor(application: "cesuan", historyFile: Surroundings.historyFile, historyLimit: 5000)
    reader = editor ?? PlainReader()
    reader.isComplete = { CommandParser.isComplete($0) }
    guard let editor else { return }
    program.output.hasEditor = true
    suggestions.experience = editor.historyCount
    editor.rightPrompt = { [unowned self] text, cursor in hint(text, cursor) }
    editor.complete = { [session] text, cursor in
      let (from, found) = session.complete(text, at: cursor)
      return (from, found.map { Candidate(text: $0.text, meaning: $0.meaning, appendsSpace: $0.appendsSpace) })
    }
    editor.correction = { [unowned self] in correction }
    editor.cleanPaste = { PastedTranscript.commands(in: $0) }
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
    program.begin()
    session.play(SourceFile(name: Self.sourceName, text: text)) { answer in
      ends = ends || answer.ends
      correction = answer.correction
      next = answer.failed ? [] : answer.next
      result = answer.failed ? nil : answer.result
      return program.take(answer) && !Interrupt.pending
    }
    if let result, program.output.format == .table { program.output.number(result) }
    if !ends, program.output.format == .table, suggestions.wants(next, session.preferences) {
      program.output.suggest(next)
    }
    return ends
  }

  /// Follows what may have been set since the last command.
  private func prepare() {
    let colour = program.output.isColoured
    reader.prompt = colour ? "\u{1B}[1;38;5;33m测算>\u{1B}[0m " : "测算> "
    reader.continuationPrompt = colour ? "\u{1B}[38;5;243m   …\u{1B}[0m " : "   … "
    guard let editor = reader as? LineEditor else { return }
    editor.showsColour = colour
    editor.use(keys: session.preferences.value(.keys))
  }

  /// What stands at the right margin while a line is typed.
  private func hint(_ text: String, _ cursor: Int) -> String {
    guard session.preferences.isOn(.hints), !session.preferences.isOn(.plain) else { return "" }
    var hint = session.hint(text, at: cursor)
    if text.isEmpty, let correction { hint = "Tab: " + Visible.text(correction) }
    // libedit takes a sequence and the character behind it for one sign, and two such signs for the same: so it stands
    // before a space, which never changes.
    return hint.isEmpty || !program.output.isColoured ? hint : "\u{1B}[38;5;243m " + hint + "\u{1B}[0m"
  }

  /// A signal that ends the session is passed on, so that the parent sees it.
  private func ending() -> Int32 {
    guard let signal = (reader as? LineEditor)?.endingSignal else { return 0 }
    return 128 + signal
  }

  /// What is loaded, and three things to try; without a scenario only for those who are new.
  private func greet() {
    guard program.output.format == .table, !session.preferences.isOff(.suggestions) else { return }
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
    Stream.write(program.output.terminal.render(document) + "\n")
  }
}

/// When to say what one may ask next: a few times at the beginning, then no more.
struct Suggestions {
  /// Commands in the history when the session began.
  var experience = 0
  private var told: [String: Int] = [:]
  private var count = 0

  /// Whoever has given so many commands knows what there is.
  private static let enough = 200
  private static let perSession = 6
  private static let perKind = 2

  var isNew: Bool { experience == 0 }

  /// Whether to show these commands now; remembers it if so.
  mutating func wants(_ commands: [String], _ preferences: Preferences) -> Bool {
    guard let kind = commands.last, !preferences.isOff(.suggestions), !preferences.isOn(.plain) else { return false }
    if preferences.isOn(.suggestions) { return true }
    guard experience < Self.enough, count < Self.perSession, told[kind, default: 0] < Self.perKind else { return false }
    count += 1
    told[kind, default: 0] += 1
    return true
  }
}
