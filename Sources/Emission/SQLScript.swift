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
    var unique = name
    var number = 1
    while !names.insert(unique).inserted {
      number += 1
      unique = "\(name)_\(number)"
    }
    byBody[body] = unique
    steps.append(Step(name: unique, remarks: remarks, body: body))
    return unique
  }

  /// Adds a step that goes on from itself.
  func addRecursive(_ name: String, _ remarks: [String], _ body: String) {
    steps.append(Step(name: name, remarks: remarks, body: body, isRecursive: true))
  }

  /// `WITH a AS (…), b AS (…)`.
  var text: String {
    guard !steps.isEmpty else { return "" }
    let parts = steps.map { step in
      let remarks = step.remarks.map { "-- " + SQLSteps.oneLine($0) + "\n" }.joined()
      let body = step.body.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
      return remarks + "\(step.name) AS \(step.isRecursive ? "" : "MATERIALIZED ")(\n" + body.joined(separator: "\n")
        + "\n)"
    }
    return "WITH\(steps.contains(where: \.isRecursive) ? " RECURSIVE" : "")\n" + parts.joined(separator: ",\n") + "\n"
  }

  /// A remark ends with its line.
  static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
