// A page as one file: its style within, nothing fetched, no script. Knows nothing of what it says.

import Diagnostics

/// A whole page.
package struct HTMLPage: Sendable {
  /// A heading that the contents lead to.
  package struct Heading: Sendable {
    /// 1 is the largest; levels outside 1 to 6 count as the nearest.
    package let level: Int
    /// Its text, not yet escaped.
    package let title: String
    /// The id of its element.
    package let id: String

    /// A heading as it stands in the body.
    package init(level: Int, title: String, id: String) {
      self.level = level
      self.title = title
      self.id = id
    }
  }

  /// What the window is called.
  package var title: String
  /// The language of the page's own words, and what it says it is written in.
  package var language: Language
  /// Where the contents lead; with fewer than three headings, or with slides, there are none.
  package var contents: [Heading]
  /// HTML that is ready, escaped already.
  package var body: String
  /// Whether each section fills a screen or a sheet.
  package var isSlides: Bool
  /// Attributes of the body, for the script of a server that brings it and a style beside the page, and says itself
  /// what the page may do; nil for a page by itself.
  package var served: String?

  /// A page around a body.
  package init(
    title: String, language: Language, contents: [Heading] = [], body: String, isSlides: Bool = false,
    served: String? = nil
  ) {
    self.title = title
    self.language = language
    self.contents = contents
    self.body = body
    self.isSlides = isSlides
    self.served = served
  }

  /// The whole page.
  package var text: String {
    let tongue = language == .zh ? "zh-Hans" : "en"
    var out = """
      <!DOCTYPE html>
      <html lang="\(tongue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="Cesuan">
      \(served == nil ? HTMLPage.alone : HTMLPage.beside)
      <title>\(Markup.escaped(title))</title>
      <style>
      \(PageStyle.sheet(language))\(isSlides ? PageStyle.slides : "")\(served == nil ? "" : PageStyle.chosen)</style>
      </head>
      <body\(isSlides ? " class=\"slides\"" : "")\(served ?? "")>

      """
    out += "<main>\n"
    guard !isSlides, contents.count > 2 else { return out + body + "</main>\n</body>\n</html>\n" }
    // Below the title: what a page is called comes before what is in it.
    let end = HTMLPage.endOfTitle(body)
    return out + body[..<end] + (end > body.startIndex ? "\n" : "") + navigation + body[end...]
      + "</main>\n</body>\n</html>\n"
  }

  /// A page by itself runs nothing and fetches nothing.
  private static let alone =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
  private static let beside =
    "<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"page.css\">\n"
    + "<script src=\"page.js\" defer></script>"

  /// Behind the page's title, where it begins with one.
  private static func endOfTitle(_ body: String) -> String.Index {
    let mark = "</h1>"
    guard body.hasPrefix("<h1") else { return body.startIndex }
    var at = body.startIndex
    while at < body.endIndex {
      if body[at...].hasPrefix(mark) { return body.index(at, offsetBy: mark.count) }
      at = body.index(after: at)
    }
    return body.startIndex
  }

  /// The contents as nested lists.
  private var navigation: String {
    let word = Text("Contents", zh: "目录").in(language)
    var out = "<nav aria-label=\"\(word)\">\n<details open><summary>\(word)</summary>\n<ul>\n"
    for heading in contents {
      let link = "<a href=\"#\(Markup.fragment(heading.id))\">\(Markup.escaped(heading.title))</a>"
      out += "<li class=\"l\(min(max(heading.level, 1), 6))\">\(link)</li>\n"
    }
    return out + "</ul>\n</details>\n</nav>\n"
  }
}
