// Statements at the desk: what the tables hold is what the program says elsewhere, in both languages, and a mistake is
// told at its word.

import Answers
import Commands
import Diagnostics
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Statements")
struct SQLTests {
  private func rows(_ bench: Bench, _ text: String) throws -> String {
    guard let rows = try bench.object("query", text)["rows"] else { throw Bench.Missing() }
    return rows.line
  }

  @Test("what the payments add up to is what the budget says")
  func totals() throws {
    let bench = try Bench()
    let total = try bench.total("run changle-2022")
    #expect(
      try rows(bench, "sql \"select sum(amount) total from payments where status in ('due', 'pending', 'recovered')\"")
        == "[{\"total\":\"\(total)\"}]")
    #expect(
      try rows(bench, "查询 \"select sum(金额) 合计 from 明细 where 状态 in ('应付', '未到期')\"")
        == "[{\"合计\":\"\(total)\"}]")
    #expect(try rows(bench, "sql \"select total from results where result = 'r1'\"") == "[{\"total\":\"\(total)\"}]")
  }

  @Test("every payment is there, as the list of payments has it")
  func payments() throws {
    let bench = try Bench()
    bench.ask("run changle-2022")
    guard case .array(let listed)? = try bench.object("payments", "payments")["payments"],
      case .array(let asked)? = try bench.object(
        "query",
        """
        sql "select measure, beneficiary, subject || coalesce('@' || year, '') as subject, date, amount, status
        from payments order by date, measure, beneficiary, subject"
        """)["rows"]
    else { throw Bench.Missing() }
    #expect(!listed.isEmpty && listed.count == asked.count)
    for (a, b) in zip(listed, asked) {
      for key in ["measure", "beneficiary", "subject", "date", "amount", "status"] { #expect(a[key] == b[key]) }
    }
  }

  @Test(
    "facts: what is stated, what there is none of, what nobody knows",
    arguments: [
      ("select count(*) n from hires", "[{\"n\":6}]"),
      (
        "select id, worker, born from hires where sex = 'female' order by id desc limit 1",
        "[{\"id\":\"h5\",\"worker\":\"钱七\",\"born\":\"2008-01-01\"}]"
      ),
      (
        "select monthly_wage, monthly_wage_fen, monthly_wage_state from hires where id in ('h1', 'h3') order by id",
        "[{\"monthly_wage\":null,\"monthly_wage_fen\":null,\"monthly_wage_state\":\"unknown\"},"
          + "{\"monthly_wage\":\"4200.00\",\"monthly_wage_fen\":420000,\"monthly_wage_state\":\"stated\"}]"
      ),
      (
        "select end, end_state from hires where id in ('h1', 'h3') order by id",
        "[{\"end\":null,\"end_state\":\"none\"},{\"end\":\"2022-05-01\",\"end_state\":\"stated\"}]"
      ),
      ("select origin, origin_name from hires where id = 'h3'", "[{\"origin\":\"620422\",\"origin_name\":\"会宁县\"}]"),
      (
        "select e.name, count(*) n from hires h join enterprises e on h.enterprise = e.id group by e.id order by e.id",
        "[{\"name\":\"金阳纺织\",\"n\":4},{\"name\":\"金阳纺织\",\"n\":2}]"
      ),
      ("select filed from agencies order by id", "[{\"filed\":true},{\"filed\":false}]"),
      ("select avg(monthly_wage) a from hires where monthly_wage < 10000", "[{\"a\":4075}]"),
      ("select agency, agency from hires where id = 'h1'", "[{\"agency\":\"qx\",\"agency_2\":\"qx\"}]"),
    ])
  func facts(_ statement: String, _ expected: String) throws {
    #expect(try rows(Bench(RecordQueryTests.six), "sql \"\(statement)\"") == expected)
  }

  @Test("every table can be read whole, by both names, and the table of columns names what it has")
  func everyTable() throws {
    let bench = try Bench()
    bench.ask("run changle-2022; sweep rate_3m from 100 to 300 step 100")
    let sources = bench.session.querySources
    #expect(sources.count > 15 && sources.contains { $0.name.en == "r2" })
    for source in sources {
      for name in [source.name.en, source.name.zh] {
        let answers = bench.ask("sql \"select * from [\(name)]\"")
        #expect(answers.allSatisfy { !$0.failed }, "\(name): \(answers.flatMap(\.diagnostics).map(\.message.en))")
      }
      let named = source.columns.map { "[\($0.column.name)]" }.joined(separator: ", ")
      #expect(bench.ask("sql \"select \(named) from [\(source.name.en)]\"").allSatisfy { !$0.failed })
    }
    let told = try rows(bench, "sql \"select count(*) n from columns where table_name <> 'columns'\"")
    #expect(told == "[{\"n\":\(sources.dropLast().reduce(0) { $0 + $1.columns.count })}]")
  }

  @Test("a statement may have several lines, and one that is still open goes on")
  func lines() throws {
    let parser = WorkbenchCommands.parser
    #expect(!parser.isComplete("sql \"select 1"))
    #expect(!parser.isComplete("查询 “select 1\nfrom hires"))
    #expect(parser.isComplete("sql \"select 1\nfrom hires\""))
    #expect(parser.isComplete("load \"a"))
    let bench = try Bench(RecordQueryTests.six)
    #expect(
      try rows(bench, "sql \"select count(*) n\n  from hires\n  where start >= '2022-03-01'\"\ncount hires")
        == "[{\"n\":5}]")
  }

  @Test(
    "a mistake is told at its word",
    arguments: [
      ("sql \"select amout from payments\"", "sql", 1, 13), ("sql \"select *\nfrom paymets\"", "sql", 2, 6),
      ("sql \"select 金额，\n  foo from 明细\"", "sql", 2, 3), ("sql \"select from payments\"", "sql", 1, 13),
      ("sql \"select 1; drop table hires\"", "sql-one", 1, 16), ("sql \"delete from hires\"", "sql-reads", 1, 5),
      ("sql \"attach 'x' as y\"", "sql-reads", 1, 5), ("sql select", "missing-word", 1, 5),
      ("sql \"select nothing(1)\"", "sql", 1, 13), ("sql \"select \\\"it\\\", amout from hires\"", "sql", 1, 21),
    ])
  func mistakes(_ text: String, _ code: String, _ line: Int, _ column: Int) throws {
    let problem = try Bench(RecordQueryTests.six).mistake(text)
    #expect(problem.code == code)
    #expect(problem.location?.start == Position(line: line, column: column))
    #expect(problem.hint != nil)
  }

  @Test("tables behind `from`, columns of the table that is named, in the language in which it is named")
  func completions() throws {
    let bench = try Bench(RecordQueryTests.six)
    func offered(_ text: String) -> [String] {
      bench.session.complete(text, at: text.utf8.count).completions.map(\.text)
    }
    #expect(offered("sql \"sel") == ["select "])
    #expect(offered("sql \"select * from pay") == ["select * from payments"])
    #expect(offered("sql \"select * from 录") == ["select * from hires"])
    #expect(offered("sql \"select * from hires where ori").contains("select * from hires where origin_name"))
    #expect(offered("查询 \"select * from 明细 where 金").contains("select * from 明细 where 金额"))
  }
}
