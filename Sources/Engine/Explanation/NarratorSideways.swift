// Figures over other records, told with the records that they are made of: ten at most, then how many more.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  private static let mostMembers = 10

  /// A figure over other records with its value and its members.
  func sidewaysLine(_ t: Typed, _ figure: SidewaysFigure, _ at: Row) -> Derivation {
    let name = words(t), own = exactText(t, at), made = members(t, figure, at)
    guard !made.en.isEmpty else {
      return Derivation(.told, Text("\(name.en) = \(own.en)", zh: "\(name.zh)：\(own.zh)"), location: t.location)
    }
    return Derivation(
      .told, Text("\(name.en) = \(own.en): \(made.en)", zh: "\(name.zh)：\(own.zh)，即\(made.zh)"), location: t.location)
  }

  /// What is left of a figure after what other records have used: "24 of 36 months are used: 24 months at 甲厂 (h-1); 12
  /// months remain".
  func leftLine(_ t: Typed, _ at: Row) -> Derivation? {
    guard case .subtract(let most, let used) = t.operation, case .parameter = most.operation,
      case .sideways(let figure) = used.operation, figure.kind == .sum,
      let all = evaluate(run.lowering.lower(most, at.context), at.row).int64,
      let gone = evaluate(run.lowering.lower(used, at.context, .int64), at.row).int64, !all.isAbsent, !gone.isAbsent
    else { return nil }
    let (rest, over) = all.subtractingReportingOverflow(gone)
    if over { return nil }
    let left = describe(MeasureRun.Scalar(int64: max(rest, 0)), most.type)
    let mostWords = value(most, at), made = members(used, figure, at)
    let usedWords = most.type == .money ? value(used, at) : Text("\(gone)", zh: value(used, at).zh)
    let en = made.en.isEmpty ? "" : ": \(made.en)", zh = made.zh.isEmpty ? "" : "（\(made.zh)）"
    return Derivation(
      .told,
      Text(
        "\(usedWords.en) of \(mostWords.en) are used\(en); \(left.en) remain",
        zh: "\(mostWords.zh)中已用\(usedWords.zh)\(zh)，余\(left.zh)"),
      location: t.location)
  }

  private func members(_ t: Typed, _ figure: SidewaysFigure, _ at: Row) -> Text {
    guard let (node, asker) = whole(run.lowering.lower(t, at.context), at.row) else { return .same("") }
    let rows = run.evaluator.members(of: node, askedBy: asker)
    let inner = run.lowering.memberContext(of: figure.set)
    var en: [String] = [], zh: [String] = []
    for row in rows.prefix(Self.mostMembers) {
      let (who, place) = named(row, figure.set)
      guard let figured = figure.value, figure.kind == .sum else {
        en.append(place.map { "\(who) at \($0)" } ?? who)
        zh.append(place.map { "\($0) \(who)" } ?? who)
        continue
      }
      let own = exactText(figured, Row(context: inner, row: row))
      en.append(place.map { "\(own.en) at \($0) (\(who))" } ?? "\(own.en) from \(who)")
      zh.append(place.map { "\($0)（\(who)）\(own.zh)" } ?? "\(who) \(own.zh)")
    }
    let more = rows.count - Self.mostMembers
    if more > 0 {
      en.append("and \(more) more")
      zh.append("另有\(more)条")
    }
    return Text(en.joined(separator: ", "), zh: zh.joined(separator: "、"))
  }

  /// The column in which a figure over other records stands, and the row that asks.
  func whole(_ node: Node, _ row: Int32) -> (Node, Int)? {
    if case .whole(.sideways) = node.op { return (node, Int(row)) }
    if case .gather(let inner) = node.op, let index = node.inputs.first {
      let at = evaluate(index, row).int32 ?? Absent.none32
      return at >= 0 ? whole(inner, at) : nil
    }
    for input in node.inputs {
      if let found = whole(input, row) { return found }
    }
    return nil
  }

  /// A member's id, and where its first reference leads.
  private func named(_ row: Int32, _ set: SidewaysSet) -> (String, String?) {
    var record = Int(row)
    var frame: String?
    if set.isOfCandidates, run.base.indices.contains(record) {
      frame = run.frameName(record)
      record = Int(run.base[record])
    }
    guard let name = set.list, let table = dataset.table(name), record >= 0, record < table.count else {
      return (frame ?? String(row), nil)
    }
    let id = frame ?? table.ids?.text(record) ?? String(record + 1)
    for field in table.declaration.fields {
      guard case .reference(let other) = field.type, let raw = table.columns[field.name]?.raw(record), raw >= 0 else {
        continue
      }
      return (id, dataset.called(other, Int(raw)).zh)
    }
    return (id, nil)
  }
}
