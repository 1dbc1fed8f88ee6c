// What a figure's meaning says besides what it is: that the document does not lay it down, that it is assumed for the
// costing, or a remark for whoever sets it. Knows nothing of amounts.

import Diagnostics
import PolicyLanguage

/// A figure's meaning, apart from what is remarked of it.
struct FigureWording {
  /// What it is; nil where the rule does not say.
  let meaning: Text?
  /// Whether the document does not lay it down.
  let isUnstated: Bool
  /// Whether it is assumed for the costing, so that no text has it.
  let isAssumed: Bool
  /// Whether it is a time, of which nought is none.
  let isTime: Bool

  private static let unstated = ["未规定", "未写明", "未明确", "没有规定", "未作规定", "没有写明"]
  private static let assumed = ["测算假定", "本程序假定"]

  init(_ parameter: Parameter) {
    isTime = parameter.type == .months || parameter.type == .days
    guard let text = parameter.meaning else {
      (meaning, isUnstated, isAssumed) = (nil, false, false)
      return
    }
    isUnstated = FigureWording.unstated.contains { text.zh.contains($0) }
    isAssumed = FigureWording.assumed.contains { text.zh.contains($0) } || text.en.contains("our assumption")
    meaning = Text(FigureWording.english(text.en), zh: FigureWording.chinese(text.zh))
  }

  private static func english(_ text: String) -> String {
    let text = text.prefix { $0 != ";" }
    guard text.hasSuffix("(our assumption)") else { return String(text) }
    return String(text.dropLast(" (our assumption)".count))
  }

  private static func chinese(_ text: String) -> String {
    var text = text.prefix { !"；;".contains($0) }
    // 须稳定就业的月数，通知未规定
    if let comma = text.lastIndex(of: "，"), unstated.contains(where: { text[comma...].contains($0) }) {
      text = text[..<comma]
    }
    for word in assumed where text.hasSuffix("（" + word + "）") { text = text.dropLast(word.count + 2) }
    return String(text)
  }
}
