// The members of a set: how many each frame has, and, once somebody asks, their rows. A budget asks for counts; rows
// are made for lists, explanations, rankings and the like.
import Facts
import PolicyLanguage

/// Members one by one, each with its frame and the date on which it counts.
struct MemberRows: Sendable {
  var rows: [Int32] = []
  var frames: [Int32] = []
  var dates: [Int32] = []

  /// Keeps the members for which `test` holds of their position.
  mutating func keep(_ test: (Int) -> Bool) {
    var c = 0
    for k in rows.indices where test(k) {
      rows[c] = rows[k]
      frames[c] = frames[k]
      dates[c] = dates[k]
      c += 1
    }
    rows.removeLast(rows.count - c)
    frames.removeLast(frames.count - c)
    dates.removeLast(dates.count - c)
  }
}

/// The members of a set. Made once; safe to be asked by several threads.
final class Members: @unchecked Sendable {
  let list: Int
  /// Whether a worker's members have been joined.
  let byPerson: Bool
  /// Records that are not counted because another of their person's is. What is open about a frame is open about each
  /// of them (semantics, "Persons and hires").
  let joined: MemberRows
  private let scan: MemberScan?
  /// That of the evaluator where members are still to be worked out: what waits for one must not hold the other.
  private let lock: Lock
  private var made: MemberRows?
  private var counted: [Int32]?
  private var due: (day: Int32, counts: [Int32])?

  /// Members that are known one by one.
  init(list: Int, _ rows: MemberRows = MemberRows(), byPerson: Bool = false, joined: MemberRows = MemberRows()) {
    self.list = list
    self.joined = joined
    self.byPerson = byPerson
    scan = nil
    lock = Lock()
    made = rows
  }

  /// Members that have been counted only.
  init(list: Int, _ scan: MemberScan, counts: [Int32], byPerson: Bool) {
    self.list = list
    joined = MemberRows()
    self.byPerson = byPerson
    self.scan = scan
    lock = scan.evaluator.late
    counted = counts
  }

  /// The members one by one, made when they are first asked for.
  var all: MemberRows {
    lock.hold {
      if let made { return made }
      let rows = scan?.rows() ?? MemberRows()
      made = rows
      return rows
    }
  }
  var rows: [Int32] { all.rows }
  var frames: [Int32] { all.frames }
  var dates: [Int32] { all.dates }

  /// How many members each of so many frames has.
  func counts(_ frames: Int) -> [Int32] {
    lock.hold {
      if let counted { return counted }
      var counts = [Int32](repeating: 0, count: frames)
      for f in made?.frames ?? [] { counts[Int(f)] &+= 1 }
      counted = counts
      return counts
    }
  }

  /// How many members of each frame count up to a day, that day included.
  func counts(_ frames: Int, upTo day: Int32) -> [Int32] {
    lock.hold {
      if let due, due.day == day { return due.counts }
      var counts = [Int32](repeating: 0, count: frames)
      if let made {
        for k in made.rows.indices where made.dates[k] <= day { counts[Int(made.frames[k])] &+= 1 }
      } else if let scan, isDated {
        counts = scan.counts(upTo: day)
      } else {
        let all = all
        for k in all.rows.indices where all.dates[k] <= day { counts[Int(all.frames[k])] &+= 1 }
      }
      due = (day, counts)
      return counts
    }
  }

  /// Whether every member is sure to count on some day, without looking at one.
  var isDated: Bool { scan.map { !$0.date.mayBeAbsent } ?? false }

  /// About how many bytes the members take.
  var bytes: Int {
    lock.hold { ((made?.rows.count ?? 0) + joined.rows.count) * 12 + (counted?.count ?? 0) * 4 }
  }
}

/// How a set's members are read from its list.
final class MemberScan: @unchecked Sendable {
  let evaluator: Evaluator
  let request: CountRequest
  /// Everything that a member meets.
  let condition: Node
  let date: Node
  let finder: FrameFinder
  /// Whether members of a frame are members: what it looks at does not fit where it is false.
  let keeps: [Bool]

  init(
    evaluator: Evaluator, request: CountRequest, condition: Node, date: Node, finder: FrameFinder, keeps: [Bool]
  ) {
    self.evaluator = evaluator
    self.request = request
    self.condition = condition
    self.date = date
    self.finder = finder
    self.keeps = keeps
  }

  func rows() -> MemberRows {
    evaluator.late.hold {
      evaluator.members(
        condition, link: request.slots.link, year: request.slots.year, date: date, count: request.rows, finder,
        keeps: keeps)
    }
  }

  func counts(upTo day: Int32) -> [Int32] {
    evaluator.late.hold {
      let counts = evaluator.count(request.only(condition, date: date, upTo: day))
      return counts.byFrame(0, request.slots, finder, keeps)
    }
  }
}
