// What a scenario's keys are called, in either language. Knows nothing of what they hold.
import Diagnostics

/// The keys of a scenario file.
enum ScenarioKeys {
  /// What stands behind a list's name in the key that names its bulk file.
  static let bulkSuffix = "_from"
  /// The same in Chinese: `录用人员来自: 花名册.xlsx`.
  static let bulkSuffixes = [bulkSuffix, "来自"]

  static let all = [
    "scenario", "district", "as_of", "documents", "values", ScenarioWalk.valuesFrom, "readings", "assume", "ignore",
    "columns",
    "header_row",
  ]

  private static let chinese: [String: String] = [
    "情景": "scenario", "情景名称": "scenario", "本地区": "district", "区县": "district", "地区": "district", "核算日": "as_of",
    "核算日期": "as_of", "文件": "documents", "适用文件": "documents", "引用标准": "values", "引用标准来自": ScenarioWalk.valuesFrom,
    "口径": "readings", "忽略": "ignore", "假设": "assume",
    "不读": "ignore", "列": "columns", "各列": "columns", "表头行": "header_row", "批次": CohortList.key,
    "标题": "scenario", "人员批次": CohortList.key, "用工批次": CohortList.key,
  ]

  /// The keys of a cohort in Chinese.
  static let cohort: [String: String] = [
    "编号": "id", "人数": "count", "人员": "hire", "录用": "hire", "起始": "start", "入职": "start", "参保日期": "start",
    "起始日期": "start", "开始": "start", "开始日期": "start", "入职日期": "start", "留存": "retention",
    "留存率": "retention",
  ]

  /// What a cohort's key is called in Chinese.
  static func words(ofCohortKey name: String) -> String {
    switch name {
    case "id": "编号"
    case "count": "人数"
    case "hire": "人员"
    case "start": "参保日期"
    case "retention": "留存率"
    default: name
    }
  }

  /// What a scenario's key is called in Chinese.
  static func words(of name: String) -> String {
    switch name {
    case "scenario": "情景"
    case "district": "地区"
    case "as_of": "核算日"
    default: name
    }
  }

  /// A key as the contract calls it: `scenario`, `hires`, `hires_from`. Unknown keys stay as they are.
  static func contract(_ name: String, _ dictionary: FactDictionary?) -> String {
    if let known = chinese[name] { return known }
    guard let dictionary, dictionary.list(named: name) == nil else { return name }
    for suffix in bulkSuffixes where name.hasSuffix(suffix) {
      if let list = dictionary.list(named: String(name.dropLast(suffix.count))) { return list.name + bulkSuffix }
    }
    return name
  }
}
