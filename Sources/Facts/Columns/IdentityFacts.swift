// The identity numbers of a list's records: freed of what offices write around them, looked at, and asked for what they
// say of sex, birth and home where no column does. Knows nothing of files' syntax, or of who is who.
import Diagnostics
import Reckoning

/// What identity numbers give.
enum IdentityFacts {
  /// The fields that they give without being asked.
  static let given = ["sex", "born"]
  /// Those that they give on request only: where somebody was registered first need not be where he is now.
  static let asked = ["origin"]

  /// Words that say there is no number, beside those that say so of anything.
  static func saysNothing(_ text: String) -> Bool {
    let word = CellText.closed(text)
    return word.isEmpty || ["未办理", "无证件", "丢失", "遗失", "补办中", "办理中"].contains(word)
      || word.unicodeScalars.allSatisfy { "?？*＊xX0.…。".unicodeScalars.contains($0) }
  }

  /// Whether a text has no figure in it, so that it is no number of whatever kind: 已核, 见附件.
  static func isWord(_ text: String) -> Bool { !text.contains { $0.isNumber } && text.contains { !$0.isASCII } }

  static let anyText = Field(name: "", type: .text, absence: .none, labels: [], meaning: .same(""))

  /// A fact that numbers give in records that do not state it.
  struct Gift {
    let field: Int
    let buffer: ColumnBuffer
    /// Whether the buffer is still to be put into the list's columns.
    let isNew: Bool
    /// By row; the mark where the number gives nothing either.
    var rows = 0
  }
}

/// What was found in one column of numbers.
struct IdentitySurvey {
  /// Cells of one kind: how many, and the first three.
  struct Found {
    var count = 0
    var rows: [Int] = []

    mutating func add(_ row: Int) {
      count += 1
      if rows.count < 3 { rows.append(row) }
    }
  }

  var faults: [IdentityNumber.Fault: Found] = [:]
  /// Words in place of numbers, and numbers of which a part is covered.
  var words = Found()
  var covered = Found()
  var otherSex = Found()
  var otherBirth = Found()
  /// Whether some cell says that there is no number.
  var hasNothing = false
  /// What numbers are of which nothing can be said at a glance, by text.
  var known: [Int32: Outcome] = [:]

  enum Outcome {
    case nothing
    /// A word, by which nobody is told from anybody.
    case word
    case number(Int32, IdentityNumber, IdentityNumber.Written)
    case faulty(Int32, IdentityNumber.Fault)
  }
}

extension ListColumns {
  /// Frees numbers and names of what is written around and in them, and tells of numbers that cannot be.
  /// - Returns: what the numbers give of facts that records do not state, to be taken by `take`.
  mutating func readNumbers(_ assembly: inout Assembly) -> [IdentityFacts.Gift] {
    let declaration = list.schema.declaration
    if let name = declaration.personName { closeNames(name, &assembly) }
    guard let name = declaration.personID, let id = list.schema.named(name), id >= 0, let numbers = int32(id) else {
      return []
    }
    var survey = IdentitySurvey()
    var gifts = gifts(assembly)
    let sex = list.schema.named("sex"), born = list.schema.named("born")
    let stated = (sex: sex.flatMap { int32($0) }, born: born.flatMap { int32($0) })
    let men = sex.map { sexes(fields[$0]) }
    for row in 0..<list.count where numbers[row] >= 0 {
      let found: IdentityNumber
      if let plain = assembly.texts.identity(numbers[row]) {
        found = plain
      } else if let read = read(numbers, row, id, &survey, &assembly) {
        found = read
      } else {
        continue
      }
      if let own = stated.sex?[row], let men = men ?? nil, own >= 0, own != (found.isMale ? men.male : men.female) {
        survey.otherSex.add(row)
      }
      if let own = stated.born?[row], own > Absent.none32, ListColumns.differ(own, found.born) {
        survey.otherBirth.add(row)
      }
      for i in gifts.indices { give(&gifts[i], row, found, men ?? nil, assembly) }
    }
    if survey.hasNothing { absent[id] = true }
    tell(survey, id, &assembly)
    return gifts
  }

  /// Puts what numbers give into the columns, and says how much it is.
  /// - Returns: of each such field the records that state it nowhere.
  mutating func take(_ gifts: [IdentityFacts.Gift], _ assembly: inout Assembly) -> [String: Unstated] {
    var out: [String: Unstated] = [:]
    var told: [Text] = []
    for gift in gifts {
      guard gift.rows > 0 else {
        if gift.isNew { gift.buffer.release() }
        continue
      }
      let field = fields[gift.field]
      if gift.isNew { made[gift.field] = .buffer(gift.buffer) }
      let missing = ListSchema.whenAbsent(field)
      var unstated = Unstated()
      for row in 0..<list.count where gift.buffer[row] == missing { unstated.add(row..<(row + 1)) }
      absent[gift.field] = (0..<list.count).contains { ListSchema.isMark(gift.buffer[$0], field.type) }
      out[field.name] = unstated
      told.append(Text("`\(field.name)` (\(gift.rows))", zh: "\(field.words.zh)（\(gift.rows) 条）"))
    }
    if !told.isEmpty, let id = list.schema.declaration.personID.flatMap({ list.schema.named($0) }) {
      assembly.remarks.append(
        Diagnostic(
          .note, code: "identity-facts",
          Text(
            "where no column states it, the identity number gives " + told.map(\.en).joined(separator: ", "),
            zh: "没有填写的，按\(fields[id].words.zh)推定：" + told.map(\.zh).joined(separator: "、")),
          hint: Text("state them in columns of their own if they differ", zh: "如有不同，请另列填写"), at: list.firstLocation))
    }
    return out
  }

  // MARK: one number

  /// A number that is not right at a glance.
  private func read(
    _ numbers: CheckedBuffer<Int32>, _ row: Int, _ id: Int, _ survey: inout IdentitySurvey, _ assembly: inout Assembly
  ) -> IdentityNumber? {
    let text = numbers[row]
    let outcome = survey.known[text] ?? outcome(text, &assembly)
    survey.known[text] = outcome
    switch outcome {
    case .nothing:
      survey.hasNothing = true
      numbers[row] = Int32(truncatingIfNeeded: ListSchema.whenAbsent(fields[id]))
      note(row, id, .nothing, assembly.texts.text(text), Text("nothing", zh: "“没有填写”"), &assembly)
      return nil
    case .word:
      survey.words.add(row)
      survey.hasNothing = true
      numbers[row] = Int32(truncatingIfNeeded: ListSchema.whenAbsent(fields[id]))
      return nil
    case .number(let own, let number, let written):
      numbers[row] = own
      let sample = PersonalNumbers.middle(assembly.texts.text(text))
      let shown = PersonalNumbers.middle(assembly.texts.text(own))
      switch written {
      case .asItIs: break
      case .filled: note(row, id, .filled, sample, Text(shown, zh: " \(shown)"), &assembly)
      case .short:
        let words = Text("\(shown), with the three digits that it lacks", zh: " \(shown)（由 15 位补为 18 位）")
        note(row, id, .short, sample, words, &assembly)
      }
      return number
    case .faulty(let own, let fault):
      if own != text {
        let shown = PersonalNumbers.middle(assembly.texts.text(own))
        let sample = PersonalNumbers.middle(assembly.texts.text(text))
        note(row, id, .filled, sample, Text(shown, zh: " \(shown)"), &assembly)
      }
      numbers[row] = own
      if assembly.texts.isCovered(own) {
        survey.covered.add(row)
      } else {
        survey.faults[fault, default: IdentitySurvey.Found()].add(row)
      }
      return nil
    }
  }

  private func outcome(_ text: Int32, _ assembly: inout Assembly) -> IdentitySurvey.Outcome {
    let written = assembly.texts.text(text)
    switch IdentityNumber.read(written) {
    case .number(let own, let number, let way): return .number(assembly.texts.intern(own), number, way)
    case .faulty(let own, let fault):
      let isNothing = WordWriting.blank(own, IdentityFacts.anyText) != nil
      if isNothing || IdentityFacts.saysNothing(own) { return .nothing }
      return fault == .other && IdentityFacts.isWord(own) ? .word : .faulty(assembly.texts.intern(own), fault)
    }
  }

  /// Whether a birth that a record states is another than the number's. A month alone stands as its first day.
  private static func differ(_ own: Int32, _ born: Day) -> Bool {
    let (a, b) = (Day(number: own).parts, born.parts)
    return a.year != b.year || a.month != b.month || (a.day != b.day && a.day != 1)
  }

  // MARK: what numbers give

  /// The fields that numbers may give, each with the memory for it.
  private func gifts(_ assembly: Assembly) -> [IdentityFacts.Gift] {
    let asked = assembly.mapping.given[list.schema.declaration.name] ?? []
    return (IdentityFacts.given + IdentityFacts.asked.filter { asked.contains($0) }).compactMap { name in
      guard let field = list.schema.named(name), field >= 0, isGivable(fields[field]) else { return nil }
      switch made[field] {
      case .buffer(let buffer): return IdentityFacts.Gift(field: field, buffer: buffer, isNew: false)
      case .constant(let raw):
        let buffer = ColumnBuffer.allocate(fields[field].type, list.count)
        buffer.fill(raw, at: 0, count: list.count)
        return IdentityFacts.Gift(field: field, buffer: buffer, isNew: true)
      case .ownIDs, .sets, .same: return nil
      }
    }
  }

  /// Whether nothing stands for the field where a record does not state it.
  private func isGivable(_ field: Field) -> Bool {
    switch field.absence {
    case .none, .unknown: break
    case .required, .value, .empty, .field: return false
    }
    switch field.type {
    case .choice: return sexes(field) != nil
    case .date, .dateOrMonth, .place, .county: return true
    case .text, .bool, .int, .money, .figure, .dateOrYear, .area, .reference, .set: return false
    }
  }

  private func give(
    _ gift: inout IdentityFacts.Gift, _ row: Int, _ number: IdentityNumber, _ men: (male: Int32, female: Int32)?,
    _ assembly: Assembly
  ) {
    guard gift.buffer[row] == ListSchema.whenAbsent(fields[gift.field]) else { return }
    let raw: Int64
    switch fields[gift.field].type {
    case .choice:
      guard let men else { return }
      raw = Int64(number.isMale ? men.male : men.female)
    case .place, .county:
      guard let place = assembly.place(number.county) else { return }
      raw = Int64(place)
    case .date, .dateOrMonth, .dateOrYear: raw = Int64(number.born.number)
    case .text, .bool, .int, .money, .figure, .area, .reference, .set: return
    }
    gift.buffer[row] = raw
    gift.rows += 1
  }

  private func sexes(_ field: Field) -> (male: Int32, female: Int32)? {
    guard case .choice(let choices) = field.type, let male = choices.firstIndex(of: "male"),
      let female = choices.firstIndex(of: "female")
    else { return nil }
    return (Int32(male), Int32(female))
  }

  // MARK: names

  /// `张 三` is 张三: blanks within a name of Chinese characters only fill.
  private func closeNames(_ name: String, _ assembly: inout Assembly) {
    guard let field = list.schema.named(name), let names = int32(field) else { return }
    var known: [Int32: Int32] = [:]
    for row in 0..<list.count where names[row] >= 0 && assembly.texts.hasBlank(names[row]) {
      let text = names[row]
      let written = assembly.texts.text(text)
      let isOne = ListColumns.isHan(written) && !CrowdedName.isOne(written)
      let own = known[text] ?? (isOne ? assembly.texts.intern(CellText.closed(written)) : text)
      known[text] = own
      guard own != text else { continue }
      names[row] = own
      let shown = assembly.texts.text(own)
      note(row, field, .filled, written, Text(shown, zh: " \(shown)"), &assembly)
    }
  }

  private static func isHan(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      (0x3400...0x9FFF).contains($0.value) || $0.value > 0x1_FFFF || Members.isBlank($0)
    }
  }
}

extension TextPool {
  /// The identity number that a text is at a glance.
  fileprivate func identity(_ number: Int32) -> IdentityNumber? { withText(number) { IdentityNumber.plain($0, $1) } }

  /// Whether a blank stands in a text.
  fileprivate func hasBlank(_ number: Int32) -> Bool {
    withText(number) { start, count in
      // A space, the wide one (E3 80 80), one of Latin-1 (C2 A0), or the end of a line.
      for i in 0..<count
      where start[i] == 0x20 || (start[i] < 0x0E && start[i] > 0x08) || start[i] == 0xE3 || start[i] == 0xC2 {
        return true
      }
      return false
    }
  }
}
