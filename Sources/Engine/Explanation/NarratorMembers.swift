// What a finished run of one measure found of a record that its sets hold: which of them it is in, for whom it counts,
// and what is paid for it, or not.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// So many frames that one record counts for are told one by one.
  private static var mostFramesOfMember: Int { 12 }

  /// A subject in the sets that are read from its list. Where a clause pays for members, those sets are told in full
  /// and the others, which only count, in a line: what they come to is a matter of the frame.
  func asMember(_ name: String) -> [Derivation] {
    var found: [(set: Int, row: Int32, list: Int)] = []
    for (i, set) in measure.sets.enumerated() where set.isScan {
      guard let list = dataset.dictionary.index(set.list), run.baseSpace != .list(list),
        self.list == nil || self.list == list,
        let row = dataset.tables[list].ids?.row(name)
      else { continue }
      found.append((i, Int32(truncatingIfNeeded: row), list))
    }
    if found.isEmpty { return [] }
    let paid = Set(measure.pays.compactMap(\.forEach).map(root))
    let ranges = setsOfRanges
    let isOfMembers = found.contains { paid.contains($0.set) }
    let chief = found.filter { isOfMembers ? paid.contains($0.set) : !ranges.contains($0.set) }
    let others = found.filter { one in !chief.contains { $0.set == one.set } }
    return chief.map { member($0.row, $0.set, $0.list) } + counted(name, others, isAlone: chief.isEmpty)
  }

  /// The set that a set is taken from, through others.
  private func root(_ i: Int) -> Int {
    switch measure.sets[i].source {
    case .list: i
    case .set(let j), .first(_, of: let j): root(j)
    }
  }

  /// The frames for which a record counts, in their order.
  private func frames(of row: Int32, in i: Int) -> [Int32] {
    let members = run.sets[i]
    return members.rows.indices.filter { members.rows[$0] == row }.map { members.frames[$0] }
  }

  /// That a record is counted, by sets that nothing is paid for each of.
  /// - Parameter isAlone: nothing else is told of it.
  private func counted(
    _ name: String, _ sets: [(set: Int, row: Int32, list: Int)], isAlone: Bool
  ) -> [Derivation] {
    var all: [Int32] = []
    for one in sets { for f in frames(of: one.row, in: one.set) where !all.contains(f) { all.append(f) } }
    guard let set = sets.first.map({ measure.sets[$0.set] }), !all.isEmpty else {
      guard isAlone, let first = sets.first else { return [] }
      return [member(first.row, first.set, first.list)]
    }
    let subject = dataset.words(name)
    let names = all.prefix(Self.mostFramesOfMember).map { frameName($0) }
    let whom = Text(names.map(\.en).joined(separator: ", "), zh: names.map(\.zh).joined(separator: "、"))
    let text = Text("\(subject.en) is counted for \(whom.en)", zh: "\(subject.zh)计入\(whom.zh)的计数")
    let part = measure.form == .duty ? Derivation.PartOfDuty.counted : nil
    guard isAlone else {
      var made = Derivation(.told, text, location: set.location)
      made.part = part
      return [made]
    }
    let children = all.prefix(Self.mostFramesOfMember).map { frame(Int($0)) }
    var made = Derivation(children.contains { $0.verdict == .yes } ? .yes : .no, text, children: children)
    made.part = part
    made.countedIn = all.map { run.frameName(Int($0)) }.filter { isPaid($0) || isGranted($0) }
    made.countsByCondition = !sets.contains { isPaidBy($0.set) && !frames(of: $0.row, in: $0.set).isEmpty }
    return [made]
  }

  /// Whether what is paid hangs on a set; where no amount asks any, on each that a condition asks.
  private func isPaidBy(_ set: Int) -> Bool {
    let asked = setsPaidBy
    return asked.isEmpty || asked.contains(set)
  }

  /// The sets that amounts and grants hang on, each as the set that it is taken from.
  private var setsPaidBy: Set<Int> {
    var asked: [Typed] = measure.grants.compactMap(\.when)
    for pay in measure.pays { asked += [pay.amount, pay.when].compactMap { $0 } }
    var found = Set(measure.pays.compactMap(\.forEach))
    asked.walk { t in
      switch t.operation {
      case .count(let i), .sum(_, over: let i), .extreme(_, _, over: let i), .different(_, over: let i),
        .dateOfNumber(_, in: let i), .firstDayAtOnce(_, of: let i), .numberIn(let i):
        found.insert(i)
        return .into
      case _: return .into
      }
    }
    return Set(found.map(root))
  }

  private func frameName(_ f: Int32) -> Text { frameWords(Int(f)) }

  // MARK: One set

  func member(_ row: Int32, _ i: Int, _ list: Int) -> Derivation {
    let set = measure.sets[i]
    let link = run.linkNode(of: set)
    let context = Lowering.Context.member(list: list, link: link, year: nil)
    let at = Row(context: context, row: row)
    var children: [Derivation] = []
    if let link { children += ownerSteps(row, link, set) }
    let dates = run.dates(of: set, list: list, context)
    if let w = dates.inWindow, let date = dates.tested {
      let name = beginning(set.begins, dataset.tables[list].declaration)
      children.append(windowStep(name, describe(evaluate(date, row), .date), truth(w, row)))
    }
    let mine = frames(of: row, in: i)
    let own = link.map { narrow($0, row) }
    // What hangs on the frame as well is asked of the one that it counts for, else of its record's first.
    let frame = mine.first ?? nearest(own, set, row, list)
    children += conditions(of: set, row, list, at, frame)
    var verdict = Derivation.Verdict.yes
    if children.contains(where: { $0.verdict == .no }) { verdict = .no }
    if verdict == .yes, children.contains(where: { $0.verdict == .unknown }) { verdict = .unknown }
    if verdict == .yes, children.contains(where: { $0.verdict == .elsewhere }) { verdict = .elsewhere }
    // It is one of the set, and what it gets may still not be known, or be nothing.
    var stands: Derivation.Verdict?
    if mine.count == 1 {
      let counting = counting(row, i, list, at, mine[0])
      children += counting.children
      stands = counting.verdict == .yes ? nil : counting.verdict
    } else if !mine.isEmpty {
      let told = mine.prefix(Self.mostFramesOfMember).map { frame in
        let one = counting(row, i, list, at, frame)
        return Derivation(one.verdict, one.text, children: Array(one.children.dropFirst()))
      }
      children += told
      let more = mine.count - told.count
      if more > 0 { children.append(Derivation(.told, Text("and \(more) more", zh: "另有 \(more) 项"))) }
      stands = told.contains { $0.verdict == .yes } ? nil : told.contains { $0.verdict == .unknown } ? .unknown : .no
    } else if verdict == .yes {
      verdict = .no
      children.append(Derivation(.no, notAmong(row, i, list), location: set.location))
    }
    if !mine.isEmpty { children += recoverySteps(ofMember: row, list: list) }
    let subject = dataset.words(dataset.tables[list].ids?.text(Int(row)) ?? "")
    var words = membership(of: subject, in: set, verdict == .yes, verdict)
    if stands == .no, verdict == .yes { words = Text("\(words.en), but nothing is paid", zh: "\(words.zh)，但不支付") }
    var made = Derivation(stands ?? verdict, words, children: children, location: set.location)
    if measure.form == .duty, mine.contains(where: { run.truth[Int($0)] & 0b11 != 0 }) { made.part = .counted }
    if !measure.pays.contains(where: { $0.forEach != nil }) {
      made.countsByCondition = !isPaidBy(i)
      made.countedIn = mine.map { run.frameName(Int($0)) }.filter { isPaid($0) || isGranted($0) }
    }
    return made
  }

  /// Why a record that meets everything is no member: another one of the same person is, which it names, or there is no
  /// frame whose year is its.
  private func notAmong(_ row: Int32, _ i: Int, _ list: Int) -> Text {
    let table = dataset.tables[list]
    if let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data {
      let own = persons[Int(row)]
      if let other = run.sets[i].rows.first(where: { $0 != row && persons[Int($0)] == own }) {
        let name = dataset.words(table.ids?.text(Int(other)) ?? "")
        return Text(
          "\(name.en) of the same person counts instead: each person counts once",
          zh: "每人只计一次：同一人的 \(name.zh) 已计入")
      }
    }
    return Text("no year fits", zh: "没有合适的年度")
  }

  /// What becomes of a record in one frame that it counts for.
  private func counting(_ row: Int32, _ i: Int, _ list: Int, _ at: Row, _ frame: Int32) -> Derivation {
    let (set, f) = (measure.sets[i], Int(frame))
    let count = run.sets[i].frames.filter { $0 == frame }.count
    let name = frameWords(f)
    let head = Text(
      "counts for \(name.en): one of \(count)", zh: "计入 \(name.zh) 的\(set.words.zh)，共\(counted(count, set))")
    var children = [Derivation(.yes, head)]
    let frameAt = Row(context: run.frameContext, row: frame)
    for r in measure.selection.requirements { children += conjuncts(r, frameAt) }
    for e in measure.outcome.expectations { children += conjuncts(e.condition, frameAt) }
    var isOpen = false, lacksPlace = false
    for (j, narrowed) in measure.sets.enumerated() where !narrowed.isScan && root(j) == i {
      if let open = openLimit(of: j, frameAt) {
        isOpen = true
        // What is taken from an open set is open for the same reason.
        if !children.contains(where: { $0.text == open.text }) { children.append(open) }
        continue
      }
      if let place = placeStep(j, row, in: frame) {
        lacksPlace = true
        children.append(place)
        continue
      }
      let place = run.hasLate(narrowed) ? with(frame: frame, row, list) : at
      children.append(narrowedStep(j, narrowed, row, in: frame, place))
    }
    guard run.truth[f] & 0b11 == 0b11 else { return Derivation(.no, head, children: children) }
    let payments = paySteps(ofMember: row, list: list, in: frame) { self.root($0) == i }
    if !payments.isEmpty, isOverCap(row, i, list, in: frame) {
      return Derivation(.no, head, children: children + payments + [lossStep(.overCap, f)])
    }
    let verdict: Derivation.Verdict = !payments.isEmpty ? .yes : isOpen ? .unknown : lacksPlace ? .no : .yes
    return Derivation(verdict, head, children: children + payments)
  }

  /// Whether the caps leave nothing of what is paid for a member of a set in a frame.
  private func isOverCap(_ row: Int32, _ i: Int, _ list: Int, in frame: Int32) -> Bool {
    guard let name = dataset.tables[list].ids?.text(Int(row)) else { return false }
    let cut = overCap(name, .list(list), frame)
    let clauses = measure.pays.indices.filter { measure.pays[$0].forEach.map(root) == i }
    return !cut.isEmpty && clauses.allSatisfy(cut.contains)
  }

  /// Whose record it is, and what is asked of that.
  private func ownerSteps(_ row: Int32, _ link: Node, _ set: CheckedSet) -> [Derivation] {
    let owner = narrow(link, row)
    guard owner >= 0 else {
      return [Derivation(.no, Text("belongs to no \(singular())", zh: "没有对应的\(recordWords())"), location: set.location)]
    }
    let name = dataset.id(owner, in: run.baseSpace)
    var out = [
      Derivation(.told, Text("belongs to \(name)", zh: "\(recordWords())：\(dataset.words(name).zh)"))
    ]
    if let frameList = run.frameList {
      let at = Row(context: .member(list: frameList, link: nil, year: nil), row: owner)
      for c in measure.selection.conditions where !mentionsFrame(c) { out += conjuncts(c, at) }
    }
    return out
  }

  private func membership(of subject: Text, in set: CheckedSet, _ isMember: Bool, _ verdict: Derivation.Verdict) -> Text
  {
    if case .unknown = verdict {
      return Text(
        "whether \(subject.en) is one of those \(set.words.en) cannot be told",
        zh: "\(subject.zh) 是否计入\(set.words.zh)无法判定")
    }
    return isMember
      ? Text("\(subject.en) is one of those \(set.words.en)", zh: "\(subject.zh) 计入\(set.words.zh)")
      : Text("\(subject.en) is not one of those \(set.words.en)", zh: "\(subject.zh) 不计入\(set.words.zh)")
  }

  /// The conditions of a set, as they stand for a record and the frame that it is looked at for.
  private func conditions(
    of set: CheckedSet, _ row: Int32, _ list: Int, _ at: Row, _ frame: Int32?
  ) -> [Derivation] {
    var out: [Derivation] = []
    // Those of the record and those that hang on its frame as well stand in the order of the rule.
    var own: [Typed] = []
    func tell() {
      out += conjuncts(own, at)
      own = []
    }
    for c in set.conditions {
      if !run.isLate(c, in: set) {
        own.append(c)
      } else if let frame {
        tell()
        let told = conjuncts(c, with(frame: frame, row, list))
        out += isToldApart(frame) ? told.map { $0.of(frameWords(Int(frame))) } : told
      }
    }
    tell()
    return out
  }

  /// So many frames are looked at for the one in which least fails.
  private static var mostLookedAt: Int { 400 }

  /// Of the frames that a record could count for, that in which fewest of the conditions fail that hang on both; the
  /// first of several. Nil: there is none.
  private func nearest(_ own: Int32?, _ set: CheckedSet, _ row: Int32, _ list: Int) -> Int32? {
    let all = run.base.indices.lazy.filter { own == nil || self.run.base[$0] == own }.prefix(Self.mostLookedAt)
    let late = set.conditions.filter { run.isLate($0, in: set) }.flatMap(\.conjuncts)
    if late.isEmpty || own == nil { return all.first.map(Int32.init) }
    var best: (frame: Int32, failing: Int)?
    for f in all {
      let frame = Int32(truncatingIfNeeded: f), at = with(frame: frame, row, list)
      let failing = late.count { !Truth.holds(truth($0, at)) }
      if failing < best?.failing ?? .max { best = (frame, failing) }
    }
    return best?.frame
  }

  /// Whether a frame is one of several of its record that go by their numbers.
  private func isToldApart(_ frame: Int32) -> Bool {
    let own = run.base[Int(frame)]
    return frameWords(Int(frame)).en != dataset.words(run.frameName(Int(frame))).en
      && run.base.lazy.filter { $0 == own }.prefix(2).count > 1
  }

  /// A member together with a frame, as conditions on both are asked.
  private func with(frame: Int32, _ row: Int32, _ list: Int) -> Row {
    run.makeKnown(MemberRows(rows: [row], frames: [frame], dates: [0]), as: .one)
    return Row(context: .pair(.one, list: list), row: 0)
  }

  /// The frame of a member, where it is looked at with its own.
  func frame(ofMember at: Row) -> Row? {
    guard case .pair(let pairs, _) = at.context, case .frame(run.frameList) = run.lowering.frame(of: pairs) else {
      return nil
    }
    let frame = narrow(run.lowering.frameRow(of: pairs), at.row)
    return frame.isAbsent ? nil : Row(context: run.frameContext, row: frame)
  }

  /// Whether a record that counts for a frame is one of those that a narrower set has in it.
  func narrowedStep(_ j: Int, _ set: CheckedSet, _ row: Int32, in frame: Int32, _ at: Row) -> Derivation {
    let members = run.sets[j]
    let inside = members.rows.indices.contains { members.rows[$0] == row && members.frames[$0] == frame }
    let children = conjuncts(set.conditions, at)
    return Derivation(
      inside ? .yes : .no, Text("is among \(set.words.en)", zh: (inside ? "属" : "不属") + set.words.zh),
      children: children,
      location: set.location)
  }
}
