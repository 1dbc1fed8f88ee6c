// A record that frames find by equal keys: for which of them it counts, or what keeps it out. Knows nothing of sets
// that are joined by a field.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// So many frames that look for one record are asked whether they count it.
  private static var mostAsked: Int { 1_000 }
  /// So many of them are told one by one.
  private static var mostTold: Int { 12 }

  /// A subject in the sets by keys of the measure's frames.
  /// - Parameter isAlone: nothing else is told of it.
  func asKeyed(_ name: String, isAlone: Bool) -> [Derivation] {
    var out: [Derivation] = []
    for (t, figure) in keyedFigures {
      guard case .list(let listName) = figure.set.members, let list = dataset.dictionary.index(listName),
        run.baseSpace != .list(list), self.list == nil || self.list == list,
        let row = dataset.tables[list].ids?.row(name)
      else { continue }
      out += keyed(name, Int32(truncatingIfNeeded: row), t, figure, isAlone: isAlone)
    }
    // Where it counts by one set, that another leaves it out is no matter of it.
    let counted = out.filter { !$0.countedIn.isEmpty || $0.verdict == .yes }
    return counted.isEmpty ? (isAlone ? out : []) : counted
  }

  /// The figures by keys that frames ask for themselves, one of each set.
  private var keyedFigures: [(Typed, SidewaysFigure)] {
    var asked = measure.selection.conditions + measure.selection.requirements
    for pay in measure.pays {
      if pay.forEach == nil || pay.amountInFrame { asked.append(pay.amount) }
      if pay.forEach == nil { asked += [pay.when].compactMap { $0 } }
    }
    asked += measure.grants.compactMap(\.when) + measure.outcome.expectations.map(\.condition)
    var found: [(Typed, SidewaysFigure)] = []
    asked.walk { t in
      switch t.operation {
      // What members are asked is no matter of the frame.
      case .sum, .extreme, .different: return .past
      case .sideways(let figure):
        let isGiven = figure.set.keys.contains { key in
          key.asker.hasPart { if case .argument = $0.operation { true } else { false } }
        }
        if !isGiven, !found.contains(where: { $0.1.set === figure.set || $0.1.set.words == figure.set.words }) {
          found.append((t, figure))
        }
        return .into
      case _: return .into
      }
    }
    return found
  }

  private func keyed(
    _ name: String, _ row: Int32, _ t: Typed, _ figure: SidewaysFigure, isAlone: Bool
  ) -> [Derivation] {
    let set = figure.set, subject = dataset.words(name)
    let asking = framesAsking(for: row, set)
    let node = run.lowering.lower(t, run.frameContext)
    var looked: Sideways?
    let counting = asking.prefix(Self.mostAsked).filter { f in
      guard let (whole, asker) = whole(node, Int32(truncatingIfNeeded: f)), case .whole(.sideways(let op)) = whole.op
      else { return false }
      if looked?.node !== whole { looked = Sideways(run.evaluator, op, whole) }
      return looked?.members(of: asker).contains(row) ?? false
    }
    if !counting.isEmpty {
      let names = counting.prefix(Self.mostTold).map { dataset.words(run.frameName($0)) }
      let more = counting.count - names.count
      let text = Text(
        "\(subject.en) is counted among \(set.words.en) for " + names.map(\.en).joined(separator: ", ")
          + (more > 0 ? " and \(more) more" : ""),
        zh: "\(subject.zh)计入\(set.words.zh)，对应" + names.map(\.zh).joined(separator: "、")
          + (more > 0 ? "等\(counting.count)个" : ""))
      guard isAlone else {
        var made = Derivation(.told, text, location: set.location)
        if measure.form == .duty { made.part = .counted }
        made.countedIn = counting.map { run.frameName($0) }.filter(isPaid)
        return [made]
      }
      let children = counting.prefix(Self.mostTold).map { frame($0) }
      var made = Derivation(
        children.contains { $0.verdict == .yes } ? .yes : .no, text, children: children, location: set.location)
      if measure.form == .duty { made.part = .counted }
      made.countedIn = counting.map { run.frameName($0) }.filter(isPaid)
      return [made]
    }
    let at = Row(context: run.lowering.memberContext(of: set), row: row)
    var children = set.conditions.flatMap { conjuncts($0, at) }
    if asking.isEmpty {
      let keys = set.keys.map { excerpt($0.member) }
      let words = Text(
        "nobody looks for it: there is no \(singular()) with the same " + keys.map(\.en).joined(separator: ", "),
        zh: "没有与之对应的\(recordWords())：" + keys.map(\.zh).joined(separator: "、") + "没有相同的")
      children.append(Derivation(.no, words, location: set.location))
    } else if !children.contains(where: \.isInTheWay) {
      children.append(
        Derivation(
          .no, Text("it is not counted for whoever looks for it", zh: "对应的\(recordWords())不计入此条"),
          location: set.location))
    }
    return [
      Derivation(
        .no,
        Text("\(subject.en) is not counted among \(set.words.en)", zh: "\(subject.zh)不计入\(set.words.zh)"),
        children: children, location: set.location)
    ]
  }

  /// The frames whose keys are those of a record.
  private func framesAsking(for row: Int32, _ set: SidewaysSet) -> [Int] {
    let keys = run.lowering.keys(set, run.lowering.memberContext(of: set), run.frameContext)
    func figure(_ one: MeasureRun.Scalar) -> Int64? {
      if let v = one.int64 { return v.isAbsent ? nil : v }
      return one.int32.flatMap { $0.isAbsent ? nil : Int64($0) }
    }
    let own = keys.members.map { figure(evaluate($0, row)) }
    if own.contains(nil) { return [] }
    let asked = keys.askers.map { run.frameValues($0) }
    return (0..<run.frameCount).filter { f in
      zip(own, asked).allSatisfy { mine, values in
        switch values.column {
        case .int64(let v): v[f] == mine
        case .int32(let v): Int64(v[f]) == mine
        case .truth: false
        }
      }
    }
  }
}
