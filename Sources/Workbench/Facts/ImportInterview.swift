// What `import` asks of whoever sits at the prompt: which list, which column, whose budget, as of which day, and
// nothing that the register says itself. Answers become parts of the command, so that they are kept with the scenario
// and the same can be said without being asked. Knows nothing of terminals.

import Commands
import Diagnostics
import Facts
import Reckoning
import Sessions

extension ImportCommand {
  /// A word that stands where the command does not have it.
  private func written(_ text: String) -> Written { Written(text: text, raw: text, location: file.location) }

  private static func failure(_ message: Text) -> Refusal { Refusal([.error("answer", message)]) }

  /// Takes an answer to what the register does not say.
  /// - Returns: whether anybody could be asked, and said something that helps.
  mutating func ask(_ question: RegisterQuestion, in session: Desk) throws(Refusal) -> Bool {
    switch question {
    case .list(let lists):
      let names = lists.map(\.words)
      let asked = Question(
        ImportCommand.joined(Text("Which list is it?", zh: "这张表是哪一类清单？"), ImportCommand.numbered(names)),
        choices: names.map { Completion($0.in(session.language)) }, usual: names[0])
      let answer = try session.asked(asked) { text throws(Refusal) -> ListDeclaration in
        lists[try ImportCommand.choice(text, among: names)]
      }
      guard let answer else { return false }
      list = written(answer.words.in(session.language))
      return true
    case .column(let field, let owner, let could, let others):
      return try askColumn(field, owner, could, others, in: session)
    case .headless(let guesses):
      return try ask(guesses, in: session)
    case .tables, .cards:
      return false
    }
  }

  /// Whether columns without headings are what their cells show.
  private mutating func ask(_ guesses: HeadlessColumns, in session: Desk) throws(Refusal) -> Bool {
    let answers = [Text("yes", zh: "是"), Text("no", zh: "否")]
    let parts = guesses.assignments().map {
      Text("\($0.heading.en) \($0.fact.en)", zh: "\($0.heading.zh)\($0.fact.zh)")
    }
    let asked = Question(
      ImportCommand.joined(
        Text(
          "No row names the columns. Are they \(parts.map(\.en).joined(separator: ", "))?",
          zh: "没有表头。各列是否为：\(parts.map(\.zh).joined(separator: "、"))？"), ImportCommand.numbered(answers)),
      choices: answers.map { Completion($0.in(session.language)) }, usual: answers[0])
    let answer = try session.asked(asked) { text throws(Refusal) -> Int in
      try ImportCommand.choice(text, among: answers)
    }
    guard answer == 0 else { return false }
    header = written(Text("none", zh: "无").in(session.language))
    return true
  }

  /// Which column states a fact, or what it is in every record.
  private mutating func askColumn(
    _ field: Field, _ owner: ListDeclaration, _ could: [String], _ others: [String], in session: Desk
  ) throws(Refusal) -> Bool {
    let headings = (could + others).map { ImportCommand.plain($0) }
    let shown = headings.prefix(could.isEmpty ? 9 : max(could.count, 1)).map { Text.same($0) }
    let asked = Question(
      ImportCommand.joined(
        Text("Which column states `\(field.name)`?", zh: "哪一列说明\(field.words.zh)？"), ImportCommand.numbered(shown),
        Text(" (=VALUE: the same in every record)", zh: "（各条相同可写“=值”）")),
      choices: headings.map { Completion($0) }, usual: could.isEmpty ? nil : shown[0])
    let hasUsual = !could.isEmpty
    let answer = try session.asked(asked) { text throws(Refusal) -> (heading: String?, value: String)? in
      if let mark = text.first, "=＝".contains(mark) {
        let value = text.dropFirst().trimmingSpaces
        return value.isEmpty ? nil : (nil, value)
      }
      if text.isEmpty, !hasUsual { return nil }
      if let found = headings.firstIndex(where: { RegisterSurvey.plain($0) == RegisterSurvey.plain(text) }) {
        return (headings[found], "")
      }
      return (headings[try ImportCommand.choice(text, among: Array(shown))], "")
    }
    guard let said = answer, let said else { return false }
    list = list ?? written(owner.words.in(session.language))
    let fact = written(field.words.in(session.language))
    if let heading = said.heading {
      columns.append(Assignment(name: written(heading), value: fact))
    } else {
      constants.append(Assignment(name: fact, value: written(said.value)))
    }
    return true
  }

  /// Columns whose headings speak of what no other states. Those that only look like it are warned of: a day may be
  /// anything.
  /// - Returns: whether any does.
  mutating func ask(_ unread: [RegisterProposal.Unread], in session: Desk) throws(Refusal) -> Bool {
    var isAny = false
    for column in unread.filter(\.isLikely).prefix(ImportCommand.askedAtMost) {
      let heading = ImportCommand.plain(column.heading)
      let names = column.fields.prefix(3).map(\.words) + [Text("none", zh: "不读")]
      let asked = Question(
        ImportCommand.joined(
          Text(
            "`\(heading)` looks like \(column.look.en). What is it?", zh: "“\(heading)”列像\(column.look.zh)，读作什么？"),
          ImportCommand.numbered(Array(names))),
        choices: names.map { Completion($0.in(session.language)) }, usual: names[0])
      let answer = try session.asked(asked) { text throws(Refusal) -> Int in
        text.isEmpty ? 0 : try ImportCommand.choice(text, among: Array(names))
      }
      guard let answer else { return isAny }
      let value = answer < names.count - 1 ? names[answer] : Text("none", zh: "不读")
      columns.append(Assignment(name: written(heading), value: written(value.in(session.language))))
      isAny = true
    }
    return isAny
  }

  /// Whose budget it is.
  /// - Parameter usual: what is taken where nobody says another.
  mutating func askDistrict(_ usual: Int32?, in session: Desk) throws(Refusal) {
    let places = session.library.places
    let label = usual.map { Text.same(places.label($0)) }
    let asked = Question(
      Text("Whose budget is it (code or name)?", zh: "由哪个区县承担（代码或名称）？"),
      choices: session.library.documents.map {
        Completion(places.code($0.jurisdiction), places.label($0.jurisdiction))
      },
      usual: label)
    let location = file.location
    let answer = try session.asked(asked) { text throws(Refusal) -> Int32 in
      if text.isEmpty {
        if let usual { return usual }
        throw ImportCommand.failure(Text("That has to be said (Ctrl-C leaves)", zh: "这一项必须写明（Ctrl-C 退出）"))
      }
      return try session.district(Written(text: text, raw: text, location: location))
    }
    guard let answer else { return }
    district = written(places.code(answer))
  }

  /// As of which day is reckoned; none where nobody says one.
  mutating func askDay(in session: Desk) throws(Refusal) {
    let asked = Question(
      Text("As of which day (such as 2023-12-31)?", zh: "核算到哪一天（如 2023-12-31）？"),
      usual: Text("no day", zh: "不设"))
    let answer = try session.asked(asked) { text throws(Refusal) -> Day? in
      if text.isEmpty { return nil }
      if let day = ValueText.day(text) { return day }
      throw ImportCommand.failure(Text("`\(text)` is no day", zh: "“\(text)”不是日期"))
    }
    guard let said = answer, let said else { return }
    day = written(said.text)
  }

  /// A refusal with the command that has all answers given so far, so that nobody has to give them anew.
  func keepingAnswers(
    _ refusal: Refusal, since before: ImportCommand, into target: Written?, in session: Desk
  ) -> Refusal {
    let line = spelledOut(in: session.language, into: target)
    let old = before.spelledOut(in: session.language, into: target)
    guard line != old, !refusal.diagnostics.isEmpty else { return refusal }
    return Refusal(
      refusal.diagnostics + [
        Diagnostic(
          .note, code: "import-answers", Text("your answers as a command: `\(line)`", zh: "已作的回答写成一条命令：`\(line)`"),
          hint: Text("add to it what is missing, and nothing is asked twice", zh: "补上所缺的再执行，不必重新回答"), at: file.location)
      ])
  }

  /// The command that says the same without being asked.
  ///
  /// - Parameter target: the scenario's file, where it is said.
  func spelledOut(in language: Language, into target: Written?) -> String {
    func word(_ en: String, _ zh: String) -> String { language == .zh ? zh : en }
    func value(_ text: String) -> String { ImportCommand.isWord(text) ? text : "\"\(text)\"" }
    func pairs(_ pairs: [Assignment]) -> String {
      pairs.map { "\(value($0.name.raw)) = \(value($0.value.raw))" }.joined(separator: ", ")
    }
    var line = word("import ", "导入 ") + files.map { ImportCommand.spelled($0.raw) }.joined(separator: ", ")
    if let list { line += word(" as ", " 作为 ") + value(list.raw) }
    if let district { line += word(" in ", " 在 ") + value(district.raw) }
    if let day { line += word(" as of ", " 核算日 ") + value(day.raw) }
    if let model {
      let kept = keepsRegister ? word(" onto ", " 并入 ") : word(" like ", " 仿照 ")
      line += kept + ImportCommand.spelled(model.raw)
    }
    if let split { line += word(" split ", " 拆分 ") + value(split.raw) }
    if let header { line += word(" header ", " 表头行 ") + value(header.raw) }
    if !columns.isEmpty { line += word(" columns ", " 各列 ") + pairs(columns) }
    if !cells.isEmpty { line += word(" cells ", " 单元格 ") + pairs(cells) }
    if !dates.isEmpty {
      let said = dates.map { fact, order in (fact.map { value($0.raw) + " = " } ?? "") + value(order.raw) }
      line += word(" dates ", " 日期写法 ") + said.joined(separator: ", ")
    }
    let lists = [
      (word(" carry ", " 沿用上行 "), carried), (word(" skip ", " 不读行 "), skips), (word(" from_number ", " 由身份证号 "), given),
    ]
    for (word, said) in lists where !said.isEmpty {
      line += word + said.map { value($0.raw) }.joined(separator: ", ")
    }
    if !constants.isEmpty { line += word(" constant ", " 常量 ") + pairs(constants) }
    if let target { line += word(" into ", " 存入 ") + ImportCommand.spelled(target.raw) }
    return line
  }

  // MARK: words

  private static let askedAtMost = 5

  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
  }

  /// A heading on one line.
  private static func plain(_ heading: String) -> String { RegisterSurvey.plain(heading) }

  private static func joined(_ parts: Text...) -> Text {
    Text(parts.map(\.en).joined(), zh: parts.map(\.zh).joined())
  }

  /// ` 1 甲 2 乙`
  private static func numbered(_ names: [Text]) -> Text {
    let parts = names.enumerated().map { number, name in
      Text("\(number + 1) \(name.en)", zh: "\(number + 1) \(name.zh)")
    }
    return parts.isEmpty
      ? .same("")
      : Text(" " + parts.map(\.en).joined(separator: ", "), zh: " " + parts.map(\.zh).joined(separator: "，"))
  }

  /// Which of some names an answer means: by its number, in either language; Enter alone means the first.
  private static func choice(_ answer: String, among names: [Text]) throws(Refusal) -> Int {
    if answer.isEmpty { return 0 }
    let word = RegisterSurvey.plain(answer).lowercased()
    if let number = Int(word), names.indices.contains(number - 1) { return number - 1 }
    if let found = names.firstIndex(where: {
      [$0.en, $0.zh].map { RegisterSurvey.plain($0).lowercased() }.contains(word)
    }) {
      return found
    }
    throw failure(Text("`\(answer)` is none of them", zh: "没有“\(answer)”这一项"))
  }
}
