// What is wrong in the rows of one bulk file, put together by kind: where one column has the same mistake in many rows,
// that is one message with some of the places. Knows nothing of how mistakes are found.
import Diagnostics

/// The problems of a file's rows, as they are found.
struct RowProblems {
  private struct Kind: Hashable {
    let code: String
    let column: Int
  }

  /// So many of one kind are told one by one.
  private static let single = 3

  private var list: [Diagnostic] = []
  /// By kind: the numbers of its problems in the list.
  private var kinds: [Kind: [Int]] = [:]
  /// How many problems there are, those among them of which something has been said elsewhere.
  private(set) var count = 0

  /// - Parameter column: nil for what is wrong with a row as a whole.
  mutating func add(_ diagnostic: Diagnostic, _ column: Int? = nil) {
    if let column { kinds[Kind(code: diagnostic.code, column: column), default: []].append(list.count) }
    list.append(diagnostic)
    count += 1
  }

  /// A problem of which enough has been said.
  mutating func pass() { count += 1 }

  func tell(_ findings: inout Findings) {
    var gathered: [Int: Diagnostic] = [:]
    var left: Set<Int> = []
    for numbers in kinds.values where numbers.count > RowProblems.single {
      guard let first = numbers.first else { continue }
      gathered[first] = RowProblems.together(list[first], numbers.dropFirst().map { list[$0] })
      left.formUnion(numbers.dropFirst())
    }
    for (number, diagnostic) in list.enumerated() where !left.contains(number) {
      findings.add(gathered[number] ?? diagnostic)
    }
  }

  /// The first of a kind with how many there are more, and where the next stand.
  private static func together(_ first: Diagnostic, _ others: [Diagnostic]) -> Diagnostic {
    let places = others.prefix(2).compactMap { other -> Text? in
      guard let at = other.location else { return nil }
      return at.source?.naming.map { Text.same($0(at.start)) }
        ?? Text("line \(at.start.line)", zh: "第 \(at.start.line) 行")
    }
    let more = others.count > places.count
    return Diagnostic(
      first.severity, code: first.code,
      Text(
        first.message.en + "; \(others.count) more cells of the column have the same mistake: "
          + places.map(\.en).joined(separator: ", ") + (more ? ", …" : ""),
        zh: first.message.zh + "；本列另有 \(others.count) 格同类问题：" + places.map(\.zh).joined(separator: "、")
          + (more ? "……" : "")), hint: first.hint, at: first.location)
  }
}
