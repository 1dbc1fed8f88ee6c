// Places of several quotas, given out here to those of whom an engine says that they ask for one. Knows nothing of how
// an engine finds them.

import Diagnostics
import Emission
import Engine
import Sessions

/// Gives out places between two scripts of one question.
struct EngineSeats {
  let session: Desk
  let program: ScriptEngine
  let folder: EngineFolder

  /// Asks who wants places, and leaves in the folder who has one.
  func giveOut(_ script: SeatScript, at location: SourceRange?) throws(Refusal) {
    let progress = session.progress
    try program.carryOut(
      script.statements, in: folder, threads: session.threads, progress: { progress?($0 / 2) },
      isCancelled: session.isCancelled, at: location)
    for asked in script.asked {
      let told = try seated(asked)
      try folder.write(asked.told) { sink in try Array(told.utf8).withUnsafeBytes { try sink($0) } }
    }
  }

  /// A line for each who asks: the frame, and whether it has a place.
  private func seated(_ asked: SeatScript.Asked) throws(Refusal) -> String {
    let quotas = asked.measure.limits.quotas.count
    let rows = EngineAnswers.cells(folder.text(asked.file))
    var all: [Places.Groups] = Array(repeating: ([], []), count: quotas)
    for row in rows {
      let unreadable = EngineAnswers.unreadable(row.joined(separator: ","), program.engine)
      guard row.count == 2 + 2 * quotas else { throw unreadable }
      for q in 0..<quotas {
        guard let group = Int(row[2 + 2 * q]), let places = Int(row[3 + 2 * q]), group > 0 else { throw unreadable }
        all[q].groups.append(group - 1)
        while all[q].places.count < group { all[q].places.append(0) }
        all[q].places[group - 1] = max(places, 0)
      }
    }
    let (taken, more) = Places.most(count: rows.count, all)
    // What is not the most is never told as if it were.
    if more > 0 {
      throw Refusal(.engine(.mostPlacesUnknown(asked.measure.words, quotas, more)), at: asked.measure.location)
    }
    return zip(rows, taken).map { "\"\($0[1].replacing("\"", with: "\"\""))\",\($1)\n" }.joined()
  }
}
