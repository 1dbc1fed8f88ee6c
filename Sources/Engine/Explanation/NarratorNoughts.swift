// What cannot be told although every fact is stated: a figure divided by nought, and how many of a set are the first
// where that figure says it. Knows nothing of how the ledger counts them.
import Diagnostics
import Facts
import PolicyLanguage

extension Narrator {
  /// What a node that is not known is divided by, where that is nought; nil where a fact is what is missing.
  func nought(_ node: Node, _ row: Int32) -> Text? {
    var names = run.blame(node, rows: [row])
    if names.contains(MeasureRun.tooLarge) { return Self.tooLarge }
    guard names.remove(MeasureRun.divisionByZero) != nil else { return nil }
    let divisors = names.sorted().map(words(ofMissing:))
    guard !divisors.isEmpty else { return Text("division by zero", zh: "除数为零") }
    return Text(
      "division by zero: \(divisors.map(\.en).joined(separator: ", "))",
      zh: "除数为零：\(divisors.map(\.zh).joined(separator: "、"))")
  }

  static var tooLarge: Text { Text("a figure is too large to be reckoned", zh: "数值过大，无法计算") }

  /// A figure by its name in the rules, or a fact.
  func words(ofMissing name: String) -> Text {
    if let value = run.document.values.first(where: { $0.name == name }) { return value.words }
    if let parameter = run.lowering.parameters.first(where: { $0.key == name || $0.key.hasSuffix("." + name) })?.value {
      return parameter.words
    }
    if let set = measure.sets.first(where: { $0.name == name }) { return set.words }
    return dataset.dictionary.lists.lazy.compactMap { $0.field(name)?.words }.first ?? .same(name)
  }

  /// How many are the first of a set, or of the one that it is taken from, where that cannot be told.
  func openLimit(of set: Int, _ at: Row) -> Derivation? {
    let one = measure.sets[set]
    switch one.source {
    case .list: return nil
    case .set(let source): return openLimit(of: source, at)
    case .first(let limit, let source):
      let node = run.lowering.lower(limit, run.frameContext, .int64)
      guard let value = evaluate(node, at.row).int64, value.isUnknown else { return openLimit(of: source, at) }
      return Derivation(
        .unknown, Text("how many are \(one.words.en) cannot be told", zh: "\(one.words.zh)有多少无法判定"),
        gap: nought(node, at.row), children: facts([limit], at), location: one.location)
    }
  }
}
