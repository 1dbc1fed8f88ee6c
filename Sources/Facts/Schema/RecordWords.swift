// What people call a record: by its name in Chinese, by its id in English. Knows nothing of what is paid.
import Diagnostics

extension Dataset {
  /// Somebody who is paid, or what for, by id: in Chinese by the record's name where the facts give one; of a person's
  /// record with the id behind, since a person may have several; of a year's group with the year.
  /// - Parameter list: the list that it is a record of; nil: whichever has it.
  public func words(_ id: String, of list: Int? = nil) -> Text {
    let (bare, mark) = parts(ofSubject: id)
    var name = words(ofRecord: bare, list) ?? bare
    if let mark {
      let isYear = mark.utf8.count == 4 && Int(mark) != nil
      name += isYear ? " \(mark)年度" : "@\(mark)"
    }
    return Text(id, zh: name)
  }

  /// The id of a subject and what of it is meant, where that stands behind the id: `k1@2022` is k1 and the year. An id
  /// may hold `@` itself: what is an id, or else a text of some record, as a whole is taken as that.
  package func parts(ofSubject subject: String) -> (id: String, mark: String?) {
    guard let at = subject.utf8.lastIndex(of: UInt8(ascii: "@")), at > subject.startIndex else { return (subject, nil) }
    func isID(_ text: String) -> Bool { tables.contains { $0.ids?.row(text) != nil } }
    let bare = String(subject[..<at])
    if isID(subject) || (!isID(bare) && texts.id(subject) != nil) { return (subject, nil) }
    return (bare, String(subject[subject.index(after: at)...]))
  }

  private func words(ofRecord id: String, _ list: Int?) -> String? {
    for (i, table) in tables.enumerated() where list == nil || list == i {
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
