// Same kind: take the higher (semantics, 就高不重复). When measures of several documents pay one beneficiary for one
// subject in one kind, only the contender that pays more stands: a document with a clause on it, or all
// without one together.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

enum TakeTheHigher {
  /// One payment among those for a subject.
  struct Contender: Sendable {
    let block: Int
    let row: Int
    let beneficiary: Int32
    let year: Int32
    /// The contender: a document's place, or that of the first of several that are one together.
    let document: Int
    let amount: Int64

    func with(amount: Int64) -> Contender {
      Contender(block: block, row: row, beneficiary: beneficiary, year: year, document: document, amount: amount)
    }
  }

  /// A payment that gives way, and the measure that stands instead.
  struct Loser {
    let block: Int32
    let row: Int32
    let by: Int32
  }

  /// What was found for one kind, and what it was found from: the same payments of the same runs give the same again.
  struct Outcome {
    let documents: [CheckedDocument]
    let contenders: [Int]
    let byPayment: Bool
    let runs: [MeasureRun]
    /// The positions of the blocks in the ledger, and the blocks.
    let positions: [Int]
    let blocks: [PaymentBlock]
    /// What stood before there was a contest.
    let before: [[UInt8]]
    /// The forms of all contests, where each was of one.
    let forms: [ContestForms.Form]?

    /// The same, found from other blocks.
    func of(_ runs: [MeasureRun], _ blocks: [PaymentBlock]) -> Outcome {
      Outcome(
        documents: documents, contenders: contenders, byPayment: byPayment, runs: runs, positions: positions,
        blocks: blocks, before: before, forms: forms)
    }
  }

  /// - Parameters:
  ///   - runs: the run that each measure's payments come from, by the measure's index.
  ///   - memory: where outcomes are kept between runs.
  static func apply(
    to ledger: inout Ledger, documents: [CheckedDocument], threads: Int, runs: [Int: MeasureRun], memory: RunMemory?
  ) {
    guard documents.count > 1 else { return }
    let contenders = contenders(documents, ledger.settings)
    let documentOf = Dictionary(
      documents.enumerated().map { ($1.id, contenders[$0]) }, uniquingKeysWith: { a, _ in a })
    var kinds: [String: Set<Int>] = [:]
    for (i, block) in ledger.blocks.enumerated() {
      let m = ledger.measures[block.measure]
      guard !m.kind.isEmpty, documentOf[m.document] != nil else { continue }
      kinds[m.kind, default: []].insert(i)
    }
    let ranks = ranks(ledger, documents)
    func kindWords(_ kind: String, _ ledger: Ledger) -> String {
      ledger.measures.first { $0.kind == kind && $0.kindWords.zh != kind }?.kindWords.zh ?? kind
    }
    let byPayment = ledger.settings.readings["higher_by"] == "payment"
    for kind in kinds.keys.sorted() {
      let blocks = kinds[kind, default: []].sorted()
      let present = Set(blocks.map { document(of: ledger.blocks[$0], ledger, documentOf) })
      let unpriced = Set(
        ledger.unpriced.compactMap { u -> Int? in
          let m = ledger.measures[u.measure]
          return m.kind == kind ? documentOf[m.document] : nil
        })
      if !unpriced.isEmpty, present.union(unpriced).count > 1 {
        ledger.diagnostics.append(
          Diagnostic(
            .note, code: "not-compared",
            Text(
              "Unpriced payments of kind \(kind) could not be compared between documents; "
                + "they displace nothing and are not displaced.",
              zh: "“\(kindWords(kind, ledger))”类标准未明确的支付无法在文件之间比较，既不取代也不被取代。"),
            hint: Text("Supply the missing values with `set`.", zh: "请用 `设定` 给出缺少的数值。")))
      }
      guard present.count > 1 else { continue }
      let from = blocks.compactMap { runs[ledger.blocks[$0].measure] }
      let before = blocks.map { ledger.blocks[$0].standings }
      let judge = judge(ledger, ranks, byPayment: byPayment)
      if let known = memory?.outcomes[kind], known.byPayment == byPayment, known.contenders == contenders,
        known.positions == blocks,
        known.before == before,
        known.documents.elementsEqual(documents, by: ===), isSame(known, from, blocks.map { ledger.blocks[$0] }, judge)
      {
        // Which measures stand instead is told by their positions in the programme, which is the same.
        for (k, b) in blocks.enumerated() { ledger.blocks[b].stand(as: known.blocks[k]) }
        memory?.outcomes[kind] = known.of(from, blocks.map { ledger.blocks[$0] })
        continue
      }
      let forms = compete(blocks, &ledger, documentOf, judge, byPayment: byPayment, threads)
      memory?.outcomes[kind] = Outcome(
        documents: documents, contenders: contenders, byPayment: byPayment, runs: from, positions: blocks,
        blocks: blocks.map { ledger.blocks[$0] },
        before: before, forms: forms)
    }
  }

  /// Whether what was found before holds for these blocks: they are of the same runs, or pay the same for the same but
  /// for amounts, and no contest ends otherwise for that.
  private static func isSame(
    _ known: Outcome, _ runs: [MeasureRun], _ blocks: [PaymentBlock], _ judge: @escaping ContestForms.Judge
  ) -> Bool {
    guard zip(known.blocks, blocks).allSatisfy({ $0.measure == $1.measure && $0.clause == $1.clause }) else {
      return false
    }
    if known.runs.elementsEqual(runs, by: ===) { return true }
    guard let forms = known.forms, zip(known.blocks, blocks).allSatisfy({ $0.paysTheSame(as: $1) }) else {
      return false
    }
    let amounts = Dictionary(zip(known.positions, blocks.map { $0.amounts[0] }), uniquingKeysWith: { a, _ in a })
    return ContestForms.hold(
      forms,
      { Invariant.value(amounts[$0], "contest-of-blocks: what was contested is of the blocks that compete") }, judge)
  }

  private static func document(of block: PaymentBlock, _ ledger: Ledger, _ documentOf: [String: Int]) -> Int {
    Invariant.value(
      documentOf[ledger.measures[block.measure].document],
      "document-of-block: a payment that competes is of a document of the programme")
  }

  private static func judge(_ ledger: Ledger, _ ranks: [Int], byPayment: Bool) -> ContestForms.Judge {
    let blocks = ledger.blocks, measures = ledger.measures
    // The rank of the document that each block pays by.
    let placeOf = Dictionary(
      ledger.documents.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { a, _ in a })
    let blockRanks = blocks.map { b in placeOf[measures[b.measure].document].map { ranks[$0] } ?? Int.max }
    return { contenders, losers in
      if byPayment {
        byPayments(contenders, blocks, measures, blockRanks, &losers)
      } else {
        byTotals(contenders, blocks, blockRanks, &losers)
      }
    }
  }

  /// Of each document the contender that it belongs to (reading `higher_between`).
  private static func contenders(_ documents: [CheckedDocument], _ settings: RunSettings) -> [Int] {
    if settings.readings["higher_between"] == "all" { return Array(documents.indices) }
    let joint = documents.firstIndex { !$0.hasHigherClause }
    return documents.indices.map { documents[$0].hasHigherClause ? $0 : joint ?? $0 }
  }

  /// Of each contender the best rank of its documents that pay here.
  private static func best(_ contenders: ArraySlice<Contender>, _ ranks: [Int]) -> [Int: Int] {
    contenders.reduce(into: [:]) { $0[$1.document] = min($0[$1.document] ?? .max, ranks[$1.block]) }
  }

  /// The order in which documents stand on a tie: the higher level first, then the earlier issued.
  private static func ranks(_ ledger: Ledger, _ documents: [CheckedDocument]) -> [Int] {
    let places = ledger.dataset.places
    func level(_ d: CheckedDocument) -> Int {
      places.codes.indices.contains(Int(d.jurisdiction))
        ? places.codes[Int(d.jurisdiction)].significant.utf8.count : Int.max
    }
    let order = documents.indices.sorted { a, b in
      let x = level(documents[a]), y = level(documents[b])
      if x != y { return x < y }
      let i = documents[a].issued?.number ?? Int32.max, j = documents[b].issued?.number ?? Int32.max
      return i != j ? i < j : a < b
    }
    var rank = [Int](repeating: 0, count: documents.count)
    for (r, d) in order.enumerated() { rank[d] = r }
    return rank
  }

  private static func compete(
    _ blocks: [Int], _ ledger: inout Ledger, _ documentOf: [String: Int], _ judge: @escaping ContestForms.Judge,
    byPayment: Bool,
    _ threads: Int
  ) -> [ContestForms.Form]? {
    var ids = Identities(ledger)
    let beneficiarySpaces = Set(blocks.map { ledger.blocks[$0].beneficiarySpace })
    let subjectSpaces = Set(blocks.map { ledger.blocks[$0].subjectSpace })
    let streams = blocks.map { b in
      let block = ledger.blocks[b]
      return SubjectStream(
        number: b, block, document: document(of: block, ledger, documentOf),
        subjects: ids.identities(block.subjects, block.subjectSpace, one: subjectSpaces.count == 1),
        beneficiaries: ids.identities(block.beneficiaries, block.beneficiarySpace, one: beneficiarySpaces.count == 1))
    }
    let (losers, forms) = SubjectStream.contests(streams, threads: threads, byPayment: byPayment, judge)
    for b in blocks { ledger.blocks[b].displace(losers, of: Int32(truncatingIfNeeded: b)) }
    return forms.found
  }

  /// The document that pays more in total stands.
  private static func byTotals(
    _ contenders: ArraySlice<Contender>, _ blocks: [PaymentBlock], _ ranks: [Int], _ losers: inout [Loser]
  ) {
    guard let first = contenders.first else { return }
    func total(_ document: Int) -> Int64 {
      contenders.reduce(0) { $1.document == document ? $0.addingReportingOverflow($1.amount).partialValue : $0 }
    }
    let best = best(contenders, ranks)
    var winner = first.document, most = total(winner), by = first.block
    for e in contenders where e.document != winner {
      let sum = total(e.document)
      if sum > most || (sum == most && best[e.document] ?? .max < best[winner] ?? .max) {
        (winner, most, by) = (e.document, sum, e.block)
      }
    }
    let measure = Int32(truncatingIfNeeded: blocks[by].measure)
    for e in contenders where e.document != winner {
      losers.append(
        Loser(block: Int32(truncatingIfNeeded: e.block), row: Int32(truncatingIfNeeded: e.row), by: measure))
    }
  }

  /// Reading `higher_by = payment`: the kth payments of all the documents, in date order, compete.
  private static func byPayments(
    _ contenders: ArraySlice<Contender>, _ blocks: [PaymentBlock], _ measures: [CheckedMeasure], _ ranks: [Int],
    _ losers: inout [Loser]
  ) {
    let standing = best(contenders, ranks)
    var byDocument: [Int: [Contender]] = [:]
    for e in contenders { byDocument[e.document, default: []].append(e) }
    for d in byDocument.keys {
      byDocument[d]?.sort { a, b in
        let x = blocks[a.block], y = blocks[b.block]
        let p = x.dates[a.row], q = y.dates[b.row]
        if p != q { return p < q }
        if ranks[a.block] != ranks[b.block] { return ranks[a.block] < ranks[b.block] }
        let m = measures[x.measure].id, n = measures[y.measure].id
        if m != n { return m.utf8.lexicographicallyPrecedes(n.utf8) }
        return a.amount > b.amount
      }
    }
    // There are as many rounds as the document with most payments has.
    let most = byDocument.values.reduce(0) { max($0, $1.count) }
    for k in 0..<most {
      let round = byDocument.values.compactMap { $0.indices.contains(k) ? $0[k] : nil }
      guard round.count > 1,
        let best = round.max(by: {
          $0.amount != $1.amount
            ? $0.amount < $1.amount : standing[$0.document] ?? .max > standing[$1.document] ?? .max
        })
      else { continue }
      let by = Int32(truncatingIfNeeded: blocks[best.block].measure)
      for e in round where e.document != best.document {
        losers.append(Loser(block: Int32(truncatingIfNeeded: e.block), row: Int32(truncatingIfNeeded: e.row), by: by))
      }
    }
  }

  /// Ids that are comparable across lists: equal ids are the same beneficiary, whichever list they stand in.
  private struct Identities {
    private let ledger: Ledger
    private var known: [String: Int32] = [:]

    init(_ ledger: Ledger) { self.ledger = ledger }

    /// Within one space rows tell ids apart as they are.
    mutating func identities(_ ids: [Int32], _ space: Space, one: Bool) -> [Int32] {
      if one { return ids }
      var numbers: [Int32: Int32] = [:]
      return ids.map { id in
        if let known = numbers[id] { return known }
        let name = ledger.name(id, in: space)
        let number = known[name] ?? Int32(clamping: known.count)
        known[name] = number
        numbers[id] = number
        return number
      }
    }
  }
}
