// A command as it was written, in English and in Chinese alike. What stands behind its word is a `Request`. Knows
// nothing of
// which names exist: they are looked up when the command is performed.
//
//   script     = { command ( ";" | line end ) }
//   command    = [ "with" setting { "," setting } ] verb ...  { option }
//   setting    = NAME "=" value
//   option     = "by" key { "," key } | "per" NAME | "on" engine | "as" ( mode | format ) | "into" FILE
//   (* key: Grouping.swift *)
//   programme  = NAME { "+" NAME }
//   value      = number [ unit ] | date | NAME | "none" | "default" | "quoted"

import Answers
import Diagnostics
import Engine
import Reports

/// A word as it was written, with its place.
package struct Written: Sendable {
  /// Full-width forms made plain, quotation marks removed.
  package let text: String
  /// The letters as typed, for ids and names of files.
  package let raw: String
  package let location: SourceRange

  package init(text: String, raw: String, location: SourceRange) {
    self.text = text
    self.raw = raw
    self.location = location
  }
}

/// `NAME = VALUE`
package struct Assignment: Sendable {
  package let name: Written
  package let value: Written

  package init(name: Written, value: Written) {
    self.name = name
    self.value = value
  }
}

/// Documents in force together: `changle-2022 + jindong-2021`.
package struct Programme: Sendable {
  package let names: [Written]

  package init(names: [Written]) { self.names = names }

  /// As it is shown: `changle-2022 + jindong-2021`.
  package var text: String { names.map(\.text).joined(separator: " + ") }
}

/// One command.
package struct Command: Sendable {
  /// Settings that hold for this command only.
  package var with: [Assignment] = []
  package var request: any Request
  /// What an answer is taken apart by; none: as the command does by itself.
  package var grouping: [Grouping] = []
  /// Of what an answer tells the yuan for each; nil: it does not.
  package var per: Written?
  /// The engine that is to compute the answer; nil: this program.
  package var engine: OtherEngine?
  package var mode: Mode?
  package var format: OutputFormat?
  package var into: Written?
  /// The command's text as written, comments and continuations included.
  package var text: String
  package var location: SourceRange

  package init(_ request: any Request, text: String, location: SourceRange) {
    self.request = request
    self.text = text
    self.location = location
  }

  /// The form whose options it takes: that of what is drawn, where it draws something.
  package var optionForm: CommandForm { request.optionForm }
}
