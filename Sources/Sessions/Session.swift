// What a session knows and has run: its documents and scenarios, its settings and their log, its drafts and its
// results. Knows
// nothing of how answers look, nor of the commands that ask.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports

/// A session's state, and the runs made in it.
open class Session {
  package let library: Library
  package var threads = 2
  /// Asked between two steps of long work.
  package var isCancelled: @Sendable () -> Bool = { false } {
    didSet { door.isCancelled = isCancelled }
  }
  /// Told in what currency the answer that is being made will be.
  package var noteCurrency: (Currency) -> Void = { _ in }
  /// The way to files.
  package var door = FileDoor()
  /// Told how much of a run is done, 0 to 1.
  package var progress: (@Sendable (Double) -> Void)?
  /// Where the files are that commands name: empty for the process's own folder, or ending in `/`.
  package var folder = ""
  package var log = StateLog()
  package var last: Run?
  /// Whether runs are made with what is assumed of how people respond. Otherwise they are static: facts as they stand.
  package var isResponding = false
  /// What was asked about last: what-ifs that name no programme are about it.
  package var recent: Recent?
  /// The run that commands go on from which say nothing else; nil: each begins from what holds.
  var premise: Premise?
  /// What drafts change, while an answer is about that change.
  package var amended: [Setting] = []
  /// Numbered results, and what the one being made rests on.
  package var results = ResultLog()
  package var evidence: Evidence?
  /// The programmes that the answer being made rests on.
  package var grounds: [Ground] = []
  /// What runs over the same facts may keep.
  let memories = RunMemories()
  /// Reports of many runs, for as long as nothing that they rest on changes.
  let reports = ReportMemory()
  private var serials = 0
  /// Documents as drafts leave them, and the facts that drafts have declared.
  var editedDocuments: [String: CheckedDocument] = [:]
  package var draftDictionary: FactDictionary?
  /// Digests of facts, by the serial of the scenario.
  var factDigests: [Int: UInt64] = [:]

  package init(library: Library) { self.library = library }

  /// What holds now.
  package var state: SessionState { log.state }

  /// One run with what it was asked.
  package struct Run: Sendable {
    /// As it is shown: `changle-2022 + fuzhou-2021`.
    package var programme: String { names.joined(separator: " + ") }
    /// Documents and drafts, as they are called.
    package let names: [String]
    package let documents: [CheckedDocument]
    /// The settings of the user that took part: those that hold, and those for the one command.
    package let settings: [Setting]
    package let scenario: LoadedScenario
    /// The facts as this run took them.
    package let facts: Scenario
    package let ledger: Ledger
    /// How many steps of the session held.
    package let depth: Int
    /// What another engine tells of the payments, which it has; nil: the ledger has them.
    package var there: There?
    /// Whether `with` took part, which holds for one command and no longer.
    var isForOneCommand: Bool { settings.contains { $0.source == .command } }
    /// What it comes to, measure by measure.
    package var budget: Budget { there.map { Budget(ledger, told: $0.sums) } ?? Budget(ledger) }
  }

  /// A run that another engine has made.
  package struct There: Sendable {
    /// Which: `DuckDB 1.5.6`.
    package let engine: String
    /// What it tells of the payments.
    package let sums: ToldSums
    /// How many records that stay there do not state a fact for which another stands, by list and field.
    package let unstated: [String: [String: Int]]

    package init(engine: String, sums: ToldSums, unstated: [String: [String: Int]]) {
      (self.engine, self.sums, self.unstated) = (engine, sums, unstated)
    }
  }

  /// A number that no scenario of the session has yet.
  package func nextSerial() -> Int {
    serials += 1
    return serials
  }

  /// A file's path as commands name it, from the folder of the session.
  package func path(_ name: String) -> String {
    let path = Files.expanded(name)
    return path.hasPrefix("/") ? path : folder + path
  }
}
