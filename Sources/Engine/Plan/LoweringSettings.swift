// The settings that a run is determined by, as a rule asks for them: every look at one is noted, in order. A new way to
// read a setting has to go through here, since what a memory hands on hangs on the notes.
import PolicyLanguage
import Reckoning

extension Lowering {
  func note(_ reads: [SettingRead]) { for read in reads { note(read) } }

  func note(_ read: SettingRead) {
    if seen.insert(read.key).inserted { reads.append(read) }
  }

  func choice(_ id: String) -> Int {
    let reading = Invariant.value(
      readings[id], "reading-known: a rule asks for readings of its measure, its document or all documents")
    note(.reading(reading))
    return settings.choice(of: reading, for: measure)
  }

  var isEnacted: Bool {
    note(.mode)
    return settings.mode == .enacted
  }
  /// The day up to which payments are due, where one is set.
  var asOfDay: Day? {
    note(.asOf)
    return settings.asOf
  }
  var monthEnd: MonthEnd { choice("month_end") == 1 ? .nextDay : .clamp }
  var clock: Clock {
    switch choice("clock") {
    case 0: .inclusive
    case 1: .anniversary
    case 2: .insuredMonths
    case let other: Invariant.broken("clock-known: the reading `clock` has no choice \(other)")
    }
  }
  var yearOfCompletion: Bool { choice("year_of") == 1 }
  var windowOnAccrual: Bool { choice("window_on") == 1 }
  var countsPersons: Bool { choice("count") == 0 }
  var capEnd: CapEnd { CapEnd(choice: choice("cap_end")) }
  var maximumAllocation: Bool { choice("allocation") == 1 }

  func figure(_ raw: Int64?, _ type: ValueType, missing name: String) -> Node {
    if type == .date {
      if let raw { return graph.constant32(Int32(clamping: raw)) }
      return graph.make(.missing(name, .int32), domain: .constant, register: .int32, mayBeAbsent: true)
    }
    if let raw { return graph.constant64(raw) }
    return graph.make(.missing(name, .int64), domain: .constant, register: .int64, mayBeAbsent: true)
  }

  func parameterValue(_ id: String) -> Int64? {
    guard let p = parameters[id] else { return nil }
    note(.parameter(id))
    if let name = p.byReference { note(.value(name)) }
    return settings.parameters[id] ?? p.value ?? p.byReference.flatMap { settings.value(of: $0, for: measure) }
  }

  /// A figure that is watched gets a node of its own, which no equal figure shares.
  func apart(_ node: Node, _ figure: Watched, _ value: String?) -> Node {
    guard let watching, watching == figure || watching == value.map({ Watched(value: $0) }), node.domain == .constant
    else { return node }
    return graph.make(.spread, [node], domain: .constant, register: node.register, mayBeAbsent: node.mayBeAbsent)
  }

  /// Where a parameter or value stands in the graph; equal figures share a node, except for the one that is watched.
  func nodes(of watched: Watched) -> [Node] { figures[watched].map { [$0] } ?? [] }

  // MARK: Figures

  func parameter(_ id: String, _ type: ValueType) -> Node {
    let reference = parameters[id]?.byReference
    let node = apart(figure(parameterValue(id), type, missing: reference ?? id), Watched(parameter: id), reference)
    figures[Watched(parameter: id)] = node
    if settings.parameters[id] == nil, let reference { figures[Watched(value: reference)] = node }
    return node
  }

  func value(_ name: String, _ type: ValueType) -> Node {
    note(.value(name))
    let node = apart(figure(settings.value(of: name, for: measure), type, missing: name), Watched(value: name), nil)
    figures[Watched(value: name)] = node
    return node
  }

  func asOf() -> Node {
    note(.asOf)
    guard let day = settings.asOf else { return figure(nil, .date, missing: "as_of") }
    return graph.constant32(day.number)
  }

  /// One end of the measure's window, which is asked about only as enacted.
  func windowEnd(_ end: Typed?) -> Node {
    guard isEnacted, let end else { return graph.constant32(.noneMark) }
    return lower(end, .frame(list: nil), .int32)
  }
}
