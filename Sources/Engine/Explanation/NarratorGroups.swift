// Whether one of a record's group meets conditions: another of its person, a part of its spell. Which of them does, or
// what each lacks, and by how much. Knows nothing of figures over other records that are found by keys.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// So many of a group are asked one by one.
  private static var mostOfGroup: Int { 6 }

  /// The group of which a figure asks for a day that is there wherever its conditions hold of somebody: that the figure
  /// is given says no more than that.
  func inGroup(_ t: Typed) -> GroupedFigure? {
    guard case .grouped(let figure) = t.operation, figure.condition != nil, case .completion = figure.value.operation
    else { return nil }
    return figure
  }

  /// That one of a group meets its conditions, in words: 有满足“稳定就业满6个月（再次月数）”的同企业连续就业.
  func phrase(_ figure: GroupedFigure, negated: Bool) -> Text {
    let at = Row(
      context: .member(list: dataset.list(named: figure.list), link: nil, year: nil), row: 0, isAnywhere: true)
    let asked = figure.condition.map { $0.conjuncts.map { phrase($0, at) } } ?? []
    let (en, zh) = (asked.map(\.en).joined(separator: " and "), asked.map(\.zh).joined(separator: "且"))
    let who: Text
    switch figure.members {
    case .samePerson:
      let title = dataset.dictionary.list(figure.list)?.title ?? .same(figure.list)
      who = Text("the person's \(title.en)", zh: "同一人的\(title.zh)")
    case .parts(let parts, of: let outer):
      who = Text("the \(outer.singular)'s \(parts.name)", zh: parts.chinese.name ?? parts.name)
    }
    return Text(
      "\(negated ? "none" : "one") of \(who.en) meets: \(en)", zh: "\(negated ? "没有" : "有")满足“\(zh)”的\(who.zh)")
  }

  /// What each of a group lacks of the conditions; where one meets them, what that one rests on.
  func group(_ figure: GroupedFigure, holds: Bool, _ at: Row, _ depth: Int) -> [Derivation] {
    guard let record = record(at) else { return [] }
    let list = dataset.list(named: figure.list)
    let rows = rows(of: figure, list, record)
    var all: [(row: Int32, steps: [Derivation])] = []
    for row in rows.prefix(Self.mostOfGroup) {
      let own = Row(context: .member(list: list, link: nil, year: nil), row: row)
      let steps = figure.condition.map { $0.conjuncts.map { condition($0, own, depth: depth + 1) } } ?? []
      all.append((row, steps))
    }
    if let fits = all.first(where: { $0.steps.allSatisfy { $0.verdict == .yes } }), holds { return fits.steps }
    let isOne = rows.count == 1
    return all.flatMap { one -> [Derivation] in
      let name = dataset.words(dataset.tables[list].ids?.text(Int(one.row)) ?? "\(one.row + 1)")
      return one.steps.filter { $0.verdict != .yes }.map { isOne ? $0 : $0.of(name) }
    }
  }

  /// The records of a group.
  func rows(of figure: GroupedFigure, _ list: Int, _ record: Int32) -> [Int32] {
    let all = 0..<Int32(truncatingIfNeeded: dataset.tables[list].count)
    switch figure.members {
    case .samePerson:
      guard let field = dataset.tables[list].declaration.person,
        case .int32(let persons)? = dataset.tables[list].columns[field]?.data
      else { return [record] }
      let own = persons[Int(record)]
      return own < 0 ? [record] : all.filter { persons[Int($0)] == own }
    case .parts(let parts, of: let outer):
      guard let whole = firsts(outer, list), let own = firsts(parts, list) else { return [] }
      return all.filter { whole[Int($0)] == record && own[Int($0)] == $0 }
    }
  }

  /// Of each record the first of the joined one that it is a part of.
  private func firsts(_ join: JoinedList, _ list: Int) -> Storage<Int32>? {
    let node = run.lowering.firstParts(join)
    return node.domain == .table(list) ? run.evaluator.values(node).narrow : nil
  }
}
