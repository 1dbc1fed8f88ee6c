// `draft NAME from FILE.xlsx`: what was edited in a book of figures, and what the document's examples come to with it.
// Knows nothing of cells.

import Commands
import Diagnostics
import PolicyLanguage
import Sessions

/// A book of figures that was read and fits.
struct FiguresFound {
  /// What the new draft rests on: the draft that the book is of, or its document.
  let base: String
  let document: CheckedDocument
  let change: FiguresChange
  /// The draft that the book is of, where the session does not have it: its figures are in the book.
  let gone: String?
}

/// Figures on their way back.
struct FiguresTaking {
  let desk: Desk

  /// A book of figures that a command names.
  func read(_ file: Written) throws(Refusal) -> FiguresFound {
    let bytes: [UInt8]
    do { bytes = try desk.door.bytes(desk.path(file.raw), as: .source) } catch {
      throw Refusal(.reading(file.raw, error), at: file.location)
    }
    let texts: FiguresTexts
    do { texts = try FiguresTexts(file.raw, bytes, isCancelled: desk.isCancelled) } catch .cancelled {
      throw Refusal(.interrupted, at: nil)
    } catch {
      throw Refusal([error.diagnostic(ending: Files.ending(file.raw), at: file.location)])
    }
    let (head, print) = try head(texts, file)
    let name = head.draft ?? head.document
    let isHere = head.draft.map { draft in desk.state.drafts.contains { $0.name == draft } } ?? true
    let base = isHere ? name : head.document
    let resolved = try desk.resolve(Programme(names: [Written(text: base, raw: base, location: file.location)]))
    let document = try desk.onlyDocument(resolved, at: file.location)
    guard document.id == head.document else {
      throw refused(.otherDocument(draft: name, document: head.document, now: document.id), file.location)
    }
    var reading = FiguresReading(
      FiguresBook(of: document, draft: head.draft, isHere ? resolved.settings : [], at: desk), texts,
      places: desk.library.places, comparesNow: isHere)
    var (change, problems) = reading.read()
    if FiguresHead.fingerprint(document, desk) != head.fingerprint {
      let mistake: FiguresMistake =
        isHere ? .otherRules(document.id) : .noDraft(name, document: head.document)
      problems.insert(mistake.diagnostic(at: print), at: 0)
    }
    if !problems.isEmpty { throw Refusal(problems) }
    // The order of the document, whatever the order of rows.
    change.expected.sort { ($0.example, $0.number) < ($1.example, $1.number) }
    return FiguresFound(base: base, document: document, change: change, gone: isHere ? nil : head.draft)
  }

  /// What the first sheet says, and where the fingerprint stands.
  private func head(_ texts: FiguresTexts, _ file: Written) throws(Refusal) -> (FiguresHead, SourceRange) {
    for sheet in texts.sheets {
      guard let row = sheet.rows.first(where: { $0.text(2).hasPrefix(FiguresHead.formStart) }) else { continue }
      let form = row.text(2)
      guard form == FiguresHead.form else {
        throw refused(.otherForm(form), texts.place(sheet.name, row: row.number, column: 2))
      }
      func value(_ line: Int) -> String { sheet.text(row: row.number + line, column: 2) }
      let draft = value(2)
      return (
        FiguresHead(document: value(1), draft: draft.isEmpty ? nil : draft, fingerprint: value(3)),
        texts.place(sheet.name, row: row.number + 3, column: 2)
      )
    }
    throw refused(.otherBook, file.location)
  }

  private func refused(_ mistake: FiguresMistake, _ location: SourceRange) -> Refusal {
    Refusal([mistake.diagnostic(at: location)])
  }

  // MARK: Examples

  /// What the document's examples come to with a draft's figures, where the book expects something else; nil where the
  /// draft changes more than figures, so that the examples are no longer those of the book.
  func differing(
    _ found: FiguresFound, with draft: Draft, at location: SourceRange
  ) throws(Refusal) -> [FiguresOutcome]? {
    let whole = try desk.unfold(draft, at: location)
    let resolved = try desk.resolve(Programme(names: [Written(text: draft.name, raw: draft.name, location: location)]))
    let document = try desk.onlyDocument(resolved, at: location)
    guard document.source.text == found.document.source.text else { return nil }
    let runner = ExampleRunner(
      document, dictionary: desk.dictionary, places: desk.library.places, threads: desk.threads)
    var out: [FiguresOutcome] = []
    for (number, expected) in Dictionary(grouping: found.change.expected, by: \.example).sorted(by: { $0.key < $1.key })
    {
      let example = document.examples[number]
      let outcomes = runner.outcomes(example, with: whole.settings)
      for one in expected {
        let actual = outcomes.flatMap { $0[one.number] }
        if actual == one.outcome { continue }
        out.append(
          FiguresOutcome(expected: one, example: example, document: document, actual: actual))
      }
    }
    return out
  }
}
