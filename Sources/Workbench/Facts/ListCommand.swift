// `list`: what there is, and the records of a list of facts.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions

/// Lists something.
struct ListCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "list",
    chinese: ["列出", "列表"],
    meaning: Text("what there is: documents, measures, readings, …", zh: "列出文件、措施、口径等"),
    usage: Text(
      "list " + Listing.allCases.map(\.rawValue).joined(separator: "|"),
      zh: "列出 " + Listing.allCases.map { $0.chinese[0] }.joined(separator: "|")),
    group: .scenarios,
    options: [.settings])

  let listing: Listing?
  /// A list of facts, where it is none of the others.
  let facts: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    guard parser.token.kind == .word || parser.token.kind == .quoted else {
      throw parser.fail(.missing(Text("what to list", zh: "要列出的内容"), usage: parser.usage))
    }
    let wanted = parser.token
    parser.index += 1
    listing = Listing.named(wanted.word)
    facts = listing == nil ? parser.written(wanted) : nil
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("what", listing?.rawValue)
    meaning.add("facts", facts)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let listing { return list(listing, in: session) }
    guard let facts else { preconditionFailure("`list` lists something.") }
    return try list(recordsOf: facts, in: session)
  }

  private func list(_ listing: Listing, in session: Desk) -> Answer {
    let documents = listing == .documents ? session.library.documents : session.nearDocuments
    let lists = ListAnswers(
      documents: documents, state: session.state, places: session.library.places,
      inForce: Set(session.state.scenario.map { session.library.inForce(in: $0.scenario.district).map(\.id) } ?? []))
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
  private func list(recordsOf name: Written, in session: Desk) throws(Refusal) -> Answer {
    let dictionary = session.state.scenario?.scenario.dataset.dictionary ?? session.library.dictionary
    let wanted = dictionary.lists.first { list in
      list.name == name.text || list.singular == name.text || list.title.zh == name.raw || list.words.zh == name.raw
        || list.title.en == name.raw
    }
    guard let wanted else {
      let known = Listing.allCases.map { Text($0.rawValue, zh: $0.chinese[0]) } + dictionary.lists.map(\.words)
      throw Refusal(.unknownList(name.raw, known), at: name.location)
    }
    let scenario = try session.scenario(at: name.location)
    guard let table = scenario.scenario.dataset.table(wanted.name) else { return Answer() }
    return RecordAnswer.list(table, of: scenario.scenario.dataset)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty else { return [] }
    return Listing.allCases.map { Completion(session.language == .zh ? $0.chinese[0] : $0.rawValue) }
      + session.library.dictionary.lists.map { Completion($0.name, $0.title.in(session.language)) }
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("list measures", zh: "列出 措施"), Text("list \(n.list)", zh: "列出 \(n.zh.list)")]
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
