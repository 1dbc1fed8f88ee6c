// What stands between somebody and a payment, for `why not`: another reading that would do, what nobody has stated,
// what may still come about, the number that a group is short of, and stated facts that are as they are. Whatever is
// said to do has been run over the whole programme.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Looks for what somebody lacks.
struct WhatIsLacking {
  private let measure: CheckedMeasure
  private let document: CheckedDocument
  private let subject: String
  private let run: Session.Run
  private let session: Desk
  private let lacking: Lacking
  /// Where the subject is to be found; nil: anywhere.
  private let space: Space?

  /// Nil where there is nothing to look for.
  /// - Parameter list: the list that the subject is a record of; nil: whichever has the id.
  init?(_ measure: CheckedMeasure, _ subject: String, of list: Int?, _ run: Session.Run, in session: Desk) {
    guard let document = run.documents.first(where: { $0.id == measure.document }), !measure.pays.isEmpty,
      let lacking = Engine.lacking(
        measure, of: document, subject: subject, scenario: run.facts, settings: run.ledger.settings)
    else { return nil }
    (self.measure, self.document, self.subject, self.run) = (measure, document, subject, run)
    (self.session, self.lacking) = (session, lacking)
    space = list.map { .list($0) }
  }

  private var settings: RunSettings { run.ledger.settings }

  /// What was found, for people and for programs.
  var found: Lack {
    var lack = Lack()
    lack.readings = readings
    if let (lines, record) = changes {
      lack.changes = lines
      lack.record = record
    }
    // With something that does, no stated fact stands in the way.
    if lack.changes.isEmpty {
      let text = RemedyText(run.facts.dataset, session.library.places)
      lack.stated = lacking.settled.map(text.stated)
    }
    return lack
  }

  // MARK: Facts

  /// What would have to be otherwise, and what would be paid then, or how far a group would be off even then; nil when
  /// nothing small was found that does.
  private var changes: (lines: [[Span]], record: Record)? {
    for remedy in lacking.remedies.prefix(4) {
      if session.isCancelled() { return nil }
      let facts = run.facts.with(run.facts.dataset.edited(remedy.parts.map(\.edit)))
      let ledger = Engine.run(run.documents, scenario: facts, settings: settings, control: session.control)
      if ledger.diagnostics.contains(where: { $0.severity == .error }) { continue }
      let lines = RemedyText(run.facts.dataset, session.library.places).lines(remedy)
      let changes = Datum.list(lines.map { Self.words($0) })
      if let group = remedy.leadsTo {
        guard let short = short(group, ledger, facts, isChanged: !lines.isEmpty) else { continue }
        return (
          lines + short.lines,
          Record([
            "changes": changes, "paid": .none, "facts": .count(remedy.parts.count), "leads_to": .id(group),
            "short": .list(short.failing),
          ])
        )
      }
      let paid = paid(ledger)
      guard paid > 0 else { continue }
      let effect = EffectOfChange(of: measure, paid, run.ledger, ledger, GroupNames(.measure, [run]))
      return (
        lines + [effect.line(run.documents.currency)],
        Record([
          "changes": changes, "paid": .money(fen: paid), "facts": .count(remedy.parts.count),
          "total_change": .money(fen: effect.total),
        ])
      )
    }
    return nil
  }

  private static func words(_ line: [Span]) -> Datum {
    .words(Text(line.map(\.text.en).joined(), zh: line.map(\.text.zh).joined()))
  }

  /// What a group lacks of its number, over the facts as they would be, and where it is told at length.
  private func short(
    _ group: String, _ ledger: Ledger, _ facts: Scenario, isChanged: Bool
  ) -> (lines: [[Span]], failing: [Datum])? {
    let failing = Explainer(ledger: ledger, scenario: facts).explain(group) { $0.id == measure.id }
      .flatMap(\.derivations).flatMap(\.failures)
    guard !failing.isEmpty else { return nil }
    let name = ledger.dataset.words(group), bare = ledger.dataset.parts(ofSubject: group).id
    let lead =
      isChanged
      ? Text("then ", zh: "则还差在 ") : Text("not in the record itself, but in ", zh: "不在本人，而在 ")
    var lines = failing.prefix(3).map { one -> [Span] in
      [Span(lead, .muted), Span(name, .name), Span(": ", zh: "：")] + ExplanationAnswer.failure(one)
    }
    lines.append([
      Span("what it lacks: ", zh: "逐项见：", .muted),
      .command(
        "why not \(measure.name) for \(bare)",
        zh: "为何没有 \(measure.words.zh) 给 \(Records.typed(bare, in: ledger.dataset))"),
    ])
    return (lines, failing.prefix(3).map { Self.words(ExplanationAnswer.failure($0)) })
  }

  // MARK: Readings

  /// More readings than these are not named.
  private static var mostReadings: Int { 4 }

  /// The readings of the measure that alone would pay, each with its other choice and what comes to it.
  private var readings: [[Span]] {
    guard let near = Engine.neighbours(of: subject, measure, run.facts) else { return [] }
    var lines: [[Span]] = []
    for reading in document.readings + measure.readings + Reading.global
    where !reading.isGlobalOnly && reading.isAsked(in: [document])
      && (reading.id == reading.name || measure.asks(reading))
    {
      let now = settings.choice(of: reading, for: measure)
      for (i, choice) in reading.choices.enumerated() where i != now && lines.count < Self.mostReadings {
        if session.isCancelled() { return [] }
        var other = settings
        other.readings[reading.id] = choice.name
        guard pays([document], near, other) > 0, case let paid = pays(run.documents, run.facts, other), paid > 0 else {
          continue
        }
        let stands = reading.choices[now].words
        lines.append([
          Span(reading.words, .name), Span(" = ", zh: "＝"), Span(choice.words, .number),
          Span(Text(" instead of \(stands.en)", zh: "（现为\(stands.zh)）"), .muted),
          Span(": then, by running it, ", zh: "：照此测算，可得 ", .muted), .money(fen: paid),
          Span(run.documents.currency.behind(), .muted),
        ])
      }
    }
    return lines
  }

  private func pays(_ documents: [CheckedDocument], _ facts: Scenario, _ settings: RunSettings) -> Int64 {
    let ledger = Engine.run(documents, scenario: facts, settings: settings, control: session.control)
    return ledger.refusal == nil ? paid(ledger) : 0
  }

  /// What a ledger pays to or for somebody under a measure. Of a year's group (`k1@2022`) what goes to its beneficiary
  /// counts, whichever record it is for: the payments of a group are for its members.
  private func paid(_ ledger: Ledger) -> Int64 {
    let (bare, mark) = ledger.dataset.parts(ofSubject: subject)
    var sum: Int64 = 0
    for block in ledger.blocks where ledger.measures[block.measure].id == measure.id {
      let (asSubject, asBeneficiary) = ledger.rows(ofID: bare, in: block, within: space)
      if asSubject == nil {
        // Payments that have only been counted are not made for the sum of somebody's.
        let isCounted = block.forEachCount { who, count in
          guard who == asBeneficiary else { return }
          let (part, over) = block.amount(0).multipliedReportingOverflow(by: Int64(count))
          sum = over ? .max : sum.addingReportingOverflow(part).partialValue
        }
        if isCounted { continue }
      }
      let subjects = block.subjects, beneficiaries = block.beneficiaries
      for i in subjects.indices where block.standing(i).isInTotal {
        guard subjects[i] == asSubject || beneficiaries[i] == asBeneficiary else { continue }
        let isOfYear = mark != nil && !block.years.isEmpty
        if isOfYear, ledger.subject(block, i) != subject, subjects[i] == asSubject { continue }
        sum = sum.addingReportingOverflow(block.amount(i)).partialValue
      }
    }
    return sum
  }
}

/// What was found that somebody lacks.
struct Lack {
  /// Readings that alone would do.
  var readings: [[Span]] = []
  /// What would have to be otherwise, and last what it comes to.
  var changes: [[Span]] = []
  /// The same for programs.
  var record: Record?
  /// Stated facts in the way that are as they are.
  var stated: [Text] = []
}
