// Every preference and every setting with its value and where it comes from.

import Answers
import Diagnostics
import Sessions
import View

struct SettingsAnswer: Sendable {
  /// Something that is set, or might be.
  struct Entry: Sendable {
    let name: Text
    let value: Text
    /// The source's word for programs.
    let source: String
    let sourceTitle: Text
    /// The line of a file, or the variable.
    let detail: String
    let meaning: Text

    init(_ name: Text, _ value: Text, _ source: (source: PreferenceSource, detail: String), _ meaning: Text) {
      self.name = name
      self.value = value
      self.source = source.source.word
      sourceTitle = source.source.title
      detail = source.detail
      self.meaning = meaning
    }

    /// What something else than the preferences' sources has set.
    init(_ name: Text, _ value: Text, word: String, title: Text, _ meaning: Text) {
      self.name = name
      self.value = value
      source = word
      sourceTitle = title
      detail = ""
      self.meaning = meaning
    }
  }

  private let settings: Relation

  init(_ entries: [Entry]) {
    settings = Relation(
      of: entries,
      [
        .words("name", Text("Setting", zh: "选项"), .essential) { $0.name }.role(.name),
        .words("value", Text("Value", zh: "值"), .essential) { $0.value }.role(.number),
        .id("source", Text("From", zh: "来源"), .important) { $0.source }
          .shown { entry in
            [Span(entry.sourceTitle)] + (entry.detail.isEmpty ? [] : [.data("  " + entry.detail, .muted)])
          },
        .id("detail", Text("Where", zh: "位置")) { $0.detail },
        .words("meaning", Text("Meaning", zh: "含义"), .useful) { $0.meaning }.role(.muted).forPeople(),
      ])
  }

  /// - Parameter hint: how one is changed.
  func answer(_ hint: [Span]) -> Answer {
    Answer(
      [.relation(settings), .block(.paragraph(hint))],
      records: [Record(kind: "settings", ["settings": .rows(settings)])])
  }
}
