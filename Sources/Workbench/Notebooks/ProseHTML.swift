// The prose of a Markdown text as HTML, and what stands in it that is not prose put in its place. Raw HTML is shown as it is
// written and never passed on; pictures become their description, since a page fetches nothing. Knows nothing of cells.

import CMarkGFM
import Diagnostics
import View

/// Turns a Markdown tree into the inside of a page.
final class ProseHTML {
  private let tree: MarkdownTree
  let language: Language
  /// Headings in their order.
  private(set) var contents: [HTMLPage.Heading] = []
  private var ids: Set<String> = []
  /// What is to stand for a heading's text, where not all of it is wanted.
  var heading: (String) -> String = { $0 }

  init(_ tree: MarkdownTree, _ language: Language) {
    self.tree = tree
    self.language = language
  }

  /// Makes everything safe and gives headings names.
  /// - Parameter figure: the figure for an expression that stands in the text, and whether it is in the text already; nil
  ///   leaves the text as it is.
  func prepare(namingHeadings: Bool = true, figure: (String) -> String?) {
    for node in tree.nodes() {
      switch cmark_node_get_type(node) {
      case CMARK_NODE_HTML_BLOCK: htmlBlock(node)
      case CMARK_NODE_HTML_INLINE: htmlInline(node, figure)
      case CMARK_NODE_TEXT: bracedFigures(node, figure)
      case CMARK_NODE_SOFTBREAK: join(node)
      default: break
      }
    }
    // Outermost pictures only: the others go with them.
    let pictures = tree.nodes().filter {
      cmark_node_get_type($0) == CMARK_NODE_IMAGE && !isInside($0, CMARK_NODE_IMAGE)
    }
    for node in pictures { image(node) }
    guard namingHeadings else { return }
    for node in tree.nodes() where cmark_node_get_type(node) == CMARK_NODE_HEADING { name(node) }
  }

  private func isInside(_ node: OpaquePointer, _ type: cmark_node_type) -> Bool {
    var parent = cmark_node_parent(node)
    while let found = parent {
      if cmark_node_get_type(found) == type { return true }
      parent = cmark_node_parent(found)
    }
    return false
  }

  /// Makes a piece within a page safe; its headings stay out of the contents.
  func prepareInside() { prepare(namingHeadings: false) { _ in nil } }

  /// The page's inside.
  func html() -> String { tree.html() }

  // MARK: Headings

  private func name(_ node: OpaquePointer) {
    let level = Int(cmark_node_get_heading_level(node))
    let plain = heading(tree.plainText(node))
    let id = id(for: plain)
    contents.append(HTMLPage.Heading(level: level, title: plain, id: id))
    let whole = tree.plainText(node)
    var inside = HTMLRenderer.escaped(plain)
    if plain == whole {
      // As the reader made it, markup and all: what stands between the first tag and the last.
      let html = tree.html(of: node)
      if let open = html.firstIndex(of: ">"), let close = html.lastIndex(of: "<"), open < close {
        inside = String(html[html.index(after: open)..<close])
      }
    }
    MarkdownTree.replace(node, withBlock: "<h\(level) id=\"\(HTMLRenderer.escaped(id))\">\(inside)</h\(level)>")
  }

  /// A heading's name on the page: its letters and digits.
  func id(for title: String) -> String {
    var text = ""
    for character in title.lowercased().prefix(60) {
      if character.isLetter || character.isNumber {
        text.append(character)
      } else if !text.hasSuffix("-"), !text.isEmpty {
        text.append("-")
      }
    }
    while text.hasSuffix("-") { text.removeLast() }
    if text.isEmpty { text = "s" }
    var id = text
    var number = 2
    while !ids.insert(id).inserted {
      id = text + "-\(number)"
      number += 1
    }
    return id
  }

  // MARK: Raw HTML

  private func htmlBlock(_ node: OpaquePointer) {
    let text = MarkdownTree.literal(node)
    if ProseHTML.isComment(text) {
      cmark_node_unlink(node)
      cmark_node_free(node)
    } else {
      MarkdownTree.replace(node, withBlock: HTMLRenderer.code(text, language: "html"))
    }
  }

  private func htmlInline(_ node: OpaquePointer, _ figure: (String) -> String?) {
    let text = MarkdownTree.literal(node)
    if let expression = ProseHTML.expression(text) {
      guard let before = cmark_node_previous(node), let shown = figure(expression) else { return drop(node) }
      MarkdownTree.replace(before, withInline: ProseHTML.figure(shown, expression))
      drop(node)
    } else if text.hasPrefix("<!--") {
      drop(node)
    } else if ["<br>", "<br/>", "<br />"].contains(text.lowercased()) {
      MarkdownTree.replace(node, withInline: "<br>")
    } else {
      MarkdownTree.replace(node, withText: text)
    }
  }

  private func drop(_ node: OpaquePointer) {
    cmark_node_unlink(node)
    cmark_node_free(node)
  }

  /// `<!-- = edge.total -->`
  private static func expression(_ text: String) -> String? {
    guard text.hasPrefix("<!--"), text.hasSuffix("-->"), text.utf8.count >= 8 else { return nil }
    let inside = String(text.dropFirst(4).dropLast(3)).trimmingSpaces
    return inside.hasPrefix("=") ? String(inside.dropFirst()).trimmingSpaces : nil
  }

  /// One comment and nothing else.
  private static func isComment(_ text: String) -> Bool {
    let text = text.trimmingSpaces
    guard text.hasPrefix("<!--"), let end = text.firstRange(of: "-->") else { return false }
    return end.upperBound == text.endIndex
  }

  /// A line of Chinese that goes on in the next one has no space between.
  private func join(_ node: OpaquePointer) {
    guard let before = cmark_node_previous(node), let after = cmark_node_next(node),
      let last = tree.plainText(before).unicodeScalars.last, let first = tree.plainText(after).unicodeScalars.first,
      ProseHTML.isWide(last), ProseHTML.isWide(first)
    else { return }
    drop(node)
  }

  /// Ideographs and full-width punctuation.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3000...0x303F, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x2014, 0x2018...0x201D, 0x2026,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// `{= edge.total }` within a text.
  private func bracedFigures(_ node: OpaquePointer, _ figure: (String) -> String?) {
    let text = MarkdownTree.literal(node)
    let parts = text.split(separator: "{=", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return }
    var html = HTMLRenderer.escaped(String(parts[0]))
    for part in parts.dropFirst() {
      guard let close = part.firstIndex(of: "}") else {
        html += HTMLRenderer.escaped("{=" + part)
        continue
      }
      let expression = part[..<close].trimmingSpaces
      html += figure(expression).map { ProseHTML.figure($0, expression) } ?? HTMLRenderer.escaped("{=" + part[...close])
      html += HTMLRenderer.escaped(String(part[part.index(after: close)...]))
    }
    MarkdownTree.replace(node, withInline: html)
  }

  private static func figure(_ shown: String, _ expression: String) -> String {
    let text = HTMLRenderer.escaped(shown)
    return "<span class=\"value\" title=\"\(HTMLRenderer.escaped(expression))\">\(text)</span>"
  }

  /// A picture would be fetched: its description stands for it.
  private func image(_ node: OpaquePointer) {
    let words = tree.plainText(node)
    let label = Text("picture: ", zh: "图：").in(language)
    MarkdownTree.replace(node, withInline: "<em class=\"picture\">[\(HTMLRenderer.escaped(label + words))]</em>")
  }
}
