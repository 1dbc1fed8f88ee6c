// Why a programme pays nothing at all: no records of the kind, or none that fits, and what the first of them lacks. A
// column of noughts in a comparison looks like a cheap programme and is often no answer. Knows nothing of other
// columns.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions
import View

struct EmptyColumn {
  let run: Session.Run

  /// How many records of a list are asked what they lack.
  private static let asked = 12

  /// A sentence for a programme without a payment; nil where something is paid or it has no measure that could.
  var sentence: [Span]? {
    guard run.there == nil, Budget(run.ledger).sum.payments == 0 else { return nil }
    let paying = run.documents.flatMap(\.measures).filter { !$0.pays.isEmpty }
    guard !paying.isEmpty else {
      return head + [Span("it has no measure that pays.", zh: "其中没有支付待遇的措施。")]
    }
    if let outside { return head + outside }
    let (isPriced, isJudged) = (run.ledger.unpriced.isEmpty, run.ledger.undetermined.isEmpty)
    switch (isPriced, isJudged) {
    case (true, true): break
    case (false, true): return head + [Span("what fits has no price, as told below.", zh: "符合条件的标准未明确，见下。")]
    case (true, false): return head + [Span("what may fit cannot be judged, as told below.", zh: "可能符合的无法判定，见下。")]
    case (false, false):
      return head + [Span("what fits has no price or cannot be judged, as told below.", zh: "符合条件的标准未明确或无法判定，见下。")]
    }
    let dataset = run.facts.dataset
    var lists: [String] = []
    for measure in paying {
      for list in [measure.frameList].compactMap({ $0 }) + measure.sets.map(\.list) where !lists.contains(list) {
        lists.append(list)
      }
    }
    let tables = lists.compactMap { dataset.table($0) }
    if !tables.contains(where: { $0.count > 0 }) {
      return head + [
        Span("there are no records of the kind it pays for: ", zh: "没有其所针对的记录："),
        Span(Text.joined(tables.map(\.declaration.title))), Span(".", zh: "。"),
      ]
    }
    return head + fits(paying)
  }

  /// The same below a budget of nothing; nil where something could not be reckoned, which is told by itself.
  var note: Block? {
    guard run.ledger.unpriced.isEmpty, run.ledger.undetermined.isEmpty else { return nil }
    return sentence.map { .note(.note, $0) }
  }

  private var head: [Span] { [.data(run.programme, .name), Span(" pays nothing: ", zh: " 没有支付。")] }

  /// Where every document is that of another place.
  private var outside: [Span]? {
    guard run.ledger.settings.mode == .enacted else { return nil }
    let places = run.facts.dataset.places
    let district = run.scenario.scenario.district
    guard run.documents.allSatisfy({ !places.lies(district, within: $0.jurisdiction) }) else { return nil }
    return [
      Span("as enacted it applies elsewhere, in ", zh: "按原文件施行，只适用于"),
      Span(Text.joined(run.documents.map { Text.same(places.fullName($0.jurisdiction)) })),
      Span("; `as adopted` costs it here.", zh: "；“假设本地采用”可在本地区测算。"),
    ]
  }

  /// What the first records lack, measure by measure.
  private func fits(_ paying: [CheckedMeasure]) -> [Span] {
    let explainer = Explainer(ledger: run.ledger, scenario: run.facts)
    var line: [Span] = []
    for measure in paying {
      guard let list = measure.frameList, let table = run.facts.dataset.table(list), let ids = table.ids,
        table.count > 0
      else { continue }
      var lacking: [(step: Derivation, text: Text, count: Int)] = []
      let first = min(table.count, EmptyColumn.asked)
      var asked = first
      for derivations in explainer.derivations(
        of: (0..<first).map { ids.text($0) }, in: run.facts.dataset.dictionary.index(list), under: measure)
      {
        // What goes on with another record is asked in its place.
        if derivations.contains(where: \.isContinued) {
          asked -= 1
          continue
        }
        guard let step = derivations.lazy.compactMap(EmptyColumn.failing).first else { continue }
        // What the condition asks may be another day or number for each record: then it is told without that.
        if let i = lacking.firstIndex(where: { $0.step.asksTheSame(as: step) }) {
          if lacking[i].step.text != step.text { lacking[i].text = step.inGeneral ?? step.text.withoutDay }
          lacking[i].count += 1
        } else {
          lacking.append((step, step.text, 1))
        }
      }
      guard let most = lacking.max(by: { $0.count < $1.count }) else { continue }
      let others = lacking.reduce(-most.count) { $0 + $1.count } > 0
      if !line.isEmpty { line.append(Span("; ", zh: "；")) }
      line += [
        Span(measure.words, .name), Span(": ", zh: "："), Span(most.text, .code),
        Span(
          Text(
            " fails for \(most.count) of \(asked) \(table.declaration.title.en.lowercased()) asked"
              + (others ? ", others lack something else" : ""),
            zh: "，\(first < table.count ? "前" : "")\(table.declaration.counted(asked))中有\(most.count)"
              + "\(table.declaration.chinese.classifier ?? "条")不符合条件"
              + (others ? "，其余另有不符合的条件" : ""))),
      ]
      if line.count > 16 { break }
    }
    if line.isEmpty {
      return [
        Span(
          "no record fits its conditions; `why not MEASURE for ID` says what one lacks.",
          zh: "没有记录符合条件；“为何没有 措施 给 编号”说明原因。")
      ]
    }
    return line + [Span(".", zh: "。")]
  }

  /// The first condition that keeps a record out: one of the rule's own, not what stands below it.
  private static func failing(_ step: Derivation) -> Derivation? {
    for child in step.children { if case .no = child.verdict { return child } }
    if case .no = step.verdict, step.children.isEmpty { return step }
    return nil
  }
}

extension Derivation {
  /// Whether another record fails by the same condition of the rule.
  fileprivate func asksTheSame(as other: Derivation) -> Bool {
    if let inGeneral, let words = other.inGeneral { return inGeneral == words }
    return text.withoutDay == other.text.withoutDay
  }

  /// Whether a record is kept out since it goes on with another.
  fileprivate var isContinued: Bool {
    children.contains { child in
      // With which others it is one is told.
      guard case .no = child.verdict, child.isOfFirstPart else { return false }
      return child.children.contains { if case .told = $0.verdict { true } else { false } }
    }
  }
}

extension CheckedMeasure {
  /// The list whose records the measure looks at one by one.
  var frameList: String? {
    if case .list(let list)? = frame?.base { list } else { nil }
  }
}

extension Text {
  /// The same without the day that stands at its end in brackets.
  fileprivate var withoutDay: Text {
    Text(en.replacing(#/ \(\d{4}-\d{2}-\d{2}\)$/#, with: ""), zh: zh.replacing(#/（\d{4}-\d{2}-\d{2}）$/#, with: ""))
  }

  /// Texts one after another.
  fileprivate static func joined(_ texts: [Text]) -> Text {
    Text(texts.map(\.en).joined(separator: ", "), zh: texts.map(\.zh).joined(separator: "、"))
  }
}
