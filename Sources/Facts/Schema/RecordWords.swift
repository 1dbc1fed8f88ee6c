// What people call a record: by its name in Chinese, by its id in English. Knows nothing of what is paid.
import Diagnostics

extension Dataset {
  /// Somebody who is paid, or what for, by id: in Chinese by the record's name where the facts give one; of a person's
  /// record with the id behind, since a person may have several; of a year's group with the year.
  public func words(_ id: String) -> Text {
    let parts = id.split(separator: "@", maxSplits: 1)
    guard let bare = parts.first.map(String.init) else { return .same(id) }
    var name = words(ofRecord: bare) ?? bare
    if parts.count > 1 {
      let isYear = parts[1].utf8.count == 4 && Int(parts[1]) != nil
      name += isYear ? " \(parts[1])年度" : "@\(parts[1])"
    }
    return Text(id, zh: name)
  }

  private func words(ofRecord id: String) -> String? {
    for table in tables {
      if table.declaration.field("name") != nil {
        if let row = table.ids?.row(id) { return called(table.declaration.name, Int(row)).zh }
      } else if let person = table.declaration.personName, table.declaration.field(person)?.type == .text,
        let row = table.ids?.row(id), case .int32(let names)? = table.columns[person]?.data, names[Int(row)] >= 0
      {
        let name = texts.text(names[Int(row)])
        return name.isEmpty || name == id ? id : "\(name)（\(id)）"
      }
    }
    return nil
  }
}
