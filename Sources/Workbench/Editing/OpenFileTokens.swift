// The rules of an open file cut into pieces, each with what it stands for: colours, references, a tidy layout.

import Diagnostics
import PolicyLanguage
import Sessions

extension OpenFile {
  /// What a piece of a file is, for its colour.
  package enum Look: Int, Sendable, CaseIterable {
    case word, parameter, choice, definition, measure, list, field, number, text, comment, place, name

    /// The name that the Language Server Protocol has for it.
    package var standard: String {
      switch self {
      case .word: "keyword"
      case .parameter: "parameter"
      case .choice: "enumMember"
      case .definition: "function"
      case .measure: "class"
      case .list: "type"
      case .field: "property"
      case .number: "number"
      case .text: "string"
      case .comment: "comment"
      case .place: "namespace"
      case .name: "variable"
      }
    }
  }

  /// The pieces of all rules in the file, in their order.
  var tokens: [RuleToken] {
    guard kind == .policy || kind == .notebook else { return [] }
    let cutter = RuleTokens(source, dictionary: desk.library.dictionary)
    return fences.flatMap { cutter.tokens($0.text, firstLine: $0.firstLine) }
  }

  /// The texts of fences that hold rules, with the lines that they begin on.
  private var fences: [(text: String, firstLine: Int)] {
    var fences: [(text: String, firstLine: Int)] = []
    var inside: (lines: [Substring], firstLine: Int)?
    for (number, line, isInside) in OpenFile.fenced(OpenFile.lines(source.text)) {
      if let open = inside {
        if isInside {
          inside = (open.lines + [line], open.firstLine)
        } else {
          fences.append((open.lines.joined(separator: "\n"), open.firstLine))
          inside = nil
        }
      } else if isInside, OpenFile.opensRules(line) {
        inside = ([], number + 1)
      }
    }
    if let open = inside { fences.append((open.lines.joined(separator: "\n"), open.firstLine)) }
    return fences
  }

  private static func opensRules(_ line: Substring) -> Bool {
    let word = line.drop { $0 == "`" }.split(separator: " ").first
    return word == "policy" || word == "政策"
  }

  /// What to colour, and how, in the order of places.
  package var looks: [(location: SourceRange, look: Look)] {
    var known: [String: Look] = [:]
    func add(_ look: Look, _ names: [String?]) {
      for name in names.compactMap({ $0 }) where known[name] == nil { known[name] = look }
    }
    if let document {
      for one in document.measures.flatMap(\.parameters) + document.parameters {
        add(.parameter, [one.name, one.chinese])
      }
      for one in document.values { add(.parameter, [one.name, one.chinese]) }
      for one in document.measures.flatMap(\.readings) + document.readings {
        add(.choice, [one.name, one.chinese])
        for choice in one.choices { add(.choice, [choice.name, choice.chinese]) }
      }
      for one in document.definitions { add(.definition, [one.name, one.chinese]) }
      for one in document.measures { add(.measure, [one.name, one.heading.chinese]) }
    }
    for list in desk.library.dictionary.lists {
      add(.list, [list.name, list.singular, list.title.zh, list.record.zh])
      for field in list.fields { add(.field, [field.name, field.chinese]) }
    }
    return tokens.map { token in
      let look: Look =
        switch token.sort {
        case .word: .word
        case .name: known[token.text] ?? .name
        case .number, .date: .number
        case .text: .text
        case .place: .place
        case .comment: .comment
        }
      return (token.location, look)
    }
  }

  /// Every place in the rules where the name at a place is written, in either language.
  package func references(at position: Position) -> [SourceRange] {
    guard let word = word(at: position), kind == .policy else { return [] }
    let other = declarations.compactMap { one -> String? in
      one.name == word.text ? one.chinese : one.chinese == word.text ? one.name : nil
    }
    let spellings = Set([word.text] + other)
    return tokens.filter { ($0.sort == .name || $0.sort == .word) && spellings.contains($0.text) }.map(\.location)
  }

  /// The file as the program would lay it out, every fence in the language that it is in.
  /// - Returns: nil where it holds mistakes, or no rules, or is laid out so already.
  package var tidy: String? {
    guard kind == .policy else { return nil }
    let library = desk.library
    let result = RuleTranslation.laidOut(source, dictionary: library.bundledDictionary, places: library.places)
    return result.diagnostics.isEmpty && result.text != source.text ? result.text : nil
  }
}
