// Why an amount, and why not: the same plan worked out at one row, with every part of the rule beside its value
// (ARCHITECTURE.md, “One evaluator”). There is no second interpreter here that could disagree with the first.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// One step of an explanation.
package struct Derivation: Sendable {
  /// What became of a step.
  package enum Verdict: Sendable {
    case yes
    case no
    /// A fact is missing.
    case unknown
    /// Another document governs it.
    case elsewhere
    /// A figure or a fact, which neither holds nor fails.
    case told
  }

  /// How a subject is concerned by a duty.
  package enum PartOfDuty: Sendable {
    /// It is one of those that are judged.
    case judged
    /// It is counted for one of those.
    case counted
  }

  /// What became of it.
  package let verdict: Verdict
  /// What was asked, in the rule's words or ours.
  package internal(set) var text: Text
  /// How far off a failing comparison is: "97 of 100: 3 short".
  package private(set) var gap: Text?
  /// What it rests on.
  package private(set) var children: [Derivation]
  /// Where the rule or the fact stands.
  package let location: SourceRange?
  /// Whether one of what it rests on would have been enough.
  var isEither = false
  /// Whether its words say it whole, so that what it rests on is no condition of its own.
  var isNamed = false
  /// Whether it asks that a record goes on with no other, which then is looked at in its place.
  package internal(set) var isOfFirstPart = false
  /// What failed in the words of the rule, without what this record has; nil: its words are the rule's.
  package internal(set) var inGeneral: Text?
  /// The fact that nobody has stated, where the step is one.
  var openFact: Text?
  /// What else its words may say of a day, where it is told together with another.
  var remark: Text?
  /// What the subject is of a duty; nil: no part of it.
  package internal(set) var part: PartOfDuty?
  /// Whether it is only what an amount comes to that is not known, and that for want of a figure laid down elsewhere.
  var lacksPrice = false
  /// The frames that are paid or granted something, and that the subject counts for without getting it itself.
  package internal(set) var countedIn: [String] = []
  /// Whether it counts for those by a condition alone, and what they are paid or granted hangs on others.
  package internal(set) var countsByCondition = false

  /// A step with what it rests on.
  package init(
    _ verdict: Verdict, _ text: Text, gap: Text? = nil, children: [Derivation] = [], location: SourceRange? = nil
  ) {
    self.verdict = verdict
    self.text = text
    self.gap = gap
    self.children = children
    self.location = location
  }
}

extension Derivation {
  /// The same as it is asked of one frame of several.
  func of(_ frame: Text) -> Derivation {
    var told = self
    told.text = Text("\(frame.en): \(text.en)", zh: "\(frame.zh)：\(text.zh)")
    return told
  }

  /// The same resting on something else.
  func with(_ children: [Derivation], gap: Text?) -> Derivation {
    var made = self
    (made.children, made.gap) = (children, gap)
    return made
  }
}

/// What one measure makes of one subject.
package struct Account: Sendable {
  /// The measure.
  package let measure: CheckedMeasure
  /// Its document.
  package let document: CheckedDocument
  /// The amounts that the ledger holds for the subject under this measure.
  package let payments:
    [(
      date: Day, fen: Int64, standing: Standing, isUpperBound: Bool, beneficiary: String, subject: String,
      displacedBy: String?
    )]
  /// What the measure asks of the subject, with what the facts answer.
  package let derivations: [Derivation]
  /// Readings and parameters that the measure was run with.
  package let settings: [Derivation]
}

/// Explains what a ledger holds, and what it does not.
package struct Explainer {
  /// What is explained.
  package let ledger: Ledger
  /// The facts that it was made over.
  package let scenario: Scenario

  /// Explains a ledger over the facts that it was made over.
  package init(ledger: Ledger, scenario: Scenario) {
    self.ledger = ledger
    self.scenario = scenario
  }

  /// Every measure that the subject has anything to do with; `only` narrows to some.
  /// Empty when nothing in the scenario has this id.
  /// - Parameter list: the list that it is a record of, where that is said; nil: whichever lists have its id.
  package func explain(
    _ subject: String, of list: Int? = nil, only: (CheckedMeasure) -> Bool = { _ in true }
  ) -> [Account] {
    var accounts: [Account] = []
    for (index, measure) in ledger.measures.enumerated() where measure.form != .note && only(measure) {
      guard measure.lacks(in: scenario.dataset.dictionary) == nil else { continue }
      let document = document(of: measure)
      let narrator = narrator(of: index)
      narrator.list = list
      let derivations = narrator.derivations(for: subject) + narrator.capSteps(subject, ledger)
      let payments = payments(index, subject, list)
      if derivations.isEmpty && payments.isEmpty { continue }
      accounts.append(
        Account(
          measure: measure, document: document, payments: payments, derivations: derivations,
          settings: narrator.settings()))
    }
    return accounts
  }

  func document(of measure: CheckedMeasure) -> CheckedDocument {
    Invariant.value(
      ledger.documents.first { $0.id == measure.document },
      "document-of-measure: a ledger's measures are those of its documents")
  }

  /// Tells of one of the ledger's measures, which is run for it, and of what became of its payments.
  func narrator(of index: Int) -> Narrator {
    let (ledger, measure) = (ledger, ledger.measures[index])
    let document = document(of: measure)
    let run = MeasureRun(
      measure, of: document, index: index, scenario: scenario, settings: ledger.settings,
      home: Invariant.value(
        ledger.homes[document.id], "home-of-document: each document of a programme has a home"),
      isGuarded: ledger.guarded.contains(index))
    run.run()
    if !measure.recoveries.isEmpty { run.prepareRecoveries() }
    let wording = document.inChinese(dictionary: scenario.dataset.dictionary, places: scenario.dataset.places)
    let narrator = Narrator(run: run, scenario: scenario, wording: wording) { subject in
      ledger.blocks.contains {
        $0.measure == index && !ledger.rows(of: subject, in: $0, within: run.baseSpace).isEmpty
      }
    }
    narrator.takenBack = { ledger.takenBack(index, for: $0, in: $1) }
    narrator.wasPaid = { ledger.wasPaid(index, for: $0, in: $1, by: $2) }
    narrator.madeCapStages = { [scenario] in Engine.capStages(document, of: ledger, scenario) }
    narrator.payableFrames = { [scenario, tables = run.evaluator.tables] in
      let own = MeasureRun(
        measure, of: document, index: index, scenario: scenario, settings: ledger.settings, home: run.home,
        tables: tables, isGuarded: ledger.guarded.contains(index))
      own.run()
      return own.payableFrames()
    }
    narrator.isGranted = { name in ledger.grants.contains { $0.measure == index && $0.subject == name } }
    narrator.lost = { ledger.lost(index, for: $0, in: run.baseSpace) }
    narrator.overCap = { ledger.overCap(index, for: $0, in: $1, frame: $2) }
    narrator.openFacts = { subject in
      let all = ledger.undetermined.filter { $0.measure == index && $0.atStake == nil && $0.subjects.contains(subject) }
      return all.isEmpty ? nil : all.flatMap(\.facts)
    }
    narrator.paidFrames = { ledger.paidFrames(index) }
    return narrator
  }

  /// The ledger's entries in which a subject is paid for or is paid.
  private func payments(
    _ index: Int, _ subject: String, _ list: Int?
  ) -> [(
    date: Day, fen: Int64, standing: Standing, isUpperBound: Bool, beneficiary: String, subject: String,
    displacedBy: String?
  )] {
    var out:
      [(
        date: Day, fen: Int64, standing: Standing, isUpperBound: Bool, beneficiary: String, subject: String,
        displacedBy: String?
      )] = []
    for block in ledger.blocks where block.measure == index {
      let rows = ledger.rows(of: subject, in: block, within: list.map { .list($0) })
      let dates = rows.isEmpty ? [] : block.dates
      for i in rows {
        let by = block.displacedBy.isEmpty ? -1 : block.displacedBy[i]
        out.append(
          (
            Day(number: dates[i]), block.amount(i), block.standing(i), block.isUpperBound,
            ledger.beneficiary(block, i), ledger.subject(block, i), by >= 0 ? ledger.measures[Int(by)].id : nil
          ))
        if out.count >= 100_000 { return out }
      }
    }
    // What is cut or taken back comes after what it is cut or taken from.
    return out.sorted {
      ($0.date, $0.subject, $0.standing.rawValue, $0.fen) < ($1.date, $1.subject, $1.standing.rawValue, $1.fen)
    }
  }
}
