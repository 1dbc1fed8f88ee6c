// Figures of what is varied, as answers and charts have them.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions
import View

extension Varied {
  /// The value, typed.
  func datum(_ raw: Int64) -> Datum {
    switch what {
    case .figure(_, let type): Varied.datum(raw, type)
    case .reading(let reading, _):
      .id(Int(exactly: raw).flatMap { reading.choices.indices.contains($0) ? reading.choices[$0].name : nil } ?? "?")
    case .assumption(let assumption):
      assumption.isResponse ? .id(Assumption.plain(raw)) : Varied.datum(raw, assumption.type)
    }
  }

  /// A figure of a type: amounts and shares as such, everything that is counted as a number.
  static func datum(_ raw: Int64, _ type: ValueType) -> Datum {
    switch type {
    case .money, .amount, .rate: .money(fen: raw)
    case .share: .share(Share(parts: raw))
    case .decimal: .id(Decimals.text(raw, scale: 8, keep: 0))
    case .date: .date(Int32(exactly: raw).map { Day(number: $0).text } ?? String(raw))
    default: .count(raw)
    }
  }

  /// What people see of it where that is more than the value: `6 months`.
  func shown(_ raw: Int64, _ places: Gazetteer) -> [Span]? {
    switch what {
    case .figure(_, .money), .figure(_, .amount), .figure(_, .rate), .figure(_, .share), .figure(_, .number),
      .figure(_, .date):
      nil
    case .assumption(let assumption): assumption.isResponse ? [.data(Assumption.plain(raw), .number)] : nil
    case .figure, .reading: [Span(text(raw, places))]
    }
  }

  func chartValue(_ raw: Int64, _ places: Gazetteer) -> ChartValue {
    switch what {
    case .figure(_, .money), .figure(_, .amount), .figure(_, .rate): .money(fen: raw)
    case .figure(_, .share): .share(Double(raw) / Double(Share.unit))
    case .figure(_, .date): .moment(Int(raw), Int32(exactly: raw).map { Day(number: $0).text } ?? "")
    case .figure(_, .decimal): .moment(Int(raw), text(raw, places).en)
    case .figure: .integer(raw)
    case .reading: .moment(Int(raw), text(raw, places).en)
    case .assumption(let assumption):
      switch assumption.what {
      case .response: .moment(Int(raw), Assumption.plain(raw))
      case .takeUp: .share(Double(raw) / Double(Share.unit))
      case .bunching: .integer(raw)
      }
    }
  }

  var isReading: Bool { if case .reading = what { true } else { false } }
}

extension VariedRange {
  /// That the bounds of the document have cut it; nil where they have not.
  func cut(of varied: Varied, _ places: Gazetteer) -> Text? {
    guard let written else { return nil }
    let (from, to) = (varied.text(written.lowerBound, places), varied.text(written.upperBound, places))
    let (low, high) = (varied.text(range.lowerBound, places), varied.text(range.upperBound, places))
    let (label, bounds) = (varied.target.label, varied.boundsText(places))
    return Text(
      "\(label.en) may be \(bounds.en) by the document: of \(from.en) to \(to.en) only \(low.en) to \(high.en) is "
        + "looked at.",
      zh: "\(label.zh)的文件界限为 \(bounds.zh)：所写的 \(from.zh) 至 \(to.zh) 中，只取 \(low.zh) 至 \(high.zh)。")
  }
}
