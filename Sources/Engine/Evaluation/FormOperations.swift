// Days, months and years between dates, first and last days, periods, levels of places, figures of a day: row by row.
import Facts
import PolicyLanguage
import Reckoning

extension Operation {
  func form(_ op: FormOp) {
    switch op {
    case .plain(let form, let end): plain(form, end)
    case .area(let level):
      let out = narrow
      let places = evaluator.dataset.places
      for k in 0..<count {
        out[k] = places.area(level, of: Int32(truncatingIfNeeded: row(k))) ?? .unknownMark
      }
    case .level:
      let out = narrow
      let places = evaluator.dataset.places
      for k in 0..<count {
        switch places.level(of: Int32(truncatingIfNeeded: row(k))) {
        case .province: out[k] = 0
        case .prefecture: out[k] = 1
        case .county: out[k] = 2
        case nil: out[k] = .unknownMark
        }
      }
    case .onDay(_, let days): onDay(days)
    case .noRow: notKnown()
    case .isUnknown:
      let out = truths, figure = int64(0)
      for k in 0..<count { out[k] = figure[k].isUnknown ? Truth.yes : Truth.no }
    }
  }

  private func notKnown() {
    switch node.register {
    case .int32:
      let out = narrow
      for k in 0..<count { out[k] = .unknownMark }
    case .int64:
      let out = wide
      for k in 0..<count { out[k] = .unknownMark }
    case .truth: Invariant.broken("figures-of-rows: what a table has no row for is a figure")
    }
  }

  private func plain(_ form: TypedForm, _ end: MonthEnd) {
    switch form {
    case .days: spans { max(Int64($1) - Int64($0), 0) }
    case .monthParts: spans(Spans.monthParts)
    case .yearParts: spans(Spans.yearParts)
    case .days360: spans(Spans.days360)
    case .periods(let months, let isCalendar):
      spans { Spans.periods($0, $1, months, end, isCalendar: isCalendar) }
    case .daysPresent: daysPresent()
    case .edge(let isLast, let stretch):
      let out = narrow, a = int32(0)
      for k in 0..<count { out[k] = a[k].isAbsent ? a[k] : Spans.edge(a[k], isLast: isLast, stretch) }
    case .part(let stretch):
      let out = wide, a = int32(0)
      for k in 0..<count { out[k] = a[k].isAbsent ? Absence.widen(a[k]) : Spans.part(a[k], stretch) }
    case .numbered(let isLast, let stretch, let number):
      let out = narrow, year = int64(0)
      for k in 0..<count {
        let y = year[k]
        out[k] =
          y.isAbsent
          ? Absence.narrow(y)
          : Spans.numbered(Int(min(max(y, 1), 9999)), isLast: isLast, stretch, number)
      }
    case .periodStart(let months, let isCalendar):
      let out = narrow, from = int32(0), n = int64(1)
      for k in 0..<count {
        out[k] =
          from[k].isAbsent || n[k].isAbsent
          ? Absence.handedOn(from[k], n[k])
          : Spans.periodStart(from[k], min(n[k], TypedForm.mostPeriods + 1), months, end, isCalendar: isCalendar)
      }
    case .periodEnd(let months, let isCalendar):
      let out = narrow, from = int32(0), n = int64(1), until = int32(2)
      for k in 0..<count {
        if from[k].isAbsent || n[k].isAbsent {
          out[k] = Absence.handedOn(from[k], n[k])
        } else {
          out[k] =
            until[k].isAbsent
            ? until[k]
            : Spans.periodEnd(
              from[k], min(n[k], TypedForm.mostPeriods), until[k], months, end, isCalendar: isCalendar)
        }
      }
    case .prefecture, .county, .level, .grown, .onDay:
      Invariant.broken("forms-of-days: levels of places, growth and figures of a day are operations of their own")
    }
  }

  /// A number told of two days.
  private func spans(_ f: (Int32, Int32) -> Int64) {
    let out = wide, a = int32(0), b = int32(1)
    for k in 0..<count {
      out[k] = a[k].isAbsent || b[k].isAbsent ? Absence.handedOn(a[k], b[k]) : f(a[k], b[k])
    }
  }

  private func daysPresent() {
    let out = wide, begins = int32(0), ends = int32(1), a = int32(2), b = int32(3)
    for k in 0..<count {
      if begins[k].isAbsent || a[k].isAbsent || b[k].isAbsent || ends[k].isUnknown {
        let isUnknown = begins[k].isUnknown || a[k].isUnknown || b[k].isUnknown || ends[k].isUnknown
        out[k] = isUnknown ? .unknownMark : .noneMark
      } else {
        out[k] = Spans.present(begins[k], ends[k], a[k], b[k])
      }
    }
  }

  /// The last figure that begins by the day.
  private func onDay(_ days: [Int32]) {
    let day = int32(0)
    func place(_ d: Int32) -> Int {
      var (low, high) = (0, days.count)
      while low < high {
        let middle = (low + high) / 2
        if days[middle] <= d { low = middle + 1 } else { high = middle }
      }
      return low
    }
    switch node.register {
    case .int32:
      let out = narrow, figures = days.indices.map { int32($0 + 1) }
      for k in 0..<count {
        let d = day[k]
        let i = d.isAbsent ? 0 : place(d)
        out[k] = d.isAbsent ? d : i == 0 ? .unknownMark : figures[i - 1][k]
      }
    case .int64:
      let out = wide, figures = days.indices.map { int64($0 + 1) }
      for k in 0..<count {
        let d = day[k]
        let i = d.isAbsent ? 0 : place(d)
        out[k] = d.isAbsent ? Absence.widen(d) : i == 0 ? .unknownMark : figures[i - 1][k]
      }
    case .truth: Invariant.broken("figures-of-a-day: a figure that changes on a day is no condition")
    }
  }
}
