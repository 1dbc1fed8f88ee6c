// What people type who know other programs, or who put a question in their own words: `total`, `ls`, `who loses`,
// `导出`. Each does the obvious thing, or is answered with the line that does. Knows nothing of what the lines mean.

import Answers
import Commands
import Diagnostics
import Sessions

/// What was meant by words that are no command.
enum Familiar {
  /// A line to carry out instead.
  case does(Text)
  /// Lines that do it, the likeliest first: which is for the user to say.
  case offers([Text])

  /// - Parameter text: a statement that is no command, as written.
  static func meant(_ text: String, in session: Desk) -> Familiar? {
    if let change = ChangeInWords(text), case .found = session.library.resolve(change.name, in: session.nearDocuments) {
      return .does(.same(change.line))
    }
    if let question = QuestionInWords(text, session) { return question.familiar }
    var lexer = CommandLexer(text)
    guard let tokens = lexer.next()?.tokens, let first = tokens.first, first.kind == .word else { return nil }
    if tokens.count > 2, tokens[1].kind == .equals { return assignment(text, tokens, session) }
    let words = tokens.map(\.word)
    for (beginning, familiar) in phrases where words.starts(with: beginning) {
      return familiar(Array(tokens.dropFirst(beginning.count)), ExampleNames(session), session)
    }
    return nil
  }

  /// `rate_3m = 400`: to be kept, or for once.
  private static func assignment(_ text: String, _ tokens: [Token], _ session: Desk) -> Familiar? {
    let name = tokens[0].text
    if Preference.named(name) != nil { return .does(Text("set " + text, zh: "设定 " + text)) }
    guard case .found = session.library.resolve(name, in: session.nearDocuments) else { return nil }
    return .offers([
      Text("set \(text)", zh: "设定 \(text)"), Text("with \(text) run", zh: "若 \(text)，测算"),
    ])
  }

  private typealias Meant = @Sendable (_ rest: [Token], _ names: ExampleNames, _ session: Desk) -> Familiar?

  private static let phrases: [(words: [String], meant: Meant)] = [
    (["what", "is"], { rest, _, _ in rest.isEmpty ? nil : does("show", "查看", rest) }),
    (["who", "loses"], { _, names, session in .offers([comparison(names, session)]) }),
    (["who", "gains"], { _, names, session in .offers([comparison(names, session)]) }),
    (["who", "wins"], { _, names, session in .offers([comparison(names, session)]) }),
    (["谁受损"], { _, names, session in .offers([comparison(names, session)]) }),
    (["谁受益"], { _, names, session in .offers([comparison(names, session)]) }),
    (["谁吃亏"], { _, names, session in .offers([comparison(names, session)]) }),
    (["total"], { rest, _, _ in does("run", "测算", rest) }), (["cost"], { rest, _, _ in does("run", "测算", rest) }),
    (["合计"], { rest, _, _ in does("run", "测算", rest) }), (["总额"], { rest, _, _ in does("run", "测算", rest) }),
    (["总数"], { rest, _, _ in does("run", "测算", rest) }), (["总计"], { rest, _, _ in does("run", "测算", rest) }),
    (["总金额"], { rest, _, _ in does("run", "测算", rest) }),
    (["花多少"], { rest, _, _ in does("run", "测算", rest) }),
    (["预算"], { rest, _, _ in does("run", "测算", rest) }), (["共计"], { rest, _, _ in does("run", "测算", rest) }),
    (["多少钱"], costing), (["总共多少钱"], costing), (["一共多少钱"], costing), (["要多少钱"], costing),
    (["总共花多少钱"], costing), (["一共花多少钱"], costing), (["要花多少钱"], costing), (["怎么用"], helping),
    (["如何使用"], helping), (["怎么办"], helping), (["谁没有领到"], unpaid), (["哪些人没有领到"], unpaid), (["谁没领到"], unpaid),
    (["多少人"], counting), (["人数"], counting), (["有多少人"], counting),
    (["export"], export), (["导出"], export), (["print"], export), (["打印"], export),
    (["ls"], listing), (["dir"], listing), (["clear"], clearing), (["cls"], clearing), (["清屏"], clearing),
  ]

  private static func does(_ word: String, _ chinese: String, _ rest: [Token]) -> Familiar {
    let behind = rest.isEmpty ? "" : " " + line(rest)
    return .does(Text(word + behind, zh: chinese + behind))
  }

  private static func line(_ tokens: [Token]) -> String {
    tokens.reduce("") { $0 + ($0.isEmpty || $1.isGlued ? "" : " ") + $1.raw }
  }

  /// Who gains and who loses by a draft, or by another document.
  private static func comparison(_ names: ExampleNames, _ session: Desk) -> Text {
    if let draft = session.state.drafts.last {
      let base = draft.base.joined(separator: " + ")
      return Text(
        "compare \(base), \(draft.name) by beneficiary", zh: "比较 \(base)，\(draft.name) 按对象")
    }
    return Text(
      "compare \(names.document), \(names.other) by beneficiary", zh: "比较 \(names.document)，\(names.other) 按对象")
  }

  private static let export: Meant = { rest, _, session in
    if let file = rest.first, rest.count == 1, file.raw.contains("."), session.lastAnswer != nil {
      return .does(Text("last into \"\(file.raw)\"", zh: "上次 存入 \"\(file.raw)\""))
    }
    return .offers([
      Text("last into answer.xlsx", zh: "上次 存入 回答.xlsx"),
      Text("payments into payments.csv", zh: "明细 存入 明细.csv"),
    ])
  }

  private static let listing: Meant = { _, _, _ in
    .offers([
      Text("list documents", zh: "列出 文件"), Text("list measures", zh: "列出 措施"),
      Text("list scenarios", zh: "列出 情景"),
    ])
  }

  private static let costing: Meant = { rest, _, _ in rest.isEmpty ? does("run", "测算", []) : nil }
  private static let helping: Meant = { rest, _, _ in rest.isEmpty ? does("help", "帮助", []) : nil }

  private static let unpaid: Meant = { _, names, _ in
    .offers([Text("why not \(names.measure)", zh: "为何没有 \(names.zh.measure)"), Text("missing", zh: "缺项")])
  }

  private static let counting: Meant = { _, names, _ in
    .offers([Text("count \(names.list)", zh: "统计 \(names.zh.list)")])
  }

  private static let clearing: Meant = { _, _, _ in .offers([Text("reset", zh: "重置")]) }
}

extension Desk {
  /// What was probably meant by a statement that is no command, done or offered; nil where nothing is known of it.
  func familiar(_ statement: CommandParser.Statement, sink: (Answer) -> Bool) -> Answer? {
    guard let meant = Familiar.meant(statement.text, in: self) else { return nil }
    switch meant {
    case .does(let line):
      let source = SourceFile(name: statement.location.source?.name ?? "", text: line.in(language))
      for inner in WorkbenchCommands.parser.statements(of: source) where inner.command != nil {
        perform(inner, sink: sink)
        return Answer()
      }
      return nil
    case .offers(let lines):
      let problem = statement.diagnostics.first
      let en = lines.map { "`\($0.en)`" }.joined(separator: " or ")
      let zh = lines.map { "`\($0.zh)`" }.joined(separator: " 或 ")
      let isClearing = ["clear", "cls", "清屏"].contains { statement.text.lowercased().hasPrefix($0) }
      let message = problem?.message ?? Text("this is no command", zh: "这不是命令")
      var answer = Answer.failure([
        .error(
          "unknown-command", message,
          hint: isClearing
            ? Text("Ctrl-L clears the screen, \(en) takes every setting back", zh: "清屏按 Ctrl-L；清除全部设定用 \(zh)")
            : Text("write \(en)", zh: "可写 \(zh)"), at: problem?.location ?? statement.location)
      ])
      answer.correction = isClearing ? nil : lines.first?.in(language)
      return answer
    }
  }
}

/// A change as it is said: 如果起奖人数改为80人, 把首次标准改成400, 首次标准提高到400会怎样.
struct ChangeInWords {
  let name: String
  /// The line that makes it: for once where the text asks what if, else to be kept.
  let line: String

  private static let questions = ["如果", "假如", "要是", "假设", "若"]
  private static let orders = ["请把", "把", "将"]

  init?(_ text: String) {
    var rest = text.filter { !$0.isWhitespace }[...]
    let isOrder = Self.orders.first { rest.hasPrefix($0) }
    let lead = isOrder ?? Self.questions.first { rest.hasPrefix($0) } ?? ""
    rest = rest.dropFirst(lead.count)
    guard let name = SpokenChange.name(in: String(rest)),
      let word = SpokenChange.words.first(where: { rest.dropFirst(name.count).hasPrefix($0) })
    else { return nil }
    let value = String(rest.dropFirst(name.count + word.count).prefix { !"，,。？?！!会呢时的".contains($0) })
    guard !name.isEmpty, !value.isEmpty else { return nil }
    self.name = name
    line = isOrder == nil ? "若 \(name) = \(value)，测算" : "设 \(name) = \(value)"
  }
}
