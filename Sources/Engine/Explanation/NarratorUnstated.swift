// What a failing condition rests on that nobody has stated: a default that looks like a statement. Knows nothing of
// what would be paid if it were otherwise.
import Diagnostics
import Facts
import PolicyLanguage

extension Narrator {
  /// The facts of a condition that nobody has stated and a default stands for; nil where all are stated, or where the
  /// condition's parts say it themselves.
  func unstated(_ t: Typed, _ at: Row) -> Text? {
    if case .and = t.operation { return nil }
    if case .or = t.operation { return nil }
    if case .call = t.operation { return nil }
    if case .except = t.operation { return nil }
    var found: [(name: Text, value: Text)] = []
    t.walk { part in
      // What is counted is told of those that are counted; a definition tells of its own.
      if part.asksSets { return .past }
      if case .call = part.operation { return .past }
      guard let (list, row, field) = place(of: part, at), isTaken(field),
        dataset.tables[list].unstated[field.name]?.contains(row) == true,
        !found.contains(where: { $0.name.en == field.name })
      else { return .into }
      found.append((field.words, value(part, at)))
      return .into
    }
    guard !found.isEmpty else { return nil }
    let asked = phrase(t, at)
    // What the condition has just named is not named again.
    let isFact = if case .selfField = t.operation { true } else if case .field = t.operation { true } else { false }
    let isNamed = found.count == 1 && (isFact || asked.zh.contains(found[0].name.zh))
    func none(_ value: Text) -> Text { value.en.isEmpty || value.en == "–" ? Text("none", zh: "无") : value }
    let isOne = Set(found.map(\.value.en)).count == 1
    let taken =
      isOne
      ? none(found[0].value)
      : Text(
        found.map { "\($0.name.en) = \(none($0.value).en)" }.joined(separator: ", "),
        zh: found.map { "\($0.name.zh)＝\(none($0.value).zh)" }.joined(separator: "，"))
    return Text(
      "nobody stated \(found.map { "`\($0.name.en)`" }.joined(separator: ", ")); taken as \(taken.en)",
      zh: "未填\(isNamed ? "" : found.map(\.name.zh).joined(separator: "、"))，按“\(taken.zh)”处理")
  }

  private func isTaken(_ field: Field) -> Bool {
    switch field.absence {
    case .value, .empty, .field: true
    case .required, .none, .unknown: false
    }
  }

  /// The record and field that an expression is the value of.
  private func place(of t: Typed, _ at: Row) -> (list: Int, row: Int, field: Field)? {
    if case .selfField(let field) = t.operation {
      switch at.context {
      case .frame(let list?):
        guard run.base.indices.contains(Int(at.row)) else { return nil }
        return (list, Int(run.base[Int(at.row)]), field)
      case .frame(nil): return nil
      case .pair(let pairs, let list):
        guard let row = evaluate(run.lowering.member(of: pairs), at.row).int32, row >= 0 else { return nil }
        return (list, Int(row), field)
      case .member(let list, _, _): return (list, Int(at.row), field)
      }
    }
    guard case .field(let record, let field) = t.operation, case .record(let name) = record.type,
      let list = dataset.dictionary.index(name),
      let row = evaluate(run.lowering.lower(record, at.context), at.row).int32, row >= 0
    else { return nil }
    return (list, Int(row), field)
  }
}
