// What columns hold, in words for people and as plain numbers. Knows nothing of how columns were made.
import Diagnostics
import Reckoning

extension Column {
  /// The raw value of a row; nil for sets and for texts that are the record's own id.
  public func raw(_ row: Int) -> Int64? {
    switch data {
    case .constant(let raw): return raw
    case .ownIDs, .sets: return nil
    case .bools(let s): return row >= 0 && row < s.count ? Int64(s.buffer[row]) : nil
    case .int32(let s): return row >= 0 && row < s.count ? Int64(s.buffer[row]) : nil
    case .int64(let s): return row >= 0 && row < s.count ? s.buffer[row] : nil
    }
  }

  /// The members of a set in raw form; empty for other columns.
  public func members(_ row: Int) -> [Int32] {
    guard case .sets(let offsets, let values) = data, row >= 0, row + 1 < offsets.count else { return [] }
    return (offsets.buffer[row]..<offsets.buffer[row + 1]).map { values.buffer[Int($0)] }
  }
}

extension Dataset {
  /// A field of a record in words: `2022-03-01`, `520502 七星关区`, `q (Name)`. What is absent says whether there is
  /// none or it is not known. Empty for lists, rows and fields that do not exist, and for the id in lists without.
  public func describe(_ list: String, _ row: Int, _ field: String) -> Text {
    guard let table = table(list), row >= 0, row < table.count else { return .same("") }
    if field == "id" { return .same(table.ids?.text(row) ?? "") }
    let person = table.declaration.personField
    guard let declared = table.declaration.field(field) ?? (person?.name == field ? person : nil),
      let column = table.columns[field]
    else { return .same("") }
    if case .ownIDs = column.data { return .same(table.ids?.text(row) ?? "") }
    if case .set(let member) = declared.type {
      let members = column.members(row).map { describe(raw: Int64($0), member) }
      if members.isEmpty { return Text("none", zh: "无") }
      return Text(members.map(\.en).joined(separator: "; "), zh: members.map(\.zh).joined(separator: "、"))
    }
    guard let raw = column.raw(row) else { return .same("") }
    return describe(raw: raw, declared.type)
  }

  /// A raw value of a type in words.
  public func describe(raw: Int64, _ type: FieldType) -> Text {
    let unknown = Text("not stated", zh: "未填")
    let none = Text("none", zh: "无")
    switch type {
    case .bool: return raw == 1 ? Text("yes", zh: "是") : raw == 0 ? Text("no", zh: "否") : unknown
    case .money:
      if raw == Absent.unknown64 { return unknown }
      if raw == Absent.none64 { return none }
      let yuan = Money(fen: raw).grouped
      return Text("\(yuan) yuan", zh: "\(yuan)元")
    case .figure(let figure):
      if raw == Absent.unknown64 { return unknown }
      if raw == Absent.none64 { return none }
      return figure.words(raw)
    case .text, .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set: break
    }
    if raw == Int64(Absent.unknown32) { return unknown }
    if raw == Int64(Absent.none32) { return none }
    guard let n = Int32(exactly: raw) else { return .same(String(raw)) }
    switch type {
    case .text: return .same(texts.text(n))
    case .date, .dateOrMonth, .dateOrYear: return .same(ListColumns.dayText(n))
    case .place, .county, .area:
      guard n >= 0, Int(n) < places.count else { return .same("") }
      let (code, name) = (places.codes[Int(n)].text, places.names[Int(n)])
      if places.isOutside(n) { return .same(name) }
      return Text("\(code) \(name)", zh: "\(name)（\(code)）")
    case .choice(let choices):
      return n >= 0 && Int(n) < choices.count ? dictionary.words(ofChoices: choices)[Int(n)] : .same("")
    case .reference(let list): return Text(named(list, Int(n)), zh: called(list, Int(n)).zh)
    case .int, .bool, .money, .figure, .set: return .same(String(n))
    }
  }

  /// What a record is called: in English its id, in Chinese its name, with the id where another has the same. Empty for
  /// records that there are not.
  public func called(_ list: String, _ row: Int) -> Text {
    guard let table = table(list), row >= 0, row < table.count else { return .same("") }
    let id = table.ids?.text(row) ?? ""
    guard let column = table.columns["name"], table.declaration.field("name")?.type == .text,
      let raw = column.raw(row), raw >= 0, let n = Int32(exactly: raw)
    else { return .same(id) }
    let name = texts.text(n)
    guard !name.isEmpty, name != id else { return .same(id) }
    let isShared = (0..<table.count).contains { $0 != row && column.raw($0) == raw }
    return Text(id, zh: isShared ? "\(name)（\(id)）" : name)
  }

  /// A record's id, with its name where it has another: `q (Name)`. Empty for records that there are not, and in lists
  /// without ids.
  public func named(_ list: String, _ row: Int) -> String {
    guard let table = table(list), row >= 0, row < table.count else { return "" }
    let id = table.ids?.text(row) ?? ""
    guard let column = table.columns["name"], table.declaration.field("name")?.type == .text,
      let raw = column.raw(row), raw >= 0, let n = Int32(exactly: raw)
    else { return id }
    let name = texts.text(n)
    return name.isEmpty || name == id ? id : "\(id) (\(name))"
  }
}

extension FactDictionary {
  /// The names of choices in both languages, as the first field says that has them; in English where none does.
  public func words(ofChoices names: [String]) -> [Text] {
    for field in lists.lazy.flatMap(\.fields) {
      let found = field.choices
      if found.count == names.count, found.map(\.en) == names { return found }
    }
    return names == Self.levelsOfPlaces.map(\.en) ? Self.levelsOfPlaces : names.map { .same($0) }
  }

  /// The levels that places have, from the widest.
  private static let levelsOfPlaces = [
    Text("province", zh: "省级"), Text("prefecture", zh: "市级"), Text("county", zh: "县级"),
  ]
}
