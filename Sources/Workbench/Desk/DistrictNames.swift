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
    let places = library.places
    switch places.resolve(written.text) {
    case .found(let id): return id
    case .ambiguous(let ids):
      let codes = ids.prefix(12).map { places.codes[Int($0)].text + " " + places.fullName($0) }
      let more = ids.count > codes.count
      throw Refusal([
        .error(
          "ambiguous-place",
          Text("several places are called `\(written.raw)`", zh: "有 \(ids.count) 个地区叫 `\(written.raw)`"),
          hint: Text(
            "write the code: \(codes.joined(separator: ", "))\(more ? ", …" : "")",
            zh: "请写代码：\(codes.joined(separator: "、"))\(more ? "等" : "")"), at: written.location)
      ])
    case .unknown: break
    }
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
