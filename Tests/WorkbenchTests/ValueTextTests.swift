import Diagnostics
import PolicyLanguage
import Reckoning
import Sessions
import Testing

@testable import Workbench

@Suite("Values as people write them")
struct ValueTextTests {
  let places = Gazetteer(table: "code,name\n350112,长乐区\n")

  @Test(
    "money",
    arguments: [
      ("400", 40_000), ("400 yuan", 40_000), ("400元", 40_000), ("2,000,000", 200_000_000), ("200万", 200_000_000),
      ("200万元", 200_000_000),
      ("2.5万", 2_500_000), ("0.01", 1), ("1,234.56", 123_456), ("４００", 40_000), ("1亿", 10_000_000_000), ("1.50", 150),
    ])
  func money(text: String, fen: Int64) throws { #expect(try ValueText.read(text, as: .money, places: places) == fen) }

  @Test(
    "shares: a figure up to 1 is a share of one",
    arguments: [
      ("50%", 50_000_000), ("12.5%", 12_500_000), ("0.5", 50_000_000), ("1", 100_000_000), ("0", 0),
      ("1%", 1_000_000), ("150%", 150_000_000), ("0.00000001", 1),
    ])
  func shares(text: String, parts: Int64) throws {
    #expect(try ValueText.read(text, as: .share, places: places) == parts)
  }

  @Test(
    "months, counts, days and dates",
    arguments: [
      ("6", ValueType.months, 6), ("6 months", .months, 6), ("6个月", .months, 6), ("2 years", .months, 24),
      ("80", .number, 80),
      ("80 persons", .number, 80), ("80人", .number, 80), ("12 points", .number, 12), ("1,000", .number, 1000),
      ("30 days", .days, 30),
      ("1970-01-02", .date, 1), ("1970年1月2日", .date, 1), ("350112", .place, 0), ("长乐区", .place, 0),
    ])
  func others(text: String, type: ValueType, raw: Int64) throws {
    #expect(try ValueText.read(text, as: type, places: places) == raw)
  }

  @Test(
    "what does not fit is refused for its reason",
    arguments: [
      ("400 months", ValueType.money, "wrong-unit"), ("400 yuan", .number, "wrong-unit"), ("50%", .money, "wrong-unit"),
      ("400 dollars", .money, "wrong-unit"), ("60", .share, "wrong-unit"), ("1.5", .share, "wrong-unit"),
      ("0.001", .money, "too-many-decimals"),
      ("1.5", .number, "too-many-decimals"),
      ("many", .money, "not-a-value"), ("-5", .money, "out-of-bounds"), ("99999999999999", .money, "out-of-bounds"),
      ("2022-02-30", .date, "not-a-value"),
      ("1,23", .money, "not-a-value"), ("1.", .money, "not-a-value"), ("", .money, "not-a-value"),
      ("nowhere", .place, "not-a-value"),
      ("10 yuan per month", .money, "wrong-unit"),
    ])
  func refusals(text: String, type: ValueType, code: String) {
    let mistake = #expect(throws: ValueMistake.self) { try ValueText.read(text, as: type, places: places) }
    #expect(mistake?.code == code)
  }

  @Test("where whole numbers are taken, no step of nought is offered")
  func wholeSteps() {
    let mistake = #expect(throws: ValueMistake.self) { try ValueText.read("0.5", as: .number, places: places) }
    #expect(mistake?.hint?.en.contains("such as 1;") == true)
    #expect(mistake?.hint?.zh.contains("例如 1；") == true)
  }

  @Test("yuan will do for yuan per month, and readings take yes and no in any spelling")
  func lenience() throws {
    #expect(try ValueText.read("1,800 yuan", as: .rate(.month), places: places) == 180_000)
    #expect(try ValueText.choice("是", of: [.same("no"), .same("yes")]) == 1)
    #expect(try ValueText.choice("false", of: [.same("no"), .same("yes")]) == 0)
    #expect(throws: ValueMistake.self) { try ValueText.choice("perhaps", of: [.same("no"), .same("yes")]) }
  }

  @Test(
    "a figure's text may be typed again",
    arguments: [(123_456, .money), (12_500_000, .share), (6, .months), (1000, .number), (18_000, .date)]
      as [(Int64, ValueType)])
  func roundTrip(raw: Int64, type: ValueType) throws {
    #expect(try ValueText.read(ValueText.typed(raw, type), as: type, places: places) == raw)
  }
}
