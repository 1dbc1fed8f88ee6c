// The few records of a large scenario that decide whether one subject is paid: those that are counted for its frame,
// and the others of their persons. Remedies are looked for among them alone; whoever asks runs what is found over all
// facts before telling it, so that nothing hangs on a record that was left out.
import Facts
import PolicyLanguage

/// A scenario with the records of long lists that are a subject's.
struct RemedyNeighbours {
  let scenario: Scenario
  /// Which row each record of a cut list is of the whole list.
  private let rows: [Int: [Int32]]

  /// Shorter lists stay whole.
  private static let few = 2_000

  /// Nil where other records may decide as well: a figure over records with equal keys, members that no field joins to
  /// a record.
  init?(of subject: String, _ measure: CheckedMeasure, _ scenario: Scenario) {
    let dataset = scenario.dataset
    let asksOthers = measure.expressions.havePart { part in
      if case .sideways = part.operation { true } else { false }
    }
    guard !asksOthers, case .list(let name)? = measure.frame?.base else { return nil }
    let frameList = dataset.list(named: name)
    let id = dataset.parts(ofSubject: subject).id
    var frames: Set<Int32> = []
    if let row = dataset.tables[frameList].ids?.row(id) { frames.insert(Int32(truncatingIfNeeded: row)) }
    var joins: [(list: Int, links: Storage<Int32>)] = []
    for set in measure.sets {
      guard case .list(let name, let field) = set.source else { continue }
      guard let field, let list = dataset.dictionary.index(name), list != frameList,
        case .int32(let links)? = dataset.tables[list].columns[field.name]?.data
      else { return nil }
      joins.append((list, links))
      if let row = dataset.tables[list].ids?.row(id), links[row] >= 0 { frames.insert(links[row]) }
    }
    var rows: [Int: [Int32]] = [:]
    var kept = dataset
    for list in Set(joins.map(\.list)) where dataset.tables[list].count > Self.few {
      guard !dataset.tables[list].namesItself else { return nil }
      let own = Self.rows(of: list, joins.filter { $0.list == list }.map(\.links), frames, dataset)
      rows[list] = own
      kept = kept.only(own, of: list)
    }
    self.rows = rows
    self.scenario = scenario.with(kept)
  }

  /// The rows of a list that are joined to the frames, and those of the same persons, ascending.
  private static func rows(
    of list: Int, _ links: [Storage<Int32>], _ frames: Set<Int32>, _ dataset: Dataset
  ) -> [Int32] {
    let table = dataset.tables[list]
    var isKept = [Bool](repeating: false, count: table.count)
    for column in links {
      for row in 0..<table.count where column[row] >= 0 && frames.contains(column[row]) { isKept[row] = true }
    }
    if let person = table.declaration.person, case .int32(let persons)? = table.columns[person]?.data {
      let own = Set(isKept.indices.lazy.filter { isKept[$0] && persons[$0] >= 0 }.map { persons[$0] })
      for row in 0..<table.count where !isKept[row] && own.contains(persons[row]) { isKept[row] = true }
    }
    return isKept.indices.filter { isKept[$0] }.map { Int32(truncatingIfNeeded: $0) }
  }

  /// What was found here, as changes of the whole facts.
  func whole(_ remedy: Remedy) -> Remedy {
    Remedy(
      parts: remedy.parts.map { part in
        Remedy.Part(
          edit: whole(part.edit), record: part.record, field: part.field, before: part.before, distance: part.distance)
      }, leadsTo: remedy.leadsTo)
  }

  private func whole(_ edit: FactEdit) -> FactEdit {
    func of(_ list: Int, _ row: Int) -> Int { rows[list].map { Int($0[row]) } ?? row }
    switch edit {
    case .set(let list, let row, let field, let raw):
      return .set(list: list, row: of(list, row), field: field, raw: raw)
    case .include(let list, let row, let field, let member):
      return .include(list: list, row: of(list, row), field: field, member: member)
    case .copies(let list, let row, let count): return .copies(list: list, row: of(list, row), count: count)
    }
  }
}

extension FactTable {
  /// Whether a record may name another of the same list.
  fileprivate var namesItself: Bool { declaration.fields.contains { $0.type == .reference(declaration.name) } }
}
