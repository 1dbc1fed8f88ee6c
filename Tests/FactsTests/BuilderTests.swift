// The builder by itself, as worked examples of policy documents use it.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Records stated one by one")
struct BuilderTests {
  @Test("Facts need no file and no place")
  func plain() {
    var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places)
    let known = [
      builder.append(
        "enterprises",
        [StatedValue("id", "e1"), StatedValue("district", "350112"), StatedValue("lists", .list(["leading_2021"]))]),
      builder.append(
        "fairs",
        [
          StatedValue("id", "f"), StatedValue("held_in", "350112"), StatedValue("date", "2022-01-01"),
          StatedValue("participants", "e1"),
        ]),
      builder.append("tax_records", [StatedValue("agency", "a"), StatedValue("year", "2022")]),
      builder.append("nothing", []), builder.append("nothing", file: "x.csv"),
    ]
    #expect(known == [true, true, true, false, false])
    let (data, problems) = builder.finish()
    #expect(problems.map(\.code) == ["unknown-id"])
    #expect(data.tables.count == Contract.dictionary.lists.count)
    #expect(data.table("tax_records")?.ids == nil)
    #expect(data.describe("tax_records", 0, "vat_local").en == "0 yuan")
    #expect(data.describe("fairs", 0, "participants").en == "e1")
    #expect(data.describe("fairs", 7, "participants").en == "")
    #expect(data.describe("fairs", 0, "nothing").en == "")
  }

  @Test(
    "A later day cannot precede an earlier one, in any pair",
    arguments: [
      ("internships", ["school_place": "350112", "enterprise": "e1", "start": "2022-01-02", "end": "2022-01-01"]),
      (
        "internships",
        [
          "school_place": "350112", "enterprise": "e1", "start": "2022-01-02", "employed_from": "2022-03-02",
          "employed_to": "2022-03-01",
        ]
      ),
      ("startups", ["founder_origin": "350112", "district": "350112", "start": "2022-01-02", "end": "2022-01-01"]),
      (
        "stations",
        [
          "kind": "guidance_centre", "county": "513323", "located_in": "350112", "start": "2022-01-02",
          "end": "2022-01-01",
        ]
      ),
      (
        "adjustments",
        ["platform": "p", "from_enterprise": "e1", "to_enterprise": "e1", "start": "2022-01-02", "end": "2022-01-01"]
      ),
    ])
  func periods(list: String, values: [String: String]) {
    func problems(_ change: (String) -> String) -> [String] {
      var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places)
      builder.append("enterprises", [StatedValue("id", "e1"), StatedValue("district", "350112")])
      builder.append(
        list, [StatedValue("id", "x")] + values.sorted { $0.key < $1.key }.map { StatedValue($0.key, change($0.value)) }
      )
      return builder.finish().diagnostics.map(\.code)
    }
    #expect(problems { $0 } == ["end-before-start"])
    // Equal days are a period of one day.
    #expect(problems { $0.replacing("-01-02", with: "-01-01").replacing("-03-02", with: "-03-01") } == [])
  }

  @Test("Raw values are those that columns promise")
  func raw() {
    let reading = Sample.scenario(
      """
      enterprises: [{id: e1, district: 350112, employees: 7}, {id: e2, district: 350112}]
      hires:
        - {id: b, enterprise: e2, start: 1970-01-11, graduated: 2021, monthly_wage: 10.5, sex: female}
        - {id: a, enterprise: e1, start: 1969-12-31}
      """)
    guard let data = reading.scenario?.dataset, let hires = data.table("hires"),
      let enterprises = data.table("enterprises")
    else {
      Issue.record("\(Sample.problems(reading))")
      return
    }
    func raw(_ table: FactTable, _ field: String) -> [Int64?] {
      (0..<table.count).map { table.columns[field]?.raw($0) }
    }
    #expect(raw(hires, "start") == [10, -1])
    #expect(raw(hires, "enterprise") == [1, 0])
    #expect(raw(hires, "graduated") == [Int64(DateOrYear.base) + 2021, Int64(Absent.none32)])
    #expect(raw(hires, "monthly_wage") == [1050, Absent.unknown64])
    #expect(raw(hires, "sex") == [1, Int64(Absent.unknown32)])
    #expect(raw(hires, "end") == [Int64(Absent.none32), Int64(Absent.none32)])
    #expect(raw(enterprises, "employees") == [7, Int64(Absent.unknown32)])
    #expect(enterprises.columns["employees"]?.hasAbsent == true)
    #expect(hires.columns["start"]?.hasAbsent == false)
    #expect(hires.ids?.ascending == false)
    #expect(hires.ids?.row("a") == 1)
    #expect(hires.ids?.precedes(1, 0) == true)
  }
}
