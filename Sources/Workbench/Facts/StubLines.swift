// Records that import wrote because a register only named them, once the office's own list of them is at hand: the list
// holds, and the lines give way. What somebody has completed by hand is not touched. Knows nothing of registers.

import Commands
import Diagnostics
import Facts
import Sessions

/// The lines of one list in a scenario's text.
struct StubLines {
  private let list: ListDeclaration
  private let file: Written

  init(_ list: ListDeclaration, _ file: Written) { (self.list, self.file) = (list, file) }

  /// Takes out the lines of those that a register states now.
  /// - Parameters:
  ///   - called: ids and names in the register, as `RegisterSurvey.plain` has them.
  ///   - known: those of the scenario.
  /// - Throws: that the scenario says more of some of them than their name.
  func giveWay(to called: Set<String>, _ known: Set<String>, _ lines: inout [String]) throws(Refusal) {
    guard let head = lines.firstIndex(where: isHead), let colon = lines[head].firstIndex(of: ":") else { return }
    let rest = lines[head][colon...].dropFirst().prefix { $0 != "#" }.filter { $0 != " " }
    // People are named by no other list, so that nobody has written them for want of the register.
    guard !called.isEmpty, rest.isEmpty || rest == "[]" else { throw own }
    var end = head + 1
    while end < lines.count, lines[end].isEmpty || lines[end].first.map({ " #-".contains($0) }) == true { end += 1 }
    var gone: Set<String> = []
    var left: [String] = []
    for line in lines[(head + 1)..<end] {
      if let name = StubLines.stub(line), called.contains(RegisterSurvey.plain(name)) {
        gone.insert(RegisterSurvey.plain(name))
      } else {
        left.append(line)
      }
    }
    let both = called.intersection(known).subtracting(gone).sorted()
    if let first = both.first { throw refusal(first, both.count) }
    let isEmpty = left.allSatisfy { line in
      let text = line.drop { $0 == " " }
      return text.isEmpty || text.hasPrefix("#")
    }
    lines.replaceSubrange(head..<end, with: isEmpty ? [] : [lines[head]] + left)
  }

  /// That the scenario states the records itself.
  private var own: Refusal {
    Refusal([
      .error(
        "import-model",
        Text(
          "the scenario states `\(list.name):` itself, and no register",
          zh: "该情景自己写有\(list.title.zh)（`\(list.name):`），没有引用台账"
        ),
        hint: Text("remove them from it, or name another scenario", zh: "请先删去，或写另一个情景"), at: file.location)
    ])
  }

  private func isHead(_ line: String) -> Bool {
    [list.name, list.title.zh, list.words.zh].contains { !$0.isEmpty && line.hasPrefix($0 + ":") }
  }

  /// The name of a record of which a line says nothing but its name and where it is; nil for any other line.
  static func stub(_ line: String) -> String? {
    let text = line.drop { $0 == " " }
    guard text.hasPrefix("- {id: \""), text.hasSuffix("}") else { return nil }
    let rest = text.dropFirst(8)
    guard let close = rest.firstIndex(of: "\""), !rest[..<close].contains("\\") else { return nil }
    let name = rest[..<close]
    var tail = rest[rest.index(after: close)...].dropLast()
    let same = ", name: \"\(name)\""
    if tail.hasPrefix(same) { tail = tail.dropFirst(same.count) }
    let parts = tail.split(separator: ",").map { $0.split(separator: ":").map { $0.filter { $0 != " " } } }
    let isOnlyPlace = parts.allSatisfy { $0.count == 2 && $0[0] == "district" }
    return parts.count <= 1 && isOnlyPlace ? String(name) : nil
  }

  private func refusal(_ name: String, _ count: Int) -> Refusal {
    let key = list.name
    return Refusal([
      .error(
        "import-model",
        Text(
          "both the scenario and the register state \(count) of the \(list.name): \(name)\(count > 1 ? ", …" : "")",
          zh: "情景和台账都写有 \(count) 个\(list.title.zh)：\(name)\(count > 1 ? " 等" : "")"),
        hint: Text(
          "remove their lines under `\(key):` from \(file.raw), where more than the name is stated, or leave them out "
            + "of the register",
          zh: "\(file.raw) 的 `\(key):` 下这些行除名称外还写有其他事实：请删去这些行（以台账为准），或从台账中去掉"),
        at: file.location)
    ])
  }
}

/// What became of those that a scenario only named, now that a register of them is read.
struct StubsTaken {
  private let list: ListDeclaration
  private let taken: [String]
  private let left: [String]
  private let names: [String]

  /// Nil where the scenario named none, or had a register of them before.
  init?(_ model: ScenarioModel, _ proposals: [RegisterProposal], _ facts: Dataset) {
    guard let first = proposals.first, !first.called.isEmpty, let table = facts.table(first.list.name),
      model.sources(of: first.list.name, seenFrom: "").isEmpty
    else { return nil }
    let stubs = model.loaded.scenario.source.text.split(separator: "\n").compactMap { StubLines.stub(String($0)) }
    let known = model.known(first.list.name)
    let own = stubs.filter { known.contains(RegisterSurvey.plain($0)) }
    guard !own.isEmpty else { return nil }
    let called = proposals.reduce(into: Set<String>()) { $0.formUnion($1.called) }
    list = first.list
    taken = own.filter { called.contains(RegisterSurvey.plain($0)) }
    left = own.filter { !called.contains(RegisterSurvey.plain($0)) }
    names = (0..<table.count).map { facts.describe(first.list.name, $0, "name").en }
  }

  /// What is said of them.
  func doubts(_ target: String, at location: SourceRange) -> [Diagnostic] {
    func some(_ names: [String], _ comma: String, _ more: String) -> String {
      names.prefix(3).joined(separator: comma) + (names.count > 3 ? more : "")
    }
    var out: [Diagnostic] = []
    if !taken.isEmpty {
      out.append(
        Diagnostic(
          .note, code: "import-stubs",
          Text(
            "\(list.name) that were only named are the register's now: \(taken.count) (\(some(taken, ", ", ", …")))",
            zh: "原来只有名称的\(list.title.zh) \(taken.count) 个改由台账说明（\(some(taken, "、", "等"))）"), at: location))
    }
    if !left.isEmpty {
      out.append(
        Diagnostic(
          .warning, code: "import-stubs",
          Text(
            "\(list.name) that the register does not have are still only named: \(left.count) "
              + "(\(some(left, ", ", ", …")))",
            zh: "台账中没有、仍只有名称的\(list.title.zh) \(left.count) 个（\(some(left, "、", "等"))）"),
          hint: Text(
            "add them to the register, or complete them in \(target); one under two names is to be written one "
              + "way", zh: "请在台账中补充，或在 \(target) 中写明；如为同一单位的不同写法，请统一写法"), at: location))
      if let alike = AlikeNames(names).doubt(list, onto: target, at: location) { out.append(alike) }
    }
    return out
  }
}
