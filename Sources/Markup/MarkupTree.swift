// A Markdown text as the tree that cmark-gfm makes of it, so that every reader agrees on what a fence is. Owns the
// memory of the tree; knows nothing of rules, notebooks or pages.
import CMarkGFM
import Glibc

/// A parsed Markdown text. It owns every node that was ever part of it: a node taken out stays valid as long as the
/// tree does, so that a cursor never points at memory that is gone.
package final class MarkupTree {
  /// What counts as markup.
  package enum Dialect: Sendable {
    /// CommonMark alone: policy documents, whose prose is kept line by line.
    case commonMark
    /// With tables, strikethrough, bare addresses and task lists: notebooks and pages.
    case github
  }

  private let parser: OpaquePointer
  private let top: OpaquePointer
  /// What was taken out of the tree; freed with it.
  private var removed: Set<OpaquePointer> = []

  /// Raw HTML and dangerous links are never passed on (`CMARK_OPT_UNSAFE` stays off).
  private static let options = CMARK_OPT_DEFAULT | CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES

  /// Registers the extensions, once in a process.
  private static let extensions: [String] = {
    cmark_gfm_core_extensions_ensure_registered()
    return ["table", "strikethrough", "autolink", "tasklist"]
  }()

  /// - Parameter bytes: UTF-8; what is not is read as U+FFFD.
  package init(_ bytes: some Sequence<UInt8>, _ dialect: Dialect) {
    guard let parser = cmark_parser_new(MarkupTree.options) else {
      preconditionFailure("cmark-gfm makes a parser or ends the program when memory runs out")
    }
    switch dialect {
    case .commonMark: break
    case .github:
      for name in MarkupTree.extensions {
        let found = cmark_find_syntax_extension(name)
        precondition(found != nil, "every extension of cmark-gfm that is asked for was registered")
        _ = cmark_parser_attach_syntax_extension(parser, found)
      }
    }
    ContiguousArray(bytes).withUnsafeBytes { buffer in
      guard let start = buffer.bindMemory(to: CChar.self).baseAddress else { return }
      cmark_parser_feed(parser, start, buffer.count)
    }
    guard let top = cmark_parser_finish(parser) else {
      preconditionFailure("a parser of cmark-gfm that has been fed gives a tree")
    }
    self.parser = parser
    self.top = top
  }

  deinit {
    for node in removed { cmark_node_free(node) }
    cmark_node_free(top)
    cmark_parser_free(parser)
  }

  /// The node that holds all others.
  package var root: MarkupNode { MarkupNode(top, of: self) }

  /// The tree as HTML, with what has been put into it.
  package func html() -> String { html(of: top) }

  func html(of node: OpaquePointer) -> String {
    let text = cmark_render_html(node, MarkupTree.options, cmark_parser_get_syntax_extensions(parser))
    guard let text else { preconditionFailure("cmark-gfm renders every node of its own as HTML") }
    defer { free(text) }
    return String(cString: text)
  }

  // MARK: Changes

  /// Takes a node and what it holds out of the tree.
  func remove(_ node: OpaquePointer) {
    precondition(node != top, "the node that holds all others is not taken out of its tree")
    cmark_node_unlink(node)
    removed.insert(node)
  }

  /// Puts a new node in the place of another. Where the tree's grammar has no room for the new one, the old one stays.
  func replace(_ node: OpaquePointer, with new: OpaquePointer) {
    removed.insert(cmark_node_replace(node, new) == 1 ? node : new)
  }

  /// Puts a new node before another, where the tree's grammar has room for it.
  func insert(_ new: OpaquePointer, before node: OpaquePointer) {
    if cmark_node_insert_before(node, new) == 0 { removed.insert(new) }
  }
}
