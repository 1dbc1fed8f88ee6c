// What is said of a command before anybody asks for it: its words in both languages, how it is used, which options it
// takes. Help, completion, the manual page and the parser read it here and nowhere else. Knows nothing of what a
// command does.

import Diagnostics

/// The words and the use of one command.
package struct CommandForm: Sendable {
  /// Where the overview of help lists it.
  package enum Group: CaseIterable, Sendable {
    case scenarios, costing, reasons, whatIf, proposals, session

    package var title: Text {
      switch self {
      case .scenarios: Text("Scenarios and what there is", zh: "情景与资料")
      case .costing: Text("What it costs", zh: "测算")
      case .reasons: Text("Why", zh: "缘由")
      case .whatIf: Text("What if", zh: "假设")
      case .proposals: Text("Proposals", zh: "方案设计")
      case .session: Text("The session", zh: "会话")
      }
    }
  }

  /// Which options it takes beside `as FORMAT` and `into FILE`, which any command takes.
  package struct Options: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    /// `with NAME = VALUE` before it.
    package static let settings = Options(rawValue: 1)
    /// `by DIMENSION`
    package static let dimension = Options(rawValue: 2)
    /// `as enacted`, `as adopted`
    package static let mode = Options(rawValue: 4)
    /// `by FACT`
    package static let fact = Options(rawValue: 8)
    /// `per NAME`
    package static let per = Options(rawValue: 16)
    /// `on duckdb`
    package static let engine = Options(rawValue: 32)
  }

  /// The name by which messages, stored fingerprints and other programs know it; never translated.
  package let name: String
  /// The English spellings, the usual one first.
  package let english: [String]
  /// The Chinese spellings, the usual one first.
  package let chinese: [String]
  /// What it does, in a few words.
  package let meaning: Text
  /// How it is used.
  package let usage: Text
  /// What its page of help says beyond the one line.
  package let more: Text?
  package let group: Group
  package let options: Options
  /// Whether `plot` can draw its answer.
  package let isDrawable: Bool
  /// Whether a quoted text behind it may have several lines.
  package let takesLongText: Bool
  /// Where the overview lists it within its group; nil: in the order of the vocabulary.
  package let order: Int?

  package init(
    _ name: String, english: [String]? = nil, chinese: [String], meaning: Text, usage: Text, more: Text? = nil,
    group: Group, order: Int? = nil, options: Options = [], isDrawable: Bool = false,
    takesLongText: Bool = false
  ) {
    self.name = name
    self.english = english ?? [name]
    self.chinese = chinese
    self.meaning = meaning
    self.usage = usage
    self.more = more
    self.group = group
    self.options = options
    self.isDrawable = isDrawable
    self.takesLongText = takesLongText
    self.order = order
  }

  /// Every spelling.
  package var spellings: [String] { english + chinese }

  /// The usual spelling in a language.
  package func word(_ language: Language) -> String { language == .en ? english[0] : chinese[0] }
}
