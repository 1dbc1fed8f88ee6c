// Facts that are hardly what was meant, and were taken without a word: records entered twice, names that look alike,
// days that programs write where there is none, words that say that nobody knows.
import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Facts that are hardly meant")
struct SilentFactsTests {
  private func told(_ scenario: String) throws -> [Diagnostic] {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try ("scenario: t\ndistrict: 350112\n" + scenario).write(
      toFile: bench.path("x.yaml"), atomically: true, encoding: .utf8)
    return bench.session.load(path: bench.path("x.yaml")).diagnostics
  }

  @Test(
    "a record that says the same as another under another id is told of, in every list",
    arguments: [
      ("fairs", "held_in: 513323, date: 2022-11-07, organiser: 甲, cost: 5000", "cost: 5000", "cost: 5001"),
      ("jobseekers", "person: 张三, born: 1970-03, unemployed_from: 2020-01-01", "2020-01-01", "2020-01-02"),
      ("stations", "name: 甲站, district: 330703, based_in: 513323, years: [2022]", "甲站", "乙站"),
      ("startups", "founder: 张三, started: 2022-03-01", "2022-03-01", "2022-03-02"),
    ])
  func twice(_ list: String, _ facts: String, _ from: String, _ to: String) throws {
    let twice = try told("\(list):\n  - {id: a, \(facts)}\n  - {id: b, \(facts)}\n")
    if twice.contains(where: { $0.severity == .error }) { return }
    #expect(
      twice.contains { $0.code == "repeated-record" && $0.message.en.contains("`b` and `a`") },
      "\(twice.map(\.message.en))")
    let other = facts.replacingOccurrences(of: from, with: to)
    let once = try told("\(list):\n  - {id: a, \(facts)}\n  - {id: b, \(other)}\n")
    #expect(!once.contains { $0.code == "repeated-record" }, "\(once.map(\.message.en))")
  }

  @Test("of two firms of one name in one place it is asked whether they are one")
  func firms() throws {
    let found = try told(
      "enterprises:\n  - {id: a, name: 甲厂, district: 350112, size: small}\n  - {id: b, name: 甲厂, district: 350112}\n")
    #expect(found.contains { $0.code == "repeated-name" }, "\(found.map(\.message.en))")
    let apart = try told(
      "enterprises:\n  - {id: a, name: 甲厂, district: 350112}\n  - {id: b, name: 甲厂, district: 350103}\n  - {id: c, "
        + "name: 乙厂, district: 350112}\n"
    )
    #expect(!apart.contains { ["repeated-name", "repeated-record"].contains($0.code) }, "\(apart.map(\.message.en))")
  }

  private func pair(_ one: String, _ other: String, _ id: String = "") throws -> [Diagnostic] {
    try told(
      """
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: h1, worker: "\(one)", enterprise: e, start: 2022-03-01, end: 2022-08-31\(id)}
        - {id: h2, worker: "\(other)", enterprise: e, start: 2022-10-01}

      """)
  }

  @Test(
    "signs that nobody sees are left out of names", arguments: ["\\u200b", "\\u00ad", "\\u200e", "\\u202a", "\\ufeff"])
  func unseen(_ sign: String) throws {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try """
    scenario: t
    district: 350112
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: h1, worker: 王伟, enterprise: e, start: 2022-03-01, end: 2022-08-31}
      - {id: h2, worker: "王\(sign)伟", enterprise: e, start: 2022-10-01}

    """.write(toFile: bench.path("x.yaml"), atomically: true, encoding: .utf8)
    let told = bench.session.load(path: bench.path("x.yaml")).diagnostics
    #expect(told.contains { $0.message.en.contains("王伟") }, "\(told.map(\.message.en))")
    #expect(try bench.object("count", "count hires where worker = 王伟")["count"]?.line == "2")
  }

  @Test(
    "names that look alike and are two are told of",
    arguments: [
      ("阿依古丽·买买提", "阿依古丽•买买提"), ("阿依古丽·买买提", "阿依古丽.买买提"), ("阿依古丽·买买提", "阿依古丽・买买提"), ("李长", "李⻓"), ("ANNA·B", "ＡＮＮＡ·B"),
    ])
  func alike(_ one: String, _ other: String) throws {
    let found = try pair(one, other)
    #expect(found.contains { $0.code == "names-alike" && $0.severity == .warning }, "\(found.map(\.message.en))")
    #expect(try !pair(one, one).contains { $0.code == "names-alike" })
  }

  @Test(
    "a day that programs write where there is none is not stated, and it is said",
    arguments: ["1900-01-01", "1899-12-30", "1970-01-01", "0001-01-01"])
  func emptyDays(_ day: String) throws {
    let record = "enterprises: [{id: e, district: 350112}]\nhires:\n  - {id: h1, enterprise: e, start: 2022-03-01, "
    let found = try told(record + "graduated: \(day)}\n")
    #expect(found.contains { $0.code == "empty-day" && $0.severity == .warning }, "\(found.map(\.message.en))")
    let first = try told(
      "enterprises: [{id: e, district: 350112}]\nhires:\n  - {id: h1, enterprise: e, start: \(day)}\n")
    #expect(first.contains { $0.code == "placeholder-day" && $0.severity == .error }, "\(first.map(\.message.en))")
    let born = try told(record + "born: 1970-01-01}\n")
    #expect(
      !born.contains { ["empty-day", "placeholder-day", "births-alike"].contains($0.code) }, "\(born.map(\.message.en))"
    )
  }

  @Test(
    "a last day of which nobody knows is none that has not come", arguments: ["不详", "未知", "待核实", "不清楚", "?", "unknown"])
  func unknown(_ word: String) throws {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    func load(_ heading: String) throws -> [Diagnostic] {
      try "id,enterprise,start,\(heading)\nh1,e,2022-03-01,\(word)\n".write(
        toFile: bench.path("h.csv"), atomically: true, encoding: .utf8)
      try "scenario: t\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\nhires_from: h.csv\n".write(
        toFile: bench.path("x.yaml"), atomically: true, encoding: .utf8)
      return bench.session.load(path: bench.path("x.yaml")).diagnostics
    }
    for heading in ["end", "insured_before"] {
      let found = try load(heading)
      #expect(
        found.contains { $0.severity == .error && $0.message.en.contains("nobody knows") },
        "\(heading): \(found.map(\.message.en))")
    }
    // Where an empty cell says just that, it is one.
    let origin = try load("origin")
    #expect(!origin.contains { $0.severity == .error }, "\(origin.map(\.message.en))")
  }

  @Test("the mark that old systems end a file with is its end", arguments: ["\u{1A}", "\u{1A}\r\n\u{1A}\u{1A}\n"])
  func endMark(_ mark: String) throws {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try "id,enterprise,start\nh1,e,2022-03-01\n\(mark)".write(
      toFile: bench.path("h.csv"), atomically: true, encoding: .utf8)
    try "scenario: t\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\nhires_from: h.csv\n".write(
      toFile: bench.path("x.yaml"), atomically: true, encoding: .utf8)
    let answer = bench.session.load(path: bench.path("x.yaml"))
    #expect(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    #expect(answer.diagnostics.contains { $0.code == "end-mark" })
    #expect(try bench.object("count", "count hires")["count"]?.line == "1")
  }

  @Test("what divides by nought is not offered to be stated where it is stated")
  func nought() throws {
    let rules = """
      ```policy
      document d
        jurisdiction 350112
        window from 2022-01-01 to 2023-12-31

      measure m
        title "M"
        article "1"
        kind other
        for each hire
        pay enterprise 100 yuan / (contract_months - 12) on start
      ```
      """
    let bench = try Bench(
      "scenario: t\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\nhires:\n"
        + "  - {id: h1, enterprise: e, start: 2022-03-01, contract_months: 12}\n", policies: [rules])
    let line = try bench.object("budget", "run d").line
    #expect(line.contains("division by zero") || line.contains("zero"), "\(line)")
    let text = bench.ask("run d").flatMap(\.diagnostics).map { $0.message.en + ($0.hint?.en ?? "") }.joined(
      separator: "\n")
    #expect(!text.contains("state contract_months"), "\(text)")
  }
}
