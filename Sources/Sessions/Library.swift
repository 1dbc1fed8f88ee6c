// The policy documents at hand: the bundled ones, and those of a folder. A document is parsed and checked when it is
// first asked for, and then kept, so that a start costs nothing and every run is quick. Knows nothing of sessions.

import Diagnostics
import Dispatch
import Districts
import Facts
import PolicyLanguage
import Reckoning
import Synchronization

/// Documents, places and the dictionary of facts.
package final class Library: Sendable {
  /// A document that is at hand, with what was found wrong in it.
  package struct Entry: Sendable {
    package let document: CheckedDocument?
    package let diagnostics: [Diagnostic]
  }

  /// What has been read and checked so far.
  private final class Shelf: Sendable {
    let known = Mutex(Known())
  }

  /// Of every library without further documents: what it brings along is the same, and is checked once.
  private static let bundledShelf = Shelf()
  private static let bundledPlaces = Gazetteer(table: Districts.places)

  private struct Known: Sendable {
    var places: Gazetteer?
    /// The bundled dictionary, and with what the further documents declare.
    var facts: FactDictionary?
    var dictionary: FactDictionary?
    var bundled: [String: Entry] = [:]
    var own: [(id: String, entry: Entry)]?
  }

  private let shelf: Shelf
  package let ownFiles: [SourceFile]

  /// Places outside China that the further documents are about.
  private let outsidePlaces: [String]

  /// - Parameter files: further policy documents. One with the id of a bundled document stands in its place.
  package init(files: [SourceFile] = []) {
    ownFiles = files
    shelf = files.isEmpty ? Library.bundledShelf : Shelf()
    outsidePlaces = files.filter { $0.text.contains("outside") || $0.text.contains("境外") }.flatMap {
      PolicyParser.syntax(of: $0).outsidePlaces
    }
  }

  package var places: Gazetteer { shelf.known.withLock { gazetteer(&$0) } }

  /// Every list of facts: the bundled dictionary, and what the further documents declare.
  package var dictionary: FactDictionary {
    shelf.known.withLock { known in
      _ = own(&known)
      return facts(&known)
    }
  }

  /// The bundled dictionary of facts alone.
  package var bundledDictionary: FactDictionary { shelf.known.withLock { bundledFacts(&$0) } }

  /// The ids of all documents, the bundled ones first.
  package var ids: [String] {
    let own = shelf.known.withLock { self.own(&$0).map(\.id) }
    return Districts.documents.map(\.id) + own.filter { id in !Districts.documents.contains { $0.id == id } }
  }

  /// The document with this id; nil when there is none, or nothing of it can be used.
  package func document(_ id: String) -> CheckedDocument? { entry(id)?.document }

  /// The further document with this id; nil when there is none, or nothing of it can be used.
  func ownDocument(_ id: String) -> CheckedDocument? {
    shelf.known.withLock { known in own(&known).first { $0.id == id }?.entry.document }
  }

  /// All documents that can be used.
  package var documents: [CheckedDocument] { ids.compactMap { document($0) } }

  /// A document with its diagnostics.
  package func entry(_ id: String) -> Entry? {
    shelf.known.withLock { known in
      if let own = self.own(&known).first(where: { $0.id == id }) { return own.entry }
      if let found = known.bundled[id] { return found }
      guard let file = Districts.documents.first(where: { $0.id == id }) else { return nil }
      let source = SourceFile(name: file.fileName, text: file.text)
      var dictionary = facts(&known)
      let entry = Library.check(source, &dictionary, gazetteer(&known))
      known.bundled[id] = entry
      return entry
    }
  }

  /// What is wrong with the further documents: their own mistakes, and files that hold no document.
  package var ownDiagnostics: [Diagnostic] { shelf.known.withLock { self.own(&$0).flatMap(\.entry.diagnostics) } }

  /// What has to be told before anything is run: mistakes, and documents that stand in a bundled one's place.
  package var startDiagnostics: [Diagnostic] {
    ownDiagnostics.filter { $0.severity == .error || $0.code == LibraryMistake.standsInCode }
  }

  /// The documents in force in a place: the bundled ones whose jurisdiction contains it. A further document, a proposal
  /// say, is run when it is named.
  /// - Source: semantics, "Place", in force for a scenario.
  package func inForce(in district: Int32) -> [CheckedDocument] {
    let places = self.places
    prepare()
    return Districts.documents.compactMap { self.document($0.id) }.filter {
      places.lies(district, within: $0.jurisdiction)
    }
  }

  /// A digest of what a document's rules say, clause by clause: the same in both languages, with any prose around them.
  package func rulesDigest(of source: SourceFile) -> UInt64 {
    if let known = Library.rulesDigests.withLock({ $0[source.text] }) { return known }
    var digest = Digest()
    for clause in RuleTranslation.canonical(source, dictionary: bundledDictionary, places: places) {
      digest.add(clause)
    }
    let value = digest.value
    Library.rulesDigests.withLock { known in
      if known.count >= Library.mostDigests { known.removeAll() }
      known[source.text] = value
    }
    return value
  }

  /// By the text of the document: many sessions ask of the same few.
  private static let rulesDigests = Mutex<[String: UInt64]>([:])
  /// What lies beyond are drafts of drafts; then they are forgotten, and made again when they are asked for.
  private static let mostDigests = 256

  // MARK: Making

  /// Checks the bundled documents that nobody has asked for yet, several at a time: a prompt waits for them.
  private func prepare() {
    let (missing, dictionary, places) = shelf.known.withLock { known in
      (Districts.documents.filter { known.bundled[$0.id] == nil }, facts(&known), gazetteer(&known))
    }
    guard missing.count > 1 else { return }
    let checked = Mutex<[String: Entry]>([:])
    DispatchQueue.concurrentPerform(iterations: missing.count) { i in
      let file = missing[i]
      var dictionary = dictionary
      let entry = Library.check(SourceFile(name: file.fileName, text: file.text), &dictionary, places)
      checked.withLock { $0[file.id] = entry }
    }
    shelf.known.withLock { known in
      // What somebody else has checked meanwhile is in use already and stays.
      for (id, entry) in checked.withLock({ $0 }) where known.bundled[id] == nil { known.bundled[id] = entry }
    }
  }

  private func gazetteer(_ known: inout Known) -> Gazetteer {
    if let places = known.places { return places }
    let places = Library.bundledPlaces.adding(outside: outsidePlaces)
    known.places = places
    return places
  }

  private func facts(_ known: inout Known) -> FactDictionary {
    if let dictionary = known.dictionary { return dictionary }
    let dictionary = bundledFacts(&known)
    known.dictionary = dictionary
    return dictionary
  }

  private func bundledFacts(_ known: inout Known) -> FactDictionary {
    if let dictionary = known.facts { return dictionary }
    let syntax = PolicyParser.syntax(
      of: SourceFile(name: Districts.facts.fileName, text: Districts.facts.text))
    let (dictionary, _) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: gazetteer(&known))
    known.facts = dictionary
    return dictionary
  }

  /// The further documents. They are checked together, since each may declare facts.
  private func own(_ known: inout Known) -> [(id: String, entry: Entry)] {
    if let own = known.own { return own }
    known.own = []
    guard !ownFiles.isEmpty else { return [] }
    var dictionary = facts(&known)
    let places = gazetteer(&known)
    var own: [(id: String, entry: Entry)] = []
    /// Where each was declared first, with mistakes or without.
    var files: [String: String] = [:]
    for source in ownFiles {
      let entry = Library.check(source, &dictionary, places)
      if let id = entry.document?.id, let other = files[id] {
        let problem = LibraryMistake.sameDocument(id, other: other).diagnostic(at: source.location(fromUTF8: 0, to: 0))
        own.append((source.name, Entry(document: nil, diagnostics: entry.diagnostics + [problem])))
      } else {
        if let id = entry.document?.id { files[id] = source.name }
        // What has mistakes is not run: a rule that was left out would be silently zero.
        let broken = entry.diagnostics.contains { $0.severity == .error }
        var told = entry.diagnostics
        if !broken, let document = entry.document { told += [Library.standIn(document)].compactMap(\.self) }
        own.append(
          (entry.document?.id ?? source.name, Entry(document: broken ? nil : entry.document, diagnostics: told)))
      }
    }
    known.dictionary = dictionary
    known.own = own
    return own
  }

  /// That a document has the name of a bundled one and another text; nil where it has not.
  package static func standIn(_ document: CheckedDocument) -> Diagnostic? {
    guard let bundled = Districts.documents.first(where: { $0.id == document.id }),
      bundled.text != document.source.text
    else { return nil }
    return LibraryMistake.standsIn(document.id).diagnostic(at: name(of: document))
  }

  /// Where a document is named.
  private static func name(of document: CheckedDocument) -> SourceRange {
    document.syntax.header?.name.location ?? document.source.location(fromUTF8: 0, to: 0)
  }

  /// Parses and checks one document; the dictionary gains what it declares.
  package static func check(_ source: SourceFile, _ dictionary: inout FactDictionary, _ places: Gazetteer) -> Entry {
    let (syntax, mistakes) = PolicyParser.parse(document: source, dictionary: dictionary)
    let (document, problems) = Checker.check(syntax, dictionary: &dictionary, places: places)
    let own = Cascades.without(problems, after: mistakes, in: source)
    return Entry(document: document, diagnostics: OpenPlaces.filled(mistakes + own, places))
  }
}

enum LibraryMistake {
  case sameDocument(String, other: String)
  case standsIn(String)

  static let standsInCode = "stands-in"

  package func diagnostic(at location: SourceRange) -> Diagnostic {
    switch self {
    case .sameDocument(let id, let other):
      .error(
        "same-document", Text("`\(id)` is declared in \(other) already", zh: "`\(id)` 已在 \(other) 中声明"),
        hint: Text("give one of the two another name", zh: "请给其中一个换个名称"), at: location)
    case .standsIn(let id):
      Diagnostic(
        .warning, code: LibraryMistake.standsInCode,
        Text(
          "`\(id)` is the name of a bundled document, and this text stands in its place, also where nothing is named",
          zh: "`\(id)` 是内置文件的名称，此文本将代替内置文件，未写明方案时也是如此"),
        hint: Text(
          "every answer says so; give it another name to have both",
          zh: "每个结果都会注明；若要两者并用，请另取名称"), at: location)
    }
  }
}
