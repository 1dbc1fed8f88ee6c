// The records of a set that are undetermined or governed elsewhere, in SQL: by what is asked of themselves, or by the
// frame that they fall to.
import PolicyLanguage

extension MeasureSQL {
  /// Members of whom a condition does not hold, as far as their frames do.
  static func oddInFrames(_ step: String) -> String {
    "SELECT member AS subject, here AND frame_here AS here, beyond AND frame_beyond AS beyond FROM \(step) "
      + "WHERE here IS NOT TRUE"
  }

  /// Members that are open for a frame which their record and year leave open.
  ///
  /// - Parameters:
  ///   - inAll: whether persons and days are kept beside them, and frames that are open make them so, too.
  ///   - ofFrames: whether those are told of whom nothing but their frame leaves open.
  func oddMembers(
    _ placed: String, isShared: Bool, waits: Bool, inAll: Bool = false, ofFrames: Bool = true
  ) -> String {
    let subject = inAll ? "member, person, begins" : "member AS subject"
    let one = inAll ? "member, any_value(person) AS person, any_value(begins) AS begins" : subject
    let settled = waits ? " AND NOT coalesce(own_here AND \(MeasureSQL.isOpen), FALSE)" : ""
    let misses = (yearsFromMembers ? "" : " AND frame IS NOT NULL") + settled
    let isSettled = inAll ? "" : " AND NOT \(MeasureSQL.isOpen)"
    func both(_ column: String) -> String {
      "CASE WHEN frame IS NULL THEN \(column) ELSE \(column) AND frame_\(column) END"
    }
    func some(_ column: String) -> String {
      "CASE WHEN bool_or(\(both(column))) THEN TRUE WHEN bool_or((\(both(column))) IS NULL) THEN NULL ELSE FALSE END"
    }
    let ofMembers = "FROM \(placed) WHERE here IS NOT TRUE\(misses)"
    let open =
      isShared
      ? "SELECT \(one), \(some("here")) AS here, \(some("beyond")) AS beyond \(ofMembers) GROUP BY member"
      : "SELECT \(subject), \(both("here")) AS here, \(both("beyond")) AS beyond \(ofMembers)"
    if !ofFrames { return open }
    return open + "\nUNION ALL SELECT \(subject), frame_here AS here, frame_beyond AS beyond "
      + "FROM \(placed) WHERE here AND frame IS NOT NULL AND frame_here IS NOT TRUE\(isSettled)"
  }

  /// The same where one record of a person counts for all frames together: who comes after one that counts does not,
  /// whatever is not known of him; and of those that others govern only the first is.
  func withoutLaterOnes(_ placed: String, _ step: String, _ set: CheckedSet, isShared: Bool) -> String {
    let all = steps.add(
      "everybody_open_" + set.name, [],
      """
      SELECT *, FALSE AS counts, here IS NOT TRUE AND beyond IS TRUE AS is_elsewhere
      FROM (
      \(oddMembers(placed, isShared: isShared, waits: false, inAll: true))
      ) AS open
      UNION ALL
      SELECT member, person, begins, TRUE AS here, TRUE AS beyond, TRUE AS counts, FALSE AS is_elsewhere
      FROM \(step)
      """)
    let order = "ORDER BY begins NULLS FIRST, member, counts"
    let ranked = steps.add(
      "first_open_" + set.name, ["Who comes after one of the same person that counts is not open · 同一人在后的不再列出"],
      """
      SELECT member, here, beyond, counts, is_elsewhere,
        first_value(member) OVER (PARTITION BY person, counts OR is_elsewhere \(order)) AS first_member,
        \(dialect.count(where: "counts")) OVER (
          PARTITION BY person \(order) ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS counted_before
      FROM \(all)
      """)
    return "SELECT member AS subject, here, beyond FROM \(ranked) WHERE NOT counts "
      + "AND CASE WHEN is_elsewhere THEN member = first_member ELSE counted_before = 0 END"
  }
}
