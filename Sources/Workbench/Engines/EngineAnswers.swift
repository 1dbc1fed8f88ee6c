// What an engine has answered, read from its files: sums of payments, and all that is no payment. Knows nothing of how
// the answers came about.

import Commands
import Diagnostics
import Emission
import Engine
import Facts
import Reckoning
import Reports
import Sessions

/// The answers in a folder.
struct EngineAnswers {
  let folder: EngineFolder
  let script: CarriedScript
  let engine: OtherEngine

  /// The payments as sums.
  /// - Parameter everybody: whether those of each beneficiary were asked for.
  func sums(everybody: Bool) throws(Refusal) -> ToldSums {
    var sums = ToldSums()
    var all: Int128 = 0
    for row in try rows(.sums, 6) {
      let clause = try number(row[1]), fen = try wide(row[5])
      all += Int128(fen.magnitude)
      if fen.magnitude > Ledger.most || all > Ledger.most { throw Refusal(.engine(.tooLarge(row[0])), at: nil) }
      sums.add(
        try tally(row[2], row[4], row[5]), measure: row[0], clause: clause, isUpperBound: row[3] == "true",
        low: script.lows[row[0]]?[clause])
    }
    for row in try rows(.payees, 2) { sums.payees[row[0]] = try number(row[1]) }
    for row in try rows(.months, 6) {
      sums.add(
        try tally(row[3], row[4], row[5]), measure: row[0], year: try number(row[1]), month: try number(row[2]))
    }
    if everybody {
      var tallies: [String: Tally] = [:]
      for row in try rows(.beneficiaries, 4) {
        tallies[row[0], default: Tally()].add(try tally(row[1], row[2], row[3]))
      }
      sums.beneficiaries = tallies
    }
    return sums
  }

  /// Everything that is no payment.
  func besides() throws(Refusal) -> FoundElsewhere {
    var found = FoundElsewhere()
    for row in try rows(.unpriced, 4) {
      // What lacks a value before its first day is one word there.
      let missing = row[3].split(separator: " ").map { String($0).replacing("@", with: " before ") }
      found.unpriced.append((row[0], Int64(try number(row[1])), row[2] == "true", missing))
    }
    var names: [String: [String]] = [:]
    for row in try rows(.subjects, 3) { names[row[0] + " " + row[1], default: []].append(row[2]) }
    for row in try rows(.open, 4) {
      let subjects = names[row[0] + " " + row[1], default: []]
      let count = try number(row[2])
      if row[0] == "elsewhere" {
        found.elsewhere.append((row[1], subjects, count, row[3]))
      } else {
        found.undetermined.append((row[1], subjects, count))
      }
    }
    for row in try rows(.granted, 4) { found.granted.append((row[0], try number(row[1]) - 1, row[2], row[3])) }
    return found
  }

  /// Whether a cap has cut any of the payments that were asked for.
  var hasCuts: Bool { get throws(Refusal) { try rows(.cuts, 1).contains { $0[0] != "0" } } }

  // MARK: Values

  private func tally(_ status: String, _ count: String, _ fen: String) throws(Refusal) -> Tally {
    let standing: Standing
    switch status {
    case "due", "pending": standing = .paid
    case "displaced": standing = .displaced
    case "over_quota": standing = .overQuota
    case "over_cap": standing = .overCap
    case "below_nought": standing = .belowNought
    case "recovered", CarriedScript.pendingRecovery: standing = .recovered
    case let other: throw unreadable(other)
    }
    let amount = try wide(fen)
    return Tally(
      standing, isDue: status != "pending" && status != CarriedScript.pendingRecovery, payments: try number(count),
      fen: Int64(truncatingIfNeeded: amount))
  }

  private func number(_ text: String) throws(Refusal) -> Int {
    guard let number = Int(text) else { throw unreadable(text) }
    return number
  }

  private func wide(_ text: String) throws(Refusal) -> Int128 {
    guard let number = Int128(text) else { throw unreadable(text) }
    return number
  }

  private func unreadable(_ text: String) -> Refusal { EngineAnswers.unreadable(text, engine) }

  /// An engine has answered something else than was asked.
  static func unreadable(_ text: String, _ engine: OtherEngine) -> Refusal {
    Refusal(.engine(.failed(engine, "unexpected answer: \(text)")), at: nil)
  }

  /// The rows of a file, each with so many values.
  private func rows(_ file: CarriedScript.File, _ width: Int) throws(Refusal) -> [[String]] {
    let rows = EngineAnswers.cells(folder.text(file.rawValue + ".csv"))
    for row in rows where row.count != width { throw unreadable(row.joined(separator: ",")) }
    return rows
  }

  /// Comma-separated values without headings.
  static func cells(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = [], cell: [UInt8] = []
    var isQuoted = false
    let bytes = Array(text.utf8)
    var i = 0
    func end() {
      row.append(String(decoding: cell, as: UTF8.self))
      cell = []
    }
    while i < bytes.count {
      let byte = bytes[i]
      i += 1
      switch byte {
      case UInt8(ascii: "\""):
        if isQuoted, i < bytes.count, bytes[i] == byte {
          cell.append(byte)
          i += 1
        } else {
          isQuoted.toggle()
        }
      case UInt8(ascii: ",") where !isQuoted: end()
      case UInt8(ascii: "\n") where !isQuoted:
        end()
        rows.append(row)
        row = []
      case let other: cell.append(other)
      }
    }
    if !row.isEmpty || !cell.isEmpty {
      end()
      rows.append(row)
    }
    return rows
  }
}
