// Names that the eye does not tell apart: signs that nobody sees are left out of them, and names that differ in
// look-alikes alone are told of, since each of them is somebody else. Knows nothing of files' syntax.
import Diagnostics
import Reckoning

/// The texts of a dataset that hold signs which nobody sees, as far as they have been looked at.
struct UnseenSigns {
  /// By number, the text without them.
  private(set) var seen: [Int32: Int32] = [:]
  /// The texts with signs that others may look like.
  private(set) var odd: [Int32] = []
  private var looked: Int32 = 0

  /// Looks at the texts that have come since the last time.
  mutating func look(at texts: inout TextPool) {
    let upTo = Int32(truncatingIfNeeded: texts.count)
    for number in looked..<max(looked, upTo) where texts.mayLook(number) {
      odd.append(number)
      let text = texts.text(number)
      guard text.unicodeScalars.contains(where: LookAlike.isInvisible) else { continue }
      let rest = LookAlike.seen(text)
      seen[number] = rest.isEmpty ? number : texts.intern(rest)
    }
    looked = upTo
  }
}

extension TextPool {
  /// Whether a text holds a byte with which a sign may begin that another looks like.
  fileprivate func mayLook(_ number: Int32) -> Bool {
    withText(number) { start, count in
      var odd = false
      for i in 0..<count where LookAlike.isOdd(start[i]) { odd = true }
      return odd
    }
  }
}

extension ListColumns {
  /// Leaves signs that nobody sees out of the list's texts, and says so. Identity numbers are freed of them elsewhere.
  mutating func readUnseen(_ assembly: inout Assembly) {
    assembly.unseen.look(at: &assembly.texts)
    if assembly.unseen.seen.isEmpty { return }
    for field in fields.indices where fields[field].type == .text && fields[field].name != personID {
      guard let texts = int32(field) else { continue }
      for row in 0..<list.count {
        guard texts[row] >= 0, let own = assembly.unseen.seen[texts[row]], own != texts[row] else { continue }
        let (written, shown) = (assembly.texts.text(texts[row]), assembly.texts.text(own))
        texts[row] = own
        note(row, field, .filled, written, Text(shown, zh: " \(shown)"), &assembly)
      }
    }
  }

  /// Tells of names that differ from others in signs alone that look alike, unless their numbers tell them apart.
  func tellAlike(_ assembly: inout Assembly) {
    let numbers = personID.flatMap { list.schema.named($0) }.flatMap { int32($0) }
    for field in fields.indices where isName(field) {
      guard let names = int32(field) else { continue }
      let survey = AlikeSurvey(
        names, list.count, fields[field].name == list.schema.declaration.personName ? numbers : nil,
        assembly.unseen.odd, assembly.texts)
      if survey.count > 0 { assembly.remarks.append(alike(survey, field, assembly.texts)) }
    }
  }

  private var personID: String? { list.schema.declaration.personID }

  /// Whether a field names somebody: a text that has to be stated, or that nobody has where it is not.
  private func isName(_ field: Int) -> Bool {
    guard fields[field].type == .text, fields[field].name != personID else { return false }
    return fields[field].absence != .unknown
  }

  private func alike(_ survey: AlikeSurvey, _ field: Int, _ texts: TextPool) -> Diagnostic {
    let pairs = survey.pairs.map { ($0.0, $0.1, texts.text($0.0), texts.text($0.1)) }
    let parts = pairs.map { pair -> Text in
      let places = list.places([survey.row(pair.0), survey.row(pair.1)], of: field).names
      let (a, b) = (ValueProblem.shown(pair.2), ValueProblem.shown(pair.3))
      guard places.count == 2 else { return Text("`\(a)` and `\(b)`", zh: "`\(a)` 与 `\(b)`") }
      return Text(
        "`\(a)` (\(places[0].en)) and `\(b)` (\(places[1].en))", zh: "`\(a)`（\(places[0].zh)）与 `\(b)`（\(places[1].zh)）")
    }
    let more = survey.count > parts.count
    let one = pairs.first.map { ValueProblem.shown(LookAlike.key($0.2)) } ?? ""
    let (count, of) = (survey.count, list.schema.declaration)
    let first = pairs.first.flatMap { list.places([survey.row($0.1)], of: field).first }
    return Diagnostic(
      .warning, code: "names-alike",
      Text(
        "\(count) of the names in `\(fields[field].name)` of \(of.name) \(count == 1 ? "differs" : "differ") from "
          + "another "
          + "in signs alone that look alike; each is somebody else: "
          + parts.map(\.en).joined(separator: ", ") + (more ? ", …" : ""),
        zh: "\(of.title.zh)的“\(fields[field].words.zh)”中有 \(count) 个与另一个只差形状相近的字符，按不同的人（单位）计："
          + parts.map(\.zh).joined(separator: "、") + (more ? "……" : "")),
      hint: Text(
        "if they are one, write `\(one)` in each of the records", zh: "如为同一人（单位），请统一写作 `\(one)`"),
      at: first ?? list.firstLocation)
  }
}

/// The names of one column that look like others of it.
private struct AlikeSurvey {
  private(set) var count = 0
  /// The first few of them: of each the text that came first, and the other.
  private(set) var pairs: [(Int32, Int32)] = []
  /// By text, the first row in which it stands.
  private var rows: [Int32: Int] = [:]
  private static let shown = 3
  /// More names with signs beyond Chinese characters than these are names of another sort.
  private static let most = 100_000

  /// - Parameters:
  ///   - numbers: the column of identity numbers, where the names are those of persons.
  ///   - odd: the texts that others may look like.
  init(
    _ names: CheckedBuffer<Int32>, _ rows: Int, _ numbers: CheckedBuffer<Int32>?, _ odd: [Int32], _ texts: TextPool
  ) {
    if odd.isEmpty || odd.count > AlikeSurvey.most { return }
    var keys: [String: [Int32]] = [:]
    for number in odd { keys[LookAlike.key(texts.text(number)), default: []].append(number) }
    // What an odd name looks like may be a plain one.
    var group = [Int](repeating: -1, count: texts.count)
    for (i, (key, own)) in keys.enumerated() {
      for number in own { group[Int(number)] = i }
      if let plain = texts.id(key), group[Int(plain)] < 0 { group[Int(plain)] = i }
    }
    var unnumbered: Set<Int32> = []
    for row in 0..<rows where names[row] >= 0 && group[Int(names[row])] >= 0 {
      if self.rows[names[row]] == nil { self.rows[names[row]] = row }
      if numbers.map({ $0[row] < 0 }) ?? true { unnumbered.insert(names[row]) }
    }
    let met = Dictionary(grouping: self.rows.keys) { group[Int($0)] }
    for same in met.values.map({ $0.sorted { row($0) < row($1) } }).filter({ $0.count > 1 })
      .sorted(by: { row($0[0]) < row($1[0]) })
    {
      for other in same.dropFirst() where unnumbered.contains(other) || unnumbered.contains(same[0]) {
        count += 1
        if pairs.count < AlikeSurvey.shown { pairs.append((same[0], other)) }
      }
    }
  }

  func row(_ text: Int32) -> Int { rows[text] ?? 0 }
}
