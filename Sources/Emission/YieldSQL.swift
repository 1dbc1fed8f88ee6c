// Measures that yield to another of their document, in SQL: of those who are paid by both, for the same record where
// both pay for records of one list, the lower gives way where anything of the higher is paid in the end.
import Diagnostics
import Engine
import PolicyLanguage

/// What frames of one record are told apart by.
enum FrameNaming: Equatable {
  case year
  case period(PeriodLength?)
}

/// Writes what gives way within a document.
struct YieldSQL {
  /// Two measures that meet.
  private struct Contest {
    let yielding: CheckedMeasure
    let other: CheckedMeasure
    let unlessUnpriced: Bool
    let isForEach: Bool
    /// What of the frames of one record meets: the same year or period; of years and periods together, or of periods of
    /// different lengths, the same year; nothing, where one of the two has neither.
    let meeting: Meeting
    /// The table of those who are paid by both, and which of the two is the higher.
    let name: String

    func shares(_ contest: Contest) -> Bool {
      let mine = [yielding.id, other.id]
      return mine.contains(contest.yielding.id) || mine.contains(contest.other.id)
    }
  }

  private enum Meeting {
    case all, marks, years
  }

  private let programme: EmittedProgramme
  private let document: CheckedDocument
  /// The measures whose subjects have their frame's year or period behind them.
  private let named: [String: FrameNaming]

  init(_ programme: EmittedProgramme, _ document: CheckedDocument, named: [String: FrameNaming]) {
    (self.programme, self.document, self.named) = (programme, document, named)
  }

  /// The statements, and the tables that stand in the place of the measures' own.
  func statements(_ tables: inout [String: String]) throws(EmissionRefusal) -> [String] {
    var out: [String] = []
    for tied in try tied(tables) {
      out += tied.map { table(of: $0, tables) }
      var standing = tables
      // What nothing beats stands at once; what is so many contests away from that is right after so many rounds.
      for round in 1...tied.count {
        var next = standing
        for measure in document.measures where tied.contains(where: { $0.yielding === measure || $0.other === measure })
        {
          guard let own = tables[measure.id] else { continue }
          // No measure's own table begins so.
          let name = "contested_" + (tied.count == 1 ? "" : "\(round)_") + own
          out.append(contested(measure, tied, own, standing, isFirst: round == 1, as: name))
          next[measure.id] = name
        }
        standing = next
      }
      tables = standing
    }
    return out
  }

  /// The contests, those together that are tied to each other by measures that they share.
  private func tied(_ tables: [String: String]) throws(EmissionRefusal) -> [[Contest]] {
    var groups: [[Contest]] = []
    for measure in document.measures {
      guard let yield = measure.limits.yields, let other = document.measure(yield.to), let mine = tables[measure.id],
        tables[other.id] != nil,
        try ExpressionSQL(programme, document, measure, SQLSteps(programme.dialect)).holds(yield.when)
      else { continue }
      let contest = Contest(
        yielding: measure, other: other, unlessUnpriced: yield.unlessUnpriced,
        isForEach: kinds(measure).union(kinds(other)).count == 1,
        meeting: meeting(measure, other),
        name: "contest_of_" + mine)
      let joined = groups.filter { $0.contains { $0.shares(contest) } }.flatMap { $0 }
      groups.removeAll { $0.contains { $0.shares(contest) } }
      groups.append(joined + [contest])
    }
    return groups
  }

  private func meeting(_ measure: CheckedMeasure, _ other: CheckedMeasure) -> Meeting {
    guard let mine = named[measure.id], let theirs = named[other.id] else { return .all }
    return mine == theirs ? .marks : .years
  }

  /// Of what a measure's payments are: a list's records, texts, or the district.
  private func kinds(_ measure: CheckedMeasure) -> Set<String> {
    Set(
      measure.pays.map { pay in
        if let set = pay.forEach { return "list " + measure.sets[set].list }
        switch measure.frame?.base {
        case .list(let name)?: return "list " + name
        case .texts?: return "text"
        case .district?, nil: return "district"
        }
      })
  }

  /// The record that an entry is for, with as much of its frame's year or period as the measures meet in.
  private func record(_ entry: String, _ measure: CheckedMeasure, _ contest: Contest) -> String {
    guard contest.isForEach else { return "''" }
    guard named[measure.id] != nil, contest.meeting != .marks else { return "\(entry).subject" }
    let bare = "regexp_replace(\(entry).subject, '@[^@]*$', '')"
    let own =
      contest.meeting == .all
      ? bare : "concat(\(bare), '@', substr(regexp_extract(\(entry).subject, '@([^@]*)$', 1), 1, 4))"
    return "CASE WHEN \(entry).member IS NULL THEN \(own) ELSE \(entry).subject END"
  }

  /// Who is paid by both, and which of the two is the higher.
  private func table(of contest: Contest, _ tables: [String: String]) -> String {
    func totals(_ measure: CheckedMeasure) -> String {
      """
      SELECT beneficiary, payee_of, \(record("t", measure, contest)) AS record, coalesce(sum(fen), 0) AS fen,
          bool_or(entry = 'unpriced') AS unpriced
        FROM \(tables[measure.id] ?? "") AS t WHERE entry IN ('payment', 'unpriced') AND standing = 'paid'
        GROUP BY ALL
      """
    }
    let select = """
      SELECT a.beneficiary, a.payee_of, a.record, NOT a.unpriced AND NOT b.unpriced AND a.fen > b.fen AS yielder_wins
      FROM (\(totals(contest.yielding))) AS a
        JOIN (\(totals(contest.other))) AS b
          ON b.beneficiary = a.beneficiary AND b.payee_of = a.payee_of AND b.record = a.record
      WHERE \(contest.unlessUnpriced ? "NOT a.unpriced AND NOT b.unpriced" : "TRUE")
      """
    return "-- Of both the higher stands; on a tie the one that the other yields to.\n"
      + programme.dialect.table(contest.name, as: select)
  }

  /// A measure's entries with what gives way displaced: what loses to a measure of which anything stood.
  private func contested(
    _ measure: CheckedMeasure, _ tied: [Contest], _ own: String, _ standing: [String: String], isFirst: Bool,
    as name: String
  ) -> String {
    var joins: [String] = [], loses: [String] = [], winners: [String] = []
    for (k, contest) in tied.enumerated() where contest.yielding === measure || contest.other === measure {
      let isYielding = contest.yielding === measure
      let theirs = isYielding ? contest.other : contest.yielding
      var lost = "SELECT * FROM \(contest.name) AS c WHERE \(isYielding ? "NOT c.yielder_wins" : "c.yielder_wins")"
      if !isFirst {
        lost += """

            AND EXISTS (SELECT 1 FROM \(standing[theirs.id] ?? "") AS w
              WHERE w.entry IN ('payment', 'unpriced') AND w.standing = 'paid' AND w.beneficiary = c.beneficiary
                AND w.payee_of = c.payee_of AND \(record("w", theirs, contest)) = c.record)
          """
      }
      joins.append(
        """
          LEFT JOIN (\(lost)) AS lost_\(k + 1)
            ON t.entry IN ('payment', 'unpriced') AND lost_\(k + 1).beneficiary = t.beneficiary
              AND lost_\(k + 1).payee_of = t.payee_of AND lost_\(k + 1).record = \(record("t", measure, contest))
        """)
      loses.append("lost_\(k + 1).record IS NOT NULL")
      winners.append("WHEN lost_\(k + 1).record IS NOT NULL THEN \(programme.dialect.quoted(theirs.id))")
    }
    let columns = SQLContests.columns.split(separator: ", ").map { column in
      switch column {
      case "standing":
        "CASE WHEN t.standing = 'paid' AND (\(loses.joined(separator: " OR "))) THEN 'displaced' "
          + "ELSE t.standing END AS standing"
      case "displaced_by":
        "CASE WHEN t.standing <> 'paid' THEN t.displaced_by \(winners.joined(separator: " ")) "
          + "ELSE t.displaced_by END AS displaced_by"
      case _: "t.\(column)"
      }
    }
    return programme.dialect.table(
      name,
      as: """
        SELECT \(columns.joined(separator: ", "))
        FROM \(own) AS t
        \(joins.joined(separator: "\n"))
        """)
  }
}
