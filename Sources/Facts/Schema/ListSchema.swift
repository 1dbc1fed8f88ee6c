// A list's declaration prepared for reading: fields by name and by column head, and what an absent value leaves in a
// column. Knows nothing of files.
import Diagnostics
import Reckoning

/// A list's fields other than `id`, by number.
struct ListSchema: Sendable {
  let declaration: ListDeclaration
  /// The declared fields without `id`.
  let fields: [Field]
  private let byName: [String: Int]
  private let byHead: [String: Int]
  let requiredNames: [(Int, String)]
  /// Pairs of fields of which the second may not lie before the first.
  let periods: [(begins: Int, ends: Int)]

  init(_ declaration: ListDeclaration) {
    self.declaration = declaration
    fields = declaration.fields.filter { $0.name != "id" }
    var byName: [String: Int] = [:]
    var byHead: [String: Int] = [:]
    if declaration.hasID {
      byName["id"] = -1
      byHead["id"] = -1
      for label in declaration.field("id")?.labels ?? [] { byHead[label] = -1 }
    }
    for (i, field) in fields.enumerated() where byName[field.name] == nil {
      byName[field.name] = i
      byHead[field.name] = i
    }
    for (i, field) in fields.enumerated() {
      for label in field.labels + [field.chinese].compactMap({ $0 }) where byHead[label] == nil { byHead[label] = i }
    }
    self.byName = byName
    self.byHead = byHead
    var required: [(Int, String)] = declaration.hasID ? [(-1, "id")] : []
    for (i, field) in fields.enumerated() where field.absence == .required { required.append((i, field.name)) }
    requiredNames = required
    periods = ListSchema.periods(declaration, fields, byName)
  }

  /// What one record is called in messages.
  var record: Text { Text(declaration.singular, zh: declaration.title.zh + "记录") }

  /// A field by its number, -1 for `id`, in both languages.
  func words(_ field: Int) -> Text {
    field < 0 ? declaration.field("id")?.words ?? Text("id", zh: "编号") : fields[field].words
  }

  /// Whether a field says who the person of a record is.
  func isPerson(_ field: String) -> Bool { field == declaration.personName || field == declaration.personID }

  /// The field's number, -1 for `id`.
  func named(_ name: String) -> Int? { byName[name] }
  /// The same by a column's head, which may be a Chinese label.
  func column(_ head: String) -> Int? { byHead[head] }

  /// -1 for the word that answers have for ids of every list, where no field is called so.
  func number(_ key: String) -> Int? { key == "编号" && declaration.hasID ? -1 : nil }

  var names: [String] { (declaration.hasID ? ["id"] : []) + fields.map(\.name) }
  var columnNames: [String] { names + (declaration.field("id")?.labels ?? []) + fields.flatMap(\.labels) }

  /// The declared first and last day, `start` and `end`, and every `x_from` with its `x_to`.
  private static func periods(
    _ declaration: ListDeclaration, _ fields: [Field], _ byName: [String: Int]
  ) -> [(begins: Int, ends: Int)] {
    var pairs: [(String, String)] = [("start", "end")]
    if let begins = declaration.begins, let ends = declaration.ends { pairs.append((begins, ends)) }
    for field in fields where field.name.hasSuffix("_from") {
      pairs.append((field.name, field.name.dropLast(4) + "to"))
    }
    var out: [(begins: Int, ends: Int)] = []
    for (begins, ends) in pairs {
      guard let a = byName[begins], let b = byName[ends], a >= 0, b >= 0, a != b, fields[a].type.isDay,
        fields[b].type.isDay, !out.contains(where: { $0.begins == a && $0.ends == b })
      else { continue }
      out.append((a, b))
    }
    return out
  }

  /// The raw value that stands for an absent one; for defaults from another field a mark that is replaced later.
  static func whenAbsent(_ field: Field) -> Int64 {
    let marks = marks(field.type)
    switch field.absence {
    case .required, .unknown: return marks.unknown
    case .none: return marks.none
    case .value(let raw): return raw
    case .empty: return marks.none
    case .field: return marks.other
    }
  }

  /// The raw value of a field that a record does not state and that has no other to stand for it.
  static func isMark(_ raw: Int64, _ type: FieldType) -> Bool {
    let marks = marks(type)
    return raw == marks.unknown || raw == marks.none
  }

  /// The marks of a type in a column: not known, none, and another field's value, which is still to be taken.
  static func marks(_ type: FieldType) -> (unknown: Int64, none: Int64, other: Int64) {
    switch type {
    case .bool: (2, 2, 2)
    case .money, .figure: (Absent.unknown64, Absent.none64, Pending.otherField64)
    case .text, .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set:
      (Int64(Absent.unknown32), Int64(Absent.none32), Int64(Pending.otherField))
    }
  }
}
