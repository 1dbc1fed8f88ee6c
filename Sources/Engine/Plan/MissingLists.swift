// Whether the facts have the lists that a rule is about: facts may have been read before a document declared one.
import Diagnostics
import Facts
import PolicyLanguage

extension CheckedMeasure {
  /// The first list that the measure's frames or sets are read from and that the facts do not have; nil where they have
  /// all.
  package func lacks(in dictionary: FactDictionary) -> String? {
    var lists = sets.map(\.list)
    switch frame?.base {
    case .list(let list), .texts(_, let list): lists.insert(list, at: 0)
    case .district, nil: break
    }
    for case .members(let list, _) in (frame?.iterations ?? []).map(\.iteration) { lists.append(list) }
    return lists.first { dictionary.index($0) == nil }
  }

  /// That the measure cannot be run over facts without one of its lists.
  package func cannotRun(without list: String) -> Diagnostic {
    .error(
      "list-not-read",
      Text(
        "\(id) is about the list \(list), which the facts were read without.", zh: "\(id) 涉及列表 \(list)，但读取事实时尚无此列表。"),
      hint: Text("Load the scenario again.", zh: "请重新载入情景。"), at: location)
  }
}
