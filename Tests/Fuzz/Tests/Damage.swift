// Damages seeds: bytes and whole pieces are changed, lost, doubled and moved between seeds. The same number gives the
// same damage on every machine. Knows nothing of what reads the bytes, nor which of its branches were reached.

/// Makes damaged inputs of seeds.
struct Damage {
  /// What stands where readers decide: marks, limits of numbers, characters that are not what they seem.
  private static let pieces: [[UInt8]] =
    [
      "\"", "'", ",", "，", ":", "：", "\n", "\r", "\t", "\n\n", "  ", "```", "```cesuan\n", "---\n", "{{", "}}", "|",
      "&a", "*a",
      "!!", "? ", "- ", "[", "]", "{", "}", "<", ">", "&lt;", "&#0;", "&#x110000;", "<![CDATA[", "]]>", "<!--", "%",
      "-",
      "0", "-0", "1e309", "9223372036854775807", "-9223372036854775809", "0.000000001", "99999999999999999999999999",
      "2022-02-30", "0000-00-00", "9999-12-31", "99991231", "至今", "万", "百分之", "１２", "e\u{301}", "\u{202E}", "\u{FEFF}",
      "\u{FFFD}", "\u{1F468}\u{200D}\u{1F469}", "../", "/dev/zero", "~", "XFD1048576", "A0", "XFE1", " to ", " if ",
      " and ",
      "not ", "(", ")", "若", "且", "document ", "measure ", "list ",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x81, 0x30]]

  /// No input grows beyond what a hang is measured by.
  static let limit = 1 << 16

  private let seeds: [[UInt8]]
  private var state: UInt64

  init(_ seeds: [[UInt8]], number: UInt64) {
    precondition(!seeds.isEmpty, "a reader has a seed to begin with")
    self.seeds = seeds
    state = number
  }

  /// SplitMix64.
  private mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  /// The next input.
  mutating func next() -> [UInt8] {
    var bytes = seeds[below(seeds.count)]
    for _ in 0...below(6) { change(&bytes) }
    return Array(bytes.prefix(Damage.limit))
  }

  private mutating func part(of bytes: [UInt8], most: Int) -> Range<Int> {
    let start = below(bytes.count + 1)
    return start..<min(start + below(most), bytes.count)
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = below(bytes.count + 1)
    switch below(9) {
    case 0 where place < bytes.count: bytes[place] = UInt8(below(256))
    case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
    case 2: bytes.removeSubrange(part(of: bytes, most: 40))
    case 3: bytes.insert(contentsOf: bytes[part(of: bytes, most: 200)], at: place)
    case 4:
      // A piece many times over: what nests, and what is long.
      let piece = Damage.pieces[below(Damage.pieces.count)]
      for _ in 0..<below(300) { bytes.insert(contentsOf: piece, at: place) }
    case 5:
      let other = seeds[below(seeds.count)]
      bytes.insert(contentsOf: other[part(of: other, most: 400)], at: place)
    case 6: bytes.removeSubrange(place...)
    case 7:
      let lost = part(of: bytes, most: 12)
      bytes.replaceSubrange(lost, with: Damage.pieces[below(Damage.pieces.count)])
    case _: bytes.insert(contentsOf: Damage.pieces[below(Damage.pieces.count)], at: place)
    }
  }
}
