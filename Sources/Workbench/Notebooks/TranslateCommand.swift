// `translate`: a notebook's commands, and the rules of a policy document, in the other language.

import Answers
import Commands
import Diagnostics
import PolicyLanguage
import Sessions
import View

/// Translates a notebook's commands, or a policy document's rules: in the file itself, or into another.
struct TranslateCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "translate",
    chinese: ["翻译"],
    meaning: Text(
      "a notebook's commands or a document's rules in the other language", zh: "把笔记本的命令或文件的规则换成另一种语言"),
    usage: Text("translate FILE.md to zh|en [into FILE]", zh: "翻译 文件.md 到 中文|英文 [存入 文件]"),
    more: Text(
      "Only commands and rules change: what they mean, comments, the prose and the answers stay. Without `into` the "
        + "file itself is changed; a document that comes with the program is shown.",
      zh: "只改命令和规则：含义、注释、正文和输出不变。不写“存入”时改动原文件；程序自带的文件则显示出来。"),
    group: .session,
    order: 2)

  let file: Written
  let language: Language

  package init(from parser: inout StatementParser) throws(Misread) {
    file = try parser.file()
    guard Keyword.to.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`to` and a language", zh: "`到` 和语言"), usage: parser.usage))
    }
    parser.index += 1
    language = try parser.language()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", file)
    meaning.add("to", language.rawValue)
  }

  static let ownEndings: [String]? = ["md", "markdown"]

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let answer = try document(in: session, command) { return answer }
    let notebook: Notebook
    do { notebook = try NotebookFile.read(session.path(file.raw), through: session.door) } catch {
      throw Refusal(.reading(file.raw, error), at: file.location)
    }
    let problems = notebook.diagnostics.filter { $0.severity == .error }
    if !problems.isEmpty { throw Refusal(problems) }
    let (bytes, left) = NotebookTranslation.bytes(notebook, to: language) { rules($0, of: notebook, in: session) }
    if let other = command.into {
      try session.put(String(decoding: bytes, as: UTF8.self), into: other)
    } else if bytes != notebook.bytes {
      do {
        guard try session.door.replace(session.path(file.raw), notebook.bytes, with: bytes) else {
          throw Refusal([NotebookMistake.changedMeanwhile.diagnostic(at: file.location)])
        }
      } catch let error as Files.Failure {
        throw Refusal(.writing(file.raw, error), at: file.location)
      } catch {
        throw (error as? Refusal) ?? Refusal([])
      }
    }
    let target = command.into ?? file
    var answer = Answer(
      Document([
        .paragraph([
          Span("The commands are translated in ", zh: "命令已翻译，写入 "), .data(target.raw, .name), Span(".", zh: "。"),
        ])
      ]),
      records: [Record(kind: "translated", ["file": .id(target.raw), "language": .id(language.rawValue)])])
    answer.isWritten = true
    answer.diagnostics += left.map { cell in
      Diagnostic(
        .note, code: "rules-left", Text("These rules stay as they are.", zh: "这段规则保持原样。"),
        hint: Text(
          "They have a mistake, or do not say which document they change: ```policy from=changle-2022.",
          zh: "规则有误，或没有写明修改哪份文件：```policy 从=changle-2022。"),
        at: notebook.location(cell))
    }
    return answer
  }

  /// The rules of a notebook's cell in the language: a document of its own, or changes to another, which are read
  /// behind it. Nil where they cannot be read.
  private func rules(_ cell: NotebookCell, of notebook: Notebook, in session: Desk) -> String? {
    var text = PolicyCell.fenced(cell.text)
    if PolicyCell.document(cell.text) == nil {
      guard let base = cell.options.base?.split(separator: "+"), base.count == 1 else { return nil }
      let own = notebook.cells.first { $0.kind == .policy && PolicyCell.document($0.text) == String(base[0]) }
      guard
        let whole = own.map({ PolicyCell.fenced($0.text) }) ?? session.library.document(String(base[0]))?.source.text
      else { return nil }
      text = whole + (whole.hasSuffix("\n") ? "" : "\n") + text
    }
    let result = RuleTranslation.translate(
      SourceFile(name: notebook.source.name, text: text), to: language, dictionary: session.library.dictionary,
      places: session.library.places)
    guard result.diagnostics.isEmpty else { return nil }
    let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let opening = lines.lastIndex(where: { $0.hasPrefix("```") && $0.hasSuffix("policy") }) else { return nil }
    let closing = lines[(opening + 1)...].firstIndex { $0.hasPrefix("```") } ?? lines.endIndex
    return lines[(opening + 1)..<closing].map { $0 + "\n" }.joined()
  }

  /// A policy document in the language, by its id or its file; nil where the file is a notebook.
  private func document(in session: Desk, _ command: Command) throws(Refusal) -> Answer? {
    let library = session.library
    let source: SourceFile
    let isFile = !library.ids.contains(file.text)
    if isFile {
      let text: String
      do { text = try session.door.text(session.path(file.raw), as: .source) } catch { return nil }
      if Notebook.isOne(text) { return nil }
      source = SourceFile(name: file.raw, text: text)
      guard PolicyParser.syntax(of: source, dictionary: library.dictionary).header != nil else { return nil }
    } else {
      guard let document = library.document(file.text) else { return nil }
      source = document.source
    }
    let result = RuleTranslation.translate(
      source, to: language, dictionary: library.bundledDictionary, places: library.places)
    if !result.diagnostics.isEmpty { throw Refusal(result.diagnostics) }
    let record = Record(
      kind: "translated", ["file": .id((command.into ?? file).raw), "language": .id(language.rawValue)])
    guard isFile || command.into != nil else {
      return Answer(
        Document([.code(result.text, language: "markdown")]), records: [record.with(["text": .id(result.text)])])
    }
    if let other = command.into {
      try session.put(result.text, into: other)
    } else if result.text != source.text {
      try replace(source.text, with: result.text, in: session)
    }
    var blocks: [Block] = [
      .paragraph([
        Span("The rules are translated in ", zh: "规则已翻译，写入 "), .data((command.into ?? file).raw, .name),
        Span(".", zh: "。"),
      ])
    ]
    if !result.unnamed.isEmpty {
      blocks.append(
        .paragraph(
          [
            language == .zh
              ? Span("Without a Chinese name: ", zh: "尚无中文名称：", .muted)
              : Span("Without an English name: ", zh: "尚无英文名称（写作 名称〔name〕）：", .muted)
          ] + .names(result.unnamed, limit: 40)))
    }
    var answer = Answer(Document(blocks), records: [record])
    answer.isWritten = true
    return answer
  }

  /// Puts the translation in the file's place, which is what was asked for; not where it has changed meanwhile.
  private func replace(_ old: String, with new: String, in session: Desk) throws(Refusal) {
    let isSame: Bool
    do { isSame = try session.door.replace(session.path(file.raw), Array(old.utf8), with: Array(new.utf8)) } catch {
      throw Refusal(.writing(file.raw, error), at: file.location)
    }
    guard isSame else { throw Refusal([NotebookMistake.changedMeanwhile.diagnostic(at: file.location)]) }
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.count == 1
      ? [Completion(session.language == .zh ? "到" : "to")] : [Completion("en", "English"), Completion("zh", "中文")]
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty ? [] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("translate lesson.md to zh", zh: "翻译 lesson.md 到 英文")]
  }

  static let isSpoken = false
}
