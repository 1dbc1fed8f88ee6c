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
  private let body: AnswerBody
  /// What is no list: the answer's kind first.
  package private(set) var values: [(name: String, text: String)] = []

  /// A list with those of its columns that are written, and what they are called.
  package struct Only: Sendable {
    package let relation: Relation
    package let columns: [Int]
    package let names: [String]

    init(_ relation: Relation, _ columns: [Int]) {
      (self.relation, self.columns) = (relation, columns)
      var names: [String] = []
      for number in columns {
        let head = relation.columns[number]
        let name = head.isHeadedByTitle ? head.title.en : head.key
        var (own, k) = (name, 2)
        while names.contains(own) { (own, k) = ("\(name)_\(k)", k + 1) }
        names.append(own)
      }
      self.names = names
    }
  }

  /// The one list of a file that holds one: that of a file of values, or the record's first.
  package var only: Only? {
    ProgramTables.filed(body) ?? lists.first.map { Only($0.relation, ProgramTables.columns(of: $0.relation)) }
  }

  package init(_ answer: Answer) {
    body = answer.body
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
    if let inputs = answer.inputs { values.append(("inputs", inputs.en)) }
    if let mode = answer.settings.mode.flatMap(ProgramTables.text), !values.contains(where: { $0.name == "mode" }) {
      values.append(("mode", mode))
    }
    let changed = answer.settings.filter { !$0.values.isEmpty }
    if !changed.isEmpty { values.append(("settings", JSONValue(changed.datum).line)) }
  }

  /// The list that a file of values holds; nil where there is none with values of their own.
  private static func filed(_ body: AnswerBody) -> Only? {
    for case .relation(let relation) in body.parts {
      switch relation.records {
      case .elsewhere: continue
      case .people: return nil
      case .programs:
        var whole = relation.whole?() ?? relation
        whole.cut = nil
        let columns = whole.columns([.csv, .csvShown])
        return columns.isEmpty ? nil : Only(whole, columns)
      }
    }
    return nil
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
