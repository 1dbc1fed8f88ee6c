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
      for (l, limit) in document.limits.enumerated() where limit.capsSources {
        for (k, cap) in limit.caps.enumerated() {
          if let source = cap.source { job.apply(source, limit, k, l, &ledger) }
        }
      }
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
  mutating func apply(_ source: CapSource, _ limit: CheckedLimit, _ k: Int, _ l: Int, _ ledger: inout Ledger) {
    let isAsked = parts.map { limit.measures.contains($0.run.measure.name) }
    guard let column = keys.firstIndex(of: source.fund.rawValue),
      let run = zip(parts, isAsked).first(where: { $0.1 })?.0.run
    else { return }
    var own = CapJob(zip(parts, isAsked).filter { $0.1 }.map(\.0))
    let rows = (0..<job.payments.count).filter { isAsked[job.payments.part($0)] }
    let claimed = rows.map { borne[column][$0] }
    (own.payments.amounts, own.payments.paid) = (claimed, claimed)
    let lowering = run.lowering.beside(settings)
    guard let groups = capGroups(of: limit, k, l, own, document, lowering, &ledger) else { return }
    if run.keepsStages { own.owner = .limit(document: document.id, name: limit.name) }
    own.reckon([groups], ranks: [], end: CapEnd(choice: settings.choice(of: Reading.capEnd, in: document)))
    ledger.capStages += own.stages
    let next = source.next.flatMap { fund in keys.firstIndex(of: fund.rawValue) }
    var carried: Int64 = 0
    for (j, i) in rows.enumerated() where own.payments.paid[j] != claimed[j] {
      let excess = claimed[j] - own.payments.paid[j]
      borne[column][i] -= excess
      if let next {
        borne[next][i] += excess
        carried = MeasureRun.sum(carried, excess)
      } else {
        unpaid[column][i] += excess
        cutBy[i] = Candidates.limit(l)
      }
    }
    guard own.isCut else { return }
    if !reached.contains(where: { $0.name == limit.name }) { reached.append(limit) }
    if let fund = source.next {
      ledger.diagnostics.append(told(limit, source.fund, fund, carried, limit.caps[k].location))
    }
  }

  /// That another source bears what exceeds a cap.
  private func told(
    _ limit: CheckedLimit, _ fund: Fund, _ next: Fund, _ fen: Int64, _ location: SourceRange
  ) -> Diagnostic {
    let amount = Money(fen: fen).grouped, currency = document.currency
    return Diagnostic(
      .note, code: "source-carried",
      Text(
        "\(document.id).\(limit.name): beyond the cap of the \(fund.words.en), \(amount) \(currency.word) are borne "
          + "by: \(next.words.en).",
        zh: "\(limit.title.zh)：\(fund.words.zh)额度已满，超出的 \(amount) \(currency.chinese)由\(next.words.zh)承担。"),
      hint: Text("`run by fund` shows what each source bears.", zh: "各来源承担的金额见 `测算 按 资金来源`。"), at: location)
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
    for p in parts.indices where parts[p].candidates.missing.isEmpty { columns[p] = byShares(p, before[p]) }
    // What is partly paid stands twice, in the order of the payments.
    for i in whole.indices {
      let (p, row) = (job.payments.part(i), job.payments.row(i))
      let paid = job.payments.paid[i]
      for k in keys.indices {
        columns[p][k][row] = paid == 0 ? unpaid[k][i] : borne[k][i]
        if paid != 0, paid != whole[i] { columns[p][k].append(unpaid[k][i]) }
      }
    }
    for p in parts.indices where parts[p].candidates.missing.isEmpty && parts[p].candidates.count > 0 {
      parts[p].candidates.borne = BorneParts(keys: keys, fen: columns[p])
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
