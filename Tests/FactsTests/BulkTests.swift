// Bulk files: forms, encodings, and that the quick reader means the same as records stated one by one.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Bulk files")
struct BulkTests {
  static let lists = """
    enterprises: [{id: e1, district: 350112}, {id: e2, district: 350112}]
    agencies: [{id: qx, district: 520502}]

    """

  static func hires(_ csv: String) -> ScenarioReader.Outcome {
    Sample.scenario(lists + "hires_from: h.csv\n", csv: ["h.csv": csv])
  }

  @Test("Columns are named in English or Chinese, dates and booleans take their usual forms")
  func forms() {
    let reading = Self.hires(
      """
      序号,就业单位,start,离职日期,性别,organised,出生年月,毕业时间,monthly_wage,contract_months,姓名
      h1,e1,2022/3/1,2022年6月30日,男,是,1985/3,2021年,5000.5,12,"张, 三"
      h2,e2,2022-3-1,,female,FALSE,1985年3月,2021-06-30,12,,"a ""b"" c"
      h3,e1, 2022-03-01 ,,,0,1985-03-02,2021/6/30,0.05, 7 ,
      """)
    // Wages of 12 yuan and of five fen are read, and asked about.
    #expect(Sample.problems(reading) == ["h.csv:3:49 far-wage"])
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-03-01", "2022-03-01"])
    #expect(Sample.column(reading, "hires", "end") == ["2022-06-30", "none", "none"])
    #expect(Sample.column(reading, "hires", "sex") == ["male", "female", "not stated"])
    #expect(Sample.column(reading, "hires", "organised") == ["yes", "no", "no"])
    #expect(Sample.column(reading, "hires", "born") == ["1985-03-01", "1985-03-01", "1985-03-02"])
    #expect(Sample.column(reading, "hires", "graduated") == ["2021", "2021-06-30", "2021-06-30"])
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["5,000.50 yuan", "12 yuan", "0.05 yuan"])
    #expect(Sample.column(reading, "hires", "contract_months") == ["12", "not stated", "7"])
    #expect(Sample.column(reading, "hires", "worker") == ["张, 三", "a \"b\" c", "h3"])
    #expect(Sample.column(reading, "hires", "enterprise") == ["e1", "e2", "e1"])
  }

  @Test(
    "Line ends, a missing last line feed, empty lines and a byte order mark make no difference",
    arguments: [
      "id,kind\nb1,transfer_station\nb2,\n", "id,kind\r\nb1,transfer_station\r\nb2,\r\n",
      "id,kind\nb1,transfer_station\nb2,",
      "id,kind\r\nb1,transfer_station\r\nb2,\r", "\u{FEFF}id,kind\nb1,transfer_station\nb2,\n",
      "\n\nid,kind\n\nb1,transfer_station\n\r\n\nb2,\n\n", "\"id\",\"kind\"\n\"b1\",\"transfer_station\"\nb2,\"\"\n",
      "id,kind\rb1,transfer_station\rb2,\r", " id , kind \nb1,transfer_station\nb2,\n",
      "基地编号,类型\nb1,transfer_station\nb2,",
    ])
  func lineEnds(csv: String) {
    let reading = Sample.scenario("bases_from: b.csv", csv: ["b.csv": csv])
    #expect(Sample.problems(reading) == [])
    #expect(Sample.column(reading, "bases", "id") == ["b1", "b2"])
    #expect(Sample.column(reading, "bases", "kind") == ["transfer_station", "labour_base"])
  }

  @Test("A last line without a line feed may be longer than all before it", arguments: [1, 10, 300])
  func longLastLine(rows: Int) {
    let head = "id,kind\n" + (0..<rows).map { "b\($0),transfer_station\n" }.joined()
    for tail in [
      "last,transfer_station" + String(repeating: ",", count: 300_000), String(repeating: "x", count: 280_000),
    ] {
      let reading = Sample.scenario("bases_from: b.csv", csv: ["b.csv": head + tail])
      let ids = Sample.column(reading, "bases", "id")
      #expect(ids.isEmpty || ids.count == rows + 1, "\(ids.count)")
      let fed = Sample.scenario("bases_from: b.csv", csv: ["b.csv": head + tail + "\n"])
      #expect(Sample.problems(reading) == Sample.problems(fed))
    }
  }

  @Test("GB18030 is recognised")
  func gb18030() {
    // 基地编号,所在县 / b1,七星关区
    let bytes: [UInt8] =
      [0xBB, 0xF9, 0xB5, 0xD8, 0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xCB, 0xF9, 0xD4, 0xDA, 0xCF, 0xD8, 0x0D, 0x0A]
      + Array("b1,".utf8) + [0xC6, 0xDF, 0xD0, 0xC7, 0xB9, 0xD8, 0xC7, 0xF8, 0x0D, 0x0A]
    let text = "scenario: t\ndistrict: 350112\nbases_from: b.csv\n"
    #expect(Sample.column(Sample.read(text, files: ["b.csv": bytes]), "bases", "county") == ["520502 七星关区"])
    // Longer than a block of the converter, with two-byte characters across its edges.
    var long = Array(bytes.prefix(17))
    let county: [UInt8] = [0xC6, 0xDF, 0xD0, 0xC7, 0xB9, 0xD8, 0xC7, 0xF8, 0x0A]
    for i in 0..<90_000 { long += Array("b\(i),".utf8) + county }
    let reading = Sample.read(text, files: ["b.csv": long])
    #expect(Sample.problems(reading) == [])
    #expect(reading.scenario?.dataset.table("bases")?.count == 90_000)
    #expect(reading.scenario?.dataset.describe("bases", 89_999, "county").en == "520502 七星关区")
  }

  @Test("Sets are separated by any of three marks, ascend and do not repeat")
  func sets() {
    let reading = Sample.scenario(
      "enterprises_from: e.csv\nfairs_from: f.csv\ntownships_from: t.csv\nspecialists_from: s.csv\n",
      csv: [
        "e.csv": "id,注册地,名单\ne1,350112,劳动关系和谐、leading_2021；劳动关系和谐\ne2,350112,\ne3,350112,honest_employer;\n",
        "f.csv": "id,held_in,date,participants\nf1,350112,2022-01-01,e3;e1 ; e3\nf2,350112,2022-01-01,\n",
        "t.csv": "id,reports\nt1,2022/3/1、2022-01-01\n",
        "s.csv": "id,enterprise,county,appointed_from,passed_years\ns1,e1,520502,2022-01-01,2023;2022;2023\n",
      ])
    #expect(Sample.problems(reading) == [])
    #expect(
      Sample.column(reading, "enterprises", "lists") == ["leading_2021; harmonious_labour", "none", "honest_employer"])
    #expect(Sample.column(reading, "fairs", "participants") == ["e1; e3", "none"])
    #expect(Sample.column(reading, "townships", "reports") == ["2022-01-01; 2022-03-01"])
    #expect(Sample.column(reading, "specialists", "passed_years") == ["2022; 2023"])
  }

  @Test(
    "Every problem has the line and column of its cell",
    arguments: [
      (
        "id,enterprise,start\nh1,e1,2022-02-30\nh2,e9,2022-01-01\n,e1,2022-01-01\nh1,,x\n",
        [
          "2:7 no-such-day", "3:4 unknown-id", "4:1 missing-fact", "5:1 repeated-id", "5:4 missing-fact",
          "5:5 not-a-date",
        ]
      ),
      (
        "id,enterprise,start,end\n\"h\n1\",e1,\"2022-01-01\",2021-01-01\n\nh2,e1,2022-01-01,\"a\n\n",
        ["3:20 end-before-start", "5:18 quote"]
      ),
      ("id,enterprise,start\nh1,e1\nh2,e1,2022-01-01,x\n", ["2:6 missing-fact", "3:1 cell-count"]),
      ("id,enterprise,start\nh\"1,e1,2022-01-01\n\"h2\"x,e1,2022-01-01\n", ["2:2 quote", "3:5 quote"]),
      ("id,enterprise,start\n张三,e1,二零二二\n", ["2:7 not-a-date"]),
      ("id,entreprise,start,enterprise,开始\n", ["1:4 unknown-column", "1:32 unknown-column"]),
      ("id,enterprise,start,start,序号\n", ["1:21 repeated-column", "1:27 repeated-column"]),
      ("id,start\nh1,2022-01-01\n", ["1:9 missing-fact"]), ("", ["1:1 no-header"]),
      ("\n\n", ["1:1 no-header"]),
      ("id;enterprise;start\nh1,e1,2022-01-01\nh2,e1,2022-01-01\n", ["1:1 separator"]),
      (
        "id,enterprise,start,contract_months,monthly_wage\nh1,e1,2022-01-01,1.5,-5\n"
          + "h2,e1,2022-01-01,99999999999,10000000000000.01\n",
        ["2:18 not-a-whole-number", "2:22 negative", "3:18 too-large", "3:30 too-large"]
      ),
      ("id,enterprise,start\nh1,e1,2022-01-01\n,e1,\n", ["3:1 stray-row"]),
      // Rows of empty cells, as spreadsheets leave them, are no records; lines are counted all the same.
      ("id,enterprise,start\n,,\n, ,\r\nh1,e1,\n", ["2:1 rows-skipped", "4:7 missing-fact"]),
    ] as [(String, [String])])
  func located(csv: String, expected: [String]) {
    let reading = Self.hires(csv)
    #expect(Sample.problems(reading) == expected.map { "h.csv:" + $0 }, "\(reading.diagnostics.map(\.message.en))")
    #expect(reading.scenario == nil)
  }

  @Test("Thousands of problems are told by kind, those of rows that were not looked at counted")
  func many() {
    var csv = "id,enterprise,start\n"
    for i in 0..<3000 { csv += "h\(i),\(i % 2 == 0 ? "e1" : "e9"),2022-13-01\n" }
    let reading = Self.hires(csv)
    #expect(reading.diagnostics.map(\.code).sorted() == ["more-problems", "no-such-day", "unknown-id"])
    #expect(reading.diagnostics.last?.message.en == "and 2000 more problems in this file")
  }

  @Test(
    "Other encodings are refused with a remedy",
    arguments: [
      [0x69, 0x00, 0x64, 0x00],
      [0x69, 0x64, 0x0A, 0xFF, 0xFF, 0xFF],
      [0xEF, 0xBB, 0xBF, 0x69, 0x64, 0x0A, 0xC6, 0xDF], [0x69, 0x64, 0x0A, 0x81],
    ] as [[UInt8]])
  func encodings(bytes: [UInt8]) {
    let reading = Sample.read("scenario: t\ndistrict: 350112\nbases_from: b.csv\n", files: ["b.csv": bytes])
    #expect(reading.diagnostics.map(\.code) == ["encoding"])
  }

  @Test("References may point in either direction and to what a file states")
  func references() {
    let reading = Sample.scenario(
      "hires_from: h.csv\nspecialists_from: s.csv\nenterprises_from: e.csv\n",
      csv: [
        "h.csv": "id,enterprise,specialist,start\nh1,e2,s1,2022-01-01\n",
        "s.csv": "id,enterprise,county,appointed_from\ns1,e1,520502,2022-01-01\n",
        "e.csv": "id,district,name\ne1,350112,A\ne2,350112,B\n",
      ])
    #expect(Sample.column(reading, "hires", "enterprise") == ["e2 (B)"])
    #expect(Sample.column(reading, "hires", "specialist") == ["s1"])
  }
}

@Suite("The quick reader against records stated one by one")
struct BulkAgreementTests {
  /// A file of hires in random forms, and the same values as texts.
  private static func random(_ seed: UInt64, rows: Int) -> (csv: String, records: [[String: String]]) {
    var r = Seeded(state: seed)
    let columns = [
      "id", "worker", "sex", "born", "enterprise", "agency", "start", "end", "organised", "graduated", "monthly_wage",
      "contract_months", "occupation",
    ]
    var csv = columns.joined(separator: ",") + "\n"
    var records: [[String: String]] = []
    func pick(_ options: [String]) -> String { options.randomElement(using: &r) ?? "" }
    for i in 0..<rows {
      let start = Day(number: Int32.random(in: 18_000...19_500, using: &r))
      let record = [
        "id": pick(["h\(i)", "hire-number-\(i)-of-many", "工\(i)"]),
        "worker": pick(["", "张三", "a,b", "say \"x\"", "two\nlines", "w\(i)"]),
        "sex": pick(["", "male", "女"]), "born": pick(["", "1985-03", "1985-03-02"]), "enterprise": pick(["e1", "e2"]),
        "agency": pick(["", "qx"]), "start": start.text, "end": pick(["", (start + Int32(i % 400)).text]),
        "organised": pick(["", "true", "否", "1"]), "graduated": pick(["", "2021", "2021-06-30"]),
        "monthly_wage": pick(["", "5000", "4321.5", "0.05", "9999999999.99"]),
        "contract_months": pick(["", "12", "1000000000", "007"]),
        "occupation": pick(["", "weaver", "a very long trade indeed, with many words"]),
      ]
      records.append(record)
      let cells = columns.map { name in
        let text = record[name] ?? ""
        let quoted = text.contains { ",\"\n".contains($0) } || Int.random(in: 0...9, using: &r) == 0
        return quoted ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
      }
      csv += cells.joined(separator: ",") + pick(["\n", "\n", "\r\n", "\n\n"])
    }
    return (csv, records)
  }

  private static func builder(threads: Int) -> DatasetBuilder {
    var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places, threads: threads)
    for id in ["e1", "e2"] {
      builder.append("enterprises", [StatedValue("id", id), StatedValue("district", "350112")])
    }
    builder.append("agencies", [StatedValue("id", "qx"), StatedValue("district", "520502")])
    return builder
  }

  @Test("All values are the same, in any number of threads", arguments: [1, 2, 3, 7])
  func agree(threads: Int) {
    let (csv, records) = Self.random(UInt64(threads), rows: 5000)
    var quick = Self.builder(threads: threads)
    quick.append("hires", csvBytes: Array(csv.utf8), as: "h.csv")
    let (a, problems) = quick.finish()
    // Namesakes are told of, which is right here, and nothing is wrong.
    #expect(problems.filter { $0.severity == .error }.map(\.message.en) == [])
    var slow = Self.builder(threads: 1)
    for record in records {
      slow.append("hires", record.sorted { $0.key < $1.key }.map { StatedValue($0.key, $0.value) })
    }
    let (b, others) = slow.finish()
    #expect(others.map(\.message.en) == problems.map(\.message.en))
    #expect(a.table("hires")?.count == records.count)
    for row in 0..<records.count {
      for field in [
        "id", "worker", "sex", "born", "enterprise", "agency", "start", "end", "organised", "graduated", "monthly_wage",
        "contract_months", "occupation",
      ] {
        let (x, y) = (a.describe("hires", row, field).en, b.describe("hires", row, field).en)
        if x != y { Issue.record("row \(row) \(field): \(x) against \(y)") }
      }
    }
    #expect(a.table("hires")?.ids?.ascending == b.table("hires")?.ids?.ascending)
  }

  @Test("A repeated id far away is found, whatever the order of ids", arguments: [2, 3])
  func repeated(threads: Int) {
    for style in 0..<3 {
      var csv = "id,enterprise,start\n"
      for i in 0..<20_000 {
        let id = style == 0 ? "h" + String(100_000 + i) : style == 1 ? "\(i + 1)" : "x\((i &* 7919) % 20_011)"
        csv += id + ",e1,2022-01-01\n"
      }
      var clean = Self.builder(threads: threads)
      clean.append("hires", csvBytes: Array(csv.utf8), as: "h.csv")
      let (data, none) = clean.finish()
      #expect(none.isEmpty)
      #expect(data.table("hires")?.ids?.ascending == (style == 0))
      let again = data.table("hires")?.ids?.text(3) ?? ""
      var dirty = Self.builder(threads: threads)
      dirty.append("hires", csvBytes: Array((csv + again + ",e1,2022-01-01\n").utf8), as: "h.csv")
      let (_, problems) = dirty.finish()
      #expect(problems.map(\.code) == ["repeated-id"])
      #expect(problems.first?.location?.start == Position(line: 20_002, column: 1))
      #expect(problems.first?.message.en.hasSuffix("first in line 5") == true)
    }
  }

  @Test("A quotation mark out of place gives the same problems in any number of threads")
  func misquoted() {
    var csv = "id,enterprise,start\n"
    for i in 0..<30_000 { csv += "h\(i),e1,2022-01-0\(i % 10 == 0 ? 2 : 1)\n" }
    let broken = csv.replacing("h777,", with: "h7\"77,").replacing("h20000,", with: "\"h20000,")
    func problems(_ threads: Int) -> [String] {
      var builder = Self.builder(threads: threads)
      builder.append("hires", csvBytes: Array(broken.utf8), as: "h.csv")
      return builder.finish().diagnostics.map {
        "\($0.location?.start.line ?? 0):\($0.location?.start.column ?? 0) \($0.code)"
      }
    }
    let one = problems(1)
    #expect(one == ["779:3 quote", "20002:1 quote"])
    #expect(problems(2) == one)
    #expect(problems(5) == one)
  }
}

/// A generator that gives the same numbers on every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Encodings that a few words leave open")
struct AmbiguousEncodingTests {
  private func platform(_ bytes: [UInt8]) -> String? {
    let list = ListDeclaration(
      name: "items", singular: "item", title: .same("items"),
      fields: [
        Field(name: "id", type: .text, absence: .required, labels: [], meaning: .same("id")),
        Field(name: "name", type: .text, absence: .none, labels: [], meaning: .same("name")),
      ], hasID: true, person: nil, begins: nil, ends: nil)
    var builder = DatasetBuilder(dictionary: FactDictionary(lists: [list]), places: Gazetteer(table: "code,name\n"))
    builder.append("items", csvBytes: Array("id,name\na,".utf8) + bytes + [0x0A], as: "items.csv")
    let (dataset, problems) = builder.finish()
    #expect(problems.isEmpty)
    return dataset.table("items").map { _ in dataset.describe("items", 0, "name").en }
  }

  @Test("Chinese that happens to be UTF-8 as well is read as Chinese")
  func chinese() {
    #expect(platform([0xC6, 0xBD, 0xCC, 0xA8, 0xD2, 0xBB]) == "平台一")
  }

  @Test("A word with one accented letter stays UTF-8")
  func accented() {
    #expect(platform(Array("Café".utf8)) == "Café")
    #expect(platform(Array("平台一".utf8)) == "平台一")
  }
}
