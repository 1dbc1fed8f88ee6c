// Damaged documents: whatever is done to a text, reading it ends, and every message has a place inside it.
import Diagnostics
import Testing

@testable import PolicyLanguage

/// A generator that gives the same numbers every time (SplitMix64).
private struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Damaged documents")
struct ParserFuzzTests {
  private static let pieces: [String] =
    Word.allCases.map(\.rawValue) + [
      "(", ")", "\"", "“", "”", "，", "（", ",", ":", ";", ".", "=", "==", "%", "-", "\n", "\n  ", "\n\n", "```",
      "```policy\n",
      "#", "１２", "1,234", "2022-01-28", "2022-13-77", "350500-tiz", "200万", "\u{FFFD}", "\u{202E}", "\u{0}", "e\u{301}",
      "\r",
      "\t", "> ", "- ", "长乐", "x", "\\", "\u{FEFF}",
    ]

  private static func damaged(_ lines: [String], _ numbers: inout Numbers) -> String {
    var lines = lines
    for _ in 0..<Int.random(in: 1...6, using: &numbers) {
      let i = Int.random(in: 0..<lines.count, using: &numbers)
      let j = Int.random(in: 0..<lines.count, using: &numbers)
      let piece = pieces.randomElement(using: &numbers) ?? ""
      switch Int.random(in: 0..<8, using: &numbers) {
      case 0: lines.remove(at: i)
      case 1: lines.swapAt(i, j)
      case 2: lines.insert(lines[j], at: i)
      case 3: lines[i] = String(lines[i].drop { $0 == " " })
      case 4: lines[i] = String(lines[i].prefix(Int.random(in: 0...lines[i].count, using: &numbers)))
      case 5:
        var words = lines[i].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        words[Int.random(in: 0..<words.count, using: &numbers)] = piece
        lines[i] = words.joined(separator: " ")
      case 6:
        var characters = Array(lines[i])
        if !characters.isEmpty { characters.remove(at: Int.random(in: 0..<characters.count, using: &numbers)) }
        lines[i] = String(characters)
      default:
        var characters = Array(lines[i])
        characters.insert(contentsOf: piece, at: Int.random(in: 0...characters.count, using: &numbers))
        lines[i] = String(characters)
      }
      if lines.isEmpty { lines = [""] }
    }
    return lines.joined(separator: "\n")
  }

  @Test("Reading ends and every message has its place, its words and a remedy", arguments: 0..<8)
  func damage(seed: Int) {
    var numbers = Numbers(state: UInt64(seed))
    let lines = everything.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for round in 0..<40 {
      let text = Self.damaged(lines, &numbers)
      let source = SourceFile(name: "damaged", text: text)
      let (_, problems) = PolicyParser.parse(document: source)
      for problem in problems {
        guard let location = problem.location else {
          Issue.record("no place: \(problem.code) in seed \(seed), round \(round)")
          continue
        }
        let isInside =
          location.start.line >= 1 && location.end.line <= source.lines.count && location.start <= location.end
        let width = (source.lines.line(location.end.line)?.count ?? 0) + 1
        if !isInside || location.end.column > width || problem.message.en.isEmpty || problem.message.zh.isEmpty
          || problem.hint == nil
        {
          Issue.record("\(problem.code) at \(location.start) to \(location.end) in seed \(seed), round \(round)")
        }
      }
    }
  }
}
