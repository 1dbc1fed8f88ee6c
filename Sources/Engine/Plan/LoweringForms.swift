// Figures of several words, lowered: each an operation on dates, numbers or places, or an exact form where it grows.
import Facts
import PolicyLanguage
import Reckoning

extension Lowering {
  func form(_ form: TypedForm, _ parts: [Typed], _ t: Typed, _ c: Context) -> Node {
    switch form {
    case .days, .monthParts, .yearParts, .days360, .periods, .daysPresent:
      let nodes = parts.map { lower($0, c, .int32) }
      return apply(.plain(form, ends(form)), nodes, .int64, mayBeAbsent: nodes.contains { $0.mayBeAbsent })
    case .edge:
      let day = lower(parts[0], c, .int32)
      return apply(.plain(form), [day], .int32, mayBeAbsent: day.mayBeAbsent)
    case .part:
      let day = lower(parts[0], c, .int32)
      return apply(.plain(form), [day], .int64, mayBeAbsent: day.mayBeAbsent)
    case .numbered:
      let year = lower(parts[0], c, .int64)
      return apply(.plain(form), [year], .int32, mayBeAbsent: year.mayBeAbsent)
    case .periodStart:
      let nodes = [lower(parts[0], c, .int32), lower(parts[1], c, .int64)]
      return apply(.plain(form, ends(form)), nodes, .int32, mayBeAbsent: nodes.contains { $0.mayBeAbsent })
    case .periodEnd:
      let nodes = [lower(parts[0], c, .int32), lower(parts[1], c, .int64), lower(parts[2], c, .int32)]
      return apply(.plain(form, ends(form)), nodes, .int32, mayBeAbsent: nodes.contains { $0.mayBeAbsent })
    case .county: return ofPlaces(.area(.county), parts[0], c)
    case .prefecture: return ofPlaces(.area(.prefecture), parts[0], c)
    case .level: return ofPlaces(.level, parts[0], c)
    case .grown: return made(exact(t, c), .rounded, t)
    case .onDay(let name): return onDay(name, parts[0], t.type, c)
    }
  }

  /// How months end for what counts months from a day.
  private func ends(_ form: TypedForm) -> MonthEnd {
    switch form {
    case .periods, .periodStart, .periodEnd: monthEnd
    case .days, .monthParts, .yearParts, .days360, .daysPresent, .edge, .part, .numbered, .prefecture, .county, .level,
      .grown, .onDay:
      .clamp
    }
  }

  private func apply(_ op: FormOp, _ nodes: [Node], _ register: Register, mayBeAbsent: Bool) -> Node {
    // A stay without an end is one that has none, also where the end is looked up.
    let lifts = if case .plain(.daysPresent, _) = op { false } else { true }
    return graph.apply(.form(op), nodes, register: register, mayBeAbsent: mayBeAbsent, liftsAbsence: lifts)
  }

  private func ofPlaces(_ op: FormOp, _ place: Typed, _ c: Context) -> Node {
    let table = graph.make(.form(op), domain: .places, register: .int32, mayBeAbsent: true)
    return graph.gather(table, lower(place, c, .int32))
  }

  /// An amount that grows, as the product of the amount and a power.
  func grown(_ parts: [Typed], _ c: Context) -> Exact {
    let one = Exact.leaf(graph.constant64(1))
    let factor = Exact.sum(one, exact(parts[1], c), adding: true)
    return .product([exact(parts[0], c), .power(factor, lower(parts[2], c, .int64))], over: [])
  }

  /// A value laid down elsewhere, on a day: one for every day where it is set so, else that of the day.
  private func onDay(_ name: String, _ day: Typed, _ type: ValueType, _ c: Context) -> Node {
    note(.value(name))
    note(.dates(name))
    let days = settings.days(of: name)
    let date = lower(day, c, .int32)
    let isForAll = settings.value(of: name, for: measure) != nil
    if isForAll || days.isEmpty {
      let one = value(name, type)
      return isForAll ? ifThere(date, one, name) : one
    }
    let figures = days.map { day -> Node in
      let key = name + "." + Day(number: day).text
      let node = apart(figure(settings.values[key], type, missing: key), Watched(value: key), nil)
      self.figures[Watched(value: key)] = node
      return node
    }
    let ofDay = graph.apply(
      .form(.onDay(name: name, days: days)), [date] + figures, register: figures[0].register, mayBeAbsent: true)
    return ifThere(date, ofDay, name)
  }

  /// A figure of a day that has to be there: without one it is not known which figure is meant.
  private func ifThere(_ day: Node, _ figure: Node, _ name: String) -> Node {
    guard day.mayBeAbsent, figure.register != .truth else { return figure }
    return graph.apply(
      .ifThen, [given(day), figure, noRow(name, [day], figure.register)], register: figure.register, mayBeAbsent: true,
      liftsAbsence: false)
  }

  /// What is not known for want of what was asked about.
  func noRow(_ name: String, _ asked: [Node], _ register: Register) -> Node {
    graph.apply(.form(.noRow(name: name)), asked, register: register, mayBeAbsent: true, liftsAbsence: false)
  }

  func given(_ n: Node) -> Node {
    guard n.mayBeAbsent else { return graph.truth(Truth.yes) }
    return graph.apply(.given, [n], register: .truth, mayBeAbsent: false, liftsAbsence: false)
  }

  /// How a figure is named that is lacked before its first day.
  static func before(_ name: String, _ day: Int32) -> String { "\(name) before \(Day(number: day).text)" }
}

extension RunSettings {
  /// The days from which figures of a value are supplied, ascending.
  package func days(of name: String) -> [Int32] {
    let start = name + "."
    return values.keys.compactMap { key in
      key.hasPrefix(start) ? Day(key.dropFirst(start.count))?.number : nil
    }.sorted()
  }

  /// The figures of a value by the days from which they hold, as settings name them.
  func dated(_ name: String) -> [String: Int64] {
    let start = name + "."
    return values.filter { $0.key.hasPrefix(start) }
  }
}
