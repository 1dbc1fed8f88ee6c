// What a run finds: payments in columns, and everything that is not paid beside them, since nothing unpaid disappears
// (ARCHITECTURE.md, “Nothing unpaid disappears”).
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// Everything a run finds.
package struct Ledger: Sendable {
  /// The programme, in its order.
  package let documents: [CheckedDocument]
  /// Measures, duties and notes of the programme, in the order of their documents; indices elsewhere are into these.
  package let measures: [CheckedMeasure]
  /// What the run was made with.
  package let settings: RunSettings
  /// The facts that it was made over.
  package let dataset: Dataset
  /// The home of each document's measures.
  package let homes: [String: Int32]
  /// Payments, in the order of measures and their clauses.
  package internal(set) var blocks: [PaymentBlock] = []
  /// What hangs on values that nobody has supplied.
  package internal(set) var unpriced: [Unpriced] = []
  /// Who cannot be judged for want of a fact.
  package internal(set) var undetermined: [Undetermined] = []
  /// Who is governed by another document.
  package internal(set) var elsewhere: [Elsewhere] = []
  /// What was granted.
  package internal(set) var grants: [Grant] = []
  /// How each duty stands.
  package internal(set) var duties: [DutyResult] = []
  /// Errors stop a budget; notes and warnings stand beside it.
  package internal(set) var diagnostics: [Diagnostic] = []
  /// The measures, by their places, of which a figure was too large, so that whose it is is undetermined.
  var guarded: Set<Int> = []
  /// What caps found and left, each in its turn; only where a run was made to tell of it.
  var capStages: [CapStage] = []
  /// Whether the run was cancelled: then this is no budget, and an error among the diagnostics says so.
  package internal(set) var isCancelled = false

  /// What is left of a run that was cancelled: nothing but that.
  func cancelled() -> Ledger {
    var empty = Ledger(documents: documents, measures: measures, settings: settings, dataset: dataset, homes: homes)
    empty.isCancelled = true
    empty.diagnostics = [
      Diagnostic(
        .error, code: "cancelled", Text("The run was cancelled before its end.", zh: "运行在完成前被取消。"),
        hint: Text("Nothing has changed; ask again.", zh: "一切如前，可重新运行。"))
    ]
    return empty
  }

  /// The id of a beneficiary or subject.
  package func name(_ id: Int32, in space: Space) -> String { dataset.id(id, in: space) }

  /// The id of a payment's subject, with its year where it has one.
  package func subject(_ block: PaymentBlock, _ i: Int) -> String {
    let name = name(block.subjects[i], in: block.subjectSpace)
    return block.years.isEmpty ? name : name + "@" + SubjectMark.text(block.years[i])
  }

  /// The id of who gets a payment.
  package func beneficiary(_ block: PaymentBlock, _ i: Int) -> String {
    self.name(block.beneficiaries[i], in: block.beneficiarySpace)
  }

  /// Whether a payment that accrues on a day is due by the settings' `as_of`; without one, all are.
  package func isDue(_ date: Int32) -> Bool { settings.asOf.map { date <= $0.number } ?? true }

  /// The rows by which a block knows somebody: as what its payments are for, and as whom they go to.
  /// - Parameters:
  ///   - id: without a year behind it.
  ///   - space: where it is to be found; nil: anywhere, since several lists may have it.
  package func rows(
    ofID id: String, in block: PaymentBlock, within space: Space?
  ) -> (subject: Int32?, beneficiary: Int32?) {
    func row(_ own: Space) -> Int32? { space == nil || space == own ? dataset.row(id, in: own) : nil }
    return (row(block.subjectSpace), row(block.beneficiarySpace))
  }

  /// Which payments of a block are for a subject or go to it.
  /// - Parameters:
  ///   - subject: an id; with a year behind it (`k1@2022`) only what is for that year.
  ///   - space: where the id is to be found; nil: anywhere, since several lists may have it.
  package func rows(of subject: String, in block: PaymentBlock, within space: Space? = nil) -> [Int] {
    let (name, mark) = dataset.parts(ofSubject: subject)
    let (asSubject, asBeneficiary) = rows(ofID: name, in: block, within: space)
    if asSubject == nil, asBeneficiary == nil { return [] }
    // Of payments that have only been counted none need be made for whom none is counted.
    if asSubject == nil {
      var isPaid = false
      if block.forEachCount({ who, _ in isPaid = isPaid || who == asBeneficiary }), !isPaid { return [] }
    }
    let subjects = block.subjects, beneficiaries = block.beneficiaries
    return subjects.indices.filter { i in
      guard subjects[i] == asSubject || beneficiaries[i] == asBeneficiary else { return false }
      // What has no years is asked of no year.
      return mark == nil || block.years.isEmpty || self.subject(block, i) == subject
    }
  }
}
