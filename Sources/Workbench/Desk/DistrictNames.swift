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
    throw Refusal([
      .error(
        "unknown-place", Text("`\(written.raw)` is no place", zh: "没有名为 `\(written.raw)` 的地区"),
        hint: Text("write its code: `in 350112`", zh: "请写行政区划代码：“在 350112”"), at: written.location)
    ])
  }
}
