// Payments as bytes. What is the same for many of them (the measure, the day, one amount for all, the status) is made
// once
// and copied; only ids are looked up for each (`PaymentBatch`).

import Answers
import Engine
import PolicyLanguage
import Reckoning
import Reports
import View

/// The form of a list's payments.
final class PaymentShape: @unchecked Sendable {
  private let list: PaymentList
  private let form: PaymentWriter.Form
  private let fields: PaymentFields
  private let parts: [PartShape]
  /// `,"displaced_by":"..."}` for each measure of the ledger; only for objects.
  private let displacers: [Piece]
  /// What stands before the subject.
  private let beforeSubject: Piece
  /// What of each part's payments caps have cut, and what then ends a payment; nil where none is cut.
  private let cuts: PaymentCuts?
  /// Whether amounts are written without decimals, as their currency has none. Objects have two all the same.
  private let isWhole: Bool
  /// What all pieces consist of. Never written after `init`, so that pieces stay where they are.
  private let pieces: PieceStore

  /// What is the same for all payments of a part.
  private struct PartShape {
    let beneficiaries: PaymentFields.Source
    let subjects: PaymentFields.Source
    /// Up to the beneficiary.
    let head: Piece
    /// Between subject, date and amount.
    let (beforeDate, beforeAmount): (Piece, Piece)
    /// Where it is one for all.
    let amount: Piece?
    /// From behind the amount to the end, for every standing; what is paid is due here.
    let tails: [Piece]
    /// For what is paid and pending.
    let pending: Piece
    let hasYears: Bool
  }

  /// What becomes of payments, by their standings; what is paid is due or pending.
  private static let statuses: [PaymentList.Status] = (0..<Standing.count).map { raw in
    guard let standing = Standing(rawValue: UInt8(raw)) else {
      Invariant.broken("standings-known: standings go up from nought")
    }
    return switch standing {
    case .paid: .due
    case .displaced: .displaced
    case .overQuota: .overQuota
    case .overCap: .overCap
    case .recovered: .recovered
    case .belowNought: .belowNought
    }
  }

  init(_ list: PaymentList, _ form: PaymentWriter.Form, settings: [ChangedSettings] = []) {
    // What held stands in every record: a record that is copied elsewhere still says it.
    let companion = settings.text(.en).map { "," + PaymentFields.quoted(SpreadsheetText.inert($0)) } ?? ""
    self.list = list
    self.form = form
    let isWhole = form == .csv && AmountWriting.isWhole
    self.isWhole = isWhole
    typealias Key = PaymentColumns
    precondition(
      Key.ofFiles == [
        Key.measure, Key.beneficiary, Key.subject, Key.date, Key.amount, Key.status, Key.upperBound,
      ], "payments are written in the order of their columns")
    let fields = PaymentFields(list, form)
    self.fields = fields
    let store = PieceStore()
    pieces = store
    cuts = list.hasCuts ? PaymentCuts(list, form, fields, store, companion: companion) : nil
    // Where some are cut, what is cut of a payment comes behind all else.
    let (endOfRecord, endOfObject) = list.hasCuts ? ("", "") : (companion + "\r\n", "}")
    let beforeDate: Piece, beforeAmount: Piece
    switch form {
    case .csv:
      (beforeSubject, beforeDate, beforeAmount) = (store.add(","), store.add(","), store.add(","))
      displacers = []
    case .json:
      beforeSubject = store.add(#"","\#(Key.subject)":""#)
      (beforeDate, beforeAmount) = (store.add(#"","\#(Key.date)":""#), store.add(#"","\#(Key.amount)":""#))
      displacers = list.ledger.measures.map {
        store.add(#","\#(Key.displacedBy)":"\#(fields.text($0.id))""# + endOfObject)
      }
    }
    parts = list.parts.map { part in
      let isUpperBound = part.block.isUpperBound
      func tail(_ status: PaymentList.Status) -> Piece {
        switch form {
        case .csv: store.add(",\(status.rawValue),\(isUpperBound)\(endOfRecord)")
        case .json:
          // What displaced a payment comes behind all else.
          store.add(
            #"","\#(Key.status)":"\#(status.rawValue)","\#(Key.upperBound)":\#(isUpperBound)"#
              + (status == .displaced ? "" : endOfObject))
        }
      }
      let head =
        switch form {
        case .csv: store.add(Harmless.text(part.measure.id) + ",")
        case .json:
          store.add(
            #",{"\#(Key.measure)":"\#(fields.text(part.measure.id))","\#(Key.beneficiary)":""#)
        }
      var amount: Piece?
      if part.amounts.count == 1 {
        var block = ByteBlock(capacity: 32)
        block.append(fen: part.amounts[0], isWhole: isWhole)
        amount = store.add(String(decoding: block.contents, as: UTF8.self))
      }
      return PartShape(
        beneficiaries: PaymentFields.Source(part.block.beneficiarySpace, list.ledger.dataset),
        subjects: PaymentFields.Source(part.block.subjectSpace, list.ledger.dataset), head: head,
        beforeDate: beforeDate,
        beforeAmount: beforeAmount, amount: amount,
        tails: PaymentShape.statuses.map(tail), pending: tail(.pending),
        hasYears: !part.years.isEmpty)
    }
  }

  /// Appends the payments at some places of the order.
  func write(_ order: PaymentOrder, _ places: Range<Int>, _ out: inout ByteBlock) {
    var batch = PaymentBatch()
    var endings = Endings(parts.count)
    var stretch = PaymentShape.stretch(of: places.lowerBound, order.days)
    order.numbers.withUnsafeBufferPointer { numbers in
      parts.withUnsafeBufferPointer { shapes in
        var location = places.lowerBound
        while location < places.upperBound {
          while order.days[stretch].end <= location { stretch += 1 }
          let day = order.days[stretch]
          let end = min(day.end, places.upperBound, location + PaymentBatch.limit)
          batch.take(numbers[location..<end], list.parts, fields) { (shapes[$0].beneficiaries, shapes[$0].subjects) }
          endings.begin(day.day, isDue: list.ledger.isDue(day.day))
          for i in 0..<(end - location) { write(batch[i], shapes, &endings, isFirst: location + i == 0, &out) }
          location = end
        }
      }
    }
  }

  /// Appends one payment.
  @inline(__always)
  private func write(
    _ item: PaymentBatch.Item, _ shapes: UnsafeBufferPointer<PartShape>, _ endings: inout Endings, isFirst: Bool,
    _ out: inout ByteBlock
  ) {
    let part = Int(item.part)
    let shape = shapes[part]
    let head = shape.head
    // An object has a comma before each payment but the first.
    if isFirst, form == .json { out.append(head.start + 1, head.count - 1) } else { out.append(head.start, head.count) }
    fields.append(item.beneficiary, nil, of: shape.beneficiaries, to: &out)
    out.append(beforeSubject.start, beforeSubject.count)
    fields.append(item.subject, shape.hasYears ? item.year : nil, of: shape.subjects, to: &out)
    let isDisplaced = item.standing == Standing.displaced.rawValue
    let ending = endings.ending(part, Int(item.standing), shape)
    out.append(endings.start(ending), ending.before)
    if shape.amount == nil { out.append(fen: item.amount, isWhole: isWhole) }
    out.append(endings.start(ending) + ending.before, ending.after)
    if isDisplaced, form == .json {
      if displacers.indices.contains(Int(item.displacer)) {
        let piece = displacers[Int(item.displacer)]
        out.append(piece.start, piece.count)
      } else if cuts == nil {
        out.append("}")
      }
    }
    cuts?.write(part, Int(item.row), &out)
  }

  /// The stretch in which a place lies.
  private static func stretch(of location: Int, _ days: [PaymentOrder.Stretch]) -> Int {
    var (low, high) = (0, max(days.count - 1, 0))
    while low < high {
      let middle = (low + high) / 2
      if days[middle].end <= location { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What stands behind the subjects of one day, made for each part when it is first wanted.
  private struct Endings: ~Copyable {
    /// Where an ending lies: what comes before an amount of a payment's own, and what comes behind it. Where the amount
    /// is
    /// the same for all, everything comes before.
    struct Ending {
      var location = -1
      var before = 0
      var after = 0
    }

    /// For every standing of each part.
    private var known: [Ending]
    private var bytes = ByteBlock(capacity: 4096)
    private var day: Int32?
    private var text: [UInt8] = []
    private var isDue = true

    init(_ parts: Int) { known = Array(repeating: Ending(), count: Standing.count * parts) }

    mutating func begin(_ day: Int32, isDue: Bool) {
      guard day != self.day else { return }
      self.day = day
      self.isDue = isDue
      text = Array(Day(number: day).text.utf8)
      bytes.clear()
      for i in known.indices { known[i].location = -1 }
    }

    @inline(__always)
    mutating func ending(_ part: Int, _ standing: Int, _ shape: PartShape) -> Ending {
      let ending = known[Standing.count * part + standing]
      return ending.location >= 0 ? ending : make(part, standing, shape)
    }

    func start(_ ending: Ending) -> UnsafePointer<UInt8> { UnsafePointer(bytes.bytes + ending.location) }

    @inline(never)
    private mutating func make(_ part: Int, _ standing: Int, _ shape: PartShape) -> Ending {
      let tail = standing == Int(Standing.paid.rawValue) && !isDue ? shape.pending : shape.tails[standing]
      var ending = Ending(location: bytes.count)
      bytes.append(shape.beforeDate.start, shape.beforeDate.count)
      bytes.append(text)
      bytes.append(shape.beforeAmount.start, shape.beforeAmount.count)
      if let amount = shape.amount {
        bytes.append(amount.start, amount.count)
      } else {
        ending.before = bytes.count - ending.location
      }
      bytes.append(tail.start, tail.count)
      let count = bytes.count - ending.location
      if shape.amount == nil { ending.after = count - ending.before } else { ending.before = count }
      known[Standing.count * part + standing] = ending
      return ending
    }
  }
}

/// Bytes that stay where they are as long as their store lives.
struct Piece {
  let start: UnsafePointer<UInt8>
  let count: Int
}

/// Memory for pieces.
final class PieceStore {
  private var memory: [UnsafeMutablePointer<UInt8>] = []

  func add(_ text: String) -> Piece {
    let bytes = Array(text.utf8)
    let start = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    start.update(from: bytes, count: bytes.count)
    memory.append(start)
    return Piece(start: UnsafePointer(start), count: bytes.count)
  }

  deinit { for start in memory { start.deallocate() } }
}
