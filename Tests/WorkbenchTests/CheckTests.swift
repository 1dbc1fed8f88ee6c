import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Checking files")
struct CheckTests {
  static let grant = """
    # Training grant

    ```policy
    list courses, each a course
      title "Courses" zh "课程"
      begins start
      field id text required
      field learner text required
      field start date required
      field hours number

    document training-grant
      title "Training grant" zh "培训补助"
      jurisdiction 350112
      issued 2022-01-01
    ```

    ## 一 Grant

    ```policy
    measure course_grant
      title "For each long course" zh "长课程补助"
      article "一"
      kind training
      param hours_needed = 40 hours "how long a course must be"
      param amount = 500 yuan "for each course"
      for each course
      where hours >= hours_needed
      pay learner amount on start

    example "forty hours will do"
      given course a: learner x, start 2022-03-01, hours 40
      expect course_grant 500 yuan

    example "thirty-nine will not"
      given course a: learner x, start 2022-03-01, hours 39
      expect course_grant EXPECTED
    ```
    """

  private func check(_ text: String, _ bench: Bench) throws -> Answer {
    let path = bench.path("grant.md")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return bench.session.check(paths: [path])
  }

  @Test("a document about something else checks, and runs beside the bundled ones")
  func otherDocument() throws {
    let text = Self.grant.replacingOccurrences(of: "EXPECTED", with: "0 yuan")
    let bench = try Bench()
    let answer = try check(text, bench)
    #expect(!answer.failed && !answer.hasMismatch, "\(answer.diagnostics.map(\.message.en))")
    let scenario = """
      scenario: courses
      district: 350112
      courses:
        - {id: a, learner: x, start: 2022-03-01, hours: 40}
        - {id: b, learner: y, start: 2022-03-01, hours: 10}
      """
    let other = try Bench(scenario, policies: [text])
    #expect(try other.total("run training-grant") == "500.00")
    #expect(try other.total("with hours_needed = 10 run training-grant + changle-2022") == "1000.00")
  }

  @Test("an example that comes out otherwise is a mismatch, told with both figures")
  func mismatch() throws {
    let bench = try Bench()
    let answer = try check(Self.grant.replacingOccurrences(of: "EXPECTED", with: "500 yuan"), bench)
    #expect(answer.hasMismatch && !answer.failed)
    #expect(
      answer.diagnostics.first { $0.code == "example" }?.message.en
        == "\"thirty-nine will not\": total of course_grant is 0 yuan, expected 500")
  }

  @Test("errors in the language fail the check")
  func errors() throws {
    let bench = try Bench()
    #expect(
      try check(Self.grant.replacingOccurrences(of: "hours >= hours_needed", with: "hours >= amount"), bench).failed)
    #expect(try check("# nothing\n", bench).failed)
    #expect(bench.session.check(paths: [bench.path("missing.md")]).failed)
  }

  @Test("a drafter hears of what is left open")
  func lint() throws {
    let bench = try Bench()
    let text =
      Self.grant.replacingOccurrences(of: "EXPECTED", with: "0 yuan") + """

        ## 二 Something else

        Nothing is said of it.

        ```policy
        value wage yuan
        param spare = 3 months
        ```

        ## 三 And a third

        Prose.
        """
    let codes = try check(text, bench).diagnostics.map(\.code)
    #expect(codes.contains("value-undescribed") && codes.contains("unused-value") && codes.contains("unused-parameter"))
    #expect(codes.contains("article-without-clause"))
  }
}
