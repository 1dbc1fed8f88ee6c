// What matched lines come to as findings, with why: the conditions that fail as `why not` has them, who else is paid,
// what else is due. Knows nothing of wording.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Makes findings of matches.
struct PaidTelling {
  private let matching: PaidMatching
  private let search: PayeeSearch
  private let explainer: Explainer
  private let measures: [Int]
  private var ledger: Ledger { explainer.ledger }
  private var dues: DuePayments { matching.dues }
  /// What fails for a record under a measure; each measure is run once for all its records.
  private let failing: [Asked: [Derivation]?]

  /// What fails of a record that is paid for, where the measure pays its other sets for more.
  private let further: [Asked: [Derivation]]

  /// The records that name somebody whom lines are about.
  private let related: RelatedRecords

  /// By what tells people and firms apart: as whom the ledger pays them.
  private let paidAs: [String: Payee]

  /// By whom lines are about, the measures of what is due to them.
  private final class DueMeasures {
    var measures: [Set<Payee>: Set<Int>] = [:]
  }
  private let due = DueMeasures()

  private struct Asked: Hashable {
    let measure: Int
    let record: String
  }

  init(_ matching: PaidMatching, _ search: PayeeSearch, _ explainer: Explainer, measures: [Int]) {
    self.matching = matching
    self.search = search
    self.explainer = explainer
    self.measures = measures
    var asked: [Int: [String]] = [:]
    for (line, match) in zip(matching.lines, matching.matches)
    where match == nil && line.unpaid.isEmpty || match.map({ PaidTelling.isLater(line, $0, matching) }) ?? false {
      for measure in PaidTelling.asked(line, measures) {
        asked[measure, default: []] += PaidTelling.records(line, search)
      }
    }
    let related = RelatedRecords(asked, explainer.ledger)
    self.related = related
    for (measure, records) in asked { asked[measure] = records + records.flatMap { related.of($0, measure) } }
    var failing: [Asked: [Derivation]?] = [:]
    var further: [Asked: [Derivation]] = [:]
    for (measure, records) in asked {
      let records = Array(Set(records)).sorted()
      let rule = explainer.ledger.measures[measure]
      let paid = rule.pays.compactMap(\.forEach).map { rule.sets[$0].location.start }
      let found = explainer.derivations(of: records, under: rule)
      for (record, derivations) in zip(records, found) {
        let steps = derivations.filter { $0.verdict == .yes }.flatMap(\.children)
        further[Asked(measure: measure, record: record)] =
          steps.filter { step in
            step.verdict == .no && (step.location.map { paid.contains($0.start) } ?? false)
          }.flatMap { step -> [Derivation] in
            // What fails may be said shortly; else the set says it by its name.
            let below = step.failures
            return below.allSatisfy { $0.text.zh.count <= 30 } ? below : [step]
          }
        // Nothing at all: the measure looks at other records.
        failing[Asked(measure: measure, record: record)] =
          .some(derivations.isEmpty ? nil : derivations.filter(\.isInTheWay).flatMap(\.failures))
      }
    }
    self.failing = failing
    self.further = further
    var paidAs: [String: Payee] = [:]
    for payee in Set(matching.dues.all.map(\.beneficiary)) { paidAs[search.identity(payee)] = payee }
    self.paidAs = paidAs
  }

  /// Whether a line pays on another day what has been paid already: it may be meant for a payment that is not due.
  private static func isLater(_ line: PaidLine, _ match: PaidMatching.Match, _ matching: PaidMatching) -> Bool {
    guard match.finding == .twice, !line.line.isRecovery, let day = line.line.day, let due = match.dues.first,
      let first = matching.takers[due], let before = matching.lines[first].line.day
    else { return false }
    return day > before
  }

  private static func asked(_ line: PaidLine, _ measures: [Int]) -> [Int] {
    line.measures.map { $0.sorted() } ?? measures
  }

  /// The records that a line is about, no more than one can read of.
  private static func records(_ line: PaidLine, _ search: PayeeSearch) -> [String] {
    let mark = line.line.record.flatMap(search.mark).map { "@" + $0 } ?? ""
    return Array(line.about.prefix(6).map { search.id($0) + mark })
  }

  // MARK: Lines

  var entries: [PaidEntry] {
    matching.lines.indices.map { i in
      let line = matching.lines[i]
      var entry = matching.matches[i].map { self.entry(line, self.told(line, $0)) } ?? notDue(line)
      entry.reasons += line.notes
      return entry
    }
  }

  /// What was paid once more on a later day is not due by what its measure asks for a further payment, where that
  /// fails: who left after the first was not to have the second.
  private func told(_ line: PaidLine, _ match: PaidMatching.Match) -> PaidMatching.Match {
    guard PaidTelling.isLater(line, match, matching), let due = match.dues.first,
      let record = PaidTelling.records(line, search).first(where: { record in
        further[Asked(measure: dues.all[due].measure, record: record)]?.isEmpty == false
      }), let failures = further[Asked(measure: dues.all[due].measure, record: record)]
    else { return match }
    return PaidMatching.Match(
      finding: .notDue, dues: match.dues,
      reasons: [.conditions(Array(failures.prefix(2)), for: record)] + match.reasons)
  }

  private func entry(_ line: PaidLine, _ match: PaidMatching.Match) -> PaidEntry {
    let payments = match.dues.map { dues.all[$0] }
    // Of what is not due, the payment only says which one was meant.
    let isDue: Bool =
      switch match.finding {
      case .asDue, .early, .otherDate, .otherAmount, .unpaid: true
      case .twice, .notDue, .undetermined, .unclear, .nobody, .reversed: false
      }
    let days = Set(payments.map(\.day))
    let parts = isDue ? parts(match) : []
    return PaidEntry(
      finding: match.finding, line: line.line,
      measure: payments.first.map { ledger.measures[$0.measure] } ?? only(line),
      beneficiary: payments.first.map { search.id($0.beneficiary) } ?? named(line),
      subject: subject(payments), dueOn: days.count == 1 ? days.first.map { Day(number: $0) } : nil,
      paid: line.line.fen ?? 0, due: parts.reduce(0) { Amounts.add($0, $1.fen) },
      reasons: match.reasons, parts: parts)
  }

  /// What a line is of each payment.
  private func parts(_ match: PaidMatching.Match) -> [PaidPart] {
    let shares =
      match.shares.isEmpty
      ? match.dues.map { PaidShare(due: $0, fen: dues.all[$0].fen, isFirst: true) } : match.shares
    return shares.map {
      PaidPart(dueOn: Day(number: dues.all[$0.due].day), fen: $0.fen, counts: $0.isFirst && $0.fen > 0)
    }
  }

  private func subject(_ payments: [DuePayment]) -> String {
    guard let only = payments.first, payments.count == 1 else { return "" }
    return search.id(only.subject) + (only.mark.map { "@" + $0 } ?? "")
  }

  /// The measure that a line names.
  private func only(_ line: PaidLine) -> CheckedMeasure? {
    guard let named = line.measures, named.count == 1, let index = named.first else { return nil }
    return ledger.measures[index]
  }

  /// Whom a line names, before whom it was paid for: the id under which the ledger pays them, else that of the facts,
  /// else as it is listed.
  private func named(_ line: PaidLine) -> String {
    let meant = line.payees ?? Set(line.about)
    let paid = Set(meant.compactMap { paidAs[search.identity($0)] })
    if paid.count == 1, let payee = paid.first { return search.id(payee) }
    // A name that is paid by itself stands beside the record that has it.
    let records = meant.filter { $0.space != .text }
    let known = Set((records.isEmpty ? meant : records).map { search.id($0) })
    if known.count == 1, let id = known.first { return id }
    return line.line.payee ?? line.line.who
  }

  /// A line for which nothing is due: why.
  private func notDue(_ line: PaidLine) -> PaidEntry {
    let (finding, reasons) = why(line)
    return PaidEntry(
      finding: finding, line: line.line, measure: only(line), beneficiary: named(line), subject: "", dueOn: nil,
      paid: line.line.fen ?? 0, due: 0, reasons: reasons + others(line))
  }

  private func why(_ line: PaidLine) -> (PaidFinding, [PaidReason]) {
    if line.line.isRecovery {
      let hasRule = PaidTelling.asked(line, measures).contains { !ledger.measures[$0].recoveries.isEmpty }
      return (.notDue, [.nothingToRecover(hasRule: hasRule)])
    }
    if let first = line.unpaid.first {
      let payment = dues.all[first]
      return (.notDue, [.standing(payment.status, by: payment.displacedBy.map { ledger.measures[$0] })])
    }
    var fails: [(measure: Int, record: String, failures: [Derivation])] = []
    for measure in PaidTelling.asked(line, measures) {
      for record in PaidTelling.records(line, search) {
        if case .some(.some(let failures)) = failing[Asked(measure: measure, record: record)] {
          fails.append((measure, record, failures))
          continue
        }
        // An employer is paid for whom it took on: none of them may be paid for.
        let others = related.of(record, measure).map { ($0, failing[Asked(measure: measure, record: $0)]) }
        guard others.allSatisfy({ if case .some(.some(let failures)) = $0.1 { !failures.isEmpty } else { false } })
        else { continue }
        for case (let other, .some(.some(let failures))) in others { fails.append((measure, other, failures)) }
      }
    }
    guard !fails.isEmpty else { return (.notDue, [.otherRecords]) }
    // Of several records the one is told that least stands in the way of.
    let sorted = fails.sorted { $0.failures.count < $1.failures.count }
    if line.measures == nil {
      let told = sorted.filter { !$0.failures.isEmpty }.prefix(2)
      return (.notDue, told.map { .conditions(Array($0.failures.prefix(2)), for: $0.record) })
    }
    let nearest = sorted[0]
    let unpriced = ledger.unpriced.filter { $0.measure == nearest.measure }.flatMap(\.missing)
    if nearest.failures.isEmpty {
      return unpriced.isEmpty ? (.notDue, [.otherRecords]) : (.undetermined, [.unpriced(unpriced)])
    }
    let isOpen = nearest.failures.allSatisfy { derivation in
      switch derivation.verdict {
      case .unknown: true
      case .yes, .no, .elsewhere, .told: false
      }
    }
    return (isOpen ? .undetermined : .notDue, [.conditions(Array(nearest.failures.prefix(4)), for: nearest.record)])
  }

  /// Where something else is due to whoever the line names, under which measures.
  private func others(_ line: PaidLine) -> [PaidReason] {
    guard let named = line.measures else { return [] }
    let about = Set(line.about)
    let open =
      due.measures[about] ?? Set(dues.concerning(about).filter { dues.isOpen($0) }.map { dues.all[$0].measure })
    due.measures[about] = open
    let found = open.subtracting(named)
    return found.isEmpty ? [] : [.otherMeasures(found.sorted().map { ledger.measures[$0] })]
  }

  // MARK: What no line has

  /// By payment, the lines of which it is not clear what they are and that may be it.
  private var maybe: [Int: [PaidRegister.Place]] {
    var places: [Int: [PaidRegister.Place]] = [:]
    var open: [Int: [Int]] = [:]
    for (i, line) in matching.lines.enumerated() where matching.matches[i]?.finding == .unclear {
      places[line.pool, default: []].append(line.line.place)
      open[line.pool] = line.open
    }
    var out: [Int: [PaidRegister.Place]] = [:]
    for (pool, dues) in open.sorted(by: { $0.key < $1.key }) {
      // Lines of one pool are the same for all its payments.
      let all = places[pool] ?? []
      for due in dues { if out[due] == nil { out[due] = all } else { out[due]?.append(contentsOf: all) } }
    }
    return out.mapValues { $0.count > 1 && !$0.isAscending ? $0.sorted() : $0 }
  }

  /// The payments of some measures that are due and in no line.
  func unpaid(_ covered: Set<Int>, _ days: ClosedRange<Int32>?) -> [PaidEntry] {
    let maybe = self.maybe
    return dues.all.indices.compactMap { i in
      let payment = dues.all[i]
      guard payment.status == .due, matching.takers[i] == nil, covered.contains(payment.measure), payment.fen != 0,
        days?.contains(payment.day) ?? true
      else { return nil }
      return PaidEntry(
        finding: .unpaid, line: nil, measure: ledger.measures[payment.measure],
        beneficiary: search.id(payment.beneficiary), subject: subject([payment]), dueOn: Day(number: payment.day),
        paid: 0, due: payment.fen, reasons: maybe[i].map { [.mayBe($0)] } ?? [])
    }
  }
}

extension [PaidRegister.Place] {
  fileprivate var isAscending: Bool { zip(self, dropFirst()).allSatisfy { !($1 < $0) } }
}
