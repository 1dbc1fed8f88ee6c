// Tests of the tidy rules themselves: each finds what it has to find in a small source, and nothing in a clean one.

import Testing

@Suite("Tidy rules")
struct TidyRuleTests {
  private static func found(_ rule: TidyRule, _ text: String) -> [String] {
    rule.violations(SwiftText(text, file: "Sample.swift"))
  }

  @Test("a line of 120 characters is short enough, and one of 121 is not")
  func lines() {
    let longest = "// " + String(repeating: "元", count: TidyRule.longestLine - 3)
    #expect(Self.found(.lines, longest + "\n" + longest) == [])
    #expect(Self.found(.lines, longest + "\n" + longest + "!\n") == [""])
  }

  @Test("a file of 400 lines is short enough, and one of 401 is not")
  func files() {
    let longest = String(repeating: "//\n", count: TidyRule.longestFile)
    #expect(Self.found(.files, longest) == [])
    #expect(Self.found(.files, longest + "//\n") == [""])
  }

  @Test(
    "a function of 70 lines is short enough, and one of 71 is not",
    arguments: [
      ("func f(_ done: () -> Void = {}) -> [Int] where T: P", "f"), ("static func == (a: A, b: A) -> Bool", "=="),
      ("init?(x: Int)", "init"),
      ("subscript(i: Int) -> Int", "subscript"), ("private(set) var x: (Int) -> Int", "x"), ("deinit", "deinit"),
    ])
  func functions(head: String, name: String) {
    func source(_ statements: Int) -> String {
      // Braces in texts and remarks are not the function's.
      let traps = "    let a = \"}\" // }\n    let b = \"\\(a.map { \"}\" })\" /* } */\n    if a { b }\n"
      let filling = String(repeating: "    x += 1\n", count: statements - 3)
      return
        "struct S {\n  /// What.\n  \(head) {\n\(traps)\(filling)  }\n\n  var stored: Int = 1\n  let other: Int\n}\n"
    }
    #expect(Self.found(.functions, source(TidyRule.longestFunction - 2)) == [])
    #expect(Self.found(.functions, source(TidyRule.longestFunction - 1)) == [name])
  }

  @Test("what a protocol asks for has no body, and a stored variable neither")
  func declarationsWithoutBody() {
    let text = """
      protocol P {
        func f(_ x: Int) -> Int
        var v: Int { get }
        init(_ x: Int)
      }
      struct S {
        var a: Int = 1
        var b: [Int] = []
        func g() {}
      }
      """
    #expect(SwiftText(text, file: "Sample.swift").functions.map(\.name) == ["v", "g"])
  }

  @Test("literals of every sort end where they end")
  func literals() {
    let text = #"""
      let a = "// no remark \" {", b = #"a " b \(c) "#, c = "\(f("x", [")"]))"
      let d = """
        { " ""
        \(e) // no remark
        """
      /* outer /* inner */ still */ let g = 1 // said
      """#
    let source = SwiftText(text, file: "Sample.swift")
    #expect(source.tokens.filter(\.isWord).map(\.name) == ["let", "a", "b", "c", "f", "let", "d", "e", "let", "g"])
    #expect(source.comments.contains("still") && source.comments.hasSuffix("said"))
    #expect(!source.comments.contains("no remark"))
  }

  @Test("what is public has a doc comment")
  func documentation() {
    let clean = """
      /// A thing.
      @frozen
      public struct S {
        /// Its size.
        public let size: Int
        let hidden: Int
        package let seam: Int
      }
      public extension S {}
      public import Foundation
      """
    #expect(Self.found(.documentation, clean) == [])
    let bare = """
      // No doc comment.
      public struct S {
        public static let a, b: Int
        /// Its size.

        public var size: Int { 1 }
        public init() {}
        public private(set) var x = 1
        @inlinable public final class func make() {}
        public class C {}
      }
      """
    #expect(Self.found(.documentation, bare) == ["S", "a", "size", "init", "x", "make", "C"])
  }

  @Test("a switch over cases has no default, one over numbers and characters has to have one")
  func defaults() {
    func source(_ first: String, _ second: String) -> String {
      """
      func f(_ x: X) -> Bool {
        switch x {
        case \(first): return y ? .yes : .no
        case \(second): if case .some = z { return true }
        default:
          return false
        }
      }
      """
    }
    for clean in [
      ("0", "..<0x80"), ("\"(\"", "\"a\"..\"z\""), ("UInt8(ascii: \"a\")", "0x0...0x9"), ("Word.low", "CMARK_NODE"),
    ] {
      #expect(Self.found(.defaults, source(clean.0, clean.1)) == [], "\(clean)")
    }
    for broken in [
      (".low", "1"), ("0", "let .high(x)"), ("(1, .low)", "(2, 3)"), ("1", "2, .low(3)"), ("1", "(_, .none)?"),
    ] {
      #expect(Self.found(.defaults, source(broken.0, broken.1)) == ["f"], "\(broken)")
    }
    #expect(Self.found(.defaults, "let x = d[k, default: 0]\n// default:\n") == [])
  }

  @Test(
    "nothing stops without a sentence, and a missing place is not the first",
    arguments: [
      ("let m = Mirror(reflecting: x)", "Mirror"), ("let x = try! f()", "try!"), ("let x = y as! T", "as!"),
      ("fatalError()", "fatalError"),
      ("let i = d.index(of: x, in: [(1)]) ?? 0", "?? 0"), ("let i = d.firstIndex { $0 == x } ?? 0", "?? 0"),
      ("let i = d.lastIndex(where: { $0 })\n  ?? 0", "?? 0"), ("let x = \"\\(try! f())\"", "try!"),
    ])
  func traps(text: String, name: String) {
    #expect(Self.found(.traps, text) == [name])
    let clean = """
      // No try! and no as!, and no fatalError() either.
      let a = "Mirror(x)", b = try? f(), c = try f(), d = y as? T, mirror = Mirror.self
      let i = x.index(y) ?? 1, j = x.index(y), k = x.count(y) ?? 0
      """
    #expect(Self.found(.traps, clean) == [])
  }

  @Test("a decision is cited by a name that there is")
  func references() {
    let decisions = TidyRule.decisions(
      in:
        "**Intro.** x\n## Decisions\n\n- **One evaluator.** Why.\n2. **Rules are documents.** It\n## More\n- **No.**"
    )
    #expect(decisions == ["One evaluator", "Rules are documents"])
    let rule = TidyRule.references(to: decisions)
    #expect(
      Self.found(
        rule, "// Why (architecture: One\n// evaluator), and a decision of 3 people.\nlet decision = \"decision 6\"")
        == [])
    #expect(
      Self.found(
        rule,
        "// (architecture, decision 6)\n/* (architecture: Two evaluators) */\n/// as decided: Decisions\n/// 1 and 2")
        == [
          "decision 6", "decision 1", "Two evaluators",
        ])
  }

  @Test("a permission is used where another target says the name, or a further permission needs the type")
  func permissions() {
    let own = """
      public struct Used { public let size, weight: Int; public init() {} }
      package protocol Asking { func asked() }
      public enum Carrying { case one(Carried) }
      package struct Carried: Asking { package func asked() {} }
      public struct Result { package var description: String { "" } }
      public func useful() -> Result { Result() }
      package typealias Alone = Int
      public func + (a: Used, b: Used) -> Used { a }
      struct Hidden { let nobody: Int }
      """
    let other = "let u = useful(), c: Carrying, a: Used // weight and Alone\nlet w = \"weight \\(u.size)\""
    let targets = ["Own": [SwiftText(own, file: "Own.swift")], "OwnTests": [SwiftText(other, file: "Other.swift")]]
    #expect(
      UnusedPermissions(targets: targets).violations(in: "Own") == [
        "unused-permission Own.swift weight", "unused-permission Own.swift Alone",
      ])
    #expect(UnusedPermissions(targets: targets).violations(in: "OwnTests") == [])
  }

  @Test("the list fails for what is new and for what is gone, and can only shrink")
  func list() {
    let list = TidyList("# remark\ntrap A.swift try! x2\ntrap B.swift as!\ndecision A.swift try!\n")
    let same = list.compared(to: ["trap A.swift try!", "trap A.swift try!", "trap B.swift as!"], rule: "trap")
    #expect(same.new == [] && same.gone == [])
    let other = list.compared(to: ["trap A.swift try!", "trap C.swift as!", "trap C.swift as!"], rule: "trap")
    #expect(other.new == ["trap C.swift as! x2"])
    #expect(other.gone == ["trap A.swift try!", "trap B.swift as!"])
    #expect(other.kept == "# remark\ntrap A.swift try!\ndecision A.swift try!\n")
    #expect(
      list.compared(to: Array(repeating: "trap A.swift try!", count: 3), rule: "trap").new == ["trap A.swift try!"])
  }
}
