// Derivations in a terminal: each reason under what it is a reason for, joined by lines. Trees may be as deep as they
// like; beyond half the window the depth is written as a number instead of drawn.

import Diagnostics

extension TerminalRenderer {
  private struct Open {
    let node: TreeNode
    let depth: Int
    let isLast: Bool
  }

  func draw(_ nodes: [TreeNode], on screen: inout Screen) {
    var open = stacked(nodes, depth: 0)
    /// For each level above the node, whether more nodes follow on it.
    var follows: [Bool] = []
    while let next = open.popLast() {
      follows.removeLast(max(0, follows.count - next.depth))
      draw(next, follows, on: &screen)
      follows.append(!next.isLast)
      if !next.node.isFolded { open += stacked(next.node.children, depth: next.depth + 1) }
    }
  }

  private func stacked(_ nodes: [TreeNode], depth: Int) -> [Open] {
    nodes.enumerated().reversed().map { Open(node: $1, depth: depth, isLast: $0 == nodes.count - 1) }
  }

  private func draw(_ open: Open, _ follows: [Bool], on screen: inout Screen) {
    var body = pieces(open.node.line)
    if open.node.isFolded, !open.node.children.isEmpty {
      let count = open.node.descendants
      body.append(Piece(Text(" (\(count) more lines)", zh: "（另有 \(count) 行）").in(language), .muted))
    }
    let more = !open.node.isFolded && !open.node.children.isEmpty
    // The outermost nodes stand at the margin; lines are drawn from their children on.
    let step = columns.of(glyphs.trunk)
    let (first, rest): (String, String)
    if open.depth == 0 {
      (first, rest) = ("", more ? glyphs.trunk : String(repeating: " ", count: step))
    } else if open.depth * step <= width / 2 {
      let blank = String(repeating: " ", count: step)
      let margin = follows.dropFirst().map { $0 ? glyphs.trunk : blank }.joined()
      (first, rest) = (
        margin + (open.isLast ? glyphs.corner : glyphs.fork),
        margin + (open.isLast ? blank : glyphs.trunk) + (more ? glyphs.trunk : "")
      )
    } else {
      let mark = "[\(open.depth)] "
      (first, rest) = (mark, String(repeating: " ", count: mark.utf8.count))
    }
    let room = max(width - max(columns.of(first), columns.of(rest)), 4)
    for (i, line) in wrap(body, to: room).enumerated() {
      screen.line([Piece(i == 0 ? first : rest, .muted)] + line)
    }
  }
}
