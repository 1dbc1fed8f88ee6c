// What `import` says of headings, records, cells and days, as the reader of registers takes it; `audit` says the same
// of lists of payments. Knows nothing of the register.

import Commands
import Diagnostics
import Facts
import Sessions

extension ImportCommand {
  /// What the command says of headings. Where it names no list, a heading may be one of any list that has the fact.
  /// - Parameter said: what an earlier scenario says of them.
  func mapping(
    _ list: ListDeclaration?, in session: Desk, onto said: ColumnMapping = ColumnMapping()
  ) throws(Refusal) -> ColumnMapping {
    var mapping = said
    let lists = list.map { [$0] } ?? session.dictionary.lists
    for column in columns {
      if ColumnMapping.unread.contains(column.value.text) {
        for one in lists { mapping.leave(column.name.raw, of: one.name) }
        continue
      }
      var isKnown = false
      if ColumnMapping.spanWords.contains(column.value.text) || ColumnMapping.spanWords.contains(column.value.raw) {
        for one in lists where one.begins != nil { mapping.add(span: column.name.raw, of: one.name) }
        continue
      }
      if ColumnMapping.mixedWords.contains(column.value.text) || ColumnMapping.mixedWords.contains(column.value.raw) {
        for one in lists where one.isBrokered { mapping.add(mixed: column.name.raw, of: one.name) }
        continue
      }
      for one in lists {
        guard let field = one.columnField(column.value.raw) ?? one.columnField(column.value.text) else { continue }
        mapping.add(column.name.raw, as: field, of: one.name)
        isKnown = true
      }
      if !isKnown { throw unknownFact(column.value) }
    }
    try words.add(to: &mapping, lists) { unknownFact($0) }
    return mapping
  }

  /// That the command says something else of a heading than the earlier scenario; with `onto`, whose files are read by
  /// the same words, something else of anything.
  func contradiction(_ old: ColumnMapping, in session: Desk) -> Refusal? {
    let model = model?.raw ?? ""
    if keepsRegister, let refusal = shared(with: old, in: session) { return refusal }
    for column in columns {
      let isNone = ColumnMapping.unread.contains(column.value.text)
      for one in session.dictionary.lists {
        let fact = isNone ? nil : one.columnField(column.value.raw) ?? one.columnField(column.value.text)
        guard isNone || fact != nil, let known = old.other(column.name.raw, than: fact, of: one.name) else { continue }
        let words = one.field(known)?.words ?? Text(known, zh: "不读")
        return Refusal([
          .error(
            "import-model",
            Text(
              "`\(column.name.raw)` is `\(words.en)` in \(model), and cannot be something else for another file",
              zh: "\(model) 已把“\(column.name.raw)”读作\(words.zh)，同一表头不能另作他用"),
            hint: Text(
              "change it under `columns:` in \(model), or give the column another heading",
              zh: "请改 \(model) 的 `columns:`，或改用其他表头"), at: column.name.location)
        ])
      }
    }
    return nil
  }

  private func unknownFact(_ name: Written) -> Refusal {
    Refusal([
      .error(
        "unknown-fact", Text("no list has the fact `\(name.raw)`", zh: "没有清单含有事实 `\(name.raw)`"),
        hint: Text("`show hires` lists its facts", zh: "“显示 录用人员”列出其事实"), at: name.location)
    ])
  }
}

/// What a command says of records and cells.
struct CellWords {
  /// What holds for every record and no column states.
  var constants: [Assignment] = []
  /// What cells' texts stand for that mean nothing by themselves.
  var cells: [Assignment] = []
  /// How days are written, of one fact or of all.
  var dates: [(fact: Written?, order: Written)] = []
  /// The facts, or the headings of their columns, whose blank cells have what stands above them.
  var carried: [Written] = []
  /// Rows that are not to be read, by their first cell's text or their number.
  var skips: [Written] = []
  /// The facts that identity numbers give although they may say something else.
  var given: [Written] = []
  /// Which row names the columns, or that none does.
  var header: Written?
  /// The name each of whose people is a record, where a cell has several.
  var split: Written?

  func describe(to meaning: inout Meaning) {
    for constant in constants { meaning.add("constant " + constant.name.text, constant.value) }
    for cell in cells { meaning.add("cell " + cell.name.text, cell.value) }
    for (fact, order) in dates { meaning.add("dates " + (fact?.text ?? ""), order) }
    for fact in carried { meaning.add("carry", fact) }
    for text in skips { meaning.add("skip", text) }
    for fact in given { meaning.add("from_number", fact) }
    meaning.add("header", header)
    meaning.add("split", split)
  }

  /// Says it of lists.
  /// - Parameter unknown: that no list has a fact.
  func add(
    to mapping: inout ColumnMapping, _ lists: [ListDeclaration], unknown: (Written) -> Refusal
  ) throws(Refusal) {
    if let header {
      guard let row = ColumnMapping.headerRow(header.text) ?? ColumnMapping.headerRow(header.raw) else {
        throw CellWords.notARow(header)
      }
      for one in lists { mapping.setHeaderRow(row, of: one.name) }
      mapping.isProposing = true
    }
    for constant in constants {
      let fields = lists.compactMap { one in (one.columnField(constant.name.raw)).map { (one.name, $0) } }
      guard let first = fields.first, first.1 != "id" else { throw unknown(constant.name) }
      for (list, field) in fields { mapping.add(constant: constant.value.raw, for: field, of: list) }
    }
    for cell in cells {
      for one in lists { mapping.add(cell: cell.name.raw, as: cell.value.raw, of: one.name) }
    }
    for name in carried {
      let fields = lists.compactMap { one in mapping.stated(by: name.raw, in: one).map { (one.name, $0) } }
      guard !fields.isEmpty else { throw unknown(name) }
      for (list, field) in fields { mapping.carry(field, of: list) }
    }
    if let split {
      let fields = lists.filter { one in
        one.personName != nil && mapping.stated(by: split.raw, in: one) == one.personName
      }
      guard !fields.isEmpty else { throw CellWords.notSplit(split) }
      for one in fields { mapping.split(one) }
    }
    for text in skips { for one in lists { mapping.skip(text.raw, of: one.name) } }
    for name in given {
      let fields = lists.compactMap { one in one.givable(name.raw).map { (one.name, $0) } }
      guard !fields.isEmpty else { throw CellWords.notGiven(name) }
      for (list, field) in fields { mapping.give(field, of: list) }
    }
    for (fact, word) in dates {
      guard let order = CellWords.order(word) else { throw CellWords.unknownOrder(word) }
      for one in lists { CellWords.say(order, of: fact, in: one, &mapping) }
    }
  }

  /// How days are written, by a word for it; nil where it is none.
  static func order(_ word: Written) -> DateOrder? { DateOrder(word: word.raw) ?? DateOrder(word: word.text) }

  /// Says how days of a list are written: of a fact, where the list has it, or of all.
  static func say(_ order: DateOrder, of fact: Written?, in list: ListDeclaration, _ mapping: inout ColumnMapping) {
    let field = fact.flatMap { list.columnField($0.raw) }
    if fact == nil || field != nil { mapping.say(order, of: field, of: list.name) }
  }

  private static func notARow(_ header: Written) -> Refusal {
    Refusal([
      .error(
        "import-header", Text("`\(header.raw)` is no row of headings", zh: "`\(header.raw)` 不是表头行"),
        hint: Text(
          "write its number, such as `header 3`, or `header none` where no row names the columns",
          zh: "请写行号，如“表头行 3”；没有表头的写“表头行 无”"), at: header.location)
    ])
  }

  private static func notSplit(_ name: Written) -> Refusal {
    Refusal([
      .error(
        "import-split", Text("`\(name.raw)` names no people that could be split", zh: "`\(name.raw)` 不是可拆分的人名"),
        hint: Text("names of people are: `split worker`", zh: "可拆分的是姓名：“拆分 劳动者”"), at: name.location)
    ])
  }

  private static func notGiven(_ name: Written) -> Refusal {
    Refusal([
      .error(
        "import-number", Text("identity numbers do not give `\(name.raw)`", zh: "身份证号不能说明 `\(name.raw)`"),
        hint: Text("they give `origin` on request", zh: "可由身份证号推定的是户籍地"), at: name.location)
    ])
  }

  private static func unknownOrder(_ word: Written) -> Refusal {
    let words = Text(
      DateOrder.all(chinese: false).map { "\"\($0)\"" }.joined(separator: ", "),
      zh: DateOrder.all(chinese: true).joined(separator: "、"))
    return Refusal([
      .error(
        "import-dates", Text("`\(word.raw)` says nothing of days", zh: "`\(word.raw)` 不是日期写法"),
        hint: Text("write one of \(words.en)", zh: "可写：\(words.zh)"), at: word.location)
    ])
  }
}
