// What declarations of facts name by Chinese names: the list that they add to, the lists that fields refer to, the
// fields by which records begin, end and are somebody's. Knows nothing of types.
import Facts

/// Ids by Chinese names, of the lists that are there and of those being declared.
struct ListNames {
  private let dictionary: FactDictionary
  private var lists: [String: String] = [:]

  init(_ dictionary: FactDictionary, _ syntax: [ListSyntax]) {
    self.dictionary = dictionary
    for list in dictionary.lists { if let zh = list.chinese.name { lists[zh] = list.name } }
    for list in syntax { if let zh = list.name.zh { lists[zh] = list.name.text } }
    // Where a list has no Chinese name its title stands for one.
    for list in dictionary.lists where lists[list.words.zh] == nil { lists[list.words.zh] = list.name }
    for list in syntax {
      if list.name.zh == nil, let title = list.title?.zh, lists[title] == nil { lists[title] = list.name.text }
    }
  }

  /// The declaration with ids wherever it names something by a Chinese name.
  func byIDs(_ list: ListSyntax) -> ListSyntax {
    let name = byID(list.name)
    let old = dictionary.list(name.text)
    var fields: [String: String] = [:]
    for field in old?.fields ?? [] { if let zh = field.chinese { fields[zh] = field.name } }
    for field in list.fields { if let zh = field.name.zh { fields[zh] = field.name.text } }
    func field(_ name: Name?) -> Name? { name.map { Name(fields[$0.text] ?? $0.text, at: $0.location, zh: $0.zh) } }
    var singular = list.singular
    if let old, singular.text == old.chinese.singular { singular = Name(old.singular, at: singular.location) }
    return ListSyntax(
      name: name, singular: singular, title: list.title, person: field(list.person), personID: field(list.personID),
      begins: field(list.begins), ends: field(list.ends), fields: list.fields.map(byIDs), joins: list.joins,
      gaps: list.gaps, classifier: list.classifier, lasts: list.lasts, clauseLines: list.clauseLines)
  }

  private func byIDs(_ field: ListSyntax.FieldSyntax) -> ListSyntax.FieldSyntax {
    var made = field
    made.type = byIDs(field.type)
    return made
  }

  private func byIDs(_ type: ListSyntax.TypeSyntax) -> ListSyntax.TypeSyntax {
    switch type {
    case .reference(let list): .reference(byID(list))
    case .set(let member): .set(byIDs(member))
    case .plain, .choice: type
    }
  }

  private func byID(_ list: Name) -> Name { Name(lists[list.text] ?? list.text, at: list.location, zh: list.zh) }
}
