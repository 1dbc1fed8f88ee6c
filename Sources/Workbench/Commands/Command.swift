// One syntax tree for everything that can be asked, in English and in Chinese alike. Knows nothing of which names
// exist: they are looked up when the command is performed.
//
//   script     = { command ( ";" | line end ) }
//   command    = [ "with" setting { "," setting } ] verb ...  { option }
//   setting    = NAME "=" value
//   option     = "by" dimension | "as" ( mode | format ) | "into" FILE
//   programme  = NAME { "+" NAME }
//   value      = number [ unit ] | date | NAME | "none" | "default" | "quoted"

import Diagnostics
import Engine
import Reports

/// A word as it was written, with its place.
public struct Written: Sendable {
  /// Full-width forms made plain, quotation marks removed.
  public let text: String
  /// The letters as typed, for ids and names of files.
  public let raw: String
  public let place: Place

  public init(text: String, raw: String, place: Place) {
    self.text = text
    self.raw = raw
    self.place = place
  }
}

/// `NAME = VALUE`
public struct Assignment: Sendable {
  public let name: Written
  public let value: Written
}

/// Documents in force together: `changle-2022 + jindong-2021`.
public struct Programme: Sendable {
  public let names: [Written]

  /// As it is shown: `changle-2022 + jindong-2021`.
  public var text: String { names.map(\.text).joined(separator: " + ") }
}

/// What `list` lists.
public enum Listing: String, Sendable, CaseIterable {
  case scenarios
  case documents
  case measures
  case drafts
  case readings
  case values
  case duties
  case parameters
}

/// In what form an answer comes.
public enum OutputFormat: String, Sendable, CaseIterable {
  case table
  case json
  case csv
  case markdown
}

/// What is to be done.
public enum Action: Sendable {
  case load(Written, name: Written?)
  case use(Written)
  case list(Listing)
  /// Records of one list of facts: `list hires`.
  case listFacts(Written)
  case show(Written)
  case set([Assignment])
  case undo(Int)
  case redo(Int)
  case history
  case reset
  case run(Programme?)
  case compare([Programme])
  case payments(Written?)
  case duties(Programme?)
  case readings(Programme?)
  case explain(subject: Written, measure: Written?)
  case whyNot(measure: Written, subject: Written)
  case source(Written)
  case save(Written)
  case check([Written])
  case help(Written?)
  case language(Language)
  case tour
  case quit
  /// The last answer again.
  case last(wide: Bool)
  case settings
  case timer(Bool)
}

/// One command.
public struct Command: Sendable {
  /// Settings that hold for this command only.
  public var with: [Assignment] = []
  public var action: Action
  public var dimension: Dimension?
  public var mode: Mode?
  public var format: OutputFormat?
  public var into: Written?
  /// The command's text as written, comments and continuations included.
  public var text: String
  public var place: Place

  public init(_ action: Action, text: String, place: Place) {
    self.action = action
    self.text = text
    self.place = place
  }
}
