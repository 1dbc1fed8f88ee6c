// Names that are probably one: 福建恒申集团有限公司, 恒申集团, 福建恒申集团（有限公司）. Only told, never joined: who is who
// nobody but the user knows. Knows nothing of lists.

import Diagnostics
import Facts

/// Names of a register that differ only in what firms are called besides.
struct AlikeNames: Sendable {
  /// Each with those before it that it is like.
  private(set) var groups: [[String]] = []
  /// The names that others are to be written as.
  private let known: Set<String>

  /// So many names are compared with each other at most.
  private static let limit = 3000

  /// - Parameter known: names that stood somewhere before; groups of these alone are none.
  init(_ names: [String], known: [String] = []) {
    self.known = Set(known)
    var byCore: [String: Int] = [:]
    var cores: [(core: String, names: [String])] = []
    for name in (names + known).prefix(AlikeNames.limit) {
      let core = AlikeNames.core(name)
      if let at = byCore[core] {
        cores[at].names.append(name)
      } else {
        byCore[core] = cores.count
        cores.append((core, [name]))
      }
    }
    // A core within another one of at least three characters, 恒申集团 within 福建恒申集团; or one of two that another
    // begins with, 惠民 and 惠民人力.
    var owner = Array(cores.indices)
    for b in cores.indices {
      let signs = Array(cores[b].core)
      for from in 0..<max(signs.count - 1, 0) {
        for length in (from == 0 ? 2 : 3)...12 where from + length <= signs.count && length < signs.count {
          guard let a = byCore[String(signs[from..<from + length])], owner[a] == a else { continue }
          owner[a] = b
        }
      }
    }
    var joined: [Int: [String]] = [:]
    for at in cores.indices {
      var root = at
      while owner[root] != root { root = owner[root] }
      joined[root, default: []] += cores[at].names
    }
    groups = joined.sorted { $0.key < $1.key }.map(\.value).filter { group in
      group.count > 1 && group.contains { !self.known.contains($0) }
    }
  }

  /// A name without the forms of firms, brackets and blanks.
  private static func core(_ name: String) -> String {
    // 福光（泉州）机械 and 福光机械
    var inside = 0
    var text = ""
    for sign in RegisterSurvey.plain(name).lowercased() {
      if "(（".contains(sign) { inside += 1 }
      if inside == 0, !"·.-—_".contains(sign) { text.append(sign) }
      if ")）".contains(sign) { inside = max(0, inside - 1) }
    }
    if text.isEmpty { text = RegisterSurvey.plain(name).lowercased() }
    for form in [
      "股份有限公司", "股份公司", "有限责任公司", "有限公司", "分公司", "总公司", "股份", "公司", "co.,ltd", "ltd", "inc",
    ] where text.count > form.count + 1 {
      if text.lowercased().hasSuffix(form) {
        text = String(text.dropLast(form.count))
        break
      }
    }
    return text
  }

  /// What says that all names of a group are the one that is known, or else its longest.
  private func line(_ group: [String], _ comma: String) -> String {
    let whole = group.first(where: known.contains) ?? group.max { $0.count < $1.count } ?? ""
    return group.filter { $0 != whole }.prefix(3).map { "\"\($0)\" = \"\(whole)\"" }.joined(separator: comma)
  }

  /// What is said of them; nil where all differ.
  ///
  /// - Parameter onto: the scenario that only names them, where the register itself names all of them rightly: what is
  ///   to be said is said of the registers that name them otherwise.
  func doubt(_ list: ListDeclaration, onto target: String? = nil, at location: SourceRange?) -> Diagnostic? {
    guard !groups.isEmpty else { return nil }
    let shown = groups.prefix(3)
    let more = groups.count - shown.count
    let en = shown.map { $0.joined(separator: " / ") }.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    let zh = shown.map { $0.joined(separator: "／") }.joined(separator: "；") + (more > 0 ? "；另有 \(more) 组" : "")
    return Diagnostic(
      .warning, code: "register-alike",
      Text("\(list.name) with nearly the same name: \(en)", zh: "\(list.title.zh)名称相近：\(zh)"),
      hint: target.map { target in
        Text(
          "if they are one, import the registers of \(target) that write it so again with "
            + "`cells \(line(groups[0], ", "))`, then this one `onto` that; else nothing needs to be done",
          zh: "如为同一单位，请先把 \(target) 中这样写的台账重新导入，加上 `单元格 \(line(groups[0], "，"))`，再并入本台账；如非同一单位，无需处理")
      }
        ?? Text(
          "if they are one, import with `cells \(line(groups[0], ", "))`; else nothing needs to be done",
          zh: "如为同一单位，导入时请加上 `单元格 \(line(groups[0], "，"))`；如非同一单位，无需处理"), at: location)
  }
}
