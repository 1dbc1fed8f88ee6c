// Records by what the user calls them: which one is meant, whether there is one, and which names are near. Knows
// nothing of what is paid for them.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions

extension Desk {
  /// A record, a beneficiary or a subject with a year as somebody names it: its id, and the list that it is a record of
  /// where that is said (`hires.1`), where a name stands for one record, or where a measure looks at that list.
  func subject(
    _ subject: Written, in run: Run, for measure: CheckedMeasure? = nil
  ) throws(Refusal) -> (id: String, list: Int?) {
    let dataset = run.ledger.dataset
    func place(_ table: FactTable) -> Int? { dataset.dictionary.index(table.declaration.name) }
    for text in [subject.raw, subject.text] {
      if let (found, year) = Records.qualified(subject: text, in: dataset) {
        return ((found.table.ids?.text(found.row) ?? text) + year, place(found.table))
      }
    }
    let id = try subjectID(subject, in: run, for: measure)
    let bare = Records.parts(id, in: dataset).bare, found = Records.find(bare, in: dataset)
    if case .list(let list)? = measure?.frame?.base, found.count > 1,
      let own = found.first(where: { $0.table.declaration.name == list })
    {
      return (id, place(own.table))
    }
    if [subject.raw, subject.text].contains(where: { Records.parts($0, in: dataset).bare == bare }) {
      return (id, nil)
    }
    let named =
      [subject.raw, subject.text].lazy.map { Records.named(Records.parts($0, in: dataset).bare, in: dataset) }
      .first { !$0.isEmpty } ?? []
    let own = named.filter { $0.table.ids?.text($0.row) == bare }
    return (id, own.count == 1 ? place(own[0].table) : nil)
  }

  /// The id of a record, a beneficiary or a subject with a year (`k1@2022`), by the id or by a name that one record
  /// has.
  /// - Parameter measure: of several records of one name, those that it looks at are meant.
  func subjectID(_ subject: Written, in run: Run, for measure: CheckedMeasure? = nil) throws(Refusal) -> String {
    let dataset = run.ledger.dataset
    for text in [subject.raw, subject.text] {
      let (bare, year) = Records.parts(text, in: dataset)
      if dataset.tables.contains(where: { $0.ids?.row(bare) != nil }) { return text }
      if Records.isFramed(bare, run.documents, dataset) { return text }
      var found = Records.named(bare, in: dataset)
      if case .list(let list)? = measure?.frame?.base {
        let own = found.filter { $0.table.declaration.name == list }
        if !own.isEmpty { found = own }
      }
      let ids = found.compactMap { $0.table.ids?.text($0.row) }
      if let only = ids.first, Set(ids).count == 1 { return only + year }
      if !ids.isEmpty {
        throw Refusal(.ambiguousSubject(subject.raw, ids.map { .same($0 + year) }), at: subject.location)
      }
      if Records.exists(bare, in: dataset) { return text }
    }
    if let home = homeSubject(subject, in: run, for: measure) { return home }
    let measures = run.documents.flatMap(\.measures)
    if measures.contains(where: { $0.name == subject.text || $0.words.zh == subject.text || $0.id == subject.text }) {
      throw Refusal(.measureAsSubject(subject.raw), at: subject.location)
    }
    let near = Nearest.names(
      to: subject.text, among: Records.someIDs(of: dataset) + Records.someNames(of: dataset))
    throw Refusal(.unknownSubject(subject.raw, nearest: near), at: subject.location)
  }

  /// The district that a document applies in, as a subject, by its code or its name, where a measure looks at it: as
  /// duties of the district do. With the year where one is said (`330703@2023`).
  private func homeSubject(_ subject: Written, in run: Run, for measure: CheckedMeasure?) -> String? {
    let wanted = measure.map { [$0] } ?? run.documents.flatMap(\.measures)
    let homes = Set(wanted.filter(Records.isOfDistrict).compactMap { run.ledger.homes[$0.document] })
    let places = library.places
    for text in [subject.raw, subject.text] where !homes.isEmpty {
      let (bare, year) = Records.parts(text, in: run.ledger.dataset)
      var meant: [Int32] = []
      if case .found(let id, _) = places.reading(bare) { meant.append(id) }
      switch places.resolve(bare) {
      case .found(let id): meant.append(id)
      case .ambiguous(let ids): meant += ids
      case .unknown: break
      }
      if let home = meant.first(where: homes.contains) { return places.codes[Int(home)].text + year }
    }
    return nil
  }
}

/// Records by id.
enum Records {
  /// How many ids a question may look through for a resemblance.
  static let limit = 5000

  /// Whether some record has this id, or a text field of some list has this text (a referrer, a platform).
  static func exists(_ id: String, in dataset: Dataset) -> Bool {
    if dataset.tables.contains(where: { $0.ids?.row(id) != nil }) { return true }
    return dataset.texts.id(id) != nil
  }

  /// An id or a name, and the year behind it (`@2022`), empty where there is none.
  static func parts(_ text: String, in dataset: Dataset) -> (bare: String, year: String) {
    let (bare, mark) = dataset.parts(ofSubject: text)
    return (bare, mark.map { "@" + $0 } ?? "")
  }

  /// Whether a measure looks at the district itself, and at no list.
  static func isOfDistrict(_ measure: CheckedMeasure) -> Bool {
    if case .district? = measure.frame?.base { return true }
    return false
  }

  /// Whether a measure looks at a text itself, as at everybody who has referred somebody.
  static func isFramed(_ text: String, _ documents: [CheckedDocument], _ dataset: Dataset) -> Bool {
    guard let number = dataset.texts.id(text) else { return false }
    return documents.flatMap(\.measures).contains { measure in
      guard case .texts(let field, let list)? = measure.frame?.base,
        case .int32(let texts)? = dataset.table(list)?.columns[field.name]?.data
      else { return false }
      return texts.buffer.contains(number)
    }
  }

  /// The records that a name stands in, no more than can be chosen from. Names are numbers: a long list is gone through
  /// by comparing them.
  static func named(_ name: String, in dataset: Dataset) -> [(table: FactTable, row: Int)] {
    guard let number = dataset.texts.id(name) else { return [] }
    var found: [(table: FactTable, row: Int)] = []
    for table in dataset.tables {
      var rows: Set<Int> = []
      for names in nameColumns(of: table) {
        for row in 0..<table.count where names.buffer[row] == number && found.count < Records.chosenFrom {
          if rows.insert(row).inserted { found.append((table, row)) }
        }
      }
    }
    return found
  }

  private static let chosenFrom = 50

  /// What may be typed for a record in Chinese: its name where that stands for it alone, else its id.
  static func typed(_ id: String, in dataset: Dataset) -> String {
    let (bare, year) = parts(id, in: dataset)
    guard let found = find(bare, in: dataset).first else { return id }
    for names in nameColumns(of: found.table) where names.buffer[found.row] >= 0 {
      let name = dataset.texts.text(names.buffer[found.row])
      if CommandText.isWord(name), find(name, in: dataset).isEmpty, named(name, in: dataset).count == 1 {
        return name + year
      }
    }
    return id
  }

  /// The columns of texts by which people call a list's records.
  static func nameColumns(of table: FactTable) -> [Storage<Int32>] {
    ["name", table.declaration.personName].compactMap { name in
      guard let name, table.declaration.field(name)?.type == .text, case .int32(let texts)? = table.columns[name]?.data
      else { return nil }
      return texts
    }
  }

  /// Names for did-you-means and completion; no more than are worth looking through.
  static func someNames(of dataset: Dataset, limit: Int = Records.limit) -> [String] {
    var out: [String] = []
    for table in dataset.tables.sorted(by: { $0.count < $1.count }) {
      for names in nameColumns(of: table) {
        for row in 0..<min(table.count, max(limit - out.count, 0)) where names.buffer[row] >= 0 {
          out.append(dataset.texts.text(names.buffer[row]))
        }
      }
    }
    return out
  }

  /// Where a record is: its list and row.
  static func find(_ id: String, in dataset: Dataset) -> [(table: FactTable, row: Int)] {
    dataset.tables.compactMap { table in table.ids?.row(id).map { (table, $0) } }
  }

  /// Ids for did-you-means and completion; no more than are worth looking through.
  static func someIDs(of dataset: Dataset, limit: Int = Records.limit) -> [String] {
    var out: [String] = []
    // Short lists first: agencies and enterprises are asked about more often than single hires.
    for table in dataset.tables.sorted(by: { $0.count < $1.count }) {
      guard let ids = table.ids else { continue }
      for row in 0..<min(ids.count, limit - out.count) { out.append(ids.text(row)) }
      if out.count >= limit { break }
    }
    return out
  }
}

extension Records {
  /// `agencies.1`: the record of a list that is named, where several lists share an id.
  static func qualified(_ name: String, in dataset: Dataset) -> (table: FactTable, row: Int)? {
    guard let dot = name.firstIndex(of: ".") else { return nil }
    let (list, id) = (String(name[..<dot]), String(name[name.index(after: dot)...]))
    guard
      let table = dataset.tables.first(where: {
        $0.declaration.name == list || $0.declaration.singular == list || $0.declaration.title.zh == list
      }), let row = table.ids?.row(id)
    else { return nil }
    return (table, row)
  }

  /// The record of `hires.1`, or of `hires.1@2022` with the year behind it: an id that holds `@` goes first. Nil where
  /// the text is an id itself.
  static func qualified(
    subject text: String, in dataset: Dataset
  ) -> (found: (table: FactTable, row: Int), year: String)? {
    if !find(text, in: dataset).isEmpty { return nil }
    if let found = qualified(text, in: dataset) { return (found, "") }
    let (bare, year) = parts(text, in: dataset)
    guard !year.isEmpty, find(bare, in: dataset).isEmpty else { return nil }
    return qualified(bare, in: dataset).map { ($0, year) }
  }

  /// A remark that several lists have a record of this id, with the words that ask for each alone.
  /// - Parameters:
  ///   - ask: what asks, in both languages, before the record.
  ///   - meant: the list that is meant, by its place; nil: all are.
  static func shared(
    _ id: String, in dataset: Dataset, _ ask: Text = Text("show", zh: "查看"), meant: Int? = nil
  ) -> [Diagnostic] {
    let found = find(parts(id, in: dataset).bare, in: dataset)
    guard found.count > 1 else { return [] }
    let lists = found.map(\.table.declaration)
    let bare = parts(id, in: dataset).bare
    if let meant, dataset.tables.indices.contains(meant) {
      let own = dataset.tables[meant].declaration
      let others = lists.filter { $0.name != own.name }
      return [
        Diagnostic(
          .note, code: "shared-id",
          Text(
            "`\(shown(bare))` is a record of \(lists.map(\.name).joined(separator: ", ")); "
              + "the one of \(own.name) is meant here",
            zh: "`\(shown(bare))` 同时是\(lists.map(\.title.zh).joined(separator: "、"))的编号；此处指\(own.title.zh)"),
          hint: Text(
            "the other: \(others.map { "\(ask.en) \($0.name).\(shown(bare))" }.joined(separator: ", "))",
            zh: "另一条：\(others.map { "\(ask.zh) \($0.name).\(shown(bare))" }.joined(separator: "，"))"))
      ]
    }
    return [
      Diagnostic(
        .note, code: "shared-id",
        Text(
          "`\(shown(bare))` is a record of \(lists.map(\.name).joined(separator: ", ")); all of them are meant here",
          zh: "`\(shown(bare))` 同时是\(lists.map(\.title.zh).joined(separator: "、"))的编号；此处一并说明"),
        hint: Text(
          "one alone: \(lists.map { "\(ask.en) \($0.name).\(shown(bare))" }.joined(separator: ", "))",
          zh: "只看其中之一：\(lists.map { "\(ask.zh) \($0.name).\(shown(bare))" }.joined(separator: "，"))"))
    ]
  }

  /// A remark that what is shown goes before a record of the same name.
  static func hidden(_ name: String, behind other: Text, _ scenario: LoadedScenario?) -> [Diagnostic] {
    guard let dataset = scenario?.scenario.dataset, let first = find(name, in: dataset).first else { return [] }
    let list = first.table.declaration
    return [
      Diagnostic(
        .note, code: "shared-id",
        Text(
          "`\(shown(name))` is \(other.en) and also a record of \(list.name)",
          zh: "`\(shown(name))` 是\(other.zh)，也是\(list.title.zh)的编号"),
        hint: Text(
          "the record: show \(list.name).\(shown(name))", zh: "该记录：查看 \(list.name).\(shown(name))"))
    ]
  }
}
