// `draft`: a proposal, as changes to a programme that stay live.

import Commands
import Diagnostics

/// Makes or changes a draft.
/// 
///     draft  = "draft" NAME "from" programme [ ":" change { "," change } ]
///     change = setting | "without" MEASURE | "add" FILE
struct DraftCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "draft",
    chinese: ["草案", "起草"],
    meaning: Text("a proposal: changes to a document that stay live", zh: "草案：在现有文件上作的改动"),
    usage: Text("draft NAME from PROGRAMME: NAME = VALUE, without MEASURE, add FILE", zh: "草案 名称 从 方案：名称 = 值，去掉 措施，加入 文件"),
    more: Text(
      "A draft is a programme from then on: run it, compare it, change it by `draft` with the same name. It stays live: what changes in its base changes in it.",
      zh: "草案此后就是一套方案：可测算、比较；再写同名 `草案` 即可修改。草案随其基础文件变化。"),
    group: .proposals)

  let request: DraftRequest

  package init(from parser: inout StatementParser) throws(Misread) {
    let name = try parser.word(Text("a name for the draft", zh: "草案名称"))
    guard Keyword.from.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`from` and a programme", zh: "`从` 和方案"), usage: parser.usage))
    }
    parser.index += 1
    let base = try parser.programme()
    var changes: [DraftRequest.Change] = []
    if parser.token.kind == .colon {
      repeat {
        parser.index += 1
        if parser.isAtEnd, changes.isEmpty { break }
        changes.append(try DraftCommand.change(&parser))
      } while parser.token.kind == .comma
    }
    request = DraftRequest(name: name, base: base, changes: changes)
  }

  private static func change(_ parser: inout StatementParser) throws(Misread) -> DraftRequest.Change {
    if parser.peek(1).kind != .equals {
      if Keyword.without.matches(parser.token.word) {
        parser.index += 1
        return .without(try parser.word(Text("a measure", zh: "措施")))
      }
      if Keyword.add.matches(parser.token.word) {
        parser.index += 1
        return .add(try parser.file())
      }
    }
    return .set(try parser.assignment(beforeVerb: false))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("name", request.name)
    meaning.add("base", request.base)
    for change in request.changes {
      switch change {
      case .set(let assignment): meaning.add("set", [assignment])
      case .without(let measure): meaning.add("without", measure)
      case .add(let file): meaning.add("add", file)
      }
    }
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.draft(request, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if after.isEmpty { return [] }
    if Keyword.from.matches(position.previous) { return session.documents() }
    let word = WhatIfWords(session)
    if WhatIfWords.isInList(after) {
      return session.settables() + [
        word(.without, Text("a measure", zh: "措施")), word(.add, Text("a file with measures", zh: "含措施的文件")),
      ]
    }
    return after.count == 1 ? [word(.from, Text("a programme", zh: "方案"))] : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "draft generous from \(n.document): \(n.parameter) = \(n.value)",
        zh: "草案 generous 从 \(n.document)：\(n.parameter) = \(n.value.replacing(" yuan", with: "元"))")
    ]
  }

  static let isSpoken = false
}

/// `draft NAME from PROGRAMME: CHANGE, ...`
struct DraftRequest: Sendable {
  enum Change: Sendable {
    case set(Assignment)
    case without(Written)
    /// Further measures from a policy text.
    case add(Written)
  }

  let name: Written
  let base: Programme
  let changes: [Change]
}
