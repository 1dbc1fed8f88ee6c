// How far a failing comparison is off, in the unit of what is compared. Knows nothing of what it rests on.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// How far a failing comparison is off.
  func gap(_ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ at: Row) -> Text? {
    // What the text fixes is no fact that could be otherwise: the other side is what is off.
    if a.isOfText, !b.isOfText { return gap(op.turned, b, a, at) }
    let x = evaluate(run.lowering.lower(a, at.context), at.row), y = evaluate(run.lowering.lower(b, at.context), at.row)
    switch (a.type, b.type) {
    case (.number, .number), (.months, .months), (.money, .money), (.days, .days), (.decimal, .decimal),
      (.share, .share), (.amount, .amount):
      guard let p = x.int64, let q = y.int64, p > Absent.none64, q > Absent.none64 else { return nil }
      let (off, far) = p < q ? q.subtractingReportingOverflow(p) : p.subtractingReportingOverflow(q)
      if far { return nil }
      let figure = describe(MeasureRun.Scalar(int64: off), a.type), has = describe(x, a.type),
        wants = describe(y, b.type)
      switch op {
      case .greaterOrEqual:
        if case .count(let i) = a.operation {
          let off = p < q ? q - p : p - q
          return Text("\(figure.en) short", zh: "差\(counted(Int(off), measure.sets[i]))")
        }
        if off == 0 {
          // Less than the last decimal is missing.
          let exact = exactText(a, at)
          return Text("\(exact.en), just short of \(wants.en)", zh: "\(exact.zh)，略低于须达到的\(wants.zh)")
        }
        return Text("\(has.en) of \(wants.en): \(figure.en) short", zh: "\(has.zh)，须\(wants.zh)，差\(figure.zh)")
      case .greater:
        if p == 0, q == 0 { return Text("it is nought", zh: "为\(has.zh)") }
        return Text("\(has.en), more than \(wants.en) needed", zh: "\(has.zh)，须超过\(wants.zh)")
      case .lessOrEqual:
        return Text(
          "\(has.en), at most \(wants.en): \(figure.en) too many", zh: "\(has.zh)，不得超过\(wants.zh)，多出\(figure.zh)")
      case .less: return Text("\(has.en), less than \(wants.en) needed", zh: "\(has.zh)，须少于\(wants.zh)")
      case .equal, .notEqual: return nil
      }
    case (.date, .date), (.date, .dateOrYear), (.dateOrYear, .date), (.dateOrYear, .dateOrYear):
      guard let p = x.int32, let q = y.int32, isDay(p), isDay(q) else { return nil }
      let first = Int64(p), last = Int64(q)
      // The nearest day on which it would hold.
      let wanted: Int64
      switch op {
      case .less: wanted = last - 1
      case .greater: wanted = last + 1
      case .lessOrEqual, .greaterOrEqual, .equal: wanted = last
      case .notEqual: return nil
      }
      let days = Int((first - wanted).magnitude), plural = days == 1 ? "" : "s"
      let long = Narrator.long(from: Int32(clamping: min(first, wanted)), to: Int32(clamping: max(first, wanted)))
      return first < wanted
        ? Text("\(days) day\(plural) too early\(long.en)", zh: "早\(days)天\(long.zh)")
        : Text("\(days) day\(plural) too late\(long.en)", zh: "晚\(days)天\(long.zh)")
    case (.fraction, .share), (.fraction, .decimal), (.fraction, .number):
      return ratioGap(op, a, describe(y, b.type), isShare: b.type == .share, at)
    // Of other values none is more or less than another, or it cannot be said in their unit by how much.
    case (_, _): return nil
    }
  }

  /// Whether it is a day, and neither a year nor absent.
  private func isDay(_ v: Int32) -> Bool { v > Absent.none32 && !v.isAbsent && !LooseDate.isYear(v) }

  /// The days that stand in a comparison as sums of a day and months: what they come to, where it is known.
  func deadlines(_ ts: [Typed], _ at: Row) -> [Derivation] {
    // What has a name is told by it.
    ts.filter { $0.givenName == nil }.compactMap { t in deadline(t, at).map { factLine(t, $0, []) } }
  }

  /// What a day and months come to; nil for other expressions, and where it is not known.
  func deadline(_ t: Typed, _ at: Row) -> Text? {
    guard t.type == .date || t.type == .dateOrYear, lets[ObjectIdentifier(t)] == nil, t.isSumOfMonths,
      let v = evaluate(run.lowering.lower(t, at.context), at.row).int32, isDay(v)
    else { return nil }
    return describe(MeasureRun.Scalar(int32: v), .date)
  }

  /// Two years and more in whole years and months, as people count them.
  private static func long(from first: Int32, to last: Int32) -> Text {
    let (a, b) = (Day(number: first).parts, Day(number: last).parts)
    let months = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0)
    guard months >= 24 else { return .same("") }
    let (years, rest) = (months / 12, months % 12)
    let en = rest == 0 ? "" : " and \(rest) month\(rest == 1 ? "" : "s")"
    return Text(" (more than \(years) years\(en))", zh: "（\(years)年\(rest == 0 ? "" : "\(rest)个月")以上）")
  }

  /// What a quotient comes to beside the bound that it fails: its parts alone do not say it.
  private func ratioGap(
    _ op: Expression.Comparison, _ a: Typed, _ bound: Text, isShare: Bool, _ at: Row
  ) -> Text? {
    let exact = run.lowering.exact(a, at.context)
    guard let above = evaluate(run.lowering.made(exact, .numerator, a), at.row).int64,
      let below = evaluate(run.lowering.made(exact, .denominator, a), at.row).int64, !above.isAbsent, !below.isAbsent,
      below > 0, let parts = Int64(exactly: Int128(above) * Int128(Share.unit) / Int128(below))
    else { return nil }
    let goesOn = Int128(above) * Int128(Share.unit) % Int128(below) == 0 ? "" : "…"
    let own = isShare ? Text.same(Share(parts: parts).text) : describe(MeasureRun.Scalar(int64: parts), .decimal)
    let figure = goesOn.isEmpty ? own : isShare ? own : Text(own.en + goesOn, zh: own.zh + goesOn)
    // What differs from the bound only far behind its point is told as the quotient that it is.
    let has = own.en == bound.en ? Text.same("\(above)/\(below)") : figure
    switch op {
    case .greaterOrEqual: return Text("it is \(has.en), at least \(bound.en) needed", zh: "为\(has.zh)，须达到\(bound.zh)")
    case .greater: return Text("it is \(has.en), more than \(bound.en) needed", zh: "为\(has.zh)，须超过\(bound.zh)")
    case .lessOrEqual: return Text("it is \(has.en), at most \(bound.en) allowed", zh: "为\(has.zh)，不得超过\(bound.zh)")
    case .less: return Text("it is \(has.en), less than \(bound.en) needed", zh: "为\(has.zh)，须低于\(bound.zh)")
    case .equal, .notEqual: return nil
    }
  }
}

extension Typed {
  /// Whether it is a day so many months after or before another.
  fileprivate var isSumOfMonths: Bool {
    switch operation {
    case .add(let a, let b): a.type == .months || b.type == .months
    case .subtract(_, let b): b.type == .months
    case _: false
    }
  }

  /// Whether nothing in it is a fact: figures of the text and of the settings alone.
  fileprivate var isOfText: Bool {
    !hasPart { $0.operation.isOfRecords || ($0.parts.isEmpty && !$0.operation.isFigureOfText) }
  }
}

extension Typed.Operation {
  /// Whether it hangs on records by itself, whatever is said of them.
  fileprivate var isOfRecords: Bool {
    if case .spellEnd = self { return true }
    if case .spellBegins = self { return true }
    if case .grouped = self { return true }
    if case .sideways = self { return true }
    if case .numberIn = self { return true }
    return false
  }

  /// Whether it is a figure that the text or the settings give by themselves.
  fileprivate var isFigureOfText: Bool {
    if case .constant = self { return true }
    if case .parameter = self { return true }
    if case .value = self { return true }
    if case .asOf = self { return true }
    if case .windowStart = self { return true }
    if case .windowEnd = self { return true }
    return false
  }
}
