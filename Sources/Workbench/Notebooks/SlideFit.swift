// How large a slide's type may be on paper, so that it fills its page and does not run over it. Reckons with what the
// slide has to show; knows nothing of what it says.

import Diagnostics

enum SlideFit {
  /// The sizes of type that a page's style knows, in points, the largest first.
  static let sizes = [19, 17, 15, 13, 11, 9]

  /// The class of a slide.
  static func style(of html: String) -> String {
    let blocks = SlideFit.blocks(html)
    let size = sizes.first { height(blocks, at: Double($0)) <= room.height } ?? sizes[sizes.count - 1]
    return "fit-\(size)"
  }

  /// What an A4 page that lies has for a slide between its margins, in points.
  private static let room = (width: 760.0, height: 545.0)

  private struct Block {
    var columns = 0
    /// A multiple of the slide's type, and of its lines with what is between them.
    var scale = 1.0
    var step = 1.9
    var isPicture = false
  }

  private static func height(_ blocks: [Block], at size: Double) -> Double {
    blocks.reduce(0) { sum, block in
      // A chart is as high as it is, whatever the type.
      if block.isPicture { return sum + 250 }
      let type = size * block.scale
      // A column of a terminal is half as wide as a character is high.
      let lines = max(1, (Double(block.columns) * type / 2 / room.width).rounded(.up))
      return sum + type * (block.step + (lines - 1) * 1.5)
    }
  }

  /// The lines, rows and pictures of a page's part, one below the other.
  private static func blocks(_ html: String) -> [Block] {
    var out: [Block] = []
    let widths = DisplayWidth()
    var block = Block()
    func close() {
      if block.columns > 0 { out.append(block) }
      block = Block()
    }
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      let text = rest[..<open]
      for (i, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        // Only code keeps its lines.
        if i > 0, block.step < 1.4 {
          let (scale, step) = (block.scale, block.step)
          close()
          (block.scale, block.step) = (scale, step)
        }
        block.columns += widths.of(String(line))
      }
      guard let end = rest[open...].firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: open)..<end].prefix { $0.isLetter || $0.isNumber || $0 == "/" }
      rest = rest[rest.index(after: end)...]
      switch tag {
      case "/section":
        close()
        // Between two clauses there is room.
        block.columns = 1
        block.step = 0.8
        close()
      case "svg":
        close()
        out.append(Block(isPicture: true))
        if let over = rest.firstRange(of: "</svg>") { rest = rest[over.upperBound...] }
      case "details":
        // What paper does not show: the figures of a chart, a rule that is folded.
        close()
        if ["figures", "rule", "spoiler"].contains(where: html[open..<end].contains),
          let over = rest.firstRange(of: "</details>")
        {
          rest = rest[over.upperBound...]
        }
      case "h1", "h2", "h3", "caption", "tr", "p", "li", "pre", "div", "summary", "figcaption":
        close()
        block.scale = tag == "h1" ? 2.2 : tag == "h2" ? 1.6 : tag == "tr" ? 0.8 : tag == "pre" ? 0.72 : 1
        block.step = tag == "tr" ? 2.1 : tag == "pre" ? 1.39 : 1.9
      case "/h1", "/h2", "/h3", "/caption", "/tr", "/p", "/li", "/pre", "/div", "/summary", "/figcaption": close()
      // Between two cells of a row there is room.
      case "td", "th": block.columns += 2
      default: break
      }
    }
    close()
    return out
  }
}
