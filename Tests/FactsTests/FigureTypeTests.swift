// Facts that are decimals, shares, amounts of another currency, and places of a level: in scenarios, as offices write
// them, in files; and values by days.
import Diagnostics
import Foundation
import Reckoning
import Testing

@testable import Facts

@Suite("Decimals, shares, currencies and levels")
struct FigureTypeTests {
  private static func field(_ name: String, _ type: FieldType) -> Field {
    Field(name: name, type: type, absence: .none, labels: [], meaning: .same(name))
  }

  private static let dollar = Currency("dollar")

  private func read(_ text: String, _ type: FieldType, scale: Int64 = 1) -> String {
    var context = CellContext()
    context.scale = scale
    do throws(ValueProblem) {
      guard
        case .number(let raw)? = try ValueReader(places: Sample.places).reading(text, Self.field("x", type), context)
          .value
      else { return "nothing" }
      return String(raw)
    } catch {
      return error.code
    }
  }

  @Test(
    "Decimals",
    arguments: [
      ("7.5", "750000000"), ("0.00000001", "1"), ("1,234.5", "123450000000"), (" 3 ", "300000000"),
      ("0.000000001", "too-many-decimals"), ("-1", "negative"), ("x", "not-a-figure"), ("2000000000", "too-large"),
    ])
  func decimals(text: String, expected: String) { #expect(read(text, .figure(.decimal)) == expected) }

  @Test(
    "Shares",
    arguments: [
      ("60%", "60000000"), ("0.6", "60000000"), ("60 %", "60000000"), ("60％", "60000000"), ("1", "100000000"),
      ("60", "several-meanings"), ("4.21%", "4210000"), ("110%", "110000000"), ("60 percent", "60000000"),
      ("-5%", "negative"), ("sixty", "not-a-figure"), ("4.95000001%", "too-many-decimals"),
    ])
  func shares(text: String, expected: String) { #expect(read(text, .figure(.share)) == expected) }

  @Test("Under a heading that says per cent a bare number is one")
  func percentHeading() {
    #expect(read("60", .figure(.share), scale: FigureType.hundredth) == "60000000")
    #expect(read("4.2%", .figure(.share), scale: FigureType.hundredth) == "4200000")
  }

  @Test(
    "Amounts of another currency",
    arguments: [
      ("6000", "600000"), ("6,000.01", "600001"), ("$6,000", "600000"), ("6000 dollars", "600000"),
      ("6000美元", "600000"),
      ("6000 yuan", "not-money"), ("€6000", "not-money"), ("6000.001", "too-many-decimals"),
    ])
  func amounts(text: String, expected: String) { #expect(read(text, .figure(.amount(Self.dollar))) == expected) }

  @Test("Places of a level; others are refused with those around and within")
  func levels() {
    let places = Sample.places
    for (place, id) in places.codes.enumerated() where places.level(of: Int32(place)) == .prefecture {
      #expect(read(id.text, .area(.prefecture)) == String(place))
      #expect(read(id.text, .area(.province)) == "not-of-level")
      #expect(read(id.text, .county) == (places.isCounty(Int32(place)) ? String(place) : "not-a-county"))
    }
  }

  @Test("A county lies in its prefecture and its province; a province in no prefecture")
  func around() throws {
    let places = Gazetteer(table: "code,name\n520000,贵州省\n520500,毕节市\n520502,七星关区\n429000,省直辖县级行政区划\n")
    func id(_ code: String) throws -> Int32 { try #require(places.id(code: code)) }
    #expect(places.area(.prefecture, of: try id("520502")) == places.id(code: "520500"))
    #expect(places.area(.province, of: try id("520502")) == places.id(code: "520000"))
    #expect(places.area(.county, of: try id("520500")) == nil)
    #expect(places.area(.prefecture, of: try id("520000")) == nil)
    #expect(places.areas(.prefecture, within: try id("520000"), limit: 9) == [places.id(code: "520500")])
  }

  @Test("Places outside China keep the ids of those known, and lie in nothing but themselves")
  func outside() throws {
    let known = Gazetteer(table: "code,name\n520000,贵州省\n520502,七星关区\n")
    let places = known.adding(outside: ["New York", "New York City"])
    #expect(places.id(code: "520502") == known.id(code: "520502"))
    guard case .found(let state) = places.resolve("New York"), case .found(let city) = places.resolve("New York City")
    else { return #expect(Bool(false), "the places are found by name") }
    #expect(places.isOutside(state) && places.lies(state, within: state))
    #expect(!places.lies(city, within: state) && !places.lies(state, within: 0) && !places.lies(0, within: state))
    #expect(places.adding(outside: ["New York"]) === places)
  }

  private func values(_ outcome: ScenarioReader.Outcome) -> [String] {
    (outcome.scenario?.values ?? []).map { "\($0.name)=\($0.value)" }
  }

  private static let head = "scenario: t\ndistrict: 350112\n"

  @Test("Values by days, in the scenario and in a file with a heading or none, as offices write days")
  func datedValues() {
    let outcome = Sample.read(
      Self.head + "values:\n  rate: 3\n  wage: {2022-04-01: 1960, 2024/1/1: 2030}\nvalues_from: {lpr: lpr.csv}\n",
      csv: ["lpr.csv": "日期,LPR\n2022年1月20日,3.7%\n2022.8.22,3.65%\n\n"])
    #expect(
      values(outcome) == [
        "rate=3", "wage.2022-04-01=1960", "wage.2024-01-01=2030", "lpr.2022-01-20=3.7%", "lpr.2022-08-22=3.65%",
      ])
    let plain = Sample.read(Self.head + "values_from: {lpr: l.csv}\n", csv: ["l.csv": "2022-01-20,3.7%\n"])
    #expect(values(plain) == ["lpr.2022-01-20=3.7%"])
  }

  @Test(
    "What is wrong with them is told",
    arguments: [
      ("values: {wage: {soon: 1}}", "not-a-date"), ("values: {wage: {2022-01-01: [1, 2]}}", "wrong-kind"),
      ("values_from: lpr.csv", "wrong-kind"), ("values_from: {lpr: nowhere.csv}", "unreadable"),
      ("values_from: {lpr: one.csv}", "cell-count"), ("values_from: {lpr: twice.csv}", "repeated-key"),
      ("values_from: {lpr: bad.csv}", "not-a-date"),
    ])
  func mistakes(text: String, code: String) {
    let outcome = Sample.read(
      Self.head + text + "\n",
      csv: ["one.csv": "2022-01-01\n", "twice.csv": "2022-01-01,1\n2022-01-01,2\n", "bad.csv": "day,x\n32,1\n"])
    #expect(outcome.diagnostics.first { $0.severity == .error }?.code == code)
  }

  @Test("In a file of records, with the unit of a heading")
  func records() throws {
    let list = ListDeclaration(
      name: "things", singular: "thing", title: .same("Things"),
      fields: [
        Self.field("id", .text), Self.field("hours", .figure(.decimal)), Self.field("part", .figure(.share)),
        Self.field("wages", .figure(.amount(Self.dollar))), Self.field("city", .area(.prefecture)),
      ], hasID: true, person: nil, begins: nil, ends: nil)
    let reader = ScenarioReader(dictionary: FactDictionary(lists: [list]), places: Sample.places)
    let folder = Folder()
    folder.write("t.csv", Array("id,hours,part(%),wages,city\na,1.5,60,\"$1,000.50\",350100\nb,2,12.5%,7,\n".utf8))
    let text = Self.head + "things_from: t.csv\n"
    let outcome = reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: folder.path)
    let dataset = try #require(outcome.scenario?.dataset, "\(outcome.diagnostics.map(\.message.en))")
    func shown(_ row: Int) -> [String] {
      ["hours", "part", "wages", "city"].map { dataset.describe("things", row, $0).en }
    }
    #expect(shown(0) == ["1.5", "60%", "1,000.50 dollar", "350100 福州市"])
    #expect(shown(1) == ["2", "12.5%", "7 dollar", "none"])
  }
}
