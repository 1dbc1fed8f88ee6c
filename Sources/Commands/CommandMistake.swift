// What can be wrong with the form of a command, worded in both languages beside its case. Knows nothing of names.

import Diagnostics

package enum CommandMistake: Error {
  /// The verbs that are near, and the command with each of them.
  case unknownVerb(String, nearest: [String], lines: [String])
  case ambiguousVerb(String, [CommandForm])
  case missing(Text, usage: Text)
  case unexpected(String, usage: Text)
  case unknownWord(String, what: Text, choices: [Text])
  case whyWithoutNot(next: String)
  case noEquals(String)
  /// Of what the value is missing, and how it may be written.
  case noValue(String, like: Text? = nil)
  case openQuote
  case openBracket
  case optionTwice(String)
  /// The word that leads settings, what stays of it the second time, and the line so; nil where that is too long.
  case withTwice(String, rest: String, line: String?)
  case notHere(String, of: CommandForm)
  case oneProgramme
  case tooMany(Int)

  package var code: String {
    switch self {
    case .unknownVerb: "unknown-command"
    case .ambiguousVerb: "ambiguous-command"
    case .missing: "missing-word"
    case .unexpected: "unexpected-word"
    case .unknownWord: "unknown-word"
    case .whyWithoutNot: "why-not"
    case .noEquals, .noValue: "no-value"
    case .openQuote: "open-quote"
    case .openBracket: "open-bracket"
    case .optionTwice: "option-twice"
    case .withTwice: "with-twice"
    case .notHere: "option-not-here"
    case .oneProgramme: "one-programme"
    case .tooMany: "too-many-words"
    }
  }

  /// Whether a mistake is that something has been opened and not closed, so that more of the text may be to come.
  package static func leavesOpen(_ problem: Diagnostic) -> Bool {
    [CommandMistake.openQuote, .openBracket].contains { $0.code == problem.code }
  }

  package var message: Text {
    switch self {
    case .unknownVerb(let word, _, _): Text("there is no command `\(shown(word))`", zh: "没有 `\(shown(word))` 这个命令")
    case .ambiguousVerb(let word, let verbs):
      Text(
        "`\(shown(word))` may stand for \(verbs.map { $0.english[0] }.joined(separator: ", "))",
        zh: "`\(shown(word))` 可以是\(verbs.map { $0.chinese[0] }.joined(separator: "、"))")
    case .missing(let what, _): Text("the command needs \(what.en)", zh: "命令缺少\(what.zh)")
    case .unexpected(let word, _): Text("`\(shown(word))` does not belong here", zh: "此处不应有 `\(shown(word))`")
    case .unknownWord(let word, let what, _):
      Text("`\(shown(word))` is not \(what.en)", zh: "`\(shown(word))` 不是\(what.zh)")
    case .whyWithoutNot: Text("`why` is followed by `not`", zh: "此处应问“为何没有”")
    case .noEquals(let name): Text("`\(shown(name))` is given no value", zh: "没有给 `\(shown(name))` 赋值")
    case .noValue(let name, _): Text("the value of `\(shown(name))` is missing", zh: "`\(shown(name))` 缺少值")
    case .openQuote: Text("the quotation mark is never closed", zh: "引号没有配对")
    case .openBracket: Text("the bracket is never closed", zh: "括号没有配对")
    case .optionTwice(let word): Text("`\(shown(word))` is given twice", zh: "`\(shown(word))` 写了两次")
    case .withTwice(let word, _, _):
      Text("`\(shown(word))` leads all settings of a line and stands once", zh: "一行只写一个 `\(shown(word))`，各项用逗号隔开")
    case .notHere(let option, let form):
      Text(
        "`\(form.name)` takes no `\(shown(option))`",
        zh: "`\(form.chinese[0])` 不能带 `\(shown(option == "with" ? "若" : option == "plot" ? "绘图" : option))`")
    case .oneProgramme: Text("there is nothing to compare it with", zh: "没有可比较的方案")
    case .tooMany(let count): Text("the command has \(count) words", zh: "命令有 \(count) 个词")
    }
  }

  package var hint: Text? {
    switch self {
    case .unknownVerb(_, _, let lines):
      lines.isEmpty ? Text("`help` lists the commands", zh: "`帮助` 列出全部命令") : CommandMistake.question(lines)
    case .ambiguousVerb: Text("write some more letters", zh: "请多写几个字母")
    case .missing(_, let usage), .unexpected(_, let usage):
      Text("write: \(usage.en)", zh: "写法：\(usage.zh)")
    case .unknownWord(let word, _, let choices):
      Text(
        "\(CommandMistake.nearest(word, choices)?.en ?? "")it may be \(choices.map(\.en).joined(separator: ", "))",
        zh: "\(CommandMistake.nearest(word, choices)?.zh ?? "")可写：\(choices.map(\.zh).joined(separator: "、"))")
    case .whyWithoutNot: Text("write: why not agency_reward for q1", zh: "写法：为何没有 机构奖励 给 编号")
    case .noValue(_, let like?): Text("write: \(like.en)", zh: "写法：\(like.zh)")
    case .noEquals(let name), .noValue(let name, nil):
      Text("write: \(shown(name)) = VALUE", zh: "写法：\(shown(name)) = 值")
    case .openQuote: Text("close it with \"", zh: "请补上 \"")
    case .openBracket: Text("close it with )", zh: "请补上 )")
    case .withTwice(_, _, let line?): Text("write: `\(line)`", zh: "请写：`\(line)`")
    case .withTwice(_, _, nil): Text("leave it away the second time", zh: "请去掉第二个")
    case .optionTwice: Text("keep one of the two", zh: "请保留其中一个")
    case .notHere(_, let form): Text("see `help \(form.name)`", zh: "见 `帮助 \(form.chinese[0])`")
    case .oneProgramme:
      Text("write: compare changle-2022, jindong-2021", zh: "写法：比较 changle-2022，jindong-2021")
    case .tooMany: Text("write several commands, or put facts into a file", zh: "请分成几条命令，或把数据放进文件")
    }
  }

  /// The word that was probably meant, in place of the one at the mistake's place.
  private var replacement: String? {
    switch self {
    case .unknownVerb(_, let nearest, _): nearest.first
    case .unknownWord(let word, _, let choices):
      Nearest.names(to: word, among: choices.flatMap { [$0.en, $0.zh] }).first
    case .whyWithoutNot(let next): next.isEmpty ? nil : "not " + next
    case .noEquals(let name): name + " ="
    case .withTwice(_, let rest, _): rest
    default: nil
    }
  }

  package func diagnostic(at location: SourceRange) -> Diagnostic {
    .error(code, message, hint: hint, at: location, replacement: replacement)
  }

  private static func nearest(_ word: String, _ choices: [Text]) -> Text? {
    Nearest.question(for: word, among: choices.flatMap { [$0.en, $0.zh] }).map { Text($0.en + " ", zh: $0.zh) }
  }

  private static func question(_ lines: [String]) -> Text {
    let all = lines.map { "`\($0)`" }
    return Text("did you mean \(all.joined(separator: " or "))?", zh: "是不是要写 \(all.joined(separator: " 或 "))？")
  }
}

/// A word from outside as a message may quote it.
package func shown(_ text: String) -> String {
  let short = text.count > 60 ? String(text.prefix(59)) + "…" : text
  return Visible.text(short)
}
