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
    if language == .zh {
      names += nearDocuments.flatMap { $0.measures.map(\.words.zh) } + NameTable(nearDocuments).all.map(\.words.zh)
      // Who writes English letters meant an id, but reads the name of what has one.
      let called = NameTable(nearDocuments).all.map(\.typedName)
      return Nearest.names(to: name, among: names).map { near in called.first { $0.en == near }?.zh ?? near }
    }
    return Nearest.names(to: name, among: names)
  }
}
