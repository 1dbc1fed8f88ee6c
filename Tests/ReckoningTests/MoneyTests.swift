// Amounts and shares: exact, and never a trap whatever is asked for.
import Reckoning
import Testing

@Suite("Exact amounts")
struct MoneyTests {
  @Test("A share of an amount is rounded half away from zero")
  func muldiv() {
    var random = Seeded(state: 3)
    for _ in 0..<5000 {
      let a = Int64.random(in: -1_000_000...1_000_000, using: &random)
      let b = Int64.random(in: -1000...1000, using: &random)
      let c = Int64.random(in: 1...5000, using: &random)
      // Twice the quotient, so that the half is a whole number.
      let twice = 2 * a * b
      var naive = twice.magnitude / UInt64(2 * c)
      if twice.magnitude % UInt64(2 * c) >= UInt64(c) { naive += 1 }
      let expected = twice < 0 ? -Int64(naive) : Int64(naive)
      #expect(Decimals.muldiv(a, b, c) == expected, "\(a) * \(b) / \(c)")
    }
    #expect(Decimals.muldiv(1, 1, 2) == 1)
    #expect(Decimals.muldiv(-1, 1, 2) == -1)
    #expect(Decimals.muldiv(.max, .max, .max) == .max)
    #expect(Decimals.muldiv(.max, .max, 1) == nil)
    #expect(Decimals.muldiv(.min, .min, .max) == nil)
    #expect(Decimals.muldiv(.min, .max, .max) == .min)
    #expect(Decimals.muldiv(1, 1, 0) == nil)
  }

  @Test(
    "Numbers are read exactly or not at all",
    arguments: [
      ("0", 2, 0), ("1660", 2, 166_000), ("1660.5", 2, 166_050), ("1660.50", 2, 166_050), ("0.01", 2, 1),
      ("1660.505", 2, nil), ("1660.", 2, nil), (".5", 2, nil), ("", 2, nil), ("-1", 2, nil), ("+1", 2, nil),
      ("1e3", 2, nil),
      ("1 000", 2, nil), ("1,000", 2, nil), ("92233720368547758.07", 2, 9_223_372_036_854_775_807),
      ("92233720368547758.08", 2, nil), ("99999999999999999999", 0, nil), ("１", 0, nil), ("1.2.3", 2, nil),
    ] as [(String, Int, Int64?)])
  func parsing(text: String, scale: Int, value: Int64?) {
    #expect(Decimals.parse(text[...], scale: scale) == value)
  }

  @Test("Commas count only between digits")
  func commas() {
    #expect(Decimals.parse("1,234,567.89", scale: 2, commas: true) == 123_456_789)
    #expect(Decimals.parse("1,", scale: 2, commas: true) == nil)
    #expect(Decimals.parse("1,,2", scale: 2, commas: true) == nil)
    #expect(Decimals.parse(",1", scale: 2, commas: true) == nil)
    #expect(Decimals.parse("1,.5", scale: 2, commas: true) == nil)
  }

  @Test("Amounts are written for programs and for people")
  func texts() {
    #expect(Money(fen: -123_450).plain == "-1234.50")
    #expect(Money(fen: 5).plain == "0.05")
    #expect(Money(fen: 5_000_000).grouped == "50,000")
    #expect(Money(fen: -123_456_789).grouped == "-1,234,567.89")
    #expect(Money(fen: .min).plain == "-92233720368547758.08")
    #expect(Share(parts: 37_500_000).text == "37.5%")
    var random = Seeded(state: 5)
    for _ in 0..<1000 {
      let money = Money(fen: Int64.random(in: 0...1_000_000_000_000, using: &random))
      #expect(Decimals.parse(money.plain[...], scale: 2) == money.fen)
      #expect(Decimals.parse(money.grouped[...], scale: 2, commas: true) == money.fen)
    }
  }
}

@Suite("Places by code and name")
struct PlaceTests {
  private let places = Gazetteer(
    table: """
      code,name
      350000,福建省
      350100,福州市
      350102,鼓楼区
      350112,长乐区
      350500,泉州市
      320000,江苏省
      320100,南京市
      320106,鼓楼区
      330000,浙江省
      330100,杭州市
      330110,余杭区
      500000,重庆市
      """)

  @Test(
    "A code lies within another when it starts with its significant digits",
    arguments: [
      ("350112", "350100", true), ("350112", "350000", true), ("350112", "350112", true), ("350100", "350112", false),
      ("330110", "330100", true), ("330110", "330110", true), ("330119", "330110", false), ("500101", "500000", true),
      ("350500-tiz", "350500", true), ("350500", "350500-tiz", false), ("350502", "350500-tiz", false),
    ])
  func within(code: String, other: String, expected: Bool) {
    #expect(PlaceCode(code).lies(within: PlaceCode(other)) == expected)
  }

  @Test("A name is taken where it is unique, or made unique by the places that hold it")
  func names() {
    func code(_ text: String) -> String {
      switch places.resolve(text) {
      case .found(let id): places.codes[Int(id)].text
      case .ambiguous(let ids): ids.map { places.codes[Int($0)].text }.joined(separator: " ")
      case .unknown: "?"
      }
    }
    #expect(code("长乐区") == "350112")
    #expect(code("鼓楼区") == "350102 320106")
    #expect(code("福州市鼓楼区") == "350102")
    #expect(code("江苏省南京市鼓楼区") == "320106")
    #expect(code("江苏省鼓楼区") == "320106")
    #expect(code("泉州台商投资区") == "350500-tiz")
    #expect(code("浙江省长乐区") == "?")
    #expect(code("350112") == "350112")
    #expect(code("") == "?")
    #expect(code("鼓楼") == "?")
    guard case .found(let id) = places.resolve("350112") else { return }
    #expect(places.fullName(id) == "福建省福州市长乐区")
  }

  @Test("A page in the place of a name takes no time")
  func long() {
    #expect(places.resolve(String(repeating: "鼓楼区", count: 1_000_000)) == .unknown)
    #expect(places.resolve(String(repeating: "鼓楼区", count: 20)) == .unknown)
  }
}
