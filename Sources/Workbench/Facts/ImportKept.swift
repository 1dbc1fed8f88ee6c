// What an earlier scenario keeps of columns, when the next file is imported: what is said now holds before it and is
// told of, what the file itself shows otherwise, and what cannot be two things at once. Knows nothing of how the
// scenario's text holds it.

import Commands
import Diagnostics
import Facts
import Reckoning
import Sessions

extension ImportCommand {
  /// Looks at a register. Where its headings are not in the row that an earlier scenario keeps, they are looked for
  /// anew.
  /// - Throws: that it is of no list either way.
  mutating func surveyed(
    _ path: String, _ name: Written, _ mapping: ColumnMapping, _ list: ListDeclaration?, asOf: Day?, in session: Desk
  ) throws(RegisterRefusal) -> RegisterProposal {
    func looked(_ mapping: ColumnMapping) throws(RegisterRefusal) -> RegisterProposal {
      var survey = RegisterSurvey(
        session.dictionary, session.library.places, mapping: mapping, threads: session.threads,
        control: WorkControl(isCancelled: session.isCancelled, progress: session.progress))
      survey.asOf = asOf
      return try survey.look(at: path, as: name.raw, of: list)
    }
    do { return try looked(mapping) } catch {
      let lists = (list.map { [$0] } ?? session.dictionary.lists).map(\.name)
      guard mapping.isKept, header == nil, let row = lists.lazy.compactMap({ mapping.headerRow(of: $0) }).first, row > 0
      else { throw error }
      var free = mapping
      for one in lists { free.forgetHeaderRow(of: one) }
      let found: RegisterProposal
      do { found = try looked(free) } catch _ { throw error.withHeaderRow(row, of: model?.raw ?? "") }
      if !moved.contains(where: { $0.raw == name.raw }) { moved.append(name) }
      return found
    }
  }

  /// That a file has its headings elsewhere than the others that are read by the same words; nil where none has.
  func headingsMoved(onto old: ScenarioModel) -> Refusal? {
    guard let first = moved.first, keepsRegister || moved.count < files.count else { return nil }
    let line = ImportCommand.spelled(first.raw)
    return Refusal([
      .error(
        "import-model",
        Text(
          "`\(first.raw)` has its headings in another row than `header_row:` of \(old.file.raw) says, which holds for "
            + "every file of the list",
          zh: "`\(first.raw)` 的表头不在 \(old.file.raw) 的 `header_row:` 所写的行，而该行对本清单各份文件均有效"),
        hint: Text(
          "give it as many rows above the headings, or import it by itself: `import \(line) like \(old.file.raw)`",
          zh: "请使表头处于同一行，或单独导入：“导入 \(line) 仿照 \(old.file.raw)”"), at: first.location)
    ])
  }

  /// That files which are read by the same words show different ones.
  func unlike(
    _ proposals: [RegisterProposal], _ field: Field, _ kept: DateOrder, _ old: ScenarioModel
  ) -> Refusal {
    let shown = zip(files, proposals).compactMap { file, proposal in
      proposal.orders.first { $0.field.name == field.name && !kept.contradicted(by: $0.order).isEmpty }.map {
        (file: file, order: $0.order)
      }
    }
    guard let other = shown.first else {
      return both(file, field, kept.word, kept.word, old)
    }
    return both(other.file, field, kept.word, other.order.word, old)
  }

  /// That one fact's days cannot be written in two ways in files that are read by the same words.
  private func both(_ file: Written, _ field: Field, _ kept: Text, _ other: Text, _ old: ScenarioModel) -> Refusal {
    let line = ImportCommand.spelled(file.raw)
    return Refusal([
      .error(
        "import-model",
        Text(
          "days of `\(field.name)` are read by \(kept.en) in \(old.file.raw), and cannot be read by \(other.en) in "
            + "`\(file.raw)`: the files of one list are read by the same words",
          zh: "\(old.file.raw) 中\(field.words.zh)按“\(kept.zh)”读入，`\(file.raw)` 不能另按“\(other.zh)”：同一清单各份文件写法须一致"),
        hint: Text(
          "write them out as 2022-03-01 in one of the files, say single ones as `cells \"1月5日\" = 2023-01-05`, or "
            + "import this one by itself: `import \(line) like \(old.file.raw)`",
          zh: "请在其中一份写全年月日（2022-03-01），或逐个写“单元格 \"1月5日\" = 2023-01-05”，或单独导入：“导入 \(line) 仿照 \(old.file.raw)”"),
        at: file.location)
    ])
  }

  /// That the command says for one more file something else than what holds for those that the scenario has.
  func shared(with old: ColumnMapping, in session: Desk) -> Refusal? {
    let model = model?.raw ?? ""
    func refusal(_ what: Text, _ kept: Text, _ hint: Text, at place: SourceRange) -> Refusal {
      Refusal([
        .error(
          "import-model",
          Text(
            "\(what.en) is \(kept.en) in \(model), and cannot be something else for another file of the list",
            zh: "\(model) 中\(what.zh)已定为\(kept.zh)，同一清单的另一份文件不能另作规定"), hint: hint, at: place)
      ])
    }
    let alone = Text(
      "import the file by itself: `import \(ImportCommand.spelled(file.raw)) like \(model)`",
      zh: "单独导入：“导入 \(ImportCommand.spelled(file.raw)) 仿照 \(model)”")
    let lists = session.dictionary.lists
    if let header, let row = ColumnMapping.headerRow(header.raw) ?? ColumnMapping.headerRow(header.text),
      !lists.contains(where: { old.headerRow(of: $0.name) == row })
    {
      let known = lists.lazy.compactMap { old.headerRow(of: $0.name) }.first
      return refusal(
        Text("the row of headings", zh: "表头行"), known.map { Text.same("\($0)") } ?? Text("not said", zh: "“自动查找”"),
        Text(
          "state it under `header_row:` in \(model), or \(alone.en)",
          zh: "请写在 \(model) 的 `header_row:` 下，或\(alone.zh)"),
        at: header.location)
    }
    for (constant, list, field, kept) in constantsKept(old, lists) {
      let words = list.field(field)?.words ?? .same(field)
      return refusal(
        Text("`\(field)`", zh: words.zh), Text.same("`\(kept)`"),
        Text(
          "write it in a column `\(field)` of `\(file.raw)`, which is read before what holds for all; or \(alone.en)",
          zh: "请在 `\(file.raw)` 中用一列写明\(words.zh)（有列的按列读入），或\(alone.zh)"), at: constant.name.location)
    }
    for cell in cells {
      guard let kept = lists.lazy.compactMap({ old.cell(cell.name.raw, of: $0.name) }).first, kept != cell.value.raw,
        !(ColumnMapping.unread.contains(kept) && ColumnMapping.unread.contains(cell.value.raw))
      else { continue }
      return refusal(
        Text("the cell `\(cell.name.raw)`", zh: "单元格“\(cell.name.raw)”"), Text.same("`\(kept)`"),
        Text(
          "write another text in `\(file.raw)`, or \(alone.en)", zh: "请在 `\(file.raw)` 中改用其他文字，或\(alone.zh)"),
        at: cell.name.location)
    }
    for (fact, word) in dates {
      guard let order = CellWords.order(word) else { continue }
      for list in lists {
        let field = fact.flatMap { list.columnField($0.raw) }
        if fact != nil, field == nil { continue }
        let fields = field.map { [$0] } ?? Array(old.orders(of: list.name).keys)
        for name in fields.sorted() {
          let other = old.order(of: name, of: list.name).contradicted(by: order)
          guard let kept = other.parts.first else { continue }
          let words = name.isEmpty ? Text("all facts", zh: "各项日期") : list.field(name)?.words ?? .same(name)
          return refusal(
            Text("how days of \(name.isEmpty ? words.en : "`\(words.en)`") are written", zh: "\(words.zh)的日期写法"),
            Text("\(kept.word.en)", zh: "“\(kept.word.zh)”"),
            Text(
              "write the days out as 2022-03-01 in one of the files, or \(alone.en)",
              zh: "请在其中一份写全年月日（2022-03-01），或\(alone.zh)"), at: word.location)
        }
      }
    }
    return nil
  }

  /// What the command says of every record and an earlier scenario says otherwise.
  private func constantsKept(
    _ old: ColumnMapping, _ lists: [ListDeclaration]
  ) -> [(said: Assignment, list: ListDeclaration, field: String, kept: String)] {
    constants.flatMap { constant in
      lists.compactMap { list in
        guard let field = list.columnField(constant.name.raw),
          let kept = old.constants(of: list.name).first(where: { $0.field == field }), kept.text != constant.value.raw
        else { return nil }
        return (constant, list, field, kept.text)
      }
    }
  }
}

// MARK: What is told

extension ImportCommand {
  /// How days of a list are written where it is otherwise than an earlier scenario has it.
  func days(of list: ListDeclaration, in model: ScenarioModel) -> [(field: String, words: [Text])] {
    let before = model.loaded.scenario.columns.orders(of: list.name)
    let after = mapped(dates[...], list, model).orders(of: list.name)
    return after.sorted { $0.key < $1.key }.compactMap { field, order in
      order.parts == before[field]?.parts ?? [] ? nil : (field, order.parts.map(\.word))
    }
  }

  private func mapped(
    _ dates: ArraySlice<(fact: Written?, order: Written)>, _ list: ListDeclaration, _ model: ScenarioModel
  ) -> ColumnMapping {
    var mapping = model.columns
    for (fact, word) in dates {
      if let order = CellWords.order(word) { CellWords.say(order, of: fact, in: list, &mapping) }
    }
    return mapping
  }

  /// What of an earlier scenario holds for every record of this import as well, what gives way to what is said now, and
  /// where the headings are.
  func kept(of proposals: [RegisterProposal], in model: ScenarioModel) -> [Diagnostic] {
    let list = proposals[0].list
    let old = model.loaded.scenario.columns
    var out = moved.map { name in
      Diagnostic(
        .warning, code: "header-moved",
        Text(
          "the headings of `\(name.raw)` are not in row \(old.headerRow(of: list.name) ?? 0), as `header_row:` of "
            + "\(model.file.raw) says: they have been looked for anew",
          zh: "`\(name.raw)` 的表头不在 \(model.file.raw) 的 `header_row:` 所写的第 \(old.headerRow(of: list.name) ?? 0) 行，"
            + "已重新查找"),
        hint: Text("if another row names the columns, say it: `header 1`", zh: "如表头在其他行，请写明：“表头行 1”"), at: name.location
      )
    }
    func instead(_ what: Text, _ new: Text, _ old: Text, at place: SourceRange) {
      out.append(
        Diagnostic(
          .note, code: "import-instead",
          Text(
            "\(what.en) is \(new.en), as is said now, instead of \(old.en) of \(model.file.raw)",
            zh: "\(what.zh)按现在所写的\(new.zh)，不再按 \(model.file.raw) 的\(old.zh)"),
          hint: Text("nothing needs to be done, if that is meant", zh: "如确有此意，无需处理"), at: place))
    }
    for (said, _, field, kept) in constantsKept(old, [list]) {
      instead(
        Text("`\(field)`", zh: list.field(field)?.words.zh ?? field), .same("`\(said.value.raw)`"), .same("`\(kept)`"),
        at: said.name.location)
    }
    for cell in cells {
      guard let kept = old.cell(cell.name.raw, of: list.name), kept != cell.value.raw else { continue }
      instead(
        Text("the cell `\(cell.name.raw)`", zh: "单元格“\(cell.name.raw)”"), .same("`\(cell.value.raw)`"),
        .same("`\(kept)`"), at: cell.name.location)
    }
    if let header, let row = old.headerRow(of: list.name), ColumnMapping.headerRow(header.raw) != row {
      instead(
        Text("the row of headings", zh: "表头行"), .same(header.raw), .same("\(row)"), at: header.location)
    }
    return out + daysInstead(old, list, model) + constantsKept(of: proposals, model)
  }

  /// The notes on days that are said to be written otherwise than an earlier scenario says.
  private func daysInstead(_ old: ColumnMapping, _ list: ListDeclaration, _ model: ScenarioModel) -> [Diagnostic] {
    let said = dates.prefix(spoken)
    let now = mapped(said, list, model)
    return said.flatMap { fact, word in
      guard let order = CellWords.order(word) else { return [Diagnostic]() }
      let only = fact.flatMap { list.columnField($0.raw) }
      return old.orders(of: list.name).sorted { $0.key < $1.key }.compactMap { field, kept in
        guard only == nil || field == only, let other = kept.contradicted(by: order).parts.first else { return nil }
        let isLeft = now.order(of: field, of: list.name).contains(other)
        let name = Text(field.isEmpty ? "every day" : "`\(field)`", zh: list.field(field)?.words.zh ?? "日期")
        return Diagnostic(
          .note, code: "import-instead",
          isLeft
            ? Text(
              "\(name.en) is read by \(other.word.en) of \(model.file.raw) as before, which says it of this fact alone",
              zh: "\(name.zh)仍按 \(model.file.raw) 单独写明的“\(other.word.zh)”读入")
            : Text(
              "\(name.en) is read by \(order.word.en), as is said now, instead of \(other.word.en) of "
                + "\(model.file.raw)",
              zh: "\(name.zh)按现在所写的“\(order.word.zh)”读入，不再按 \(model.file.raw) 的“\(other.word.zh)”"),
          hint: isLeft
            ? Text(
              "say it of this one: `dates \(field) = \"\(order.word.en)\"`",
              zh: "如需一并改变，请写“日期写法 \(name.zh) = \(order.word.zh)”")
            : Text("nothing needs to be done, if that is meant", zh: "如确有此意，无需处理"), at: word.location)
      }
    }
  }

  /// What every record has because an earlier scenario says it, or has now that the command says it of its files, too.
  private func constantsKept(of proposals: [RegisterProposal], _ model: ScenarioModel) -> [Diagnostic] {
    let list = proposals[0].list
    let said = Set(constants.compactMap { list.columnField($0.name.raw) })
    let kept = model.loaded.scenario.columns.constants(of: list.name).filter { one in
      !said.contains(one.field)
        && proposals.contains { proposal in !proposal.columns.contains { $0.field?.name == one.field } }
    }
    let names = files.map(\.raw).joined(separator: ", ")
    return kept.map { one in
      let field = list.field(one.field)
      let words = field?.words.zh ?? one.field
      return Diagnostic(
        field?.type == .date ? .warning : .note, code: "import-constant",
        Text(
          "every record of `\(names)` has \(one.field) `\(one.text)`, as `constant` of \(model.file.raw) says",
          zh: "`\(names)` 各条记录的\(words)均为“\(one.text)”，取自 \(model.file.raw) 的“常量”"),
        hint: keepsRegister
          ? Text(
            "where it is another, write it in a column `\(one.field)` of the file", zh: "如有不同，请在文件中用一列写明\(words)")
          : Text("where it is another, say it: `constant \(one.field) = …`", zh: "如有不同，请写“常量 \(words) = …”"),
        at: file.location)
    }
  }
}
