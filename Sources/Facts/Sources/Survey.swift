// A first pass over a bulk file: how many lines it has, whether it quotes, and where it can be cut into runs of whole
// records for several threads. Knows nothing of columns.
import Dispatch
import Glibc

/// How a bulk file is cut.
struct Survey {
  struct Run {
    var begin: Int
    var end: Int
    /// The line on which it begins.
    var line: Int
    /// Line feeds in it, and one for a last line without: no fewer than its records.
    var lines: Int
  }

  private(set) var runs: [Run] = []
  private(set) var hasQuotes = false

  var lines: Int { runs.reduce(0) { $0 + $1.lines } }

  /// Files smaller than this are read in one run.
  private static let worthSplitting = 1 << 18

  init(_ file: FileBytes, from body: Int, line: Int, threads: Int) {
    let size = file.count - body
    guard size > 0 else { return }
    let parts = size < Survey.worthSplitting ? 1 : max(1, min(threads, 64))
    let edges = (0...parts).map { body + size * $0 / parts }
    let counts = UnsafeMutablePointer<(feeds: Int, quotes: Int)>.allocate(capacity: parts)
    counts.initialize(repeating: (0, 0), count: parts)
    defer { counts.deallocate() }
    nonisolated(unsafe) let results = counts
    if parts == 1 {
      results[0] = Survey.count(file.base + body, size)
    } else {
      DispatchQueue.concurrentPerform(iterations: parts) { k in
        results[k] = Survey.count(file.base + edges[k], edges[k + 1] - edges[k])
      }
    }
    hasQuotes = (0..<parts).contains { counts[$0].quotes > 0 }
    var quotes = 0
    var feeds = 0
    var begin = body
    var feedsBefore = 0
    for k in 0..<parts {
      quotes += counts[k].quotes
      feeds += counts[k].feeds
      var end = edges[k + 1]
      var feedsHere = feeds
      if k < parts - 1 {
        if begin > end { continue }
        // The cut moves on to the end of the record: the next line feed outside quotation marks.
        var inside = quotes % 2 == 1
        while end < file.count {
          let byte = file.base[end]
          end += 1
          if byte == 0x22 { inside.toggle() }
          if byte == 0x0A {
            feedsHere += 1
            if !inside { break }
          }
        }
        // The last line may end without a line feed, and hold the other cuts.
        if end == file.count, file.base[end - 1] != 0x0A { feedsHere += 1 }
      } else {
        end = file.count
        if file.base[end - 1] != 0x0A { feedsHere += 1 }
      }
      if end > begin {
        runs.append(Run(begin: begin, end: end, line: line + feedsBefore, lines: feedsHere - feedsBefore))
      }
      begin = end
      feedsBefore = feedsHere
    }
  }

  /// Line feeds and quotation marks.
  static func count(_ p: UnsafePointer<UInt8>, _ size: Int) -> (feeds: Int, quotes: Int) {
    var feeds = 0
    var quotes = 0
    var i = 0
    // Eight bytes at a time: a byte equals the one sought when no bit is left of it after the exclusive or. Sums of
    // single bytes overflow after 255 words.
    let word = 8
    while i &+ word * 255 <= size {
      var f: UInt64 = 0
      var q: UInt64 = 0
      for k in 0..<255 {
        let bytes = UnsafeRawPointer(p + i).loadUnaligned(fromByteOffset: k &* word, as: UInt64.self)
        f &+= ones(bytes ^ 0x0A0A_0A0A_0A0A_0A0A)
        q &+= ones(bytes ^ 0x2222_2222_2222_2222)
      }
      feeds &+= sum(f)
      quotes &+= sum(q)
      i &+= word * 255
    }
    while i < size {
      if p[i] == 0x0A { feeds += 1 }
      if p[i] == 0x22 { quotes += 1 }
      i += 1
    }
    return (feeds, quotes)
  }

  /// A 1 for each byte that is zero.
  @inline(__always)
  private static func ones(_ x: UInt64) -> UInt64 {
    let any = (x & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | x
    return (~any & 0x8080_8080_8080_8080) &>> 7
  }

  private static func sum(_ bytes: UInt64) -> Int {
    var total = 0
    for shift in stride(from: UInt64(0), to: 64, by: 8) { total += Int((bytes >> shift) & 0xFF) }
    return total
  }
}
