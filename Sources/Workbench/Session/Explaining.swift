// Why somebody is paid, and why not. The derivations are the engine's own (architecture, decision 2: one evaluator); this
// file only finds the subject and the measure that are meant.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import View

extension Session {
  func explain(_ subject: Written, measure: Written?, _ command: Command) throws(Refusal) -> Answer {
    let run = try lastRun(command)
    let id = try subjectID(subject, in: run)
    let wanted = try measure.map { name throws(Refusal) in try self.measure(name, in: run.documents).id }
    let accounts = Explainer(ledger: run.ledger, scenario: run.facts).explain(id) { wanted == nil || $0.id == wanted }
    return ExplanationView(id, accounts, run: run, places: library.places).explain()
  }

  func whyNot(_ measure: Written, _ subject: Written, _ command: Command) throws(Refusal) -> Answer {
    let run = try lastRun(command)
    let wanted = try self.measure(measure, in: run.documents)
    let id = try subjectID(subject, in: run)
    guard run.documents.contains(where: { $0.id == wanted.document }) else {
      throw Refusal(.notInProgramme(wanted.id, run.programme), at: measure.location)
    }
    let accounts = Explainer(ledger: run.ledger, scenario: run.facts).explain(id) { $0.id == wanted.id }
    var answer = ExplanationView(id, accounts, run: run, places: library.places).whyNot(wanted)
    guard let object = answer.json.first, case .object(let members) = object, object["paid"] == .bool(false) else {
      return answer
    }
    let found = remedy(wanted, id, run)
    if let found {
      answer.document.append(.paragraph(Text("The smallest change that was found to do:", zh: "可以改变结果的最小改动：")))
      answer.document.append(.list(ordered: false, found.text))
    }
    var told = Answer(
      answer.document, objects: [.object(members + [.init("smallest_change", found?.json ?? .null)])],
      diagnostics: answer.diagnostics)
    told.failed = answer.failed
    return told
  }

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
