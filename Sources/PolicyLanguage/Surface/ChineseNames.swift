// The names that rules in Chinese may hold, known before anything is parsed: those of the dictionary, of the language,
// and those that the document's own lines declare. Which of them a place in the text may use, the checker decides.
import Facts
import Reckoning

/// What is cut out of a run of Chinese characters: names and the language's own words, the longest first.
struct ChineseNames: Sendable {
  private var words: Set<String> = []
  /// Facts in the words for what holds or does not, which follow a record without 的.
  var sayings: Set<String> = []
  /// What a record does while it lasts: 稳定就业.
  private(set) var lasting: Set<String> = [SurfaceWords.lasts.zh]
  private(set) var classifiers: Set<String> = ["个", "名"]
  /// Currencies by their Chinese names: 元, the well-known ones, and the document's own.
  private(set) var currencies: [String: String] = Dictionary(
    Currency.wellKnown.map { ($0.value, $0.key) }, uniquingKeysWith: { a, b in min(a, b) }
  ).merging(["元": "yuan"]) { _, yuan in yuan }
  private var longest = 1
  /// Yes-or-no facts of the document's own lists.
  var truths: Set<String> = []
  /// The choices of facts that the dictionary has.
  private(set) var options: Set<String> = []
  /// What facts of the lists are called.
  private(set) var facts: Set<String> = []
  /// What a choice or a definition is called, of which 为 says something else.
  var choices: Set<String> = []

  init(_ dictionary: FactDictionary, document text: String) {
    for zh in SurfaceWords.constants.values { add(zh) }
    for zh in SurfaceWords.types.values { add(zh) }
    for zh in SurfaceWords.fieldTypes.values { add(zh) }
    for zh in SurfaceWords.provinces.values { add(zh) }
    for zh in ["省级", "市级", "县级"] { add(zh) }
    for reading in Reading.global { for zh in [reading.chinese] + reading.choices.map(\.chinese) { add(zh) } }
    choices = Set(dictionary.lists.flatMap(\.fields).flatMap(\.choices).map(\.zh))
    options = choices
    for list in dictionary.lists { add(list) }
    add(lasting.first)
    var reading: Int?
    var isList = false
    for line in Self.rules(of: text) {
      declare(line)
      declareInEnglish(line)
      declareWithoutID(line, &reading)
      declareTexts(line, &isList)
      declareSayings(line)
      declareTerms(line)
      declareCurrency(line)
      declareTruths(line)
    }
    for truth in truths.sorted() { addSayings(of: truth) }
  }

  /// Every name, for did-you-mean.
  var all: Set<String> { words }

  mutating func add(_ name: String?) {
    guard let name, name.isChinese else { return }
    words.insert(name)
    longest = max(longest, name.count)
  }

  private mutating func add(_ list: ListDeclaration) {
    add(list.words.zh)
    add(list.record.zh)
    add("该" + list.record.zh)
    if let classifier = list.chinese.classifier { classifiers.insert(classifier) }
    if let lasts = list.chinese.lasts {
      lasting.insert(lasts.zh)
      add(lasts.zh)
    }
    for field in list.fields {
      add(field.words.zh)
      facts.insert(field.words.zh)
      if field.type == .text { add("该" + field.words.zh) }
      for choice in field.choices { add(choice.zh) }
      if let says = field.says {
        for zh in [says.yes.zh, says.no.zh] {
          add(zh)
          sayings.insert(zh)
        }
      }
    }
  }

  // MARK: The document's own

  /// The Chinese names that a line of rules in English declares, as `param rate zh 奖励额`: a document may hold both.
  private mutating func declareInEnglish(_ line: Substring) {
    var rest = line
    while let found = rest.firstRange(of: " zh ") {
      rest = rest[found.upperBound...]
      let name = String(rest.prefix { !Self.ends($0) })
      guard name.first.map(ChineseLexer.isChinese) == true else { continue }
      add(name)
      if line.drop(while: { $0 == " " }).hasPrefix("list ") { add("该" + name) }
    }
    let words = line.split(separator: " ", maxSplits: 2)
    if words.count > 1, words[0] == "field" { add("该" + words[1]) }
  }

  /// Names within a line that stand without an id: of the document, an iteration, a row, one record, of choices.
  ///
  /// - Parameter reading: how deep the 口径 stands whose choices come below; nil elsewhere.
  private mutating func declareWithoutID(_ line: Substring, _ reading: inout Int?) {
    let text = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
    func name(_ text: Substring) -> String { String(text.drop { $0 == " " || $0 == "　" }.prefix { !Self.ends($0) }) }
    if text.hasPrefix("文件 ") { add(name(text.dropFirst(2))) }
    for word in ["的每个", "中的每个", "记作", "每条为"] {
      if let found = text.firstRange(of: word) { add(name(text[found.upperBound...])) }
    }
    if text.hasPrefix("清单"), let found = text.firstRange(of: "每条为") {
      add("该" + name(text[found.upperBound...]))
      if let unit = text.firstRange(of: "单位") {
        classifiers.insert(name(text[unit.upperBound...].drop { " 　“\"".contains($0) }))
      }
    }
    if text.hasPrefix("list "), let per = text.firstRange(of: " per ") {
      classifiers.insert(name(text[per.upperBound...]))
    }
    if text.hasPrefix("字段"), let found = text.firstRange(of: "选项（") {
      let all = text[found.upperBound...].prefix { $0 != "）" }
      for choice in all.split(whereSeparator: { "、，".contains($0) }) {
        add(name(choice))
        choices.insert(name(choice))
      }
    }
    let depth = line.count - text.count
    if let above = reading, depth > above {
      if text.first.map(ChineseLexer.isChinese) == true {
        add(name(text))
        choices.insert(name(text))
      }
    } else {
      reading = text.hasPrefix("口径 ") ? depth : nil
    }
  }

  /// Of lists the texts that stand for a Chinese name where there is none: the title, labels, other words of choices.
  ///
  /// - Parameter isList: whether the lines are those of a list.
  private mutating func declareTexts(_ line: Substring, _ isList: inout Bool) {
    let text = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
    if line.first != " ", line.first != "\t", !text.isEmpty { isList = text.hasPrefix("清单") || text.hasPrefix("list ") }
    guard isList else { return }
    if text.hasPrefix("名称") || text.hasPrefix("title") {
      for title in Self.texts(text) { for name in [title, "该" + title] { add(name) } }
    } else if text.hasPrefix("字段") || text.hasPrefix("field ") {
      for (lead, end) in [("选项", "）"), ("one of", ")"), ("标签", ""), ("label", "")] {
        guard let found = text.firstRange(of: lead) else { continue }
        let rest = text[found.upperBound...]
        for label in Self.texts(end.isEmpty ? rest : rest.prefix { String($0) != end }) {
          for name in [label, "该" + label] { add(name) }
        }
      }
    }
  }

  /// How a yes-or-no field of the document's own reads: `读作 “已享受”、“未享受”`, `says "…" / "…" zh "已享受" / "未享受"`.
  private mutating func declareSayings(_ line: Substring) {
    for mark in ["读作", "says "] {
      guard let found = line.firstRange(of: mark) else { continue }
      let texts = Self.texts(line[found.upperBound...])
      for text in texts.prefix(mark == "读作" ? 2 : 4) where text.isChinese {
        add(text)
        sayings.insert(text)
      }
    }
  }

  /// The texts in quotation marks.
  private static func texts(_ line: Substring) -> [String] {
    var found: [String] = []
    var rest = line
    while let open = rest.firstIndex(where: { $0 == "“" || $0 == "\"" }) {
      let inside = rest[rest.index(after: open)...].prefix { $0 != (rest[open] == "“" ? "”" : "\"") }
      found.append(String(inside))
      rest = rest[inside.endIndex...].dropFirst()
    }
    return found
  }

  /// What runs through a range: 月份 of `月份自1至12，各期…之和`.
  private mutating func declareTerms(_ line: Substring) {
    var rest = line
    while let mark = rest.firstRange(of: "各期") {
      let before = rest[..<mark.lowerBound]
      rest = rest[mark.upperBound...]
      guard let from = before.lastIndex(of: "自") else { continue }
      add(String(before[..<from].reversed().prefix { !Self.ends($0) && !"×÷＋－+-*/".contains($0) }.reversed()))
    }
  }

  /// `货币 比索〔peso〕`, `currency peso zh "比索"`
  private mutating func declareCurrency(_ line: Substring) {
    let text = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
    func word(_ text: Substring) -> String { String(text.drop { $0 == " " || $0 == "　" }.prefix { !Self.ends($0) }) }
    if text.hasPrefix("货币") {
      let zh = word(text.dropFirst(2))
      let id = text.firstIndex(of: "〔").map { String(text[text.index(after: $0)...].prefix { $0 != "〕" }) }
      if YuanNames.include(id ?? zh) {
        currencies[zh] = "yuan"
      } else if !zh.isEmpty, id != nil || currencies[zh] == nil {
        currencies[zh] = id ?? zh
      }
    } else if text.hasPrefix("currency "), let mark = text.firstRange(of: " zh \"") {
      let zh = String(text[mark.upperBound...].prefix { $0 != "\"" })
      if !zh.isEmpty { currencies[zh] = word(text.dropFirst(8)) }
    }
  }

  /// The unit that Chinese writes so, in the document's currency or another.
  func unitID(_ zh: String) -> String {
    let money = currencies.keys.filter { zh.hasPrefix($0) }.max { $0.count < $1.count }
    guard let money, let word = currencies[money] else { return SurfaceWords.unitID(zh) }
    let rate = SurfaceWords.unitID("元" + zh.dropFirst(money.count))
    return rate.hasPrefix("yuan") ? word + rate.dropFirst(4) : SurfaceWords.unitID(zh)
  }

  /// The lines that hold rules: those of the fences of rules, and all of a text that has none. A table in the prose or
  /// in an answer declares nothing, even if it begins with 措施.
  private static func rules(of text: String) -> [Substring] {
    var all: [Substring] = []
    var rules: [Substring] = []
    var hasFence = false
    var marks: Substring?
    var isRules = false
    for line in text.split(whereSeparator: \.isNewline) {
      all.append(line)
      let rest = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
      let found = rest.prefix { $0 == rest.first }
      if let open = marks {
        let isEnd = found.first == open.first && found.count >= open.count
        if isEnd, rest.dropFirst(found.count).allSatisfy(\.isWhitespace) {
          marks = nil
        } else if isRules {
          rules.append(line)
        }
      } else if found.count >= 3, found.first == "`" || found.first == "~" {
        marks = found
        isRules = rest.dropFirst(found.count).split(whereSeparator: \.isWhitespace).first == "policy"
        hasFence = hasFence || isRules
      }
    }
    return hasFence ? rules : all
  }

  private static let declaring = [
    "引用标准", "参数", "口径", "定义", "标准表", "合并限额", "措施", "任务", "说明", "清单", "设", "计", "每条为", "字段", "待遇类型",
  ]

  /// The names that a line of rules declares: what stands before 〔, and behind a word that declares.
  private mutating func declare(_ line: Substring) {
    let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
    for word in Self.declaring where trimmed.hasPrefix(word) {
      let rest = trimmed.dropFirst(word.count)
      guard rest.first == " " || rest.first == "　" else { continue }
      let name = rest.drop { $0 == " " || $0 == "　" }.prefix { !Self.ends($0) }
      add(String(name))
      if word == "清单" || word == "字段" { add("该" + name) }
      if word == "定义" || word == "标准表" { arguments(rest) }
    }
    // Rules in English beside them name things in Chinese, too.
    var later = trimmed[...]
    while let mark = later.firstRange(of: " zh ") {
      later = later[mark.upperBound...]
      let name = String(later.prefix { !Self.ends($0) })
      add(name)
      if trimmed.hasPrefix("list ") { add("该" + name) }
    }
    var rest = trimmed[...]
    while let bracket = rest.firstIndex(of: "〔") {
      let before = rest[..<bracket]
      let name = String(before.reversed().prefix { !Self.ends($0) }.reversed())
      rest = rest[rest.index(after: bracket)...]
      let inside = rest.prefix { $0 != "〕" }
      // What has a place's code behind it is a place.
      if inside.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), inside.first?.isNumber == false {
        // A name may itself begin with 每个; what leads to it is never part of it.
        if !name.contains("的每个"), !name.contains("每条为"), !name.hasPrefix("记作") { add(name) }
        add(Self.declared(name))
        if trimmed.hasPrefix("清单") || trimmed.hasPrefix("字段") { add("该" + Self.declared(name)) }
      }
    }
  }

  /// The names in the first brackets of a definition's or a table's line: `（该地：地区）`.
  private mutating func arguments(_ line: Substring) {
    guard let open = line.firstIndex(where: { $0 == "（" || $0 == "(" }) else { return }
    let inside = line[line.index(after: open)...].prefix { $0 != "）" && $0 != ")" && $0 != "＝" && $0 != "=" }
    for argument in inside.split(whereSeparator: { "、，,".contains($0) }) {
      let name = argument.drop { $0 == " " || $0 == "　" }.prefix { !Self.ends($0) }
      if argument.contains("：") || argument.contains(":") { add(String(name)) }
    }
  }

  /// The name at the end of what stands before 〔: without a word that leads to it.
  private static func declared(_ text: String) -> String {
    for word in ["每条为", "的每个", "每个", "记作"] {
      if let range = text.firstRange(of: word) { return String(text[range.upperBound...]) }
    }
    return text
  }

  static func ends(_ character: Character) -> Bool {
    " 　\t〔〕（）(),，、：:＝=；;“”\"。".contains(character)
  }

  // MARK: Cutting

  /// The longest name or word of the language that begins at an offset.
  func match(_ line: [Character], _ start: Int) -> (text: String, isName: Bool)? {
    let most = min(max(longest, ChineseWords.longest), line.count - start)
    var length = most
    while length > 0 {
      let text = String(line[start..<start + length])
      if words.contains(text) { return (text, true) }
      if ChineseWords.all.contains(text) { return (shortened(text, line, start), false) }
      length -= 1
    }
    return nil
  }

  /// A word, or its first character where a name behind that goes on past the word's end: 的 before 天数上限, although
  /// 的天数 is a word.
  private func shortened(_ word: String, _ line: [Character], _ start: Int) -> String {
    guard word.count > 1, let first = word.first, first == "的" || first == "按" else { return word }
    let most = min(longest, line.count - start - 1)
    guard most >= word.count else { return word }
    for length in word.count...most where words.contains(String(line[start + 1..<start + 1 + length])) {
      return String(first)
    }
    return word
  }
}

/// The words of the Chinese surface.
enum ChineseWords {
  /// Begin a declaration.
  static let declarations: [String: DeclarationWord] = [
    "文件": .document, "清单": .list, "引用标准": .value, "定义": .define, "口径": .reading, "参数": .param, "措施": .measure,
    "任务": .duty, "说明": .note, "算例": .example, "标准表": .table, "合并限额": .limit,
  ]

  static let relations: [String: Expression.Comparison] = [
    "等于": .equal, "不等于": .notEqual, "少于": .less, "低于": .less, "早于": .less, "不足": .less, "不满": .less,
    "不超过": .lessOrEqual, "不高于": .lessOrEqual, "不晚于": .lessOrEqual, "超过": .greater, "高于": .greater,
    "晚于": .greater, "不少于": .greaterOrEqual, "不低于": .greaterOrEqual, "不早于": .greaterOrEqual,
    "大于": .greater, "小于": .less, "大于等于": .greaterOrEqual, "小于等于": .lessOrEqual, "大于或等于": .greaterOrEqual,
    "小于或等于": .lessOrEqual, "不大于": .lessOrEqual, "不小于": .greaterOrEqual,
  ]

  static let picks: [String: Expression.Pick] = [
    "较晚者": .later, "较早者": .earlier, "较大者": .larger, "较小者": .smaller, "较高者": .larger, "较低者": .smaller,
  ]

  static let extremes: [String: Expression.Pick] = [
    "最晚的": .later, "最早的": .earlier, "最大的": .larger, "最小的": .smaller,
  ]

  static let roundings: [String: Expression.Rounding] = [
    "四舍五入到": .nearest, "舍去到": .down, "进位到": .up, "四舍五入至": .nearest, "舍去至": .down, "进位至": .up,
  ]

  static let all: Set<String> = Set(
    """
    如 则 否则 或 或者 且 并且 同时 非 为 不为 在 至 之间 属于 之一 含 中有在 之间者 有 无 但 的 时 适用 无数额 取整 满 之日 自 起 连续列于
    的年数 的整月数 的整年数 连续满 数 数达到 同时在职数首次达到 中 之和 的年份 的所在省 其中 于 计入 计为应付 以 判断期限 归入年度
    不论何时 逐条计算 每人一次 合计每人一次 的前 名 每人 但不低于 限 付给 授予 对 对本地区 对每 中的每 每个年度 每个完整年度 的每个 凡 设 计
    要求 须 名额 共限 同一 次序 按 先后 只取最高 优先 只取前 连续只取前 同一 只计一次 与 就高不重复 标准未明确时除外 报错 应当 名称 条款 待遇类型
    内容 假定 施行期限 不设期限 文号 施行地区 印发日期 单位 依据 选项 默认 已知 令 结果 假设采用 按原文件施行 起始 终止 同人依据 字段 每条为
    不限 其余 记作 起为 限额 共不超过 超出部分由 承担 先到先得 按比例 涉及 分期 余额 每 一期 等额 累进 在岗 全部
    追回 计为应退 任意 不论年度 在其之前 至其为止 相同 其他 平均的 不同的 中的位次 各期 的平均数 的最大数 的最小数 的每期 个自然月
    的天数 的在岗天数 的自然月数 按一年 按每月 折算的年数 按实际天数折算的年数 所在月的首日 所在月的末日 所在季度的首日 所在季度的末日
    所在年的首日 所在年的末日 月首日 月末日 季度首日 季度末日 逐年递增 年后的数额 后的数额 的所在县区 的所在市 的行政级别 的月份 的季度
    货币 以整数支付 境外 随日期调整 由低到高
    衔接 间断 不含整月 相同的 标签 读作 持续 必填 缺省 未填即无 未填即空 引自 多个 间断不超过 资金来源 解释机关 就高规定 期限说明
    """.split { $0 == " " || $0 == "\n" }.map(String.init)
  ).union(SurfaceWords.quantities.map(\.1)).union(Fund.allCases.map(\.words.zh)).union(declarations.keys).union(
    relations.keys
  ).union(picks.keys).union(
    extremes.keys
  ).union(roundings.keys)

  static let longest = all.map(\.count).max() ?? 1

  /// Words within clauses that a name of the same spelling would take away.
  static let within: Set<String> = Set(
    """
    如 则 否则 或 或者 且 并且 同时 非 为 不为 在 至 之间 属于 之一 含 有 但 的 时 满 之日 自 起 中 之和 其中 于 限 凡 每 每人 数
    的年数 的整月数 的整年数 的天数 的自然月数 相同 其他 相同的 各期 折算的年数 计入 计为应付 先后 共限 共不超过
    """.split { $0 == " " || $0 == "\n" }.map(String.init)
  ).union(relations.keys).union(picks.keys).union(extremes.keys).union(roundings.keys)
}
