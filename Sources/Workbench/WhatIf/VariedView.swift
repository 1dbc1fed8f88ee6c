// Figures of what is varied, as tables, charts and other programs have them.

import Diagnostics
import PolicyLanguage
import Reckoning
import Sessions
import View

extension Varied {
  /// As other programs read it: money as yuan with two decimals, shares as decimals of one, counts as numbers.
  func json(_ raw: Int64) -> JSONValue {
    switch what {
    case .figure(_, let type): Varied.json(raw, type)
    case .reading(let reading, _):
      .string(
        Int(exactly: raw).flatMap { reading.choices.indices.contains($0) ? reading.choices[$0].name : nil } ?? "?")
    }
  }

  static func json(_ raw: Int64, _ type: ValueType) -> JSONValue {
    switch type {
    case .money, .moneyPerMonth: .money(fen: raw)
    case .share: .string(Decimals.text(raw, scale: 8, keep: 0))
    case .date: .string(Int32(exactly: raw).map { Day(number: $0).text } ?? String(raw))
    default: .int(raw)
    }
  }

  func chartValue(_ raw: Int64, _ places: Gazetteer) -> ChartValue {
    switch what {
    case .figure(_, .money), .figure(_, .moneyPerMonth): .money(fen: raw)
    case .figure(_, .share): .share(Double(raw) / Double(Share.unit))
    case .figure(_, .date): .moment(Int(raw), Int32(exactly: raw).map { Day(number: $0).text } ?? "")
    case .figure: .integer(raw)
    case .reading: .moment(Int(raw), text(raw, places).en)
    }
  }

  func cell(_ raw: Int64, _ places: Gazetteer) -> Cell {
    switch what {
    case .figure(_, .money), .figure(_, .moneyPerMonth): .money(fen: raw)
    case .figure(_, .share): .percent(Share(parts: raw).text)
    case .figure(_, .number): .integer(raw)
    case .figure(_, .date): .date(text(raw, places).en)
    case .figure: .text(text(raw, places))
    case .reading: .data(text(raw, places).en, .name)
    }
  }

  var isReading: Bool { if case .reading = what { true } else { false } }
}
