// What is different in next month's register: who is new, who is no longer in it. Persons are told by number, else by
// name, and by the day on which they begin, since a running number in a register is another one next month; other
// records by id. Knows nothing of files.

import Commands
import Diagnostics
import Facts

/// Two readings of one list.
struct RegisterChange: Sendable {
  let list: ListDeclaration
  /// Records that only the new reading has, and those that only the old one had, as they are called.
  private(set) var new: [String] = []
  private(set) var gone: [String] = []
  private(set) var kept = 0
  /// Facts that the old reading stated of so many records, and the new one of none.
  private(set) var silent: [(field: Field, records: Int)] = []
  /// Facts that records of both readings state otherwise, of how many, and the first of them.
  private(set) var moved: [(field: Field, records: Int, first: String)] = []

  /// Of more records it is not looked at fact by fact.
  private static let mostCompared = 20_000

  /// Nil where the list has no ids, by which records could be told.
  init?(_ list: ListDeclaration, from old: Dataset, to now: Dataset) {
    guard let before = old.table(list.name), let after = now.table(list.name), let known = before.ids,
      let ids = after.ids
    else { return nil }
    self.list = list
    for field in list.fields where after.count > 0 {
      let stated = before.count - (before.unstated[field.name]?.count ?? 0)
      if stated > 0, after.unstated[field.name]?.count == after.count { silent.append((field, stated)) }
    }
    let earlier = Set((0..<before.count).map { RegisterChange.key(list, $0, known.text($0), old) })
    var seen: Set<String> = []
    for row in 0..<after.count {
      let key = RegisterChange.key(list, row, ids.text(row), now)
      seen.insert(key)
      if earlier.contains(key) { kept += 1 } else { new.append(RegisterChange.name(list, row, ids.text(row), now)) }
    }
    for row in 0..<before.count where !seen.contains(RegisterChange.key(list, row, known.text(row), old)) {
      gone.append(RegisterChange.name(list, row, known.text(row), old))
    }
    if before.count <= RegisterChange.mostCompared { compare(old, now, before.count, after.count) }
  }

  /// Compares the facts of records that both readings have, where one key is one record in each.
  private mutating func compare(_ old: Dataset, _ now: Dataset, _ before: Int, _ after: Int) {
    func rows(_ facts: Dataset, _ count: Int) -> [String: Int] {
      var out: [String: Int] = [:]
      for row in 0..<count {
        let id = facts.table(list.name)?.ids?.text(row) ?? ""
        let key = RegisterChange.key(list, row, id, facts)
        out[key] = out[key] == nil ? row : -1
      }
      return out
    }
    let (earlier, later) = (rows(old, before), rows(now, after))
    let both = earlier.compactMap { key, row in later[key].map { (old: row, now: $0) } }
      .filter { $0.old >= 0 && $0.now >= 0 }.sorted { $0.now < $1.now }
    for field in list.fields where field.name != "id" {
      let changed = both.filter { pair in
        old.describe(list.name, pair.old, field.name).en != now.describe(list.name, pair.now, field.name).en
      }
      guard let first = changed.first else { continue }
      let id = now.table(list.name)?.ids?.text(first.now) ?? ""
      moved.append((field, changed.count, RegisterChange.name(list, first.now, id, now)))
    }
  }

  /// What a record is told by.
  private static func key(_ list: ListDeclaration, _ row: Int, _ id: String, _ facts: Dataset) -> String {
    func said(_ field: String?) -> String? {
      // A name that stands for the id where none is stated has no value of its own.
      guard let field, list.field(field) != nil, let raw = facts.table(list.name)?.columns[field]?.raw(row),
        raw > Int64(Absent.none32)
      else { return nil }
      return facts.describe(list.name, row, field).en
    }
    guard list.personID != nil || list.personName != nil, let who = said(list.personID) ?? said(list.personName) else {
      return id
    }
    return RegisterSurvey.plain(who).uppercased() + "@" + (said(list.begins) ?? "")
  }

  private static func name(_ list: ListDeclaration, _ row: Int, _ id: String, _ facts: Dataset) -> String {
    guard let field = list.personName ?? (list.field("name") != nil ? "name" : nil) else { return id }
    let said = facts.describe(list.name, row, field).en
    return said.isEmpty ? id : said
  }

  /// - Parameters:
  ///   - model: the earlier scenario.
  ///   - registers: the new files.
  func doubts(_ model: ScenarioModel, _ registers: [Written], at location: SourceRange) -> [Diagnostic] {
    func some(_ names: [String]) -> Text {
      let first = names.prefix(3)
      return Text(
        first.joined(separator: ", ") + (names.count > 3 ? ", …" : ""),
        zh: first.joined(separator: "、") + (names.count > 3 ? "等" : ""))
    }
    let (added, lost) = (some(new), some(gone))
    var parts = [Text("as before: \(kept)", zh: "照旧 \(kept) 条")]
    if !new.isEmpty { parts.append(Text("new: \(new.count) (\(added.en))", zh: "新增 \(new.count) 条（\(added.zh)）")) }
    if !gone.isEmpty {
      parts.append(Text("no longer there: \(gone.count) (\(lost.en))", zh: "不再出现 \(gone.count) 条（\(lost.zh)）"))
    }
    let message = Text(
      "\(list.name) against \(model.file.raw): " + parts.map(\.en).joined(separator: "; "),
      zh: "\(list.title.zh)与 \(model.file.raw) 相比：" + parts.map(\.zh).joined(separator: "，"))
    let files = registers.map(\.raw)
    let hint =
      gone.isEmpty
      ? Text("check that it is so", zh: "请核对是否如此")
      : Text(
        "if the file holds only who is new, keep both: "
          + "`import \(files.joined(separator: ", ")) onto \(model.file.raw)`",
        zh: "如果文件只列新增人员，请两份都保留：`导入 \(files.joined(separator: "，")) 并入 \(model.file.raw)`")
    let change = Diagnostic(
      gone.isEmpty ? .note : .warning, code: "register-change", message, hint: hint, at: location)
    return [change] + missing(model, files, at: location) + otherwise(model, at: location)
  }

  /// The warning that what is said for the new file changes records of those that were there before.
  private func otherwise(_ model: ScenarioModel, at location: SourceRange) -> [Diagnostic] {
    guard model.keepsRegister, !moved.isEmpty else { return [] }
    let facts = Text(
      moved.map { "\($0.field.words.en) (\($0.records), first \($0.first))" }.joined(separator: ", "),
      zh: moved.map { "\($0.field.words.zh)（\($0.records) 条，如\($0.first)）" }.joined(separator: "、"))
    return [
      Diagnostic(
        .warning, code: "register-change",
        Text(
          "records that were in \(model.file.raw) before are read otherwise now: \(facts.en)",
          zh: "\(model.file.raw) 原有记录的下列事实与原来不同了：\(facts.zh)"),
        hint: Text(
          "what is said of constants, cells, rows and headings holds for every file of the list; say it in the file, "
            + "or import the file by itself", zh: "常量、单元格、不读行、各列的说明对该清单的各份文件都有效；请在新文件中写明，或另行导入"),
        at: location)
    ]
  }

  /// The warning on facts that no column states any more: who had left would be there again.
  private func missing(_ model: ScenarioModel, _ files: [String], at location: SourceRange) -> [Diagnostic] {
    guard !silent.isEmpty else { return [] }
    let facts = Text(
      silent.map { "\($0.field.words.en) (\($0.records))" }.joined(separator: ", "),
      zh: silent.map { "\($0.field.words.zh)（\($0.records) 条）" }.joined(separator: "、"))
    return [
      Diagnostic(
        .warning, code: "register-change",
        Text(
          "no record of \(files.joined(separator: ", ")) states what records of \(model.file.raw) did: \(facts.en)",
          zh: "\(model.file.raw) 中写明的下列事实，\(files.joined(separator: "、")) 的记录均未写明：\(facts.zh)"),
        hint: Text(
          "ask for the column; without it these facts are not known, or nobody has left",
          zh: "请索取该列；缺少时按未填处理（没有离职日期即视为仍在职）"), at: location)
    ]
  }
}
