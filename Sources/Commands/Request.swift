// What one command asks for. Each command is a type of its own, with its words, its grammar and its meaning; the syntax
// tree of a command line is whatever requests there are. Knows nothing of sessions.

import Answers
import Diagnostics

/// What a command asks for, as parsed: the same value for every spelling of it.
package protocol Request: Sendable {
  /// Its words and use.
  static var form: CommandForm { get }

  /// Reads what stands behind the command's word, up to the options.
  ///
  /// - Throws: what is wrong with the words, at its place.
  init(from parser: inout StatementParser) throws(Misread)

  /// Adds to a meaning what is asked for, part by part.
  func describe(to meaning: inout Meaning)

  /// The form whose options may follow: its own, but where it holds another command.
  var optionForm: CommandForm { get }
}

extension Request {
  /// Its words and use.
  package var form: CommandForm { Self.form }

  package var optionForm: CommandForm { Self.form }
}

/// What a command means, apart from its language, its spelling and its place in a file: what a stored fingerprint rests
/// on.
/// Written by hand, so that renaming something in the program makes no fingerprint old.
package struct Meaning: Sendable {
  /// The same for every spelling of the command.
  package private(set) var text = ""
  /// The names and values in it, as typed.
  package private(set) var words: [String] = []

  package init(_ command: Command) { describe(command) }

  private mutating func describe(_ command: Command) {
    text += command.request.form.name + "("
    add("with", command.with)
    command.request.describe(to: &self)
    add(command.grouping)
    add("per", command.per)
    add("on", command.engine?.rawValue)
    add("mode", command.mode?.rawValue)
    add("format", command.format?.rawValue)
    add("into", command.into)
    text += ")"
  }

  /// A part that is a word of the user's.
  package mutating func add(_ key: String, _ written: Written?) {
    guard let written else { return }
    text += "\(key):'\(written.text)';"
    words.append(written.raw)
  }

  /// A part that the program has a name for.
  package mutating func add(_ key: String, _ name: String?) {
    guard let name else { return }
    text += "\(key):\(name);"
  }

  package mutating func add(_ key: String, _ list: [Written]) {
    for written in list { add(key, written) }
  }

  package mutating func add(_ key: String, _ programme: Programme?) {
    guard let programme else { return }
    text += key + "["
    add("", programme.names)
    text += "]"
  }

  package mutating func add(_ key: String, _ assignments: [Assignment]) {
    for assignment in assignments {
      add(key, assignment.name)
      add("=", assignment.value)
    }
  }

  /// A command within the command.
  package mutating func add(_ key: String, _ command: Command?) {
    guard let command else { return }
    text += key + ":"
    describe(command)
  }
}
