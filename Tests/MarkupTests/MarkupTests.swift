// The tree of a Markdown text: what its nodes are and where they stand, that changes come out in the HTML, and that a
// cursor outlives what it pointed at being taken out.
import Testing

@testable import Markup

@Suite("Markdown trees")
struct MarkupTests {
  static let text = """
    # A heading with `code`

    Prose with <!-- a comment --> in it.

    ~~~~policy strict
    measure x
    ~~~~

    | a | b |
    |---|---|
    | 1 | 2 |

    """

  @Test("blocks know what they are and on which lines they stand")
  func blocks() {
    let blocks = MarkupTree(Self.text.utf8, .github).root.children
    #expect(blocks.map(\.sort) == [.heading(level: 1), .paragraph, .code, .table])
    #expect(blocks.map(\.lines.first) == [1, 3, 5, 9])
    #expect(blocks[0].plainText == "A heading with code")
    #expect(blocks[2].lines.last == 7)
    #expect(blocks[2].info == "policy strict")
    #expect(blocks[2].fence?.mark == 0x7E)
    #expect(blocks[2].fence?.length == 4)
    #expect(blocks[2].literal == "measure x\n")
    #expect(blocks[1].info == nil)
    #expect(blocks[1].nodes.filter { $0.sort == .inlineHTML }.map(\.literal) == ["<!-- a comment -->"])
  }

  @Test("tables are markup of notebooks, not of policy documents")
  func dialects() {
    let blocks = MarkupTree(Self.text.utf8, .commonMark).root.children
    #expect(blocks.map(\.sort) == [.heading(level: 1), .paragraph, .code, .paragraph])
  }

  @Test("what is put into the tree is rendered, what is taken out is not")
  func changes() {
    let tree = MarkupTree("one *two* three\n\n---\n\nfour\n".utf8, .github)
    let blocks = tree.root.children
    blocks[1].insertBefore(block: "<hr class=\"before\">")
    blocks[1].replace(withBlock: "<hr class=\"new\">")
    blocks[2].remove()
    blocks[0].nodes.first { $0.literal == "two" }?.replace(withText: "<2>")
    #expect(
      tree.html() == "<p>one <em>&lt;2&gt;</em> three</p>\n<hr class=\"before\">\n<hr class=\"new\">\n")
  }

  @Test("a node that was taken out can still be asked, and so can one whose tree nobody else holds")
  func lifetimes() {
    var node = MarkupTree("a **b**\n".utf8, .github).root.children[0]
    #expect(node.plainText == "a b")
    let inner = node.nodes.first { $0.literal == "b" }
    node.remove()
    node = MarkupTree("other\n".utf8, .github).root
    #expect(inner?.literal == "b")
    inner?.replace(withInline: "<i>c</i>")
    inner?.remove()
    #expect(inner?.parent == nil)
  }

  @Test("nothing is a tree, too, and bytes that are no text are read as marks of it")
  func oddTexts() {
    #expect(MarkupTree([UInt8](), .github).root.children.isEmpty)
    #expect(MarkupTree([0x61, 0xFF, 0x0A], .github).root.plainText == "a\u{FFFD}")
  }

  @Test(
    "lines are bytes of the text",
    arguments: [
      ("a\nb", MarkupLines.Ending.lineFeed, [0, 2, 3]), ("a\nb\n", .lineFeed, [0, 2, 4]), ("", .lineFeed, [0]),
      ("a\rb", .lineFeed, [0, 3]), ("a\rb", .commonMark, [0, 2, 3]), ("a\r\nb", .commonMark, [0, 3, 4]),
    ])
  func lines(text: String, ending: MarkupLines.Ending, starts: [Int]) {
    let bytes = Array(text.utf8)
    let lines = MarkupLines(bytes, ending)
    #expect(lines.starts == starts)
    #expect(lines.range(lines.count + 1).isEmpty)
    #expect(lines.range(0).isEmpty)
    for line in 1..<max(1, lines.count + 1) {
      #expect(!bytes[lines.inside(line, of: bytes)].contains(0x0A))
    }
  }
}
