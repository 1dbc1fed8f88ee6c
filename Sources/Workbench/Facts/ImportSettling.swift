// What `import` settles by what the register itself shows: tables side by side are read one after another, and days by
// the way in which others of the file are written. Knows nothing of how that is found.

import Commands
import Diagnostics
import Facts
import Reckoning
import Sessions

extension ImportCommand {
  /// Settles by itself what nobody need be asked.
  /// - Returns: whether there was something of the kind, which had not been settled before.
  mutating func takes(_ question: RegisterQuestion?, at index: Int, in session: Desk) -> Bool {
    switch question {
    case .tables(let parts): return index < files.count && takeTables(parts, at: index)
    case .cards:
      guard header == nil, model == nil else { return false }
      let word = Text("cards", zh: "卡片").in(session.language)
      header = Written(text: word, raw: word, location: file.location)
      if list == nil, let hires = session.dictionary.list("hires")?.words.in(session.language) {
        list = Written(text: hires, raw: hires, location: file.location)
      }
      return true
    case .list, .column, .headless, nil: return false
    }
  }

  /// Says what columns without headings were taken for, so that it is kept.
  mutating func settle(_ guesses: HeadlessColumns, of list: ListDeclaration, in session: Desk) {
    func written(_ text: Text) -> Written {
      let word = text.in(session.language)
      return Written(text: word, raw: word, location: file.location)
    }
    columns += guesses.assignments().map { Assignment(name: written($0.heading), value: written($0.fact)) }
    self.list = self.list ?? written(list.words)
    isSettled = true
  }

  /// Takes each of the tables that stand side by side in a file for a file of its own.
  /// - Parameter parts: each as it stands behind `#`.
  /// - Returns: false where that has been done.
  mutating func takeTables(_ parts: [String], at index: Int) -> Bool {
    let whole = files[index]
    let file = RegisterSurvey.parts(of: whole.raw).file
    let tables = parts.map { "\(file)#\($0)" }
    guard tables.count > 1, !tables.contains(whole.raw) else { return false }
    files.replaceSubrange(
      index...index, with: tables.map { Written(text: $0, raw: $0, location: whole.location) })
    let shown = tables.map(ImportCommand.spelled)
    beside.append(
      Diagnostic(
        .warning, code: "side-tables",
        Text(
          "\(tables.count) tables with the same headings stand side by side in `\(whole.raw)` and are read one after "
            + "another", zh: "`\(whole.raw)` 中左右并排着 \(tables.count) 张表头相同的表，已逐张读入"),
        hint: Text(
          "they are \(shown.joined(separator: ", ")): one alone is read by its name",
          zh: "各表为 \(shown.joined(separator: "、"))；只读其中一张的，请写该名称"), at: whole.location))
    return true
  }

  /// Keeps how days are written, where the registers show it and nobody has said it. What one of several shows
  /// otherwise than another is left open.
  /// - Throws: that files which are read by the same words show what contradicts those of an earlier scenario.
  mutating func settleDates(_ proposals: [RegisterProposal], _ old: ScenarioModel?, in session: Desk) throws(Refusal) {
    func written(_ text: Text) -> Written {
      let word = text.in(session.language)
      return Written(text: word, raw: word, location: file.location)
    }
    var found: [(field: Field, order: DateOrder, isOne: Bool)] = []
    for (field, order) in proposals.flatMap(\.orders) {
      let same = found.firstIndex { $0.field.name == field.name && !$0.order.answering(order).isEmpty }
      if let same {
        if found[same].order != order { found[same].isOne = false }
      } else {
        found.append((field, order, true))
      }
    }
    spoken = dates.count
    let open = Set(proposals.flatMap(\.openDays).map(\.name))
    for (field, order, isOne) in found where !open.contains(field.name) {
      let kept = old?.columns.order(of: field.name, of: proposals[0].list.name)
      let other = kept?.contradicted(by: order)
      if let old, let kept, keepsRegister && other?.isEmpty == false || !isOne && !kept.answering(order).isEmpty {
        throw unlike(proposals, field, kept.answering(order), old)
      }
      if isOne { dates.append((written(field.words), written(order.word))) }
    }
  }
}
