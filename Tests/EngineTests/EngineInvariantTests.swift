// Violations planted in ledgers and graphs: each stops the run with a sentence that names what is broken. Each in a
// process of its own.
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@testable import Engine

/// A run of two documents that pay for the same hires, and of a duty; with a violation planted afterwards.
enum Planted {
  static let programme = Programme(
    HigherTests.document("city", in: 350100, "agency 300 yuan for each s"),
    HigherTests.document("district", in: 350112, "agency 500 yuan for each s")
      + """

      duty d
        title "D"
        article "2"
        for the district
        count all = hires
        expect count of all >= 1
      """)

  /// What the run finds, which holds what it must.
  static func ledger() -> Ledger? { programme.run(HigherTests.facts)?.ledger }

  /// Looks at a ledger after something has been planted in it.
  static func check(_ plant: (inout Ledger) -> Void) {
    guard var ledger = ledger() else { return }
    ledger.check()
    plant(&ledger)
    ledger.check()
  }

  /// Puts another block in the place of the first.
  static func block(
    measure: Int = 0, clause: Int = 0, beneficiaries: [Int32] = [0, 0], subjects: [Int32] = [0, 1], years: [Int32] = [],
    dates: [Int32] = [19_000, 19_001], amounts: [Int64] = [100], standings: [UInt8] = [], displacedBy: [Int32] = [],
    list: String = "hires"
  ) {
    check { ledger in
      let lists = ledger.dataset.dictionary
      guard let agencies = lists.index("agencies"), let hires = lists.index(list) else { return }
      let block = PaymentBlock(
        measure: measure, clause: clause, beneficiarySpace: .list(agencies), subjectSpace: .list(hires),
        beneficiaries: beneficiaries, subjects: subjects, years: years, dates: dates, amounts: amounts,
        isUpperBound: false, low: nil, frames: [Int32](repeating: 0, count: subjects.count))
      block.standings = standings
      block.displacedBy = displacedBy
      ledger.blocks[0] = block
    }
  }

  /// Looks at a graph of one operation over the facts of the run.
  static func graph(_ make: (Graph) -> Void) {
    guard let dataset = ledger()?.dataset else { return }
    let graph = Graph()
    make(graph)
    graph.check(dataset)
  }
}

@Suite("Broken invariants of the engine")
struct EngineInvariantTests {
  private func said(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test("What a run finds breaks none")
  func whole() throws {
    #expect(Invariant.isChecked)
    let ledger = try #require(Planted.ledger())
    ledger.check()
    #expect(ledger.blocks.count == 2)
    #expect(ledger.duties.count == 1)
    #expect(ledger.blocks[0].standing(0) == .displaced)
  }

  @Test("A block of no measure")
  func ofNoMeasure() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(measure: 7)
    }
    #expect(said(result).contains("block-of-measure: a block's payments are those of a measure of the programme"))
  }

  @Test("A block of no clause")
  func ofNoClause() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(clause: 3)
    }
    #expect(
      said(result).contains("block-of-clause: a block is one clause of its measure that pays or takes back (city.m)"))
  }

  @Test("Columns of different lengths")
  func columns() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(beneficiaries: [0])
    }
    #expect(said(result).contains("columns-of-block: a block's columns are as long as it has payments (city.m)"))
  }

  @Test("More amounts than payments")
  func amounts() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(amounts: [1, 2, 3])
    }
    #expect(said(result).contains("amounts-of-block: a block has one amount for all payments, or one each (city.m)"))
  }

  @Test("Too few standings")
  func standings() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(standings: [0])
    }
    #expect(said(result).contains("standings-of-block: a block has a standing for each payment, or for none"))
  }

  @Test("A standing that is none")
  func noStanding() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(standings: [0, 9])
    }
    #expect(said(result).contains("standing-known: what became of a payment is one of the ledger's standings"))
  }

  @Test("A subject beyond its table")
  func subject() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(subjects: [0, 2])
    }
    #expect(said(result).contains("subject-in-table: what is paid for is in the facts (city.m, payment 1)"))
  }

  @Test("A beneficiary that is absent")
  func beneficiary() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(beneficiaries: [0, Absent.none32])
    }
    #expect(said(result).contains("beneficiary-in-table: who is paid is in the facts (city.m, payment 1)"))
  }

  @Test("A payment of nothing")
  func nothing() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(amounts: [100, 0])
    }
    #expect(said(result).contains("payment-above-zero: nothing and less is no payment (city.m, payment 1)"))
  }

  @Test("Displaced by what is no measure, and paid although displaced")
  func displaced() async {
    let byNobody = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(standings: [0, 1], displacedBy: [-1, 9])
    }
    #expect(
      said(byNobody).contains("displaced-by-measure: what stands instead of a displaced payment is another measure"))
    let paid = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.block(standings: [0, 0], displacedBy: [-1, 1])
    }
    #expect(said(paid).contains("displaced-by-measure"))
  }

  @Test("Counts that are not what stands in the block")
  func counts() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.check { ledger in
        // Counted once, and changed behind the counts' back.
        _ = ledger.blocks[1].standingCounts(lastDue: ledger.settings.asOf?.number)
        ledger.blocks[1].standings = [2, 2]
      }
    }
    #expect(
      said(result).contains("counts-of-block: what has been counted of a block is what stands in it (district.m)"))
  }

  @Test("A grant of a measure that grants nothing, and a duty that is none")
  func besides() async {
    let grant = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.check { $0.grants.append(Grant(measure: 0, beneficiary: "q", subject: "a", title: .same("t"))) }
    }
    #expect(said(grant).contains("grant-of-programme"))
    let duty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.check { ledger in ledger.duties[0] = ledger.duties[0].at(0) }
    }
    #expect(said(duty).contains("duty-of-programme"))
  }

  @Test("More undetermined named than there are")
  func undetermined() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.check {
        $0.undetermined.append(Undetermined(measure: 0, subjects: ["a", "b"], count: 1, facts: []))
      }
    }
    #expect(said(result).contains("undetermined-counts"))
  }

  @Test("A graph whose widths disagree, one over different rows, and one over a list that is not there")
  func graphs() async {
    let widths = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.graph { graph in
        _ = graph.make(.not, [graph.constant32(1)], domain: .constant, register: .truth, mayBeAbsent: false)
      }
    }
    #expect(said(widths).contains("graph-registers: an operation and its inputs agree in width"))
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.graph { graph in
        let a = graph.make(.row, domain: .table(0), register: .int32, mayBeAbsent: false)
        let b = graph.make(.row, domain: .table(1), register: .int32, mayBeAbsent: false)
        _ = graph.make(.dateDifference, [a, b], domain: .table(0), register: .int64, mayBeAbsent: false)
      }
    }
    #expect(said(rows).contains("graph-domains: what is worked out together has the same rows"))
    let list = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.graph { _ = $0.make(.row, domain: .table(99), register: .int32, mayBeAbsent: false) }
    }
    #expect(said(list).contains("graph-lists: a node's list, field and locality are those of the facts"))
  }

  @Test("A node before what it needs")
  func order() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Planted.graph { graph in
        let stranger = Node(
          number: 99, op: .constantTruth(Truth.yes), inputs: [], domain: .constant, register: .truth, mayBeAbsent: false
        )
        _ = graph.make(.not, [stranger], domain: .constant, register: .truth, mayBeAbsent: false)
      }
    }
    #expect(said(result).contains("graph-order: a node stands after everything that it needs"))
  }

  @Test("An index beyond a lane")
  func lane() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let values: [Int32] = [1, 2, 3]
      values.withUnsafeBufferPointer { _ = Lane($0)[values.count] }
    }
    #expect(said(result).contains("index-in-lane: value 3 was asked for where there are 3 values"))
  }

  @Test("Facts that were read without a rule's list make an error, and neither a trap nor a figure")
  func missingList() throws {
    let scenario = try #require(Bundled.all.scenario(HigherTests.facts))
    let other = Programme(documents: GeneralityTests.programme.documents, dictionary: Bundled.dictionary)
    let ledger = Engine.run(other.documents, scenario: scenario, settings: RunSettings())
    #expect(ledger.blocks.isEmpty)
    #expect(ledger.diagnostics.contains { $0.code == "list-not-read" && $0.severity == .error })
  }
}
