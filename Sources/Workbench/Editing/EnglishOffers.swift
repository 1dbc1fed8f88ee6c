// What may stand at a place within a clause of English rules, by the words before it. Knows nothing of lines.

import Facts
import PolicyLanguage

/// Offers within English clauses.
struct EnglishOffers {
  private let offers: RuleOffers
  private var block: RuleBlock { offers.block }

  init(_ offers: RuleOffers) { self.offers = offers }

  /// The words and signs of a clause.
  static func words(_ clause: some StringProtocol) -> [String] {
    var words: [String] = []
    var isInside = false
    var word = ""
    func end() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for character in clause {
      if character == "\"" { isInside.toggle() }
      if isInside || OpenFile.isNamePart(character) || character == "." || character == "%" || character == "\"" {
        word.append(character)
      } else {
        end()
        if character != " " { words.append(String(character)) }
      }
    }
    end()
    return words
  }

  /// - Returns: nil where any name may stand.
  func offered(_ partial: String) -> (partial: String, words: [Completion])? {
    guard !block.declaration.isEmpty else { return nil }
    let before = Self.words(block.clause.dropLast(partial.count))
    // Within quotation marks nothing is offered.
    if block.clause.filter({ $0 == "\"" }).count % 2 == 1 { return (partial, []) }
    if let only = only(before) { return (partial, Offered.matching(only, partial)) }
    let found = Offered.matching(likely(before), partial)
    return found.isEmpty ? nil : (partial, found)
  }

  private func word(_ text: String, _ en: String = "", _ zh: String = "") -> Completion {
    Completion(text, offers.text(en, zh))
  }

  // MARK: Places where only one sort of thing stands

  private func only(_ before: [String]) -> [Completion]? {
    guard let last = before.last else { return nil }
    let clause = before[0]
    switch (block.declaration, clause) {
    case ("example", "given"): return given(before)
    case ("example", "district"), ("document", "jurisdiction"): return before.count == 1 ? offers.places : nil
    case ("example", "expect"):
      return before.count == 1
        ? offers.measures + ["total", "due", "pending", "payments"].map { word($0) } : nil
    case ("example", "with"): return last == "with" || last == "," ? offers.settings : nil
    case (_, "kind"): return before.count == 1 ? offers.kinds : []
    case (_, "over") where last == "over" || last == ",": return offers.measures
    case (_, "yields") where last == "to": return offers.measures
    default: break
    }
    if last == "pay" || (clause == "grant" && last == "to") {
      return offers.payees + (offers.sets.isEmpty ? [] : [word("member")])
    }
    if last == "stable" { return [word("for 3 months")] }
    if clause == "window", last == clause { return [word("from"), word("to")] }
    if clause == "param", last == ",", before.count > 3 { return [word("at least"), word("at most")] }
    if last == "each", clause == "for" {
      return offers.lists.map { word($0.singular, $0.title.en, $0.title.zh) }
    }
    if last == "each", ["pay", "recover"].contains(clause) { return offers.sets + [word("member")] }
    if last.first?.isNumber ?? false, last.allSatisfy({ $0.isNumber || $0 == "." }), before.count > 1, clause != "given"
    {
      return ["param", "let", "value"].contains(clause) ? offers.units : nil
    }
    return nil
  }

  private func given(_ before: [String]) -> [Completion]? {
    let named = before.dropFirst().first { $0.first?.isLetter ?? false }
    guard let list = offers.lists.first(where: { $0.singular == named || $0.name == named }) else {
      let isMany = before.count == 2 && before[1].allSatisfy(\.isNumber) && before[1] != "1"
      return offers.lists.map { word(isMany ? $0.name : $0.singular, $0.title.en, $0.title.zh) }
    }
    guard let colon = before.firstIndex(of: ":"), let last = before.last else { return [] }
    if before.count == colon + 1 || last == "," { return offers.facts(of: list, told: false) }
    return offers.field(last, in: list).map(offers.values) ?? []
  }

  // MARK: What comes first elsewhere

  private func likely(_ before: [String]) -> [Completion] {
    let last = before.last ?? ""
    let (clause, previous) = (before.first ?? "", before.dropLast().last ?? "")
    if last == "within" {
      return [word("home", "the document's own district", "文件的施行地区"), word("any of (", "one of several", "其中之一")]
        + offers.facts { type in
          if case .reference = type { true } else { [.place, .county].contains(type) }
        } + offers.places
    }
    if clause == "pay", before.count == 2 {
      return offers.figures + ["at most", "nothing"].map { word($0) }
        + offers.facts { type in if case .money = type { true } else { false } }
    }
    if last == "of", ["count", "first"].contains(previous) || before.dropLast(2).last == "first" {
      return offers.sets + (clause == "require" || clause == "let" ? listNames : [])
    }
    if last == "of", offers.lists.contains(where: { $0.name == previous }) {
      return block.frame.map { [word($0.singular, $0.title.en, $0.title.zh)] } ?? []
    }
    if last == "of", previous == "completion" { return [word("3 months")] }
    if last == "over" { return offers.sets + listNames }
    if last == "in", previous != "" { return offers.sets + [word("year"), word("any"), word("all")] }
    if last == "on" || clause == "begins" || last == "by" && clause == "ordered" {
      return offers.facts(\.isDay) + [word("completion of 3 months")] + offers.figures
    }
    if clause == "count", last == "=" { return listNames + offers.sets + [word("all"), word("first")] }
    if let field = offers.field(String(last.split(separator: ".").last ?? "")), !isOperand(before) {
      return operators(field)
    }
    if last.first?.isNumber ?? false { return offers.units + joints(clause) }
    if offers.sets.contains(where: { $0.text == last }) {
      return ["in", "where", "on completion of 3 months", ">="].map { word($0) } + joints(clause)
    }
    if offers.figures.contains(where: { $0.text == last }) { return joints(clause) }
    if last == "per" || last == "by" || last == "each" {
      return offers.facts { _ in true } + ["person", "year"].map { word($0) }
    }
    if ["=", "<", ">"].contains(last), clause != "let" { return offers.figures + operands(clause) }
    return operands(clause)
  }

  /// Whether the last word begins something that has no name.
  private func isOperand(_ before: [String]) -> Bool { before.count < 2 }

  private var listNames: [Completion] { offers.lists.map { word($0.name, $0.title.en, $0.title.zh) } }

  private func joints(_ clause: String) -> [Completion] {
    clause == "pay"
      ? offers.sets.map { Completion("for each \($0.text)", $0.meaning) } + ["on", "when"].map { word($0) }
      : ["and", "or"].map { word($0) }
  }

  private func operators(_ field: Field) -> [Completion] {
    let joins = ["and", "or"].map { word($0) }
    switch field.type {
    case .bool: return joins
    case .place, .county, .area: return [word("within home"), word("within"), word("is")] + joins
    case .choice: return field.choices.map { word("is \($0.en)", $0.en, $0.zh) } + [word("is not")] + joins
    case .int, .money, .figure, .date, .dateOrMonth, .dateOrYear:
      return [">=", "<=", ">", "<", "=", "from", "is given"].map { word($0) } + joins
    case .text, .reference: return ["is", "is not", "is given"].map { word($0) } + joins
    case .set: return ["includes", "includes any of"].map { word($0) } + joins
    }
  }

  /// Sets first, then the facts of the records that the clause looks at, figures, and the turns of conditions.
  private func operands(_ clause: String) -> [Completion] {
    let asks = ["require", "grant", "error", "let", "pay", "cap", "recover"].contains(clause)
    let counted =
      ["require", "grant", "error", "let"].contains(clause)
      ? offers.sets.map { Completion("count of \($0.text)", $0.meaning, alias: $0.text) } : []
    let frame = block.frame.map { [word($0.singular, $0.title.en, $0.title.zh)] } ?? []
    return counted + (asks ? offers.sets : []) + offers.facts { _ in true } + frame + offers.figures
      + offers.readings
      + ["stable for 3 months", "completion of 3 months", "not", "count of", "home", "year", "person"].map { word($0) }
      + (asks ? [] : offers.sets)
  }
}
