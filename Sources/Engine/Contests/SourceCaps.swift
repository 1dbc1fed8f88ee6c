// Caps of sources of money: what a source bears of each payment, at most so much for each of some keys. What exceeds
// another source bears, or it is not paid. They come after all other caps, since they look at what is paid.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Engine {
  /// Caps of sources of money, document by document.
  static func sourceCaps(
    _ documents: [CheckedDocument], _ measures: [CheckedMeasure], _ runs: [Int: MeasureRun],
    _ candidates: inout [Int: [Candidates]], _ settings: RunSettings, _ open: [Int: OpenSubjects],
    _ ledger: inout Ledger
  ) {
    for document in documents where document.limits.contains(where: \.capsSources) {
      let names = Set(document.limits.filter(\.capsSources).flatMap(\.measures))
      let places = measures.indices.filter {
        measures[$0].document == document.id && names.contains(measures[$0].name) && runs[$0] != nil
      }
      var job = SourceJob(document, settings)
      var counts: [Int] = []
      for place in places {
        let own = candidates[place] ?? []
        if let run = runs[place] { job.add(own.map { CapPart(run: run, place: place, candidates: $0.oneByOne()) }) }
        counts.append(own.count)
      }
      job.split()
      for one in document.sourceCaps { job.apply(one, &ledger) }
      job.write()
      var at = 0
      var left = 0
      for (place, count) in zip(places, counts) {
        candidates[place] = job.parts[at..<at + count].map(\.candidates)
        left += (runs[place]?.notReckoned(candidates[place] ?? []) ?? 0) + (open[place]?.count ?? 0)
        at += count
      }
      for limit in job.reached where left > 0 {
        let name = Text(document.id + "." + limit.name, zh: limit.title.zh)
        ledger.diagnostics.append(MeasureRun.notReckoned(name, left))
      }
    }
  }

  /// Tells what sources bear in the end beyond their shares, since others have reached their caps.
  static func tellCarried(_ documents: [CheckedDocument], _ ledger: inout Ledger) {
    for document in documents {
      var told: Set<String> = []
      for one in document.sourceCaps {
        guard let next = one.source.next, told.insert(next.rawValue).inserted else { continue }
        let fen = ledger.carried(by: next.rawValue, document)
        if fen > 0 { ledger.diagnostics.append(document.carries(next, fen)) }
      }
    }
  }
}

extension Ledger {
  /// What a source bears of what a document pays because others have reached their caps (fen).
  fileprivate func carried(by key: String, _ document: CheckedDocument) -> Int64 {
    var sum: Int64 = 0
    for block in blocks where measures[block.measure].document == document.id {
      guard let borne = block.borne, let k = borne.keys.firstIndex(of: key), !borne.passed.isEmpty else { continue }
      for i in 0..<block.count where block.standing(i) == .paid { sum = MeasureRun.sum(sum, borne.passed[k][i]) }
    }
    return sum
  }
}

extension CheckedDocument {
  /// That another source bears what exceeds caps.
  fileprivate func carries(_ next: Fund, _ fen: Int64) -> Diagnostic {
    let caps = sourceCaps.filter { $0.source.next == next }
    let amount = Money(fen: fen).grouped
    let (en, zh) = (caps.map { "the " + $0.source.fund.words.en }, caps.map(\.source.fund.words.zh))
    return Diagnostic(
      .note, code: "source-carried",
      Text(
        "\(id): beyond what \(en.joined(separator: " and ")) may bear, \(amount) \(currency.word) are borne by: "
          + "\(next.words.en).",
        zh: "\(title.zh)：\(zh.joined(separator: "、"))额度已满，超出的 \(amount) \(currency.chinese)由\(next.words.zh)承担。"),
      hint: Text("`run by fund` shows what each source bears.", zh: "各来源承担的金额见 `测算 按 资金来源`。"),
      at: caps.first.map { limits[$0.place].caps[$0.number].location })
  }
}

extension CheckedLimit {
  /// Whether it caps what a source of money bears.
  var capsSources: Bool { caps.contains { $0.source != nil } }
}

/// The payments of a document's measures, each split over what bears it.
private struct SourceJob {
  private let document: CheckedDocument
  private let settings: RunSettings
  private(set) var parts: [CapPart] = []
  private var job = CapJob([])
  /// The sources, and what each bears of each payment (fen).
  private var keys: [String] = []
  private var borne: [[Int64]] = []
  /// What of that came from sources that had reached their caps.
  private var passed: [[Int64]] = []
  /// What of each payment no source bears (fen), and the limit that has cut it.
  private var unpaid: [[Int64]] = []
  private var cutBy: [Int32] = []
  /// The limits of which something was reached.
  private(set) var reached: [CheckedLimit] = []

  init(_ document: CheckedDocument, _ settings: RunSettings) {
    self.document = document
    self.settings = settings
  }

  mutating func add(_ more: [CapPart]) { parts += more }

  // MARK: What each source bears

  /// Splits every payment by the shares in force, each payment by itself.
  mutating func split() {
    job = CapJob(parts)
    parts = job.parts
    keys = []
    for part in parts { for key in shares(part).map(\.key) where !keys.contains(key) { keys.append(key) } }
    for source in document.limits.flatMap(\.caps).compactMap(\.source) {
      for fund in [source.fund, source.next] {
        if let key = fund?.rawValue, !keys.contains(key) { keys.append(key) }
      }
    }
    let count = job.payments.count
    borne = Array(repeating: Array(repeating: 0, count: count), count: keys.count)
    unpaid = borne
    passed = borne
    cutBy = Array(repeating: -1, count: count)
    let own = parts.map { columns(shares($0)) }
    for i in 0..<count {
      let (places, shares) = own[job.payments.part(i)]
      for (k, fen) in zip(places, BorneParts.apportioned(job.payments.amounts[i], shares)) { borne[k][i] = fen }
    }
  }

  private func shares(_ part: CapPart) -> [(key: String, share: Int64)] {
    document.borneShares(of: part.run.measure, settings) ?? [(BorneParts.uncovered, CheckedFund.whole)]
  }

  /// The places of sources among the columns, with their shares.
  private func columns(_ shares: [(key: String, share: Int64)]) -> (places: [Int], shares: [Int64]) {
    (shares.compactMap { one in keys.firstIndex(of: one.key) }, shares.map(\.share))
  }

  // MARK: Caps

  /// Lets a source bear no more than a cap leaves it.
  mutating func apply(_ one: SourceCap, _ ledger: inout Ledger) {
    let (source, limit) = (one.source, document.limits[one.place])
    let isAsked = parts.map { limit.measures.contains($0.run.measure.name) }
    guard let column = keys.firstIndex(of: source.fund.rawValue),
      let run = zip(parts, isAsked).first(where: { $0.1 })?.0.run
    else { return }
    var own = CapJob(zip(parts, isAsked).filter { $0.1 }.map(\.0))
    let rows = (0..<job.payments.count).filter { isAsked[job.payments.part($0)] }
    let claimed = rows.map { borne[column][$0] }
    (own.payments.amounts, own.payments.paid) = (claimed, claimed)
    let lowering = run.lowering.beside(settings)
    guard let groups = capGroups(of: limit, one.number, one.place, own, document, lowering, &ledger) else { return }
    if run.keepsStages { own.owner = .limit(document: document.id, name: limit.name) }
    own.reckon([groups], ranks: [], end: CapEnd(choice: settings.choice(of: Reading.capEnd, in: document)))
    ledger.capStages += own.stages
    let next = source.next.flatMap { fund in keys.firstIndex(of: fund.rawValue) }
    for (j, i) in rows.enumerated() where own.payments.paid[j] != claimed[j] {
      let excess = claimed[j] - own.payments.paid[j]
      borne[column][i] -= excess
      passed[column][i] = min(passed[column][i], borne[column][i])
      if let next {
        borne[next][i] += excess
        passed[next][i] += excess
      } else {
        unpaid[column][i] += excess
        cutBy[i] = Candidates.limit(one.place)
      }
    }
    guard own.isCut else { return }
    if !reached.contains(where: { $0.name == limit.name }) { reached.append(limit) }
  }

  // MARK: Writing

  /// Cuts payments by what no source bears, and says of each what bears it.
  mutating func write() {
    let before = parts.map(\.candidates.count)
    let whole = job.payments.amounts
    for i in whole.indices where cutBy[i] != -1 {
      job.payments.paid[i] = whole[i] - unpaid.reduce(Int64(0)) { $0 + $1[i] }
      job.payments.cap[i] = cutBy[i]
    }
    job.write()
    parts = job.parts
    var columns = parts.map { part -> [[Int64]] in Array(repeating: [], count: keys.count) }
    var others = columns
    for p in parts.indices where parts[p].candidates.missing.isEmpty {
      columns[p] = byShares(p, before[p])
      others[p] = columns[p].map { Array(repeating: 0, count: $0.count) }
    }
    // What is partly paid stands twice, in the order of the payments.
    for i in whole.indices {
      let (p, row) = (job.payments.part(i), job.payments.row(i))
      let paid = job.payments.paid[i]
      for k in keys.indices {
        columns[p][k][row] = paid == 0 ? unpaid[k][i] : borne[k][i]
        if paid != 0 { others[p][k][row] = passed[k][i] }
        if paid == 0 || paid == whole[i] { continue }
        columns[p][k].append(unpaid[k][i])
        others[p][k].append(0)
      }
    }
    for p in parts.indices where parts[p].candidates.missing.isEmpty && parts[p].candidates.count > 0 {
      parts[p].candidates.borne = BorneParts(keys: keys, fen: columns[p], passed: others[p])
    }
  }

  /// What sources bear of a part's payments by the shares: it stays so of those that are not paid for another reason.
  private func byShares(_ p: Int, _ count: Int) -> [[Int64]] {
    var out = [[Int64]](repeating: Array(repeating: 0, count: count), count: keys.count)
    let (places, shares) = columns(self.shares(parts[p]))
    let c = parts[p].candidates
    for i in 0..<count where !c.isPaid(i) {
      for (k, fen) in zip(places, BorneParts.apportioned(c.amount(i), shares)) { out[k][i] = fen }
    }
    return out
  }
}
