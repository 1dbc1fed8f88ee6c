// Figures of several words: spans of days, months and years, first and last days, growth, levels of places. Spans come
// to whole parts, which are divided by fixed numbers, so that nothing is rounded.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  func form(_ form: FormSyntax, _ parts: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    switch form {
    case .days: return dates(.days, parts, .days, scope, location)
    case .daysPresent: return daysPresent(parts, scope, location)
    case .calendarMonths:
      return parted(dates(.monthParts, parts, .number, scope, location), TypedForm.monthScale, .partMonths)
    case .years(.days(let length)):
      return parted(dates(.days, parts, .number, scope, location), Int64(length), .fraction)
    case .years(.calendar):
      return parted(dates(.yearParts, parts, .number, scope, location), TypedForm.yearScale, .fraction)
    case .years(.thirtyDayMonths):
      return parted(dates(.days360, parts, .number, scope, location), 360, .fraction)
    case .edge(let isLast, let stretch): return dates(.edge(isLast: isLast, of: stretch), parts, .date, scope, location)
    case .numbered(let isLast, let stretch, let number):
      return made(.numbered(isLast: isLast, of: stretch, number: number), parts, of: .number, .date, scope, location)
    case .counted(let isLast, let stretch): return counted(isLast, stretch, parts, scope, location)
    case .part(let stretch): return made(.part(stretch), parts, of: .date, .number, scope, location)
    case .prefecture: return made(.prefecture, parts, of: .place, .place, scope, location)
    case .county: return made(.county, parts, of: .place, .place, scope, location)
    case .level: return made(.level, parts, of: .place, .choice(TypedForm.levels), scope, location)
    case .grown: return grown(parts, scope, location)
    }
  }

  /// A form of dates.
  private func dates(
    _ form: TypedForm, _ parts: [Expression], _ type: ValueType, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let made = made(form, parts, of: .date, type, scope, location)
    if case .form(_, let ends) = made.operation, ends.count == 2 { demandOrder(ends[0], ends[1], at: location) }
    return made
  }

  private func made(
    _ form: TypedForm, _ parts: [Expression], of wanted: ValueType, _ type: ValueType, _ scope: Scope,
    _ location: SourceRange
  ) -> Typed {
    let all = parts.map { expression($0, scope, of: wanted) }
    if all.contains(where: { $0.type == .broken }) { return broken(location) }
    return Typed(.form(form, all), type, at: location)
  }

  /// `last day of month m of year`: so many months after January; a thirteenth is the next year's first.
  private func counted(
    _ isLast: Bool, _ stretch: FormSyntax.Stretch, _ parts: [Expression], _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let number = expression(parts[0], scope, of: .number), year = expression(parts[1], scope, of: .number)
    if number.type == .broken || year.type == .broken { return broken(location) }
    func typed(_ operation: Typed.Operation, _ type: ValueType) -> Typed { Typed(operation, type, at: location) }
    let before = typed(.subtract(number, typed(.constant(1), .number)), .number)
    let months = typed(.multiply(before, typed(.constant(stretch == .quarter ? 3 : 1), .months)), .months)
    let day = typed(.add(typed(.dayOfYear(day: 1, month: 1, year), .date), months), .date)
    return typed(.form(.edge(isLast: isLast, of: stretch), [day]), .date)
  }

  /// Parts of a whole as an exact quotient.
  private func parted(_ parts: Typed, _ scale: Int64, _ type: ValueType) -> Typed {
    if parts.type == .broken { return parts }
    return Typed(.divide(parts, Typed(.constant(scale), .number, at: parts.location)), type, at: parts.location)
  }

  /// `days present from a to b` of the record looked at, or of one that is named.
  private func daysPresent(_ parts: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let record = parts.count == 3 ? parts[0] : nil
    guard let (begins, ends) = spell(of: record, scope, location) else { return broken(location) }
    let stretch = parts.suffix(2).map { expression($0, scope, of: .date) }
    if stretch.contains(where: { $0.type == .broken }) { return broken(location) }
    demandOrder(stretch[0], stretch[1], at: location)
    return Typed(.form(.daysPresent, [begins, ends] + stretch), .days, at: location)
  }

  /// `base grown by 5% for n years`
  private func grown(_ parts: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let base = expression(parts[0], scope), share = expression(parts[1], scope, of: .share)
    let years = expression(parts[2], scope, of: .number)
    if [base, share, years].contains(where: { $0.type == .broken }) { return broken(location) }
    let type: ValueType = base.type.isNumber ? .fraction : base.type
    guard base.type.isAmount || base.type.isNumber else {
      mismatch(
        base, wanted: .money, hint: Text("Only an amount or a number grows.", zh: "只有金额或数值可以递增。"))
      return broken(location)
    }
    if case .constant(let n) = years.operation, n < 0 || n > TypedForm.mostYears {
      report(
        "years-of-growth", Text("An amount grows for 0 to 100 years.", zh: "递增年数为 0 至 100。"),
        hint: Text("Check the number of years.", zh: "请核对年数。"), at: parts[2].location)
      return broken(location)
    }
    return Typed(.form(.grown, [base, share, years]), type, at: location)
  }

  /// Whole months, where no part of one may be.
  func wholeMonthsOnly(_ t: Typed) -> Typed {
    guard t.type == .partMonths else { return t }
    report(
      "part-of-month", Text("Whole months belong here, and these may be parts of one.", zh: "这里应为整月，而此数可含不足月。"),
      hint: Text("Write `whole months from … to …`.", zh: "请写 `whole months from … to …`。"), at: t.location)
    return broken(t.location)
  }
}

extension ValueType {
  /// Whether it is an amount of some currency, for each of something or not.
  var isAmount: Bool { isRate || amountCurrency != nil }
}
