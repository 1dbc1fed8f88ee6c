// Whether the payee that stands beside a person was paid at all: a firm may be whoever employs the person, and the
// account may be a relative's. What is due for the person decides. Knows nothing of days.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// What a payee's column says of a line that pays somebody else.
struct PayeeBeside: Sendable {
  enum Role: Sendable, Hashable {
    /// The firm that employs or sent the person, or one that has nothing to do with the payment.
    case employer
    /// Whoever holds the account into which the person was paid.
    case holder
  }

  let role: Role
  /// As the list calls the column.
  let heading: String
  /// The people whom the line is about.
  let people: Set<Payee>
  /// Whether the person is paid; else somebody whom the line does not name.
  let isToPerson: Bool
}

extension PaidLineSearch {
  /// What the payee of a line is where the person is paid in spite of it; nil where the payee is whom it says.
  /// - Parameters:
  ///   - payee: whom the payee's column names.
  ///   - person: whom the person's columns name.
  ///   - record: the record that it was paid for.
  func beside(
    _ line: PaidRegister.Line, _ payee: PayeeSearch.Found?, _ person: PayeeSearch.Found?, _ record: Set<Payee>?,
    _ measures: Set<Int>?
  ) -> PayeeBeside? {
    guard let payee, let person, person.problem == nil, !person.payees.isEmpty, record?.isEmpty != true,
      line.holder == nil
    else { return nil }
    switch line.payeeHeading {
    case .paid?, nil: return nil
    case .holder(let heading)?:
      // A firm that is known is no relative.
      guard payee.problem == nil, !search.isFirm(payee.payees),
        search.withPersons(payee.payees).isDisjoint(with: search.withPersons(person.payees))
      else { return nil }
      let due = due(line, person.payees, record, measures)
      guard !isPaid(payee.payees, due, line, person.payees),
        due.isEmpty || due.contains(where: { isTo(person.payees, $0) })
      else { return nil }
      return PayeeBeside(role: .holder, heading: heading, people: person.payees, isToPerson: true)
    case .firm(let heading)?:
      return employer(line, payee, person.payees, record, measures, heading)
    }
  }

  private func employer(
    _ line: PaidRegister.Line, _ payee: PayeeSearch.Found, _ named: Set<Payee>, _ record: Set<Payee>?,
    _ measures: Set<Int>?, _ heading: String
  ) -> PayeeBeside? {
    // Of several of one name those are meant whom the firm employs.
    let own = Set(named.filter { search.isNamed(payee.payees, by: $0) }.map { search.identity($0) })
    let people = own.isEmpty ? named : named.filter { own.contains(search.identity($0)) }
    let due = due(line, people, record, measures)
    func told(_ isToPerson: Bool) -> PayeeBeside {
      PayeeBeside(role: .employer, heading: heading, people: people, isToPerson: isToPerson)
    }
    if isPaid(payee.payees, due, line, people) { return nil }
    if due.contains(where: { isTo(people, $0) }) { return told(true) }
    guard payee.problem == nil else { return nil }
    if !due.isEmpty { return own.isEmpty ? nil : told(false) }
    // Nothing is due for the person: the firm was paid if what is paid goes to such firms, or to this one for others.
    if payee.payees.isEmpty { return line.payee.map { near($0).isEmpty } ?? true ? told(true) : nil }
    if let measures { return measures.contains { goes($0, to: payee.payees) } ? nil : told(true) }
    let isPaidElsewhere = dues.concerning(payee.payees).contains { i in
      dues.isOpen(i) && payee.payees.contains(dues.all[i].beneficiary)
    }
    return own.isEmpty || isPaidElsewhere ? nil : told(true)
  }

  /// Whether a measure pays records of a list that some of those who are meant are of.
  private func goes(_ measure: Int, to payees: Set<Payee>) -> Bool {
    let tables = dues.ledger.dataset.tables
    let lists = Set(
      payees.compactMap { payee in
        if case .list(let index) = payee.space { return tables[index].declaration.name }
        return nil
      })
    return dues.ledger.measures[measure].pays.contains { pay in
      if case .record(let list) = pay.who.type { return lists.contains(list) }
      return false
    }
  }

  /// What is due for people, to whomever.
  private func due(
    _ line: PaidRegister.Line, _ people: Set<Payee>, _ record: Set<Payee>?, _ measures: Set<Int>?
  ) -> [Int] {
    let key = FoundPayments.Key(
      payees: nil, people: people, records: record, measures: measures,
      isRecovery: line.isRecovery, mark: line.record.flatMap(search.mark))
    let pool = found.pool(key) { self.payments(key) }
    return found.all[pool].open
  }

  private func isTo(_ people: Set<Payee>, _ due: Int) -> Bool {
    search.withPersons(people).contains(dues.all[due].beneficiary)
  }

  /// Whether some of what is due goes to the payee, unless the line's amount is that of a payment to the person, and of
  /// none to the payee.
  private func isPaid(_ payee: Set<Payee>, _ due: [Int], _ line: PaidRegister.Line, _ people: Set<Payee>) -> Bool {
    let own = due.filter { isTo(payee, $0) }
    guard let fen = line.fen, !own.isEmpty else { return !own.isEmpty }
    let amounts = own.map { dues.all[$0].fen }
    let isOther = !amounts.contains(fen) && amounts.reduce(0, Amounts.add) != fen
    return !(isOther && due.contains { isTo(people, $0) && dues.all[$0].fen == fen })
  }
}

extension PaidAudit {
  /// How a column of payees was understood where others than those were paid.
  package struct Beside: Sendable {
    /// As the list calls the column.
    package let heading: String
    /// Whether it has the holders of accounts; else the employers.
    package let isHolder: Bool
    /// The lines that were understood so.
    package private(set) var lines: [PaidRegister.Line]

    /// By column, in the order of their first lines.
    static func all(_ lines: [PaidLine]) -> [Beside] {
      var out: [Beside] = []
      for line in lines {
        guard let beside = line.beside else { continue }
        let isHolder = beside.role == .holder
        if let at = out.firstIndex(where: { $0.heading == beside.heading && $0.isHolder == isHolder }) {
          out[at].lines.append(line.line)
        } else {
          out.append(Beside(heading: beside.heading, isHolder: isHolder, lines: [line.line]))
        }
      }
      return out
    }
  }
}
