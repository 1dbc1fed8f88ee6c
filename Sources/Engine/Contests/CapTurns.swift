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

extension CapJob {
  /// Cuts payments to what caps in turn leave them, all caps at once.
  mutating func inTurn(_ caps: [CapGroups], _ ranks: [(Int) -> Int64], _ end: CapEnd) {
    let fulls = caps.map { full($0) }
    guard fulls.contains(where: { $0.contains(true) }) else { return }
    var rooms = caps.map { cap in cap.room.map { CapRoom($0, cap.span) } }
    let open = (0..<payments.count).filter { i in caps.indices.contains { fulls[$0][Int(caps[$0].group[i])] } }
    for i in sorted(open, ranks) {
      let (wanted, day) = (payments.paid[i], payments.dates[i])
      let mine = caps.indices.filter { fulls[$0][Int(caps[$0].group[i])] }
      let left = mine.map { rooms[$0][Int(caps[$0].group[i])].left(on: day) }
      var paid = min(wanted, left.min() ?? wanted)
      if paid < wanted {
        if end != .part { paid = 0 }
        let tightest = zip(mine, left).min { $0.1 < $1.1 }?.0
        if let tightest { payments.cap[i] = caps[tightest].name }
      }
      for (c, l) in zip(mine, left) {
        if end == .stop, l < wanted { rooms[c][Int(caps[c].group[i])].close(on: day) }
        rooms[c][Int(caps[c].group[i])].take(paid, on: day)
      }
      payments.paid[i] = paid
    }
  }
}
