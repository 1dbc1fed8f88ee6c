// The sets of a measure that are read from lists: what is asked of each record, and which way they are read.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// How a set that is read from a list was read.
  enum ScannedSet {
    case counted(CountedSet)
    case selected(Scanned)
  }

  /// A set's records one by one, in the order of the list, before they are in frames.
  struct Scanned {
    var rows: [Int32]
    var links: [Int32]
    var dates: [Int32]
    var begins: [Int32]
    /// Empty where frames have no years.
    var years: [Int64]
    /// Records that are undetermined or governed elsewhere.
    var odd: [(row: Int32, truth: UInt8)]
    var scan: Scan
  }

  /// The nodes of a set that scans a list.
  struct Scan {
    let list: Int
    let condition: Node
    /// What of the condition is asked of the record by itself, and not of the frame that it names.
    let own: Node
    let link: Node
    let date: Node
    let begins: Node
    let year: Node?
  }

  /// The dates of a list's members: when each begins and when it counts, which of them the window tests, and the test.
  func dates(
    of set: CheckedSet, list: Int, _ context: Lowering.Context
  ) -> (begins: Node?, counts: Node?, tested: Node?, inWindow: Node?) {
    let start =
      set.begins.map { lowering.lower($0, context, .int32) } ?? begins(dataset.tables[list].declaration, context)
    let date = set.on.map { lowering.lower($0, context, .int32) } ?? start
    let tested = lowering.windowOnAccrual ? date : start
    return (start, date, tested, set.atAnyTime ? nil : tested.flatMap { window($0) })
  }

  func scan(_ set: CheckedSet, link field: Field?, list: Int) -> Scan {
    let link: Node
    if let field {
      link = lowering.column(list, field)
    } else {
      link = graph.constant32(home)
    }
    let plain = Lowering.Context.member(list: list, link: link, year: nil)
    let hasLateDays = late(set).days
    let (start, date, _, inWindow) = hasLateDays ? (nil, nil, nil, nil) : dates(of: set, list: list, plain)
    var year: Node?
    if framesHaveYear, !set.isOfEveryYear {
      if let typed = set.inYear {
        year = lowering.lower(typed, plain, .int64)
      } else if let d = (lowering.yearOfCompletion ? date : start) ?? date {
        year = graph.apply(.yearOf, [d], register: .int64, mayBeAbsent: d.mayBeAbsent)
      }
    }
    let context = Lowering.Context.member(list: list, link: link, year: year)
    var parts = set.conditions.filter { !isLate($0, in: set) }.map { lowering.lower($0, context, .truth) }
    if let inWindow { parts.append(inWindow) }
    if some?.list == list {
      parts.append(graph.make(.whole(.isThere), domain: .table(list), register: .truth, mayBeAbsent: false))
    }
    // What the frame's record alone decides is asked of each hire at once; of other records, which are not counted by
    // themselves, the frame is asked later.
    let isNamed =
      link.mayBeAbsent ? [graph.apply(.given, [link], register: .truth, mayBeAbsent: false, liftsAbsence: false)] : []
    let own = graph.and(parts + isNamed)
    if field != nil, frameList != nil, dataset.tables[list].declaration.person != nil {
      parts.append(graph.gather(baseCondition, link))
    }
    parts += isNamed
    let none = graph.constant32(Absent.none32)
    return Scan(
      list: list, condition: graph.and(parts), own: own, link: link, date: date ?? none, begins: start ?? none,
      year: year)
  }

  /// Reads every set that stems from a list: counts its records where counts will do, else selects them. Then finds
  /// the frames, unless they are known.
  func scanLists(discovering: Bool) {
    for _ in measure.sets { memberConditions.append(graph.truth(Truth.yes)) }
    for (i, set) in measure.sets.enumerated() {
      guard case .list(let name, let field) = set.source else { continue }
      let list = dataset.list(named: name)
      let s = scan(set, link: field, list: list)
      memberConditions[i] = s.condition
      if !isShared(set), !hasLate(set), let counted = count(i, s, list: list) {
        scanned[i] = .counted(counted)
      } else {
        scanned[i] = .selected(select(s, list: list))
      }
    }
    if discovering { discoverFrames() }
    // Nothing falls to the frames of a measure without sets.
    if measure.sets.isEmpty { return }
    finder = FrameFinder(base: base, iteration: iteration, hasYears: framesHaveYear, isDistrict: baseSpace == .district)
    if framesHaveYear, measure.sets.contains(where: \.isOfEveryYear) {
      everyYear = FrameFinder(base: base, iteration: iteration, hasYears: false, isDistrict: baseSpace == .district)
    }
  }

  private func select(_ s: Scan, list: Int) -> Scanned {
    var others = [s.link, s.date, s.begins]
    if let y = s.year { others.append(y) }
    let selection = evaluator.select(s.condition, others, count: dataset.tables[list].count)
    return Scanned(
      rows: selection.rows, links: selection.int32[0], dates: selection.int32[1], begins: selection.int32[2],
      years: s.year == nil ? [] : selection.int64[3], odd: selection.odd, scan: s)
  }

  /// Puts one set's members into their frames.
  func fill(_ i: Int) {
    let set = measure.sets[i]
    if let members = countedMembers(i) {
      sets.append(members)
      return
    }
    switch set.source {
    case .list(let name, _):
      let list = dataset.list(named: name)
      switch Invariant.value(scanned[i], "set-scanned: a list's set has been read before it is put into frames") {
      case .selected(let s): putIntoFrames(set, s, list: list, scan: i)
      case .counted(let c): putIntoFrames(set, select(c.scan, list: list), list: list, scan: i)
      }
    case .set(let source): narrowSet(set, sets[source])
    case .first(let n, let source): firstOf(set, n, source)
    }
  }
}
