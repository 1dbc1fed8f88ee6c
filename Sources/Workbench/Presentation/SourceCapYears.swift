// Why a table by source and year has more of a source in a year than its cap: the cap counts what is paid for a year in
// that year, whenever it is paid, and the table goes by the day of payment. Knows nothing of how tables are made.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import View

struct SourceCapYears {
  private let breakdown: Breakdown
  private let ledger: Ledger

  init(_ breakdown: Breakdown, _ ledger: Ledger) { (self.breakdown, self.ledger) = (breakdown, ledger) }

  /// A note for each cap that a year of the table has more than.
  var notes: [Block] {
    guard case .keys(let keys) = breakdown.basis, keys.map(\.name).sorted() == ["fund", "year"] else { return [] }
    let isFirst = keys[0].name == "fund"
    return ledger.documents.flatMap { document in
      document.sourceCaps.compactMap { one -> Block? in
        let limit = document.limits[one.place]
        let cap = limit.caps[one.number]
        let forYears = document.measures.filter {
          limit.measures.contains($0.name) && $0.frame?.iterations.isEmpty == false
        }
        guard !forYears.isEmpty, cap.keys.count == 1, case .yearOfPayment = cap.keys[0], cap.within == nil,
          let most = amount(cap.amount, document), !isDrawnOnBesides(one.source.fund, limit, document)
        else { return nil }
        let over = breakdown.groups.filter { group in
          group.tally.total > most && group.parts.count == 2
            && group.parts[isFirst ? 0 : 1] == one.source.fund.rawValue
        }
        let years = over.map { $0.parts[isFirst ? 1 : 0] }.sorted()
        return years.isEmpty ? nil : note(one.source.fund, years, most, forYears)
      }
    }
  }

  /// Whether the table has money of a source that the cap does not count, so that it says nothing of the cap.
  private func isDrawnOnBesides(_ fund: Fund, _ limit: CheckedLimit, _ own: CheckedDocument) -> Bool {
    func isCounted(_ name: String, _ document: CheckedDocument) -> Bool {
      document.id == own.id && limit.measures.contains(name)
    }
    return ledger.documents.contains { document in
      let draws = document.measures.contains { measure in
        !isCounted(measure.name, document)
          && document.funds(of: measure)?.inForce(ledger.settings.parameters).contains {
            $0.fund == fund && $0.share > 0
          } == true
      }
      let takesOver = document.sourceCaps.contains { other in
        other.source.next == fund && !document.limits[other.place].measures.allSatisfy { isCounted($0, document) }
      }
      return draws || takesOver
    }
  }

  /// What a cap comes to where it is the same for all.
  private func amount(_ t: Typed, _ document: CheckedDocument) -> Int64? {
    switch t.operation {
    case .constant(let raw): raw
    case .parameter(let id):
      ledger.settings.parameters[id] ?? document.parameters.first { $0.id == id }?.value
    default: nil
    }
  }

  private func note(_ fund: Fund, _ years: [String], _ most: Int64, _ measures: [CheckedMeasure]) -> Block {
    let names = measures.map(\.label)
    let (en, zh) = (names.map(\.en).joined(separator: ", "), names.map(\.zh).joined(separator: "、"))
    return .note(
      .note,
      [
        Span(
          Text(
            "More of the \(fund.words.en) stands in \(years.joined(separator: ", ")) than the ",
            zh: "\(years.joined(separator: "、"))年\(fund.words.zh)所列多于每年 ")),
        .money(fen: most),
        Span(
          Text(
            " that it may bear a year: the cap counts what is paid for a year in that year (\(en)), and this table "
              + "goes by the day of payment.",
            zh: " 的限额：限额按所属年度计（\(zh)），本表按付款日所在年度列示。")),
      ])
  }
}
