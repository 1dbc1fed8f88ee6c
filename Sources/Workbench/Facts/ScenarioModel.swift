// An earlier scenario as the model of the next: its text with another register, and with those added whom only the new
// register names. What its user has written stays as it is. Knows nothing of how registers are read.

import Commands
import Diagnostics
import Facts
import Sessions

/// A scenario whose text is taken over.
struct ScenarioModel: Sendable {
  let loaded: LoadedScenario
  /// Whether its own register stays beside the new one.
  let keepsRegister: Bool
  let file: Written
  /// Where it is.
  private let path: String

  init(_ file: Written, keepsRegister: Bool, in session: Desk) throws(Refusal) {
    (self.file, self.keepsRegister) = (file, keepsRegister)
    path = session.path(file.raw)
    loaded = try session.read(file).0
  }

  /// What it says of columns, for another file than its own.
  var columns: ColumnMapping { loaded.scenario.columns.kept }

  /// The files that its text names for a list, as another scenario has to name them.
  func sources(of list: String, seenFrom target: String) -> [String] {
    let folder = Files.folder(path)
    return Scenario.bulkFiles(namedIn: loaded.scenario.source.text, of: list, loaded.scenario.dataset.dictionary).map {
      ImportPlan.reference(Scenario.path(ofBulkFile: $0, folder: folder), from: target)
    }
  }

  /// Names and ids of a list's records, to be compared by `plain`.
  func known(_ list: String) -> Set<String> {
    let dataset = loaded.scenario.dataset
    guard let table = dataset.table(list) else { return [] }
    var out: Set<String> = []
    for row in 0..<table.count {
      if let id = table.ids?.text(row) { out.insert(ScenarioModel.plain(id)) }
      if table.declaration.field("name") != nil {
        out.insert(ScenarioModel.plain(dataset.describe(list, row, "name").en))
      }
    }
    return out
  }

  /// What a list's records are called: their names, or their ids where they have none.
  func names(of list: String) -> [String] {
    let dataset = loaded.scenario.dataset
    guard let table = dataset.table(list) else { return [] }
    let isNamed = table.declaration.field("name") != nil
    return (0..<table.count).compactMap { row in
      let name = isNamed ? dataset.describe(list, row, "name").en : ""
      return name.isEmpty ? table.ids?.text(row) : name
    }
  }

  /// A name without blanks and full-width letters.
  static func plain(_ name: String) -> String { RegisterSurvey.plain(name) }

  /// - Parameters:
  ///   - sources: the files that the new scenario reads the list from.
  ///   - title: what it is called.
  ///   - command: its first line, which says how it came about.
  func text(
    list: String, sources: [String], ignored: [String],
    lists: [(key: String, value: [RegisterProposal.Named])], title: String, command: String, _ plan: ImportPlan
  ) throws(Refusal) -> String {
    var lines = loaded.scenario.source.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // A line of the earlier import gives way to that of this one.
    if let first = lines.first, ["# import ", "# 导入 "].contains(where: first.hasPrefix) { lines[0] = command }
    rename(title, &lines)
    if let day = plan.day { date(day.text, &lines) }
    let keys = [list + "_from:"] + (plan.proposal.list.title.zh.isEmpty ? [] : [plan.proposal.list.title.zh + "来自:"])
    if let old = lines.firstIndex(where: { line in keys.contains { line.hasPrefix($0) } }) {
      // The files may stand in lines of their own.
      let key = lines[old].prefix { $0 != ":" }
      var end = old + 1
      while end < lines.count, lines[end].hasPrefix("  ") || lines[end].hasPrefix("- ") { end += 1 }
      lines.replaceSubrange(old..<end, with: ["\(key): \(ImportPlan.list(sources))"])
    } else {
      try StubLines(plan.proposal.list, file).giveWay(
        to: plan.proposals.reduce(into: Set<String>()) { $0.formUnion($1.called) }, known(list), &lines)
      if let last = lines.last, last.isEmpty { lines.removeLast() }
      lines += ["\(keys[0]) \(ImportPlan.list(sources))", ""]
    }
    for (name, named) in lists {
      try add(named.flatMap { one in one.records.map { plan.record($0, of: one.list) } }, to: name, &lines)
    }
    let merge = MappingMerge(
      lists: [list] + [plan.proposal.list.title.zh, plan.proposal.list.words.zh].filter { !$0.isEmpty },
      name: { plan.proposal.list.columnField($0) ?? $0 })
    if let row = plan.headerRow, !merge.setHeaderRow(row, &lines) { throw refusal("header_row") }
    if !merge.add(plan.mappingLines, to: &lines) { throw refusal("columns") }
    let before = lines.filter { $0.hasPrefix("ignore:") || $0.hasPrefix("  -") || $0.hasPrefix("- ") }
    let new = ignored.filter { name in
      let heading = name.dropFirst(list.count + 1)
      return !before.contains { $0.contains(heading) }
    }
    try ignore(new, &lines)
    return lines.joined(separator: "\n")
  }

  /// Calls the scenario after its own file.
  private func rename(_ title: String, _ lines: inout [String]) {
    for key in ["scenario", "情景", "情景名称"] {
      guard let at = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) else { continue }
      lines[at] = "\(key): \(ImportPlan.quoted(title))"
      return
    }
  }

  /// Lets it be reckoned as of another day.
  private func date(_ day: String, _ lines: inout [String]) {
    for key in ["as_of", "核算日", "核算日期", "# as_of"] {
      guard let at = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) else { continue }
      lines[at] = (key == "# as_of" ? "as_of" : key) + ": " + day
      return
    }
    lines.insert("as_of: \(day)", at: min(1, lines.count))
  }

  /// Adds records at the head of a list.
  private func add(_ records: [String], to key: String, _ lines: inout [String]) throws(Refusal) {
    guard let at = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) else {
      if let last = lines.last, last.isEmpty { lines.removeLast() }
      lines += ["\(key):"] + records.map { "  " + $0 } + [""]
      return
    }
    let rest = lines[at].dropFirst(key.count + 1).prefix { $0 != "#" }
    guard rest.allSatisfy(\.isWhitespace) else { throw refusal(key) }
    let next = lines[(at + 1)...].first { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("#") }
    var indent = "  "
    if let next {
      let blanks = String(next.prefix { $0 == " " })
      if next.dropFirst(blanks.count).hasPrefix("-") { indent = blanks }
    }
    lines.insert(contentsOf: records.map { indent + $0 }, at: at + 1)
  }

  private func ignore(_ names: [String], _ lines: inout [String]) throws(Refusal) {
    if names.isEmpty { return }
    let quoted = names.map(ImportPlan.quoted)
    guard let at = lines.firstIndex(where: { $0.hasPrefix("ignore:") }),
      !lines[at].dropFirst(7).allSatisfy(\.isWhitespace)
    else { return try add(quoted.map { "- " + $0 }, to: "ignore", &lines) }
    guard lines[at].hasSuffix("]"), let open = lines[at].firstIndex(of: "[") else { throw refusal("ignore") }
    let isEmpty = lines[at][lines[at].index(after: open)...].dropLast().allSatisfy(\.isWhitespace)
    lines[at] = String(lines[at].dropLast()) + (isEmpty ? "" : ", ") + quoted.joined(separator: ", ") + "]"
  }

  private func refusal(_ key: String) -> Refusal {
    Refusal([
      .error(
        "import-model", Text("nothing can be added to `\(key)` as it is written", zh: "`\(key)` 的写法无法续写"),
        hint: Text("write `\(key):` with one entry a line", zh: "请把 `\(key):` 写成每行一项"), at: file.location)
    ])
  }
}
