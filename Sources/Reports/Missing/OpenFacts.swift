// What nobody has stated and rules ask for: facts that are not known, and facts that were taken as what their absence
// means, which looks like a statement and is none. Knows nothing of how it is told.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A field that not every record states, and that some measure of a programme asks for.
package struct OpenFact: Sendable {
  /// The list's place among the tables.
  let list: Int
  /// The list that the records are of.
  package let declaration: ListDeclaration
  /// What is not stated.
  package let field: Field
  /// How many records do not state it.
  package let records: Int
  /// Which measures ask for it, in the programme's order.
  package let measures: [CheckedMeasure]

  /// `agencies.filed`, or 人力资源服务机构的备案.
  package var words: Text { Text(name, zh: declaration.words.zh + "的" + field.words.zh) }

  /// `agencies.filed`
  package var name: String { declaration.name + "." + field.name }

  /// Whether a default stands for it; what is not known leaves conditions undetermined, and is told there.
  package var isTaken: Bool {
    switch field.absence {
    case .value, .empty: true
    case .required, .none, .unknown, .field: false
    }
  }

  /// Whether its absence says that there is no such thing.
  package var isNone: Bool { field.absence == .none }

  /// The field that stands in for it; nil where none does.
  package var standIn: Field? {
    if case .field(let name) = field.absence { declaration.field(name) } else { nil }
  }

  /// What stands for it, as a column holds it; nil where nothing does, or an empty set.
  package var usual: Int64? {
    if case .value(let raw) = field.absence { raw } else { nil }
  }

  /// What else it might be: the other truth, the other choices, each member of a set of choices.
  var alternatives: [Int64] {
    switch field.type {
    case .bool: [1, 0].filter { $0 != usual }
    case .choice(let names): names.indices.map(Int64.init).filter { $0 != usual }
    case .set(.choice(let names)): names.indices.map(Int64.init)
    case .text, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .reference, .set: []
    }
  }

  /// What is open of documents over facts, in the order of lists and fields. Counts are those of columns; no record is
  /// looked at.
  /// - Parameter elsewhere: how many records of lists that stay elsewhere do not state a field.
  package static func of(
    _ documents: [CheckedDocument], _ dataset: Dataset, elsewhere: [String: [String: Int]] = [:]
  ) -> [OpenFact] {
    // A measure about lists without records has looked at nothing.
    let measures = documents.flatMap(\.measures).filter { measure in
      measure.form != .note
        && measure.lists.contains { (dataset.table($0)?.count ?? 0) > 0 || elsewhere[$0] != nil }
    }
    var asking: [String: [CheckedMeasure]] = [:]
    for measure in measures {
      for name in measure.factsAsked(dataset.dictionary) { asking[name, default: []].append(measure) }
    }
    var out: [OpenFact] = []
    for (number, table) in dataset.tables.enumerated() {
      let told = elsewhere[table.declaration.name]
      guard table.count > 0 || told != nil else { continue }
      for field in table.declaration.fields {
        guard let unstated = told.map({ $0[field.name] }) ?? table.unstated[field.name]?.count,
          let measures = asking[table.declaration.name + "." + field.name]
        else { continue }
        out.append(
          OpenFact(list: number, declaration: table.declaration, field: field, records: unstated, measures: measures))
      }
    }
    return out
  }
}

/// What an open fact would cost, were it otherwise.
package struct OtherwiseStated: Sendable {
  package let fact: OpenFact
  /// The value with the largest difference, as a column holds it; nil where there is none to try, or where stated and
  /// unstated records cannot be told apart.
  package let raw: Int64?
  /// What would be paid then (fen).
  package let total: Int64?

  /// Tries every alternative of every open fact, for all records that do not state it, one fact at a time.
  /// - Parameters:
  ///   - now: what is paid as things stand (fen).
  ///   - total: what is paid over other facts; nil where a measure refuses them.
  /// - Returns: the dearest first, then those that change nothing, then those that could not be tried.
  package static func all(
    _ facts: [OpenFact], _ dataset: Dataset, now: Int64, isCancelled: () -> Bool, progress: (Double) -> Void,
    total: (Dataset) -> Int64?
  ) -> [OtherwiseStated] {
    var out: [OtherwiseStated] = []
    for (number, fact) in facts.enumerated() {
      if isCancelled() { return [] }
      progress(Double(number) / Double(max(facts.count, 1)))
      var found: (raw: Int64, total: Int64)?
      for raw in fact.alternatives {
        guard let other = dataset.stating(fact.field.name, of: fact.list, as: raw), let sum = total(other) else {
          continue
        }
        if found.map({ (sum &- now).magnitude > ($0.total &- now).magnitude }) ?? true { found = (raw, sum) }
      }
      out.append(OtherwiseStated(fact: fact, raw: found?.raw, total: found?.total))
    }
    func weight(_ one: OtherwiseStated) -> (Int, UInt64) {
      one.total.map { (1, ($0 &- now).magnitude) } ?? (0, 0)
    }
    return out.enumerated().sorted { a, b in
      let (x, y) = (weight(a.element), weight(b.element))
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
  }
}

extension CheckedMeasure {
  /// The lists that the rule goes through.
  package var lists: [String] {
    var lists = sets.map(\.list)
    switch frame?.base {
    case .list(let list), .texts(_, let list): lists.append(list)
    case .district, nil: break
    }
    return lists
  }

  /// The facts that the rule asks for, as `list.field`.
  package func factsAsked(_ dictionary: FactDictionary) -> Set<String> {
    var found: Set<String> = []
    var seen: Set<ObjectIdentifier> = []
    func visit(_ expressions: [Typed], _ lists: [String]) {
      expressions.walk { t in
        guard seen.insert(ObjectIdentifier(t)).inserted else { return .past }
        if case .selfField(let field) = t.operation { for list in lists { found.insert(list + "." + field.name) } }
        if case .field(let record, let field) = t.operation, case .record(let list) = record.type {
          found.insert(list + "." + field.name)
        }
        // A joined record ends when its last part does.
        if case .spellEnd(let joined) = t.operation, let end = dictionary.list(joined.list)?.ends {
          found.insert(joined.list + "." + end)
        }
        return .into
      }
    }
    // What a set's conditions say of a record, they say of its members; all else of the frame's record, or of the
    // members that are paid one by one.
    for set in sets {
      if case .list(_, let link?) = set.source { found.insert(set.list + "." + link.name) }
      visit(set.conditions + [set.on, set.begins, set.inYear, set.personsWhen].compactMap { $0 }, [set.list])
    }
    var lists: [String] = []
    switch frame?.base {
    case .list(let list), .texts(_, let list): lists.append(list)
    case .district, nil: break
    }
    lists += pays.compactMap { $0.forEach.flatMap { sets.indices.contains($0) ? sets[$0].list : nil } }
    visit(expressions, lists)
    return found
  }
}
