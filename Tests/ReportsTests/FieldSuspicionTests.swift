// What looks wrong in a field, where a rule can be looked at by itself.

import Reckoning
import Testing

@testable import Reports

@Suite("What looks wrong in a field")
struct FieldSuspicionTests {
  @Test(
    "identity numbers whose last digit follows from the others",
    arguments: [
      ("11010519491231002X", true), ("11010519491231002x", true), ("440524188001010014", true),
      ("440524188001010015", false), ("110105194912310021", false), ("1101051949123100", false),
      ("130503670401001", true), ("", false), ("张三", false),
    ])
  func identity(_ text: String, _ isOne: Bool) { #expect(FieldSuspicion.isIdentity(text) == isOne) }

  @Test("ages change on the birthday")
  func ages() throws {
    func day(_ text: String) throws -> Int64 { Int64(try #require(Day(text[...])).number) }
    for (born, at, years) in [
      ("1990-05-01", "2022-04-30", 31), ("1990-05-01", "2022-05-01", 32), ("2000-02-29", "2021-02-28", 20),
      ("2000-02-29", "2021-03-01", 21), ("2022-01-02", "2022-01-01", -1),
    ] {
      #expect(try GroupReader.years(from: day(born), to: day(at)) == Int64(years), "\(born) \(at)")
    }
  }
}
