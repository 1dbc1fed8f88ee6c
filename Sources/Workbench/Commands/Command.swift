// One syntax tree for everything that can be asked, in English and in Chinese alike. Knows nothing of which names
// exist: they are looked up when the command is performed.
//
//   script     = { command ( ";" | line end ) }
//   command    = [ "with" setting { "," setting } ] verb ...  { option }
//   setting    = NAME "=" value
//   option     = "by" dimension | "as" ( mode | format ) | "into" FILE
//   programme  = NAME { "+" NAME }
//   value      = number [ unit ] | date | NAME | "none" | "default" | "quoted"
//
//   draft      = "draft" NAME "from" programme [ ":" change { "," change } ]
//   change     = setting | "without" MEASURE | "add" FILE
//   sweep      = "sweep" axis { "," axis } [ "in" programme { "," programme } ]
//   axis       = NAME [ "from" value "to" value [ "step" value ] ]
//   find       = "find" NAME [ "from" value "to" value ] "so that" goal ( "=" | "<=" | ">=" ) value [ "in" programme ]
//   goal       = any of: "total" "due" "pending" MEASURE YEAR MONTH ID
//   cliffs     = "cliffs" [ programme ] [ "within" NUMBER ] [ "for" ID ]
//   simulate   = "simulate" NUMBER [ "times" ] [ "in" programme ] [ ":" NAME "=" distribution { "," ... } ]

import Answers
import Diagnostics
import Engine
import Reports

/// A word as it was written, with its place.
public struct Written: Sendable {
  /// Full-width forms made plain, quotation marks removed.
  public let text: String
  /// The letters as typed, for ids and names of files.
  public let raw: String
  public let location: SourceRange

  public init(text: String, raw: String, location: SourceRange) {
    self.text = text
    self.raw = raw
    self.location = location
  }
}

/// `NAME = VALUE`
public struct Assignment: Sendable {
  public let name: Written
  public let value: Written

  public init(name: Written, value: Written) {
    self.name = name
    self.value = value
  }
}

/// Documents in force together: `changle-2022 + jindong-2021`.
public struct Programme: Sendable {
  public let names: [Written]

  public init(names: [Written]) { self.names = names }

  /// As it is shown: `changle-2022 + jindong-2021`.
  public var text: String { names.map(\.text).joined(separator: " + ") }
}

/// What `list` lists.
public enum Listing: String, Sendable, CaseIterable {
  case scenarios
  case documents
  case measures
  case drafts
  case results
  case readings
  case values
  case duties
  case parameters
}

/// `draft NAME from PROGRAMME: CHANGE, ...`
public struct DraftRequest: Sendable {
  public enum Change: Sendable {
    case set(Assignment)
    case without(Written)
    /// Further measures from a policy text.
    case add(Written)
  }

  public let name: Written
  public let base: Programme
  public let changes: [Change]
}

/// `sweep NAME from A to B [step C], ... [in PROGRAMME, ...]`
public struct SweepRequest: Sendable {
  public struct Axis: Sendable {
    public let name: Written
    /// Nil for readings, of which every choice is taken.
    public let range: (from: Written, to: Written)?
    public let step: Written?
  }

  public let axes: [Axis]
  public let programmes: [Programme]
}

/// `find NAME so that TOTAL = V`
public struct FindRequest: Sendable {
  public let name: Written
  public let range: (from: Written, to: Written)?
  /// What is to reach the figure: total, due, pending, a measure, a year, a month, somebody.
  public let goal: [Written]
  public let comparison: GoalComparison
  public let value: Written
  public let programme: Programme?
}

/// `simulate N times [in PROGRAMME] [: NAME = DISTRIBUTION, ...]`
public struct SimulationRequest: Sendable {
  public let times: Written
  public let programme: Programme?
  public let inputs: [Assignment]
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
  /// `explain A vs B [for ID]`: why two programmes, or two results, pay different sums.
  case explainDifference(Programme, Programme, subject: Written?)
  case draft(DraftRequest)
  case diff(Programme, Programme)
  case sweep(SweepRequest)
  case find(FindRequest)
  case cliffs(Programme?, within: Written?, subject: Written?)
  case sensitivity(Programme?, change: Written?)
  case simulate(SimulationRequest)
  /// A result's chart, or that of a command carried out now; nil: of the last result that has one.
  indirect case plot(result: Written?, command: Command?)
  case verify(Written?)
  case source(Written)
  case save(Written)
  /// A notebook's commands in a language; in the file itself, or into another.
  case translate(Written, Language)
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
  public var location: SourceRange

  public init(_ action: Action, text: String, location: SourceRange) {
    self.action = action
    self.text = text
    self.location = location
  }
}
