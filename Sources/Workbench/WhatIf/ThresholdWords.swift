// What a threshold is called, and what is held against its bound. Knows nothing of who stands near.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

extension Threshold {
  /// A figure with the measure before it where it is another measure's, which may be the threshold of several.
  func called(_ figure: Text) -> Text {
    let own = measure.label
    return figure.zh.hasPrefix(own.zh + "的") || figure.en.hasPrefix(own.en + ".")
      ? figure : Text("\(own.en): \(figure.en)", zh: "\(own.zh)：\(figure.zh)")
  }

  /// What is held against the bound, in the rule's words.
  func heldWords(_ documents: [CheckedDocument], _ dictionary: FactDictionary, _ places: Gazetteer) -> Text {
    figure.words(of: measure, documents, dictionary, places)
  }
}

extension UnseenCondition {
  /// The condition in the rule's words.
  func words(_ documents: [CheckedDocument], _ dictionary: FactDictionary, _ places: Gazetteer) -> Text {
    condition.words(of: measure, documents, dictionary, places)
  }

  /// What is said of conditions that are not looked at, by name; nil where there are none.
  static func note(
    _ unseen: [UnseenCondition], _ documents: [CheckedDocument], _ dictionary: FactDictionary, _ places: Gazetteer
  ) -> Text? {
    guard !unseen.isEmpty else { return nil }
    let named = unseen.prefix(8).map { one -> Text in
      let condition = one.words(documents, dictionary, places), measure = one.measure.label
      return Text("\(condition.en) (\(measure.en))", zh: "\(condition.zh)（\(measure.zh)）")
    }
    let more = unseen.count - named.count
    return Text(
      "Not looked at, whoever may stand near: " + named.map(\.en).joined(separator: "; ")
        + (more > 0 ? "; and \(more) more" : "") + ".",
      zh: "未查、因而不知谁在其边上的条件：" + named.map(\.zh).joined(separator: "；") + (more > 0 ? "；另有 \(more) 项" : "") + "。")
  }
}

extension Threshold.Sort {
  /// What programs call it.
  var name: String {
    switch self {
    case .figure: "figure"
    case .stay: "stay"
    case .place: "place"
    }
  }
}

/// How far somebody stands from the last of the places that the first of a set have.
enum ThresholdPlace {
  static func words(_ beyond: Int64) -> Text {
    let n = beyond.magnitude, places = n == 1 ? "1 place" : "\(n) places"
    if beyond == 0 { return Text("the last place", zh: "末位") }
    return beyond > 0
      ? Text("\(places) after the last", zh: "末位之后第\(n)名") : Text("\(places) before the last", zh: "末位之前第\(n)名")
  }
}

extension Typed {
  /// The expression in the words of the measure's rule.
  fileprivate func words(
    of measure: CheckedMeasure, _ documents: [CheckedDocument], _ dictionary: FactDictionary, _ places: Gazetteer
  ) -> Text {
    let document = documents.first { $0.id == measure.document }
    let chinese = document?.inChinese(dictionary: dictionary, places: places).words(at: location)
    return Text(written, zh: chinese ?? written)
  }
}
