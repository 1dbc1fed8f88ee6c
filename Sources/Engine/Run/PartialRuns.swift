// Runs that look at some records of one list only, without facts of their own being made of them: what a draw of a
// simulation does that leaves records out. What runs over the whole facts have worked out is read. Knows nothing of
// chance.
import Facts
import PolicyLanguage

/// Some records of one list, for a run that looks at no others of it.
struct SomeRecords: Sendable {
  /// The list, by its index.
  let list: Int
  /// Whether each of its records is one of them.
  let truths: Storage<UInt8>
}

/// Runs of one programme over some records of one list.
package struct PartialRuns: Sendable {
  private let documents: [CheckedDocument]
  private let scenario: Scenario
  private let list: Int
  private let tables: SharedTables

  /// Nil where records that are left out could be noticed in another way than by not being counted: where frames are
  /// made of them, where others name them, where figures go over records of a person or of equal keys. Then facts have
  /// to be made without them.
  /// - Parameter memory: that of runs over the whole facts.
  package init?(of list: String, _ documents: [CheckedDocument], scenario: Scenario, memory: RunMemory) {
    let dataset = scenario.dataset
    guard let index = dataset.dictionary.index(list), dataset.tables.indices.contains(index),
      !dataset.tables.contains(where: { $0.declaration.refers(to: list) }),
      !documents.contains(where: { $0.looksAround(in: list) })
    else { return nil }
    tables = memory.tables(dataset)
    if tables.sharesPersons(index) { return nil }
    (self.documents, self.scenario, self.list) = (documents, scenario, index)
  }

  /// Costs the programme over the records of the list that are among some, and all of the others.
  /// - Parameter isOne: whether each record of the list is one of them.
  package func run(_ isOne: [Bool], settings: RunSettings, control: RunControl = RunControl()) -> Ledger {
    let truths = Storage<UInt8>(count: isOne.count, repeating: Truth.no)
    let lane = OpenLane(truths)
    isOne.withUnsafeBufferPointer { isOne in
      for row in 0..<isOne.count { lane[row] = isOne[row] ? Truth.yes : Truth.no }
    }
    return Engine.run(
      documents, scenario: scenario, settings: settings, control: control,
      over: Engine.Part(tables: tables, some: SomeRecords(list: list, truths: truths)))
  }
}

extension ListDeclaration {
  /// Whether one of its records may name one of a list.
  fileprivate func refers(to list: String) -> Bool {
    fields.contains { $0.type == .reference(list) || $0.type == .set(.reference(list)) }
  }
}

extension CheckedDocument {
  /// Whether a rule may look at records of a list otherwise than one by one, as members of a set.
  fileprivate func looksAround(in list: String) -> Bool {
    limits.flatMap(\.caps).flatMap(\.expressions).havePart { $0.looksAround(in: list) }
      || measures.contains { measure in
        switch measure.frame?.base {
        case .list(list), .texts(_, list): return true
        case .list, .texts, .district, nil: break
        }
        let isOfMembers = measure.frame?.iterations.contains {
          if case .members(list, _) = $0.iteration { true } else { false }
        }
        return isOfMembers == true || measure.expressions.havePart { $0.looksAround(in: list) }
      }
  }
}

extension Typed {
  /// Whether it is a figure over other records. Of a list without persons that have several, those of a person are the
  /// record itself.
  fileprivate func looksAround(in list: String) -> Bool {
    if case .sideways = operation { return true }
    guard case .grouped(let figure) = operation, case .parts(_, let outer) = figure.members else { return false }
    return figure.list != outer.list
  }
}
