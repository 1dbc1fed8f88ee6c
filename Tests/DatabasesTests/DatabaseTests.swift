// Statements over tables in memory: every form of column, looking up, sums to the fen, and that nothing but reading is
// done.

import Testing

@testable import Databases

@Suite("Tables in memory")
struct DatabaseTests {
  private func payments(_ fen: [Int64]) -> QueryTable {
    QueryTable(
      "payments", zh: "明细",
      [
        QueryColumn("subject", zh: "对应记录", .text), QueryColumn("date", zh: "日期", .date),
        QueryColumn("amount", zh: "金额", .money), QueryColumn("amount_fen", zh: "金额分", .integer, isHidden: true),
      ],
      parts: [
        (
          count: fen.count,
          values: [
            .byRow(QueryTexts(fen.indices.map { "h\($0)" })),
            .numbers(fen.indices.map { Int32($0) }, .day), .numbers(fen, .scaled(100)), .numbers(fen, .integer),
          ]
        )
      ])
  }

  private func answer(_ text: String, _ tables: QueryTable..., limit: Int = 1000) throws -> [[QueryValue]] {
    let database = Database()
    for table in tables { database.add(table) }
    let result = try database.answer(text, limit: limit)
    return (0..<result.count).map { row in result.columns.indices.map { result[row, $0] } }
  }

  @Test("columns come as they are, hidden ones when they are named")
  func columns() throws {
    let table = payments([120_050, Int64.min, 7])
    #expect(
      try answer("select * from payments", table) == [
        [.text("h0"), .text("1970-01-01"), .real(1200.5)], [.text("h1"), .text("1970-01-02"), .none],
        [.text("h2"), .text("1970-01-03"), .real(0.07)],
      ])
    #expect(try answer("select amount_fen, rowid from payments limit 1", table) == [[.integer(120_050), .integer(1)]])
    #expect(try answer("select 金额 from 明细 where 日期 > '1970-01-02'", table) == [[.real(0.07)]])
  }

  @Test("days are those of the calendar")
  func days() throws {
    let numbers: [Int32] = [-719_528, -1, 0, 59, 11_016, 19_782, 19_783, 2_932_896, 1_000_002_022, .min, .min + 1]
    let table = QueryTable(
      "t", zh: "t", [QueryColumn("d", zh: "d", .date), QueryColumn("s", zh: "s", .text)],
      parts: [(count: numbers.count, values: [.numbers(numbers, .day), .numbers(numbers, .state)])])
    let expected: [[QueryValue]] = [
      "0000-01-01", "1969-12-31", "1970-01-01", "1970-03-01", "2000-02-29", "2024-02-29", "2024-03-01", "9999-12-31",
      "2022",
    ].map { [.text($0), .text("stated")] }
    #expect(
      try answer("select d, s from t", table) == expected + [[.none, .text("unknown")], [.none, .text("none")]])
  }

  @Test("parts follow one another, the empty ones too")
  func parts() throws {
    func part(_ texts: [String], _ number: Int64) -> QueryTable.Part {
      (count: texts.count, values: [.byRow(QueryTexts(texts)), .constant(number, .integer), .absent])
    }
    let table = QueryTable(
      "t", zh: "t", [.init("a", zh: "a", .text), .init("b", zh: "b", .integer), .init("c", zh: "c", .text)],
      parts: [part([], 0), part(["x", "y"], 1), part([], 2), part(["x"], 3), part([], 4)])
    #expect(
      try answer("select a, b, c, rowid from t", table) == [
        [.text("x"), .integer(1), .none, .integer(1)], [.text("y"), .integer(1), .none, .integer(2)],
        [.text("x"), .integer(3), .none, .integer(3)],
      ])
    #expect(try answer("select b from t where a = 'x'", table) == [[.integer(1)], [.integer(3)]])
    #expect(try answer("select a from t where b = 3", table) == [[.text("x")]])
    #expect(try answer("select a from t where b = 2.5 or b is null or a = 3", table).isEmpty)
    #expect(try answer("select count(*) from t u join t v on u.a = v.a", table) == [[.integer(5)]])
    #expect(try answer("select count(*) from t where c = 'x' or a in ('y', 'z', null)", table) == [[.integer(1)]])
  }

  @Test("rows come in the order of a column of texts, up and down, whatever its parts have for texts")
  func order() throws {
    func part(_ numbers: [Int32], _ texts: [String], _ shift: Int64) -> QueryTable.Part {
      let numbered = numbers.indices.map { Int64($0) + shift }
      return (
        count: numbers.count, values: [.numbers(numbers, .text(QueryTexts(texts))), .numbers(numbered, .integer)]
      )
    }
    let few = (0..<400).map { Int32($0 * 7919 % 23) - 1 }
    let names = (0..<22).map { "t\($0 * 13 % 22)" } + [""]
    let table = QueryTable(
      "t", zh: "t", [.init("a", zh: "a", .text), .init("n", zh: "n", .integer)],
      parts: [
        part(few, names, 0), (count: 3, values: [.absent, .constant(-1, .integer)]),
        part([2, 1, 0, -1], ["t5", "an", "z"], 1000), (count: 2, values: [.constant("t5"), .constant(7, .integer)]),
      ])
    for direction in ["", "desc"] {
      let quick = try answer("select a from t order by a \(direction)", table)
      #expect(quick == (try answer("select a from t order by +a \(direction)", table)) && quick.count == 409)
      let groups = try answer("select a, count(*), sum(n) from t group by a order by a \(direction)", table)
      #expect(
        groups == (try answer("select +a, count(*), sum(n) from t group by +a order by +a \(direction)", table)))
    }
    // Two orders of one table at once.
    #expect(
      try answer(
        "select count(*) from (select a from t order by a) u join (select a from t order by a desc) v using (a)", table)
        == answer("select sum(c * c) from (select count(a) c from t group by +a)", table))
  }

  @Test("a sum of amounts is exact to the fen, whatever the amounts")
  func sums() throws {
    var seed: UInt64 = 20_240_630
    func next(_ limit: Int64) -> Int64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(bitPattern: seed >> 11) % limit
    }
    for limit: Int64 in [10, 100_000, 1_000_000_000_000] {
      let fen = (0..<2_000).map { _ in next(limit) - limit / 3 }
      let sum = fen.reduce(0, +)
      #expect(
        try answer("select sum(amount), total(amount), sum(amount_fen), count(amount) from payments", payments(fen))
          == [[.real(Double(sum) / 100), .real(Double(sum) / 100), .integer(sum), .integer(2_000)]])
      let running = try answer(
        "select sum(amount) over (order by rowid rows 2 preceding) from payments", payments(fen), limit: 2_000)
      for (i, row) in running.enumerated() {
        #expect(row == [.real(Double(fen[max(0, i - 2)...i].reduce(0, +)) / 100)])
      }
    }
  }

  @Test("a sum that could not be exact is refused, and of nothing there is none")
  func limits() throws {
    #expect(
      try answer("select sum(amount), avg(amount), total(amount) from payments", payments([])) == [
        [.none, .none, .real(0)]
      ])
    #expect(try answer("select avg(amount) from payments", payments([100, 200, Int64.min])) == [[.real(1.5)]])
    #expect(throws: QueryFailure.refused("sum too large to be exact", offset: nil)) {
      try answer(
        "select sum(amount) from payments a, (select 1 union all select 2 union all select 3 union all select 4)",
        payments([2_000_000_000_000_000]))
    }
  }

  @Test(
    "nothing but reading is done",
    arguments: [
      "attach '/tmp/x' as y", "create table x(a)", "create temp view v as select 1", "pragma user_version = 3",
      "pragma table_info(payments)", "insert into payments values (1, 2, 3)", "delete from payments", "vacuum",
      "vacuum into '/tmp/x'", "begin", "select load_extension('x')", "drop table payments", "analyze",
    ])
  func refused(_ text: String) {
    #expect(throws: QueryFailure.self) { try answer(text, payments([1])) }
  }

  @Test("one statement, with an end")
  func statements() throws {
    #expect(throws: QueryFailure.notOne(offset: nil)) { try answer("  -- nothing\n") }
    #expect(throws: QueryFailure.notOne(offset: 10)) { try answer("select 1; select 2") }
    #expect(try answer("select 1 ; -- done") == [[.integer(1)]])
    #expect(throws: QueryFailure.refused("no such column: nowhere", offset: 7)) { try answer("select nowhere") }
    #expect(throws: QueryFailure.tooLarge(10)) {
      try answer("with recursive n(i) as (select 1 union all select i + 1 from n) select i from n", limit: 10)
    }
    let database = Database()
    var asked = 0
    #expect(throws: QueryFailure.interrupted) {
      try database.answer(
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n", limit: 10,
        isCancelled: {
          asked += 1
          return asked > 3
        })
    }
  }

  @Test("what a column was asked for is known where it is one of a table's, or its sum")
  func types() throws {
    let database = Database()
    database.add(payments([100]))
    func types(_ text: String) throws -> [QueryType?] {
      try database.answer(text, limit: 100).columns.map(\.type)
    }
    #expect(try types("select subject, date d, amount from payments") == [.text, .date, .money])
    #expect(try types("select sum(amount), count(*), avg(amount) from payments") == [.money, nil, nil])
    #expect(
      try types("select max(p.date) last, SUM(amount) as \"all of it\" from payments p group by subject")
        == [.date, .money])
    #expect(
      try types("select sum(amount) filter (where amount > 1) x, sum(amount) / 2 from payments") == [.money, nil])
    #expect(try types("with q as (select 1) select sum(金额) from 明细") == [.money])
    #expect(try types("select * from (select subject, amount from payments)") == [.text, .money])
  }

  @Test("words of a statement")
  func words() {
    let words = SQLText.words(of: "select \"a \"\"b\", 'it''s' /* no */ from [明细] -- end")
    #expect(words.map(\.text) == ["select", "a \"b", ",", "it's", "from", "明细"])
    #expect(words.map(\.kind) == [.word, .name, .other, .other, .word, .name])
    #expect(SQLText.quoted("a\"b") == "\"a\"\"b\"")
  }
}
