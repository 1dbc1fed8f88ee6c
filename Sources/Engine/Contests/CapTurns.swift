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

  mutating func left(_ place: Int, on day: Int32) -> Int64 { rooms[place].left(on: day) }
  mutating func close(_ place: Int, on day: Int32) { rooms[place].close(on: day) }
  mutating func take(_ fen: Int64, of place: Int, on day: Int32) { rooms[place].take(fen, on: day) }
}

extension CapJob {
  /// Cuts payments to what caps in turn leave them, all caps at once.
  mutating func inTurn(_ caps: [CapGroups], _ ranks: [(Int) -> Int64], _ end: CapEnd) {
    var all = caps.map { FullGroups($0, full($0)) }
    guard all.contains(where: { !$0.rooms.isEmpty }) else { return }
    var open: [Int32] = []
    for i in 0..<payments.count where all.contains(where: { $0.place(i) != nil }) {
      open.append(Int32(truncatingIfNeeded: i))
    }
    let order = sorted(open, ranks)
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

  /// The same where what was paid counts for good and what is left is paid: nothing but how much is left of each group
  /// has to be known, one figure for a group.
  private mutating func inTurnForGood(_ full: [FullGroups], _ order: [Int32]) {
    let caps = full.map(\.groups)
    // The groups of all caps one behind another.
    var left: [Int64] = [], first: [Int] = []
    for cap in full {
      first.append(left.count)
      left += cap.lefts
    }
    // The columns are taken out while they are written to, so that each write is no question of who else has them.
    var (paid, cut) = (payments.paid, payments.cap)
    (payments.paid, payments.cap) = ([], [])
    let block = 4_096
    // Where the groups of a block of payments stand, cap by cap.
    var places = [Int](repeating: 0, count: block * caps.count)
    for start in stride(from: 0, to: order.count, by: block) {
      let count = min(block, order.count - start)
      for c in caps.indices {
        let group = caps[c].group, from = first[c]
        for k in 0..<count { places[c * block + k] = from + Int(group[Int(order[start + k])]) }
      }
      for k in 0..<count {
        var least = Int64.max, tightest = 0
        for c in caps.indices where left[places[c * block + k]] < least {
          (least, tightest) = (left[places[c * block + k]], c)
        }
        let i = Int(order[start + k]), wanted = paid[i]
        let given = min(wanted, least)
        if given < wanted { cut[i] = caps[tightest].name }
        paid[i] = given
        if given <= 0 { continue }
        for c in caps.indices where left[places[c * block + k]] != .max { left[places[c * block + k]] -= given }
      }
    }
    (payments.paid, payments.cap) = (paid, cut)
  }
}
