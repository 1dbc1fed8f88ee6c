// A year of a district by chance, as files and as bare columns, and what it costs by three loops written for nothing
// else: the expected totals of the benchmark, and a floor to compare with. Knows this one document and these columns
// only.
import Reckoning

/// Numbers by chance; the same seed gives the same ones.
struct Dice {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(max(n, 1))) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}

/// A year's facts in columns. Day numbers, codes of places, rows of other lists; -1 where there is none.
struct Year {
  let count: Int
  var enterpriseKey: [Bool] = [], enterpriseHome: [Bool] = []
  var agencyCode: [Int32] = [], agencySelected: [Bool] = [], agencyFiled: [Bool] = []
  var baseCode: [Int32] = []
  var specialistEnterprise: [Int32] = [], specialistCode: [Int32] = [], specialistFiled: [Int32] = [],
    specialistFrom: [Int32] = []
  var specialistPassed: [Bool] = []
  var origin: [Int32] = [], enterprise: [Int32] = [], agency: [Int32] = [], base: [Int32] = [], specialist: [Int32] = []
  var start: [Int32] = [], end: [Int32] = [], organised: [Bool] = []

  static let home: Int32 = 350_112
  static let sending: Set<Int32> = [14, 34, 36, 41, 42, 43, 15, 45, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65]
  static let first = Day.clamped(year: 2022, month: 1, day: 28).number
  static let last = Day.clamped(year: 2023, month: 12, day: 31).number

  static func sends(_ code: Int32) -> Bool { sending.contains(code / 10_000) && code != 640_402 }

  init(_ count: Int, codes: [Int32]) {
    self.count = count
    var dice = Dice(state: UInt64(count) &+ 20_220_128)
    let counties = (0..<400).map { _ in codes[dice.below(codes.count)] }.filter { $0 != 640_402 }
    let enterprises = max(count / 200, 4), agencies = max(count / 400, 4), specialists = max(count / 1000, 2)
    for _ in 0..<enterprises {
      let isHome = dice.chance(92)
      enterpriseHome.append(isHome)
      enterpriseKey.append(isHome && dice.chance(88))
    }
    for _ in 0..<agencies {
      let kind = dice.below(100)
      agencyCode.append(kind < 45 ? counties[dice.below(counties.count)] : kind < 95 ? Year.home : 350_102)
      agencySelected.append(kind < 45)
      agencyFiled.append(kind >= 45 && kind < 90)
    }
    baseCode = counties
    for _ in 0..<specialists {
      specialistEnterprise.append(Int32(dice.below(max(enterprises / 10, 1))))
      specialistCode.append(counties[dice.below(counties.count)])
      let from = Year.first + Int32(dice.below(500))
      specialistFrom.append(from)
      specialistFiled.append(dice.chance(5) ? -1 : from - Int32(dice.below(60)))
      specialistPassed.append(from < Year.first + 337 && dice.chance(70))
    }
    for _ in 0..<count {
      let has = dice.chance(5)
      let s = Int32(dice.below(specialists))
      specialist.append(has ? s : -1)
      let a = dice.chance(3) ? -1 : Int32(dice.below(agencies))
      agency.append(a)
      // An agency chosen by a sending government brings the workers of its own county, but for some.
      let own = a >= 0 && agencySelected[Int(a)] && dice.chance(90)
      let home = own ? agencyCode[Int(a)] : counties[dice.below(counties.count)]
      origin.append(has && dice.chance(95) ? specialistCode[Int(s)] : home)
      enterprise.append(Int32(dice.below(enterprises)))
      base.append(dice.chance(20) ? -1 : Int32(dice.below(counties.count)))
      let from = Year.first - 20 + Int32(dice.below(720))
      start.append(from)
      end.append(dice.chance(65) ? -1 : from + Int32(dice.below(420)))
      organised.append(!dice.chance(8))
    }
  }

  // MARK: Files

  /// Writes scenario.yaml and five tables into a folder.
  func write(to folder: String) -> Bool {
    let days = (Year.first - 100...Year.last + 500).map { Day(number: $0).text }
    func day(_ n: Int32) -> String { n < 0 ? "" : days[Int(n - Year.first + 100)] }
    let scenario = """
      scenario: A year by chance, \(count) hires
      district: 350112
      documents: [changle-2022]
      hires_from: hires.csv
      agencies_from: agencies.csv
      enterprises_from: enterprises.csv
      bases_from: bases.csv
      specialists_from: specialists.csv
      """
    return TableFile.write(folder, "scenario.yaml", 1, "# Written by cesuan-bench.") { _ in scenario }
      && TableFile.write(folder, "enterprises.csv", enterpriseHome.count, "id,district,lists") {
        let lists = enterpriseKey[$0] ? "honest_employer" : ""
        return "\(TableFile.id("e", Int32($0), 6)),\(enterpriseHome[$0] ? Year.home : 350_102),\(lists)"
      }
      && TableFile.write(folder, "agencies.csv", agencyCode.count, "id,district,selected_by_sending_government,filed") {
        "\(TableFile.id("a", Int32($0), 6)),\(agencyCode[$0]),\(agencySelected[$0]),\(agencyFiled[$0])"
      }
      && TableFile.write(folder, "bases.csv", baseCode.count, "id,county,agreement") {
        "\(TableFile.id("b", Int32($0), 6)),\(baseCode[$0]),true"
      }
      && TableFile.write(
        folder, "specialists.csv", specialistCode.count, "id,enterprise,county,filed_on,appointed_from,passed_years"
      ) {
        let who =
          "\(TableFile.id("s", Int32($0), 6)),\(TableFile.id("e", specialistEnterprise[$0], 6)),\(specialistCode[$0])"
        let passed = specialistPassed[$0] ? "2022" : ""
        return "\(who),\(day(specialistFiled[$0])),\(day(specialistFrom[$0])),\(passed)"
      }
      && TableFile.write(folder, "hires.csv", count, "id,origin,enterprise,agency,base,specialist,start,end,organised")
      { i in
        let agencyID = agency[i] < 0 ? "" : TableFile.id("a", agency[i], 6)
        let baseID = base[i] < 0 ? "" : TableFile.id("b", base[i], 6)
        let specialistID = specialist[i] < 0 ? "" : TableFile.id("s", specialist[i], 6)
        let from = "\(TableFile.id("h", Int32(i), 8)),\(origin[i]),\(TableFile.id("e", enterprise[i], 6))"
        return "\(from),\(agencyID),\(baseID),\(specialistID),\(day(start[i])),\(day(end[i])),\(organised[i])"
      }
  }

  // MARK: By hand

  /// What the year costs in yuan under base_operating, agency_reward and specialist_allowance, in 2022 and 2023.
  func totals(rate3: Int64 = 300) -> (base: Int64, agency: Int64, specialist: Int64) {
    let low = Year.first - 100, span = Int(Year.last - low) + 101
    // The last days of three and of six months, by the day of the start; nobody reaches them from outside the window.
    var three = [Int32](repeating: .max, count: span), six = three, slot = [Int](repeating: 0, count: span)
    for d in Year.first...Year.last {
      three[Int(d - low)] = Day(number: d).adding(months: 3, .clamp).number - 1
      six[Int(d - low)] = Day(number: d).adding(months: 6, .clamp).number - 1
      slot[Int(d - low)] = Day(number: d).year - 2022
    }
    let sends = Dictionary(uniqueKeysWithValues: Set(origin + agencyCode + specialistCode).map { ($0, Year.sends($0)) })
    let sending = origin.map { sends[$0] ?? false }
    var placed = [Int64](repeating: 0, count: agencyCode.count * 2), longer = placed
    var based = [Int64](repeating: 0, count: baseCode.count * 2)
    var recruited = [Int64](repeating: 0, count: specialistCode.count * 2)
    // On record in the district: workers of anywhere that sends; chosen by a sending government: those of its own
    // county.
    let filed = agencyCode.indices.map { agencyFiled[$0] && agencyCode[$0] == Year.home }
    let chosen = agencyCode.indices.map { agencySelected[$0] && sends[agencyCode[$0]] ?? false }
    let serves = specialistFrom.indices.map { max(specialistFrom[$0], specialistFiled[$0]) }
    for i in 0..<count {
      let d = Int(start[i] - low), last = end[i] < 0 ? Int32.max - 1 : end[i], year = slot[d]
      let is3 = last >= three[d], is6 = last >= six[d], e = Int(enterprise[i])
      if agency[i] >= 0, organised[i], sending[i], enterpriseKey[e] {
        let a = Int(agency[i])
        if filed[a] || chosen[a] && origin[i] == agencyCode[a] {
          if is3 { placed[a * 2 + year] += 1 }
          if is6 { longer[a * 2 + year] += 1 }
        }
      }
      if base[i] >= 0, enterpriseHome[e], is6 { based[Int(base[i]) * 2 + year] += 1 }
      if specialist[i] >= 0, enterpriseKey[e], is6, origin[i] == specialistCode[Int(specialist[i])],
        start[i] >= serves[Int(specialist[i])]
      {
        recruited[Int(specialist[i]) * 2 + year] += 1
      }
    }
    var agencyTotal: Int64 = 0, baseTotal: Int64 = 0
    for a in agencyCode.indices {
      for y in 0..<2 where placed[a * 2 + y] >= 100 {
        agencyTotal += placed[a * 2 + y] * rate3 + longer[a * 2 + y] * 300
      }
    }
    for b in baseCode.indices {
      for y in 0..<2 where sends[baseCode[b]] ?? Year.sends(baseCode[b]) && based[b * 2 + y] >= 100 {
        baseTotal += 50_000
      }
    }
    return (baseTotal, agencyTotal, allowances(recruited))
  }

  private func allowances(_ recruited: [Int64]) -> Int64 {
    struct Place: Hashable {
      let of: Int32
      let year: Int
    }
    var candidates: [(filed: Int32, specialist: Int, year: Int)] = []
    for s in specialistCode.indices
    where enterpriseKey[Int(specialistEnterprise[s])] && Year.sends(specialistCode[s]) && specialistFiled[s] >= 0 {
      let from = Day(number: specialistFrom[s])
      var years = [from.year]
      if from.year == 2022, specialistPassed[s] { years.append(2023) }
      for year in years {
        let anniversary = from.adding(months: 12 * (year - from.year), .clamp).number
        if anniversary >= Year.first, anniversary <= Year.last, recruited[s * 2 + year - 2022] >= 10 {
          candidates.append((specialistFiled[s], s, year))
        }
      }
    }
    candidates.sort { ($0.filed, $0.specialist, $0.year) < ($1.filed, $1.specialist, $1.year) }
    var byEnterprise: [Place: Int] = [:], byCounty: [Place: Int] = [:]
    var total: Int64 = 0
    for c in candidates {
      let e = Place(of: specialistEnterprise[c.specialist], year: c.year),
        k = Place(of: specialistCode[c.specialist], year: c.year)
      guard byEnterprise[e, default: 0] < 2, byCounty[k, default: 0] < 2 else { continue }
      byEnterprise[e, default: 0] += 1
      byCounty[k, default: 0] += 1
      total += 6000
    }
    return total
  }
}
