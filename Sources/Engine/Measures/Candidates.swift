// What one `pay` clause reckons, in columns, before it is entered into the ledger. Knows nothing of how it is reckoned.
import Facts

/// What one `pay` clause reckons, before once-only rules and quotas.
struct Candidates: Sendable {
  var frames: [Int32] = []
  /// For payments for members: their rows; else empty.
  var members: [Int32] = []
  /// For payments for frames: the records or texts that the frames are of; else empty.
  var subjects: [Int32] = []
  var beneficiaries: [Int32] = []
  /// Accrual dates; empty where they are worked out when somebody asks (`late`).
  var dates: [Int32] = []
  var late: LateDates?
  /// Fen, or units where the amount hangs on a missing value; one for all where `constant`.
  var amounts: [Int64] = []
  var constant: Int64?
  var standings: [UInt8] = []
  /// The measure that each gives way to, by its index in the ledger, or -1; empty where none does.
  var displacedBy: [Int32] = []
  /// What was asked for before a cap cut it (fen), 0 where none did; empty where none was cut.
  var claimed: [Int64] = []
  /// The cap that cut each: a cap of the measure's by its place, a limit by its code, or -1.
  var cappedBy: [Int32] = []
  /// What each source of money bears of each, where the cap of a source decides it: the last thing that is decided.
  var borne: BorneParts?
  let clause: Int
  let beneficiarySpace: Space
  /// The list of members, for payments for members.
  let memberList: Int?
  var missing: [String] = []
  var unitsAreMonths = false
  var low: Int64?
  /// In place of all columns: one rate for the members of frames, not made one by one yet.
  var common: CommonRate?

  func amount(_ i: Int) -> Int64 { constant ?? amounts[i] }
  var count: Int { common?.count ?? frames.count }
  /// What a payment is for: a member's row, or that of the record or text that its frame is of.
  func subject(_ i: Int, base: [Int32]) -> Int32 { memberList == nil ? base[Int(frames[i])] : members[i] }

  /// Whether nothing has become of a payment yet.
  func isPaid(_ i: Int) -> Bool { standings.isEmpty || standings[i] == Standing.paid.rawValue }

  /// Says what became of a payment.
  mutating func stand(_ i: Int, as standing: Standing) {
    if standings.isEmpty { standings = Array(repeating: Standing.paid.rawValue, count: count) }
    standings[i] = standing.rawValue
  }

  /// Says that another measure is paid in place of a payment.
  mutating func giveWay(_ i: Int, to measure: Int) {
    if displacedBy.isEmpty { displacedBy = Array(repeating: -1, count: count) }
    displacedBy[i] = Int32(truncatingIfNeeded: measure)
    stand(i, as: .displaced)
  }

  /// The same with its columns made.
  func oneByOne() -> Candidates {
    guard let common else { return self }
    var made = self
    made.common = nil
    (made.members, made.frames, made.dates, made.beneficiaries) = common.columns
    return made
  }

  mutating func keep(_ test: (Int) -> Bool) {
    var c = 0
    let many = constant == nil
    for i in frames.indices where test(i) {
      frames[c] = frames[i]
      if !members.isEmpty { members[c] = members[i] }
      if !subjects.isEmpty { subjects[c] = subjects[i] }
      beneficiaries[c] = beneficiaries[i]
      if late == nil { dates[c] = dates[i] }
      if many { amounts[c] = amounts[i] }
      if !standings.isEmpty { standings[c] = standings[i] }
      if !displacedBy.isEmpty { displacedBy[c] = displacedBy[i] }
      if !claimed.isEmpty { (claimed[c], cappedBy[c]) = (claimed[i], cappedBy[i]) }
      c += 1
    }
    let drop = frames.count - c
    frames.removeLast(drop)
    if !members.isEmpty { members.removeLast(drop) }
    if !subjects.isEmpty { subjects.removeLast(drop) }
    beneficiaries.removeLast(drop)
    if late == nil { dates.removeLast(drop) }
    if many { amounts.removeLast(drop) }
    if !standings.isEmpty { standings.removeLast(drop) }
    if !displacedBy.isEmpty { displacedBy.removeLast(drop) }
    if !claimed.isEmpty {
      claimed.removeLast(drop)
      cappedBy.removeLast(drop)
    }
  }
}
