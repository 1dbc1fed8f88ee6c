// The declarations at document level: header, lists of facts, by-reference values, definitions, parameters, readings.
// Knows nothing of measures.
import Diagnostics
import Reckoning

extension RuleParser {
  // MARK: Texts

  mutating func string() throws(Lost) -> String {
    guard sort == .string else { throw fail(.text) }
    index += 1
    return text(of: tokens[index - 1])
  }

  /// `"English" zh "中文"`, or one text for both.
  mutating func wording() throws(Lost) -> Wording {
    let first = try string()
    guard take(.zh) else { return .same(first) }
    return Wording(first, zh: try string())
  }

  mutating func optionalWording() throws(Lost) -> Wording? { sort == .string ? try wording() : nil }

  /// Sets what can be stated once; a second statement is told and left out.
  mutating func once<T>(_ slot: inout T?, _ value: T, _ word: String, since start: Int) {
    if slot == nil { slot = value } else { report(.repeated(word), at: location(of: tokens[start])) }
  }

  // MARK: Header

  mutating func header() {
    var name: Name?
    let start = index
    readClause { p throws(Lost) in name = try p.longName() }
    var title: Wording?
    var number: String?
    var jurisdiction: Name?
    var isOutside = false
    var issued: Name?
    var window: WindowSyntax?
    var currency: Currency?
    var remarks: [(key: Name, text: Wording)] = []
    var defaults: [DefaultSyntax] = []
    var funds: FundSyntax?
    var lines: [String: Int] = [:]
    clauses { p in
      let key = p.tokens[p.index]
      lines[key.word == .no ? "window" : p.text(of: key)] = key.line
      let first = p.index
      p.readClause { p throws(Lost) in
        switch HeaderWord(key.word) {
        case .title: p.once(&title, try p.wording(), "title", since: first)
        case .number: p.once(&number, try p.string(), "number", since: first)
        case .jurisdiction:
          let outside = p.take(.outside)
          if outside, p.sort != .string { throw p.fail(.text) }
          p.once(&jurisdiction, try p.area(), "jurisdiction", since: first)
          isOutside = isOutside || outside
        case .issued: p.once(&issued, try p.day(), "issued", since: first)
        case .window, .no: p.once(&window, try p.window(since: first), "window", since: first)
        case .currency: p.once(&currency, try p.currency(), "currency", since: first)
        case .default: defaults.append(try p.ownDefault(since: first))
        case .fund: p.once(&funds, try p.funds(since: first), "fund", since: first)
        case nil:
          try p.demandRemark(first)
          remarks.append((Name(p.text(of: key), at: p.location(of: key)), try p.wording()))
        }
      }
    }
    guard let name else { return }
    if document.header != nil {
      report(.secondHeader, at: location(of: tokens[start]))
      return
    }
    document.header = HeaderSyntax(
      name: name, title: title, number: number, jurisdiction: jurisdiction, isOutside: isOutside, issued: issued,
      window: window, currency: currency, defaults: defaults, funds: funds, remarks: remarks, clauseLines: lines)
  }

  /// A remark whose word is nearly that of a clause was meant as that clause.
  private mutating func demandRemark(_ first: Int) throws(Lost) {
    let word = text(of: tokens[first])
    // The remark that says in words who pays is no slip of the clause.
    if word == "funded" { return }
    guard let meant = misspelt(first), meant.isHeaderClause, Self.isOneSlip(word, meant.rawValue) else { return }
    let question = Nearest.question(for: word, among: [meant.rawValue])
    throw fail(.unknownClause(Visible.text(word), in: .document, question: question, words: []), at: first)
  }

  /// Whether the words are as long as each other, give or take a letter, and differ only in a stretch of at most two.
  private static func isOneSlip(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    let same = zip(a, b).prefix { $0 == $1 }.count
    let sameEnd = zip(a.dropFirst(same).reversed(), b.dropFirst(same).reversed()).prefix { $0 == $1 }.count
    let (left, right) = (a.count - same - sameEnd, b.count - same - sameEnd)
    return left + right <= 2 || (left == 2 && right == 2 && a[same] == b[same + 1] && a[same + 1] == b[same])
  }

  /// A place as written: a code or a name in quotation marks.
  mutating func area() throws(Lost) -> Name {
    guard sort == .number || sort == .code || sort == .string || sort == .word else { throw fail(.place) }
    index += 1
    let token = tokens[index - 1]
    return Name(text(of: token), at: location(of: token))
  }

  mutating func day() throws(Lost) -> Name {
    guard sort == .date else { throw fail(.date) }
    index += 1
    let token = tokens[index - 1]
    return Name(text(of: token), at: location(of: token))
  }

  /// `window from A to B`, `window from A`, `no window`; the first word is taken already.
  mutating func window(since start: Int) throws(Lost) -> WindowSyntax {
    if clause == .no {
      try expect(.window)
      return WindowSyntax(from: nil, to: nil, isNone: true, at: location(since: start))
    }
    var from: Expression?
    var to: Expression?
    if word != .to {
      try expect(.from)
      from = try value()
    }
    if take(.to) { to = try value() }
    return WindowSyntax(from: from, to: to, isNone: false, at: location(since: start))
  }

  // MARK: Lists

  mutating func listDeclaration() {
    var names: (Name, Name)?
    var classifier: Name?
    var lasts: Wording?
    readClause { p throws(Lost) in
      let name = try p.named(.list)
      // Fields of a list whose singular cannot be read are still read, under the list's own name.
      names = (name, name)
      _ = p.take(.comma)
      try p.expect(.each)
      guard p.take(.a) || p.take(.an) else { throw p.fail(.word("a")) }
      names = (name, try p.named())
      if p.take(.per) { classifier = try p.name() }
    }
    var title: Wording?
    var person: Name?
    var personID: Name?
    var begins: Name?
    var ends: Name?
    var fields: [ListSyntax.FieldSyntax] = []
    var joins: [JoinsSyntax] = []
    var gaps: [GapSyntax] = []
    var lines: [String: Int] = [:]
    clauses { p in
      let first = p.index
      let key = p.word(at: first)
      lines[key.rawValue] = p.tokens[first].line
      p.readClause { p throws(Lost) in
        switch ListWord(key) {
        case .title: p.once(&title, try p.wording(), "title", since: first)
        case .person:
          let name = try p.name()
          if p.take(.or) { personID = name }
          p.once(&person, personID == nil ? name : try p.name(), "person", since: first)
        case .joins: joins.append(try p.joins(since: first))
        case .gap: gaps.append(try p.gap(since: first))
        case .begins: p.once(&begins, try p.name(), "begins", since: first)
        case .ends: p.once(&ends, try p.name(), "ends", since: first)
        case .lasts: p.once(&lasts, try p.wording(), "lasts", since: first)
        case .field, nil: fields.append(try p.field())
        }
      }
    }
    guard let (name, singular) = names else { return }
    document.lists.append(
      ListSyntax(
        name: name, singular: singular, title: title, person: person, personID: personID, begins: begins, ends: ends,
        fields: fields, joins: joins, gaps: gaps, classifier: classifier, lasts: lasts, clauseLines: lines))
  }

  func word(at i: Int) -> Word { i < tokens.count ? tokens[i].word : .other }

  private mutating func field() throws(Lost) -> ListSyntax.FieldSyntax {
    let name = try named()
    let type = try type()
    var isAscending = false
    if case .choice = type { isAscending = take(.ascending) }
    var absence: ListSyntax.AbsenceSyntax?
    var labels: [String] = []
    var meaning: Wording?
    var says: SaysSyntax?
    while !isAtEnd, !(tokens[index].startsLine && sort == .word && !isFieldWord) {
      let start = index
      if take(.required) {
        once(&absence, .required, "required", since: start)
      } else if take(.absent) {
        try expect(.means)
        if take(.none) {
          once(&absence, .none, "absent", since: start)
        } else if take(.empty) {
          once(&absence, .empty, "absent", since: start)
        } else {
          throw fail(.word("none"))
        }
      } else if take(.default) {
        var value = try rawToken()
        if take(.percent) { value = Name(value.text + "%", at: value.location) }
        once(&absence, .value(value), "default", since: start)
      } else if take(.label) {
        repeat { labels.append(try string()) } while take(.comma)
      } else if take(.says) {
        once(&says, try saying(), "says", since: start)
      } else if sort == .string {
        once(&meaning, try wording(), "meaning", since: start)
      } else {
        break
      }
    }
    return ListSyntax.FieldSyntax(
      name: name, type: type, absence: absence, labels: labels, meaning: meaning, says: says,
      isAscending: isAscending)
  }

  /// `"on file" / "not on file" zh "已备案" / "未备案"`
  private mutating func saying() throws(Lost) -> SaysSyntax {
    let yes = try string()
    try expect(.divide, "/")
    let no = try string()
    guard take(.zh) else { return SaysSyntax(yes: .same(yes), no: .same(no)) }
    let yesInChinese = try string()
    try expect(.divide, "/")
    return SaysSyntax(yes: Text(yes, zh: yesInChinese), no: Text(no, zh: try string()))
  }

  private var isFieldWord: Bool {
    word == .required || word == .absent || word == .default || word == .label || word == .says
  }

  /// One token as written: a figure, date, code, word or text.
  private mutating func rawToken() throws(Lost) -> Name {
    guard sort.isPartOfName || sort == .string else { throw fail(.value) }
    index += 1
    let token = tokens[index - 1]
    return Name(text(of: token), at: location(of: token))
  }

  private mutating func type() throws(Lost) -> ListSyntax.TypeSyntax {
    // `set of set of …` means nothing, but must not be followed to the end of the stack.
    guard depth < Self.deepest else { throw fail(.tooDeep, at: index) }
    depth += 1
    defer { depth -= 1 }
    guard sort == .word else { throw fail(.type) }
    if take(.one, .of) { return try choices() }
    if take(.reference) {
      try expect(.to)
      return .reference(try name(.list))
    }
    if take(.set) {
      try expect(.of)
      return .set(try type())
    }
    let written = text(of: tokens[index])
    guard Self.types.contains(written) else {
      let shown = Visible.text(String(written.prefix(30)))
      throw fail(.unknownType(shown, question: Nearest.question(for: written, among: Self.types)), at: index)
    }
    index += 1
    guard written == "date", word == .or else { return .plain(written) }
    if take(.or, .month) { return .plain("date or month") }
    if take(.or, .year) { return .plain("date or year") }
    throw fail(.word("year"), at: index + 1)
  }

  private static let types = [
    "text", "bool", "number", "decimal", "share", "money", "date", "place", "county", "prefecture", "province",
  ]

  /// `(male "男", female "女", ...)`: choices, each with the other words that files may use for it.
  private mutating func choices() throws(Lost) -> ListSyntax.TypeSyntax {
    let bracket = index
    try expect(.open, "(")
    var found: [Name] = []
    var labels: [[String]] = []
    repeat {
      found.append(try named())
      var words: [String] = []
      while sort == .string { words.append(try string()) }
      labels.append(words)
    } while take(.comma)
    try closeBracket(bracket)
    return .choice(found, labels: labels)
  }

  // MARK: Values and definitions

  /// `value NAME UNIT [by date] ["what it is"] [from "the document that sets it"]`
  mutating func valueDeclaration() throws(Lost) -> ValueSyntax {
    let name = try named()
    let start = index
    guard sort == .percent || sort == .word, word != .from, let unit = try unit() else { throw fail(.unit) }
    let location = location(since: start)
    let byDate = take(.by)
    if byDate { try expect(.date) }
    let meaning = try optionalWording()
    let source = take(.from) ? try wording() : nil
    return ValueSyntax(name: name, unit: Name(unit, at: location), meaning: meaning, source: source, isByDate: byDate)
  }

  /// `define NAME(parameter: type, ...) EXPRESSION`. A body that cannot be read leaves the name known.
  mutating func definition() throws(Lost) -> DefinitionSyntax {
    let name = try named()
    var parameters: [(name: Name, type: Name)] = []
    let bracket = index
    if sort == .open, !tokens[index].startsLine {
      index += 1
      while sort != .close {
        let parameter = try named()
        try expect(.colon, ":")
        parameters.append((parameter, try self.name(.type)))
        if !take(.comma) { break }
      }
      try closeBracket(bracket)
    }
    let body = try kept { p throws(Lost) in try p.expression() }
    return DefinitionSyntax(name: name, parameters: parameters, body: body)
  }

  /// An expression, `broken` when it cannot be read, so that the name it belongs to stays known.
  mutating func kept(_ read: (inout RuleParser) throws(Lost) -> Expression) throws(Lost) -> Expression {
    let start = index
    do {
      return try read(&self)
    } catch {
      abandoned = true
      return Expression(.broken, at: location(since: start))
    }
  }
}
