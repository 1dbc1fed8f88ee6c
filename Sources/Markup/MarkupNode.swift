// A cursor over the nodes of a Markdown tree: what a node is, where it stands, what it says, and how it is replaced.
// Knows nothing of what a fence holds.
import CMarkGFM

/// A node of a Markdown tree. Holds the tree, so that it may be kept as long as one likes.
package struct MarkupNode: Hashable {
  /// What a node is, as far as anybody here asks.
  package enum Sort: Hashable, Sendable {
    /// `level` is 1 to 6.
    case heading(level: Int)
    case paragraph
    /// A fence, or an indented block.
    case code
    case list
    case quotation
    case table
    case htmlBlock
    case thematicBreak
    case text
    case inlineCode
    case inlineHTML
    case softBreak
    case lineBreak
    case image
    /// Everything else: the document itself, list items, emphasis, links, rows and cells of tables, what has been put
    /// in.
    case other
  }

  private let tree: MarkupTree
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer, of tree: MarkupTree) {
    self.pointer = pointer
    self.tree = tree
  }

  package static func == (a: MarkupNode, b: MarkupNode) -> Bool { a.pointer == b.pointer }
  package func hash(into hasher: inout Hasher) { hasher.combine(pointer) }

  /// What the node is.
  package var sort: Sort {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(pointer)))
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_CODE_BLOCK: .code
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_BLOCK_QUOTE: .quotation
    case CMARK_NODE_HTML_BLOCK: .htmlBlock
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    case CMARK_NODE_TEXT: .text
    case CMARK_NODE_CODE: .inlineCode
    case CMARK_NODE_HTML_INLINE: .inlineHTML
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_IMAGE: .image
    // A table is a node of an extension, whose number is given when it is registered.
    default: cmark_node_get_type_string(pointer).map { String(cString: $0) } == "table" ? .table : .other
    }
  }

  // MARK: Neighbours

  private func node(_ found: OpaquePointer?) -> MarkupNode? { found.map { MarkupNode($0, of: tree) } }

  package var parent: MarkupNode? { node(cmark_node_parent(pointer)) }
  package var next: MarkupNode? { node(cmark_node_next(pointer)) }
  package var previous: MarkupNode? { node(cmark_node_previous(pointer)) }

  /// The nodes right below, in order. Collected, so that the tree may be changed while going through them.
  package var children: [MarkupNode] {
    var found: [MarkupNode] = []
    var child = cmark_node_first_child(pointer)
    while let one = child {
      found.append(MarkupNode(one, of: tree))
      child = cmark_node_next(one)
    }
    return found
  }

  /// The node and everything below it, each at its entering. Collected, so that the tree may be changed while going
  /// through them.
  package var nodes: [MarkupNode] {
    guard let steps = cmark_iter_new(pointer) else { preconditionFailure("every node of cmark-gfm can be walked") }
    defer { cmark_iter_free(steps) }
    var found: [MarkupNode] = []
    while true {
      let event = cmark_iter_next(steps)
      if event == CMARK_EVENT_DONE { return found }
      if event == CMARK_EVENT_ENTER, let one = cmark_iter_get_node(steps) { found.append(MarkupNode(one, of: tree)) }
    }
  }

  // MARK: Where it stands

  /// The first and the last line of a block, counted from 1 in the text that was parsed. The last may be less than the
  /// first where cmark-gfm does not say.
  package var lines: (first: Int, last: Int) {
    (Int(cmark_node_get_start_line(pointer)), Int(cmark_node_get_end_line(pointer)))
  }

  // MARK: What it says

  /// The text of a node that holds no others: code, text, raw HTML; empty for the rest.
  package var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }

  /// What stands behind the opening marks of a fence; empty for an indented block, nil where the node is no code.
  package var info: String? { cmark_node_get_fence_info(pointer).map { String(cString: $0) } }

  /// The character that a fence is made of and how often its opening line has it; nil where the node is no fence.
  package var fence: (mark: UInt8, length: Int)? {
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    guard cmark_node_get_fenced(pointer, &length, &offset, &character) != 0 else { return nil }
    return (UInt8(bitPattern: character), Int(length))
  }

  /// The text of a node's inlines without their markup.
  package var plainText: String {
    nodes.reduce(into: "") { text, node in
      switch node.sort {
      case .text, .inlineCode: text += node.literal
      case .softBreak, .lineBreak: text += " "
      case .heading, .paragraph, .code, .list, .quotation, .table, .htmlBlock, .thematicBreak, .inlineHTML, .image,
        .other:
        break
      }
    }
  }

  /// The node as HTML.
  package var html: String { tree.html(of: pointer) }

  // MARK: Changes

  /// Takes the node out of the tree.
  package func remove() { tree.remove(pointer) }

  /// Puts HTML that is ready in the place of a block.
  package func replace(withBlock html: String) { tree.replace(pointer, with: MarkupNode.custom(.block, html)) }

  /// Puts HTML that is ready in the place of an inline.
  package func replace(withInline html: String) { tree.replace(pointer, with: MarkupNode.custom(.inline, html)) }

  /// Puts text in the place of an inline.
  package func replace(withText text: String) {
    let new = MarkupNode.made(CMARK_NODE_TEXT)
    cmark_node_set_literal(new, text)
    tree.replace(pointer, with: new)
  }

  /// Puts HTML that is ready before a block.
  package func insertBefore(block html: String) { tree.insert(MarkupNode.custom(.block, html), before: pointer) }

  private enum Extent {
    case block
    case inline
  }

  private static func custom(_ extent: Extent, _ html: String) -> OpaquePointer {
    let new =
      switch extent {
      case .block: made(CMARK_NODE_CUSTOM_BLOCK)
      case .inline: made(CMARK_NODE_CUSTOM_INLINE)
      }
    cmark_node_set_on_enter(new, html)
    return new
  }

  private static func made(_ type: cmark_node_type) -> OpaquePointer {
    guard let new = cmark_node_new(type) else {
      preconditionFailure("cmark-gfm makes a node or ends the program when memory runs out")
    }
    return new
  }
}
