// Caps of sources of money: which source, and whether the measures of the limit draw on it.
import Diagnostics

extension Checker {
  /// The source that a cap limits, and which bears the rest; nil where one is none, which is told.
  func capSource(_ syntax: CapSourceSyntax) -> CapSource? {
    guard let fund = Fund.named(syntax.fund.text) else {
      unknownFund(syntax.fund)
      return nil
    }
    guard let written = syntax.next else { return CapSource(fund: fund, next: nil) }
    guard let next = Fund.named(written.text) else {
      unknownFund(written)
      return nil
    }
    if next == fund {
      report(
        "fund-next",
        Text("What exceeds the cap of a source cannot come from the same one.", zh: "超出额度的部分不能仍由同一来源承担。"),
        hint: Text("Name another source behind `then`, or leave it out.", zh: "请在 `then`（超出部分由）之后写另一来源，或删去。"),
        at: written.location)
      return nil
    }
    return CapSource(fund: fund, next: next)
  }

  /// Whether a cap may stand in a measure: those of sources stand in limits, which is told.
  func isOwn(_ cap: CapSyntax) -> Bool {
    guard let source = cap.source else { return true }
    report(
      "fund-cap-place",
      Text("The cap of a source of money stands in a `limit`.", zh: "资金来源的额度须写在 `limit` 中。"),
      hint: Text(
        "Write `limit NAME` with `article`, `over` and this cap.", zh: "请写 `limit` 声明，其中写 `article`、`over` 和这一限额。"),
      at: source.location)
    return false
  }

  /// Tells where caps of sources pass on in a circle what exceeds them.
  /// - Returns: whether none does.
  func areInOrder(_ limits: [CheckedLimit]) -> Bool {
    let circling = limits.sourceCaps().circling
    guard let first = circling.first else { return true }
    let en = circling.map { "`\($0.source.fund.rawValue)`" }.joined(separator: ", ")
    let zh = circling.map { "“\($0.source.fund.words.zh)”" }.joined(separator: "、")
    report(
      "fund-circle",
      Text(
        "What exceeds caps of these sources comes back to where it began: \(en).",
        zh: "以下来源的超出部分互相承担，循环往复：\(zh)。"),
      hint: Text("Leave one of the `then` out, or name a source without a cap.", zh: "请删去其中一处“超出部分由”，或改写没有额度的来源。"),
      at: limits[first.place].caps[first.number].location)
    return false
  }

  /// Tells where the measures of a limit do not draw on a source that it caps.
  /// - Parameter all: the document's limits, whose caps pass something on to other sources.
  func sources(
    _ limit: LimitSyntax, _ measures: [CheckedMeasure], _ funds: CheckedFund?, among all: [LimitSyntax]
  ) {
    for cap in limit.caps {
      guard let source = cap.source, let fund = Fund.named(source.fund.text) else { continue }
      let unstated = measures.filter { ($0.heading.funds ?? funds) == nil }
      for measure in unstated {
        let name = Text(measure.name, zh: measure.words.zh)
        let line = fund == .district ? "fund district 100%" : "fund \(fund.rawValue) 60%, district rest"
        report(
          "fund-unstated",
          Text("`\(name.en)` does not say where its money comes from.", zh: "`\(name.zh)` 没有写明资金来源。"),
          hint: Text(
            "Write a line such as `\(line)` in the document's head or in the measure.",
            zh: "请在文件开头或该措施中写明，例如 `\(line)`。"), at: source.location)
      }
      let drawing =
        measures.contains { measure in
          (measure.heading.funds ?? funds)?.shares.contains { $0.fund == fund } ?? false
        }
        || all.contains { other in
          other.caps.contains { ($0.source?.next?.text).flatMap(Fund.named) == fund }
            && other.measures.contains { one in measures.contains { $0.name == measureID(one) } }
        }
      if unstated.isEmpty, !measures.isEmpty, !drawing {
        report(
          "fund-not-drawn",
          Text("No measure of this limit draws on `\(fund.rawValue)`.", zh: "此限额所涉措施都不由 `\(fund.words.zh)` 承担。"),
          hint: Text("Name one of the sources that `fund` states.", zh: "请写 `fund` 中列明的来源。"), at: source.location)
      }
    }
  }
}
