// Answers as JSON, an object a line: amounts as strings of yuan, words in English, ids as they are. The one place
// that says how a value of each type is written for programs.

import Reckoning
import View

extension OutputFormat {
  /// An object a line.
  package static let json: OutputFormat = OutputFormat(
    rawValue: "json", chinese: ["json格式"], endings: ["json", "jsonl"]
  ) { answer, _ in
    if let stream = answer.stream(as: .json) { return stream.text(.json) }
    return answer.json.map { $0.line + "\n" }.joined()
  }
}

extension JSONValue {
  /// A value as programs read it.
  package init(_ datum: Datum) {
    switch datum {
    case .none: self = .null
    case .words(let text): self = .string(text.en)
    case .id(let name): self = .string(name)
    case .flag(let holds): self = .bool(holds)
    case .count(let value): self = .int(value)
    case .money(let fen), .change(let fen): self = .money(fen: fen)
    case .decimal(let text): self = .number(text)
    case .share(let share): self = .string(Decimals.text(share.parts, scale: 8, keep: 0))
    case .date(let text): self = .string(text)
    case .list(let items): self = .array(items.map { JSONValue($0) })
    case .record(let record): self = JSONValue(record)
    case .rows(let relation): self = JSONValue(relation)
    }
  }

  /// A record as an object.
  package init(_ record: Record) { self = .object(record.members.map { Member($0.key, JSONValue($0.value)) }) }

  /// A relation as a list of objects.
  package init(_ relation: Relation) {
    let columns = relation.columns(.json)
    self = .array(
      (0..<relation.count).map { row in
        .object(
          columns.compactMap { column in
            let head = relation.columns[column]
            let datum = relation.datum(row, column)
            if case .none = datum, head.isLeftOutWhenNone { return nil }
            return Member(head.key, JSONValue(datum))
          })
      })
  }
}

extension JSONValue {
  /// An object whose lists have at most so many entries. Each list that was cut is named with the number it had:
  /// `"cut":{"payments":{"shown":1000,"of":25000}}`.
  package func shortened(to limit: Int) -> JSONValue {
    guard case .object(let members) = self else { return self }
    var cut: [Member] = []
    let kept = members.map { member -> Member in
      guard case .array(let entries) = member.value, entries.count > limit else { return member }
      cut.append(Member(member.key, ["shown": .int(Int64(limit)), "of": .int(Int64(entries.count))]))
      return Member(member.key, .array(Array(entries.prefix(limit))))
    }
    return cut.isEmpty ? self : .object(kept + [Member("cut", .object(cut))])
  }
}
