// The names and choices that examples set, in both languages. Knows nothing of what they decide.
import Reckoning

/// What stands behind `with` and 令: names of figures, readings and tables with those of their rows, and choices.
struct SettingNames {
  private var chinese: [String: Set<String>] = [:]
  private var ids: [String: Set<String>] = [:]
  /// What the figures and readings of one measure are called, by the measure's id: several measures may have `months`.
  private var own: [String: [(id: String, zh: String)]] = [:]
  private var choices: [String: [(id: String, zh: String)]] = [:]

  init(_ document: DocumentSyntax) {
    for reading in Reading.global {
      add(reading.name, reading.chinese)
      choices[reading.name] = reading.choices.compactMap { choice in choice.chinese.map { (choice.name, $0) } }
    }
    let names = document.values.map(\.name) + document.parameters.map(\.name) + document.tables.map(\.name)
    for name in names + document.measures.map(\.name) { add(name.text, name.zh) }
    for name in document.tables.flatMap({ $0.rows.compactMap(\.name) }) { add(name.text, name.zh) }
    for reading in document.readings { add(reading) }
    for measure in document.measures {
      for clause in measure.clauses {
        if case .parameter(let p) = clause { add(p.name, of: measure) }
        if case .reading(let reading) = clause {
          add(reading)
          add(reading.name, of: measure)
        }
      }
    }
  }

  private mutating func add(_ id: String, _ zh: String?) {
    guard let zh else { return }
    chinese[id, default: []].insert(zh)
    ids[zh, default: []].insert(id)
  }

  private mutating func add(_ name: Name, of measure: MeasureSyntax) {
    add(name.text, name.zh)
    if let zh = name.zh { own[measure.name.text, default: []].append((name.text, zh)) }
  }

  private mutating func add(_ reading: ReadingSyntax) {
    add(reading.name.text, reading.name.zh)
    choices[reading.name.text] = reading.choices.compactMap { choice in choice.name.zh.map { (choice.name.text, $0) } }
  }

  /// A setting in one language; what more than one thing is called stays as it is.
  func shown(_ name: String, _ value: String, inChinese: Bool) -> (name: String, value: String) {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var shown = parts.map { inChinese ? zh(of: $0) ?? $0 : id(of: $0) ?? $0 }
    // Behind a measure's name stands what is its own.
    if parts.count == 2, let mine = own[id(of: parts[0]) ?? parts[0]],
      let found = mine.first(where: { $0.id == parts[1] || $0.zh == parts[1] })
    {
      shown[1] = inChinese ? found.zh : found.id
    }
    let known = choices[id(of: parts[parts.count - 1]) ?? parts[parts.count - 1]]
    let choice = known?.first { $0.id == value || $0.zh == value }
    return (shown.joined(separator: "."), choice.map { inChinese ? $0.zh : $0.id } ?? value)
  }

  private func zh(of id: String) -> String? {
    guard let found = chinese[id], found.count == 1, let zh = found.first, ids[zh]?.count == 1 else { return nil }
    return zh
  }

  private func id(of zh: String) -> String? {
    guard let found = ids[zh], found.count == 1, let id = found.first, chinese[id]?.count == 1 else { return nil }
    return id
  }
}
