// Diagnostics of rules in Chinese with everything that they quote or suggest in Chinese: a remedy can be written as it
// stands. What a message has between backquotes is read as a rule in English and written anew. Knows nothing of what is
// wrong.
import Diagnostics
import Facts
import Reckoning

/// Puts what diagnostics say about rules in Chinese into the words of rules in Chinese.
package struct ChineseRemedies {
  private let lines: [ClosedRange<Int>]
  private let source: SourceFile
  private let dictionary: FactDictionary
  private let writer: RuleWriter
  /// What ids stand for: those of the document, then those of the lists of facts.
  private let names: [String: String]
  /// Ids of the document that have no Chinese name: a measure `posts` is no unit.
  private let unnamed: Set<String>
  /// The first line of each measure, and the facts that its rules look at.
  private let measures: [(line: Int, names: [String: String])]

  /// - Parameter dictionary: the facts, with those that the document declares.
  package init(_ syntax: DocumentSyntax, dictionary: FactDictionary, places: Gazetteer?) {
    lines = syntax.chineseLines
    source = syntax.source
    self.dictionary = dictionary
    unnamed = Set(syntax.withoutChinese.map(\.text))
    var known: [String: String] = [:]
    for name in syntax.declaredNames {
      if let zh = name.zh, known[name.text] == nil { known[name.text] = zh }
    }
    for list in dictionary.lists {
      for (id, zh) in [(list.name, list.words.zh), (list.singular, list.record.zh)] where known[id] == nil {
        known[id] = zh
      }
    }
    let declared = known
    for list in dictionary.lists { known.merge(Self.facts(list)) { own, _ in own } }
    names = known
    var ofLists: [String: [String: String]] = [:]
    measures = syntax.measures.map { measure in
      var own: [String: String] = [:]
      for case .frame(let frame) in measure.clauses {
        if case .each(let name) = frame.base, let list = dictionary.list(called: name.text) {
          // Measures over one list share what its facts are called.
          own = ofLists[list.name] ?? Self.facts(list).merging(declared) { _, declared in declared }
          ofLists[list.name] = own
        }
      }
      return (measure.location.start.line, own)
    }
    writer = RuleWriter(surface: .zh, notes: nil, places: places, currency: syntax.header?.currency)
  }

  private static func facts(_ list: ListDeclaration) -> [String: String] {
    var found: [String: String] = [:]
    for field in list.fields {
      found[field.name] = field.words.zh
      for choice in field.choices where found[choice.en] == nil { found[choice.en] = choice.zh }
    }
    return found.filter { $0.value.isChinese }
  }

  /// Whether any of the document's rules are in Chinese.
  private var isNeeded: Bool { !lines.isEmpty }

  /// The diagnostics, those of rules in Chinese in the words of such rules.
  package func told(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    isNeeded ? diagnostics.map(told) : diagnostics
  }

  private func told(_ d: Diagnostic) -> Diagnostic {
    guard let line = d.location?.start.line, d.location?.source?.name == source.name,
      lines.contains(where: { $0.contains(line) }) || lines.allSatisfy({ line < $0.lowerBound })
    else { return d }
    let near = measures.last { $0.line <= line }?.names ?? [:]
    return Diagnostic(
      d.severity, code: d.code, said(d.message, near), hint: d.hint.map { said($0, near) }, at: d.location,
      replacement: d.replacement.map { spelt($0, near) })
  }

  private func said(_ text: Text, _ near: [String: String]) -> Text {
    Text(quoted(text.en, near, isChinese: false), zh: quoted(text.zh, near, isChinese: true))
  }

  /// The text with what stands between backquotes in Chinese; in Chinese prose the names outside them as well.
  private func quoted(_ text: String, _ near: [String: String], isChinese: Bool) -> String {
    var out = ""
    for (i, piece) in text.components("`").enumerated() {
      if i > 0 { out += "`" }
      // What may have been meant is named without a mark.
      let namesNames = isChinese || piece.contains("id you mean ")
      out += i % 2 == 1 ? spelt(piece, near) : prose(piece, near, namesNames: namesNames)
    }
    return out
  }

  /// What the language itself names, and the readings of all documents with their choices.
  private static let ofLanguage: [String: String] = {
    var all = SurfaceWords.constants
    for reading in Reading.global {
      for (id, zh) in [(reading.name, reading.chinese)] + reading.choices.map({ ($0.name, $0.chinese) }) {
        if all[id] == nil { all[id] = zh }
      }
    }
    return all
  }()

  // MARK: Outside of backquotes

  /// Figures with their units, what is offered in place of a name; in Chinese prose names of lists and facts.
  private func prose(_ text: String, _ near: [String: String], namesNames: Bool) -> String {
    var out = ""
    var rest = Array(text)[...]
    while let first = rest.first {
      guard first.isASCII, first.isLetter || first.isNumber else {
        out.append(first)
        rest.removeFirst()
        continue
      }
      let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_,.".contains($0)) }
      var written = String(word)
      var tail = ""
      while let last = written.last, ",.".contains(last) { tail = String(written.removeLast()) + tail }
      rest.removeFirst(word.count)
      if first.isNumber, tail.isEmpty, rest.first == " " {
        let unit = String(rest.dropFirst().prefix { $0.isASCII && $0.isLetter })
        if let zh = SurfaceWords.units[unit] {
          out += written + zh
          rest.removeFirst(unit.count + 1)
          continue
        }
      }
      out += (namesNames ? near[written] ?? names[written] ?? Self.ofLanguage[written] : nil) ?? written
      out += tail
    }
    return out
  }

  // MARK: Rules

  /// A piece of a rule as Chinese rules write it; what is none stays as it is.
  private func spelt(_ text: String, _ near: [String: String]) -> String {
    guard text.contains(where: { $0.isASCII && $0.isLetter || "=<>".contains($0) }), !text.contains("\n") else {
      return text
    }
    if let zh = near[text] ?? names[text] ?? RemedyPhrases.all[text] { return zh }
    if unnamed.contains(text) { return text }
    if writer.unit(text) != text { return writer.unit(text) }
    // What is left open is a name as far as the reader of rules goes.
    let open = text.replacing("…", with: "zzz")
    var writer = writer
    writer.names = { [names] in near[$0] ?? names[$0] }
    guard let zh = clause(open, writer) ?? part(open, writer) ?? expression(open, writer) else { return text }
    return zh.replacing("zzz", with: "…")
  }

  /// A clause of a measure, a list, a limit or the head, a row of a table, or a declaration.
  private func clause(_ text: String, _ writer: RuleWriter) -> String? {
    let first = text.split(separator: " ").first.flatMap { DeclarationWord(rawValue: String($0)) }
    if let first, first != .param, first != .reading { return pieces(text, writer)?.first }
    for head in ["measure x", "list x, each a x", "limit x", "table x(n: number) yuan", "document x"] {
      if let found = pieces(head + "\n  " + text, writer), found.count == 2 { return found[1] }
    }
    return nil
  }

  /// Part of a clause: what follows a payment or a set, or a set's source.
  private func part(_ text: String, _ writer: RuleWriter) -> String? {
    let first = text.split(separator: " ").prefix(2).map(String.init)
    let isSource = first.contains { dictionary.list($0) != nil } && text.contains(" ")
    if isSource, let found = pieces("measure x\n  count x = " + text, writer), found.count == 2 {
      return String(found[1].dropFirst("计 x＝".count))
    }
    if text.hasSuffix(" with same person"), let whole = expression("earliest of zz over (\(text))", writer) {
      return String(whole.drop { $0 != "（" }.dropFirst().prefix { $0 != "）" })
    }
    if text.hasPrefix("with "), let found = pieces("measure x\n  count x = zz " + text, writer), found.count == 2,
      found[1].hasPrefix("计 x＝"), found[1].hasSuffix("zz")
    {
      return String(found[1].dropFirst("计 x＝".count).dropLast(2))
    }
    if let set = text.firstRange(of: "pay zzz for each ") { return "付给zzz：" + text[set.upperBound...] + "每人zzz" }
    for (lead, zh) in [
      ("pay x 1 yuan ", "付给x：1元，"), ("count x = x ", "计 x＝x，"), ("for each x, ", "对每x，"),
    ] {
      if let found = pieces("measure x\n  " + lead + text, writer), found.count == 2, found[1].hasPrefix(zh) {
        return String(found[1].dropFirst(zh.count))
      }
    }
    return nil
  }

  /// An expression, or the right side of one: `>= 100`, `* 3 months`.
  private func expression(_ text: String, _ writer: RuleWriter) -> String? {
    let (found, problems) = PolicyParser.parse(expression: text)
    if problems.isEmpty { return RuleLayout.joined(writer.words(found)) }
    let (whole, others) = PolicyParser.parse(expression: "zz " + text)
    guard others.isEmpty, case let written = RuleLayout.joined(writer.words(whole)), written.hasPrefix("zz") else {
      return nil
    }
    return String(written.dropFirst(2))
  }

  /// What rules say, piece by piece; nil where they cannot be read.
  private func pieces(_ rules: String, _ writer: RuleWriter) -> [String]? {
    let (syntax, problems) = PolicyParser.untold(
      Array(rules.utf8), in: SourceFile(name: "<remedy>", text: rules), 1)
    guard problems.isEmpty else { return nil }
    let all = ClausePieces(syntax, of: syntax, writer: writer, dictionary: dictionary).all
    return all.map { words in
      let written = RuleLayout.joined(words)
      return written.hasSuffix(" ") ? String(written.dropLast()) : written
    }
  }
}

extension PolicyParser {
  /// A figure, an amount or a condition without names of a document, as rules in Chinese write it; what cannot be read
  /// stays as it is.
  package static func inChinese(expression text: String) -> String {
    let (found, problems) = parse(expression: text)
    // A unit of the drafter's own stays as it is; it is read in both languages.
    guard problems.isEmpty else { return text }
    return RuleLayout.joined(RuleWriter(surface: .zh, notes: nil, places: nil).words(found))
  }
}

/// Words side by side where nothing has to be read back.
enum RuleLayout {
  static func joined(_ words: [String]) -> String {
    var out = ""
    for word in words {
      if let end = out.last, let start = word.first, end.isASCII, start.isASCII, end.isLetter || end.isNumber,
        start.isLetter || start.isNumber
      {
        out += " "
      }
      out += word
    }
    return out
  }
}

extension DocumentSyntax {
  /// Every name that the document gives.
  var declaredNames: [Name] {
    var all = parameters.map(\.name) + readings.flatMap { [$0.name] + $0.choices.map(\.name) } + values.map(\.name)
    all += definitions.flatMap { [$0.name] + $0.parameters.map(\.name) }
    all += tables.flatMap { [$0.name] + $0.parameters.map(\.name) } + limits.map(\.name)
    for measure in measures {
      all.append(measure.name)
      for clause in measure.clauses {
        if let name = clause.declaredName { all.append(name) }
        if case .reading(let reading) = clause { all += reading.choices.map(\.name) }
        if case .frame(let frame) = clause { all += frame.iterations.map(\.name) }
      }
    }
    return all
  }

  /// What people read the names of: figures, readings, definitions, measures, sets.
  private var shownNames: [Name] {
    var names = values.map(\.name) + readings.map(\.name) + parameters.map(\.name) + tables.map(\.name)
    names += limits.map(\.name) + definitions.map(\.name) + measures.filter { $0.form != .note }.map(\.name)
    for measure in measures { names += measure.clauses.compactMap(\.declaredName) }
    return names
  }

  /// Names that are declared in Chinese alone.
  package var withoutEnglish: [Name] { shownNames.filter(\.text.isChinese) }

  /// Names that are declared in English alone.
  package var withoutChinese: [Name] { shownNames.filter { $0.zh == nil && !$0.text.isChinese } }

  /// Names that rules in Chinese have for words of their own, by what these read.
  var likeWords: [Name] { shownNames.filter { ChineseWords.within.contains($0.zh ?? $0.text) } }

  /// Whether anything that is declared has a Chinese name.
  package var namesInChinese: Bool { shownNames.contains { $0.zh != nil || $0.text.isChinese } }
}
