// A policy document in the other surface: its fences clause by clause, with blank lines, comments and order as they
// are; prose stays byte by byte. What comes out is read back and has to mean the same.
import Diagnostics
import Facts
import Reckoning

/// Translating policy documents.
package enum RuleTranslation {
  /// What comes of a translation.
  package struct Result: Sendable {
    /// The document in the other surface; as it was where something stands in the way.
    package let text: String
    /// Mistakes of the document, which have to be mended first.
    package let diagnostics: [Diagnostic]
    /// Names that are declared without one in the language that is translated to.
    package let unnamed: [String]
  }

  /// A document's rules in one language.
  package static func translate(
    _ source: SourceFile, to language: Language, dictionary: FactDictionary, places: Gazetteer
  ) -> Result {
    written(source, language, dictionary, places) { $0 != language }
  }

  /// A document's rules laid out as the program writes them, each fence in the language that it is in.
  package static func laidOut(_ source: SourceFile, dictionary: FactDictionary, places: Gazetteer) -> Result {
    let english = written(source, .en, dictionary, places) { $0 == .en }
    guard english.diagnostics.isEmpty else { return english }
    return written(SourceFile(name: source.name, text: english.text), .zh, dictionary, places) { $0 == .zh }
  }

  /// The fences that `isMeant` says yes to, written in one language.
  private static func written(
    _ source: SourceFile, _ language: Language, _ dictionary: FactDictionary, _ places: Gazetteer,
    where isMeant: @escaping (Language) -> Bool
  ) -> Result {
    let reading = Reading(source, dictionary, places)
    let errors = reading.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { return Result(text: source.text, diagnostics: errors, unnamed: []) }
    let names = ChineseNames(reading.dictionary, document: source.text)
    let writer = FenceTranslation(
      language: language, isMeant: isMeant, reading: reading, names: names,
      writer: RuleWriter(
        surface: language, notes: reading.notes, places: places, currency: reading.syntax.header?.currency))
    let text = writer.document(source)
    let again = Reading(SourceFile(name: source.name, text: text), dictionary, places)
    guard again.canonical == reading.canonical, !again.diagnostics.contains(where: { $0.severity == .error }) else {
      let (a, b) = (reading.canonical, again.canonical)
      let different = zip(a, b).first { $0 != $1 }
      let what = different.map { "\($0) ≠ \($1)" } ?? "\(a.count) ≠ \(b.count)"
      let names = language == .zh ? reading.syntax.likeWords.map { $0.zh ?? $0.text } : []
      return Result(
        text: source.text,
        diagnostics: again.diagnostics.filter { $0.severity == .error } + [
          .error(
            "not-translated",
            Text("This would read otherwise in the other language: \(what)", zh: "换一种语言后含义会不同：\(what)"),
            hint: names.isEmpty
              ? Text("Write this clause in other words.", zh: "请换一种写法。")
              : Text(
                "Rules in Chinese have words of their own that are spelt so: \(names.joined(separator: ", ")). "
                  + "Give these names others behind `zh`.",
                zh: "与规则用词同形的名称：\(names.joined(separator: "、"))。请给它们换个中文名称。"),
            at: source.location(fromUTF8: 0, to: 0))
        ], unnamed: [])
    }
    return Result(text: text, diagnostics: [], unnamed: reading.unnamed(in: language))
  }

  /// What a document's rules say, clause by clause, whatever they are written in: the same for both surfaces.
  package static func canonical(_ source: SourceFile, dictionary: FactDictionary, places: Gazetteer) -> [String] {
    Reading(source, dictionary, places).canonical
  }

  /// A document that was parsed and checked, with what its names stand for.
  final class Reading {
    let syntax: DocumentSyntax
    let notes = NameNotes()
    let diagnostics: [Diagnostic]
    /// With the lists that the document declares.
    private(set) var dictionary: FactDictionary
    private let places: Gazetteer

    init(_ source: SourceFile, _ dictionary: FactDictionary, _ places: Gazetteer) {
      let (syntax, mistakes) = PolicyParser.parse(document: source, dictionary: dictionary)
      let places = places.adding(outside: syntax.outsidePlaces)
      var known = dictionary
      let (_, problems) = Checker.check(syntax, dictionary: &known, places: places, notes: notes)
      self.syntax = syntax
      self.dictionary = known
      self.places = places
      diagnostics = mistakes + problems
    }

    /// Every clause in English, by ids.
    var canonical: [String] {
      let writer = RuleWriter(surface: .en, notes: notes, places: places, currency: syntax.header?.currency)
      let pieces = ClausePieces(syntax, of: syntax, writer: writer, dictionary: dictionary, isCanonical: true)
      return pieces.all.map { $0.joined(separator: " ") }
    }

    func unnamed(in language: Language) -> [String] {
      (language == .zh ? syntax.withoutChinese : syntax.withoutEnglish).map(\.text)
    }
  }
}

/// The fences of one document in one surface.
struct FenceTranslation {
  let language: Language
  /// Whether a fence in a language is to be written anew.
  let isMeant: (Language) -> Bool
  let reading: RuleTranslation.Reading
  let names: ChineseNames
  let writer: RuleWriter

  func document(_ source: SourceFile) -> String {
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var out: [String] = []
    var i = 0
    while i < lines.count {
      out.append(lines[i])
      guard let marks = Self.opening(lines[i]) else {
        i += 1
        continue
      }
      let first = i + 1
      var end = first
      while end < lines.count, !Self.closes(lines[end], marks) { end += 1 }
      out += fence(Array(lines[first..<end]), firstLine: first + 1, in: source)
      i = end
    }
    return out.joined(separator: "\n")
  }

  private static func opening(_ line: String) -> Substring? {
    let rest = line.drop { $0 == " " }
    guard let mark = rest.first, mark == "`" || mark == "~" else { return nil }
    let marks = rest.prefix { $0 == mark }
    let info = rest.dropFirst(marks.count).split { $0 == " " || $0 == "\r" }.first
    return marks.count >= 3 && info == "policy" ? marks : nil
  }

  private static func closes(_ line: String, _ marks: Substring) -> Bool {
    let rest = line.drop { $0 == " " }
    return rest.hasPrefix(marks) && rest.drop { $0 == marks.first }.allSatisfy { $0 == " " || $0 == "\r" }
  }

  private func fence(_ lines: [String], firstLine: Int, in source: SourceFile) -> [String] {
    let text = lines.joined(separator: "\n")
    let surface: Language = ChineseParser.reads(text) ? .zh : .en
    guard isMeant(surface) else { return lines }
    let stretches =
      surface == .zh ? chineseStretches(text, firstLine, source) : englishStretches(text, firstLine, source)
    let (syntax, _) = PolicyParser.parse(
      rules: Array(text.utf8), in: source, firstLine: firstLine, isTold: false
    ) { names }
    let pieces = ClausePieces(syntax, of: reading.syntax, writer: writer, dictionary: reading.dictionary)
    var out: [String] = []
    var next = firstLine
    var margin = 0
    for stretch in stretches {
      guard stretch.lines.lowerBound >= next else { continue }
      while next < stretch.lines.lowerBound {
        out.append(lines[next - firstLine])
        next += 1
      }
      let piece = pieces.piece(stretch.lines)
      if piece.isDeclaration { margin = stretch.column - 1 }
      let indent = piece.isDeclaration ? margin : max(stretch.column - 1, margin + 2)
      let comments = comments(lines, stretch.lines, firstLine)
      out += comments.own.map { String(repeating: " ", count: indent) + $0 }
      var written = laid(piece.words, indent: indent)
      for line in piece.below { written += laid(line, indent: indent + 2) }
      if let trailing = comments.trailing, !written.isEmpty { written[0] += "  " + trailing }
      out += written
      next = stretch.lines.upperBound + 1
    }
    while next - firstLine < lines.count {
      out.append(lines[next - firstLine])
      next += 1
    }
    return out
  }

  // MARK: Where clauses stand

  struct Stretch {
    let lines: ClosedRange<Int>
    let column: Int
  }

  private func chineseStretches(_ text: String, _ firstLine: Int, _ source: SourceFile) -> [Stretch] {
    var lexer = ChineseLexer(names: names, source: source)
    return ChineseParser.declarations(lexer.lines(text, firstLine: firstLine)).flatMap { declaration in
      ([declaration.head] + declaration.clauses).map { Stretch(lines: $0.lines, column: $0.column) }
    }
  }

  private func englishStretches(_ text: String, _ firstLine: Int, _ source: SourceFile) -> [Stretch] {
    var parser = RuleParser(Array(text.utf8), in: source, firstLine: firstLine)
    parser.run()
    return parser.clausePlaces.map { Stretch(lines: $0.lines, column: $0.column) }
  }

  /// Comments on lines of their own within a clause, and one behind its words.
  private func comments(
    _ lines: [String], _ range: ClosedRange<Int>, _ firstLine: Int
  ) -> (own: [String], trailing: String?) {
    var own: [String] = []
    var trailing: [String] = []
    for number in range {
      let line = lines[number - firstLine]
      guard let start = RuleTokens.commentStart(in: line) else { continue }
      let comment = String(line.dropFirst(start))
      if line.prefix(start).allSatisfy(\.isWhitespace) { own.append(comment) } else { trailing.append(comment) }
    }
    return (own, trailing.isEmpty ? nil : trailing.joined(separator: " "))
  }

  // MARK: Lines

  /// Words on lines of at most 112 columns, which break where a line may go on.
  private func laid(_ words: [String], indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    var previous: [String] = []
    for word in words {
      let piece = previous.isEmpty ? word : separator(previous, word) + word
      let breaks = language == .zh ? previous.last == "，" || word == "en" : Self.goesOn.contains(word)
      if breaks, columns(line + piece) > 112 - indent {
        lines.append(line)
        line = word
      } else {
        line += piece
      }
      previous = Array((previous + [word]).suffix(3))
    }
    if !line.isEmpty { lines.append(line) }
    return lines.enumerated().map { i, line in
      let text = line.drop { $0 == " " }
      return margin + (i == 0 ? "" : "    ") + (text.last == " " ? String(text.dropLast()) : String(text))
    }
  }

  /// About how wide a text is: Chinese characters take two columns.
  private func columns(_ text: String) -> Int { text.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } }

  private static let goesOn: Set<String> = ["and", "or", "then", "otherwise", "zh", "except"]

  /// What has to stand between two words for them to be read as two.
  private func separator(_ before: [String], _ word: String) -> String {
    guard let last = before.last, let end = last.last, let start = word.first else { return "" }
    switch language {
    case .en:
      if start == "," || start == ")" || start == "." || end == "(" || end == "." { return "" }
      return " "
    case .zh:
      if end == " " || start == " " { return "" }
      if end.isASCII, start.isASCII, end.isLetter || end.isNumber, start.isLetter || start.isNumber { return " " }
      guard ChineseLexer.isChinese(start), ChineseLexer.isChinese(end) || end.isNumber else { return "" }
      let joined = before.suffix(2).joined()
      return sorts(joined + word) == sorts(joined) + sorts(word) ? "" : " "
    }
  }

  private func sorts(_ text: String) -> [ChineseToken.Sort] {
    var lexer = ChineseLexer(names: names, source: reading.syntax.source)
    return lexer.lines(text, firstLine: 1).flatMap { $0.tokens.map(\.sort) }
  }
}
