// Caps in money in SQL: what is paid at most for each of some keys, in turn or in proportion. What exceeds a cap
// stays in the ledger as a payment of its own that is not paid.
import Diagnostics
import Facts
import PolicyLanguage

extension MeasureSQL {
  /// For how long what was paid counts against a cap.
  enum Span {
    case forGood
    /// In one calendar year, which is part of its group.
    case year
    /// From a day on, as seen from a payment's own.
    case from((String) -> String)

    /// The first day that counts, by the column of the payment's day.
    var firstDay: ((String) -> String)? { if case .from(let day) = self { day } else { nil } }

    /// Whether groups are those of a year.
    var isYear: Bool { if case .year = self { true } else { false } }
  }

  /// For how long what was paid counts. A time that nobody has stated counts for good.
  func span(of cap: CheckedCap) throws(EmissionRefusal) -> Span {
    guard let within = cap.within else { return .forGood }
    let figure = try e.figure(within, .constant)
    if figure.unknown == "TRUE" { return .forGood }
    let isYears = within.type == .number
    let most = Int(figure.sql).map { max(1, min($0, 1_200)) }
    if isYears, most == 1 { return .year }
    let n = most.map(String.init) ?? "least(greatest(\(figure.sql), 1), 1200)"
    return .from { day in
      let first =
        isYears
        ? "day_of_year(year_of(\(day)) - \(SQLLogic.wrapped(n)) + 1, 1, 1)"
        : "months_on(\(day), -\(SQLLogic.wrapped(n))) + 1"
      return most == nil ? "coalesce(\(first), DATE '0001-01-01')" : first
    }
  }

  /// The caps that go in turn, by their numbers.
  func turns(_ caps: [CheckedCap]) throws(EmissionRefusal) -> [CapCuts.Turn] {
    var turns: [CapCuts.Turn] = []
    for (k, cap) in caps.enumerated() where !cap.isShared {
      turns.append(CapCuts.Turn(number: k, firstDay: try span(of: cap).firstDay))
    }
    return turns
  }

  /// The steps that cut payments to what caps leave of them; the last one's name.
  func caps(_ last: String) throws(EmissionRefusal) -> String {
    let all = measure.limits.caps
    if all.isEmpty { return last }
    let asked = try askedOfCaps(last)
    let isOpen =
      ["is_unkeyed"]
      + all.indices.map { k in
        let group = "PARTITION BY group_\(k + 1)"
        return "bool_or(room_\(k + 1) = -1) OVER (\(group)) "
          + "OR min(room_\(k + 1)) OVER (\(group)) <> max(room_\(k + 1)) OVER (\(group))"
      }
    let judged = steps.add(
      "judged_by_cap",
      ["Against a group that is not known, or whose cap is not known or is not one, nothing can be said."],
      "SELECT *, \(isOpen.joined(separator: "\n  OR ")) AS is_open\nFROM \(asked)")
    openByCap.append(
      steps.add("open_by_cap", [], "SELECT coalesce(member, record) AS subject, is_open\nFROM \(judged)"))
    let cuts = CapCuts(steps: steps, end: e.choice("cap_end"))
    let unfiled = try unfiled(judged, last).map { " AND frame NOT IN (SELECT frame FROM \($0))" } ?? ""
    var step = steps.add(
      "under_cap", [], "SELECT *, amount AS paid, 0 AS cut\nFROM \(judged)\nWHERE NOT is_open\(unfiled)")
    step = cuts.inTurn(step, try turns(all))
    for (k, cap) in all.enumerated() where cap.isShared { step = cuts.inProportion(step, k) }
    let name = nameOfCap
    func columns(_ amount: String, _ standing: String) -> String {
      CapCuts.left(of: "amount", MeasureSQL.columns, as: amount, standing, by: name)
    }
    return steps.add(
      "in_caps", ["What is left of each payment, and what exceeds · 限额之内与超出部分"],
      """
      SELECT \(columns("CAST(paid AS BIGINT)", "'paid'")) FROM \(step) WHERE paid > 0
      UNION ALL
      SELECT \(columns("CAST(amount - paid AS BIGINT)", "'over_cap'")) FROM \(step) WHERE paid < amount
      UNION ALL
      SELECT \(MeasureSQL.columns) FROM \(last) WHERE NOT (standing = 'paid' AND missing IS NULL)\(unfiled)
      """)
  }

  /// The step of frames of which it is not known when they come, where there is not enough for all: they are left open.
  /// Nil where that is known of all.
  private func unfiled(_ judged: String, _ last: String) throws(EmissionRefusal) -> String? {
    guard try canBeOpen(measure.limits.ordered) else { return nil }
    let isFull = measure.limits.caps.indices.map { k in
      "sum(amount) OVER (PARTITION BY group_\(k + 1)) > room_\(k + 1)"
    }
    let full = steps.add(
      "full", [],
      "SELECT frame, is_unfiled AND (\(isFull.joined(separator: " OR "))) AS is_open\nFROM \(judged)\nWHERE NOT is_open"
    )
    let unfiled = steps.add(
      "unfiled", ["Whose turn nobody knows, where there is too little money · 额度不足而先后依据未填者"],
      "SELECT DISTINCT frame FROM \(full) WHERE is_open")
    openByCap.append(
      steps.add(
        "open_by_order", [],
        "SELECT coalesce(member, record) AS subject, TRUE AS is_open\nFROM \(last)\n"
          + "WHERE standing <> 'below_nought' AND frame IN (SELECT frame FROM \(unfiled))"))
    return unfiled
  }

  /// What the cap is called that has cut a payment last: the measure, with a number where it has several.
  private var nameOfCap: String {
    let all = measure.limits.caps
    guard all.count > 1 else { return dialect.quoted(measure.id) }
    return "CASE cut "
      + all.indices.map { "WHEN \($0 + 1) THEN \(dialect.quoted("\(measure.id)#\($0 + 1)"))" }
      .joined(separator: " ") + " END"
  }

  /// Every payment that is paid so far, with its group and room by each cap and its place in the order.
  private func askedOfCaps(_ last: String) throws(EmissionRefusal) -> String {
    var wanted: [(name: String, t: Typed)] = []
    for (k, cap) in measure.limits.caps.enumerated() {
      wanted.append(("cap_\(k + 1)", cap.amount))
      for (i, key) in cap.keys.enumerated() {
        if case .figure(let t) = key { wanted.append(("key_\(k + 1)_\(i + 1)", t)) }
      }
    }
    wanted += measure.limits.ordered.enumerated().map { ("order_\($0 + 1)", $1) }
    let keyed = try keyed(wanted)
    var columns = [
      """
      row_number() OVER (ORDER BY \(try orders(measure.limits.ordered))c.date, \
      \(orderOfSubjects("c."))) AS turn
      """
    ]
    var unkeyed: [String] = []
    for (k, cap) in measure.limits.caps.enumerated() {
      let room = try room(k, wanted.filter { $0.name.hasPrefix("key_\(k + 1)_") })
      unkeyed.append(room.isUnkeyed)
      columns.append("\(room.sql) AS room_\(k + 1)")
      columns.append("\(try group(cap, k)) AS group_\(k + 1)")
    }
    columns.append("\(SQLLogic.or(unkeyed)) AS is_unkeyed")
    let unfiled = SQLLogic.or(measure.limits.ordered.indices.map { "k.order_\($0 + 1)_unknown" })
    columns.append("\(unfiled) AS is_unfiled")
    return steps.add(
      "asked_of_caps", [],
      """
      SELECT c.*,
        \(columns.joined(separator: ",\n  "))
      FROM \(last) AS c
        JOIN \(keyed) AS k ON k.frame = c.frame
      WHERE c.standing = 'paid' AND c.missing IS NULL
      """)
  }

  /// What payments of one day are ordered by: by what they are for; of equal ids as the first clause about such comes.
  func orderOfSubjects(_ alias: String = "") -> String {
    let lists = measure.pays.map { pay in pay.forEach.map { measure.sets[$0].list } }
    var kinds: [Int] = []
    for (i, list) in lists.enumerated() { kinds.append(lists[..<i].firstIndex { $0 == list } ?? i) }
    let subject = "coalesce(\(alias)member, \(alias)record), \(alias)step, \(alias)clause"
    if Set(kinds).count < 2 { return subject }
    let which = kinds.enumerated().map { "WHEN \($0 + 1) THEN \($1)" }.joined(separator: " ")
    return "coalesce(\(alias)member, \(alias)record), CASE \(alias)clause \(which) END, \(alias)step, \(alias)clause"
  }

  /// The year that a payment counts for: that of its frame, where frames have years, else that of its day.
  var yearOfPayment: String {
    if framesHaveYear, e.framesHaveSteps { return "c.step" }
    return periodStart == nil ? "year_of(c.date)" : "substr(c.frame, -10, 4)"
  }

  /// The group of a cap that a payment belongs to.
  private func group(_ cap: CheckedCap, _ k: Int) throws(EmissionRefusal) -> String {
    var parts = cap.keys.enumerated().map { i, key in
      switch key {
      case .beneficiary: "c.beneficiary, \(spaces)"
      case .yearOfPayment: yearOfPayment
      case .figure: "k.key_\(k + 1)_\(i + 1), k.key_\(k + 1)_\(i + 1)_unknown"
      }
    }
    // Of one calendar year at a time.
    if try span(of: cap).isYear { parts.append("year_of(c.date)") }
    return dialect.row(parts)
  }

  /// Of what list who is paid is, which tells equal ids apart.
  var spaces: String {
    let all = measure.pays.map { pay in
      if case .record(let list) = pay.who.type { dialect.quoted(list) } else { "''" }
    }
    if Set(all).count == 1 { return all[0] }
    return "CASE c.clause " + all.enumerated().map { "WHEN \($0 + 1) THEN \($1)" }.joined(separator: " ") + " END"
  }
}
