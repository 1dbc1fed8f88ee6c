// Records by what the user calls them: which one is meant, whether there is one, and which names are near. Knows
// nothing of what is paid for them.

import Commands
import Diagnostics
import Engine
import Facts
import Sessions

extension Desk {
  /// The id of a record, a beneficiary or a subject with a year (`k1@2022`).
  func subjectID(_ subject: Written, in run: Run) throws(Refusal) -> String {
    for text in [subject.raw, subject.text] {
      let bare = text.split(separator: "@").first.map(String.init) ?? text
      if Records.exists(bare, in: run.ledger.dataset) { return text }
    }
    let near = Nearest.names(to: subject.text, among: Records.someIDs(of: run.ledger.dataset))
    throw Refusal(.unknownSubject(subject.raw, nearest: near), at: subject.location)
  }
}

/// Records by id.
enum Records {
  /// How many ids a question may look through for a resemblance.
  private static let limit = 5000

  /// Whether some record has this id, or a text field of some list has this text (a referrer, a platform).
  static func exists(_ id: String, in dataset: Dataset) -> Bool {
    if dataset.tables.contains(where: { $0.ids?.row(id) != nil }) { return true }
    return dataset.texts.id(id) != nil
  }

  /// Where a record is: its list and row.
  static func find(_ id: String, in dataset: Dataset) -> [(table: FactTable, row: Int)] {
    dataset.tables.compactMap { table in table.ids?.row(id).map { (table, $0) } }
  }

  /// Ids for did-you-means and completion; no more than are worth looking through.
  static func someIDs(of dataset: Dataset, limit: Int = Records.limit) -> [String] {
    var out: [String] = []
    // Short lists first: agencies and enterprises are asked about more often than single hires.
    for table in dataset.tables.sorted(by: { $0.count < $1.count }) {
      guard let ids = table.ids else { continue }
      for row in 0..<min(ids.count, limit - out.count) { out.append(ids.text(row)) }
      if out.count >= limit { break }
    }
    return out
  }
}
