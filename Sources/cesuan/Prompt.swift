// The prompt: reads commands until the end, completing and hinting as they are typed. Knows nothing of what they mean.

import Diagnostics
import Glibc
import View
import Workbench

final class Prompt {
  private let program: Program
  private let session: Session
  private let reader: any CommandReader

  init(_ program: Program) {
    self.program = program
    session = program.session
    let editor = LineEditor(application: "cesuan", historyFile: Surroundings.historyFile, historyLimit: 5000)
    reader = editor ?? PlainReader()
    let colour = program.output.isColoured
    reader.prompt = colour ? "\u{1B}[1;38;5;33m测算>\u{1B}[0m " : "测算> "
    reader.continuationPrompt = colour ? "\u{1B}[38;5;243m   …\u{1B}[0m " : "   … "
    reader.isComplete = { CommandParser.isComplete($0) }
    guard let editor else { return }
    editor.showsColour = colour
    editor.rightPrompt = { [session] text, cursor in
      let hint = session.hint(text, at: cursor)
      return hint.isEmpty || !colour ? hint : "\u{1B}[38;5;243m" + hint + "\u{1B}[0m"
    }
    editor.complete = { [session] text, cursor in
      let (from, found) = session.complete(text, at: cursor)
      return (from, found.map { Candidate(text: $0.text, meaning: $0.meaning, appendsSpace: $0.appendsSpace) })
    }
  }

  /// Converses until the user ends the session.
  /// - Returns: the exit status.
  func converse() -> Int32 {
    session.isCancelled = { Interrupt.pending }
    greet()
    while true {
      switch reader.read() {
      case .interrupted: continue
      case .end: return ending()
      case .line(let text, _):
        reader.addHistory(text)
        var ends = false
        Interrupt.clear()
        session.play(SourceFile(name: "command", text: text)) { answer in
          ends = ends || answer.ends
          return program.take(answer) && !Interrupt.pending
        }
        if ends { return 0 }
      }
    }
  }

  /// A signal that ends the session is passed on, so that the parent sees it.
  private func ending() -> Int32 {
    guard let signal = (reader as? LineEditor)?.endingSignal else { return 0 }
    return 128 + signal
  }

  /// With a scenario: what is loaded, and three things to try.
  private func greet() {
    guard let scenario = session.state.scenario, program.output.format == .table else { return }
    var document = Document([
      .paragraph([
        Span.data("Cesuan 测算", .title),
        Span(Text("  costs employment-incentive policy. Loaded: ", zh: "  就业奖补政策测算。已读入：")),
        .data(scenario.scenario.title, .strong),
      ])
    ])
    document.append(.paragraph(Text("Three things to try:", zh: "可以先试这三条：")))
    document.append(.lines(session.suggestions.map { [.data("  "), .data($0, .code)] }))
    document.append(.paragraph(Text("`help` lists the commands, Tab completes, Ctrl-D ends.", zh: "“帮助”列出命令，Tab 补全，Ctrl-D 退出。")))
    Stream.write(program.output.terminal.render(document) + "\n")
  }
}
