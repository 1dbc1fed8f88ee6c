import Diagnostics
import Testing

@Suite("Names that look like an unknown one") struct NearestTests {
  let commands = [
    "load", "list", "run", "compare", "payments", "explain", "sweep", "sensitivity", "readings", "比较", "测算",
  ]

  @Test(
    "A slip finds the name",
    arguments: [
      ("laod", ["load"]), ("comapre", ["compare"]), ("explian", ["explain"]), ("RUN", ["run"]), ("ＲＵＮ", ["run"]),
      ("sens", ["sensitivity"]), ("比校", ["比较"]), ("测", ["测算"]), ("zzzzzz", []), ("", []), ("q", []),
      ("paymnets", ["payments"]), ("rnu", ["run"]),
    ])
  func slips(word: String, expected: [String]) {
    #expect(Nearest.names(to: word, among: commands) == expected)
  }

  @Test("The last parts of a dotted name stand for the whole")
  func dotted() {
    let names = ["changle-2022.agency_reward.rate_3m", "changle-2022.agency_reward.rate_6m", "window_on"]
    #expect(Nearest.names(to: "rate_4m", among: names) == Array(names.prefix(2)))
    #expect(Nearest.names(to: "agency-reward.rate_3m", among: names).first == names[0])
    #expect(Nearest.names(to: "window-on", among: names) == ["window_on"])
  }

  @Test("The likeliest comes first, at most three are named, none twice")
  func order() {
    let found = Nearest.names(to: "rate", among: ["rates_of_pay", "raet", "rate", "rote", "ratio", "rate", "rat"])
    #expect(found.count == 3)
    #expect(found.first == "rate")
    #expect(Nearest.names(to: "rate", among: ["rate", "rate"]) == ["rate"])
  }

  @Test("Any unequal length and any limit is answered", arguments: 0...12)
  func lengths(length: Int) {
    let word = String(repeating: "a", count: length)
    for other in 0...14 {
      let found = Nearest.names(to: word, among: [String(repeating: "a", count: other)])
      if length == other, length > 0 { #expect(found.count == 1) }
      if length > 0, other < length - 4 { #expect(found.isEmpty) }
    }
    #expect(Nearest.names(to: word, among: commands, limit: 0).isEmpty)
  }

  @Test("A huge word among many huge names costs little")
  func huge() {
    let word = String(repeating: "失业", count: 1_000_000)
    let names = (0..<200).map { String(repeating: "业失", count: 1_000) + String($0) }
    let clock = ContinuousClock()
    let time = clock.measure { #expect(Nearest.names(to: word, among: names).isEmpty) }
    #expect(time < .seconds(3))
    let many = (0..<20_000).map { "measure_number_\($0)" }
    let again = clock.measure { #expect(Nearest.names(to: "measure_numbr_7", among: many).count == 3) }
    #expect(again < .seconds(10))
  }

  @Test("The question names the candidates in both languages")
  func question() {
    let text = Nearest.question(for: "laod", among: commands)
    #expect(text?.en == "did you mean load?")
    #expect(text?.zh == "是不是要写 load？")
    #expect(Nearest.question(for: "zzzzzzz", among: commands) == nil)
    #expect(Nearest.question(for: "loda\u{1B}", among: ["load\u{1B}"])?.en == "did you mean load␛?")
  }
}

@Suite("Names that a question offers")
struct OfferedNameTests {
  @Test("they are those that it was made of", arguments: [["rate"], ["rate", "rates"], ["rate", "rats", "rata"]])
  func offered(names: [String]) throws {
    let question = try #require(Nearest.question(for: "rat", among: names))
    #expect(Nearest.offered(by: question).sorted() == names.sorted())
    #expect(Nearest.offered(by: Text("write `a`", zh: "写 `a`")) == [])
  }
}
