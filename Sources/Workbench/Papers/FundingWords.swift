// Who pays in words: a document's or a measure's sources with their shares under what has been set, and what a share
// that is set otherwise is called. Knows nothing of amounts.

import Diagnostics
import PolicyLanguage
import Reckoning

extension CheckedFund {
  /// `就业补助资金60%、市级财政15%、区级财政25%`
  func words(under set: [String: Int64]) -> Text {
    let shares = inForce(set).map { one in
      let share = Reckoning.Share(parts: one.share).text
      return Text("\(one.fund.words.en) \(share)", zh: one.fund.words.zh + share)
    }
    return Text(shares.map(\.en).joined(separator: ", "), zh: shares.map(\.zh).joined(separator: "、"))
  }

  /// The source that bears what others leave, where that is another share than before.
  func movedRest(from old: [String: Int64], to new: [String: Int64]) -> (fund: Fund, before: Int64, after: Int64)? {
    guard let rest = shares.firstIndex(where: { $0.parameter == nil }) else { return nil }
    let (before, after) = (inForce(old)[rest].share, inForce(new)[rest].share)
    return before == after ? nil : (shares[rest].fund, before, after)
  }
}

/// The share of a source, as a figure that is set.
struct SourceShare {
  let funds: CheckedFund
  let fund: Fund
  /// Whose money it is; nil: that of all measures of the document that say nothing themselves.
  let measure: CheckedMeasure?

  /// Nil where a figure is no share of a source.
  init?(_ parameter: Parameter, _ documents: [CheckedDocument]) {
    for document in documents where parameter.id.hasPrefix(document.id + ".") {
      let all = [(nil, document.heading.funds)] + document.measures.map { ($0, $0.heading.funds) }
      for case (let measure, let funds?) in all as [(CheckedMeasure?, CheckedFund?)] {
        guard let share = funds.shares.first(where: { $0.parameter?.id == parameter.id }) else { continue }
        (self.funds, fund, self.measure) = (funds, share.fund, measure)
        return
      }
    }
    return nil
  }

  /// `新员工技能津贴：失业保险基金承担的比例`
  var words: Text {
    let title = measure.map { Text("\($0.title.en): ", zh: "\($0.title.zh)：") } ?? .same("")
    return Text("\(title.en)share of the \(fund.words.en)", zh: "\(title.zh)\(fund.words.zh)承担的比例")
  }

  /// The sentence of a notice by which the sources become others.
  func sentence(from old: [String: Int64], to new: [String: Int64]) -> Text {
    let (before, after) = (funds.words(under: old), funds.words(under: new))
    let article = measure?.article ?? ""
    let english = article.isEmpty ? "" : "In article \(article), "
    let whom = measure.map { Text("who pays “\($0.title.en)”", zh: "\($0.title.zh)的") } ?? Text("who pays", zh: "")
    let subject = english.isEmpty ? whom.en.prefix(1).uppercased() + whom.en.dropFirst() : english + whom.en
    return Text(
      "\(subject) is changed from “\(before.en)” to “\(after.en)”.",
      zh: "\(article.isEmpty ? "" : article + "中")\(whom.zh)资金来源由“\(before.zh)”调整为“\(after.zh)”。")
  }
}
