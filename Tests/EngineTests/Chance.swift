// Scenarios by chance, from a seed: small ones that touch every list and every oddity of the facts, and a large one in
// bulk. The same seed gives the same facts.
import Diagnostics
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@testable import Engine

/// The records of a scenario, before they are read.
struct Records {
  struct Record {
    let list: String
    var fields: [(name: String, value: String)]

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
  }

  var all: [Record] = []

  mutating func add(_ list: String, _ fields: (String, String?)...) {
    all.append(Record(list: list, fields: fields.compactMap { name, value in value.map { (name, $0) } }))
  }

  func scenario(_ dictionary: FactDictionary = Bundled.dictionary) -> Scenario? {
    var builder = DatasetBuilder(dictionary: dictionary, places: Bundled.places, threads: 1)
    for record in all {
      builder.append(
        record.list,
        record.fields.map { name, value in
          StatedValue(
            name,
            value.hasPrefix("[")
              ? .list(value.dropFirst().dropLast().split(separator: ";").map(String.init)) : .text(value))
        })
    }
    let (dataset, problems) = builder.finish()
    for problem in problems where problem.severity == .error { Issue.record("\(problem.message.en)") }
    guard case .found(let district) = Bundled.places.resolve("350112") else { return nil }
    return Scenario(
      title: "by chance", district: district, asOf: nil, documents: nil, values: [], readings: [], dataset: dataset,
      source: SourceFile(name: "chance", text: ""))
  }

  /// The same records with those of each list in another order.
  func shuffled(_ dice: inout Dice) -> Records {
    var other = self
    other.all.shuffle(using: &dice)
    return other
  }
}

extension Dice {
  mutating func one<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &self)] }
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func maybe(_ percent: Int, _ value: String) -> String? { chance(percent) ? value : nil }
  mutating func date(_ from: String, days: Int) -> String {
    (day(from) + Int32.random(in: 0..<Int32(days), using: &self)).text
  }
}

enum Chance {
  static let origins = [
    "520502", "513323", "621221", "621224", "640402", "640121", "421100", "360000", "350112", "330703", "522700",
  ]
  /// The sending counties: places that a base, a specialist or a station may be of.
  static let sending = [
    "520502", "513323", "621221", "621224", "640402", "640121", "421102", "350112", "330703", "522702",
  ]
  static let homes = ["350112", "350112", "350112", "350100", "330703", "350500-tiz", "350104"]

  /// A small scenario with something of everything.
  static func small(_ seed: Int) -> Records {
    var dice = Dice(state: UInt64(seed) &* 7919 &+ 3)
    var r = Records()
    let enterprises = (0..<4).map { id("e", $0) }, agencies = (0..<3).map { id("q", $0) }
    addEmployers(enterprises, agencies, to: &r, &dice)
    addPeople(enterprises, agencies, to: &r, &dice)
    addEvents(enterprises, agencies, to: &r, &dice)
    return r
  }

  private static func id(_ prefix: String, _ n: Int) -> String { "\(prefix)\(n)" }

  /// Who employs and who finds: enterprises, agencies, bases.
  private static func addEmployers(
    _ enterprises: [String], _ agencies: [String], to r: inout Records, _ dice: inout Dice
  ) {
    for e in enterprises {
      let size = dice.maybe(70, dice.one(["micro", "small", "medium", "large"]))
      r.add(
        "enterprises", ("id", e), ("district", dice.one(homes)), ("taxed_in", dice.maybe(15, "350104")),
        (
          "lists",
          dice.maybe(70, dice.one(["[leading_2021]", "[honest_employer]", "[leading_2021;harmonious_labour]"]))
        ),
        ("size", size), ("state_owned", dice.maybe(40, "true")),
        ("above_scale", dice.maybe(50, dice.one(["true", "false"]))),
        ("employees", dice.maybe(70, String(Int.random(in: 0...120, using: &dice)))),
        ("covid_affected", dice.maybe(60, "true")), ("in_difficulty", dice.maybe(40, "true")),
        ("layoffs", dice.maybe(70, dice.one(["0", "0", "3", "10"]))),
        (
          "ui_premiums_last_year",
          dice.maybe(80, "\(Int.random(in: 0...9999, using: &dice)).\(Int.random(in: 10...99, using: &dice))")
        ))
    }
    for q in agencies {
      r.add(
        "agencies", ("id", q), ("district", dice.one(homes + ["520502", "640402"])),
        ("selected_by_sending_government", dice.maybe(40, "true")), ("filed", dice.maybe(70, "true")),
        ("registered_on", dice.maybe(70, dice.date("2019-01-01", days: 1500))),
        ("from_outside_city", dice.maybe(50, "true")),
        ("above_scale", dice.maybe(50, "true")))
    }
    for n in 0..<2 {
      r.add(
        "bases", ("id", id("b", n)),
        ("kind", dice.maybe(50, dice.one(["labour_base", "transfer_station", "hr_cooperation_base"]))),
        ("county", dice.maybe(80, dice.one(sending))), ("agreement", dice.maybe(20, "false")))
    }
  }

  /// Specialists, and those who are hired.
  private static func addPeople(
    _ enterprises: [String], _ agencies: [String], to r: inout Records, _ dice: inout Dice
  ) {
    let counties = (0..<3).map { _ in dice.one(sending) }
    for n in 0..<3 {
      r.add(
        "specialists", ("id", id("s", n)), ("enterprise", dice.one(enterprises)), ("county", counties[n]),
        ("filed_on", dice.maybe(80, dice.date("2022-01-01", days: 60))),
        ("appointed_from", dice.date("2021-12-01", days: 200)),
        ("passed_years", dice.maybe(50, dice.one(["[2022]", "[2022;2023]", "[2023]"]))))
    }
    for n in 0..<Int.random(in: 10...40, using: &dice) {
      let start = dice.date("2019-11-01", days: 1900)
      let specialist = dice.chance(60) ? Int.random(in: 0..<3, using: &dice) : nil
      // Specialists recruit at home, mostly.
      let origin = specialist.map { dice.chance(70) ? counties[$0] : dice.one(origins) } ?? dice.one(origins)
      let length = dice.one([0, 27, 30, 89, 90, 91, 92, 180, 181, 182, 183, 184, 365])
      r.add(
        "hires", ("id", id("h", n)), ("worker", dice.maybe(50, dice.one(["w1", "w2", "w3", "w4", "w5", "h3", "h7"]))),
        ("sex", dice.maybe(80, dice.one(["male", "female"]))),
        ("born", dice.maybe(80, dice.date("1955-01-01", days: 20_000))),
        ("origin", dice.maybe(90, origin)), ("enterprise", dice.one(enterprises)),
        ("agency", dice.maybe(70, dice.one(agencies))),
        ("base", dice.maybe(50, id("b", Int.random(in: 0..<2, using: &dice)))),
        ("specialist", specialist.map { id("s", $0) }), ("referrer", dice.maybe(30, dice.one(["ann", "bo"]))),
        ("start", start), ("end", dice.maybe(50, (day(start) + Int32(length)).text)),
        ("organised", dice.maybe(20, "false")),
        ("relief_person", dice.maybe(60, "true")),
        ("graduated", dice.maybe(40, dice.one(["2020", "2019-06-30", "2020-06-30", "2018"]))),
        ("registered_unemployed_from", dice.maybe(30, dice.date("2019-06-01", days: 500))),
        ("monthly_wage", dice.maybe(60, dice.one(["3999.99", "4000", "5200"]))),
        ("contract_months", dice.maybe(60, dice.one(["11", "12", "24"]))),
        ("love_post", dice.maybe(30, "true")), ("public_post", dice.maybe(30, "true")))
    }
  }

  /// What happens to others: internships, adjustments, fairs, parks, teams and what is recorded of a year.
  private static func addEvents(
    _ enterprises: [String], _ agencies: [String], to r: inout Records, _ dice: inout Dice
  ) {
    for n in 0..<6 {
      let start = dice.date("2021-12-01", days: 800)
      let end = dice.maybe(80, (day(start) + Int32.random(in: 60...200, using: &dice)).text)
      let job = end.flatMap { last in dice.maybe(60, (day(last) + Int32.random(in: 0...20, using: &dice)).text) }
      r.add(
        "internships", ("id", id("i", n)), ("student", dice.maybe(50, dice.one(["st1", "st2"]))),
        ("school_place", dice.one(origins)),
        ("enterprise", dice.one(enterprises)), ("start", start), ("end", end), ("employed_from", job),
        ("employed_to", job.flatMap { dice.maybe(40, (day($0) + 181).text) }))
    }
    for n in 0..<3 {
      r.add(
        "adjustments", ("id", id("a", n)), ("platform", dice.one(["p1", "p2"])),
        ("from_enterprise", dice.one(enterprises)),
        ("to_enterprise", dice.one(enterprises)), ("start", dice.date("2023-01-01", days: 400)))
      r.add(
        "fairs", ("id", id("f", n)), ("held_in", dice.one(origins)), ("date", dice.date("2021-06-01", days: 1000)),
        ("organiser", dice.maybe(70, dice.one(["org", "ann"]))),
        ("cost", dice.maybe(60, dice.one(["12000.55", "90000"]))),
        (
          "participants",
          dice.maybe(80, "[" + enterprises.prefix(Int.random(in: 1...4, using: &dice)).joined(separator: ";") + "]")
        ))
      r.add(
        "parks", ("id", id("p", n)), ("name", dice.maybe(60, dice.one(["north", "south"]))),
        ("district", dice.one(homes)),
        ("level", dice.one(["city", "province"])), ("selected_on", dice.date("2021-06-01", days: 900)))
      r.add(
        "teams", ("id", id("t", n)), ("year", dice.one(["2020", "2021", "2022"])),
        ("award", dice.maybe(60, dice.one(["50000", "123456.78", "500000"]))))
      for year in ["2020", "2021", "2022", "2023"] where dice.chance(60) {
        r.add(
          "tax_records", ("agency", agencies[n]), ("year", year),
          ("vat_local", dice.maybe(80, dice.one(["1000.01", "33333.33", "7"]))),
          ("cit_local", dice.maybe(50, "5000.99")))
      }
      r.add(
        "jobseekers", ("id", id("j", n)), ("benefit_ended_on", dice.maybe(60, dice.date("2019-10-01", days: 500))),
        ("insured_ineligible", dice.maybe(40, "true")), ("unemployed_from", dice.date("2019-10-01", days: 500)),
        ("reemployed_on", dice.maybe(30, dice.date("2021-02-01", days: 200))),
        ("retirement_on", dice.maybe(60, dice.date("2020-06-01", days: 500))))
      let opened = dice.date("2021-04-01", days: 700)
      r.add(
        "startups", ("id", id("u", n)), ("founder_origin", dice.one(["513323", "621224", "520502"])),
        ("relief_person", dice.maybe(30, "true")),
        ("founder_graduated", dice.maybe(70, dice.one(["2020", "2019-06-30", "2021"]))),
        ("district", dice.one(["330703", "350112"])),
        ("start", opened), ("end", dice.maybe(40, (day(opened) + 500).text)))
      let county = dice.one(sending)
      r.add(
        "stations", ("id", id("n", n)), ("kind", dice.one(["cooperation_station", "guidance_centre"])),
        ("county", county), ("located_in", dice.chance(50) ? county : dice.one(homes + origins)),
        ("start", dice.date("2021-04-01", days: 700)),
        ("end", dice.maybe(30, "2024-06-30")))
      r.add(
        "townships", ("id", id("v", n)), ("odd_job_market_on", dice.maybe(70, dice.date("2023-03-01", days: 90))),
        ("reports", dice.maybe(60, "[2023-02-10;2023-03-05;2023-04-10]")))
      r.add("exchanges", ("id", id("x", n)), ("date", dice.date("2022-01-01", days: 900)))
    }
  }

  /// Settings by chance: thresholds small enough to be reached, readings anyhow, some values supplied.
  static func settings(_ seed: Int) -> RunSettings {
    var dice = Dice(state: UInt64(seed) &* 104_729 &+ 11)
    var settings = RunSettings()
    settings.mode = dice.chance(40) ? .adopted : .enacted
    for d in Bundled.documents {
      for p in d.parameters + d.measures.flatMap(\.parameters)
      where ["threshold", "recruits", "posts", "bronze", "min_staff", "per_enterprise"].contains(p.name) {
        settings.parameters[p.id] = Int64(dice.one([1, 2, 3]))
      }
      for p in d.measures.flatMap(\.parameters) where p.name == "silver" || p.name == "gold" {
        settings.parameters[p.id] = 5
      }
      for v in d.values where dice.chance(60) {
        settings.values[v.name] = v.type == .share ? 10_000_000 : Int64.random(in: 0...300_000, using: &dice)
      }
      for r in d.readings + d.measures.flatMap(\.readings) where dice.chance(40) {
        settings.readings[r.id] = dice.one(r.choices).name
      }
    }
    for r in Reading.global where dice.chance(30) { settings.readings[r.id] = dice.one(r.choices).name }
    if dice.chance(60) { settings.asOf = day(dice.date("2020-06-01", days: 1700)) }
    return settings
  }

  /// Many hires as the bytes of a CSV file, in one list of their own: origins, agencies and dates anyhow.
  static func bulk(_ count: Int, seed: UInt64) -> [UInt8] {
    var dice = Dice(state: seed)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * 80)
    bytes += Array(
      ("id,worker,origin,enterprise,agency,base,specialist,referrer,start,end,organised,relief_person,"
        + "monthly_wage,graduated\n").utf8)
    let first = day("2020-01-01")
    // Three of four come from the regions that the documents are about.
    let origins = origins + ["520502", "513323", "621221", "520502", "530102", "621224"]
    for i in 0..<count {
      let x = dice.next()
      func part(_ shift: UInt64, _ n: UInt64) -> Int { Int((x >> shift) % n) }
      let start = first + Int32(part(0, 1500))
      var line = "h\(i),"
      line += part(7, 10) < 3 ? "w\(part(9, 40_000))," : ","
      line += part(11, 50) == 0 ? "," : origins[part(13, UInt64(origins.count))] + ","
      line += "e\(part(17, 40)),"
      line += part(19, 5) == 0 ? "," : "q\(part(23, 60)),"
      line += part(29, 3) == 0 ? "," : "b\(part(31, 20)),"
      line += part(37, 3) == 0 ? "," : "s\(part(39, 30)),"
      line += part(41, 4) == 0 ? "r\(part(43, 30))," : ","
      line += start.text + ","
      line += part(45, 2) == 0 ? "," : (start + Int32(part(47, 400))).text + ","
      line += part(51, 6) == 0 ? "false," : "true,"
      line += part(53, 2) == 0 ? "true," : ","
      line += part(55, 3) == 0 ? "," : "\(3500 + part(57, 1000)).\(10 + part(59, 90)),"
      line += part(60, 4) == 0 ? "2020\n" : "\n"
      bytes += Array(line.utf8)
    }
    return bytes
  }
}
