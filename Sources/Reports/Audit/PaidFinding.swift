// What an audit finds: of a line of a list of payments, and of a payment that is due and in no line. Knows nothing of
// how it is found, or of how it is worded.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// What becomes of a line, or of a payment that no line is.
package enum PaidFinding: String, CaseIterable, Sendable {
  /// Paid as it is due.
  case asDue = "as_due"
  /// Paid before the day on which it becomes due.
  case early = "paid_early"
  /// The amount is right, the day is another.
  case otherDate = "other_date"
  case otherAmount = "other_amount"
  case twice = "paid_twice"
  /// Paid and reversed, paid again perhaps, or the reversal of it: it is no payment, and nothing is taken back.
  case reversed
  case notDue = "not_due"
  /// Facts are missing, so that nobody can say whether it is due.
  case undetermined
  /// The line can be understood in several ways, or not at all.
  case unclear
  /// Nobody in the facts is called so.
  case nobody = "matches_nobody"
  /// Due, and in no line.
  case unpaid = "not_paid"

  /// Whether something is wrong, or may be.
  package var isRemarkable: Bool { self != .asDue && self != .reversed }
}

/// Why a line is found to be what it is.
package enum PaidReason: Sendable {
  /// A line has paid the same, fen.
  case paidInLine(PaidRegister.Place, fen: Int64)
  /// A line of the list was reversed by a second, and paid again in a third where there is one.
  case reversed(PaidRegister.Place, by: PaidRegister.Place, again: PaidRegister.Place?)
  /// What is due has been paid by these lines already, fen.
  case usedUp(lines: [PaidRegister.Place], due: Int64)
  /// It was reckoned and not paid.
  case standing(PaymentList.Status, by: CheckedMeasure?)
  /// What fails for a record, or cannot be judged.
  case conditions([Derivation], for: String)
  /// Under which measures nothing stands in the way that the line names.
  case otherMeasures([CheckedMeasure])
  /// The payments go to others.
  case otherPayee([String])
  /// The measure looks at other records.
  case otherRecords
  /// The measure hangs on values that nobody has supplied.
  case unpriced([String])
  case unknownMeasure(String, nearest: [String])
  case severalMeasures([CheckedMeasure])
  case severalPeople([String])
  /// The number is that of somebody of another name, and the name is somebody else's.
  case numberOfAnother(String)
  /// The name is known under another number.
  case otherNumber
  /// The facts have the number under another name.
  case nameInFacts(String)
  case nameless
  case noAmount
  /// The line says that nothing was paid.
  case nothingPaid
  case unreadable
  /// So many payments are due, each of another amount, and nothing says which is meant.
  case severalDue(Int)
  case notInFacts(String, nearest: [String])
  /// The digits that the line shows of a number are those of these people.
  case digitsOf([String])
  /// It was paid into the account of somebody whom nothing is due to.
  case heldBy(String)
  /// Days after the day on which it became due; below nought: before.
  case days(Int)
  /// The same of one line for several payments that became due on different days: of the last of them and the first.
  case daysBetween(least: Int, most: Int)
  /// One line for so many payments.
  case together(Int)
  /// One of several lines that together are what is due, or another amount; fen of both.
  case instalments([PaidRegister.Place], paid: Int64, due: Int64)
  /// Lines that are not clear and may be it.
  case mayBe([PaidRegister.Place])
  case dueOn(Day)
  /// Nothing is to be taken back: the measure has a rule for it that asks otherwise, or none.
  case nothingToRecover(hasRule: Bool)
}

/// What a line is of one payment that is due.
package struct PaidPart: Sendable, Hashable {
  /// The day on which the payment became due.
  package let dueOn: Day
  /// Fen that are due of it.
  package let fen: Int64
  /// Whether the payment counts with this line: no other has paid of it before, and it takes nothing back.
  package let counts: Bool
}

/// One finding.
package struct PaidEntry: Sendable {
  package private(set) var finding: PaidFinding
  /// The line of the list; nil for what is in none.
  package let line: PaidRegister.Line?
  /// The measure; nil where the line does not say and nothing else does.
  package let measure: CheckedMeasure?
  /// Who gets what is due, or whom the line names, as an id or a name.
  package let beneficiary: String
  /// What it is for, as an id; empty where nothing is due.
  package let subject: String
  /// The day on which it became due; nil where nothing is due, or several days are meant.
  package let dueOn: Day?
  /// Fen that were paid; below nought where they were taken back.
  package let paid: Int64
  /// Fen that were due for it; below nought where they are to be taken back.
  package let due: Int64
  package var reasons: [PaidReason]
  /// The payments that the line is, or of which it is a part, in the order of their days; none where nothing is due.
  package var parts: [PaidPart] = []

  /// The same as one of two lines that come to nothing together.
  func reversed(_ line: PaidRegister.Place, by other: PaidRegister.Place) -> PaidEntry {
    var entry = self
    (entry.finding, entry.reasons) = (.reversed, [.reversed(line, by: other, again: nil)])
    return entry
  }

  /// Whether it is about what is taken back.
  package var isRecovery: Bool { finding != .reversed && (paid < 0 || due < 0) }
}

/// Payments of a list added up: what was paid adds up by its findings, and so does what is due. What is taken back is
/// added up by itself, as amounts above nought.
package struct PaidSums: Sendable, Hashable {
  /// How many lines there are.
  package var lines = 0
  /// Everything in fen.
  package var paid: Int64 = 0
  /// Paid and due.
  package var matched: Int64 = 0
  /// Above what was due for the same payment.
  package var tooMuch: Int64 = 0
  package var twice: Int64 = 0
  package var notDue: Int64 = 0
  /// Nobody can say: unclear, undetermined, or paid to nobody who is known.
  package var open: Int64 = 0
  package var due: Int64 = 0
  /// Below what was due for the same payment.
  package var tooLittle: Int64 = 0
  package var unpaid: Int64 = 0

  /// Nothing.
  package init() {}

  /// Adds one finding.
  package mutating func add(_ entry: PaidEntry) {
    // What was reversed and what reverses it come to nothing together.
    if entry.finding == .reversed {
      lines += 1
      return
    }
    let (entryPaid, entryDue) = (abs(entry.paid), abs(entry.due))
    let both = min(entryPaid, entryDue)
    if entry.line != nil { lines += 1 }
    paid = Amounts.add(paid, entryPaid)
    due = Amounts.add(due, entryDue)
    let rest = Amounts.add(entryPaid, -both)
    switch entry.finding {
    case .asDue, .early, .otherDate, .otherAmount:
      matched = Amounts.add(matched, both)
      tooMuch = Amounts.add(tooMuch, rest)
      tooLittle = Amounts.add(tooLittle, Amounts.add(entryDue, -both))
    case .twice: twice = Amounts.add(twice, entryPaid)
    case .notDue: notDue = Amounts.add(notDue, entryPaid)
    case .undetermined, .unclear, .nobody: open = Amounts.add(open, entryPaid)
    case .unpaid: unpaid = Amounts.add(unpaid, entryDue)
    case .reversed: break
    }
  }

  /// What is wrong, or may be.
  var wrong: Int64 { [tooMuch, twice, notDue, open, tooLittle, unpaid].reduce(0, Amounts.add) }

  /// Stops the run where the parts are not the whole.
  func check() {
    Invariant.holds(
      paid == [matched, tooMuch, twice, notDue, open].reduce(0, Amounts.add)
        && due == [matched, tooLittle, unpaid].reduce(0, Amounts.add),
      "audits-add-up: what was paid is the sum of its findings, and so is what is due.")
  }
}
