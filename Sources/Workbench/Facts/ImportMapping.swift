// What `import` says of headings, records, cells and days, as the reader of registers takes it; `audit` says the same
// of lists of payments. Knows nothing of the register.

import Commands
import Diagnostics
import Facts
import Sessions

extension ImportCommand {
  /// What the command says of headings. Where it names no list, a heading may be one of any list that has the fact.
  func mapping(_ list: ListDeclaration?, in session: Desk) throws(Refusal) -> ColumnMapping {
    var mapping = ColumnMapping()
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

  func describe(to meaning: inout Meaning) {
    for constant in constants { meaning.add("constant " + constant.name.text, constant.value) }
    for cell in cells { meaning.add("cell " + cell.name.text, cell.value) }
    for (fact, order) in dates { meaning.add("dates " + (fact?.text ?? ""), order) }
    for fact in carried { meaning.add("carry", fact) }
    for text in skips { meaning.add("skip", text) }
    for fact in given { meaning.add("from_number", fact) }
  }

  /// Says it of lists.
  /// - Parameter unknown: that no list has a fact.
  func add(
    to mapping: inout ColumnMapping, _ lists: [ListDeclaration], unknown: (Written) -> Refusal
  ) throws(Refusal) {
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
    for text in skips { for one in lists { mapping.skip(text.raw, of: one.name) } }
    for name in given {
      let fields = lists.compactMap { one in one.givable(name.raw).map { (one.name, $0) } }
      guard !fields.isEmpty else { throw CellWords.notGiven(name) }
      for (list, field) in fields { mapping.give(field, of: list) }
    }
    for (fact, word) in dates {
      guard let order = DateOrder(word: word.raw) ?? DateOrder(word: word.text) else {
        throw CellWords.unknownOrder(word)
      }
      for one in lists {
        if let fact {
          guard let field = one.columnField(fact.raw) else { continue }
          mapping.add(dates: order, for: field, of: one.name)
        } else {
          mapping.add(dates: order, of: one.name)
        }
      }
    }
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
