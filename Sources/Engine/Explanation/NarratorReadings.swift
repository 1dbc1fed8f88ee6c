// What readings decide within conditions: an alternative that a reading opens or closes is settled before anybody is
// looked at, and is not told of each. Conditions that one reading asks for are told as one.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// Of alternatives, the one that a reading makes hold, or those that its choice leaves.
  func decidedByReadings(_ t: Typed) -> Typed {
    guard case .or(let parts) = t.operation, parts.contains(where: \.isReading) else { return t }
    if let known = withoutReadings[ObjectIdentifier(t)] { return known }
    let made: Typed
    if let open = parts.first(where: { $0.isReading && stands($0) }) {
      made = open
    } else {
      let rest = parts.filter { !$0.isReading }
      made =
        rest.isEmpty ? t : rest.count == 1 ? rest[0] : Typed(.or(rest), t.type, at: t.location)
    }
    withoutReadings[ObjectIdentifier(t)] = made
    return made
  }

  /// Whether a reading stands at the choice that is asked about.
  private func stands(_ reading: Typed) -> Bool {
    if case .constantTruth(let v) = run.lowering.lower(reading, run.frameContext, .truth).op { return Truth.holds(v) }
    return false
  }

  /// The reading whose choice a condition is an alternative to; nil: none.
  private func reading(of t: Typed) -> String? {
    switch t.operation {
    case .or(let parts): parts.lazy.compactMap(\.reading).first
    case .call(let definition, _): if case .or = definition.body.operation { reading(of: definition.body) } else { nil }
    case _: nil
    }
  }

  /// Conditions that stand beside each other as alternatives to one reading's choice, as one: by the name that one of
  /// them has, with what the other says of days.
  func joinedByReading(_ all: [(asked: Typed, told: Derivation)]) -> [Derivation] {
    var out: [(reading: String?, told: Derivation)] = []
    for (asked, told) in all {
      let reading = reading(of: asked)
      if let reading, let last = out.last, last.reading == reading {
        out[out.count - 1].told = joined(last.told, told)
      } else if out.contains(where: { $0.told.text == told.text && $0.told.verdict == told.verdict }) {
        // What the rule writes twice is told once.
        continue
      } else {
        out.append((reading, told))
      }
    }
    return out.map(\.told)
  }

  private func joined(_ a: Derivation, _ b: Derivation) -> Derivation {
    let (named, other) = b.isNamed && !a.isNamed ? (b, a) : (a, b)
    let order: [Derivation.Verdict] = [.no, .elsewhere, .unknown]
    let verdict = order.first { [named.verdict, other.verdict].contains($0) } ?? named.verdict
    let remark = other.remark.map { Text(" (\($0.en))", zh: "（\($0.zh)）") } ?? .same("")
    let lines = named.children + other.children.filter { line in !named.children.contains { $0.text == line.text } }
    var made = Derivation(
      verdict, Text(named.text.en + remark.en, zh: named.text.zh + remark.zh),
      gap: [named, other].first { $0.verdict == verdict && $0.gap != nil }?.gap, children: lines,
      location: named.location)
    made.isNamed = true
    return made
  }
}

// MARK: The first of a person's

extension Narrator {
  /// The day of a record that is asked to be the earliest of its person's, with the figure over those; nil for other
  /// conditions.
  private func asFirst(_ t: Typed) -> (day: Typed, figure: GroupedFigure, earliest: Typed)? {
    guard case .compare(.equal, let a, let b) = t.operation else { return nil }
    let (day, earliest) = if case .grouped = a.operation { (b, a) } else { (a, b) }
    guard case .grouped(let figure) = earliest.operation, figure.pick == .earlier, case .samePerson = figure.members,
      case .selfField(let own) = day.operation, case .selfField(let other) = figure.value.operation,
      own.name == other.name
    else { return nil }
    return (day, figure, earliest)
  }

  /// That a record is the first of its person's, in words with its day; nil for other conditions.
  func first(_ t: Typed, _ v: UInt8, _ at: Row) -> Text? {
    guard let (day, figure, _) = asFirst(t) else { return nil }
    let name = words(day), asked = figure.condition.map { $0.conjuncts.map { phrase($0) } } ?? []
    let (en, zh) = (asked.map(\.en).joined(separator: " and "), asked.map(\.zh).joined(separator: "且"))
    let own = Truth.holds(v) && !at.isAnywhere ? value(day, at) : nil
    return Text(
      "the person's first \(name.en)" + (en.isEmpty ? "" : " where \(en)")
        + (own.map { " (\($0.en), none before)" } ?? ""),
      zh: "为本人" + (zh.isEmpty ? "" : "（\(zh)的）") + "最早的\(name.zh)" + (own.map { "（\($0.zh)，此前没有其他记录）" } ?? ""))
  }

  /// The same as a remark behind what it is called.
  func firstRemark(_ t: Typed, _ v: UInt8, _ at: Row) -> Text? {
    guard Truth.holds(v), let (day, _, _) = asFirst(t) else { return nil }
    let own = value(day, at)
    return Text("\(own.en), none before", zh: "\(own.zh)，此前没有其他记录")
  }

  /// Which record of the person is earlier, and by how much; nil for other conditions, and for what holds.
  func notFirst(_ t: Typed, _ v: UInt8, _ at: Row) -> (earlier: [Derivation], gap: Text?)? {
    guard let (day, figure, earliest) = asFirst(t) else { return nil }
    if v & 0b11 == 0b11 { return ([], nil) }
    guard v & 0b11 == 0, let record = record(at) else { return nil }
    let list = dataset.list(named: figure.list), first = self.day(earliest, at), own = self.day(day, at)
    if first.isNone, let asked = figure.condition.map({ $0.conjuncts.map { phrase($0) } }) {
      // The person has none of which it could be the first.
      let none = Text(
        "no record of the person meets: \(asked.map(\.en).joined(separator: " and "))",
        zh: "本人没有“\(asked.map(\.zh).joined(separator: "且"))”的记录")
      return (facts([day], at), none)
    }
    guard !first.isAbsent, !own.isAbsent, first < own else { return nil }
    let one = rows(of: figure, list, record).first { row in
      self.day(figure.value, Row(context: .member(list: list, link: nil, year: nil), row: row)) == first
    }
    guard let one, let id = dataset.tables[list].ids?.text(Int(one)) else { return nil }
    let days = Int(own) - Int(first), who = dataset.words(id), name = words(day)
    let text = Text(
      "an earlier record of the person: \(who.en), \(name.en) \(Day(number: first).text)",
      zh: "本人更早的记录：\(who.zh)，\(name.zh) \(Day(number: first).text)")
    let gap = Text(
      "\(who.en) on \(Day(number: first).text), \(days) day\(days == 1 ? "" : "s") earlier",
      zh: "\(who.zh)早\(days)天，\(Day(number: first).text)")
    return (facts([day], at) + [Derivation(.told, text)], gap)
  }
}

extension Typed {
  fileprivate var isReading: Bool { reading != nil }
  fileprivate var reading: String? { if case .readingIs(let id, _) = operation { id } else { nil } }
}
