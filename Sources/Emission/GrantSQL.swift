// What a measure grants, in SQL: of each case the first grant that holds and goes to somebody.
import Diagnostics
import PolicyLanguage

extension MeasureSQL {
  /// The step of what is granted to whom, by the numbers of grants; nil where the measure grants nothing.
  func granted() throws(EmissionRefusal) -> String? {
    let grants = measure.grants
    if grants.isEmpty { return nil }
    let scope = frameScope("judged")
    let place = framePlace(scope)
    var numbers = "", payees = ""
    for (i, grant) in grants.enumerated() {
      let who = try e.figure(grant.who, place).sql
      var test = "\(who) IS NOT NULL"
      if let when = grant.when { test += " AND \(SQLLogic.wrapped(try e.truth(when, place).here))" }
      numbers += " WHEN \(test) THEN \(i + 1)"
      payees += " WHEN \(test) THEN \(who)"
    }
    return steps.add(
      "granted", ["What is granted · 授予"],
      """
      SELECT \(framesAreNamed ? "f.frame" : "f.record") AS subject,
        CASE\(numbers) END AS clause,
        CASE\(payees) END AS beneficiary
      FROM \(scope.from)
      WHERE f.here
      """)
  }
}
