// `list`: what there is, and the records of a list of facts.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions

/// Lists something.
struct ListCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "list",
    chinese: ["列出", "列表"],
    meaning: Text("what there is: documents, measures, …; records that meet a condition", zh: "列出文件、措施等，或符合条件的记录"),
    usage: Text(
      "list " + Listing.allCases.map(\.rawValue).joined(separator: "|")
        + ", or list LIST [where CONDITION] [sort FACT] [limit N]",
      zh: "列出 " + Listing.allCases.map { $0.chinese[0] }.joined(separator: "|") + "，或 列出 清单名称 [其中 条件] [排序 事实] [前 N]"),
    more: Text(
      "Conditions are those of the rule language, in English or Chinese; ids and names of records may stand in them: "
        + "list hires where agency = qx and start >= 2022-03-01 sort start descending limit 20.",
      zh: "条件按规则语言写，中英文均可，可直接写编号或名称：列出 录用人员 其中 介绍机构为古槐人力且参保日期不早于2022-03-01 按 参保日期 倒序 前 20。"),
    group: .scenarios,
    options: [.settings])

  let listing: Listing?
  /// A list of facts, where it is none of the others.
  let facts: RecordQuery?
  let range: RecordRange

  package init(from parser: inout StatementParser) throws(Misread) {
    guard parser.token.kind == .word || parser.token.kind == .quoted else {
      throw parser.fail(.missing(Text("what to list", zh: "要列出的内容"), usage: parser.usage))
    }
    RecordQuery.split(&parser)
    let wanted = parser.token
    parser.index += 1
    listing = Listing.named(wanted.word)
    facts = listing == nil ? try RecordQuery(parser.written(wanted), from: &parser) : nil
    range = facts == nil ? RecordRange() : try RecordRange(from: &parser)
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("what", listing?.rawValue)
    facts?.describe(to: &meaning)
    range.describe(to: &meaning)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let listing { return list(listing, in: session) }
    guard let facts else { preconditionFailure("`list` lists something.") }
    return try list(facts, command, in: session)
  }

  private func list(_ listing: Listing, in session: Desk) -> Answer {
    let documents = listing == .documents ? session.library.documents : session.nearDocuments
    let lists = ListAnswers(
      documents: documents, state: session.state, places: session.library.places,
      inForce: Set(session.state.scenario.map { session.library.inForce(in: $0.scenario.district).map(\.id) } ?? []),
      asOf: session.state.asOf)
    switch listing {
    case .scenarios: return lists.scenarios
    case .documents: return lists.allDocuments
    case .measures: return lists.measures(duties: false)
    case .duties: return lists.measures(duties: true)
    case .readings: return lists.readings
    case .values: return lists.values
    case .parameters: return lists.parameters
    case .drafts: return DraftAnswer.all(in: session)
    case .results: return session.listResults()
    }
  }

  /// The records of a list of facts.
  private func list(_ query: RecordQuery, _ command: Command, in session: Desk) throws(Refusal) -> Answer {
    // A mistake in how many is told before anything is looked for.
    var limit: Int?
    if let written = range.limit, !["all", "全部"].contains(written.text) {
      guard let count = Int(written.text.replacing(",", with: "")), count > 0 else {
        throw Refusal(.whatIf(.notACount(written.raw)), at: written.location)
      }
      limit = count
    } else if range.limit != nil {
      limit = .max
    }
    let found = try session.found(query, command)
    var rows = found.all
    if let sort = range.sort {
      let path = FactPath(sort.text)
      guard
        let sorted = RecordOrder.sorted(
          rows, of: found.list, by: path, descending: range.isDescending, in: found.dataset)
      else {
        let known = FactPath.all(of: [found.list], in: found.dataset.dictionary).map(\.name)
        throw Refusal(.unknownFact(sort.raw, nearest: Nearest.names(to: sort.text, among: known)), at: sort.location)
      }
      rows = sorted
    }
    return RecordListAnswer(found, rows: rows, limit: limit).answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard !after.isEmpty else {
      return Listing.allCases.map { Completion(session.language == .zh ? $0.chinese[0] : $0.rawValue) }
        + ConditionWords.lists(session)
    }
    return ConditionWords.completions(
      position, after, in: session,
      further: [
        ConditionWords.word(.sort, Text("a fact to sort by", zh: "排序的事实"), session),
        ConditionWords.word(.limit, Text("how many", zh: "条数"), session),
      ])
  }

  static var takesConditions: Bool { true }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("list measures", zh: "列出 措施"), Text("list \(n.list) limit 10", zh: "列出 \(n.zh.list) 前 10")]
  }
}

/// What `list` lists.
enum Listing: String, Sendable, CaseIterable {
  case scenarios
  case documents
  case measures
  case drafts
  case results
  case readings
  case values
  case duties
  case parameters
}

extension Listing {
  /// The Chinese spellings, the usual one first.
  var chinese: [String] {
    switch self {
    case .scenarios: ["情景", "场景"]
    case .documents: ["文件", "政策"]
    case .measures: ["措施"]
    case .drafts: ["草案"]
    case .results: ["结果"]
    case .readings: ["口径", "理解口径", "读法", "解读"]
    case .values: ["引用标准", "引用值"]
    case .duties: ["任务", "义务"]
    case .parameters: ["参数"]
    }
  }

  static func named(_ word: String) -> Listing? {
    allCases.first {
      $0.rawValue == word || $0.rawValue.dropLast() == word || $0.chinese.contains(word)
        || ($0 == .duties && word == "duty")
    }
  }

  /// The spelling in a language.
  func word(_ language: Language) -> String { language == .en ? rawValue : chinese[0] }
}
