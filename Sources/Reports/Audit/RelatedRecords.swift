// The records of a measure's list that name somebody: the hires of an enterprise, of an agency. Found for many at once.
// Knows nothing of payments.

import Engine
import Facts
import PolicyLanguage

/// By measure, for those who are asked about.
struct RelatedRecords {
  private var found: [Int: [String: [String]]] = [:]

  /// No more of one's records are looked into.
  private static let most = 6

  /// - Parameter asked: by the number of the measure the ids of those who are asked about.
  init(_ asked: [Int: [String]], _ ledger: Ledger) {
    let dataset = ledger.dataset
    for (measure, ids) in asked {
      guard case .list(let name)? = ledger.measures[measure].frame?.base, let table = dataset.table(name),
        let own = table.ids
      else { continue }
      var wanted: [String: [Int64: String]] = [:]
      for id in Set(ids) where own.row(id) == nil {
        for other in dataset.tables where other.declaration.name != name {
          if let row = other.ids?.row(id) { wanted[other.declaration.name, default: [:]][Int64(row)] = id }
        }
      }
      var records: [String: [String]] = [:]
      for field in table.declaration.fields {
        guard case .reference(let list) = field.type, let named = wanted[list], let column = table.columns[field.name]
        else { continue }
        for row in 0..<table.count {
          guard let raw = column.raw(row), let id = named[raw], records[id, default: []].count < RelatedRecords.most
          else { continue }
          records[id, default: []].append(own.text(row))
        }
      }
      found[measure] = records
    }
  }

  func of(_ id: String, _ measure: Int) -> [String] { found[measure]?[id] ?? [] }
}
