// What things are called in answers: in English by their ids, in Chinese by their names. Programs read ids, wherever
// people read names. Knows nothing of tables.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

extension CheckedMeasure {
  /// The measure where there are several documents: its whole id, or its Chinese name.
  var label: Text { Text(id, zh: words.zh) }
}

extension Reading {
  /// The reading with what it belongs to.
  var label: Text { Text(id, zh: owner.map { $0 + "的" + words.zh } ?? words.zh) }
}

extension Settable {
  /// The thing with what it belongs to.
  package var label: Text {
    switch self {
    case .parameter(let parameter):
      // A figure of a table is nothing without the table.
      let own = parameter.fullWords.zh
      return Text(parameter.id, zh: parameter.owner.map { $0 + "的" + own } ?? own)
    case .reading(let reading, let key):
      // A reading that is set for one document or measure alone keeps that one's id.
      let place = key == reading.id ? "" : "（" + key.split(separator: ".").dropLast().joined(separator: ".") + "）"
      return Text(key, zh: reading.label.zh + place)
    case .value, .asOf, .mode, .budget, .programme: return Text(id, zh: words.zh)
    case .assumption(let assumption): return assumption.label
    }
  }
}

extension Parameter {
  /// What it is called in full, with the word with which Chinese counts what it is a number of.
  fileprivate var countedWords: Text {
    countingWord.isEmpty ? fullWords : Text(fullWords.en, zh: "\(fullWords.zh)（\(countingWord)）")
  }
}

extension Settable {
  /// What it is called in the head of a column: a row of a table is nothing without the table.
  var headWords: Text {
    if case .parameter(let parameter) = self { return parameter.fullWords }
    return words
  }

  /// What it is called in the head of a column of its figures, with their unit where each of them has none of its own.
  var headWithUnit: Text {
    let type: ValueType
    switch self {
    case .parameter(let parameter): type = parameter.type
    case .value(let value): type = value.type
    case .reading, .asOf, .mode, .budget, .assumption, .programme: return headWords
    }
    switch type {
    case .money, .amount, .rate, .number: return axis
    case .truth, .months, .partMonths, .days, .share, .decimal, .fraction, .date, .dateOrYear, .place, .text, .choice,
      .record, .set, .nothing, .broken:
      return headWords
    }
  }

  /// The thing beside an axis along which it moves, with its unit where the figures on the axis have none of their own.
  var axis: Text {
    let type: ValueType
    switch self {
    case .parameter(let parameter): type = parameter.type
    case .value(let value): type = value.type
    case .budget: type = .money
    case .reading, .asOf, .mode, .assumption, .programme: return words
    }
    switch type {
    case .money, .amount, .rate, .months, .partMonths, .days:
      let unit = FiguresBook.unit(type)
      return Text("\(headWords.en), \(unit.en)", zh: "\(headWords.zh)（\(unit.zh)）")
    case .number:
      if case .parameter(let parameter) = self { return parameter.countedWords }
      return headWords
    case .truth, .share, .decimal, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set,
      .nothing, .broken:
      return headWords
    }
  }
}

extension Dataset {
  /// The first few of some ids by their names.
  func names(_ ids: [String], of total: Int? = nil, limit: Int = 5) -> [Span] {
    .names(ids.map { words($0) }, of: total, limit: limit)
  }
}

extension ListDeclaration {
  /// Some of its records as Chinese counts them: 12名录用人员.
  func counted(_ n: Int) -> String {
    "\(Figures.integer(Int64(n)))\(chinese.classifier ?? "条")\(record.zh)"
  }
}

extension FactDictionary {
  /// A missing fact, by the first list that has it.
  func words(ofFact name: String) -> Text {
    let field = lists.lazy.compactMap { $0.field(name) }.first
    return Text(name, zh: field?.words.zh ?? name)
  }
}

/// What the groups are called that a budget is taken apart by.
struct GroupNames: Sendable {
  private let dimension: Dimension
  private let measures: [String: Text]
  private let dataset: Dataset

  init(_ dimension: Dimension, _ runs: [Session.Run]) {
    self.dimension = dimension
    var measures: [String: Text] = [:]
    for measure in runs.flatMap(\.documents).flatMap(\.measures) {
      switch dimension {
      case .kind: measures[measure.kind] = measure.kindWords
      case .measure: measures[measure.id] = measure.label
      case .beneficiary, .year, .month, .fund: break
      }
    }
    self.measures = measures
    dataset = Invariant.value(runs.first, "groups-of-runs: what is grouped was run").ledger.dataset
  }

  /// What groups of any kind are called, by their keys and what they bring along.
  static func words(_ basis: Breakdown.Basis, _ runs: [Session.Run]) -> (_ key: String, _ title: Text?) -> Text {
    switch basis {
    case .dimension(let dimension):
      let names = GroupNames(dimension, runs)
      return { key, _ in names.words(key) }
    case .keys: return { key, title in title ?? .same(key) }
    }
  }

  func words(_ key: String) -> Text {
    switch dimension {
    case .kind, .measure: measures[key] ?? .same(key)
    case .beneficiary: dataset.words(key)
    case .fund: FundSplit.words(key)
    case .year: Text(key, zh: key + "年")
    case .month: .same(key)
    }
  }
}

extension Expression.Comparison {
  /// The sign as Chinese says it of days, of amounts and of numbers.
  func words(of type: ValueType) -> String {
    let isDate = type == .date || type == .dateOrYear
    switch self {
    case .equal: return isDate ? "为" : "等于"
    case .notEqual: return isDate ? "不为" : "不等于"
    case .less: return isDate ? "早于" : "少于"
    case .lessOrEqual: return isDate ? "不晚于" : "不超过"
    case .greater: return isDate ? "晚于" : "超过"
    case .greaterOrEqual: return isDate ? "不早于" : "不少于"
    }
  }
}
