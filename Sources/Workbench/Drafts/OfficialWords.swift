// Figures and changes as an official document writes them: 300元, 20万元, 每人每月1200元, 3个月, 100人, 2022年1月28日, and the
// sentences of a notice that amends another. Knows nothing of what changes cost.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

/// Figures in the words of official documents.
enum OfficialWords {
  /// A figure with its unit.
  /// - Parameter unit: the word that a count stands with in the rule; nil where there is none.
  static func figure(_ raw: Int64, _ type: ValueType, unit: String? = nil, places: Gazetteer) -> Text {
    let english = ValueText.text(raw, type, places: places).en
    switch type {
    case .money: return Text(english, zh: yuan(raw))
    case .rate(let rate):
      let per = rate.per.map { "每" + $0.inChinese }.joined()
      return Text(english, zh: per + (rate.currency.map { plain(raw) + $0.chinese } ?? yuan(raw)))
    case .amount(let currency): return Text(english, zh: plain(raw) + currency.chinese)
    case .months: return Text(english, zh: "\(raw)个月")
    case .days: return Text(english, zh: "\(raw)日")
    case .date:
      guard let number = Int32(exactly: raw) else { return .same(english) }
      return Text(english, zh: day(Day(number: number)))
    case .place:
      guard let id = Int(exactly: raw), places.names.indices.contains(id) else { return .same(english) }
      return Text(english, zh: places.names[id])
    case .number:
      let words = unit.map { Rate.Unit($0).inChinese } ?? ""
      let isChinese = words.unicodeScalars.allSatisfy { $0.value > 0x7F }
      return Text(english + (unit.map { " " + $0 } ?? ""), zh: String(raw) + (isChinese ? words : ""))
    case .share, .decimal, .choice, .truth, .partMonths, .fraction, .dateOrYear, .text, .record, .set, .nothing,
      .broken:
      return ValueText.text(raw, type, places: places)
    }
  }

  /// A figure of a parameter, counted as its rule or its name counts.
  /// - Parameter document: nil where it is not at hand, so that the name alone tells.
  static func figure(_ raw: Int64, of parameter: Parameter, in document: CheckedDocument?, places: Gazetteer) -> Text {
    let text = figure(raw, parameter.type, unit: document.flatMap { unit(of: parameter, in: $0) }, places: places)
    // Counted as everywhere else.
    if parameter.type == .number, !parameter.countingWord.isEmpty {
      return Text(text.en, zh: String(raw) + parameter.countingWord)
    }
    return text
  }

  /// `300元`, `1234.50元`, `20万元`: whole ten thousands by the ten thousand.
  static func yuan(_ fen: Int64) -> String {
    if fen != 0, fen % 1_000_000 == 0 { return "\(fen / 1_000_000)万元" }
    return plain(fen) + "元"
  }

  /// An amount without separators, with decimals only where there are any.
  private static func plain(_ hundredths: Int64) -> String { Decimals.text(hundredths, scale: 2, keep: 0) }

  static func day(_ day: Day) -> String {
    let (year, month, date) = day.parts
    return "\(year)年\(month)月\(date)日"
  }

  /// The unit word that a parameter's figure stands with: `persons` of `100 persons`.
  static func unit(of parameter: Parameter, in document: CheckedDocument) -> String? {
    func unit(_ found: ParameterSyntax) -> String? {
      if case .number(_, let unit) = found.value.node { return unit }
      return nil
    }
    for found in document.syntax.parameters where document.id + "." + found.name.text == parameter.id {
      return unit(found)
    }
    for measure in document.syntax.measures {
      for case .parameter(let found) in measure.clauses
      where document.id + "." + measure.name.text + "." + found.name.text == parameter.id {
        return unit(found)
      }
    }
    return nil
  }
}

extension Rate.Unit {
  /// 人, 月; the word itself where no Chinese one is known.
  var inChinese: String {
    switch self {
    case .month: "月"
    case .day: "日"
    case .year: "年"
    case .thing(let word):
      ["person": "人", "each": "个", "time": "次", "enterprise": "家", "post": "岗"][word] ?? word
    }
  }
}

/// What a draft changes in a document, as a table of amendments and a notice say it.
struct AmendedClause: Sendable {
  /// In the words of an official document; nil where there is none.
  let now: Text?
  let proposed: Text?
  /// The sentence of the amending notice; nil for what no document can say.
  let sentence: Text?

  init(
    _ change: DraftChange, _ words: ChangeWords, base: Session.Run, proposed run: Session.Run, rules: RuleTexts,
    places: Gazetteer
  ) {
    switch change {
    case .setting(let setting):
      if case .parameter(let parameter) = setting.target, let share = SourceShare(parameter, base.documents) {
        (now, proposed) = (words.now, words.proposed)
        sentence =
          words.isOfDeleted
          ? nil : share.sentence(from: base.ledger.settings.parameters, to: run.ledger.settings.parameters)
      } else {
        let parts = AmendedClause.setting(setting, words, base, places)
        (now, proposed, sentence) = (parts.now, parts.proposed, words.isOfDeleted ? nil : parts.sentence)
      }
    case .without(_, let name):
      now = words.now
      proposed = Text("deleted", zh: "删去")
      let all = [AmendedClause.deletion(of: name, words, base)] + AmendedClause.limits(of: name, base, run)
      sentence = Text(all.map(\.en).joined(separator: " "), zh: all.map(\.zh).joined())
    case .add(let document, let text, _):
      let names = Set(PolicyParser.syntax(of: text).measures.map(\.name.text))
      let added =
        run.documents.first { $0.id == document }.map { made in
          made.measures.filter { names.contains($0.name) }.map { (made, $0) }
        } ?? []
      let clauses = added.map { document, measure in
        let prose = ClauseProse(measure, of: document, in: run.ledger.settings, places: places)
          .text(rules.rule(measure, of: document))
        return Text(
          "\(measure.article.isEmpty ? "" : "article \(measure.article), ")“\(measure.title.en)”: \(prose.en)",
          zh: "\(measure.article)“\(measure.title.zh)”：\(prose.zh)")
      }
      now = nil
      proposed = Text(clauses.map(\.en).joined(separator: "\n"), zh: clauses.map(\.zh).joined(separator: "\n"))
      sentence =
        clauses.isEmpty
        ? nil
        : Text(
          "Added is \(clauses.map(\.en).joined(separator: " Added is "))",
          zh: zip(added, clauses).map { "增加一项" + AmendedClause.added($0.1, $1.zh) }.joined())
    case .window(_, let from, let to):
      now = words.now
      let (first, last) = (OfficialWords.day(from), OfficialWords.day(to))
      proposed = Text("from \(from.text) to \(to.text)", zh: "自\(first)起至\(last)止")
      sentence = Text(
        "The document applies from \(from.text) to \(to.text).", zh: "施行期限调整为自\(first)起至\(last)止。")
    }
  }

  /// `，作为“五、返岗交通补贴”，内容为：“对……。”`
  private static func added(_ measure: CheckedMeasure, _ clause: String) -> String {
    let own = clause.firstIndex(of: "：").map { String(clause[clause.index(after: $0)...]) } ?? clause
    // Within quotation marks stand single ones.
    let text = own.replacing("“", with: "‘").replacing("”", with: "’")
    let (article, title) = (measure.article, measure.title.zh)
    if article.isEmpty { return "“\(title)”，内容为：“\(text)”" }
    let mark = article.hasSuffix("条") ? " " : article.last?.isASCII == true ? ". " : article.hasSuffix("）") ? "" : "、"
    return "，作为“\(article)\(mark)\(title)”，内容为：“\(text)”"
  }

  /// An item that holds other measures is not deleted as a whole.
  private static func deletion(of name: String, _ words: ChangeWords, _ base: Session.Run) -> Text {
    let (article, title) = (words.article, words.now ?? .same(name))
    if article.isEmpty {
      return Text("What is laid down on “\(title.en)” is deleted.", zh: "删去关于\(title.zh)的规定。")
    }
    let document = base.documents.first { words.id.hasPrefix($0.id + ".") }
    let others = (document?.measures ?? []).contains { $0.name != name && $0.article.hasPrefix(article) }
    return others
      ? Text(
        "In article \(article), what is laid down on “\(title.en)” is deleted.",
        zh: "删去\(article)中关于\(title.zh)的规定。")
      : Text("Article \(article) (“\(title.en)”) is deleted.", zh: "删去\(article)（\(title.zh)）。")
  }

  /// What becomes of the limits over a measure that is deleted: those over it alone go with it.
  private static func limits(of name: String, _ base: Session.Run, _ run: Session.Run) -> [Text] {
    base.documents.flatMap(\.limits).filter { $0.measures.contains(name) }.map { limit in
      let isLeft = run.documents.flatMap(\.limits).contains { $0.name == limit.name }
      let title = Text("“\(limit.title.en)”", zh: "“\(limit.title.zh)”")
      let (en, zh) = (
        limit.article.isEmpty ? title.en : "\(title.en) (article \(limit.article))",
        limit.article.isEmpty ? title.zh : "\(title.zh)（\(limit.article)）"
      )
      return isLeft
        ? Text("It counts no more in the limit \(en).", zh: "\(zh)的限额不再计入该项。")
        : Text("The limit \(en) is deleted with it.", zh: "同时删去\(zh)的限额。")
    }
  }

  private typealias Parts = (now: Text?, proposed: Text?, sentence: Text?)

  /// A figure of a document that is another.
  private static func figure(
    _ parameter: Parameter, _ raw: Int64, _ words: ChangeWords, _ base: Session.Run, _ places: Gazetteer
  ) -> Parts {
    let document = base.documents.first { parameter.id.hasPrefix($0.id + ".") }
    func text(_ raw: Int64) -> Text { OfficialWords.figure(raw, of: parameter, in: document, places: places) }
    let old = base.ledger.settings.parameters[parameter.id] ?? parameter.value
    let (wording, new) = (FigureWording(parameter), text(raw))
    let (en, zh) = place(words.article)
    // In English a figure is called by what it means; a row of a table by the table, too.
    let row = document.flatMap {
      TableStandards($0, base.ledger.settings.parameters, places: places).name(parameter)
    }
    // A figure without a Chinese name is called by what it means there as well.
    let isMeant = row == nil && !parameter.fullWords.zh.hasHan && (wording.meaning?.zh.hasHan ?? false)
    let own = isMeant ? Text(parameter.fullWords.en, zh: "“\(wording.meaning?.zh ?? "")”") : parameter.fullWords
    let name = row ?? own
    let isRow = row == nil && name.en != parameter.words.en
    let said = wording.meaning.map { isRow ? "\(name.en) (\($0.en))" : "“\($0.en)”" }
    let english = row.map { "“\($0.en)”" } ?? said ?? name.en
    let apart = wording.meaning.map { $0.zh == parameter.words.zh ? "" : "（\($0.zh)）" } ?? ""
    let meaning = row != nil || isMeant ? "" : apart
    if wording.isAssumed {
      // What the document does not say at all is no text to amend.
      let now = old.map(text).map { Text("our assumption: \($0.en)", zh: "测算假定（\($0.zh)）") }
      return (now, Text("our assumption: \(new.en)", zh: "测算假定（\(new.zh)）"), nil)
    }
    if wording.isUnstated || old == 0 && wording.isTime {
      let said = wording.meaning ?? name
      return (
        Text("not laid down", zh: "未规定"), new,
        Text(
          "\(en)added is: \(english) is \(new.en).",
          zh: "\(words.article.isEmpty ? "增加规定" : words.article + "增加")：\(said.zh)为\(new.zh)。")
      )
    }
    if raw == 0, wording.isTime, let old = old.map(text) {
      return (
        old, Text("deleted", zh: "删去"),
        Text("\(en)\(english) of \(old.en) is deleted.", zh: "删去\(zh)\(name.zh)\(meaning)\(old.zh)的规定。")
      )
    }
    let now = old.map(text) ?? parameter.byReference.map { reference($0, document, base, parameter, places) }
    let from = now.map {
      old == nil ? Text(" from “\($0.en)”", zh: "由“\($0.zh)”") : Text(" from \($0.en)", zh: "由\($0.zh)")
    }
    return (
      now, new,
      Text(
        "\(en)\(english) is changed\(from?.en ?? "") to \(new.en).",
        zh: "\(zh)\(name.zh)\(meaning)\(from?.zh ?? "")调整为\(new.zh)。")
    )
  }

  /// What another document lays down, with its figure where one has been supplied.
  private static func reference(
    _ name: String, _ document: CheckedDocument?, _ base: Session.Run, _ parameter: Parameter, _ places: Gazetteer
  ) -> Text {
    let value = document?.values.first { $0.name == name }
    let words = value?.words ?? .same(name)
    let measure = document?.measures.first { parameter.id.hasPrefix($0.id + ".") }
    let settings = base.ledger.settings
    let raw = measure.map { settings.value(of: name, for: $0) } ?? settings.values[name]
    guard let raw, let value else { return Text("as \(words.en)", zh: "按\(words.zh)") }
    let figure = OfficialWords.figure(raw, value.type, places: places)
    return Text("as \(words.en) (\(figure.en))", zh: "按\(words.zh)（\(figure.zh)）")
  }

  private static func setting(
    _ setting: Setting, _ words: ChangeWords, _ base: Session.Run, _ places: Gazetteer
  ) -> Parts {
    switch (setting.target, setting.value) {
    case (.parameter(let parameter), .raw(let raw)): return figure(parameter, raw, words, base, places)
    case (.reading(let reading, _), .choice(let name)):
      let choice = reading.choices.first { $0.name == name }
      let (en, zh) = place(words.article)
      let meaning = choice?.meaning ?? .same(name)
      // Within quotation marks stand single ones.
      let asked = reading.question.zh.trimmed(of: "？?").replacing("“", with: "‘").replacing("”", with: "’")
      let question = Text(reading.question.en, zh: asked)
      return (
        words.now.map { now in
          let taken = reading.choices.first { $0.words.en == now.en || $0.name == now.en }?.meaning ?? now
          return Text("open; taken so: \(taken.en)", zh: "未明确（\(question.zh)，现按“\(now.zh)”计）")
        },
        meaning,
        Text(
          "\(en)“\(question.en)” is settled: \(meaning.en).", zh: "\(zh)对“\(question.zh)”予以明确：\(meaning.zh)。")
      )
    case (.parameter, _), (.reading, _), (.value, _), (.asOf, _), (.mode, _), (.budget, _),
      (.assumption, _), (.programme, _):
      return (words.now, words.proposed, nil)
    }
  }

  /// Where a clause stands, at the beginning of a sentence.
  private static func place(_ article: String) -> (en: String, zh: String) {
    article.isEmpty ? ("", "") : ("In article \(article), ", "\(article)中")
  }
}

extension String {
  /// Without some signs at its end.
  fileprivate func trimmed(of signs: String) -> String {
    var text = self
    while let last = text.last, signs.contains(last) { text.removeLast() }
    return text
  }
}
