// What holds of every ledger, whatever the programme and the facts. Lengths and numbers of blocks are looked at after
// every run; every payment in debug builds, so in every test.
import Facts
import PolicyLanguage
import Reckoning

extension Ledger {
  /// Stops the run where the ledger contradicts itself or the programme.
  func check() {
    for block in blocks { checkShape(block) }
    checkBesides()
    if Invariant.isChecked {
      for block in blocks { checkPayments(block) }
      checkRecovered()
    }
  }

  // MARK: Always

  private func checkShape(_ block: PaymentBlock) {
    Invariant.holds(
      measures.indices.contains(block.measure) && measures[block.measure].form == .measure,
      "block-of-measure: a block's payments are those of a measure of the programme")
    let name = measures[block.measure].id
    Invariant.holds(
      measures[block.measure].clauses.contains(block.clause),
      "block-of-clause: a block is one clause of its measure that pays or takes back (\(name))")
    Invariant.holds(block.count > 0, "block-not-empty: a block has payments (\(name))")
    Invariant.holds(
      block.amounts.count == 1 || block.amounts.count == block.count,
      "amounts-of-block: a block has one amount for all payments, or one each (\(name))")
    Invariant.holds(
      block.standings.isEmpty || block.standings.count == block.count,
      "standings-of-block: a block has a standing for each payment, or for none (\(name))")
    Invariant.holds(
      block.displacedBy.isEmpty || block.displacedBy.count == block.count,
      "displaced-of-block: a block says of each payment what displaces it, or of none (\(name))")
    Invariant.holds(
      block.years.isEmpty || block.years.count == block.count,
      "years-of-block: a block has a year for each payment, or for none (\(name))")
  }

  private func checkBesides() {
    func isPart(_ measure: Int) -> Bool { measures.indices.contains(measure) }
    for grant in grants {
      Invariant.holds(
        isPart(grant.measure) && !measures[grant.measure].grants.isEmpty,
        "grant-of-programme: what is granted is granted by a measure of the programme that grants")
    }
    for duty in duties {
      Invariant.holds(
        isPart(duty.measure) && measures[duty.measure].form == .duty,
        "duty-of-programme: how a duty stands is said of a duty of the programme")
      Invariant.holds(
        duty.failingFrames.count + duty.unknownFrames.count <= duty.checked,
        "duty-counts: no more fail or cannot be judged than were looked at (\(measures[duty.measure].id))")
    }
    for u in unpriced {
      Invariant.holds(
        isPart(u.measure) && u.units > 0 && !u.missing.isEmpty,
        "unpriced-counts: what is unpriced is some units of a measure, for want of some value")
    }
    for u in undetermined {
      Invariant.holds(
        isPart(u.measure) && u.count > 0 && u.subjects.count <= u.count,
        "undetermined-counts: somebody is undetermined, and no more are named than there are")
    }
    for e in elsewhere {
      Invariant.holds(
        isPart(e.measure) && e.count > 0 && e.subjects.count <= e.count,
        "elsewhere-counts: somebody is governed elsewhere, and no more are named than there are")
    }
  }

  // MARK: In debug builds

  /// Payments that are known by frame only are made to be looked at where they are few: making millions would be
  /// another run.
  private func checkPayments(_ block: PaymentBlock) {
    checkFrames(block)
    guard block.isMade || block.count <= 10_000 else { return }
    let name = measures[block.measure].id
    let subjects = block.subjects, beneficiaries = block.beneficiaries
    Invariant.holds(
      subjects.count == block.count && beneficiaries.count == block.count && block.frames.count == block.count,
      "columns-of-block: a block's columns are as long as it has payments (\(name))")
    let subjectCount = dataset.count(of: block.subjectSpace), payeeCount = dataset.count(of: block.beneficiarySpace)
    for i in 0..<block.count {
      Invariant.holds(
        subjects[i] >= 0 && Int(subjects[i]) < subjectCount,
        "subject-in-table: what is paid for is in the facts (\(name), payment \(i))")
      Invariant.holds(
        beneficiaries[i] >= 0 && Int(beneficiaries[i]) < payeeCount,
        "beneficiary-in-table: who is paid is in the facts (\(name), payment \(i))")
      checkSign(block, i, name)
      checkDisplaced(block, i, name)
      checkBorne(block, i, name)
    }
    checkCounts(block, name)
  }

  /// What is paid, or would be, is above nought; what is taken back, or comes out below nought, is below.
  private func checkSign(_ block: PaymentBlock, _ i: Int, _ name: String) {
    let standing = block.standing(i), amount = block.amount(i)
    let isBelow = standing == .recovered || standing == .belowNought
    Invariant.holds(
      isBelow ? amount < 0 : amount > 0, "payment-above-zero: nothing and less is no payment (\(name), payment \(i))")
    Invariant.holds(
      (standing == .recovered) == !measures[block.measure].pays.indices.contains(block.clause),
      "recovered-by-recovery: what is taken back, and nothing else, is of a recovery (\(name), payment \(i))")
  }

  /// What the sources bear of a payment is its amount.
  private func checkBorne(_ block: PaymentBlock, _ i: Int, _ name: String) {
    guard let borne = block.borne else { return }
    Invariant.holds(
      borne.fen.reduce(Int64(0)) { $0 + $1[i] } == block.amount(i),
      "borne-of-payment: what the sources bear of a payment is its amount (\(name), payment \(i))")
  }

  /// Of a measure no more is taken back than it has paid.
  private func checkRecovered() {
    var sums: [Int: Int128] = [:]
    for block in blocks where !measures[block.measure].recoveries.isEmpty {
      guard block.isMade || block.count <= 10_000 else { return }
      for i in 0..<block.count where block.standing(i).isInTotal {
        sums[block.measure, default: 0] += Int128(block.amount(i))
      }
    }
    for (measure, sum) in sums {
      Invariant.holds(
        sum >= 0, "recovered-of-paid: no more is taken back than was paid (\(measures[measure].id))")
    }
  }

  /// Where payments are known by frame, the frames have as many as the block.
  private func checkFrames(_ block: PaymentBlock) {
    var sum = 0
    guard block.forEachCount({ _, count in sum += count }) else { return }
    Invariant.holds(
      sum == block.count, "frames-of-block: the frames' payments add up (\(measures[block.measure].id))")
  }

  private func checkDisplaced(_ block: PaymentBlock, _ i: Int, _ name: String) {
    guard !block.displacedBy.isEmpty, block.displacedBy[i] != -1 else { return }
    let by = Int(block.displacedBy[i])
    Invariant.holds(
      block.standing(i) == .displaced && measures.indices.contains(by) && measures[by].form == .measure
        && by != block.measure,
      "displaced-by-measure: what stands instead of a displaced payment is another measure (\(name), payment \(i))")
  }

  /// What has been counted of a block is what one counts in it, and everything paid is due or pending.
  private func checkCounts(_ block: PaymentBlock, _ name: String) {
    let dates = settings.asOf == nil ? [] : block.dates
    Invariant.holds(
      dates.isEmpty || dates.count == block.count,
      "dates-of-block: a block has an accrual date for each payment (\(name))")
    var found = StandingCounts()
    var total: Int64 = 0, due: Int64 = 0, pending: Int64 = 0
    for i in 0..<block.count {
      let standing = block.standing(i), isDue = dates.isEmpty || self.isDue(dates[i])
      found.add(standing, isDue: isDue)
      guard standing.isInTotal else { continue }
      total &+= block.amount(i)
      if isDue { due &+= block.amount(i) } else { pending &+= block.amount(i) }
    }
    Invariant.holds(
      total == due &+ pending, "total-due-pending: what is paid is what is due and what is pending (\(name))")
    Invariant.holds(
      block.standingCounts(lastDue: settings.asOf?.number) == found,
      "counts-of-block: what has been counted of a block is what stands in it (\(name))")
  }
}

extension CheckedMeasure {
  /// The clauses that pay or take back, by their numbers in blocks: payments first, recoveries behind them.
  var clauses: Range<Int> { 0..<pays.count + recoveries.count }
}

extension Dataset {
  /// How many beneficiaries or subjects there can be in a space.
  func count(of space: Space) -> Int {
    switch space {
    case .list(let i): tables[i].count
    case .text: texts.count
    case .district: places.count
    }
  }
}
