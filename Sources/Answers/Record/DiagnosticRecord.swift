// What is wrong, as programs read it.

import Diagnostics

extension Record {
  /// `{"kind":"error","message":…,"line":…,"column":…,"hint":…}`; line and column are none without a place in a text.
  /// A warning has the kind `warning`, a note `note`; `code` and `file` follow for programs that want them, and
  /// `cell` where the place is a cell of a workbook.
  package init(_ diagnostic: Diagnostic, in language: Language) {
    let location = diagnostic.location
    self.init(
      kind: diagnostic.severity.rawValue,
      [
        "message": .id(diagnostic.message.in(language)),
        "line": location.map { .count($0.start.line) } ?? .none,
        "column": location.map { .count($0.start.column) } ?? .none,
        "hint": .id(diagnostic.hint?.in(language)), "code": .id(diagnostic.code), "file": .id(location?.source?.name),
      ])
    if let location, location.start.line > 0, let naming = location.source?.naming {
      add("cell", .id(naming(location.start)))
    }
  }
}
