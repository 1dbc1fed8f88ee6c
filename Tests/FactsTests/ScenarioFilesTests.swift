// Which bulk files a scenario's text names, however it is written.
import Testing

@testable import Facts

@Suite("Files that a scenario names")
struct ScenarioFilesTests {
  @Test(
    "every form that YAML has for a text names the file",
    arguments: [
      "hires_from: h.csv", "hires_from:\n  h.csv", "hires_from: 'h.csv'", "hires_from:\n    \"h.csv\" # last year's",
      "hires_from: >-\n  h.csv", "? hires_from\n: h.csv", "{hires_from: h.csv}", "title: &f h.csv\nhires_from: *f",
      "hires_from: [h.csv]", "hires_from:\n  - h.csv", "\u{FEFF}hires_from: h.csv",
      "hires_from: old.csv\nhires_from: h.csv",
    ])
  func named(text: String) {
    #expect(Scenario.bulkFiles(namedIn: text) == ["h.csv"])
  }

  @Test("several are named in the scenario's order, whatever their endings; what is no file is none")
  func several() {
    let text = """
      scenario: hires_from: x
      """
    #expect(Scenario.bulkFiles(namedIn: text) == [])
    let good = """
      scenario: "hires_from: x.csv"
      # hires_from: y.csv
      hires_from: /data/last year.txt
      bases_from: b
      courses_from: ~
      cohorts:
        - {id: hires_from, count: 1}
      """
    #expect(Scenario.bulkFiles(namedIn: good) == ["/data/last year.txt", "b"])
    for text in ["", "- a\n- b", "hires_from: [", "\u{0}"] { #expect(Scenario.bulkFiles(namedIn: text) == []) }
    #expect(Scenario.path(ofBulkFile: "/d/h.csv", folder: "s/") == "/d/h.csv")
    #expect(Scenario.path(ofBulkFile: "h.csv", folder: "s/") == "s/h.csv")
  }
}
