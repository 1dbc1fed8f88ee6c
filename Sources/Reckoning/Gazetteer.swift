// Places by code: GB/T 2260 and the added codes of the contract (semantics, "Place"). Knows nothing of files: the
// registry is made from the text of the bundled table.

import Synchronization

/// The code of a place, such as `350112` or `350500-tiz`.
public struct PlaceCode: Sendable, Hashable {
  /// The digits.
  public let text: String

  /// Takes digits as they are; whether there is such a place only a gazetteer knows.
  public init(_ text: String) { self.text = text }

  /// The code without trailing `00` pairs: `350100` is `3501`, `330110` stays whole.
  public var significant: String {
    if text.utf8.contains(0x2D) { return text }
    var s = text[...]
    while s.utf8.count > 2, s.hasSuffix("00"), s.utf8.count % 2 == 0 { s = s.dropLast(2) }
    return String(s)
  }

  /// A code lies within another when it starts with the other's significant digits.
  public func lies(within other: PlaceCode) -> Bool { text.utf8.starts(with: other.significant.utf8) }
}

/// Every place that may be named, with its row number as the dense id that columns hold.
public final class Gazetteer: Sendable {
  /// What a text may turn out to name.
  public enum Resolution: Sendable, Equatable {
    case found(Int32)
    /// The name belongs to several places; their ids.
    case ambiguous([Int32])
    case unknown
  }

  /// The code of each place, by its id.
  public let codes: [PlaceCode]
  /// The name of each place, by its id.
  public let names: [String]
  /// Which place lies within which.
  private let order: PlaceOrder
  private let byCode: [String: Int32]
  private let byName: [String: [Int32]]
  private let made = Mutex<ShortNames?>(nil)

  /// - Parameter table: CSV with the header `code,name`; `added` are further codes, nil for those of the contract that
  ///   the table lacks.
  public init(table: String, added: [(code: String, name: String)]? = nil) {
    var codes: [PlaceCode] = []
    var names: [String] = []
    var byCode: [String: Int32] = [:]
    var byName: [String: [Int32]] = [:]
    codes.reserveCapacity(3600)
    byCode.reserveCapacity(3600)
    byName.reserveCapacity(3600)
    func text(_ cell: Substring.UTF8View) -> String {
      Invariant.value(String(cell), "cells-are-text: a text cut at an ASCII character is two texts")
    }
    func enter(_ code: String, _ name: String) {
      guard byCode[code] == nil else { return }
      let id = Int32(truncatingIfNeeded: codes.count)
      codes.append(PlaceCode(code))
      names.append(name)
      byCode[code] = id
      byName[name, default: []].append(id)
    }
    for line in table.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).dropFirst() {
      guard let comma = line.firstIndex(of: 0x2C) else { continue }
      enter(text(line[..<comma]), text(line[line.index(after: comma)...]))
    }
    for (code, name) in added ?? Gazetteer.addedCodes { enter(code, name) }
    (self.codes, self.names, self.byCode, self.byName) = (codes, names, byCode, byName)
    order = PlaceOrder(codes)
  }

  private init(_ known: Gazetteer, and places: [(code: String, name: String)]) {
    var (codes, names, byCode, byName) = (known.codes, known.names, known.byCode, known.byName)
    for (code, name) in places where byCode[code] == nil {
      let id = Int32(truncatingIfNeeded: codes.count)
      codes.append(PlaceCode(code))
      names.append(name)
      byCode[code] = id
      byName[name, default: []].append(id)
    }
    (self.codes, self.names, self.byCode, self.byName) = (codes, names, byCode, byName)
    order = PlaceOrder(codes)
  }

  /// The same with places outside China, which lie within nothing and hold nothing: those that are known keep their
  /// ids. A name that a place has already stands for that place.
  public func adding(outside names: [String]) -> Gazetteer {
    let new = names.filter { byName[$0] == nil }
    return new.isEmpty ? self : Gazetteer(self, and: new.map { (code: Gazetteer.outside($0), name: $0) })
  }

  /// What stands for the code of a place that has none. It begins no other's, and no other begins it.
  private static func outside(_ name: String) -> String { "outside-" + name + "-" }

  /// Whether a place lies outside China.
  public func isOutside(_ place: Int32) -> Bool {
    codes.indices.contains(Int(place)) && codes[Int(place)].text.hasPrefix("outside-")
  }

  /// The places that a text means that is the full name of one: that one, and another that is called so for short
  /// (东乡县 is in Jiangxi, and 东乡族自治县 in Gansu) or that has had the name since the table was made (龙华区). Nil
  /// where it is one alone.
  public func rivals(_ name: String) -> [Int32]? {
    guard let ids = byName[name], ids.count == 1 else { return nil }
    if name.hasSuffix("县"), let other = byName[name.dropLast() + "族自治县"] { return ids + other }
    guard let later = FormerPlace.laterNames[name], let other = byCode[later.now], names[Int(other)] != name else {
      return nil
    }
    return ids + [other]
  }

  /// The names for short, which few files need.
  var shorts: ShortNames {
    made.withLock { known in
      if let known { return known }
      let found = ShortNames(codes: codes, names: names, full: byName, byCode: byCode)
      known = found
      return found
    }
  }

  /// Places of the contract that GB/T 2260 has no code for.
  static let addedCodes = [(code: "350500-tiz", name: "泉州台商投资区")]

  /// Rows of the table that group others and are no part of anybody's address.
  private static let groupings: Set<String> = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]

  /// How many places there are; their ids are 0 up to this.
  public var count: Int { codes.count }

  /// Whether one place lies within another, both by id (semantics, "Place").
  public func lies(_ place: Int32, within area: Int32) -> Bool { order.lies(place, within: area) }

  /// The same of many places by id, in one go.
  public func mark(_ places: Range<Int>, within area: Int32, _ out: UnsafeMutablePointer<UInt8>, yes: UInt8, no: UInt8)
  {
    for (k, place) in places.enumerated() {
      out[k] = order.lies(Int32(truncatingIfNeeded: place), within: area) ? yes : no
    }
  }

  /// The same of pairs of places by id, in one go: ids that are none lie within nothing.
  public func mark(
    _ places: UnsafeBufferPointer<Int32>, within areas: UnsafeBufferPointer<Int32>, _ out: UnsafeMutablePointer<UInt8>,
    yes: UInt8, no: UInt8
  ) {
    Invariant.holds(places.count == areas.count, "places-in-pairs: as many areas as places are compared")
    order.mark(places, within: areas, out, yes: yes, no: no)
  }

  /// The id of a place by its code; nil for a code that is not listed.
  public func id(code: String) -> Int32? { byCode[code] }

  /// By code, else by name. Names may be preceded by those of the places that hold it: `福州市长乐区`.
  public func resolve(_ text: String) -> Resolution {
    if let id = byCode[text] { return .found(id) }
    // The longest chain of names is far shorter; a longer text is no place, whatever it is.
    guard text.utf8.count <= 240 else { return .unknown }
    return resolve(name: text, holders: 3)
  }

  /// - Parameter holders: how many names of holding places may still precede the place's own.
  private func resolve(name text: String, holders left: Int) -> Resolution {
    if let ids = byName[text] { return ids.count == 1 ? .found(ids[0]) : .ambiguous(ids) }
    guard left > 0 else { return .unknown }
    // Some suffix is a place's own name; what precedes it names a place that holds it.
    var found: [Int32] = []
    var rest = text[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(1)
      guard let ids = byName[String(rest)] else { continue }
      let holders: [Int32] =
        switch resolve(name: String(text.dropLast(rest.count)), holders: left - 1) {
        case .found(let id): [id]
        case .ambiguous(let ids): ids
        case .unknown: []
        }
      for id in ids where holders.contains(where: { $0 != id && codes[Int(id)].lies(within: codes[Int($0)]) }) {
        if !found.contains(id) { found.append(id) }
      }
      if !found.isEmpty { break }
    }
    if found.isEmpty { return .unknown }
    return found.count == 1 ? .found(found[0]) : .ambiguous(found)
  }

  /// The name with those of the places around it, for people: `福建省福州市长乐区`.
  public func fullName(_ id: Int32) -> String {
    guard codes.indices.contains(Int(id)) else { return "?" }
    let code = codes[Int(id)]
    var parts: [String] = []
    if code.text.utf8.count >= 6, !code.text.utf8.contains(0x2D) {
      for n in [2, 4] {
        let prefix = String(code.text.prefix(n))
        let holder = prefix + String(repeating: "0", count: 6 - n)
        guard holder != code.text, code.significant.utf8.count > n, let h = byCode[holder] else { continue }
        if !Gazetteer.groupings.contains(names[Int(h)]) { parts.append(names[Int(h)]) }
      }
    }
    parts.append(names[Int(id)])
    return parts.joined()
  }
}
