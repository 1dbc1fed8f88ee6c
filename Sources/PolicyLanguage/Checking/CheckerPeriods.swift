// Periods: numbers from 1 on, each with a first and a last day of its own, counted from one day in one step.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// `each period of 3 months from A to B`: a range of numbers, and what `period_start` and `period_end` are.
  func periods(
    _ name: Name, _ p: PeriodSyntax, number: Int, _ scope: inout Scope
  ) -> (name: String, iteration: CheckedFrame.Iteration)? {
    let from = expression(p.from, scope, of: .date), to = expression(p.to, scope, of: .date)
    if from.type == .broken || to.type == .broken { return nil }
    if from.type == .nothing || to.type == .nothing {
      untilWhen(from.type == .nothing ? from : to)
      return nil
    }
    demandOrder(from, to, at: p.from.location)
    scope.iterations[name.text] = (number, .number)
    let at = name.location
    let one = Typed(.constant(1), .number, at: at), n = Typed(.iteration(number), .number, at: at)
    func form(_ form: TypedForm, _ parts: [Typed], _ type: ValueType, _ name: Text? = nil) -> Typed {
      Typed(.form(form, parts), type, at: at, telling: name.map { .named($0) })
    }
    scope.lets["period_start"] = form(
      .periodStart(months: p.months, isCalendar: p.isCalendar), [from, n], .date, Text("period_start", zh: "本期首日"))
    scope.lets["period_end"] = form(
      .periodEnd(months: p.months, isCalendar: p.isCalendar), [from, n, to], .date, Text("period_end", zh: "本期末日"))
    let count = form(.periods(months: p.months, isCalendar: p.isCalendar), [from, to], .number)
    return (name.text, .range(name: name.text, from: one, to: count))
  }

  private func untilWhen(_ t: Typed) {
    report(
      "until-when", Text("Periods begin and end on a day.", zh: "各期须有起止日期。"),
      hint: Text("Write `earlier of (…)` for an end that may be open.", zh: "若终点可能未定，请写 `earlier of (…)`。"),
      at: t.location)
  }
}

extension Typed {
  /// Whether it is the first or last day of a period, which is told where it is asked, not where periods are declared.
  var isEdgeOfPeriod: Bool {
    guard case .form(let form, _) = operation else { return false }
    switch form {
    case .periodStart, .periodEnd: return true
    case .days, .daysPresent, .monthParts, .yearParts, .days360, .edge, .part, .numbered, .prefecture, .county, .level,
      .grown, .periods, .onDay:
      return false
    }
  }
}
