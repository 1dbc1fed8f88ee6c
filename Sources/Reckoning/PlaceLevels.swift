// The level of a place: province, prefecture or county (semantics, "Place"). Knows nothing of what is asked for.

extension Gazetteer {
  /// Whether a place is of county level: any code but a province's or a prefecture's, and a prefecture under which
  /// there is no county.
  public func isCounty(_ place: Int32) -> Bool {
    guard codes.indices.contains(Int(place)) else { return false }
    let code = codes[Int(place)].text
    if code.utf8.contains(0x2D) { return true }
    if code.hasSuffix("0000") { return false }
    return !code.hasSuffix("00") || counties(within: place, limit: 1).isEmpty
  }

  /// The first places of county level within another, without those that only group others (市辖区).
  public func counties(within area: Int32, limit: Int) -> [Int32] {
    var out: [Int32] = []
    for place in codes.indices where out.count < limit {
      let code = codes[place].text, id = Int32(truncatingIfNeeded: place)
      guard !code.hasSuffix("00"), !code.utf8.contains(0x2D), names[place] != "市辖区", id != area, lies(id, within: area)
      else { continue }
      out.append(id)
    }
    return out
  }
}
