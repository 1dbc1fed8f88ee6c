// What ties records together beside persons: the texts by whose equality rules find records, such as a household, a
// contract, a plot. Where records come again as others, those texts are others, too, as far as nobody else has them.
// Knows nothing of how often records come again.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// The facts by whose equality the rules of a programme find records together.
package struct TyingKeys: Sendable, Equatable {
  /// The names of fields, by the list's name.
  private(set) var fields: [String: Set<String>] = [:]

  /// What ties records together in a programme.
  package init(_ documents: [CheckedDocument], in dictionary: FactDictionary) {
    for measure in documents.flatMap(\.measures) {
      let sideways = TyingKeys.sideways(measure)
      let lists = Set([measure.frame?.list].compactMap(\.self) + measure.sets.map(\.list) + sideways.compactMap(\.list))
      func take(_ key: Typed) {
        switch key.operation {
        case .ofFrame(let own): take(own)
        case .selfField(let field): for list in lists { add(field, of: list, dictionary) }
        case .field(let record, let field):
          if case .record(let list) = record.type { add(field, of: list, dictionary) }
        default: break
        }
      }
      for set in sideways { for key in set.keys { for one in [key.member, key.asker] { take(one) } } }
      // Whom frames are of by a text is paid, and stays who it is, as firms do.
      for key in measure.limits.keys { take(key) }
    }
  }

  private mutating func add(_ field: Field, of list: String, _ dictionary: FactDictionary) {
    guard let own = dictionary.list(list)?.field(field.name), own.type == field.type else { return }
    if own.type == .text || own.type == .int { fields[list, default: []].insert(own.name) }
  }

  private static func sideways(_ measure: CheckedMeasure) -> [SidewaysSet] {
    var sets: [SidewaysSet] = []
    measure.expressions.walk { t in
      if case .sideways(let figure) = t.operation { sets.append(figure.set) }
      return .into
    }
    return sets
  }
}

extension CheckedMeasure.Limits {
  /// By what candidates and payments are told apart, or held together.
  fileprivate var keys: [Typed] {
    var all = oncePer + quotas.flatMap(\.keys)
    if let onlyFirst { all += onlyFirst.keys }
    if let onlyHighest { all += onlyHighest.keys }
    for cap in caps + joint.map(\.cap) { for case .figure(let key) in cap.keys { all.append(key) } }
    return all
  }
}

/// Which of the texts that tie records together are others where some records come again.
package struct TiedRecords: Sendable {
  /// A fact that ties records of a list together.
  package struct Key: Sendable {
    /// Its list, and the fact.
    package let list: ListDeclaration
    package let field: Field
    /// How many of the records that come again have it, and of how many their like has another.
    package let all: Int
    package let fresh: Int
  }

  /// By the list's place among the tables.
  package let fresh: [Int: [String: Set<Int32>]]
  /// In the dictionary's order.
  package let keys: [Key]

  /// - Parameters:
  ///   - again: the rows that come again, by the list's place among the tables.
  ///   - kept: the rows of such lists that stay, those among them; lists that are not there stay whole.
  package init(
    _ tying: TyingKeys, _ again: [Int: [Int32]], kept: [Int: [Int32]] = [:], in dataset: Dataset
  ) {
    var own: [Int32: Bool] = [:]
    var columns: [(table: Int, field: Field, column: Column)] = []
    for (index, table) in dataset.tables.enumerated() {
      for name in (tying.fields[table.declaration.name] ?? []).sorted() {
        let isPerson = [table.declaration.person, table.declaration.personID, table.declaration.personName].contains(
          name)
        guard !isPerson, let field = table.declaration.field(name), let column = table.columns[name] else { continue }
        columns.append((index, field, column))
        guard field.type == .text else { continue }
        let rows = Set(again[index] ?? [])
        for row in kept[index]?.map({ Int($0) }) ?? Array(0..<table.count) {
          guard let text = TiedRecords.text(column, row) else { continue }
          own[text] = (own[text] ?? true) && rows.contains(Int32(truncatingIfNeeded: row))
        }
      }
    }
    var fresh: [Int: [String: Set<Int32>]] = [:]
    var keys: [Key] = []
    for (index, field, column) in columns {
      guard let rows = again[index], !rows.isEmpty else { continue }
      let texts = rows.compactMap { TiedRecords.text(column, Int($0)) }
      if texts.isEmpty { continue }
      let others = field.type == .text ? texts.filter { own[$0] == true } : []
      if !others.isEmpty { fresh[index, default: [:]][field.name] = Set(others) }
      keys.append(
        Key(list: dataset.tables[index].declaration, field: field, all: texts.count, fresh: others.count))
    }
    self.fresh = fresh
    self.keys = keys
  }

  private static func text(_ column: Column, _ row: Int) -> Int32? {
    column.raw(row).flatMap { $0 > Int64(Absent.none32) ? Int32(truncatingIfNeeded: $0) : nil }
  }

  /// What was taken for granted, a sentence for each fact.
  package var notes: [Text] {
    keys.map { key in
      let (field, list) = (key.field.words, key.list.words)
      let en = "The rules find \(list.en) by the same \(key.field.name); "
      let zh = "规则按“\(field.zh)”联系各条\(list.zh)："
      let hint = Text(
        " What is to stay the same is a list of its own, which records refer to.", zh: "须保持不变的，应另列清单供引用。")
      if key.fresh == 0 {
        return key.field.type == .text
          ? Text(
            "\(en)others have it, too, so that it stays the same where they come again.",
            zh: "\(zh)其他记录也有相同的值，再现时保持不变。")
          : Text("\(en)a number, it stays the same where they come again.", zh: "\(zh)为数字，再现时保持不变。")
      }
      if key.fresh == key.all {
        return Text(
          "\(en)where they come again it is another, as persons are.\(hint.en)", zh: "\(zh)再现时另计，与人员相同。\(hint.zh)")
      }
      return Text(
        "\(en)where they come again it is another, as persons are, for \(key.fresh) of \(key.all), and stays the same "
          + "for those that share it with other records.\(hint.en)",
        zh: "\(zh)\(key.all) 条中 \(key.fresh) 条再现时另计，与人员相同；其余与其他记录共有，保持不变。\(hint.zh)")
    }
  }
}
