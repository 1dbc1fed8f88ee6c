// What there is to be written in a declaration: its own names, the facts of the records that it looks at, kinds, units,
// places. Knows nothing of where in a clause each of them belongs.

import Facts
import PolicyLanguage

/// What begins as something that is typed.
enum Offered {
  /// Those that begin so, else those whose other name does; all of them where nothing is typed.
  static func matching(_ all: [Completion], _ partial: String) -> [Completion] {
    var seen: Set<String> = []
    let all = all.filter { seen.insert($0.text).inserted }
    guard !partial.isEmpty else { return all }
    let folded = partial.lowercased()
    let found = all.filter { $0.text.lowercased().hasPrefix(folded) }
    return found.isEmpty ? all.filter { $0.alias.lowercased().hasPrefix(folded) } : found
  }
}

/// The names that a declaration may use, in the language that it is written in.
struct RuleOffers {
  let file: OpenFile
  let block: RuleBlock
  var isChinese: Bool { block.isChinese }
  private var library: FactDictionary { file.desk.library.dictionary }

  init(_ file: OpenFile, _ block: RuleBlock) { (self.file, self.block) = (file, block) }

  func text(_ en: String, _ zh: String) -> String { file.desk.language == .zh ? zh : en }

  private func own(_ sort: RuleBlock.Own.Sort) -> [Completion] {
    block.own.filter { $0.sort == sort }.map { one in
      let (text, other) = one.words(chinese: isChinese)
      return Completion(text, one.meaning, alias: other)
    }
  }

  /// The measure's own sets.
  var sets: [Completion] { own(.set) }

  /// Figures: what the declaration names, then the document's own.
  var figures: [Completion] {
    var all = own(.parameter) + own(.figure)
    if let document = file.document {
      let language = file.desk.language
      func add(_ name: String, _ chinese: String?, _ meaning: String) {
        let zh = chinese ?? name
        all.append(isChinese ? Completion(zh, meaning, alias: name) : Completion(name, meaning, alias: zh))
      }
      for one in document.parameters { add(one.name, one.chinese, one.meaning?.in(language) ?? "") }
      for one in document.values { add(one.name, one.chinese, one.meaning?.in(language) ?? "") }
      for one in document.definitions { add(one.name, one.chinese, "") }
    }
    return all
  }

  var readings: [Completion] {
    let language = file.desk.language
    return own(.reading)
      + (file.document?.readings ?? []).map { one in
        isChinese
          ? Completion(one.words.zh, one.question.in(language), alias: one.name)
          : Completion(one.name, one.question.in(language), alias: one.words.zh)
      }
  }

  /// Parameters and readings of every measure of the file, for examples.
  var settings: [Completion] {
    let measures = file.document?.measures ?? []
    let language = file.desk.language
    return figures + readings
      + measures.flatMap(\.parameters).map { one in
        let meaning = one.meaning?.in(language) ?? ""
        return isChinese
          ? Completion(one.words.zh, meaning, alias: one.name) : Completion(one.name, meaning, alias: one.words.zh)
      }
      + measures.flatMap(\.readings).map { one in
        let meaning = one.question.in(language)
        return isChinese
          ? Completion(one.words.zh, meaning, alias: one.name) : Completion(one.name, meaning, alias: one.words.zh)
      }
  }

  /// The file's measures, each as it is called here.
  var measures: [Completion] {
    (file.document?.measures ?? []).map { one in
      let meaning = one.title.in(file.desk.language)
      return isChinese ? Completion(one.words.zh, meaning, alias: one.name) : Completion(one.name, meaning)
    }
  }

  /// Kinds of benefit that documents have.
  var kinds: [Completion] {
    let documents = [file.document].compactMap { $0 } + file.desk.library.documents
    return documents.flatMap(\.measures).filter { !$0.kind.isEmpty }.map { one in
      let words = one.kindWords
      let meaning = "\(text("as", "如")) \(one.title.in(file.desk.language))"
      return isChinese ? Completion(words.zh, meaning, alias: words.en) : Completion(words.en, meaning, alias: words.zh)
    }
  }

  /// Units of figures. After `yuan` a rate may follow.
  var units: [Completion] {
    let all = [
      ("yuan", "元"), ("persons", "人"), ("%", "%"), ("months", "个月"), ("days", "日"), ("years", "年"),
      ("posts", "个岗位"), ("teams", "个团队"), ("courses", "期"), ("times", "次"), ("hours", "小时"), ("classes", "课时"),
      ("yuan per month", "元/月"), ("yuan per day", "元/日"), ("yuan per person", "元/人"),
    ]
    return all.map { isChinese ? Completion($0.1, $0.0) : Completion($0.0, $0.1, alias: $0.1) }
  }

  /// Places by code in English, by name with the code in Chinese.
  var places: [Completion] {
    let places = file.desk.library.places
    return zip(places.codes, places.names).map { code, name in
      isChinese ? Completion("\(name)〔\(code.text)〕", "", alias: code.text) : Completion(code.text, name, alias: name)
    }
  }

  // MARK: Records and their facts

  func list(_ name: String) -> ListDeclaration? { library.list(name) }
  var lists: [ListDeclaration] { library.lists }

  /// The list whose facts stand alone in a clause: the counted one's, else the frame's.
  var current: ListDeclaration? {
    if let set = sets(in: block.clause).first, let list = list(set.list) { return list }
    return block.frame
  }

  /// The sets of the declaration that a clause counts or goes over.
  private func sets(in clause: String) -> [RuleBlock.Own] {
    if isChinese {
      if clause.hasPrefix("计") {
        let rest = clause.dropFirst().drop { $0 == " " }
        return block.sets.filter { rest.hasPrefix($0.chinese ?? $0.name) }
      }
      guard clause.hasPrefix("付给") || clause.hasPrefix("追回") else { return [] }
      return block.sets.filter { clause.contains($0.chinese ?? $0.name) }
    }
    let words = clause.split { $0 == " " || $0 == "," }.map(String.init)
    if words.first == "count" { return block.sets.filter { $0.name == words.dropFirst().first } }
    return block.sets.filter { set in
      zip(words, words.dropFirst()).contains { $0 == ("each", set.name) }
    }
  }

  /// The facts of a list by their names; in Chinese conditions those that hold or not by how they are told.
  func facts(of list: ListDeclaration, told: Bool, where fits: (FieldType) -> Bool = { _ in true }) -> [Completion] {
    list.fields.filter { fits($0.type) }.flatMap { field -> [Completion] in
      let meaning = field.meaning.in(file.desk.language)
      guard isChinese else { return [Completion(field.name, meaning, alias: field.words.zh)] }
      if told, let says = field.says {
        return [says.yes.zh, says.no.zh].map { Completion($0, meaning, alias: field.words.zh) }
      }
      return [Completion(field.words.zh, meaning, alias: field.name)]
    }
  }

  /// The facts of the records that a clause looks at.
  func facts(_ fits: (FieldType) -> Bool) -> [Completion] {
    current.map { facts(of: $0, told: true, where: fits) } ?? []
  }

  /// Whom a payment may go to.
  var payees: [Completion] {
    func pointed(_ list: ListDeclaration) -> Completion {
      isChinese
        ? Completion("该" + list.record.zh, list.title.zh, alias: list.singular)
        : Completion(list.singular, list.title.in(file.desk.language))
    }
    guard let frame = block.frame else { return lists.map(pointed) }
    let seen = [frame] + block.sets.compactMap { list($0.list) }
    return [pointed(frame)]
      + seen.flatMap { list in
        facts(of: list, told: false) { if case .reference = $0 { true } else { false } }
          + facts(of: list, told: false) { $0 == .text }.filter { $0.text != "id" && $0.text != "name" }
      }
  }

  /// A fact of the current records, of those that they refer to, or of any list, by its name.
  func field(_ name: String, in given: ListDeclaration? = nil) -> Field? {
    func of(_ list: ListDeclaration) -> Field? {
      list.fields.first { $0.name == name || $0.chinese == name }
    }
    if let given { return of(given) }
    return current.flatMap(of) ?? block.frame.flatMap(of)
  }

  /// What a fact may be.
  func values(of field: Field) -> [Completion] {
    switch field.type {
    case .bool: return isChinese ? [Completion("是"), Completion("否")] : [Completion("true"), Completion("false")]
    case .choice:
      return field.choices.map { isChinese ? Completion($0.zh, "", alias: $0.en) : Completion($0.en, $0.zh) }
    case .place, .county, .area: return places
    case .text, .int, .money, .date, .dateOrMonth, .dateOrYear, .figure, .reference, .set: return []
    }
  }
}
