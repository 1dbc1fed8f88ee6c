// `why not`, further: the smallest change of facts that would turn the outcome. A proposal of the engine is told only after
// the whole programme has been run over the changed facts and pays.

import Sessions
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

extension Desk {
  /// What would have to be otherwise, and what would be paid then; nil when nothing small was found that does.
  func remedy(_ measure: CheckedMeasure, _ subject: String, _ run: Run) -> (text: [[Span]], json: JSONValue)? {
    guard let document = run.documents.first(where: { $0.id == measure.document }) else { return nil }
    let settings = run.ledger.settings
    for remedy in Engine.remedies(measure, of: document, subject: subject, scenario: run.facts, settings: settings)
      .prefix(4)
    {
      if isCancelled() { return nil }
      let facts = run.facts.with(run.facts.dataset.edited(remedy.parts.map(\.edit)))
      let ledger = Engine.run(run.documents, scenario: facts, settings: settings, control: control)
      if ledger.diagnostics.contains(where: { $0.severity == .error }) { continue }
      let paid = Desk.paid(ledger, measure.id, subject)
      guard paid > 0 else { continue }
      let lines = RemedyText(run.facts.dataset, library.places).lines(remedy)
      let json: JSONValue = [
        "changes": .array(lines.map { line in .string(line.map { $0.text.en }.joined()) }), "paid": .money(fen: paid),
        "facts": .int(Int64(remedy.parts.count)),
      ]
      return (
        lines + [
          [Span("then, by running it: ", zh: "照此测算，可得 ", .muted), .money(fen: paid), Span(" yuan", zh: " 元", .muted)]
        ], json
      )
    }
    return nil
  }

  /// What a ledger pays to or for somebody under a measure. Of a year's group (`k1@2022`) what goes to its beneficiary counts,
  /// whichever record it is for: the payments of a group are for its members.
  private static func paid(_ ledger: Ledger, _ measure: String, _ subject: String) -> Int64 {
    let bare = subject.split(separator: "@").first.map(String.init) ?? subject
    var sum: Int64 = 0
    for block in ledger.blocks where ledger.measures[block.measure].id == measure {
      let asSubject = ledger.dataset.row(bare, in: block.subjectSpace),
        asBeneficiary = ledger.dataset.row(bare, in: block.beneficiarySpace)
      let subjects = block.subjects, beneficiaries = block.beneficiaries
      for i in subjects.indices where block.standing(i) == .paid {
        guard subjects[i] == asSubject || beneficiaries[i] == asBeneficiary else { continue }
        if subject.contains("@"), ledger.subject(block, i) != subject, subjects[i] == asSubject { continue }
        sum = sum.addingReportingOverflow(block.amount(i)).partialValue
      }
    }
    return sum
  }
}

/// Changes of facts in words.
private struct RemedyText {
  private let dataset: Dataset
  private let places: Gazetteer

  init(_ dataset: Dataset, _ places: Gazetteer) {
    self.dataset = dataset
    self.places = places
  }

  func lines(_ remedy: Remedy) -> [[Span]] {
    let limit = 8
    var lines = remedy.parts.prefix(limit).map { line($0) }
    if remedy.parts.count > limit {
      lines.append([
        Span(
          Text("and \(remedy.parts.count - limit) more of this kind", zh: "另有 \(remedy.parts.count - limit) 处类似改动"),
          .muted)
      ])
    }
    return lines
  }

  private func line(_ part: Remedy.Part) -> [Span] {
    switch part.edit {
    case .copies(_, _, let count):
      return [Span(Text("\(count) more like ", zh: "再有 \(count) 个如同 "), .plain), .data(part.record, .name)] + [
        Span("", zh: " 的记录")
      ]
    case .include(_, _, let field, let member):
      let name: String
      if case .set(.choice(let names))? = part.field?.type, names.indices.contains(Int(member)) {
        name = names[Int(member)]
      } else {
        name = "\(member)"
      }
      return [.data(part.record, .name), .data(": \(field) "), Span("also ", zh: "加上 "), .data(name, .number)]
    case .set(_, _, let field, let raw):
      var line: [Span] = [.data(part.record, .name), .data(": \(field) = "), Span(value(raw, part.field), .number)]
      if let before = part.before {
        line += [Span(" instead of ", zh: "，而不是 ", .muted), Span(value(before, part.field), .muted)]
      }
      return line
    }
  }

  private func value(_ raw: Int64, _ field: Field?) -> Text {
    if raw <= Absent.none64 || (raw <= Int64(Absent.none32) && field?.type != .money) {
      return raw == Absent.none64 || raw == Int64(Absent.none32) ? Text("none", zh: "无") : Text("not stated", zh: "未填")
    }
    switch field?.type {
    case .bool:
      return raw == 1 ? Text("true", zh: "是") : raw == 0 ? Text("false", zh: "否") : Text("not stated", zh: "未填")
    case .money: return ValueText.text(raw, .money)
    case .date, .dateOrMonth: return ValueText.text(raw, .date)
    case .dateOrYear:
      return raw >= Int64(DateOrYear.base) - 100_000
        ? .same("\(raw - Int64(DateOrYear.base))") : ValueText.text(raw, .date)
    case .place: return .same(Int32(exactly: raw).map { places.label($0) } ?? "?")
    case .choice(let names):
      return .same(Int(exactly: raw).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? "?")
    default: return .same("\(raw)")
    }
  }
}
