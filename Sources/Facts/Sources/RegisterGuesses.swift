// Which facts the headings of a register may speak of that no column is known to state. Knows nothing of rows.

import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// Whether a heading says that its days are first ones and the fact is a last one, or the other way round.
  static func speaksOfAnother(_ heading: String, _ field: Field, _ list: ListDeclaration) -> Bool {
    let firsts = ["起始", "开始", "起"], lasts = ["截止", "终止", "结束", "到期", "止"]
    let isFirst = firsts.contains(where: heading.contains), isLast = lasts.contains(where: heading.contains)
    return isFirst != isLast && field.name == (isFirst ? list.ends : list.begins)
  }

  /// Whether a heading speaks of a fact: it has two signs in a row that the fact's name has, 岗 alone being none; and of
  /// a last day by a word for it, which a first day has not.
  static func speaks(_ heading: String, of field: Field, _ list: ListDeclaration) -> Bool {
    let name = Headings.bare(heading).name
    let lasts = ["离", "止", "结束", "到期", "停", "减", "终"]
    if field.name == list.ends || OpenEnds.isLast(field.name) == true {
      let english = ["separation", "termination", "leaving", "enddate", "lastday", "lastmonth"]
      return (lasts + english).contains(where: name.contains) || name.hasSuffix("end")
    }
    if OpenEnds.isLast(field.name) == false, lasts.contains(where: name.contains) { return false }
    let words = field.labels + [field.words.zh]
    // 非脱贫户 and 是否首次参保 say the contrary of 脱贫人员 and 曾参保.
    if field.type == .bool, denies(name) != denies(field.words.zh) { return false }
    let common: Set<String> = ["日期", "时间", "年月", "是否", "人员", "所在", "在地", "情况", "年份", "月份"]
    return zip(name, name.dropFirst()).contains { first, second in
      let pair = String([first, second])
      return !common.contains(pair) && words.contains { $0.contains(pair) }
    }
  }

  /// Whether a question asks for what is not, or not yet, so.
  private static func denies(_ text: String) -> Bool {
    let text = text.replacing("有无", with: "").replacing("是否", with: "")
    return ["非", "无", "未", "不", "没", "首次", "初次", "第一次"].contains(where: text.contains)
  }

  /// Whether a heading speaks of a first day, and of no last one: 合同起始日期, 报到时间.
  static func speaksOfFirst(_ heading: String) -> Bool {
    let name = Headings.bare(heading).name
    return ["起", "始", "入", "到", "进", "上岗", "上班", "start", "begin", "join", "hire"].contains(where: name.contains)
      && !["离", "止", "结束", "到期", "停", "减", "终", "出生", "end", "leav"].contains(where: name.contains)
  }

  /// How many characters of a heading are those of a field's name.
  static func score(_ field: Field, _ heading: String) -> Int {
    let word = Set(field.words.zh)
    return Headings.bare(heading).name.count { word.contains($0) && !"日期时间年月地是否人员".contains($0) }
  }

  /// The fields that a column could state, those first that its heading speaks of.
  func likely(_ fields: [Field], _ heading: String) -> [Field] {
    let usual = ["end", "origin", "start", "born"]
    func rank(_ field: Field) -> Int { usual.firstIndex(of: field.name) ?? usual.count }
    return fields.enumerated().sorted { a, b in
      let (x, y) = (RegisterSurvey.score(a.element, heading), RegisterSurvey.score(b.element, heading))
      if x != y { return x > y }
      let (p, q) = (rank(a.element), rank(b.element))
      return p == q ? a.offset < b.offset : p < q
    }.map(\.element)
  }

  // MARK: who is named

  func named(
    _ records: BulkRecords, _ header: BulkHeader, _ places: [Int: Int], _ schema: ListSchema,
    _ doubts: inout [Diagnostic]
  ) -> [RegisterProposal.Named] {
    var out: [RegisterProposal.Named] = []
    for (column, number) in header.columns {
      guard let target = RegisterSurvey.target(schema.fields[number].type), let list = dictionary.list(target) else {
        continue
      }
      let required = list.fields.filter { $0.absence == .required && $0.name != "id" }
      var names = RegisterNames(
        records, column, heading: header.name(column),
        place: required.first { $0.type == .place }.flatMap { field in
          places.first { $0.value == number }.map { (field, $0.key) }
        })
      names.read(reader)
      doubts += names.doubts
      out.append(
        RegisterProposal.Named(
          list: list, heading: header.name(column), records: names.found,
          lacking: required.filter { $0.type != .place }.map(\.name)))
    }
    return out
  }
}
