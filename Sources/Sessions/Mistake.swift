// What can be wrong with a command once it is understood: names that do not exist, things that are not there. Worded
// in both languages beside each case.

import Commands
import Diagnostics
import Reckoning

package enum Mistake: Error {
  /// `fits`: whether the nearest can have the value that is given.
  case unknownName(String, nearest: [String], fits: Bool = true)
  /// What is no setting, such as the district of a scenario or a document: what it is, and what may be done.
  case notASetting(String, Text, hint: Text)
  case ambiguousName(String, [Text])
  case unknownDocument(String, nearest: [String], all: [String])
  /// The ids, and the likeliest where one is.
  case ambiguousDocument(String, [String], likeliest: String?)
  case unknownMeasure(String, nearest: [String])
  case ambiguousMeasure(String, [Text])
  case unknownThing(String, nearest: [String])
  case unknownSubject(String, nearest: [String])
  /// A measure where a record is asked about.
  case measureAsSubject(String)
  /// A question about a measure that does not say whom it is about, and one that does.
  case whyNotWhom(Text)
  case ambiguousSubject(String, [Text])
  case unknownScenario(String, [String])
  case sameScenario(String)
  case unknownList(String, [Text])
  case unknownFact(String, nearest: [String])
  case noScenario
  case nothingInForce(String)
  case value(ValueMistake, name: Text)
  case nothingToUndo
  case nothingToRedo
  case unreadable(String, Text)
  case unwritable(String, Text)
  case barred(String, FileBarrier, isWriting: Bool)
  case notForOthers(String)
  case tooDeep(String)
  case notAScenario(String)
  /// The thing, the document that has it, and the programme.
  /// The document with what says how it is to be run.
  case notInProgramme(Text, document: Text, String)
  /// A change of a document that the draft does not rest on.
  case notInBase(Text, document: String, base: String, draft: String)
  case unknownTopic(String, nearest: [String])
  case nothingBefore
  case interrupted
  case draftTooDeep(String)
  case draftConflict(String, String, Text, Text)
  /// Documents whose amounts cannot be added up.
  case currencies([(document: String, currency: Currency)])
  case draftName(String, Text)
  case unknownDraft(String, [String])
  case resultInProgramme(String)
  case unknownResult(String, Int)
  case notOneProgramme(String)
  case whatIf(WhatIfMistake)
  case grouping(GroupingMistake)
  case engine(EngineMistake)

  package var code: String {
    switch self {
    case .unknownName: "unknown-name"
    case .notASetting: "not-a-setting"
    case .ambiguousName, .ambiguousDocument, .ambiguousMeasure: "ambiguous-name"
    case .unknownDocument: "unknown-document"
    case .unknownMeasure: "unknown-measure"
    case .unknownThing, .unknownTopic: "unknown-thing"
    case .unknownSubject, .measureAsSubject: "unknown-subject"
    case .whyNotWhom: "missing-word"
    case .ambiguousSubject: "ambiguous-subject"
    case .unknownScenario: "unknown-scenario"
    case .sameScenario: "same-scenario"
    case .unknownList: "unknown-list"
    case .unknownFact: "unknown-fact"
    case .noScenario: "no-scenario"
    case .nothingInForce: "nothing-in-force"
    case .value(let mistake, _): mistake.code
    case .nothingToUndo, .nothingToRedo: "nothing-to-undo"
    case .unreadable: "unreadable"
    case .unwritable: "unwritable"
    case .barred(_, let barrier, _): barrier.code
    case .notForOthers: "not-for-others"
    case .tooDeep: "too-deep"
    case .notAScenario: "not-a-scenario"
    case .notInProgramme, .notInBase: "not-in-programme"
    case .nothingBefore: "nothing-before"
    case .interrupted: "interrupted"
    case .draftTooDeep, .draftConflict, .draftName: "draft"
    case .currencies: "several-currencies"
    case .unknownDraft: "unknown-draft"
    case .resultInProgramme, .unknownResult, .notOneProgramme: "result"
    case .whatIf(let mistake): mistake.code
    case .grouping(let mistake): mistake.code
    case .engine(let mistake): mistake.code
    }
  }

  package var message: Text {
    switch self {
    case .unknownName(let name, _, _):
      Text("there is no parameter, reading or value `\(shown(name))`", zh: "没有名为 `\(shown(name))` 的参数、口径或引用标准")
    case .notASetting(let name, let what, _): Mistake.noSetting(name, what)
    case .ambiguousName(let name, let ids):
      Text("`\(shown(name))` may be any of \(ids.count) things", zh: "`\(shown(name))` 可指 \(ids.count) 项")
    case .unknownDocument(let name, _, _): Text("there is no document `\(shown(name))`", zh: "没有文件 `\(shown(name))`")
    case .ambiguousDocument(let name, _, _):
      Text("`\(shown(name))` may be several documents", zh: "`\(shown(name))` 可指多个文件")
    case .unknownMeasure(let name, _): Text("there is no measure `\(shown(name))`", zh: "没有措施 `\(shown(name))`")
    case .ambiguousMeasure(let name, _):
      Text("several documents have a measure `\(shown(name))`", zh: "有多个文件含措施 `\(shown(name))`")
    case .unknownThing(let name, _):
      Text("there is nothing called `\(shown(name))` to show", zh: "没有可查看的 `\(shown(name))`")
    case .unknownSubject(let id, _): Text("no record has the id `\(shown(id))`", zh: "没有编号为 `\(shown(id))` 的记录")
    case .measureAsSubject(let name):
      Text("`\(shown(name))` is a measure, not a record", zh: "`\(shown(name))` 是措施，不是记录")
    case .whyNotWhom: Text("whom the question is about is missing", zh: "没有写明问的是谁")
    case .ambiguousSubject(let name, let ids): Mistake.severalRecords(name, ids.count)
    case .unknownScenario(let name, _):
      Text("no scenario called `\(shown(name))` is loaded", zh: "没有读入名为 `\(shown(name))` 的情景")
    case .sameScenario(let name):
      Text("a scenario called `\(shown(name))` is loaded already", zh: "已读入名为 `\(shown(name))` 的情景")
    case .unknownList(let name, _): Text("`\(shown(name))` cannot be listed", zh: "无法列出 `\(shown(name))`")
    case .unknownFact(let name, _): Mistake.noFact(name)
    case .noScenario: Text("no scenario is loaded", zh: "尚未读入情景")
    case .nothingInForce(let location): Text("no document is in force in \(location)", zh: "\(location)没有现行有效的文件")
    case .value(let mistake, let name):
      Text("`\(shown(name.en))`: \(mistake.message.en)", zh: "`\(shown(name.zh))`：\(mistake.message.zh)")
    case .nothingToUndo: Text("there is nothing to undo", zh: "没有可撤销的步骤")
    case .nothingToRedo: Text("there is nothing to redo", zh: "没有可重做的步骤")
    case .unreadable(let path, let why):
      Text("`\(shown(path))` cannot be read: \(why.en)", zh: "无法读取 `\(shown(path))`：\(why.zh)")
    case .unwritable(let path, let why):
      Text("`\(shown(path))` cannot be written: \(why.en)", zh: "无法写入 `\(shown(path))`：\(why.zh)")
    case .barred(let path, let barrier, let isTarget):
      (isTarget ? Mistake.unwritable(path, barrier.reason) : .unreadable(path, barrier.reason)).message
    case .notForOthers(let name): Mistake.notTheirs(name)
    case .tooDeep(let path): Text("`\(shown(path))` is carried out from within itself", zh: "`\(shown(path))` 循环执行自身")
    case .notAScenario(let path):
      Text("`\(shown(path))` is a policy document, not a scenario", zh: "`\(shown(path))` 是政策文件，不是情景")
    case .notInProgramme(let thing, _, let programme):
      Text(
        "`\(shown(thing.en))` is not part of the programme, \(programme)",
        zh: "`\(shown(thing.zh))` 不在方案 \(programme) 之中")
    case .notInBase(let thing, _, let base, _):
      Text(
        "`\(shown(thing.en))` is not part of \(base), on which the draft rests",
        zh: "`\(shown(thing.zh))` 不在草案所依据的 \(base) 之中")
    case .unknownTopic(let topic, _): Text("there is no help on `\(shown(topic))`", zh: "没有关于 `\(shown(topic))` 的说明")
    case .nothingBefore: Text("there is no answer yet", zh: "还没有回答")
    case .interrupted: Text("interrupted", zh: "已中断")
    case .draftTooDeep(let name):
      Text("the draft `\(shown(name))` rests on too many others", zh: "草案 `\(shown(name))` 层层引用过多")
    case .currencies(let all): Mistake.apart(all)
    case .draftConflict(let name, let what, let one, let other): Mistake.conflict(name, what, one, other)
    case .draftName(let name, let why):
      Text("a draft cannot be called `\(shown(name))`: \(why.en)", zh: "草案不能叫 `\(shown(name))`：\(why.zh)")
    case .unknownDraft(let name, _): Text("there is no draft `\(shown(name))`", zh: "没有草案 `\(shown(name))`")
    case .resultInProgramme(let name):
      Text("the result `\(shown(name))` cannot be joined with documents", zh: "结果 `\(shown(name))` 不能与文件合并")
    case .unknownResult(let name, let last): Mistake.noResult(name, last: last)
    case .notOneProgramme(let name):
      Text("`\(shown(name))` is about several programmes", zh: "`\(shown(name))` 涉及几套方案")
    case .whatIf(let mistake): mistake.message
    case .grouping(let mistake): mistake.message
    case .engine(let mistake): mistake.message
    }
  }

  package var hint: Text? {
    switch self {
    case .unknownName(_, let nearest, _):
      Mistake.question(nearest)
        ?? Text(
          "`list parameters`, `list readings` and `list values` have the names", zh: "`列出 参数`、`列出 口径`、`列出 引用标准` 给出名称")
    case .notASetting(_, _, let hint): hint
    case .ambiguousName(_, let names), .ambiguousMeasure(_, let names), .ambiguousSubject(_, let names):
      Text("write one of: \(Mistake.some(names.map(\.en)))", zh: "请写其中之一：\(Mistake.some(names.map(\.zh), "、"))")
    case .ambiguousDocument(_, let ids, _):
      Text("write one of: \(Mistake.some(ids))", zh: "请写其中之一：\(Mistake.some(ids, "、"))")
    case .unknownDocument(_, let nearest, let all):
      Mistake.question(nearest) ?? Text("there are: \(Mistake.some(all))", zh: "现有：\(Mistake.some(all, "、"))")
    case .unknownMeasure(_, let nearest):
      Mistake.question(nearest) ?? Text("`list measures` has the names", zh: "`列出 措施` 给出名称")
    case .unknownThing(_, let nearest):
      Mistake.question(nearest)
        ?? Text(
          "show a document, a measure, an article such as 三（二）, a name, or an id", zh: "可查看文件、措施、条款（如 三（二））、名称或编号")
    case .unknownSubject(_, let nearest):
      Mistake.question(nearest) ?? Text("`list hires` has the ids", zh: "`列出 录用人员` 给出编号")
    case .measureAsSubject(let name): Mistake.whatMeasuresHave(name)
    case .whyNotWhom(let line): Text("write: \(line.en)", zh: "写法：\(line.zh)")
    case .unknownScenario(_, let names): Mistake.whatIsLoaded(names)
    case .sameScenario(let name):
      Text("give it another name: load FILE as \(shown(name))-2", zh: "请另取名称：加载 文件 作为 \(shown(name))-2")
    case .unknownList(let name, let lists):
      Text(
        (Nearest.question(for: name, among: lists.map(\.en)).map { $0.en + " " } ?? "")
          + "there are: \(Mistake.some(lists.map(\.en)))",
        zh: (Nearest.question(for: name, among: lists.map(\.zh))?.zh ?? "")
          + "可列出：\(Mistake.some(lists.map(\.zh), "、"))")
    case .unknownFact(_, let nearest): Mistake.question(nearest) ?? Mistake.whatPartsABudget
    case .noScenario: Text("load one first: load FILE.yaml", zh: "先读入情景：加载 文件.yaml")
    case .nothingInForce:
      Text("name a programme, such as: run changle-2022 as adopted", zh: "请写明方案，例如：测算 changle-2022 假设本地采用")
    case .value(let mistake, _): mistake.hint
    case .nothingToUndo, .nothingToRedo: Text("`history` lists the steps", zh: "`历史` 列出各步")
    case .unreadable: Text("check the path", zh: "请核对路径")
    case .unwritable: Text("choose another place", zh: "请换个位置")
    case .barred(_, let barrier, _): barrier.hint
    case .notForOthers: Text("set it yourself, at the prompt or at the start", zh: "请在提示符处或启动时自行设定")
    case .tooDeep: nil
    case .notAScenario:
      Text(
        "start with `--policies FOLDER` to have its documents, or `check` it",
        zh: "启动时加 `--policies 文件夹` 使用其中的文件，或用 `检查`")
    case .notInProgramme(_, let document, _):
      Text("run its document first: run \(document.en)", zh: "先测算其文件：测算 \(document.zh)")
    case .notInBase(_, let document, let base, let draft):
      Text("write: draft \(draft) from \(base) + \(document): …", zh: "写作：草案 \(draft) 从 \(base) + \(document)：……")
    case .unknownTopic(_, let nearest): Mistake.question(nearest) ?? Text("`help` lists the topics", zh: "`帮助` 列出各主题")
    case .nothingBefore: Text("ask something first, such as: run", zh: "请先提问，例如：测算")
    case .interrupted: Text("the session is as it was", zh: "会话保持原状")
    case .draftTooDeep: Text("let it rest on a document directly", zh: "请直接以文件为基础")
    case .currencies: Text("run them one after another", zh: "请分别测算")
    case .draftConflict: Text("change one of the two, or compare them side by side", zh: "请修改其中之一，或并列比较")
    case .draftName: Text("begin with a letter, and use letters, digits, - and _", zh: "以字母开头，用字母、数字、- 和 _")
    case .unknownDraft(_, let names):
      names.isEmpty
        ? Text("make one: draft NAME from PROGRAMME: NAME = VALUE", zh: "先作一个：草案 名称 从 方案：名称 = 值")
        : Text("there are: \(Mistake.some(names))", zh: "现有：\(Mistake.some(names))")
    case .resultInProgramme: Text("name the documents themselves", zh: "请写文件本身的名称")
    case .unknownResult: Text("`list results` has them", zh: "`列出 结果` 给出全部")
    case .notOneProgramme: Text("name the result of a `run`", zh: "请用一次测算的结果")
    case .whatIf(let mistake): mistake.hint
    case .grouping(let mistake): mistake.hint
    case .engine(let mistake): mistake.hint
    }
  }

  private static func whatIsLoaded(_ names: [String]) -> Text {
    names.isEmpty
      ? Text("load one: load FILE.yaml", zh: "先读入：加载 文件.yaml")
      : Text("loaded are: \(some(names))", zh: "已读入：\(some(names))")
  }

  /// Why a file was not read.
  package static func reading(_ path: String, _ failure: Files.Failure) -> Mistake {
    failure.barrier.map { .barred(path, $0, isWriting: false) } ?? .unreadable(path, failure.reason)
  }

  /// Why a file was not written.
  package static func writing(_ path: String, _ failure: Files.Failure) -> Mistake {
    failure.barrier.map { .barred(path, $0, isWriting: true) } ?? .unwritable(path, failure.reason)
  }

  private static func severalRecords(_ name: String, _ count: Int) -> Text {
    Text("`\(shown(name))` is the name of \(count) records", zh: "有 \(count) 条记录名为 `\(shown(name))`")
  }

  private static func whatMeasuresHave(_ name: String) -> Text {
    Text(
      "`show \(shown(name))` has its rule; whom it pays: `payments \(shown(name))`",
      zh: "规则见 `查看 \(shown(name))`，付给了谁见 `明细 \(shown(name))`")
  }

  private static func notTheirs(_ name: String) -> Text {
    Text("a notebook or script may not set `\(shown(name))`", zh: "笔记本或脚本不得设定 `\(shown(name))`")
  }

  private static func noSetting(_ name: String, _ what: Text) -> Text {
    Text("`\(shown(name))` is \(what.en), not a setting", zh: "`\(shown(name))` 是\(what.zh)，不是设定")
  }

  private static func noFact(_ name: String) -> Text {
    Text("`\(shown(name))` is neither a dimension nor a fact with one value", zh: "`\(shown(name))` 不是维度，也不是单值的事实")
  }

  private static func noResult(_ name: String, last: Int) -> Text {
    last == 0
      ? Text("there is no result yet", zh: "还没有结果")
      : Text("there is no result `\(shown(name))`; the last one is r\(last)", zh: "没有结果 `\(shown(name))`，最近的是 r\(last)")
  }

  private static let whatPartsABudget = Text(
    "write measure, kind, year, month, beneficiary, or a fact such as enterprise.size",
    zh: "可写 措施、待遇类型、年度、月份、对象，或事实，如 就业单位的规模")

  /// The name that was probably meant.
  private var replacement: String? {
    switch self {
    case .unknownName(_, let nearest, true), .unknownDocument(_, let nearest, _), .unknownMeasure(_, let nearest),
      .unknownThing(_, let nearest), .unknownSubject(_, let nearest), .unknownTopic(_, let nearest),
      .unknownFact(_, let nearest):
      nearest.first
    case .unknownScenario(let name, let names): Nearest.names(to: name, among: names).first
    case .unknownList(let name, let lists): Nearest.names(to: name, among: lists.flatMap { [$0.en, $0.zh] }).first
    case .ambiguousDocument(_, _, let likeliest): likeliest
    case .whatIf(.drawn(let mistake)): mistake.meant
    case .whatIf(.beyondBounds(let range)): range.within
    case .value(.unknownChoice(let text, let choices), _):
      Nearest.names(to: text, among: choices.flatMap { [$0.en, $0.zh] }).first
    default: nil
    }
  }

  package func diagnostic(at location: SourceRange?) -> Diagnostic {
    .error(code, message, hint: hint, at: location, replacement: replacement)
  }

  private static func conflict(_ name: String, _ what: String, _ one: Text, _ other: Text) -> Text {
    Text(
      "`\(shown(name))` contradicts another draft of the programme: `\(shown(what))` is \(one.en) there and "
        + "\(other.en) here",
      zh: "`\(shown(name))` 与方案中另一草案矛盾：`\(shown(what))` 彼处为 \(one.zh)，此处为 \(other.zh)")
  }

  private static func apart(_ all: [(document: String, currency: Currency)]) -> Text {
    Text(
      "amounts of different currencies are never added up: "
        + all.map { "\($0.document) is in \($0.currency.word)" }.joined(separator: ", "),
      zh: "不同币种不能合计：" + all.map { "\($0.document) 以\($0.currency.chinese)计" }.joined(separator: "、"))
  }

  private static func question(_ names: [String]) -> Text? {
    let names = names.map { "`\(shown($0))`" }
    guard let last = names.last else { return nil }
    let others = names.dropLast()
    if others.isEmpty { return Text("did you mean \(last)?", zh: "是不是要写 \(last)？") }
    return Text(
      "did you mean \(others.joined(separator: ", ")) or \(last)?",
      zh: "是不是要写 \(others.joined(separator: "、")) 或 \(last)？")
  }

  private static func some(_ names: [String], _ separator: String = ", ") -> String {
    names.prefix(12).map { shown($0) }.joined(separator: separator) + (names.count > 12 ? separator + "…" : "")
  }
}

/// A mistake that has its place.
package struct Refusal: Error {
  package let diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  package init(_ mistake: Mistake, at location: SourceRange?) { diagnostics = [mistake.diagnostic(at: location)] }
}
