// What is assumed of how people respond, understood: which records, which measure, which figure, and how much. The same
// for a command and for a scenario's file. Knows nothing of runs.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Understands what is assumed, against documents and facts.
struct AssumptionReading {
  private let library: Library
  private let documents: [CheckedDocument]
  private let dataset: Dataset
  private let base: RunSettings

  /// - Parameter base: what holds where nobody sets anything: figures are responded to from what they are there.
  init(_ library: Library, _ documents: [CheckedDocument], _ dataset: Dataset, _ base: RunSettings) {
    (self.library, self.documents, self.dataset, self.base) = (library, documents, dataset, base)
  }

  /// A line of a scenario's file: what stands behind `assume`.
  func setting(_ text: String, at location: SourceRange?) throws(Refusal) -> Setting {
    let statements = WorkbenchCommands.parser.parse(SourceFile(name: "assume", text: "assume " + text))
    guard let only = statements.first, statements.count == 1 else {
      throw AssumeMistake.unknownSubject(text, among: lists).refusal(at: location)
    }
    func placed(_ problems: [Diagnostic]) -> Refusal {
      Refusal(problems.map { Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint, at: location) })
    }
    guard let request = only.command?.request as? AssumeCommand, request.items.count == 1 else {
      let problems = only.diagnostics.filter { $0.severity == .error }
      throw problems.isEmpty
        ? AssumeMistake.unknownSubject(text, among: lists).refusal(at: location) : placed(problems)
    }
    do { return try setting(request.items[0]) } catch { throw placed(error.diagnostics) }
  }

  func setting(_ written: WrittenAssumption) throws(Refusal) -> Setting {
    switch written {
    case .takeUp(let measure, let share, let origin): try takeUp(measure, share, origin)
    case .bunching(let name, let within): try bunching(name, within)
    case .response(let subject, let number, let name, let bounds): try response(subject, number, name, bounds)
    }
  }

  private var lists: [String] {
    dataset.tables.filter { $0.count > 0 }.flatMap { [$0.declaration.name, $0.declaration.words.zh] }
  }

  private func takeUp(_ name: Written, _ share: Written, _ origin: Written?) throws(Refusal) -> Setting {
    let measure = try library.measure(name, in: documents)
    guard let parts = Assumption.parts(share.text), (0...Share.unit).contains(parts) else {
      throw AssumeMistake.notAShare(share.raw).refusal(at: share.location)
    }
    let assumption = Assumption(
      .takeUp(measure: measure.id), number: parts, id: "take-up of \(measure.id)",
      label: Text("take-up of \(measure.id)", zh: measure.words.zh + "申领率"), document: measure.document,
      origin: origin?.raw)
    return Setting(.assumption(assumption), value: .raw(parts))
  }

  private func bunching(_ name: Written, _ within: Written) throws(Refusal) -> Setting {
    let (varied, watched, type) = try figure(name)
    guard type == .number else {
      throw AssumeMistake.notCounted(varied.target.label).refusal(at: name.location)
    }
    let digits = within.text.split(separator: " ").first.map(String.init) ?? within.text
    guard let number = Int64(digits), (0...Assumption.mostBrought).contains(number) else {
      throw Refusal(.whatIf(.notACount(within.raw, upTo: Int64(Assumption.mostBrought))), at: within.location)
    }
    let label = varied.target.label
    let assumption = Assumption(
      .bunching(at: watched), number: number, id: "bunching at \(varied.id)",
      label: Text("bunching at \(label.en)", zh: label.zh + BroughtTo.suffix), document: document(of: varied))
    return Setting(.assumption(assumption), value: .raw(number))
  }

  private func response(
    _ subject: [Written], _ number: Written, _ name: Written, _ bounds: Written?
  ) throws(Refusal) -> Setting {
    guard let part = try PartWords.named(subject, dataset) else {
      let words = subject.map(\.raw).joined(separator: " ")
      throw AssumeMistake.unknownSubject(words, among: lists).refusal(at: subject[0].location)
    }
    let count = dataset.table(part.part.list)?.count ?? 0
    let test = part.part.test(in: dataset)
    guard (0..<count).contains(where: { test(Int32(truncatingIfNeeded: $0)) }) else {
      throw AssumeMistake.nobody(part.name).refusal(at: subject[0].location)
    }
    guard let elasticity = Assumption.parts(number.text), elasticity.magnitude <= Assumption.mostElastic.magnitude
    else { throw AssumeMistake.notANumber(number.raw).refusal(at: number.location) }
    let (varied, watched, _) = try figure(name)
    guard let now = watched.current(base, documents(with: varied)), now > 0 else {
      throw AssumeMistake.noBase(varied.target.label).refusal(at: name.location)
    }
    let range = try bounds.map { text throws(Refusal) in try self.bounds(text) } ?? Share.unit / 2...Share.unit / 2 * 3
    let label = varied.target.label
    let assumption = Assumption(
      .response(Assumption.Response(part: part.part, figure: watched, base: now, bounds: range)), number: elasticity,
      id: "\(part.name.en) to \(varied.id)",
      label: Text("response of \(part.name.en) to \(label.en)", zh: "\(part.name.zh)对\(label.zh)的弹性"),
      document: document(of: varied))
    return Setting(.assumption(assumption), value: .raw(elasticity))
  }

  private func bounds(_ text: Written) throws(Refusal) -> ClosedRange<Int64> {
    let mistake = AssumeMistake.notBounds(text.raw)
    guard let dots = text.text.firstRange(of: ".."), let low = Assumption.parts(String(text.text[..<dots.lowerBound])),
      let high = Assumption.parts(String(text.text[dots.upperBound...])), low >= 0, low <= Share.unit,
      high >= Share.unit, high <= Assumption.mostElastic
    else { throw mistake.refusal(at: text.location) }
    return low...high
  }

  /// A figure that a rule names, which people may respond to.
  private func figure(_ name: Written) throws(Refusal) -> (Varied, Watched, ValueType) {
    let found: Settable
    switch library.resolve(name.text, in: documents) {
    case .unknown(let nearest): throw Refusal(.unknownName(name.raw, nearest: nearest), at: name.location)
    case .ambiguous(let targets):
      let figures = targets.filter { Varied($0).map { if case .figure = $0.what { true } else { false } } ?? false }
      guard let only = figures.first, figures.count == 1 else {
        throw Refusal(.ambiguousName(name.raw, Settable.typedNames(targets)), at: name.location)
      }
      found = only
    case .found(let target): found = target
    }
    guard let varied = Varied(found), case .figure(let watched, let type) = varied.what else {
      throw AssumeMistake.noFigure(name.raw).refusal(at: name.location)
    }
    switch type {
    case .money, .amount, .rate, .number, .months, .partMonths, .days, .share, .decimal, .fraction: break
    case .truth, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken:
      throw AssumeMistake.noFigure(name.raw).refusal(at: name.location)
    }
    return (varied, watched, type)
  }

  /// The documents, with the one that a figure belongs to where it is none of them.
  private func documents(with varied: Varied) -> [CheckedDocument] {
    guard let id = document(of: varied), !documents.contains(where: { $0.id == id }), let own = library.document(id)
    else { return documents }
    return documents + [own]
  }

  private func document(of varied: Varied) -> String? {
    guard case .parameter(let parameter) = varied.target else { return nil }
    return parameter.id.split(separator: ".").first.map(String.init)
  }
}
