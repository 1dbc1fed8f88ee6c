// A measure's rule as the clause of an official document: what it asks and what it pays in running sentences, with
// figures in place of their names. Made of the rule's own words, so that it says nothing that the rule does not. Knows
// nothing of drafts.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

/// The words of a clause.
struct ClauseProse {
  private let measure: CheckedMeasure
  private let places: Gazetteer
  /// Names of the rule with the figures that stand for them; names without one stay.
  private var figures: [(name: Text, figure: Text?)] = []

  init(_ measure: CheckedMeasure, of document: CheckedDocument, in settings: RunSettings, places: Gazetteer) {
    self.measure = measure
    self.places = places
    for parameter in measure.parameters + document.parameters {
      guard let raw = settings.parameters[parameter.id] ?? parameter.value else { continue }
      let unit = OfficialWords.unit(of: parameter, in: document)
      figures.append(
        (
          Text(parameter.name, zh: parameter.words.zh),
          OfficialWords.figure(raw, parameter.type, unit: unit, places: places)
        ))
    }
    // A name that holds another is no figure's.
    for set in measure.sets { figures.append((set.words, nil)) }
    for named in measure.selection.lets { figures.append((named.words, nil)) }
  }

  /// The clause in both languages.
  /// - Parameter rule: the measure's rule in both.
  func text(_ rule: Text) -> Text {
    Text(english(ClauseProse.lines(rule.en)), zh: chinese(ClauseProse.lines(rule.zh)))
  }

  /// The clauses of a rule, each in one line; a line that is set in further goes on with the one above.
  private static func lines(_ rule: String) -> [String] {
    func depth(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
    let all = rule.split(separator: "\n").filter { !$0.allSatisfy { $0 == " " } }
    guard let usual = all.dropFirst().map(depth).min() else { return [] }
    var out: [String] = []
    for line in all.dropFirst() {
      let text = String(line.drop { $0 == " " })
      if depth(line) > usual, !out.isEmpty, !ClauseTerms.standsAlone(text) {
        let isLatin = text.first?.isASCII ?? false
        out[out.count - 1] += (isLatin ? " " : "") + text
      } else {
        out.append(text)
      }
    }
    return out
  }

  // MARK: Chinese

  /// Clauses that are no part of the text: how it is called, its figures, how it is understood.
  private static let aside = ["措施", "名称", "条款", "待遇类型", "参数", "口径", "假定", "缺省", "资金来源"]

  private func chinese(_ lines: [String]) -> String {
    let said = lines.map { ClauseProse.without($0, "〔", "〕") }.filter { line in
      !ClauseProse.aside.contains { line.hasPrefix($0 + " ") }
    }
    let head = said.filter { $0.hasPrefix("对") || $0.hasPrefix("凡") }
    let own = said.filter { !($0.hasPrefix("对") || $0.hasPrefix("凡")) }
    let first = own.firstIndex { $0.hasPrefix("分期 ") }
    let rest = own.indices.map { i in
      ClauseTerms.chinese(own[i], isFirst: i == first) ?? ClauseProse.sentence(own[i])
    }
    if let text = ofOne(head, rest) { return filled(text) + "。" }
    let text = head.joined(separator: "，") + (head.isEmpty || rest.isEmpty ? "" : "：") + rest.joined(separator: "；")
    return filled(named(ClauseProse.denied(text))) + "。"
  }

  /// `对就业单位注册地在本地区、户籍地不在福建省的录用人员，按每人350.55元付给本人`, where it is about one sort of
  /// records, and everything is asked of them.
  private func ofOne(_ head: [String], _ rest: [String]) -> String? {
    guard let whom = head.first?.wholeMatch(of: #/对每(名|家|个|次|项|份|笔|岗|期|人)(\p{Han}+)/#), !rest.isEmpty,
      head.dropFirst().allSatisfy({ $0.hasPrefix("凡") && $0.hasSuffix("的") })
    else { return nil }
    let asked = head.dropFirst().flatMap { condition in
      ClauseProse.asked(named(ClauseProse.denied(condition))).replacing("，且", with: "\n").split(separator: "\n").map {
        ClauseProse.placed(String($0))
      }
    }
    let each = whom.output.1 == "名" ? "每人" : "每" + whom.output.1
    let paid = rest.map { line in
      // 按350.55元付给本人
      line.replacing(#/^按([^（）；，＋×]+?)付给/#) { found in
        let isAmount = filled(String(found.output.1)).hasSuffix("元")
        return isAmount ? "按\(each)\(found.output.1)付给" : String(found.output.0)
      }
    }.map(named)
    let isList = asked.count > 3 || asked.contains { text in ["，", "；", "或", "且"].contains { text.contains($0) } }
    if isList, asked.count > 1 {
      let numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
      guard asked.count <= numbers.count else { return nil }
      let list = zip(numbers, asked).map { "（\($0)）\($1)" }.joined(separator: "；")
      return "对同时符合下列条件的\(whom.output.2)，" + paid.joined(separator: "；") + "：" + list
    }
    let conditions = asked.isEmpty ? "每" + whom.output.1 : asked.joined(separator: "、") + "的"
    return "对\(conditions)\(whom.output.2)，" + paid.joined(separator: "；")
  }

  /// What a line asks: 就业单位的注册地属于本地区 of 凡就业单位的注册地属于本地区的.
  private static func asked(_ line: String) -> String { String(line.dropFirst().dropLast()) }

  /// A place as an official text has it: 就业单位注册地在本地区 for 就业单位的注册地属于本地区.
  private static func placed(_ condition: String) -> String {
    condition.replacing(#/^(\p{Han}+)的(\p{Han}*地)(不?)(属于|为)/#) {
      "\($0.output.1)\($0.output.2)\($0.output.3)在"
    }.replacing(#/^(\p{Han}*地)(不?)(属于|为)/#) { "\($0.output.1)\($0.output.2)在" }
  }

  /// One clause as a part of a sentence.
  private static func sentence(_ line: String) -> String {
    if line.hasPrefix("计 "), let equals = line.firstIndex(of: "＝") {
      let name = line[..<equals].dropFirst(2).filter { $0 != " " }
      let body = String(line[line.index(after: equals)...])
      return (body.hasSuffix("计入") ? String(body.dropLast(2)) : body + "，") + "计为" + name
    }
    if line.hasPrefix("设 "), let equals = line.firstIndex(of: "＝") {
      return line[..<equals].dropFirst(2).filter { $0 != " " } + "为" + line[line.index(after: equals)...]
    }
    if line.hasPrefix("要求：") { return line.dropFirst(3) + "的" }
    if line.hasPrefix("付给"), let colon = line.firstIndex(of: "：") {
      let body = String(line[line.index(after: colon)...])
      // The day stands behind who is paid.
      let day = body.hasSuffix("计为应付") ? body.ranges(of: "，于").last?.lowerBound : nil
      return "按" + body[..<(day ?? body.endIndex)] + line[..<colon] + body[(day ?? body.endIndex)...]
    }
    return line.replacing("施行期限 ", with: "施行期限").replacing("名额 ", with: "名额")
  }

  /// `凡户籍地不属于福建的` for `凡非（户籍地属于福建）的`.
  private static func denied(_ text: String) -> String {
    text.replacing(/凡非（([^（）且或，]*?)(属于|为)([^（）且或，]*)）的/) { "凡\($0.output.1)不\($0.output.2)\($0.output.3)的" }
  }

  /// Places by their names where the rule has codes: 福建 for 35.
  private func named(_ text: String) -> String {
    func name(_ code: Substring) -> String {
      let whole = code + String(repeating: "0", count: max(0, 6 - code.count))
      guard case .found(let id) = places.resolve(String(whole)) else { return String(code) }
      return places.names[Int(id)]
    }
    return text.replacing(/属于（([0-9、]+)）/) { match in
      "属于（" + match.output.1.split(separator: "、").map(name).joined(separator: "、") + "）"
    }.replacing(/属于([0-9]{2,6})(?![0-9.])/) { "属于" + name($0.output.1) }
      .replacing(/within ([0-9]{2,6})(?![0-9.])/) { "within " + name($0.output.1) }
  }

  /// Figures in place of their names, the longest name first wherever one begins.
  private func filled(_ text: String) -> String {
    let names = figures.filter { !$0.name.zh.isEmpty }.sorted { $0.name.zh.count > $1.name.zh.count }
    var out = ""
    var rest = text[...]
    while let first = rest.first {
      if let known = names.first(where: { rest.hasPrefix($0.name.zh) }) {
        out += known.figure?.zh ?? known.name.zh
        rest = rest.dropFirst(known.name.zh.count)
      } else {
        out.append(first)
        rest = rest.dropFirst()
      }
    }
    return out
  }

  // MARK: English

  private static let asideEnglish = [
    "measure", "title", "article", "kind", "param", "reading", "assume", "default", "fund",
  ]

  private func english(_ lines: [String]) -> String {
    let said = lines.filter { line in !ClauseProse.asideEnglish.contains { line.hasPrefix($0 + " ") } }.map { line in
      var line = ClauseProse.withoutChinese(line)
      for (word, name) in [("count ", "counted as "), ("let ", "")] where line.hasPrefix(word) {
        line =
          name + line.dropFirst(word.count).replacing(" = ", with: name.isEmpty ? " is " : ": ", maxReplacements: 1)
      }
      if let terms = ClauseTerms.english(line) { return terms }
      return line.hasPrefix("require ") ? "required: " + line.dropFirst(8) : line
    }
    let text = plain(named(ClauseProse.sentence(english: said)))
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// For whom, where what holds: who is paid what.
  private static func sentence(english lines: [String]) -> String {
    let conditions = lines.filter { $0.hasPrefix("where ") }.map { held(asked(english: $0)) }
    let head = lines.filter { $0.hasPrefix("for ") }.joined(separator: ", ")
    let rest = lines.filter { !$0.hasPrefix("where ") && !$0.hasPrefix("for ") }.map { line in
      guard let paid = line.wholeMatch(of: /pay ([a-z_.]+) (.+)/) else { return held(line) }
      return "the \(paid.output.1) is paid \(paid.output.2)"
    }
    let whole = head + (conditions.isEmpty ? "" : ", where " + conditions.joined(separator: " and "))
    return whole + (rest.isEmpty ? "" : ": ") + rest.joined(separator: "; ")
  }

  /// A condition whose facts of the record itself are its own.
  private static func asked(english line: String) -> String {
    String(line.dropFirst(6)).replacing(#/^(not \(?)?([a-z_]+) (within|=|>=|<=|>|<) /#) {
      "\($0.output.1 ?? "")its \($0.output.2) \($0.output.3) "
    }
  }

  /// A condition in words.
  private static func held(_ condition: String) -> String {
    condition.replacing(/\b([a-z_]+)\.([a-z_]+)\b/) { "the \($0.output.2) of the \($0.output.1)" }
      .replacing(/^not \(?([^()]*?) within ([^()]*?)\)?$/) { "\($0.output.1) does not lie within \($0.output.2)" }
      .replacing(" within ", with: " lies within ").replacing("not lie lies within", with: "not lie within")
      .replacing(" within home", with: " within the place of this document")
      .replacing(" >= ", with: " is at least ").replacing(" <= ", with: " is at most ")
      .replacing(" > ", with: " is above ").replacing(" < ", with: " is below ")
  }

  /// Without the Chinese name that stands behind an English one.
  private static func withoutChinese(_ line: String) -> String {
    var words = line.split(separator: " ")
    while let at = words.firstIndex(of: "zh"), words.indices.contains(at + 1) { words.removeSubrange(at...at + 1) }
    return words.joined(separator: " ")
  }

  /// Names as words, and figures in place of theirs.
  private func plain(_ text: String) -> String {
    var out = ""
    var rest = text[...]
    while let first = rest.first {
      let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      if word.isEmpty {
        // A rule that was written in Chinese has Chinese names in English, too.
        if !first.isASCII, let known = chineseNames.first(where: { rest.hasPrefix($0.name.en) }),
          let figure = known.figure
        {
          out += figure.en
          rest = rest.dropFirst(known.name.en.count)
          continue
        }
        out.append(first)
        rest = rest.dropFirst()
        continue
      }
      let figure = figures.first { $0.name.en == word }?.figure?.en
      out += figure ?? String(word.replacing("_", with: " "))
      rest = rest.dropFirst(word.count)
    }
    return out
  }

  /// The figures whose names are Chinese in English as well, the longest first.
  private var chineseNames: [(name: Text, figure: Text?)] {
    figures.filter { !($0.name.en.first?.isASCII ?? true) }.sorted { $0.name.en.count > $1.name.en.count }
  }

  private static func without(_ text: String, _ open: Character, _ close: Character) -> String {
    var out = ""
    var isInside = false
    for character in text {
      if character == open {
        isInside = true
      } else if character == close {
        isInside = false
      } else if !isInside {
        out.append(character)
      }
    }
    return out
  }
}
