// Headings that say of whoever has introduced somebody that it is an agency or a person: 介绍单位（个人）, 介绍机构/个人,
// Recruited by (agency or individual). Knows nothing of cells.

enum MixedHeading {
  private static let people: Set<String> = [
    "个人", "或个人", "人", "介绍人", "推荐人", "引荐人", "中间人", "经纪人", "联系人", "个人姓名", "介绍人姓名", "推荐人姓名", "引荐人姓名", "人员", "人名", "自然人",
    "劳务经纪人", "individual", "individuals", "person", "referrer", "introducer", "people",
  ]
  private static let coming = [
    "介绍", "推荐", "引荐", "输送", "输转", "输出", "中介", "职介", "招聘", "招工", "组织", "人力资源", "劳务",
  ]
  private static let agencies = ["机构", "单位", "企业", "公司", "中介", "中介方", "职介"]

  /// Whether a heading names both, the agency first: an agency behind a person may explain who the person is.
  static func isOne(_ heading: String) -> Bool {
    guard heading.utf8.count <= 90 else { return false }
    let text = heading.lowercased()
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return isEnglish(text) }
    let parts = CellText.closed(text).split {
      "()[]【】〔〕/\\|或和及与、,，*※#:;·".contains($0)
    }.map(String.init)
    guard parts.count == 2, people.contains(parts[1]) else { return false }
    var agency = parts[0]
    for word in ["名称", "全称", "名"] where agency.hasSuffix(word) && agency.count > word.count {
      agency = String(agency.dropLast(word.count))
      break
    }
    guard let kind = agencies.first(where: agency.hasSuffix) else { return false }
    // 机构或个人 is of nobody else; an employer is a 单位, too.
    return agency == "机构" || kind.hasPrefix("中介") || kind == "职介" || coming.contains(where: agency.contains)
  }

  private static func isEnglish(_ text: String) -> Bool {
    let words = text.split { !$0.isLetter }.map(String.init)
    guard words.count <= 8, let agency = words.firstIndex(where: { ["agency", "agencies"].contains($0) }),
      let person = words.firstIndex(where: people.contains)
    else { return false }
    let between = words[min(agency, person)...].dropFirst().prefix(abs(agency - person) - 1)
    return agency < person && between.allSatisfy { ["or", "and", "name", "an", "a"].contains($0) }
      && words.count - person == 1 || words.last == "name" && agency < person && between.allSatisfy { $0 == "or" }
  }
}
