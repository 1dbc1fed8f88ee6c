import Testing

@testable import Workbench

@Suite("Completion")
struct CompletionTests {
  static func candidates(_ text: String, _ bench: Bench) -> [String] {
    bench.session.complete(text, at: text.utf8.count).completions.map(\.text)
  }

  @Test("verbs by their beginning, in both languages")
  func verbs() throws {
    let bench = try Bench()
    #expect(Self.candidates("expl", bench) == ["explain"])
    #expect(Set(Self.candidates("l", bench)) == ["load", "list", "language", "last"])
    #expect(Self.candidates("测", bench) == ["测算"])
    #expect(Self.candidates("run; ex", bench).contains("explain"))
  }

  @Test("what stands where it belongs")
  func positions() throws {
    let bench = try Bench()
    #expect(Self.candidates("run chang", bench) == ["changle-2022", "changle-2020"])
    #expect(Self.candidates("compare changle-2022, ji", bench) == ["jindong-2021"])
    #expect(Self.candidates("run by y", bench) == ["year"])
    #expect(Self.candidates("run as ad", bench) == ["adopted"])
    #expect(Self.candidates("count hir", bench) == ["hires"])
    #expect(Self.candidates("count hires ", bench).contains("where"))
    #expect(Self.candidates("run by origin at p", bench) == ["province", "prefecture"])
    #expect(Self.candidates("run per plac", bench) == ["placed"])
    #expect(Self.candidates("count hires by age at sta", bench) == ["start"])
    #expect(Self.candidates("run by year, monthly_w", bench).first == "monthly_wage")
    #expect(Self.candidates("list hires where agenc", bench).first == "agency")
    #expect(Self.candidates("list hires where agency = ", bench) == ["q", "r"])
    #expect(Self.candidates("list enterprises where size is sm", bench) == ["small"])
    #expect(Self.candidates("set rate_3", bench) == ["rate_3m"])
    #expect(Self.candidates("with window_on = ", bench) == ["start", "accrual"])
    #expect(Self.candidates("with rate_3m = 4, clo", bench) == ["clock"])
    #expect(Self.candidates("explain h-10", bench) == ["h-10", "h-100"])
    #expect(Self.candidates("why ", bench) == ["not"])
    #expect(Self.candidates("why not agency", bench).contains("agency_reward"))
    #expect(Self.candidates("why not agency_reward for ", bench).contains("q"))
    #expect(Self.candidates("payments agency_r", bench) == ["agency_reward"])
    #expect(Self.candidates("set rate_3m ", bench) == ["="])
    #expect(Self.candidates("set rate_3m = 400 ", bench) == ["yuan"])
    #expect(Self.candidates("set uni", bench) == ["unit"])
    #expect(Self.candidates("set unit = ", bench) == ["元", "万"])
    #expect(Self.candidates("show 三（二", bench) == ["三（二）"])
    #expect(Self.candidates("help wor", bench) == ["words"])
    #expect(Self.candidates("sweep rate_3", bench) == ["rate_3m"])
    #expect(Self.candidates("sweep rate_3m ", bench).contains("from"))
    #expect(Self.candidates("sweep rate_3m from ", bench).first == "300 yuan")
    #expect(Self.candidates("find rate_3m so that ", bench) == ["total"])
    #expect(Self.candidates("find rate_3m so that total ", bench) == ["=", "<=", ">="])
    #expect(Self.candidates("find rate_3m, rate_6", bench) == ["rate_6m"])
    #expect(Self.candidates("find rate_3m, threshold so that total <= 3 with most ", bench).contains("placed"))
    #expect(!Self.candidates("find rate_3m, threshold so that total <= 3 with most ", bench).contains("beneficiary"))
    bench.ask("draft mine from changle-2022: rate_3m = 400")
    #expect(Self.candidates("run min", bench) == ["mine"])
    #expect(Self.candidates("sweep rate_3m from 1 to 2 in min", bench) == ["mine"])
    bench.ask("run changle-2022")
    #expect(Self.candidates("plot r1", bench) == ["r1"])
    #expect(Self.candidates("查看 人力资源服务机构", bench) == ["agency_reward"])
    #expect(Self.candidates("load \(bench.path(""))", bench) == [bench.path("s.yaml")])
  }

  @Test("the word under the cursor is replaced, whatever follows it")
  func replacing() throws {
    let bench = try Bench()
    let (from, found) = bench.session.complete("测算 chang by year", at: "测算 chang".utf8.count)
    #expect(from == "测算 ".utf8.count && found.count == 2)
    for cursor in -1...40 { _ = bench.session.complete("若 rate_3m＝400，测算“", at: cursor) }
  }

  @Test("hints tell usage, and what a name stands at")
  func hints() throws {
    let bench = try Bench()
    func hint(_ text: String) -> String { bench.session.hint(text, at: text.utf8.count) }
    #expect(hint("set rate_3m = ") == "now 300 yuan")
    #expect(hint("compare a") == "PROGRAMME, PROGRAMME, … [by DIMENSION|FACT] [on duckdb|spark]")
    #expect(hint("why not agency_reward ") == "for ID")
    #expect(hint("run by year as ad") == "[PROGRAMME] [per NAME] [on duckdb|spark]")
    #expect(hint("comp").hasPrefix("compare PROGRAMME"))
    #expect(hint("set rate_3m") == "now 300 yuan")
    #expect(hint("set unit = ") == "now 元 · 元|万")
    #expect(hint("").contains("Tab"))
    #expect(hint("nonsense").isEmpty)
  }
}
