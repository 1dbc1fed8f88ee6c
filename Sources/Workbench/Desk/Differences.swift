// `diff A, B`: the clauses that two programmes word differently, then who gains and who loses.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

extension Desk {
  /// Two programmes run alike: as enacted where they rest on the same documents, else as adopted.
  func both(_ a: Programme, _ b: Programme, _ command: Command) throws(Refusal) -> (Run, Run) {
    func ids(_ programme: Programme) throws(Refusal) -> Set<String> {
      if let earlier = try result(programme) { return Set(earlier.evidence.parts.flatMap(\.documents).map(\.id)) }
      return Set(try resolve(programme).documents.map(\.id))
    }
    let mode: Mode = try ids(a) == ids(b) ? .enacted : .adopted
    return (
      try carryOutCompared(a, [a, b], command, default: mode), try carryOutCompared(b, [a, b], command, default: mode)
    )
  }
}
