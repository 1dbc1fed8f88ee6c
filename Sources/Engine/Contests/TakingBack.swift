// Recovery: what was paid in the end is taken back where a condition comes true. It comes after everything else, gives
// no room back to anybody, and never takes more than was paid. What was displaced or cut was not paid.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Engine {
  /// Takes back what the recoveries of all measures ask for.
  static func takeBack(_ runs: [Int: MeasureRun], _ ledger: inout Ledger) {
    for (i, measure) in ledger.measures.enumerated() where !measure.recoveries.isEmpty {
      guard let run = runs[i] else { continue }
      // The run may be somebody else's, too.
      run.evaluator.late.hold {
        var job = RecoveryJob(run, i, ledger)
        for k in measure.recoveries.indices { job.take(k, &ledger) }
        if job.cut > 0 { ledger.diagnostics.append(RecoveryJob.cut(measure, job.cut)) }
      }
    }
  }
}

/// The recoveries of one measure, one after the other, over what the measure has paid.
private struct RecoveryJob {
  private let run: MeasureRun
  private let measure: Int
  private let recoveries: [CheckedRecovery]
  private let paysCount: Int
  private let dataset: Dataset
  /// How many amounts were beyond what was paid, or below nought.
  var cut = 0

  /// What was paid, payment by payment.
  private struct Payments {
    var frames: [Int32] = []
    /// -1 where it is for the frame.
    var members: [Int32] = []
    /// The list of the members, or -1.
    var lists: [Int32] = []
    var beneficiaries: [Int32] = []
    var spaces: [Int32] = []
    var dates: [Int32] = []
    var amounts: [Int64] = []
    /// What of it has not been taken back.
    var left: [Int64] = []
    /// What of that each source of money has borne, in the order of the sources; empty where their shares tell it.
    var borne: [[Int64]] = []
  }
  private var payments = Payments()
  private var spaces: [Space] = []
  /// The sources of money of payments of which it is told one by one what bears them.
  private var sources: [String] = []

  /// What may be taken back at once: from one beneficiary for one frame, record or member.
  private struct Entries {
    /// Where the recovery is asked.
    var positions: [Int32] = []
    var frames: [Int32] = []
    var members: [Int32] = []
    var beneficiaries: [Int32] = []
    var spaces: [Int32] = []
    var payments: [[Int32]] = []
    var count: Int { positions.count }
  }

  init(_ run: MeasureRun, _ measure: Int, _ ledger: Ledger) {
    self.run = run
    self.measure = measure
    recoveries = run.measure.recoveries
    paysCount = run.measure.pays.count
    dataset = ledger.dataset
    let blocks = ledger.blocks.filter { $0.measure == measure }
    sources = blocks.lazy.compactMap { $0.borne?.keys }.first ?? []
    for block in blocks { add(block) }
  }

  private mutating func add(_ block: PaymentBlock) {
    let list = run.measure.pays[block.clause].forEach.map { Int32(truncatingIfNeeded: run.sets[$0].list) }
    let known = spaces.firstIndex(of: block.beneficiarySpace)
    let space = Int32(truncatingIfNeeded: known ?? spaces.count)
    if known == nil { spaces.append(block.beneficiarySpace) }
    let frames = block.frames, subjects = block.subjects, dates = block.dates, who = block.beneficiaries
    for i in 0..<block.count where block.standing(i) == .paid {
      payments.frames.append(frames[i])
      payments.members.append(list == nil ? -1 : subjects[i])
      payments.lists.append(list ?? -1)
      payments.beneficiaries.append(who[i])
      payments.spaces.append(space)
      payments.dates.append(dates[i])
      payments.amounts.append(block.amount(i))
      payments.left.append(block.amount(i))
      if !sources.isEmpty { payments.borne.append(sources.map { block.borne?.column($0)?[i] ?? 0 }) }
    }
  }

  // MARK: What may be taken back

  private static func key(_ frame: Int32, _ member: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: frame)) << 32 | UInt64(UInt32(bitPattern: member))
  }

  /// Payments that belong together, in the order of the first of each.
  private func entries(_ k: Int) -> Entries {
    let recovery = recoveries[k], terms = run.recoveryTerms[k]
    let list = Int32(truncatingIfNeeded: terms.memberList ?? -1)
    var places: [UInt64: Int32] = [:]
    if terms.memberList != nil {
      let all = run.sets[terms.pairs.set].all
      places.reserveCapacity(all.rows.count)
      for i in all.rows.indices {
        places[RecoveryJob.key(all.frames[i], all.rows[i])] = Int32(truncatingIfNeeded: i)
      }
    }
    var firstOf: [Int32: Int32] = [:]
    var found: [UInt64: [Int]] = [:]
    var out = Entries()
    for p in payments.left.indices where payments.lists[p] == list {
      let frame = payments.frames[p], member = payments.members[p]
      // Who is paid for and no member of the recovery's set is not asked.
      guard let place = terms.memberList == nil ? frame : places[RecoveryJob.key(frame, member)] else { continue }
      var group = frame
      if recovery.isOncePerRecord {
        let record = run.base[Int(frame)]
        group = firstOf[record] ?? frame
        firstOf[record] = group
      }
      let key = RecoveryJob.key(group, member)
      let mine = found[key, default: []].first {
        out.beneficiaries[$0] == payments.beneficiaries[p] && out.spaces[$0] == payments.spaces[p]
      }
      if let mine {
        out.payments[mine].append(Int32(truncatingIfNeeded: p))
        continue
      }
      found[key, default: []].append(out.count)
      out.positions.append(place)
      out.frames.append(group)
      out.members.append(member)
      out.beneficiaries.append(payments.beneficiaries[p])
      out.spaces.append(payments.spaces[p])
      out.payments.append([Int32(truncatingIfNeeded: p)])
    }
    return out
  }

  // MARK: Taking

  /// Who is undetermined, and by how much.
  private struct Open {
    var entries: [Int] = []
    var stake: Int64 = 0
  }

  /// What becomes of an entry: how much is taken back on which day, or may be.
  private struct Decided {
    let entry: Int
    let date: Int32
    let paid: Int64
    let isKnown: Bool
  }

  /// What is taken back of an entry, and from which sources of money (in the order of `sources`).
  private struct Taken {
    let entry: Int
    let date: Int32
    let amount: Int64
    let parts: [Int64]
  }

  mutating func take(_ k: Int, _ ledger: inout Ledger) {
    let terms = run.recoveryTerms[k]
    let entries = entries(k)
    guard entries.count > 0 else { return }
    let answers = run.answers(terms, at: entries.positions)
    let decided = (0..<entries.count).compactMap { decide($0, entries, answers, terms) }
    let amounts = amounts(of: decided, entries, terms)
    var open = Open()
    var taken: [Taken] = []
    for (d, wanted) in zip(decided, amounts) {
      if wanted.isNone || wanted == 0 { continue }
      let amount = wanted.isUnknown ? d.paid : min(max(wanted, 0), d.paid)
      if !d.isKnown || wanted.isUnknown {
        if amount == 0 { continue }
        open.entries.append(d.entry)
        open.stake = MeasureRun.sum(open.stake, amount)
        continue
      }
      if amount != wanted { cut += 1 }
      if amount == 0 { continue }
      let parts = spend(amount, of: entries.payments[d.entry], upTo: d.date)
      taken.append(Taken(entry: d.entry, date: d.date, amount: amount, parts: parts))
    }
    enter(taken, entries, k, &ledger)
    if !open.entries.isEmpty { enter(open, entries, terms, k, &ledger) }
  }

  /// Nil where nothing is to be taken back.
  private func decide(_ e: Int, _ entries: Entries, _ answers: RecoveryAnswers, _ terms: RecoveryTerms) -> Decided? {
    let t = answers.truth[e], date = answers.on[e]
    if t == 0 || date.isNone { return nil }
    var isKnown = t == 0b11 && !date.isUnknown
    if let who = terms.who {
      let payer = answers.who[e]
      if payer.isNone { return nil }
      if payer.isUnknown {
        isKnown = false
      } else if !isSame(payer, who.space, entries.beneficiaries[e], spaces[Int(entries.spaces[e])]) {
        return nil
      }
    }
    var paid: Int64 = 0, given: Int64 = 0
    for p in entries.payments[e] where date.isUnknown || payments.dates[Int(p)] <= date {
      paid = MeasureRun.sum(paid, payments.left[Int(p)])
      given = MeasureRun.sum(given, payments.amounts[Int(p)])
    }
    // Of what recoveries before it have left nothing of, too, something may be wanted back: it is cut, and told.
    return given > 0 ? Decided(entry: e, date: date, paid: paid, isKnown: isKnown) : nil
  }

  private func isSame(_ a: Int32, _ space: Space, _ b: Int32, _ other: Space) -> Bool {
    space == other ? a == b : dataset.id(a, in: space) == dataset.id(b, in: other)
  }

  /// How much the rule wants back: of several beneficiaries in one place one after the other.
  private func amounts(of decided: [Decided], _ entries: Entries, _ terms: RecoveryTerms) -> [Int64] {
    guard let node = terms.amount else { return decided.map(\.paid) }
    var rounds: [[Int]] = []
    var seen: [Int32: Int] = [:]
    for (i, d) in decided.enumerated() {
      let round = seen[entries.positions[d.entry], default: 0]
      seen[entries.positions[d.entry]] = round + 1
      if round == rounds.count { rounds.append([]) }
      rounds[round].append(i)
    }
    var out = [Int64](repeating: 0, count: decided.count)
    for round in rounds {
      let found = run.amounts(
        node, terms, at: round.map { entries.positions[decided[$0].entry] }, paid: round.map { decided[$0].paid })
      for (k, i) in round.enumerated() { out[i] = found[k] }
    }
    return out
  }

  /// Takes it off what the next recovery finds: from the earliest payment on.
  /// - Returns: what of it each source has borne, to which it goes back.
  private mutating func spend(_ amount: Int64, of all: [Int32], upTo date: Int32) -> [Int64] {
    var open = amount
    var parts = [Int64](repeating: 0, count: sources.count)
    for p in all.map(Int.init).sorted(by: { (payments.dates[$0], $0) < (payments.dates[$1], $1) })
    where payments.dates[p] <= date && open > 0 {
      let part = min(open, payments.left[p])
      payments.left[p] -= part
      open -= part
      if sources.isEmpty { continue }
      for (k, fen) in BorneParts.taken(part, from: payments.borne[p]).enumerated() {
        payments.borne[p][k] -= fen
        parts[k] += fen
      }
    }
    Invariant.holds(open == 0, "recovered-of-paid: what is taken back was paid before")
    return parts
  }

  // MARK: Into the ledger

  private func enter(_ taken: [Taken], _ entries: Entries, _ k: Int, _ ledger: inout Ledger) {
    let terms = run.recoveryTerms[k]
    for (s, space) in spaces.enumerated() {
      let mine = taken.filter { Int(entries.spaces[$0.entry]) == s }
      guard !mine.isEmpty else { continue }
      let frames = mine.map { entries.frames[$0.entry] }
      let block = PaymentBlock(
        measure: measure, clause: paysCount + k, beneficiarySpace: space, subjectSpace: subjectSpace(terms),
        beneficiaries: mine.map { entries.beneficiaries[$0.entry] }, subjects: mine.map { subject($0.entry, entries) },
        years: marks(k, frames),
        dates: mine.map(\.date), amounts: mine.map { -$0.amount }, isUpperBound: false, low: nil, frames: frames)
      block.standings = Array(repeating: Standing.recovered.rawValue, count: mine.count)
      if !sources.isEmpty {
        block.borne = BorneParts(keys: sources, fen: sources.indices.map { k in mine.map { -$0.parts[k] } })
      }
      ledger.blocks.append(block)
    }
  }

  private func subjectSpace(_ terms: RecoveryTerms) -> Space { terms.memberList.map { .list($0) } ?? run.baseSpace }

  private func subject(_ e: Int, _ entries: Entries) -> Int32 {
    entries.members[e] >= 0 ? entries.members[e] : run.base[Int(entries.frames[e])]
  }

  /// Whether a recovery's subjects are frames, with the years or periods that the payments for them have.
  private func isOfFrames(_ k: Int) -> Bool { run.recoveryTerms[k].memberList == nil && !recoveries[k].isOncePerRecord }

  /// The years or periods of a recovery's subjects; empty where they have none.
  private func marks(_ k: Int, _ frames: [Int32]) -> [Int32] {
    guard isOfFrames(k) else { return [] }
    if run.framesHaveYear, !run.iteration.isEmpty {
      return frames.map { Int32(truncatingIfNeeded: run.iteration[Int($0)]) }
    }
    return Engine.periods(frames, run)
  }

  private func enter(_ open: Open, _ entries: Entries, _ terms: RecoveryTerms, _ k: Int, _ ledger: inout Ledger) {
    let rows = open.entries.map { entries.positions[$0] }
    var facts: Set<String> = []
    for node in [terms.when, terms.on, terms.who?.node, terms.amount].compactMap({ $0 }) {
      facts.formUnion(run.blame(node, rows: rows))
    }
    var names: [String] = []
    var seen: Set<String> = []
    for e in open.entries {
      let name =
        isOfFrames(k)
        ? run.frameName(Int(entries.frames[e])) : dataset.id(subject(e, entries), in: subjectSpace(terms))
      if seen.insert(name).inserted { names.append(name) }
    }
    ledger.undetermined.append(
      Undetermined(
        measure: measure, subjects: Array(names.prefix(1000)), count: names.count, facts: facts.sorted(),
        atStake: open.stake))
  }

  static func cut(_ measure: CheckedMeasure, _ count: Int) -> Diagnostic {
    let are = count == 1 ? "1 recovery is" : "\(count) recoveries are"
    return Diagnostic(
      .note, code: "recovery-cut",
      Text(
        "\(measure.id): \(are) cut, above what was paid or below nought.",
        zh: "\(measure.words.zh)：\(count) 笔追回超过已付金额或低于零，按已付金额或零计。"),
      hint: Text("Write how much is meant, such as `smaller of (paid, …)`.", zh: "请写明应追回多少，例如 `smaller of (paid, …)`。"),
      at: measure.recoveries.first?.location)
  }
}
