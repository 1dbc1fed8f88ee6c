// What an engine has found wrong with records that stay in its files, as refusals with a remedy, and how many of them
// do not state a fact for which another stands. Knows nothing of how it was looked for.

import Answers
import Commands
import Diagnostics
import Emission
import Engine
import Facts
import Reports
import Sessions
import View

/// What was found of records that stay where they are.
struct EngineChecks {
  let session: Desk
  let program: ScriptEngine
  let folder: EngineFolder

  /// Looks the records over.
  /// - Returns: how many records do not state a fact for which another stands, by list and field.
  /// - Throws: a refusal that names everything that is wrong with them.
  func look(_ checks: FactChecks, at location: SourceRange?) throws(Refusal) -> [String: [String: Int]] {
    try program.carryOut(
      checks.statements, in: folder, threads: session.threads, progress: nil, isCancelled: session.isCancelled,
      at: location)
    var mistakes: [Diagnostic] = []
    var unstated: [String: [String: Int]] = [:]
    for (file, sought) in checks.sought {
      let text = folder.text(file)
      let unreadable = EngineAnswers.unreadable(text, program.engine)
      guard let cells = EngineAnswers.cells(text).first, cells.count == 2 * sought.count else { throw unreadable }
      for (i, one) in sought.enumerated() {
        guard let count = Int(cells[2 * i]), count >= 0 else { throw unreadable }
        guard count > 0 else { continue }
        if case .taken = one.kind {
          unstated[one.list.name, default: [:]][one.field.name] = count
        } else {
          mistakes.append(diagnostic(one, count, cells[2 * i + 1], at: location))
        }
      }
    }
    if !mistakes.isEmpty { throw Refusal(mistakes) }
    return unstated
  }

  private func diagnostic(
    _ one: FactChecks.Sought, _ count: Int, _ least: String, at location: SourceRange?
  ) -> Diagnostic {
    let value = shown(least)
    let figure = Figures.integer(Int64(count))
    let records = Text(
      "\(figure) \(count == 1 ? one.list.singular : one.list.name)", zh: "\(one.list.title.zh)有 \(figure) 条")
    let field = Text("`\(one.field.name)`", zh: one.field.words.zh)
    let (message, remedy) = words(one.kind, records, field, value)
    return .error(
      "record-elsewhere", message,
      hint: Text(
        "\(remedy.en); a single file named instead of the folder is read here, with the line of each",
        zh: "\(remedy.zh)；改为指定单个文件，则在本机读取，并指明每一处所在的行"), at: location)
  }

  private func words(
    _ kind: FactChecks.Kind, _ records: Text, _ field: Text, _ value: String
  ) -> (message: Text, remedy: Text) {
    let mend = Text("mend the files in the folder", zh: "请改正文件夹中的文件")
    switch kind {
    case .missing:
      return (Text("\(records.en) without \(field.en)", zh: "\(records.zh)未填\(field.zh)"), mend)
    case .repeated:
      return (
        Text("\(records.en) under the id of another: \(value)", zh: "\(records.zh)编号重复，如“\(value)”"),
        Text("give each record an id of its own", zh: "请使每条记录的编号各不相同")
      )
    case .unreadable:
      return (
        Text(
          "\(records.en) with a \(field.en) that cannot be read, such as `\(value)`",
          zh: "\(records.zh)\(field.zh)无法读取，如“\(value)”"), mend
      )
    case .tooFine:
      return (
        Text(
          "\(records.en) with more decimals in \(field.en) than it takes, such as \(value)",
          zh: "\(records.zh)\(field.zh)的小数位过多，如 \(value)"), mend
      )
    case .unknownChoice:
      return (
        Text(
          "\(records.en) with a \(field.en) that is none of the choices, such as `\(value)`",
          zh: "\(records.zh)\(field.zh)不是可选的值，如“\(value)”"),
        Text("an engine reads the names of the dictionary of facts alone", zh: "引擎只识别事实词典中的名称")
      )
    case .unknownPlace:
      return (
        Text(
          "\(records.en) with a \(field.en) that is no code of a place, such as `\(value)`",
          zh: "\(records.zh)\(field.zh)不是行政区划代码，如“\(value)”"),
        Text("an engine reads codes in force alone, such as 350112", zh: "引擎只识别现行代码，如 350112")
      )
    case .unknownRecord(let other):
      return (
        Text(
          "\(records.en) with a \(field.en) that is the id of none of \(other.name), such as `\(value)`",
          zh: "\(records.zh)\(field.zh)不是\(other.title.zh)中的编号，如“\(value)”"),
        Text("an engine finds records by their ids alone", zh: "引擎只按编号查找")
      )
    case .endsBefore(let begins):
      return (
        Text(
          "\(records.en) whose \(field.en) lies before `\(begins.name)`, such as \(value)",
          zh: "\(records.zh)\(field.zh)早于\(begins.words.zh)，如 \(value)"), mend
      )
    case .taken: return (records, mend)
    }
  }
}
