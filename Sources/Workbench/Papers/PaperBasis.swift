// What a paper's amounts rest on: the documents and clauses with their own standards, what is reckoned with instead,
// and the figures that other documents lay down. Knows nothing of templates.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

/// The figures of a measure in a paper.
struct PaperBasis {
  let run: Session.Run
  let places: Gazetteer

  // MARK: A measure's own figures

  /// What the document lays down; what it refers to elsewhere is called so. Nil: what it leaves open.
  func standard(_ parameter: Parameter, in document: CheckedDocument) -> Text? {
    if let raw = parameter.value {
      return OfficialWords.figure(raw, of: parameter, in: document, places: places)
    }
    guard let name = parameter.byReference else { return nil }
    let words = document.values.first { $0.name == name }?.words ?? .same(name)
    return Text("as \(words.en)", zh: "按\(words.zh)")
  }

  /// What the run takes it for.
  func reckoned(_ parameter: Parameter, in document: CheckedDocument) -> Text? {
    guard let raw = run.ledger.settings.parameters[parameter.id] else { return standard(parameter, in: document) }
    return OfficialWords.figure(raw, of: parameter, in: document, places: places)
  }

  /// `首次标准300元`
  static func standardText(_ parameter: Parameter, _ figure: Text) -> Text {
    Text("\(PaperNames.words(parameter).en): \(figure.en)", zh: "\(parameter.words.zh)\(figure.zh)")
  }

  private func standards(_ ground: Ground) -> Text {
    .joined(
      ground.measure.parameters.compactMap { parameter in
        standard(parameter, in: ground.document).map { PaperBasis.standardText(parameter, $0) }
      }
        + tables(ground.document).standards(of: ground.measure, asSet: false).map {
          Text("\($0.name.en): \($0.figure.en)", zh: $0.name.zh + $0.figure.zh)
        }
        + limits(ground.measure, in: ground.document).map {
          Text("\($0.name.en): \($0.figure.en)", zh: $0.name.zh + $0.figure.zh)
        })
  }

  /// The figures of a document that no single measure has.
  func tables(_ document: CheckedDocument) -> TableStandards {
    TableStandards(document, run.ledger.settings.parameters, places: places)
  }

  /// What limits its payments and is no figure with a name.
  func limits(_ measure: CheckedMeasure, in document: CheckedDocument) -> [PaperLimits.Limit] {
    PaperLimits(run: run, places: places).limits(measure, in: document)
  }

  /// What is reckoned with instead of what the document says: a draft's figures as proposed, others as taken.
  private func instead(_ ground: Ground) -> Text? {
    let tables = tables(ground.document)
    let all = ground.measure.parameters + tables.figures(of: ground.measure)
    let changed =
      all.compactMap { parameter -> Text? in
        guard let raw = run.ledger.settings.parameters[parameter.id], raw != parameter.value else { return nil }
        let figure = OfficialWords.figure(raw, of: parameter, in: ground.document, places: places)
        let name = tables.name(parameter)
        let (en, zh) = (name?.en ?? PaperNames.words(parameter).en, name?.zh ?? parameter.words.zh)
        return isProposed(parameter)
          ? Text("\(en): proposed \(figure.en)", zh: "\(zh)拟调整为\(figure.zh)")
          : Text("\(en): taken as \(figure.en)", zh: "\(zh)测算按\(figure.zh)")
      } + otherShares(ground)
    if ground.measure.addedFrom != nil {
      return .joined([Text("proposed as a whole", zh: "整条为拟增加")] + changed)
    }
    return changed.isEmpty ? nil : .joined(changed)
  }

  /// The shares of who pays that are not those of the document, with what that leaves for the rest.
  private func otherShares(_ ground: Ground) -> [Text] {
    guard let funds = ground.document.funds(of: ground.measure) else { return [] }
    let set = run.ledger.settings.parameters
    var out = funds.shares.compactMap { share -> Text? in
      guard let parameter = share.parameter, let old = parameter.value, let raw = set[parameter.id], raw != old else {
        return nil
      }
      let (before, after) = (Share(parts: old).text, Share(parts: raw).text)
      return isProposed(parameter)
        ? Text(
          "share of the \(share.fund.words.en): from \(before), proposed \(after)",
          zh: "\(share.fund.words.zh)承担的比例拟由\(before)调整为\(after)")
        : Text(
          "share of the \(share.fund.words.en): \(before), taken as \(after)",
          zh: "\(share.fund.words.zh)承担的比例（\(before)）测算按\(after)")
    }
    if let rest = funds.movedRest(from: [:], to: set) {
      let (before, after) = (Share(parts: rest.before).text, Share(parts: rest.after).text)
      out.append(
        Text(
          "what is left for the \(rest.fund.words.en): from \(before) to \(after)",
          zh: "其余\(rest.fund.words.zh)相应由\(before)变为\(after)"))
    }
    return out
  }

  /// Whether a draft sets it.
  private func isProposed(_ parameter: Parameter) -> Bool {
    run.settings.last { $0.target.id == parameter.id }?.source == .draft
  }

  // MARK: Figures of other documents

  /// What other documents lay down for a measure: the figure, from which document, from which day.
  private func elsewhere(_ ground: Ground) -> Text? {
    let names = PaperBasis.values(of: ground.measure)
    let texts = names.sorted().map { name -> Text in
      let value = ground.document.values.first { $0.name == name }
      let words = value?.words ?? .same(name)
      let figures = value.map { self.figures($0, for: ground.measure) } ?? []
      let source = value?.source.map { Text(" (\($0.en))", zh: "（\($0.zh)）") } ?? .same("")
      guard !figures.isEmpty else {
        let blank = PaperTables.blank
        return Text("\(words.en): \(blank.en)\(source.en)", zh: "\(words.zh)\(blank.zh)\(source.zh)")
      }
      let (en, zh) = (figures.map(\.en).joined(separator: ", "), figures.map(\.zh).joined(separator: "、"))
      return Text("\(words.en): \(en)\(source.en)", zh: "\(words.zh)\(zh)\(source.zh)")
    }
    return texts.isEmpty ? nil : .joined(texts)
  }

  /// What has been supplied of a value; of one that changes on certain days, each figure with its day.
  private func figures(_ value: ReferenceValue, for measure: CheckedMeasure) -> [Text] {
    let settings = run.ledger.settings
    if let raw = settings.value(of: value.name, for: measure) {
      return [proposed(OfficialWords.figure(raw, value.type, places: places), value.name)]
    }
    return settings.values.keys.filter { $0.hasPrefix(value.name + ".") }.sorted().compactMap { key in
      guard let raw = settings.values[key], let day = Day(key.dropFirst(value.name.count + 1)) else { return nil }
      let figure = proposed(OfficialWords.figure(raw, value.type, places: places), key)
      return Text("\(figure.en) from \(day.text)", zh: "\(figure.zh)（\(OfficialWords.day(day))起）")
    }
  }

  /// A figure that is not what another document lays down, but what a draft sets in its stead.
  private func proposed(_ figure: Text, _ id: String) -> Text {
    let set = run.settings.last { $0.target.id == id || $0.target.id.hasSuffix("." + id) }
    guard set?.source == .draft else { return figure }
    return Text("\(figure.en), as proposed here and not laid down,", zh: "拟按\(figure.zh)，非引用文件所定")
  }

  /// The values that a measure's rule asks for, by itself and by the definitions that it uses.
  private static func values(of measure: CheckedMeasure) -> Set<String> {
    var names = Set(measure.parameters.compactMap(\.byReference))
    var seen: Set<ObjectIdentifier> = []
    var rest = measure.expressions
    while let next = rest.popLast() {
      next.walk { t in
        switch t.operation {
        case .value(let name), .form(.onDay(let name), _): names.insert(name)
        case .call(let definition, _):
          if seen.insert(ObjectIdentifier(definition)).inserted { rest.append(definition.body) }
        default: break
        }
        return .into
      }
    }
    return names
  }

  // MARK: The list

  private struct Ground: Sendable {
    let document: CheckedDocument
    let measure: CheckedMeasure
  }

  private struct Row: Sendable {
    let ground: Ground
    let standards: Text
    let instead: Text?
    let elsewhere: Text?
    let funded: Text?
  }

  /// The documents and clauses of measures, with their standards.
  func relation(_ measures: [CheckedMeasure]) -> Relation {
    let rows = measures.compactMap { measure -> Row? in
      guard let document = run.documents.first(where: { $0.id == measure.document }) else { return nil }
      let ground = Ground(document: document, measure: measure)
      return Row(
        ground: ground, standards: standards(ground), instead: instead(ground), elsewhere: elsewhere(ground),
        funded: funded(document, measure))
    }
    var columns: [AnswerColumn<Row>] = [
      .words("number", Text("Number", zh: "文号"), .essential) { row in
        row.ground.measure.addedFrom == nil
          ? .same(row.ground.document.number) : Text("to be added", zh: "拟增加")
      },
      .id("article", Text("Article", zh: "条款"), .essential) { $0.ground.measure.article }.role(.article),
      .words("measure", Text("Measure", zh: "措施"), .essential) { $0.ground.measure.title },
      .words("standards", Text("Standards", zh: "标准"), .important) { $0.standards },
    ]
    if rows.contains(where: { $0.instead != nil }) {
      columns.append(.words("instead", Text("Otherwise here", zh: "与文件不同的"), .important) { $0.instead })
    }
    if rows.contains(where: { $0.elsewhere != nil }) {
      columns.append(.words("elsewhere", Text("Laid down elsewhere", zh: "引用的标准和出处"), .important) { $0.elsewhere })
    }
    columns.append(.words("funded", Text("Who pays", zh: "资金来源"), .useful) { $0.funded })
    return Relation(of: rows, columns)
  }

  /// Who pays: the shares in force, else what the document says in words.
  private func funded(_ document: CheckedDocument, _ measure: CheckedMeasure) -> Text? {
    let remark = document.remarks.first { $0.key == "funded" }?.text
    guard let text = document.funds(of: measure)?.words(under: run.ledger.settings.parameters) else { return remark }
    guard let remark else { return text }
    // 区级财政100%；区级财政；…: who bears all of it is not named twice.
    let all = text.zh.hasSuffix("100%") ? text.zh.dropLast(4) + "；" : "；"
    let zh = remark.zh.hasPrefix(all) ? String(remark.zh.dropFirst(all.count)) : remark.zh
    return Text("\(text.en); \(remark.en)", zh: "\(text.zh)；\(zh)")
  }
}

extension Text {
  fileprivate static func joined(_ texts: [Text]) -> Text {
    Text(texts.map(\.en).joined(separator: "; "), zh: texts.map(\.zh).joined(separator: "；"))
  }
}

extension PaperTables {
  /// The documents and clauses that the amounts rest on, with their standards.
  var basis: Relation {
    PaperBasis(run: run, places: places).relation(budget.lines.map { budget.measure($0) })
  }
}
