// Names that resemble one that nothing has, for saying what may have been meant: of documents, drafts, measures,
// whatever can be set, and records. Knows no command.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions

extension Desk {
  /// Names of things that resemble one.
  func nearest(_ name: String) -> [String] {
    var names = library.ids + state.drafts.map(\.name) + nearDocuments.flatMap { $0.measures.map(\.name) }
    names += NameTable(nearDocuments).all.map(\.id)
    if let dataset = state.scenario?.scenario.dataset { names += Records.someIDs(of: dataset, limit: 2000) }
    return Nearest.names(to: name, among: names)
  }
}
