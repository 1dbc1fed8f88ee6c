// What records, and members of sets, are called and counted by in an explanation.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// Some ids by what people call the records, and whether there are more.
  func listed(_ ids: [String], of total: Int) -> Text {
    let words = ids.map { dataset.words($0) }
    let more = total > ids.count
    return Text(
      (words.map(\.en) + (more ? ["…"] : [])).joined(separator: ", "),
      zh: words.map(\.zh).joined(separator: "、") + (more ? "等" : ""))
  }

  /// What the frame's record is called in Chinese.
  func recordWords() -> String {
    if case .texts(let field, _)? = measure.frame?.base { return field.words.zh }
    return run.frameList.map { dataset.tables[$0].declaration.record.zh } ?? "对象"
  }

  /// The word with which Chinese counts the members of a set: 名, 家.
  func classifier(_ set: CheckedSet) -> String { dataset.dictionary.list(set.list)?.chinese.classifier ?? "条" }

  /// One of a set's members, as 每 counts them: persons are 人.
  func unit(_ set: CheckedSet) -> String {
    let word = classifier(set)
    return word == "名" ? "人" : word
  }

  /// How many members, as Chinese counts them: persons are 人.
  func counted(_ n: Int, _ set: CheckedSet) -> String {
    "\(Decimals.grouped(String(n)))\(unit(set))"
  }
}

extension Typed {
  /// What a figure is called that the rule names without writing it: `part_day`.
  var givenName: Text? { if case .named(let name)? = telling { name } else { nil } }
}
