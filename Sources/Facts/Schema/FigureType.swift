// Facts that are figures of a kind of their own: decimals, shares, and amounts of another currency than the yuan. Knows
// nothing of files.
import Diagnostics
import Reckoning

/// What a figure counts that is neither a whole number nor yuan. Columns hold 64 bits.
public enum FigureType: Sendable, Hashable {
  /// A number with up to eight decimals; columns hold hundred-millionths.
  case decimal
  /// A share of one; columns hold hundred-millionths.
  case share
  /// Hundredths of a currency.
  case amount(Currency)

  /// The figure as people read it, without a unit that goes without saying: `7.5`, `60%`, `6,000 dollar`.
  public func text(_ raw: Int64) -> String {
    switch self {
    case .decimal: Decimals.grouped(Decimals.text(raw, scale: 8, keep: 0))
    case .share: Share(parts: raw).text
    case .amount(let currency): Money(fen: raw).grouped + " " + currency.word
    }
  }

  /// The figure with its unit, in both languages.
  public func words(_ raw: Int64) -> Text {
    guard case .amount(let currency) = self else { return .same(text(raw)) }
    return Text(text(raw), zh: Money(fen: raw).grouped + currency.chinese)
  }

  /// A figure as a declaration gives it for a default; nil where it is none.
  public func raw(_ text: String) -> Int64? { try? read(text[...]) }

  /// The largest figure that a fact may state.
  static let decimalLimit: Int64 = 1_000_000_000 * Share.unit

  /// Reads a text as a scenario states it; nil where it is no such figure.
  ///
  /// - Throws: where it is one but too large, below zero, or has two meanings.
  func read(_ text: Substring) throws(ValueProblem) -> Int64? {
    if text.hasPrefix("-"), text.dropFirst().first?.isNumber == true { throw .negative(String(text)) }
    switch self {
    case .decimal:
      guard let raw = Decimals.parse(text, scale: 8) else { return nil }
      if raw > FigureType.decimalLimit { throw .tooLarge(String(text), limit: "1,000,000,000") }
      return raw
    case .share:
      if text.hasSuffix("%") || text.hasSuffix("％") {
        guard let raw = Decimals.parse(text.dropLast(), scale: 6) else { return nil }
        if raw > 100_000 * Share.unit { throw .tooLarge(String(text), limit: "10,000,000%") }
        return raw
      }
      guard let raw = Decimals.parse(text, scale: 8) else { return nil }
      // 60 may be sixty or sixty per cent.
      if raw > Share.unit { throw .severalMeanings(String(text), ["\(text)", "\(text)%"]) }
      return raw
    case .amount(let currency):
      if currency.decimals == 0, let point = text.firstIndex(of: "."),
        text[point...].dropFirst().contains(where: { $0 != "0" })
      {
        throw .decimalsOfWhole(String(text))
      }
      guard let raw = Decimals.parse(text, scale: 2) else { return nil }
      if raw > Money.limit.fen { throw .tooLarge(String(text), limit: Money.limit.grouped) }
      return raw
    }
  }

  /// Reads a text as offices write it: separators, a sign or word for the currency, a heading that says per cent.
  ///
  /// - Parameter scale: by how much numbers are multiplied, or `FigureType.hundredth` under a heading that says per
  ///   cent.
  func reading(_ text: String, scale: Int64) throws(ValueProblem) -> Int64? {
    guard text.utf8.count <= 60 else { return nil }
    var rest = CellText.plain(text)
    switch self {
    case .decimal: break
    case .share:
      if scale == FigureType.hundredth, !rest.hasSuffix("%") { rest += "%" }
      for word in ["percent", "per cent"] where rest.lowercased().hasSuffix(word) {
        rest = String(Members.trimmed(rest.dropLast(word.count))) + "%"
      }
      if rest.hasSuffix("%") { rest = String(Members.trimmed(rest.dropLast())) + "%" }
    case .amount(let currency):
      for sign in ["$", "€", "£", "¥", "US$", "USD", "EUR", "GBP", "JPY"] where rest.hasPrefix(sign) {
        guard FigureType.signs[sign]?.contains(currency.word) == true else { return nil }
        rest = String(Members.trimmed(rest.dropFirst(sign.count)))
      }
      if let last = rest.split(separator: " ").last, last.first?.isNumber == false {
        guard currency.isCalled(last.lowercased()) else { return nil }
        rest = String(Members.trimmed(rest.dropLast(last.count)))
      } else if rest.hasSuffix(currency.chinese) {
        rest = String(Members.trimmed(rest.dropLast(currency.chinese.count)))
      }
    }
    let isPercent = rest.hasSuffix("%")
    guard let digits = AmountWriting.ungrouped(isPercent ? String(rest.dropLast()) : rest) else { return nil }
    return try read((isPercent ? digits + "%" : digits)[...])
  }

  /// What stands for the scale of a column whose heading says per cent.
  static let hundredth: Int64 = -100

  /// Which currencies a sign may stand for.
  private static let signs: [String: Set<String>] = [
    "$": ["dollar", "peso"], "US$": ["dollar"], "USD": ["dollar"], "€": ["euro"], "EUR": ["euro"], "£": ["pound"],
    "GBP": ["pound"], "¥": ["yen"], "JPY": ["yen"],
  ]
}

extension PlaceLevel {
  /// What a place of the level is called.
  public var words: Text {
    switch self {
    case .province: Text("province", zh: "省级地区")
    case .prefecture: Text("prefecture", zh: "地级市")
    case .county: Text("county", zh: "县级地区")
    }
  }
}

extension Field {
  /// Whether its column holds 64 bits.
  public var isWide: Bool {
    switch type {
    case .money, .figure: true
    case .text, .bool, .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set: false
    }
  }
}
