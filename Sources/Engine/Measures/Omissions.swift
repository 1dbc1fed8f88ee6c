// What figures over other records had to leave out, as a run tells it: records whose key nobody stated, and groups that
// are too large to be looked at pair by pair.
import Diagnostics
import PolicyLanguage

extension MeasureRun {
  var omissions: [Diagnostic] {
    var found: [Diagnostic] = []
    for (node, omitted) in evaluator.omitted.sorted(by: { $0.key.number < $1.key.number }) {
      guard case .whole(.sideways(let op)) = node.op else { continue }
      let list: Text
      if case .table(let i) = op.members {
        list = dataset.tables[i].declaration.title
      } else {
        list = Text("candidates", zh: "候选")
      }
      let note = tooMany(omitted, list) ?? unkeyed(omitted, list)
      if !found.contains(where: { $0.message == note.message }) { found.append(note) }
    }
    return found
  }

  private func unkeyed(_ omitted: Omitted, _ list: Text) -> Diagnostic {
    let n = omitted.unkeyed
    return Diagnostic(
      .warning, code: "unkeyed",
      Text(
        "\(measure.id): of \(list.en), \(n) without a known key \(n == 1 ? "is" : "are") in no group.",
        zh: "\(measure.words.zh)：\(list.zh)中有\(n)条相同字段未填，不归入任何一组。"),
      hint: Text("State the fact that they are found by.", zh: "请填写用于归组的事实。"), at: measure.location)
  }

  private func tooMany(_ omitted: Omitted, _ list: Text) -> Diagnostic? {
    guard let largest = omitted.tooMany else { return nil }
    return .error(
      "too-many-pairs",
      Text(
        "\(measure.id) has more than \(Sideways.mostPairs) pairs of \(list.en) to look at: one group has \(largest).",
        zh: "\(measure.words.zh) 要比较的\(list.zh)超过 \(Sideways.mostPairs) 对：最大的一组有 \(largest) 条。"),
      hint: Text("Add a key, or ask the condition of the member alone.", zh: "请增加相同字段，或只对成员提条件。"),
      at: measure.location)
  }
}
