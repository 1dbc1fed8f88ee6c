// A programme as one script: functions, views over the tables of facts, a statement for each measure, what excludes
// what, and the ledger.
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Writes programmes as scripts in SQL.
package enum SQLEmission {
  /// The script of a programme, which makes a table `ledger` of everything that a run finds: payments by what becomes
  /// of them, what is unpriced, who is undetermined, who is governed elsewhere.
  /// - Throws: what of a rule the script cannot say, with its place.
  package static func script(_ programme: EmittedProgramme) throws(EmissionRefusal) -> String {
    let parts = try parts(programme), dialect = programme.dialect
    let asking = try asking(programme)
    let head = [head(programme)] + parts.lists.map(programme.table) + asking.map(\.table)
    return
      (head + parts.lists.map(programme.filling)
      + ["", dialect.functions + dialect.beginning] + parts.lists.map(programme.view) + asking.map(\.view)
      + ["\n" + dialect.middle] + asking.map(\.statement) + parts.statements + parts.without
      + [parts.ledger + dialect.end]).joined(separator: "\n")
  }

  /// Where no script finds who has a place: the table into which it is put, what the measure sees of it, and the
  /// statement that makes the table of who asks.
  private struct Asking {
    let table, view, statement: String
  }

  private static func asking(_ programme: EmittedProgramme) throws(EmissionRefusal) -> [Asking] {
    var all: [Asking] = []
    for (_, made) in programme.seats {
      guard let asked = try made.candidates(made.asked, isLasting: true) else { continue }
      let dialect = programme.dialect
      all.append(
        Asking(
          table: """
            -- Of \(made.measure.id) several quotas hold at once, for as many as they allow, which no script finds. Who
            -- asks for a place stands in `\(made.asked)`: of whom this table does not say whether he has one, the
            -- ledger says `candidate`, and what else is paid is reckoned without him. `run … on` gives places out.
            \(dialect.table(made.places, of: "frame \(dialect.string), taken BOOLEAN"))
            """,
          view: dialect.facts(made.seats, as: "SELECT frame, taken FROM \(made.places)"),
          statement: """
            -- Who asks for a place, in filing order, with group and places of each quota · 各项名额的候选对象，按备案先后
            \(try made.bounded(asked))
            """))
    }
    return all
  }

  /// What a script is made of.
  struct Parts {
    /// The lists that the rules look at; of the others there is no table.
    let lists: [ListDeclaration]
    /// A statement for each measure, what excludes what within documents.
    let statements: [String]
    /// Remarks on what is no statement.
    let without: [String]
    /// The statement that makes the ledger.
    let ledger: String
  }

  static func parts(_ programme: EmittedProgramme) throws(EmissionRefusal) -> Parts {
    var statements: [String] = []
    var tables: [String: String] = [:]
    var without: [String] = []
    var takingBack: [MeasureSQL] = []
    var written: [String: MeasureSQL] = [:]
    var named: [String: FrameNaming] = [:]
    for document in programme.documents {
      for measure in document.measures {
        switch measure.form {
        case .note: continue
        case .duty:
          without.append("-- \(measure.id): \(SQLSteps.oneLine(measure.title.zh)) · a duty, which pays nothing")
        case .measure:
          let made = MeasureSQL(programme, document, measure)
          // Tables have letters, digits and `_` in their names, ids other marks as well; capitals are no others there.
          if let other = tables.first(where: { $0.value.lowercased() == made.table.lowercased() })?.key {
            throw made.refusal(
              Text("a measure whose table would be called like that of \(other)", zh: "表名与 \(other) 相同的措施"))
          }
          statements.append(try made.bounded(try made.statement()))
          tables[measure.id] = made.table
          written[measure.id] = made
          named[measure.id] = made.naming
          if !measure.recoveries.isEmpty { takingBack.append(made) }
        }
      }
    }
    let limits = programme.documents.map { DocumentLimits(programme: programme, document: $0, written: written) }
    for one in limits { statements += try one.statements(&tables) }
    for one in limits { statements += try SourceCapSQL(one).statements(&tables) }
    for document in programme.documents {
      statements += try YieldSQL(programme, document, named: named).statements(&tables)
    }
    let contests = SQLContests(programme)
    var all = tables.keys.sorted().compactMap { tables[$0] }
    if !takingBack.isEmpty {
      statements.append(contests.settled(all))
      for made in takingBack { statements.append(try made.takingBack(of: SQLContests.settled)) }
      all = [SQLContests.settled] + takingBack.map(\.tableOfRecoveries)
    }
    return Parts(
      lists: programme.lists(in: statements), statements: statements, without: without,
      ledger: contests.ledger(all, isSettled: !takingBack.isEmpty))
  }

  private static func head(_ programme: EmittedProgramme) -> String {
    let settings = programme.settings
    var lines = [
      "-- \(programme.documents.map { SQLSteps.oneLine($0.title.zh) + " · " + $0.id }.joined(separator: "\n-- "))",
      "-- mode \(settings.mode.rawValue), district \(programme.code(programme.district)), "
        + "as_of \(settings.asOf?.text ?? "none")",
    ]
    lines += settings.readings.sorted { $0.key < $1.key }.map { "-- \($0.key) = \($0.value)" }
    lines += settings.parameters.sorted { $0.key < $1.key }.map { "-- \($0.key) = \($0.value) (raw)" }
    lines += settings.values.sorted { $0.key < $1.key }.map { "-- \($0.key) = \($0.value) (raw)" }
    lines += [
      "--",
      "-- For \(programme.dialect.versions). The script reads one table for each list of facts and makes a table "
        + "`\(programme.dialect.ledger)`.",
      "-- Below is how they are filled from what `list hires into hires.parquet` writes; take the dashes away:",
      "-- places are codes (350112), choices the names of the dictionary of facts, amounts yuan, sets `a, b`.",
      "--",
    ]
    return (lines + programme.dialect.settings).joined(separator: "\n")
  }
}
