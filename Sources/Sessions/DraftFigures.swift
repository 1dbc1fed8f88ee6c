// Figures and readings of a draft where the text of its document has them. Knows nothing of what is left out or added.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

extension DraftText {
  /// A setting as a change of the text; nil where the text cannot hold it.
  func change(_ setting: Setting) -> [Change]? {
    switch (setting.target, setting.value) {
    case (.parameter(let parameter), .raw(let raw)):
      guard let value = written(parameter.id), let range = range(value.location) else { return nil }
      let figure = DraftText.figure(raw, parameter.type, unitOf: value)
      let isChinese = language(value.location) == .zh
      return [(range, isChinese ? PolicyParser.inChinese(expression: figure) : figure)]
    case (.reading(let reading, let key), .choice(let choice)):
      guard key == reading.id, let found = self.reading(reading.id) else { return nil }
      return choiceChange(found, choice)
    default: return nil
    }
  }

  /// The figure as the text has it: of a parameter, of a source of money, of a row of a table, or from a day on.
  func written(_ id: String) -> Expression? { parameter(id)?.value ?? share(id) ?? dated(id) ?? tabled(id) }

  /// What a parameter is from a day on.
  private func dated(_ id: String) -> Expression? {
    guard let dot = id.lastIndex(of: "."), let parameter = parameter(String(id[..<dot])) else { return nil }
    let day = String(id[id.index(after: dot)...])
    return parameter.dated.first { if case .date(day) = $0.from.node { true } else { false } }?.value
  }

  /// The figure of a table's row, or the bound of one.
  private func tabled(_ id: String) -> Expression? {
    guard let found = document.parameters.first(where: { $0.id == id }),
      let table = syntax.tables.first(where: { id.hasPrefix(document.id + "." + $0.name.text + ".") })
    else { return nil }
    let bounds = table.rows.flatMap { row -> [Expression] in
      guard case .cells(let cells) = row.test else { return [] }
      return cells.compactMap { cell in
        switch cell {
        case .upTo(let bound), .below(let bound): bound
        case .above, .from, .values, .any: nil
        }
      }
    }
    return bounds.first { $0.location.start == found.location.start }
      ?? table.rows.first { $0.location.start == found.location.start }?.value
  }

  private func parameter(_ id: String) -> ParameterSyntax? {
    if let found = syntax.parameters.first(where: { document.id + "." + $0.name.text == id }) { return found }
    for measure in syntax.measures {
      for case .parameter(let found) in measure.clauses
      where document.id + "." + measure.name.text + "." + found.name.text == id {
        return found
      }
    }
    return nil
  }

  /// The share of a source of money.
  private func share(_ id: String) -> Expression? {
    func found(_ funds: FundSyntax?, _ prefix: String) -> Expression? {
      funds?.shares.first { one in
        Fund.named(one.fund.text).map { prefix + ".fund." + $0.rawValue == id } ?? false
      }?.share
    }
    if let share = found(syntax.header?.funds, document.id) { return share }
    for measure in syntax.measures {
      for case .fund(let funds) in measure.clauses {
        if let share = found(funds, document.id + "." + measure.name.text) { return share }
      }
    }
    return nil
  }

  private func reading(_ id: String) -> ReadingSyntax? {
    if let found = syntax.readings.first(where: { document.id + "." + $0.name.text == id }) { return found }
    for measure in syntax.measures {
      for case .reading(let found) in measure.clauses
      where document.id + "." + measure.name.text + "." + found.name.text == id {
        return found
      }
    }
    return nil
  }

  /// A figure as a rule writes it, with the unit word that stood there.
  package static func figure(_ raw: Int64, _ type: ValueType, unitOf old: Expression?) -> String {
    switch type {
    case .money: return Decimals.text(raw, scale: 2, keep: 0) + " yuan"
    case .amount(let currency): return Decimals.text(raw, scale: 2, keep: 0) + " " + currency.word
    case .decimal: return Decimals.text(raw, scale: 8, keep: 1)
    case .rate(let rate):
      if case .number(_, let unit?)? = old?.node { return Decimals.text(raw, scale: 2, keep: 0) + " " + unit }
      return Decimals.text(raw, scale: 2, keep: 0) + rate.written.en
    case .number:
      if case .number(_, let unit?)? = old?.node { return "\(raw) \(unit)" }
      return String(raw)
    default: return ValueText.typed(raw, type).replacing(",", with: "")
    }
  }
}
