// Sources of money, checked: shares of a hundred percent, each a figure that a scenario or a draft may change. Knows
// nothing of amounts.
import Diagnostics
import Reckoning

/// Where a document's or a measure's money comes from.
package struct CheckedFund: Sendable {
  /// One source.
  package struct Share: Sendable {
    package let fund: Fund
    /// The share as a figure of the text; nil: what the others leave.
    package let parameter: Parameter?
  }

  /// In the order of the text.
  package let shares: [Share]
  package let location: SourceRange

  /// The figures that may be set.
  package var parameters: [Parameter] { shares.compactMap(\.parameter) }

  /// The shares in hundred-millionths under what has been set. They come to one, unless somebody has set them so that
  /// they do not; what is left for the rest is never below nought.
  package func inForce(_ set: [String: Int64]) -> [(fund: Fund, share: Int64)] {
    func raw(_ parameter: Parameter) -> Int64 {
      set[parameter.id]
        ?? Invariant.value(parameter.value, "shares-are-figures: the share of a source is a figure of the text")
    }
    let stated = parameters.reduce(Int64(0)) { $0 + raw($1) }
    return shares.map { ($0.fund, $0.parameter.map(raw) ?? max(0, CheckedFund.whole - stated)) }
  }
}

extension CheckedFund {
  /// The whole, in hundred-millionths.
  package static let whole = Reckoning.Share.unit
}

extension CheckedDocument {
  /// Where a measure's money comes from: what it says itself, else what its document says; nil: nobody says.
  package func funds(of measure: CheckedMeasure) -> CheckedFund? { measure.heading.funds ?? heading.funds }

  /// The shares of sources that may be set.
  package var fundParameters: [Parameter] {
    (heading.funds?.parameters ?? []) + measures.flatMap { $0.heading.funds?.parameters ?? [] }
  }
}

extension Checker {
  /// The sources of a document or a measure; nil where one of them is wrong, which is told.
  func funds(_ syntax: FundSyntax, prefix: String, owner: String? = nil) -> CheckedFund? {
    var shares: [CheckedFund.Share] = []
    var isWrong = false
    for one in syntax.shares {
      guard let fund = Fund.named(one.fund.text) else {
        unknownFund(one.fund)
        isWrong = true
        continue
      }
      if shares.contains(where: { $0.fund == fund }) {
        duplicate(one.fund)
        isWrong = true
        continue
      }
      guard let share = one.share else {
        if shares.contains(where: { $0.parameter == nil }) {
          report(
            "fund-rest", Text("The rest can go to one source only.", zh: "“其余”只能归一个来源。"),
            hint: Text("Give one of them a share.", zh: "请给其中一个写明比例。"), at: one.location)
          isWrong = true
          continue
        }
        shares.append(CheckedFund.Share(fund: fund, parameter: nil))
        continue
      }
      if let parameter = self.share(of: fund, share, prefix: prefix, owner: owner) {
        shares.append(CheckedFund.Share(fund: fund, parameter: parameter))
      } else {
        isWrong = true
      }
    }
    guard !isWrong else { return nil }
    let found = CheckedFund(shares: shares, location: syntax.location)
    return isWhole(found) ? found : nil
  }

  func unknownFund(_ name: Name) {
    let isChinese = name.text.isChinese
    let known = Fund.allCases.map { isChinese ? $0.words.zh : $0.rawValue }
    report(
      "unknown-fund", Text("`\(name.text)` is no source of money.", zh: "`\(name.text)` 不是资金来源。"),
      hint: Nearest.question(for: name.text, among: known)
        ?? Text(
          "Sources are \(Fund.allCases.map(\.rawValue).joined(separator: ", ")).",
          zh: "资金来源有：\(Fund.allCases.map(\.words.zh).joined(separator: "、"))。"), at: name.location)
  }

  private func share(of fund: Fund, _ e: Expression, prefix: String, owner: String?) -> Parameter? {
    if case .broken = e.node { return nil }
    guard let (raw, type) = literal(e), type == .share else {
      report(
        "fund-share",
        Text("The share of a source is written as a percentage.", zh: "资金来源的比例要写成百分数。"),
        hint: Text(
          "Write `\(fund.rawValue) 60%`, with decimals where need be (33.33%); what is left goes to `rest`.",
          zh: "请写 `\(fund.words.zh)60%`，可带小数（33.33%）；余下的写“其余”。"), at: e.location)
      return nil
    }
    guard (0...CheckedFund.whole).contains(raw) else {
      report(
        "fund-share", Text("A source has a share between 0% and 100%.", zh: "资金来源的比例在 0% 与 100% 之间。"),
        hint: Text(
          "Write `\(fund.rawValue) 60%`, or `\(fund.rawValue) rest` for what the others leave.",
          zh: "请写 `\(fund.words.zh)60%`，或 `其余\(fund.words.zh)`。"), at: e.location)
      return nil
    }
    var parameter = Parameter(
      id: prefix + ".fund." + fund.rawValue, type: .share, value: raw, byReference: nil, atLeast: 0,
      atMost: CheckedFund.whole,
      meaning: Text("how much of the money comes from there", zh: "该来源承担的比例"), chinese: fund.words.zh + "比例",
      owner: owner, location: e.location)
    parameter.nameInTable = Text("fund." + fund.rawValue, zh: "资金来源." + fund.words.zh + "比例")
    return parameter
  }

  /// Whether the shares come to the whole.
  private func isWhole(_ funds: CheckedFund) -> Bool {
    let sum = funds.parameters.compactMap(\.value).reduce(0, +)
    let hasRest = funds.shares.contains { $0.parameter == nil }
    if hasRest ? sum <= CheckedFund.whole : sum == CheckedFund.whole { return true }
    let percent = Reckoning.Share(parts: sum).text
    report(
      "fund-sum", Text("The shares of the sources come to \(percent).", zh: "各资金来源的比例合计 \(percent)。"),
      hint: Text(
        "They have to come to 100%; the last may be `rest`.", zh: "须合计 100%；最后一个可写“其余”。"), at: funds.location)
    return false
  }
}
