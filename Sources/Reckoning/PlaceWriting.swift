// Places by any way of writing that means one of them: short names (甘孜州丹巴县), codes with more digits, codes and names
// that have been replaced, an address that begins with a county. Knows nothing of who asks.

extension Gazetteer {
  /// How a place was written, where that was neither its code nor its name.
  public enum Writing: Sendable, Equatable {
    /// In another way that means it.
    case written
    /// By something that lies within it: a code of nine or twelve digits, an address.
    case within
    /// By a code or name that it had until a day.
    case former(since: String)
    /// By the code or name that it has had since a day or year, where the table has the older one.
    case later(since: String)
    /// By the name of a part of it that has been a place of its own since a year.
    case carved(since: String)
  }

  /// What a text may turn out to mean.
  public enum WrittenPlace: Sendable, Equatable {
    case found(Int32, Writing)
    /// Several places; their ids.
    case several([Int32])
    case unknown
  }

  /// The place that a text means in any way.
  /// - Parameter text: without blanks, full-width characters as ASCII.
  public func reading(_ text: String) -> WrittenPlace {
    guard text.utf8.count <= 300, !text.isEmpty else { return .unknown }
    var rest = text
    rest.removeAll { $0 == "/" || $0 == "," || $0 == "·" || $0 == ">" || $0 == "(" || $0 == ")" }
    // 毕节市-七星关区; a code may have a hyphen of its own.
    if !rest.contains(where: { $0.isASCII && $0.isNumber }) { rest.removeAll { $0 == "-" || $0 == "_" || $0 == "—" } }
    let digits = String(rest.prefix { $0.isASCII && $0.isNumber })
    if digits.utf8.count >= 6 { return coded(digits, String(rest.dropFirst(digits.count))) }
    let last = String(rest.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    if last.utf8.count == 6 { return coded(last, String(rest.dropLast(6))) }
    let named = shorts.named(rest, holders: 3)
    if !named.isEmpty { return one(named) }
    let found = address(rest)
    if case .found = found { return found }
    return older(rest) ?? found
  }

  /// Several places that stand in one text (`513323/621221`, 丹巴县、成县), where none of two that its parts mean by
  /// themselves lies within the other; nil where they are one place and what lies around it.
  ///
  /// - Parameter parts: what stands between blanks and signs, each as `reading` takes it.
  public func apart(_ parts: [String]) -> WrittenPlace? {
    guard parts.count > 1, parts.count <= 12 else { return nil }
    var found: [Int32] = []
    for part in parts where part.last.map({ $0.isASCII && $0.isNumber || "省市州盟县区旗".contains($0) }) ?? false {
      guard case .found(let id, let way) = reading(part), way != .within || part.utf8.count == 12 else { continue }
      if !found.contains(id) { found.append(id) }
    }
    for (i, one) in found.enumerated() {
      for other in found[(i + 1)...] where !lies(one, within: other) && !lies(other, within: one) {
        return .several(found)
      }
    }
    return nil
  }

  /// A place within a prefecture as both were called once: 毕节地区毕节市, 毕节市毕节市; or within a prefecture that is a
  /// city today: 昭通地区鲁甸县.
  private func older(_ text: String) -> WrittenPlace? {
    let today = text.replacing("地区", with: "市")
    // The longest name first: 双阳县 before 阳县.
    for count in stride(from: min(12, today.count - 2), to: 1, by: -1) {
      let name = String(today.suffix(count))
      let (former, split) = (FormerPlace.byName[name] ?? [], SplitPlace.byName[name] ?? [])
      guard !former.isEmpty || !split.isEmpty else { continue }
      let around = shorts.named(String(today.dropLast(count)), holders: 2).map { codes[Int($0.id)].text }
      func isAround(_ code: String) -> Bool { around.contains { $0.hasPrefix(code.prefix(4)) } }
      for place in former where isAround(place.now) || isAround(place.code) {
        if let id = id(code: place.now) { return .found(id, .former(since: place.since)) }
      }
      if let place = split.first(where: { isAround($0.code) || $0.parts.contains(where: isAround) }) {
        return .several(place.parts.compactMap { id(code: $0) })
      }
    }
    guard today != text else { return nil }
    let named = shorts.named(today, holders: 3)
    return named.isEmpty ? nil : one(named)
  }

  /// A code, and the name or `.0` that may stand beside it.
  private func coded(_ digits: String, _ name: String) -> WrittenPlace {
    let count = digits.utf8.count
    guard count == 6 || count == 9 || count == 12 else { return .unknown }
    let code = String(digits.prefix(6))
    let isWhole = digits.utf8.dropFirst(6).allSatisfy { $0 == 0x30 }
    let found: (id: Int32, way: Writing)
    if let id = id(code: code) {
      found = (id, count == 6 || isWhole ? .written : .within)
    } else if let former = FormerPlace.byCode[code], let id = id(code: former.now) {
      found = (id, former.writing)
    } else if let split = SplitPlace.byCode[code], name.isEmpty || name == ".0" || name == ".00" || name == split.name {
      return .several(split.parts.compactMap { self.id(code: $0) })
    } else {
      return .unknown
    }
    if name.isEmpty || name == ".0" || name == ".00" { return .found(found.id, found.way) }
    if FormerPlace.byCode[code]?.name == name {
      return .found(found.id, found.way)
    }
    let named = shorts.named(name, holders: 3)
    if named.isEmpty { return .unknown }
    return named.contains { $0.id == found.id } ? .found(found.id, found.way) : .several([found.id] + named.map(\.id))
  }

  private func one(_ found: [ShortNames.Found]) -> WrittenPlace {
    var ids: [Int32] = []
    for place in found where !ids.contains(place.id) { ids.append(place.id) }
    return ids.count == 1 ? .found(found[0].id, found[0].way) : .several(ids)
  }

  /// An address: what it begins with is a county, with what lies around it or of a name that no other has.
  private func address(_ text: String) -> WrittenPlace {
    // A province, a prefecture and a county are named in less.
    let start = text.prefix(30)
    for end in start.indices.reversed() where "县区市旗".contains(text[end]) {
      let head = String(text[...end])
      guard head.count >= 3, head.utf8.count < text.utf8.count else { continue }
      let found = shorts.named(head, holders: 2).filter { isCounty($0.id) }
      if found.isEmpty { continue }
      let rest = shorts.full(String(text[text.index(after: end)...])).filter(isCounty)
      switch one(found + rest.map { ShortNames.Found(id: $0, way: .written) }) {
      case .found(let id, .written), .found(let id, .within): return .found(id, .within)
      case .found(let id, let way): return .found(id, way)
      case .several(let ids): return .several(ids)
      case .unknown: continue
      }
    }
    return .unknown
  }
}

/// Names by which places are called for short, made when they are first asked for.
final class ShortNames: Sendable {
  struct Found: Equatable {
    let id: Int32
    let way: Gazetteer.Writing
  }

  private let codes: [PlaceCode]
  private let full: [String: [Int32]]
  private let short: [String: [Int32]]
  /// Full and short names of places that are called so no longer, and of those that the table does not call so yet.
  private let former: [String: [Found]]
  private let later: [String: [Found]]
  /// The codes of the latter, by the name.
  private let laterCodes: [String: PlaceCode]

  init(codes: [PlaceCode], names: [String], full: [String: [Int32]], byCode: [String: Int32]) {
    self.codes = codes
    self.full = full
    var short: [String: [Int32]] = [:]
    for (i, name) in names.enumerated() {
      let words = ShortNames.shorts(of: name) + ShortNames.zone(name, codes[i], names, byCode)
      for word in words { short[word, default: []].append(Int32(truncatingIfNeeded: i)) }
    }
    self.short = short
    var former: [String: [Found]] = [:], later: [String: [Found]] = [:]
    var laterCodes: [String: PlaceCode] = [:]
    for place in FormerPlace.all {
      guard let id = byCode[place.now], names[Int(id)] != place.name else { continue }
      let found = Found(id: id, way: place.writing)
      guard place.isLater else {
        former[place.name, default: []].append(found)
        continue
      }
      for name in [place.name] + ShortNames.shorts(of: place.name) {
        later[name, default: []].append(found)
        laterCodes[name] = PlaceCode(place.code)
      }
    }
    for place in SplitPlace.all where full[place.name] == nil {
      let parts = place.parts.compactMap { byCode[$0] }
      former[place.name, default: []] += parts.map { Found(id: $0, way: .within) }
    }
    (self.former, self.later, self.laterCodes) = (former, later, laterCodes)
  }

  /// The places of that full name.
  func full(_ text: String) -> [Int32] { full[text] ?? [] }

  /// The places of a full, former or short name, which may be preceded by those of the places around it.
  func named(_ text: String, holders left: Int) -> [Found] {
    let own = called(text)
    if !own.isEmpty { return own }
    guard left > 0 else { return [] }
    var rest = text[...]
    while rest.count > 2 {
      rest = rest.dropFirst(1)
      let own = named(String(rest), holders: 0)
      if own.isEmpty { continue }
      let holders = named(String(text.dropLast(rest.count)), holders: left - 1)
      // A place may have come under another prefecture since: 济南市莱芜区.
      let now = laterCodes[String(rest)]
      let found = own.filter { place in
        holders.contains {
          let holder = codes[Int($0.id)]
          return $0.id != place.id
            && (codes[Int(place.id)].lies(within: holder)
              || (place.way != .written && now?.lies(within: holder) ?? false))
        }
      }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The places of a full, former or short name: where several are called so, all of them.
  private func called(_ text: String) -> [Found] {
    func written(_ ids: [Int32]?) -> [Found] { (ids ?? []).map { Found(id: $0, way: .written) } }
    let full = written(full[text])
    // 东乡县 is one of the table and the short name of another.
    let isWhole = !full.isEmpty && !text.hasSuffix("县")
    let first = full.isEmpty ? former[text] ?? [] : full
    let others = (first.isEmpty || !isWhole ? written(short[text]) : []) + (later[text] ?? [])
    return others.reduce(first) { known, one in known.contains { $0.id == one.id } ? known : known + [one] }
  }

  /// What a zone within a prefecture is called beside: 泉州台商投资区 is 台商投资区, 泉州台商区, 台商区.
  private static func zone(
    _ name: String, _ code: PlaceCode, _ names: [String], _ byCode: [String: Int32]
  ) -> [String] {
    guard code.text.utf8.contains(0x2D), name.hasSuffix("投资区"), let holder = byCode[code.text.prefix(4) + "00"]
    else { return [] }
    let prefix = names[Int(holder)].dropLast()
    let own = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    return [own, own.replacing("投资", with: ""), name.replacing("投资", with: "")].filter { $0 != name }
  }

  private static let kinds = [
    "自治州", "自治县", "自治旗", "自治区", "特别行政区", "地区", "特区", "林区", "省", "市", "县", "区", "旗", "盟",
  ]
  private static let peoples = [
    "维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "蒙古", "藏族", "羌族", "彝族", "苗族", "回族", "壮族", "布依族", "侗族", "瑶族", "土家族",
    "蒙古族", "满族", "朝鲜族", "哈尼族", "傣族", "白族", "傈僳族", "景颇族", "拉祜族", "佤族", "纳西族", "水族", "仡佬族", "仫佬族", "毛南族", "畲族",
    "黎族", "土族", "撒拉族", "东乡族", "保安族", "裕固族", "各族", "独龙族", "怒族", "普米族", "布朗族", "达斡尔族",
  ]

  /// `甘孜藏族自治州` is 甘孜州 and 甘孜, `七星关区` is 七星关.
  private static func shorts(of name: String) -> [String] {
    guard let kind = kinds.first(where: { name.hasSuffix($0) }), let last = kind.last else { return [] }
    var core = String(name.dropLast(kind.count))
    if kind.hasPrefix("自治") {
      while let people = peoples.first(where: { core.hasSuffix($0) && core.count > $0.count + 1 }) {
        core = String(core.dropLast(people.count))
      }
      // 东乡族自治县 is called after its people alone.
      if core.hasSuffix("族"), core.count > 2 { core = String(core.dropLast()) }
    }
    guard core.count >= 2 else { return [] }
    let withKind = core + String(last)
    return withKind == name ? [core] : [core, withKind] + (kind.hasPrefix("自治") ? [core + kind] : [])
  }
}
