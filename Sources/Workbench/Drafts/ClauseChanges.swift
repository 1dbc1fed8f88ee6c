// The clauses and settings by which two runs differ, as values, as lines for people and as rows for programs.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions
import View

/// One clause that differs.
struct ClauseChange {
  /// `changle-2022.agency_reward`, a document, or nothing for what belongs to all.
  let owner: String
  let article: String
  let name: String
  /// What people read instead of the owner and the name.
  var ownerWords: Text?
  var words: Text?
  /// Nil where there is none.
  let before: Text?
  let after: Text?
  /// The whole text of a measure that only one of the two has.
  var isMeasure = false
}

enum ClauseChanges {
  /// What differs, for programs.
  static func relation(_ changes: [ClauseChange], withArticles: Bool = true) -> Relation {
    Relation(
      of: changes,
      [
        .id("clause", Text("Clause", zh: "条款内容")) { $0.owner.isEmpty ? $0.name : $0.owner + "." + $0.name },
        .id("article", Text("Article", zh: "条款")) { $0.article }.faces(withArticles ? .json : []),
        .words("before", Text("Before", zh: "原为")) { $0.before },
        .words("after", Text("After", zh: "改为")) { $0.after },
      ])
  }

  /// Every clause and setting by which two runs differ.
  static func between(
    _ a: Session.Run, _ b: Session.Run, _ places: Gazetteer, _ rules: RuleTexts
  ) -> [ClauseChange] {
    var out: [ClauseChange] = []
    for document in a.documents where !b.documents.contains(where: { $0.id == document.id }) {
      out.append(
        ClauseChange(owner: "", article: document.number, name: document.id, before: document.title, after: nil))
    }
    for document in b.documents where !a.documents.contains(where: { $0.id == document.id }) {
      out.append(
        ClauseChange(owner: "", article: document.number, name: document.id, before: nil, after: document.title))
    }
    for old in a.documents {
      guard let new = b.documents.first(where: { $0.id == old.id }) else { continue }
      let x = DocumentAnswer.window(old.window, WindowDays(old, in: a.ledger.settings))
      let y = DocumentAnswer.window(new.window, WindowDays(new, in: b.ledger.settings))
      if x != y {
        out.append(
          ClauseChange(
            owner: old.id, article: "", name: "window", words: Text("window", zh: "施行期限"), before: x, after: y))
      }
      out += parameters(old.parameters, new.parameters, "", a, b, places, owner: old.id)
      out += shares(old.heading.funds, new.heading.funds, "", a, b, owner: old.id)
      out += readings(old.readings, new.readings, a, b, owner: old.id, article: "", measure: "", document: old.id)
      for measure in old.measures {
        // A measure that others refer to is left out by letting nobody fit it.
        guard let other = new.measures.first(where: { $0.id == measure.id }), !isLeftOut(other) || isLeftOut(measure)
        else {
          out.append(
            ClauseChange(
              owner: old.id, article: measure.article, name: measure.name, before: rules.reading(measure, of: old),
              after: nil, isMeasure: true))
          continue
        }
        let first = out.count
        out += parameters(measure.parameters, other.parameters, measure.article, a, b, places, owner: measure.id)
        out += shares(measure.heading.funds, other.heading.funds, measure.article, a, b, owner: measure.id)
        out += readings(
          measure.readings, other.readings, a, b, owner: measure.id, article: measure.article, measure: measure.id,
          document: old.id)
        out += readings(
          Reading.global, Reading.global, a, b, owner: measure.id, article: measure.article, measure: measure.id,
          document: old.id, onlyOwn: true)
        for i in first..<out.count { out[i].ownerWords = measure.label }
      }
      for measure in new.measures
      where !isLeftOut(measure) && !old.measures.contains(where: { $0.id == measure.id && !isLeftOut($0) }) {
        out.append(
          ClauseChange(
            owner: new.id, article: measure.article, name: measure.name, before: nil,
            after: rules.reading(measure, of: new), isMeasure: true))
      }
    }
    out += readings(Reading.global, Reading.global, a, b, owner: "", article: "", measure: "", document: "")
    return out + settings(a, b, places)
  }

  /// Values laid down elsewhere, the mode and the day by which two runs differ.
  private static func settings(_ a: Session.Run, _ b: Session.Run, _ places: Gazetteer) -> [ClauseChange] {
    var out: [ClauseChange] = []
    var values: [String: ReferenceValue] = [:]
    for document in a.documents + b.documents { for value in document.values { values[value.name] = value } }
    // A value by date has a figure of each day.
    let set = Set(a.ledger.settings.values.keys).union(b.ledger.settings.values.keys)
    for name in set.union(values.keys).sorted() {
      let bare = String(name.prefix { $0 != "." })
      guard let value = values[name] ?? values[bare] else { continue }
      let day = name.dropFirst(bare.count)
      func text(_ run: Session.Run) -> Text? {
        run.ledger.settings.values[name].map { ValueText.text($0, value.type, places: places) }
      }
      let (x, y) = (text(a), text(b))
      if x != y {
        out.append(
          ClauseChange(
            owner: "", article: "", name: name, words: Text(value.words.en + day, zh: value.words.zh + day), before: x,
            after: y))
      }
    }
    let (x, y) = (a.ledger.settings, b.ledger.settings)
    if x.mode != y.mode {
      out.append(
        ClauseChange(
          owner: "", article: "", name: "mode", words: Text("mode", zh: "施行方式"), before: x.mode.title,
          after: y.mode.title))
    }
    if x.asOf != y.asOf {
      out.append(
        ClauseChange(
          owner: "", article: "", name: "as_of", words: Text("as_of", zh: "核算日"), before: x.asOf.map { .same($0.text) },
          after: y.asOf.map { .same($0.text) }))
    }
    return out
  }

  private static func isLeftOut(_ measure: CheckedMeasure) -> Bool { DraftText.isLeftOut(measure.source) }

  private static func parameters(
    _ old: [Parameter], _ new: [Parameter], _ article: String, _ a: Session.Run, _ b: Session.Run, _ places: Gazetteer,
    owner: String
  ) -> [ClauseChange] {
    func text(_ p: Parameter, _ run: Session.Run) -> Text? {
      (run.ledger.settings.parameters[p.id] ?? p.value).map { ValueText.text($0, of: p, places: places) }
        ?? p.byReference.map { .same($0) }
    }
    /// What stands in another document is called by its name.
    func told(_ p: Parameter, _ run: Session.Run, _ text: Text?) -> Text? {
      guard run.ledger.settings.parameters[p.id] == nil else { return text }
      return ReferenceWords.text(p, in: run, places) ?? text
    }
    /// With the table, or the figure that changes on certain days, that it belongs to.
    func name(_ p: Parameter) -> String {
      p.id.hasPrefix(owner + ".") ? String(p.id.dropFirst(owner.count + 1)) : p.name
    }
    var out: [ClauseChange] = []
    for p in old {
      let before = text(p, a)
      let other = new.first { $0.id == p.id }
      let after = other.flatMap { text($0, b) }
      if before != after {
        out.append(
          ClauseChange(
            owner: owner, article: article, name: name(p), words: p.fullWords, before: told(p, a, before),
            after: other.flatMap { told($0, b, after) }))
      }
    }
    for p in new where !old.contains(where: { $0.id == p.id }) {
      out.append(
        ClauseChange(
          owner: owner, article: article, name: name(p), words: p.fullWords, before: nil,
          after: told(p, b, text(p, b))))
    }
    return out
  }

  /// Who bears other shares than before, the one that bears the rest among them.
  private static func shares(
    _ old: CheckedFund?, _ new: CheckedFund?, _ article: String, _ a: Session.Run, _ b: Session.Run, owner: String
  ) -> [ClauseChange] {
    let before = old?.inForce(a.ledger.settings.parameters) ?? []
    let after = new?.inForce(b.ledger.settings.parameters) ?? []
    let funds = before.map(\.fund) + after.map(\.fund).filter { one in !before.contains { $0.fund == one } }
    return funds.compactMap { fund in
      func text(_ all: [(fund: Fund, share: Int64)]) -> Text? {
        all.first { $0.fund == fund }.map { .same(Share(parts: $0.share).text) }
      }
      let (x, y) = (text(before), text(after))
      return x == y
        ? nil
        : ClauseChange(
          owner: owner, article: article, name: "fund." + fund.rawValue,
          words: Text("share of the \(fund.words.en)", zh: "\(fund.words.zh)承担的比例"), before: x, after: y)
    }
  }

  private static func readings(
    _ old: [Reading], _ new: [Reading], _ a: Session.Run, _ b: Session.Run, owner: String, article: String,
    measure: String, document: String,
    onlyOwn: Bool = false
  ) -> [ClauseChange] {
    old.compactMap { reading in
      guard let other = new.first(where: { $0.id == reading.id }) else { return nil }
      func choice(_ r: Reading, _ run: Session.Run) -> Reading.Choice {
        let settings = run.ledger.settings
        guard let of = run.ledger.measures.first(where: { $0.id == measure }) else {
          return r.choices[settings.choice(of: r, document: document)]
        }
        if onlyOwn, settings.readings[measure + "." + r.name] == nil {
          return r.choices[settings.choice(of: r, document: "")]
        }
        return r.choices[settings.choice(of: r, for: of)]
      }
      let (x, y) = (choice(reading, a), choice(other, b))
      if x.name == y.name { return nil }
      if onlyOwn, a.ledger.settings.readings[measure + "." + reading.name] == nil,
        b.ledger.settings.readings[measure + "." + reading.name] == nil
      {
        return nil
      }
      func text(_ c: Reading.Choice) -> Text {
        Text("\(c.name) — \(c.meaning.en)", zh: "\(c.words.zh)（\(c.meaning.zh)）")
      }
      return ClauseChange(
        owner: owner, article: article, name: reading.name, words: reading.words, before: text(x), after: text(y))
    }
  }

  /// As text, old lines marked with a minus and new ones with a plus.
  static func lines(_ changes: [ClauseChange]) -> [[Span]] {
    guard !changes.isEmpty else { return [[Span("No clause differs.", zh: "条款没有不同。", .muted)]] }
    var out: [[Span]] = []
    var owner: String?
    for change in changes {
      if owner != change.owner {
        owner = change.owner
        if !change.owner.isEmpty {
          let owner = change.ownerWords ?? .same(change.owner)
          out.append([Span(owner, .name), .data("  " + change.article, .article)])
        }
      }
      if change.isMeasure {
        out += rule(change)
        continue
      }
      let name = change.words ?? .same(change.name)
      func line(_ mark: String, _ value: Text, _ role: Role) -> [Span] {
        [Span(Text("  \(mark) \(name.en) = ", zh: "  \(mark) \(name.zh)＝"), role), Span(value, role)]
      }
      if let before = change.before { out.append(line("-", before, .bad)) }
      if let after = change.after { out.append(line("+", after, .good)) }
      if change.before == nil, change.after == nil { out.append([.data("  "), Span(name)]) }
    }
    return out
  }

  /// The lines of a whole measure's rule; of the two languages the shorter has empty lines at its end.
  private static func rule(_ change: ClauseChange) -> [[Span]] {
    guard let source = change.before ?? change.after else { return [] }
    let (mark, role): (String, Role) = change.before == nil ? ("+ ", .good) : ("- ", .bad)
    func lines(_ text: String) -> [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + mark + $0 }
    }
    let (en, zh) = (lines(source.en), lines(source.zh))
    return (0..<max(en.count, zh.count)).map { i in
      [Span(Text(i < en.count ? en[i] : "", zh: i < zh.count ? zh[i] : ""), role)]
    }
  }
}
