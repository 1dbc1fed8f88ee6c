// What a careful drafter would not leave open. Warnings only: a document with them runs.

import Diagnostics
import PolicyLanguage

struct DocumentLint {
  let document: CheckedDocument
  let syntax: DocumentSyntax
  /// Whether the document comes with the program.
  let isBundled: Bool

  init(_ document: CheckedDocument, syntax: DocumentSyntax, isBundled: Bool) {
    self.document = document
    self.syntax = syntax
    self.isBundled = isBundled
  }

  func run() -> [Diagnostic] {
    var found = emptyArticles()
    let usage = Usage(document)
    for value in document.values {
      if value.meaning == nil || value.source == nil {
        found.append(
          warning(
            "value-undescribed",
            Text(
              "the value `\(value.name)` does not say "
                + "\(value.meaning == nil ? "what it is" : "which document sets it")",
              zh: "引用标准 `\(value.name)` 没有说明\(value.meaning == nil ? "是什么" : "由哪个文件规定")"),
            Text(
              "add a wording: `value \(value.name) yuan \"what it is\" from \"the document\"`",
              zh: "请补上说明：`value \(value.name) yuan \"含义\" from \"出处\"`"),
            value.location))
      }
      if !usage.values.contains(value.name) {
        found.append(
          warning(
            "unused-value", Text("the value `\(value.name)` is used by no rule", zh: "引用标准 `\(value.name)` 没有被任何规则使用"),
            Text("use it or remove it", zh: "请使用或删去"), value.location))
      }
    }
    for parameter in document.parameters + document.measures.flatMap(\.parameters)
    where !usage.parameters.contains(parameter.id) {
      found.append(
        warning(
          "unused-parameter",
          Text(
            "the parameter `\(parameter.fullWords.en)` is used by no rule",
            zh: "参数 `\(parameter.fullWords.en)` 没有被任何规则使用"),
          Text("use it or remove it", zh: "请使用或删去"), parameter.location))
    }
    for reading in document.readings + document.measures.flatMap(\.readings) where !usage.readings.contains(reading.id)
    {
      guard let location = reading.location else { continue }
      found.append(
        warning(
          "unused-reading", Text("the reading `\(reading.name)` decides nothing", zh: "口径 `\(reading.name)` 不起作用"),
          Text("use it or remove it", zh: "请使用或删去"), location))
    }
    return found + oneSided() + unnamed()
  }

  /// What has no Chinese name, in a document that comes with the program, or that gives some.
  private func unnamed() -> [Diagnostic] {
    let names = syntax.withoutChinese
    guard let first = names.first, isBundled || syntax.namesInChinese else { return [] }
    let shown = names.prefix(12).map { "`\($0.text)`" }
    let more = names.count - shown.count
    return [
      Diagnostic(
        isBundled ? .warning : .note, code: "no-chinese-name",
        Text(
          "without a Chinese name: \(shown.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : ""),
          zh: "没有中文名称：\(shown.joined(separator: "、"))" + (more > 0 ? "等 \(names.count) 个" : "")),
        hint: Text(
          "write it behind the name: `\(first.text) zh 中文名`",
          zh: "请写在名称之后：`\(first.text) zh 中文名`；中文写法为 `中文名〔\(first.text)〕`"),
        at: first.location)
    ]
  }

  private func warning(_ code: String, _ message: Text, _ hint: Text, _ location: SourceRange) -> Diagnostic {
    Diagnostic(.warning, code: code, message, hint: hint, at: location)
  }

  /// Articles of which the rules say nothing: no measure, definition or other declaration stands below them.
  private func emptyArticles() -> [Diagnostic] {
    let articles = Article.all(of: document).filter { $0.level > 1 }
    var found: [Diagnostic] = []
    for (i, article) in articles.enumerated() where article.measures.isEmpty && article.declared.isEmpty {
      // A part that is divided further speaks through its articles.
      if i + 1 < articles.count, articles[i + 1].level > article.level { continue }
      guard !Article.number(of: article.title.zh).isEmpty else { continue }
      let start = Position(line: article.line, column: 1)
      found.append(
        warning(
          "article-without-clause",
          Text("no clause stands under \"\(article.title.en)\"", zh: "“\(article.title.zh)”之下没有规则"),
          Text("add a measure, a duty or a note", zh: "请加一项措施、任务或说明"),
          SourceRange(source: document.source, start: start, end: Position(line: article.line, column: Int.max))))
    }
    return found
  }

  /// Whether there are cases in which a measure does not hold: what asks for nothing holds for every record.
  private static func dependsOnFacts(_ measure: CheckedMeasure) -> Bool {
    let (selection, outcome, limits) = (measure.selection, measure.outcome, measure.limits)
    let isAsked =
      selection.window != nil || !selection.conditions.isEmpty || !selection.requirements.isEmpty
      || !selection.sets.isEmpty || !outcome.errors.isEmpty || !outcome.expectations.isEmpty
    let isLimited =
      !limits.oncePer.isEmpty || limits.onlyFirst != nil || limits.onlyHighest != nil || limits.yields != nil
      || !limits.quotas.isEmpty || !limits.caps.isEmpty
    return isAsked || isLimited || outcome.pays.contains { $0.when != nil || $0.forEach != nil }
      || outcome.grants.contains { $0.when != nil }
  }

  /// Measures that no example tries on both sides: with something to be paid, and with nothing.
  private func oneSided() -> [Diagnostic] {
    var positive: Set<String> = []
    var zero: Set<String> = []
    for expectation in document.examples.flatMap(\.expectations) {
      let written = expectation.measure.text.split(separator: ".").last.map(String.init) ?? expectation.measure.text
      let name = document.measure(called: written)?.name ?? written
      switch expectation.quantity {
      case .met: positive.insert(name)
      case .notMet: zero.insert(name)
      case .unknown, .notApplicable: break
      default:
        guard case .number(let digits, _)? = expectation.amount?.node else { continue }
        if digits.contains(where: { $0 != "0" && $0 != "." && $0 != "," }) {
          positive.insert(name)
        } else {
          zero.insert(name)
        }
      }
    }
    return document.measures.compactMap { measure in
      guard measure.form != .note else { return nil }
      let hasTwoSides = DocumentLint.dependsOnFacts(measure)
      let lacks = [
        positive.contains(measure.name) ? nil : true, !hasTwoSides || zero.contains(measure.name) ? nil : false,
      ].compactMap { $0 }
      guard let missing = lacks.first else { return nil }
      let what =
        !positive.contains(measure.name) && !zero.contains(measure.name)
        ? Text("`\(measure.name)` has no example", zh: "`\(measure.name)` 没有算例")
        : missing
          ? Text("`\(measure.name)` has no example in which it holds", zh: "`\(measure.name)` 没有成立的算例")
          : Text("`\(measure.name)` has no example in which it does not hold", zh: "`\(measure.name)` 没有不成立的算例")
      return warning(
        "one-sided-examples", what, Text("add examples on both sides of its conditions", zh: "请在条件两侧各加一个算例"),
        measure.location)
    }
  }
}
