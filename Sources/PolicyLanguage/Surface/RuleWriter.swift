// Rules written from their tree, word by word: what both surfaces share. Each surface has its own order of words in a
// file of its own. Knows nothing of where the words are to stand on lines.
import Diagnostics
import Facts
import Reckoning

/// Writes rules in one surface. What is written are words, since whether a space has to stand between two of them
/// depends on how they would be read.
struct RuleWriter {
  let surface: Language
  /// What the names stand for, as far as that was found out.
  let notes: NameNotes?
  let places: Gazetteer?
  /// Whether what is written has to be read as a rule again, and not only by people.
  var readsBack = true
  /// The document's own currency.
  var currency: Currency?
  /// What ids stand for where nothing was found out; by its own account only.
  var names: @Sendable (String) -> String? = { _ in nil }

  /// How tightly an expression has to hold together where it stands, from the loosest. What ends in an operand, such as
  /// 最早的参保日期, is no head: what hangs on it would hang on that.
  enum Level: Int, Comparable {
    case expression, either, both, compared, sum, product, operand, head

    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// The words of an expression, in brackets where it would fall apart.
  func words(_ e: Expression, _ level: Level = .expression) -> [String] {
    switch surface {
    case .zh: chinese(e, level)
    case .en: english(e, level)
    }
  }

  /// The name that stands for something at a place in the text.
  func name(_ text: String, at location: SourceRange) -> String {
    if let note = notes?.note(at: location) {
      // What is called by a word of the language would be read as that word.
      let isType = SurfaceWords.types[note.words.en] == note.words.zh
      let isWord = surface == .zh && readsBack && !isType && ChineseWords.all.contains(note.words.zh)
      return isWord ? note.words.en : note.words.in(surface)
    }
    switch surface {
    case .zh: return names(text) ?? SurfaceWords.constants[text] ?? text
    case .en: return SurfaceWords.constantIDs[text] ?? text
    }
  }

  func name(_ name: Name) -> String { self.name(name.text, at: name.location) }

  /// A unit in Chinese.
  func unit(_ id: String) -> String { SurfaceWords.unit(id, currency) }

  func role(_ location: SourceRange) -> NameNotes.Role { notes?.note(at: location)?.role ?? .plain }

  func isPlace(_ e: Expression) -> Bool { notes?.type(at: e.location) == .place }

  /// A name where it is declared, with the other one.
  func declared(_ name: Name) -> String {
    guard let zh = name.zh else { return name.text }
    switch surface {
    case .zh: return "\(zh)〔\(name.text)〕"
    case .en: return "\(name.text) zh \(zh)"
    }
  }

  /// A list where it is declared, or where fields are added to one that is there, which has its own names.
  func listed(_ name: Name) -> String { notes?.note(at: name.location) == nil ? declared(name) : self.name(name) }

  /// A text in quotation marks: Chinese ones unless it has some inside.
  func quoted(_ text: String) -> String {
    let isPlain = !text.contains(where: { $0 == "“" || $0 == "”" })
    if surface == .zh, isPlain, !text.contains("\\"), !text.contains("\"") { return "“\(text)”" }
    let escaped = text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\""
  }

  /// A wording in both languages, that of the surface first.
  func wording(_ text: Wording) -> [String] {
    if text.en == text.zh { return [quoted(text.en)] }
    switch surface {
    case .zh: return [quoted(text.zh), " ", "en", " ", quoted(text.en)]
    case .en: return [quoted(text.en), "zh", quoted(text.zh)]
    }
  }
}

extension RuleWriter {
  /// A currency as a document names its own.
  func currency(_ c: Currency) -> [String] {
    let isPlain = c.chinese == c.word
    switch surface {
    case .zh:
      let id = isPlain || Currency.wellKnown[c.word] == c.chinese ? "" : "〔\(c.word)〕"
      return [c.chinese + id] + (c.decimals == 2 ? [] : ["，", "以整数支付"])
    case .en:
      return [c.word] + (isPlain ? [] : ["zh", quoted(c.chinese)])
        + (c.decimals == 2 ? [] : [String(c.decimals), "decimals"])
    }
  }
}

/// The rule's own words for expressions of one document, in Chinese.
package final class ChineseWording: Sendable {
  private let expressions: [NameNotes.Place: String]

  /// Every expression of the document in Chinese, by its place.
  init(_ document: CheckedDocument, dictionary: FactDictionary, places: Gazetteer) {
    let syntax = PolicyParser.syntax(of: document.source, dictionary: dictionary)
    let notes = NameNotes()
    var dictionary = dictionary
    _ = Checker.check(syntax, dictionary: &dictionary, places: places, notes: notes)
    let writer = RuleWriter(
      surface: .zh, notes: notes, places: places, readsBack: false, currency: syntax.header?.currency)
    var found: [NameNotes.Place: String] = [:]
    // Numbers of periods have no expression of their own.
    for measure in syntax.measures {
      for case .frame(let frame) in measure.clauses {
        for case .periods(let name, _) in frame.iterations {
          found[NameNotes.Place(name.location)] = SurfaceWords.constants[name.text]
        }
      }
    }
    for expression in syntax.expressions {
      expression.walk { found[NameNotes.Place($0.location)] = writer.words($0).joined() }
    }
    expressions = found
  }

  /// An expression by its place; nil where none stands there.
  package func words(at location: SourceRange) -> String? { expressions[NameNotes.Place(location)] }
}
