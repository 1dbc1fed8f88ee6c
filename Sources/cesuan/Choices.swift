// Words that options take.

import Answers
import ArgumentParser
import Commands
import Diagnostics
import Workbench

/// The form of answers: every one that is a text.
struct Form: ExpressibleByArgument {
  let format: OutputFormat

  init(_ format: OutputFormat) { self.format = format }

  init?(argument: String) {
    guard let format = OutputFormat.texts.first(where: { $0.rawValue == argument }) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { OutputFormat.texts.map(\.rawValue) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  var defaultValueDescription: String { format.rawValue }
}

enum Tongue: String, ExpressibleByArgument, CaseIterable {
  case en
  case zh

  var language: Language { self == .en ? .en : .zh }
}

enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}
