// Names with marks at them, which make two persons of one where no number says who is who: 卓玛※, *扎西, 次仁①, 央金（组长）.
// Only told: who is who nobody but the user knows. Knows nothing of files' syntax.
import Diagnostics
import Reckoning

extension ListColumns {
  /// Tells of persons' names that differ from others by marks alone, of records without an identity number.
  func tellMarked(_ assembly: inout Assembly) {
    let declaration = list.schema.declaration
    guard let field = declaration.personName.flatMap({ list.schema.named($0) }), field >= 0,
      fields[field].type == .text, let names = int32(field)
    else { return }
    let numbers = declaration.personID.flatMap { list.schema.named($0) }.flatMap { int32($0) }
    let survey = MarkedSurvey(names, list.count, numbers, assembly.texts)
    guard let first = survey.pairs.first else { return }
    let parts = survey.pairs.map { pair -> Text in
      let (a, b) = (shown(pair.0, names, assembly.texts), shown(pair.1, names, assembly.texts))
      let places = list.places([pair.0, pair.1], of: field).names
      guard places.count == 2 else { return Text("`\(a)` and `\(b)`", zh: "`\(a)` 与 `\(b)`") }
      return Text(
        "`\(a)` (\(places[0].en)) and `\(b)` (\(places[1].en))", zh: "`\(a)`（\(places[0].zh)）与 `\(b)`（\(places[1].zh)）")
    }
    let more = survey.count > parts.count
    let one = ValueProblem.shown(MarkedNames.plain(assembly.texts.text(names[first.0])))
    assembly.remarks.append(
      Diagnostic(
        .warning, code: "names-alike",
        Text(
          "\(survey.count) of the names in `\(fields[field].name)` of \(declaration.name) "
            + "\(survey.count == 1 ? "differs" : "differ") from another by marks alone, and no number tells who it is; "
            + "each is somebody else: " + parts.map(\.en).joined(separator: ", ") + (more ? ", …" : ""),
          zh: "\(declaration.title.zh)的“\(fields[field].words.zh)”中有 \(survey.count) 个与另一个只差标注，又没有身份证号可区分，按不同的人计："
            + parts.map(\.zh).joined(separator: "、") + (more ? "……" : "")),
        hint: Text(
          "if they are one, write `\(one)` in each of the records", zh: "如为同一人，请统一写作 `\(one)`"),
        at: list.places([first.1], of: field).first ?? list.firstLocation))
  }

  private func shown(_ row: Int, _ names: CheckedBuffer<Int32>, _ texts: TextPool) -> String {
    ValueProblem.shown(texts.text(names[row]))
  }
}

enum MarkedNames {
  /// A name without what stands in brackets and without signs that are no letters; figures behind a name may tell two
  /// people apart, and the point within one is a part of it.
  static func plain(_ name: String) -> String {
    var out = ""
    var depth = 0
    for character in name {
      if "(（[［【〔{｛<〈《".contains(character) {
        depth += 1
      } else if ")）]］】〕}｝>〉》".contains(character) {
        depth = max(0, depth - 1)
      } else if depth == 0,
        character.isLetter || character.isASCII && character.isNumber || "·•‧・．.'-".contains(character)
      {
        out.append(character)
      }
    }
    while let last = out.last, "·•‧・．.'-".contains(last) { out.removeLast() }
    while let first = out.first, "·•‧・．.'-".contains(first) { out.removeFirst() }
    return out
  }

  /// Whether a name holds a byte with which a mark may begin: of ASCII what is neither letter, figure nor blank, a sign
  /// that is no Chinese character, a bracket.
  static func mayBeMarked(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > 0, count <= 120 else { return false }
    for i in 0..<count {
      let byte = bytes[i]
      if byte < 0x80 {
        let isPlain = (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x20
        if !isPlain { return true }
      } else if byte == 0xE2 || byte == 0xEF || byte == 0xF0 || byte == 0xE3 && i + 1 < count && bytes[i + 1] == 0x80 {
        return true
      }
    }
    return false
  }
}

/// The names of one column that differ from others of it by marks alone.
private struct MarkedSurvey {
  private(set) var count = 0
  /// The first few of them: of each the row in which the other name stands first, and its own.
  private(set) var pairs: [(Int, Int)] = []
  private static let shown = 3
  /// More marked names than these are names of another sort.
  private static let most = 100_000

  init(_ names: CheckedBuffer<Int32>, _ rows: Int, _ numbers: CheckedBuffer<Int32>?, _ texts: TextPool) {
    // By text: 0 not met, 1 met with a number alone, 2 met without one.
    var met = [UInt8](repeating: 0, count: texts.count)
    var marked: [Int32] = []
    for row in 0..<rows where names[row] >= 0 {
      let name = Int(names[row])
      let state: UInt8 = numbers.map { $0[row] < 0 } ?? true ? 2 : 1
      if met[name] == 0, texts.withText(names[row], MarkedNames.mayBeMarked) { marked.append(names[row]) }
      if met[name] < state { met[name] = state }
    }
    guard !marked.isEmpty, marked.count <= MarkedSurvey.most else { return }
    var groups: [String: [Int32]] = [:]
    for name in marked {
      let plain = MarkedNames.plain(texts.text(name))
      if plain.count > 1 { groups[plain, default: []].append(name) }
    }
    var wanted: Set<Int32> = []
    var found: [[Int32]] = []
    for (plain, own) in groups {
      var group = own
      if let bare = texts.id(plain), met[Int(bare)] > 0, !group.contains(bare) { group.insert(bare, at: 0) }
      // Covered names are of whoever they hide: 欧阳* and 欧阳**.
      let isCovered = !group.contains { texts.text($0) == plain } && group.contains { texts.text($0).contains("*") }
      let keys = Set(group.map { LookAlike.key(texts.text($0)) })
      guard group.count > 1, keys.count > 1, !isCovered, group.contains(where: { met[Int($0)] == 2 }) else { continue }
      found.append(group)
      wanted.formUnion(group)
    }
    if found.isEmpty { return }
    var first: [Int32: Int] = [:]
    for row in 0..<rows where names[row] >= 0 && wanted.contains(names[row]) && first[names[row]] == nil {
      first[names[row]] = row
    }
    for group in found.map({ group in group.compactMap { first[$0] }.sorted() }).sorted(by: { $0[0] < $1[0] }) {
      for other in group.dropFirst() {
        count += 1
        if pairs.count < MarkedSurvey.shown { pairs.append((group[0], other)) }
      }
    }
  }
}
