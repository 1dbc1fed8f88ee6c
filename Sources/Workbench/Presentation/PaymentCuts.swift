// What caps have cut of payments, as bytes: what was asked for, and which limit cut it, behind all else that is said of
// a payment.

import Answers
import Engine
import Reports

/// What caps have cut of the payments of a list.
struct PaymentCuts: @unchecked Sendable {
  private struct Part {
    let claimed: [Int64]
    /// Which name; -1 where nothing was cut.
    let limit: [Int32]
  }

  private let parts: [Part?]
  /// What stands between the amount that was asked for and the end, for each limit.
  private let names: [Piece]
  private let before: Piece
  /// For what was not cut.
  private let nothing: Piece

  init(_ list: PaymentList, _ form: PaymentWriter.Form, _ fields: PaymentFields, _ store: PieceStore, companion: String)
  {
    var numbers: [String: Int32] = [:]
    parts = list.parts.map { part in
      part.cut.map { cut in
        let own = cut.by.names.map { name -> Int32 in
          let number = numbers[name] ?? Int32(truncatingIfNeeded: numbers.count)
          numbers[name] = number
          return number
        }
        return Part(claimed: cut.claimed, limit: cut.by.places.map { $0 < 0 ? -1 : own[Int($0)] })
      }
    }
    let sorted = numbers.sorted { $0.value < $1.value }.map(\.key)
    switch form {
    case .csv:
      (before, nothing) = (store.add(","), store.add(",,\(companion)\r\n"))
      names = sorted.map { store.add("," + Harmless.text($0) + "\(companion)\r\n") }
    case .json:
      (before, nothing) = (store.add(#","\#(PaymentColumns.claimed)":""#), store.add("}"))
      names = sorted.map { store.add(#"","\#(PaymentColumns.limit)":"\#(fields.text($0))"}"#) }
    }
  }

  /// Appends what was cut of a payment, and its end.
  func write(_ part: Int, _ row: Int, _ out: inout ByteBlock) {
    guard let cut = parts[part], cut.limit[row] >= 0 else {
      out.append(nothing.start, nothing.count)
      return
    }
    out.append(before.start, before.count)
    out.append(fen: cut.claimed[row])
    let name = names[Int(cut.limit[row])]
    out.append(name.start, name.count)
  }
}
