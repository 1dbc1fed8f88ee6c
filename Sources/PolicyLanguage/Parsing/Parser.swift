// Text to syntax: the entry points, and the declarations one after another. Knows nothing of meanings: names are not
// looked up, units not compared.
//
// Lines: a declaration starts on a line whose first word is a declaration's; a clause on a line whose first word is a
// clause word of the declaration being read; every other line goes on with the clause before it. So a line that goes on
// may not begin with a clause word, except where
//   - what follows shows the word to be a name: `kind is …`, `count of …`, `title)`, `number,` (an operator, a
//     bracket's end);
//   - it stands deeper than the clause and is one of its own options: `where`, `begins`, `every`, `once` below `count`,
//     `for each` below `pay`, `quota` and `only`, anything but `given` and `expect` below `given`;
//   - it is a choice, deeper than `reading`, with a text or `default` after it.
// A `param` or `reading` at a measure's own margin belongs to the document when the measure's other clauses stand
// deeper. A comment runs from `#` to the end of its line. Each fence stands by itself.
//
// document     = { declaration } .
// declaration  = header | list | value | define | table | param | reading | measure | limit | example .
//
// header       = "document" dashed { "title" wording | "number" TEXT | "jurisdiction" ( place | "outside" TEXT )
//                | "currency" WORD [ "zh" TEXT ] [ NUMBER "decimals" ] | "issued" DATE
//              | window | "default" NAME "is" NAME [ wording ] | NAME wording } .
// list         = "list" named [ "," ] "each" ( "a" | "an" ) named [ "per" NAME ] { "title" wording
//                | "person" NAME [ "or" NAME ]
//              | "begins" NAME | "ends" NAME | "lasts" wording | field | joins | gap } .
// joins        = "joins" NAME "with" "same" NAME { "," NAME } [ "where" expression ] [ "when" expression ] .
// gap          = "gap" ( "at" "most" amount | "no" "calendar" "month" ) [ "when" expression ] .
// field        = "field" NAME type { "required" | "absent" "means" ( "none" | "empty" ) | "default" literal
//              | "label" TEXT { "," TEXT } | "says" TEXT "/" TEXT [ "zh" TEXT "/" TEXT ] | wording } .
// type         = "text" | "bool" | "number" | "decimal" | "share" | "money" | "date" [ "or" ( "month" | "year" ) ]
//                | "place"
//              | "county" | "prefecture" | "province"
//              | "one" "of" "(" option_of { "," option_of } ")" [ "ascending" ] | "reference" "to" NAME
//                | "set" "of" type .
// option_of    = NAME { TEXT } .  (* the texts are other words for it in files *)
// value        = "value" NAME unit [ "by" "date" ] [ wording ] [ "from" wording ] .
// define       = "define" NAME [ "(" [ NAME ":" NAME { "," NAME ":" NAME } ] ")" ] expression .
// table        = "table" NAME "(" NAME ":" dashed { "," NAME ":" dashed } ")" unit [ wording ] [ "from" wording ] {
//                row } .
// row          = ( cell { "," cell } | "when" expression | "otherwise" ) ":" amount [ "as" NAME ] .  (* deeper than
//                "table" *)
// cell         = "up" "to" amount | "below" amount | "above" | "from" amount | "any" | amount { "or" amount } .
// param        = "param" NAME "=" amount { "," amount "from" DATE | [ "," ] "at" ( "least"
//                | "most" ) amount } [ wording ] .
// reading      = "reading" NAME wording { choice } .  (* every choice on a deeper line of its own *)
// choice       = NAME { wording | "default" } .
//
// measure      = ( "measure" | "duty" | "note" ) NAME { clause } .
// clause       = "title" wording | "article" TEXT | "kind" NAME | param | reading | window
//              | "assume" wording | "text" wording | frame | "where" expression | "begins" amount
//              | "let" NAME "=" expression | count | "require" expression
//              | "once" "per" ( "person" | keys ) [ "in" "any" amount ] | "every" "record" | only
//                | "default" NAME "is" NAME [ wording ]
//              | "yields" "to" dashed [ "unless" "unpriced" ] [ "when" expression ]
//              | pay | "grant" wording "to" who [ "when" expression ]
//              | "quota" amount ( "in" "all" | "for" "each" keys ) | cap | funds | recover | "ordered" "by" keys
//              | "error" wording "when" expression | "expect" expression [ wording ] .
// window       = "no" "window" | "window" ( "from" amount [ "to" amount ] | "to" amount ) .
// frame        = "for" ( "the" "district" | "each" NAME [ "of" NAME ] ) { [ "," ] "each" iteration } .
// iteration    = "year" [ "when" expression ] | "complete" "year"
//                | "period" "of" NUMBER [ "calendar" ] "months" "from" amount "to" amount
//              | NAME "from" sum "to" sum | NAME "in" amount .
// cap          = "cap" amount [ "of" SOURCE ] ( "in" "all" | "for" "each" keys ) [ "in" "any" amount ] [ "in" ( "turn"
//                | "proportion" ) ] [ "then" SOURCE ] .
// recover      = "recover" ( "all" | amount ) { "from" who | "on" amount | "when" expression | "for" "each" NAME } .
// funds        = "fund" SOURCE [ share | "rest" ] { "," SOURCE ( share | "rest" ) } .
// limit        = "limit" NAME { "title" wording | "article" TEXT | "over" NAME { "," NAME } | cap } .
// count        = "count" NAME "=" ( "first" count_of "of" NAME | source ) { option } .
// source       = [ "all" | "other" ] ( NAME | "candidates" ) [ "of" NAME ] [ "by" NAME ] [ "of" NAME ] [ "with" match
//                { "," match } ]
//              [ ( "before" | "up" "to" ) "it" ] .
// match        = "same" NAME { "," NAME } [ "as" NAME ] | sum "=" sum .
// option       = "where" expression | "on" amount | "begins" amount | "in" ( "year" amount | "any" "year" )
//                | "at" "any" "time"
//              | "every" "record" | "once" "per" "person" [ "in" "all" [ "when" expression ] ] .  (* each but `where`
//                once, in any order *)
// only         = "only" "the" ( "first" amount [ "in" "succession" [ "when" expression ] ] "for" "each" keys "by"
//                amount
//              | "highest" "for" "each" keys [ "preferring" expression ] [ "when" expression ] ) .
// pay          = "pay" who [ "at" "most" ] amount { "or" "at" "least" amount | "for" "each" NAME | "on" amount
//              | "when" expression | "in" NUMBER "equal" "parts" "every" amount "from" amount } { part } .  (* each
//                once, in any order *)
// part         = "part" ( amount | "rest" ) { "on" amount | "when" expression } .
// who          = ( NAME | "(" expression ")" ) { "." NAME } .
// keys         = amount { "," amount } .
//
// example      = "example" wording { "district" place | "as" ( "of" DATE | "adopted" | "enacted" )
//              | "with" dashed "=" raw { "," dashed "=" raw }
//              | "given" [ NUMBER ] NAME [ id { "," id } ] [ ":" NAME raw { "," NAME raw } ]
//              | "expect" dashed ( [ quantity ] amount | "met" | "not" "met" | "unknown"
//                | "not" "applicable" ) } .
// quantity     = "total" | "due" | "pending" | "displaced" | "over" ( "quota" | "cap" ) | "recovered"
//                | "below" "nought" | "payments" | "unpriced" | "undetermined"
//              | "elsewhere" | "grants" .
//
// expression   = "if" expression "then" expression "otherwise" expression | either .
// either       = both { "or" both } .
// both         = negated { "and" negated } .
// negated      = { "not" } compared .
// compared     = sum [ comparison ] { "except" negated "governed" "by" TEXT [ "when" negated ] } .
// comparison   = ( "=" | "<" | "<=" | ">" | ">=" | "is" [ "not" ] ) sum
//              | [ "is" [ "not" ] ] ( "at" ( "least" | "most" ) | "before" | "after" | "on" "or" ( "before"
//                | "after" ) ) sum
//              | "is" [ "not" ] "given" | "is" [ "not" ] "any" "of" many
//              | [ "is" [ "not" ] ] ( "within" ( sum | "any" "of" many ) | "from" sum "to" sum | "present" "on" sum )
//              | "includes" ( sum | "any" "of" many | "any" "from" sum "to" sum ) .
// many         = "(" expression { "," expression } ")" .
// amount       = "if" expression "then" expression "otherwise" expression | sum .
// sum          = product { ( "+" | "-" ) product } .
// product      = operand { ( "*" | "/" | "of" ) operand } .
// count_of     = amount .  (* without "of" as a product *)
// operand      = [ "-" ] NUMBER [ unit ] | DATE | CODE | TEXT | "nothing" | primary { "." WORD }
//              | "round" operand [ "down" | "up" ] "to" operand
//              | "present" "on" sum | NAME "through" operand | DAY MONTH "of" operand | ( "year" | "province"
//                | "prefecture" | "county" | "level" ) "of" operand | "count" "of" [ "different" amount "over" ] set
//              | ( "sum" | "average" | "smallest" | "largest" | "earliest" | "latest" ) "of" sum "over" set
//                | "number" "in" NAME
//              | ( "sum" | "average" | "smallest" | "largest" ) "of" amount "for" "each" NAME "from" NUMBER "to"
//                NUMBER | "date" "of" "number" sum "in" NAME
//              | "first" "day" "with" count_of "of" NAME "at" "once"
//              | "stable" "for" sum [ "from" sum "to" sum ] | "completion" "of" operand [ "from" sum ]
//              | "whole" ( "months" | "years" ) "from" sum "to" sum | "whole" operand
//              | "days" "from" sum "to" sum | [ NAME ] "days" "present" "from" sum "to" sum
//                | "calendar" "months" "from" sum "to" sum
//              | "years" "from" sum "to" sum "at" ( NUMBER "days" | "calendar" "days" | "30" "day" "months" )
//              | ( "first" | "last" ) "day" "of" ( "month" | "quarter" | "year" ) [ NUMBER | operand ] "of"
//                operand
//                | operand "grown" "by" operand "for" operand "years"
//              | "years" "running" "in" operand "from" sum
//              | ( "later" | "earlier" | "larger" | "smaller" ) "of" many .
// set          = NAME | "(" source { option } ")" .
// primary      = NAME [ many | "(" ")" ] | "(" expression ")" .
//
// wording      = TEXT [ "zh" TEXT ] .
// named        = NAME [ "zh" NAME ] .  (* wherever a name is declared, a NAME below may be named *)
// unit         = "%" | WORD { "per" WORD } .  (* on the number's own line *)
// place        = NUMBER | CODE | TEXT | NAME .
// dashed, id   = names, numbers and codes joined by "-" and "." without spaces; an id may also be a TEXT .
// raw          = everything up to the next comma outside brackets and quotation marks .
// literal      = NAME | NUMBER | DATE | CODE | TEXT .
// NAME         = a WORD other than  is not and or if then otherwise except governed by when where of from to at on in
//                over per for before after within includes zh .
// WORD         = letter or "_", then letters, digits, "_"; Chinese characters are letters .
// NUMBER       = digits [ "." digits ] { "万" | "亿" } ;  "," may part groups of three digits .
// DATE         = 2022-01-28 .      CODE = six digits "-" letters, as in 350500-tiz .      TEXT = "…" or “…” , on one
//                line .
import Diagnostics
import Facts
import Reckoning

/// Reading policy text.
package enum PolicyParser {
  /// A whole policy document: Markdown whose `policy` fences hold rules.
  ///
  /// - Parameter dictionary: the facts whose Chinese names rules in Chinese may use.
  /// - Returns: what could be read, and every mistake found on the way, in the order of the text. A mistake in a clause
  ///   loses that clause only.
  package static func parse(
    document source: SourceFile, dictionary: FactDictionary = FactDictionary()
  ) -> (DocumentSyntax, [Diagnostic]) {
    Literate.parse(source, dictionary)
  }

  /// The same without what is wrong with it, for who has been told that already: no remedy is looked for.
  package static func syntax(
    of source: SourceFile, dictionary: FactDictionary = FactDictionary()
  ) -> DocumentSyntax {
    Literate.parse(source, dictionary, isTold: false).0
  }

  /// Bare rule text, such as one fence's content.
  ///
  /// - Parameters:
  ///   - rules: the text; every fence stands by itself, no declaration goes on in the next.
  ///   - source: what diagnostics point into.
  ///   - firstLine: the line of `source` at which `rules` begins, from 1.
  package static func parse(rules: Substring, in source: SourceFile, firstLine: Int) -> (DocumentSyntax, [Diagnostic]) {
    let bytes = rules.utf8.withContiguousStorageIfAvailable { Array($0) } ?? Array(rules.utf8)
    return parse(rules: bytes, in: source, firstLine: firstLine)
  }

  /// - Parameter isTold: whether anybody is told what is wrong, with a remedy where there is one.
  static func parse(
    rules bytes: [UInt8], in source: SourceFile, firstLine: Int, isTold: Bool = true, names: () -> ChineseNames
  ) -> (DocumentSyntax, [Diagnostic]) {
    // No rule in English begins with a byte above ASCII, so those are not even looked at as text.
    guard bytes.contains(where: { $0 >= 0xE0 }), case let text = String(decoding: bytes, as: UTF8.self),
      ChineseParser.reads(text)
    else {
      return isTold ? parse(rules: bytes, in: source, firstLine: firstLine) : untold(bytes, in: source, firstLine)
    }
    let names = names()
    var parser = ChineseParser(text, names: names, in: source, firstLine: firstLine)
    parser.run()
    let last = firstLine + text.utf8.count { $0 == 0x0A }
    parser.document.chineseLines = [firstLine...last]
    guard isTold else { return (parser.document, []) }
    let remedies = ChineseRemedies(parser.document, dictionary: FactDictionary(), places: nil)
    let everyday = EverydayTurns(text, firstLine: firstLine, turned: EverydayTurns.asRule) { other in
      var trial = ChineseParser(other, names: names, in: source, firstLine: firstLine)
      trial.run()
      return trial.diagnostics
    }
    return (parser.document, inOrder(everyday.told(remedies.told(parser.diagnostics))))
  }

  static func parse(rules bytes: [UInt8], in source: SourceFile, firstLine: Int) -> (DocumentSyntax, [Diagnostic]) {
    let (document, diagnostics) = untold(bytes, in: source, firstLine)
    guard diagnostics.contains(where: { $0.severity == .error }) else { return (document, diagnostics) }
    let text = String(decoding: bytes, as: UTF8.self)
    let everyday = EverydayTurns(text, firstLine: firstLine, turned: EnglishTurns.asRule) { other in
      untold(Array(other.utf8), in: source, firstLine).1
    }
    return (document, everyday.told(diagnostics))
  }

  /// The same without looking for lines that say what was meant.
  static func untold(_ bytes: [UInt8], in source: SourceFile, _ firstLine: Int) -> (DocumentSyntax, [Diagnostic]) {
    var parser = RuleParser(bytes, in: source, firstLine: firstLine)
    parser.run()
    return (parser.document, inOrder(parser.diagnostics))
  }

  /// One expression or value as typed at the prompt, such as `400 yuan`, `200万`, `50%` or `2024-06-30`.
  ///
  /// - Returns: the expression, `broken` when it could not be read; diagnostics point into `<expression>`.
  package static func parse(expression text: String) -> (Expression, [Diagnostic]) {
    let source = SourceFile(name: "<expression>", text: text)
    var parser = RuleParser(Array(text.utf8), in: source, firstLine: 1)
    return (parser.wholeExpression(), inOrder(parser.diagnostics))
  }

  static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    if diagnostics.count < 2 { return diagnostics }
    return diagnostics.enumerated().sorted { a, b in
      let (first, second) = (a.element.location?.start, b.element.location?.start)
      if let first, let second, first != second { return first < second }
      return a.offset < b.offset
    }.map(\.element)
  }
}

extension RuleParser {
  mutating func run() {
    while index < lastIndex {
      let before = index
      if startsDeclaration(index) {
        readDeclaration()
      } else {
        strayDeclaration()
      }
      if index == before, !startsDeclaration(index) { index += 1 }
    }
  }

  private mutating func readDeclaration() {
    declaration = tokens[index].word
    declarationColumn = tokens[index].column
    isIndented = false
    guard let word = DeclarationWord(declaration) else {
      Invariant.broken("declarations-begin: what starts a declaration is one of its words")
    }
    switch word {
    case .document: header()
    case .list: listDeclaration()
    case .value: readClause { p throws(Lost) in p.document.values.append(try p.valueDeclaration()) }
    case .define: readClause { p throws(Lost) in p.document.definitions.append(try p.definition()) }
    case .limit: limitDeclaration()
    case .table: readClause { p throws(Lost) in if let table = try p.table() { p.document.tables.append(table) } }
    case .param: readClause { p throws(Lost) in p.document.parameters.append(try p.parameter()) }
    case .reading: readClause { p throws(Lost) in p.document.readings.append(try p.reading()) }
    case .example: example()
    case .measure: measureDeclaration(.measure)
    case .duty: measureDeclaration(.duty)
    case .note: measureDeclaration(.note)
    }
  }

  /// Reads clauses until the next declaration.
  mutating func clauses(_ read: (inout RuleParser) -> Void) {
    while index < lastIndex {
      let before = index
      let token = tokens[index]
      if token.word == .param || token.word == .reading, declaration.isMeasureForm {
        // Back at the measure's own margin they belong to the document.
        if isIndented, token.column <= declarationColumn { return }
      } else if token.word.isDeclaration {
        return
      }
      read(&self)
      if index == before { index += 1 }
    }
  }

  mutating func wholeExpression() -> Expression {
    limit = lastIndex
    let start = index
    do {
      let found = try expression()
      if !isAtEnd {
        leftover()
        return Expression(.broken, at: location(since: start))
      }
      return diagnostics.isEmpty ? found : Expression(.broken, at: found.location)
    } catch {
      index = lastIndex
      return Expression(.broken, at: location(since: start))
    }
  }
}

extension Word {
  /// A measure, duty or note.
  var isMeasureForm: Bool { self == .measure || self == .duty || self == .note }
}
