// One namespace of everything that can be set: parameters, readings, by-reference values, settings. Any unique tail
// of a name will do, or any of its parts in order that end with the last (`changle-2022.threshold_means`). Names are
// looked for in the documents of the programme first, then in all. Knows nothing of values.

import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Something that can be set.
package enum Settable: Sendable {
  case parameter(Parameter)
  /// The key under which the choice is set: the reading's own id, or a document's or measure's before its name.
  case reading(Reading, key: String)
  case value(ReferenceValue)
  case asOf
  case mode
  /// What may be spent, for comparing with: altogether, or of one source of money.
  case budget(Fund?)
  /// How people respond; no name stands for it, `assume` says it.
  case assumption(Assumption)
  /// What a name of the programme stands for, where no bundled document is called so; nobody sets it.
  case programme(String, Text)

  /// Its whole name.
  package var id: String {
    switch self {
    case .parameter(let parameter): parameter.id
    case .reading(_, let key): key
    case .value(let value): value.name
    case .asOf: "as_of"
    case .mode: "mode"
    case .budget(let fund): fund.map { $0.rawValue + "_budget" } ?? "budget"
    case .assumption(let assumption): assumption.id
    case .programme(let name, _): name
    }
  }

  /// The name's last part, by which it is looked for.
  package var name: String { String(id.split(separator: ".").last ?? "") }

  /// What it is called in both languages, without what it belongs to.
  package var words: Text {
    switch self {
    case .parameter(let parameter): parameter.words
    case .reading(let reading, _): reading.words
    case .value(let value): value.words
    case .asOf: Text("as_of", zh: "核算日")
    case .mode: Text("mode", zh: "施行方式")
    case .budget(let fund):
      fund.map { Text($0.rawValue + "_budget", zh: $0.words.zh + "额度") } ?? Text("budget", zh: "可用预算")
    case .assumption(let assumption): assumption.label
    case .programme(let name, _): .same(name)
    }
  }

  /// What it means.
  package var meaning: Text? {
    switch self {
    case .parameter(let parameter): parameter.meaning
    case .reading(let reading, _): reading.question
    case .value(let value): value.meaning
    case .asOf: Text("payments up to this day are due, later ones pending", zh: "此日及以前的为应付，以后的未到期")
    case .mode: Text("as enacted or as adopted", zh: "按原文件施行，或假设本地采用")
    case .budget(nil):
      Text("what may be spent: results say when it is passed, and how likely", zh: "可用预算：结果会说明何时用完、超支的可能性")
    case .budget(let fund?):
      Text("what may be spent of \(fund.words.en): results say what is left of it", zh: "\(fund.words.zh)的可用额度：结果会说明剩余")
    case .assumption:
      Text("how people are taken to respond; static figures do without it", zh: "对人员反应的假设；静态数字不含此项")
    case .programme: Text("what the name stands for", zh: "该名称所指的方案内容")
    }
  }
}

/// Which things a name may stand for.
package enum Wanted {
  case anything
  /// The `readings` of a scenario.
  case readings
  /// The `values` of a scenario.
  case values

  package func admits(_ target: Settable) -> Bool {
    switch (self, target) {
    case (.anything, _), (.readings, .reading), (.values, .value): true
    default: false
    }
  }
}

/// What a name may stand for.
package enum Resolution {
  case found(Settable)
  case ambiguous([Settable])
  case unknown(nearest: [String])
}

/// The names of some documents.
package struct NameTable {
  private let documents: [CheckedDocument]

  package init(_ documents: [CheckedDocument]) { self.documents = documents }

  /// Settings that belong to no document.
  package static let settings: [Settable] = [.asOf, .mode, .budget(nil)]

  /// The limits of the sources that the documents draw on.
  private var fundLimits: [Settable] {
    let funds = Set(
      documents.flatMap { document in
        (document.heading.funds?.shares ?? []) + document.measures.flatMap { $0.heading.funds?.shares ?? [] }
      }.map(\.fund))
    return Fund.allCases.filter(funds.contains).map { .budget($0) }
  }

  /// Everything that has a name of its own, in the order of the documents.
  package var all: [Settable] {
    var out = NameTable.settings + fundLimits + Reading.global.map { .reading($0, key: $0.id) }
    var values: Set<String> = []
    for document in documents {
      out += (document.parameters + document.fundParameters).map { .parameter($0) }
      out += document.readings.map { .reading($0, key: $0.id) }
      for value in document.values where values.insert(value.name).inserted { out.append(.value(value)) }
      for measure in document.measures {
        out += measure.parameters.map { .parameter($0) }
        out += measure.readings.map { .reading($0, key: $0.id) }
      }
    }
    return out
  }

  /// Every thing that a name may stand for.
  package func matches(_ name: String) -> [Settable] {
    let wanted = name.split(separator: ".", omittingEmptySubsequences: false)
    guard wanted.count <= 4, let last = wanted.last, !last.isEmpty else { return [] }
    let dated = dated(name, last)
    if !dated.isEmpty { return dated }
    if name.utf8.contains(where: { $0 >= 0x80 }) { return matches(chinese: wanted) }
    let all = self.all.filter { $0.name == last }
    if let exact = all.first(where: { $0.id == name }) { return [exact] }
    var found = all.filter { NameTable.isContained(wanted, in: $0.id.split(separator: ".")) }
    if found.isEmpty, wanted.count > 1 { found = overrides(Array(wanted.dropLast()), String(last)) }
    return found
  }

  /// `lpr.2022-01-20`: a value that changes on certain days, from one of them on; none where the name ends with no day.
  private func dated(_ name: String, _ last: Substring) -> [Settable] {
    guard let day = Day(last) else { return [] }
    let value = name.dropLast(last.utf8.count + 1)
    return matches(String(value)).compactMap { target in
      guard case .value(let found) = target, found.isByDate else { return nil }
      return .value(found.named(found.name + "." + day.text))
    }
  }

  /// The same where some part of the name is Chinese: measures and things by either name.
  private func matches(chinese wanted: [Substring]) -> [Settable] {
    guard let last = wanted.last else { return [] }
    // A figure of a table as answers call it: 展位标准.小型.界限.
    let called = all.filter { target in
      guard case .parameter(let parameter) = target, wanted.count > 1 else { return false }
      let own = parameter.fullWords.zh
      // 技能津贴的资金来源.失业保险基金比例, as well.
      let names = [own] + (parameter.owner.map { [$0 + "的" + own] } ?? [])
      return names.contains(wanted.joined(separator: "."))
        || names.contains(wanted.dropFirst().joined(separator: ".")) && parameter.id.hasPrefix(wanted[0] + ".")
    }
    if !called.isEmpty { return called }
    return matches(partly: wanted, last)
  }

  /// The same by the names of the parts.
  private func matches(partly wanted: [Substring], _ last: Substring) -> [Settable] {
    let measures = documents.flatMap(\.measures)
    let called = all.filter { $0.name == last || $0.words.zh == last }
    // A measure's Chinese name may stand for measures of several documents.
    var prefixes: [[Substring]] = [[]]
    for part in wanted.dropLast() {
      let ids = Set(measures.filter { $0.words.zh == part }.map(\.name)).sorted().map { Substring($0) }
      prefixes = prefixes.flatMap { prefix in (ids.isEmpty ? [part] : ids).map { prefix + [$0] } }
    }
    var found: [Settable] = []
    for id in Set(called.map(\.name)).sorted() {
      for prefix in prefixes {
        let name = (prefix + [Substring(id)]).joined(separator: ".")
        // A name in an id's own characters is looked up as such.
        guard !name.utf8.contains(where: { $0 >= 0x80 }) else { continue }
        found += matches(name).filter { target in
          (target.name == last || target.words.zh == last) && !found.contains { $0.id == target.id }
        }
      }
    }
    // 机构奖励的起奖人数, as answers have it.
    if found.isEmpty, let of = last.lastIndex(of: "的"), of > last.startIndex {
      let apart = wanted.dropLast() + [last[..<of], last[last.index(after: of)...]]
      return matches(apart.joined(separator: "."))
    }
    let exact = all.filter { $0.name == last }
    return found.isEmpty ? exact.filter { NameTable.isContained(wanted, in: $0.id.split(separator: ".")) } : found
  }

  /// A general reading for a document or a measure, or a document's reading for a measure.
  private func overrides(_ prefix: [Substring], _ name: String) -> [Settable] {
    var found: [Settable] = []
    // Which document stands is a question between documents: it belongs to none of them.
    if let reading = Reading.global.first(where: { $0.name == name && !$0.isGlobalOnly }) {
      for document in documents {
        if prefix.count == 1, prefix[0] == document.id {
          found.append(.reading(reading, key: document.id + "." + name))
        }
        for measure in document.measures where NameTable.isTail(prefix, of: measure.id.split(separator: ".")) {
          found.append(.reading(reading, key: measure.id + "." + name))
        }
      }
      return found
    }
    found += values(prefix, name)
    for document in documents {
      guard let reading = document.readings.first(where: { $0.name == name }) else { continue }
      for measure in document.measures where NameTable.isTail(prefix, of: measure.id.split(separator: ".")) {
        found.append(.reading(reading, key: measure.id + "." + name))
      }
    }
    return found
  }

  /// A value laid down elsewhere for a document or a measure.
  private func values(_ prefix: [Substring], _ name: String) -> [Settable] {
    var found: [Settable] = []
    for document in documents {
      guard let value = document.values.first(where: { $0.name == name }) else { continue }
      if prefix.count == 1, prefix[0] == document.id { found.append(.value(value.named(document.id + "." + name))) }
      for measure in document.measures where NameTable.isTail(prefix, of: measure.id.split(separator: ".")) {
        found.append(.value(value.named(measure.id + "." + name)))
      }
    }
    return found
  }

  /// Whether parts stand in a name in their order, the last at its end.
  private static func isContained(_ parts: [Substring], in name: [Substring]) -> Bool {
    guard parts.last == name.last else { return false }
    var rest = name[...]
    for part in parts {
      guard let i = rest.firstIndex(of: part) else { return false }
      rest = rest[(i + 1)...]
    }
    return true
  }

  /// Whether parts are the last ones of a name.
  private static func isTail(_ parts: [Substring], of name: [Substring]) -> Bool {
    name.suffix(parts.count) == parts[...]
  }
}

extension Library {
  /// What a name stands for: in the programme's documents if there is anything, else in all.
  package func resolve(_ name: String, in programme: [CheckedDocument], wanted: Wanted = .anything) -> Resolution {
    let near = NameTable(programme)
    let found = oneOfEach(near.matches(name).filter(wanted.admits), programme)
    if let only = found.first, found.count == 1 { return .found(only) }
    if !found.isEmpty { return .ambiguous(found) }
    let far = NameTable(documents)
    let others = oneOfEach(far.matches(name).filter(wanted.admits), programme)
    if let only = others.first, others.count == 1 { return .found(only) }
    if !others.isEmpty { return .ambiguous(others) }
    let things = (near.all + far.all).filter(wanted.admits)
    let isChinese = name.unicodeScalars.contains { $0.value > 0x2E7F }
    let names = isChinese ? things.map(\.words.zh) + things.map(\.id) : things.map(\.id)
    return .unknown(nearest: Nearest.names(to: name, among: names))
  }

  /// Values by the shortest of their names, each once. What only one document or measure asks for is one setting under
  /// each of its names (semantics, Settings).
  private func oneOfEach(_ targets: [Settable], _ programme: [CheckedDocument]) -> [Settable] {
    var out: [Settable] = []
    for target in targets {
      var own = target
      if case .value(let value) = target { own = .value(value.named(shortestName(value.name, programme))) }
      if !out.contains(where: { $0.id == own.id }) { out.append(own) }
    }
    return out
  }

  /// The shortest name under which a value reaches no other measure than under this one.
  private func shortestName(_ name: String, _ programme: [CheckedDocument]) -> String {
    var parts = name.split(separator: ".").map(String.init)
    var day = ""
    if let last = parts.last, Day(last[...]) != nil { day = "." + parts.removeLast() }
    guard parts.count > 1, let bare = parts.last else { return name }
    let known = Set(programme.map(\.id))
    let all = programme + documents.filter { !known.contains($0.id) }
    let asking = all.flatMap { document in
      document.measures.filter { $0.asks(forValue: bare, in: document) }.map { (document: document.id, id: $0.id) }
    }
    let scope = parts.dropLast().joined(separator: ".")
    let reached = asking.filter { $0.id == scope || $0.document == scope }
    guard !reached.isEmpty else { return name }
    if reached.count == asking.count { return bare + day }
    guard parts.count > 2 else { return name }
    let inDocument = asking.filter { $0.document == parts[0] }
    return inDocument.count == reached.count ? parts[0] + "." + bare + day : name
  }

  /// A measure, duty or note by the end of its name, among documents and then among all.
  package func measure(_ name: Written, in documents: [CheckedDocument]) throws(Refusal) -> CheckedMeasure {
    for documents in [documents, self.documents] {
      let found = documents.flatMap(\.measures).filter { measure in
        measure.id == name.text || measure.name == name.text || measure.id.hasSuffix("." + name.text)
          || measure.title.en == name.raw || measure.title.zh == name.raw || measure.words.zh == name.raw
          || measure.typedName.zh == name.raw
      }
      if let only = found.first, found.count == 1 { return only }
      if found.count > 1 { throw Refusal(.ambiguousMeasure(name.raw, found.map(\.typedName)), at: name.location) }
    }
    let near = Nearest.names(
      to: name.text,
      among: (documents + self.documents).flatMap(\.measures).flatMap {
        [$0.id] + ($0.words.zh == $0.name ? [] : [$0.words.zh])
      })
    throw Refusal(.unknownMeasure(name.raw, nearest: near), at: name.location)
  }
}
