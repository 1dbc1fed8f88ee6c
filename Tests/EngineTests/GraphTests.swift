// What the graph puts in place of a condition that asks for more than it has to: the same truth in every case.
import Facts
import PolicyLanguage
import Reckoning
import Testing

@testable import Engine

@Suite("Simpler conditions")
struct GraphTests {
  private static let truths = [Truth.no, Truth.unknown, Truth.yes, Truth.elsewhere]

  /// A condition of four places, one for each truth, that the graph knows nothing of.
  private static func test(_ graph: Graph, _ truth: UInt8) -> Node {
    truth == Truth.elsewhere
      ? graph.make(
        .except(governedBy: "x"), [graph.truth(Truth.yes), graph.truth(Truth.yes)], domain: .constant,
        register: .truth, mayBeAbsent: false)
      : graph.make(.not, [graph.truth(Truth.not(truth))], domain: .constant, register: .truth, mayBeAbsent: false)
  }

  private static func evaluator() throws -> Evaluator {
    let scenario = try #require(Chance.small(1).scenario())
    return Evaluator(SharedTables(scenario.dataset), threads: 1, batch: 16)
  }

  @Test(
    "Whether a figure is there that a test leaves, and whether it is what it was, is told by the test",
    arguments: truths)
  func choices(truth: UInt8) throws {
    let graph = Graph(), evaluator = try Self.evaluator()
    let test = Self.test(graph, truth)
    for figure in [graph.constant32(7), graph.constant32(Absent.none32), graph.constant32(Absent.unknown32)] {
      let choice = graph.make(
        .ifThen, [test, figure, graph.constant32(Absent.none32)], domain: .constant, register: .int32,
        mayBeAbsent: true)
      for (op, inputs) in [
        (Op.given, [choice]), (.compare(.equal), [figure, choice]), (.compare(.equal), [choice, figure]),
      ] {
        let plain = graph.make(op, inputs, domain: .constant, register: .truth, mayBeAbsent: false)
        let found = graph.apply(op, inputs, register: .truth, mayBeAbsent: false, liftsAbsence: false)
        #expect(evaluator.values(found).truths[0] == evaluator.values(plain).truths[0], "\(truth) \(figure.op) \(op)")
        // What is governed elsewhere is not told by the test alone.
        if truth == Truth.elsewhere { #expect(found === plain) }
      }
    }
    let there = graph.make(
      .ifThen, [test, graph.constant32(7), graph.constant32(Absent.none32)], domain: .constant, register: .int32,
      mayBeAbsent: true)
    let given = graph.apply(.given, [there], register: .truth, mayBeAbsent: false, liftsAbsence: false)
    #expect(
      (given.op != .given) == (truth != Truth.elsewhere), "a test that is known tells whether the figure is there")
  }

  @Test("The year of a day that is months after a column's is one table by the column's days")
  func years() throws {
    let scenario = try #require(Chance.small(1).scenario())
    let dataset = scenario.dataset
    let list = dataset.list(named: "hires")
    let graph = Graph(), tables = SharedTables(dataset)
    guard case .int32(let starts)? = dataset.tables[list].columns["start"]?.data else {
      Issue.record("hires begin on days")
      return
    }
    let start = graph.make(
      .column(list: list, field: "start", .int32), domain: .table(list), register: .int32, mayBeAbsent: false)
    for op in [Op.completes(.inclusive, .clamp), .stableFrom(.anniversary, .nextDay), .addMonths(.clamp)] {
      let moved = graph.apply(op, [start, graph.constant64(7)], register: .int32, mayBeAbsent: false)
      let year = graph.apply(.yearOf, [moved], register: .int64, mayBeAbsent: false)
      let table = try #require(tables.days(year)), days = try #require(tables.days(moved))
      for row in 0..<starts.count where !starts[row].isAbsent {
        let day = days.values.narrow[Int(starts[row] - days.first)]
        #expect(table.values.wide[Int(starts[row] - table.first)] == Int64(Day(number: day).year))
      }
    }
    #expect(starts.count > 0)
  }
}
