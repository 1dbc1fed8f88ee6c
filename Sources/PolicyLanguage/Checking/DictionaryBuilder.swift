// List declarations of the rule language to the dictionary of facts. A document may declare new lists, or further
// fields of lists that are there already.
import Diagnostics
import Facts
import Reckoning

/// What the types of fields may name: lists, and what money is counted in.
struct KnownTypes {
  let lists: Set<String>
  /// Nil: yuan.
  let currency: Currency?
}

/// Builds the dictionary of facts from `list` declarations.
package enum DictionaryBuilder {
  /// The dictionary with the lists and fields of `syntax` added, and what is wrong with them.
  package static func extend(
    _ dictionary: FactDictionary, with syntax: [ListSyntax], places: Gazetteer, currency: Currency? = nil
  ) -> (FactDictionary, [Diagnostic]) {
    var result = dictionary
    var problems: [Diagnostic] = []
    var names = Set(dictionary.lists.map(\.name))
    // What joins records is no list of facts.
    let listNames = ListNames(dictionary, syntax)
    let syntax = syntax.filter { $0.joins.isEmpty && $0.gaps.isEmpty }.map(listNames.byIDs)
    for list in syntax { names.insert(list.name.text) }
    for list in syntax {
      LetterCase.tell(list.name, among: result.lists.map(\.name), Text("The list", zh: "列表"), &problems)
      let old = result.list(list.name.text)
      let hasID = list.fields.contains { $0.name.text == "id" }
      let fields = fields(of: list, old, result, KnownTypes(lists: names, currency: currency), places, &problems)
      for field in fields {
        result.origins[list.name.text + "." + field.name] = (list.name.location.source?.name ?? "")
      }
      if let old { differences(list, old, result, &problems) }
      let merged = (old?.fields ?? []) + fields
      func checked(_ name: Name?) -> String? {
        guard let name else { return nil }
        if !merged.contains(where: { $0.name == name.text }) {
          problems.append(
            .error(
              "unknown-name",
              Text("`\(list.name.text)` has no field `\(name.text)`.", zh: "`\(list.name.text)` 没有字段 `\(name.text)`。"),
              hint: Nearest.question(for: name.text, among: merged.map(\.name))
                ?? Text("Declare it with `field`.", zh: "请用 `field` 声明。"), at: name.location))
          return nil
        }
        return name.text
      }
      func typed(_ name: Name?, _ fits: (FieldType) -> Bool, _ wanted: Text) {
        guard let name, let field = merged.first(where: { $0.name == name.text }), !fits(field.type) else { return }
        problems.append(
          .error(
            "wrong-type", Text("`\(name.text)` is not \(wanted.en).", zh: "`\(name.text)` 不是\(wanted.zh)。"),
            hint: Text("Name another field.", zh: "请换一个字段。"), at: name.location))
      }
      let isDay: (FieldType) -> Bool = { $0 == .date || $0 == .dateOrMonth }
      typed(list.person, { $0 == .text }, Text("a text", zh: "文字"))
      typed(list.personID, { $0 == .text }, Text("a text", zh: "文字"))
      typed(list.begins, { isDay($0) || $0 == .int }, Text("a date or a year", zh: "日期或年份"))
      typed(list.ends, isDay, Text("a date", zh: "日期"))
      var words = chinese(list, old?.chinese)
      if old == nil { words = ownWords(of: list, words, among: result, &problems) }
      let made = ListDeclaration(
        name: list.name.text, singular: list.singular.text, title: list.title ?? old?.title ?? .same(list.name.text),
        fields: merged, hasID: hasID || old?.hasID == true, person: checked(list.person) ?? old?.personName,
        personID: checked(list.personID) ?? old?.personID, begins: checked(list.begins) ?? old?.begins,
        ends: checked(list.ends) ?? old?.ends, chinese: words)
      if let i = result.index(list.name.text) { result.lists[i] = made } else { result.lists.append(made) }
    }
    return (result, problems)
  }

  /// The fields that a list gains; those that are there already are compared.
  private static func fields(
    of list: ListSyntax, _ old: ListDeclaration?, _ dictionary: FactDictionary, _ names: KnownTypes,
    _ places: Gazetteer, _ problems: inout [Diagnostic]
  ) -> [Field] {
    var fields: [Field] = []
    for f in list.fields {
      if fields.contains(where: { $0.name == f.name.text }) {
        problems.append(
          .error(
            "declared-twice", Text("The field `\(f.name.text)` is declared twice.", zh: "字段 `\(f.name.text)` 重复声明。"),
            hint: Text("Give one of them another name.", zh: "请给其中一个换个名称。"), at: f.name.location))
      } else if let before = old?.field(f.name.text) {
        again(f, before, in: list, dictionary, names, places, &problems)
      } else if let type = type(f.type, names, problems: &problems) {
        LetterCase.tell(
          f.name, among: fields.map(\.name) + (old?.fields ?? []).map(\.name), Text("The field", zh: "字段"), &problems)
        var field = Field(
          name: f.name.text, type: type,
          absence: absence(f, type: type, in: list, places: places, problems: &problems), labels: f.labels,
          choiceLabels: choiceLabels(f.type), meaning: f.meaning ?? .same(f.name.text), chinese: f.name.zh,
          says: f.says.map { Field.Says(yes: $0.yes, no: $0.no) })
        field.isAscending = f.isAscending
        fields.append(field)
      }
    }
    demandValues(of: fields, list, &problems)
    return fields
  }

  /// Tells of fields whose defaults lead back to themselves, so that none of them has a value.
  private static func demandValues(of fields: [Field], _ list: ListSyntax, _ problems: inout [Diagnostic]) {
    var next: [String: String] = [:]
    for field in fields { if case .field(let other) = field.absence { next[field.name] = other } }
    var told: Set<String> = []
    for f in list.fields where !told.contains(f.name.text) {
      var seen: Set<String> = [], name = f.name.text
      while let other = next[name], seen.insert(name).inserted { name = other }
      guard name == f.name.text, seen.contains(name) else { continue }
      told.formUnion(seen)
      problems.append(
        .error(
          "circular-definition",
          Text("The default of `\(f.name.text)` leads back to itself.", zh: "`\(f.name.text)` 的缺省值引用了自身。"),
          hint: Text("Give one of the fields a value of its own.", zh: "请给其中一个字段写明缺省值。"), at: f.name.location))
    }
  }

  /// A field that another document has declared: alike it is the same field, else an error that names both files.
  private static func again(
    _ f: ListSyntax.FieldSyntax, _ before: Field, in list: ListSyntax, _ dictionary: FactDictionary,
    _ names: KnownTypes, _ places: Gazetteer, _ problems: inout [Diagnostic]
  ) {
    guard let type = type(f.type, names, problems: &problems) else { return }
    let absence = absence(f, type: type, in: list, places: places, problems: &problems)
    if type == before.type, absence == before.absence, f.isAscending == before.isAscending { return }
    differs(f.name, Text("The field `\(f.name.text)`", zh: "字段 `\(f.name.text)`"), list, dictionary, &problems)
  }

  /// What a list that is there already is called, and by what its records begin, end and are somebody's.
  private static func differences(
    _ list: ListSyntax, _ old: ListDeclaration, _ dictionary: FactDictionary, _ problems: inout [Diagnostic]
  ) {
    if list.singular.text != old.singular {
      differs(
        list.singular, Text("What one record is called", zh: "一条记录的名称"), list, dictionary, &problems)
    }
    for (word, mine, theirs) in [
      ("person", list.person, old.personName), ("person", list.personID, old.personID),
      ("begins", list.begins, old.begins),
      ("ends", list.ends, old.ends),
    ] {
      guard let mine, let theirs, mine.text != theirs else { continue }
      differs(mine, Text("`\(word)`", zh: "`\(word)`"), list, dictionary, &problems, before: theirs)
    }
  }

  private static func differs(
    _ name: Name, _ what: Text, _ list: ListSyntax, _ dictionary: FactDictionary, _ problems: inout [Diagnostic],
    before: String? = nil
  ) {
    let first = list.name.text + "."
    // Where it is another field that stands there, that field's file.
    let file =
      dictionary.origins[first + (before ?? name.text)]
      ?? dictionary.origins.filter { $0.key.hasPrefix(first) }.min { $0.key < $1.key }?.value ?? ""
    let here = (list.name.location.source?.name ?? "")
    let isOurs = file.isEmpty || file == "facts.md"
    let there = isOurs ? Text("the list that is there already", zh: "已有的清单") : Text(file, zh: " \(file) ")
    problems.append(
      .error(
        "declared-otherwise",
        Text(
          "\(what.en) of `\(list.name.text)` is declared otherwise in \(there.en) than in \(here).",
          zh: "`\(list.name.text)` 的\(what.zh)在\(there.zh)与 \(here) 中的声明不同。"),
        hint: isOurs
          ? Text(
            "`show \(list.name.text)` prints it; declare it alike, or give your list another name.",
            zh: "“查看 \(list.name.text)”列出已有的清单；请照其声明，或给您的清单换个名称。")
          : Text("Declare it alike in both, or give one another name.", zh: "请使两处声明一致，或给其中一个换个名称。"),
        at: name.location))
  }

  /// Words that people use for types, and what a type is called.
  private static let usualNames: [String: String] = [
    "month": "date or month", "year": "number", "day": "date", "string": "text", "name": "text", "boolean": "bool",
    "flag": "bool", "int": "number", "integer": "number", "count": "number", "float": "decimal", "double": "decimal",
    "yuan": "money", "amount": "money", "percent": "share", "percentage": "share", "rate": "share",
  ]

  /// A type by what else it may be called; of a currency the amounts that are in it.
  static func usualName(_ word: String) -> String? {
    usualNames[word]
      ?? (Currency.wellKnown.contains { [$0.key, $0.key + "s", $0.value].contains(word) } ? "money" : nil)
  }

  /// What a field may be declared as.
  static let typesOfFacts = Text(
    "Use text, bool, number, decimal, share, money, date, date or month, date or year, place, county, prefecture, "
      + "province, one of (...), reference to LIST, or set of these.",
    zh:
      "可用：text、bool、number、decimal、share、money、date、date or month、date or year、place、county、prefecture、province、"
      + "one of (…)、reference to 列表、set of 类型。")

  /// How Chinese speaks of a list's records; what a further declaration does not say stays.
  private static func chinese(
    _ list: ListSyntax, _ old: ListDeclaration.Chinese?
  ) -> ListDeclaration.Chinese {
    // A list that is called by a Chinese name alone is called so in Chinese, too.
    func own(_ name: Name) -> String? { name.zh ?? (name.text.isChinese ? name.text : nil) }
    return ListDeclaration.Chinese(
      name: own(list.name) ?? old?.name, singular: own(list.singular) ?? old?.singular,
      classifier: list.classifier?.text ?? old?.classifier, lasts: list.lasts ?? old?.lasts)
  }

  /// What a new list is called in Chinese. Where another list is called like its title it goes by its id, which is
  /// told.
  private static func ownWords(
    of list: ListSyntax, _ words: ListDeclaration.Chinese, among dictionary: FactDictionary,
    _ problems: inout [Diagnostic]
  ) -> ListDeclaration.Chinese {
    let zh = words.name ?? list.title?.zh
    guard let zh, zh.isChinese, let other = dictionary.lists.first(where: { $0.words.zh == zh || $0.record.zh == zh })
    else { return words }
    let id = list.name.text
    problems.append(
      Diagnostic(
        words.name == nil ? .warning : .error, code: "name-taken",
        Text("`\(other.name)` are called \(zh), too.", zh: "`\(other.name)` 也叫\(zh)。"),
        hint: words.name == nil
          ? Text(
            "Rules in Chinese call this list `\(id)`; give it a Chinese name of its own.",
            zh: "中文规则中此清单写作 `\(id)`；请为它另起中文名称。")
          : Text("Call this list otherwise, or use `\(other.name)`.", zh: "请另起名称，或直接使用 `\(other.name)`。"),
        at: list.name.location))
    var words = words
    words.singular = words.singular ?? words.name ?? list.singular.text
    words.name = words.name ?? id
    return words
  }

  /// The other words for each choice; a Chinese name is the first of them.
  private static func choiceLabels(_ syntax: ListSyntax.TypeSyntax) -> [[String]] {
    switch syntax {
    case .choice(let names, let labels):
      zip(names, labels).map { name, labels in name.zh.map { zh in [zh] + labels.filter { $0 != zh } } ?? labels }
    case .set(let member): choiceLabels(member)
    case .plain, .reference: []
    }
  }

  private static func type(
    _ syntax: ListSyntax.TypeSyntax, _ names: KnownTypes, problems: inout [Diagnostic]
  ) -> FieldType? {
    switch syntax {
    case .plain(let word):
      switch word {
      case "text": return .text
      case "bool": return .bool
      case "number": return .int
      case "money": return names.currency.map { .figure(.amount($0)) } ?? .money
      case "decimal": return .figure(.decimal)
      case "share": return .figure(.share)
      case "prefecture": return .area(.prefecture)
      case "province": return .area(.province)
      case "date": return .date
      case "date or month": return .dateOrMonth
      case "date or year": return .dateOrYear
      case "place": return .place
      case "county": return .county
      default:
        problems.append(
          .error(
            "unknown-type", Text("`\(word)` is not a type of fact.", zh: "`\(word)` 不是事实的类型。"),
            hint: typesOfFacts))
        return nil
      }
    case .choice(let names, _): return .choice(names.map(\.text))
    case .reference(let list):
      guard names.lists.contains(list.text) else {
        problems.append(
          .error(
            "unknown-name", Text("There is no list called `\(list.text)`.", zh: "没有名为 `\(list.text)` 的列表。"),
            hint: Nearest.question(for: list.text, among: Array(names.lists)), at: list.location))
        return nil
      }
      return .reference(list.text)
    case .set(let member): return set(type(member, names, problems: &problems), &problems)
    }
  }

  /// A set of something; of figures with decimals there are none.
  private static func set(_ member: FieldType?, _ problems: inout [Diagnostic]) -> FieldType? {
    if case .figure? = member {
      problems.append(
        .error(
          "unknown-type", Text("There is no set of decimals, shares or amounts.", zh: "没有由小数、比例或金额组成的集合。"),
          hint: Text("Declare a list with a record for each.", zh: "请声明列表，每项一条记录。")))
      return nil
    }
    return member.map { .set($0) }
  }

  private static func absence(
    _ f: ListSyntax.FieldSyntax, type: FieldType, in list: ListSyntax, places: Gazetteer, problems: inout [Diagnostic]
  ) -> Field.Absence {
    switch f.absence {
    case .required: return .required
    case .none?: return .none
    case .empty: return .empty
    case nil:
      if case .set = type { return .empty }
      return .unknown
    case .value(let word):
      let text = word.text
      var raw: Int64?
      switch type {
      case .bool: raw = text == "true" ? 1 : text == "false" ? 0 : nil
      case .choice(let names): raw = names.firstIndex(of: text).map { Int64($0) }
      case .int: raw = Decimals.parse(text[...], scale: 0)
      case .money: raw = Decimals.parse(text[...], scale: 2)
      case .date, .dateOrMonth, .dateOrYear: raw = Day(text[...]).map { Int64($0.number) }
      case .figure(let figure): raw = figure.raw(text)
      case .place, .county, .area: if case .found(let id) = places.resolve(text) { raw = Int64(id) }
      case .text, .reference, .set: break
      }
      if let raw { return .value(raw) }
      if text == "id" || list.fields.contains(where: { $0.name.text == text }) { return .field(text) }
      let usual = Text("Give a value of the field's type, or another field's name.", zh: "请给出该类型的值，或另一字段的名称。")
      // Of texts and references none can be named here, so that what stands for them is another field, or nothing.
      let ofText = Text(
        "Another field may stand for it (`default NAME`); else write `absent means none`, or declare `one of (…)`.",
        zh: "可由另一字段代替（`default NAME`）；否则请写 `absent means none`，或改用 `one of (…)`。")
      let isNamed = if case .text = type { true } else if case .reference = type { true } else { false }
      problems.append(
        .error(
          "bad-default", Text("`\(text)` is no value of this field.", zh: "`\(text)` 不是该字段的值。"),
          hint: isNamed ? ofText : usual, at: word.location))
      return .unknown
    }
  }
}
