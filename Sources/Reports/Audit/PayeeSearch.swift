// Whom the names and numbers of a list of payments stand for: records of the facts, by id, name or identity number.
// The tables are gone through once for all that a list asks for. Knows nothing of payments.

import Engine
import Facts
import Reckoning

/// Somebody or something in the facts.
package struct Payee: Hashable, Sendable {
  let space: Space
  let row: Int32
}

/// Looks up who is meant.
struct PayeeSearch {
  /// What a name and a number come to.
  struct Found {
    var payees: Set<Payee> = []
    /// Why the name and the number do not go together; nil where they do.
    var problem: PaidReason?
    /// What is worth saying although they do.
    var note: PaidReason?
  }

  private let dataset: Dataset
  private var byName: [String: Set<Payee>] = [:]
  private var byNumber: [String: Set<Payee>] = [:]
  /// By a covered number that stands in place of a name, as this program writes it, whoever has the digits that it
  /// shows.
  private var byCovered: [String: Set<Payee>] = [:]

  /// A name as names are compared: without blanks, full-width letters as plain ones.
  static func plain(_ name: String) -> String { RegisterSurvey.plain(name) }

  /// - Parameters:
  ///   - lines: whose names and numbers will be asked for.
  ///   - homes: the districts that may be paid themselves.
  init(_ dataset: Dataset, for lines: [PaidRegister.Line], homes: [Int32]) {
    self.dataset = dataset
    var names: Set<String> = []
    var numbers: Set<String> = []
    var covered = CoveredNumbers()
    for line in lines {
      for text in [line.payee, line.person, line.record].compactMap(\.self) where CoveredNumber.hasSigns(text) {
        for id in PayeeSearch.ids(text) { covered.add(id, as: PayeeSearch.plain(id)) }
      }
      for name in [line.payee, line.person].compactMap(\.self) {
        names.formUnion(PayeeSearch.ids(name).map(PayeeSearch.plain))
        if let front = PayeeSearch.front(name) { names.insert(PayeeSearch.plain(front)) }
      }
      for number in [line.payeeNumber, line.personNumber].compactMap(\.self) { numbers.insert(number) }
      if let record = line.record { names.formUnion(PayeeSearch.ids(record).map(PayeeSearch.plain)) }
    }
    let texts = dataset.texts.texts
    var named: [Int32: String] = [:]
    var numbered: [Int32: String] = [:]
    for (i, text) in texts.enumerated() {
      let number = Int32(truncatingIfNeeded: i)
      let plain = PayeeSearch.plain(text)
      if names.contains(plain) {
        named[number] = plain
        byName[plain, default: []].insert(Payee(space: .text, row: number))
      }
      let upper = text.uppercased()
      if numbers.contains(upper) { numbered[number] = upper }
    }
    for index in dataset.tables.indices {
      scan(index, names, numbers, named, numbered)
      if !covered.isEmpty { scan(index, covered) }
    }
    for home in homes where dataset.places.codes.indices.contains(Int(home)) {
      let place = Payee(space: .district, row: home)
      for name in [
        dataset.places.names[Int(home)], dataset.places.fullName(home), dataset.places.codes[Int(home)].text,
      ]
      where names.contains(PayeeSearch.plain(name)) { byName[PayeeSearch.plain(name), default: []].insert(place) }
    }
  }

  private mutating func scan(
    _ index: Int, _ names: Set<String>, _ numbers: Set<String>, _ named: [Int32: String], _ numbered: [Int32: String]
  ) {
    let table = dataset.tables[index]
    func payee(_ row: Int) -> Payee { Payee(space: .list(index), row: Int32(truncatingIfNeeded: row)) }
    if let ids = table.ids {
      for row in 0..<ids.count {
        let id = ids.text(row)
        let plain = PayeeSearch.plain(id)
        if names.contains(plain) { byName[plain, default: []].insert(payee(row)) }
        let upper = id.uppercased()
        if numbers.contains(upper) { byNumber[upper, default: []].insert(payee(row)) }
      }
    }
    for field in ["name", table.declaration.personName].compactMap(\.self) {
      guard table.declaration.field(field)?.type == .text, let column = table.columns[field] else { continue }
      for row in 0..<table.count {
        guard let raw = column.raw(row), let name = named[Int32(truncatingIfNeeded: raw)] else { continue }
        byName[name, default: []].insert(payee(row))
      }
    }
    guard let field = table.declaration.personID, let column = table.columns[field], !numbered.isEmpty else { return }
    for row in 0..<table.count {
      guard let raw = column.raw(row), let number = numbered[Int32(truncatingIfNeeded: raw)] else { continue }
      byNumber[number, default: []].insert(payee(row))
    }
  }

  /// Finds whose numbers have the digits that covered ones show: their records, and as whom they are paid.
  private mutating func scan(_ index: Int, _ covered: CoveredNumbers) {
    let table = dataset.tables[index]
    guard let field = table.declaration.personID, let column = table.columns[field] else { return }
    let person = table.declaration.person.flatMap { table.columns[$0] }
    for row in 0..<table.count {
      guard let raw = column.raw(row), raw >= 0 else { continue }
      let keys = covered.keys(of: dataset.texts.text(Int32(truncatingIfNeeded: raw)))
      guard !keys.isEmpty else { continue }
      var found: Set<Payee> = [Payee(space: .list(index), row: Int32(truncatingIfNeeded: row))]
      if let raw = person?.raw(row), raw >= 0 {
        found.insert(Payee(space: .text, row: Int32(truncatingIfNeeded: raw)))
      }
      for key in keys { byCovered[key, default: []].formUnion(found) }
    }
  }

  // MARK: Asking

  /// The record of an id, and the year behind it: `st1@2022`, `st1 2022年度`.
  static func parts(_ record: String) -> (id: String, mark: String?) {
    if let at = record.lastIndex(of: "@"), at > record.startIndex {
      return (String(record[..<at]), String(record[record.index(after: at)...]))
    }
    if record.hasSuffix("年度") {
      let front = record.dropLast(2), year = front.suffix(4), id = front.dropLast(4)
      if let last = id.last, last.isWhitespace, year.count == 4, year.allSatisfy({ $0.isASCII && $0.isNumber }) {
        return (String(id.dropLast()), String(year))
      }
    }
    return (record, nil)
  }

  /// What an id may be called, the whole first: a person's record stands with its id behind the name, as in 张三（h1）.
  static func ids(_ record: String) -> [String] {
    let whole = parts(record).id
    let brackets: [(Character, Character)] = [("（", "）"), ("(", ")")]
    for (open, close) in brackets where whole.last == close {
      guard let from = whole.lastIndex(of: open), from > whole.startIndex else { continue }
      return [whole, String(whole[whole.index(after: from)...].dropLast())]
    }
    return [whole]
  }

  /// The record of an id.
  func record(_ text: String) -> Set<Payee> {
    ([text] + PayeeSearch.ids(text)).lazy.compactMap { called($0) }.first ?? []
  }

  /// Who is called exactly so, or has the number that is covered so.
  private func called(_ text: String) -> Set<Payee>? {
    let plain = PayeeSearch.plain(text)
    return byName[plain] ?? byCovered[plain]
  }

  /// What of a record is meant, where that stands behind its id: the year of `k1@2022`, nothing where that is the id.
  func mark(_ record: String) -> String? {
    byName[PayeeSearch.plain(record)] == nil ? PayeeSearch.parts(record).mark : nil
  }

  /// What stands before a bracket at the end: 张三 of 张三（组长）.
  private static func front(_ name: String) -> String? {
    guard ids(name).count > 1, let open = name.lastIndex(where: { "（(".contains($0) }) else { return nil }
    return String(name[..<open])
  }

  /// Who is called so; behind the name may stand the id, as this program writes it where several have the name, and
  /// behind a person's some other word.
  private func named(_ name: String) -> Set<Payee> {
    if let found = called(name) { return found }
    guard let front = PayeeSearch.front(name) else { return [] }
    let plain = PayeeSearch.plain(front)
    let called = byName[plain] ?? []
    if let id = PayeeSearch.ids(name).last, let found = self.called(id) {
      let meant = found.filter { one in self.name(one).map { PayeeSearch.plain($0) == plain } ?? false }
      if !meant.isEmpty { return meant }
    }
    return isPerson(front) ? called : []
  }

  /// Whether a name is that of people alone, as records of them have it.
  func isPerson(_ name: String) -> Bool {
    let records = (byName[PayeeSearch.plain(name)] ?? []).filter { $0.space != .text }
    return !records.isEmpty
      && records.allSatisfy { record in
        guard case .list(let index) = record.space else { return false }
        return dataset.tables[index].declaration.person != nil
      }
  }

  /// Whether some of those who are meant are firms or places, and no people.
  func isFirm(_ payees: Set<Payee>) -> Bool {
    payees.contains { payee in
      switch payee.space {
      case .text: false
      case .district: true
      case .list(let index): dataset.tables[index].declaration.person == nil
      }
    }
  }

  /// Whether a record names one of some firms: who employs somebody, or sent them.
  func isNamed(_ firms: Set<Payee>, by record: Payee) -> Bool {
    guard case .list(let index) = record.space else { return false }
    let table = dataset.tables[index]
    return table.declaration.fields.contains { field in
      guard case .reference(let list) = field.type, let raw = table.columns[field.name]?.raw(Int(record.row)), raw >= 0
      else { return false }
      return firms.contains { firm in
        guard case .list(let other) = firm.space else { return false }
        return dataset.tables[other].declaration.name == list && Int64(firm.row) == raw
      }
    }
  }

  /// Records with the people that they are of, who are paid as themselves.
  func withPersons(_ payees: Set<Payee>) -> Set<Payee> {
    payees.union(payees.flatMap { persons($0) })
  }

  /// As whom the person of a record may be paid: by what tells people apart, or by name.
  private func persons(_ payee: Payee) -> [Payee] {
    guard case .list(let index) = payee.space else { return [] }
    let table = dataset.tables[index]
    return [table.declaration.person, table.declaration.personName].compactMap { field in
      guard let field, let raw = table.columns[field]?.raw(Int(payee.row)), raw >= 0 else { return nil }
      return Payee(space: .text, row: Int32(truncatingIfNeeded: raw))
    }
  }

  /// The first few people whose numbers have the digits that are shown of one; none where all of it is.
  func labels(of number: String) -> [String] {
    guard let covered = CoveredNumber(number) else { return [] }
    var found: [Payee] = []
    for (index, table) in dataset.tables.enumerated() {
      guard let field = table.declaration.personID, let column = table.columns[field] else { continue }
      for row in 0..<table.count where found.count < 4 {
        guard let raw = column.raw(row), raw >= 0,
          covered.fits(dataset.texts.text(Int32(truncatingIfNeeded: raw)).uppercased())
        else { continue }
        found.append(Payee(space: .list(index), row: Int32(truncatingIfNeeded: row)))
      }
    }
    return found.map { label($0) }
  }

  /// Who is meant by a name and a number; nil where neither is given.
  func found(name: String?, number: String?) -> Found? {
    let named = name.map { self.named($0) }
    let numbered = number.map { byNumber[$0] ?? [] }
    switch (named, numbered) {
    case (nil, nil): return nil
    case (let named?, nil): return Found(payees: named)
    case (nil, let numbered?): return Found(payees: numbered)
    case (let named?, let numbered?):
      if let number, numbered.isEmpty, let covered = CoveredNumber(number) { return found(named, covered) }
      if numbered.isEmpty {
        // Whoever has another number in the facts is somebody else; a name by itself is nobody beside a record.
        let records = named.filter { $0.space != .text }
        let open = records.isEmpty ? named : records.filter { self.number($0) == nil }
        return open.isEmpty && !named.isEmpty ? Found(problem: .otherNumber) : Found(payees: open)
      }
      if !numbered.isDisjoint(with: named) { return Found(payees: numbered) }
      let known = numbered.compactMap { self.name($0) }.sorted().first ?? ""
      if named.contains(where: { self.number($0) != nil }) { return Found(problem: .numberOfAnother(known)) }
      // A code of a firm stands beside the firm's name, which may be longer than in the facts.
      return Found(payees: numbered, note: known.isEmpty ? nil : .nameInFacts(known))
    }
  }

  /// Who of those of a name has the digits that a list shows; whoever has no number in the facts is found by name.
  private func found(_ named: Set<Payee>, _ covered: CoveredNumber) -> Found {
    let records = named.filter { $0.space != .text }
    guard !records.isEmpty else { return Found(payees: named) }
    let fitting = records.filter { number($0).map(covered.fits) ?? false }
    let found = fitting.isEmpty ? records.filter { number($0) == nil } : fitting
    return found.isEmpty ? Found(problem: .otherNumber) : Found(payees: found)
  }

  /// What tells one person, firm or place from another: several records may be of one person.
  func identity(_ payee: Payee) -> String {
    switch payee.space {
    case .text: return "person " + dataset.texts.text(payee.row)
    case .district: return "district \(payee.row)"
    case .list(let index):
      let table = dataset.tables[index]
      if let person = table.declaration.person, let raw = table.columns[person]?.raw(Int(payee.row)), raw >= 0 {
        return "person " + dataset.texts.text(Int32(truncatingIfNeeded: raw))
      }
      return "record \(index) \(payee.row)"
    }
  }

  /// The id of somebody, with the name behind it where there is one.
  func label(_ payee: Payee) -> String {
    let id = dataset.id(payee.row, in: payee.space)
    guard let name = name(payee), name != id else { return id }
    return "\(id) \(name)"
  }

  func id(_ payee: Payee) -> String { dataset.id(payee.row, in: payee.space) }

  /// The name that the facts give.
  func name(_ payee: Payee) -> String? {
    guard case .list(let index) = payee.space else { return nil }
    let table = dataset.tables[index]
    for field in [table.declaration.personName, "name"].compactMap(\.self) {
      guard let raw = table.columns[field]?.raw(Int(payee.row)), raw >= 0 else { continue }
      return dataset.texts.text(Int32(truncatingIfNeeded: raw))
    }
    return nil
  }

  /// The identity number that the facts give.
  func number(_ payee: Payee) -> String? {
    guard case .list(let index) = payee.space, let field = dataset.tables[index].declaration.personID,
      let raw = dataset.tables[index].columns[field]?.raw(Int(payee.row)), raw >= 0
    else { return nil }
    return dataset.texts.text(Int32(truncatingIfNeeded: raw)).uppercased()
  }
}
