// Payments for other programs, as CSV or as one object of JSON, in blocks of bytes. Threads share the blocks, and while
// one
// of them hands over what is done the others go on. The bytes are the same for any number of threads and any size of
// blocks.

import Answers
import Reports
import Synchronization
import View

/// Writes the payments of a list.
struct PaymentWriter: Sendable {
  enum Form: Sendable {
    case csv
    case json
  }

  let list: PaymentList
  let form: Form
  /// About how many bytes are handed over at once.
  var blockSize = 1 << 20
  /// How many threads share the work; nil: as many as shared the run.
  var threads: Int?

  init(_ list: PaymentList, as form: Form) {
    self.list = list
    self.form = form
  }

  /// Writes the payments, with what stands before and behind them.
  /// - Parameter request: its form is not looked at; that of the writer holds.
  func write(_ request: AnswerStream.Request, to sink: AnswerStream.Sink) throws {
    let limit = form == .json ? max(request.limit ?? .max, 0) : .max
    guard let order = list.order(first: limit, threads: threads, isCancelled: request.isCancelled) else {
      throw AnswerStream.Interrupted()
    }
    let total = min(list.count, limit)
    try hand(
      form == .csv
        ? (PaymentColumns.keys(hasCuts: list.hasCuts)
          + (request.settings.text(.en) == nil ? [] : [[ChangedSettings].heading]))
          .joined(separator: ",") + "\r\n" : #"{"kind":"payments","payments":["#, sink)
    try write(order, total, request, sink)
    guard form == .json else { return }
    let cut = total < list.count ? #","cut":{"payments":{"shown":\#(total),"of":\#(list.count)}}"# : ""
    try hand("]\(request.settings.isEmpty ? "" : request.settings.member)\(cut)}\n", sink)
  }

  private func hand(_ text: String, _ sink: AnswerStream.Sink) throws {
    var text = text
    try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) }
  }

  /// Makes waves of blocks; what one wave has made is handed over while the next is being made.
  private func write(_ order: PaymentOrder, _ total: Int, _ request: AnswerStream.Request, _ sink: AnswerStream.Sink)
    throws
  {
    let threads = max(1, min(threads ?? list.ledger.settings.threads, 64))
    let size = max(1, blockSize / (form == .csv ? 80 : 180))
    let blocks = (total + size - 1) / size
    let wave = min(threads == 1 ? 1 : 4 * threads, max(blocks, 1))
    let rooms = UnsafeMutablePointer<ByteBlock>.allocate(capacity: 2 * wave)
    for i in 0..<(2 * wave) { (rooms + i).initialize(to: ByteBlock(capacity: blockSize + blockSize / 4)) }
    defer {
      rooms.deinitialize(count: 2 * wave)
      rooms.deallocate()
    }
    let shape = PaymentShape(list, form, settings: request.settings)
    let isStopped = Atomic(false)
    var failure: (any Error)?
    var (first, done) = (0, 0)
    // Waves take turns with the two halves of the rooms.
    var half = 0
    while done < blocks {
      let made = first..<min(first + wave, blocks)
      let ready = done..<first
      // Only one thread at a time hands blocks over, and nobody looks at the failure until all are done.
      Team.share(made.count + 1, threads: threads) { job in
        if job > 0 {
          if request.isCancelled() { return isStopped.store(true, ordering: .relaxed) }
          let number = made.lowerBound + job - 1
          let room = rooms + half * wave + job - 1
          room.pointee.clear()
          shape.write(order, (number * size)..<min((number + 1) * size, total), &room.pointee)
          return
        }
        do {
          for number in ready {
            if request.isCancelled() { throw AnswerStream.Interrupted() }
            try sink(rooms[(1 - half) * wave + number - ready.lowerBound].contents)
            request.progress?(Double(number + 1) / Double(blocks))
          }
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      if isStopped.load(ordering: .relaxed) { throw AnswerStream.Interrupted() }
      (first, done) = (made.upperBound, ready.upperBound)
      half = 1 - half
    }
  }
}
