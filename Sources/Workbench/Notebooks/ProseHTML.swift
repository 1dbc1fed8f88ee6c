// The prose of a Markdown text as HTML, and what stands in it that is not prose put in its place. Raw HTML is shown as
// it is
// written and never passed on; pictures become their description, since a page fetches nothing. Knows nothing of cells.

import Diagnostics
import Markup
import View

/// Turns a Markdown tree into the inside of a page.
final class ProseHTML {
  private let tree: MarkupTree
  let language: Language
  /// Headings in their order.
  private(set) var contents: [HTMLPage.Heading] = []
  private var ids: Set<String> = []
  /// The number that the next heading of a name is tried with.
  private var numbers: [String: Int] = [:]
  /// What is to stand for a heading's text, where not all of it is wanted.
  var heading: (String) -> String = { $0 }

  init(_ tree: MarkupTree, _ language: Language) {
    self.tree = tree
    self.language = language
  }

  /// Makes everything safe and gives headings names.
  /// - Parameter figure: the figure for an expression that stands in the text, and whether it is in the text already;
  /// nil
  ///   leaves the text as it is.
  func prepare(namingHeadings: Bool = true, figure: (String) -> Figure?) {
    for node in tree.root.nodes {
      switch node.sort {
      case .htmlBlock: htmlBlock(node)
      case .inlineHTML: htmlInline(node, figure)
      case .text: bracedFigures(node, figure)
      case .softBreak: join(node)
      case .heading, .paragraph, .code, .list, .quotation, .table, .thematicBreak, .inlineCode, .lineBreak, .image,
        .other:
        break
      }
    }
    // Outermost pictures only: the others go with them.
    let pictures = tree.root.nodes.filter { $0.sort == .image && !isInsidePicture($0) }
    for node in pictures { image(node) }
    guard namingHeadings else { return }
    for node in tree.root.nodes {
      if case .heading(let level) = node.sort { name(node, level) }
    }
  }

  private func isInsidePicture(_ node: MarkupNode) -> Bool {
    var parent = node.parent
    while let found = parent {
      if found.sort == .image { return true }
      parent = found.parent
    }
    return false
  }

  /// Makes a piece within a page safe; its headings stay out of the contents.
  func prepareInside() { prepare(namingHeadings: false) { _ in nil } }

  /// The page's inside.
  func html() -> String { tree.html() }

  // MARK: Headings

  private func name(_ node: MarkupNode, _ level: Int) {
    let whole = node.plainText
    let plain = heading(whole)
    let id = id(for: plain)
    contents.append(HTMLPage.Heading(level: level, title: plain, id: id))
    var inside = HTMLRenderer.escaped(plain)
    if plain == whole {
      // As the reader made it, markup and all: what stands between the first tag and the last.
      let html = node.html
      if let open = html.firstIndex(of: ">"), let close = html.lastIndex(of: "<"), open < close {
        inside = String(html[html.index(after: open)..<close])
      }
    }
    node.replace(withBlock: "<h\(level) id=\"\(HTMLRenderer.escaped(id))\">\(inside)</h\(level)>")
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
    var number = numbers[text, default: 2]
    while !ids.insert(id).inserted {
      id = text + "-\(number)"
      number += 1
    }
    numbers[text] = number
    return id
  }

  // MARK: Raw HTML

  private func htmlBlock(_ node: MarkupNode) {
    let text = node.literal
    if ProseHTML.isComment(text) {
      node.remove()
    } else {
      node.replace(withBlock: HTMLRenderer.code(text, language: "html"))
    }
  }

  private func htmlInline(_ node: MarkupNode, _ figure: (String) -> Figure?) {
    let text = node.literal
    if let expression = ProseHTML.expression(text) {
      guard let before = node.previous, let shown = figure(expression) else { return node.remove() }
      before.replace(withInline: shown.html)
      node.remove()
    } else if text.hasPrefix("<!--") {
      node.remove()
    } else if ["<br>", "<br/>", "<br />"].contains(text.lowercased()) {
      node.replace(withInline: "<br>")
    } else {
      node.replace(withText: text)
    }
  }

  /// `<!-- = edge.total -->`
  static func expression(_ text: String) -> String? {
    guard text.hasPrefix("<!--"), text.hasSuffix("-->"), text.utf8.count >= 8 else { return nil }
    let inside = String(text.dropFirst(4).dropLast(3)).trimmingSpaces
    return inside.hasPrefix("=") ? String(inside.dropFirst()).trimmingSpaces : nil
  }

  /// One comment and nothing else.
  static func isComment(_ text: String) -> Bool {
    let text = text.trimmingSpaces
    guard text.hasPrefix("<!--"), let end = text.firstRange(of: "-->") else { return false }
    return end.upperBound == text.endIndex
  }

  /// A line of Chinese that goes on in the next one has no space between.
  private func join(_ node: MarkupNode) { if ProseHTML.joins(node) { node.remove() } }

  /// Whether nothing stands in the place of a line's end.
  static func joins(_ node: MarkupNode) -> Bool {
    guard let before = node.previous, let after = node.next,
      let last = before.plainText.unicodeScalars.last, let first = after.plainText.unicodeScalars.first
    else { return false }
    return isWide(last) && isWide(first)
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
  private func bracedFigures(_ node: MarkupNode, _ figure: (String) -> Figure?) {
    let text = node.literal
    let parts = text.split(separator: "{=", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return }
    var html = HTMLRenderer.escaped(String(parts[0]))
    for part in parts.dropFirst() {
      guard let close = part.firstIndex(of: "}") else {
        html += HTMLRenderer.escaped("{=" + part)
        continue
      }
      let expression = part[..<close].trimmingSpaces
      html += figure(expression).map(\.html) ?? HTMLRenderer.escaped("{=" + part[...close])
      html += HTMLRenderer.escaped(String(part[part.index(after: close)...]))
    }
    node.replace(withInline: html)
  }

  /// A figure as it stands in the text, and what it is in words, for whoever points at it.
  struct Figure {
    let shown: String
    let told: String

    fileprivate var html: String {
      "<span class=\"value\" title=\"\(HTMLRenderer.escaped(told))\">\(HTMLRenderer.escaped(shown))</span>"
    }
  }

  /// A picture would be fetched: its description stands for it.
  private func image(_ node: MarkupNode) {
    let words = node.plainText
    let label = Text("picture: ", zh: "图：").in(language)
    node.replace(withInline: "<em class=\"picture\">[\(HTMLRenderer.escaped(label + words))]</em>")
  }
}
