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
  /// Names of the rule with the figures that stand for them; names without one stay.
  private var figures: [(name: Text, figure: Text?)] = []

  init(_ measure: CheckedMeasure, of document: CheckedDocument, in settings: RunSettings, places: Gazetteer) {
    self.measure = measure
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
      if depth(line) > usual, !out.isEmpty {
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
    let rest = said.filter { !($0.hasPrefix("对") || $0.hasPrefix("凡")) }.map(ClauseProse.sentence)
    let text = head.joined(separator: "，") + (head.isEmpty || rest.isEmpty ? "" : "：") + rest.joined(separator: "；")
    return filled(text) + "。"
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
      return "按" + line[line.index(after: colon)...] + line[..<colon]
    }
    return line.replacing("施行期限 ", with: "施行期限").replacing("名额 ", with: "名额")
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
      return line.hasPrefix("require ") ? "required: " + line.dropFirst(8) : line
    }
    let text = plain(said.joined(separator: "; "))
    return text.prefix(1).uppercased() + text.dropFirst() + "."
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
