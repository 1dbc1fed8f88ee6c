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

/// A level of places above the county.
public enum PlaceLevel: Sendable, Hashable, CaseIterable {
  case province
  case prefecture
  case county
}

extension Gazetteer {
  /// The level of a place; nil for a row of the table that only groups others.
  public func level(of place: Int32) -> PlaceLevel? {
    guard codes.indices.contains(Int(place)) else { return nil }
    if isCounty(place) { return .county }
    let code = codes[Int(place)].text
    return code.hasSuffix("0000") ? .province : .prefecture
  }

  /// The place of a level that another lies within, or is; nil where it is wider than that level.
  public func area(_ level: PlaceLevel, of place: Int32) -> Int32? {
    guard codes.indices.contains(Int(place)) else { return nil }
    if level == .county { return isCounty(place) ? place : nil }
    let code = codes[Int(place)].text
    // A county that lies under its province directly stands for its own prefecture.
    if level == .prefecture {
      if code.hasSuffix("0000") { return nil }
      return id(code: String(code.prefix(4)) + "00") ?? (isCounty(place) ? place : nil)
    }
    return id(code: String(code.prefix(2)) + "0000")
  }

  /// The first places of a level within another.
  public func areas(_ level: PlaceLevel, within area: Int32, limit: Int) -> [Int32] {
    if level == .county { return counties(within: area, limit: limit) }
    var out: [Int32] = []
    for place in codes.indices where out.count < limit {
      let id = Int32(truncatingIfNeeded: place)
      guard id != area, codes[place].text.hasSuffix("00"), lies(id, within: area), self.level(of: id) == level else {
        continue
      }
      out.append(id)
    }
    return out
  }
}
