// `save`: the session as a script or a notebook, a draft as a policy document, or figures as a workbook to be edited.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Sessions
import View

/// Saves the session, or a draft.
struct SaveCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "save",
    chinese: ["保存"],
    meaning: Text("write this session as a script or a notebook", zh: "把本次会话存成脚本或笔记本"),
    usage: Text(
      "save FILE, save session into NOTEBOOK.md, save PROGRAMME into FIGURES.xlsx",
      zh: "保存 文件，保存 会话 存入 笔记本.md，保存 方案 存入 数值簿.xlsx"),
    more: Text(
      "A file that ends in .md becomes a notebook, a cell for each step that holds, one in .ipynb a notebook of "
        + "Jupyter; `source` plays scripts and notebooks in Markdown. `save "
        + "DRAFT into FILE.md` writes a draft as a policy document. `save PROGRAMME into FILE.xlsx` writes the "
        + "figures, tables, readings and examples of a draft or document as a workbook; `draft NAME from FILE.xlsx` "
        + "takes back what was edited in it.",
      zh: "以 .md 结尾的文件存成笔记本，有效的每一步一个单元格，以 .ipynb 结尾的存成 Jupyter 笔记本；脚本和 .md 笔记本可用“执行”重做。"
        + "“保存 草案名 存入 文件.md”把草案写成政策文件。"
        + "“保存 方案 存入 文件.xlsx”把草案或文件的数值、标准表、口径和算例写成工作簿，“草案 名称 从 文件.xlsx”读回其中的改动。"),
    group: .session,
    order: 1)

  let file: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    file = try parser.file()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("what", file)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let target = command.into {
      let isBook = Files.ending(target.raw) == "xlsx"
      if SaveWord.isSession(file.raw) {
        if isBook { throw Refusal([SaveWord.refusal(target)]) }
        return try saveNotebook(into: target, in: session)
      }
      if isBook { return try FiguresSaving(desk: session).save(file, into: target) }
      return try saveDraft(file, into: target, in: session)
    }
    if ["md", "markdown", "ipynb"].contains(Files.ending(file.raw)) {
      return try saveNotebook(into: file, in: session)
    }
    // A script would be none of what these endings say.
    let barrier = session.door.barrier(writing: session.path(file.raw))
    if let format = OutputFormat.written(to: Files.ending(file.raw)), format != .table,
      barrier == nil || barrier == .present
    {
      throw Refusal([SaveWord.refusal(file)])
    }
    return try saveScript(in: session)
  }

  /// The steps that hold as a text of commands.
  private func saveScript(in session: Desk) throws(Refusal) -> Answer {
    let script = session.log.script.map { $0.contains("\n") ? $0 : $0 + "\n" }
    let text = "# cesuan\n" + script.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined()
    try session.put(text, into: file)
    return Answer(
      Document([
        .paragraph([
          Span(
            Text("Saved \(script.count) command\(script.count == 1 ? "" : "s") in ", zh: "已把 \(script.count) 条命令存入 ")),
          .data(file.raw, .name),
          Span(Text("; `source` carries them out again.", zh: "；用 `执行` 可重新执行。")),
        ])
      ]), records: [Record(kind: "saved", ["file": .id(file.raw), "commands": .count(script.count)])])
  }

  /// Writes the steps that hold as a notebook, undone ones dropped.
  private func saveNotebook(into file: Written, in session: Desk) throws(Refusal) -> Answer {
    let commands = session.log.script.filter { !$0.isEmpty }
    let depth =
      file.raw.hasPrefix("/") || file.raw.hasPrefix("~")
      ? nil : file.raw.split(separator: "/").dropLast().filter { $0 != "." }
    let isChinese = session.language == .zh
    let title =
      session.state.scenario.map { Text.halves($0.scenario.title).in(session.language) }
      ?? (isChinese ? "会话" : "A session")
    var text = "---\ntitle: \(SessionText.quoted(title))\nlanguage: \(session.language.rawValue)\n---\n"
    text += "\n# \(SessionText.heading(title))\n"
    for command in commands {
      let moved = SessionText.moved(command, up: depth?.count ?? 0, isAbsolute: depth == nil)
      let mark = String(repeating: "`", count: max(3, Fence.longestRun(moved) + 1))
      text += "\n\(mark)cesuan\n\(moved)\(moved.hasSuffix("\n") ? "" : "\n")\(mark)\n"
    }
    if JupyterJob.isJupyter(file.raw) {
      text = JupyterNotebook(Notebook.read(Array(text.utf8), name: file.raw)).json.laidOut
      try session.put(text, into: file)
      return jupyterSaved(commands.count, in: file)
    }
    try session.put(text, into: file)
    var answer = Answer(
      Document([
        .paragraph([
          Span(
            Text(
              "Saved \(commands.count) command\(commands.count == 1 ? "" : "s") as a notebook in ",
              zh: "已把 \(commands.count) 条命令存成笔记本 ")),
          .data(file.raw, .name),
          Span("; ", zh: "；"), .command("cesuan run --write \(file.raw)"), Span(" puts the answers in.", zh: " 可写入输出。"),
        ])
      ]), records: [Record(kind: "saved", ["file": .id(file.raw), "commands": .count(commands.count)])])
    answer.isWritten = true
    return answer
  }

  private func jupyterSaved(_ count: Int, in file: Written) -> Answer {
    var answer = Answer(
      Document([
        .paragraph([
          Span(
            Text(
              "Saved \(count) command\(count == 1 ? "" : "s") as a notebook of Jupyter in ",
              zh: "已把 \(count) 条命令存成 Jupyter 笔记本 ")),
          .data(file.raw, .name),
          Span("; its kernel comes with ", zh: "；内核用此命令安装："), .command("python -m cesuan.kernel install --user"),
        ])
      ]), records: [Record(kind: "saved", ["file": .id(file.raw), "commands": .count(count)])])
    answer.isWritten = true
    return answer
  }

  /// `save DRAFT into FILE`
  private func saveDraft(_ name: Written, into file: Written, in session: Desk) throws(Refusal) -> Answer {
    guard let draft = session.draft(named: name) else {
      throw Refusal(.unknownDraft(name.raw, session.state.drafts.map(\.name)), at: name.location)
    }
    let view = DraftAnswer(draft, try session.unfold(draft, at: name.location), session: session)
    guard let saved = view.saved() else {
      throw Refusal(.whatIf(.severalDocuments(draft.base)), at: name.location)
    }
    try session.put(saved.text, into: file)
    var answer = Answer(
      Document([
        .paragraph([
          Span("Written as a policy document into ", zh: "已作为政策文件写入 "), .data(file.raw, .name),
          Span(saved.examplesNote.map { Text("; \($0.en).", zh: "；\($0.zh)。") } ?? Text(".", zh: "。")),
        ])
      ]), records: [Record(kind: "written", ["file": .id(file.raw), "draft": .id(draft.name)])],
      diagnostics: saved.notes(session.library.places))
    answer.isWritten = true
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    session.commandWords()
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty ? [] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("save steps.cesuan", zh: "保存 步骤.cesuan")]
  }

  static let isSpoken = false
  static let isShownAgain = false
  static let ownEndings: [String]? = ["md", "markdown", "ipynb", "xlsx"]
}

/// `save session into FILE.md`
enum SaveWord {
  static func isSession(_ word: String) -> Bool { ["session", "会话", "本次会话"].contains(word.lowercased()) }

  static func refusal(_ file: Written) -> Diagnostic {
    let ending = "." + Files.ending(file.raw)
    return .error(
      "file-ending",
      Text("a session is a script or a notebook, and no `\(ending)` file", zh: "会话只能存成脚本或笔记本，不能存成 `\(ending)`"),
      hint: Text(
        "a notebook ends in .md (or .ipynb, for Jupyter), a script in .cesuan or .txt; an answer is written by the "
          + "command that asks for it: `run into FILE\(ending)`",
        zh: "笔记本以 .md（Jupyter 用 .ipynb）结尾，脚本以 .cesuan 或 .txt 结尾；回答由提问的命令写入：“测算 存入 文件\(ending)”"), at: file.location)
  }
}
