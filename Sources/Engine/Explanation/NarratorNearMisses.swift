// What becomes of a frame's records that one of its sets does not count: what each alone lacks, what nobody has stated
// of it, another record of its person, another year. With those that are counted they are all of them.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// One condition on a set's records, as it is told and as it came out for each of them.
  private struct Asked {
    let text: Text
    let location: SourceRange?
    let node: Node
    /// Whether it is asked of the record together with its frame.
    let isLate: Bool
    /// Which of those before it have to hold for it to be asked at all.
    var behind = 0..<0
    var truths: [UInt8] = []
  }

  /// What came out for one record; what is not asked of it stands in no way.
  private func verdicts(_ asked: [Asked], _ k: Int) -> [Derivation.Verdict] {
    var all = asked.map { verdict($0.truths[k]) }
    for (j, one) in asked.enumerated() where one.behind.contains(where: { all[$0] != .yes }) { all[j] = .yes }
    return all
  }

  /// The records that are not counted, by what became of them.
  private struct Uncounted {
    var failing: [[Int32]]
    var elsewhere: [[Int32]]
    var open: [[Int32]]
    var several: [Int32] = []
    var severalOpen: [Int32] = []
    /// Whether some of several conditions are not known.
    var isOpen = false
    /// Those that meet every condition of their own.
    var fitting: [Int32] = []
    var years: [Int64: Int] = [:]

    init(_ count: Int) {
      failing = Array(repeating: [], count: count)
      (elsewhere, open) = (failing, failing)
    }
  }

  /// Records of the frame that do not count, by the conditions that each alone keeps them out.
  /// - Parameters:
  ///   - i: the set.
  ///   - link: the frame's record.
  ///   - f: the frame; nil: the record has none, and nothing is counted for it.
  ///   - isKeptOut: whether conditions on the frame's record stand in the way, so that nothing is counted.
  func nearMisses(_ i: Int, link: Int32, frame f: Int? = nil, isKeptOut: Bool = false) -> Derivation {
    let set = measure.sets[i]
    guard let list = dataset.dictionary.index(set.list), let linkNode = run.linkNode(of: set) else {
      return Derivation(.told, Text("none", zh: "无"))
    }
    let linked = run.graph.apply(
      .compare(.equal), [linkNode, run.graph.constant32(link)], register: .truth, mayBeAbsent: false)
    let rows = run.evaluator.select(linked, [], count: dataset.tables[list].count).rows
    guard !rows.isEmpty else { return Derivation(.told, Text("none of its own", zh: "没有相关记录")) }
    let year = year(of: set, list)
    var asked = asked(of: set, list, .member(list: list, link: linkNode, year: year), rows, f)
    for j in asked.indices {
      let late = asked[j].isLate
      asked[j].truths = values(asked[j].node, late ? rows.indices.map { Int32(truncatingIfNeeded: $0) } : rows)
    }
    let members = run.sets[i].all
    let counted = Set(members.rows.indices.filter { f.map(Int32.init) == members.frames[$0] }.map { members.rows[$0] })
    let years = f == nil ? nil : year.map { numbers($0, rows) }
    var found = Uncounted(asked.count)
    for (k, row) in rows.enumerated() where !counted.contains(row) {
      if let f, let own = years?[k], !own.isAbsent, run.iteration.indices.contains(f), own != run.iteration[f] {
        found.years[own, default: 0] += 1
      } else {
        Self.sort(row, by: verdicts(asked, k), into: &found)
      }
    }
    // Where several records may be one person's, records are no persons.
    let all = run.lowering.sharesPersons(list) ? "\(rows.count)条记录" : self.counted(rows.count, set)
    return Derivation(
      .told,
      Text("of its \(rows.count) records, those that do not count", zh: "其\(all)中未计入的"),
      children: children(of: found, asked, i, list, isKeptOut: isKeptOut))
  }

  /// The year that the records of a set fall into, where that is the number of their frames.
  private func year(of set: CheckedSet, _ list: Int) -> Node? {
    guard run.framesHaveYear, !set.isOfEveryYear, case .list(_, let field) = set.source else { return nil }
    return run.scan(set, link: field, list: list).year
  }

  private func numbers(_ node: Node, _ rows: [Int32]) -> [Int64] {
    var out = [Int64](repeating: Absent.none64, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      run.evaluator.run([node], over: .list(list), oneWorker: true) { worker, start, n in
        let figures = worker.int64(0)
        for k in 0..<n { out[start + k] = figures[k] }
      }
    }
    return out
  }

  /// What is asked of the records of a set; what hangs on the frame as well only where there is one.
  private func asked(
    of set: CheckedSet, _ list: Int, _ context: Lowering.Context, _ rows: [Int32], _ f: Int?
  ) -> [Asked] {
    var out: [Asked] = []
    let late = run.late(set)
    if !late.days, let w = run.dates(of: set, list: list, context).inWindow {
      let window = windowText()
      out.append(
        Asked(
          text: Text("within \(window.en)", zh: "在施行期限\(window.zh)之内"), location: measure.window?.location, node: w,
          isLate: false))
    }
    // What a parameter stands at is the same for every record.
    let anywhere = Row(context: context, row: 0, isAnywhere: true)
    for part in set.conditions.filter({ !run.isLate($0, in: set) }).flatMap(\.conjuncts) {
      let first = out.count
      // A record begins no stay of those that are joined where it is none of them, which is what is told of it.
      if case .spellBegins(let join) = part.operation, let condition = condition(of: join) {
        for own in condition.conjuncts {
          out.append(
            Asked(
              text: phraseAnywhere(own, anywhere), location: own.location,
              node: run.lowering.lower(own, context, .truth), isLate: false))
        }
      }
      out.append(
        Asked(
          text: phraseAnywhere(part, anywhere), location: part.location,
          node: run.lowering.lower(part, context, .truth), isLate: false, behind: first..<out.count))
    }
    guard let f, !late.conditions.isEmpty else { return out }
    let frames = [Int32](repeating: Int32(truncatingIfNeeded: f), count: rows.count)
    run.makeKnown(
      MemberRows(rows: rows, frames: frames, dates: [Int32](repeating: 0, count: rows.count)), as: .one)
    let pair = Lowering.Context.pair(.one, list: list)
    for part in late.conditions.flatMap(\.conjuncts) {
      out.append(
        Asked(
          text: phraseAnywhere(part, Row(context: pair, row: 0, isAnywhere: true)), location: part.location,
          node: run.lowering.lower(part, pair, .truth), isLate: true))
    }
    return out
  }

  /// A condition as it is asked of every record alike.
  private func phraseAnywhere(_ part: Typed, _ at: Row) -> Text {
    let t = decidedByReadings(part)
    return first(t, 0, at) ?? phrase(t, at)
  }

  private static func sort(_ row: Int32, by verdicts: [Derivation.Verdict], into found: inout Uncounted) {
    let bad = verdicts.indices.filter { verdicts[$0] != .yes }
    let open = bad.filter { verdicts[$0] == .unknown }
    guard let only = bad.first else {
      found.fitting.append(row)
      return
    }
    if bad.count > 1 {
      if open.count == bad.count {
        found.severalOpen.append(row)
      } else {
        found.several.append(row)
        if !open.isEmpty { found.isOpen = true }
      }
      return
    }
    switch verdicts[only] {
    case .unknown: found.open[only].append(row)
    case .elsewhere: found.elsewhere[only].append(row)
    case .no, .yes, .told: found.failing[only].append(row)
    }
  }

  // MARK: In words

  private func children(
    of found: Uncounted, _ asked: [Asked], _ i: Int, _ list: Int, isKeptOut: Bool
  ) -> [Derivation] {
    let set = measure.sets[i]
    func names(_ rows: [Int32]) -> Text {
      listed(rows.prefix(8).compactMap { dataset.tables[list].ids?.text(Int($0)) }, of: rows.count)
    }
    func line(
      _ verdict: Derivation.Verdict, _ rows: [Int32], _ en: String, zh: String, _ at: SourceRange? = nil
    ) -> Derivation? {
      if rows.isEmpty { return nil }
      let (en, zh) = ("\(rows.count) \(en)", "\(counted(rows.count, set))\(zh)")
      // Records of a list without ids have no names.
      guard let ids = dataset.tables[list].ids, ids.count > 0 else {
        return Derivation(verdict, Text(en, zh: zh), location: at)
      }
      let who = names(rows)
      return Derivation(verdict, Text("\(en) — \(who.en)", zh: "\(zh)：\(who.zh)"), location: at)
    }
    var out: [Derivation?] = []
    for j in asked.indices.sorted(by: { found.failing[$0].count > found.failing[$1].count }) {
      let text = asked[j].text
      out.append(
        line(
          .no, found.failing[j], "would count but for: \(text.en)", zh: "仅差“\(text.zh)”未计入", asked[j].location))
    }
    for (j, one) in asked.enumerated() {
      let (text, lacking) = (one.text, lacking(one, found.open[j]))
      out.append(
        line(
          .unknown, found.open[j], "cannot be told: \(text.en)\(lacking.en)", zh: "无法判定“\(text.zh)”\(lacking.zh)",
          one.location))
      out.append(
        line(
          .elsewhere, found.elsewhere[j], "governed elsewhere: \(text.en)", zh: "因“\(text.zh)”一项适用其他文件",
          one.location))
    }
    out.append(line(.unknown, found.severalOpen, "cannot be told by several conditions", zh: "有多项条件无法判定"))
    if !found.several.isEmpty {
      let fail = found.several.count == 1 ? "1 fails" : "\(found.several.count) fail"
      out.append(
        Derivation(
          .no,
          Text(
            "\(fail) several conditions\(found.isOpen ? ", or some are not known" : "")",
            zh: "\(counted(found.several.count, set))有多项条件不满足\(found.isOpen ? "或无法判定" : "")")))
    }
    out += fitting(found.fitting, i, list, isKeptOut: isKeptOut, line)
    if !found.years.isEmpty { out.append(others(found.years, set)) }
    return out.compactMap { $0 }
  }

  /// The facts that nobody has stated of records, where a condition hangs on one.
  private func lacking(_ one: Asked, _ rows: [Int32]) -> Text {
    guard !rows.isEmpty, !one.isLate else { return .same("") }
    let names = run.blame(one.node, rows: rows).sorted()
    guard !names.isEmpty else { return .same("") }
    let words = names.map(words(ofMissing:))
    return Text(
      " (\(words.map(\.en).joined(separator: ", ")) not stated)",
      zh: "（\(words.map(\.zh).joined(separator: "、"))未填）")
  }

  /// Records that meet every condition of their own and are not counted nevertheless.
  private func fitting(
    _ rows: [Int32], _ i: Int, _ list: Int, isKeptOut: Bool,
    _ line: (Derivation.Verdict, [Int32], String, String, SourceRange?) -> Derivation?
  ) -> [Derivation?] {
    if isKeptOut { return [line(.told, rows, "kept out by the conditions above alone", "仅因上列条件未计入", nil)] }
    var again: [Int32] = [], rest = rows
    let table = dataset.tables[list]
    if run.sets[i].byPerson, let field = table.declaration.person,
      case .int32(let persons)? = table.columns[field]?.data
    {
      let counting = Set(run.sets[i].rows.map { persons[Int($0)] })
      again = rows.filter { counting.contains(persons[Int($0)]) }
      rest = rows.filter { !counting.contains(persons[Int($0)]) }
    }
    return [
      line(.told, again, "of a person who counts by another record", "为同一人的另一条记录，不另计", nil),
      line(.told, rest, "of none of the years or periods", "不属任何年度或期间", nil),
    ]
  }

  /// How many belong to which other years.
  private func others(_ years: [Int64: Int], _ set: CheckedSet) -> Derivation {
    let sorted = years.sorted { $0.key < $1.key }
    // A set that says itself which year its records are for, such as the year after theirs, is named: 上年记录.
    let isPlaced = set.inYear != nil
    let (asWhat, asWhatZh) = isPlaced ? (" as its \(set.words.en)", "的\(set.words.zh)") : ("", "")
    let (verb, verbs, verbZh) = isPlaced ? ("counts for", "count for", "用作") : ("belongs to", "belong to", "归入")
    let en = sorted.map { "\($0.value) \($0.value == 1 ? verb : verbs) \($0.key)\(asWhat)" }
    let zh = sorted.map { "\(counted($0.value, set))\(verbZh)\($0.key)年度\(asWhatZh)" }
    return Derivation(
      .told,
      Text(en.joined(separator: ", ") + ", and not to this year", zh: zh.joined(separator: "、") + "，不属本年度"),
      location: set.location)
  }
}
