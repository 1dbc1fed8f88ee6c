// One list of what was paid held against several ledgers, as of several districts: each line where it fits best, so
// that nothing counts twice, and who was paid in more than one. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import Reckoning

/// A list of payments held against several ledgers.
package struct JointAudit: Sendable {
  /// Somebody whom lines of several ledgers pay.
  package struct Person: Sendable {
    /// As it is listed.
    package let number: String
    package let name: String
    /// By ledger, in their order: which lines, and fen.
    package let paid: [(ledger: Int, lines: [PaidRegister.Place], fen: Int64)]

    /// Fen paid in all of them.
    package var sum: Int64 { paid.reduce(0) { Amounts.add($0, $1.fen) } }
  }

  /// One for each ledger, with the lines that fit it best.
  package let parts: [PaidAudit]
  /// Those who were paid in several, by the largest sum.
  package let persons: [Person]

  /// Fen paid in all of them.
  package var paid: Int64 { parts.reduce(0) { Amounts.add($0, $1.sums.paid) } }
  /// Fen due in all of them.
  package var due: Int64 { parts.reduce(0) { Amounts.add($0, $1.sums.due) } }
  /// Fen taken back in all of them, and to be taken back.
  package var back: (made: Int64, due: Int64) {
    parts.reduce((0, 0)) { (Amounts.add($0.0, $1.back.paid), Amounts.add($0.1, $1.back.due)) }
  }

  /// - Parameter questions: one for each ledger.
  /// - Precondition: there are as many questions as ledgers.
  package init(_ register: PaidRegister, _ explainers: [Explainer], _ questions: [PaidAudit.Question]) {
    Invariant.holds(
      explainers.count == questions.count && !explainers.isEmpty,
      "a-question-for-each-ledger: a list is held against ledgers, with a question for each")
    let lines = register.lines
    func audit(_ part: Int, _ which: [Int]) -> PaidAudit {
      PaidAudit(register.only(which.map { lines[$0] }), explainers[part], questions[part])
    }
    let whole = explainers.indices.map { audit($0, Array(lines.indices)) }
    var owners = lines.indices.map { line in
      explainers.indices.min { JointAudit.rank(whole[$0], line) < JointAudit.rank(whole[$1], line) } ?? 0
    }
    func owned(_ part: Int) -> [Int] { lines.indices.filter { owners[$0] == part } }
    // What is not due where its lines fit best, since others have paid it, may be due in another ledger.
    for part in explainers.indices {
      let doubtful = explainers.indices.filter { $0 != part }.flatMap { other -> [Int] in
        let own = owned(other)
        let found = audit(other, own)
        return own.indices.filter { JointAudit.rank(found, $0) >= JointAudit.notDue }.map { own[$0] }
      }
      if doubtful.isEmpty { continue }
      let tried = (owned(part) + doubtful).sorted()
      let found = audit(part, tried)
      for (place, line) in tried.enumerated()
      where owners[line] != part && JointAudit.rank(found, place) < JointAudit.notDue { owners[line] = part }
    }
    parts = explainers.indices.map { audit($0, owned($0)) }
    persons = JointAudit.persons(lines, owners)
  }

  /// From which rank on a line is no payment that is due.
  private static let notDue = 4

  /// How well a line fits; the less the better.
  private static func rank(_ audit: PaidAudit, _ line: Int) -> Int {
    switch audit.entries[line].finding {
    case .asDue, .reversed: 0
    case .early: 1
    case .otherDate: 2
    case .otherAmount: 3
    case .twice: notDue
    case .undetermined: 5
    case .notDue: 6
    case .unclear: 7
    case .nobody: 8
    case .unpaid: 9
    }
  }

  private static func persons(_ lines: [PaidRegister.Line], _ owners: [Int]) -> [Person] {
    var byNumber: [String: [Int]] = [:]
    for (i, line) in lines.enumerated() {
      if let number = line.personNumber { byNumber[number, default: []].append(i) }
    }
    return byNumber.compactMap { number, places in
      guard Set(places.map { owners[$0] }).count > 1 else { return nil }
      let paid = Dictionary(grouping: places) { owners[$0] }.sorted { $0.key < $1.key }.map { ledger, places in
        (
          ledger: ledger, lines: places.map { lines[$0].place },
          fen: places.reduce(Int64(0)) { Amounts.add($0, lines[$1].fen ?? 0) }
        )
      }
      // A list that has one column for whoever is paid has persons' names there.
      let names = places.lazy.compactMap { lines[$0].person ?? lines[$0].payee }
      return Person(number: number, name: names.first { $0 != number } ?? "", paid: paid)
    }.sorted { a, b in a.sum != b.sum ? a.sum > b.sum : a.number < b.number }
  }
}
