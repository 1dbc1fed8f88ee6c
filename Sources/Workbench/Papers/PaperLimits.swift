// The caps and quotas of a measure as standards in papers: for whom, and how much. What is a figure of the measure's
// own stands there by its name, and is not told once more. Knows nothing of tables.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

/// What limits a measure's payments, in words.
struct PaperLimits {
  let run: Session.Run
  let places: Gazetteer

  struct Limit: Sendable {
    /// `cap for each enterprise and year`, 每家企业、每年限额.
    let name: Text
    let figure: Text
    /// Whether it is one of money.
    let isMoney: Bool
  }

  /// Quotas, caps and the document's limits that hold for a measure.
  func limits(_ measure: CheckedMeasure, in document: CheckedDocument) -> [Limit] {
    let own = Set(measure.parameters.map(\.id))
    func isOwn(_ amount: Typed) -> Bool {
      if case .parameter(let id) = amount.operation { own.contains(id) } else { false }
    }
    var out: [Limit] = []
    for quota in measure.limits.quotas where !isOwn(quota.limit) {
      let whom = whom(quota.keys.map { CheckedCap.Key.figure($0) }, measure)
      out.append(
        Limit(
          name: Text("quota\(whom.en)", zh: whom.zh + "名额"), figure: figure(quota.limit, measure, document),
          isMoney: false))
    }
    for cap in measure.limits.caps where !isOwn(cap.amount) {
      out.append(limit(cap, Text("cap", zh: ""), measure, document))
    }
    for limit in document.limits where limit.measures.contains(measure.name) {
      let article = limit.article.isEmpty ? Text.same("") : Text(" (\(limit.article))", zh: "（\(limit.article)）")
      let title = Text("“\(limit.title.en)”\(article.en)", zh: "“\(limit.title.zh)”\(article.zh)")
      out += limit.caps.map { self.limit($0, title, measure, document) }
    }
    return out
  }

  private func limit(
    _ cap: CheckedCap, _ title: Text, _ measure: CheckedMeasure, _ document: CheckedDocument
  ) -> Limit {
    let whom = whom(cap.keys, measure)
    let source = cap.source.map { Text(" of \($0.fund.words.en)", zh: $0.fund.words.zh) } ?? .same("")
    let span = cap.within.map { figure($0, measure, document) }
    let within = span.map { Text(" in any \($0.en)", zh: "任意\($0.zh)内") } ?? .same("")
    let shared = cap.isShared ? Text(" in proportion", zh: "（按比例）") : .same("")
    return Limit(
      name: Text(
        "\(title.en)\(source.en)\(whom.en)\(within.en)\(shared.en)",
        zh: "\(title.zh)\(source.zh)\(whom.zh)\(within.zh)限额\(shared.zh)"),
      figure: figure(cap.amount, measure, document), isMoney: true)
  }

  /// ` for each enterprise and year`, 每家企业、每年; ` in all`, 共.
  private func whom(_ keys: [CheckedCap.Key], _ measure: CheckedMeasure) -> Text {
    if keys.isEmpty { return Text(" in all", zh: "全部") }
    let words = keys.map { key in
      switch key {
      case .beneficiary: Text("beneficiary", zh: "每个发放对象")
      case .yearOfPayment: Text("year", zh: "每年")
      case .figure(let t): word(t, measure)
      }
    }
    return Text(" for each \(words.map(\.en).joined(separator: " and "))", zh: words.map(\.zh).joined(separator: "、"))
  }

  private func word(_ t: Typed, _ measure: CheckedMeasure) -> Text {
    if case .yearOf = t.operation { return Text("year", zh: "每年") }
    if t.written == "year" || t.written == "年" { return Text("year", zh: "每年") }
    if case .record(let name) = t.type, let list = run.ledger.dataset.dictionary.list(name) {
      let classifier = list.chinese.classifier ?? "个"
      return Text(list.singular, zh: "每\(classifier)\(list.record.zh)")
    }
    if let named = measure.selection.lets.first(where: { $0.value === t }) {
      return Text(named.words.en.replacing("_", with: " "), zh: "每个" + named.words.zh)
    }
    if let field = PaperLimits.field(t) { return Text(field.name.replacing("_", with: " "), zh: "每个" + field.words.zh) }
    return Text(t.written, zh: "每个" + t.written)
  }

  private static func field(_ t: Typed) -> Field? {
    switch t.operation {
    case .selfField(let field), .field(_, let field): field
    default: nil
    }
  }

  private func figure(_ t: Typed, _ measure: CheckedMeasure, _ document: CheckedDocument) -> Text {
    let settings = run.ledger.settings
    switch t.operation {
    case .constant(let raw): return OfficialWords.figure(raw, t.type, places: places)
    case .parameter(let id):
      let parameter = (document.parameters + measure.parameters).first { $0.id == id }
      guard let parameter, let raw = settings.parameters[id] ?? parameter.value else { break }
      return OfficialWords.figure(raw, of: parameter, in: document, places: places)
    case .value(let name):
      guard let raw = settings.value(of: name, for: measure) else { break }
      return OfficialWords.figure(raw, t.type, places: places)
    default: break
    }
    if let field = PaperLimits.field(t) { return Text(field.name.replacing("_", with: " "), zh: field.words.zh) }
    return Text("as the clause reckons it", zh: "按条款计算")
  }
}
