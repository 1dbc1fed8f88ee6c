// What to say with `import` or `audit` of cells that could not be read, so that a register is never edited. Knows
// nothing of how cells are read.

import Commands
import Diagnostics
import Facts
import Sessions

enum ImportRemedy {
  /// The problems of single cells that a word about their text mends.
  private static let cells: Set<String> = [
    "not-a-boolean", "not-a-whole-number", "not-money", "too-many-decimals", "negative", "not-a-date", "no-such-day",
    "several-meanings", "unknown-place", "ambiguous-place", "unknown-choice", "not-a-county",
    "goes-on", "not-ended",
  ]

  /// The problems of an import, each with what mends it. What is said of cells is said of the registers that are
  /// imported, and of none that the scenario had before.
  static func told(
    _ problems: [Diagnostic], of files: [Written], onto old: ScenarioModel?, ids: String?
  ) -> [Diagnostic] {
    func file(_ name: String) -> String { Files.name(RegisterSurvey.parts(of: name).file) }
    let own = Set(files.map { file($0.raw) })
    return problems.map { problem in
      let place = problem.location?.source.map { file($0.name) }
      guard let old, let place, !own.contains(place), !place.hasSuffix(".yaml") else { return added(problem, ids: ids) }
      return standing(problem, in: place, of: old.file.raw)
    }
  }

  /// A problem of a register that the scenario had before, which no word of this command mends.
  private static func standing(_ problem: Diagnostic, in register: String, of model: String) -> Diagnostic {
    guard problem.severity == .error else { return problem }
    let hint = problem.hint ?? .same("")
    return Diagnostic(
      problem.severity, code: problem.code, problem.message,
      hint: Text(
        "\(hint.en.isEmpty ? "" : hint.en + "; ")this stands in \(register), a register of \(model) before: import "
          + "that one again with `cells`, then this one onto it",
        zh: "\(hint.zh.isEmpty ? "" : hint.zh + "；")该处在 \(model) 原有的台账 \(register) 中：请先加上“单元格”重新导入那一份，再并入本台账"),
      at: problem.location)
  }

  /// The problem with a line of the command that would mend it.
  /// - Parameter ids: the heading of the column that states ids, where one does.
  static func added(_ problem: Diagnostic, ids: String? = nil) -> Diagnostic {
    guard problem.severity == .error else { return problem }
    if problem.code == "repeated-id" {
      let hint = problem.hint ?? .same("")
      let heading = ids.map { ImportCommand.isWord($0) ? $0 : "\"\($0)\"" }
      return Diagnostic(
        problem.severity, code: problem.code, problem.message,
        hint: Text(
          "\(hint.en); or, where the column numbers no single records, leave it: "
            + "`columns \(heading ?? "HEADING") = none`",
          zh: "\(hint.zh)；如该列不是逐条的编号，请加上“各列 \(heading ?? "表头") = 不读”，编号自动生成"), at: problem.location)
    }
    if let month = ImportRemedy.figureAlone(problem) { return month }
    if let row = ImportRemedy.instructions(problem) { return row }
    return added(problem, problem.hint, Text("or import it with ", zh: "或导入时加上"))
  }

  /// The same of a list of payments, which no scenario points at: what would be said there is said with the command.
  static func addedToPayments(_ problem: Diagnostic) -> Diagnostic {
    added(problem, problem.hintWithoutColumns, Text("or add ", zh: "或加上"))
  }

  private static func added(_ problem: Diagnostic, _ rest: Text?, _ offer: Text) -> Diagnostic {
    guard cells.contains(problem.code), let text = problem.quoted else { return problem }
    // A column of another sort is said to be one already.
    if problem.hint?.en.contains("`columns ") == true { return problem }
    let hint = rest ?? .same("")
    let orders = problem.hint.map(orders) ?? []
    if !orders.isEmpty {
      let line = Text(
        orders.map { "`dates \"\($0.en)\"`" }.joined(separator: " or "),
        zh: orders.map { "“日期写法 \($0.zh)”" }.joined(separator: "或"))
      return Diagnostic(
        problem.severity, code: problem.code, problem.message,
        hint: Text(
          "\(hint.en); \(offer.en)\(line.en)", zh: "\(hint.zh)；\(offer.zh)\(line.zh)"), at: problem.location)
    }
    if let pattern = CellPattern.offered(text, code: problem.code) {
      let line = "\"\(pattern.text)\" = \"\(pattern.value)\""
      return Diagnostic(
        problem.severity, code: problem.code, problem.message,
        hint: Text(
          "\(hint.en); \(offer.en)`cells \(line)`, which reads all that are written so",
          zh: "\(hint.zh)；\(offer.zh)“单元格 \(line)”，同样写法的一并读入"), at: problem.location)
    }
    // What is said of cells holds in every column, and yes means yes in others.
    if ["是", "否", "有", "无", "√", "×", "y", "n", "yes", "no"].contains(text.lowercased()) {
      return Diagnostic(
        problem.severity, code: problem.code, problem.message,
        hint: Text(
          "\(hint.en.isEmpty ? "" : hint.en + "; ")if the column only answers yes or no, say that it is not read: "
            + "`columns HEADING = none`",
          zh: "\(hint.zh.isEmpty ? "" : hint.zh + "；")如该列只写是否，请加上“各列 表头 = 不读”"), at: problem.location)
    }
    let more = Text("\(offer.en)`cells \"\(text)\" = …`", zh: "\(offer.zh)“单元格 \"\(text)\" = …”")
    return Diagnostic(
      problem.severity, code: problem.code, problem.message,
      hint: Text(
        hint.en.isEmpty ? more.en : "\(hint.en); \(more.en)", zh: hint.zh.isEmpty ? more.zh : "\(hint.zh)；\(more.zh)"),
      at: problem.location)
  }

  /// Of a row that says how to fill in the columns, which is no record: how it is left out.
  private static func instructions(_ problem: Diagnostic) -> Diagnostic? {
    let words = [
      "必填", "选填", "非必填", "填写", "请填", "格式", "示例", "例如", "如:", "如：", "required", "optional", "format", "example",
    ]
    guard cells.contains(problem.code), let text = problem.quoted?.lowercased(), let at = problem.location,
      words.contains(where: text.hasPrefix)
    else { return nil }
    let line = at.start.line
    return Diagnostic(
      problem.severity, code: problem.code, problem.message,
      hint: Text(
        "the row says how to fill in the columns; leave it out: `skip \(line)`", zh: "该行是填写说明，不是记录：请加上“不读行 \(line)”"),
      at: at)
  }

  /// Of a month or a day without its year, which one line would make one day for all that are alike: what is missing.
  private static func figureAlone(_ problem: Diagnostic) -> Diagnostic? {
    guard problem.code == "not-a-date", let text = problem.quoted, let figure = Int(text), (1...31).contains(figure)
    else { return nil }
    return Diagnostic(
      problem.severity, code: problem.code, problem.message,
      hint: Text(
        "the year is missing: write 2022-03, or put the year into the column before it, headed as this one with "
          + "`年份` for `月份`", zh: "缺少年份：请写作 2022-03，或在前一列写年份（表头如“入职年份”“入职月份”）"), at: problem.location)
  }

  /// The ways of writing days that a hint offers.
  private static func orders(_ hint: Text) -> [Text] {
    func words(_ text: String, behind key: String) -> [String] {
      text.split(separator: "`").filter { $0.hasPrefix(key + ": ") }.map { String($0.dropFirst(key.count + 2)) }
    }
    return zip(words(hint.en, behind: "dates"), words(hint.zh, behind: "日期写法")).map { Text($0, zh: $1) }
  }
}
