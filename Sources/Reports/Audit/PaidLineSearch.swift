// Which payments a line of a list may be: by whom it names and by what it says it was paid for. Nothing is guessed: a
// line that may be about several people, or about a measure that nobody knows, says so. Knows nothing of amounts and
// days.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A line with what it may be.
struct PaidLine {
  let line: PaidRegister.Line
  /// The number of the payments that it may be, among those of all lines; negative where none was looked for.
  var pool = -1
  /// Payments that are due or pending and fit.
  var open: [Int] = []
  /// Payments that were reckoned, are not paid and would fit.
  var unpaid: [Int] = []
  /// The measures that the line names; nil: any.
  var measures: Set<Int>?
  /// Whom it went to, where it says so by name or number.
  var payees: Set<Payee>?
  /// Whom the line is about: the person's records before the payee's.
  var about: [Payee] = []
  /// What the payee's column says where others than those were paid; nil where it says who was.
  var beside: PayeeBeside?
  /// What is settled without looking at amounts.
  var settled: (finding: PaidFinding, reasons: [PaidReason])?
  /// What is worth saying whatever it comes to.
  var notes: [PaidReason] = []
}

/// Finds what lines may be.
struct PaidLineSearch {
  let dues: DuePayments
  let search: PayeeSearch
  /// The measures that the audit is about, by their index.
  let measures: [Int]
  private let wordings: [(measure: Int, words: Set<String>)]
  private let kinds: [String: [Int]]
  /// Names that a mistaken one may be near.
  private let names: [String]
  let found = FoundPayments()
  private var ledger: Ledger { dues.ledger }

  init(_ dues: DuePayments, _ search: PayeeSearch, measures: [Int]) {
    self.dues = dues
    self.search = search
    self.measures = measures
    let ledger = dues.ledger
    wordings = measures.map { ($0, MeasureWords.of(ledger.measures[$0])) }
    var kinds: [String: [Int]] = [:]
    for index in measures where !ledger.measures[index].kind.isEmpty {
      let kind = ledger.measures[index].kindWords
      for word in Set([kind.en, kind.zh]) { kinds[PayeeSearch.plain(word).lowercased(), default: []].append(index) }
    }
    self.kinds = kinds
    var names: Set<String> = []
    for payment in dues.all where names.count < 5000 {
      names.insert(search.name(payment.beneficiary) ?? search.id(payment.beneficiary))
      if let name = search.name(payment.subject) { names.insert(name) }
    }
    self.names = names.sorted()
  }

  /// A line with what it may be.
  func line(_ line: PaidRegister.Line) -> PaidLine {
    var out = PaidLine(line: line)
    if line.isFaulty {
      out.settled = (.unclear, [.unreadable])
    } else if line.isNameless {
      out.settled = (.unclear, [.nameless])
    } else if line.fen == nil || line.fen == 0 {
      out.settled = (.unclear, [line.fen == 0 ? .nothingPaid : .noAmount])
    }
    if let said = line.measure { findMeasure(said, &out) } else if measures.count == 1 { out.measures = Set(measures) }
    findPeople(&out)
    return out
  }

  // MARK: Measures

  private func findMeasure(_ said: String, _ out: inout PaidLine) {
    let plain = PayeeSearch.plain(said).lowercased()
    let whole = wordings.filter { $0.words.contains(plain) }.map(\.measure)
    let found = whole.isEmpty && kinds[plain] == nil ? behindArticle(plain) : whole
    let meant = found.isEmpty ? kinds[plain] ?? [] : found
    if !meant.isEmpty { out.measures = Set(meant) }
    if meant.count == 1 || out.settled != nil { return }
    if meant.isEmpty {
      let near = Nearest.names(
        to: said,
        among: measures.flatMap { index -> [String] in
          let measure = ledger.measures[index]
          return [measure.name, measure.words.zh, measure.title.zh]
        })
      out.settled = (.unclear, [.unknownMeasure(said, nearest: Array(Set(near)).sorted())])
    } else {
      out.settled = (.unclear, [.severalMeasures(meant.sorted().map { ledger.measures[$0] })])
    }
  }

  /// The measures whose article and name a text says together: 二（三）就业补贴, 就业补贴（二（三））, 第九条 机构奖励.
  private func behindArticle(_ plain: String) -> [Int] {
    wordings.filter { MeasureWords.areBoth(plain, article: ledger.measures[$0.measure].article, $0.words) }.map(
      \.measure)
  }

  // MARK: People

  /// Whom a line names, as payee and as the person that it is about. A bank's list has the holder of the account beside
  /// the person's number, who is that person, and no second one.
  private func roles(_ line: PaidRegister.Line) -> (payee: PayeeSearch.Found?, person: PayeeSearch.Found?) {
    let payee = search.found(name: line.payee, number: line.payeeNumber)
    guard line.holder != nil, let name = line.payee, let number = line.personNumber else {
      return (payee, search.found(name: line.person, number: line.personNumber))
    }
    let numbered = search.found(name: nil, number: number)?.payees ?? []
    let isPerson =
      search.isPerson(name)
      || payee?.payees.isEmpty == true && dues.concerning(numbered).contains { numbered.isPaid(dues.all[$0], search) }
    guard isPerson else { return (payee, search.found(name: nil, number: number)) }
    let both = search.found(name: name, number: number)
    return (both, both)
  }

  private func findPeople(_ out: inout PaidLine) {
    let line = out.line
    var (payee, person) = roles(line)
    let record = line.record.map { search.record($0) }
    if let beside = beside(line, payee, person, record, out.measures) {
      out.beside = beside
      person?.payees = beside.people
      payee = beside.isToPerson ? person : nil
    }
    let isBeside = out.beside != nil
    let holder = out.beside?.role == .holder ? line.payee.map { PaidReason.heldBy($0) } : nil
    out.notes = [isBeside ? nil : payee?.note, line.holder == nil ? person?.note : nil, holder].compactMap(\.self)
    out.payees = payee?.payees
    let roles = [person?.payees, record, payee?.payees].compactMap(\.self)
    out.about = roles.flatMap { $0.sorted { search.id($0) < search.id($1) } }
    if let problem = payee?.problem ?? person?.problem {
      out.settled = out.settled ?? (.unclear, [problem])
      return
    }
    let missing = [
      (isBeside ? nil : payee?.payees, line.payee ?? line.payeeNumber),
      (person?.payees, line.person ?? line.personNumber),
      (record, line.record),
    ].first { $0.0?.isEmpty == true }
    if let name = missing?.1 {
      let near = line.personNumber == name || line.payeeNumber == name ? [] : near(name)
      let hinted = line.personNumber.map { search.labels(of: $0) } ?? []
      out.settled =
        out.settled
        ?? (.nobody, [.notInFacts(name, nearest: near)] + (hinted.isEmpty ? [] : [.digitsOf(hinted)]))
      return
    }
    let key = FoundPayments.Key(
      payees: payee.map { search.withPersons($0.payees) }, people: person?.payees, records: record,
      measures: out.measures,
      isRecovery: line.isRecovery, mark: line.record.flatMap(search.mark))
    // Lines that say the same of whom and what they are for may be the same payments.
    let pool = found.pool(key) { self.payments(key) }
    out.pool = pool
    let meant = found.all[pool]
    (out.open, out.unpaid) = (meant.open, meant.unpaid)
    // Of a line that is not clear it is known all the same which payments it may be.
    guard out.settled == nil else { return }
    if !meant.several.isEmpty {
      out.settled = (.unclear, [.severalPeople(meant.several)])
    } else if !meant.others.isEmpty {
      out.settled = (.notDue, [.otherPayee(meant.others)])
    }
  }

  /// Names that a mistaken one may be meant for: near ones, and of firms those of which one is a part of the other.
  func near(_ name: String) -> [String] {
    let near = Nearest.names(to: name, among: names)
    let plain = PayeeSearch.plain(name)
    guard near.isEmpty, plain.count >= 4 else { return near }
    let parts = names.filter { one in
      let other = PayeeSearch.plain(one)
      return other.count >= 4 && (plain.contains(other) || other.contains(plain))
    }
    return Array(parts.prefix(3))
  }

  func payments(_ key: FoundPayments.Key) -> FoundPayments.Meant {
    let roles = [key.people, key.records, key.payees].compactMap(\.self)
    // The role that fewest payments concern leaves least to look through.
    let all = roles.min { dues.weight($0) < dues.weight($1) }.map { dues.concerning($0) } ?? []
    let fitting = all.filter { i in
      let due = dues.all[i]
      // What takes back is no payment, and the other way round.
      if key.isRecovery ? due.fen > 0 || !dues.isOpen(i) : due.fen < 0 && dues.isOpen(i) { return false }
      if let measures = key.measures, !measures.contains(due.measure) { return false }
      if let payees = key.payees, !payees.contains(due.beneficiary) {
        guard key.people == nil, key.records == nil, payees.contains(due.subject) else { return false }
      }
      if let people = key.people, !people.contains(due.subject), !people.contains(due.beneficiary) { return false }
      if let records = key.records, !records.contains(due.subject), !records.contains(due.beneficiary) { return false }
      return key.mark == nil || due.mark == key.mark
    }
    var meant = FoundPayments.Meant()
    meant.open = fitting.filter { dues.isOpen($0) }
    meant.unpaid = fitting.filter { !dues.isOpen($0) }
    meant.several = severalPeople([key.payees, key.people].compactMap(\.self), fitting)
    if fitting.isEmpty, let payees = key.payees, key.people != nil || key.records != nil {
      let others = all.filter { i in
        dues.isOpen(i) && (key.measures?.contains(dues.all[i].measure) ?? true)
          && !payees.contains(dues.all[i].beneficiary)
      }
      meant.others = Array(Set(others.map { search.label(dues.all[$0].beneficiary) }).sorted().prefix(3))
    }
    return meant
  }

  /// The people whom a line may be about where there is more than one: those whom payments concern, else all who are
  /// called so.
  private func severalPeople(_ roles: [Set<Payee>], _ fitting: [Int]) -> [String] {
    for payees in roles where payees.count > 1 {
      let concerned = fitting.flatMap { [dues.all[$0].beneficiary, dues.all[$0].subject] }.filter(payees.contains)
      // A name that is paid by itself stands beside the record that has it.
      let all = concerned.isEmpty ? payees : Set(concerned)
      let records = all.filter { $0.space != .text }
      let meant = records.isEmpty ? all : records
      if Set(meant.map { search.identity($0) }).count > 1 { return meant.map { search.label($0) }.sorted() }
    }
    return []
  }
}

extension Set<Payee> {
  /// Whether a payment goes to one of some records' people themselves.
  fileprivate func isPaid(_ due: DuePayment, _ search: PayeeSearch) -> Bool {
    search.withPersons(self).contains(due.beneficiary)
  }
}

/// The payments that lines may be, found once for all lines that say the same of whom and what they are for: a list of
/// an agency's year has thousands of such.
final class FoundPayments {
  /// What decides which payments a line may be, beside its amount and day.
  struct Key: Hashable {
    let payees: Set<Payee>?
    let people: Set<Payee>?
    let records: Set<Payee>?
    let measures: Set<Int>?
    let isRecovery: Bool
    let mark: String?
  }

  struct Meant {
    var open: [Int] = []
    var unpaid: [Int] = []
    /// The people among whom it is not clear who is meant.
    var several: [String] = []
    /// To whom alone there are payments.
    var others: [String] = []
  }

  private var numbers: [Key: Int] = [:]
  private(set) var all: [Meant] = []

  /// The number of what a key comes to.
  func pool(_ key: Key, _ find: () -> Meant) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = all.count
    all.append(find())
    return all.count - 1
  }
}
