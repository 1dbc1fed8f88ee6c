// Papers as the program makes them of a run, so that papers that were read back can be held against them line by line:
// what a sentence or a line of a form says in figures, wherever its words are still the program's own. Whoever has
// written a sentence anew is not held to it; the other checks look at that one.

import Answers
import Diagnostics
import Sessions
import View

/// The sentences and forms that papers of a run have.
struct RemadePapers {
  /// By their words, each once.
  private var sentences: [String: [FigureText]] = [:]
  /// By the words of their heads.
  private var tables: [[String]: [PaperText.Table]] = [:]
  /// The papers that were recognised.
  private(set) var kinds: [ReportCommand.Paper] = []
  /// The forms that each file would have.
  private(set) var forms: [String: [PaperText.Table]] = [:]

  /// Makes the papers that some texts hold, each in their language, unit and kind of file.
  ///
  /// - Parameter isDraft: whether something is amended.
  /// - Throws: a refusal where the work was stopped.
  init(_ papers: [PaperText], of run: Session.Run, isDraft: Bool, _ session: Desk) throws(Refusal) {
    for paper in papers {
      let ending = Files.ending(paper.file)
      guard let format = OutputFormat.written(to: ending) else { continue }
      for language in Language.allCases {
        let desk = session.beside(in: language)
        // A unit that is one of the two is none that is wrong.
        _ = desk.prefer(.unit, paper.isInMyriads ? "万" : "元", from: .session, detail: "")
        for kind in ReportCommand.Paper.allCases where kind.isTemplate && (isDraft || kind != .amendment) {
          guard paper.says(PaperTemplate.title(kind, language)) else { continue }
          let made = Result { () throws(Refusal) in
            try ReportCommand.made(kind, of: run, from: nil, in: desk)
          }
          if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
          guard case .success(let answer) = made, let bytes = desk.bytes(of: answer, as: format),
            let text = try? PaperText(bytes, called: paper.file, ending, session.isCancelled)
          else { continue }
          if !kinds.contains(kind) { kinds.append(kind) }
          add(text)
        }
      }
    }
  }

  private mutating func add(_ paper: PaperText) {
    for sentence in paper.sentences {
      let text = RemadePapers.text(sentence.text)
      if !text.figures.isEmpty, sentences[text.words]?.contains(text) != true {
        sentences[text.words, default: []].append(text)
      }
    }
    for table in paper.tables { tables[RemadePapers.heads(table), default: []].append(table) }
    forms[paper.file, default: []] += paper.tables
  }

  /// The forms that a file does not have, though the program puts them into each of its papers or into one of them:
  /// those that stand under the same heading, then as many as are left. What papers rest on stands in them once.
  func missing(in paper: PaperText) -> [PaperText.Table] {
    func key(_ table: PaperText.Table) -> [String] { [table.above] + RemadePapers.heads(table) }
    var known: Set<[String]> = []
    let wanted = (forms[paper.file] ?? []).filter { known.insert(key($0)).inserted }
    var left = paper.tables
    func take(_ form: PaperText.Table, _ isIt: (PaperText.Table) -> Bool) -> Bool {
      guard let place = left.firstIndex(where: isIt) else { return false }
      left.remove(at: place)
      return true
    }
    let others = wanted.filter { form in !take(form) { key($0) == key(form) } }
    return others.filter { form in !take(form) { RemadePapers.heads($0) == RemadePapers.heads(form) } }
  }

  /// A text without the mark of the run, which is another after each change of its facts.
  private static func text(_ text: String) -> FigureText {
    FigureText(text.replacing(/(指纹|fingerprint)\s*[0-9a-f]{8}/) { String($0.output.1) })
  }

  private static func heads(_ table: PaperText.Table) -> [String] { table.heads.map { FigureText($0).words } }

  // MARK: Asking

  /// What a sentence says, and what one with its words ought to; nil where there is none or it has no figures.
  func sentence(_ text: String) -> (found: FigureText, wanted: FigureText)? {
    let found = RemadePapers.text(text)
    let wanted = sentences[found.words]?.min { found.differences(to: $0) < found.differences(to: $1) }
    return wanted.map { (found, $0) }
  }

  /// The form that one that was read is a copy of: under the same heads, with most lines that are the same.
  func table(_ table: PaperText.Table) -> PaperText.Table? {
    func likeness(_ other: PaperText.Table) -> (Int, Int, Int) {
      let same = table.rows.count { row in other.rows.contains { RemadePapers.isSame(row, $0) } }
      return (same, other.rows.count == table.rows.count ? 1 : 0, other.above == table.above ? 1 : 0)
    }
    return tables[RemadePapers.heads(table)]?.max { likeness($0) < likeness($1) }
  }

  /// Whether two lines of forms say the same.
  static func isSame(_ a: [String], _ b: [String]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { FigureText.isSame($0, $1) }
  }
}

extension PaperCheck {
  /// Holds what has the words of the papers that the program would make now against those.
  mutating func hold(against remade: RemadePapers) {
    self.remade = remade.kinds
    for paper in papers {
      for (number, sentence) in paper.sentences.enumerated() {
        guard let (found, wanted) = remade.sentence(sentence.text) else { continue }
        compare()
        heldSentences.insert(PaperLine(paper.file, number))
        let place = Text.same(String(sentence.shown.prefix(60)))
        for (a, b) in zip(found.figures, wanted.figures) where !FigureText.isSame(a, b) {
          add(PaperFinding(rule: .run, file: paper.file, place: place, found: a, wanted: b))
        }
      }
      missing += remade.missing(in: paper).map { (paper.file, $0) }
      for table in paper.tables {
        if let own = remade.table(table) { hold(table, own, in: paper.file) }
      }
    }
  }

  private mutating func hold(_ table: PaperText.Table, _ own: PaperText.Table, in file: String) {
    for (a, b) in zip(table.heads, own.heads) where !FigureText.isSame(a, b) {
      add(PaperFinding(rule: .run, file: file, place: PaperCheck.place(table), found: a, wanted: b))
    }
    var isWhole = true
    for (number, line) in table.rows.enumerated() {
      guard let wanted = PaperCheck.counterpart(of: number, table.rows, own.rows) else {
        isWhole = false
        continue
      }
      for (column, (a, b)) in zip(line, wanted).enumerated() where a.contains(where: \.isNumber) {
        let (found, right) = (FigureText(a), FigureText(b))
        // What somebody has put into other words is not the program's any more.
        guard found.words == right.words else {
          isWhole = false
          continue
        }
        compare(PaperCell(file, table.number, number, column))
        if FigureText.isSame(a, b) || found.differences(to: right) == 0 { continue }
        let place = PaperCheck.place(table, row: number + 1)
        add(PaperFinding(rule: .run, file: file, place: place, found: a, wanted: b))
      }
    }
    if isWhole { heldTables.insert(PaperLine(file, table.number)) }
  }

  /// The line that one ought to be: the same; one with the same words in the same turn; one with the same first cell.
  private static func counterpart(of number: Int, _ rows: [[String]], _ own: [[String]]) -> [String]? {
    let line = rows[number]
    if let same = own.first(where: { RemadePapers.isSame(line, $0) }) { return same }
    func words(_ line: [String]) -> [String] { line.map { FigureText($0).words } }
    let meant = words(line)
    let alike = own.filter { words($0) == meant }
    if let first = alike.first(where: { $0.first == line.first }), alike.count(where: { $0.first == line.first }) == 1 {
      return first
    }
    let mine = rows.indices.filter { words(rows[$0]) == meant }
    if alike.count == mine.count, let turn = mine.firstIndex(of: number) { return alike[turn] }
    let named = own.filter { $0.first == line.first && $0.count == line.count }
    return named.count == 1 && rows.count(where: { $0.first == line.first }) == 1 ? named[0] : nil
  }
}

/// A sentence or a form of a file, by its number there.
struct PaperLine: Hashable {
  let file: String
  let number: Int

  init(_ file: String, _ number: Int) { (self.file, self.number) = (file, number) }
}
