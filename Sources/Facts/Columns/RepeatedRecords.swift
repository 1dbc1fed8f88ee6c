// Records of one list that say the same under two ids, and several records of one name: a list that was put together
// from several files often has them, and each is paid or counted. They are told and taken as written. Spells of persons
// are looked at in Spells.swift. Knows nothing of files' syntax or of rules.
import Diagnostics
import Reckoning

/// Records that repeat others of their list.
struct RepeatedRecords {
  typealias Pair = (row: Int, first: Int)

  /// A column that some record states.
  private struct Compared {
    let field: Field
    let column: Column
    let isText: Bool
    /// Whether the id stands for what is not stated.
    let isOfID: Bool

    init(_ field: Field, _ column: Column) {
      (self.field, self.column) = (field, column)
      isText = field.type == .text
      isOfID = field.absence == .field("id")
    }
  }

  /// Records that agree in everything but the id.
  private(set) var alike: [Pair] = []
  private(set) var alikeCount = 0
  /// Records that have a name together, and whatever has to be stated, and do not agree in the rest.
  private(set) var named: [Pair] = []
  private(set) var namedCount = 0
  /// Whether records say who, where or when; without, as years and amounts alone, or of people who are not named,
  /// several may well be alike.
  private(set) var isTelling = false

  private static let shown = 3
  /// Names of larger lists are compared as they are written.
  private static let mostNames = 200_000

  private let table: FactTable
  private let declaration: ListDeclaration
  private let columns: [Compared]
  /// By text, the number of the first text that looks like it.
  private var looks: [Int32: Int32] = [:]

  /// - Parameters:
  ///   - isReferred: whether other records refer to this list's, which then are told apart by their ids alone where no
  ///     name is stated.
  init?(_ table: FactTable, isReferred: Bool, _ texts: TextPool) {
    self.table = table
    declaration = table.declaration
    // Hires without a name stand for people whom nobody has named yet, often for many of one day.
    guard table.count > 1, declaration.name != CohortList.name else { return nil }
    columns = declaration.fields.compactMap { field in
      guard field.name != "id", let column = table.columns[field.name] else { return nil }
      switch column.data {
      case .constant, .ownIDs: return nil
      case .bools, .int32, .int64, .sets: return Compared(field, column)
      }
    }
    if columns.isEmpty { return nil }
    // Of people whom nobody has named yet many may well come on one day.
    isTelling = declaration.person == nil && columns.contains { RepeatedRecords.tells($0.field.type) }
    readLooks(texts)
    findAlike(isReferred: isReferred, texts)
    findNamed(texts)
    if alikeCount + namedCount == 0 { return nil }
  }

  private static func tells(_ type: FieldType) -> Bool {
    switch type {
    case .text, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .reference: true
    case .set(let member): tells(member)
    case .bool, .int, .money, .figure, .choice: false
    }
  }

  private mutating func readLooks(_ texts: TextPool) {
    guard table.count <= RepeatedRecords.mostNames else { return }
    var keys: [String: Int32] = [:]
    for compared in columns where compared.isText {
      guard case .int32(let values) = compared.column.data else { continue }
      for row in 0..<table.count where values[row] >= 0 && looks[values[row]] == nil {
        let key = LookAlike.key(texts.text(values[row]))
        looks[values[row]] = keys[key] ?? values[row]
        if keys[key] == nil { keys[key] = values[row] }
      }
    }
  }

  /// A record's value in a column, as far as it tells records apart; the same mark for all that do not state a name.
  private func value(_ row: Int, _ compared: Compared, _ texts: TextPool) -> Int64 {
    guard let raw = compared.column.raw(row) else { return Absent.unknown64 }
    guard compared.isText, raw >= 0, let text = Int32(exactly: raw) else { return raw }
    if compared.isOfID, let ids = table.ids, texts.text(text) == ids.text(row) { return Absent.unknown64 }
    return Int64(looks[text] ?? text)
  }

  private func isSame(_ a: Int, _ b: Int, _ texts: TextPool) -> Bool {
    columns.allSatisfy { compared in
      if case .sets(let offsets, let values) = compared.column.data {
        let first = Int(offsets[a])..<Int(offsets[a + 1]), second = Int(offsets[b])..<Int(offsets[b + 1])
        return first.count == second.count && zip(first, second).allSatisfy { values[$0] == values[$1] }
      }
      return value(a, compared, texts) == value(b, compared, texts)
    }
  }

  private func hash(_ row: Int, _ texts: TextPool) -> Int64 {
    var hash: Int64 = 1
    for compared in columns {
      if case .sets = compared.column.data { continue }
      hash = hash &* 0x5851_F42D_4C95_7F2D &+ value(row, compared, texts)
      hash ^= hash >> 29
    }
    return hash
  }

  private mutating func findAlike(isReferred: Bool, _ texts: TextPool) {
    let name = declaration.personName ?? "name"
    let names = columns.first { $0.field.name == name && $0.isText }
    if isReferred, names == nil { return }
    var first: [Int64: Int] = [:]
    for row in 0..<table.count {
      let isNamed = names.map { value(row, $0, texts) != Absent.unknown64 } ?? false
      if isReferred, !isNamed { continue }
      // Spells of whoever is named or numbered are looked at by their days.
      if declaration.person != nil, isNamed || isNumbered(row) { continue }
      let hash = hash(row, texts)
      guard let other = first[hash] else {
        first[hash] = row
        continue
      }
      guard isSame(row, other, texts) else { continue }
      alikeCount += 1
      if alike.count < RepeatedRecords.shown { alike.append((row, other)) }
    }
  }

  private func isNumbered(_ row: Int) -> Bool {
    guard let id = declaration.personID, case .int32(let numbers)? = table.columns[id]?.data else { return false }
    return numbers[row] >= 0
  }

  /// Firms and the like: of a name, with nothing that must be stated that tells them apart.
  private mutating func findNamed(_ texts: TextPool) {
    guard declaration.person == nil, let names = columns.first(where: { $0.field.name == "name" && $0.isText }),
      !declaration.fields.contains(where: { field in
        if case .reference = field.type { return field.absence == .required }
        return false
      })
    else { return }
    let deciding = columns.filter { column in
      guard column.field.name != "name" else { return false }
      switch column.field.type {
      case .place, .county, .area: return true
      case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .reference, .set:
        return column.field.absence == .required
      }
    }
    var first: [Int64: Int] = [:]
    for row in 0..<table.count {
      // The id stands for a name, and an id may have been made of one: 乙厂 and 乙厂-2 are both called 乙厂.
      guard let raw = names.column.raw(row), raw >= 0, let text = Int32(exactly: raw) else { continue }
      let name = Int64(looks[text] ?? text)
      guard let other = first[name] else {
        first[name] = row
        continue
      }
      let isApart = deciding.contains { compared in
        let a = value(row, compared, texts), b = value(other, compared, texts)
        return a != b && !ListSchema.isMark(a, compared.field.type) && !ListSchema.isMark(b, compared.field.type)
      }
      if isApart || isSame(row, other, texts) { continue }
      namedCount += 1
      if named.count < RepeatedRecords.shown { named.append((row, other)) }
    }
  }
}

extension Assembly {
  /// Tells of records that repeat others.
  mutating func tellRepeated(_ list: ListParts, _ table: FactTable) {
    let name = table.declaration.name, title = table.declaration.title
    let isReferred = dictionary.lists.contains { other in
      other.fields.contains { field in
        switch field.type {
        case .reference(let to), .set(.reference(let to)): to == name
        case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice,
          .set:
          false
        }
      }
    }
    guard let found = RepeatedRecords(table, isReferred: isReferred, texts) else { return }
    if let first = found.alike.first {
      let which = pairs(found.alike, of: found.alikeCount, list, table)
      let count = found.alikeCount
      remarks.append(
        Diagnostic(
          found.isTelling ? .warning : .note, code: "repeated-record",
          Text(
            "in `\(name)` \(count == 1 ? "1 record says" : "\(count) records say") the same as another, all but the "
              + "id: " + which.en,
            zh: "\(title.zh)中有 \(count) 条与另一条除编号外全部相同：\(which.zh)"),
          hint: Text(
            "each is taken as a record of its own, paid and counted; remove what was entered twice",
            zh: "各按一条记录处理，分别计发、计数；重复登记的请删去"),
          at: table.origin(first.row)))
    }
    if let first = found.named.first {
      let which = pairs(found.named, of: found.namedCount, list, table)
      let count = found.namedCount
      remarks.append(
        Diagnostic(
          .warning, code: "repeated-name",
          Text(
            "in `\(name)` \(count == 1 ? "1 record has" : "\(count) records have") the name and place of another: "
              + which.en,
            zh: "\(title.zh)中有 \(count) 条与另一条名称、地点相同：\(which.zh)"),
          hint: Text(
            "each is paid and counted by itself; if they are one, keep one of them and its id",
            zh: "各自计发、计数；如为同一单位，请只保留一条，统一使用其编号"),
          at: table.origin(first.row)))
    }
  }
}
