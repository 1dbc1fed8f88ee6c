// Bytes to keys: every sequence the decoder knows, whole and cut anywhere, pasted blocks, and bytes that are no text.

import Testing

@testable import LineEditor

@Suite("Keys")
struct KeyDecoderTests {
  /// All steps until the decoder wants more, the last one included.
  static func steps(_ bytes: [UInt8], cursorKeys: Bool = false, patient: Bool = true) -> [KeyDecoder.Step] {
    var decoder = KeyDecoder()
    decoder.decodesCursorKeys = cursorKeys
    decoder.feed(bytes)
    return rest(of: &decoder, patient: patient)
  }

  static func rest(of decoder: inout KeyDecoder, patient: Bool = true) -> [KeyDecoder.Step] {
    var steps: [KeyDecoder.Step] = []
    while true {
      let step = decoder.next(patient: patient)
      steps.append(step)
      if case .wait = step { return steps }
    }
  }

  static func steps(_ text: String) -> [KeyDecoder.Step] { steps(Array(text.utf8)) }

  static func keys(_ text: String) -> [KeyDecoder.Step] { text.unicodeScalars.map { .key($0.value) } }

  static let always: [(String, EditorKey)] = [
    ("\u{1b}\r", .newline), ("\u{1b}\n", .newline), ("\u{1b}.", .correct),
    ("\u{1b}[A", .up), ("\u{1b}OA", .up), ("\u{1b}[B", .down), ("\u{1b}OB", .down),
  ]

  static let inViMode: [(String, EditorKey)] = [
    ("\u{1b}[C", .right), ("\u{1b}OC", .right), ("\u{1b}[D", .left), ("\u{1b}OD", .left),
    ("\u{1b}[H", .home), ("\u{1b}OH", .home), ("\u{1b}[1~", .home),
    ("\u{1b}[F", .end), ("\u{1b}OF", .end), ("\u{1b}[4~", .end), ("\u{1b}[3~", .delete),
  ]

  @Test("plain characters, Chinese ones and control keys come through as they are")
  func characters() {
    #expect(Self.steps("a\t\r测算𠮷") == Self.keys("a\t\r测算𠮷") + [.wait(briefly: false)])
    #expect(Self.steps([]) == [.wait(briefly: false)])
  }

  @Test("every sequence is one key, in one piece or byte by byte", arguments: always + inViMode)
  func sequences(sequence: String, key: EditorKey) {
    let bytes = Array(sequence.utf8)
    #expect(Self.steps(bytes, cursorKeys: true) == [.key(key.rawValue), .wait(briefly: false)])
    for cut in 1..<bytes.count {
      var decoder = KeyDecoder()
      decoder.decodesCursorKeys = true
      decoder.feed(bytes[..<cut])
      #expect(Self.rest(of: &decoder) == [.wait(briefly: true)], "cut at \(cut)")
      decoder.feed(bytes[cut...])
      #expect(Self.rest(of: &decoder) == [.key(key.rawValue), .wait(briefly: false)], "cut at \(cut)")
    }
  }

  @Test("outside vi mode the cursor keys are left to the editor's own bindings", arguments: inViMode)
  func leftToBindings(sequence: String, key: EditorKey) {
    #expect(Self.steps(sequence) == Self.keys(sequence) + [.wait(briefly: false)])
  }

  @Test("a sequence that nobody knows is the keys it is made of")
  func unknownSequence() {
    #expect(Self.steps("\u{1b}[1;5C") == Self.keys("\u{1b}[1;5C") + [.wait(briefly: false)])
    #expect(Self.steps("\u{1b}x") == Self.keys("\u{1b}x") + [.wait(briefly: false)])
  }

  @Test("a lone escape waits for a moment and is then a key")
  func loneEscape() {
    #expect(Self.steps([0x1b]) == [.wait(briefly: true)])
    #expect(Self.steps([0x1b], patient: false) == [.key(0x1b), .wait(briefly: false)])
    #expect(Self.steps([0x1b, 0x5b], patient: false) == [.key(0x1b), .key(0x5b), .wait(briefly: false)])
  }

  @Test("a character cut anywhere is one character", arguments: ["é", "测", "𠮷"])
  func splitCharacters(text: String) {
    let bytes = Array(text.utf8)
    for cut in 1..<bytes.count {
      var decoder = KeyDecoder()
      decoder.feed(bytes[..<cut])
      #expect(Self.rest(of: &decoder) == [.wait(briefly: true)])
      decoder.feed(bytes[cut...])
      #expect(Self.rest(of: &decoder) == Self.keys(text) + [.wait(briefly: false)])
    }
  }

  @Test(
    "what is not UTF-8 is shown as such and upsets nothing that follows",
    arguments: [
      ([0xff, 0x61], 1), ([0x80, 0x61], 1), ([0xc0, 0xaf, 0x61], 2), ([0xe6, 0x61], 1), ([0xe6, 0xb5, 0x61], 1),
      ([0xed, 0xa0, 0x80, 0x61], 1), ([0xf4, 0x90, 0x80, 0x80, 0x61], 1), ([0xf8, 0x61], 1),
      // U+0085 would be a key of the editor's own.
      ([0xc2, 0x85, 0x61], 1),
    ] as [([UInt8], Int)])
  func invalid(bytes: [UInt8], replaced: Int) {
    let expected: [KeyDecoder.Step] = Array(repeating: .key(0xfffd), count: replaced) + [.key(0x61)]
    #expect(Self.steps(bytes) == expected + [.wait(briefly: false)])
  }

  @Test("a character that stays incomplete is replaced once the moment is over")
  func neverFinished() {
    #expect(Self.steps([0xe6, 0xb5], patient: false) == [.key(0xfffd), .wait(briefly: false)])
  }

  @Test("no typed character is taken for a key of the editor's own")
  func ownKeysCannotBeTyped() throws {
    for key in EditorKey.allCases {
      let typed = try #require(Unicode.Scalar(key.rawValue))
      #expect(Self.steps(String(Character(typed))) == [.key(0xfffd), .wait(briefly: false)])
    }
  }

  // MARK: Paste

  @Test("a pasted block arrives as a whole, its line ends as line feeds")
  func paste() {
    let steps = Self.steps("\u{1b}[200~load a.yaml\r\ncost\rby year\n\u{1b}[201~x")
    #expect(steps == [.paste("load a.yaml\ncost\nby year\n"), .key(0x78), .wait(briefly: false)])
  }

  @Test("a pasted block may be cut anywhere, even inside the sequences around it")
  func splitPaste() {
    let bytes = Array("\u{1b}[200~测\r\n算\u{1b}[201~".utf8)
    for cut in 1..<bytes.count {
      var decoder = KeyDecoder()
      decoder.feed(bytes[..<cut])
      let first = Self.rest(of: &decoder)
      // Only the sequence at the beginning could be something else.
      #expect(first == [.wait(briefly: cut < 6)], "cut at \(cut)")
      decoder.feed(bytes[cut...])
      #expect(Self.rest(of: &decoder) == [.paste("测\n算"), .wait(briefly: false)], "cut at \(cut)")
    }
  }

  @Test("what would act on the terminal is made visible in a pasted block; tabs stay")
  func pastedControls() {
    let steps = Self.steps(
      Array("\u{1b}[200~a\tb\u{7}\u{1b}[31mc\u{7f}".utf8) + [0xc2, 0x9b, 0xff] + Array("\u{1b}[201~".utf8))
    #expect(steps == [.paste("a\tb\u{fffd}\u{fffd}[31mc\u{fffd}\u{fffd}\u{fffd}"), .wait(briefly: false)])
  }

  @Test("keys pasted inside a block are text")
  func keysInsidePaste() {
    #expect(Self.steps("\u{1b}[200~a\u{1b}[Ab\u{1b}[201~") == [.paste("a\u{fffd}[Ab"), .wait(briefly: false)])
  }

  @Test("discarding forgets what was typed and a paste that has begun")
  func discarding() {
    var decoder = KeyDecoder()
    decoder.feed(Array("ab\u{1b}[200~half".utf8))
    #expect(Self.rest(of: &decoder) == [.key(0x61), .key(0x62), .wait(briefly: false)])
    decoder.discard()
    decoder.feed(Array("c".utf8))
    #expect(Self.rest(of: &decoder) == [.key(0x63), .wait(briefly: false)])
  }

  @Test("bytes of any kind never trap, and every byte is accounted for in the end")
  func anyBytes() {
    var state: UInt64 = 42
    for _ in 0..<300 {
      var decoder = KeyDecoder()
      decoder.decodesCursorKeys = state & 1 == 0
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        decoder.feed([[0x1b, 0x5b, 0x41, 0x32, 0x7e, 0xe6, 0xb5, 0x8b, 0xff, 0x0d, 0x4f][Int(state >> 33) % 11]])
        _ = decoder.next(patient: state >> 60 & 1 == 0)
      }
      let steps = Self.rest(of: &decoder, patient: false)
      #expect(steps.last == .wait(briefly: false))
    }
  }
}
