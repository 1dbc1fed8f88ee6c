// A Markdown text as the tree that cmark-gfm makes of it, so that every reader agrees on what a fence is. Owns the tree;
// knows nothing of notebooks.

import CMarkGFM
import Glibc

/// A parsed Markdown text.
final class MarkdownTree {
  let root: OpaquePointer
  private let parser: OpaquePointer

  /// Raw HTML and dangerous links are never passed on (`CMARK_OPT_UNSAFE` stays off).
  static let options = CMARK_OPT_DEFAULT | CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES

  private static let isReady: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  /// Nil only where there is no memory.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard MarkdownTree.isReady, let parser = cmark_parser_new(MarkdownTree.options) else { return nil }
    for name in ["table", "strikethrough", "autolink", "tasklist"] {
      if let found = cmark_find_syntax_extension(name) { _ = cmark_parser_attach_syntax_extension(parser, found) }
    }
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.bindMemory(to: CChar.self).baseAddress else { return }
      cmark_parser_feed(parser, start, buffer.count)
    }
    guard let root = cmark_parser_finish(parser) else {
      cmark_parser_free(parser)
      return nil
    }
    self.parser = parser
    self.root = root
  }

  deinit {
    cmark_node_free(root)
    cmark_parser_free(parser)
  }

  /// The tree as HTML.
  func html() -> String { MarkdownTree.html(root, extensions: cmark_parser_get_syntax_extensions(parser)) }

  /// A part of the tree as HTML.
  func html(of node: OpaquePointer) -> String {
    MarkdownTree.html(node, extensions: cmark_parser_get_syntax_extensions(parser))
  }

  private static func html(_ node: OpaquePointer, extensions: UnsafeMutablePointer<cmark_llist>?) -> String {
    guard let text = cmark_render_html(node, options, extensions) else { return "" }
    defer { free(text) }
    return String(cString: text)
  }

  /// Every node at its entering, in order. Collected first, so that the tree may be changed while going through them.
  func nodes(of root: OpaquePointer? = nil) -> [OpaquePointer] {
    guard let steps = cmark_iter_new(root ?? self.root) else { return [] }
    defer { cmark_iter_free(steps) }
    var found: [OpaquePointer] = []
    while true {
      let event = cmark_iter_next(steps)
      if event == CMARK_EVENT_DONE { return found }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(steps) { found.append(node) }
    }
  }

  static func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  /// The text of a node's inlines without their markup.
  func plainText(_ node: OpaquePointer) -> String {
    nodes(of: node).reduce(into: "") { text, node in
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: text += MarkdownTree.literal(node)
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
      default: break
      }
    }
  }

  /// Puts HTML that is ready in the place of a block.
  static func replace(_ node: OpaquePointer, withBlock html: String) {
    guard let custom = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    cmark_node_set_on_enter(custom, html)
    if cmark_node_replace(node, custom) == 1 { cmark_node_free(node) } else { cmark_node_free(custom) }
  }

  /// Puts HTML that is ready in the place of an inline.
  static func replace(_ node: OpaquePointer, withInline html: String) {
    guard let custom = cmark_node_new(CMARK_NODE_CUSTOM_INLINE) else { return }
    cmark_node_set_on_enter(custom, html)
    if cmark_node_replace(node, custom) == 1 { cmark_node_free(node) } else { cmark_node_free(custom) }
  }

  /// Puts text in the place of an inline.
  static func replace(_ node: OpaquePointer, withText text: String) {
    guard let new = cmark_node_new(CMARK_NODE_TEXT) else { return }
    cmark_node_set_literal(new, text)
    if cmark_node_replace(node, new) == 1 { cmark_node_free(node) } else { cmark_node_free(new) }
  }
}
