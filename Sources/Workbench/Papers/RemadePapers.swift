// Papers as the program makes them of a run, so that papers that were read back can be held against them line by line:
// what a sentence or a line of a form says, wherever its words are still the program's own. Whoever has written a
// sentence anew is not held to it; that it could not be held is said.

import Answers
import Diagnostics
import Sessions
import View

/// The sentences and forms that papers of a run have.
struct RemadePapers {
  /// A sentence of the program's own.
  private struct Own {
    let heading: String
    let shown: String
    let text: FigureText
  }

  /// By their words, each once.
  private var sentences: [String: [FigureText]] = [:]
  /// By the words of their heads.
  private var tables: [[String]: [PaperText.Table]] = [:]
  /// The papers that were recognised.
  private(set) var kinds: [ReportCommand.Paper] = []
  /// The forms that each file would have.
  private(set) var forms: [String: [PaperText.Table]] = [:]
  /// The sentences that each file would have.
  private var written: [String: [Own]] = [:]

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
        let held = ReportCommand.Paper.allCases.filter { kind in
          kind.isTemplate && (isDraft || kind != .amendment) && paper.says(PaperTemplate.title(kind, language))
        }
        for kind in held {
          // Papers of one file are handed in together.
          let beside = held.filter { $0 != kind }
          let made = Result { () throws(Refusal) in
            try ReportCommand.made(kind, of: run, from: nil, beside: beside, in: desk)
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
      let text = FigureText(sentence.text)
      written[paper.file, default: []].append(Own(heading: sentence.heading, shown: sentence.shown, text: text))
      if sentences[text.words]?.contains(text) != true { sentences[text.words, default: []].append(text) }
    }
    for table in paper.tables { tables[RemadePapers.heads(table), default: []].append(table) }
    forms[paper.file, default: []] += paper.tables
  }

  // MARK: What is not there

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

  /// The sentences that a file does not have in the program's words; what a person is to write is none.
  func missingSentences(in paper: PaperText) -> [String] {
    struct Key: Hashable {
      let heading: String
      let words: String
    }
    var known: Set<Key> = []
    let wanted = (written[paper.file] ?? []).filter { own in
      !PaperCheck.isToBeWritten(own.shown) && known.insert(Key(heading: own.heading, words: own.text.words)).inserted
    }
    var there: [Key: Int] = [:]
    for sentence in paper.sentences {
      there[Key(heading: sentence.heading, words: FigureText(sentence.text).words), default: 0] += 1
    }
    let others = wanted.filter { own in
      let key = Key(heading: own.heading, words: own.text.words)
      guard let count = there[key], count > 0 else { return true }
      there[key] = count - 1
      return false
    }
    // Whoever calls a heading otherwise has the sentences below it.
    var left: [String: Int] = [:]
    for (key, count) in there { left[key.words, default: 0] += count }
    return others.filter { own in
      guard let count = left[own.text.words], count > 0 else { return true }
      left[own.text.words] = count - 1
      return false
    }.map(\.shown)
  }

  /// Whether a file has a paper that was recognised.
  func knows(_ file: String) -> Bool { written[file] != nil }

  private static func heads(_ table: PaperText.Table) -> [String] { table.heads.map { FigureText($0).words } }

  // MARK: Asking

  /// What a sentence says, and what one with its words ought to; nil where there is none.
  func sentence(_ text: String) -> (found: FigureText, wanted: FigureText)? {
    let found = FigureText(text)
    let wanted = sentences[found.words]?.min { found.differences(to: $0) < found.differences(to: $1) }
    return wanted.map { (found, $0) }
  }

  /// The line that says what a paper rests on, as it ought to be, for one that is such a line; nil: it is none.
  func head(_ sentence: PaperText.Sentence, in file: String) -> String? {
    func isHead(_ text: String) -> Bool {
      let own = text.drop { $0.isWhitespace }
      return own.hasPrefix(PaperHead.lead.zh) || own.hasPrefix(PaperHead.lead.en)
    }
    guard isHead(sentence.shown) else { return nil }
    let heads = (written[file] ?? []).filter { isHead($0.shown) }
    return (heads.first { $0.heading == sentence.heading } ?? heads.first)?.shown
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
      for (number, sentence) in paper.sentences.enumerated() { hold(sentence, number, of: paper.file, remade) }
      missing += remade.missing(in: paper).map { (paper.file, $0) }
      missingSentences += remade.missingSentences(in: paper)
      // A line that stands in another form of the same heads is there.
      var lacking: [(table: PaperText.Table, line: [String])] = []
      for table in paper.tables {
        guard let own = remade.table(table) else { continue }
        let lines = hold(table, own, in: paper.file)
        if remade.knows(paper.file) { lacking += lines.map { (table, $0) } }
      }
      for (table, line) in lacking {
        let isThere = paper.tables.contains { other in
          other.number != table.number && other.heads == table.heads && other.above == table.above
            && other.rows.contains { RemadePapers.isSame($0, line) }
        }
        if !isThere { missingLines.append((table.heading, line)) }
      }
    }
  }

  private mutating func hold(
    _ sentence: PaperText.Sentence, _ number: Int, of file: String, _ remade: RemadePapers
  ) {
    let line = PaperLine(file, number)
    let place = Text.same(String(sentence.shown.prefix(60)))
    if let head = remade.head(sentence, in: file) {
      compare()
      heldSentences.insert(line)
      for (a, b) in PaperCheck.differing(sentence.shown, head) {
        add(PaperFinding(rule: .run, file: file, place: place, found: a, wanted: b))
      }
    } else if let (found, wanted) = remade.sentence(sentence.text) {
      if !found.figures.isEmpty { compare() }
      heldSentences.insert(line)
      for (a, b) in zip(found.figures, wanted.figures) where !FigureText.isSame(a, b) {
        add(PaperFinding(rule: .run, file: file, place: place, found: a, wanted: b))
      }
    } else if remade.knows(file), PaperCheck.hasOtherFigures(sentence.text) {
      reworded.append(String(sentence.shown.prefix(60)))
    }
  }

  /// The parts of two lines of what a paper rests on that are not the same, each with the one in its place.
  private static func differing(_ found: String, _ wanted: String) -> [(String, String)] {
    func parts(_ text: String) -> [(shown: String, text: FigureText)] {
      text.replacing("\u{2011}", with: "-").split(whereSeparator: { "；;".contains($0) }).map { part in
        let shown = String(part).trimmingSpaces
        return (shown, FigureText(shown))
      }
    }
    func same(_ a: FigureText, _ b: FigureText) -> Bool { a.words == b.words && a.differences(to: b) == 0 }
    let (all, own) = (parts(found), parts(wanted))
    let (others, lacking) = (
      all.filter { part in !own.contains { same($0.text, part.text) } },
      own.filter { part in !all.contains { same($0.text, part.text) } }
    )
    return (0..<max(others.count, lacking.count)).map { i in
      (
        others.indices.contains(i) ? others[i].shown : "", lacking.indices.contains(i) ? lacking[i].shown : ""
      )
    }
  }

  /// Whether a sentence has figures that are no amounts, shares and numbers of things, which are told by themselves,
  /// and that do not number it.
  private static func hasOtherFigures(_ text: String) -> Bool {
    var left = text.replacing(/^[0-9]{1,3}[.、．）)]/, with: "")
    left = left.replacing(/[0-9][0-9.,]*\s?(?:[%％]|万?元|(?:ten thousand )?yuan)/, with: "")
    left = left.replacing(/[0-9][0-9,]*\s?(?:人次|人|家|户|笔|名|persons|people|payments)/, with: "")
    return left.contains { $0.isASCII && $0.isNumber }
  }

  /// Holds the lines of a form against those of the program's own.
  /// - Returns: the lines of the own form that it does not have.
  private mutating func hold(
    _ table: PaperText.Table, _ own: PaperText.Table, in file: String
  ) -> [[String]] {
    for (a, b) in zip(table.heads, own.heads) where !FigureText.isSame(a, b) {
      add(PaperFinding(rule: .run, file: file, place: PaperCheck.place(table), found: a, wanted: b))
    }
    let match = MatchedLines(table.rows, own.rows)
    var isWhole = true
    for (number, line) in table.rows.enumerated() {
      guard let wanted = match.own[number].map({ own.rows[$0] }) else {
        isWhole = false
        continue
      }
      let place = PaperCheck.place(table, row: number + 1)
      for (column, (a, b)) in zip(line, wanted).enumerated() where a != b || a.contains(where: \.isNumber) {
        let (found, right) = (FigureText(a), FigureText(b))
        if found.words == right.words {
          if found.figures.isEmpty { continue }
          compare(PaperCell(file, table.number, number, column))
          if FigureText.isSame(a, b) || found.differences(to: right) == 0 { continue }
          add(PaperFinding(rule: .run, file: file, place: place, found: a, wanted: b))
        } else if let (sign, other) = PaperCheck.signs(a, b) {
          if sign != other { add(PaperFinding(rule: .run, file: file, place: place, found: a, wanted: b)) }
        } else {
          // What somebody has put into other words is not the program's any more; what a person is to write never was.
          if !found.figures.isEmpty || !right.figures.isEmpty { isWhole = false }
          if !PaperCheck.isToBeWritten(b) { rewordedCells.append((place, a, b)) }
        }
      }
    }
    if isWhole { heldTables.insert(PaperLine(file, table.number)) }
    // A form that has no line of the other is another's.
    if !table.rows.isEmpty, match.own.allSatisfy({ $0 == nil }) { return [] }
    return match.missing.map { own.rows[$0] }.filter { line in
      line.first { !$0.isEmpty }.map { !PaperCheck.isToBeWritten($0) } ?? false
    }
  }

  /// Two cells that are nothing but signs of comparison, each written in one way; nil: one of them is not.
  private static func signs(_ a: String, _ b: String) -> (String, String)? {
    let ways: [Character: Character] = ["＝": "=", "≧": "≥", "≦": "≤", "＞": ">", "＜": "<", "⩾": "≥", "⩽": "≤"]
    func sign(_ text: String) -> String? {
      let sign = String(text.filter { !$0.isWhitespace }.map { ways[$0] ?? $0 })
      return ["=", "≥", "≤", ">", "<", "≠", ">=", "<="].contains(sign) ? sign : nil
    }
    guard let one = sign(a), let other = sign(b) else { return nil }
    return (one, other)
  }
}

/// A sentence or a form of a file, by its number there.
struct PaperLine: Hashable {
  let file: String
  let number: Int

  init(_ file: String, _ number: Int) { (self.file, self.number) = (file, number) }
}
