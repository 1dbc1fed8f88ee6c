// The district that a command names, however it is written. Knows nothing of what it is for.

import Commands
import Diagnostics
import Reckoning
import Sessions

extension Desk {
  /// The place that somebody has written: a code, a name, or what registers write for one.
  ///
  /// - Throws: that there is no such place.
  func district(_ written: Written) throws(Refusal) -> Int32 {
    if case .found(let id, _) = library.places.reading(written.text) { return id }
    if case .found(let id) = library.places.resolve(written.text) { return id }
    let known = documented
    throw Refusal([
      .error(
        "unknown-place", Text("`\(written.raw)` is no place", zh: "没有名为 `\(written.raw)` 的地区"),
        hint: Text(
          "write its code or full name; these have documents: \(known.en)", zh: "请写行政区划代码或完整地名；有文件的地区：\(known.zh)"),
        at: written.location)
    ])
  }

  /// The districts that have documents, each with its code: what somebody may have meant.
  var documented: Text {
    let places = library.places
    var seen: [Int32] = []
    for document in library.documents where !seen.contains(document.jurisdiction) { seen.append(document.jurisdiction) }
    let shown = seen.prefix(8).map { (code: places.code($0), name: places.names[Int($0)]) }
    let more = seen.count > shown.count
    return Text(
      shown.map { "\($0.code) \($0.name)" }.joined(separator: ", ") + (more ? ", …" : ""),
      zh: shown.map { "\($0.name)（\($0.code)）" }.joined(separator: "、") + (more ? "等" : ""))
  }
}
