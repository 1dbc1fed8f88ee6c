// Caps in turn: who comes first is paid, as far as there is room below every cap at once. What becomes of the payment
// that no longer fits is a reading; what was paid may count for good or for some years or months only.
import Facts
import PolicyLanguage
import Reckoning

/// What becomes of the payment that no longer fits (reading `cap_end`).
enum CapEnd {
  /// What is left is paid.
  case part
  /// It gets nothing, and nothing more is paid of the groups that it did not fit.
  case stop
  /// It gets nothing; later ones that fit are paid.
  case skip

  init(choice: Int) {
    switch choice {
    case 0: self = .part
    case 1: self = .stop
    case 2: self = .skip
    case let other: Invariant.broken("cap-end-known: the reading `cap_end` has no choice \(other)")
    }
  }
}

/// How long what was paid counts against a cap.
enum CapSpan: Equatable {
  case forGood
  /// So many calendar years, that of the payment the last.
  case years(Int)
  /// So many months up to the payment's day.
  case months(Int)

  /// The first day that still counts on a day.
  func first(for day: Int32) -> Int32 {
    switch self {
    case .forGood: .min
    case .years(let n): Day(year: Day(number: day).year - n + 1, month: 1, day: 1)?.number ?? .min
    case .months(let n): Day(number: day).adding(months: -n, .clamp).number &+ 1
    }
  }
}

/// What has been paid of one group of a cap, in the order in which it is paid.
struct CapRoom {
  private let limit: Int64
  private let span: CapSpan
  private var used: Int64 = 0
  /// What still counts, by its day; only where it does not count for good.
  private var counted: [(day: Int32, fen: Int64)] = []
  private var head = 0
  private var closedOn: Int32?
  /// How many payments have gone to it.
  private(set) var payments = 0

  init(_ limit: Int64, _ span: CapSpan) {
    self.limit = limit
    self.span = span
  }

  /// What is left on a day, days going up where what was paid does not count for good.
  mutating func left(on day: Int32) -> Int64 {
    let first = span.first(for: day)
    if let closedOn {
      if closedOn >= first { return 0 }
      self.closedOn = nil
    }
    while head < counted.count, counted[head].day < first {
      used -= counted[head].fen
      head += 1
    }
    return max(limit - used, 0)
  }

  mutating func take(_ fen: Int64, on day: Int32) {
    guard fen > 0 else { return }
    used += fen
    payments += 1
    if span != .forGood { counted.append((day, fen)) }
  }

  /// Nothing more is paid of it, while that day counts.
  mutating func close(on day: Int32) { closedOn = closedOn ?? day }
}

/// A cap's groups that are full, with what is left of each.
private struct FullGroups {
  let groups: CapGroups
  /// The place of each group's room; -1: it is not full.
  private let places: [Int32]
  private(set) var rooms: [CapRoom] = []

  init(_ groups: CapGroups, _ full: [Bool]) {
    self.groups = groups
    var places = [Int32](repeating: -1, count: full.count)
    for g in full.indices where full[g] {
      places[g] = Int32(truncatingIfNeeded: rooms.count)
      rooms.append(CapRoom(groups.room[g], groups.span))
    }
    self.places = places
  }

  /// What is left of each group before anything is paid; the largest number where it is not full, and limits nothing.
  var lefts: [Int64] { places.indices.map { places[$0] >= 0 ? max(groups.room[$0], 0) : .max } }

  /// Where the room of a payment's group stands; nil: the group is not full.
  func place(_ i: Int) -> Int? {
    let place = places[Int(groups.group[i])]
    return place >= 0 ? Int(place) : nil
  }

  /// Marks the payments whose group is full.
  func mark(_ payments: inout [Bool]) {
    for i in payments.indices where places[Int(groups.group[i])] >= 0 { payments[i] = true }
  }

  mutating func left(_ place: Int, on day: Int32) -> Int64 { rooms[place].left(on: day) }
  mutating func close(_ place: Int, on day: Int32) { rooms[place].close(on: day) }
  mutating func take(_ fen: Int64, of place: Int, on day: Int32) { rooms[place].take(fen, on: day) }
}

extension CapJob {
  /// Cuts payments to what caps in turn leave them, all caps at once.
  mutating func inTurn(_ caps: [CapGroups], _ ranks: [(Int) -> Int64], _ end: CapEnd) {
    var all = caps.map { FullGroups($0, full($0)) }
    guard all.contains(where: { !$0.rooms.isEmpty }) else { return }
    let order = sorted(open(all), ranks)
    if end == .part, caps.allSatisfy({ $0.span == .forGood }) { return inTurnForGood(all, order) }
    var lefts = [Int64](repeating: 0, count: all.count)
    for row in order {
      let i = Int(row)
      let (wanted, day) = (payments.paid[i], payments.dates[i])
      var least = Int64.max, tightest = -1
      for c in all.indices {
        guard let place = all[c].place(i) else { continue }
        lefts[c] = all[c].left(place, on: day)
        if lefts[c] < least { (least, tightest) = (lefts[c], c) }
      }
      var paid = min(wanted, least)
      if paid < wanted {
        if end != .part { paid = 0 }
        payments.cap[i] = all[tightest].groups.name
      }
      for c in all.indices {
        guard let place = all[c].place(i) else { continue }
        if end == .stop, lefts[c] < wanted { all[c].close(place, on: day) }
        all[c].take(paid, of: place, on: day)
      }
      payments.paid[i] = paid
    }
  }

  /// The payments of which some group is full.
  private func open(_ all: [FullGroups]) -> [Int32] {
    var isOpen = [Bool](repeating: false, count: payments.count)
    for groups in all where !groups.rooms.isEmpty { groups.mark(&isOpen) }
    return isOpen.indices.filter { isOpen[$0] }.map { Int32(truncatingIfNeeded: $0) }
  }

  /// The same where what was paid counts for good and what is left is paid: nothing but how much is left of each group
  /// has to be known, one figure for a group.
  private mutating func inTurnForGood(_ full: [FullGroups], _ order: [Int32]) {
    let names = full.map(\.groups.name), groups = full.map(\.groups.group)
    // The groups of all caps one behind another.
    var left: [Int64] = [], first: [Int32] = []
    for cap in full {
      first.append(Int32(truncatingIfNeeded: left.count))
      left += cap.lefts
    }
    // The columns are taken out while they are written to, so that each write is no question of who else has them.
    var (paid, cut) = (payments.paid, payments.cap)
    (payments.paid, payments.cap) = ([], [])
    let block = TurnBlock(caps: names.count)
    left.withUnsafeMutableBufferPointer { left in
      paid.withUnsafeMutableBufferPointer { paid in
        cut.withUnsafeMutableBufferPointer { cut in
          let left = OpenLane(left), paid = OpenLane(paid), cut = OpenLane(cut)
          for start in stride(from: 0, to: order.count, by: TurnBlock.size) {
            order[start..<min(start + TurnBlock.size, order.count)].withUnsafeBufferPointer { rows in
              let rows = Lane(rows)
              block.look(rows, groups, first, paid.read)
              block.pay(rows, left, names, paid, cut)
            }
          }
        }
      }
    }
    (payments.paid, payments.cap) = (paid, cut)
  }
}

/// Some payments that come one after another: what stands far apart in memory is looked up for all of them first.
private final class TurnBlock {
  static var size: Int { 4_096 }

  private let caps: Int
  /// Where the groups of the payments stand, cap by cap.
  private let places: Reserve<Int32>
  private let wanted: Reserve<Int64>

  init(caps: Int) {
    self.caps = caps
    places = Reserve(capacity: TurnBlock.size * caps)
    wanted = Reserve(capacity: TurnBlock.size)
  }

  /// - Parameters:
  ///   - groups: the group of each payment, cap by cap.
  ///   - first: where each cap's groups begin among all.
  func look(_ rows: Lane<Int32>, _ groups: [[Int32]], _ first: [Int32], _ paid: Lane<Int64>) {
    let wanted = wanted.lane
    for k in 0..<rows.count { wanted[k] = paid[Int(rows[k])] }
    for c in 0..<caps {
      let places = places.lane.part(from: c * TurnBlock.size, count: TurnBlock.size), from = first[c]
      groups[c].withUnsafeBufferPointer { group in
        let group = Lane(group)
        for k in 0..<rows.count { places[k] = from &+ group[Int(rows[k])] }
      }
    }
  }

  /// Pays each what the tightest of its groups has left.
  /// - Parameter left: what is left of each group of each cap; the largest number where nothing limits it.
  func pay(
    _ rows: Lane<Int32>, _ left: OpenLane<Int64>, _ names: [Int32], _ paid: OpenLane<Int64>, _ cut: OpenLane<Int32>
  ) {
    let places = places.lane, wanted = wanted.lane
    for k in 0..<rows.count {
      var least = Int64.max, tightest = 0
      for c in 0..<caps {
        let l = left[Int(places[c &* TurnBlock.size &+ k])]
        if l < least { (least, tightest) = (l, c) }
      }
      let given = min(wanted[k], least)
      if given < wanted[k] {
        cut[Int(rows[k])] = names[tightest]
        paid[Int(rows[k])] = given
      }
      if given <= 0 { continue }
      for c in 0..<caps {
        let place = Int(places[c &* TurnBlock.size &+ k]), l = left[place]
        left[place] = l == .max ? l : l - given
      }
    }
  }
}
