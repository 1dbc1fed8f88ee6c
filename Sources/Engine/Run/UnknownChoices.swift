// Readings that are set to a choice that they do not have. Whoever sets one is held to its choices then, but a draft
// may put another text in the document's place afterwards. Knows nothing of drafts.
import Diagnostics
import PolicyLanguage

extension RunSettings {
  /// The readings of some documents that are set, by their own ids, to what is none of their choices; for these the
  /// default stands, and somebody has to be told.
  func unknownChoices(in documents: [CheckedDocument]) -> [Diagnostic] {
    if readings.isEmpty { return [] }
    return documents.flatMap { $0.readings + $0.measures.flatMap(\.readings) }.compactMap { reading in
      guard let wanted = readings[reading.id], !reading.choices.contains(where: { $0.name == wanted }) else {
        return nil
      }
      let standing = reading.choices[reading.defaultIndex].name
      return Diagnostic(
        .warning, code: "unknown-choice",
        Text(
          "\(reading.id) is set to \(wanted), which is none of its choices; \(standing) stands instead.",
          zh: "\(reading.id) 被设为 \(wanted)，但没有这个选项；现按 \(standing) 计算。"),
        hint: Text(
          "Set it again, or take the setting back with `set \(reading.id) = default`.",
          zh: "请重新设置，或用 `set \(reading.id) = default` 取消该设置。"),
        at: reading.location)
    }
  }
}
