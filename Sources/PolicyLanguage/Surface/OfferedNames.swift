// The names that are offered for one that nothing is called: only of the kind that can stand there. A choice follows 为
// and the like, a place 属于, a type a colon. Knows nothing of how near names are to each other.

extension ChineseNames {
  /// The names that may have been meant, in order.
  /// - Parameter before: the word of the language in front of the unknown one; nil where something else stands there.
  func offered(behind before: String?) -> [String] {
    func stands(behind words: Set<String>) -> Bool { before.map(words.contains) ?? false }
    var others: Set<String> = []
    if !stands(behind: Self.beforePlaces) { others.formUnion(SurfaceWords.provinces.values) }
    if !stands(behind: Self.beforeChoices) {
      others.formUnion(options)
      others.formUnion(Reading.global.flatMap(\.choices).compactMap(\.chinese))
      others.formUnion(["省级", "市级", "县级"])
    }
    if !stands(behind: Self.beforeTypes) {
      others.formUnion(SurfaceWords.types.values)
      others.formUnion(SurfaceWords.fieldTypes.values)
    }
    return all.subtracting(others.subtracting(facts)).sorted()
  }

  private static let beforePlaces: Set<String> = ["在", "属于", "为", "不为", "（", "、", "施行地区", "本地区"]
  private static let beforeChoices: Set<String> = ["为", "不为", "是", "含", "属于", "（", "、", "或", "或者", "=", "缺省"]
  private static let beforeTypes: Set<String> = ["：", "字段", "多个"]
}
