// An answer as tables for programs: the lists of its record by their keys, and everything else of the record by name.
// Databases and columns in files are made of it. Knows nothing of their forms.

import Diagnostics
import View

/// What programs read of an answer, as tables.
package struct ProgramTables: Sendable {
  /// A list and the key under which the record has it.
  package typealias List = (name: String, relation: Relation)

  /// The lists, in the record's order.
  package private(set) var lists: [List] = []
  /// What is no list: the answer's kind first.
  package private(set) var values: [(name: String, text: String)] = []

  package init(_ answer: Answer) {
    for record in answer.records {
      for member in record.members {
        if case .rows(let relation) = member.value {
          if !relation.columns(.json).isEmpty { lists.append((member.key, relation)) }
        } else if let text = ProgramTables.text(member.value) {
          values.append((member.key, text))
        }
      }
    }
    if lists.isEmpty {
      for case .relation(let relation) in answer.body.parts {
        let relation = relation.whole?() ?? relation
        if !relation.columns([.json, .csv]).isEmpty { lists.append(("rows", relation)) }
      }
    }
    if let left = answer.leftOut { values.append(("left_out", left.en)) }
    if let mode = answer.settings.mode.flatMap(ProgramTables.text), !values.contains(where: { $0.name == "mode" }) {
      values.append(("mode", mode))
    }
    let changed = answer.settings.filter { !$0.values.isEmpty }
    if !changed.isEmpty { values.append(("settings", JSONValue(changed.datum).line)) }
  }

  /// The columns that programs read of a list.
  package static func columns(of relation: Relation) -> [Int] {
    let told = relation.columns(.json)
    return told.isEmpty ? relation.columns(.csv) : told
  }

  /// A value as a text without quotation marks; records and lists of records as JSON. Nil where there is none.
  package static func text(_ datum: Datum) -> String? {
    switch datum {
    case .none: nil
    case .words(let text): text.en
    case .id(let name): name
    case .flag(let holds): holds ? "true" : "false"
    case .count(let value): String(value)
    case .decimal(let text): text
    case .date(let text): text
    case .money, .change, .share:
      if case .string(let text) = JSONValue(datum) { text } else { nil }
    case .list(let items): items.compactMap(text).joined(separator: "; ")
    case .record(let record): JSONValue(record).line
    case .rows(let relation): JSONValue(relation).line
    }
  }
}
