import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Testing

@testable import Reports

/// Ledgers by chance, with everything that an order has to look at: payees and subjects from several lists, from texts
/// and from a list without ids, subjects with years, two documents that displace each other, quotas, ids in no order.
enum ChanceLedger {
  static let rules = """
    # By chance

    ```policy
    list clubs, each a club
      title "Clubs" zh "社团"
      field id text required
      field founded date required

    list people, each a person
      title "People" zh "人员"
      begins start
      field id text required
      field club reference to clubs required
      field friend reference to people
      field sponsor text
      field start date required
      field fee money required

    list visits, each a visit
      title "Visits" zh "来访"
      begins day
      field host reference to clubs required
      field day date required

    document NAME
      title "Sample" zh "样例"
      jurisdiction 110000
      issued 2020-01-01
      higher "only the higher"

    measure zeal
      title "Zeal" zh "热心"
      article "一"
      kind zeal
      param rate = RATE yuan
      for each person
      every record
      pay person rate on start
      pay friend fee on start
      pay sponsor at most fee on start
      pay club rate on start
      quota 40 in all
      ordered by start

    measure gathering
      title "Gathering" zh "聚集"
      article "二"
      kind gathering
      for each club, each year
      count joined = people of club
      pay club 3 yuan for each joined
      pay club 5 yuan on 1 July of year

    measure patrons
      title "Patrons" zh "赞助"
      article "三"
      kind patrons
      for each sponsor of people
      count brought = people of sponsor
      pay sponsor 7 yuan for each brought

    measure a_visits
      title "Visits" zh "来访"
      article "四"
      kind visits
      for each visit
      every record
      pay host 9.5 yuan on day
      pay visit 1 yuan on day
    ```
    """

  static let places = Gazetteer(table: "code,name\n110000,北京市\n")

  /// - Parameter isAscending: whether ids stand in the order of their texts.
  static func ledger(_ seed: UInt64, count: Int, isAscending: Bool = false, asOf: Day? = nil) throws -> Ledger {
    var dice = SeededNumbers(seed: seed)
    var dictionary = FactDictionary()
    var documents: [CheckedDocument] = []
    var problems: [Diagnostic] = []
    let source = SourceFile(name: "chance.md", text: rules)
    for (name, rate) in [("zoo", "4"), ("ark", "6.01")] {
      var text = rules.replacing("NAME", with: name).replacing("RATE", with: rate)
      // Lists are declared once.
      if name != "zoo", let begin = text.firstRange(of: "list clubs"), let end = text.firstRange(of: "document ark") {
        text.removeSubrange(begin.lowerBound..<end.lowerBound)
      }
      let (syntax, mistakes) = PolicyParser.parse(document: SourceFile(name: "\(name).md", text: text))
      let (document, wrong) = Checker.check(syntax, dictionary: &dictionary, places: places)
      problems += mistakes + wrong
      documents.append(try #require(document))
    }
    var builder = DatasetBuilder(dictionary: dictionary, places: places)
    func ids(_ letter: String, _ count: Int) -> [String] {
      let marks = ["", "-", "é", "中文", "\u{1F600}", "long common beginning "]
      var ids = (0..<count).map { i in letter + marks[dice.less(marks.count)] + "\(dice.less(1000))." + "\(i)" }
      if isAscending { ids.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
      return ids
    }
    let clubs = ids("c", 7), people = ids(isAscending ? "p" : "", count)
    func day() -> String { Day(number: Int32(18_900 + dice.less(12))).text }
    for id in clubs { builder.append("clubs", [StatedValue("id", id), StatedValue("founded", day())]) }
    for id in people {
      builder.append(
        "people",
        [
          StatedValue("id", id), StatedValue("club", clubs[dice.less(clubs.count)]),
          StatedValue("friend", people[dice.less(people.count)]),
          StatedValue("sponsor", "老\(dice.less(5))@\(dice.less(3))"),
          StatedValue("start", day()), StatedValue("fee", "\(dice.less(9)).5"),
        ])
    }
    for _ in 0..<(count / 2) {
      builder.append("visits", [StatedValue("host", clubs[dice.less(clubs.count)]), StatedValue("day", day())])
    }
    let (dataset, wrong) = builder.finish()
    #expect((problems + wrong).filter { $0.severity == .error }.map(\.message.en) == [])
    var settings = RunSettings()
    settings.mode = .adopted
    settings.asOf = asOf
    let scenario = Scenario(
      title: "t", district: 0, asOf: asOf, documents: nil, values: [], readings: [], dataset: dataset, source: source)
    return Engine.run(documents, scenario: scenario, settings: settings)
  }

  /// All payments of a ledger, put in order as texts, one like another.
  static func naive(_ ledger: Ledger) -> [(block: Int, row: Int, key: [[UInt8]])] {
    var all: [(block: Int, row: Int, key: [[UInt8]])] = []
    for (number, block) in ledger.blocks.enumerated() {
      for row in 0..<block.count {
        let texts = [
          Day(number: block.dates[row]).text, ledger.measures[block.measure].id, ledger.beneficiary(block, row),
          ledger.subject(block, row),
        ]
        all.append((number, row, texts.map { Array($0.utf8) }))
      }
    }
    return all.sorted { a, b in
      for (x, y) in zip(a.key, b.key) where x != y { return x.lexicographicallyPrecedes(y) }
      return (a.block, a.row) < (b.block, b.row)
    }
  }
}

@Suite("The order of payments")
struct PaymentOrderTests {
  /// Where a list has each payment: block and row.
  static func places(_ list: PaymentList, _ order: PaymentOrder) -> [[Int]] {
    order.numbers.map { number in
      let part = list.parts[PaymentList.part(of: number, list.parts)]
      return [list.ledger.blocks.firstIndex { $0 === part.block } ?? -1, Int(number) - part.first]
    }
  }

  @Test(
    "is that of a plain sort, by any number of threads",
    arguments: [(1, 3), (2, 40), (3, 400), (4, 90), (5, 0)] as [(UInt64, Int)])
  func naive(seed: UInt64, count: Int) throws {
    for isAscending in [true, false] {
      let ledger = try ChanceLedger.ledger(seed, count: count, isAscending: isAscending)
      let spaces = Set(ledger.blocks.flatMap { [$0.beneficiarySpace, $0.subjectSpace] })
      let expected = ChanceLedger.naive(ledger)
      let list = PaymentList(ledger)
      #expect(list.count == expected.count)
      for threads in 1...3 {
        let order = try #require(list.order(threads: threads))
        #expect(Self.places(list, order) == expected.map { [$0.block, $0.row] })
      }
      guard count > 80 else { continue }
      #expect(spaces.count >= 4 && ledger.blocks.contains { !$0.years.isEmpty })
      let standings = Set(ledger.blocks.flatMap(\.standings))
      #expect(standings.count == 3, "some are displaced and some over quota")
    }
  }

  @Test("the first are the first of all")
  func first() throws {
    let ledger = try ChanceLedger.ledger(9, count: 200)
    let list = PaymentList(ledger)
    let all = try #require(list.order()).numbers
    for limit in [0, 1, 17, 60, all.count - 1, all.count, all.count + 5] {
      let order = try #require(list.order(first: limit))
      #expect(order.numbers.prefix(limit) == all.prefix(limit))
      #expect(order.days.last?.end ?? 0 == order.numbers.count)
      #expect(list.first(limit).map(\.subject) == (0..<min(limit, all.count)).map { list[$0].subject })
    }
  }

  @Test("an entry says what the ledger says")
  func entries() throws {
    let ledger = try ChanceLedger.ledger(11, count: 100, asOf: Day(number: 18_905))
    let list = PaymentList(ledger)
    for (i, payment) in ChanceLedger.naive(ledger).enumerated() {
      let (entry, block) = (list[i], ledger.blocks[payment.block])
      #expect(
        [entry.date.text, entry.measure.id, entry.beneficiary, entry.subject].map { Array($0.utf8) } == payment.key)
      #expect(entry.amount == block.amount(payment.row) && entry.isUpperBound == block.isUpperBound)
      let isDue = ledger.isDue(block.dates[payment.row])
      switch block.standing(payment.row) {
      case .paid: #expect(entry.status == (isDue ? .due : .pending))
      case .displaced:
        #expect(
          entry.status == .displaced && entry.displacedBy?.id == ledger.measures[Int(block.displacedBy[payment.row])].id
        )
      case .overQuota: #expect(entry.status == .overQuota)
      case .overCap: #expect(entry.status == .overCap)
      case .recovered: #expect(entry.status == .recovered && entry.amount < 0)
      case .belowNought: #expect(entry.status == .belowNought && entry.amount < 0)
      }
    }
    #expect(list.sum == Budget(ledger).sum)
  }

  @Test("many payments are shared between threads")
  func many() throws {
    let ledger = Sample.ledger(70_000) { "p\(($0 * 7919) % 100_003)" }
    let list = PaymentList(ledger)
    let one = try #require(list.order(threads: 1)), two = try #require(list.order(threads: 2))
    #expect(one.numbers == two.numbers && one.days.map(\.end) == two.days.map(\.end) && list.count >= 70_000)
  }

  @Test("one that is cancelled is none")
  func cancelled() throws {
    let list = PaymentList(try ChanceLedger.ledger(1, count: 20))
    #expect(list.order(isCancelled: { true }) == nil)
  }

  @Test("texts are ranked by their bytes, whatever they have in common", arguments: 0..<20 as Range<UInt64>)
  func ranks(seed: UInt64) {
    var dice = SeededNumbers(seed: seed)
    let beginnings = ["", "a", "ab\0", "the same for all ", "的"]
    let common = beginnings[dice.less(beginnings.count)]
    let texts = (0..<dice.less(300)).map { _ in
      common + beginnings[dice.less(beginnings.count)] + String(repeating: "x", count: dice.less(12))
        + "\(dice.less(40))"
    }
    let ids = IDColumn(texts)
    let sorted = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var ranks = [Int32](repeating: -1, count: texts.count)
    ranks.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress, let offsets = ids.offsets.buffer.baseAddress,
        let bytes = ids.bytes.buffer.baseAddress
      else { return }
      TextRun(offsets: offsets, bytes: bytes, count: texts.count).ranks(into: out)
    }
    #expect(ranks == texts.map { text in Int32(sorted.firstIndex { $0.utf8.elementsEqual(text.utf8) } ?? -2) })
  }

  @Test("keys are sorted and equal ones stay in their order", arguments: [0, 1, 2, 23, 24, 25, 300, 5000])
  func keys(count: Int) {
    var dice = SeededNumbers(seed: UInt64(count))
    for width in [1, 200, 1 << 40] {
      var keys = (0..<count).map { _ in UInt64(dice.less(width)) << 7 }
      var values = (0..<count).map { UInt32($0) }
      let expected = values.sorted { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
      var (spareKeys, spareValues) = (keys, values)
      keys.withUnsafeMutableBufferPointer { keys in
        values.withUnsafeMutableBufferPointer { values in
          spareKeys.withUnsafeMutableBufferPointer { spareKeys in
            spareValues.withUnsafeMutableBufferPointer { spareValues in
              guard let k = keys.baseAddress, let v = values.baseAddress, let sk = spareKeys.baseAddress,
                let sv = spareValues.baseAddress
              else { return }
              KeySort.sort(k, v, count: count, spareKeys: sk, spareValues: sv)
            }
          }
        }
      }
      #expect(values == expected && zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }
}

extension SeededNumbers {
  /// From 0 to below a bound.
  fileprivate mutating func less(_ bound: Int) -> Int { Int(below(UInt64(bound))) }
}
