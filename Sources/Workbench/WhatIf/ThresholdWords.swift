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
    return figure.zh.hasPrefix(own.zh + "的")
      ? figure : Text("\(own.en): \(figure.en)", zh: "\(own.zh)：\(figure.zh)")
  }

  /// What is held against the bound, in the rule's words.
  func heldWords(_ documents: [CheckedDocument], _ dictionary: FactDictionary, _ places: Gazetteer) -> Text {
    let document = documents.first { $0.id == measure.document }
    let chinese = document?.inChinese(dictionary: dictionary, places: places).words(at: figure.location)
    return Text(figure.written, zh: chinese ?? figure.written)
  }
}
