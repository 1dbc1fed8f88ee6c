// What rules ask of records that a register only names, as comments in the scenario where somebody can complete them.
// Knows nothing of registers.

import Diagnostics
import Facts
import PolicyLanguage
import Reports

/// The facts that the documents of a district ask for, by list.
struct ImportStubs: Sendable {
  private let asked: [String: [(field: Field, measures: [CheckedMeasure])]]
  /// The lists that rules go through or ask something of.
  private let read: Set<String>
  private let dictionary: FactDictionary
  private let isChinese: Bool

  init(_ documents: [CheckedDocument], _ dictionary: FactDictionary, isChinese: Bool) {
    (self.dictionary, self.isChinese) = (dictionary, isChinese)
    var asked: [String: [(field: Field, measures: [CheckedMeasure])]] = [:]
    let measures = documents.flatMap(\.measures).filter { $0.form != .note }
    let facts = measures.map { (measure: $0, asks: $0.factsAsked(dictionary)) }
    for list in dictionary.lists {
      for field in list.fields where field.absence != .required && !["id", "name"].contains(field.name) {
        let asking = facts.filter { $0.asks.contains(list.name + "." + field.name) }.map(\.measure)
        if !asking.isEmpty { asked[list.name, default: []].append((field, asking)) }
      }
    }
    self.asked = asked
    read = Set(
      facts.flatMap { fact in
        fact.measure.lists + fact.asks.compactMap { $0.split(separator: ".").first.map(String.init) }
      })
  }

  /// Whether some rule asks for facts of a list.
  func asks(_ list: String) -> Bool { asked[list] != nil }

  /// Whether any rule reads a list.
  func reads(_ list: String) -> Bool { read.contains(list) || asks(list) }

  /// The fields that every record of a list must state.
  func required(of list: ListDeclaration) -> [Field] {
    list.fields.filter { $0.absence == .required }
  }

  /// The lines that stand above a list's records; none where no rule asks for anything else.
  ///
  /// - Parameter isHeaded: whether a line before them says what they are.
  func comments(of list: String, isHeaded: Bool = true) -> [String] {
    guard let facts = asked[list], !facts.isEmpty else { return [] }
    let head = Text(
      "Not stated by the register, and asked for by rules; write into a record's braces what holds:",
      zh: "台账没有说明、而措施要问的事实；请把属实的写进各条记录的花括号内：")
    return (isHeaded ? ["# " + words(head)] : [])
      + facts.map { fact in
        let measures = fact.measures.prefix(3).map { words($0.words) }.joined(separator: isChinese ? "、" : ", ")
        let more = fact.measures.count > 3 ? (isChinese ? "等" : ", …") : ""
        return "#   \(isChinese ? fact.field.words.zh : fact.field.name): \(sample(fact.field))   # "
          + words(Text("\(fact.field.meaning.en) (", zh: "\(fact.field.meaning.zh)（")) + measures + more
          + words(Text(")", zh: "）"))
      }
  }

  private func words(_ text: Text) -> String { isChinese ? text.zh : text.en }

  /// How a value is written.
  func sample(_ field: Field) -> String {
    func choices(_ names: [String]) -> String {
      let labels = names.indices.map { i in
        isChinese && field.choiceLabels.indices.contains(i) ? field.choiceLabels[i].first ?? names[i] : names[i]
      }
      return labels.prefix(6).joined(separator: isChinese ? " 或 " : " or ")
    }
    return switch field.type {
    case .bool: isChinese ? "是" : "true"
    case .choice(let names): choices(names)
    case .set(.choice(let names)): "[\(choices(names))]"
    case .set: "[…]"
    case .date: "2022-03-01"
    case .dateOrMonth: "2022-03"
    case .dateOrYear: "2022"
    case .int: "10"
    case .money, .figure: "1000"
    case .place, .county, .area: "350112"
    case .text, .reference: "…"
    }
  }
}
