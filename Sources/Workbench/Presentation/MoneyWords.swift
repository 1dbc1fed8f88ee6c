// What amounts are counted in, in the words of answers. A programme has one currency; what is in several is never
// costed together. Knows nothing of answers.

import Diagnostics
import PolicyLanguage
import Reckoning

extension Collection<CheckedDocument> {
  /// What their amounts are counted in; yuan where there are none.
  var currency: Currency { first?.currency ?? .yuan }
}

extension Currency {
  /// The head of a column of amounts: `Total, yuan`.
  func heading(_ en: String, zh: String) -> Text { Text("\(en), \(word)", zh: "\(zh)（\(chinese)）") }

  /// Behind an amount in a sentence: ` yuan.`
  func behind(_ en: String = "", zh: String = "") -> Text { Text(" \(word)\(en)", zh: " \(chinese)\(zh)") }

  /// Beside an axis of amounts.
  var axis: Text { Text(word.prefix(1).uppercased() + word.dropFirst(), zh: chinese) }

  /// The head of a column of nothing but amounts.
  var amounts: Text { Text(word.prefix(1).uppercased() + word.dropFirst(), zh: "金额（\(chinese)）") }
}
