// What is asked of days and of sets: stays, completions, days of a year, counts, sums and extremes.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  func stable(
    _ months: Expression, _ from: Expression?, _ to: Expression?, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let n = expression(months, scope, of: .months)
    if let from, let to {
      let start = expression(from, scope, of: .date), end = expression(to, scope, of: .date)
      return Typed(.stable(months: n, from: start, to: end), .truth, at: location)
    }
    guard let list = scope.list, let b = list.begins.flatMap(list.field), let f = list.ends.flatMap(list.field) else {
      report(
        "no-spell", Text("There is no record with a beginning and an end here.", zh: "此处没有带起止日期的记录。"),
        hint: Text(
          "Say from when to when: `stable for 3 months from employed_from to employed_to`.",
          zh: "请写明起止：`stable for 3 months from employed_from to employed_to`。"),
        at: location)
      return broken(location)
    }
    notes?.name(list.chinese.lasts ?? SurfaceWords.lasts, at: location)
    let start = Typed(.selfField(b), .date, at: location), end = lastDay(f, scope, at: location)
    return Typed(.stable(months: n, from: start, to: end), .truth, at: location)
  }

  func completion(_ n: Expression, _ from: Expression?, _ scope: Scope, _ location: SourceRange) -> Typed {
    let months = expression(n, scope, of: .months)
    if let from {
      return Typed(.completion(months, from: expression(from, scope, of: .date)), .date, at: location)
    }
    guard let list = scope.list, let b = list.begins.flatMap(list.field) else {
      report(
        "no-spell", Text("There is no record with a beginning here.", zh: "此处没有带起始日期的记录。"),
        hint: Text(
          "Say from when: `completion of 6 months from employed_from`.",
          zh: "请写明起点：`completion of 6 months from employed_from`。"),
        at: location)
      return broken(location)
    }
    return Typed(.completion(months, from: Typed(.selfField(b), .date, at: location)), .date, at: location)
  }

  func dayOfYear(_ day: Int, _ month: Int, _ year: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    guard Day(year: 2024, month: month, day: day) != nil, !(month == 2 && day == 29) else {
      report(
        "bad-date", Text("There is no such day in every year.", zh: "并非每年都有这一天。"),
        hint: Text("For example `31 December of year`.", zh: "例如 `31 December of year`。"), at: location)
      return broken(location)
    }
    let number = expression(year, scope, of: .number)
    return Typed(.dayOfYear(day: day, month: month, number), .date, at: location)
  }

  // MARK: Sets

  func count(of set: Name, _ scope: Scope, _ location: SourceRange) -> Typed {
    if let found = sideways(called: set, scope) { return count(found, location) }
    return aggregate(set, scope) { i, _ in Typed(.count(i), .number, at: location) }
  }

  func sum(_ x: Expression, over set: Name, _ scope: Scope, _ location: SourceRange) -> Typed {
    if let found = sideways(called: set, scope) { return sum(x, over: found, scope, location) }
    return aggregate(set, scope) { i, list in
      let t = expression(
        x, scope.ofMember(dictionary.list(list)), of: money, .money, .number, .months, .partMonths, .days, .decimal,
        .fraction, .share)
      return t.type == .broken ? t : Typed(.sum(t, over: i), t.type, at: location)
    }
  }

  func extreme(
    _ pick: Expression.Pick, _ x: Expression, over set: Name, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    if let found = sideways(called: set, scope) { return extreme(pick, x, over: found, scope, location) }
    return aggregate(set, scope) { i, list in
      let t = ordered(x, pick, scope.ofMember(dictionary.list(list)))
      return t.type == .broken ? t : Typed(.extreme(pick, t, over: i), t.type, at: location)
    }
  }

  /// A figure of which there is a largest one.
  func extremal(_ x: Expression, _ scope: Scope) -> Typed {
    let t = expression(x, scope)
    switch t.type {
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .nothing, .broken:
      return t
    case .truth, .date, .dateOrYear, .place, .text, .choice, .record, .set:
      mismatch(t, wanted: .number)
      return broken(x.location)
    }
  }

  func aggregate(_ set: Name, _ scope: Scope, _ make: (Int, String) -> Typed) -> Typed {
    guard scope.context == .frame, let i = self.set(called: set, scope), scope.setLists.indices.contains(i) else {
      if sideways(called: set, scope) != nil { onlyFigures(set) } else { unknownSet(set, scope) }
      return broken(set.location)
    }
    return make(i, scope.setLists[i])
  }
}
