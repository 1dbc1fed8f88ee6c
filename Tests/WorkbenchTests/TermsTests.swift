// One word for one thing in Chinese: words that were given up, each with the one that took its place, stand in no
// message, no help, no document and no notebook. Commands still read them.

import Foundation
import Testing

@Suite("One word for one thing")
struct TermsTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

  /// Words that were given up.
  private static let rejected: [String: String] = [
    "读法": "口径", "解读": "口径", "断崖": "门槛", "按现行": "按原文件施行", "照现行": "按原文件施行", "按采用": "假设本地采用",
    "参照采用": "假设采用", "截止日": "核算日", "引用值": "引用标准", "待付": "未到期", "就高让出": "就高不重复", "未定价": "标准未明确",
    "未明确标准": "标准未明确", "待定": "无法判定", "不知道": "未填", "无法判断": "无法判定", "事由": "对应记录", "享受对象": "发放对象",
    "我们的假定": "测算假定", "我们的假设": "测算假定", "视为应付日": "应付日", "权利发生": "计为应付", "产生于": "计为应付",
    "取高者": "就高", "取其高": "就高", "最高数": "按上限计", "现行文件": "现行有效", "义务": "任务",
  ]

  /// Where the letters of such a word are those of another.
  private static let others = ["计发截止日", "运行截止日", "截止日期", "义务教育"]

  private func found(_ text: some StringProtocol) -> [String] {
    var text = String(text)
    for other in Self.others { text = text.replacing(other, with: "") }
    return Self.rejected.filter { text.contains($0.key) }.map { "\($0.key), now \($0.value)" }.sorted()
  }

  @Test("in what the program says")
  func sources() throws {
    let folder = Self.root.appending(path: "Sources")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
      .filter { $0.hasSuffix(".swift") }
    #expect(paths.count > 300)
    var texts = 0
    for path in paths {
      let source = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      for match in source.matches(of: /zh: "((?:[^"\\]|\\.)*)"/) {
        texts += 1
        let words = found(match.1)
        #expect(words.isEmpty, "\(path): \(match.1): \(words)")
      }
    }
    #expect(texts > 1_000)
  }

  @Test("in documents and notebooks", arguments: ["Sources/CDistricts/documents", "notebooks"])
  func books(folder: String) throws {
    let folder = Self.root.appending(path: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .filter { $0.hasSuffix(".md") && !$0.hasSuffix(".en.md") }
    #expect(names.count > 4)
    for name in names {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let words = found(line)
        #expect(words.isEmpty, "\(name): \(line.prefix(80)): \(words)")
      }
    }
  }
}
