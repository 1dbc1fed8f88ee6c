// Same kind: take the higher (semantics, 就高不重复). When measures of several documents pay one beneficiary for one
// subject in one kind, only the document that pays more stands.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

enum TakeTheHigher {
  private struct Key: Hashable {
    let beneficiary: Int64
    let subject: Int64
    let year: Int32
  }

  private struct Entry {
    let block: Int
    let row: Int
    let document: Int
    let date: Int32
    let amount: Int64
  }

  static func apply(to ledger: inout Ledger, documents: [CheckedDocument]) {
    guard documents.count > 1 else { return }
    let documentOf = Dictionary(documents.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { a, _ in a })
    var kinds: [String: Set<Int>] = [:]
    for (i, block) in ledger.blocks.enumerated() {
      let m = ledger.measures[block.measure]
      guard !m.kind.isEmpty, documentOf[m.document] != nil else { continue }
      kinds[m.kind, default: []].insert(i)
    }
    let ranks = ranks(ledger, documents)
    let byPayment = ledger.settings.readings["higher_by"] == "payment"
    for kind in kinds.keys.sorted() {
      let blocks = (kinds[kind] ?? []).sorted()
      let present = Set(blocks.map { documentOf[ledger.measures[ledger.blocks[$0].measure].document] ?? 0 })
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
              "Unpriced payments of kind \(kind) could not be compared between documents; they displace nothing and are not displaced.",
              zh: "类别 \(kind) 中未定价的支付无法在文件之间比较，既不取代也不被取代。"),
            hint: Text("Supply the missing values with `set`.", zh: "请用 `set` 给出缺少的数值。")))
      }
      if present.count > 1 { compete(blocks, &ledger, documentOf, ranks, byPayment: byPayment) }
    }
  }

  /// The order in which documents stand on a tie: the higher level first, then the earlier issued.
  private static func ranks(_ ledger: Ledger, _ documents: [CheckedDocument]) -> [Int] {
    let places = ledger.dataset.places
    func level(_ d: CheckedDocument) -> Int {
      places.codes.indices.contains(Int(d.jurisdiction)) ? places.codes[Int(d.jurisdiction)].significant.utf8.count : Int.max
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
    _ blocks: [Int], _ ledger: inout Ledger, _ documentOf: [String: Int], _ ranks: [Int], byPayment: Bool
  ) {
    var ids = Identities(ledger)
    let beneficiarySpaces = Set(blocks.map { ledger.blocks[$0].beneficiarySpace })
    let subjectSpaces = Set(blocks.map { ledger.blocks[$0].subjectSpace })
    var groups: [Key: [Entry]] = [:]
    for b in blocks {
      let block = ledger.blocks[b]
      let document = documentOf[ledger.measures[block.measure].document] ?? 0
      for i in 0..<block.count where block.standing(i) == .paid {
        let key = Key(
          beneficiary: ids.identity(block.beneficiaries[i], block.beneficiarySpace, one: beneficiarySpaces.count == 1),
          subject: ids.identity(block.subjects[i], block.subjectSpace, one: subjectSpaces.count == 1),
          year: block.years.isEmpty ? Int32.min : block.years[i])
        groups[key, default: []].append(
          Entry(block: b, row: i, document: document, date: block.dates[i], amount: block.amount(i)))
      }
    }
    for entries in groups.values {
      guard let first = entries.first, entries.contains(where: { $0.document != first.document }) else { continue }
      if byPayment {
        competeByPayment(entries, &ledger, ranks)
      } else {
        var totals: [Int: Int64] = [:]
        for e in entries { totals[e.document, default: 0] = totals[e.document, default: 0].addingReportingOverflow(e.amount).partialValue }
        guard
          let winner = totals.keys.max(by: { a, b in
            let x = totals[a] ?? 0, y = totals[b] ?? 0
            return x != y ? x < y : ranks[a] > ranks[b]
          })
        else { continue }
        let by = entries.first { $0.document == winner }.map { Int32(truncatingIfNeeded: ledger.blocks[$0.block].measure) } ?? -1
        for e in entries where e.document != winner { ledger.blocks[e.block].set(.displaced, at: e.row, by: by) }
      }
    }
  }

  /// Reading `higher_by = payment`: the kth payments of all the documents, in date order, compete.
  private static func competeByPayment(_ entries: [Entry], _ ledger: inout Ledger, _ ranks: [Int]) {
    var byDocument: [Int: [Entry]] = [:]
    for e in entries { byDocument[e.document, default: []].append(e) }
    for d in byDocument.keys {
      byDocument[d]?.sort { a, b in
        if a.date != b.date { return a.date < b.date }
        let x = ledger.blocks[a.block], y = ledger.blocks[b.block]
        let m = ledger.measures[x.measure].id, n = ledger.measures[y.measure].id
        if m != n { return m.utf8.lexicographicallyPrecedes(n.utf8) }
        return a.amount > b.amount
      }
    }
    let most = byDocument.values.map(\.count).max() ?? 0
    for k in 0..<most {
      let round = byDocument.values.compactMap { $0.indices.contains(k) ? $0[k] : nil }
      guard round.count > 1,
        let best = round.max(by: { $0.amount != $1.amount ? $0.amount < $1.amount : ranks[$0.document] > ranks[$1.document] })
      else { continue }
      let by = Int32(truncatingIfNeeded: ledger.blocks[best.block].measure)
      for e in round where e.document != best.document { ledger.blocks[e.block].set(.displaced, at: e.row, by: by) }
    }
  }

  /// Ids that are comparable across lists: equal ids are the same beneficiary, whichever list they stand in.
  private struct Identities {
    private let ledger: Ledger
    private var known: [String: Int64] = [:]

    init(_ ledger: Ledger) { self.ledger = ledger }

    /// Within one space rows tell ids apart as they are.
    mutating func identity(_ id: Int32, _ space: Space, one: Bool) -> Int64 {
      if one { return Int64(id) }
      let name = ledger.name(id, in: space)
      if let n = known[name] { return n }
      let n = Int64(known.count)
      known[name] = n
      return n
    }
  }
}
