// One document that holds every form of every clause, and what becomes of it.
import Diagnostics
import Testing

@testable import PolicyLanguage

/// Every form of the language at least once.
let everything = #"""
  # 长乐 five measures

  Some prose here
  in two lines.

  ```policy
  document changle-2022
    title "Five measures ..." zh "..."
    number "长政办〔2022〕8号"
    jurisdiction 350112
    issued 2022-01-28
    window from 2022-01-28 to 2023-12-31        # or: window from A
    funded "..." zh "..."                        # free remarks
    interpreted "by the bureau"
  list hires, each a hire
    title "Hires" zh "录用人员"
    person worker          # the text field that names the person
    begins start           # the day
    ends end
    field id text required label "序号"
    field worker text default id label "姓名" "the same text is the same person" zh "..."
    field sex one of (male "男", female "女" "女性") label "性别"
    field origin place
    field enterprise reference to enterprises required label "就业单位"
    field end date absent means none
    field organised bool default true
    field lists set of one of (leading_2021, honest_employer) 
    field graduated date or year absent means none
    field passed_years set of number
  value minimum_wage yuan "the local minimum monthly wage" zh "..." from "the city's notice on minimum wages" zh "..."
  value public_post_month yuan per month "..." from "..."
  value layoff_limit % "..." from "..."
  define in_home(p: place)
    p within home
  define key(e: enterprise)
    e.district within home and e.taxed_in within home
    and e.lists includes any of (leading_2021, honest_employer, harmonious_labour)
  define sending(p: place)
    (if sending_regions is open then p within any of (14, 34, 36) otherwise p within any of (53, 52, 51, 62, 64, 50))
    except p within 640402 governed by "长人社就〔2021〕11号" when yuanzhou is separate
  reading window_on "Which?" zh "..."
      start "s" default
      accrual "a"
  param shared = 200万 yuan, at least 0 yuan, at most 3,000,000 yuan "x"
  ```

  ## 三（二）

  ```policy
  measure agency_reward
    title "Reward" zh "奖励"
    article "三（二）"
    kind agency_reward
    reading threshold_means "Once the hundredth worker settles, who is paid for?" zh "..."
      all           "everyone, from the first" zh "..." default
      full_hundreds "only each complete hundred" zh "..."
      count "x"
    param threshold = 100 persons, at least 0 "how many must settle" zh "..."
    param rate = public_post_month "..."          # default: a by-reference value
    window from 2022-01-28 to (if window_on is start then 2023-12-31 otherwise 2024-12-31)
    no window
    assume "…" zh "…"
    for each agency, each year
    for each referrer of hires
    for each referrer of hires, each year when counted_over is year
    for the district, each year from 2021 to 2020 + years
    for each specialist, each anniversary from 1 to years
    for each base, each participant in participants
    where selected_by_sending_government and sending(district)
       or filed and district within home
    begins selected_on
    let placed  = 12 * 3 / n
    count placed = hires of agency where organised and sending(origin) and key(enterprise) on completion of 3 months
    count kk = hires by from_enterprise of enterprise where start from 2020-01-01 to 2020-12-31 and x is any of (a, b) on start begins filed_on in year year of end at any time every record
    count longer = placed
      where stable for 6 months and stable for 6 months from employed_from to employed_to
      on completion of 6 months from end + 1 day
    count paid = first (whole (count of placed / 100) * 100) of placed
    count paid2 = first 100 of placed
    count paid3 = first n of placed
    require count of placed >= threshold
    once per person
    every record
    once per name, level
    only the first 3 for each agency by year
    only the highest for each name preferring level is province when both_levels is higher
    yields to benefit_extension
    pay agency 300 yuan for each placed on completion of 3 months
    pay base amount on later of (31 December of year, date of number threshold in placed)
    pay agency at most high or at least low on 31 December of year
    pay hire.worker share * rate * smaller of (months, whole months from start to end + 1 day) when end is given
    pay enterprise rate * whole months from start to end + 1 day on start
    grant "gold" zh "金" to referrer when count of placed >= gold
    quota 500 posts in all
    quota per_county for each county, year
    ordered by filed_on, id
    error "bad" zh "…" when award < low or award > high
    pay (if x then a otherwise b) if count of placed > 3 then rate_a otherwise rate_b for each placed
    let d = first day with n of placed at once
    let s = sum of vat_local + cit_local over records
    let y = years running in passed_years from year of appointed_from >= year - year of appointed_from
    where year of graduated = year of start and kind is not labour_base and date of number 3 in x is given
    where not agency is given and referrer is not given or province of origin is 350000
    where
      level is province and
      kind is labour_base
      and end is before as_of and cost at most award and start on or after 2020-01-01
    where lists includes honest_employer and dates includes any from 2021-01-01 to as_of
    where p within any of (14,34，350500-tiz、"长乐区")
  ```

  ```policy
  duty soe_graduates
    title "x"
    article "y"
    param share = 50%
    window from 2020-01-01 to 2020-12-31
    for each enterprise, each year
    where state_owned and in_home(district)
    count taken_on = hires of enterprise
    count fresh = taken_on where graduated is given and year of graduated = year of start
    expect count of fresh >= share of count of taken_on "half of the year's hires are that year's graduates" zh "…"
  note funding
    title "x"
    article "y"
    text "…" zh "…"
  example "ninety-nine are not a hundred" zh "…"
    district 350112                 # default: the document's own
    as of 2022-05-01
    as adopted                      # default: as enacted
    with threshold = 50, window_on = accrual, changle-2022.agency_reward.rate = 2,000,000 yuan
    given enterprise k: district 350112, lists leading_2021
    given agency q: district 350112, filed true
    given 99 hires h: agency q, enterprise k, origin 520502, start 2022-03-01     # ids h-1 … h-99
    given team t: years (2021, 2022), lists a; b,
      district 350112, name "甲, 乙"
    expect agency_reward 0 yuan
    expect agency_reward due 30,000 yuan
    expect agency_reward over quota 3
    expect registry not met
    expect registry unknown
    expect changle-2022.x payments 12
  ```
  """#

@Suite("Clauses")
struct ParserClauseTests {
  let document: DocumentSyntax
  let problems: [Diagnostic]

  init() {
    (document, problems) = PolicyParser.parse(document: SourceFile(name: "everything.md", text: everything))
  }

  func measure(_ name: String) throws -> MeasureSyntax {
    try #require(document.measures.first { $0.name.text == name })
  }

  @Test("Nothing in it is wrong")
  func noMistakes() {
    #expect(problems.map { "\($0.location?.start.line ?? 0): \($0.message.en)" } == [])
  }

  @Test("The header keeps its clauses and, as remarks, every other word with a text")
  func header() throws {
    let header = try #require(document.header)
    #expect(header.name.text == "changle-2022")
    #expect(header.number == "长政办〔2022〕8号")
    #expect(header.jurisdiction?.text == "350112")
    #expect(header.issued?.text == "2022-01-28")
    #expect(header.window?.isNone == false)
    #expect(header.remarks.map(\.key.text) == ["funded", "interpreted"])
  }

  @Test("Fields keep type, absence, labels and meaning")
  func fields() throws {
    let list = try #require(document.lists.first)
    #expect([list.name.text, list.singular.text] == ["hires", "hire"])
    #expect([list.person?.text, list.begins?.text, list.ends?.text] == ["worker", "start", "end"])
    let worker = list.fields[1]
    #expect(worker.labels == ["姓名"])
    #expect(worker.meaning?.en == "the same text is the same person")
    if case .value(let name)? = worker.absence { #expect(name.text == "id") } else { Issue.record("no default") }
    if case .choice(let names, let labels) = list.fields[2].type {
      #expect(names.map(\.text) == ["male", "female"])
      #expect(labels == [["男"], ["女", "女性"]])
    } else {
      Issue.record("no choice")
    }
    if case .set(.choice(let names, _)) = list.fields[7].type {
      #expect(names.count == 2)
    } else {
      Issue.record("no set")
    }
    if case .plain(let type) = list.fields[8].type {
      #expect(type == "date or year")
    } else {
      Issue.record("no date or year")
    }
  }

  @Test("By-reference values keep unit and source")
  func values() {
    #expect(document.values.map(\.unit.text) == ["yuan", "yuan per month", "%"])
    #expect(document.values[0].source?.en == "the city's notice on minimum wages")
  }

  @Test("Parameters keep figure and bounds")
  func parameters() throws {
    let shared = try #require(document.parameters.first)
    #expect(written(shared.value) == "2000000 yuan")
    #expect(shared.atLeast.map(written) == "0 yuan")
    #expect(shared.atMost.map(written) == "3000000 yuan")
    #expect(shared.meaning?.en == "x")
  }

  @Test("A reading's choices may be called like clauses")
  func choices() throws {
    for case .reading(let reading) in try measure("agency_reward").clauses {
      #expect(reading.choices.map(\.name.text) == ["all", "full_hundreds", "count"])
      #expect(reading.choices.map(\.isDefault) == [true, false, false])
    }
  }

  @Test("An option deeper than its set belongs to the set")
  func deeperOptions() throws {
    for case .set(let set) in try measure("agency_reward").clauses where set.name.text == "longer" {
      #expect(set.conditions.count == 1)
      #expect(set.on.map(written) == "(completion of 6 months from (end + 1 day))")
    }
  }

  @Test("A set keeps every option")
  func options() throws {
    for case .set(let set) in try measure("agency_reward").clauses where set.name.text == "kk" {
      if case .list(let list, let of, let by) = set.source {
        #expect([list.text, of?.text, by?.text] == ["hires", "enterprise", "from_enterprise"])
      }
      #expect([set.on, set.begins, set.inYear].map { $0.map(written) } == ["start", "filed_on", "(year of end)"])
      #expect(set.atAnyTime)
      #expect(set.persons == .every)
    }
  }

  @Test("Payments keep bound, low end, set, date and condition")
  func payments() throws {
    var found: [PaySyntax] = []
    for case .pay(let pay) in try measure("agency_reward").clauses { found.append(pay) }
    #expect(found[0].forEach?.text == "placed")
    #expect(found[2].isUpperBound)
    #expect(found[2].low.map(written) == "low")
    #expect(written(found[3].who) == "hire.worker")
    #expect(found[3].when.map(written) == "(end is given)")
  }

  @Test("A measure keeps its own text for show")
  func text() throws {
    let note = try measure("funding")
    #expect(note.form == .note)
    #expect(note.source == "note funding\n  title \"x\"\n  article \"y\"\n  text \"…\" zh \"…\"")
  }

  @Test("Facts of an example stay as written")
  func facts() throws {
    let example = try #require(document.examples.first)
    #expect(example.adopted)
    #expect(example.asOf?.text == "2022-05-01")
    #expect(example.settings.map(\.name.text) == ["threshold", "window_on", "changle-2022.agency_reward.rate"])
    #expect(example.settings.map(\.value.text) == ["50", "accrual", "2,000,000 yuan"])
    #expect(example.givens.map(\.count) == [1, 1, 99, 1])
    #expect(example.givens[3].fields.map(\.name.text) == ["years", "lists", "district", "name"])
    #expect(example.givens[3].fields.map(\.value.text) == ["2021; 2022", "a; b", "350112", "甲, 乙"])
  }

  @Test("Expectations know what they ask about")
  func expectations() throws {
    let example = try #require(document.examples.first)
    #expect(example.expectations.map(\.quantity) == [.total, .due, .overQuota, .notMet, .unknown, .payments])
    #expect(example.expectations.map { $0.amount.map(written) } == ["0 yuan", "30000 yuan", "3", nil, nil, "12"])
  }

  @Test("Headings and prose keep their lines")
  func prose() {
    #expect(document.prose.map(\.level) == [1, 0, 2])
    #expect(document.prose.map(\.text) == ["长乐 five measures", "Some prose here\nin two lines.", "三（二）"])
    #expect(document.prose[0].line == 1)
  }

  @Test("Every token stands where the source says it does")
  func columns() {
    let odd = "where 长 ≥ ３ and “é̂👩‍👩‍👧” is\tx　＝ y # 注\r\n  「 caf\u{E9}e\u{301} )"
    for text in [everything, odd] {
      let source = SourceFile(name: "x", text: text)
      var lexer = Lexer(Array(text.utf8), in: source, firstLine: 1)
      lexer.run()
      for token in lexer.tokens {
        #expect(Position(line: token.line, column: token.column) == source.lines.position(atUTF8: token.start))
        if token.sort != .end {
          #expect(Position(line: token.line, column: token.endColumn) == source.lines.position(atUTF8: token.end))
        }
      }
    }
  }

  @Test("A frame split by year only under a reading keeps its condition")
  func yearsWhen() throws {
    var conditions: [String] = []
    for case .frame(let frame) in try measure("agency_reward").clauses {
      for case .yearsWhen(let name, let condition) in frame.iterations {
        conditions.append(name.text + " " + written(condition))
      }
    }
    #expect(conditions == ["year (counted_over = year)"])
  }

  @Test("Line ends of either kind give the same document")
  func lineEnds() {
    let windows = everything.replacing("\n", with: "\r\n")
    let (other, problems) = PolicyParser.parse(document: SourceFile(name: "x", text: windows))
    #expect(problems.isEmpty)
    #expect(other.measures.map(\.source) == document.measures.map(\.source))
    #expect(other.prose.map(\.text) == document.prose.map(\.text))
  }
}
