// A range of one's own along which something is varied, held to the bounds that the document sets for it: what reaches
// beyond them is cut to them, and what lies wholly outside is refused, as a single value there is.

import Commands
import Diagnostics
import PolicyLanguage
import Reckoning

/// Raw figures along which something is varied.
package struct VariedRange {
  /// What of it lies within the bounds.
  package let range: ClosedRange<Int64>
  /// As it was written, where it reaches beyond the bounds; nil: they leave it whole.
  package let written: ClosedRange<Int64>?
}

extension Session {
  /// A range as it was written, as far as the bounds of what is varied reach.
  package func range(_ written: (from: Written, to: Written), of varied: Varied) throws(Refusal) -> VariedRange {
    let from = try figure(written.from, of: varied), to = try figure(written.to, of: varied)
    let places = library.places
    if from > to {
      throw Refusal(
        .whatIf(.endless(varied.text(from, places), varied.text(to, places))), at: written.from.location)
    }
    // What is laid down elsewhere has no bounds there.
    guard case .parameter(let parameter) = varied.target else { return VariedRange(range: from...to, written: nil) }
    let low = max(from, parameter.atLeast ?? from), high = min(to, parameter.atMost ?? to)
    guard low <= high else {
      let (start, end) = (written.from.location, written.to.location)
      throw Refusal(
        .whatIf(.beyondBounds(OutsideRange(parameter, from...to, places))),
        at: SourceRange(source: start.source, start: start.start, end: end.end))
    }
    return VariedRange(range: low...high, written: low == from && high == to ? nil : from...to)
  }
}

/// A range of which no value lies within the bounds of its parameter.
package struct OutsideRange {
  let name: Text
  /// The range for people.
  let from: Text
  let to: Text
  /// What the parameter may be, for people: `from 3 to 5`.
  let bounds: Text
  /// A range within the bounds, as it may be typed in either language.
  let within: String

  init(_ parameter: Parameter, _ range: ClosedRange<Int64>, _ places: Gazetteer) {
    func text(_ raw: Int64) -> Text { ValueText.text(raw, of: parameter, places: places) }
    name = Settable.parameter(parameter).typedName
    (from, to) = (text(range.lowerBound), text(range.upperBound))
    let (least, most) = (parameter.atLeast, parameter.atMost)
    bounds = Varied.bounds(least.map(text), most.map(text))
    let length = range.upperBound - range.lowerBound
    // Without a bound on one side it is as long as what was written.
    let low = least ?? max((most ?? 0) - length, min(most ?? 0, 0))
    let high = most ?? low.addingReportingOverflow(length).partialValue
    within = OutsideRange.typed(low, parameter.type, places) + ".." + OutsideRange.typed(high, parameter.type, places)
  }

  /// A figure without the word of its unit, which every parameter takes: `400`, `45%`, `2022-12-31`.
  private static func typed(_ raw: Int64, _ type: ValueType, _ places: Gazetteer) -> String {
    String(
      ValueText.typed(raw, type, places: places).replacing(",", with: "").prefix {
        $0.isASCII && $0.isNumber || ".%-".contains($0)
      })
  }
}

extension Varied {
  /// What bounds leave, for people.
  fileprivate static func bounds(_ least: Text?, _ most: Text?) -> Text {
    switch (least, most) {
    case (let least?, let most?): Text("from \(least.en) to \(most.en)", zh: "\(least.zh) 至 \(most.zh)")
    case (let least?, nil): Text("at least \(least.en)", zh: "不少于 \(least.zh)")
    case (nil, let most?): Text("at most \(most.en)", zh: "不超过 \(most.zh)")
    case (nil, nil): Text("anything", zh: "不限")
    }
  }

  /// The bounds that the document sets, for people: `from 3 to 5`.
  package func boundsText(_ places: Gazetteer) -> Text {
    Varied.bounds(bounds.atLeast.map { text($0, places) }, bounds.atMost.map { text($0, places) })
  }
}
