// A dataset that is not of one piece, planted here, stops the run with the name of what is broken.
import Diagnostics
import Reckoning
import Testing

@testable import Facts

@Suite("A dataset's invariants")
struct DatasetCheckTests {
  /// Two lists, of which the second may name records of the first.
  static let dictionary = FactDictionary(lists: [
    ListDeclaration(
      name: "firms", singular: "firm", title: .same("firms"), fields: [], hasID: true, person: nil, begins: nil,
      ends: nil),
    ListDeclaration(
      name: "posts", singular: "post", title: .same("posts"),
      fields: [
        Field(name: "firm", type: .reference("firms"), absence: .none, labels: [], meaning: .same("")),
        Field(name: "rank", type: .choice(["low", "high"]), absence: .unknown, labels: [], meaning: .same("")),
        Field(name: "days", type: .set(.int), absence: .empty, labels: [], meaning: .same("")),
        Field(name: "paid", type: .bool, absence: .unknown, labels: [], meaning: .same("")),
      ], hasID: false, person: nil, begins: nil, ends: nil),
  ])

  static func dataset(
    firms: [String] = ["a", "b"], firm: [Int32] = [0, 1, .min], rank: [Int32] = [1, 0, .min],
    offsets: [Int32] = [0, 0, 2, 2], days: [Int32] = [3, 5], paid: [UInt8] = [0, 1, 2]
  ) -> Dataset {
    let posts: [String: Column] = [
      "firm": Column(.int32(Storage(firm, padding: 0)), hasAbsent: true),
      "rank": Column(.int32(Storage(rank, padding: 0)), hasAbsent: true),
      "days": Column(
        .sets(offsets: Storage(offsets, padding: 0), values: Storage(days, padding: 0)), hasAbsent: false),
      "paid": Column(.bools(Storage(paid, padding: 0)), hasAbsent: true),
    ]
    let tables = [
      FactTable(declaration: dictionary.lists[0], count: firms.count, ids: IDColumn(firms), columns: [:]),
      FactTable(declaration: dictionary.lists[1], count: 3, ids: nil, columns: posts),
    ]
    return Dataset(
      dictionary: dictionary, tables: tables, texts: TextPool(), places: Gazetteer(table: "", added: []))
  }

  private static func said(_ result: ExitTest.Result) -> String {
    String(decoding: result.standardErrorContent, as: UTF8.self)
  }

  @Test("what is of one piece passes")
  func sound() {
    let dataset = DatasetCheckTests.dataset()
    dataset.checkSound()
    #expect(dataset.tables.count == 2)
  }

  @Test("a column shorter than its table")
  func short() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DatasetCheckTests.dataset(rank: [1, 0])
    }
    #expect(DatasetCheckTests.said(result).contains("broken invariant columns-fit-table: posts.rank"))
  }

  @Test("a reference beyond its list")
  func beyond() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DatasetCheckTests.dataset(firm: [0, 2, .min])
    }
    #expect(DatasetCheckTests.said(result).contains("broken invariant values-within-their-kind: 2 in posts.firm"))
  }

  @Test("a choice that is none")
  func choice() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DatasetCheckTests.dataset(rank: [1, -5, 0])
    }
    #expect(DatasetCheckTests.said(result).contains("broken invariant values-within-their-kind: -5 in posts.rank"))
  }

  @Test("a boolean that is neither")
  func boolean() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DatasetCheckTests.dataset(paid: [0, 1, 3])
    }
    #expect(DatasetCheckTests.said(result).contains("broken invariant values-within-their-kind: 3 in posts.paid"))
  }

  @Test("sets whose offsets do not ascend, and sets with a member twice")
  func sets() async throws {
    let offsets = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DatasetCheckTests.dataset(offsets: [0, 2, 1, 2])
    }
    #expect(DatasetCheckTests.said(offsets).contains("broken invariant set-offsets: each set of posts.days"))
    let members = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DatasetCheckTests.dataset(days: [5, 5])
    }
    #expect(
      DatasetCheckTests.said(members).contains("broken invariant set-members: the members of each set of posts.days"))
  }

  @Test("two records of one id in a scenario that nothing is wrong with")
  func ids() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      DatasetCheckTests.dataset(firms: ["a", "a"], firm: [0, 1, 1]).checkSound()
    }
    #expect(
      DatasetCheckTests.said(result).contains("broken invariant ids-unique: `a` is the id of one record of firms"))
  }

  @Test("a column that hides an absent value")
  func hidden() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let whole = DatasetCheckTests.dataset()
      var columns = whole.tables[1].columns
      columns["rank"] = Column(.int32(Storage([1, 0, .min], padding: 0)), hasAbsent: false)
      let posts = FactTable(declaration: whole.tables[1].declaration, count: 3, ids: nil, columns: columns)
      Dataset(
        dictionary: whole.dictionary, tables: [whole.tables[0], posts], texts: whole.texts, places: whole.places
      ).checkSound()
    }
    #expect(DatasetCheckTests.said(result).contains("broken invariant absence-told: the column posts.rank"))
  }
}
