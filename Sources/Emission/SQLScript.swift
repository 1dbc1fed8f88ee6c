// A script while it is being written: steps by name, each with what it is for. Equal steps are one.
import Diagnostics

/// The steps of one statement, in order.
final class SQLSteps {
  struct Step {
    let name: String
    let remarks: [String]
    let body: String
    var isRecursive = false
  }

  private(set) var steps: [Step] = []
  private var byBody: [String: String] = [:]
  private var names: Set<String> = []

  /// Adds a step, unless one of the same body is there.
  /// - Returns: its name, which has a number behind it where another is called so.
  @discardableResult
  func add(_ name: String, _ remarks: [String] = [], _ body: String) -> String {
    if let known = byBody[body] { return known }
    var unique = SQLName.column(name)
    var number = 1
    while !names.insert(unique).inserted {
      number += 1
      unique = SQLName.column("\(name)_\(number)")
    }
    byBody[body] = unique
    steps.append(Step(name: unique, remarks: remarks, body: body))
    return unique
  }

  /// Adds a step that goes on from itself.
  func addRecursive(_ name: String, _ remarks: [String], _ body: String) {
    steps.append(Step(name: name, remarks: remarks, body: body, isRecursive: true))
  }

  /// `WITH a AS (…), b AS (…)`. What is asked for more than once is worked out once.
  /// - Parameters:
  ///   - end: the SELECT behind it.
  ///   - needed: whether steps that it does not need are left out.
  func text(before end: String, needed: Bool = false) -> String {
    let steps = needed ? steps(neededBy: end) : self.steps
    guard !steps.isEmpty else { return "" }
    var uses: [Substring: Int] = [:]
    for body in steps.map(\.body) + [end] { for word in SQLSteps.words(body) { uses[word, default: 0] += 1 } }
    let parts = steps.map { step in
      let remarks = step.remarks.map { "-- " + SQLSteps.oneLine($0) + "\n" }.joined()
      let body = step.body.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
      let isShared = uses[step.name[...], default: 2] > 1 && !step.isRecursive
      return remarks + "\(step.name) AS \(isShared ? "MATERIALIZED " : "")(\n" + body.joined(separator: "\n") + "\n)"
    }
    let isRecursive = steps.contains(where: \.isRecursive)
    return "WITH\(isRecursive ? " RECURSIVE" : "")\n" + parts.joined(separator: ",\n") + "\n"
  }

  /// The steps that a SELECT rests on.
  private func steps(neededBy end: String) -> [Step] {
    var wanted = Set(SQLSteps.words(end))
    var out: [Step] = []
    for step in steps.reversed() where wanted.contains(step.name[...]) {
      wanted.formUnion(SQLSteps.words(step.body))
      out.append(step)
    }
    return out.reversed()
  }

  private static func words(_ text: String) -> [Substring] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "\"") }
  }

  /// A remark ends with its line.
  static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
