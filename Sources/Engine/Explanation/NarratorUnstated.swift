// What a failing condition rests on that nobody has stated: a default that looks like a statement. Knows nothing of
// what
// would be paid if it were otherwise.
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
    var found: [(name: String, value: String)] = []
    t.walk { part in
      // What is counted is told of those that are counted; a definition tells of its own.
      if part.asksSets { return .past }
      if case .call = part.operation { return .past }
      guard let (list, row, field) = place(of: part, at), isTaken(field),
        dataset.tables[list].unstated[field.name]?.contains(row) == true,
        !found.contains(where: { $0.name == field.name })
      else { return .into }
      found.append((field.name, value(part, at)))
      return .into
    }
    guard !found.isEmpty else { return nil }
    let en = found.map { "`\($0.name)`" }.joined(separator: ", ")
    let values = Set(found.map(\.value))
    let taken = values.count == 1 ? found[0].value : found.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    let isEmpty = taken.isEmpty || taken == "–"
    return Text(
      "nobody stated \(en); taken as \(isEmpty ? "none" : taken)",
      zh:
        "无人说明 \(found.map { "`\($0.name)`" }.joined(separator: "、"))，按\(isEmpty ? "无" : taken == "no" ? "否" : taken)处理")
  }

  private func isTaken(_ field: Field) -> Bool {
    switch field.absence {
    case .value, .empty: true
    case .required, .none, .unknown, .field: false
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
