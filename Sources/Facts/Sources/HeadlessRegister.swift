// Registers whose columns no row names: what is said of them, and how they are looked at once somebody has said so.
// Knows nothing of how columns are known by their cells.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// A sheet of which somebody has said that no row names its columns: what their cells show is taken, and said.
  func headless(
    _ top: [BulkRow], _ list: ListDeclaration, _ source: any CellSource
  ) throws(RegisterRefusal) -> RegisterProposal {
    let guesses = HeadlessColumns(
      Array(top.dropFirst(HeadingSearch.firstRecord(top))), list, reader, said: mapping.places(of: list.name),
      stated: mapping.stated(of: list.name))
    var mapping = mapping
    for guess in guesses.guesses {
      mapping.add(ColumnMapping.place(guess.number).zh, as: guess.field.name, of: list.name)
    }
    for number in guesses.serials { mapping.leave(ColumnMapping.place(number).zh, of: list.name) }
    let stated = mapping.stated(of: list.name)
    let lacking = ListSchema(list).requiredNames.filter { $0.0 >= 0 && !stated.contains($0.1) }.map(\.1)
    if !lacking.isEmpty {
      throw RegisterRefusal(diagnostics: [told(guesses, lacking, of: list, top, source.file, isSaid: true)])
    }
    let survey = RegisterSurvey(dictionary, reader.places, mapping: mapping, threads: threads, control: control)
    return try survey.look(source, top, list, source.file.name, guesses)
  }

  /// That no row names the columns: already the first is a record, with a day or an identity number in it.
  /// - Parameter score: how many headings are known.
  func headless(_ top: [BulkRow], _ score: Int, _ list: ListDeclaration, _ file: SourceFile) -> RegisterRefusal? {
    guard score == 0, let first = top.first(where: { $0.cells.count { !$0.text.isEmpty } > 2 }) else { return nil }
    let isRecord = first.cells.contains { cell in
      guard !cell.text.isEmpty, let look = ColumnLook([cell.text], reader) else { return false }
      return look == .identity || look == .day
    }
    guard isRecord else { return nil }
    let guesses = HeadlessColumns(Array(top.drop { $0.line < first.line }), list, reader)
    let stated = Set(guesses.guesses.map(\.field.name))
    let lacking = ListSchema(list).requiredNames.filter { $0.0 >= 0 && !stated.contains($0.1) }.map(\.1)
    return RegisterRefusal(
      diagnostics: [told(guesses, lacking, of: list, top, file, isSaid: false)],
      question: lacking.isEmpty ? .headless(guesses) : nil)
  }

  /// What the columns are by their cells, and the line that takes them so.
  private func told(
    _ guesses: HeadlessColumns, _ lacking: [String], of list: ListDeclaration, _ top: [BulkRow], _ file: SourceFile,
    isSaid: Bool
  ) -> Diagnostic {
    let first = top.dropFirst(HeadingSearch.firstRecord(top)).first
    let line = first?.line ?? 1
    let start = Position(line: line, column: 1)
    let said = guesses.told(list)
    let fields = lacking.compactMap { list.field($0) }
    let more = fields.map { field -> Text in
      let could = guesses.open.first { one in one.fields.contains { $0.name == field.name } }
      let place = could.map { ColumnMapping.place($0.number) } ?? Text("column N", zh: "第N列")
      return Text("\"\(place.en)\" = \(field.name)", zh: "\(place.zh) = \(field.words.zh)")
    }
    let columns =
      more.isEmpty
      ? Text("", zh: "")
      : Text(
        " columns " + more.map(\.en).joined(separator: ", "), zh: " 各列 " + more.map(\.zh).joined(separator: ", "))
    let alone = fields.first.map {
      Text(
        "; what is the same for all: `constant \($0.name) = …`", zh: "；各条相同的写“常量 \($0.words.zh) = …”")
    }
    let lacks =
      fields.isEmpty
      ? Text("", zh: "")
      : Text(
        "; no cells show " + fields.map { "`\($0.name)`" }.joined(separator: ", "),
        zh: "；看不出\(fields.map(\.words.zh).joined(separator: "、"))")
    let name = list.name == "hires" ? Text("", zh: "") : Text(" as \(list.name)", zh: " 作为 \(list.words.zh)")
    return .error(
      "register-list",
      Text(
        (isSaid
          ? "of columns without headings" : "no row names the columns: row \(line) is a record already; by its cells")
          + " " + said.en + lacks.en,
        zh: (isSaid ? "没有表头，按内容：" : "没有表头：第 \(line) 行已是记录；按内容：") + said.zh + lacks.zh),
      hint: Text(
        "`import FILE\(name.en) header none\(columns.en)` reads it so; `columns \"column 2\" = FACT` says otherwise, "
          + "`= none` leaves a column out" + (alone?.en ?? ""),
        zh: "照此读入：“导入 文件\(name.zh) 表头行 无\(columns.zh)”；如有不同，加上“各列 第2列 = 事实”，写“不读”则不读"
          + (alone?.zh ?? "")),
      at: SourceRange(source: file, start: start, end: start))
  }
}

extension HeadlessColumns {
  /// `column 2 is worker (张三), …; column 7 may be start or end`
  func told(_ list: ListDeclaration) -> Text {
    func shown(_ sample: String, _ field: Field?) -> String {
      ValueProblem.shown(RegisterProposal.Column.covered(sample, field, list))
    }
    var parts = guesses.map { guess in
      let sample = shown(guess.sample, guess.field)
      return Text(
        "column \(guess.number) is `\(guess.field.name)` (\(sample))",
        zh: "第\(guess.number)列为\(guess.field.words.zh)（\(sample)）")
    }
    parts += open.map { one in
      Text(
        "column \(one.number) may be \(one.fields.map { "`\($0.name)`" }.joined(separator: " or ")) "
          + "(\(shown(one.sample, nil)))",
        zh: "第\(one.number)列可能是\(one.fields.map(\.words.zh).joined(separator: "或"))（\(shown(one.sample, nil))）")
    }
    if parts.isEmpty { return Text("no column shows what it states", zh: "看不出各列是什么") }
    return Text(parts.map(\.en).joined(separator: ", "), zh: parts.map(\.zh).joined(separator: "，"))
  }

  /// What the columns state, as a command says it: those that number the rows are not read.
  package func assignments() -> [(heading: Text, fact: Text)] {
    serials.map { (ColumnMapping.place($0), Text("none", zh: "不读")) }
      + guesses.map { (ColumnMapping.place($0.number), $0.field.words) }
  }
}
