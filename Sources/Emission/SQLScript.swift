// A script while it is being written: steps by name, each with what it is for. Equal steps are one.
import Diagnostics

/// The steps of one statement, in order.
final class SQLSteps {
  struct Step {
    let name: String
    let remarks: [String]
    let body: String
    var isRecursive = false
    /// Whether it is left out where nothing asks for it.
    var isOptional = false
  }

  let dialect: SQLDialect
  private(set) var steps: [Step] = []
  private var byBody: [String: String] = [:]
  private var names: Set<String> = []

  init(_ dialect: SQLDialect) { self.dialect = dialect }

  /// Adds a step, unless one of the same body is there.
  /// - Parameter isOptional: whether it is left out where nothing asks for it.
  /// - Returns: its name, which has a number behind it where another is called so.
  @discardableResult
  func add(_ name: String, _ remarks: [String] = [], _ body: String, isOptional: Bool = false) -> String {
    if let known = byBody[body] { return known }
    var unique = dialect.stepName(name)
    var number = 1
    while !names.insert(unique).inserted {
      number += 1
      unique = dialect.stepName("\(name)_\(number)")
    }
    byBody[body] = unique
    steps.append(Step(name: unique, remarks: remarks, body: body, isOptional: isOptional))
    return unique
  }

  /// Adds a step of rows in turn: one that goes on from itself, or where the engine has none, a list gone through.
  func addTurns(_ name: String, _ remarks: [String], _ turns: SQLTurns, recursive body: String) {
    let isRecursive = dialect.keepsSteps
    steps.append(
      Step(name: name, remarks: remarks, body: isRecursive ? body : turns.select, isRecursive: isRecursive))
  }

  /// The statements that make a table of what a SELECT gives. What is asked for more than once is worked out once.
  /// - Parameters:
  ///   - end: the SELECT, over the steps.
  ///   - needed: whether steps that it does not need are left out.
  func table(_ name: String, as end: String, needed: Bool = false, isLasting: Bool = false) -> String {
    let isEach = needed || !dialect.keepsSteps
    let steps = SQLSteps.steps(steps, neededBy: end) { isEach || $0.isOptional }
    let uses = uses(steps.map(\.body) + [end])
    let shared = Set(steps.filter { uses[$0.name[...], default: 2] > 1 && !$0.isRecursive }.map(\.name))
    func whole(_ select: String) -> String {
      isLasting ? dialect.lastingTable(name, as: select) : dialect.table(name, as: select)
    }
    if dialect.keepsSteps { return whole(SQLSteps.with(steps, kept: shared) + end) }
    var waiting: [Step] = []
    var out = "", made: [String] = []
    for step in steps {
      guard shared.contains(step.name) else {
        waiting.append(step)
        continue
      }
      let before = SQLSteps.with(SQLSteps.steps(waiting, neededBy: step.body), kept: [])
      out += SQLSteps.remarks(step) + dialect.table(step.name, as: before + step.body)
      made.append(step.name)
    }
    out += whole(SQLSteps.with(SQLSteps.steps(waiting, neededBy: end), kept: []) + end)
    return out + made.map { "DROP TABLE \($0);\n" }.joined()
  }

  /// How often each word stands in some texts; where every step that is asked for twice is a table, only as one.
  private func uses(_ texts: [String]) -> [Substring: Int] {
    var uses: [Substring: Int] = [:]
    for text in texts {
      var last: Substring = ""
      for word in SQLSteps.words(text) {
        if dialect.keepsSteps || last == "FROM" || last == "JOIN" { uses[word, default: 0] += 1 }
        last = word
      }
    }
    return uses
  }

  /// `WITH a AS (…), b AS (…)`.
  private static func with(_ steps: [Step], kept: Set<String>) -> String {
    if steps.isEmpty { return "" }
    let parts = steps.map { step in
      let body = step.body.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
      let word = kept.contains(step.name) ? "MATERIALIZED " : ""
      return remarks(step) + "\(step.name) AS \(word)(\n" + body.joined(separator: "\n") + "\n)"
    }
    let isRecursive = steps.contains(where: \.isRecursive)
    return "WITH\(isRecursive ? " RECURSIVE" : "")\n" + parts.joined(separator: ",\n") + "\n"
  }

  private static func remarks(_ step: Step) -> String {
    step.remarks.map { "-- " + oneLine($0) + "\n" }.joined()
  }

  /// The steps that a SELECT rests on, and those that stay whether or not it does.
  private static func steps(
    _ steps: [Step], neededBy end: String, among mayGo: (Step) -> Bool = { _ in true }
  ) -> [Step] {
    var wanted = Set(SQLSteps.words(end))
    var out: [Step] = []
    for step in steps.reversed() where !mayGo(step) || wanted.contains(step.name[...]) {
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
