// What is said of names under `ignore` that do nothing there: those of known facts, and those that nothing has. Knows
// nothing of how keys and columns are read.
import Diagnostics

extension ScenarioWalk {
  /// - Parameters:
  ///   - value: what stands under `ignore`.
  ///   - root: the whole scenario.
  mutating func warnOfIgnored(_ value: YAMLValue?, in root: YAMLValue) {
    guard let value else { return }
    var quiet = Findings()
    swap(&quiet, &findings)
    let names = texts(value, "ignore")
    swap(&quiet, &findings)
    // Where a file could not be read nobody knows what it has.
    let bulk = builder.lists.flatMap(\.bulk)
    // What an import has written names the columns of earlier months' registers as well.
    let text = value.location.source?.text ?? ""
    let isImported = ["# import ", "# 导入 "].contains(where: text.hasPrefix)
    let isWhole = !isImported && bulk.allSatisfy { $0.records.header != nil }
    var keys: Set<String>?
    for (name, location) in names {
      if isKnown(name) {
        let problem = FileProblem.ignoredFact(name)
        findings.add(Diagnostic(.warning, code: problem.code, problem.message, hint: problem.hint, at: location))
      } else if isWhole, !isLeft(name), !isColumn(name) {
        let all = keys ?? ScenarioWalk.keys(in: root)
        keys = all
        let bare = name.split(separator: ".", maxSplits: 1).last.map(String.init) ?? name
        if !all.contains(name), !all.contains(bare) { findings.add(ScenarioWalk.unmet(name, at: location)) }
      }
    }
  }

  /// Whether a name is that of a key or a fact, which is read all the same; not where `columns` leaves the column out.
  private func isKnown(_ name: String) -> Bool {
    if ScenarioKeys.all.contains(name) || name == CohortList.key { return true }
    return reader.dictionary.lists.contains { list in
      if list.name == name || list.name + ScenarioKeys.bulkSuffix == name { return true }
      if list.field(name) != nil || list.fields.contains(where: { $0.labels.contains(name) }) { return true }
      guard let heading = ScenarioWalk.heading(name, of: list, reader.dictionary) else { return false }
      // The headings that lose to another are left out by their names.
      return (list.field(heading) != nil || list.fields.contains { $0.labels.contains(heading) })
        && !builder.mapping.leaves(heading, of: list.name)
    }
  }

  /// `note` of `hires.note` for the hires; nil for a name of another list.
  private static func heading(_ name: String, of list: ListDeclaration, _ dictionary: FactDictionary) -> String? {
    guard let dot = name.firstIndex(of: "."), dictionary.list(named: String(name[..<dot]))?.name == list.name else {
      return nil
    }
    return String(name[name.index(after: dot)...])
  }

  /// Whether `columns` leaves the column out already, which says the same.
  private func isLeft(_ name: String) -> Bool {
    reader.dictionary.lists.contains { list in
      builder.mapping.leaves(ScenarioWalk.heading(name, of: list, reader.dictionary) ?? name, of: list.name)
    }
  }

  /// Whether a column of a file is called so.
  private func isColumn(_ name: String) -> Bool {
    let flat = ColumnMapping.flat(name)
    return builder.lists.contains { list in
      let prefix = list.schema.declaration.name + "."
      return list.bulk.contains { part in
        guard let header = part.records.header else { return false }
        return (header.names + header.own).contains { heading in
          let heading = String(Members.trimmed(heading[...]))
          return [name, flat].contains { $0 == heading || $0 == prefix + heading }
        }
      }
    }
  }

  /// Every key that a scenario has anywhere.
  private static func keys(in value: YAMLValue) -> Set<String> {
    var (out, rest): (Set<String>, [YAMLValue]) = ([], [value])
    while let next = rest.popLast() {
      for (key, inner) in next.pairs {
        if let name = key.name { out.insert(name) }
        rest.append(inner)
      }
      rest += next.entries
    }
    return out
  }

  private static func unmet(_ name: String, at location: SourceRange?) -> Diagnostic {
    let shown = ValueProblem.shown(name)
    return Diagnostic(
      .note, code: "ignored-nothing",
      Text("`ignore` names `\(shown)`, which no key and no column is called", zh: "`忽略` 所写的 `\(shown)` 在情景和文件中都没有"),
      hint: Text(
        "write it as the file has it, for a column as `hires.HEADING`; or leave it out",
        zh: "请照文件原样书写，列写作 `hires.表头`；或去掉"), at: location)
  }
}
