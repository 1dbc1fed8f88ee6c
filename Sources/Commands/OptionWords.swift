// The words of options: dimensions, modes and forms, in both languages. Knows nothing of which command takes them.

import Diagnostics
import Engine
import Reports

extension Dimension {
  /// The Chinese spellings, the usual one first.
  package var chinese: [String] {
    switch self {
    case .measure: ["措施", "条款"]
    case .kind: ["待遇类型", "类别", "种类"]
    case .year: ["年度", "年"]
    case .month: ["月份", "月"]
    case .beneficiary: ["对象", "受益人"]
    case .fund: ["资金来源", "来源"]
    }
  }

  package var title: Text {
    switch self {
    case .measure: Text("Measure", zh: "措施")
    case .kind: Text("Kind", zh: "待遇类型")
    case .year: Text("Year", zh: "年度")
    case .month: Text("Month", zh: "月份")
    case .beneficiary: Text("Beneficiary", zh: "对象")
    case .fund: Text("Fund", zh: "资金来源")
    }
  }

  package static func named(_ word: String) -> Dimension? {
    allCases.first { $0.rawValue == word || $0.rawValue + "s" == word || $0.chinese.contains(word) }
  }
}

extension Mode {
  /// The Chinese spellings, the usual one first.
  package var chinese: [String] {
    switch self {
    case .enacted: ["原文件施行", "施行", "现行", "实施"]
    case .adopted: ["假设本地采用", "假设采用", "采用", "移植"]
    }
  }

  /// As a result says it.
  package var title: Text {
    switch self {
    case .enacted: Text("as enacted", zh: "按原文件施行（在本地区、本期限内）")
    case .adopted: Text("as adopted", zh: "假设本地采用（不计期限）")
    }
  }

  /// Words that say a mode without a word before them: 假设本地采用.
  package static let standingWords = ["假设本地采用", "假设采用", "按原文件施行"]

  /// The mode that a word by itself says.
  package static func standing(_ word: String) -> Mode? {
    guard standingWords.contains(word) else { return nil }
    return word == "按原文件施行" ? .enacted : .adopted
  }

  package static func named(_ word: String) -> Mode? {
    [Mode.enacted, .adopted].first { $0.rawValue == word || $0.chinese.contains(word) }
  }
}
