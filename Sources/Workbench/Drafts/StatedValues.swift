// What a scenario states of a value that another document lays down, in words. Knows nothing of drafts.

import Diagnostics
import Reckoning
import Sessions

extension SessionState {
  /// One figure, or several with their days; of a day (`lpr.2025-06-30`) the figure in force on it. Nil where none is
  /// stated.
  func stated(_ id: String, _ places: Gazetteer) -> Text? {
    let all = scenario?.settings ?? []
    if let own = all.last(where: { $0.target.id == id }) { return own.text(places) }
    func days(_ value: String) -> [(day: String, figure: Text)] {
      all.filter { $0.target.id.hasPrefix(value + ".") }
        .map { (String($0.target.id.dropFirst(value.count + 1)), $0.text(places)) }.sorted { $0.day < $1.day }
    }
    if let dot = id.lastIndex(of: "."), Day(id[id.index(after: dot)...]) != nil {
      let value = String(id[..<dot]), day = String(id[id.index(after: dot)...])
      let inForce = days(value).last { $0.day <= day }?.figure
      return inForce ?? all.last { $0.target.id == value }?.text(places)
    }
    let told = days(id).map { Text("\($0.figure.en) from \($0.day)", zh: "\($0.day) 起\($0.figure.zh)") }
    if told.isEmpty { return nil }
    return Text(told.map(\.en).joined(separator: ", "), zh: told.map(\.zh).joined(separator: "，"))
  }
}
